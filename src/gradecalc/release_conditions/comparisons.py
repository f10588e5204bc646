# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How a figure or a text is compared with a bound, exactly and in words.

>>> sixty_or_more = Range(Comparison.AT_LEAST, Fraction(60))
>>> sixty_or_more.words(" %"), sixty_or_more.holds(Fraction(179, 3))
('at least 60 %', False)

An edge of a range is a number and a nudge, so that one order does for all: just below 60 comes before 60.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from math import inf
from types import MappingProxyType
from typing import Final

from ..errors import Problem
from ..exact import Exact, describe
from ..fields import join
from ..reasons import Said
from ..values import frozen
from .texts import CONDITIONS

Edge = tuple[Fraction | float, int]
"""A number, and whether what is meant lies just below it (-1), at it (0), or just above it (1)."""


class Comparison(Enum):
    """How a figure must compare with the value of a condition."""

    BELOW = "below"
    AT_MOST = "at_most"
    EQUAL = "equal"
    AT_LEAST = "at_least"
    ABOVE = "above"
    BETWEEN = "between"
    """From `value` to `upper`, both included."""


@frozen
class Range:
    """The figures that compare with `value`, and for BETWEEN with `upper`, as the comparison says."""

    comparison: Comparison
    value: Fraction
    upper: Fraction | None = None

    @property
    def edges(self) -> tuple[Edge, Edge]:
        """The lowest and the highest that the range holds."""
        low, high = _EDGES[self.comparison]
        return (-inf, 1) if low is None else (self.value, low), (inf, 0) if high is None else (self._last, high)

    def holds(self, figure: Exact) -> bool:
        """Return whether the figure lies in the range."""
        low, high = self.edges
        return low <= (figure, 0) <= high

    def words(self, unit: str) -> Said:
        """Return the range in words."""
        bounds = (self.value, self._last) if self.comparison is Comparison.BETWEEN else (self.value,)
        return CONDITIONS.phrase(str(self.comparison), *bounds, unit)

    def problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the comparison and the bounds of the definition at `path`."""
        place = join(path, "upper")
        if self.comparison is not Comparison.BETWEEN:
            if self.upper is not None:
                message = f"upper means nothing with {self.comparison.name}; leave it out"
                yield Problem("meaningless", place, message)
        elif self.upper is None:
            yield Problem("missing", place, "upper is missing; BETWEEN has two bounds, both included")
        elif self.upper < self.value:
            message = f"upper is {describe(self.upper)}, below value, {describe(self.value)}; nothing lies between them"
            yield Problem("bounds_cross", place, message)

    @property
    def _last(self) -> Fraction:
        return self.value if self.upper is None else self.upper


class TextTest(Enum):
    """How a text must compare with the value of a condition; capital and small letters differ."""

    EQUALS = "equals"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    EMPTY = "empty"
    """It has no characters; there is no value."""

    def words(self, value: str) -> Said:
        """Return the test against a value in words."""
        return CONDITIONS.phrase(str(self), *([] if self is TextTest.EMPTY else [describe(value)]))

    def holds(self, found: str, value: str) -> bool:
        """Return whether what was found passes the test."""
        return _TEXT_TESTS[self](found, value)


_EDGES: Final[Mapping[Comparison, tuple[int | None, int | None]]] = MappingProxyType(
    {
        Comparison.BELOW: (None, -1),
        Comparison.AT_MOST: (None, 0),
        Comparison.EQUAL: (0, 0),
        Comparison.AT_LEAST: (0, None),
        Comparison.ABOVE: (1, None),
        Comparison.BETWEEN: (0, 0),
    }
)
"""Where the edges of each comparison lie by its bounds; None where it has none."""

_TEXT_TESTS: Final[Mapping[TextTest, Callable[[str, str], bool]]] = MappingProxyType(
    {
        TextTest.EQUALS: operator.eq,
        TextTest.CONTAINS: operator.contains,
        TextTest.STARTS_WITH: str.startswith,
        TextTest.ENDS_WITH: str.endswith,
        TextTest.EMPTY: lambda found, _: not found,
    }
)
