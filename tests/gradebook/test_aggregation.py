# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules A1 to A6, W1 to W7 and B1 to B6: how a branch combines its children."""

from fractions import Fraction

import pytest

from gradecalc import (
    BonusOf,
    Category,
    Distribution,
    DropBy,
    DropRule,
    Gradebook,
    GradeItem,
    Highest,
    Lowest,
    Mark,
    Maximum,
    Mean,
    Median,
    Mode,
    OnlyBonus,
    Rescale,
    SumOfPoints,
    Treatment,
    UngradedPolicy,
    WeightedMean,
    Weightless,
    ZeroRange,
    grade,
)
from gradecalc.gradebook.aggregation import FixedMaximum
from gradecalc.gradebook.contributions import Frame, Part

BY_POINTS = Distribution.BY_POINTS


def final(aggregation, *children, **options):
    """Grade items given as (points, maximum) or (points, maximum, item options)."""
    items, marks = [], {}
    for nth, (points, maximum, *more) in enumerate(children):
        items.append(GradeItem(str(nth), max_points=maximum, can_exceed=True, **(more[0] if more else {})))
        marks[str(nth)] = points
    return grade(Gradebook(items, aggregation=aggregation, can_exceed=True, **options), marks).final


def pair(result):
    return result.points, result.out_of


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        (SumOfPoints(), (44, 100)),
        (Mean(), (60, 100)),
        (Median(), (60, 100)),
        (Lowest(), (20, 100)),
        (Highest(), (100, 100)),
        (Mode(), (60, 100)),
        (WeightedMean(), (60, 100)),
        (WeightedMean(distribution=BY_POINTS), (44, 100)),
        (WeightedMean(distribution=BY_POINTS, out_of=Maximum.POINTS), (44, 100)),
    ],
)
def test_each_aggregation(aggregation, expected):
    """Of 10/50, 6/10, 18/30 and 10/10 each aggregation makes its own pair (A1, A3 to A6, W1)."""
    assert expected == pair(final(aggregation, (10, 50), (6, 10), (18, 30), (10, 10)))


def test_of_several_modes_the_highest():
    """Of percents that are equally frequent the highest is the mode (A6)."""
    assert 90 == final(Mode(), (5, 10), (9, 10), (5, 10), (9, 10), (10, 10)).percent


def test_the_median_of_an_odd_number_is_the_middle():
    """The median of three is the second (A4)."""
    assert 50 == final(Median(), (9, 10), (5, 10), (1, 10)).percent


@pytest.mark.parametrize("aggregation", [Mean(), Median(), Lowest(), Highest(), Mode(), WeightedMean(), SumOfPoints()])
def test_a_fixed_maximum_scales_the_result(aggregation):
    """A branch with a fixed maximum keeps its percent (G13)."""
    children = (10, 50), (6, 10), (18, 30)
    scaled, plain = final(aggregation, *children, max_points=20), final(aggregation, *children)
    assert (20, plain.percent) == (scaled.out_of, scaled.percent)


# Weights.


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ((None, None, None, None), ["25", "25", "25", "25"]),
        ((40, None, None, None), ["40", "20", "20", "20"]),
        ((40, 30, 20, 10), ["40", "30", "20", "10"]),
        ((40, 40, 40, None), ["33.3", "33.3", "33.3", "0"]),
        ((25, 25, 25, 0), ["33.3", "33.3", "33.3", "0"]),
        ((100, None, None, 0), ["100", "0", "0", "0"]),
    ],
)
def test_children_without_a_weight_share_what_is_left(weights, expected):
    """What the given weights leave of 100 is shared evenly (W1, W2, W3)."""
    items = [GradeItem(str(nth), max_points=10, weight=weight) for nth, weight in enumerate(weights)]
    report = grade(Gradebook(items, aggregation=WeightedMean()), dict.fromkeys("0123", 5))
    assert expected == [f"{float(report[str(nth)].weight * 100):.3g}" for nth in range(4)]


