# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The weights that a file does not state, worked out from its finals: a final is a weighted mean of what is known.

With 90 and 60 that come to 78, and 50 and 100 that come to 70, the first weighs 60 of 100. Rule J29.

>>> [str(weight) for weight in next(find_weights([((90, 60), 78), ((50, 100), 70)]))]
['60', '40']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from ..exact import Exact, RoundingMode, ratio, round_to, simplest, total
from ..gradebook.contributions import WHOLE

Row = tuple[Sequence[Exact | None], Exact]
"""What somebody has in each part, in percent, None where it does not count, and the final that comes of it."""

MOST_PARTS: Final = 12
"""The most parts whose weights are sought."""

_STEPS: Final = (Fraction(5), Fraction(1), Fraction(1, 2), Fraction(1, 10), Fraction(1, 3), Fraction(1, 100))
_PLACES: Final = 6
_FIVE: Final = 5
_NEAR: Final = Fraction(1, 4)


def find_weights(rows: Sequence[Row]) -> Iterator[tuple[Exact, ...]]:
    """Yield weights that the finals may come of: of 100, in fives, ones and finer steps, and else of another whole.

    Of 100 each is as near as it comes; another whole is one in which all are nearly fives, that nearest to 100 first.
    Parts in which everybody has the same percent cannot be told apart and share their weight evenly; one in which
    nobody has anything weighs nothing. Fewer rows than there are such parts would fit anything. The finals may be
    rounded: whoever uses the weights tries them.
    """
    columns = list(zip(*(parts for parts, _ in rows), strict=True))
    alike: dict[tuple[Exact | None, ...], list[int]] = {}
    for nth, column in enumerate(columns):
        if any(each is not None for each in column):
            alike.setdefault(column, []).append(nth)
    if not 1 < len(alike) <= min(MOST_PARTS, len({(tuple(parts), final) for parts, final in rows})):
        return
    lacks = [[_lack(column[nth], final) for column in alike] for nth, (_, final) in enumerate(rows)]
    solved = _solve(lacks, len(alike))
    seen = set[tuple[Exact, ...]]()
    for step in _STEPS if solved else ():
        near = tuple(step * round_to(weight / step, 0, RoundingMode.HALF_UP) for weight in solved or ())
        if near not in seen and total(near) == WHOLE and min(near) >= 0:
            seen.add(near)
            yield _shared(near, list(alike.values()), len(columns))
    for other in _of_other_wholes(solved or ()):
        of_100 = tuple(Fraction(ratio(WHOLE * each, total(other))) for each in other)
        if of_100 not in seen:
            seen.add(of_100)
            yield _shared(other, list(alike.values()), len(columns))


def _of_other_wholes(weights: Sequence[Fraction]) -> Iterator[tuple[Exact, ...]]:
    """Yield weights in fives that are to each other as these are, whatever they sum to."""
    for whole in sorted(range(_FIVE, 2 * int(WHOLE), _FIVE), key=lambda each: abs(each - int(WHOLE))):
        exact = [weight * whole / WHOLE for weight in weights]
        near = tuple(_FIVE * round_to(each / _FIVE, 0, RoundingMode.HALF_UP) for each in exact)
        is_near = all(abs(here - there) <= _NEAR for here, there in zip(near, exact, strict=True))
        if near and is_near and total(near) == whole != WHOLE and min(near) > 0:
            yield near


def _lack(percent: Exact | None, final: Exact) -> int:
    """Return by how much a part lies above the final, as a whole number of millionths."""
    return 0 if percent is None else int(round_to(percent - final, _PLACES, RoundingMode.HALF_UP) * 10**_PLACES)


def _shared(weights: Sequence[Exact], alike: Sequence[Sequence[int]], count: int) -> tuple[Exact, ...]:
    found: list[Exact] = [0] * count
    for weight, places in zip(weights, alike, strict=True):
        for place in places:
            found[place] = simplest(Fraction(ratio(weight, len(places))))
    return tuple(found)


def _solve(lacks: Sequence[Sequence[int]], count: int) -> list[Fraction] | None:
    """Return the weights of 100 under which what parts lie above and below the finals is least, in squares, if one."""
    squares = [[sum(row[i] * row[j] for row in lacks) for j in range(count)] for i in range(count)]
    table = [[*map(Fraction, squares[i]), Fraction(1), Fraction(0)] for i in range(count)]
    table.append([Fraction(1)] * count + [Fraction(0), Fraction(WHOLE)])
    for place in range(count + 1):
        pivot = next((nth for nth in range(place, count + 1) if table[nth][place]), None)
        if pivot is None:
            return None
        table[place], table[pivot] = table[pivot], table[place]
        table[place] = [each / table[place][place] for each in table[place]]
        for nth, row in enumerate(table):
            if nth != place and row[place]:
                table[nth] = [here - row[place] * there for here, there in zip(row, table[place], strict=True)]
    return [row[-1] for row in table[:count]]
