# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Who may see or do something: trees of conditions, read into release conditions.

>>> from datetime import UTC, datetime
>>> tree = {"op": "!|", "showc": [True], "c": [{"type": "date", "d": "<", "t": 1392735010}]}
>>> restriction = read_availability(tree)
>>> print(restriction.check(LearnerFacts(now=datetime.fromtimestamp(1392735009, UTC))))
not available                                not met
  shown to the learner                                !< 2014-02-18 14:50:10
  all must be met                            not met
    must not be met                          not met
      date: until 2014-02-18 14:50:10+00:00      met  now is 2014-02-18 14:50:09+00:00

A NOT is pushed down to the conditions, each of which says what its opposite is. A group without conditions keeps
nobody out, below a NOT too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, Final

from attrs import field

from ....decisions import Decided, Decision
from ....errors import Problem, Severity
from ....exact import describe
from ....outline import Outline
from ....reasons import ReasonTexts, say
from ....release_conditions import AllOf, AnyOf, Condition, LearnerFacts, check
from ....values import frozen
from ....verdicts import Verdict
from ...documents import Document, read_document
from .conditions import Kinds, Restriction, read_restriction

MAX_DEPTH: Final = 30
"""The most levels of groups that are read."""

MAX_CONDITIONS: Final = 2_000
"""The most conditions and groups of one tree that are read."""

_NO_KINDS: Final[Kinds] = MappingProxyType({})
_SIGNS: Final = {True: "+", False: "-"}


class GroupOperator(Enum):
    """How the conditions of a group are joined."""

    ALL = "&"
    ANY = "|"
    NOT_ALL = "!&"
    NOT_ANY = "!|"

    @property
    def negates(self) -> bool:
        """Whether it turns its conditions round."""
        return self in (GroupOperator.NOT_ALL, GroupOperator.NOT_ANY)

    @property
    def joins_all(self) -> bool:
        """Whether all are asked for, before anything is turned round."""
        return self in (GroupOperator.ALL, GroupOperator.NOT_ALL)

    @property
    def shows_each(self) -> bool:
        """Whether at the root each condition says for itself if it is shown, rather than the group for all."""
        return self in (GroupOperator.ALL, GroupOperator.NOT_ANY)


@frozen
class ConditionGroup:
    """Conditions joined; at the root, `show` says of all of them, or of each, whether it is shown where it fails.

    One that is not shown hides the whole thing.
    """

    operator: GroupOperator
    children: tuple[ConditionGroup | Restriction, ...]
    show: bool | tuple[bool, ...] | None = None

    def shows(self, nth: int) -> bool:
        """Return whether a child is shown where it fails."""
        return self.show[nth] if isinstance(self.show, tuple) else self.show is not False

    def asks_all(self, *, negated: bool = False) -> bool:
        """Return whether all of the children are asked for, as they then stand."""
        return self.operator.joins_all != (negated != self.operator.negates)

    def __str__(self) -> str:
        """Return it in short: its operator and what is in it, with `+` or `-` before what is shown or hidden."""
        own = isinstance(self.show, tuple)
        below = ",".join(f"{_SIGNS[self.shows(nth)] if own else ''}{child}" for nth, child in enumerate(self.children))
        sign = _SIGNS[self.show] if isinstance(self.show, bool) else ""
        return f"{sign}{self.operator.value}{f'({below})' if below else ''}"


AVAILABILITY: Final = ReasonTexts(
    "moodle availability",
    {
        "available": "available",
        "hidden": "hidden",
        "not_available": "not available",
        "shown": "shown to the learner",
    },
)
"""What is said of whether something is available."""


@frozen
class Answer(Decided):
    """Whether something is available, and what the learner is shown about it.

    `hidden`: the whole thing is, reasons and all. `messages` are the conditions that fail, one with a `!` before it
    where its opposite was asked for. The `decision` has every condition, shown or not.
    """

    decision: Decision
    hidden: bool = False
    messages: tuple[str, ...] = ()
    verdict: Verdict = field(init=False)

    @verdict.default
    def _decided(self) -> Verdict:
        return self.decision.verdict

    @property
    def available(self) -> bool:
        """Whether it is known to be available: only then is anybody let in."""
        return self.verdict is Verdict.MET

    def outline(self) -> Outline:
        """Return the answer with all that led to it."""
        code = "available" if self.available else "hidden" if self.hidden else "not_available"
        shown = [Outline(AVAILABILITY.phrase("shown"), "", (message,)) for message in self.messages]
        return Outline(AVAILABILITY.phrase(code), say(self.verdict), children=(*shown, self.decision.outline()))


