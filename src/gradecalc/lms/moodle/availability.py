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

from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from ...decisions import Decision
from ...errors import Problem, Severity
from ...exact import describe
from ...outline import Outline
from ...release_conditions import AllOf, AnyOf, Condition, LearnerFacts, check
from ...verdicts import Verdict
from ..documents import Document
from .restrictions import Kinds, Restriction, read_restriction

MAX_DEPTH: Final = 30
"""The most levels of groups that are read."""

MAX_CONDITIONS: Final = 2_000
"""The most conditions and groups of one tree that are read."""

_NO_KINDS: Final[Kinds] = MappingProxyType({})


class Operator(Enum):
    """How the conditions of a group are joined."""

    ALL = "&"
    ANY = "|"
    NOT_ALL = "!&"
    NOT_ANY = "!|"

    @property
    def negates(self) -> bool:
        """Whether it turns its conditions round."""
        return self in (Operator.NOT_ALL, Operator.NOT_ANY)

    @property
    def joins_all(self) -> bool:
        """Whether all are asked for, before anything is turned round."""
        return self in (Operator.ALL, Operator.NOT_ALL)

    @property
    def shows_each(self) -> bool:
        """Whether at the root each condition says for itself if it is shown, rather than the group for all."""
        return self in (Operator.ALL, Operator.NOT_ANY)


@frozen
class Group:
    """Conditions joined; at the root, `show` says which of them hide the whole thing where they fail."""

    operator: Operator
    children: tuple[Group | Restriction, ...]
    show: tuple[bool, ...] = ()
    """One for each child, all alike where the group says it for all."""

    def asks_all(self, *, negated: bool = False) -> bool:
        """Return whether all of the children are asked for, as they then stand."""
        return self.operator.joins_all != (negated != self.operator.negates)


@frozen
class Answer:
    """Whether something is available, and what the learner is shown about it.

    `hidden`: the whole thing is, reasons and all. `messages` are the conditions that fail, one with a `!` before it
    where its opposite was asked for. The `decision` has every condition, shown or not.
    """

    available: bool
    hidden: bool
    messages: tuple[str, ...]
    decision: Decision

    def outline(self) -> Outline:
        """Return the answer with all that led to it."""
        label = "available" if self.available else "hidden" if self.hidden else "not available"
        shown = [Outline("shown to the learner", "", (message,)) for message in self.messages]
        return Outline(label, self.decision.verdict.value, children=(*shown, self.decision.outline()))

    def _repr_html_(self) -> str:
        return self.outline().html()

    def __str__(self) -> str:
        return self.outline().text()


@frozen
class Availability:
    """An access restriction as read; without a `group` it could not be, and `problems` says why."""

    group: Group | None
    problems: tuple[Problem, ...] = ()

    def condition(self, *, negated: bool = False) -> Condition:
        """Return the release condition; that of what could not be read is never met."""
        return AnyOf() if self.group is None else condition_of(self.group, negated=negated)

    def check(self, facts: LearnerFacts, *, negated: bool = False) -> Answer:
        """Return whether it lets a learner in: only what is known to be met does."""
        decision = check(self.condition(negated=negated), facts)
        if decision.verdict is Verdict.MET or self.group is None:
            return Answer(decision.verdict is Verdict.MET, hidden=False, messages=(), decision=decision)
        failing = [child for child in self.group.children if not _holds(child, facts, self._turned(negated))]
        shown = dict(zip(map(id, self.group.children), self.group.show, strict=False))
        hidden = not all(shown.get(id(child), True) for child in failing)
        messages = () if hidden else tuple(_failing(self.group, facts, negated=negated))
        return Answer(available=False, hidden=hidden, messages=messages, decision=decision)

    def _turned(self, negated: bool) -> bool:  # noqa: FBT001 - a fact
        return self.group is not None and negated != self.group.operator.negates

    @property
    def for_all(self) -> bool:
        """Whether it keeps nobody out, whoever it is."""
        return self.group is not None and _for_all(self.group, negated=False)


def read_availability(data: Any, *, kinds: Kinds = _NO_KINDS, lax: bool = False, shows: bool = True) -> Availability:
    """Return the access restriction of a tree of parsed JSON; never raises for anything in it.

    `kinds` reads further types of conditions, such as a plugin's. A type that nothing reads is an error, or, where
    reading is `lax`, as though it were not there, with a notice: it then keeps nobody out. Without `shows` the root
    need not say what is shown.
    """
    problems: list[Problem] = []
    group = _Reader(kinds, lax).group(Document(data, "", problems), depth=0, shows=shows)
    broken = any(problem.severity is Severity.ERROR for problem in problems)
    return Availability(None if broken else group, tuple(problems))


def condition_of(node: Group | Restriction, *, negated: bool = False) -> Condition:
    """Return the release condition of a condition or a group, or of its opposite."""
    if isinstance(node, Restriction):
        return node.opposite if negated else node.condition
    below = [condition_of(child, negated=negated != node.operator.negates) for child in node.children]
    return AllOf(*below) if node.asks_all(negated=negated) or not below else AnyOf(*below)


