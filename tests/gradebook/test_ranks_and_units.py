# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules W7, W10, W11 and G22: ranks, the mean of the maxima, weights as shares, a maximum that keeps points."""

from fractions import Fraction

import pytest
from attrs import evolve

from gradecalc import (
    EXEMPT,
    BestOf,
    BonusOf,
    CalculatedItem,
    Category,
    DefinitionError,
    DropBy,
    DropRule,
    FixedMaximum,
    Gradebook,
    GradeItem,
    Maximum,
    Mean,
    Rescale,
    SumOfPoints,
    WeightedMean,
    Weighting,
    WeightMoves,
    WeightUnit,
    compile_gradebook,
    grade,
)

EXAMS = [GradeItem(name, max_points=100) for name in "abc"]
RANKED = WeightedMean(ranks=[50, 30, 20])


def percent(marks, aggregation=RANKED, children=EXAMS, **options):
    """Return the final percent."""
    return grade(Gradebook(children, aggregation=aggregation, **options), marks).final.percent


@pytest.mark.parametrize("order", ["abc", "cab", "bca"])
def test_the_best_result_weighs_most(order):
    """Of 90, 60 and 30 the best weighs 50, the next 30 and the last 20, in whatever order they come (W10)."""
    assert 45 + 18 + 6 == percent(dict(zip(order, (90, 60, 30), strict=True)))


def test_the_weight_of_each_is_told():
    """The effective weight is the one that the rank gave, of equals the first in the book the higher (W9, W10)."""
    report = grade(Gradebook(EXAMS, aggregation=RANKED), {"a": 60, "b": 90, "c": 60})
    assert [Fraction(3, 10), Fraction(1, 2), Fraction(1, 5)] == [report[id_].weight for id_ in "abc"]


@pytest.mark.parametrize(
    ("rescale", "expected"), [(Rescale.ALWAYS, Fraction(4500 + 1800, 80)), (Rescale.NEVER, 63), (Rescale.UP, None)]
)
@pytest.mark.parametrize("missing", [{}, {"c": EXEMPT}])
def test_fewer_results_take_the_first_weights(rescale, expected, missing):
    """With one ungraded or exempt the others weigh 50 and 30, scaled as the branch says (W3, W10)."""
    expected = Fraction(6300, 80) if expected is None else expected
    assert expected == percent({"a": 60, "b": 90, **missing}, evolve(RANKED, rescale=rescale))


def test_what_has_no_rank_weighs_nothing():
    """The best two of three, two to one (W10)."""
    assert Fraction(2 * 90 + 60, 3) == percent({"a": 60, "b": 30, "c": 90}, WeightedMean(ranks=[2, 1]))


def test_dropped_results_have_no_rank():
    """Drops come first; by best total the lowest percents go (W10, D9)."""
    for by in DropBy:
        drop = DropRule(lowest=1, by=by)
        assert 45 + 18 == percent({"a": 60, "b": 30, "c": 90}, evolve(RANKED, rescale=Rescale.NEVER), drop=drop)


def test_a_bonus_beside_ranks_has_its_own_weight():
    """A bonus has no rank: it adds its weight times its percent (B3, W10)."""
    extra = GradeItem("extra", max_points=10, weight=10, bonus=True)
    assert 69 + 5 == percent({"a": 90, "b": 60, "c": 30, "extra": 5}, children=[*EXAMS, extra])


def test_weights_beside_ranks_change_nothing_and_are_noticed():
    """A child's weight and where it moves mean nothing where the rank weighs (W10, V5)."""
    children = [evolve(EXAMS[0], weight=70, weight_moves=WeightMoves("b")), *EXAMS[1:]]
    book = Gradebook(children, aggregation=RANKED)
    assert ["weight_unused", "weight_unused"] == [each.code for each in compile_gradebook(book).notices]
    assert percent({"a": 90, "b": 60, "c": 30}) == grade(book, {"a": 90, "b": 60, "c": 30}).final.percent


def test_a_negative_weight_by_rank_is_an_error():
    """Each weight by rank is 0 or more, and a number (W8, W10)."""
    with pytest.raises(DefinitionError) as raised:
        compile_gradebook(Gradebook(EXAMS, aggregation=WeightedMean(ranks=[50, -1])))
    assert [("too_small", "aggregation.ranks[1]")] == [(each.code, each.path) for each in raised.value.problems]
    with pytest.raises(DefinitionError) as raised:
        compile_gradebook(Gradebook(EXAMS, aggregation=WeightedMean(ranks=["most"])))
    assert [("wrong_type", "aggregation.ranks[0]")] == [(each.code, each.path) for each in raised.value.problems]


def test_weights_of_zero_leave_no_score():
    """Where only the second best weighs, one result alone has none (W5, W10)."""
    second_best = WeightedMean(ranks=[0, 100])
    assert (None, 60) == (percent({"a": 90}, second_best), percent({"a": 90, "b": 60}, second_best))


