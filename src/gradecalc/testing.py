# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Random gradebooks and marks for property tests: the Hypothesis vocabulary of gradecalc, for yours too.

A plugin that stores, shows or converts gradebooks wants to know that it does so with every gradebook:

    from hypothesis import given
    from gradecalc.testing import Features, graded_books

    @given(graded_books(Features(bonus=False)))
    def test_my_store_keeps_the_final_grade(graded_book):
        book, marks = graded_book
        assert grade(my_store.load(my_store.save(book)), marks).final == grade(book, marks).final

Everything drawn compiles and grades. What your plugin cannot represent is switched off in `Features`.
This module needs Hypothesis, and no other module of gradecalc imports it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Final

from attrs import field, frozen
from hypothesis import strategies as st

from .exact import Exact, Number, RoundingMode, write_exact
from .gradebook.aggregation import Highest, Lowest, Mean, Median, Mode, SumOfPoints
from .gradebook.contributions import BonusOf, ZeroRange
from .gradebook.drops import DropBy, DropRule, DropTies, TooFew
from .gradebook.items import GradeItem
from .gradebook.tree import ROOT_ID, Category, Combining, Empty, Gradebook, Node, OnlyBonus, rows
from .gradebook.weights import Distribution, Maximum, Rescale, WeightedMean
from .marks import EXEMPT, UNGRADED, ItemKind, Mark, MarkValue, UngradedPolicy
from .rounding import Rounding, RoundingOf
from .schemes import Band, GradeScheme

_MOST_CHILDREN: Final = 4
_MOST_TRAITS: Final = 3
_PLAIN: Final = SumOfPoints()
_ABSENT: Final = object()


def exact_numbers(minimum: int = 0, maximum: int = 100) -> st.SearchStrategy[Fraction]:
    """Return exact numbers between two bounds: mostly whole, sometimes thirds, tenths or the like."""
    under = st.sampled_from((1, 1, 1, 2, 3, 10))
    return under.flatmap(lambda part: st.builds(Fraction, st.integers(minimum * part, maximum * part), st.just(part)))


def spellings(value: Exact) -> list[Number]:
    """Return every way to state the value exactly: as an int, a float, a Decimal and a Fraction, where possible."""
    text = write_exact(value)
    decimals: list[Number] = [] if "/" in text else [Decimal(text), float(text)]
    whole: list[Number] = [int(value)] if value.denominator == 1 else []
    return [*whole, *decimals, Fraction(value)]


def roundings() -> st.SearchStrategy[Rounding]:
    """Return rounding steps, to hundreds or to thousandths and between."""
    return st.builds(
        Rounding,
        st.integers(-2, 3),
        st.sampled_from(RoundingMode),
        of=st.sampled_from(RoundingOf),
        up_from=st.sampled_from((Fraction(1, 2), Fraction(9, 20), Fraction(1))),
    )


def schemes() -> st.SearchStrategy[GradeScheme]:
    """Return grade schemes, with and without assigned values."""
    return st.sampled_from(
        (
            GradeScheme.from_cutoffs({"A": 85, "B": 70, "C": 55, "F": 0}),
            GradeScheme.from_cutoffs({"Pass": Fraction(100, 3), "Fail": 0}, name="Pass or fail"),
            GradeScheme(
                (Band("Good", 60, value=80), Band("Fair", 30, value=50), Band("Poor", 0, value=20, colour="red"))
            ),
        )
    )


def aggregations() -> st.SearchStrategy[Combining]:
    """Return every aggregation with every choice that it has."""
    zero_range = st.sampled_from((ZeroRange.LEAVES, ZeroRange.FULL))
    bonus = st.sampled_from(BonusOf)
    return st.one_of(
        weighted_means(),
        st.builds(SumOfPoints, bonus=bonus, zero_range=st.sampled_from(ZeroRange)),
        st.builds(Mean, bonus=bonus, zero_range=zero_range),
        *(st.builds(pick, zero_range=zero_range) for pick in (Median, Lowest, Highest, Mode)),
    )


def weighted_means(*, rescale: Rescale | None = None) -> st.SearchStrategy[WeightedMean]:
    """Return weighted means, all of one `rescale` or of any."""
    return st.builds(
        WeightedMean,
        distribution=st.sampled_from(Distribution),
        rescale=st.sampled_from(Rescale) if rescale is None else st.just(rescale),
        out_of=st.sampled_from(Maximum),
        bonus=st.sampled_from(BonusOf),
        zero_range=st.sampled_from((ZeroRange.LEAVES, ZeroRange.FULL)),
    )


