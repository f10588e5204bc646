# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Release conditions: what a learner must have before something is shown, and why it is or is not.

>>> from gradecalc.release_conditions import Comparison, Measure, Measured, Member, Membership
>>> condition = AllOf(
...     Measured(Measure.POSTS, "Introductions", Comparison.AT_LEAST, 2),
...     Not(Member(Membership.ROLE, "Auditor")),
... )
>>> print(check(condition, LearnerFacts(posts={"Introductions": 1}, roles=["Student"])))
all must be met                         not met
  posts in 'Introductions': at least 2  not met  found 1
  must not be met                           met
    role: 'Auditor'                     not met  not found

Conditions are judged by Kleene's logic, so that their order never matters; what is not known leaves the verdict
undetermined, with the reason. Whether the thing released is itself exempt is never asked (L7). Rules L1 to L18.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import inf
from typing import ClassVar, Final

from ..decisions import Decision
from ..errors import (
    DefinitionError,
    Problem,
    Severity,
    nearest,
)
from ..exact import describe
from ..fields import find_problems, join
from ..nested import Nested
from ..values import frozen
from ..verdicts import Verdict, all_of, any_of
from .comparisons import Edge
from .facts import LearnerFacts
from .predicates import (
    Achieved,
    Comparing,
    Completed,
    Condition,
    During,
    GradeReceived,
    GradeValue,
    Measured,
    Member,
    NoGradeReceived,
    ProfileField,
)
from .texts import CONDITIONS, FINDINGS

MAX_DEPTH: Final = 100
"""The most levels below the whole that conditions nest to."""

MAX_CONDITIONS: Final = 10_000
"""The most conditions that one is made of."""

Placed = tuple[str, Condition]
"""A condition with the path to it."""


@frozen(init=False, eq=False, repr=False)
class _Joined(Nested, Condition):
    """Several conditions, of which as many must be met as the class says."""

    conditions: tuple[Condition, ...]

    inside: ClassVar[str] = "conditions"
    code: ClassVar[str]

    def __init__(self, *conditions: Condition) -> None:
        self.__attrs_init__(conditions)

    @staticmethod
    def join(verdicts: Iterable[Verdict]) -> Verdict:
        """Return the verdict of the whole."""
        raise NotImplementedError

    def decide(self, facts: LearnerFacts) -> Decision:
        """Return the decision over all of them."""
        children = tuple(condition.decide(facts) for condition in self.conditions)
        verdict = self.join(child.verdict for child in children)
        return Decision(CONDITIONS.phrase(self.code), verdict, children=children)


@frozen(init=False, eq=False, repr=False)
class AllOf(_Joined):
    """Met when all the conditions are; of none, met."""

    code: ClassVar[str] = "all"
    join = staticmethod(all_of)


@frozen(init=False, eq=False, repr=False)
class AnyOf(_Joined):
    """Met when at least one of the conditions is; of none, not met."""

    code: ClassVar[str] = "any"
    join = staticmethod(any_of)


@frozen(eq=False, repr=False)
class Not(Nested, Condition):
    """Met when the condition is not met, and the other way round; undetermined stays so (L6)."""

    condition: Condition

    inside: ClassVar[str] = "condition"

    def decide(self, facts: LearnerFacts) -> Decision:
        """Return the opposite decision."""
        child = self.condition.decide(facts)
        return Decision(CONDITIONS.phrase("none"), ~child.verdict, children=(child,))


def check(condition: Condition, facts: LearnerFacts) -> Decision:
    """Return what the condition comes to for a learner, and why; no fact makes it raise.

    Raises `DefinitionError` with every error of a condition that is malformed, and for what are no facts at all.
    """
    errors, _ = _survey(condition)
    if not isinstance(facts, LearnerFacts):
        errors.append(Problem("wrong_type", "facts", f"facts is {describe(facts)}; it must be LearnerFacts"))
    if errors:
        raise DefinitionError(errors)
    return condition.decide(facts)


def keep_released(earlier: Decision | Verdict | None, present: Decision) -> Decision:
    """Return the present decision; where an earlier one was met, it stays met (L16).

    `earlier` is what this function returned last, or its verdict as the host has stored it; None if there was none.
    """
    before = earlier.verdict if isinstance(earlier, Decision) else earlier
    if before is not Verdict.MET or present.verdict is Verdict.MET:
        return present
    kept = FINDINGS.reason("kept", present.verdict)
    return Decision(CONDITIONS.phrase("once_met"), Verdict.MET, found=kept, children=(present,))


