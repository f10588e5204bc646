# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Scores of problems and subsections in Open edX: where they come from, who may change them, and what stays."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from gradecalc import DefinitionError
from gradecalc.lms.openedx.grading.course_records import update
from gradecalc.lms.openedx.grading.roundings import TWO_DECIMALS
from gradecalc.lms.openedx.grading.scores import (
    NOTHING,
    Content,
    ProblemScore,
    Score,
    roll_up,
    score_problem,
    total_scores,
)
from gradecalc.lms.openedx.grading.subsections import (
    Override,
    SubsectionGrade,
    higher,
    override,
    store,
    subsection_percent,
    undo,
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


def test_totals_know_the_first_attempt():
    """The first attempt of a subsection is the earliest known one."""
    problems = [
        ProblemScore(Score(1, 2), attempted=NOON),
        ProblemScore(Score(1, 2), attempted=NOON - timedelta(days=1), graded=False),
        ProblemScore(Score(0, 2)),
    ]
    totals = total_scores(problems)
    assert (Score(2, 6), Score(1, 4), NOON - timedelta(days=1)) == (
        totals.all_problems,
        totals.graded_problems,
        totals.attempted,
    )


def test_what_is_earned_of_nothing_does_not_reach_the_graded_total():
    """A problem worth nothing adds its points to all problems alone."""
    totals = total_scores([ProblemScore(Score(5, 0))])
    assert (Score(5, 0), NOTHING) == (totals.all_problems, totals.graded_problems)


def test_a_roll_up_counts_each_part_once():
    """A tree that leads in circles, or twice to one block, is summed to its end."""
    tree = {"a": ["b", "c"], "b": ["d", "a"], "c": ["d"]}
    assert Score(1, 2) == roll_up("a", tree, {"d": Score(1, 2), "c": None})


@pytest.mark.parametrize("bad", [lambda: Score("x", 1), lambda: Score(1, -1), lambda: Override(possible_all=-1)])
def test_numbers_that_are_none_are_refused(bad):
    """What is no number of points is an error where it is stated."""
    with pytest.raises(DefinitionError):
        bad()


@pytest.mark.parametrize(("earned", "expected"), [(59.49, 59), (59.5, 60), (60.5, 60), (60.51, 61)])
def test_a_tie_goes_to_the_even_percent(earned, expected):
    """Halves go to the even one (R2)."""
    assert expected == subsection_percent(earned, 100, TWO_DECIMALS)


def test_five_thousandths_of_a_percent_are_exact():
    """0.595 of 100 is 0.595 %, which goes to the even 0.60 %; the platform's binary number lies just below it (R2)."""
    assert Fraction("0.6") == subsection_percent(0.595, 100)
    assert Fraction("0.6") == subsection_percent(0.605, 100)


def test_of_nothing_possible_there_is_no_percent_but_zero():
    """Of nothing possible a subsection has 0."""
    assert 0 == subsection_percent(5, 0)


SCORED = SubsectionGrade(Score(6, 6), Score(5, 5))


@pytest.mark.parametrize(
    ("system", "undone_by", "remains"),
    [
        ("proctoring", "proctoring", False),
        ("gradebook", "proctoring", True),
        ("", "proctoring", False),
        ("gradebook", "", False),
    ],
)
def test_an_override_is_undone_by_its_owner(system, undone_by, remains):
    """Another system's override stays; one that nobody owns goes, and so does any where no system is named."""
    change = undo(override(SCORED, Override(earned_graded=0, system=system)).grade, undone_by)
    assert (remains, not remains) == (change.grade.override is not None, change.recalculates)


def test_undoing_nothing_changes_nothing():
    """Without a grade, or without an override, there is nothing to undo."""
    assert (None, False) == (undo(None).grade, undo(None).recalculates)
    assert (SCORED, False) == (undo(SCORED).grade, undo(SCORED).recalculates)


def test_there_is_one_override():
    """A rejection replaces what the gradebook set, and whoever undoes the rejection leaves neither."""
    typed = override(SCORED, Override(earned_graded=4, system="gradebook")).grade
    rejected = override(typed, Override(earned_graded=0, system="proctoring")).grade
    assert Score(0, 5) == rejected.effective.graded_problems
    assert SCORED == undo(rejected, "proctoring").grade


def test_an_override_of_nothing_stores_a_grade_of_nothing():
    """An override on what has no stored grade first stores one of zero."""
    change = override(None, Override(earned_graded=3, possible_graded=4))
    assert (NOTHING, Score(3, 4)) == (change.grade.graded_problems, change.grade.effective.graded_problems)


@pytest.mark.parametrize(
    ("previous", "fresh", "stays"),
    [((2, 4), (1, 2), (1, 2)), ((1, 2), (1, 4), (1, 2)), ((0, 0), (0, 2), (0, 2)), ((1, 10), (1, 9), (1, 9))],
)
def test_only_what_is_not_lower_replaces(previous, fresh, stays):
    """The parts are compared and not the points, an equal one replaces, and nothing of nothing is 0."""
    assert Score(*stays) == higher(Score(*previous), Score(*fresh))


UNATTEMPTED = SubsectionGrade(Score(0, 2), Score(0, 2), attempted=False)


def test_what_nobody_attempted_is_not_stored():
    """An unattempted grade is stored only where state was deleted or the update is forced."""
    assert [None, UNATTEMPTED, UNATTEMPTED] == [
        store(None, UNATTEMPTED),
        store(None, UNATTEMPTED, state_deleted=True),
        store(None, UNATTEMPTED, forced=True),
    ]
    assert SCORED == store(SCORED, UNATTEMPTED)


def test_storing_keeps_the_override():
    """Grading anew changes what was computed and leaves an override in force."""
    held = override(SCORED, Override(earned_graded=1)).grade
    stored = store(held, SubsectionGrade(Score(2, 6), Score(2, 5)))
    assert (Score(2, 5), Score(1, 5)) == (stored.graded_problems, stored.effective.graded_problems)


def test_a_lower_score_is_not_stored_where_only_higher_ones_are():
    """A lower score changes nothing where only a higher one replaces."""
    lower = SubsectionGrade(Score(1, 6), Score(1, 5))
    assert (SCORED, lower) == (store(SCORED, lower, only_if_higher=True), store(SCORED, lower))


def test_the_first_passing_stays():
    """When somebody first passed is recorded once, and stays after the grade falls below passing."""
    record = update(None, percent=40, letter=None, passed=False, now=NOON)
    assert record.first_passed is None
    record = update(record, percent=70, letter="C", passed=True, now=NOON + timedelta(days=1))
    record = update(record, percent=95, letter="A", passed=True, now=NOON + timedelta(days=2))
    record = update(record, percent=20, letter=None, passed=False, now=NOON + timedelta(days=3))
    assert (20, None, NOON + timedelta(days=1)) == (record.percent, record.letter, record.first_passed)


def test_a_moment_without_a_zone_is_refused():
    """Now states its time zone."""
    with pytest.raises(DefinitionError):
        update(None, percent=1, letter=None, passed=True, now=NOON.replace(tzinfo=None))


def test_a_reset_clears_what_was_earned():
    """After a reset nothing is earned, before the weight and after it, and what is possible stays."""
    problem = score_problem(Content(4, 10), state=Score(3, 4), attempted=NOON).reset()
    assert (Score(0, 4), Score(0, 10), None) == (problem.raw, problem.score, problem.attempted)
