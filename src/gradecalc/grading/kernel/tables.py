# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a program looks up or calls in Python: a mark as a whole number, and a pair rounded."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Final

from ...exact import Exact, NumberError, read_number, simplest
from ...gradebook.contributions import WHOLE
from ...marks import EXEMPT, UNGRADED, is_alike
from ...rounding import Rounding, RoundingOf
from .program import Blank, Settling

_MOST_KEPT: Final = 1 << 14


class BeyondError(Exception):
    """What the program cannot say of this learner; the exact engine is to be asked."""


class MarkTable:
    """What each mark is as a whole number, settled when it first comes.

    Equal numbers are one mark, of any type, but for those beyond 2 to the 53: there a float's text states another.
    A blank that is no zero is read as `nothing`, and an exemption as `exemption`. Who finds all marks in `kept` need
    not ask.
    """

    __slots__ = ("_settling", "kept")

    def __init__(self, settling: Settling, nothing: int | None = None, exemption: object = None) -> None:
        blank = 0 if settling.blank is Blank.ZERO else nothing
        self.kept: dict[object, Any] = {None: blank, UNGRADED: blank, EXEMPT: exemption}
        self._settling = settling

    def read(self, marks: Iterable[object]) -> list[Any]:
        """Return each mark as it is read."""
        return [*map(self._read, marks)]

    def _read(self, mark: Any) -> Any:
        if mark in self.kept:
            return self.kept[mark]
        settled = _settle(self._settling, mark)
        if len(self.kept) < _MOST_KEPT and (isinstance(mark, tuple) or is_alike(mark)):
            self.kept[mark] = settled
        return settled


def _settle(settling: Settling, mark: object) -> int:
    """Return a mark, or the fraction that a ratio is, after its floor, its rounding and its cap, at the scale (R5)."""
    try:
        points: Exact = read_number(Fraction(*mark) if isinstance(mark, tuple) else mark)
    except NumberError as error:
        raise BeyondError from error
    if settling.floor is not None:
        points = max(points, settling.floor)
    if settling.rounding is not None:
        points = settling.rounding.apply_to(points, settling.max_points)
    limit = settling.limit
    reached = simplest((points if limit is None else min(points, limit)) * settling.scale)
    if not isinstance(reached, int) or abs(reached) > settling.most:
        raise BeyondError
    return reached


class Rounder:
    """A rounding step on a pair: so many steps, of which `over` / `under` are the whole."""

    __slots__ = ("_over", "_rounding", "_under")

    def __init__(self, rounding: Rounding, out_of: Exact) -> None:
        rounded = WHOLE if rounding.of is RoundingOf.PERCENT else out_of
        self._over, self._under = (rounded * Fraction(10) ** rounding.places).as_integer_ratio()
        self._rounding = rounding

    def __call__(self, reached: int, possible: int) -> tuple[int, int]:
        """Return the pair rounded."""
        return self._rounding.to_whole(reached * self._over, possible * self._under) * self._under, self._over
