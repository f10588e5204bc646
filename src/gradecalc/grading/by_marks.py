# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which lines are graded, ungraded or exempt as far as plain marks say it, before anything is worked out (U10).

The rule stands in `report.recorded`; here is what follows from it without figures. Of eight quizzes of which one is
dropped, two with a mark leave one that counts and is graded, and so is their category; where nothing is recorded,
nothing is graded. What else a line may be, the exact engine says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, Final, NamedTuple

from ..gradebook.aggregation import Mean, SumOfPoints
from ..gradebook.drops import how_many
from ..gradebook.weights import WeightedMean
from ..marks import EXEMPT, UNGRADED, ItemKind, NoScore
from .planned import AnyLine, Place, PlannedBranch, PlannedItem

_MOST_WAYS: Final = 32
"""So many ways to be graded are looked at for one line; who is graded by another is left to the exact engine."""

Recorded = Callable[[str], Any]
"""What is recorded for an id: a number or a text, `EXEMPT`, or nothing."""


class _Enough(NamedTuple):
    """So many marks on these items."""

    needed: int
    ids: tuple[str, ...]

    def are_in(self, recorded: Recorded) -> bool:
        """Return whether so many are recorded."""
        missing = self.needed
        for id_ in self.ids:
            if _is_number(recorded(id_)):
                missing -= 1
                if not missing:
                    return True
        return False


_Way = tuple[_Enough, ...]
"""Marks that make a line graded once all of them are there, whatever they are and whatever else is."""


class ByMarks:
    """What marks say of the lines of a plan, where a learner has nothing but plain marks on its items.

    So nothing is overridden, and nothing exempt but items and what is made of these. In the place of the results of
    the lines that are `replaced` others may stand.
    """

    def __init__(self, lines: Sequence[AnyLine]) -> None:
        self._lines, self.replaced = lines, frozenset(_replaced(lines))
        self._blank: dict[int, Sequence[str] | None] = {}
        self._ways: dict[int, list[_Way]] = {}
        for each in reversed(lines):
            if isinstance(each, PlannedBranch) and self._is_sum(each):
                self._ways[each.line] = [*islice(self._ways_of(each), _MOST_WAYS)]

    def without_score(self, line: int, recorded: Recorded) -> NoScore | None:
        """Return `EXEMPT` or `UNGRADED`, or None where a line has a recorded score.

        Raises `LookupError` where that does not follow from the marks alone.
        """
        planned = self._lines[line]
        if isinstance(planned, PlannedItem):
            return _standing(recorded(planned.id))
        for way in self._ways.get(line, ()):
            if all(each.are_in(recorded) for each in way):
                return None
        ids = self._ids(planned)
        if ids is None or not all(_is_blank(recorded(id_)) for id_ in ids):
            raise LookupError(line)
        return UNGRADED

    def _ids(self, branch: AnyLine) -> Sequence[str] | None:
        """Return the ids of all items in a branch, or None where it may be graded by others."""
        if branch.line not in self._blank:
            within = self._lines[branch.line : branch.end]
            alone = all(isinstance(each, (PlannedBranch, PlannedItem)) for each in within)
            untouched = self.replaced.isdisjoint(range(branch.line, branch.end))
            items = [each.id for each in within if isinstance(each, PlannedItem)]
            self._blank[branch.line] = items if alone and untouched else None
        return self._blank[branch.line]

    def _is_sum(self, branch: PlannedBranch) -> bool:
        """Return whether a branch has a score once one child has that counts and weighs something."""
        aggregation = branch.aggregation
        return (
            branch.line not in self.replaced
            and not branch.ways
            and not branch.movers
            and branch.frame.scale != 0
            and isinstance(aggregation, (SumOfPoints, Mean, WeightedMean))
            and not (isinstance(aggregation, WeightedMean) and aggregation.ranks)
        )

    def _ways_of(self, branch: PlannedBranch) -> Iterator[_Way]:
        """Yield the marks that leave a child which counts, is graded and weighs something, whatever is dropped."""
        weighing = [place for place in branch.children if place.carries and place.weight > 0 and place.max_points]
        kept = [place for place in weighing if branch.drop is None or not place.droppable]
        yield from self._ways_with(kept, 1)
        if branch.drop is not None:
            present = sum(place.droppable for place in branch.children)
            most = max(sum(how_many(branch.drop, count)) for count in range(present + 1))
            yield from self._ways_with([place for place in weighing if place.droppable], most + 1)

    def _ways_with(self, places: Sequence[Place], needed: int) -> Iterator[_Way]:
        """Yield the marks by which so many of the children are graded."""
        ids = tuple(self._lines[place.line].id for place in places if self._is_marked(place.line))
        if len(ids) >= needed:
            yield (_Enough(needed, ids),)
        branches = [self._ways[place.line] for place in places if self._ways.get(place.line)]
        if needed == 1:
            yield from chain.from_iterable(branches)
        elif len(branches) >= needed:
            yield tuple(chain.from_iterable(ways[0] for ways in branches[:needed]))

    def _is_marked(self, line: int) -> bool:
        planned = self._lines[line]
        return isinstance(planned, PlannedItem) and planned.kind is not ItemKind.TEXT and line not in self.replaced


def _replaced(lines: Sequence[AnyLine]) -> Iterator[int]:
    """Yield the lines in the place of whose result another's may stand."""
    for each in lines:
        if each.replaced is not None:
            yield each.line
        if isinstance(each, PlannedBranch) and each.replace_lowest is not None:
            yield from each.replace_lowest.lines


def _is_blank(mark: object) -> bool:
    return mark is None or mark is UNGRADED


def _is_number(mark: object) -> bool:
    return mark is not None and type(mark) is not NoScore


def _standing(mark: object) -> NoScore | None:
    """Return the same of an item by its own mark; raises `LookupError` for a text, which may be none."""
    if type(mark) is str:
        raise LookupError(mark)
    return EXEMPT if mark is EXEMPT else UNGRADED if _is_blank(mark) else None