@pytest.mark.parametrize(
    ("rescale", "weights", "expected"),
    [
        (Rescale.ALWAYS, (20, 30), 80),
        (Rescale.ALWAYS, (100, 50), 80),
        (Rescale.UP, (20, 30), 80),
        (Rescale.UP, (100, 50), 120),
        (Rescale.NEVER, (20, 30), 40),
        (Rescale.NEVER, (100, 50), 120),
    ],
)
def test_rescaling(rescale, weights, expected):
    """Weights are scaled to the whole always, only upwards, or never (W3)."""
    children = [(8, 10, {"weight": weight}) for weight in weights]
    assert expected == final(WeightedMean(rescale=rescale), *children).percent


def test_weights_by_points_are_worked_out_over_what_counts():
    """By points, what counts shares its weight by this learner's maxima, whatever is left out (W4)."""
    items = [GradeItem("a", max_points=10), GradeItem("b", max_points=30), GradeItem("c", max_points=60, weight=40)]
    book = Gradebook(items, aggregation=WeightedMean(distribution=BY_POINTS))
    everything = grade(book, {"a": 10, "b": 0, "c": 0})
    own = grade(book, {"a": Mark(30, out_of=30), "b": 0, "c": 0})
    without = grade(book, {"a": 10, "c": 0})
    assert [Fraction(15, 100), Fraction(30, 100)] == [everything["a"].weight, own["a"].weight]
    assert Fraction(15, 55) == without["a"].weight


def test_all_weights_zero_is_no_score():
    """A branch whose weights that count are all zero has no score, with the reason (W5)."""
    result = final(WeightedMean(), (8, 10, {"weight": 0}), (9, 10, {"weight": 0}))
    assert (None, ["all_weights_zero"]) == (result.percent, [reason.code for reason in result.reasons])


def test_all_weights_zero_may_be_zero():
    """Where the branch says so, weights that are all zero are zero percent, once something counts (W5)."""
    zero = WeightedMean(weightless=Weightless.ZERO)
    assert (0, 100) == pair(final(zero, (8, 10, {"weight": 0}), (9, 10, {"weight": 0})))
    assert final(zero, (None, 10, {"weight": 0})).percent is None


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        (WeightedMean(), (50, 100)),
        (WeightedMean(zero_range=ZeroRange.FULL), (75, 100)),
        (Mean(), (50, 100)),
        (Mean(zero_range=ZeroRange.FULL), (75, 100)),
        (Lowest(), (50, 100)),
        (Highest(zero_range=ZeroRange.FULL), (100, 100)),
        (SumOfPoints(), (8, 10)),
        (SumOfPoints(zero_range=ZeroRange.LEAVES), (5, 10)),
        (SumOfPoints(zero_range=ZeroRange.FULL), (5, 10)),
    ],
)
def test_a_child_out_of_nothing(aggregation, expected):
    """A child out of 0 adds its points, leaves, or counts in full, as the aggregation says (W6, A2)."""
    assert expected == pair(final(aggregation, (5, 10), (3, 0)))


@pytest.mark.parametrize(("maximum", "expected"), [(Maximum.WHOLE, 100), (Maximum.POINTS, 30), (Maximum.WEIGHTS, 60)])
def test_what_a_weighted_mean_is_out_of(maximum, expected):
    """A weighted mean is out of 100, or of the points or the weights that count (W7)."""
    children = (5, 10, {"weight": 20}), (10, 20, {"weight": 40}), (4, 5, {"weight": 0}), (None, 50, {"weight": 40})
    result = final(WeightedMean(out_of=maximum), *children)
    assert (expected, 50) == (result.out_of, result.percent)


# Bonus.