def test_a_branch_is_out_of_the_mean_of_the_maxima():
    """Halves of 10 and of 30 are 10 of 20; what is exempt leaves the mean, and what weighs nothing (W7)."""
    items = [GradeItem("a", 10), GradeItem("b", 30), GradeItem("z", 500, weight=0)]
    category = Category("c", items, aggregation=WeightedMean(out_of=Maximum.MEAN))
    plan = compile_gradebook(Gradebook([category]))
    whole, without = (grade(plan, {"a": 5, "b": 15, **more})["c"] for more in ({}, {"b": EXEMPT}))
    assert (10, 20, 5, 10) == (whole.points, whole.out_of, without.points, without.out_of)
    assert 20 == grade(plan, {})["c"].out_of


def test_the_mean_of_the_maxima_takes_drops_from_the_smallest():
    """Before anything is graded the smallest maximum is taken as the one dropped (U6, W7)."""
    items = [GradeItem("a", 10), GradeItem("b", 30), GradeItem("d", 50)]
    category = Category("c", items, aggregation=WeightedMean(out_of=Maximum.MEAN), drop=DropRule(lowest=1))
    plan = compile_gradebook(Gradebook([category]))
    assert (40, 20) == (grade(plan, {})["c"].out_of, grade(plan, {"a": 9, "b": 15, "d": 0})["c"].out_of)


def test_a_maximum_scales_points_or_keeps_them():
    """7 of 10 are 4.2 of 6 where the maximum scales, and 6 of 6 where it keeps points and caps them (G13, G14, G22)."""
    items = [GradeItem("a", 5), GradeItem("b", 5)]
    for fixed, expected in ((FixedMaximum.SCALES, Fraction(21, 5)), (FixedMaximum.KEEPS_POINTS, 6)):
        category = Category("c", items, aggregation=SumOfPoints(fixed_maximum=fixed), max_points=6)
        result = grade(Gradebook([category]), {"a": 3, "b": 4})["c"]
        assert (expected, 6) == (result.points, result.out_of)


def kept(marks, **traits):
    """Return the points and maximum of a category of two items of 5 that keeps points out of 6."""
    items = [GradeItem("a", 5), GradeItem("b", 5), GradeItem("extra", 2, bonus=True)]
    keeps = SumOfPoints(**{"fixed_maximum": FixedMaximum.KEEPS_POINTS, **traits.pop("sum", {})})
    report = grade(Gradebook([Category("c", items, aggregation=keeps, max_points=6, can_exceed=True, **traits)]), marks)
    return report["c"].points, report["c"].out_of, report["a"].weight


def test_where_points_are_kept_an_exemption_costs_points_that_could_be_had():
    """The maximum stays 6, whoever is exempt from what, and each point is a sixth (G22, W9)."""
    assert (3, 6, Fraction(5, 6)) == kept({"a": 3, "b": EXEMPT})
    assert (None, 6, 0) == kept({})


@pytest.mark.parametrize(
    ("bonus", "points"),
    [(BonusOf.COUNTED, 8), (BonusOf.WHOLE, 7 + Fraction(6, 10)), (BonusOf.PERCENT_POINTS, 7 + Fraction(6, 100))],
)
def test_a_bonus_beside_kept_points(bonus, points):
    """A bonus point is a point, a tenth of the whole, or one percent of the fixed maximum (B2, G22)."""
    assert points == kept({"a": 3, "b": 4, "extra": 1}, sum={"bonus": bonus})[0]


def test_by_best_total_kept_points_are_dropped_by_points():
    """The maximum does not shrink with a drop, so that the fewest points go (D9, G22)."""
    items = [GradeItem("a", 1), GradeItem("b", 10)]
    book = Gradebook(
        items,
        aggregation=SumOfPoints(fixed_maximum=FixedMaximum.KEEPS_POINTS),
        max_points=10,
        drop=DropRule(lowest=1, by=DropBy.BEST_TOTAL),
    )
    marks = {"a": 1, "b": 2}
    assert (("a",), ("b",)) == (
        grade(book, marks).final.dropped,
        grade(evolve(book, max_points=None), marks).final.dropped,
    )


SHARED = Gradebook(
    [
        Category("Homework", [GradeItem("h1", 10, weight=0.75), GradeItem("h2", 10)], weight=0.4),
        GradeItem("Exam", 100, weight=0.6),
        GradeItem("extra", 10, weight=0.1, bonus=True),
    ],
    aggregation=WeightedMean(rescale=Rescale.NEVER),
    weights_in=WeightUnit.SHARE,
)


def in_percent(node):
    """Return the same book with its weights in percent."""
    weight = {} if node.weight is None else {"weight": node.weight * 100}
    if isinstance(node, GradeItem):
        return evolve(node, **weight)
    unit = {"weights_in": WeightUnit.PERCENT} if isinstance(node, Gradebook) else {}
    return evolve(node, children=[in_percent(child) for child in node.children], **weight, **unit)