def drop_rules(ids: tuple[str, ...] = (), *, by: DropBy | None = None) -> st.SearchStrategy[DropRule]:
    """Return drop rules for a branch whose children have the given ids."""
    few = st.integers(0, 2)
    shared: dict[str, st.SearchStrategy[Any]] = {
        "never": st.lists(st.sampled_from(ids), max_size=1) if ids else st.just(()),
        "by": st.sampled_from(DropBy) if by is None else st.just(by),
        "ties": st.sampled_from(DropTies),
        "keep_at_least": few,
        "too_few": st.sampled_from(TooFew),
    }
    counted = st.builds(DropRule, lowest=few, highest=few, **shared)
    return counted | st.builds(DropRule, keep_highest=few, **shared)


@frozen(kw_only=True)
class Features:
    """What the gradebooks and marks drawn may have: everything, unless switched off."""

    aggregations: st.SearchStrategy[Combining] = field(factory=aggregations)
    """How branches combine their children."""

    bonus: bool = True
    """Bonus items and categories, where the aggregation takes them."""
    graded_by_bonus: bool = True
    """Branches that bonus alone can grade (`OnlyBonus.GRADED`)."""
    drops: bool = True
    """Drop rules."""
    rounding: bool = True
    """Rounding of results; how figures are shown varies always."""
    nested: bool = True
    """Categories, to a depth of 3."""
    kinds: bool = True
    """Items that take a pass, a symbol or a text."""
    uncounted: bool = True
    """Items and categories with `counts=False`; a text item counts anyway for nothing."""
    unweighted: bool = True
    """Children without a weight."""
    fixed_maxima: bool = True
    """Branches with `max_points`."""
    zero_maxima: bool = True
    """Items out of 0, and learners' own maxima of 0."""
    own_maxima: bool = True
    """Marks with a maximum of the learner's own."""
    floors: bool = True
    """Items with `min_points`."""
    excess: bool = True
    """Points above the maximum, and items and branches that `can_exceed`."""
    negative: bool = True
    """Points below 0."""
    ungraded: bool = True
    """Items without a mark."""
    exempt: bool = True
    """Exempt items and categories."""
    overrides: bool = True
    """Numbers recorded for a category or for the final grade."""


EVERYTHING: Final = Features()


@st.composite
def items(draw: st.DrawFn, place: str = "1", features: Features = EVERYTHING, *, bonus_fits: bool = True) -> GradeItem:
    """Return items of every kind; `place` numbers them, and `bonus_fits` says whether their branch takes a bonus."""
    max_points = draw(_maxima(features))
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
    own = draw(st.none() | features.aggregations)
    children = draw(_children(f"{place}.", features, own or inherited, depth))
    traits = draw(_category_traits(features, bonus_fits=inherited.takes_bonus))
    drop = draw(_fitting_drop_rules(children, features))
    return Category(f"Category {place}", children, aggregation=own, drop=drop, **_sound(traits, place))


@st.composite
def gradebooks(draw: st.DrawFn, features: Features = EVERYTHING) -> Gradebook:
    """Return gradebooks that compile, at most three levels deep."""
    aggregation = draw(features.aggregations)
    children = draw(_children("", features, aggregation, 3 if features.nested else 1))
    drop = draw(_fitting_drop_rules(children, features))
    return Gradebook(children, aggregation=aggregation, drop=drop, **draw(_root_traits(features)))


@st.composite
def marks_for(draw: st.DrawFn, book: Gradebook, features: Features = EVERYTHING) -> dict[str, MarkValue]:
    """Return one learner's marks: every kind of mark, every spelling of a number, recorded in any order."""
    marks: dict[str, MarkValue] = {}
    for row in draw(st.permutations(rows(book))):
        if isinstance(row.node, GradeItem):
            _record(marks, row.node.id, draw(_item_marks(row.node, book.scheme, features)))
        else:
            id_ = ROOT_ID if isinstance(row.node, Gradebook) else row.node.id
            _record(marks, id_, draw(_branch_marks(features, exempt=id_ != ROOT_ID)))
    return marks


@st.composite
def graded_books(draw: st.DrawFn, features: Features = EVERYTHING) -> tuple[Gradebook, dict[str, MarkValue]]:
    """Return gradebooks, each with the marks of one learner."""
    book = draw(gradebooks(features))
    return book, draw(marks_for(book, features))


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
    return tuple(children)


def _fitting_drop_rules(children: tuple[Node, ...], features: Features) -> st.SearchStrategy[DropRule]:
    return _drop_rules_or_none(tuple(child.id for child in children), features)


