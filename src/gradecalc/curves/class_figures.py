# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a curve goes by: the figures of a class, one learner's standing in it, and the reasons that are given."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from ..exact import Exact, total
from ..outline import Explained, Outline
from ..reasons import NUMBERS, Reason, ReasonTexts
from ..report.results import Result
from ..values import frozen

CURVES: Final = ReasonTexts(
    "curves",
    {
        "adjusted": "Adjusted",
        "best": "best",
        "figures_before": "figures before",
        "lowest": "lowest",
        "mean": "mean",
        "none": "no",
        "percent": "Percent",
        "scores": "Scores",
        "variance": "variance",
        "added_to_best": "{0} percent added, which the best is short of {1}",
        "added_to_mean": "{0} percent added to all, for a class mean of {1}",
        "best_is_there": "the best is at {0} percent or above it already, so there is no gap to add",
        "changed": "{0} becomes {1} percent",
        "exempt": "exempt: it does not apply to this learner",
        "flat": "{0} points added",
        "linear": "put on a line from {0} → {1} to {2} → {3} percent",
        "no_deviation": "all that have a score have the same, so there is no deviation to go by",
        "no_mean": "the class mean is not above 0, so nothing can be scaled to another",
        "no_percent": "it has no percent, being out of 0 or a text",
        "no_other": "{0} has no score to go by",
        "no_score": "it has no score",
        "no_two_places": "the line needs two different percents to go through, and the class has not two",
        "nobody": "nobody has a score, so there are no figures to go by",
        "not_better": "{0} percent is no better than {1}, which stays",
        "scaled": "scaled from a class mean of {0} percent to {1}",
        "spread": "moved from a class mean of {0} percent to {1}, with a deviation of {2}, to {3} decimals",
        "square_root": "ten times the square root of its percent, to {0} decimals",
        "unreadable": "the marks of this learner cannot be read",
        "unchanged": "{0} percent, as it was",
        "z_score": "given the standing of {0}, to {1} decimals",
    },
)
"""What an adjustment says of a class and of each learner."""


@frozen
class ClassFigures(Explained):
    """The figures of those who have a score, in percent: how many, and their mean, lowest, best and variance (FC2)."""

    count: int
    mean: Fraction
    lowest: Fraction
    best: Fraction
    variance: Fraction

    @classmethod
    def of(cls, percents: Sequence[Exact]) -> ClassFigures | None:
        """Return the figures of some percents; of none there are none."""
        if not percents:
            return None
        mean = Fraction(total(percents), len(percents))
        variance = total((percent - mean) ** 2 for percent in percents) / Fraction(len(percents))
        return cls(len(percents), mean, Fraction(min(percents)), Fraction(max(percents)), Fraction(variance))

    def outline(self) -> Outline:
        """Return a row for each figure."""
        figures = {"mean": self.mean, "lowest": self.lowest, "best": self.best, "variance": self.variance}
        rows = [Outline(CURVES.phrase(name), NUMBERS.phrase("number", each)) for name, each in figures.items()]
        return Outline(CURVES.phrase("scores"), NUMBERS.phrase("number", self.count), children=rows)


class Seen(NamedTuple):
    """What a curve looks at of one learner: the result, and that of the other item, where a curve goes by another."""

    result: Result
    other: Result | None


class Bent(NamedTuple):
    """What a curve makes of one learner's result: the new percent, if any, and why."""

    percent: Fraction | None
    why: Reason


def has_score(result: Result | None) -> bool:
    """Return whether there is a percent that was recorded, computed or set, and not made of a blank (FC2)."""
    return result is not None and result.lack is None and result.percent is not None
