# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a sum drops: one of terms that add alike is the least of them, and else each is compared with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from ...grading.kernel.absences import looked_at
from ...grading.kernel.program import Drop, KernelProgram, Read, Sum, Term
from .arithmetic import Column, WholeNumbers, times, total, twice_the_least
from .choosing import how_many
from .held import Held
from .reading import can_stand_high


class _Key(Protocol):
    def __call__(self, term: Term, /) -> int: ...


Parts = Callable[[Sequence[Term]], Iterable[str]]
"""What terms add or cost, in parts."""


def is_of_one(step: Sum) -> bool:
    """Return whether one of terms that add alike goes: then it is the least, whichever it is."""
    if step.drop is None or any(step.drop.highest) or {*step.drop.lowest} != {0, 1}:
        return False
    alike = len({(term.gain, term.cost, term.key) for term in step.ranked}) == 1
    return alike and step.ranked[0].cost is not None


def sought(program: KernelProgram) -> frozenset[int]:
    """Return the registers of marks of which a sum drops the least, and at which nothing else looks.

    Who has no score there can stand as high as a mark can be, for then the least is that of the others.
    """
    reads = {register: step.settling for step in program.steps if isinstance(step, Read) for register in step.to}
    uses = Counter(looked_at(program.steps))
    found: set[int] = set()
    for step in program.steps:
        if isinstance(step, Sum) and is_of_one(step):
            registers = [term.register for term in step.ranked]
            settlings = {reads.get(each) for each in registers}
            settling = settlings.pop()
            if settling and not settlings and can_stand_high(settling) and all(uses[each] == 1 for each in registers):
                found.update(registers)
    return frozenset(found)


class DropWriter:
    """The columns of what a sum drops of its ranked terms."""

    def __init__(self, step: Sum, held: Held, arithmetic: WholeNumbers) -> None:
        """Write the drop of a step that has one."""
        assert step.drop is not None  # noqa: S101 - it is one that drops
        self._drop: Drop = step.drop
        self._ranked, self._held, self._arithmetic = step.ranked, held, arithmetic
        self._stem, self.is_of_one = f"s{step.to}", is_of_one(step)

    def columns(self) -> Iterator[Column]:
        """Yield how many are there, and either the least of them or which are dropped (D1 to D10)."""
        if not self._for_everybody:
            registers = [term.register for term in self._ranked]
            yield f"{self._stem}_k", self._held.how_many(registers)
            self._held.count(registers, f"{self._stem}_k")
        if self.is_of_one:
            yield from self._columns_of_one()
            return
        count = str(len(self._ranked)) if self._for_everybody else f"{self._stem}_k"
        low = self._arithmetic.lookup(self._drop.lowest, count)
        for place in range(len(self._ranked)):
            yield f"{self._stem}_l{place}", self._is_first(place, low, "<")
        if any(self._drop.highest):
            high = self._arithmetic.lookup(self._drop.highest, count)
            for place in range(len(self._ranked)):
                yield f"{self._stem}_h{place}", self._is_first(place, high, ">")

    def _columns_of_one(self) -> Iterator[Column]:
        """Yield whether one goes, the sum of all, and the least: it is what goes, whichever it is."""
        if not self._for_everybody:
            yield f"{self._stem}_g", self._arithmetic.one_if(f"({self._stem}_k >= {self._drop.lowest.index(1)})")
        yield f"{self._stem}_a", total(pairs(self._reached()))
        yield from self._least()

    def reached(self, parts: Sequence[str], gains: Parts) -> str:
        """Return the sum of parts and of what the terms that are not dropped add."""
        if self.is_of_one:
            gain = self._ranked[0].gain
            every = f"{total([*parts, times(f'{self._stem}_a', gain)])}{self._absent(gain)}"
            return f"{every} - {times(self._if_dropped(f'{self._stem}_l'), gain)}"
        return total([*parts, *self._unless_dropped(gains)])

    def counted(self, parts: Sequence[str], costs: Parts) -> str:
        """Return the sum of parts and of what the terms that are not dropped cost."""
        if self.is_of_one:
            cost = self._ranked[0].cost or 0
            there = self._arithmetic.widened(f"{self._stem}_k", self._arithmetic.dialect.double)
            ranked = [*costs(self._ranked)] if self._for_everybody else [times(there, cost)]
            return f"{total([*parts, *ranked])} - {self._if_dropped(str(cost))}"
        return total([*parts, *self._unless_dropped(costs)])

    def beyond(self) -> Iterator[str]:
        """Yield whether any of its marks lies too far below for the program, where that is looked for here alone.

        What is no number is above all numbers to a database, and so beyond this too.
        """
        if self.is_of_one and any(self._held.is_watched(term.register) for term in self._ranked):
            yield f"abs({self._stem}_l) > {self._width}"

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
    def _for_everybody(self) -> bool:
        """Whether everybody has all that may be dropped."""
        return all(self._held.is_sure(term.register) for term in self._ranked)

    def _if_dropped(self, value: str) -> str:
        if self._for_everybody:
            return value if len(self._ranked) >= self._drop.lowest.index(1) else "0"
        return f"{self._stem}_g" if value == "1" else f"{self._stem}_g * {value}"

    def _absent(self, gain: int) -> str:
        """Return what is taken from the sum of all for those that are not there, where they read as the most."""
        high = self._held.absent(self._ranked[0].register)
        if not high or self._for_everybody:
            return ""
        there = self._arithmetic.widened(f"{self._stem}_k", self._arithmetic.dialect.double)
        return f" - ({len(self._ranked)} - {there}) * {high * gain}"

    def _least(self) -> Iterator[Column]:
        """Yield the columns of the least that is there, `l`: what is not there is no lower than all others."""
        beyond = 0
        parts = self._reached()
        if not self._for_everybody and not self._held.absent(self._ranked[0].register):
            beyond = self._width + 1
            there = [self._there(term) for term in self._ranked]
            lowered = [
                (f"{self._stem}_b{nth}", f"{n} - {t} * {beyond}")
                for nth, (n, t) in enumerate(zip(parts, there, strict=True))
            ]
            yield from lowered
            parts = [name for name, _ in lowered]
        columns, least = least_of(f"{self._stem}_m", parts, self._width + beyond, self._arithmetic)
        yield from columns
        yield f"{self._stem}_l", f"{least} + {beyond}" if beyond else least

    def _reached(self) -> list[str]:
        return [self._held.reached(term.register, self._arithmetic) for term in self._ranked]

    def _there(self, term: Term) -> str:
        return self._arithmetic.widened(self._held.there(term.register), self._arithmetic.dialect.double)

    @property
    def _width(self) -> int:
        """The most that any of the ranked can reach."""
        return max(self._held.width(each.register).reached for each in self._ranked)

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


