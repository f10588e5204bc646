# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The review of what a learner submits: approved, rejected with a reason, or sent back for changes and resubmitted.

>>> from datetime import UTC, datetime
>>> monday, tuesday = (datetime(2026, 9, day, tzinfo=UTC) for day in (7, 8))
>>> submitted = Review().after(Logged(ReviewStep.SUBMIT, "ada", monday))
>>> print(submitted.after(Logged(ReviewStep.REQUEST_CHANGES, "coach", tuesday, "sign page 2")))
Review                  changes requested
  submit           2026-09-07 00:00+00:00  by ada
  request changes  2026-09-08 00:00+00:00  by coach; sign page 2

A review is the log of its steps, and `REVIEW_STEPS` the table of the legal ones. Who may take one is for `permissions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from attrs import Factory, field

from ..outline import Explained, Outline
from ..reasons import say
from ..transitions import Logged, Machine
from ..values import frozen
from ..verdicts import Verdict
from .texts import CERTIFICATIONS


class ReviewState(Enum):
    """How a review stands; the value is the word for people."""

    NOT_SUBMITTED = "not submitted"
    AWAITING_REVIEW = "awaiting review"
    CHANGES_REQUESTED = "changes requested"
    REJECTED = "rejected"
    APPROVED = "approved"

    @property
    def verdict(self) -> Verdict:
        """Whether what is reviewed is approved; undetermined while somebody has yet to say so (Y12)."""
        return _VERDICTS.get(self, Verdict.NOT_MET)


class ReviewStep(Enum):
    """What happens in a review."""

    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    REQUEST_CHANGES = "request changes"
    RESUBMIT = "resubmit"
    REOPEN = "reopen"
    """A rejection was a mistake: the review goes on."""


_VERDICTS: Final = MappingProxyType(
    {ReviewState.APPROVED: Verdict.MET, ReviewState.AWAITING_REVIEW: Verdict.UNDETERMINED}
)

REVIEW_STEPS: Final[Mapping[tuple[ReviewState, ReviewStep], ReviewState]] = MappingProxyType(
    {
        (ReviewState.NOT_SUBMITTED, ReviewStep.SUBMIT): ReviewState.AWAITING_REVIEW,
        (ReviewState.NOT_SUBMITTED, ReviewStep.APPROVE): ReviewState.APPROVED,
        (ReviewState.NOT_SUBMITTED, ReviewStep.REJECT): ReviewState.REJECTED,
        (ReviewState.NOT_SUBMITTED, ReviewStep.REQUEST_CHANGES): ReviewState.CHANGES_REQUESTED,
        (ReviewState.AWAITING_REVIEW, ReviewStep.APPROVE): ReviewState.APPROVED,
        (ReviewState.AWAITING_REVIEW, ReviewStep.REJECT): ReviewState.REJECTED,
        (ReviewState.AWAITING_REVIEW, ReviewStep.REQUEST_CHANGES): ReviewState.CHANGES_REQUESTED,
        (ReviewState.CHANGES_REQUESTED, ReviewStep.RESUBMIT): ReviewState.AWAITING_REVIEW,
        (ReviewState.REJECTED, ReviewStep.REOPEN): ReviewState.AWAITING_REVIEW,
    }
)
"""From which state which step leads where (Y10); a reviewer goes first only in an approval, not for a criterion."""

_MACHINE: Final = Machine(
    "review",
    ReviewState.NOT_SUBMITTED,
    REVIEW_STEPS,
    frozenset({ReviewStep.REJECT, ReviewStep.REQUEST_CHANGES, ReviewStep.REOPEN}),
)

BY_REVIEWERS: Final = frozenset(ReviewStep) - {ReviewStep.SUBMIT, ReviewStep.RESUBMIT}
"""The steps that a coach or an admin takes; the others are the learner's."""


@frozen
class Review(Explained):
    """The log of a review; raises `TransitionError` or `DefinitionError` for one that cannot have been."""

    log: tuple[Logged[ReviewStep], ...] = ()
    state: ReviewState = field(
        init=False, eq=False, repr=False, default=Factory(lambda self: _MACHINE.state(self.log), takes_self=True)
    )

    @property
    def decided(self) -> Logged[ReviewStep] | None:
        """The last step of a reviewer, or None."""
        return next(reversed(self.decisions), None)

    @property
    def decisions(self) -> tuple[Logged[ReviewStep], ...]:
        """Every step of a reviewer, the earliest first."""
        return tuple(entry for entry in self.log if entry.step in BY_REVIEWERS)

    def after(self, step: Logged[ReviewStep]) -> Review:
        """Return the review with one more step.

        Raises `TransitionError` for a step that is not legal now, and `DefinitionError` for one that does not say why
        it rejects, sends back or reopens (Y11).
        """
        return Review((*self.log, step))

    def outline(self) -> Outline:
        """Return the state, and the steps that led to it."""
        return Outline(
            CERTIFICATIONS.phrase("review"), say(self.state), children=(entry.outline() for entry in self.log)
        )
