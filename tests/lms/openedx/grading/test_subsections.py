# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The grades of subsections in Open edX: who may change them, and what stays."""

from datetime import UTC, datetime, timedelta

import pytest

from gradecalc import DefinitionError, Mark
from gradecalc.lms.openedx.grading.scores import (
    NOTHING,
    ProblemScore,
    Score,
)
from gradecalc.lms.openedx.grading.subsections import (
    ScoreOverride,
    SubsectionGrade,
    add_problems,
    override,
    store,
    undo,
)

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def test_totals_know_the_first_attempt():
    """The first attempt of a subsection is the earliest known one."""
    problems = [
        ProblemScore(Score(1, 2), attempted=NOON),
        ProblemScore(Score(1, 2), attempted=NOON - timedelta(days=1), graded=False),
        ProblemScore(Score(0, 2)),
    ]
    totals = add_problems(problems)
    assert (Score(2, 6), Score(1, 4), NOON - timedelta(days=1)) == (
        totals.all_problems,
        totals.graded_problems,
        totals.attempted,
    )


def test_what_is_earned_of_nothing_does_not_reach_the_graded_total():
    """A problem worth nothing adds its points to all problems alone."""
    totals = add_problems([ProblemScore(Score(5, 0))])
    assert (Score(5, 0), NOTHING) == (totals.all_problems, totals.graded_problems)


@pytest.mark.parametrize("bad", [lambda: Score("x", 1), lambda: Score(1, -1), lambda: ScoreOverride(possible_all=-1)])
def test_numbers_that_are_none_are_refused(bad):
    """What is no number of points is an error where it is stated."""
    with pytest.raises(DefinitionError):
        bad()


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
    change = undo(override(SCORED, ScoreOverride(earned_graded=0, system=system)).value, undone_by)
    assert (remains, not remains) == (change.value.override is not None, change.changed)


def test_undoing_nothing_changes_nothing():
    """Without a grade, or without an override, there is nothing to undo."""
    assert (None, False) == (undo(None).value, undo(None).changed)
    assert (SCORED, False) == (undo(SCORED).value, undo(SCORED).changed)


def test_there_is_one_override():
    """A rejection replaces what the gradebook set, and whoever undoes the rejection leaves neither."""
    typed = override(SCORED, ScoreOverride(earned_graded=4, system="gradebook")).value
    rejected = override(typed, ScoreOverride(earned_graded=0, system="proctoring")).value
    assert Score(0, 5) == rejected.effective.graded_problems
    assert SCORED == undo(rejected, "proctoring").value


def test_an_override_of_nothing_stores_a_grade_of_nothing():
    """An override on what has no stored grade first stores one of zero."""
    change = override(None, ScoreOverride(earned_graded=3, possible_graded=4))
    assert (NOTHING, Score(3, 4)) == (change.value.graded_problems, change.value.effective.graded_problems)


@pytest.mark.parametrize(
    ("previous", "fresh", "stays"),
    [((2, 4), (1, 2), (1, 2)), ((1, 2), (1, 4), (1, 2)), ((0, 0), (0, 2), (0, 2)), ((1, 10), (1, 9), (1, 9))],
)
def test_only_what_is_not_lower_replaces(previous, fresh, stays):
    """The parts are compared and not the points, an equal one replaces, and nothing of nothing is 0."""
    stored = store(SubsectionGrade(Score(*previous)), SubsectionGrade(Score(*fresh)), only_if_higher=True)
    assert SubsectionGrade(Score(*stays)) == stored


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
    held = override(SCORED, ScoreOverride(earned_graded=1)).value
    stored = store(held, SubsectionGrade(Score(2, 6), Score(2, 5)))
    assert (Score(2, 5), Score(1, 5)) == (stored.graded_problems, stored.effective.graded_problems)


def test_a_lower_score_is_not_stored_where_only_higher_ones_are():
    """A lower score changes nothing where only a higher one replaces."""
    lower = SubsectionGrade(Score(1, 6), Score(1, 5))
    assert (SCORED, lower) == (store(SCORED, lower, only_if_higher=True), store(SCORED, lower))


def test_what_is_stored_may_be_kept():
    """A course that is regraded without force keeps what is stored, and stores what is not."""
    lower = SubsectionGrade(Score(1, 6), Score(1, 5))
    assert (SCORED, lower) == (store(SCORED, lower, unless_stored=True), store(None, lower, unless_stored=True))


def test_a_first_attempt_has_a_zone():
    """When a subsection was first attempted is a moment with its zone, or whether it was."""
    assert NOON == SubsectionGrade(attempted=NOON).attempted
    for bad in (NOON.replace(tzinfo=None), "yesterday", None):
        with pytest.raises(DefinitionError):
            SubsectionGrade(attempted=bad)


@pytest.mark.parametrize(
    ("grade", "expected"),
    [
        (SubsectionGrade(Score(6, 6), Score(4, 5)), Mark(4, out_of=5)),
        (SubsectionGrade(graded_problems=Score(0, 5), attempted=False), Mark(out_of=5)),
        (SubsectionGrade(), Mark()),
        (SubsectionGrade(override=ScoreOverride(by="ada", reason="late")), Mark(0, by="ada", note="late")),
    ],
)
def test_the_score_that_counts_is_a_mark(grade, expected):
    """What counts of a subsection is a mark out of its own maximum, blank if nobody attempted it, with its owner."""
    assert expected == grade.mark()


def test_an_override_keeps_its_persons_to_itself():
    """The repr of an override shows neither who made it nor why (Q38)."""
    shown = repr(ScoreOverride(system="gradebook", by="Ada", reason="Bob was ill"))
    assert [True, False, False] == [each in shown for each in ("gradebook", "Ada", "Bob")]
