# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What an item is out of, found from points and percents that stand beside each other, both rounded.

>>> maximum_of([(Fraction("8.33"), Fraction("83.33")), (5, 50)], 2, 2)
10
>>> maximum_of([(Fraction("0.01"), Fraction("0.1"))], 2, 2) is None
True

Each pair says that the maximum lies between two bounds. It is the one whole number within all of them, and unknown
where there are several, or none.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor
from typing import Any

from ...exact import Exact
from ..documents import Expected


class ShownNumbers:
    """Reads numbers, and sees with how many decimals they are shown: `places` is the most."""

    def __init__(self, number: Expected[Any]) -> None:
        self.places = 0
        self.expected: Expected[Any] = Expected(number.what, self._read)
        self._number = number

    def _read(self, text: str) -> Any:
        value = self._number.read(text)
        decimals = text.removesuffix("%").rstrip().replace(",", ".").rpartition(".")
        self.places = max(self.places, len(decimals[2]) if decimals[1] else 0)
        return value


def maximum_of(pairs: Iterable[tuple[object, object]], places: int, percent_places: int) -> Exact | None:
    """Return the maximum that pairs of points and percents agree in, None where they do not, or leave a choice."""
    half, half_percent = Fraction(1, 2 * 10**places), Fraction(1, 2 * 10**percent_places)
    low, high = Fraction(0), None
    for points, percent in set(pairs):
        if not isinstance(points, (int, Fraction)) or not isinstance(percent, (int, Fraction)):
            continue
        if points <= half or percent <= half_percent:
            continue
        low = max(low, 100 * (points - half) / (percent + half_percent))
        most = 100 * (points + half) / (percent - half_percent)
        high = most if high is None else min(high, most)
    return ceil(low) if high is not None and ceil(low) == floor(high) and low <= high else None
