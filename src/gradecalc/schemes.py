# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grade schemes: bands of percents and their symbols.

>>> GradeScheme.from_cutoffs({"Pass": 50, "Fail": 0}).symbol(Fraction(50))
'Pass'

The look-up is by the exact value, never the shown one: 89.995 shown as 90.00 is still below 90.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import lcm
from operator import attrgetter
from typing import Final

from attrs import field

from .errors import Problem
from .exact import (
    Exact,
    Number,
    describe,
    lenient,
)
from .fields import (
    as_tuple,
    join,
    many,
    number,
    shown_only,
    text,
    truth,
)
from .values import frozen


@frozen
class Band:
    """One band: its symbol, the percent it starts at, and the percent a grader assigns by choosing the symbol.

    An `exclusive` one starts above its start: exactly there the band below still holds.
    """

    symbol: str = field(metadata=text())
    start: Fraction = field(converter=lenient, metadata=number(missing="is missing; state the percent it starts at"))
    value: Fraction | None = field(default=None, converter=lenient, metadata=number(optional=True), kw_only=True)
    colour: str = field(default="", metadata=shown_only(text(optional=True)), kw_only=True)
    exclusive: bool = field(default=False, metadata=truth(), kw_only=True)

    @property
    def worth(self) -> Fraction:
        """The percent that choosing the symbol assigns: the value, or else the start (S4)."""
        return self.start if self.value is None else self.value


_BY_START: Final = attrgetter("start", "exclusive")


def _by_start(bands: Iterable[Band]) -> tuple[Band, ...]:
    ordered = as_tuple(bands)
    try:
        return tuple(sorted(ordered, key=_BY_START))
    except (AttributeError, TypeError):
        return ordered


@frozen
class GradeScheme:
    """Bands in the order of their starts; a percent has the symbol of the last band that starts at or below it.

    Below the lowest band it has the symbol of the lowest. Rules S1 to S4 and S6.
    """

    bands: tuple[Band, ...] = field(converter=_by_start, metadata=many(Band))
    name: str = field(default="", metadata=shown_only(text(optional=True)))

    @classmethod
    def from_cutoffs(cls, cutoffs: Mapping[str, Number], *, name: str = "", exclusive: bool = False) -> GradeScheme:
        """Return the scheme whose symbols start at the given percents, or above them."""
        return cls(tuple(Band(symbol, start, exclusive=exclusive) for symbol, start in cutoffs.items()), name)

    def symbol(self, percent: Exact) -> str:
        """Return the symbol of a percent."""
        return self.bands[self.place(percent)].symbol

    def place(self, percent: Exact) -> int:
        """Return the place of a percent's band among the `bands`."""
        unit, starts = self._starts
        over, under = percent.as_integer_ratio()
        whole, rest = divmod(over * unit, under)
        return max(bisect_right(starts, 2 * whole + (rest > 0)) - 1, 0)

    @cached_property
    def _starts(self) -> tuple[int, list[int]]:
        """How many units a percent has, so that each start is a whole number of them, and twice the starts in these.

        One that is exclusive is odd, as is a percent that lies between two units.
        """
        unit = lcm(*(band.start.denominator for band in self.bands))
        return unit, [int(2 * unit * band.start) + band.exclusive for band in self.bands]

    def cuts(self, percents: Sequence[Exact]) -> list[int]:
        """Return how many of the ascending percents lie below each band but the lowest."""
        return [(bisect_right if band.exclusive else bisect_left)(percents, band.start) for band in self.bands[1:]]

    def value(self, symbol: str) -> Fraction | None:
        """Return the percent that a symbol assigns: its value, or else its start; None for an unknown symbol."""
        for band in self.bands:
            if band.symbol == symbol:
                return band.worth
        return None

    def start(self, symbol: str) -> Fraction | None:
        """Return the percent at which a symbol's band starts; None for an unknown symbol."""
        return next((band.start for band in self.bands if band.symbol == symbol), None)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the bands."""
        if not self.bands:
            yield Problem("missing", join(path, "bands"), "a scheme has at least one band")
        symbols: set[str] = set()
        starts: set[tuple[Fraction, bool]] = set()
        for index, band in enumerate(self.bands):
            where = f"{join(path, 'bands')}[{index}]"
            if band.symbol in symbols:
                yield Problem(
                    "duplicate_symbol",
                    f"{where}.symbol",
                    f"symbol {describe(band.symbol)} stands twice; each symbol has one band",
                )
            if (band.start, band.exclusive) in starts:
                yield Problem(
                    "duplicate_start",
                    f"{where}.start",
                    f"two bands start at {describe(band.start)}; each start has one band",
                )
            symbols.add(band.symbol)
            starts.add((band.start, band.exclusive))
