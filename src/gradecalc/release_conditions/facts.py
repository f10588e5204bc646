# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What the host knows about one learner, beside the marks, and how it is read without ever failing.

>>> facts = LearnerFacts(visits=["Week 1"], posts={"Introductions": 2})
>>> is_among(facts, Achievement.TOPIC_VISITED, "Week 1")
True
>>> measured(facts, Measure.POSTS, "Introductions")
2
>>> measured(facts, Measure.SUBMISSIONS, "Essay")
Traceback (most recent call last):
...
gradecalc.release_conditions.facts.UnknownFactError: submissions: not among the facts

What is not told is unknown; what is told to be empty is known to be none. A kind of fact has the name of the field
that tells it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import Enum
from fractions import Fraction
from typing import Any, Final, TypeVar

from attrs import field

from ..errors import nearest
from ..exact import (
    Exact,
    Number,
    NumberError,
    describe,
    read_number,
)
from ..marks import NoScore
from ..moments import utc, what_is_wrong
from ..reasons import Reason, ReasonTexts
from ..report.report import Report
from ..values import frozen

_Value = TypeVar("_Value")


class Completion(Enum):
    """How far a learner is with a topic, a checklist or an item of one, or an activity."""

    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    PASSED = "passed"
    """Complete, with a passing grade."""
    FAILED = "failed"
    """Done, without a passing grade."""


class Measure(Enum):
    """What a host measures by a number; where it measures nothing a score is missing, and a count is 0."""

    QUIZ_SCORE = "scores"
    QUESTION_SCORE = "question_scores"
    """On selected questions of a quiz, in percent."""
    RUBRIC_SCORE = "rubric_scores"
    """On the rubric of an assignment, a discussion, a quiz or a grade item, in the rubric's points."""
    OUTCOME_LEVEL = "outcome_levels"
    """The level reached of an outcome, levels being numbered from the lowest."""
    PERCENT_COMPLETED = "percents_completed"
    QUIZ_ATTEMPTS = "attempts"
    """Completed attempts, and so of surveys."""
    SURVEY_ATTEMPTS = "survey_attempts"
    SUBMISSIONS = "submissions"
    POSTS = "posts"
    """Threads and replies authored in a topic."""
    THREADS = "threads"
    REPLIES = "replies"
    DAYS_SINCE = "dates"
    """Whole days gone by since an event of the learner's, such as the first or the last enrolment."""


SCORES: Final = frozenset({Measure.QUIZ_SCORE, Measure.QUESTION_SCORE, Measure.RUBRIC_SCORE, Measure.OUTCOME_LEVEL})
"""What is missing, rather than 0, where nothing is measured; so is the day of an event that has not happened."""


class Achievement(Enum):
    """What a learner either has or does not have."""

    FEEDBACK_RECEIVED = "feedback"
    TOPIC_VISITED = "visits"
    ALL_TOPICS_VISITED = "fully_visited"
    """Of a module, or of the course."""
    AWARD_EARNED = "awards"
    COMPETENCY_ACHIEVED = "competencies"
    OBJECTIVE_ACHIEVED = "objectives"
    GRADE_RELEASED = "released"
    """Of an item, a category or `"final"`: the learner has been shown this grade."""


class Membership(Enum):
    """What a learner may belong to."""

    GROUP = "groups"
    GROUPING = "groupings"
    SECTION = "sections"
    ORG_UNIT = "org_units"
    ROLE = "roles"


FACTS: Final = ReasonTexts(
    "facts",
    {
        "not_known": "{0}: not among the facts",
        "unknown_id": "the {0} has no {1}{2}",
        "wrong_fact": "{0} is {1}; it must be {2}",
    },
)
"""Why the facts do not say."""


class UnknownFactError(Exception):
    """The facts do not say; `reason` says why. It is caught by every condition, which is then undetermined."""

    def __init__(self, code: str, *arguments: object) -> None:
        self.reason: Reason = FACTS.reason(code, *arguments)
        super().__init__(code, *arguments)

    def __str__(self) -> str:
        return self.reason


