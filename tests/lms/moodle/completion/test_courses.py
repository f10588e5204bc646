# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whether a course is completed, and since when."""

from datetime import UTC, datetime, timedelta

import pytest

from gradecalc import DefinitionError
from gradecalc.decisions import Need
from gradecalc.lms.moodle.completion import (
    CompletionCriterion,
    CompletionCriterionKind,
    CompletionState,
    CourseFacts,
    complete_course,
)
from gradecalc.verdicts import Verdict

DAY = datetime(2024, 5, 1, tzinfo=UTC)


ALL = [
    CompletionCriterion(CompletionCriterionKind.ACTIVITY, "a"),
    CompletionCriterion(CompletionCriterionKind.ACTIVITY, "b"),
    CompletionCriterion(CompletionCriterionKind.DATE, at=DAY),
    CompletionCriterion(CompletionCriterionKind.DURATION, period=timedelta(days=3)),
    CompletionCriterion(CompletionCriterionKind.GRADE, value=66),
    CompletionCriterion(CompletionCriterionKind.COURSE, "c1"),
    CompletionCriterion(CompletionCriterionKind.ROLE, "teacher"),
]


FACTS = CourseFacts(
    now=DAY + timedelta(days=9),
    activities={"a": (CompletionState.PASSED, DAY), "b": (CompletionState.FAILED, DAY)},
    grade=(66, DAY + timedelta(days=1)),
    courses={"c1": DAY},
    roles={"teacher": DAY},
    enrolled=DAY,
)


def test_a_course_is_completed_as_its_criteria_are_joined():
    """A failed activity completes nothing; where any activity does, the course is completed at the latest moment."""
    found = complete_course(ALL, FACTS)
    assert [1, 0, 1, 1, 1, 1, 1] == [int(each.verdict is Verdict.MET) for each in found.criteria]
    assert (False, None) == (found.complete, found.at)
    within = {CompletionCriterionKind.ACTIVITY: Need.ANY}
    assert DAY + timedelta(days=3) == complete_course(ALL, FACTS, within=within).at
    assert complete_course(ALL, FACTS, overall=Need.ANY).complete
    assert not complete_course([], FACTS).complete


def test_what_was_met_stays_met():
    """Criteria are not withdrawn, and the moment of completion never changes."""
    criteria = [
        CompletionCriterion(CompletionCriterionKind.GRADE, value=66),
        CompletionCriterion(CompletionCriterionKind.DATE, at=DAY),
    ]
    first = complete_course(criteria, FACTS)
    later = complete_course(criteria, CourseFacts(grade=(10, DAY + timedelta(days=5))), earlier=first)
    assert (True, DAY + timedelta(days=1)) == (later.complete, later.at)
    half = complete_course(criteria, CourseFacts(grade=(70, DAY)))
    assert (False, Verdict.UNDETERMINED) == (half.complete, half.criteria[1].verdict)
    assert complete_course(criteria, CourseFacts(now=FACTS.now), earlier=half).complete


def test_moments_state_their_time_zone():
    """A moment without a time zone is an error with the path to it."""
    naive = datetime(2024, 5, 1)  # noqa: DTZ001 - the point of the test
    with pytest.raises(DefinitionError) as raised:
        complete_course(
            [CompletionCriterion(CompletionCriterionKind.DATE, at=naive)], CourseFacts(now=naive, courses={"x": naive})
        )
    assert ["criteria[0].at", "now", "courses['x']"] == [problem.path for problem in raised.value.problems]


def test_a_completion_prints_its_criteria():
    """The outline has a row for each criterion."""
    found = complete_course(ALL, FACTS)
    assert len(ALL) == len(found.outline().children)
    assert "not completed" in str(found)
    assert "<table" in found._repr_html_()


def test_a_completed_course_is_no_truth_value():
    """Whether a course is completed is asked of the verdict, and so it is of each criterion."""
    found = complete_course(ALL, FACTS)
    for each in (found, *found.criteria):
        with pytest.raises(TypeError):
            bool(each)
    assert "final grade of at least 66 points  met  2024-05-02 00:00+00:00" == str(found.criteria[4])
