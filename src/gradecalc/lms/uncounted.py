# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which parts of a sum of points do not count, found by what is missing from the stated points and maxima.

A final of 69 out of 589 where 76.5 out of 909 is summed lacks 7.5 points and 320 of the maximum; the parts that are
left out together have just these. Rule J14.

>>> parts = [Portion("essay", (8,), (20,)), Portion("talk", (3,), (20,)), Portion("lab", (0,), (10,))]
>>> [[each.of for each in found] for found in missing(parts, [8], [30])]
[['essay', 'lab']]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from ..exact import Exact

MOST_PARTS: Final = 8
"""The most parts that are left out at once."""

_MOST_STATES: Final = 5_000
_EXACT: Final = Fraction(1, 100)
"""Within how many points sums are alike here; whoever uses what was found compares it as it is stated."""


class Portion(NamedTuple):
    """A part of a sum: what leaving it out takes from the points and from the maximum of each learner."""

    of: str
    points: tuple[Exact, ...]
    out_of: tuple[Exact, ...]
    as_bonus: bool = False


Remaining = tuple[tuple[Exact, ...], tuple[Exact, ...]]


def missing(
    parts: Sequence[Portion], points: Sequence[Exact], out_of: Sequence[Exact]
) -> Iterator[tuple[Portion, ...]]:
    """Yield sets of parts, of one size, as few as do, whose points and maxima are just what is missing.

    No two parts of a set are one part in two ways. The search is bounded.
    """
    waiting: list[tuple[tuple[Portion, ...], Remaining]] = [((), (tuple(points), tuple(out_of)))]
    for _ in range(MOST_PARTS + 1):
        found = [taken for taken, remaining in waiting if _is_nothing(remaining)]
        if found:
            yield from found
            return
        waiting = list(_one_more(parts, waiting))
        if len(waiting) > _MOST_STATES:
            return


def _one_more(
    parts: Sequence[Portion], waiting: Sequence[tuple[tuple[Portion, ...], Remaining]]
) -> Iterator[tuple[tuple[Portion, ...], Remaining]]:
    """Yield each set with one part more that takes no more than is missing, each set once."""
    seen: set[frozenset[Portion]] = set()
    for taken, remaining in waiting:
        for part in _candidates(parts, taken, remaining):
            together = frozenset((*taken, part))
            if together not in seen:
                seen.add(together)
                yield (*taken, part), _without(remaining, part)


def _candidates(parts: Sequence[Portion], taken: tuple[Portion, ...], remaining: Remaining) -> Iterator[Portion]:
    """Yield the parts that may come next: while points are missing, those that have some where they are."""
    used = {part.of for part in taken}
    lacking = next((nth for nth, points in enumerate(remaining[0]) if not -_EXACT <= points <= _EXACT), None)
    alike: set[tuple[object, ...]] = set()
    for part in parts:
        if part.of in used or (part.points[lacking] == 0 if lacking is not None else any(part.points)):
            continue
        if _is_more(part.points, remaining[0]) or _is_more(part.out_of, remaining[1]):
            continue
        kind = (part.points, part.out_of)
        if kind not in alike:
            alike.add(kind)
            yield part


def _is_more(taken: Sequence[Exact], left: Sequence[Exact]) -> bool:
    """Return whether more is taken than is left, of anybody."""
    return any(here > max(there, 0) + _EXACT for here, there in zip(taken, left, strict=True) if here > 0)


def _without(remaining: Remaining, part: Portion) -> Remaining:
    points, out_of = remaining
    return (
        tuple(a - b for a, b in zip(points, part.points, strict=True)),
        tuple(a - b for a, b in zip(out_of, part.out_of, strict=True)),
    )


def _is_nothing(remaining: Remaining) -> bool:
    return all(-_EXACT <= each <= _EXACT for each in (*remaining[0], *remaining[1]))
