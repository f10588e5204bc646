# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The marks of a batch, for blocks of learners: a few columns at once, as rows of one array."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pyarrow as pa

from ...grading.plan import Plan
from ...grading.planned import AnyLine, PlannedItem
from ...marks import ItemKind
from .blocks import NARROW, Asked, Block, Cells, Mask, Numbers, Scratch
from .carrier import Carrier
from .layout import TableColumns
from .readers import Floats, MarkColumn, column, is_text, packed_truths, packed_valid, plain, truths, unpacked, valid


class BatchMarks:
    """The marks of a batch, to be read block by block; a block starts at a multiple of eight."""

    def __init__(self, batch: pa.RecordBatch, columns: TableColumns, plan: Plan, carrier: Carrier) -> None:
        self._batch, self._plan, self._scale = batch, plan, carrier.scale
        self._marks = {line: plain(batch.column(place)) for line, place in columns.marks.items()}
        self._exempt = {line: batch.column(place) for line, place in columns.exempt.items()}
        self._lines = carrier.program.positions
        others = {line: array for line, array in self._marks.items() if line not in self._lines}
        self._watched = [array for line, array in others.items() if not _is_remark(plan.lines[line], array)]
        self._groups: dict[tuple[int, int], _Group] = {}

    def block(self, start: int, stop: int, scratch: Scratch) -> Block:
        """Return a block of learners; whoever has something that is no mark of an item is the exact engine's."""
        block = Block(stop - start, partial(self._cells, start, stop), scratch)
        for array in self._watched:
            block.refused |= valid(array, start, stop)
        for line in self._exempt.keys() - set(self._lines):
            block.refused |= truths(self._exempt[line], start, stop)
        return block

    def exempt(self, start: int, stop: int) -> Mask:
        """Return who is exempt from anything."""
        masks = [truths(each, start, stop) for each in self._exempt.values()]
        exempt: Mask = np.logical_or.reduce([np.zeros(stop - start, np.bool_), *masks])
        return exempt

    def _cells(self, start: int, stop: int, asked: Asked, block: Block) -> Cells:
        first, count, most = asked
        group = self._groups.get((first, count))
        if group is None:
            group = self._groups[first, count] = self._group(self._lines[first : first + count])
        return group.cells(start, stop, most, block)

    def _group(self, lines: Sequence[int]) -> _Group:
        columns: list[MarkColumn | None] = []
        for line in lines:
            item, array = self._plan.lines[line], self._marks.get(line)
            assert isinstance(item, PlannedItem)  # noqa: S101 - what is read at a position is an item's
            nothing = array is None or pa.types.is_null(array.type)
            columns.append(None if nothing else column(array, item, self._scale))
        size = self._batch.num_rows
        known = [packed_valid(self._marks.get(line), size) for line in lines]
        exempt = [packed_truths(self._exempt.get(line), size) for line in lines]
        return _Group(columns, _stacked(known, 255, size), _stacked(exempt, 0, size))


def _is_remark(line: AnyLine, array: pa.Array) -> bool:
    """Return whether a column holds the texts of a text item, which never count."""
    return isinstance(line, PlannedItem) and line.kind is ItemKind.TEXT and is_text(array.type)


class _Group:
    """Columns that are read at once: what is there, and who is exempt, as rows of bits, or None where that is alike."""

    def __init__(self, columns: Sequence[MarkColumn | None], known: Numbers | None, exempt: Numbers | None) -> None:
        self._columns, self._known, self._exempt = columns, known, exempt
        floats = [each for each in columns if isinstance(each, Floats)]
        self._narrow = floats if len(floats) == len(columns) and all(each.is_narrow for each in floats) else None

    def cells(self, start: int, stop: int, most: int, block: Block) -> Cells:
        """Return a part of the columns; whoever has what cannot be read is refused in the block."""
        points, read = (self._integers if self._narrow and most < NARROW else self._doubles)(start, stop, block)
        known = None if self._known is None else unpacked(self._known, start, stop)
        there = _refusing(read, known, block)
        exempt = None if self._exempt is None else unpacked(self._exempt, start, stop)
        if exempt is not None:
            there = ~exempt if there is None else np.greater(there, exempt, out=there)
        if there is not None:
            np.multiply(points, there, out=points)
        low, high = points.min(), points.max()
        if np.isnan(low):  # what is no number remains none in a product
            np.copyto(points, 0, where=np.isnan(points))
            low, high = points.min(), points.max()
        return Cells(points, there, low, high, exempt)

    def _integers(self, start: int, stop: int, block: Block) -> tuple[Numbers, Mask]:
        """Read columns of doubles, which is what most tables have, in as few steps as will do."""
        shape = len(self._columns), block.size
        points, read = block.scratch.lend("points", np.int32, *shape), block.scratch.lend("read", np.bool_, *shape)
        (row,) = block.scratch.lend("row", np.float64, 1, block.size)
        for nth, each in enumerate(self._narrow or ()):
            each.read_narrow(start, stop, row, points[nth], read[nth])
        return points, read

    def _doubles(self, start: int, stop: int, block: Block) -> tuple[Numbers, Mask]:
        points = block.scratch.lend("long points", np.float64, len(self._columns), block.size)
        read = np.ones(points.shape, np.bool_)
        for row, each in enumerate(self._columns):
            own = None if each is None else each.read(start, stop, points[row])
            if each is None:
                points[row] = 0
            elif own is not None:
                read[row] = own
        return points, read


def _refusing(read: Mask, known: Mask | None, block: Block) -> Mask | None:
    """Return who has what was read, and refuse whoever has something else."""
    if known is None:
        if read.all():
            return None
        block.refused |= ~read.all(axis=0)
        return read
    both = read & known
    if np.count_nonzero(both) < np.count_nonzero(known):
        block.refused |= (known & ~read).any(axis=0)
    return both


def _stacked(rows: Sequence[Numbers | None], otherwise: int, size: int) -> Numbers | None:
    """Return bits as rows of one array, with all of them alike where there are none; None if there are none at all."""
    if all(row is None for row in rows):
        return None
    stacked = np.full((len(rows), (size + 7) // 8), otherwise, np.uint8)
    for row, own in enumerate(rows):
        if own is not None:
            stacked[row] = own
    return stacked
