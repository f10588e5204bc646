# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which items a group has, found from the figures that a file states of the group.

Ada has 8, 9, 5 and 20; of the first group the file states 17 points, of the second 25. So two and two it is:

>>> stands = [LearnerFigures((8, 9, 5, 20), ((17, None), (25, None)))]
>>> find_groups([10, 10, 10, 20], 2, [(stands, Ungraded.LEFT_OUT)])
Grouping(members=((0, 1), (2, 3)), is_only=True)

Items of a group stand together as a rule, and then some results may be dropped: what is missing is just what a few of
them have. Where they do not, which items a sum is made of is an equation for each learner. Rule J34.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from fractions import Fraction
from functools import cache
from itertools import combinations, islice, repeat
from math import comb
from typing import Any, Final, NamedTuple

from ..exact import Exact, ratio, total
from ..gradebook.contributions import WHOLE
from ..marks import EXEMPT, UNGRADED, Mark, NoScore
from .mark_sheet import Column, MarkSheet
from .scattered_groups import WholeFigures, find_scattered
from .stated import agrees

Result = tuple[Exact, Exact]
"""Points, and what they are out of."""

Stated = tuple[Exact | None, Exact | None]
"""The points and the percent that are stated of a group."""

MOST_ITEMS: Final = 80
"""The most items that are put into groups."""

_MOST_PLACES: Final = 160
"""The most items, times groups, that are tried in any order."""

_LOOKED_AT: Final = 60
"""How many learners are asked."""
_MOST_DROPPED: Final = 4
_MOST_CHOICES: Final = 3_000
"""In how many ways the dropped results of a learner are chosen."""
_PRIME: Final = 2**61 - 1
_PLACES: Final = 2
_HALF: Final = Fraction(1, 2 * 10**_PLACES)


class Ungraded(Enum):
    """What ungraded work did to what is stated."""

    LEFT_OUT = "left out"
    AS_ZERO = "as zero"


class LearnerFigures(NamedTuple):
    """A learner who is asked: the points in each item, None where it is ungraded, and what is stated of each group."""

    points: Sequence[Exact | NoScore | None]
    stated: Sequence[Stated]


class Grouping(NamedTuple):
    """The places of the items of each group, and whether nothing else gives what is stated."""

    members: tuple[tuple[int, ...], ...]
    is_only: bool


Evidence = tuple[Sequence[LearnerFigures], Ungraded]
"""What learners have and what is stated of it, with ungraded work left out or as zero."""


def find_groups(maxima: Sequence[Exact], count: int, gathered: Sequence[Evidence]) -> Grouping | None:
    """Return which items are in each of so many groups, that all that is stated comes out; None where none are.

    Of several ways to part them in their order the one with the fewest dropped results is given.
    """
    if not count or len(maxima) > MOST_ITEMS:
        return None
    parted = _parted(range(len(maxima)), range(count), maxima, gathered)
    if parted is not None:
        return parted
    solved = _solved(len(maxima), count, maxima, gathered)
    items = [place for place in range(len(maxima)) if not any(place in each for each in solved.values())]
    groups = [nth for nth in range(count) if nth not in solved]
    is_each_once = len(items) + sum(map(len, solved.values())) == len(maxima)
    rest = _parted(items, groups, maxima, gathered) if solved and is_each_once else None
    if rest is None:
        return _scattered(maxima, count, gathered)
    members = {**solved, **dict(zip(groups, rest.members, strict=True))}
    return Grouping(tuple(members[nth] for nth in range(count)), rest.is_only)


def _parted(
    items: Sequence[int], groups: Sequence[int], maxima: Sequence[Exact], gathered: Sequence[Evidence]
) -> Grouping | None:
    """Return how items are parted into groups in their order, None where they cannot be."""

    @cache
    def ways(nth: int, start: int) -> tuple[tuple[int, tuple[tuple[int, ...], ...]], ...]:
        """Return the two best ways to part the items from one on into the groups from one on, with their drops."""
        if nth == len(groups):
            return ((0, ()),) if start == len(items) else ()
        found = []
        for end in range(start, len(items) + 1):
            members = tuple(items[start:end])
            dropped = _dropped(maxima, groups[nth], members, gathered)
            if dropped is not None:
                found += [(dropped + more, (members, *others)) for more, others in ways(nth + 1, end)]
        return tuple(sorted(found)[:2])

    best = ways(0, 0)
    return Grouping(best[0][1], len(best) == 1 or best[0][0] < best[1][0]) if best else None


