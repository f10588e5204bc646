# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Canvas's calculator cases are fed: as the documents its API gives, read and graded by a view."""

from fractions import Fraction

from attrs import evolve

from gradecalc import Rounding, grade
from gradecalc.lms.canvas import (
    CLIENT,
    OUTSIDE,
    SERVER,
    View,
    group_id,
    read,
)

LEARNER = 7
POSTED = "2026-01-01T12:00:00Z"
SHOWN = {"current": False, "final": True}


def exported(case):
    """Return the case as the documents of the API."""
    return {
        "assignment_groups": [group(each, case) for each in case["groups"]],
        "submissions": [submission(each) for each in case["submissions"]],
        "course": {"apply_assignment_group_weights": case["weighting"] == "percent"},
        "grading_periods": periods(case),
        "enrollments": enrollments(case),
    }


def group(stated, case):
    """Return an assignment group; its weight and rules are written as in the API."""
    return {
        "id": stated["id"],
        "name": f"Group {stated['id']}",
        "group_weight": stated["weight"],
        "rules": stated["rules"],
        "assignments": [assignment(each, case) for each in stated["assignments"]],
    }


def assignment(stated, case):
    """Return an assignment, due in its period, and seen by the learner or not."""
    away = not stated.get("visible_to_student", True) or stated["id"] in case.get("options", {}).get("not_assigned", ())
    return {
        **stated,
        "name": f"Assignment {stated['id']}",
        "due_at": due(stated["id"], case),
        "only_visible_to_overrides": away,
        "assignment_visibility": [] if away else [LEARNER],
    }


def ordered(case):
    """Return the ids of the grading periods in order: one a year, from the year 2001 on."""
    return enumerate(case.get("grading_periods", {}).get("periods", ()), start=2001)


def due(number, case):
    """Return the due date of an assignment: within its period, or after all of them."""
    years = [year for year, period in ordered(case) if number in period["assignment_ids"]]
    return f"{years[0] if years else 2099}-06-01T12:00:00Z"


def periods(case):
    """Return the grading periods as a set, whose ids are numbers in Canvas."""
    listed = [
        {
            "id": period_number(period["id"]),
            "weight": period["weight"],
            "start_date": f"{year}-01-01T00:00:00Z",
            "end_date": f"{year}-12-31T00:00:00Z",
        }
        for year, period in ordered(case)
    ]
    return {"weighted": case.get("grading_periods", {}).get("weighted", False), "grading_periods": listed}


def period_number(name):
    """Return the id of a period that the case calls `P1`."""
    return name.removeprefix("P")


def submission(stated):
    """Return a submission, which is posted unless the case says that it is not."""
    return {**stated, "user_id": LEARNER, "posted_at": POSTED if stated.get("posted", True) else None}


def enrollments(case):
    """Return the learner's one enrolment."""
    completed = case.get("options", {}).get("enrollment_completed", False)
    return [{"user_id": LEARNER, "enrollment_state": "completed" if completed else "active"}]


def graded(case, shown, *, period=None, pairs=False):
    """Return the report of the learner, in pairs as they are exposed beside a score or with the score rounded."""
    options = case.get("options", {})
    calculator = {"server": SERVER, "client": CLIENT}[case["engine"]]
    view = View(
        final=SHOWN[shown],
        posted=options.get("ignore_unposted", False),
        what_if=options.get("use_what_if_scores", False),
        leave_out_anonymous=options.get("ignore_unposted_anonymous", False),
    )
    calculator = evolve(calculator, round_points_total=None) if pairs else calculator
    imported = read(exported(case), view=view, period=period, calculator=calculator)
    return grade(imported.gradebook, imported.marks[str(LEARNER)])


def check(case):
    """Assert everything that the case states."""
    check_total(case, case["expect"])
    for shown in SHOWN:
        check_groups(case, shown, graded(case, shown))
    for name, expected in case["expect"].get("grading_periods", {}).items():
        check_total(case, expected, period=period_number(name))
    for number, part in case["expect"].get("submission_percent", {}).items():
        assert as_number(part) == graded(case, "current")[number].percent / 100


def check_total(case, expected, *, period=None):
    """Assert the total of the course or of a period, as a score and as a pair."""
    for shown in SHOWN:
        if f"{shown}_score" in expected:
            assert as_number(expected[f"{shown}_score"]) == graded(case, shown, period=period).final.percent
        if expected.get(shown) is not None:
            check_pair(graded(case, shown, period=period, pairs=True).final, expected[shown], expected.get("unit"))
        for number, group_expected in expected.get("groups", {}).items() if period else ():
            report = graded(case, shown, period=period)
            check_pair(report[group_id(number)], group_expected[shown])


def check_pair(result, expected, unit="points"):
    """Assert a pair; where there is no grade the browser has a sum of nothing, and in percent no score at all."""
    if unit == "percent":
        assert as_number(expected.get("score")) == result.percent
        return
    score, possible = (0, 0) if result.points is None else (result.points, result.out_of)
    assert as_number(expected.get("score", score)) == score
    assert as_number(expected.get("possible", possible)) == possible


def check_groups(case, shown, report):
    """Assert the groups, each the sum of what it is in every period, and what is dropped."""
    for number, expected in case["expect"]["groups"].items():
        results = [report[id_] for id_ in report if is_group(id_, number)]
        if expected.get(shown) is not None:
            points = sum(each.points or 0 for each in results)
            out_of = sum(each.out_of for each in results if each.points is not None)
            assert as_number(expected[shown].get("score", points)) == points
            assert as_number(expected[shown].get("possible", out_of)) == out_of
        if f"{shown}_percent" in expected:
            rounding = Rounding(case.get("options", {}).get("display_decimals", 2))
            assert as_number(expected[f"{shown}_percent"]) == rounding.apply(results[0].percent)
    check_dropped(case, shown, {id_ for result in map(report.__getitem__, report) for id_ in result.dropped})


def is_group(id_, number):
    """Return whether this is the group of a course, or of one of its periods."""
    return id_.split(" ")[-2:] == ["group", number] and not id_.startswith(OUTSIDE)


def check_dropped(case, shown, dropped):
    """Assert what is dropped; Canvas lists the submissions, so what it has none of is not reported."""
    stated, kept = case["expect"]["dropped"], case["expect"].get("not_dropped", {})
    if shown in stated:
        assert {str(each) for each in stated[shown]} == dropped
    if f"{shown}_reported" in stated:
        posted = {str(each["assignment_id"]) for each in case["submissions"] if each.get("posted", True)}
        assert {str(each) for each in stated[f"{shown}_reported"]} == dropped & posted
    assert not dropped & {str(each) for each in kept.get(shown, ())}


def as_number(value):
    """Return a figure of a case as an exact number; null is none."""
    return None if value is None else Fraction(str(value))


FEEDERS = {"": check}
