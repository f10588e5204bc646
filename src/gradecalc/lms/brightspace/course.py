# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a Brightspace course states about its grades, by API or in a package, and the gradebook that it makes.

Categories stand at the place of their first item. Ids are names, and where a name stands twice, the name with the
key that the source has for it: `Quiz (32)`. The gradebook compiles, whatever the course states.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import Final, TypeVar

from attrs import evolve, field

from ...errors import Problem, Severity
from ...exact import (
    Exact,
    RoundingMode,
    describe,
    ratio,
    total,
)
from ...gradebook.aggregation import ByFormula, SumOfPoints
from ...gradebook.contributions import WHOLE
from ...gradebook.drops import DropRule
from ...gradebook.items import FormulaItem, GradeItem
from ...gradebook.tree import (
    AnyAggregation,
    Category,
    Gradebook,
    Node,
)
from ...gradebook.weights import Distribution, WeightedMean
from ...grading.checks import find_definition_problems
from ...marks import ItemKind, UngradedPolicy
from ...rounding import Rounding
from ...schemes import GradeScheme
from ...values import frozen
from ..documents import (
    AMOUNT,
    COUNT,
    KEY,
    NOT,
    TEXT,
    TRUTH,
    Document,
    Expected,
    one_of,
)
from ..free_ids import Ids
from ..records import enter, named

SYSTEM: Final = "brightspace"

DISTRIBUTIONS: Final[Mapping[str, Distribution | None]] = MappingProxyType(
    {"1": Distribution.BY_POINTS, "2": Distribution.EVENLY}
)
"""How a category shares its weight, by the code that the course states; sources contradict each other on the codes."""

_SHOWN: Final = Rounding(2, RoundingMode.HALF_EVEN)
_HAIR: Final = Fraction(1, 10**6)
"""What weights of nine decimals may be off by, together."""


class GradingSystem(Enum):
    """The grading systems."""

    POINTS = "points"
    WEIGHTED = "weighted"
    FORMULA = "formula"


class ObjectType(Enum):
    """The types of grade objects, by their numbers."""

    NUMERIC = 1
    PASS_FAIL = 2
    SELECTBOX = 3
    TEXT = 4
    CALCULATED = 5
    FORMULA = 6
    FINAL_CALCULATED = 7
    FINAL_ADJUSTED = 8
    CATEGORY = 9


_NAMES: Final[Mapping[str, ObjectType]] = {
    "Numeric": ObjectType.NUMERIC,
    "PassFail": ObjectType.PASS_FAIL,
    "SelectBox": ObjectType.SELECTBOX,
    "Text": ObjectType.TEXT,
    "Calculated": ObjectType.CALCULATED,
    "Formula": ObjectType.FORMULA,
}
OBJECT_TYPE: Final = one_of({**_NAMES, **{str(each.value): each for each in ObjectType}})
"""A type of grade object, by its name or by its number."""


def _within(value: object) -> str:
    key = KEY.read(value)
    return "" if key == "0" else key


WITHIN: Final = Expected("a text or a whole number", _within)
"""A key of what something is in or has; 0 is none."""

_KINDS: Final[Mapping[ObjectType | None, ItemKind]] = {
    ObjectType.NUMERIC: ItemKind.NUMERIC,
    ObjectType.PASS_FAIL: ItemKind.PASS_FAIL,
    ObjectType.SELECTBOX: ItemKind.SELECTBOX,
    ObjectType.TEXT: ItemKind.TEXT,
}
"""The types that may count; what is of any other is numeric and does not."""


