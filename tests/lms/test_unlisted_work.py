# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A final that no weights of the listed work can give counts work that the file does not list, and this is said."""

from fractions import Fraction

import pytest
from attrs import evolve

from gradecalc import (
    EXEMPT,
    ByFormula,
    Cap,
    Category,
    FormulaItem,
    Gradebook,
    GradeItem,
    ItemKind,
    Mean,
    Rounding,
    RoundingMode,
    RoundingOf,
    UngradedPolicy,
    WeightedMean,
)
from gradecalc.lms import brightspace, infer
from gradecalc.lms.evidence import gather
from gradecalc.lms.imported import Imported, Recorded
from gradecalc.lms.unlisted_work import find_unlisted_work, is_below_all

SECOND_WEEK = (
    "Username,"
    "W1 Quiz Points Grade <Numeric MaxPoints:5 Weight:33.333333333 Category:Start CategoryWeight:10>,"
    "W1 Plan Points Grade <Numeric MaxPoints:10 Weight:66.666666667 Category:Start CategoryWeight:10>,"
    "W2 Journal Points Grade <Numeric MaxPoints:15 Weight:8.333333333 Category:Journals CategoryWeight:40>,"
    "W2 Lab Points Grade <Numeric MaxPoints:20 Weight:8.333333333 Category:Labs CategoryWeight:50>,"
    "W2 Report Points Grade <Numeric MaxPoints:20 Weight:8.333333333 Category:Labs CategoryWeight:50>,"
    "Calculated Final Grade Numerator,Calculated Final Grade Denominator,End-of-Line Indicator\n"
    "#ada,5,10,12,20,10,41.26984127,100,#\n"
)


def evidence_of(book, marks, percent):
    """Return what a file states of one learner's final."""
    return gather(Imported(book, {"ada": marks}, finals={"ada": {"calculated": Recorded(percent=percent)}}))


def told(book, marks, percent):
    """Return what is said of one learner whose final is stated in percent."""
    return find_unlisted_work(book, evidence_of(book, marks, percent))


def test_a_file_of_some_weeks_says_that_columns_are_missing():
    """Weights of the file's columns that come to 8.33 of 100 explain a final that no weights of theirs give (J30)."""
    found = infer(brightspace.read(SECOND_WEEK))
    assert () == found.candidates
    assert (
        "whatever the listed work weighs within its categories, it does not give a final that the file states: "
        "41.27 %, not 67 to 92 %\n"
        "columns are missing from the file: listed weights come to 8.33 of 100 in Journals, 16.67 of 100 in Labs; "
        "with work for the rest that final can be 18.92 to 97.25 %"
    ) == "\n".join(map(str, found.notes))


TWO = Gradebook([GradeItem("Essay", 20), GradeItem("Talk", 10)])
LATER = Gradebook([GradeItem("Essay", 20), GradeItem("Talk", 10, kind=ItemKind.TEXT)])


@pytest.mark.parametrize(
    ("book", "marks", "percent", "expected"),
    [
        (TWO, {"Essay": 18, "Talk": 6}, 40, [("out_of_reach", 40, 60, 90)]),
        (TWO, {"Essay": 18, "Talk": 6}, 96, [("out_of_reach", 96, 60, 90)]),
        (TWO, {"Essay": 18, "Talk": 6}, Fraction(182, 2), []),
        (TWO, {"Essay": 18}, 40, []),
        (TWO, {"Essay": 18, "Talk": EXEMPT}, 40, [("out_of_reach.only", 40, 90, 90)]),
        (TWO, {"Essay": 22}, 40, []),
        (TWO, {"Essay": EXEMPT, "Talk": EXEMPT}, 40, []),
        (LATER, {"Essay": 18, "Talk": "good"}, 40, []),
        (Gradebook([*TWO.children, GradeItem("More", 5, bonus=True)]), {"Essay": 18, "Talk": 6}, 99, []),
        (evolve(TWO, aggregation=ByFormula("[Essay.Percent] / 2")), {"Essay": 18, "Talk": 6}, 20, []),
        (
            Gradebook([*TWO.children, FormulaItem("All", formula="100", max_points=100)]),
            {"Essay": 18, "Talk": 6},
            40,
            [("out_of_reach", 40, 60, 90)],
        ),
        (
            Gradebook([*TWO.children, FormulaItem("All", formula="100", max_points=100, counts=True)]),
            {"Essay": 18, "Talk": 6},
            40,
            [],
        ),
        (
            Gradebook([Category("Both", TWO.children), Category("None", [])]),
            {"Essay": 18, "Talk": 6},
            40,
            [("out_of_reach", 40, 60, 90)],
        ),
    ],
)
def test_a_final_lies_between_what_it_is_made_of(book, marks, percent, expected):
    """Outside of the lowest and the highest of its parts no weights give a final, save by rounding (J30)."""
    assert expected == told(book, marks, percent)


