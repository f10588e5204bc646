# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Marks as the registers of a block: a few columns at once, each after its floor, its rounding and its cap.

Columns of which one sum alone makes use are read when it comes to them, and leave their array to the next: what is
worked on stays in the cache, however many items a gradebook has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

import numpy as np

from ...grading.kernel.absences import looked_at
from ...grading.kernel.program import (
    Blank,
    KernelProgram,
    Read,
    Settling,
    Sum,
)
from ...rounding import Rounding, RoundingOf
from .blocks import (
    NARROW,
    ROWS,
    Arithmetic,
    Asked,
    Block,
    Cells,
    Mask,
    Numbers,
    Proven,
    Run,
    Stack,
    Surveyed,
    TermPlace,
    rounded,
)
from .sums import asked_at_once


class _Settler(NamedTuple):
    """What becomes of each mark when it is read, at the scale: floor, rounding, cap; and what is beyond `most`."""

    blank: Blank
    floor: int | None
    rounding: Callable[[Numbers], Numbers] | None
    limit: int | None
    most: int


class _Rows(NamedTuple):
    """Lines that are read at once, from a position on; the array of what is `fleeting` is then another's."""

    first: int
    lines: tuple[int, ...]
    fleeting: bool
    narrow: bool


_SO_FAR: Final = 2

_NOWHERE: Final = TermPlace(-1, 0, narrow=False)


def read(step: Read, spans: dict[int, Proven], surveyed: Surveyed) -> Run:
    """Return the step that reads, and enter what is proven of marks."""
    settling = step.settling
    most = most_of(settling)
    for register in step.to:
        spans[register] = Proven(most, surveyed.program.constants.get(register, 1))
    floor = None if settling.floor is None else int(settling.floor * settling.scale)
    rounding = None if settling.rounding is None else _rounding_of_marks(settling, settling.rounding)
    settler = _Settler(settling.blank, floor, rounding, _limit_of(settling), most)
    return partial(_run, tuple(_rows_of(step, surveyed.takers)), settler)


def most_of(settling: Settling) -> int:
    """Return the most that a mark is read up to, either way: where it is capped, twice as much as counts."""
    limit = _limit_of(settling)
    return settling.most if limit is None else min(settling.most, _SO_FAR * max(limit, settling.scale))


def _rows_of(step: Read, takers: Mapping[int, TermPlace]) -> Iterator[_Rows]:
    """Yield which lines are read at once: as many as fit of those that one sum alone asks for, in its order."""
    first = step.first
    every = [(line, _run_of(takers.get(line), position)) for position, line in enumerate(step.to)]
    for (list_, _, narrow), group in groupby(every, key=itemgetter(1)):
        lines = tuple(line for line, _ in group)
        for start in range(0, len(lines), ROWS):
            own = lines[start : start + ROWS]
            yield _Rows(first + start, own, list_ >= 0, narrow)
        first += len(lines)


def _run_of(place: TermPlace | None, position: int) -> TermPlace:
    return _NOWHERE if place is None else place._replace(nth=place.nth - position)


def takers_of(program: KernelProgram) -> Mapping[int, TermPlace]:
    """Return by line which list of terms is alone in asking for it."""
    lists = [lines for step in program.steps if isinstance(step, Sum) for lines in asked_at_once(step, program)]
    asked = Counter(looked_at(program.steps))
    most = {line: most_of(step.settling) for step in program.steps if isinstance(step, Read) for line in step.to}
    found = {}
    for number, lines in enumerate(lists):
        narrow = max(most.get(line, NARROW) for line in lines) * ROWS < NARROW
        found.update({line: TermPlace(number, nth, narrow) for nth, line in enumerate(lines) if asked[line] == 1})
    return found


def _limit_of(settling: Settling) -> int | None:
    """Return the most that counts, at the scale."""
    limit = settling.limit
    return None if limit is None else int(limit * settling.scale)


def _rounding_of_marks(settling: Settling, rounding: Rounding) -> Callable[[Numbers], Numbers] | None:
    """Return what rounds points at the scale to points at the scale; of what is out of 0 no percent is rounded."""
    points = rounding.of is RoundingOf.POINTS
    if not points and not settling.max_points:
        return None
    step = Fraction(10) ** -rounding.places * settling.scale * (1 if points else Fraction(settling.max_points, 100))
    kind = Arithmetic(0)

    def apply(points: Numbers) -> Numbers:
        """Round points at the scale."""
        whole = rounded(points * float(step.denominator), float(step.numerator), rounding, kind)
        return whole * float(step)

    return apply


def _run(every: Sequence[_Rows], settler: _Settler, block: Block) -> None:
    for rows in every:
        later = partial(_settled, settler, rows, block)
        block.registers.later.update(dict.fromkeys(rows.lines, later))
        if rows.fleeting:
            block.registers.fleeting.update(rows.lines)


def _settled(settler: _Settler, rows: _Rows, block: Block) -> Stack:
    """Return marks after floor, rounding and cap, with who has one; what is beyond is refused."""
    most = settler.most
    cells = block.marks(Asked(rows.first, len(rows.lines), most), block)
    points, low, high = cells.points, cells.low, cells.high
    if settler.floor is not None or settler.rounding is not None:
        points = _stepped(points, cells.known, settler)
        low, high = int(points.min()), int(points.max())
    if settler.limit is not None and high > settler.limit:
        np.minimum(points, settler.limit, out=points)
        high = settler.limit
    if high > most or low < -most:
        beyond = (points > most) | (points < -most)
        np.copyto(points, 0, where=beyond)
        block.refused |= beyond.any(axis=0)
    has = _having(rows.lines, cells, settler.blank, block, fleeting=rows.fleeting)
    if rows.fleeting and (rows.narrow or points.dtype != np.int32):
        return Stack(rows.lines, points, has)
    return Stack(rows.lines, _kept(points, block), has)


def _stepped(points: Numbers, known: Mask | None, settler: _Settler) -> Numbers:
    if settler.floor is not None:
        np.maximum(points, settler.floor, out=points)
    if settler.rounding is not None:
        points = settler.rounding(points)
    return points if known is None else np.multiply(points, known, out=points)


def _kept(points: Numbers, block: Block) -> Numbers:
    """Return points as doubles that are this block's."""
    own = block.scratch.take(*points.shape)
    np.copyto(own, points)
    return own


def _having(lines: tuple[int, ...], cells: Cells, blank: Blank, block: Block, *, fleeting: bool) -> Mask | None:
    """Return who has a score, with what is made of blanks."""
    if blank is Blank.OPEN:
        for row, line in enumerate(lines):
            block.exempt[line] = None if cells.exempt is None else cells.exempt[row]
    if blank is Blank.ZERO:
        return None if cells.exempt is None else ~cells.exempt
    return cells.known if cells.known is None or fleeting else cells.known.copy()