@frozen(kw_only=True)
class CourseCategory:
    """A category as the course states it, by API or in a package; `key` is what items refer to it by."""

    source: Document = field(eq=False, repr=False)
    key: str
    name: str = field(metadata=named("Name", TEXT, "name"))
    weight: Exact | None = field(default=None, metadata=named("Weight", AMOUNT, "scoring.weight"))
    can_exceed: bool = field(default=False, metadata=named("CanExceedMax", TRUTH, "scoring.can_exceed_weight"))
    counts: bool = field(
        default=True, metadata=named("ExcludeFromFinalGrade", NOT, "scoring.exclude_from_final_grade_calc")
    )
    lowest: int = field(default=0, metadata=named("NumberOfLowestToDrop", COUNT, "scoring.low_non_bonus_drop"))
    highest: int = field(default=0, metadata=named("NumberOfHighestToDrop", COUNT, "scoring.high_non_bonus_drop"))
    distribution: Distribution | None = None

    @name.default
    def _keyed(self) -> str:
        return f"Category {self.key}"

    @property
    def drop(self) -> DropRule:
        """The drop rule: the first results graded are dropped, even if that is all of them."""
        drops = bool(self.lowest or self.highest)
        return DropRule(lowest=self.lowest, highest=self.highest, keep_at_least=0) if drops else DropRule()


@frozen(kw_only=True)
class CourseItem:
    """An item as the course states it, by API or in a package; `within` is the key of its category, if it has one."""

    source: Document = field(eq=False, repr=False)
    key: str
    name: str = field(metadata=named("Name", TEXT, "name"))
    type: ObjectType | None = field(default=None, metadata=named("GradeType", OBJECT_TYPE, "type_id"))
    within: str = field(default="", metadata=named("CategoryId", WITHIN, "category_id"))
    max_points: Exact | None = field(default=None, metadata=named("MaxPoints", AMOUNT))
    weight: Exact | None = field(default=None, metadata=named("Weight", AMOUNT, "scoring.weight"))
    bonus: bool = field(default=False, metadata=named("IsBonus", TRUTH, "scoring.is_bonus"))
    counts: bool = field(
        default=True, metadata=named("ExcludeFromFinalGradeCalculation", NOT, "scoring.exclude_from_final_grade_calc")
    )
    can_exceed: bool = field(default=False, metadata=named("CanExceedMaxPoints", TRUTH, "scoring.can_exceed_weight"))
    scheme: GradeScheme | None = None
    formula: str = ""

    @name.default
    def _keyed(self) -> str:
        return f"Item {self.key}"

    @property
    def shares(self) -> bool:
        """Whether it is one of those that the weight or the points of its branch are shared among."""
        return self.type in _KINDS and self.type is not ObjectType.TEXT and self.counts and not self.bonus

    def node(self, id_: str, weight: Exact | None, default: GradeScheme | None) -> GradeItem | FormulaItem:
        """Return the item of the gradebook, reporting what stands in the way of its counting."""
        if self.type is ObjectType.TEXT:
            return GradeItem(self.name, kind=ItemKind.TEXT, id=id_)
        if self.formula:
            return FormulaItem(
                self.name, formula=self.formula, max_points=self.max_points, can_exceed=self.can_exceed, id=id_
            )
        return GradeItem(
            self.name,
            self.max_points or 0,
            weight=weight,
            kind=self._kind(default),
            bonus=self.bonus,
            counts=self._counts(),
            can_exceed=self.can_exceed,
            scheme=self.scheme,
            id=id_,
        )

    def _kind(self, default: GradeScheme | None) -> ItemKind:
        kind = _KINDS.get(self.type, ItemKind.NUMERIC)
        if kind is ItemKind.SELECTBOX and not (self.scheme or default):
            message = f"{self.name!r} has symbols and no scheme that is known here; it is read as a numeric item"
            self.source.report("no_scheme", message, Severity.NOTICE)
            return ItemKind.NUMERIC
        return kind

    def _counts(self) -> bool:
        if self.type not in _KINDS:
            message = f"how {self.name!r} is worked out is not known here; its values are kept and do not count"
            self.source.report("not_worked_out", message, Severity.NOTICE if self.type else Severity.ERROR)
            return False
        if self.max_points is None:
            message = f"{self.name!r} does not say what it is out of; its marks are kept and do not count"
            self.source.report("no_maximum", message)
            return False
        return self.counts


