# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What came out for a batch, while it is filled block by block and by the exact engine, and then as columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ...report.report import Report
from ...report.results import NO_GRADE_SHOWN
from .blocks import Block, Mask, Numbers
from .carrier import Quotient
from .finals import Finals

_TEXT = pa.string()


class GradedBatch:
    """The percents of the branches and the finals of a batch; `refused` says who is the exact engine's."""

    def __init__(self, size: int, branches: int) -> None:
        self.percents = np.zeros((branches, size))
        self.has: Mask = np.zeros((branches, size), np.bool_)
        self.refused: Mask = np.zeros(size, np.bool_)
        self.steps: Numbers = np.zeros(size)
        self.bands = np.full(size, -1, np.int32)

    def enter(self, start: int, block: Block, branches: Sequence[Quotient], finals: Finals) -> None:
        """Enter what a block came to."""
        part = slice(start, start + block.size)
        for row, quotient in enumerate(branches):
            register = block.registers[quotient.line]
            quotient.nearest(register, self.percents[row, part])
            self.has[row, part] = True if register.has is None else register.has
        self.refused[part] = block.refused
        self.steps = _room(self.steps, steps := finals.steps(block, self.percents[0, part]))
        self.steps[part] = steps
        self.bands[part] = finals.bands(block, self.percents[0, part])

    def merge(self, rows: Numbers, other: GradedBatch) -> None:
        """Enter what some of the rows came to elsewhere."""
        self.percents[:, rows], self.has[:, rows] = other.percents, other.has
        self.refused[rows] = other.refused
        self.steps = _room(self.steps, other.steps)
        self.steps[rows], self.bands[rows] = other.steps, other.bands

    def columns(self, finals: Finals | None, outcomes: Sequence[Report | str], ids: Sequence[str]) -> list[pa.Array]:
        """Return the columns: percents, the final as shown, its symbol, and the problem."""
        reports = [each if isinstance(each, Report) else None for each in outcomes]
        for row, id_ in enumerate(ids):
            self._enter_reports(row, id_, reports)
        percents = [self._percents(row) for row in (*range(1, len(ids)), 0)]
        shown = [None if each is None else each.final.shown for each in reports]
        symbols = [None if each is None else each.final.symbol for each in reports]
        problems = [each if isinstance(each, str) else None for each in outcomes]
        texts = zip((*self._texts(finals), pa.nulls(self.refused.size, _TEXT)), (shown, symbols, problems), strict=True)
        return [*percents, *(self._with(column, own) for column, own in texts)]

    def _enter_reports(self, row: int, id_: str, reports: Sequence[Report | None]) -> None:
        found = [None if each is None else each[id_].percent for each in reports]
        if found:
            self.percents[row, self.refused] = [0.0 if each is None else float(each) for each in found]
            self.has[row, self.refused] = [each is not None for each in found]

    def _percents(self, row: int) -> pa.Array:
        has, values = self.has[row], self.percents[row]
        known = None if has.all() else pa.py_buffer(np.packbits(has, bitorder="little"))
        return pa.Array.from_buffers(pa.float64(), len(values), [known, pa.py_buffer(values)])

    def _texts(self, finals: Finals | None) -> Iterator[pa.Array]:
        """Yield what finals look like, and their symbols."""
        if finals is None:
            yield from (pa.nulls(self.refused.size, _TEXT) for _ in range(2))
            return
        texts, places = finals.texts(self.steps), pa.array(self.bands)
        absent = ~self.has[0]
        if absent.any():
            texts = pc.if_else(pa.array(absent), NO_GRADE_SHOWN, texts)
        if absent.any() or self.bands.min(initial=0) < 0:
            places = pa.array(self.bands, mask=absent | (self.bands < 0))
        yield texts
        yield finals.symbols.take(places)

    def _with(self, column: pa.Array, own: Sequence[str | None]) -> pa.Array:
        """Return a column in which those whom the exact engine graded have their own."""
        if not own:
            return column
        return pc.replace_with_mask(column, pa.array(self.refused), pa.array(own, _TEXT))


def _room(steps: Numbers, more: Numbers) -> Numbers:
    """Return an array in which whole numbers of any length fit, if some are to come."""
    return steps.astype(np.int64).astype(object) if more.dtype == object != steps.dtype else steps