@pytest.mark.parametrize("marks", [{"h1": 9, "h2": 5, "Exam": 70, "extra": 4}, {"h2": 5}, {"h1": EXEMPT, "Exam": 40}])
def test_weights_in_shares_are_weights_in_percent(marks):
    """A book in shares grades as the one whose every weight is a hundred times as much (W11)."""
    report, other = grade(SHARED, marks), grade(in_percent(SHARED), marks)
    assert report.columns == other.columns
    assert report.digest != other.digest


def test_ranks_are_shares_too():
    """Weights by rank are in the unit of the book, for branches that inherit them as well (W10, W11)."""
    categories = [Category("first", EXAMS), Category("second", [])]
    marks = {"a": 90, "b": 60}
    shares, percents = (
        Gradebook(categories, aggregation=WeightedMean(ranks=ranks, rescale=Rescale.NEVER), weights_in=unit)
        for ranks, unit in (((0.5, 0.3), WeightUnit.SHARE), ((50, 30), WeightUnit.PERCENT))
    )
    assert grade(percents, marks).columns == grade(shares, marks).columns


def test_the_weights_of_weightings_are_shares_too():
    """A best of weightings states its weights in the unit of the book, and is noticed if it does not (V6, W11)."""

    def book(unit, *weights):
        best = BestOf([Weighting("one", dict(zip("abc", weights, strict=True)), rescale=Rescale.NEVER)])
        return Gradebook(EXAMS, aggregation=best, weights_in=unit)

    marks = {"a": 90, "b": 60}
    shares, percents = book(WeightUnit.SHARE, 0.5, 0.3, 0.2), book(WeightUnit.PERCENT, 50, 30, 20)
    assert grade(percents, marks).columns == grade(shares, marks).columns
    odd = compile_gradebook(book(WeightUnit.PERCENT, 0.5, 0.3, 0.2)).notices
    assert [("weights_look_like_shares", "aggregation.weightings[0].weights")] == [
        (each.code, each.path) for each in odd
    ]


def test_the_bonus_of_a_mean_is_no_share():
    """For as many children as a bonus of a mean counts, for so many it counts in either unit (B5, W11)."""
    items = [GradeItem("a", 10), GradeItem("extra", 10, weight=2, bonus=True)]
    books = [Gradebook(items, aggregation=Mean(), weights_in=unit, can_exceed=True) for unit in WeightUnit]
    assert [150, 150] == [grade(book, {"a": 5, "extra": 5}).final.percent for book in books]


def test_a_calculated_item_takes_shares_as_the_final_does():
    """46 out of 60 is said in percent whatever the weights are stated in (C10, W11)."""
    items = [GradeItem("a", 10, weight=0.6), GradeItem("b", 10, weight=0.4), CalculatedItem("so far", items=["a"])]
    result = grade(Gradebook(items, aggregation=WeightedMean(), weights_in=WeightUnit.SHARE), {"a": 5})["so far"]
    assert (30, 60) == (result.points, result.out_of)


@pytest.mark.parametrize(
    ("weights", "unit", "expected"),
    [
        ((0.4, 0.6), WeightUnit.PERCENT, ["weights_look_like_shares"]),
        ((0.4, None), WeightUnit.PERCENT, ["weights_look_like_shares"]),
        ((0.4, 0.6), WeightUnit.SHARE, []),
        ((0.4, 0.5), WeightUnit.SHARE, ["weights_not_whole"]),
        ((0.4, None), WeightUnit.SHARE, []),
        ((40, 60), WeightUnit.SHARE, ["weights_look_like_percents"]),
        ((40, 60), WeightUnit.PERCENT, []),
        ((40, 50), WeightUnit.PERCENT, ["weights_not_whole"]),
        ((40, None), WeightUnit.PERCENT, []),
        ((1, None), WeightUnit.SHARE, ["weight_left_nothing"]),
    ],
)
@pytest.mark.parametrize("by_rank", [False, True])
def test_weights_that_look_like_the_other_unit_are_noticed(weights, unit, expected, by_rank):
    """Weights that sum to at most 1 look like shares, and a share above 1 like a percent (W11)."""
    items = [GradeItem(f"i{nth}", 10, weight=None if by_rank else weight) for nth, weight in enumerate(weights)]
    ranks = [weight for weight in weights if weight is not None] if by_rank else ()
    notices = compile_gradebook(Gradebook(items, aggregation=WeightedMean(ranks=ranks), weights_in=unit)).notices
    if by_rank and None in weights:
        alone = {(0.4, WeightUnit.SHARE): ["weights_not_whole"], (40, WeightUnit.PERCENT): ["weights_not_whole"]}
        expected = alone.get((weights[0], unit), [code for code in expected if code != "weight_left_nothing"])
    assert expected == [each.code for each in notices]
