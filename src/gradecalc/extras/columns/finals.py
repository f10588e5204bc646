# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The final of a block as it is shown, and its symbol: whole numbers rounded and compared, nothing near a boundary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ...exact import RoundingMode
from ...grading.planned import PlannedHurdle
from ...report.layouts import Layout
from ...rounding import Rounding
from .blocks import LIMIT, Arithmetic, Block, Mask, Numbers, Pairs, rounded, widest_of_rounding
from .carrier import Carrier

_MOST_PLACES: Final = 6
"""With more, Arrow would write a small number with an exponent."""

_PRECISION: Final = 38

_MOST_EXACT: Final = 22
"""So many tens multiplied are a double."""

_TURNS: Final[Mapping[RoundingMode, float]] = MappingProxyType({RoundingMode.UP: 0.0, RoundingMode.DOWN: 1.0})
"""From which part of a step on it is rounded up, in the modes that have one of their own."""

_FEW_PLACES: Final = 2
"""So many, and the texts of all percents from nothing to all are few enough to be kept."""


class Finals:
    """What becomes of finals: their text by the rounding that the book shows, and their symbol by its scheme."""

    def __init__(self, layout: Layout, carrier: Carrier, hurdles: Sequence[PlannedHurdle] = ()) -> None:
        self._shown = layout.shown
        self._steps = carrier.quotient(0, Fraction(100) * Fraction(10) ** layout.shown.places)
        self._percent = carrier.quotient(0, Fraction(100))
        self._kind = Arithmetic(widest_of_rounding(self._steps.most, self._steps.most_under, self._shown))
        bands = layout.scheme.bands if layout.scheme else ()
        self._starts = [(band.start, np.greater if band.exclusive else np.greater_equal) for band in bands[1:]]
        self._own = len(bands)
        others = [each.hurdle.final_symbol for each in hurdles]
        self.symbols = pa.array([*(band.symbol for band in bands), *others], pa.string())
        few = 0 <= layout.shown.places <= _FEW_PLACES
        self._written = write_steps(np.arange(100 * 10**layout.shown.places + 1 if few else 0), self._shown)

    def steps(self, block: Block, percents: Numbers) -> Numbers:
        """Return the finals as whole numbers of the last place that is shown."""
        register = block.registers[0]
        if not self._kind.wide or abs(self._shown.places) > _MOST_EXACT:
            return self._exact_steps(register)
        steps, sure = _nearly(percents, self._shown)
        rows = np.flatnonzero(~sure)
        exact = self._exact_steps(register.of(rows))
        if np.abs(exact).max(initial=0) >= LIMIT:
            return self._exact_steps(register)
        steps[rows] = exact
        return steps

    def _exact_steps(self, register: Pairs) -> Numbers:
        over, under = self._steps.numbers(register, self._kind)
        return rounded(over, under, self._shown, self._kind)

    def texts(self, steps: Numbers) -> pa.Array:
        """Return finals as they are shown; what lies between nothing and all is written already."""
        if steps.dtype != object and steps.min(initial=0) >= 0 and steps.max(initial=0) < len(self._written):
            return self._written.take(pa.array(steps.astype(np.int32)))
        return write_steps(steps, self._shown)

    def bands(self, block: Block, percents: Numbers) -> Numbers:
        """Return the symbol of each final by its place among all, that of its band or of a hurdle, or -1 for none."""
        places: Numbers = np.full(block.size, 0 if self._own else -1, np.int32)
        for start, exceeds in self._starts:
            places += self._reaches(block, percents, start, exceeds)
        if isinstance(block.symbol, np.ndarray):
            missed = block.symbol.astype(np.int32)
            places = np.where(missed > 0, self._own + missed - 1, places)
        return places

    def _reaches(self, block: Block, percents: Numbers, start: Fraction, exceeds: np.ufunc) -> Mask:
        """Return whose final is at a start or beyond it.

        Of two numbers the lesser is never the greater of their nearest doubles. Where these are one, two quotients of
        numbers this small are one too; where that is not sure, whole numbers are compared.
        """
        most, under = self._percent.most, self._percent.most_under
        beyond: Mask = exceeds(percents, float(start))
        if 4 * max(most, under) * start.denominator >= LIMIT:
            rows = np.flatnonzero(percents == float(start))
            kind = Arithmetic(most * start.denominator, under * abs(start.numerator))
            reached, possible = self._percent.numbers(block.registers[0].of(rows), kind)
            beyond[rows] = exceeds(reached * kind.number(start.denominator), possible * kind.number(start.numerator))
        return beyond


def _nearly(percents: Numbers, shown: Rounding) -> tuple[Numbers, Mask]:
    """Return finals in steps by the nearest doubles, and whose are sure.

    A nearest double is off by 2^-53 of itself, and the power of ten that it is multiplied or divided by is a double, so
    what comes out is off by less than 2^-50 of itself. Who is within 2^-48 of where the rounding turns is not sure.
    """
    tens = 10.0 ** abs(shown.places)
    size = np.abs(percents)
    size = size * tens if shown.places >= 0 else size / tens
    turn = _TURNS.get(shown.mode, float(shown.up_from))
    beyond = size - turn
    sure = np.abs(beyond - np.rint(beyond)) > (size + 1) * 2.0**-48
    return np.copysign(np.floor(beyond) + 1, percents), sure


def write_steps(steps: Numbers, shown: Rounding) -> pa.Array:
    """Return whole numbers of the last place as decimal texts."""
    places, most = shown.places, np.abs(steps).max(initial=0)
    if 0 <= places <= _MOST_PLACES and most < LIMIT:
        halves = np.empty((len(steps), 2), np.int64)
        halves[:, 0] = steps
        halves[:, 1] = halves[:, 0] >> 63
        decimals = pa.Array.from_buffers(pa.decimal128(_PRECISION, places), len(steps), [None, pa.py_buffer(halves)])
        return pc.cast(decimals, pa.string())
    return pa.array([shown.show(Fraction(int(each)) / Fraction(10) ** places) for each in steps], pa.string())