def _scattered(maxima: Sequence[Exact], count: int, gathered: Sequence[Evidence]) -> Grouping | None:
    """Return groups of items in any order, some of whose results are dropped, if such are soon found."""
    if len(maxima) * count > _MOST_PLACES:
        return None
    asked = [
        WholeFigures(
            tuple(_counted(each, ungraded) for each in points),
            tuple((_thousandths(here), _thousandths(share)) for here, share in stated),
        )
        for learners, ungraded in gathered
        for points, stated in learners
    ]
    members = find_scattered([_in_thousandths(each) for each in maxima], count, asked)
    every = members is not None and all(
        _dropped(maxima, nth, each, gathered) is not None for nth, each in enumerate(members)
    )
    return Grouping(members, is_only=False) if members is not None and every else None


def _counted(points: Exact | NoScore | None, ungraded: Ungraded) -> int | None:
    """Return points in thousandths, None where nothing counts."""
    if points is None or points is UNGRADED:
        return 0 if ungraded is Ungraded.AS_ZERO else None
    return None if isinstance(points, NoScore) else int(1000 * points)


def _thousandths(figure: Exact | None) -> int | None:
    return None if figure is None else int(1000 * figure)


def _solved(size: int, count: int, maxima: Sequence[Exact], gathered: Sequence[Evidence]) -> dict[int, tuple[int, ...]]:
    """Return the items of the groups whose points are a sum of theirs for everybody, by one way alone."""
    every = [each for learners, _ in gathered for each in learners]
    rows = [list(map(_in_thousandths, each.points)) for each in every]
    found: dict[int, tuple[int, ...]] = {}
    for nth in range(count):
        stated = [each.stated[nth][0] for each in every]
        equations = [[*row, _in_thousandths(sums)] for row, sums in zip(rows, stated, strict=True) if sums is not None]
        members = _members(equations, size)
        if members and _dropped(maxima, nth, members, gathered) == 0:
            found[nth] = members
    return found


def _in_thousandths(points: Exact | NoScore | None) -> int:
    return 0 if points is None or isinstance(points, NoScore) else int(1000 * points)


def _members(equations: list[list[int]], size: int) -> tuple[int, ...]:
    """Return which of so many numbers a sum is made of, of each once; none where that is not the only solution.

    It is solved in the numbers below a prime, since a solution of ones and zeros is one there too.
    """
    for place in range(size):
        pivot = next((nth for nth in range(place, len(equations)) if equations[nth][place] % _PRIME), None)
        if pivot is None:
            return ()
        equations[place], equations[pivot] = equations[pivot], equations[place]
        inverse = pow(equations[place][place], -1, _PRIME)
        lead = equations[place] = [each * inverse % _PRIME for each in equations[place]]
        for nth, row in enumerate(equations):
            if nth != place and row[place]:
                factor = row[place]
                equations[nth] = [(here - factor * there) % _PRIME for here, there in zip(row, lead, strict=True)]
    solution = [row[-1] for row in equations[:size]]
    return tuple(place for place, value in enumerate(solution) if value) if {*solution} <= {0, 1} else ()


class Tail(NamedTuple):
    """The first of the last items that are a group, and whether its figure is the mean of their shares, or a sum."""

    start: int
    as_mean: bool


def find_tail(maxima: Sequence[Exact], learners: Sequence[LearnerFigures], whole: Exact) -> Tail | None:
    """Return which last items have the points that are stated of a group, None where none have.

    They are the sum of theirs, or the mean of their shares out of a `whole`; of several ways the one with the fewest
    dropped results, and then with the most items.
    """
    if len(maxima) > MOST_ITEMS or not any(each.stated[0][0] for each in learners):
        return None
    ways = (None, Ungraded.LEFT_OUT, Ungraded.AS_ZERO) if all(maxima) else (None,)
    found = [
        (dropped, start, nth)
        for start in range(len(maxima))
        for nth, shares in enumerate(ways)
        if (dropped := _dropped_from(start, maxima, learners, shares, whole)) is not None
    ]
    best = min(found, default=None)
    return None if best is None else Tail(best[1], best[2] > 0)