def least_of(stem: str, parts: Sequence[str], most: int, arithmetic: WholeNumbers) -> tuple[list[Column], str]:
    """Return columns, and by them the least of parts, each of which is at most so much.

    Of doubles twice the lesser of two is worked out, of these four times the lesser, and so on, for that takes a
    database no look at each; where doubles are no more exact then, it looks.
    """
    halvings = (len(parts) - 1).bit_length()
    if not WholeNumbers(arithmetic.dialect, most * 2 ** (halvings + 1)).fastest or not arithmetic.fastest:
        return [], f"LEAST({', '.join(parts)})"
    columns: list[Column] = []
    for level in range(halvings - 1):
        lesser = [(f"{stem}{level}_{nth}", twice_the_least(*each)) for nth, each in enumerate(_in_twos(parts))]
        columns += lesser
        odd = [f"2 * {parts[-1]}"] if len(parts) % 2 else []
        parts = [*(name for name, _ in lesser), *odd]
    return columns, f"({twice_the_least(*parts)}) / {2**halvings}" if halvings else parts[0]


def pairs(parts: Sequence[str]) -> list[str]:
    """Return the sums of two parts at a time."""
    return [*(f"({one} + {other})" for one, other in _in_twos(parts)), *(parts[-1:] if len(parts) % 2 else ())]


def _in_twos(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip(parts[::2], parts[1::2], strict=False)


def cost_of(term: Term, held: Held) -> int:
    """Return the most that a term costs."""
    return held.width(term.register).possible if term.cost is None else term.cost


def grouped(terms: Iterable[Term], by: _Key) -> Iterator[tuple[int, list[Term]]]:
    """Yield the terms that are alike, with what they share."""
    groups: dict[int, list[Term]] = {}
    for term in terms:
        groups.setdefault(by(term), []).append(term)
    yield from groups.items()
