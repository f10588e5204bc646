# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Random gradebooks, categories and items."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from ..gradebook.aggregation import SumOfPoints
from ..gradebook.drops import DropRule
from ..gradebook.items import Empty, GradeItem
from ..gradebook.tree import Category, Combining, Gradebook, Node, OnlyBonus
from ..gradebook.weights import WeightUnit
from ..marks import ItemKind, UngradedPolicy
from .features import EVERYTHING, Features, maxima
from .links import or_best_of, with_moved_weights, with_replacements
from .values import caps, drop_rules, exact_numbers, hurdles, roundings, schemes

_MOST_CHILDREN: Final = 4
_MOST_TRAITS: Final = 3
_PLAIN: Final = SumOfPoints()


@st.composite
def items(draw: st.DrawFn, place: str = "1", features: Features = EVERYTHING, *, bonus_fits: bool = True) -> GradeItem:
    """Return items of every kind; `place` numbers them, and `bonus_fits` says whether their branch takes a bonus."""
    max_points = draw(maxima(features))
    traits = draw(_item_traits(features, bonus_fits=bonus_fits))
    if traits.get("kind") is ItemKind.TEXT:
        traits = {name: held for name, held in traits.items() if name not in ("bonus", "counts")}
    if traits.get("kind") is ItemKind.SELECTBOX:
        traits.setdefault("scheme", draw(schemes()))
    if "min_points" in traits:
        traits["min_points"] = min(traits["min_points"], max_points)
    return GradeItem(f"Item {place}", max_points, **_sound(traits, place))


@st.composite
def categories(
    draw: st.DrawFn,
    place: str = "1",
    features: Features = EVERYTHING,
    *,
    inherited: Combining = _PLAIN,
    depth: int = 2,
) -> Category:
    """Return categories with at most `depth` levels below them; their branch's aggregation is `inherited`."""
    drawn = draw(st.none() | features.aggregations)
    children = draw(_children(f"{place}.", features, drawn or inherited, depth))
    own = draw(or_best_of(drawn, children, features))
    traits = draw(_category_traits(features, bonus_fits=inherited.takes_bonus))
    drop = draw(_fitting_drop_rules(children, features))
    return Category(f"Category {place}", children, aggregation=own, drop=drop, **_sound(traits, place))


@st.composite
def gradebooks(draw: st.DrawFn, features: Features = EVERYTHING) -> Gradebook:
    """Return gradebooks that compile, at most three levels deep."""
    aggregation = draw(features.aggregations)
    children = draw(_children("", features, aggregation, 3 if features.nested else 1))
    own = draw(or_best_of(aggregation, children, features)) or aggregation
    drop = draw(_fitting_drop_rules(children, features))
    book = Gradebook(children, aggregation=own, drop=drop, **draw(_root_traits(features)))
    return draw(with_replacements(book)) if features.replacements else book


@st.composite
def _children(draw: st.DrawFn, prefix: str, features: Features, aggregation: Combining, depth: int) -> tuple[Node, ...]:
    """Return the children of a branch; the deeper it lies, the fewer of them are categories."""
    children: list[Node] = []
    for nth in range(1, draw(st.integers(0 if prefix else 1, _MOST_CHILDREN)) + 1):
        place = f"{prefix}{nth}"
        if draw(st.integers(0, 3)) < depth - 1:
            children.append(draw(categories(place, features, inherited=aggregation, depth=depth - 1)))
        else:
            children.append(draw(items(place, features, bonus_fits=aggregation.takes_bonus)))
    return draw(with_moved_weights(tuple(children), aggregation, features))


def _fitting_drop_rules(children: tuple[Node, ...], features: Features) -> st.SearchStrategy[DropRule]:
    return _drop_rules_or_none(tuple(child.id for child in children), features)


@cache
def _drop_rules_or_none(ids: tuple[str, ...], features: Features) -> st.SearchStrategy[DropRule]:
    none = st.just(DropRule())
    return none | drop_rules(ids) if features.drops else none


