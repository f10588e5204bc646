# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How a statement reads marks: each as a whole number, and a word on those that it cannot read exactly.

A double that is `x / scale` for a whole `x` of at most 15 digits has the shortest text of that quotient, so it is read
as what was written. Any other mark is for the exact engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from ...exact import Exact, simplest
from ...grading.kernel.program import Blank, Read, Settling, Width
from ...rounding import Rounding, RoundingOf
from .arithmetic import Column, WholeNumbers, joined, most_of_rounding, times
from .dialects import Dialect, quoted
from .held import SURE, Held

_DIGITS: Final = 10**15


def exempt_from(id_: str) -> str:
    """Return whether somebody is exempt from an item that has a column of exemptions."""
    return f"COALESCE({quoted(id_ + ' exempt')}, FALSE)"


class _Mark(NamedTuple):
    """An item's mark: the register into which it is read, its id, and how it is settled."""

    register: int
    id: str
    settling: Settling
    may_be_exempt: bool
    stands_high: bool
    """Whether who has no score reads as the most that is read, for of this mark a sum seeks the least."""

    @property
    def exempt(self) -> str:
        """Whether somebody is exempt."""
        return exempt_from(self.id)

    @property
    def counts(self) -> str:
        """Whether a mark, or the lack of one, is looked at: nobody looks at those of the exempt."""
        return f"NOT {self.exempt}" if self.may_be_exempt else ""

    @property
    def recorded(self) -> str:
        """Whether a mark is there."""
        return " AND ".join([f"{quoted(self.id)} IS NOT NULL", *([self.counts] if self.may_be_exempt else [])])

    @property
    def there(self) -> str:
        """Whether there is a score, by the policy; nothing where there always is one."""
        return self.counts if self.settling.blank is Blank.ZERO else self.recorded

    @property
    def lifts_blanks(self) -> bool:
        """Whether its floor would lift a blank that is zero."""
        return self.settling.floor is not None and self.settling.floor > 0

    @property
    def absent(self) -> str:
        """The double as which it reads where there is no score."""
        return written_at(highest(self.settling), self.settling.scale) if self.stands_high else "0"

    @property
    def is_watched(self) -> bool:
        """Whether what lies too far below is found where the least is sought, and what lies too high with the cap."""
        return self.stands_high and self.settling.limit is not None

    @property
    def decimals(self) -> int:
        """The largest power of ten that divides its scale: only quotients by one are what a double is written as."""
        return decimals_of(self.settling.scale)


