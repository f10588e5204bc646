# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is chosen among many: the operations of expressions that take any number of parts, in Python.

>>> lowest(Contest((0, 0, 1), (0, 0, 0), (0, 1)), True, 7, 0, True, 5, 0)
(False, True)
>>> ranked((50, 30), True, 6, False, 0, True, 9)
630
"""

from __future__ import annotations

from collections.abc import Iterator

from ...exact import ratio, root
from ...gradebook.aggregation import Highest, Lowest, Median, Mode
from ...gradebook.contributions import Part, Stake
from ...gradebook.drops import choose_by_total
from ...rounding import Rounding
from .dropping import Contest, Stakes


def lowest(contest: Contest, *parts: int) -> tuple[bool, ...]:
    """Return which of the candidates are among the lowest, or the highest of the rest; see `Contest`."""
    order = contest.order
    ranked = [
        (parts[3 * place + 1], -parts[3 * place + 2], order[place], place)
        for place in range(len(order))
        if parts[3 * place]
    ]
    ranked.sort()
    count = len(ranked)
    gone = ranked[: contest.lowest[count]]
    highest = contest.highest[count]
    if highest:
        rest = sorted(ranked[len(gone) :], key=lambda each: (-each[0], *each[1:]))
        gone += rest[:highest]
    places = {place for _, _, _, place in gone}
    return tuple(place in places for place in range(len(order)))


def best(stakes: Stakes, *parts: int) -> tuple[bool, ...]:
    """Return which of the candidates are dropped for the best total; see `Stakes`."""
    protected: list[Stake] = [(ratio(parts[0], parts[1]), 0)] if parts[0] else []
    places, own, results = [], [], []
    for place, start in enumerate(range(2, len(parts), 7)):
        if parts[start]:
            gain, gain_under, cost, cost_under, out_of, under = parts[start + 1 : start + 7]
            stake = (ratio(gain, gain_under), ratio(cost, cost_under))
            if stakes.droppable[place]:
                places.append(place)
                own.append(stake)
                results.append(Part(0, ratio(out_of, under), 0, automatic=False))
            else:
                protected.append(stake)
    lowest, highest = choose_by_total(stakes.rule, results, own, protected, stakes.divisor)
    gone = {places[each] for each in (*lowest, *highest)}
    return tuple(place in gone for place, droppable in enumerate(stakes.droppable) if droppable)


def picked(aggregation: Median | Lowest | Highest | Mode, *parts: int) -> int:
    """Return twice what the aggregation picks: of two in the middle, the sum."""
    present = sorted(_present(parts))
    if not present:
        return 0
    chosen = [present[place] for place in aggregation.pick(present)]
    return 2 * sum(chosen) // len(chosen)


def ranked(weights: tuple[int, ...], *parts: int) -> int:
    """Return the numbers that are there, the best times the first weight and so on."""
    best_first = sorted(_present(parts), reverse=True)
    return sum(weight * each for weight, each in zip(weights, best_first, strict=False))


def ranked_out_of(weights: tuple[int, ...], *parts: int) -> int:
    """Return the sum of what those are out of that have a weight by rank, of equals the first (W10).

    The parts are, for each, whether it is there, what it is ranked by, and what it is out of.
    """
    there = [parts[place : place + 3] for place in range(0, len(parts), 3) if parts[place]]
    best_first = sorted(there, key=lambda each: -each[1])
    return sum(out_of for weight, (_, _, out_of) in zip(weights, best_first, strict=False) if weight)


def rounded(rounding: Rounding, above: int, below: int) -> int:
    """Return a number in steps of a rounding."""
    if not below:
        return 0
    power = 10 ** abs(rounding.places)
    return rounding.to_whole(*((above * power, below) if rounding.places >= 0 else (above, below * power)))


def rooted(data: tuple[int, int], above: int, below: int) -> int:
    """Return a root in units of so many decimals."""
    degree, places = data
    return int(root(ratio(above, below), degree, places) * 10**places) if above > 0 and below else 0


def _present(parts: tuple[int, ...]) -> Iterator[int]:
    return (parts[place + 1] for place in range(0, len(parts), 2) if parts[place])
