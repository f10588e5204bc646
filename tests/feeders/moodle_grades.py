# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Moodle's cases about totals, weights, ranges, letters and drop rules are fed."""

from fractions import Fraction

from gradecalc import grade
from gradecalc.exact import read_number
from gradecalc.lms.moodle import (
    DEFAULT_LETTERS,
    METHODS,
    Bounds,
    Coefficients,
    Method,
    Result,
    Source,
    Totals,
    Weighed,
    adjust_raw,
    choose_bounds,
    keep,
    letter,
    letter_scheme,
    minima,
    read,
    rescale_keeping_percentage,
    settle_weights,
    standardise,
    switch_method,
    total_without_hidden,
    weigh,
)


def same(expected, actual, tolerance="0.00501"):
    """Assert that a figure is the one shown, to its decimals."""
    assert (expected is None) == (actual is None)
    if expected is not None:
        assert abs(read_number(expected) - actual) <= Fraction(tolerance)


def bounds(pair):
    return Bounds(*map(read_number, pair))


def leaves(tree):
    """Yield every item of a tree."""
    for child in tree.get("children", ()):
        yield from leaves(child) if "children" in child else (child,)


def feed_total(case):
    """Feed a tree, graded, and compare whatever is expected of it."""
    expected = case["expect"]
    totals = Totals(expected.get("view", "real"))
    course = read(case["input"], totals=totals)
    report = grade(course.gradebook, next(iter(course.marks.values())))
    shown, least = weigh(report), minima(case["input"])

    def total(id_="final"):
        return report[id_].points if totals is Totals.REAL else total_without_hidden(report, least, id_)

    def item_percent(name):
        leaf = next(leaf for leaf in leaves(case["input"]["tree"]) if leaf["name"] == name)
        return bounds((leaf["min"], leaf["max"])).percent(read_number(leaf["grade"]))

    for key, read_figure in {"total": total, "percent": lambda: report.final.percent}.items():
        if key in expected:
            same(expected[key], read_figure())
    if "total_max" in expected:
        same(expected["total_max"], report.final.out_of)
    for key, figure in {
        "weights_percent": lambda name: shown[name].weight * 100,
        "contribution_percent": lambda name: shown[name].contribution * 100,
        "category_totals": total,
        "item_values": lambda name: report[name].points,
        "item_percent": item_percent,
    }.items():
        for name, value in expected.get(key, {}).items():
            same(value, figure(name))
    for name, status in expected.get("status", {}).items():
        assert status == shown[name].status.value


def feed_natural_weights(case):
    """Feed the items of a category under natural weighting."""
    items = case["input"]["items"]
    overrides = [item.get("override_percent") for item in items]
    settled = settle_weights(
        [
            Weighed(
                read_number(item["max"]),
                None if override is None else Fraction(read_number(override)) / 100,
                item.get("extra_credit", False),
            )
            for item, override in zip(items, overrides, strict=True)
        ]
    )
    weights = {item["name"]: weight * 100 for item, weight in zip(items, settled.weights, strict=True)}
    for key, tolerance in (("weights_percent_3dp", "0.000501"), ("weights_percent_1dp", "0.0501")):
        for name, value in case["expect"].get(key, {}).items():
            same(value, weights[name], tolerance)
    if "adjusted_notice" in case["expect"]:
        assert case["expect"]["adjusted_notice"] == settled.adjusted


def feed_adjusted(case):
    """Feed a raw score."""
    given = case["input"]
    found = adjust_raw(
        read_number(given["raw"]),
        bounds(given["raw_range"]),
        bounds(given["item_range"]),
        multiplier=read_number(given.get("multiplier", 1)),
        offset=read_number(given.get("offset", 0)),
    )
    same_value(case, found)


def feed_standardised(case):
    """Feed a value and two ranges."""
    given = case["input"]
    same_value(case, standardise(read_number(given["value"]), bounds(given["from"]), bounds(given["to"])))


def feed_rescaled(case):
    """Feed a grade whose item's range changes."""
    given = case["input"]
    old, new = bounds(given["old_range"]), bounds(given["new_range"])
    same_value(case, rescale_keeping_percentage(read_number(given["value"]), old, new))


def same_value(case, found):
    if "value_rounded_0dp" in case["expect"]:
        assert case["expect"]["value_rounded_0dp"] == int(found + Fraction(1, 2))
    else:
        same(case["expect"]["value"], found, "0.000051")


def feed_bounds_source(case):
    """Feed the settings that say which range applies."""
    given = case["input"]
    source = Source(given["course_setting"] or given["site_setting"])
    kind = given["item_type"]
    found = choose_bounds(
        bounds(given["stored_grade_range"]),
        bounds(given["item_range_now"]),
        source=source,
        total="total" in kind or "category" in kind,
        calculated="calculat" in kind,
    )
    assert bounds(case["expect"]["range"]) == found


def feed_switched(case):
    """Feed what an item carries, and the change of its category's method."""
    given, expected = case["input"], case["expect"]
    item = given["item"]
    held = Coefficients(read_number(item["coef"]), read_number(item["coef2"]), bool(item["override"]))
    after = switch_method(held, METHODS[given["from"]], METHODS[given["to"]])
    found = {
        "changed": after != held,
        "coef": after.coefficient,
        "coef2": after.natural_weight,
        "override": after.overridden,
    }
    assert {key: read_number(value) if not isinstance(value, bool) else value for key, value in expected.items()} == {
        key: found[key] for key in expected
    }


def feed_letter(case):
    """Feed a grade and a table of letters."""
    given = case["input"]
    table = given.get("letters") or [(start, symbol) for symbol, start in DEFAULT_LETTERS.items()]
    assert case["expect"]["letter"] == letter(
        read_number(given["value"]), bounds(given["range"]), letter_scheme((start, symbol) for start, symbol in table)
    )


def feed_limits(case):
    """Feed results among which some are dropped."""
    given, expected = case["input"], case["expect"]
    results = [
        Result(item["id"], read_number(item["value"]), read_number(item["max"]), item.get("extra_credit", False))
        for item in given["items"]
    ]
    method = METHODS[given["method"]] if given.get("method") else Method.MEAN
    kept = keep(results, drop_low=given["drop_low"], keep_high=given["keep_high"], method=method)
    assert expected["kept_count"] == len(kept)
    if "kept" in expected:
        assert {name: read_number(value) for name, value in expected["kept"].items()} == {
            each.id: each.value for each in kept
        }


FEEDERS = {
    "aggregate/category_total": feed_total,
    "aggregate/natural_weights": feed_natural_weights,
    "aggregate/adjust_raw": feed_adjusted,
    "aggregate/standardise": feed_standardised,
    "aggregate/rescale_keep_percentage": feed_rescaled,
    "aggregate/bounds_source": feed_bounds_source,
    "aggregate/switch_method": feed_switched,
    "aggregate/letter": feed_letter,
    "limit_rules/apply": feed_limits,
}
