# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a plain mark on an item comes to: worked out when it first comes, and looked up from then on.

Whoever has 8.5 of 10 has the same points after floor, rounding and cap, for the same reasons, and the same part of the
branch, whatever else they have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ..exact import Exact
from ..gradebook.contributions import Part
from ..marks import READ_ALIKE, Mark, Reading, is_alike, read_mark
from ..reasons import Note
from .planned import AnyLine, Place, PlannedBranch, PlannedFormula, PlannedItem
from .steps import circumstances, enter

_MOST_KEPT: Final = 1 << 12


Settled = tuple[Reading, Exact, Part | None, tuple[Note, ...]]
"""A mark on an item as read, and what it comes to there: the points, the part of the branch, and the notes why."""


class SettledMarks(dict[object, Settled | Reading]):
    """What plain marks on an item come to, by the mark; where there is no number, how they are read."""

    __slots__ = ("_item", "_place", "line")

    def __init__(self, item: PlannedItem, place: Place | None) -> None:
        self._item, self._place, self.line = item, place, item.line

    def with_circumstances(self, mark: Mark) -> Settled | Reading:
        """Return what a mark with circumstances comes to; its number may be settled as a plain one is."""
        item = self._item
        reading = read_mark(mark, item.kind, item.max_points, item.symbols)
        plain = self[mark.points] if type(mark.points) in READ_ALIKE else None
        if plain is None or type(plain) is Reading or _counts_otherwise(reading, item):
            return reading
        _, points, part, notes = plain
        return reading, points, part, (*circumstances(reading), *notes)

    def __missing__(self, mark: object) -> Settled | Reading:
        """Return how a mark is read, and what it comes to; raises `UnreadableMarkError`."""
        item = self._item
        reading = read_mark(mark, item.kind, item.max_points, item.symbols)
        found = reading if reading.points is None else _settled(item, reading, reading.points, self._place)
        if len(self) < _MOST_KEPT and (reading.points is None or is_alike(reading.points)):
            self[mark] = found
        return found


def _settled(item: PlannedItem, reading: Reading, points: Exact, place: Place | None) -> Settled:
    notes: list[Note] = []
    settled = enter(item, points, item.max_points, lambda _, *note: notes.append(note))
    return reading, settled, None if place is None else _usual_part(place, settled, item.max_points), tuple(notes)


def _usual_part(place: Place, points: Exact, out_of: Exact) -> Part | None:
    """Return the part of the branch if it is over the usual divisor there, or over any where there is none."""
    part = place.part(points, out_of)
    return part if part.under and part.under == (place.usual or part.under) else None


def _counts_otherwise(reading: Reading, item: PlannedItem) -> bool:
    """Return whether a mark's circumstances change what it comes to, or are told before it."""
    return reading.exempt or reading.symbol is not None or reading.out_of not in (None, item.max_points)


class SettledByItem:
    """The tables of all items of a plan, by id; a copy or a pickle of them begins anew."""

    __slots__ = ("_lines", "count", "of")

    def __init__(self, lines: Sequence[AnyLine]) -> None:
        self._lines, self.count = lines, len(lines)
        places = dict(_places(lines))
        self.of: Mapping[str, SettledMarks] = {
            each.id: SettledMarks(each, places.get(each.line)) for each in lines if isinstance(each, PlannedItem)
        }

    def __reduce__(self) -> tuple[object, ...]:
        return SettledByItem, (self._lines,)


def _places(lines: Sequence[AnyLine]) -> Iterator[tuple[int, Place]]:
    """Yield where children that count stand, by line; in a branch that weighs them in several ways it is not known."""
    for line in lines:
        if isinstance(line, PlannedFormula) or (isinstance(line, PlannedBranch) and not line.ways):
            yield from ((place.line, place) for place in line.children if place.counts and not place.bonus)


class ReadMarks(dict[int, Reading]):
    """The marks of a learner as read, by line, with columns of what those come to that are settled.

    The columns are those of the plan whose tables they are `of`; `others` are the readings that are not in them. As a
    plain dict it is worth the same, and what is in it is settled anew.
    """

    __slots__ = ("notes", "of", "others", "parts", "points")

    def __init__(self, of: SettledByItem) -> None:
        self.of = of
        self.points: list[Exact | None] = [None] * of.count
        self.parts: list[Part | None] = [None] * of.count
        self.notes: list[tuple[int, Note]] = []
        self.others: dict[int, Reading] = {}

    def with_others(self, others: Mapping[int, Reading]) -> ReadMarks:
        """Return it with other readings of some lines."""
        made = ReadMarks(self.of)
        made.update(self)
        made.update(others)
        made.points, made.parts, made.others = self.points.copy(), self.parts.copy(), {**self.others, **others}
        made.notes = [(line, note) for line, note in self.notes if line not in others]
        for line in others:
            made.points[line] = made.parts[line] = None
        return made
