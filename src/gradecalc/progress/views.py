# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How far a learner is through the contents of a course, and what an exemption does to each view of it.

>>> from gradecalc.progress.record import exempt_topics
>>> course = Module("Biology", [Topic("Reading", TopicKind.FILE), Topic("Essay", TopicKind.ASSIGNMENT)])
>>> print(table_of_contents(course, exempt_topics(course, LearnerProgress(), "Essay")))
Biology    0.00 %  0 of 1 required completed
  Reading          file; required; automatic completion
  Essay    Exempt  assignment

Contents and records are values, every view is a function of them, and now is an argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import Enum
from fractions import Fraction
from itertools import chain
from typing import Final

from attrs import evolve

from ..errors import (
    DefinitionError,
    MarksError,
    Problem,
    Severity,
    nearest,
)
from ..exact import describe
from ..moments import lacks_zone, since_epoch, written
from ..outline import Explained, Outline
from ..reasons import NUMBERS, ReasonTexts, Shown, say
from ..report.results import NO_GRADE_SHOWN
from ..rounding import Rounding
from ..values import frozen
from .contents import (
    Module,
    Topic,
    TopicKind,
    topics_by_id,
)
from .record import LearnerProgress, record_problems

PROGRESS: Final = ReasonTexts(
    "progress",
    {
        "at": "at {0}",
        "calendar": "Calendar",
        "completed": "completed",
        "due": "due {0}",
        "exempt": "Exempt",
        "exempted": "{0} (exempted)",
        "full": "Full schedule",
        "nothing_required": "nothing required",
        "of": "{0}: {1}",
        "overdue": "Overdue",
        "required": "required",
        "required_completed": "{0} of {1} required completed",
        "schedule": "Schedule",
        "topics": "Topics",
        "unattempted": "Unattempted quizzes",
        "upcoming": "Upcoming",
        "visited": "visited",
        "visits": "Visited",
        "you_are_exempt": "you are exempt from this topic, and may still view it",
        "CompletionMethod.AUTOMATIC": "automatic completion",
        "CompletionMethod.MANUAL": "manual completion",
    },
)
"""What is said of a learner's way through contents."""

_SHOWN: Final = Rounding()


@frozen(kw_only=True)
class TopicEntry(Explained):
    """A topic as one learner has it; `completed` is when.

    For an exempt learner the `topic` is not required, and has neither due date nor completion method (E3).
    """

    topic: Topic
    exempted: bool
    visited: bool
    completed: datetime | None
    attempts: int

    def outline(self) -> Outline:
        """Return the topic's row in the table of contents."""
        topic = self.topic
        notes = [say(topic.kind)]
        notes += [PROGRESS.phrase("required")] if topic.required else []
        notes += [PROGRESS.phrase("due", topic.due)] if topic.due else []
        notes += [PROGRESS.phrase(str(topic.completion))] if topic.completion else []
        return Outline(topic.name, self.state, notes)

    @property
    def state(self) -> str:
        """The word for how it stands: `Exempt`, `completed`, `visited`, or an empty text."""
        words = {"exempt": self.exempted, "completed": self.completed, "visited": self.visited}
        return next((PROGRESS.phrase(word) for word, applies in words.items() if applies), "")


@frozen
class ModuleEntry(Explained):
    """A module as one learner has it: its topics and modules, and how much of what is required is completed."""

    name: str
    children: tuple[TopicEntry | ModuleEntry, ...]

    @property
    def topics(self) -> tuple[TopicEntry, ...]:
        """The topics in it and in the modules in it, in the order of the contents, exempt ones too."""
        return tuple(_topics_in(self))

    @property
    def required(self) -> int:
        """How many topics are required of this learner."""
        return sum(entry.topic.required for entry in self.topics)

    @property
    def completed(self) -> int:
        """How many of those are completed."""
        return sum(entry.topic.required and entry.completed is not None for entry in self.topics)

    @property
    def percent(self) -> Fraction | None:
        """The percentage of them that is completed, or None where nothing is required (E5)."""
        required = self.required
        return Fraction(100 * self.completed, required) if required else None

    def outline(self) -> Outline:
        """Return the module and everything in it."""
        return self.heading(self.name, (child.outline() for child in self.children))

    def heading(self, label: str, rows: Iterable[Outline]) -> Outline:
        """Return how much is completed, under a label and above some rows."""
        percent = self.percent
        if percent is None:
            return Outline(label, NO_GRADE_SHOWN, [PROGRESS.reason("nothing_required")], rows)
        note = PROGRESS.reason("required_completed", self.completed, self.required)
        return Outline(label, NUMBERS.phrase("percent", Shown(percent, _SHOWN.show(percent))), [note], rows)


