# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Credit for a course, as data: what it requires, by namespace, and what a learner has of it.

>>> rows = [{"namespace": "grade", "name": "grade", "display_name": "Minimum grade", "criteria": {"min_grade": 0.6}}]
>>> requirements, problems = read_requirements(rows)
>>> requirements[0].minimum == 60, problems
(True, ())
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from attrs import evolve, field

from ....certificates.deadlines import Eligibility
from ....errors import Problem, Severity
from ....exact import Number, NumberError
from ....fields import as_tuple
from ....moments import has_zone
from ....values import frozen
from ....verdicts import Verdict
from ...documents import NUMBER, OBJECT, TEXT, Document
from ...records import named, read_record
from ..certificates.records import CourseEnrolment
from ..units import Percent, read_percent

GRADE: Final = "grade"
EXAM: Final = "exam"
REVERIFICATION: Final = "reverification"
"""Namespaces of requirements: `EXAM` is that of the newer exam service, and `REVERIFICATION` is no longer set."""


_MIN_GRADE: Final = "min_grade"


class CreditStatus(Enum):
    """What became of a requirement; nothing yet is None."""

    SATISFIED = "satisfied"
    FAILED = "failed"
    DECLINED = "declined"
    SUBMITTED = "submitted"

    @property
    def verdict(self) -> Verdict:
        """Whether the requirement is met."""
        return _VERDICTS.get(self, Verdict.NOT_MET)


_VERDICTS: Final = {CreditStatus.SATISFIED: Verdict.MET, CreditStatus.SUBMITTED: Verdict.UNDETERMINED}


class ExamEvent(Enum):
    """What the newer exam service tells of an attempt."""

    SUBMITTED = "submitted"
    VERIFIED = "verified"
    REJECTED = "rejected"
    ERRORED = "errored"
    RESET = "reset"


class RequestState(Enum):
    """How a learner's request for credit stands with who gives it."""

    NOT_ASKED = "not asked for"
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


def _as_pairs(by_name: Mapping[str, object] | Iterable[tuple[str, object]]) -> tuple[tuple[str, object], ...]:
    return tuple(by_name.items() if isinstance(by_name, Mapping) else by_name)


@frozen
class CreditRequirement:
    """Something that credit requires: what kind it is, its name among those, and its place in the order.

    `criteria` are as the platform states them, the least course grade as a part of 1; see `minimum_grade`.
    """

    namespace: str = field(metadata=named("namespace", TEXT))
    name: str = field(metadata=named("name", TEXT))
    display_name: str = field(default="", metadata=named("display_name", TEXT, required=True))
    criteria: tuple[tuple[str, object], ...] = field(
        default=(), converter=_as_pairs, hash=False, metadata=named("criteria", OBJECT, required=True)
    )
    order: int = 0
    active: bool = True

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the others of a course."""
        return self.namespace, self.name

    @property
    def minimum(self) -> Percent | None:
        """The least course grade in percent, or None where it states none that is a number."""
        try:
            return Percent.of_share(NUMBER.read(dict(self.criteria).get(_MIN_GRADE)))
        except NumberError:
            return None


def _as_requirements(requirements: Iterable[CreditRequirement]) -> tuple[CreditRequirement, ...]:
    return tuple(sorted(requirements, key=lambda each: each.order))


def minimum_grade(percent: Number, *, display_name: str = "Minimum grade", order: int = 0) -> CreditRequirement:
    """Return the requirement of a course grade of so many percent at least (K36).

    >>> minimum_grade(60).criteria
    (('min_grade', Fraction(3, 5)),)
    """
    criteria = {_MIN_GRADE: read_percent(percent, "minimum") / 100}
    return CreditRequirement(GRADE, GRADE, display_name, criteria, order=order)


@frozen
class CreditCourse:
    """What credit for a course requires, in order, whether it is given at all, and what else was chosen.

    Credit is earned in the `modes`, and eligibility is valid for so long; None is for ever.
    """

    requirements: tuple[CreditRequirement, ...] = field(default=(), converter=_as_requirements)
    enabled: bool = field(default=True, kw_only=True)
    modes: frozenset[str] = field(default=frozenset({"verified"}), kw_only=True)
    valid_for: timedelta | None = field(default=timedelta(days=365), kw_only=True)

    @property
    def active(self) -> tuple[CreditRequirement, ...]:
        """The requirements that are in force."""
        return tuple(each for each in self.requirements if each.active)


@frozen
class RequirementStatus:
    """What a learner has of one requirement: since when, and what it was judged by."""

    key: tuple[str, str]
    status: CreditStatus
    at: datetime = field(validator=has_zone)
    reason: tuple[tuple[str, object], ...] = field(default=(), converter=_as_pairs, hash=False)


@frozen
class CreditRecord:
    """What one learner has towards the credit of one course: the enrolment, and what became of each requirement."""

    enrolment: CourseEnrolment | None = None
    statuses: tuple[RequirementStatus, ...] = field(default=(), converter=as_tuple)
    eligibility: Eligibility | None = None
    request: RequestState = RequestState.NOT_ASKED

    def get(self, requirement: CreditRequirement) -> RequirementStatus | None:
        """Return what there is of a requirement."""
        return next((each for each in self.statuses if each.key == requirement.key), None)


def publish(course: CreditCourse, requirements: Iterable[CreditRequirement]) -> CreditCourse:
    """Return the course with these requirements in force; those that it had and that are not listed are off (Q23)."""
    listed = {each.key: each for each in requirements}
    disabled = [evolve(each, active=False) for each in course.requirements if each.key not in listed]
    return evolve(course, requirements=[*disabled, *listed.values()])


def read_requirements(
    rows: Iterable[Mapping[str, object]],
) -> tuple[tuple[CreditRequirement, ...], tuple[Problem, ...]]:
    """Return the requirements that parsed JSON lists, in that order, and why others cannot be used (Q23).

    A least grade above 1 is noticed: it is read as the part of 1 that the platform takes it for.
    """
    problems: list[Problem] = []
    read: list[CreditRequirement] = []
    for nth, each in enumerate(Document([*rows], "requirements", problems).records()):
        found = read_record(CreditRequirement, each, order=nth)
        if found is not None:
            read.append(found)
            _report_above_one(found, each)
    return tuple(read), tuple(problems)


def _report_above_one(found: CreditRequirement, document: Document) -> None:
    if found.minimum is not None and found.minimum > 100:  # noqa: PLR2004 - the whole, in percent
        message = "min_grade is above 1, and is read as a part of 1: 0.6 is 60 %, and nobody has 60 times all"
        document.find(f"criteria.{_MIN_GRADE}").report("above_one", message, Severity.NOTICE)
