# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is on record of one learner in a certification: the enrolment, and each attempt with what came of it.

>>> from .criteria import CriterionKind
>>> exam = Criterion("exam", CriterionKind.GRADE, lambda facts: NOT_OBSERVED)
>>> print(Record(learner="ada").attempt.decide(exam))
exam: undetermined; has nothing on record yet

A record is plain data: what was found, reviewed and waived in each attempt, and what credential came of it. The axes
that people ask about are derived from it, in `status`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from attrs import evolve, field

from ..certificates.requirements import Finding
from ..decisions import Decision, Waiver, spaced
from ..reasons import say
from ..transitions import ContradictionError
from ..values import frozen
from .credentials import Credential, Force
from .criteria import NOT_OBSERVED, Criterion
from .enrolment import Enrolment
from .review import Review, ReviewState
from .texts import CERTIFICATIONS, because


@frozen(kw_only=True)
class Attempt:
    """One go at a certification, the first or a renewal: what was found, reviewed, waived, and what came of it.

    `found` and `reviews` are pairs by the name of the criterion. Raises `ContradictionError` for a credential whose
    approval is not given.
    """

    found: tuple[tuple[str, Finding], ...] = ()
    reviews: tuple[tuple[str, Review], ...] = ()
    approval: Review = field(factory=Review)
    waivers: tuple[Waiver, ...] = ()
    credential: Credential | None = None

    def __attrs_post_init__(self) -> None:
        if self.credential and self.approval.state not in (ReviewState.NOT_SUBMITTED, ReviewState.APPROVED):
            raise ContradictionError("attempt", "certified", self.approval.state.value)

    @property
    def closed(self) -> bool:
        """Whether it is approved or awarded, so that nothing that is found later counts in it (Y19)."""
        return self.credential is not None or self.approval.state is ReviewState.APPROVED

    def review(self, name: str) -> Review:
        """Return the review for a criterion."""
        return dict(self.reviews).get(name, Review())

    def decide(self, criterion: Criterion) -> Decision:
        """Return the decision on a criterion as it was judged last, or reviewed, or waived."""
        decision = self._finding(criterion).decision(criterion.label)
        waiver = next((each for each in self.waivers if spaced(each.requirement) == criterion.label), None)
        return decision if waiver is None else decision.with_waiver(waiver)

    def _finding(self, criterion: Criterion) -> Finding:
        if criterion.reviewed:
            return review_finding(self.review(criterion.name))
        return dict(self.found).get(criterion.name, NOT_OBSERVED)


def review_finding(review: Review) -> Finding:
    """Return what a review comes to, with what its reviewer said."""
    said = review.decided.why if review.decided else ""
    found = because(CERTIFICATIONS.phrase("status", say(review.state)), said)
    return Finding(review.state.verdict, CERTIFICATIONS.phrase("an_approval"), found)


def _as_attempts(attempts: Iterable[Attempt]) -> tuple[Attempt, ...]:
    return tuple(attempts) or (Attempt(),)


@frozen(kw_only=True)
class Record:
    """One learner's record of one certification: the enrolment, and the attempts, the present one last.

    Raises `ContradictionError` for an earlier attempt that is still open, and for two credentials that both stand.
    """

    learner: str
    enrolment: Enrolment = field(factory=Enrolment)
    attempts: tuple[Attempt, ...] = field(default=(), converter=_as_attempts)

    def __attrs_post_init__(self) -> None:
        for attempt in self.attempts[:-1]:
            if attempt.credential is None and attempt.approval.state is not ReviewState.REJECTED:
                raise ContradictionError("earlier attempt", attempt.approval.state.value, "followed by another")
        for older, newer in pairwise(self.credentials):
            if older.force in (Force.IN_FORCE, Force.SUSPENDED):
                raise ContradictionError(
                    "earlier credential", older.force.value, f"followed by one {newer.force.value}"
                )

    @property
    def attempt(self) -> Attempt:
        """The present attempt."""
        return self.attempts[-1]

    @property
    def credentials(self) -> tuple[Credential, ...]:
        """Every credential that was earned, the earliest first."""
        return tuple(attempt.credential for attempt in self.attempts if attempt.credential)

    @property
    def credential(self) -> Credential | None:
        """The latest credential, or None."""
        return next(reversed(self.credentials), None)

    def with_attempt(self, attempt: Attempt) -> Record:
        """Return the record with another present attempt."""
        return evolve(self, attempts=(*self.attempts[:-1], attempt))

    def with_credential(self, credential: Credential) -> Record:
        """Return the record with another latest credential."""
        last = max(nth for nth, attempt in enumerate(self.attempts) if attempt.credential)
        changed = evolve(self.attempts[last], credential=credential)
        return evolve(self, attempts=(*self.attempts[:last], changed, *self.attempts[last + 1 :]))
