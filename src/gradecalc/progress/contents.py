# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a course has for its learners to do and to see: topics, in modules that nest.

Contents are built without complaint and judged as a whole, every problem at once. Nothing here knows a learner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from itertools import chain, islice
from typing import Final, NamedTuple

from attrs import Factory, field

from ..errors import DefinitionError, Problem
from ..exact import describe
from ..fields import (
    as_tuple,
    choice,
    find_problems,
    join,
    one_of,
    text,
    truth,
)
from ..moments import lacks_zone, since_epoch
from ..nested import Nested
from ..values import frozen

MAX_DEPTH: Final = 50
"""The deepest that modules may nest."""

MAX_SIZE: Final = 100_000
"""The most modules and topics that contents may have."""

_DATES: Final = ("start", "due", "end")


class TopicKind(Enum):
    """What a topic is; the value is the word for people."""

    FILE = "file"
    EXTERNAL_TOOL = "external tool"
    """A link to an outside tool."""
    CHECKLIST = "checklist"
    ASSIGNMENT = "assignment"
    DISCUSSION = "discussion"
    QUIZ = "quiz"
    SURVEY = "survey"
    SELF_ASSESSMENT = "self-assessment"
    LINK = "link"
    """A plain link, to no tool."""
    VIDEO = "video"
    PACKAGE = "package"
    """Interactive material that reports by itself, such as SCORM."""
    CHAT = "chat"

    @property
    def may_be_exempted(self) -> bool:
        """Whether a learner can be exempt from topics of this kind (E1)."""
        return self not in _NEVER_EXEMPTED


_NEVER_EXEMPTED: Final = frozenset({TopicKind.LINK, TopicKind.VIDEO, TopicKind.PACKAGE, TopicKind.CHAT})


class CompletionMethod(Enum):
    """What makes a topic completed; the host applies it, and records the completion."""

    AUTOMATIC = "automatic"
    """Doing what the topic is there for: viewing it, submitting, posting, attempting."""
    MANUAL = "manual"
    """The learner says so."""


@frozen
class Topic:
    """One thing to do or to see: when it is due and available, and whether a module is completed only with it.

    Dates have a zone. `grade_item` is the id of the grade item that its mark goes to. The `id` defaults to the name
    and is unique in the contents. Rules E1 and E16.
    """

    name: str = field(metadata=text())
    kind: TopicKind = field(metadata=choice(TopicKind))
    due: datetime | None = field(default=None, kw_only=True)
    start: datetime | None = field(default=None, kw_only=True)
    end: datetime | None = field(default=None, kw_only=True)
    required: bool = field(default=True, metadata=truth(), kw_only=True)
    completion: CompletionMethod | None = field(
        default=CompletionMethod.AUTOMATIC, metadata=choice(CompletionMethod, optional=True), kw_only=True
    )
    grade_item: str | None = field(default=None, metadata=one_of(str, optional=True), kw_only=True)
    id: str = field(default=Factory(lambda self: self.name, takes_self=True), metadata=text(), kw_only=True)


def _as_children(children: Iterable[Node]) -> tuple[Node, ...]:
    return as_tuple(children)


@frozen(eq=False, repr=False)
class Module(Nested):
    """Topics and modules under a name; the contents of a course are a module too."""

    name: str = field(metadata=text())
    children: tuple[Node, ...] = field(default=(), converter=_as_children)


Node = Topic | Module


def find_contents_problems(contents: Module) -> tuple[Problem, ...]:
    """Return every problem of the contents of a course, in their order."""
    return _judge(contents)[0]


def topics_by_id(contents: Module) -> Mapping[str, Topic]:
    """Return the topics of sound contents by id, in their order; raises `DefinitionError` with every problem."""
    problems, rows = _judge(contents)
    if problems:
        raise DefinitionError(problems)
    return {row.node.id: row.node for row in rows if isinstance(row.node, Topic)}


class _Row(NamedTuple):
    path: str
    node: Node
    depth: int


def _rows(contents: Module) -> Iterator[_Row]:
    """Yield the contents and everything in them, parents first, to one level below the deepest allowed."""
    waiting = [_Row("", contents, 0)]
    while waiting:
        row = waiting.pop()
        yield row
        if isinstance(row.node, Module) and isinstance(row.node.children, tuple) and row.depth <= MAX_DEPTH:
            place, depth = join(row.path, "children"), row.depth + 1
            below = [_Row(f"{place}[{nth}]", child, depth) for nth, child in enumerate(row.node.children)]
            waiting.extend(reversed(below))


def _judge(contents: Module) -> tuple[tuple[Problem, ...], Sequence[_Row]]:
    if not isinstance(contents, Module):
        return (Problem("wrong_type", "", f"{describe(contents)} is not a Module"),), ()
    rows = list(islice(_rows(contents), MAX_SIZE + 1))
    if len(rows) > MAX_SIZE:
        return (Problem("too_large", "", f"the contents have more than {MAX_SIZE} modules and topics"),), ()
    return (*chain.from_iterable(map(_own_problems, rows)), *_id_problems(rows)), rows


def _own_problems(row: _Row) -> Iterator[Problem]:
    node, path = row.node, row.path
    if not isinstance(node, Node):
        yield Problem("wrong_type", path, f"{path} is {describe(node)}; it must be one of: Topic, Module")
        return
    of = describe(node.name)
    yield from find_problems(node, path, of=of, skip="children")
    if isinstance(node, Topic):
        yield from _date_problems(node, path, of)
    elif not isinstance(node.children, tuple):
        message = f"children of {of} is {describe(node.children)}; it must be a list of topics and modules"
        yield Problem("wrong_type", join(path, "children"), message)
    if row.depth == MAX_DEPTH + 1:
        yield Problem("too_deep", path, f"{of} lies deeper than {MAX_DEPTH} levels; nest fewer modules")


def _date_problems(topic: Topic, path: str, of: str) -> Iterator[Problem]:
    given = {name: getattr(topic, name) for name in _DATES if getattr(topic, name) is not None}
    findings = {name: lacks_zone(when) for name, when in given.items()}
    for name, finding in findings.items():
        if finding:
            yield Problem(finding[0], join(path, name), f"{name} of {of} {finding[1]}")
    sound = {name: since_epoch(when) for name, when in given.items() if not findings[name]}
    if "start" in sound and "end" in sound and sound["end"] < sound["start"]:
        yield Problem("contradiction", join(path, "end"), f"{of} ends before it starts; let end be start or later")


def _id_problems(rows: Iterable[_Row]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for path, node, _ in rows:
        if isinstance(node, Topic) and isinstance(node.id, str) and first.setdefault(node.id, path) != path:
            message = f"id {node.id!r} stands at {first[node.id]} too; ids are unique, and default to the name"
            yield Problem("duplicate_id", join(path, "id"), message)
