# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A result that stands in for another's: the final for the lowest midterm, a retake for a test.

With 60 % in a test and 82 % in its retake, `ReplacedBy("Retake")` makes the test 82 %; with `counts_at=90` it is
73.8 %, and with `at_most=70` it is 70 %. All is in percent, and becomes points of the maximum of what is replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from fractions import Fraction

from attrs import field

from ..errors import Problem
from ..exact import Exact, lenient, ratio, simplest
from ..fields import as_tuple, choice, join, many, number, one_of, truth, whole_number
from ..values import frozen
from .contributions import WHOLE

_MOST = 1_000_000


class ReplacedWhen(Enum):
    """What another's result replaces."""

    BETTER = "better"
    """A score that is worse."""
    BETTER_OR_MISSING = "better_or_missing"
    """A score that is worse, and a blank."""
    ALWAYS = "always"
    """Any score, and a blank."""


def _as_sources(sources: str | Iterable[str]) -> tuple[str, ...]:
    return (sources,) if isinstance(sources, str) else as_tuple(sources)


@frozen
class ReplacedBy:
    """Whose result replaces that of an item or a category: the best of `sources`, ids that may lie anywhere.

    It `counts_at` a percent of itself, and for `at_most` a percent. Exempt work stays exempt unless `even_exempt`.
    Rules V11 to V17.
    """

    sources: tuple[str, ...] = field(converter=_as_sources, metadata=many(str))
    when: ReplacedWhen = field(default=ReplacedWhen.BETTER, metadata=choice(ReplacedWhen), kw_only=True)
    counts_at: Fraction = field(default=Fraction(100), converter=lenient, metadata=number(above=0), kw_only=True)
    at_most: Fraction | None = field(
        default=None, converter=lenient, metadata=number(above=0, optional=True), kw_only=True
    )
    even_exempt: bool = field(default=False, metadata=truth(), kw_only=True)

    def worth(self, percent: Exact) -> Exact:
        """Return what a source's percent counts for, in percent."""
        counted = ratio(percent * simplest(self.counts_at), WHOLE)
        return counted if self.at_most is None else min(counted, simplest(self.at_most))

    def takes(self, *, exempt: bool, scored: bool) -> bool:
        """Return whether work in this state may be replaced at all."""
        if exempt:
            return self.even_exempt
        return scored or self.when is not ReplacedWhen.BETTER

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        if not self.sources:
            message = "nothing is named whose result replaces this; list the ids of items or categories"
            yield Problem("missing", join(path, "sources"), message)


@frozen
class ReplaceLowest:
    """How many of a category's children are replaced, the lowest by percent first, and `by` what.

    Rules V15 and V16.
    """

    by: ReplacedBy = field(metadata=one_of(ReplacedBy))
    count: int = field(default=1, metadata=whole_number(minimum=1, maximum=_MOST), kw_only=True)


def lowest(percents: Sequence[Exact | None], count: int) -> list[int]:
    """Return the places of the `count` lowest, what has no percent first, and of equal ones the first."""
    ranked = sorted(range(len(percents)), key=lambda place: (percents[place] is not None, percents[place] or 0))
    return sorted(ranked[:count])
