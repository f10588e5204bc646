# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whether a course is completed, since when, and by which of its criteria.

>>> from datetime import UTC
>>> at = datetime(2021, 1, 7, tzinfo=UTC)
>>> grade = CompletionCriterion(CompletionCriterionKind.GRADE, value=66)
>>> print(complete_course([grade], CourseFacts(grade=(80, at), now=at)))
course                               completed  2021-01-07 00:00+00:00
  final grade of at least 66 points        met  2021-01-07 00:00+00:00
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from types import MappingProxyType
from typing import Final

from attrs import field

from ....decisions import Decided, Need
from ....errors import DefinitionError, Problem
from ....exact import Exact, describe, write_exact
from ....moments import what_is_wrong, written
from ....outline import Outline
from ....reasons import ReasonTexts, say
from ....values import frozen
from ....verdicts import (
    Verdict,
    all_of,
    any_of,
    verdict,
)
from .activities import DONE, CompletionState

COMPLETION: Final = ReasonTexts(
    "moodle completion",
    {
        "CompletionCriterionKind.ACTIVITY": "activity {0} completed",
        "CompletionCriterionKind.COURSE": "course {0} completed",
        "CompletionCriterionKind.DATE": "after {0}",
        "CompletionCriterionKind.DURATION": "{0} after the enrolment",
        "CompletionCriterionKind.GRADE": "final grade of at least {0} points",
        "CompletionCriterionKind.ROLE": "marked as completed by {0}",
        "completed": "completed",
        "course": "course",
        "not_completed": "not completed",
    },
)
"""What the completion of a course asks for."""

_NOTHING: Final[Mapping[str, datetime]] = MappingProxyType({})


class CompletionCriterionKind(Enum):
    """What a criterion asks for."""

    ACTIVITY = "activity"
    DATE = "date"
    DURATION = "duration"
    GRADE = "grade"
    COURSE = "course"
    """Another course, completed."""
    ROLE = "role"
    """Somebody of a role has marked the course as completed."""


@frozen
class CompletionCriterion:
    """One thing that a course asks for: an `id`, a moment `at`, a `period`, or a `value` in points."""

    kind: CompletionCriterionKind
    id: str = ""
    at: datetime | None = None
    period: timedelta = timedelta(0)
    value: Exact = 0

    @property
    def needed(self) -> str:
        """What it asks for, in words."""
        spoken_of = {
            CompletionCriterionKind.DATE: written(self.at),
            CompletionCriterionKind.DURATION: str(self.period),
            CompletionCriterionKind.GRADE: self.value,
        }
        return COMPLETION.phrase(str(self.kind), spoken_of.get(self.kind, describe(self.id)), show=write_exact)


@frozen(kw_only=True)
class CourseFacts:
    """What is known of one learner: every moment states its time zone.

    `activities` maps ids to a state and the moment it changed, `grade` is the course's final grade in points and the
    moment it changed, `courses` and `roles` the moments of what is completed and marked.
    """

    now: datetime | None = None
    activities: Mapping[str, tuple[CompletionState, datetime | None]] = field(factory=dict, hash=False)
    grade: tuple[Exact | None, datetime | None] = (None, None)
    courses: Mapping[str, datetime] = field(default=_NOTHING, hash=False)
    roles: Mapping[str, datetime] = field(default=_NOTHING, hash=False)
    started: datetime | None = None
    enrolled: datetime | None = None
    """When the enrolment was made, for one that says no start."""


@frozen
class JudgedCriterion(Decided):
    """A criterion, whether it is met, and since when."""

    criterion: CompletionCriterion
    verdict: Verdict
    at: datetime | None = None

    def outline(self) -> Outline:
        """Return what was asked for, whether it is met, and since when."""
        return Outline(self.criterion.needed, say(self.verdict), _since(self.at))


@frozen
class CourseCompletion(Decided):
    """Whether a course is completed, since when, and each criterion in the order given."""

    verdict: Verdict
    at: datetime | None
    criteria: tuple[JudgedCriterion, ...]

    @property
    def complete(self) -> bool:
        """Whether it is known to be completed."""
        return self.verdict is Verdict.MET

    def outline(self) -> Outline:
        """Return a row for each criterion."""
        label = COMPLETION.phrase("completed" if self.complete else "not_completed")
        return Outline(
            COMPLETION.phrase("course"), label, _since(self.at), tuple(each.outline() for each in self.criteria)
        )


