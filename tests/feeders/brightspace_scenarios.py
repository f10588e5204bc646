# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Brightspace's worked examples are fed: as a gradebook and one learner's marks.

Where an example describes its course in prose, `READINGS` has what we read there, beside the words it is read from.
"""

import re

from feeders.harness import exact
from gradecalc import (
    CalculatedItem,
    CalculationMethod,
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    SumOfPoints,
    UngradedPolicy,
    WeightedMean,
    grade,
)

METHODS = {"milestone_method": CalculationMethod.MILESTONE, "final_method": CalculationMethod.FINAL}
POLICIES = {"drop_ungraded": UngradedPolicy.LEAVE_OUT, "treat_as_zero": UngradedPolicy.AS_ZERO}
PROSE = {"source", "facts", "doc_slip", "printed", "conflict", "exact_final_basis"}
COURSE = {"system", "policy", "final_can_exceed", "categories", "items", "calculated"}

MILESTONE = {"system": "weighted", "calculated": ["A", "B", "C", "D", "E"]}
MILESTONE_2 = {
    **MILESTONE,
    "items": [
        *({"name": name, "weight": 20, "score": score} for name, score in (("A", "18/20"), ("B", "8/20"), ("C", None))),
        {"name": "D", "category": "Category 1 (weight 40)", "weight_in_category": 50, "score": "10/10"},
        {"name": "E", "category": "Category 1 (weight 40)", "weight_in_category": 50, "score": None},
    ],
}
MILESTONE_3 = {
    "system": "weighted",
    "policy": "drop_ungraded",
    "calculated": ["One", "Two"],
    "items": [
        {"name": "a", "category": "One (weight 40)", "weight_in_category": 50, "score": "20/20"},
        {"name": "b", "category": "One (weight 40)", "weight_in_category": 50, "score": "8/20"},
        {"name": "c", "category": "Two (weight 60)", "weight_in_category": 40, "score": "100/100"},
        {"name": "d", "category": "Two (weight 60)", "weight_in_category": 20, "score": "80/100"},
        {"name": "e", "category": "Two (weight 60)", "weight_in_category": 40, "score": None},
    ],
}
URSULINE = {
    "system": "weighted",
    "policy": "drop_ungraded",
    "calculated": ["Quiz 1", "Quiz 2"],
    "items": [
        {"name": "Quiz 1", "category": "Quizzes (weight 25)", "score": "10/10"},
        {"name": "Quiz 2", "category": "Quizzes (weight 25)", "score": None},
        {"name": "Rest", "weight": 75, "score": None},
    ],
}
THIRDS = {
    "system": "weighted",
    "policy": "drop_ungraded",
    "items": [{"name": name, "weight": 25, "score": "5/10"} for name in "abc"],
    "expected": {"whole_shares": [33, 33, 33]},
}
PURDUE = {
    "system": "points",
    "policy": "drop_ungraded",
    "items": [{"name": "so far", "max": 650, "score": 600}, {"name": "to come", "max": 350, "score": None}],
}
NINE_DECIMALS = {
    "system": "weighted",
    "policy": "drop_ungraded",
    "items": [{"name": f"HW {nth}", "weight": 8.333333332, "score": "5/10"} for nth in range(12)],
    "expected": {"shares": [8.333333333] * 12},
}
READINGS = {
    "calculated item, Milestone method, weighted book": MILESTONE,
    "as 1 with treat_as_zero": MILESTONE_2,
    "calculated item, Milestone, two categories: 40 (two items of 50%: 20/20 and 8/20 -> 28) and 60 (graded parts 24 "
    "and 12 -> 33.6)": MILESTONE_3,
    "weighted book, drop ungraded, Midterm calculated from Quiz 1 + Quiz 2 in a category worth 25; third student has "
    "full marks on Quiz 1 only": URSULINE,
    "three items weighted at 25% each": THIRDS,
    "600 earned, 650 graded so far, 1000 in the course": PURDUE,
    "12 even items in a category of 25: header says Weight:8.333333332 = round9(25/12)*4; 23 items in a category of "
    "10: header says Weight:4.34782609 = round9(10/23)*10": NINE_DECIMALS,
}


def cases(document):
    """Return a case for each worked example."""
    assert {"schema", "scenarios"} == set(document)
    return [case(stated) for stated in document["scenarios"]]


def case(stated):
    """Return the case of a worked example, with what we read in the prose that it may have."""
    prose = [stated[key] for key in ("kind", "note") if key in stated]
    unread = [each for each in prose if each not in READINGS]
    assert not unread, f"nobody has read {unread}"
    left = {key: value for key, value in stated.items() if key not in {*PROSE, "kind", "note"}}
    whole = left | {key: value for each in prose for key, value in READINGS[each].items()}
    expected = whole.pop("expected") | ({"exact_final": whole.pop("exact_final")} if "exact_final" in whole else {})
    assert set(whole) <= COURSE | {"id"}, f"unknown keys in {sorted(whole)}"
    return {"kind": "scenario", **whole, "expect": expected}


def figure(text):
    """Return the number that a text ends in, which may be in percent, and out of something."""
    found = re.fullmatch(r"(?:.* = )?(\d+(?:\.\d+)?)%?(?: on top of the final grade)?", text)
    assert found, f"unknown figure {text!r}"
    return exact(found[1])


def pair(text):
    """Return points and out of what they are, and the percent where it is printed beside them."""
    found = re.fullmatch(r"([\d.]+)/([\d.]+)(?: \(([\d.]+)%\))?", text)
    assert found, f"unknown pair {text!r}"
    return [exact(each) for each in found.groups() if each]


def placed(text):
    """Return the name of a category, and its weight where it stands beside the name."""
    name, _, weight = text.partition(" (weight ")
    return name, exact(weight.rstrip(")")) if weight else None


FIGURES = ("lab2_of_category", "lab2_of_final", "lab3_of_final", "lab4_of_category", "lab4_of_final")
WORDS = {
    "system": {"weighted": WeightedMean, "points": SumOfPoints},
    "policy": POLICIES,
    "distribution": {"25% each of the category": 25},
    "items.category": placed,
    "items.score": lambda score: score if score is None or not isinstance(score, str) else pair(score),
    **dict.fromkeys(
        (*FIGURES, "discussions", "moderator", "exam", "final", "numerator"), lambda each: figure(str(each))
    ),
    **dict.fromkeys(("final_method", "milestone_method", "drop_ungraded", "treat_as_zero", "printed"), pair),
}


def scenario(given):
    """Say the final grade, what each item adds to it and to its category, and what is calculated of which items."""
    policy = given["policy"]
    book, marks = course(given)
    report = grade(book, marks, ungraded=policy)
    finals = {name: grade(book, marks, ungraded=each).final for name, each in POLICIES.items()}
    shares = [report[name].weight * 100 for name in marks if report[name].weight is not None]
    return {
        "dropped": [name for id_ in report for name in report[id_].dropped],
        "final": report.final.percent,
        "exact_final": report.final.percent,
        "shares": shares,
        "whole_shares": shares,
        **{name: (final.points, final.out_of) for name, final in finals.items()},
        **added(given, report),
        **calculated(given, report),
    }


def added(given, report):
    """Return what each item adds to the final grade, and to its category where it is in one."""
    said = {}
    for item in given["items"]:
        name, result = item["name"], report[item["name"]]
        key = name.lower().replace(" ", "")
        of_final = (result.weight or 0) * (result.percent or 0)
        said |= {key: of_final, f"{key}_of_final": of_final}
        of_category = report[item["category"][0]].weight if "category" in item else None
        if of_category:
            said[f"{key}_of_category"] = of_final / of_category
    return said


def calculated(given, report):
    """Return what is calculated by each method."""
    if "calculated" not in given:
        return {}
    milestone = report["milestone_method"]
    pairs = {name: (report[name].points, report[name].out_of) for name in METHODS}
    printed = (milestone.points, milestone.out_of, milestone.percent)
    return {**pairs, "numerator": milestone.points, "denominator": milestone.out_of, "printed": printed}


def course(given):
    """Return the gradebook of a worked example, and the marks of its learner."""
    stated = {each["name"]: each for each in given.get("categories", ())}
    children, marks = {}, {}
    for item in given["items"]:
        name, weight = item.get("category", (None, None))
        leaf, mark = leaf_and_mark(item, stated.get(name, {}))
        marks |= {} if mark is None else {leaf.id: mark}
        if name is None:
            children[leaf.id] = leaf
        else:
            children.setdefault(name, (weight, []))[1].append(leaf)
    nodes = [
        category(name, each, stated.get(name, {})) if isinstance(each, tuple) else each
        for name, each in children.items()
    ]
    extra = [
        CalculatedItem(name, items=tuple(given["calculated"]), method=method)
        for name, method in METHODS.items()
        if "calculated" in given
    ]
    can_exceed = bool(given.get("final_can_exceed"))
    return Gradebook([*nodes, *extra], aggregation=given["system"](), can_exceed=can_exceed), marks


def leaf_and_mark(item, within):
    """Return a grade item and its mark; a score may say out of what it is, and no score is out of 10."""
    score, out_of = item["score"] if isinstance(item["score"], list) else (item["score"], item.get("max", 10))
    weight = item.get("weight", item.get("weight_in_category", within.get("distribution")))
    options = {"bonus": item.get("bonus", False), "can_exceed": item.get("can_exceed", False)}
    return GradeItem(item["name"], max_points=out_of, weight=weight, **options), score


def category(name, held, stated):
    """Return a category, whose weight stands beside its name or in a list."""
    weight, leaves = held
    drop = DropRule(lowest=stated.get("drop_lowest", 0), highest=stated.get("drop_highest", 0), keep_at_least=0)
    can_exceed = bool(stated.get("can_exceed", False))
    return Category(name, leaves, weight=stated.get("weight", weight), drop=drop, can_exceed=can_exceed)


FEEDERS = {"scenario": scenario}