class FrozenMapping(Mapping[str, _Value]):
    """A mapping that does not change, so that facts hash."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, _Value]) -> None:
        self._values = dict(values)

    def __getitem__(self, key: str) -> _Value:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        return repr(self._values)


def _as_mapping(value: Mapping[str, _Value] | None) -> Mapping[str, _Value] | None:
    """Return a mapping that does not change; each kind has a function of its own, for type checkers to read."""
    return FrozenMapping(value) if isinstance(value, Mapping) else value


def _as_numbers(value: Mapping[str, Number] | None) -> Mapping[str, Number] | None:
    return _as_mapping(value)


def _as_moments(value: Mapping[str, datetime] | None) -> Mapping[str, datetime] | None:
    return _as_mapping(value)


def _as_completions(value: Mapping[str, Completion] | None) -> Mapping[str, Completion] | None:
    return _as_mapping(value)


def _as_texts(value: Mapping[str, str] | None) -> Mapping[str, str] | None:
    return _as_mapping(value)


def _as_ids(value: Iterable[str] | None) -> Collection[str] | None:
    """Return ids as a set; anything else is left as it is, and the condition that asks for it says so."""
    if value is None or isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        return value
    every = tuple(value)
    try:
        return frozenset(every)
    except TypeError:
        return every


def _as_id_sets(value: Mapping[str, Iterable[str]] | None) -> Mapping[str, Collection[str] | None] | None:
    return _as_mapping({key: _as_ids(ids) for key, ids in value.items()}) if isinstance(value, Mapping) else value


@frozen(kw_only=True)
class LearnerFacts:
    """What is known of one learner: None is not known, and empty is known to be none.

    Mappings go from an id of the host's to a number, a moment, a completion or a text; collections hold such ids.
    `dates` are the learner's own, by event (`"first enrolled"`); these and `now` state their time zone. `existing`
    says, for the name of a field, which ids there are, so that what is gone is not taken for what is not done.
    """

    report: Report | None = None
    now: datetime | None = None
    existing: Mapping[str, Collection[str] | None] | None = field(default=None, converter=_as_id_sets)

    completions: Mapping[str, Completion] | None = field(default=None, converter=_as_completions)
    profile: Mapping[str, str] | None = field(default=None, converter=_as_texts)
    dates: Mapping[str, datetime] | None = field(default=None, converter=_as_moments)

    scores: Mapping[str, Number] | None = field(default=None, converter=_as_numbers)
    question_scores: Mapping[str, Number] | None = field(default=None, converter=_as_numbers)
    rubric_scores: Mapping[str, Number] | None = field(default=None, converter=_as_numbers)
    outcome_levels: Mapping[str, Number] | None = field(default=None, converter=_as_numbers)
    percents_completed: Mapping[str, Number] | None = field(default=None, converter=_as_numbers)
    attempts: Mapping[str, Number] | None = field(default=None, converter=_as_numbers)
    survey_attempts: Mapping[str, Number] | None = field(default=None, converter=_as_numbers)
    submissions: Mapping[str, Number] | None = field(default=None, converter=_as_numbers)
    posts: Mapping[str, Number] | None = field(default=None, converter=_as_numbers)
    threads: Mapping[str, Number] | None = field(default=None, converter=_as_numbers)
    replies: Mapping[str, Number] | None = field(default=None, converter=_as_numbers)

    feedback: Collection[str] | None = field(default=None, converter=_as_ids)
    visits: Collection[str] | None = field(default=None, converter=_as_ids)
    fully_visited: Collection[str] | None = field(default=None, converter=_as_ids)
    awards: Collection[str] | None = field(default=None, converter=_as_ids)
    competencies: Collection[str] | None = field(default=None, converter=_as_ids)
    objectives: Collection[str] | None = field(default=None, converter=_as_ids)
    released: Collection[str] | None = field(default=None, converter=_as_ids)

    groups: Collection[str] | None = field(default=None, converter=_as_ids)
    groupings: Collection[str] | None = field(default=None, converter=_as_ids)
    sections: Collection[str] | None = field(default=None, converter=_as_ids)
    org_units: Collection[str] | None = field(default=None, converter=_as_ids)
    roles: Collection[str] | None = field(default=None, converter=_as_ids)


def grade_on(facts: LearnerFacts, id: str) -> Fraction | NoScore | None:  # noqa: A002 - the word of the domain
    """Return the percent used of an item, a category or the final, or why there is none; None is a grade without one.

    A grade is a recorded score (U10): what blanks alone come to is none, also where it is a zero (L4, L5).
    """
    report: Report = _told(facts, "report", Report)
    if id not in report:
        raise UnknownFactError("unknown_id", "report", describe(id), nearest(id, report))
    lacking = report.without_score(id)
    return report[id].percent if lacking is None else lacking


def measured(facts: LearnerFacts, measure: Measure, id: str) -> Exact | None:  # noqa: A002
    """Return the number measured; where nothing is, None for a score or the days since an event, and 0 for a count."""
    found = _entry(facts, measure.value, id)
    if measure is Measure.DAYS_SINCE:
        event = None if found is None else _moment(found, f"dates[{describe(id)}]")
        return None if event is None else (now(facts) - event) // timedelta(days=1)
    if found is None:
        return None if measure in SCORES else 0
    try:
        return read_number(found)
    except NumberError:
        place = f"{measure.value}[{describe(id)}]"
        raise UnknownFactError("wrong_fact", place, describe(found), "a number within the bounds of one") from None


def is_among(facts: LearnerFacts, kind: Achievement | Membership, id: str | None) -> bool:  # noqa: A002
    """Return whether the id is among the learner's; None asks for any at all."""
    told = _ids(_told(facts, kind.value, object), kind.value)
    if id is None:
        return bool(told)
    _refuse_unknown(facts, kind.value, id)
    return id in told