@pytest.mark.parametrize(
    ("aggregation", "bonus_weight", "expected"),
    [
        (SumOfPoints(), None, "110"),
        (SumOfPoints(bonus=BonusOf.WHOLE), None, "95"),
        (SumOfPoints(bonus=BonusOf.PERCENT_POINTS), None, "83"),
        (Mean(), None, "140"),
        (Mean(), 2, "200"),
        (Mean(bonus=BonusOf.WHOLE), None, "110"),
        (Mean(bonus=BonusOf.PERCENT_POINTS), None, "83"),
        (WeightedMean(), 5, "83"),
        (WeightedMean(bonus=BonusOf.COUNTED), 5, "86"),
        (WeightedMean(bonus=BonusOf.PERCENT_POINTS), 5, "83"),
        (WeightedMean(), None, "110"),
        (WeightedMean(distribution=BY_POINTS), None, "110"),
    ],
)
def test_what_a_bonus_adds(aggregation, bonus_weight, expected):
    """With 8/10 counted, 10 points ungraded and a bonus of 3/5, each measure adds its own amount (B2, B3, B5)."""
    children = (8, 10), (None, 10), (3, 5, {"bonus": True, "weight": bonus_weight})
    assert Fraction(expected) == final(aggregation, *children).percent


def test_a_bonus_never_costs():
    """A bonus below 0 adds nothing, and says so (B1)."""
    items = [GradeItem("a", max_points=10), GradeItem("b", max_points=10, bonus=True)]
    report = grade(Gradebook(items), {"a": 8, "b": -5})
    assert (80, "bonus_never_costs") == (report.final.percent, report["b"].reasons[-1].code)


@pytest.mark.parametrize(("aggregation", "weight"), [(SumOfPoints(), None), (Mean(), None), (WeightedMean(), 100)])
def test_a_bonus_with_a_least_below_zero_may_cost(aggregation, weight):
    """Points below 0 take away where the bonus states a least below 0, and no more than that (B1, G2)."""
    items = [GradeItem("a", 10, weight=weight), GradeItem("b", 10, bonus=True, min_points=-4, weight=weight)]
    reports = [grade(Gradebook(items, aggregation=aggregation), {"a": 6, "b": each}) for each in (-3, -9, 2)]
    assert [30, 20, 80] == [each.final.percent for each in reports]
    assert () == reports[0]["b"].reasons


def test_what_is_dropped_beside_a_bonus_that_costs():
    """A bonus that costs is part of the best total like one that adds (B1, D9)."""
    items = [GradeItem("a", 10), GradeItem("b", 100), GradeItem("c", 0, bonus=True, min_points=-50)]
    book = Gradebook(items, drop=DropRule(lowest=1, by=DropBy.BEST_TOTAL))
    found = [grade(book, {"a": 9, "b": 80, "c": each}) for each in (0, -8)]
    assert [(("b",), 90), (("a",), 72)] == [(each.final.dropped, each.final.percent) for each in found]


def test_an_ungraded_bonus_is_left_out():
    """An ungraded bonus is left out even where blanks count as zero (U7)."""
    items = [GradeItem("a", max_points=10), GradeItem("b", max_points=10, bonus=True)]
    report = grade(Gradebook(items, ungraded=UngradedPolicy.AS_ZERO), {"a": 8})
    assert (80, Treatment.LEFT_OUT) == (report.final.percent, report["b"].treatment)


@pytest.mark.parametrize("aggregation", [SumOfPoints(), WeightedMean(), Mean()])
def test_only_bonus_is_no_score(aggregation):
    """Where only bonus is graded there is no score, with the reason (B4)."""
    result = final(aggregation, (None, 10), (3, 5, {"bonus": True, "weight": 10}))
    assert (None, ["only_bonus"]) == (result.percent, [reason.code for reason in result.reasons])


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        (SumOfPoints(), (3, 0)),
        (WeightedMean(), (6, 100)),
        (WeightedMean(bonus=BonusOf.COUNTED), (0, 100)),
        (WeightedMean(out_of=Maximum.POINTS), (0, 0)),
        (WeightedMean(distribution=BY_POINTS, out_of=Maximum.POINTS, bonus=BonusOf.COUNTED), (0, 0)),
        (Mean(), (600, 100)),
    ],
)
def test_only_bonus_may_be_graded(aggregation, expected):
    """A branch that bonus alone grades has the bonus out of what counts beside it, which is nothing (U8)."""
    children = (None, 10), (3, 5, {"bonus": True, "weight": 10})
    assert expected == pair(final(aggregation, *children, only_bonus=OnlyBonus.GRADED))


