# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Random policies that lead from one node of a gradebook to another."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from attrs import evolve
from hypothesis import strategies as st

from ..gradebook.best_of import BestOf, ChildWeight, Weighting
from ..gradebook.moved_weights import Missed, WeightMoves
from ..gradebook.tree import AnyAggregation, Combining, Node
from ..gradebook.weights import Rescale
from .features import Features

_ONE_IN: Final = 5
_MOST_WEIGHTINGS: Final = 3


@st.composite
def or_best_of(
    draw: st.DrawFn, otherwise: Combining | None, children: tuple[Node, ...], features: Features
) -> AnyAggregation | None:
    """Return a best of weightings of these children, or mostly another aggregation.

    Below it a category without an aggregation has a weighted mean, which takes every bonus.
    """
    ids = [child.id for child in children if child.counts]
    if not (features.best_of and ids) or draw(st.integers(0, _ONE_IN)):
        return otherwise
    weights = st.sampled_from([Fraction(weight) for weight in (10, 20, 40, 50, 100, 0)])
    weighed = st.lists(
        st.builds(ChildWeight, st.sampled_from(ids), weights), min_size=1, unique_by=lambda each: each.id
    )
    rescale = st.sampled_from(Rescale)
    count = draw(st.integers(1, _MOST_WEIGHTINGS))
    return BestOf([Weighting(f"W{nth}", draw(weighed), rescale=draw(rescale)) for nth in range(count)])


@st.composite
def with_moved_weights(
    draw: st.DrawFn, children: tuple[Node, ...], aggregation: Combining, features: Features
) -> tuple[Node, ...]:
    """Return the children of a branch, where it has weights with the weight of some moving to others."""
    places = [place for place, child in enumerate(children) if child.counts and not child.bonus]
    if not (features.moved_weights and aggregation.uses_weights) or len(places) == 1:
        return children
    moving = draw(st.lists(st.sampled_from(places), max_size=2, unique=True)) if places else []
    changed = list(children)
    for place in moving:
        to = draw(st.sampled_from([children[each].id for each in places if each != place]))
        moves = WeightMoves(to, when=draw(st.sampled_from(Missed)))
        changed[place] = evolve(children[place], weight_moves=moves)
    return tuple(changed)
