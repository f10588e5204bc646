# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whether a course is completed, since when, and by which of its criteria.

>>> from datetime import UTC
>>> at = datetime(2021, 1, 7, tzinfo=UTC)
>>> print(complete_course([Criterion(CriterionKind.GRADE, value=66)], CourseFacts(grade=(80, at), now=at)))
course                               completed  2021-01-07T00:00:00+00:00
  final grade of at least 66 points        met  2021-01-07T00:00:00+00:00
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from ...errors import DefinitionError, Problem
from ...exact import Exact, describe, write_exact
from ...outline import Outline
from ...verdicts import (
    Verdict,
    all_of,
    any_of,
    verdict,
)
from .completion import DONE, State

_NOTHING: Final[Mapping[str, datetime]] = MappingProxyType({})


class CriterionKind(Enum):
    """What a criterion asks for."""

    ACTIVITY = "activity"
    DATE = "date"
    DURATION = "duration"
    GRADE = "grade"
    COURSE = "course"
    """Another course, completed."""
    ROLE = "role"
    """Somebody of a role has marked the course as completed."""


class Join(Enum):
    """How many of several must be met."""

    ALL = "all"
    ANY = "any"


@frozen
class Criterion:
    """One thing that a course asks for: an `id`, a moment `at`, a `period`, or a `value` in points."""

    kind: CriterionKind
    id: str = ""
    at: datetime | None = None
    period: timedelta = timedelta(0)
    value: Exact = 0

    @property
    def needed(self) -> str:
        """What it asks for, in words."""
        at = "" if self.at is None else self.at.isoformat()
        return _WORDS[self.kind].format(id=describe(self.id), at=at, days=self.period, value=write_exact(self.value))


@frozen(kw_only=True)
class CourseFacts:
    """What is known of one learner: every moment states its time zone.

    `activities` maps ids to a state and the moment it changed, `grade` is the course's final grade in points and the
    moment it changed, `courses` and `roles` the moments of what is completed and marked.
    """

    now: datetime | None = None
    activities: Mapping[str, tuple[State, datetime | None]] = field(factory=dict, hash=False)
    grade: tuple[Exact | None, datetime | None] = (None, None)
    courses: Mapping[str, datetime] = field(default=_NOTHING, hash=False)
    roles: Mapping[str, datetime] = field(default=_NOTHING, hash=False)
    started: datetime | None = None
    enrolled: datetime | None = None
    """When the enrolment was made, for one that says no start."""


@frozen
class Met:
    """A criterion, whether it is met, and since when."""

    criterion: Criterion
    verdict: Verdict
    at: datetime | None = None


@frozen
class CourseCompletion:
    """Whether a course is completed, since when, and each criterion in the order given."""

    complete: bool
    at: datetime | None
    criteria: tuple[Met, ...]

    def outline(self) -> Outline:
        """Return a row for each criterion."""
        rows = (Outline(each.criterion.needed, each.verdict.value, _since(each.at)) for each in self.criteria)
        return Outline("course", "completed" if self.complete else "not completed", _since(self.at), tuple(rows))

    def _repr_html_(self) -> str:
        return self.outline().html()

    def __str__(self) -> str:
        return self.outline().text()


def complete_course(
    criteria: Sequence[Criterion],
    facts: CourseFacts,
    *,
    overall: Join = Join.ALL,
    within: Mapping[CriterionKind, Join] = MappingProxyType({}),
    earlier: CourseCompletion | None = None,
) -> CourseCompletion:
    """Return whether the criteria are met, of each kind as `within` says (all by default), then as `overall` says.

    A course without criteria is never completed. What was met `earlier` stays met, and a moment of completion stays
    what it was; it is the latest at which anything was met, also where any one would do. Moments without a time zone
    are a `DefinitionError`.
    """
    _refuse_without_zone(criteria, facts)
    kept = {} if earlier is None else {each.criterion: each for each in earlier.criteria if each.verdict is Verdict.MET}
    found = tuple(
        kept.get(criterion) or Met(criterion, *_JUDGES[criterion.kind](criterion, facts)) for criterion in criteria
    )
    if earlier is not None and earlier.complete:
        return CourseCompletion(complete=True, at=earlier.at, criteria=found)
    complete = bool(found) and _joined(found, overall, within) is Verdict.MET
    moments = [each.at for each in found if each.at is not None]
    return CourseCompletion(complete, max(moments, default=None) if complete else None, found)


