# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Marks and settings that are only supposed, and what they change."""

from fractions import Fraction

import pytest
from hypothesis import given

from gradecalc import (
    EXEMPT,
    UNGRADED,
    Category,
    DefinitionError,
    DropRule,
    Gradebook,
    GradeItem,
    GradeScheme,
    MarksError,
    Treatment,
    WeightedMean,
    compile_gradebook,
    grade,
)
from gradecalc.scenarios import Aspect, what_if
from gradecalc.testing import graded_books

BOOK = Gradebook(
    [
        Category(
            "Quizzes",
            [GradeItem(f"Quiz {nth}", max_points=10) for nth in (1, 2, 3)],
            drop=DropRule(lowest=1),
            weight=40,
        ),
        Category("Essays", [], weight=10),
        GradeItem("Exam", max_points=100, weight=50),
    ],
    aggregation=WeightedMean(),
    scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0}),
)
MARKS = {"Quiz 1": 6, "Quiz 2": 8, "Quiz 3": 9, "Exam": 70}


def told(what):
    """Return what changed, as (id, aspect, after)."""
    return [(change.id, change.aspect, change.after) for change in what.changes]


def test_a_supposed_mark_is_graded_and_what_changes_is_listed():
    """WI2: each thing that is another on a line is one difference, in book order, with before and after."""
    found = what_if(BOOK, MARKS, {"Exam": 90})
    assert grade(BOOK, {**MARKS, "Exam": 90}) == found.after
    assert [
        ("final", Aspect.PERCENT, Fraction(790, 9)),
        ("final", Aspect.SYMBOL, "A"),
        ("Exam", Aspect.PERCENT, Fraction(90)),
        ("Exam", Aspect.SYMBOL, "A"),
    ] == told(found)
    assert "B" == found.changes[1].before


def test_another_item_is_dropped_then():
    """WI2: what is dropped now and counted then, and the other way round, is among the differences."""
    found = what_if(BOOK, MARKS, {"Quiz 1": 10})
    treated = [
        (change.id, change.before, change.after) for change in found.changes if change.aspect is Aspect.TREATMENT
    ]
    assert [
        ("Quiz 1", Treatment.DROPPED, Treatment.COUNTED),
        ("Quiz 2", Treatment.COUNTED, Treatment.DROPPED),
    ] == treated


@given(graded_books())
def test_supposing_nothing_changes_nothing(graded_book):
    """WI1: without a change both reports are the same, and there is no difference."""
    book, marks = graded_book
    found = what_if(book, marks, {})
    assert found.before == found.after
    assert () == found.changes


@given(graded_books())
def test_supposing_what_is_so_changes_no_figure(graded_book):
    """WI1: the settings as they are, or a rule that keeps nothing, give the same report."""
    book, marks = graded_book
    found = what_if(book, marks, settings={"final": {"name": book.name}}, add={"final": []})
    assert found.before == found.after


def test_an_exemption_is_supposed_and_one_lifted():
    """WI1: `EXEMPT` exempts, `UNGRADED` is neither exempt nor marked, and a number ends an exemption."""
    exempted = what_if(BOOK, MARKS, {"Exam": EXEMPT})
    assert Treatment.EXEMPT is exempted.after["Exam"].treatment
    lifted = what_if(BOOK, {**MARKS, "Exam": EXEMPT}, {"Exam": UNGRADED})
    assert Treatment.LEFT_OUT is lifted.after["Exam"].treatment
    below = what_if(BOOK, {**MARKS, "Quizzes": EXEMPT}, {"Quiz 2": 5})
    assert [Treatment.EXEMPT, Treatment.COUNTED] == [below.after[each].treatment for each in ("Quiz 1", "Quiz 2")]


def test_one_item_does_not_count_or_is_kept():
    """WI4: what is dropped by supposition does not count, and what is kept no rule drops."""
    dropped = what_if(BOOK, MARKS, drop=["Quiz 3"])
    assert Treatment.NOT_COUNTED is dropped.after["Quiz 3"].treatment
    assert Fraction(80) == dropped.after["Quizzes"].percent
    kept = what_if(BOOK, MARKS, keep=["Quiz 1"])
    assert ("Quiz 2",) == kept.after["Quizzes"].dropped


def test_work_that_is_not_in_the_book_yet():
    """WI4: work comes into any branch, an empty one too, and can be marked in the same supposition."""
    found = what_if(BOOK, MARKS, {"Essay": 20}, add={"Essays": GradeItem("Essay", max_points=20)})
    assert Fraction(100) == found.after["Essays"].percent
    assert ("Essay", Aspect.ADDED, Fraction(100)) in told(found)
    assert Fraction(1, 10) == found.after["Essay"].weight


def test_settings_of_the_gradebook_are_supposed():
    """WI4: a weight, a rule and a scheme are other values of fields, and the plan that is asked stays as it is."""
    plan = compile_gradebook(BOOK)
    lenient = GradeScheme.from_cutoffs({"A": 75, "F": 0})
    found = what_if(
        plan, MARKS, settings={"Exam": {"weight": 10}, "Quizzes": {"drop": DropRule()}, "final": {"scheme": lenient}}
    )
    assert ("A", Fraction(1, 5)) == (found.after.final.symbol, found.after["Exam"].weight)
    assert "B" == grade(plan, MARKS).final.symbol


def test_the_outline_has_a_row_for_each_line_that_changes():
    """WI2: the final's changes stand at the top, and below it those of every other line, or that there is none."""
    outline = what_if(BOOK, MARKS, {"Exam": 90}).outline()
    assert ("76.67 B → 87.78 A", ["Exam"]) == (outline.value, [row.label for row in outline.children])
    assert ("nothing changes",) == what_if(BOOK, MARKS).outline().notes


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"Exm": 80}, "unknown_id", "Exm"),
        ({"Exam": 101}, "beyond_maximum", "Exam"),
        ({"Exam": "eighty"}, "unreadable_mark", "Exam"),
    ],
)
def test_a_mark_that_cannot_be_supposed(changes, code, path):
    """WI3: an unknown item and a mark beyond a maximum that cannot be exceeded are refused, with what would do."""
    with pytest.raises(MarksError) as caught:
        what_if(BOOK, MARKS, changes)
    assert [(code, path)] == [(problem.code, problem.path) for problem in caught.value.problems]


def test_an_item_that_can_exceed_its_maximum_takes_more():
    """WI3: beyond a maximum that can be exceeded nothing is refused."""
    found = what_if(BOOK, MARKS, {"Exam": 110}, settings={"Exam": {"can_exceed": True}})
    assert Fraction(110) == found.after["Exam"].percent


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ({"settings": {"Exm": {"weight": 1}}}, ["unknown_id"]),
        ({"settings": {"Exam": {"wight": 1}}}, ["unknown_setting"]),
        ({"settings": {"Exam": {"id": "exam"}}}, ["unknown_setting"]),
        ({"add": {"Exam": GradeItem("Oral", max_points=5)}}, ["wrong_item"]),
        ({"drop": ["final"], "keep": ["Quiz 9"]}, ["unknown_id", "wrong_place"]),
        ({"settings": {"Exam": {"weight": -1}}}, ["too_small"]),
    ],
)
def test_a_change_that_the_gradebook_cannot_have(wanted, codes):
    """WI5: what cannot be changed is refused, all of it at once, before anything is graded."""
    with pytest.raises(DefinitionError) as caught:
        what_if(BOOK, MARKS, **wanted)
    assert codes == [problem.code for problem in caught.value.problems]
