# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The marks of a batch, for blocks of learners: a few columns at once, as rows of one array."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import pyarrow as pa

from ...grading.plan import Plan
from ...grading.planned import AnyLine, PlannedItem
from ...marks import ItemKind
from .blocks import NARROW, Asked, Block, Cells, Mask, Numbers, Scratch
from .carrier import Carrier
from .layout import TableColumns
from .readers import Doubles, MarkColumn, column, is_text, packed_truths, packed_valid, truths, unpacked, valid


class BatchMarks:
    """The marks of a batch, to be read block by block; a block starts at a multiple of eight."""

    def __init__(
        self, arrays: Mapping[int, pa.Array], size: int, columns: TableColumns, plan: Plan, carrier: Carrier
    ) -> None:
        self._size, self._plan, self._scale, self._lines = size, plan, carrier.scale, carrier.program.positions
        self._marks = {line: arrays[place] for line, place in columns.marks.items()}
        self._exempt = {line: arrays[place] for line, place in columns.exempt.items()}
        others = self._marks.keys() - carrier.positions
        watched = [self._marks[line] for line in others if not _is_remark(plan.lines[line], self._marks[line])]
        self._present = [each for each in watched if each.null_count < len(each)]
        self._true = [self._exempt[line] for line in self._exempt.keys() - carrier.positions]
        self._groups: dict[Asked, _Group] = {}

    def block(self, start: int, stop: int, scratch: Scratch) -> Block:
        """Return a block of learners; whoever has something that is no mark of an item is the exact engine's."""
        block = Block(stop - start, partial(self._cells, start, stop), scratch)
        for array in self._present:
            block.refused |= valid(array, start, stop)
        for array in self._true:
            block.refused |= truths(array, start, stop)
        return block

    def exempt(self, start: int, stop: int) -> Mask:
        """Return who is exempt from anything."""
        masks = [truths(each, start, stop) for each in self._exempt.values()]
        exempt: Mask = np.logical_or.reduce([np.zeros(stop - start, np.bool_), *masks])
        return exempt

    def _cells(self, start: int, stop: int, asked: Asked, block: Block) -> Cells:
        group = self._groups.get(asked)
        if group is None:
            group = self._groups[asked] = self._group(self._lines[asked.first : asked.first + asked.rows], asked.most)
        return group.cells(start, stop, block)

    def _group(self, lines: Sequence[int], most: int) -> _Group:
        size, marks = self._size, [self._marks.get(line) for line in lines]
        known = _stacked([packed_valid(each, size) for each in marks], 255, size)
        exempt = _stacked([packed_truths(self._exempt.get(line), size) for line in lines], 0, size)
        if most < NARROW and Doubles.can_read(marks, self._scale):
            return _Group(Doubles(marks, size, self._scale), known, exempt)
        return _Group(_Mixed([self._column(*each) for each in zip(lines, marks, strict=True)]), known, exempt)

    def _column(self, line: int, array: pa.Array | None) -> MarkColumn | None:
        item = self._plan.lines[line]
        assert isinstance(item, PlannedItem)  # noqa: S101 - what is read at a position is an item's
        return None if array is None or pa.types.is_null(array.type) else column(array, item, self._scale)


def _is_remark(line: AnyLine, array: pa.Array) -> bool:
    """Return whether a column holds the texts of a text item, which never count."""
    return isinstance(line, PlannedItem) and line.kind is ItemKind.TEXT and is_text(array.type)


class _Group:
    """Columns that are read at once: what is there, and who is exempt, as rows of bits, or None where that is alike."""

    def __init__(self, columns: Doubles | _Mixed, known: Numbers | None, exempt: Numbers | None) -> None:
        self._columns, self._known, self._exempt = columns, known, exempt

    def cells(self, start: int, stop: int, block: Block) -> Cells:
        """Return a part of the columns; whoever has what cannot be read is refused in the block."""
        points, read = self._columns.read(start, stop, block.scratch)
        known = None if self._known is None else unpacked(self._known, start, stop)
        there = _refusing(read, known, block)
        exempt = None if self._exempt is None else unpacked(self._exempt, start, stop)
        if exempt is not None:
            there = ~exempt if there is None else np.greater(there, exempt, out=there)
        if there is not None:
            np.multiply(points, there, out=points)
        return Cells(points, there, *_extremes(points), exempt)


class _Mixed:
    """Columns of any kind, or none."""

    def __init__(self, columns: Sequence[MarkColumn | None]) -> None:
        self._columns = columns

    def read(self, start: int, stop: int, scratch: Scratch) -> tuple[Numbers, Mask]:
        """Return what is there as doubles, and what of it was read."""
        points = scratch.lend("long points", np.float64, len(self._columns), stop - start)
        read = np.ones(points.shape, np.bool_)
        for row, each in enumerate(self._columns):
            own = None if each is None else each.read(start, stop, points[row])
            if each is None:
                points[row] = 0
            elif own is not None:
                read[row] = own
        return points, read


def _extremes(points: Numbers) -> tuple[float, float]:
    """Return between what points are, once what is no number, and remains none in a product, is made 0."""
    if points.dtype == np.int32:
        highest = int(np.maximum.reduce(points.view(np.uint32), axis=None))
        if highest < NARROW:  # or some are below 0
            return 0, highest
    elif np.isnan(np.minimum.reduce(points, axis=None)):
        np.copyto(points, 0, where=np.isnan(points))
    return int(np.minimum.reduce(points, axis=None)), int(np.maximum.reduce(points, axis=None))


def _refusing(read: Mask, known: Mask | None, block: Block) -> Mask | None:
    """Return who has what was read, and refuse whoever has something else."""
    if known is None:
        if read.all():
            return None
        block.refused |= ~read.all(axis=0)
        return read
    unread = known > read
    if unread.any():
        block.refused |= unread.any(axis=0)
    return np.logical_and(read, known, out=read)


def _stacked(rows: Sequence[Numbers | None], otherwise: int, size: int) -> Numbers | None:
    """Return bits as rows of one array, with all of them alike where there are none; None if there are none at all."""
    if all(row is None for row in rows):
        return None
    stacked = np.empty((len(rows), (size + 7) // 8), np.uint8)
    for nth, row in enumerate(rows):
        stacked[nth] = otherwise if row is None else row
    return stacked