class Occasion(Enum):
    """What a date is to a topic; the value is the word for people."""

    START = "available from"
    DUE = "due"
    END = "available until"


@frozen
class CalendarEvent:
    """One date of one topic."""

    when: datetime
    occasion: Occasion
    entry: TopicEntry


@frozen
class Schedule(Explained):
    """What is due for a learner at a moment: overdue, upcoming, everything with a date, and the calendar."""

    now: datetime
    overdue: tuple[TopicEntry, ...]
    upcoming: tuple[TopicEntry, ...]
    full: tuple[TopicEntry, ...]
    calendar: tuple[CalendarEvent, ...]

    def outline(self) -> Outline:
        """Return the four lists."""
        lists = {"overdue": self.overdue, "upcoming": self.upcoming, "full": self.full}
        rows = [_listed(label, (entry.outline() for entry in entries)) for label, entries in lists.items()]
        dates = (
            Outline(written(event.when), "", [PROGRESS.phrase("of", say(event.occasion), event.entry.topic.name)])
            for event in self.calendar
        )
        at = PROGRESS.phrase("at", self.now)
        return Outline(PROGRESS.phrase("schedule"), "", [at], [*rows, _listed("calendar", dates)])


@frozen
class ContentsSummary(Explained):
    """A learner's summary page, without the topics that the learner is exempt from."""

    contents: ModuleEntry
    topics: tuple[TopicEntry, ...]
    visited: tuple[TopicEntry, ...]
    unattempted_quizzes: tuple[TopicEntry, ...]

    def outline(self) -> Outline:
        """Return how much is completed and visited, how many quizzes are unattempted, and the topics."""
        rows = [
            Outline(PROGRESS.phrase("visits"), NUMBERS.phrase("of", len(self.visited), len(self.topics))),
            Outline(PROGRESS.phrase("unattempted"), NUMBERS.phrase("number", len(self.unattempted_quizzes))),
            _listed("topics", (entry.outline() for entry in self.topics)),
        ]
        return self.contents.heading(self.contents.name, rows)


@frozen
class LearnerRow(Explained):
    """One learner in the progress of a class; `contents` is None where `problems` make the record unusable."""

    learner: str
    contents: ModuleEntry | None
    problems: tuple[Problem, ...]

    def outline(self) -> Outline:
        """Return the learner with every topic, `(exempted)` after the name of an exempt one."""
        if self.contents is None:
            return Outline(self.learner, NO_GRADE_SHOWN, map(str, self.problems))
        return self.contents.heading(self.learner, map(_class_row, self.contents.topics))


@frozen
class ClassProgress(Explained):
    """The progress of several learners through the same contents."""

    name: str
    learners: tuple[LearnerRow, ...]

    def outline(self) -> Outline:
        """Return a row for each learner, above those of the topics."""
        return Outline(self.name, children=(row.outline() for row in self.learners))


def table_of_contents(contents: Module, progress: LearnerProgress) -> ModuleEntry:
    """Return every module and topic as the learner has it, with how much is completed (E3 to E5)."""
    return _module_entry(contents, _entries(contents, progress))


def topic_page(contents: Module, progress: LearnerProgress, id: str) -> Outline:  # noqa: A002 - the word of the domain
    """Return what a topic's own page says to the learner (E6); raises `KeyError` for an unknown id."""
    entries = _entries(contents, progress)
    if not isinstance(id, str) or id not in entries:
        raise KeyError(f"no topic {describe(id)} in the contents{nearest(id, entries)}")
    entry = entries[id]
    notices = [PROGRESS.reason("you_are_exempt")] if entry.exempted else []
    dates = (Outline(say(event.occasion), written(event.when)) for event in _events(entry))
    return Outline(entry.topic.name, entry.state, [say(entry.topic.kind), *notices], dates)


