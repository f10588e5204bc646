# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Terms that add alike, as lines of Python: of the children at hand `s` is the sum, and `k` how many are there.

`p` is a list of them and `m` the least, where those are needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from .absences import Absences, Far
from .program import Drop, Term

_NARROW: Final = 20
"""So many are added and compared one by one; with more a list costs less."""


class Alike:
    """The lines of terms that add alike, which a list holds, or names do where they are few."""

    def __init__(self, terms: Sequence[Term], absences: Absences) -> None:
        self._names = [f"n{term.register}" for term in terms]
        self._costs = [term.cost or 0 for term in terms]
        self._far = absences.far if terms[0].register in absences.in_sums else None
        self._is_named = self._far is not None and len(terms) <= _NARROW

    def summed(self) -> Iterator[str]:
        """Yield what adds those that are there, and counts them."""
        yield from self._sum()
        if self._far is None:
            yield "k = len(p)"
            return
        most, bits = self._far
        yield f"k = {len(self._names)}"
        yield f"if s > {most}: x = s + {most} >> {bits}; s -= x << {bits}; k -= x"

    def weighed(self, far: Far) -> Iterator[str]:
        """Yield what adds those that are there, and in `w` what they cost."""
        yield from self._sum()
        yield f"w = {sum(self._costs)}"
        yield f"if s > {far.most}:"
        for name, cost in zip(self._names, self._costs, strict=True):
            yield f"    if {name} == {far.number}: s -= {far.number}; w -= {cost}"

    def _sum(self) -> Iterator[str]:
        if not self._is_named:
            yield f"p = [{', '.join(self._names)}]"
        if self._far is None:
            yield "if None in p: p = [x for x in p if x is not None]"
        yield f"s = {' + '.join(self._names)}" if self._is_named else "s = sum(p)"

    def without_lowest(self, least: int) -> Iterator[str]:
        """Yield the same, without the lowest if at `least` so many are there."""
        yield from self.summed()
        if not self._is_named:
            yield f"if k >= {least}: s -= min(p); k -= 1"
            return
        first, *others = self._names
        yield f"m = {first}"
        yield from (f"if {each} < m: m = {each}" for each in others)
        yield f"if k >= {least}: s -= m; k -= 1"

    def without(self, drop: Drop) -> Iterator[str]:
        """Yield the same, without what a drop takes away."""
        if drops_one(drop):
            yield from self.without_lowest(drop.lowest.index(1))
            return
        yield from self.summed()
        yield f"p = sorted([{', '.join(self._names)}])" if self._is_named else "p.sort()"
        yield f"p = p[{drop.lowest}[k]:k - {drop.highest}[k]]" if any(drop.highest) else f"p = p[{drop.lowest}[k]:k]"
        yield "s = sum(p)"
        yield "k = len(p)"


def drops_one(drop: Drop) -> bool:
    """Return whether the lowest goes once there are so many, and never another."""
    return set(drop.lowest) == {0, 1} and not any(drop.highest)