def complete_course(
    criteria: Sequence[CompletionCriterion],
    facts: CourseFacts,
    *,
    overall: Need = Need.ALL,
    within: Mapping[CompletionCriterionKind, Need] = MappingProxyType({}),
    earlier: CourseCompletion | None = None,
) -> CourseCompletion:
    """Return whether the criteria are met, of each kind as `within` says (all by default), then as `overall` says.

    A course without criteria is never completed. What was met `earlier` stays met, and a moment of completion stays
    what it was; it is the latest at which anything was met, also where any one would do. Moments without a time zone
    are a `DefinitionError`.
    """
    _refuse_what_is_no_moment(criteria, facts)
    known = () if earlier is None else earlier.criteria
    kept = {each.criterion: each for each in known if each.verdict is Verdict.MET}
    found = tuple(kept[each] if each in kept else _judge(each, facts) for each in criteria)
    if earlier is not None and earlier.complete:
        return CourseCompletion(Verdict.MET, earlier.at, found)
    joined = _joined(found, overall, within) if found else Verdict.NOT_MET
    moments = [each.at for each in found if each.at is not None]
    return CourseCompletion(joined, max(moments, default=None) if joined is Verdict.MET else None, found)


def _judge(criterion: CompletionCriterion, facts: CourseFacts) -> JudgedCriterion:
    return JudgedCriterion(criterion, *_JUDGES[criterion.kind](criterion, facts))


def _joined(found: Sequence[JudgedCriterion], overall: Need, within: Mapping[CompletionCriterionKind, Need]) -> Verdict:
    parts: list[Verdict] = [each.verdict for each in found if each.criterion.kind not in _JOINED_WITHIN]
    for kind in _JOINED_WITHIN:
        own = [each.verdict for each in found if each.criterion.kind is kind]
        parts += [_JOINS[within.get(kind, Need.ALL)](own)] if own else []
    return _JOINS[overall](parts)


_Found = tuple[Verdict, datetime | None]


def _activity(criterion: CompletionCriterion, facts: CourseFacts) -> _Found:
    state, changed = facts.activities.get(criterion.id, (CompletionState.INCOMPLETE, None))
    return (Verdict.MET, changed) if state in DONE else (Verdict.NOT_MET, None)


def _date(criterion: CompletionCriterion, facts: CourseFacts) -> _Found:
    return _after(criterion.at, facts.now)


def _duration(criterion: CompletionCriterion, facts: CourseFacts) -> _Found:
    start = facts.started or facts.enrolled
    return _after(None if start is None else start + criterion.period, facts.now)


def _grade(criterion: CompletionCriterion, facts: CourseFacts) -> _Found:
    """Judge the final grade in points, although Moodle writes a percent sign beside the threshold."""
    points, changed = facts.grade
    reached = points is not None and criterion.value > 0 and points >= criterion.value
    return verdict(reached), changed if reached else None


def _course(criterion: CompletionCriterion, facts: CourseFacts) -> _Found:
    at = facts.courses.get(criterion.id)
    return verdict(at is not None), at


def _role(criterion: CompletionCriterion, facts: CourseFacts) -> _Found:
    at = facts.roles.get(criterion.id)
    return verdict(at is not None), at


def _after(moment: datetime | None, now: datetime | None) -> _Found:
    if moment is None or now is None:
        return Verdict.UNDETERMINED, None
    return (Verdict.MET, moment) if moment < now else (Verdict.NOT_MET, None)


def _refuse_what_is_no_moment(criteria: Sequence[CompletionCriterion], facts: CourseFacts) -> None:
    stated = {
        **{f"criteria[{nth}].at": each.at for nth, each in enumerate(criteria)},
        **{name: getattr(facts, name) for name in ("now", "started", "enrolled")},
        "grade": facts.grade[1],
        **{f"activities[{name!r}]": changed for name, (_, changed) in facts.activities.items()},
        **{f"courses[{name!r}]": at for name, at in facts.courses.items()},
        **{f"roles[{name!r}]": at for name, at in facts.roles.items()},
    }
    wrong = [(path, what_is_wrong(at)) for path, at in stated.items() if at is not None]
    problems = [Problem(found[0], path, found[1]) for path, found in wrong if found]
    if problems:
        raise DefinitionError(problems)


def _since(at: datetime | None) -> tuple[str, ...]:
    return () if at is None else (written(at),)


_JOINS: Final = {Need.ALL: all_of, Need.ANY: any_of}
_JOINED_WITHIN: Final = (CompletionCriterionKind.ACTIVITY, CompletionCriterionKind.COURSE, CompletionCriterionKind.ROLE)
_JUDGES: Final[Mapping[CompletionCriterionKind, Callable[[CompletionCriterion, CourseFacts], _Found]]] = {
    CompletionCriterionKind.ACTIVITY: _activity,
    CompletionCriterionKind.DATE: _date,
    CompletionCriterionKind.DURATION: _duration,
    CompletionCriterionKind.GRADE: _grade,
    CompletionCriterionKind.COURSE: _course,
    CompletionCriterionKind.ROLE: _role,
}
