# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The best of several weightings of the same children, chosen for each learner.

With homework 20, midterm 30 and final 50, or homework 20 and final 80, whoever has 90, 60 and 80 has 76 by the first
and 82 by the second, and so 82. Before the final both rescale: 90 % of homework alone is 90, which no formula says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import ClassVar, Final

from attrs import evolve, field

from ..errors import Problem
from ..exact import Exact, lenient
from ..fields import as_tuple, choice, join, many, number, shown_only, text
from ..reasons import Lack
from ..values import frozen
from .contributions import WHOLE, Combined
from .weights import Rescale, WeightedMean

MAX_WEIGHTINGS: Final = 20
"""The most weightings of which the best is sought."""


@frozen
class ChildWeight:
    """A child by its id, and what it weighs."""

    id: str = field(metadata=text())
    weight: Fraction = field(converter=lenient, metadata=number(minimum=0))


def _as_weighed(weights: Mapping[str, object] | Iterable[ChildWeight]) -> tuple[ChildWeight, ...]:
    if isinstance(weights, Mapping):
        return tuple(ChildWeight(id_, weight) for id_, weight in weights.items())  # type: ignore[arg-type]
    return as_tuple(weights)


@frozen
class Weighting:
    """One weighting of a branch's children: a weighted mean of those that it names; no other counts in it.

    `weights` maps ids to weights.
    """

    name: str = field(metadata=shown_only(text()))
    weights: tuple[ChildWeight, ...] = field(converter=_as_weighed, metadata=many(ChildWeight))
    rescale: Rescale = field(default=Rescale.ALWAYS, metadata=choice(Rescale), kw_only=True)

    def weight_of(self, id: str) -> Fraction | None:  # noqa: A002 - the word of the domain
        """Return what the child with this id weighs, or None where it is not named."""
        return next((each.weight for each in self.weights if each.id == id), None)

    @property
    def mean(self) -> WeightedMean:
        """The weighted mean that this is."""
        return WeightedMean(rescale=self.rescale)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        if not self.weights:
            message = f"weighting {self.name!r} names nobody; state the weight of each child that counts in it"
            yield Problem("missing", join(path, "weights"), message)
        for id_, times in Counter(each.id for each in self.weights).items():
            if times > 1:
                message = f"weighting {self.name!r} names {id_!r} {times} times; a child has one weight in it"
                yield Problem("duplicate_id", join(path, "weights"), message)


def _as_weightings(weightings: Iterable[Weighting]) -> tuple[Weighting, ...]:
    return as_tuple(weightings)


@frozen
class BestOf:
    """The weighting with the best percent, and of equal ones the first. Rules V6 to V10."""

    weightings: tuple[Weighting, ...] = field(converter=_as_weightings, metadata=many(Weighting))

    name: ClassVar[str] = "best of weightings"

    def in_percent(self) -> BestOf:
        """Return it with its weights, which were shares, in percent."""
        return BestOf([evolve(each, weights=[_in_percent(own) for own in each.weights]) for each in self.weightings])

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield what is wrong between the fields."""
        if len(self.weightings) > MAX_WEIGHTINGS:
            message = f"there are {len(self.weightings)} weightings; at most {MAX_WEIGHTINGS} are tried for a learner"
            yield Problem("too_many", join(path, "weightings"), message)
        if not self.weightings:
            yield Problem(
                "missing", join(path, "weightings"), "there is no weighting to be the best; state one or more"
            )
        for name, times in Counter(each.name for each in self.weightings).items():
            if times > 1:
                message = f"{times} weightings are called {name!r}; reports tell them apart by their names"
                yield Problem("duplicate_name", join(path, "weightings"), message)


def _in_percent(own: ChildWeight) -> ChildWeight:
    return evolve(own, weight=own.weight * WHOLE)


def choose_best(tried: Sequence[Combined]) -> int:
    """Return the place of the best result, of equal ones the first.

    Where none has a score it is the first, or the first that lacks one for another reason than that all is exempt.
    """
    scores: list[tuple[Exact, int]] = [
        (each.points, -place) for place, each in enumerate(tried) if each.points is not None
    ]
    if scores:
        return -max(scores)[1]
    return next((place for place, each in enumerate(tried) if each.lack is not Lack.EXEMPT), 0)
