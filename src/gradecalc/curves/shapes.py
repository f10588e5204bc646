# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The curves: each says whether a class can be adjusted by it, and what it makes of one learner's result.

They work in percent of each learner's own maximum, and a square root has the decimals that are stated.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from typing import Final

from attrs import field

from ..errors import Problem
from ..exact import Exact, lenient, root
from ..fields import choice, join, number, text, whole_number
from ..reasons import Reason
from ..values import frozen
from .class_figures import CURVES, Bent, ClassFigures, Seen, has_score

_HUNDRED: Final = 100
_PLACES: Final = whole_number(minimum=0, maximum=30)


class Blanks(Enum):
    """What a standing elsewhere makes of work that has no score; exempt work stays exempt."""

    STAY = "stay"
    FILLED = "filled"


@frozen
class ScaleToMean:
    """Multiply every percent, so that the class mean is `mean` (FC4)."""

    mean: Fraction = field(converter=lenient, metadata=number(minimum=0))

    def obstacle(self, figures: ClassFigures, _: ClassFigures | None) -> Reason | None:
        """Return why the class cannot be adjusted, if it cannot."""
        return None if figures.mean > 0 else CURVES.reason("no_mean")

    def bend(self, standing: Seen, figures: ClassFigures, _: ClassFigures | None) -> Bent:
        """Return what becomes of one learner."""
        why = CURVES.reason("scaled", figures.mean, self.mean)
        return Bent(_of(standing) * self.mean / figures.mean, why)


@frozen
class ShiftToMean:
    """Add the same percent to all, so that the class mean is `mean` (FC4)."""

    mean: Fraction = field(converter=lenient, metadata=number(minimum=0))

    def obstacle(self, _: ClassFigures, __: ClassFigures | None) -> Reason | None:
        """Return nothing: any class can be shifted."""

    def bend(self, standing: Seen, figures: ClassFigures, _: ClassFigures | None) -> Bent:
        """Return what becomes of one learner."""
        gap = self.mean - figures.mean
        return Bent(_of(standing) + gap, CURVES.reason("added_to_mean", gap, self.mean))


@frozen
class AddGapToBest:
    """Add to all what the best is short of `to` percent (FC5)."""

    to: Fraction = field(default=Fraction(_HUNDRED), converter=lenient, metadata=number(minimum=0))

    def obstacle(self, figures: ClassFigures, _: ClassFigures | None) -> Reason | None:
        """Return why the class cannot be adjusted, if it cannot."""
        return CURVES.reason("best_is_there", self.to) if figures.best >= self.to else None

    def bend(self, standing: Seen, figures: ClassFigures, _: ClassFigures | None) -> Bent:
        """Return what becomes of one learner."""
        gap = self.to - figures.best
        return Bent(_of(standing) + gap, CURVES.reason("added_to_best", gap, self.to))


@frozen
class FlatPoints:
    """Add so many points to all (FC6)."""

    points: Fraction = field(converter=lenient, metadata=number())

    def obstacle(self, _: ClassFigures, __: ClassFigures | None) -> Reason | None:
        """Return nothing: points can be added to any class."""

    def bend(self, standing: Seen, _: ClassFigures, __: ClassFigures | None) -> Bent:
        """Return what becomes of one learner."""
        added = self.points * _HUNDRED / standing.result.out_of
        return Bent(_of(standing) + added, CURVES.reason("flat", self.points))


@frozen(kw_only=True)
class LinearCurve:
    """Put all on the line that takes `low` to `low_to` and `high` to `high_to`, in percent (FC7).

    Where `low` or `high` is not stated it is the lowest or the best of the class.
    """

    low_to: Fraction = field(converter=lenient, metadata=number())
    high_to: Fraction = field(default=Fraction(_HUNDRED), converter=lenient, metadata=number())
    low: Fraction | None = field(default=None, converter=lenient, metadata=number(optional=True))
    high: Fraction | None = field(default=None, converter=lenient, metadata=number(optional=True))

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        if self.high_to < self.low_to:
            message = "high_to is below low_to, which would turn the class round"
            yield Problem("contradiction", join(path, "high_to"), message)
        if self.low is not None and self.high is not None and self.high <= self.low:
            yield Problem("contradiction", join(path, "high"), "high is not above low; state two different percents")

    def obstacle(self, figures: ClassFigures, _: ClassFigures | None) -> Reason | None:
        """Return why the class cannot be adjusted, if it cannot."""
        low, high = self._ends(figures)
        return None if low < high else CURVES.reason("no_two_places")

    def bend(self, standing: Seen, figures: ClassFigures, _: ClassFigures | None) -> Bent:
        """Return what becomes of one learner."""
        low, high = self._ends(figures)
        slope = (self.high_to - self.low_to) / (high - low)
        why = CURVES.reason("linear", low, self.low_to, high, self.high_to)
        return Bent(self.low_to + (_of(standing) - low) * slope, why)

    def _ends(self, figures: ClassFigures) -> tuple[Fraction, Fraction]:
        low = figures.lowest if self.low is None else self.low
        return low, figures.best if self.high is None else self.high