def find_condition_problems(condition: Condition, report_ids: Iterable[str] | None = None) -> tuple[Problem, ...]:
    """Return every error of the condition or, where there is none, what is legal and suspicious in it.

    With `report_ids` (a report will do) a grade that it does not have is suspicious too. Never raises.
    """
    errors, placed = _survey(condition)
    return tuple(errors) or tuple(_notices(placed, None if report_ids is None else tuple(report_ids)))


def _survey(condition: object) -> tuple[list[Problem], list[Placed]]:
    """Return the errors of a condition and everything it is made of, in the order of the text, without recursion."""
    errors: list[Problem] = []
    placed: list[Placed] = []
    waiting: list[tuple[str, object, int]] = [("", condition, 0)]
    while waiting:
        path, node, depth = waiting.pop()
        if depth > MAX_DEPTH or len(placed) >= MAX_CONDITIONS:
            return [*errors, _too_large(path)], placed
        if type(node) in _KINDS and isinstance(node, Condition):
            placed.append((path, node))
            errors.extend(find_problems(node, path, skip=node.inside))
            waiting.extend((place, child, depth + 1) for place, child in reversed(_within(path, node)))
        else:
            errors.append(Problem("wrong_type", path, f"{describe(node)} is no condition; it must be one of: {_NAMES}"))
    return errors, placed


def _too_large(path: str) -> Problem:
    return Problem(
        "too_large", path, f"conditions nest to at most {MAX_DEPTH} levels, and are at most {MAX_CONDITIONS} together"
    )


def _within(path: str, condition: Condition) -> list[tuple[str, Condition]]:
    """Return the conditions that one holds, each with its path."""
    if isinstance(condition, _Joined):
        return [(join(path, f"conditions[{nth}]"), child) for nth, child in enumerate(condition.conditions)]
    return [(join(path, "condition"), condition.condition)] if isinstance(condition, Not) else []


def _notices(placed: Iterable[Placed], report_ids: tuple[str, ...] | None) -> Iterator[Problem]:
    for path, condition in placed:
        if isinstance(condition, _Joined) and not condition.conditions:
            comes_to = condition.join(()).value
            yield Problem("no_conditions", path, f"there is no condition, so this is always {comes_to}", _NOTICE)
        elif isinstance(condition, AllOf):
            yield from _contradictions(_within(path, condition))
        elif isinstance(condition, Not) and isinstance(condition.condition, NoGradeReceived):
            message = (
                f"this is met for an exempt learner, too; GradeReceived({condition.condition.id!r}) asks for a grade"
            )
            yield Problem("met_if_exempt", path, message, _NOTICE)
        elif isinstance(condition, (GradeValue, GradeReceived, NoGradeReceived)) and report_ids is not None:
            yield from _unknown_id(path, condition.id, report_ids)


def _unknown_id(path: str, id: str, report_ids: tuple[str, ...]) -> Iterator[Problem]:  # noqa: A002
    if id not in report_ids:
        message = f"no item or category {describe(id)}{nearest(id, report_ids)}"
        yield Problem("unknown_id", join(path, "id"), message, _NOTICE)


def _contradictions(together: Iterable[Placed]) -> Iterator[Problem]:
    """Yield a notice for each condition that cannot be met together with those before it."""
    before: set[Condition] = set()
    room: dict[object, tuple[Edge, Edge]] = {}
    for path, condition in together:
        opposite = condition.condition if isinstance(condition, Not) else Not(condition)
        asked, (low, high) = _subject(condition), _edges(condition)
        if asked is not None:
            least, most = room.get(asked, (low, high))
            room[asked] = low, high = max(low, least), min(high, most)
        if opposite in before or low > high:
            message = "this can never be met together with what stands before it"
            yield Problem("contradiction", path, message, _NOTICE)
        before.add(condition)


def _subject(condition: Condition) -> tuple[object, ...] | None:
    """Return what the condition asks a figure of, if it does: two with one subject ask for the same figure."""
    match condition:
        case GradeValue() | GradeReceived() | NoGradeReceived():
            return GradeValue, condition.id
        case Measured():
            return condition.measure, condition.id
    return None


def _edges(condition: Condition) -> tuple[Edge, Edge]:
    """Return between which edges the figure must lie; having no grade lies below every grade."""
    if isinstance(condition, GradeReceived):
        return (-inf, 1), (inf, 0)
    return condition.range.edges if isinstance(condition, Comparing) else ((-inf, 0), (-inf, 0))


_NOTICE: Final = Severity.NOTICE
_KINDS: Final = (
    AllOf,
    AnyOf,
    Not,
    GradeValue,
    GradeReceived,
    NoGradeReceived,
    Measured,
    Achieved,
    Member,
    Completed,
    During,
    ProfileField,
)
_NAMES: Final = ", ".join(kind.__name__ for kind in _KINDS)
