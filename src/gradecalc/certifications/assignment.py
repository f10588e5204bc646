# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Certifications: what they ask for, and what is on record of one learner.

>>> from gradecalc.release_conditions import Comparison, GradeValue
>>> exam = Criterion("exam", CriterionKind.GRADE, GradeValue("final", Comparison.AT_LEAST, 70))
>>> portfolio = Criterion("portfolio", CriterionKind.REVIEW)
>>> find_certification_problems(Certification("First aid", [exam, portfolio], require_approval=True))
()

All criteria must be met. A record is plain data: what was found, reviewed and waived in each attempt, and what
credential came of it; the axes that people ask about are derived from it (`certification_status`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from itertools import pairwise
from typing import Any, Final

from attrs import evolve, field, frozen

from ..certificates.requirements import Finding, by_condition
from ..decisions import Decision, Waiver
from ..errors import DefinitionError, Problem, nearest
from ..exact import describe
from ..fields import (
    as_tuple,
    choice,
    find_problems,
    join,
    many,
    one_of,
    text,
    truth,
)
from ..release_conditions import Condition, find_condition_problems
from ..transitions import ContradictionError
from ..verdicts import Verdict
from .credentials import Credential, Force
from .enrolment import Enrolment
from .review import Review, ReviewState
from .validity import ValidityRule

RESERVED: Final = ("enrolment", "approval", "credential", "award")
"""What a decision calls its own requirements, so that no criterion is called so."""

NOT_OBSERVED: Final = Finding(Verdict.UNDETERMINED, found="nothing on record yet")


class CriterionKind(Enum):
    """What a criterion is about; the value is the word for people."""

    CONTENT = "content"
    ACTIVITY = "activity"
    REVIEW = "review"
    """Met by the approval of what the learner submits for it; it is judged by nothing else."""
    GRADE = "grade"
    CONDITION = "condition"
    """Anything else that a condition or a function can say."""


Test = Condition | Callable[[Any], Finding]
"""What judges the facts of a learner: a release condition, or a function of whatever facts the host has."""


@frozen
class Criterion:
    """One thing that a certification asks for; the name is for programs, and unique in the certification."""

    name: str = field(metadata=text())
    kind: CriterionKind = field(metadata=choice(CriterionKind))
    test: Test | None = None

    @property
    def reviewed(self) -> bool:
        """Whether it is met by a review."""
        return self.kind is CriterionKind.REVIEW

    def judge(self, facts: Any) -> Finding:
        """Return what the test finds; raises `DefinitionError` if it answers with anything but a `Finding`."""
        if isinstance(self.test, Condition):
            return by_condition(self.name, self.test).judge(facts)
        found = self.test(facts) if self.test else NOT_OBSERVED
        if not isinstance(found, Finding):
            message = f"the test of {describe(self.name)} answers with {describe(found)}; it must be a Finding"
            raise DefinitionError([Problem("wrong_type", self.name, message)])
        return found

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong with the name and the test."""
        place, name = join(path, "test"), describe(self.name)
        if self.name in RESERVED:
            yield Problem("reserved_name", join(path, "name"), f"{name} is a name that decisions use; take another")
        if self.reviewed and self.test is not None:
            yield Problem("contradiction", place, f"{name} is met by a review; leave out its test")
        elif not self.reviewed and not (isinstance(self.test, Condition) or callable(self.test)):
            message = f"test of {name} is {describe(self.test)}; it must be a release condition or a function"
            yield Problem("missing" if self.test is None else "wrong_type", place, message)
        elif isinstance(self.test, Condition):
            found = find_condition_problems(self.test)
            yield from (evolve(problem, path=f"{place}.{problem.path}".rstrip(".")) for problem in found)


@frozen
class Certification:
    """What learners must do for a credential, whether somebody must approve it, and how long it is valid.

    `view_groups` are the groups whose members may find it and enrol themselves; without any, nobody may.
    """

    name: str = field(metadata=text())
    criteria: tuple[Criterion, ...] = field(converter=as_tuple, metadata=many(Criterion))
    require_approval: bool = field(default=False, metadata=truth(), kw_only=True)
    validity: ValidityRule = field(default=ValidityRule(), metadata=one_of(ValidityRule), kw_only=True)
    view_groups: tuple[str, ...] = field(default=(), converter=as_tuple, metadata=many(str), kw_only=True)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield that nothing is asked for, or that two criteria have one name."""
        place = join(path, "criteria")
        if not self.criteria:
            yield Problem("missing", place, "there are no criteria, so it could never be earned; state at least one")
        for name, times in Counter(criterion.name for criterion in self.criteria).items():
            if times > 1:
                yield Problem("duplicate_name", place, f"{times} criteria are called {describe(name)}; name them apart")

    def criterion(self, name: str) -> Criterion:
        """Return a criterion by its name; raises `DefinitionError` for a name that none has."""
        for criterion in self.criteria:
            if criterion.name == name:
                return criterion
        near = nearest(name, (criterion.name for criterion in self.criteria))
        raise DefinitionError([Problem("unknown_criterion", "criterion", f"no criterion {describe(name)}{near}")])


def find_certification_problems(certification: Certification) -> tuple[Problem, ...]:
    """Return every problem of a certification, notices too, in its order."""
    if not isinstance(certification, Certification):
        return (Problem("wrong_type", "", f"{describe(certification)} is not a Certification"),)
    return tuple(find_problems(certification, ""))


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

    def judged(self, criterion: Criterion) -> Decision:
        """Return a criterion as it was judged last, or reviewed, or waived."""
        waiver = next((each for each in self.waivers if each.requirement == criterion.name), None)
        if criterion.reviewed:
            return _decision(criterion.name, review_finding(self.review(criterion.name)), waiver)
        return _decision(criterion.name, dict(self.found).get(criterion.name, NOT_OBSERVED), waiver)


def _decision(name: str, finding: Finding, waiver: Waiver | None) -> Decision:
    decision = Decision(name, finding.verdict, finding.needed, finding.found, children=finding.children)
    return decision if waiver is None else decision.with_waiver(waiver)


def review_finding(review: Review) -> Finding:
    """Return what a review comes to, with what its reviewer said."""
    said = review.decided.why if review.decided else ""
    return Finding(review.state.verdict, "an approval", f"status {review.state.value}{f': {said}' if said else ''}")


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