def schedule(contents: Module, progress: LearnerProgress, now: datetime) -> Schedule:
    """Return what is due and available when, as seen at a moment, in the order of dates (E7 to E9).

    Raises `DefinitionError` unless now is a date with a zone.
    """
    wrong = lacks_zone(now)
    if wrong:
        raise DefinitionError([Problem(wrong[0], "now", f"now {wrong[1]}")])
    moment = since_epoch(now)
    entries = [entry for entry in _entries(contents, progress).values() if not entry.exempted]
    events = sorted(chain.from_iterable(map(_events, entries)), key=lambda event: since_epoch(event.when))
    due = [event for event in events if event.occasion is Occasion.DUE and event.entry.completed is None]
    return Schedule(
        now=now,
        overdue=tuple(event.entry for event in due if since_epoch(event.when) < moment),
        upcoming=tuple(event.entry for event in due if since_epoch(event.when) >= moment),
        full=tuple(dict.fromkeys(event.entry for event in events)),
        calendar=tuple(events),
    )


def summary(contents: Module, progress: LearnerProgress) -> ContentsSummary:
    """Return a learner's summary page (E10, E13)."""
    whole = table_of_contents(contents, progress)
    topics = [entry for entry in whole.topics if not entry.exempted]
    visited = (entry for entry in topics if entry.visited)
    unattempted = (entry for entry in topics if entry.topic.kind is TopicKind.QUIZ and not entry.attempts)
    return ContentsSummary(whole, tuple(topics), tuple(visited), tuple(unattempted))


def class_progress(contents: Module, learners: Mapping[str, LearnerProgress]) -> ClassProgress:
    """Return the progress of a class from the records by learner; a bad record never ends the table (E12).

    Raises `MarksError` for what is not a mapping of learners to records.
    """
    topics = topics_by_id(contents)
    if not isinstance(learners, Mapping):
        message = f"the progress of a class maps learners to records; this is {describe(learners)}"
        raise MarksError([Problem("not_progress", "", message)])
    rows = (_learner_row(contents, topics, str(learner), progress) for learner, progress in learners.items())
    return ClassProgress(contents.name, tuple(rows))


def _entries(contents: Module, progress: LearnerProgress) -> dict[str, TopicEntry]:
    """Return each topic as the learner has it, by id, in the order of the contents; raises `MarksError`."""
    topics = topics_by_id(contents)
    MarksError.refuse(record_problems(topics, progress))
    return _entries_of(topics, progress)


def _entries_of(topics: Mapping[str, Topic], progress: LearnerProgress) -> dict[str, TopicEntry]:
    completed, attempts = dict(progress.completed), dict(progress.attempts)
    visited, exempted = frozenset(progress.visited), frozenset(progress.exempted)
    entries = {}
    for id_, topic in topics.items():
        is_exempt = id_ in exempted and topic.kind.may_be_exempted
        entries[id_] = TopicEntry(
            topic=evolve(topic, required=False, due=None, completion=None) if is_exempt else topic,
            exempted=is_exempt,
            visited=id_ in visited,
            completed=completed.get(id_),
            attempts=attempts.get(id_, 0),
        )
    return entries


def _module_entry(module: Module, entries: Mapping[str, TopicEntry]) -> ModuleEntry:
    children = (
        entries[child.id] if isinstance(child, Topic) else _module_entry(child, entries) for child in module.children
    )
    return ModuleEntry(module.name, tuple(children))


def _topics_in(module: ModuleEntry) -> Iterator[TopicEntry]:
    for child in module.children:
        if isinstance(child, TopicEntry):
            yield child
        else:
            yield from _topics_in(child)


def _events(entry: TopicEntry) -> Iterator[CalendarEvent]:
    topic = entry.topic
    dates = {Occasion.START: topic.start, Occasion.DUE: topic.due, Occasion.END: topic.end}
    return (CalendarEvent(when, occasion, entry) for occasion, when in dates.items() if when)


def _learner_row(contents: Module, topics: Mapping[str, Topic], learner: str, progress: LearnerProgress) -> LearnerRow:
    problems = record_problems(topics, progress)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return LearnerRow(learner, None, problems)
    return LearnerRow(learner, _module_entry(contents, _entries_of(topics, progress)), problems)


def _class_row(entry: TopicEntry) -> Outline:
    if entry.exempted:
        return Outline(PROGRESS.phrase("exempted", entry.topic.name))
    return Outline(entry.topic.name, entry.state)


def _listed(code: str, rows: Iterable[Outline]) -> Outline:
    children = tuple(rows)
    return Outline(PROGRESS.phrase(code), NUMBERS.phrase("number", len(children)), children=children)
