# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Random policies that lead from one node of a gradebook to another."""

from __future__ import annotations

from attrs import evolve
from hypothesis import strategies as st

from ..gradebook.moved_weights import Missed, WeightMoves
from ..gradebook.tree import Combining, Node
from .features import Features


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