def filter_users(node: Group | Restriction, users: Mapping[str, LearnerFacts], *, negated: bool = False) -> list[str]:
    """Return the users of a list whom a condition or a group lets in for good.

    Only conditions on groups, groupings and the profile apply; any other, such as a date, lets everybody in here.
    """
    condition = _permanent(node, negated=negated)
    return [user for user, facts in users.items() if check(condition, facts).verdict is Verdict.MET]


class _Reader:
    """One reading of one tree: with which kinds of conditions, whether unknown ones are let pass, and how many."""

    def __init__(self, kinds: Kinds, lax: bool) -> None:  # noqa: FBT001 - as its caller has it
        self._kinds, self._lax, self._seen = kinds, lax, 0

    def group(self, document: Document, depth: int, *, shows: bool) -> Group | None:
        """Return a group; what is wrong with it is reported in the order operator, what is shown, children."""
        operator = _read_operator(document)
        show = _read_show(document, operator) if shows and operator is not None else ()
        children = tuple(self._children(document, depth))
        if shows and operator is not None and operator.shows_each and len(show) != _count(document):
            document.get("showc").report("wrong_value", "showc has one entry for each of the conditions")
        if operator is None:
            return None
        kept = [(child, shown) for child, shown in zip(children, show or _SHOWN * len(children), strict=False) if child]
        return Group(operator, tuple(child for child, _ in kept), tuple(shown for _, shown in kept) if shows else ())

    def _children(self, document: Document, depth: int) -> Iterator[Group | Restriction | None]:
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

    def _child(self, document: Document, depth: int) -> Group | Restriction | None:
        if not isinstance(document.value, Mapping):
            document.report("wrong_value", f"{describe(document.value)} is no object")
            return None
        if "type" not in document.value:
            return self.group(document, depth + 1, shows=False)
        found: list[Problem] = []
        restriction = read_restriction(Document(document.value, document.path, found), self._kinds)
        lenient = self._lax and any(problem.code == "unknown_condition" for problem in found)
        severity = Severity.NOTICE if lenient else Severity.ERROR
        document.problems.extend(Problem(each.code, each.path, each.message, severity) for each in found)
        return restriction


_SHOWN: Final = (True,)


def _count(document: Document) -> int:
    found = document.get("c").value
    return len(found) if isinstance(found, (list, tuple)) else 0


def _read_operator(document: Document) -> Operator | None:
    stated = document.get("op")
    if stated.value in [operator.value for operator in Operator]:
        return Operator(stated.value)
    code = "missing" if stated.value is None else "wrong_value"
    stated.report(code, f"op is {describe(stated.value)}; it must be one of: &, |, !&, !|")
    return None


def _read_show(document: Document, operator: Operator) -> tuple[bool, ...]:
    """Return what the root says about showing, once for each child."""
    name = "showc" if operator.shows_each else "show"
    stated = document.get(name)
    values = stated.value if operator.shows_each else [stated.value]
    if stated.value is None:
        stated.report("missing", f"there is no {name}; it says what is shown")
    elif not isinstance(values, (list, tuple)) or not all(isinstance(value, bool) for value in values):
        what = "an array of true and false" if operator.shows_each else "true or false"
        stated.report("wrong_value", f"{name} is {describe(stated.value)}; it must be {what}")
    else:
        return tuple(values) if operator.shows_each else tuple(values) * _count(document)
    return _SHOWN * _count(document)


def _holds(node: Group | Restriction, facts: LearnerFacts, negated: bool) -> bool:  # noqa: FBT001 - a fact
    return condition_of(node, negated=negated).decide(facts).verdict is Verdict.MET


def _failing(node: Group | Restriction, facts: LearnerFacts, *, negated: bool) -> Iterator[str]:
    """Yield the conditions for which a node fails, in the order of the tree."""
    if isinstance(node, Restriction):
        yield f"!{node.text}" if negated else node.text
        return
    turned = negated != node.operator.negates
    for child in node.children:
        if not _holds(child, facts, turned):
            yield from _failing(child, facts, negated=turned)


def _for_all(node: Group | Restriction, *, negated: bool) -> bool:
    if isinstance(node, Restriction):
        return node.for_all and not negated
    below = [_for_all(child, negated=negated != node.operator.negates) for child in node.children]
    return all(below) if node.asks_all(negated=negated) or not below else any(below)


def _permanent(node: Group | Restriction, *, negated: bool) -> Condition:
    if isinstance(node, Restriction):
        return condition_of(node, negated=negated) if node.permanent else AllOf()
    below = [_permanent(child, negated=negated != node.operator.negates) for child in node.children]
    return AllOf(*below) if node.asks_all(negated=negated) or not below else AnyOf(*below)