def test_a_blank_is_no_zero_where_the_final_leaves_it_out():
    """Canvas's current score leaves blanks out, so that one mark alone is all that it can be (J30)."""
    imported = Imported(TWO, {"7": {"Essay": 18}}, finals={"7": {"current": Recorded(percent=40)}}, system="canvas")
    assert [("out_of_reach.only", 40, 90, 90)] == find_unlisted_work(TWO, gather(imported))


def test_a_category_in_which_nothing_is_left_may_leave():
    """Weights of what is graded alone may be the whole, and so may those of all (J30)."""
    book = Gradebook(
        [
            Category("Essays", [GradeItem("Essay", 20)], weight=50),
            Category("Talks", [GradeItem("Talk", 10)], weight=50),
        ],
        aggregation=WeightedMean(),
    )
    assert [("out_of_reach.weighted", 99, 45, 90)] == told(book, {"Essay": 18, "Talk": EXEMPT}, 99)
    assert [] == told(book, {"Essay": 18, "Talk": EXEMPT}, 88)
    nothing = evolve(book, children=[evolve(each, weight=0) for each in book.children])
    assert [] == told(nothing, {"Essay": 18, "Talk": 2}, 99)


@pytest.mark.parametrize(
    "changes",
    [
        {"cap": Cap(points=0)},
        {"round_result": Rounding(-2, RoundingMode.DOWN)},
        {"round_result": Rounding(0, RoundingMode.DOWN, of=RoundingOf.POINTS), "max_points": 1},
    ],
)
def test_a_cap_and_a_coarse_rounding_take_a_final_anywhere(changes):
    """Nothing is said where a cap, or a rounding to hundreds or of points, may take a final below all work (J30)."""
    book = evolve(TWO, aggregation=Mean(), **changes)
    marks = {"Essay": 18, "Talk": 9}
    assert [] == told(book, marks, Fraction(0))
    assert not is_below_all(book, evidence_of(book, marks, Fraction(0)))
    assert told(evolve(TWO, aggregation=Mean()), marks, Fraction(0))


def test_a_final_below_all_that_is_listed_needs_no_search():
    """Nothing is tried where a final is lower than the lowest mark, since no setting takes it there (J30)."""
    low, high = (evidence_of(TWO, {"Essay": 18, "Talk": 6}, percent) for percent in (40, 96))
    assert (True, False) == (is_below_all(TWO, low), is_below_all(TWO, high))
    found = infer(Imported(TWO, {"ada": {"Essay": 18, "Talk": 6}}, finals={"ada": {"final": Recorded(percent=40)}}))
    assert ((), 0, True) == (found.candidates, found.tried, found.complete)
    assert ["out_of_reach"] == [each.code for each in found.notes]
    as_zero = evolve(TWO, ungraded=UngradedPolicy.AS_ZERO)
    assert not is_below_all(as_zero, evidence_of(as_zero, {"Essay": 18}, 40))
