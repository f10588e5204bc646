# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a sum drops: one of terms that add alike is the least of them, and else each is compared with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from ...grading.kernel.program import Drop, Sum, Term
from .arithmetic import Column, WholeNumbers, times, total
from .choosing import how_many
from .held import Held


class _Key(Protocol):
    def __call__(self, term: Term, /) -> int: ...


Parts = Callable[[Sequence[Term]], Iterable[str]]
"""What terms add or cost, in parts."""


class DropWriter:
    """The columns of what a sum drops of its ranked terms."""

    def __init__(self, step: Sum, held: Held, arithmetic: WholeNumbers) -> None:
        """Write the drop of a step that has one."""
        assert step.drop is not None  # noqa: S101 - it is one that drops
        self._drop: Drop = step.drop
        self._ranked, self._held, self._arithmetic = step.ranked, held, arithmetic
        self._stem = f"s{step.to}"

    def columns(self) -> Iterator[Column]:
        """Yield how many are there, and either the least of them or which are dropped (D1 to D10)."""
        if not self._for_everybody:
            yield f"{self._stem}_k", self._held.how_many(term.register for term in self._ranked)
        if self._is_of_one:
            yield f"{self._stem}_l", self._least()
            return
        count = str(len(self._ranked)) if self._for_everybody else f"{self._stem}_k"
        low = self._arithmetic.lookup(self._drop.lowest, count)
        for place in range(len(self._ranked)):
            yield f"{self._stem}_l{place}", self._is_first(place, low, "<")
        if any(self._drop.highest):
            high = self._arithmetic.lookup(self._drop.highest, count)
            for place in range(len(self._ranked)):
                yield f"{self._stem}_h{place}", self._is_first(place, high, ">")

    def reached(self, parts: Sequence[str], gains: Parts) -> str:
        """Return the sum of parts and of what the terms that are not dropped add."""
        if self._is_of_one:
            gone = times(f"{self._stem}_l", self._ranked[0].gain)
            return f"{total([*parts, *gains(self._ranked)])} - {self._if_dropped(gone)}"
        return total([*parts, *self._unless_dropped(gains)])

    def counted(self, parts: Sequence[str], costs: Parts) -> str:
        """Return the sum of parts and of what the terms that are not dropped cost."""
        if self._is_of_one:
            cost = self._ranked[0].cost or 0
            there = self._arithmetic.widened(f"{self._stem}_k", self._arithmetic.dialect.double)
            ranked = [*costs(self._ranked)] if self._for_everybody else [times(there, cost)]
            return f"{total([*parts, *ranked])} - {self._if_dropped(str(cost))}"
        return total([*parts, *self._unless_dropped(costs)])

    @property
    def leaves_something(self) -> bool:
        """Whether something that costs is left for everybody."""
        sure = sum(self._held.is_sure(term.register) and term.cost != 0 for term in self._ranked)
        free = sum(term.cost == 0 for term in self._ranked)
        gone = zip(self._drop.lowest, self._drop.highest, strict=True)
        left = [count - low - high for count, (low, high) in enumerate(gone)]
        return bool(sure) and not free and min(left[sure:]) > 0

    @property
    def costs_left(self) -> set[int] | None:
        """Everything that is left of the terms' costs can come to, where all cost alike."""
        costs = {term.cost for term in self._ranked}
        if len(costs) != 1 or None in costs:
            return None
        gone = zip(self._drop.lowest, self._drop.highest, strict=True)
        return {(self._ranked[0].cost or 0) * (count - low - high) for count, (low, high) in enumerate(gone)}

    @property
    def _is_of_one(self) -> bool:
        """Whether one of terms that add alike goes: then it is the least, whichever it is."""
        alike = len({(term.gain, term.cost, term.key) for term in self._ranked}) == 1
        plain = self._ranked[0].cost is not None
        return alike and plain and {*self._drop.lowest} == {0, 1} and not any(self._drop.highest)

    @property
    def _for_everybody(self) -> bool:
        """Whether everybody has all that may be dropped."""
        return all(self._held.is_sure(term.register) for term in self._ranked)

    def _if_dropped(self, value: str) -> str:
        least = self._drop.lowest.index(1)
        if self._for_everybody:
            return value if len(self._ranked) >= least else "0"
        return f"CASE WHEN {self._stem}_k >= {least} THEN {value} ELSE 0 END"

    def _least(self) -> str:
        """Return the least that is there: all stand below what none can reach, and what is not there at 0."""
        kind = self._arithmetic
        reached = [self._held.reached(term.register, kind) for term in self._ranked]
        if self._for_everybody:
            return f"LEAST({', '.join(reached)})"
        there = [kind.widened(self._held.there(term.register), kind.dialect.double) for term in self._ranked]
        below = [f"{n} - {t} * {self._beyond}" for n, t in zip(reached, there, strict=True)]
        return f"LEAST({', '.join(below)}) + {self._beyond}"

    @property
    def _beyond(self) -> int:
        """More than any of the ranked can reach."""
        return max(self._held.width(each.register).reached for each in self._ranked) + 1

    def _is_first(self, place: int, many: str, sign: str) -> str:
        """Return whether a term is among the first by its rank, of those not dropped yet."""
        own = self._ranked[place]

        def before(other: int) -> str:
            """Return whether another term stands before it."""
            term = self._ranked[other]
            ahead = f"{self._key(term)} {f'{sign}=' if term.order < own.order else sign} {self._key(own)}"
            return " AND ".join([ahead, *self._still(other, sign)])

        ahead = how_many(before(other) for other in range(len(self._ranked)) if other != place)
        return f"({' AND '.join([*self._still(place, sign), f'{ahead} < {many}'])})"

    def _still(self, place: int, sign: str) -> Iterator[str]:
        """Yield the conditions under which a term may still be dropped: it is there, and not among the lowest."""
        if not self._held.is_sure(self._ranked[place].register):
            yield self._held.is_there(self._ranked[place].register)
        if sign == ">":
            yield f"NOT {self._stem}_l{place}"

    def _key(self, term: Term) -> str:
        return times(self._held.reached(term.register, self._arithmetic), term.key)

    def _unless_dropped(self, parts: Parts) -> Iterator[str]:
        for place, term in enumerate(self._ranked):
            gone = [f"{self._stem}_l{place}", *([f"{self._stem}_h{place}"] if any(self._drop.highest) else [])]
            for part in parts([term]):
                yield f"CASE WHEN {' OR '.join(gone)} THEN 0 ELSE {part} END"


def cost_of(term: Term, held: Held) -> int:
    """Return the most that a term costs."""
    return held.width(term.register).possible if term.cost is None else term.cost


def grouped(terms: Iterable[Term], by: _Key) -> Iterator[tuple[int, list[Term]]]:
    """Yield the terms that are alike, with what they share."""
    groups: dict[int, list[Term]] = {}
    for term in terms:
        groups.setdefault(by(term), []).append(term)
    yield from groups.items()