@frozen
class Availability:
    """An access restriction as read; without a `group` it could not be, and `problems` says why."""

    group: ConditionGroup | None
    problems: tuple[Problem, ...] = ()

    def condition(self, *, negated: bool = False) -> Condition:
        """Return the release condition; that of what could not be read is never met."""
        return AnyOf() if self.group is None else condition_of(self.group, negated=negated)

    def check(self, facts: LearnerFacts, *, negated: bool = False) -> Answer:
        """Return whether it lets a learner in: only what is known to be met does."""
        decision = check(self.condition(negated=negated), facts)
        if decision.verdict is Verdict.MET or self.group is None:
            return Answer(decision)
        turned = negated != self.group.operator.negates
        failing = [nth for nth, child in enumerate(self.group.children) if not _holds(child, facts, negated=turned)]
        hidden = not all(map(self.group.shows, failing))
        return Answer(decision, hidden, () if hidden else tuple(_failing(self.group, facts, negated=negated)))

    def is_for_all(self, *, negated: bool = False) -> bool:
        """Return whether it, or its opposite, lets everybody in, whatever is known of them."""
        return check(self.condition(negated=negated), LearnerFacts()).verdict is Verdict.MET

    def filter_users(self, users: Mapping[str, LearnerFacts], *, negated: bool = False) -> list[str]:
        """Return the users of a list whom it lets in for good.

        Only conditions on groups, groupings and the profile apply; any other, such as a date, lets everybody in here.
        """
        condition = AnyOf() if self.group is None else _permanent(self.group, negated=negated)
        return [user for user, facts in users.items() if check(condition, facts).verdict is Verdict.MET]

    @property
    def grades_asked(self) -> tuple[str, ...]:
        """The ids of the grade items that it asks about, each once, in the order of the tree."""
        asked = _grades_asked(self.group) if self.group is not None else ()
        return tuple(dict.fromkeys(asked))


def read_availability(data: Any, *, kinds: Kinds = _NO_KINDS, lax: bool = False, shows: bool = True) -> Availability:
    """Return the access restriction of a tree of JSON, as text, bytes or parsed; never raises for anything in it.

    `kinds` reads further types of conditions, such as a plugin's. A type that nothing reads is an error, or, where
    reading is `lax`, as though it were not there, with a notice: it then keeps nobody out. Without `shows` the root
    need not say what is shown.
    """
    problems: list[Problem] = []
    group = _Reader(kinds, lax).root(_opened(data, problems), shows=shows)
    broken = any(problem.severity is Severity.ERROR for problem in problems)
    return Availability(None if broken else group, tuple(problems))


def condition_of(node: ConditionGroup | Restriction, *, negated: bool = False) -> Condition:
    """Return the release condition of a condition or a group, or of its opposite."""
    if isinstance(node, Restriction):
        return node.opposite if negated else node.condition
    return _joined(node, condition_of, negated=negated)


class _Reader:
    """One reading of one tree: the kinds of conditions it knows, whether unknown ones pass, and how many it read."""

    def __init__(self, kinds: Kinds, lax: bool) -> None:  # noqa: FBT001 - as its caller has it
        self._kinds, self._lax, self._seen = kinds, lax, 0

    def root(self, document: Document, *, shows: bool) -> ConditionGroup | None:
        """Return the group at the top, where there is one."""
        return self._group(document, 0, shows=shows) if _is_object(document) else None

    def _group(self, document: Document, depth: int, *, shows: bool) -> ConditionGroup | None:
        """Return a group; what is wrong with it is reported in the order operator, what is shown, children."""
        operator = _read_operator(document)
        show = _read_show(document, operator) if shows and operator is not None else None
        children = tuple(self._children(document, depth))
        if isinstance(show, tuple) and len(show) != _count(document):
            document.get("showc").report("wrong_length", "showc has one entry for each of the conditions")
        if operator is None:
            return None
        if isinstance(show, tuple):
            show = tuple(shown for child, shown in zip(children, show, strict=False) if child is not None)
        return ConditionGroup(operator, tuple(child for child in children if child is not None), show)

    def _children(self, document: Document, depth: int) -> Iterator[ConditionGroup | Restriction | None]:
        conditions = document.get("c")
        if not isinstance(conditions.value, (list, tuple)):
            code, what = ("missing", "there is no c") if conditions.value is None else ("wrong_value", "c is no array")
            conditions.report(code, f"{what}; it lists the conditions")
        elif depth == MAX_DEPTH or self._seen + len(conditions.value) > MAX_CONDITIONS:
            conditions.report("too_large", f"at most {MAX_CONDITIONS} conditions are read, {MAX_DEPTH} levels deep")
        else:
            self._seen += len(conditions.value)
            for nth, value in enumerate(conditions.value):
                yield self._child(Document(value, f"{conditions.path}[{nth}]", document.problems), depth)

    def _child(self, document: Document, depth: int) -> ConditionGroup | Restriction | None:
        if not _is_object(document):
            return None
        if "type" not in document.value:
            return self._group(document, depth + 1, shows=False)
        found: list[Problem] = []
        restriction = read_restriction(Document(document.value, document.path, found), self._kinds)
        lenient = self._lax and any(problem.code == "unknown_condition" for problem in found)
        severity = Severity.NOTICE if lenient else Severity.ERROR
        document.problems.extend(Problem(each.code, each.path, each.message, severity) for each in found)
        return restriction