@frozen
class KeyedGradebook:
    """A gradebook that compiles, and the ids of its categories and its items by the keys that the source has."""

    gradebook: Gradebook
    category_ids: Mapping[str, str] = field(hash=False)
    items: Mapping[str, GradeItem | FormulaItem] = field(hash=False)


def settings(
    system: GradingSystem, *, ungraded: UngradedPolicy, formula: str, scheme: GradeScheme | None, source: Document
) -> Gradebook:
    """Return a gradebook without children."""
    if system is GradingSystem.FORMULA and not formula:
        message = "the final grade is by a formula, which the source does not carry; points are summed instead"
        source.report("no_formula", f"{message}, until you pass formulas={{'final': …}}")
        system = GradingSystem.POINTS
    aggregations: Mapping[GradingSystem, AnyAggregation] = {
        GradingSystem.POINTS: SumOfPoints(),
        GradingSystem.WEIGHTED: WeightedMean(),
        GradingSystem.FORMULA: ByFormula(formula),
    }
    return Gradebook(aggregation=aggregations[system], ungraded=ungraded, scheme=scheme, shown=_SHOWN)


def assemble(
    book: Gradebook, categories: Iterable[CourseCategory], items: Iterable[CourseItem], problems: list[Problem]
) -> KeyedGradebook:
    """Return the course with the settings of a gradebook; where a formula cannot be used, it is without formulas."""
    course = _Assembly(book, _by_key(categories, "a category"), _by_key(items, "an item")).course()
    found = [each for each in find_definition_problems(course.gradebook) if each.severity is Severity.ERROR]
    if not found:
        return course
    message = "the gradebook does not compile with these formulas, and is read without them; mend them"
    problems += [*found, Problem("formulas_left_out", "formulas", message)]
    return _without_formulas(course)


class _Assembly:
    """A course while its gradebook is made; `members` has the items of each category by its key."""

    def __init__(
        self, book: Gradebook, categories: Mapping[str, CourseCategory], items: Mapping[str, CourseItem]
    ) -> None:
        self.book = book
        self.weighted = isinstance(book.aggregation, WeightedMean)
        self.categories = categories
        self.items = items
        self.members: dict[str, list[CourseItem]] = {key: [] for key in categories}
        self.item_nodes: dict[str, GradeItem | FormulaItem] = {}
        ids = Ids()
        self.item_ids = {key: ids.free(item.name, key) for key, item in items.items()}
        self.category_ids = {key: ids.free(category.name, "category") for key, category in categories.items()}

    def course(self) -> KeyedGradebook:
        """Return the course."""
        order: list[CourseCategory | CourseItem] = []
        for item in self.items.values():
            category = self._category_of(item)
            if category is None:
                order.append(item)
                continue
            if not self.members[category.key]:
                order.append(category)
            self.members[category.key].append(item)
        order += [each for each in self.categories.values() if not self.members[each.key]]
        if self.weighted:
            _check_sum(order)
        book = evolve(self.book, children=tuple(map(self._node, order)))
        return KeyedGradebook(book, self.category_ids, self.item_nodes)

    def _category_of(self, item: CourseItem) -> CourseCategory | None:
        category = self.categories.get(item.within)
        if item.within and category is None:
            message = f"{item.name!r} is in category {item.within}, which is not there; it stands outside categories"
            item.source.report("unknown_category", message)
        return category

    def _node(self, each: CourseCategory | CourseItem) -> Category | GradeItem | FormulaItem:
        if isinstance(each, CourseItem):
            return self._item(each, each.weight)
        members = self.members[each.key]
        if not isinstance(self.book.aggregation, ByFormula):
            _check_drops(each, members, weighted=self.weighted)
        share = _share_of_category(each, members) if self.weighted else 1
        by_points = self.weighted and each.distribution is Distribution.BY_POINTS
        return Category(
            each.name,
            [self._item(item, self._weight(item, each, share)) for item in members],
            weight=each.weight if self.weighted else None,
            aggregation=WeightedMean(distribution=Distribution.BY_POINTS) if by_points else None,
            drop=each.drop,
            counts=each.counts,
            can_exceed=each.can_exceed,
            id=self.category_ids[each.key],
        )

    def _weight(self, item: CourseItem, category: CourseCategory, share: Exact) -> Exact | None:
        """Return an item's share of its category; where the category distributes, only a bonus has one of its own."""
        shared = category.distribution is not None and not item.bonus
        return None if shared or item.weight is None else Fraction(item.weight * share)

    def _item(self, item: CourseItem, weight: Exact | None) -> GradeItem | FormulaItem:
        node = item.node(self.item_ids[item.key], weight if self.weighted else None, self.book.scheme)
        self.item_nodes[item.key] = node
        return node


