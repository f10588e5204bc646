# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Weights that an export wrote with nine decimals, read as the shares that they were rounded from.

>>> exact_shares([Fraction("33.333333333")] * 3)
[Fraction(100, 3), Fraction(100, 3), Fraction(100, 3)]
>>> exact_shares([Fraction("33.333333333")] * 2)
[Fraction(33333333333, 1000000000), Fraction(33333333333, 1000000000)]

A third as decimals is no third; three of them are short of the whole, and a final is off in its ninth decimal. Where
the shares sum to the whole, they are what was meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

_WHOLE: Final = 100
_LARGEST_PARTS: Final = 1000
_MOST_PLACES: Final = 100
_ROUNDED: Final = 10**6
"""A weight with fewer decimals than this has is one that somebody wrote."""


def exact_shares(weights: Sequence[Fraction]) -> list[Fraction]:
    """Return the weights of a branch, those that are rounded shares as these if all then sum to 100."""
    shares = [_share(weight) if weight.denominator >= _ROUNDED else weight for weight in weights]
    return shares if sum(shares) == _WHOLE else list(weights)


def _share(weight: Fraction) -> Fraction:
    """Return the simple share that a weight is rounded from, one that no decimals can write, or the weight itself."""
    share = (weight / _WHOLE).limit_denominator(_LARGEST_PARTS) * _WHOLE
    places = next((places for places in range(_MOST_PLACES) if 10**places % weight.denominator == 0), _MOST_PLACES)
    is_rounded = 10**places % share.denominator != 0 and abs(share - weight) * 10**places <= 1
    return share if is_rounded else weight