def _opened(data: Any, problems: list[Problem]) -> Document:
    """Return the document of a tree as Moodle stores it, as text, or as it is parsed; what is neither is no object."""
    stored = read_document(data, "", []).value
    return Document(data if stored is None else stored, "", problems)


def _is_object(document: Document) -> bool:
    if not isinstance(document.value, Mapping):
        document.report("wrong_value", f"{describe(document.value)} is no object")
    return isinstance(document.value, Mapping)


def _count(document: Document) -> int:
    found = document.get("c").value
    return len(found) if isinstance(found, (list, tuple)) else 0


def _read_operator(document: Document) -> GroupOperator | None:
    stated = document.get("op")
    if stated.value in [operator.value for operator in GroupOperator]:
        return GroupOperator(stated.value)
    code = "missing" if stated.value is None else "wrong_value"
    stated.report(code, f"op is {describe(stated.value)}; it must be one of: &, |, !&, !|")
    return None


def _read_show(document: Document, operator: GroupOperator) -> bool | tuple[bool, ...] | None:
    """Return what the root says about showing, of all its conditions or of each."""
    stated = document.get("showc" if operator.shows_each else "show")
    if stated.value is None:
        stated.report("missing", f"there is no {stated.path}; it says what is shown")
        return None
    if not operator.shows_each:
        return _read_shown(stated)
    if not isinstance(stated.value, (list, tuple)):
        stated.report("wrong_value", f"showc is {describe(stated.value)}; it must be an array of true and false")
        return None
    each = enumerate(stated.value)
    return tuple(_read_shown(Document(value, f"{stated.path}[{nth}]", stated.problems)) for nth, value in each)


def _read_shown(stated: Document) -> bool:
    if not isinstance(stated.value, bool):
        stated.report("wrong_value", f"{stated.path} is {describe(stated.value)}; it must be true or false")
    return stated.value is not False


def _holds(node: ConditionGroup | Restriction, facts: LearnerFacts, *, negated: bool) -> bool:
    return condition_of(node, negated=negated).decide(facts).verdict is Verdict.MET


def _failing(node: ConditionGroup | Restriction, facts: LearnerFacts, *, negated: bool) -> Iterator[str]:
    """Yield the conditions for which a node fails, in the order of the tree."""
    if isinstance(node, Restriction):
        yield f"!{node.text}" if negated else node.text
        return
    turned = negated != node.operator.negates
    for child in node.children:
        if not _holds(child, facts, negated=turned):
            yield from _failing(child, facts, negated=turned)


def _grades_asked(node: ConditionGroup | Restriction) -> Iterator[str]:
    if isinstance(node, ConditionGroup):
        for child in node.children:
            yield from _grades_asked(child)
    elif node.grade:
        yield node.grade


def _permanent(node: ConditionGroup | Restriction, *, negated: bool) -> Condition:
    if isinstance(node, Restriction):
        return condition_of(node, negated=negated) if node.permanent else AllOf()
    return _joined(node, _permanent, negated=negated)


def _joined(group: ConditionGroup, turn: Callable[..., Condition], *, negated: bool) -> Condition:
    """Return what a group asks for, each of its children turned into a condition."""
    below = [turn(child, negated=negated != group.operator.negates) for child in group.children]
    return AllOf(*below) if group.asks_all(negated=negated) or not below else AnyOf(*below)
