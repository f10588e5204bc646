# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Tables against the exact engine: the nearest doubles to its percents, its texts and its symbols."""

from fractions import Fraction

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import GradeScheme, Rounding, RoundingMode, compile_gradebook
from gradecalc.extras.columns import TableGrader
from gradecalc.testing import gradebooks, marks_for
from graded_tables import assert_same
from laws.test_kernel import MARKS, MISSING, POLICIES, drawn_books, items_of, sayable_books

SCHEMES = st.none() | st.builds(
    GradeScheme.from_cutoffs,
    st.just({"A": 85, "B": Fraction(595, 10), "C": Fraction(100, 3), "D": -20, "F": -40}),
    exclusive=st.booleans(),
)
SHOWN = st.builds(Rounding, st.sampled_from([-1, 0, 1, 2, 2, 7]), st.sampled_from(RoundingMode))


@settings(max_examples=200)
@given(sayable_books(), SCHEMES, SHOWN, POLICIES, st.data())
def test_what_a_program_can_say_is_exact_in_tables(graded_book, scheme, shown, ungraded, data):
    """Whatever a program says, each learner of a table has the exact percents, text and symbol, within the bounds."""
    book, first = graded_book
    plan, ids = compile_gradebook(evolve(book, scheme=scheme, shown=shown)), list(items_of(book))
    rows = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(ids, MARKS)), max_size=4))
    others = [{id_: mark for id_, mark in row.items() if mark is not MISSING} for row in rows]
    assert_same(plan, ids, [first, *others], ungraded)


@settings(max_examples=100)
@given(gradebooks(), POLICIES, st.data())
def test_every_table_is_exact(book, ungraded, data):
    """Whatever the gradebook and the marks, a table says what the exact engine says."""
    plan = compile_gradebook(book)
    ids = [each.id for each in plan.layout.headings if not each.branch]
    if ids:
        assert_same(plan, ids, data.draw(st.lists(marks_for(book), min_size=1, max_size=3)), ungraded)


def test_most_gradebooks_are_carried_by_columns():
    """At least nine of ten random gradebooks are graded by columns, and not one learner at a time."""
    books = [book for number in range(4) for book in drawn_books(number)]
    carried = [not TableGrader(book).notes for book in books]
    assert sum(carried) >= 0.9 * len(carried)
