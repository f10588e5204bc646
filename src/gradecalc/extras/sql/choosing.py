# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is chosen among many in SQL: every candidate is compared with every other, and nothing is sorted.

Each operation is the columns that it needs, each after those that it needs itself, and a text that uses them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ...gradebook.aggregation import Highest, Lowest, Median, Mode
from ...grading.kernel.dropping import Contest
from .arithmetic import Column, WholeNumbers, joined


def drop_lowest(name: str, contest: Contest, parts: Sequence[str], arithmetic: WholeNumbers) -> list[Column]:
    """Return columns that say of each candidate whether it is among the lowest, or the highest of the rest (D)."""
    there, value, ahead = parts[0::3], parts[1::3], parts[2::3]
    order, size = contest.order, range(len(contest.order))
    lowest = arithmetic.lookup(contest.lowest, f"{name}_k")
    highest = arithmetic.lookup(contest.highest, f"{name}_k")
    low = [f"{name}_l{place}" for place in size]

    def first(place: int, sign: str, many: str, still: Callable[[int], str]) -> str:
        """Return whether a candidate is among the first so many by its value, of those that are still there."""

        def before(other: int) -> str:
            """Return whether another candidate stands before it."""
            reach = ">=" if order[other] < order[place] else ">"
            equal = f"{value[other]} = {value[place]} AND {ahead[other]} {reach} {ahead[place]}"
            return f"{still(other)} AND ({value[other]} {sign} {value[place]} OR ({equal}))"

        return f"({still(place)} AND {how_many(before(other) for other in size if other != place)} < {many})"

    def gone(place: int) -> str:
        """Return whether a candidate is dropped."""
        if not any(contest.highest):
            return low[place]
        rest = first(place, ">", highest, lambda each: f"({there[each]} AND NOT {low[each]})")
        return f"({low[place]} OR {rest})"

    return [
        (f"{name}_k", how_many(there)),
        *((low[place], first(place, "<", lowest, lambda each: there[each])) for place in size),
        *((f"{name}_{place}", gone(place)) for place in size),
    ]


def pick(
    name: str, aggregation: Median | Lowest | Highest | Mode, parts: Sequence[str], arithmetic: WholeNumbers
) -> tuple[list[Column], str]:
    """Return twice what an aggregation picks of the numbers that are there, or 0 (A)."""
    there, value = parts[0::2], parts[1::2]
    values = [f"CASE WHEN {each} THEN {number} END" for each, number in zip(there, value, strict=True)]
    match aggregation:
        case Lowest():
            return [], f"(2 * {_of(values, 'LEAST', arithmetic)})"
        case Highest():
            return [], f"(2 * {_of(values, 'GREATEST', arithmetic)})"
        case Median():
            return _median(name, there, value, arithmetic)
        case Mode():
            return _mode(name, there, value, arithmetic)


def rank(name: str, weights: Sequence[int], parts: Sequence[str], arithmetic: WholeNumbers) -> tuple[list[Column], str]:
    """Return the numbers that are there, the best times the first weight and so on (W)."""
    there, value = parts[0::2], parts[1::2]
    ranks, weighed = _by_rank(name, weights, there, value, arithmetic)
    sums = [
        f"CASE WHEN {each} THEN {number} * {weight} ELSE 0 END"
        for each, number, weight in zip(there, value, weighed, strict=True)
    ]
    return ranks, f"({' + '.join([arithmetic.number(0), *sums])})"


def rank_out_of(
    name: str, weights: Sequence[int], parts: Sequence[str], arithmetic: WholeNumbers
) -> tuple[list[Column], str]:
    """Return what those are out of together that have a weight by rank (W)."""
    there, value, out_of = parts[0::3], parts[1::3], parts[2::3]
    ranks, weighed = _by_rank(name, [int(bool(weight)) for weight in weights], there, value, arithmetic)
    sums = [
        f"CASE WHEN {each} AND {weight} = 1 THEN {number} ELSE 0 END"
        for each, number, weight in zip(there, out_of, weighed, strict=True)
    ]
    return ranks, f"({' + '.join([arithmetic.number(0), *sums])})"


def _by_rank(
    name: str, weights: Sequence[int], there: Sequence[str], value: Sequence[str], arithmetic: WholeNumbers
) -> tuple[list[Column], list[str]]:
    """Return the columns of the ranks, and what each of those that may be there weighs by its own, the best first."""
    ranks = [(f"{name}_r{place}", each) for place, each in enumerate(_places(there, value, ">"))]
    table = [*weights, *[0] * (len(there) - len(weights) + 1)]
    return ranks, [arithmetic.lookup(table, column) for column, _ in ranks]


def _median(
    name: str, there: Sequence[str], value: Sequence[str], arithmetic: WholeNumbers
) -> tuple[list[Column], str]:
    """Return the sum of the two in the middle, which are one where an odd number is there."""
    ranks = [(f"{name}_r{place}", each) for place, each in enumerate(_places(there, value, "<"))]
    count = (f"{name}_k", how_many(there))
    upper = arithmetic.quotient(count[0], 2)
    lower = f"({count[0]} - 1 - {upper})"
    parts = [
        f"CASE WHEN {each} THEN {number} * (CASE WHEN {column} = {middle} THEN 1 ELSE 0 END) ELSE 0 END"
        for each, number, (column, _) in zip(there, value, ranks, strict=True)
        for middle in (lower, upper)
    ]
    return [count, *ranks], f"({' + '.join([arithmetic.number(0), *parts])})"


def _mode(name: str, there: Sequence[str], value: Sequence[str], arithmetic: WholeNumbers) -> tuple[list[Column], str]:
    """Return twice the highest of those that are there most often."""
    size = range(len(there))
    often = [
        (f"{name}_o{place}", how_many(f"{there[other]} AND {value[other]} = {value[place]}" for other in size))
        for place in size
    ]
    counts = [f"CASE WHEN {there[place]} THEN {often[place][0]} END" for place in size]
    most = (f"{name}_m", _of(counts, "GREATEST", arithmetic))
    found = [f"CASE WHEN {there[place]} AND {often[place][0]} = {most[0]} THEN {value[place]} END" for place in size]
    return [*often, most], f"(2 * {_of(found, 'GREATEST', arithmetic)})"


def _places(there: Sequence[str], value: Sequence[str], sign: str) -> Iterator[str]:
    """Yield how many stand before each, those first among equals that come first."""
    for place, own in enumerate(value):
        yield how_many(
            f"{there[other]} AND {value[other]} {f'{sign}=' if other < place else sign} {own}"
            for other in range(len(value))
            if other != place
        )


def _of(values: Sequence[str], function: str, arithmetic: WholeNumbers) -> str:
    """Return the least or the greatest of what is not null, or 0."""
    return f"COALESCE({function}({', '.join(values)}), {arithmetic.number(0)})"


def how_many(flags: Iterator[str] | Sequence[str]) -> str:
    """Return how many hold."""
    return joined(" + ", [f"CASE WHEN {flag} THEN 1 ELSE 0 END" for flag in flags] or ["0"])
