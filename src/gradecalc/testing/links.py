# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Random policies that lead from one node of a gradebook to another."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from attrs import evolve
from hypothesis import strategies as st

from ..errors import Severity
from ..gradebook.best_of import BestOf, ChildWeight, Weighting
from ..gradebook.moved_weights import Missed, WeightMoves
from ..gradebook.replacement import ReplacedBy, ReplacedWhen, ReplaceLowest
from ..gradebook.tree import AnyAggregation, Category, Combining, Gradebook, Node, rows
from ..gradebook.weights import Rescale
from ..grading.checks import find_definition_problems
from ..marks import ItemKind
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


@st.composite
def with_replacements(draw: st.DrawFn, book: Gradebook) -> Gradebook:
    """Return the gradebook with results that stand in for others', where what is drawn goes round in no circle."""
    nodes = [row.node for row in rows(book)[1:] if getattr(row.node, "kind", None) is not ItemKind.TEXT]
    ids = [node.id for node in nodes]
    if len(ids) == 1 or draw(st.integers(0, _ONE_IN)) > 1 or not ids:
        return book
    policies: dict[str, dict[str, Any]] = {}
    for id_ in draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)):
        policies[id_] = {"replaced_by": draw(_replaced_by([each for each in ids if each != id_]))}
    categories = [node.id for node in nodes if isinstance(node, Category)]
    for id_ in draw(st.lists(st.sampled_from(categories), max_size=1)) if categories else ():
        lowest = ReplaceLowest(draw(_replaced_by([each for each in ids if each != id_])), count=draw(st.integers(1, 2)))
        policies.setdefault(id_, {})["replace_lowest"] = lowest
    changed = evolve(book, children=[_with_policies(child, policies) for child in book.children])
    wrong = any(problem.severity is Severity.ERROR for problem in find_definition_problems(changed))
    return book if wrong else changed


@st.composite
def _replaced_by(draw: st.DrawFn, ids: list[str]) -> ReplacedBy:
    return ReplacedBy(
        draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True)),
        when=draw(st.sampled_from(ReplacedWhen)),
        counts_at=draw(st.sampled_from((Fraction(100), Fraction(90)))),
        at_most=draw(st.sampled_from((None, Fraction(90), Fraction(50)))),
        even_exempt=draw(st.booleans()),
    )


def _with_policies(node: Node, policies: dict[str, dict[str, Any]]) -> Node:
    own = policies.get(node.id, {})
    if not isinstance(node, Category):
        return evolve(node, **own)
    return evolve(node, children=[_with_policies(child, policies) for child in node.children], **own)
