# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Moodle's cases about totals, weights, ranges, letters and drop rules are fed."""

from math import trunc

from feeders.harness import exact, sound
from gradecalc import RoundingMode, grade
from gradecalc.exact import round_to
from gradecalc.lms.moodle import (
    METHODS,
    AggregationStatus,
    Bounds,
    Method,
    RangeSource,
    TotalsView,
    Weighed,
    adjust_raw,
    change_bounds,
    change_method,
    choose_bounds,
    minima,
    read,
    settle_weights,
    standardise,
    total_without_hidden,
    weigh,
)

SOURCES = {None: None, **{source.value: source for source in RangeSource}}
WORDS = {
    "view": {view.value: view for view in TotalsView},
    "course_setting": SOURCES,
    "site_setting": SOURCES,
    "item_type": {"item": False, "category_total": True, "course_total": True},
    "from": METHODS,
    "to": METHODS,
    "limit_rules/apply:input.method": {None: Method.MEAN.value, **{method.value: method.value for method in Method}},
    "override": {0: False, 1: True},
}
ASKED = {"view": "which of the two totals the figures are of"}


def bounds(pair):
    return Bounds(*map(exact, pair))


def items(tree):
    """Yield every item of a tree."""
    for child in tree["children"]:
        yield from items(child) if "children" in child else (child,)


def graded(document, view):
    """Return the report of the one learner of a course, and its totals by id as they are then shown."""
    course = sound(read(document, totals=view))
    report = grade(course.gradebook, next(iter(course.marks.values())))
    if view is TotalsView.REAL:
        return report, {id_: report[id_].points for id_ in report}
    least = minima(document)
    return report, {id_: total_without_hidden(report, least, id_) for id_ in report}


def first_hidden(document):
    """Return a course in which the item g0 at its top, if there is one, is hidden."""
    tree = document["tree"]
    if all(child["name"] != "g0" for child in tree["children"]):
        return document
    children = [{**child, "hidden": child["name"] == "g0"} for child in tree["children"]]
    return {**document, "tree": {**tree, "children": children}}


def category_total(given):
    """Say every figure of a course that is graded, and what is shown beside its grades."""
    document = given["input"]
    report, totals = graded(document, given["view"])
    shown = weigh(report)
    _, without_first = graded(first_hidden(document), TotalsView.HIDDEN_EXCLUDED)
    return {
        "total": totals["final"],
        "total_max": report.final.out_of,
        "total_truncated": truncated(totals["final"]),
        "total_truncated_with_g0_hidden": truncated(without_first["final"]),
        "percent": report.final.percent,
        "weights_percent": {name: each.weight * 100 for name, each in shown.items()},
        "contribution_percent": {name: each.contribution * 100 for name, each in shown.items()},
        "category_totals": totals,
        "item_values": {id_: report[id_].points for id_ in report},
        "item_percent": {item["name"]: percent_of(item) for item in items(document["tree"])},
        "status": {name: each.status.value for name, each in shown.items()},
    }


def truncated(figure):
    return None if figure is None else trunc(figure)


def percent_of(item):
    """Return the percent of an item's grade in its range."""
    held = exact(item.get("grade"))
    return None if held is None else bounds((item.get("min", 0), item.get("max", 100))).percent(held)


def natural_weights(given):
    """Say the weights of a category before anybody is graded, and whether they are adjusted."""
    stated = given["input"]["items"]
    children = [
        Weighed(
            exact(item["max"]),
            exact(item["override_percent"]) / 100 if "override_percent" in item else None,
            item.get("extra_credit", False),
        )
        for item in stated
    ]
    settled = settle_weights(children)
    names = [item["name"] for item in stated]
    weights = {name: weight * 100 for name, weight in zip(names, settled.weights, strict=True)}
    return {"weights_percent_3dp": weights, "weights_percent_1dp": weights, "adjusted_notice": settled.adjusted}


def adjusted(given):
    """Say the grade of a raw score."""
    stated = given["input"]
    return figures(
        adjust_raw(
            exact(stated["raw"]),
            bounds(stated["raw_range"]),
            bounds(stated["item_range"]),
            multiplier=exact(stated.get("multiplier", 1)),
            offset=exact(stated.get("offset", 0)),
        )
    )


def standardised(given):
    """Say a value moved from one range to another."""
    stated = given["input"]
    return figures(standardise(exact(stated["value"]), bounds(stated["from"]), bounds(stated["to"])))


def figures(value):
    """Return a value as it is and in whole points."""
    return {"value": value, "value_rounded_0dp": round_to(value, 0, RoundingMode.HALF_UP)}


def rescaled(given):
    """Say the grade of an item whose range changes."""
    stated = given["input"]
    least, most = stated["old_range"]
    item = {"name": "item", "min": least, "max": most, "grade": stated["value"]}
    return {"value": exact(change_bounds(item, "item", bounds(stated["new_range"]))["grade"])}


def bounds_source(given):
    """Say which range applies."""
    stated = given["input"]
    return {
        "range": choose_bounds(
            bounds(stated["stored_grade_range"]),
            bounds(stated["item_range_now"]),
            course=stated["course_setting"],
            site=stated["site_setting"],
            total=stated["item_type"],
        )
    }


def switched(given):
    """Say what an item carries once its category has another method."""
    stated = given["input"]
    held = stated["item"]
    child = {"name": "item", "coef": held["coef"], "weight": held["coef2"], "weight_overridden": held["override"]}
    course = {"name": "course", "method": stated["from"].value, "children": [child]}
    (after,) = change_method(course, "course", stated["to"])["children"]
    return {
        "changed": after != child,
        "coef": after["coef"],
        "coef2": after["weight"],
        "override": after["weight_overridden"],
    }


def letter(given):
    """Say the letter of a grade in a range."""
    stated = given["input"]
    least, most = stated["range"]
    item = {"name": "item", "min": least, "max": most, "grade": stated["value"]}
    document = {
        "tree": {"name": "course", "method": Method.MEAN.value, "children": [item]},
        "letters": stated.get("letters", "default"),
    }
    return {"letter": graded(document, TotalsView.HIDDEN_EXCLUDED)[0].final.symbol}


def limited(given):
    """Say what stays of results, whose values are given here as percents of their maxima."""
    stated = given["input"]
    children = [
        {
            "name": item["id"],
            "max": item["max"],
            "grade": exact(item["value"]) * exact(item["max"]) / 100,
            "coef": int(item.get("extra_credit", False)),
        }
        for item in stated["items"]
    ]
    rules = {name: stated[name] for name in ("method", "drop_low", "keep_high")}
    report, _ = graded({"name": "course", **rules, "children": children}, TotalsView.HIDDEN_EXCLUDED)
    stays = [id_ for id_, each in weigh(report).items() if each.status is not AggregationStatus.DROPPED]
    return {"kept": {id_: report[id_].percent for id_ in stays}, "kept_count": len(stays)}


FEEDERS = {
    "aggregate/category_total": category_total,
    "aggregate/natural_weights": natural_weights,
    "aggregate/adjust_raw": adjusted,
    "aggregate/standardise": standardised,
    "aggregate/rescale_keep_percentage": rescaled,
    "aggregate/bounds_source": bounds_source,
    "aggregate/switch_method": switched,
    "aggregate/letter": letter,
    "limit_rules/apply": limited,
}