def _dropped_from(
    start: int, maxima: Sequence[Exact], learners: Sequence[LearnerFigures], shares: Ungraded | None, whole: Exact
) -> int | None:
    """Return how many results are dropped if a group has the items from one on, None where it cannot have them."""
    asked: list[tuple[Sequence[Result], Stated]] = []
    for points, stated in learners:
        results = list(_results(points[start:], maxima[start:], shares or Ungraded.LEFT_OUT))
        if shares is None:
            asked.append((results, (stated[0][0], None)))
        else:
            asked.append(([(ratio(whole * here, out_of), WHOLE) for here, out_of in results], (None, stated[0][0])))
    return _drops_of(lambda: iter(asked))


def standings(
    marks: MarkSheet[Any], items: Sequence[Column], groups: Sequence[tuple[Column | None, Column | None]]
) -> list[LearnerFigures]:
    """Return what the first learners of a sheet have in items, and what is stated of each group, by columns.

    Who has a mark that is no number is left out.
    """
    points = zip(*(_first(marks, column) for column in items), strict=True)
    stated = [zip(_first(marks, points), _first(marks, percent), strict=False) for points, percent in groups]
    found = zip(map(_scores, points), zip(*stated, strict=True), strict=False)
    return [LearnerFigures(scores, of_groups) for scores, of_groups in found if scores is not None]


def _first(marks: MarkSheet[Any], column: Column | None) -> Iterator[Any]:
    """Return what the first learners have in a column, None where there is none."""
    if column is None:
        return repeat(None, _LOOKED_AT)
    return (value for _, value in islice(marks.stated(column), _LOOKED_AT))


def _scores(values: Sequence[Any]) -> Sequence[Exact | NoScore | None] | None:
    """Return marks as points or none, None where one of them is neither."""
    scores = [EXEMPT if isinstance(each, Mark) and each.exempt else each for each in values]
    return None if any(isinstance(each, (str, Mark)) for each in scores) else scores


def _dropped(maxima: Sequence[Exact], nth: int, members: Sequence[int], gathered: Sequence[Evidence]) -> int | None:
    """Return how many results are dropped if a group has these items, None where it cannot have them."""
    whole = [maxima[place] for place in members]

    def _asked() -> Iterator[tuple[Sequence[Result], Stated]]:
        for learners, ungraded in gathered:
            for points, stated in learners:
                yield list(_results([points[place] for place in members], whole, ungraded)), stated[nth]

    return _drops_of(_asked)


def _drops_of(asked: Callable[[], Iterator[tuple[Sequence[Result], Stated]]]) -> int | None:
    """Return of how many results everybody's rest has what is stated, as few as can be; None where of none."""
    counts = range(_MOST_DROPPED + 1)
    return next((count for count in counts if all(_has(*each, count) for each in asked())), None)


def _results(points: Sequence[Exact | NoScore | None], maxima: Sequence[Exact], ungraded: Ungraded) -> Iterator[Result]:
    for here, out_of in zip(points, maxima, strict=True):
        if here is None or here is UNGRADED:
            if ungraded is Ungraded.AS_ZERO:
                yield 0, out_of
        elif not isinstance(here, NoScore):
            yield here, out_of


def _has(results: Sequence[Result], stated: Stated, count: int) -> bool:
    """Return whether all but so many results have what is stated; a blank is anything, and few may all be dropped."""
    points, percent = stated
    if points is None and percent is None:
        return True
    if comb(len(results), count) > _MOST_CHOICES:
        return False
    summed = tuple(map(total, zip(*results, strict=True))) if results else (0, 0)
    if points is not None and not -_HALF <= summed[0] - points <= _best(results, count) + _HALF:
        return False
    counts = (count,) if count < len(results) else range(len(results) + 1)
    return any(_comes_to(summed, dropped, stated) for each in counts for dropped in combinations(results, each))


def _best(results: Sequence[Result], count: int) -> Exact:
    """Return the most points that so many results have."""
    return total(sorted((points for points, _ in results), reverse=True)[:count])


def _comes_to(summed: Sequence[Exact], dropped: Sequence[Result], stated: Stated) -> bool:
    """Return whether the sums without what is dropped are what is stated of them."""
    points, percent = stated
    left, out_of = summed[0] - total(each for each, _ in dropped), summed[1] - total(each for _, each in dropped)
    if points is not None and not agrees(points, left, _PLACES):
        return False
    if percent is None:
        return True
    return agrees(percent, ratio(WHOLE * left, out_of), _PLACES) if out_of else not points and not percent
