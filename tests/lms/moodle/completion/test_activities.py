# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How far a learner is with an activity."""

from gradecalc.lms.moodle.completion import (
    COMPLETIONS,
    CompletionState,
    GradeRequirements,
    activity_state,
    grade_requirements,
    grade_state,
)
from gradecalc.release_conditions import Completion


def test_a_grade_completes_an_activity():
    """The final grade goes first, and a pass mark of a hidden item says nothing unless passing is required."""
    assert CompletionState.INCOMPLETE is grade_state(None, None, 5)
    assert CompletionState.COMPLETE is grade_state(3, None)
    assert CompletionState.COMPLETE is grade_state(3, None, 5, hidden=True)
    assert CompletionState.FAILED_HIDDEN is grade_state(3, None, 5, hidden=True, require_pass=True)
    assert CompletionState.PASSED is grade_state(3, 5, 5)
    assert CompletionState.FAILED is grade_state(9, 0, 5)


def test_requirements_are_joined():
    """Anything open leaves an activity open, then a failure fails it, and a pass passes it."""
    assert CompletionState.INCOMPLETE is activity_state([CompletionState.FAILED, CompletionState.INCOMPLETE])
    assert CompletionState.FAILED is activity_state([CompletionState.PASSED, CompletionState.FAILED_HIDDEN])
    assert CompletionState.PASSED is activity_state([CompletionState.PASSED, CompletionState.COMPLETE])
    assert CompletionState.COMPLETE is activity_state([])
    assert GradeRequirements(CompletionState.COMPLETE, CompletionState.FAILED) == grade_requirements(
        CompletionState.FAILED
    )
    assert GradeRequirements(CompletionState.COMPLETE, CompletionState.PASSED) == grade_requirements(
        CompletionState.COMPLETE
    )
    assert GradeRequirements(CompletionState.COMPLETE, CompletionState.INCOMPLETE) == grade_requirements(
        CompletionState.FAILED_HIDDEN
    )
    assert GradeRequirements(CompletionState.INCOMPLETE, CompletionState.INCOMPLETE) == grade_requirements(
        CompletionState.INCOMPLETE
    )


def test_only_being_set_to_complete_holds():
    """What somebody set to complete stays so, and what was set to incomplete does not."""
    assert CompletionState.COMPLETE is activity_state([CompletionState.INCOMPLETE], CompletionState.COMPLETE)
    assert CompletionState.PASSED is activity_state([CompletionState.PASSED], CompletionState.INCOMPLETE)
    assert Completion.FAILED is COMPLETIONS[CompletionState.FAILED_HIDDEN]