_Keyed = TypeVar("_Keyed", CourseCategory, CourseItem)


def _by_key(entries: Iterable[_Keyed], what: str) -> dict[str, _Keyed]:
    found: dict[str, _Keyed] = {}
    for each in entries:
        enter(found, each.key, each, each.source, what)
    return found


def _check_sum(order: Sequence[CourseCategory | CourseItem]) -> None:
    """Report weights of the course that do not come to the whole; Brightspace warns of them and scales them."""
    weights = [each.weight for each in order if isinstance(each, CourseCategory) or each.shares]
    stated = [weight for weight in weights if weight is not None]
    found = total(stated)
    if found and len(stated) == len(weights) and abs(Fraction(found) - WHOLE) > _HAIR:
        message = f"the weights of the course sum to {describe(found)}, and are scaled to {WHOLE} as far as they count"
        order[0].source.report("weights_sum", message, Severity.NOTICE)


def _check_drops(category: CourseCategory, members: Sequence[CourseItem], *, weighted: bool) -> None:
    """Report drops among items that are not worth the same, which Brightspace does not offer."""
    worth = [each for each in members if each.shares]
    same = {each.weight if weighted else each.max_points for each in worth}
    shared = weighted and category.distribution is Distribution.EVENLY
    if category.drop.drops and len(same) > 1 and not shared:
        message = (
            f"items of {category.name!r} are not worth the same, and Brightspace drops only among those that are; "
            "the lowest and highest are dropped by percent"
        )
        category.source.report("drops_unequal", message, Severity.NOTICE)


def _share_of_category(category: CourseCategory, members: Sequence[CourseItem]) -> Exact:
    """Return what makes the weights of the items shares of their category, and report what they are shares of.

    The system stores shares of the final grade and exports shares of the category: whichever whole they are nearer to.
    """
    stated = [item.weight for item in members if item.weight is not None and not item.bonus]
    if category.weight is None or not stated:
        return 1
    found = total(stated)
    whole = min((Fraction(WHOLE), Fraction(category.weight)), key=lambda each: abs(found - each))
    of_final = whole != WHOLE
    if of_final or abs(found - whole) > _HAIR:
        message = (
            f"the weights in {category.name!r} sum to {describe(found)}, and its own is {describe(category.weight)}: "
            f"they are read as shares of the {'final grade' if of_final else 'category'}"
        )
        category.source.report("weight_base", message, Severity.NOTICE)
    return ratio(WHOLE, whole) if whole else 1


def _without_formulas(course: KeyedGradebook) -> KeyedGradebook:
    book = course.gradebook
    aggregation = SumOfPoints() if isinstance(book.aggregation, ByFormula) else book.aggregation
    children = tuple(map(_without_formula, book.children))
    items = {key: _plain(item) for key, item in course.items.items()}
    return KeyedGradebook(evolve(book, aggregation=aggregation, children=children), course.category_ids, items)


def _without_formula(node: Node) -> Node:
    if isinstance(node, Category):
        return evolve(node, children=tuple(map(_without_formula, node.children)))
    return _plain(node) if isinstance(node, FormulaItem) else node


def _plain(item: GradeItem | FormulaItem) -> GradeItem:
    if isinstance(item, GradeItem):
        return item
    return GradeItem(item.name, item.max_points or 0, counts=False, can_exceed=item.can_exceed, id=item.id)
