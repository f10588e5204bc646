# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Hard cases of four systems, said by hand in the words of the algebra: if these words suffice, so do the adapters.

The figures are those of the systems' own public tests, by the ids they have in the shared vectors.
"""

from fractions import Fraction

import pytest

from gradecalc import (
    EXEMPT,
    Category,
    Distribution,
    DropBy,
    DropRule,
    DropTies,
    Empty,
    Gradebook,
    GradeItem,
    Maximum,
    Mean,
    OnlyBonus,
    Rescale,
    Rounding,
    RoundingMode,
    RoundingOf,
    SumOfPoints,
    Treatment,
    UngradedPolicy,
    WeightedMean,
    ZeroRange,
    grade,
)
from gradecalc.gradebook.contributions import BonusOf

ZERO = UngradedPolicy.AS_ZERO
TWO_PLACES = Rounding(2, RoundingMode.HALF_UP)


# Canvas: the server's calculator.


def canvas_drop(lowest=0, highest=0, never=()):
    return DropRule(
        lowest=lowest, highest=highest, never=never, by=DropBy.BEST_TOTAL, ties=DropTies.LAST, keep_at_least=1
    )


def canvas_item(number, points):
    return GradeItem(f"A{number}", max_points=points, can_exceed=True)


def canvas_group(name, numbers_and_points, **options):
    children = [canvas_item(number, points) for number, points in numbers_and_points]
    return Category(name, children, aggregation=SumOfPoints(), can_exceed=True, **options)


def test_canvas_weighted_periods_beyond_100_are_extra_credit():
    """Period weights of 150 are not scaled down, and each period is rounded to two places first (W3, R1, U5)."""
    drop = canvas_drop(lowest=1)
    periods = [
        Category(
            "P1",
            [canvas_group("G1 in P1", [(1, 150), (2, 150), (3, 150)], drop=drop)],
            weight=100,
            aggregation=SumOfPoints(),
            empty=Empty.AS_UNGRADED,
            can_exceed=True,
            round_result=TWO_PLACES,
        ),
        Category(
            "P2",
            [
                canvas_group("G1 in P2", [(7, 100)], drop=drop),
                canvas_group("G2 in P2", [(4, 150), (5, 150), (6, 150)], drop=drop),
            ],
            weight=50,
            aggregation=SumOfPoints(),
            empty=Empty.AS_UNGRADED,
            can_exceed=True,
            round_result=TWO_PLACES,
        ),
    ]
    book = Gradebook(periods, aggregation=WeightedMean(rescale=Rescale.UP), can_exceed=True, round_result=TWO_PLACES)
    posted = {"A1": 35.0, "A3": 142.7, "A4": 42.0, "A6": 131.4}
    assert Fraction("138.93") == grade(book, posted).final.percent
    assert Fraction("80.91") == grade(book, posted, ungraded=ZERO).final.percent


def test_canvas_percent_weighted_group_with_nothing_possible_leaves():
    """A group out of 0 keeps its points and has no percent, and the weighted course goes on without it (W6, G17)."""
    groups = [
        canvas_group("301", [(201, 0), (202, 0)], weight=50),
        canvas_group("302", [(203, 0), (204, 0)], weight=50),
    ]
    book = Gradebook(groups, aggregation=WeightedMean(rescale=Rescale.UP), can_exceed=True)
    report = grade(book, {"A201": 10, "A202": 5, "A203": 20, "A204": 0})
    assert report.final.percent is None
    assert (15, 0, None) == (report["301"].points, report["301"].out_of, report["301"].percent)
    assert (20, 0) == (report["302"].points, report["302"].out_of)


def test_canvas_percent_weighted_group_with_nothing_possible_leaves_its_weight_to_the_other():
    """The points of a group out of 0 are lost in a weighted course, and the other group is the whole (W3, W6)."""
    groups = [canvas_group("zero", [(1, 0)], weight=50), canvas_group("ten", [(2, 10)], weight=50)]
    book = Gradebook(groups, aggregation=WeightedMean(rescale=Rescale.UP), can_exceed=True)
    assert Fraction(70) == grade(book, {"A1": 10, "A2": 7}).final.percent


def test_canvas_never_drop_takes_part_in_the_best_total_with_unpointed_items():
    """A protected item is in the ratio that is optimised, and an item out of 0 is kept before a low one (D4)."""
    group = canvas_group("G", [(1, 100), (2, 100), (3, 100), (4, 0)], drop=canvas_drop(lowest=1, never=("A3",)))
    book = Gradebook([group], can_exceed=True, round_result=TWO_PLACES)
    report = grade(book, {"A1": 101.9, "A2": 105.65, "A3": 103.8, "A4": 0})
    assert Fraction("104.73") == report.final.percent
    assert ("A1",) == report["G"].dropped


def test_canvas_unpointed_extra_credit_survives_dropping_two():
    """Of 21 items, five unpointed with scores, the two that cost most are dropped (D9)."""
    points = [0, 0, 0, 31, 21, *[30] * 14, 0, 0]
    scores = [30, 30, 30, 31, 21, *[30] * 10, 29.3, 30, 30, 30, 12, 30]
    group = canvas_group("G", list(enumerate(points)), drop=canvas_drop(lowest=2))
    book = Gradebook([group], can_exceed=True, round_result=TWO_PLACES)
    marks = {f"A{number}": score for number, score in enumerate(scores)}
    assert Fraction("132.12") == grade(book, marks).final.percent


# Moodle: natural weighting, with five decimals stored at every level.


STORED = Rounding(5, RoundingMode.HALF_UP, of=RoundingOf.POINTS)
NATURAL = WeightedMean(
    distribution=Distribution.BY_POINTS, out_of=Maximum.POINTS, bonus=BonusOf.COUNTED, zero_range=ZeroRange.FULL
)


def moodle_item(name, points, weight=None, *, extra_credit=False):
    return GradeItem(name, max_points=points, weight=weight, bonus=extra_credit, round_result=STORED)


def moodle_category(name, children, ungraded, weight=None):
    return Category(
        name,
        children,
        weight=weight,
        ungraded=ungraded,
        aggregation=NATURAL,
        empty=Empty.AS_UNGRADED,
        only_bonus=OnlyBonus.GRADED,
        round_result=STORED,
    )


def moodle_course(children, ungraded):
    return Gradebook(children, ungraded=ungraded, aggregation=NATURAL, only_bonus=OnlyBonus.GRADED, round_result=STORED)


EMPTY_IS_ZERO = UngradedPolicy.AS_ZERO_ONCE_GRADED
EXCLUDE_EMPTY = UngradedPolicy.LEAVE_OUT


def test_moodle_natural_weights_overridden_to_zero_leave_the_maximum():
    """An item whose weight is overridden to 0 is in neither the total nor the maximum (moodle-agg-zero-real, W7)."""
    cat1 = [moodle_item("a5", 20), moodle_item("a6", 10, weight=0), moodle_item("a7", 15)]
    cat2 = [moodle_item("a8", 20), moodle_item("a9", 10, weight=100), moodle_item("a10", 15)]
    book = moodle_course(
        [
            moodle_item("a1", 300, weight=0),
            moodle_item("a2", 100),
            moodle_item("a3", 150),
            moodle_item("a4", 150),
            moodle_category("cat1", cat1, EMPTY_IS_ZERO),
            moodle_category("cat2", cat2, EMPTY_IS_ZERO),
        ],
        EMPTY_IS_ZERO,
    )
    report = grade(book, {"a1": 60, "a2": 20, "a3": 40, "a5": 10, "a6": 5, "a8": 10, "a9": 5})
    assert (75, "16.85") == (report.final.points, report.final.shown)
    assert ["0.00", "22.47", "33.71", "33.71"] == [two(report[name].weight) for name in ("a1", "a2", "a3", "a4")]
    within = report["cat1"].weight
    assert ["57.14", "0.00", "42.86"] == [two(report[name].weight / within) for name in ("a5", "a6", "a7")]


def test_moodle_natural_overridden_weight_with_extra_credit():
    """A weight overridden to half leaves the other half by points, and extra credit adds (moodle-exempty-05, W4)."""
    book = moodle_course(
        [
            moodle_item("one", 100, weight=50),
            moodle_item("two", 50),
            moodle_item("three", 200),
            moodle_item("four", 20, extra_credit=True),
            moodle_item("five", 10, extra_credit=True),
        ],
        EXCLUDE_EMPTY,
    )
    report = grade(book, {"one": 80, "two": 30, "three": 150, "four": 10, "five": 8})
    assert (284, 350, "81.14") == (report.final.points, report.final.out_of, report.final.shown)
    names = ("one", "two", "three", "four", "five")
    assert ["50.00", "10.00", "40.00", "5.71", "2.86"] == [two(report[name].weight) for name in names]


def test_moodle_only_extra_credit_is_nought_out_of_nought():
    """With nothing but extra credit graded the total is 0 out of 0, without a percent (moodle-exempty-07)."""
    book = moodle_course(
        [moodle_item("one", 100, weight=50), moodle_item("two", 50), moodle_item("four", 20, extra_credit=True)],
        EXCLUDE_EMPTY,
    )
    final = grade(book, {"four": 10}).final
    assert (0, 0, None) == (final.points, final.out_of, final.percent)


def test_moodle_category_maximum_is_the_learners_own():
    """A category without its empty items is out of less, and the course uses that maximum (moodle-agg-outcome-03)."""
    book = moodle_course(
        [
            *(moodle_item(name, points) for name, points in (("a1", 300), ("a2", 100), ("a3", 150), ("a4", 150))),
            moodle_category(
                "cat1", [moodle_item("a5", 20), moodle_item("a6", 10), moodle_item("a7", 15)], EXCLUDE_EMPTY
            ),
            moodle_category(
                "cat2", [moodle_item("a8", 20), moodle_item("a9", 10), moodle_item("a10", 15)], EXCLUDE_EMPTY
            ),
        ],
        EMPTY_IS_ZERO,
    )
    hidden = dict.fromkeys(("a2", "a5", "a8"), EXEMPT)
    report = grade(book, {"a1": 60, "a3": 40, "a6": 5, "a9": 5, **hidden})
    assert (110, 620, "17.74") == (report.final.points, report.final.out_of, report.final.shown)
    assert (5, 10) == (report["cat1"].points, report["cat1"].out_of)


def test_moodle_stores_five_decimals_at_every_level():
    """Each level starts from the rounded total of the one below (moodle-weights-09, R4)."""
    sub = Category(
        "sub",
        [GradeItem(name, max_points=100, weight=1) for name in ("a4", "a5", "a6")],
        aggregation=WeightedMean(),
        max_points=100,
        round_result=STORED,
    )
    book = moodle_course(
        [moodle_item("a1", 100), moodle_item("a2", 100), moodle_item("a3", 100, extra_credit=True), sub], EXCLUDE_EMPTY
    )
    report = grade(book, {"a1": 60, "a2": 20, "a3": 40, "a4": 10, "a5": 70, "a6": 30})
    assert Fraction("36.66667") == report["sub"].points
    assert Fraction("156.66667") == report.final.points


# Open edX: placeholders, two roundings, weights as they are.


SUBSECTION_4DP = Rounding(2, RoundingMode.HALF_EVEN)
SUBSECTION_2DP = Rounding(0, RoundingMode.HALF_EVEN)
COURSE = Rounding(0, RoundingMode.HALF_UP, up_from=Fraction(45, 100))


def edx_type(name, sections, min_count, drop_count, weight, rounding):
    """Return the assignment type padded to `min_count`, and the marks of its sections."""
    labels = [f"{name} {number:02d}" for number in range(1, max(min_count, len(sections)) + 1)]
    maxima = [possible for _, possible in sections] + [1] * (len(labels) - len(sections))
    items = [
        GradeItem(label, max_points=points, round_result=rounding) for label, points in zip(labels, maxima, strict=True)
    ]
    drop = DropRule(lowest=drop_count, ties=DropTies.LAST, keep_at_least=0)
    marks = {label: earned for label, (earned, _) in zip(labels, sections, strict=False)}
    return Category(name, items, weight=weight, aggregation=Mean(), ungraded=ZERO, drop=drop), marks


def edx_course(types, *, rounding=None):
    categories, marks = zip(*types, strict=True)
    book = Gradebook(
        categories, aggregation=WeightedMean(rescale=Rescale.NEVER), can_exceed=True, round_result=rounding
    )
    return book, {label: mark for record in marks for label, mark in record.items()}


HOMEWORK = [(2, 20), (16, 16)]
LAB = [(1, 2), (1, 1), (1, 1), (5, 25), (3, 4), (6, 7), (5, 6)]
MIDTERM = [(50.5, 100)]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [((25, 25, 50), "0.508125"), ((50, 50, 50), "0.76625"), ((0, 0, 50), "0.25")],
)
def test_edx_weights_are_never_normalised(weights, expected):
    """Weights of 150 are extra credit and weights of 50 halve the course (oex.weighted_course_grade.001 to 003, W3)."""
    book, marks = edx_course(
        [
            edx_type("Homework", HOMEWORK, 12, 2, weights[0], SUBSECTION_2DP),
            edx_type("Lab", LAB, 7, 3, weights[1], SUBSECTION_2DP),
            edx_type("Midterm", MIDTERM, 1, 0, weights[2], SUBSECTION_2DP),
        ]
    )
    assert Fraction(expected) == grade(book, marks).final.percent / 100


def test_edx_pads_with_zeros_before_dropping():
    """Twelve homeworks of which two exist, two dropped: 1.1 of 10 (oex.assignment_type_grade.005, D10)."""
    book, marks = edx_course([edx_type("Homework", HOMEWORK, 12, 2, 100, SUBSECTION_2DP)])
    report = grade(book, marks)
    assert Fraction(11) == report["Homework"].percent
    assert ("Homework 11", "Homework 12") == report["Homework"].dropped
    assert Treatment.COUNTED_AS_ZERO is report["Homework 03"].treatment


@pytest.mark.parametrize(("subsection", "expected"), [(SUBSECTION_2DP, 35), (SUBSECTION_4DP, 34)])
def test_edx_rounds_at_two_levels_with_an_offset(subsection, expected):
    """Rounding sections to whole percents shows 35, and to hundredths 34 (oex.double_rounding.001, R1, R3)."""
    book, marks = edx_course([edx_type("HW", [(2, 3), (1, 4)], 2, 0, 75, subsection)], rounding=COURSE)
    assert expected == grade(book, marks).final.percent


@pytest.mark.parametrize(("percent", "expected"), [("59.45", 60), ("59.44", 59)])
def test_edx_course_percent_goes_up_from_45_hundredths(percent, expected):
    """From x.45 % upwards the course percent goes up (R3)."""
    book = Gradebook([GradeItem("all", max_points=100)], round_result=COURSE)
    assert expected == grade(book, {"all": Fraction(percent)}).final.percent


def two(share):
    return TWO_PLACES.show(share * 100)
