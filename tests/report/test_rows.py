# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The rows of a report: what is said of each line, by code and with arguments."""

from fractions import Fraction

import pytest

from gradecalc import (
    EXEMPT,
    Category,
    Gradebook,
    GradeItem,
    GradeScheme,
    Highest,
    ItemKind,
    Mark,
    Rounding,
    WeightedMean,
    compile_gradebook,
    grade,
)
from gradecalc.report.rows import MOST_TOLD, figure_of, with_symbol
from small_books import BOOK


def said(report, id_):
    """Return the codes and arguments of what a report says of a line."""
    return [(each.code, each.arguments) for each in report.remarks(id_)]


def test_points_of_a_branch_out_of_nothing_are_added_as_points():
    """What is in a branch out of 0 adds points, and no percent (Z7)."""
    report = grade(Gradebook([Category("Extra", [GradeItem("E", 0)]), GradeItem("Exam", 10)]), {"E": 3, "Exam": 5})
    assert ("adds_points", (3,)) in said(report, "E")


def test_what_adds_says_of_which_share():
    """A line with a share says it with the branch and what it adds, also where a mark stands in the branch's place."""
    book = Gradebook([Category("Labs", [GradeItem("L", 10)]), GradeItem("Exam", 30)], aggregation=WeightedMean())
    assert ("adds_of", (100, "Labs", 70)) in said(grade(book, {"L": 7, "Exam": 15}), "L")
    assert ("adds_of_computed", (100, "Labs", 70)) in said(grade(book, {"L": 7, "Labs": 90}), "L")
    assert ("step_adds", ("the override", 20)) in said(grade(book, {"L": 7, "Labs": 90}), "Labs")


def test_a_step_says_its_exact_amount_however_little_shows():
    """What a rounding adds is an argument, exact, where it shows as nothing too, so that the figures add up (Z7)."""
    slight = grade(Gradebook([GradeItem("Exam", 100)], round_result=Rounding(2)), {"Exam": 89.995})
    assert ("step_adds", ("rounding", Fraction(1, 200))) == said(slight, "final")[-1]
    assert "rounding adds 0.005" == slight.remarks("final")[-1]


@pytest.mark.parametrize(
    ("mark", "was", "takes"),
    [
        (Fraction("89.994999"), "rounded from about 89.99 %", "rounding takes 0.004999"),
        (Fraction("89.9923456789"), "rounded from about 89.99 %", "rounding takes about 0.002"),
        (Fraction("89.991"), "rounded from 89.991 %", "rounding takes 0.001"),
    ],
)
def test_what_is_told_roughly_says_so(mark, was, takes):
    """A figure that is not told to its last digit is told as about so much, and no step as 0.00 that is more (Z7)."""
    report = grade(Gradebook([GradeItem("Exam", 100)], round_result=Rounding(2)), {"Exam": mark})
    assert (was, takes) == tuple(report.remarks("final")[-2:])


def test_a_step_that_comes_to_nothing_adds_nothing():
    """An override that is what was computed adds 0, as the gradebook shows it (Z7)."""
    book = Gradebook([Category("Labs", [GradeItem("L", 100)])])
    assert "the override adds 0.00" == grade(book, {"L": 90, "Labs": 90}).remarks("Labs")[-1]


def test_what_is_not_picked_says_so():
    """A result that its branch did not pick adds nothing, and says why (LA1)."""
    report = grade(Gradebook([GradeItem("a", 10), GradeItem("b", 10)], aggregation=Highest()), {"a": 7, "b": 6})
    assert [("out_of", (6, 10)), ("not_picked", ())] == said(report, "b")


def test_a_figure_is_a_percent_points_a_text_or_none():
    """A result is shown in percent, or out of 0 in points, as the text that was recorded, as exempt, or as a dash."""
    scheme = GradeScheme.from_cutoffs({"A": 50, "F": 0})
    items = [GradeItem("a", 10), GradeItem("b", 0), GradeItem("c", kind=ItemKind.TEXT), GradeItem("d", 1)]
    report = grade(Gradebook([*items, GradeItem("e", 1)], scheme=scheme), {"a": 7, "b": 2, "c": "well", "d": EXEMPT})
    figures = [figure_of(report[id_]) for id_ in "abcde"]
    assert ["70.00 %", "2.00", "well", "Exempt", "–"] == figures
    assert ("70.00", (Fraction(70),)) == (figure_of(report["a"], "number"), figures[0].arguments)
    assert ["70.00 % A", "–"] == [with_symbol(figures[0], "A"), with_symbol(figures[4], None)]


def test_a_text_beside_a_symbol_has_no_sign():
    """A symbol that stands in the place of a score stands beside a dash (S7)."""
    scheme = GradeScheme.from_cutoffs({"A": 50, "F": 0})
    report = grade(
        Gradebook([Category("Labs", [GradeItem("L", 10)])], scheme=scheme),
        {"Labs": Mark(symbol="A", without_score=True)},
    )
    assert report.outline().children[0].value == "– A"


def test_rows_are_the_same_when_no_more_is_kept():
    """What is said of a result is kept for so many, and is the same for all who come later."""
    plan = compile_gradebook(BOOK)
    first, again = (grade(plan, {"L1": 7, "Exam": 40}).outline() for _ in range(2))
    kept = len(plan.layout.kept_rows)
    plan.layout.kept_rows.update(dict.fromkeys(range(MOST_TOLD)))
    others = [grade(plan, {"L1": 8, "Exam": 40}), grade(plan, {"L1": 7, "Exam": 40})]
    assert (first, first) == (again, others[1].outline())
    assert others[0].outline() == grade(compile_gradebook(BOOK), {"L1": 8, "Exam": 40}).outline()
    assert len(plan.layout.kept_rows) == kept + MOST_TOLD


def test_remarks_of_one_line_are_those_of_its_row():
    """What is said of one line is what the outline says of it."""
    report = grade(BOOK, {"L1": 7, "L2": 1, "Exam": 40})
    rows = [row for _, row in report.outline().rows()]
    assert [row.notes for row in rows] == [report.remarks(id_) for id_ in report]