def _joined(found: Sequence[Met], overall: Join, within: Mapping[CriterionKind, Join]) -> Verdict:
    parts: list[Verdict] = [each.verdict for each in found if each.criterion.kind not in _JOINED_WITHIN]
    for kind in _JOINED_WITHIN:
        own = [each.verdict for each in found if each.criterion.kind is kind]
        parts += [_JOINS[within.get(kind, Join.ALL)](own)] if own else []
    return _JOINS[overall](parts)


_Found = tuple[Verdict, datetime | None]


def _activity(criterion: Criterion, facts: CourseFacts) -> _Found:
    state, changed = facts.activities.get(criterion.id, (State.INCOMPLETE, None))
    return (Verdict.MET, changed) if state in DONE else (Verdict.NOT_MET, None)


def _date(criterion: Criterion, facts: CourseFacts) -> _Found:
    return _after(criterion.at, facts.now)


def _duration(criterion: Criterion, facts: CourseFacts) -> _Found:
    start = facts.started or facts.enrolled
    return _after(None if start is None else start + criterion.period, facts.now)


def _grade(criterion: Criterion, facts: CourseFacts) -> _Found:
    """Judge the final grade in points, although Moodle writes a percent sign beside the threshold."""
    points, changed = facts.grade
    reached = points is not None and criterion.value > 0 and points >= criterion.value
    return verdict(reached), changed if reached else None


def _course(criterion: Criterion, facts: CourseFacts) -> _Found:
    at = facts.courses.get(criterion.id)
    return verdict(at is not None), at


def _role(criterion: Criterion, facts: CourseFacts) -> _Found:
    at = facts.roles.get(criterion.id)
    return verdict(at is not None), at


def _after(moment: datetime | None, now: datetime | None) -> _Found:
    if moment is None or now is None:
        return Verdict.UNDETERMINED, None
    return (Verdict.MET, moment) if moment < now else (Verdict.NOT_MET, None)


def _refuse_without_zone(criteria: Sequence[Criterion], facts: CourseFacts) -> None:
    stated = {
        **{f"criteria[{nth}].at": each.at for nth, each in enumerate(criteria)},
        **{name: getattr(facts, name) for name in ("now", "started", "enrolled")},
        "grade": facts.grade[1],
        **{f"activities[{name!r}]": changed for name, (_, changed) in facts.activities.items()},
        **{f"courses[{name!r}]": at for name, at in facts.courses.items()},
        **{f"roles[{name!r}]": at for name, at in facts.roles.items()},
    }
    naive = [path for path, at in stated.items() if at is not None and at.utcoffset() is None]
    if naive:
        raise DefinitionError(
            Problem("no_time_zone", path, f"{path} is a moment without a time zone") for path in naive
        )


def _since(at: datetime | None) -> tuple[str, ...]:
    return () if at is None else (at.isoformat(),)


_JOINS: Final = {Join.ALL: all_of, Join.ANY: any_of}
_JOINED_WITHIN: Final = (CriterionKind.ACTIVITY, CriterionKind.COURSE, CriterionKind.ROLE)
_JUDGES: Final[Mapping[CriterionKind, Callable[[Criterion, CourseFacts], _Found]]] = {
    CriterionKind.ACTIVITY: _activity,
    CriterionKind.DATE: _date,
    CriterionKind.DURATION: _duration,
    CriterionKind.GRADE: _grade,
    CriterionKind.COURSE: _course,
    CriterionKind.ROLE: _role,
}
_WORDS: Final[Mapping[CriterionKind, str]] = {
    CriterionKind.ACTIVITY: "activity {id} completed",
    CriterionKind.DATE: "after {at}",
    CriterionKind.DURATION: "{days} after the enrolment",
    CriterionKind.GRADE: "final grade of at least {value} points",
    CriterionKind.COURSE: "course {id} completed",
    CriterionKind.ROLE: "marked as completed by {id}",
}
