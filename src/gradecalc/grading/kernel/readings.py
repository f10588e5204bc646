# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the marks of a plan are read: every one as a whole number, at a scale that they all share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from math import lcm
from typing import Final

from ...exact import Exact
from ...marks import ItemKind
from ...rounding import RoundingOf
from ..planned import AnyLine, PlannedItem
from . import bounds
from .program import Blank, KernelProgram, Read, Settling, Step, Width

FINEST: Final = 1000
"""The scale from which a plan's own begins: marks with three decimals are whole at it."""


class Readings:
    """The marks that are read so far, each with what it is turned into."""

    def __init__(self, lines: Sequence[AnyLine], finest: int = FINEST) -> None:
        self._items = [line for line in lines if isinstance(line, PlannedItem)]
        self.scale = lcm(finest, *(value.denominator for item in self._items for value in _figures(item)))
        self._reads: dict[int, Settling] = {}

    def read(self, item: PlannedItem, blank: Blank) -> Settling:
        """Have a mark read, and return how."""
        most = bounds.of_mark(int(item.max_points * self.scale) or self.scale).reached
        settling = self._reads[item.line] = Settling(
            blank,
            self.scale,
            item.max_points,
            item.min_points,
            item.rounding,
            item.capped,
            item.cap,
            most,
        )
        return settling

    def read_open(self, item: PlannedItem) -> tuple[int, int]:
        """Have a mark read as it is, blank or exempt, and return at which scale, and how much it can be at the most."""
        settling = self.read(item, Blank.OPEN)
        return settling.scale, settling.most

    def mark(self) -> dict[int, Settling]:
        """Return what is read so far, to which one may go back."""
        return dict(self._reads)

    def go_back(self, to: dict[int, Settling]) -> None:
        """Go back to what was read before."""
        self._reads = to

    def program(
        self, steps: Sequence[Step], constants: Mapping[int, int], widths: Mapping[int, Width], units: Mapping[int, int]
    ) -> KernelProgram:
        """Return the program that reads every mark and then does the steps: items that are settled alike at once.

        What the final does not need is read as well, so that no mark which does not fit is passed over.
        """
        for item in self._items:
            if item.kind is not ItemKind.TEXT and item.line not in self._reads:
                self.read(item, Blank.NOTHING)
        positions = tuple(sorted(self._reads))
        reads, first = [], 0
        for settling, group in groupby(positions, key=self._reads.__getitem__):
            to = tuple(group)
            reads.append(Read(first, to, settling))
            first += len(to)
        return KernelProgram((*reads, *steps), positions, dict(constants), dict(widths), dict(units))


def _figures(item: PlannedItem) -> Iterator[Exact]:
    """Yield what has to be whole: the maximum, floor and cap of an item, and the steps that it is rounded to."""
    yield item.max_points
    if item.min_points is not None:
        yield item.min_points
    limit = item.cap.limit(item.max_points) if item.cap is not None else None
    if limit is not None:
        yield limit
    if item.rounding is not None:
        step = Fraction(1, 10 ** max(item.rounding.places, 0))
        yield step if item.rounding.of is RoundingOf.POINTS else step * item.max_points / 100