@pytest.mark.parametrize(
    ("fixed", "points", "expected"),
    [
        (FixedMaximum.SCALES, 2, (100, 100)),
        (FixedMaximum.SCALES, Fraction(1, 4), (25, 100)),
        (FixedMaximum.KEEPS_POINTS, 2, (2, 100)),
    ],
)
def test_a_fixed_maximum_is_what_bonus_alone_is_out_of(fixed, points, expected):
    """Where bonus alone grades a sum of points each point is all of its fixed maximum, or stays a point (B4, G22)."""
    report = grade(
        Gradebook(
            [GradeItem("a", 10), GradeItem("b", 10, bonus=True)],
            aggregation=SumOfPoints(fixed_maximum=fixed),
            max_points=100,
            only_bonus=OnlyBonus.GRADED,
        ),
        {"b": points},
    )
    assert expected == (report.final.points, report.final.out_of)


@pytest.mark.parametrize(("only_bonus", "expected"), [(OnlyBonus.NO_SCORE, None), (OnlyBonus.GRADED, 30)])
def test_whether_a_bonus_makes_blanks_zero(only_bonus, expected):
    """Under zero-once-graded a bonus alone makes the others zero only where it grades the branch (U3, U8)."""
    policy = UngradedPolicy.AS_ZERO_ONCE_GRADED
    children = (None, 10), (3, 5, {"bonus": True})
    assert expected == final(SumOfPoints(), *children, ungraded=policy, only_bonus=only_bonus).percent


def test_a_category_can_be_a_bonus():
    """A branch that is a bonus adds its weight times its percent (B3)."""
    bonus = Category("extra", [GradeItem("e", max_points=4)], bonus=True, weight=10)
    book = Gradebook([GradeItem("a", max_points=10), bonus], aggregation=WeightedMean(), can_exceed=True)
    report = grade(book, {"a": 10, "e": 3})
    assert (Fraction("107.5"), Treatment.BONUS, Fraction(1, 10)) == (
        report.final.percent,
        report["extra"].treatment,
        report["extra"].weight,
    )


def test_the_cap_comes_after_the_bonus():
    """A bonus beyond the maximum is capped, and the report says where the cap bit (G14)."""
    items = [GradeItem("a", max_points=10), GradeItem("b", max_points=5, bonus=True)]
    result = grade(Gradebook(items), {"a": 9, "b": 3}).final
    assert (100, ["capped"]) == (result.percent, [reason.code for reason in result.reasons])


@pytest.mark.parametrize(
    ("aggregation", "fractions", "expected"),
    [
        (Median(), (3, 1, 2), (0, 0, 1)),
        (Median(), (3, 1, 2, 9), (Fraction(1, 2), 0, Fraction(1, 2), 0)),
        (Lowest(), (3, 1, 1), (0, 1, 0)),
        (Highest(), (9, 1, 9), (0, 0, 1)),
        (Mode(), (9, 1, 9), (Fraction(1, 2), 0, Fraction(1, 2))),
        (Mode(), (3, 1, 2), (1, 0, 0)),
    ],
)
def test_what_is_picked_carries_the_result(aggregation, fractions, expected):
    """Of those that are picked each carries an equal part, of one whole, and no other carries any (A4 to A6)."""
    parts = [Part(points, 10, 1, automatic=False) for points in fractions]
    combined = aggregation.combine(parts, [], Frame(None, 30, 3))
    assert (expected, None) == (combined.weights, combined.whole)
    assert combined.points == sum(weight * part.points * 10 for weight, part in zip(expected, parts, strict=True))
