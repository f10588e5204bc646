# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How a statement reads marks: each as a whole number, and a word on those that it cannot read exactly.

A double that is `x / scale` for a whole `x` of at most 15 digits has the shortest text of that quotient, so it is read
as what was written. Any other mark is for the exact engine.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from typing import Final

from ...exact import Exact, simplest
from ...grading.kernel.program import Blank, Read, Settling
from ...rounding import Rounding, RoundingOf
from .arithmetic import WholeNumbers, times
from .dialects import quoted
from .held import Held

Column = tuple[str, str]

_DIGITS: Final = 10**15


class Reader:
    """The columns in which marks are read: as doubles, as whole numbers, and as what they count."""

    def __init__(
        self, reads: Sequence[Read], ids: Sequence[str], exempt: Collection[str], arithmetic: WholeNumbers
    ) -> None:
        self._ids, self._exempt, self._arithmetic = ids, exempt, arithmetic
        self._places = [
            (read.first + nth, register, read.settling) for read in reads for nth, register in enumerate(read.to)
        ]

    def recorded(self) -> list[Column]:
        """Return the marks as doubles, whether each is recorded at all, and who is exempt."""
        return [column for place, register, _ in self._places for column in self._recorded(place, register)]

    def _recorded(self, place: int, register: int) -> Iterator[Column]:
        name = self._ids[place]
        yield f"v{register}", self._arithmetic.dialect.read.format(quoted(name))
        yield f"g{register}", f"({quoted(name)} IS NOT NULL)"
        if name in self._exempt:
            yield f"x{register}", f"COALESCE({quoted(name + ' exempt')}, FALSE)"

    def exempt(self) -> set[int]:
        """Return the registers of the items from which somebody may be exempt."""
        return {register for place, register, _ in self._places if self._ids[place] in self._exempt}

    def whole(self) -> list[Column]:
        """Return the marks as whole numbers at the decimals of their scale, and nothing where they are too large."""
        return [(f"q{register}", self._whole(f"v{register}", settling)) for _, register, settling in self._places]

    def _whole(self, mark: str, settling: Settling) -> str:
        dialect = self._arithmetic.dialect
        rounded = dialect.rounded.format(f"{mark} * {_decimal_part(settling.scale)}")
        return dialect.as_whole.format(rounded, self._arithmetic.whole)

    def settled(self, held: Held) -> list[Column]:
        """Return what each mark counts, after its floor, rounding and cap, with blanks as the policy has them."""
        exempt = self.exempt()
        columns = []
        for _, register, settling in self._places:
            more = settling.scale // _decimal_part(settling.scale)
            counted = self._settled(times(f"q{register}", more), settling)
            if settling.blank is Blank.ZERO:
                counted = f"COALESCE({counted}, 0)"
            if register in exempt:
                counted = f"CASE WHEN NOT x{register} THEN {counted} END"
            elif settling.blank is Blank.ZERO:
                held.make_sure(register)
            columns.append((held.renew_reached(register), counted))
        return columns

    def _settled(self, mark: str, settling: Settling) -> str:
        scale = settling.scale
        if settling.floor is not None:
            floor = _whole_number(settling.floor * scale)
            mark = f"CASE WHEN {mark} < {floor} THEN {floor} ELSE {mark} END"
        if settling.rounding is not None:
            mark = self._rounded(f"({mark})", settling, settling.rounding)
        limit = most_that_counts(settling)
        if limit is not None:
            most = _whole_number(limit * scale)
            mark = f"CASE WHEN {mark} > {most} THEN {most} ELSE {mark} END"
        return mark

    def _rounded(self, mark: str, settling: Settling, rounding: Rounding) -> str:
        """Return a mark in whole steps, each of so many of the scale."""
        of = Fraction(1) if rounding.of is RoundingOf.POINTS else Fraction(settling.max_points) / 100
        if not of:
            return mark
        step = of * Fraction(10) ** -rounding.places * settling.scale
        plain = Rounding(0, rounding.mode, up_from=rounding.up_from)
        steps = self._arithmetic.rounded(f"({mark} * {step.denominator})", str(step.numerator), plain)
        return f"({steps} * {_whole_number(step)})"

    def unread(self) -> str:
        """Return whether any mark could not be read exactly, or lies beyond what the program was proven for.

        What is recorded and no number is unknown here, and so is the whole then, which is taken for true.
        """
        flags = [f"({self._unread(register, settling)})" for _, register, settling in self._places]
        return f"COALESCE({' OR '.join(flags) or 'FALSE'}, TRUE)"

    def _unread(self, register: int, settling: Settling) -> str:
        """Return whether a mark is none of whole decimals, which alone a double writes as they are."""
        decimal = _decimal_part(settling.scale)
        most = min(settling.most * decimal // settling.scale, _DIGITS - 1)
        mark, whole, double = f"v{register}", f"q{register}", self._arithmetic.dialect.double
        beyond = f"{whole} NOT BETWEEN -{most} AND {most}"
        another = f"CAST({whole} AS {double}) / {decimal} <> {mark}"
        counts = f"g{register} AND NOT x{register}" if register in self.exempt() else f"g{register}"
        return f"{counts} AND ({beyond} OR {another})"


def most_that_counts(settling: Settling) -> Exact | None:
    """Return how many points of a mark count at the most, if there is such a limit."""
    if not settling.capped:
        return None
    return (settling.max_points or None) if settling.cap is None else settling.cap.limit(settling.max_points)


def _decimal_part(scale: int) -> int:
    """Return the largest power of ten that divides a scale: only quotients by one are what a double is written as."""
    part = 1
    while scale % (part * 10) == 0:
        part *= 10
    return part


def _whole_number(value: Exact) -> int:
    whole = simplest(Fraction(value))
    if not isinstance(whole, int):
        raise TypeError(f"{value} is not whole at the scale of the program")
    return whole