@frozen
class SquareRootCurve:
    """Ten times the square root of the percent, to `places` decimals; what is below 0 stays (FC8)."""

    places: int = field(default=6, metadata=_PLACES)

    def obstacle(self, _: ClassFigures, __: ClassFigures | None) -> Reason | None:
        """Return nothing: any class has square roots."""

    def bend(self, standing: Seen, _: ClassFigures, __: ClassFigures | None) -> Bent:
        """Return what becomes of one learner."""
        percent = _of(standing)
        if percent < 0:
            return Bent(None, CURVES.reason("unchanged", percent))
        return Bent(_root(percent * _HUNDRED, self.places), CURVES.reason("square_root", self.places))


@frozen
class SpreadToMean:
    """Give the class a mean and a standard deviation, to `places` decimals, everybody keeping their standing (FC9)."""

    mean: Fraction = field(converter=lenient, metadata=number(minimum=0))
    deviation: Fraction = field(converter=lenient, metadata=number(minimum=0))
    places: int = field(default=6, metadata=_PLACES, kw_only=True)

    def obstacle(self, figures: ClassFigures, _: ClassFigures | None) -> Reason | None:
        """Return why the class cannot be adjusted, if it cannot."""
        return None if figures.variance else CURVES.reason("no_deviation")

    def bend(self, standing: Seen, figures: ClassFigures, _: ClassFigures | None) -> Bent:
        """Return what becomes of one learner."""
        away = _away(_of(standing) - figures.mean, self.deviation**2 / figures.variance, self.places)
        why = CURVES.reason("spread", figures.mean, self.mean, self.deviation, self.places)
        return Bent(self.mean + away, why)


@frozen
class ZScoreClobber:
    """Take the standing in another item, where it is better: as many deviations from the mean (FC10).

    The result is to `places` decimals. Work without a score may be `FILLED` by that standing.
    """

    by: str = field(metadata=text())
    places: int = field(default=6, metadata=_PLACES, kw_only=True)
    blanks: Blanks = field(default=Blanks.STAY, metadata=choice(Blanks), kw_only=True)

    def obstacle(self, _: ClassFigures, other: ClassFigures | None) -> Reason | None:
        """Return why the class cannot be adjusted, if it cannot."""
        if other is None:
            return CURVES.reason("nobody")
        return None if other.variance else CURVES.reason("no_deviation")

    def bend(self, standing: Seen, figures: ClassFigures, other: ClassFigures | None) -> Bent:
        """Return what becomes of one learner."""
        found = None if standing.other is None else standing.other.percent
        if other is None or found is None or not has_score(standing.other):
            return Bent(None, CURVES.reason("no_other", self.by))
        away = _away(found - other.mean, figures.variance / other.variance, self.places)
        percent, own = figures.mean + away, standing.result.percent
        if own is not None and has_score(standing.result) and own >= percent:
            return Bent(None, CURVES.reason("not_better", percent, own))
        return Bent(percent, CURVES.reason("z_score", self.by, self.places))


Curve = (
    ScaleToMean | ShiftToMean | AddGapToBest | FlatPoints | LinearCurve | SquareRootCurve | SpreadToMean | ZScoreClobber
)
"""What is made of the marks of a class."""


def _of(standing: Seen) -> Fraction:
    return standing.result.percent or Fraction(0)


def _root(value: Exact, places: int) -> Fraction:
    return Fraction(root(value, 2, places))


def _away(distance: Fraction, square: Fraction, places: int) -> Fraction:
    """Return a distance times the square root of a number, to so many decimals."""
    away = _root(distance**2 * square, places)
    return -away if distance < 0 else away
