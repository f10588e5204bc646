# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The statuses of an attempt at a proctored exam, and what each is to the learner.

>>> AttemptStatus.REJECTED.label, AttemptStatus.REJECTED.review_label.value, AttemptStatus.REJECTED.email
('Failed Proctoring', 'Unsatisfactory', 'unsatisfactory')
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final


class ReviewLabel(Enum):
    """What the documentation calls the outcome of a review."""

    PENDING = "Pending"
    SATISFACTORY = "Satisfactory"
    UNSATISFACTORY = "Unsatisfactory"


class AttemptStatus(Enum):
    """Where an attempt is; the value is the system's word."""

    ELIGIBLE = "eligible"
    CREATED = "created"
    DOWNLOAD_SOFTWARE_CLICKED = "download_software_clicked"
    READY_TO_START = "ready_to_start"
    STARTED = "started"
    READY_TO_SUBMIT = "ready_to_submit"
    DECLINED = "declined"
    TIMED_OUT = "timed_out"
    SUBMITTED = "submitted"
    SECOND_REVIEW_REQUIRED = "second_review_required"
    VERIFIED = "verified"
    REJECTED = "rejected"
    ERROR = "error"
    ONBOARDING_MISSING = "onboarding_missing"
    ONBOARDING_PENDING = "onboarding_pending"
    ONBOARDING_FAILED = "onboarding_failed"
    ONBOARDING_EXPIRED = "onboarding_expired"
    EXPIRED = "expired"
    ONBOARDING_RESET = "onboarding_reset"

    @property
    def is_completed(self) -> bool:
        """Whether there is no way back from it (Q5)."""
        return self in COMPLETED

    @property
    def is_incomplete(self) -> bool:
        """Whether the attempt is still to be made or handed in (Q5)."""
        return self in INCOMPLETE

    @property
    def label(self) -> str:
        """What the learner's summary says."""
        return _LABELS.get(self, ("Taking As Proctored Exam",))[0]

    @property
    def review_label(self) -> ReviewLabel | None:
        """What the documentation calls the outcome of the review, None where there is no review to speak of (Q9)."""
        return next((each for each in _LABELS.get(self, ()) if isinstance(each, ReviewLabel)), None)

    @property
    def in_completed_state(self) -> bool:
        """Whether the learner's summary shows the exam as done, which a declined one is not (Q9)."""
        return self.review_label is not None or self is AttemptStatus.ERROR

    @property
    def email(self) -> str | None:
        """The message that the learner gets when an attempt takes this status: `submitted`, or the review's label."""
        return _EMAILS.get(self.review_label)


BEFORE_START: Final = frozenset(
    {
        AttemptStatus.ELIGIBLE,
        AttemptStatus.CREATED,
        AttemptStatus.DOWNLOAD_SOFTWARE_CLICKED,
        AttemptStatus.READY_TO_START,
    }
)
"""The statuses of an exam that is not begun."""

BEGUN: Final = frozenset({AttemptStatus.STARTED, AttemptStatus.READY_TO_SUBMIT})
"""The statuses of an exam that is being written."""

INCOMPLETE: Final = BEFORE_START | BEGUN
"""The statuses of an attempt that is not handed in."""

NO_STATUS_OF_AN_ATTEMPT: Final = frozenset({AttemptStatus.EXPIRED, AttemptStatus.ONBOARDING_RESET})
"""Statuses that are shown or kept in place of an attempt, and that no attempt moves to or from."""

COMPLETED: Final = frozenset(AttemptStatus) - INCOMPLETE - NO_STATUS_OF_AN_ATTEMPT
"""The statuses that lead only to one another."""

ATTEMPT_STEPS: Final[Mapping[tuple[AttemptStatus, AttemptStatus], AttemptStatus]] = MappingProxyType(
    {
        **{(before, to): to for before in BEFORE_START for to in INCOMPLETE | COMPLETED},
        **{(before, to): to for before in BEGUN for to in BEGUN | COMPLETED},
        **{(before, to): AttemptStatus.SUBMITTED for before in BEGUN for to in BEFORE_START},
        **{(before, to): to for before in COMPLETED for to in COMPLETED},
    }
)
"""What an attempt becomes that has one status and is asked to take another; what is not here is not allowed (Q6, Q7).

A site's time-outs and the due date may put `SUBMITTED` in the place of what stands here.
"""

_LABELS: Final[Mapping[AttemptStatus, tuple[str] | tuple[str, ReviewLabel]]] = {
    AttemptStatus.ELIGIBLE: ("Proctored Option Available",),
    AttemptStatus.DECLINED: ("Taking As Open Exam",),
    AttemptStatus.SUBMITTED: ("Pending Session Review", ReviewLabel.PENDING),
    AttemptStatus.SECOND_REVIEW_REQUIRED: ("Pending Session Review", ReviewLabel.PENDING),
    AttemptStatus.VERIFIED: ("Passed Proctoring", ReviewLabel.SATISFACTORY),
    AttemptStatus.REJECTED: ("Failed Proctoring", ReviewLabel.UNSATISFACTORY),
    AttemptStatus.ERROR: ("Failed Proctoring",),
    AttemptStatus.EXPIRED: ("Proctored Option No Longer Available",),
}

_EMAILS: Final[Mapping[ReviewLabel | None, str]] = {
    ReviewLabel.PENDING: "submitted",
    ReviewLabel.SATISFACTORY: "satisfactory",
    ReviewLabel.UNSATISFACTORY: "unsatisfactory",
}

_BY_WORD: Final[Mapping[str, AttemptStatus]] = {status.value: status for status in AttemptStatus}


def read_status(word: str) -> AttemptStatus | None:
    """Return the status that a word stands for, in any case; None for any other word."""
    return _BY_WORD.get(word.strip().casefold())
