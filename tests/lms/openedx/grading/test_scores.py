# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a problem is worth in Open edX, and where its score comes from."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from gradecalc.lms.openedx.grading.gradebook import FOUR_DECIMALS, TWO_DECIMALS
from gradecalc.lms.openedx.grading.scores import (
    Content,
    Score,
    roll_up,
    score_problem,
)

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_a_submission_comes_first_and_is_weighted_already():
    """A score from outside is taken as it is, and the weight and the flag are the stored ones."""
    stored = Content(5, 40, graded=True)
    found = score_problem(Content(1, 20, graded=False), submission=Score(50, 100), state=Score(1, 4), stored=stored)
    assert (Score(50, 100), None, 40, True) == (found.score, found.raw, found.weight, found.graded)


def test_without_a_score_a_stored_problem_comes_before_the_current_one():
    """What is not attempted is nothing out of what was possible when it was stored."""
    found = score_problem(Content(1, 20), stored=Content(5, 40, graded=True), attempted=NOON)
    assert (Score(0, 5), Score(0, 40), None) == (found.raw, found.score, found.attempted)


def test_a_problem_that_does_not_say_what_is_possible_is_skipped():
    """Without what is possible there is no score."""
    assert score_problem(Content(None, 20)) is None


def test_a_problem_worth_nothing_is_never_graded():
    """Where nothing is possible a problem is not graded, whatever the course says."""
    found = score_problem(Content(5, 0, graded=True), state=Score(5, 5))
    assert (Score(0, 0), False) == (found.score, found.graded)


def test_a_roll_up_counts_each_part_once():
    """A tree that leads in circles, or twice to one block, is summed to its end."""
    tree = {"a": ["b", "c"], "b": ["d", "a"], "c": ["d"]}
    assert Score(1, 2) == roll_up("a", tree, {"d": Score(1, 2), "c": None})


@pytest.mark.parametrize(("earned", "expected"), [(59.49, 59), (59.5, 60), (60.5, 60), (60.51, 61)])
def test_a_tie_goes_to_the_even_percent(earned, expected):
    """Halves go to the even one (R2)."""
    assert expected == Score(earned, 100).percent(TWO_DECIMALS)


def test_five_thousandths_of_a_percent_are_exact():
    """0.595 of 100 is 0.595 %, which goes to the even 0.60 %; the platform's binary number lies just below it (R2)."""
    assert Fraction("0.6") == Score(0.595, 100).percent(FOUR_DECIMALS)
    assert Fraction("0.6") == Score(0.605, 100).percent(FOUR_DECIMALS)


def test_of_nothing_possible_there_is_no_percent_but_zero():
    """Of nothing possible a subsection has 0."""
    assert 0 == Score(5, 0).percent()


def test_a_reset_clears_what_was_earned():
    """Without a state, as after a reset, nothing is earned, weighted or not, and what is possible stays."""
    done = score_problem(Content(4, 10), state=Score(3, 4), attempted=NOON)
    reset = score_problem(Content(4, 10), state=None, attempted=NOON)
    assert [(Score(3, 4), Score(7.5, 10), NOON), (Score(0, 4), Score(0, 10), None)] == [
        (each.raw, each.score, each.attempted) for each in (done, reset)
    ]


@pytest.mark.parametrize(
    ("stored", "current", "graded"), [(None, None, True), (None, False, False), (False, True, False)]
)
def test_a_problem_is_graded_unless_it_is_said_not_to_be(stored, current, graded):
    """Whether a problem is graded was stored, and otherwise holds unless the course says that it does not."""
    found = score_problem(Content(1, graded=current), stored=None if stored is None else Content(1, graded=stored))
    assert graded is found.graded
