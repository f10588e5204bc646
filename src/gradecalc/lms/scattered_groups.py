# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which items a group has that stand anywhere among those of others, and of which some results are dropped.

What is stated of a group is nearly a sum: who has what is dropped has a little less. The sums that come nearest say of
each item in which group it likely is; then items are moved, one by one, while that brings learners nearer to what is
stated.

>>> rows = [(8, 20, 1), (3, 11, 9), (6, 13, 2), (9, 2, 9)]
>>> stated = [((1000 * max(row[0], row[2]), None), (1000 * row[1], None)) for row in rows]
>>> asked = [WholeFigures(tuple(1000 * each for each in row), each) for row, each in zip(rows, stated)]
>>> find_scattered([10_000, 20_000, 10_000], 2, asked)
((0, 2), (1,))

All numbers are in thousandths. Rule J34.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from math import comb
from typing import Final, NamedTuple

_MOST_DROPPED: Final = 4
_MOST_CHOICES: Final = 1_000
_MOST_ASKED: Final = 24
_MOST_TRIALS: Final = 1_000_000
"""How many ways to drop results are tried, of all sets of items and everybody."""
_UNIT: Final = 1_000
_HALF: Final = 5
"""Half of a hundredth, up to which what is stated may be rounded."""

_FARTHEST: Final = 20_000
"""How far a figure is at the most; nobody who has what is stated counts for more than how far all others are."""


class WholeFigures(NamedTuple):
    """What somebody has in each item, None where nothing counts, and the points and percent stated of each group."""

    points: tuple[int | None, ...]
    stated: tuple[tuple[int | None, int | None], ...]