@cache
def _drop_rules_or_none(ids: tuple[str, ...], features: Features) -> st.SearchStrategy[DropRule]:
    none = st.just(DropRule())
    return none | drop_rules(ids) if features.drops else none


@cache
def _maxima(features: Features) -> st.SearchStrategy[Fraction]:
    usual = [Fraction(10), Fraction(4), Fraction(20), Fraction(100), Fraction(1), Fraction(5, 2), Fraction(20, 3)]
    return st.sampled_from([*usual, *[Fraction(0)] * features.zero_maxima])


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
    return _some_of(traits | {"empty": st.sampled_from(Empty)}, features)


@cache
def _root_traits(features: Features) -> st.SearchStrategy[dict[str, Any]]:
    traits = _traits(features) | _branch_traits(features) | {"shown": roundings()}
    return _some_of(traits, features, always={})


def _traits(features: Features) -> dict[str, st.SearchStrategy[Any]]:
    """Return what every line may have."""
    traits: dict[str, st.SearchStrategy[Any]] = {"pass_mark": exact_numbers(), "scheme": schemes()}
    if features.rounding:
        traits["round_result"] = roundings()
    if features.excess:
        traits["can_exceed"] = st.just(value=True)
    return traits


def _shared_traits(features: Features, *, bonus_fits: bool) -> dict[str, st.SearchStrategy[Any]]:
    """Return what a child of a branch may have."""
    traits = _traits(features) | {"must_pass": st.just(value=True), "id": st.just("")}
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
    if "must_pass" in traits:
        traits.setdefault("pass_mark", Fraction(50))
    if "id" in traits:
        traits["id"] = place
    return traits


def _record(marks: dict[str, MarkValue], id_: str, value: Any) -> None:
    if value is not _ABSENT:
        marks[id_] = value


@st.composite
def _item_marks(draw: st.DrawFn, item: GradeItem, scheme: GradeScheme | None, features: Features) -> Any:
    """Return a mark for the item, or nothing at all."""
    ways = ["plain", "plain", "plain", "circumstances", *["blank"] * features.ungraded, *["exempt"] * features.exempt]
    way = draw(st.sampled_from(ways))
    if way == "blank":
        return draw(st.sampled_from((_ABSENT, None, UNGRADED)))
    if way == "exempt":
        return EXEMPT
    own = draw(st.none() | _maxima(features)) if features.own_maxima and way == "circumstances" else None
    points = draw(_recordable(item, scheme, item.max_points if own is None else own, features))
    return points if way == "plain" else draw(_circumstances(points, own, features))


def _recordable(
    item: GradeItem, scheme: GradeScheme | None, max_points: Fraction | None, features: Features
) -> st.SearchStrategy[Any]:
    if item.kind is ItemKind.TEXT:
        return st.text(max_size=5)
    numbers = _points(max_points or Fraction(0), features)
    if item.kind is ItemKind.PASS_FAIL:
        return st.booleans() | numbers
    own = item.scheme or scheme
    if item.kind is ItemKind.SELECTBOX and own is not None:
        return st.sampled_from([band.symbol for band in own.bands]) | numbers
    return numbers


@cache
def _points(max_points: Fraction, features: Features) -> st.SearchStrategy[Number]:
    """Return points for a maximum, in any spelling; mostly quarters of it, so that ties happen."""
    quarters = st.integers(-1 if features.negative else 0, 5 if features.excess else 4)
    points = quarters.map(lambda quarter: max_points * quarter / 4)
    if features.excess:
        points |= exact_numbers(-1 if features.negative else 0, 12)
    return points.flatmap(lambda value: st.sampled_from(spellings(value)))


def _circumstances(points: Any, own: Fraction | None, features: Features) -> st.SearchStrategy[Mark]:
    recorded = [points, *[None, UNGRADED] * features.ungraded]
    return st.builds(
        Mark,
        st.sampled_from(recorded),
        st.just(own),
        exempt=st.booleans() if features.exempt else st.just(value=False),
        by=st.sampled_from((None, "Ada")),
        note=st.sampled_from(("", "late")),
    )


@st.composite
def _branch_marks(draw: st.DrawFn, features: Features, *, exempt: bool) -> Any:
    """Return an override, an exemption, or mostly nothing at all."""
    way = draw(st.integers(0, 9))
    if way == 9 and features.overrides:  # noqa: PLR2004 - one in ten
        own = draw(st.none() | _maxima(features)) if features.own_maxima else None
        points = draw(_points(own or Fraction(40), features))
        return points if own is None else Mark(points, own, by="Ada")
    return EXEMPT if way == 8 and features.exempt and exempt else _ABSENT  # noqa: PLR2004