def completion(facts: LearnerFacts, id: str) -> Completion:  # noqa: A002
    """Return how far the learner is; what exists and is not told of is incomplete."""
    found = _entry(facts, "completions", id)
    if found is None or isinstance(found, Completion):
        return found or Completion.INCOMPLETE
    raise UnknownFactError("wrong_fact", f"completions[{describe(id)}]", describe(found), "a Completion")


def profile_text(facts: LearnerFacts, name: str) -> str:
    """Return the text of a profile field; one that the profile does not have is unknown (L13)."""
    profile = _told(facts, "profile", Mapping)
    if name not in profile:
        raise UnknownFactError("unknown_id", "profile", describe(name), nearest(name, _texts(profile)))
    if isinstance(profile[name], str):
        return str(profile[name])
    raise UnknownFactError("wrong_fact", f"profile[{describe(name)}]", describe(profile[name]), "a text")


def now(facts: LearnerFacts) -> datetime:
    """Return the moment of the check."""
    return _moment(_told(facts, "now", datetime), "now")


def _told(facts: LearnerFacts, source: str, kind: type[Any]) -> Any:
    found = getattr(facts, source)
    if found is None:
        raise UnknownFactError("not_known", source)
    if isinstance(found, kind):
        return found
    raise UnknownFactError("wrong_fact", source, describe(found), f"a {kind.__name__}")


def _ids(found: object, source: str) -> Collection[object]:
    if isinstance(found, (frozenset, tuple)):
        return found
    raise UnknownFactError("wrong_fact", source, describe(found), "a collection of ids")


def _entry(facts: LearnerFacts, source: str, id: str) -> object:  # noqa: A002
    told: Mapping[Any, object] = _told(facts, source, Mapping)
    _refuse_unknown(facts, source, id)
    return told.get(id)


def _refuse_unknown(facts: LearnerFacts, source: str, id: str) -> None:  # noqa: A002
    existing = {} if facts.existing is None else _told(facts, "existing", Mapping)
    there = None if existing.get(source) is None else _ids(existing[source], f"existing {source}")
    if there is not None and id not in there:
        raise UnknownFactError("unknown_id", "host", describe(id), nearest(id, _texts(there)))


def _texts(names: Iterable[object]) -> list[str]:
    return sorted(name for name in names if isinstance(name, str))


def _moment(value: Any, what: str) -> datetime:
    """Return the moment in UTC, where the days of all zones are of one length."""
    if what_is_wrong(value):
        raise UnknownFactError("wrong_fact", what, describe(value), "a moment of the calendar, with a time zone")
    return utc(value, what)