def find_scattered(
    maxima: Sequence[int], count: int, asked: Sequence[WholeFigures]
) -> tuple[tuple[int, ...], ...] | None:
    """Return the items of each group for which everybody has what is stated, as far as they are asked; None if none."""
    shares = [_near_sums(maxima, nth, asked) for nth in range(count)]
    own = [max(range(count), key=lambda nth: shares[nth][item]) for item in range(len(maxima))]
    moves = _Moves(maxima, count, asked[:: len(asked) // _MOST_ASKED + 1], own)
    while not moves.all_fit and (moves.improve() or moves.improve_by_two()):
        pass
    return tuple(map(moves.members, range(count))) if moves.all_fit else None


class _Moves:
    """Items while they are moved from group to group; `own` is the group of each."""

    def __init__(self, maxima: Sequence[int], count: int, asked: Sequence[WholeFigures], own: list[int]) -> None:
        self.maxima, self.count, self.asked, self.own = maxima, count, asked, own
        self.known: dict[tuple[int, tuple[int, ...]], int] = {}
        self.left = _MOST_TRIALS

    @property
    def all_fit(self) -> bool:
        """Whether everybody has what is stated of every group."""
        return not self._far(range(self.count))

    def members(self, nth: int) -> tuple[int, ...]:
        """Return the items of a group."""
        return tuple(item for item, own in enumerate(self.own) if own == nth)

    def improve(self) -> bool:
        """Move each item to where all are nearer to what is stated, if they are; return whether one was moved."""
        moved = [self._try({item: nth}) for item, nth in product(range(len(self.own)), range(self.count))]
        return any(moved)

    def improve_by_two(self) -> bool:
        """Move two items at once, the first by which all are nearer to what is stated; return whether two were."""
        pairs = combinations(range(len(self.own)), 2)
        groups = list(product(range(self.count), repeat=2))
        return any(self._try({one: here, other: there}) for one, other in pairs for here, there in groups)

    def _try(self, moved: Mapping[int, int]) -> bool:
        """Move items into other groups, and back unless all are nearer to what is stated then."""
        before = {item: self.own[item] for item in moved}
        changed = {*moved.values(), *before.values()}
        if any(before[item] == nth for item, nth in moved.items()) or self.left < 0:
            return False
        far = self._far(changed)
        self._put(moved)
        if self._far(changed) < far:
            return True
        self._put(before)
        return False

    def _put(self, moved: Mapping[int, int]) -> None:
        for item, nth in moved.items():
            self.own[item] = nth

    def _far(self, groups: Iterable[int]) -> int:
        return sum(self._distance(nth, self.members(nth)) for nth in groups)

    def _distance(self, nth: int, members: tuple[int, ...]) -> int:
        """Return how far all are from what is stated of a group, if it has these items and as many are dropped."""
        if (nth, members) not in self.known:
            of_group = [(self._results(each, members), each.stated[nth]) for each in self.asked]
            self.left -= len(self.asked) * sum(_choices(len(members), each) for each in range(_MOST_DROPPED + 1))
            self.known[nth, members] = min(
                sum(_distance(results, stated, dropped) for results, stated in of_group)
                for dropped in range(_MOST_DROPPED + 1)
            )
        return self.known[nth, members]

    def _results(self, asked: WholeFigures, members: Sequence[int]) -> list[tuple[int, int]]:
        points = ((asked.points[item], self.maxima[item]) for item in members)
        return [(here, out_of) for here, out_of in points if here is not None]


def _distance(results: Sequence[tuple[int, int]], stated: tuple[int | None, int | None], dropped: int) -> int:
    """Return how far all but so many results are from what is stated, at the nearest; of few all may be dropped."""
    points, percent = stated
    if points is None and percent is None:
        return 0
    summed, whole = sum(here for here, _ in results), sum(out_of for _, out_of in results)
    counts = (dropped,) if dropped < len(results) else range(len(results) + 1)
    if not _choices(len(results), dropped):
        return 2 * _FARTHEST
    nearest = 2 * _FARTHEST
    found = (
        _apart(summed - sum(here for here, _ in out), whole - sum(out_of for _, out_of in out), points, percent)
        for count in counts
        for out in combinations(results, count)
    )
    for each in found:
        nearest = min(nearest, each)
        if not nearest:
            break
    return nearest


def _choices(size: int, dropped: int) -> int:
    """Return in how many ways so many results are dropped, 0 where that is too many to be tried."""
    count = comb(size, min(dropped, size))
    return count if count <= _MOST_CHOICES else 0


def _apart(left: int, out_of: int, points: int | None, percent: int | None) -> int:
    """Return how far a result is from what is stated, in thousandths of a point, or else of a percent."""
    of_points = 0 if points is None else abs(left - points)
    of_percent = 0 if percent is None else abs(100 * _UNIT * left - percent * out_of) if out_of else percent
    if of_points <= _HALF and of_percent <= _HALF * out_of:
        return 0
    return _FARTHEST + min(of_points or of_percent // max(out_of, 1), _FARTHEST)


def _near_sums(maxima: Sequence[int], nth: int, asked: Sequence[WholeFigures]) -> list[float]:
    """Return how much of each item is in a group, in the sums nearest to the points and the maxima stated of it."""
    rows: list[list[int]] = []
    for points, stated in asked:
        summed, percent = stated[nth]
        if summed is not None:
            rows.append([*(here or 0 for here in points), summed])
        if summed and percent:
            there = (0 if here is None else out_of for here, out_of in zip(points, maxima, strict=True))
            rows.append([*there, round(100 * _UNIT * summed / percent)])
    return _least_squares([[each / _UNIT for each in row] for row in rows], len(maxima))


def _least_squares(rows: Sequence[Sequence[float]], size: int) -> list[float]:
    """Return the factors of so many columns that come nearest to the last one, small where rows leave them open."""
    table = [[sum(row[here] * row[there] for row in rows) for there in range(size + 1)] for here in range(size)]
    for place in range(size):
        table[place][place] += len(rows) ** 0.5 + 1
    for place in range(size):
        table[place] = [each / table[place][place] for each in table[place]]
        for nth in range(size):
            factor = table[nth][place]
            if nth != place and factor:
                table[nth] = [here - factor * there for here, there in zip(table[nth], table[place], strict=True)]
    return [row[size] for row in table]