class Reader:
    """The columns in which marks are read: as doubles, as whole numbers, and as what they count."""

    def __init__(
        self,
        reads: Sequence[Read],
        ids: Sequence[str],
        exempt: Collection[str],
        high: Collection[int],
        dialect: Dialect,
    ) -> None:
        """Read these; those of `high` stand high where there is no score, for of them a sum seeks the least."""
        self._dialect = dialect
        self._marks = [
            _Mark(
                register,
                ids[read.first + nth],
                read.settling,
                ids[read.first + nth] in exempt,
                stands_high=register in high,
            )
            for read in reads
            for nth, register in enumerate(read.to)
        ]

    def recorded(self, *, guarded: bool) -> Iterator[Column]:
        """Yield the marks as doubles, zero for blanks and the exempt, and one where a score is there."""
        for each in self._marks:
            yield f"v{each.register}", self._reading(each, guarded=guarded)
            if each.there:
                yield f"t{each.register}", self._one_if(each.there)
            if each.may_be_exempt and each.settling.blank is Blank.OPEN:
                yield f"x{each.register}", each.exempt
            if each.lifts_blanks:
                yield f"r{each.register}", self._one_if(each.recorded)

    def _reading(self, mark: _Mark, *, guarded: bool) -> str:
        """Return a mark as a double, and what it reads as where there is none.

        First comes what only the type of a column decides, for a database that knows it forgets this before it runs.
        """
        value, name = self._dialect.read.format(quoted(mark.id)), quoted(mark.id)
        cases = [f"WHEN {self._dialect.no_number.format(name)} AND {mark.recorded} THEN NULL"]
        if mark.may_be_exempt:
            cases.append(f"WHEN {quoted(mark.id + ' exempt')} THEN {mark.absent}")
        cases.append(f"WHEN {name} IS NULL THEN {'0' if mark.settling.blank is Blank.ZERO else mark.absent}")
        if guarded:
            most = -(-mark.settling.most // mark.settling.scale)
            return f"CASE {' '.join(cases)} WHEN abs({value}) <= {most} THEN {value} END"
        return f"CASE {' '.join(cases)} ELSE {value} END"

    def _one_if(self, flag: str) -> str:
        return self._dialect.one_if.format(f"({flag})")

    def exempt(self) -> set[int]:
        """Return the registers of the items from which somebody may be exempt."""
        return {each.register for each in self._marks if each.may_be_exempt}

    def there_unless_exempt(self, ids: Collection[str]) -> list[int]:
        """Return the registers of these items, if only who is exempt has no score in any of them, or none."""
        found = [each for each in self._marks if each.id in ids]
        sure = len(found) == len(ids) and all(each.settling.blank is Blank.ZERO for each in found)
        return [each.register for each in found] if sure else []

    def whole(self) -> Iterator[Column]:
        """Yield the marks as whole numbers at the decimals of their scale."""
        for each in self._marks:
            yield f"q{each.register}", f"round(v{each.register} * {each.decimals})"

    def settled(self, held: Held) -> Iterator[Column]:
        """Yield what each mark counts, after its floor, rounding and cap; what needs none of them is held as it is."""
        for each in self._marks:
            read, settling = f"q{each.register}", each.settling
            arithmetic = WholeNumbers(self._dialect, max(settling.most, _most_on_the_way(settling)))
            more = settling.scale // each.decimals
            mark = times(arithmetic.widened(read, self._dialect.double), more)
            counted = _capped(mark, settling) if each.is_watched else _settled(mark, settling, arithmetic)
            if each.lifts_blanks:
                counted = f"{counted} * {arithmetic.widened(f'r{each.register}', self._dialect.double)}"
            column, there, _ = held.names(each.register)
            if counted == read:
                column = read
            else:
                yield column, counted
            held.hold(
                each.register,
                reached=column,
                there=there if each.there else SURE,
                possible=None,
                arithmetic=arithmetic,
                width=Width(settling.most, max(int(settling.max_points * settling.scale), 1)),
                absent=highest(settling) if each.stands_high else 0,
                watched=each.is_watched,
            )

    def unread(self) -> str:
        """Return whether any mark could not be read exactly, or lies beyond what the program was proven for.

        What is recorded and no number is unknown here, and so is the whole then, which is taken for true.
        """
        return joined(" OR ", [*map(_unread, self._marks)] or ["FALSE"])


def _unread(mark: _Mark) -> str:
    """Return whether a mark is none of whole decimals, which alone a double writes as they are."""
    decimal = mark.decimals
    most = min(mark.settling.most * decimal // mark.settling.scale, _DIGITS - 1)
    q, v = f"q{mark.register}", f"v{mark.register}"
    return f"{q} / {decimal} <> {v}" + ("" if mark.is_watched else f" OR abs({q}) > {most}")


def _capped(mark: str, settling: Settling) -> str:
    """Return a mark no higher than its cap, and unknown where it lies beyond what the program was proven for."""
    most = highest(settling)
    return f"CASE WHEN {mark} > {most} THEN CASE WHEN {mark} <= {settling.most} THEN {most} END ELSE {mark} END"


def can_stand_high(settling: Settling) -> bool:
    """Return whether a mark is read as it is but for a cap, and the highest that it can be is one of its decimals."""
    if settling.floor is not None or step_in_points(settling):
        return False
    return highest(settling) * decimals_of(settling.scale) % settling.scale == 0


def highest(settling: Settling) -> int:
    """Return the most that a mark counts, or that is read where it is not capped, at its scale."""
    limit = settling.limit
    if limit is not None:
        return _whole_number(limit * settling.scale)
    more = settling.scale // decimals_of(settling.scale)
    return settling.most // more * more


def decimals_of(scale: int) -> int:
    """Return the largest power of ten that divides a scale: only quotients by one are what a double is written as."""
    part = 1
    while scale % (part * 10) == 0:
        part *= 10
    return part


def written_at(value: int, scale: int) -> str:
    """Return a number of so many parts as a decimal text."""
    return format(Decimal(value) / Decimal(scale), "f")


def _settled(mark: str, settling: Settling, arithmetic: WholeNumbers) -> str:
    scale = settling.scale
    if settling.floor is not None:
        floor = _whole_number(settling.floor * scale)
        mark = f"CASE WHEN {mark} < {floor} THEN {floor} ELSE {mark} END"
    step = step_in_points(settling)
    if settling.rounding is not None and step:
        mark = _rounded(f"({mark})", step * scale, settling.rounding, arithmetic)
    limit = settling.limit
    if limit is not None:
        most = _whole_number(limit * scale)
        mark = f"CASE WHEN {mark} > {most} THEN {most} ELSE {mark} END"
    return mark


def _rounded(mark: str, step: Fraction, rounding: Rounding, arithmetic: WholeNumbers) -> str:
    """Return a mark in whole steps, each of so many of the scale."""
    plain = Rounding(0, rounding.mode, up_from=rounding.up_from)
    steps = arithmetic.rounded(f"({mark} * {step.denominator})", str(step.numerator), plain)
    return f"({steps} * {_whole_number(step)})"


def step_in_points(settling: Settling) -> Fraction:
    """Return the points of one step of a mark's rounding, or 0 where there is none."""
    rounding = settling.rounding
    if rounding is None:
        return Fraction(0)
    of = Fraction(1) if rounding.of is RoundingOf.POINTS else Fraction(settling.max_points) / 100
    return of * Fraction(10) ** -rounding.places


def _most_on_the_way(settling: Settling) -> int:
    """Return the most that a number can be while a mark is rounded."""
    step = step_in_points(settling) * settling.scale
    if settling.rounding is None or not step:
        return 0
    plain = Rounding(0, settling.rounding.mode, up_from=settling.rounding.up_from)
    return most_of_rounding(settling.most * step.denominator, step.numerator, plain)


def _whole_number(value: Exact) -> int:
    whole = simplest(Fraction(value))
    if not isinstance(whole, int):
        raise TypeError(f"{value} is not whole at the scale of the program")
    return whole