@cache
def _weights(features: Features) -> st.SearchStrategy[Fraction | None]:
    given = st.sampled_from([*map(Fraction, (10, 20, 40, 50, 100, 120, 0)), Fraction(100, 3)])
    return st.none() | given if features.unweighted else given


@cache
def _item_traits(features: Features, *, bonus_fits: bool) -> st.SearchStrategy[dict[str, Any]]:
    traits = _shared_traits(features, bonus_fits=bonus_fits)
    if features.kinds:
        traits["kind"] = st.sampled_from(ItemKind)
    if features.floors:
        traits["min_points"] = st.sampled_from((-1, 0, 2)).map(Fraction)
    return _some_of(traits, features)


@cache
def _category_traits(features: Features, *, bonus_fits: bool) -> st.SearchStrategy[dict[str, Any]]:
    traits = _shared_traits(features, bonus_fits=bonus_fits) | _branch_traits(features)
    kept = (Empty.KEEPS_WEIGHT, Empty.NEVER_EXEMPT)
    empty = [each for each in Empty if features.kept_weights or each not in kept]
    return _some_of(traits | {"empty": st.sampled_from(empty)}, features)


@cache
def _root_traits(features: Features) -> st.SearchStrategy[dict[str, Any]]:
    traits = (
        _traits(features) | _branch_traits(features) | {"shown": roundings(), "weights_in": st.sampled_from(WeightUnit)}
    )
    return _some_of(traits, features, always={})


def _traits(features: Features) -> dict[str, st.SearchStrategy[Any]]:
    """Return what every line may have."""
    traits: dict[str, st.SearchStrategy[Any]] = {"pass_mark": exact_numbers(), "scheme": schemes()}
    if features.rounding:
        traits["round_result"] = roundings()
    if features.excess:
        traits["can_exceed"] = st.just(value=True)
    if features.caps:
        traits["cap"] = caps()
    return traits


def _shared_traits(features: Features, *, bonus_fits: bool) -> dict[str, st.SearchStrategy[Any]]:
    """Return what a child of a branch may have."""
    traits = _traits(features) | {"must_pass": st.just(value=True), "id": st.just("")}
    if features.hurdles:
        traits["if_missed"] = hurdles()
    if features.bonus and bonus_fits:
        traits["bonus"] = st.just(value=True)
    if features.uncounted:
        traits["counts"] = st.just(value=False)
    return traits


def _branch_traits(features: Features) -> dict[str, st.SearchStrategy[Any]]:
    traits: dict[str, st.SearchStrategy[Any]] = {"ungraded": st.sampled_from(UngradedPolicy)}
    if features.graded_by_bonus:
        traits["only_bonus"] = st.sampled_from(OnlyBonus)
    if features.fixed_maxima:
        traits["max_points"] = exact_numbers(1, 60)
    if features.branch_floors:
        traits["min_points"] = st.sampled_from((-20, -1, 0, 1)).map(Fraction)
    return traits


@st.composite
def _some_of(
    draw: st.DrawFn,
    traits: Mapping[str, st.SearchStrategy[Any]],
    features: Features,
    always: Mapping[str, st.SearchStrategy[Any]] | None = None,
) -> dict[str, Any]:
    """Return values for a few of the traits, and a weight."""
    always = {"weight": _weights(features)} if always is None else always
    names = draw(st.lists(st.sampled_from(sorted(traits)), max_size=_MOST_TRAITS, unique=True))
    return {name: draw(strategy) for name, strategy in [*always.items(), *((name, traits[name]) for name in names)]}


def _sound(traits: dict[str, Any], place: str) -> dict[str, Any]:
    """Return the traits with what they need of each other."""
    if "if_missed" in traits:
        traits["must_pass"] = True
    if "must_pass" in traits:
        traits.setdefault("pass_mark", Fraction(50))
    if "id" in traits:
        traits["id"] = place
    return traits
