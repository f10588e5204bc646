# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How far a learner is with an activity, by its grade and by its requirements together.

>>> grade_state(raw=39, final=None, pass_mark=40)
<CompletionState.FAILED: 'complete_fail'>
>>> activity_state([CompletionState.COMPLETE, CompletionState.PASSED])
<CompletionState.PASSED: 'complete_pass'>
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Final, NamedTuple

from ....exact import Exact
from ....release_conditions import Completion

_NO_PASS_MARK: Final = Fraction(9, 1_000_000)


class CompletionState(Enum):
    """How far a learner is, in the order of Moodle's numbers from 0."""

    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    PASSED = "complete_pass"
    FAILED = "complete_fail"
    FAILED_HIDDEN = "complete_fail_hidden"
    """Failed on an item that the learner does not see."""


COMPLETIONS: Final[Mapping[CompletionState, Completion]] = MappingProxyType(
    {
        CompletionState.INCOMPLETE: Completion.INCOMPLETE,
        CompletionState.COMPLETE: Completion.COMPLETE,
        CompletionState.PASSED: Completion.PASSED,
        CompletionState.FAILED: Completion.FAILED,
        CompletionState.FAILED_HIDDEN: Completion.FAILED,
    }
)
"""What each state is to release conditions."""

DONE: Final = (CompletionState.COMPLETE, CompletionState.PASSED)
"""The states that a course counts as completed; that of a failed activity is not among them."""


class GradeRequirements(NamedTuple):
    """What a grade does for the two requirements that ask for one."""

    receive_grade: CompletionState
    pass_grade: CompletionState


def grade_state(
    raw: Exact | None,
    final: Exact | None,
    pass_mark: Exact | None = None,
    *,
    hidden: bool = False,
    require_pass: bool = False,
) -> CompletionState:
    """Return how far a grade brings a learner: the final one, or else the raw one.

    A pass mark of a hidden item says nothing, unless passing is required.
    """
    if raw is None and final is None:
        return CompletionState.INCOMPLETE
    if pass_mark is None or pass_mark <= _NO_PASS_MARK or (hidden and not require_pass):
        return CompletionState.COMPLETE
    reached = final if final is not None else raw or 0
    if reached >= pass_mark:
        return CompletionState.PASSED
    return CompletionState.FAILED_HIDDEN if hidden else CompletionState.FAILED


def grade_requirements(state: CompletionState) -> GradeRequirements:
    """Return what a grade's state does where passing is required.

    Without a pass mark a grade passes; a failed one is a grade all the same; a hidden failure leaves passing open.
    """
    receive = CompletionState.INCOMPLETE if state is CompletionState.INCOMPLETE else CompletionState.COMPLETE
    passing = {
        CompletionState.COMPLETE: CompletionState.PASSED,
        CompletionState.FAILED_HIDDEN: CompletionState.INCOMPLETE,
    }.get(state, state)
    return GradeRequirements(receive, passing)


def activity_state(requirements: Iterable[CompletionState], override: CompletionState | None = None) -> CompletionState:
    """Return the state of an activity with these requirements: open, failed or passed if any is, in that order.

    An `override` that somebody set by hand holds where it was set to complete.
    """
    if override in DONE:
        return override
    found = {_SHOWN_AS.get(state, state) for state in requirements}
    return next((state for state in _FIRST if state in found), CompletionState.COMPLETE)


_SHOWN_AS: Final = {CompletionState.FAILED_HIDDEN: CompletionState.FAILED}
_FIRST: Final = (CompletionState.INCOMPLETE, CompletionState.FAILED, CompletionState.PASSED)
