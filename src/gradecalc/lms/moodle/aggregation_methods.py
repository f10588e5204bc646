# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The nine ways in which a category of Moodle combines its children, each said as an aggregation.

>>> METHODS["12"]
<Method.MEAN_EXTRA_CREDIT: 'mean_extra_credit'>
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from attrs import evolve

from ...exact import Exact
from ...gradebook.aggregation import (
    Highest,
    Lowest,
    Mean,
    Median,
    Mode,
    SumOfPoints,
)
from ...gradebook.contributions import BonusOf, ZeroRange
from ...gradebook.tree import Combining
from ...gradebook.weights import Distribution, Maximum, WeightedMean, Weightless
from ...values import frozen


class Method(Enum):
    """How a category combines its children."""

    MEAN = "mean"
    MEDIAN = "median"
    LOWEST = "min"
    HIGHEST = "max"
    MODE = "mode"
    WEIGHTED_MEAN = "weighted_mean"
    SIMPLE_WEIGHTED_MEAN = "simple_weighted_mean"
    MEAN_EXTRA_CREDIT = "mean_extra_credit"
    NATURAL = "natural"

    @property
    def takes_extra_credit(self) -> bool:
        """Whether an item can be extra credit here; elsewhere the flag means nothing."""
        return self in _WITH_EXTRA_CREDIT


_WITH_EXTRA_CREDIT: Final = (Method.SIMPLE_WEIGHTED_MEAN, Method.MEAN_EXTRA_CREDIT, Method.NATURAL)
_CODES: Final = (0, 2, 4, 6, 8, 10, 11, 12, 13)

METHODS: Final[Mapping[str, Method]] = MappingProxyType(
    {
        **{method.value: method for method in Method},
        **{str(code): method for code, method in zip(_CODES, Method, strict=True)},
    }
)
"""The methods by name and by the code that Moodle stores."""

AGGREGATIONS: Final[Mapping[Method, Combining]] = MappingProxyType(
    {
        Method.MEAN: Mean(zero_range=ZeroRange.FULL),
        Method.MEDIAN: Median(zero_range=ZeroRange.FULL),
        Method.LOWEST: Lowest(zero_range=ZeroRange.FULL),
        Method.HIGHEST: Highest(zero_range=ZeroRange.FULL),
        Method.MODE: Mode(zero_range=ZeroRange.FULL),
        Method.WEIGHTED_MEAN: WeightedMean(zero_range=ZeroRange.FULL),
        Method.SIMPLE_WEIGHTED_MEAN: SumOfPoints(zero_range=ZeroRange.LEAVES),
        Method.MEAN_EXTRA_CREDIT: Mean(zero_range=ZeroRange.FULL),
        Method.NATURAL: WeightedMean(
            distribution=Distribution.BY_POINTS,
            out_of=Maximum.POINTS,
            bonus=BonusOf.COUNTED,
            weightless=Weightless.ZERO,
            zero_range=ZeroRange.FULL,
        ),
    }
)
"""What each method is in the words of the library."""


@frozen
class Coefficients:
    """What an item carries in its category.

    `coefficient` is its weight or its extra credit, `natural_weight` its weight from 0 to 1 under natural
    weighting, which `overridden` keeps from being worked out.
    """

    coefficient: Exact = 0
    natural_weight: Exact = 0
    overridden: bool = False


_DEFAULTS: Final[Mapping[Method, Coefficients]] = MappingProxyType(
    {Method.WEIGHTED_MEAN: Coefficients(coefficient=1), Method.NATURAL: Coefficients(natural_weight=1)}
)


def default_coefficients(method: Method) -> Coefficients:
    """Return what a new item carries in a category of this method."""
    return _DEFAULTS.get(method, Coefficients())


def switch_method(held: Coefficients, before: Method, after: Method) -> Coefficients:
    """Return what an item carries once its category has changed its method.

    Weights survive among weighted means, an overridden weight under natural weighting, and extra credit wherever
    there is any; it is then 1 at most, except in a mean with extra credit. All else is as for a new item.
    """
    fresh = default_coefficients(after)
    if before is after is Method.WEIGHTED_MEAN or (before is after is Method.NATURAL and held.overridden):
        return held
    if before.takes_extra_credit and after.takes_extra_credit:
        most = held.coefficient if after is Method.MEAN_EXTRA_CREDIT else min(held.coefficient, 1)
        return evolve(fresh, coefficient=most)
    return fresh
