# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of ungraded work."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gradecalc import (
    GradeItem,
    Mode,
    Treatment,
    UngradedPolicy,
    grade,
)
from gradecalc.testing import Features, aggregations, graded_books

EVERYTHING_GRADED = Features(ungraded=False)
FLAT = Features(
    nested=False,
    floors=False,
    branch_floors=False,
    overrides=False,
    own_maxima=False,
    kinds=False,
    replacements=False,
)
MONOTONE = Features(
    nested=False,
    bonus=False,
    drops=False,
    rounding=False,
    negative=False,
    zero_maxima=False,
    floors=False,
    branch_floors=False,
    overrides=False,
    own_maxima=False,
    best_of=False,
    replacements=False,
    aggregations=aggregations().filter(lambda each: not isinstance(each, Mode)),
)
BLANK = (Treatment.LEFT_OUT, Treatment.COUNTED_AS_ZERO)


@settings(max_examples=50)
@given(graded_books(EVERYTHING_GRADED), st.sampled_from(UngradedPolicy))
def test_policies_agree_when_nothing_is_ungraded(graded_book, policy):
    """Where no item and no branch is without a score, all three policies give the same report (U1, U2, U3)."""
    book, marks = graded_book
    left_out = grade(book, marks, ungraded=UngradedPolicy.LEAVE_OUT)
    assume(not any(left_out[id_].treatment in BLANK for id_ in left_out))
    assert left_out == grade(book, marks, ungraded=policy)


@settings(max_examples=80)
@given(graded_books(FLAT))
def test_as_zero_is_a_recorded_zero(graded_book):
    """Leaving a mark blank under `AS_ZERO` gives the figures of recording a zero, except in bonus work (U2, U7).

    Where results stand in for others', a zero that is recorded does and a blank does not (V11).
    """
    book, marks = graded_book
    report = grade(book, marks, ungraded=UngradedPolicy.AS_ZERO)
    zero = (Treatment.COUNTED_AS_ZERO, Treatment.DROPPED)
    results = [report[child.id] for child in book.children]
    blank = [result.id for result in results if result.recorded is None and result.treatment in zero]
    zeros = grade(book, marks | dict.fromkeys(blank, 0), ungraded=UngradedPolicy.LEAVE_OUT)
    assert (zeros.final.points, zeros.final.percent) == (report.final.points, report.final.percent)


@settings(max_examples=80)
@given(graded_books(MONOTONE))
def test_as_zero_is_never_above_leave_out(graded_book):
    """In a branch without drops and points below 0, counting blanks as zero gives no better percent (U1, U2).

    Not so with a blank out of 0 where what is out of 0 counts in full (W6).
    """
    book, marks = graded_book
    zero = grade(book, marks, ungraded=UngradedPolicy.AS_ZERO).final.percent
    left_out = grade(book, marks, ungraded=UngradedPolicy.LEAVE_OUT).final.percent
    assert zero is None or left_out is None or zero <= left_out


@settings(max_examples=60)
@given(graded_books(Features(graded_by_bonus=False, nested=False)), st.none() | st.sampled_from(UngradedPolicy))
def test_an_ungraded_bonus_is_left_out(graded_book, policy):
    """An ungraded bonus is left out under every policy (U7)."""
    book, marks = graded_book
    report = grade(book, marks, ungraded=policy)
    bonuses = [child for child in book.children if isinstance(child, GradeItem) and child.bonus and child.counts]
    assert not any(report[bonus.id].treatment is Treatment.COUNTED_AS_ZERO for bonus in bonuses)
