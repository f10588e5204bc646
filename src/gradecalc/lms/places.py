# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What each place of a gradebook may be set to, and which settings the evidence cannot tell apart there.

A category is graded by itself under each of its options, once for all searches; options under which every learner has
the same points out of the same maximum are one, and those that miss a stated subtotal are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product, zip_longest
from typing import Any, Final

from attrs import evolve, field

from ..exact import Exact, NumberError, RoundingMode, read_number, total
from ..gradebook.aggregation import ByFormula, Mean, SumOfPoints
from ..gradebook.contributions import WHOLE
from ..gradebook.drops import DropRule
from ..gradebook.items import GradeItem
from ..gradebook.tree import ROOT_ID, AnyAggregation, Category, Gradebook, Node, rows
from ..gradebook.weights import Rescale, WeightedMean
from ..grading.plan import Plan
from ..marks import EXEMPT, Mark, MarkValue, UngradedPolicy
from ..report.results import Treatment
from ..rounding import Rounding
from ..values import frozen
from .evidence import Evidence, try_compile
from .settings import Setting, with_settings
from .stated import KEEPS_POINTS

Settings = tuple[Setting, ...]
Behaviour = tuple[MarkValue, ...]
"""What a branch comes to, as a mark, for each evidence."""

_MOST_DROPPED: Final = 3
_MANY: Final = 40
"""Of how many learners a category is worked out by a kernel, whose making costs as much as so many."""

_ROUNDINGS: Final = tuple(
    Rounding(places, mode)
    for places, mode in product((2, 1, 0), (RoundingMode.HALF_UP, RoundingMode.DOWN, RoundingMode.UP))
)


@frozen
class Choice:
    """Settings of one place that the evidence cannot tell apart, fewest first; the first stands in the gradebook."""

    of: str
    options: tuple[Settings, ...]


@frozen
class Group:
    """A choice, and what comes of it for each evidence."""

    choice: Choice
    behaviour: Behaviour

    @property
    def cost(self) -> int:
        """How many settings the fewest are."""
        return len(self.choice.options[0])


def book_options(book: Gradebook) -> list[Settings]:
    """Return what the whole gradebook may be set to, fewest settings first: how parts combine, and what blanks do."""
    combining = _combining(book)
    policies: list[Settings] = [
        () if policy is book.ungraded else (Setting(ROOT_ID, "ungraded", policy),) for policy in UngradedPolicy
    ]
    return sorted((each + policy for each, policy in product(combining, policies)), key=len)


def _combining(book: Gradebook) -> list[Settings]:
    """Return how the final may combine its parts, and the categories in it theirs, whichever way."""
    base = book.aggregation
    if isinstance(base, ByFormula):
        return [()]
    roots: list[AnyAggregation] = [base, *(each for each in _others(base, book) if each != base)]
    inheriting = [each for each in book.children if isinstance(each, Category) and each.aggregation is None]
    found: dict[Settings, None] = {}
    for root in roots:
        own: Settings = () if root == base else (Setting(ROOT_ID, "aggregation", root),)
        for within in (root, base, SumOfPoints()) if inheriting else (root,):
            pinned = () if within == root else tuple(Setting(each.id, "aggregation", within) for each in inheriting)
            found[own + pinned] = None
    return list(found)


def _others(base: AnyAggregation, book: Gradebook) -> Iterator[AnyAggregation]:
    yield SumOfPoints()
    weighted = base if isinstance(base, WeightedMean) else WeightedMean()
    if isinstance(base, WeightedMean) or any(row.node.weight is not None for row in rows(book)):
        for rescale in Rescale:
            yield evolve(weighted, rescale=rescale)
    yield Mean()


def final_options(book: Gradebook, ways: Sequence[DropRule], *, exceeds: bool) -> list[Settings]:
    """Return what the final alone may be set to: drops, rounding, and whether it may exceed its maximum."""
    found: list[Settings] = [()]
    if not any(isinstance(each, Category) for each in book.children):
        found += _drops(ROOT_ID, sum(not each.bonus and each.counts for each in book.children), book.drop, ways)
    found += ((Setting(ROOT_ID, "round_result", each),) for each in _ROUNDINGS if each != book.round_result)
    return found + ([(Setting(ROOT_ID, "can_exceed", not book.can_exceed),)] if exceeds else [])


def _drops(of: str, count: int, base: DropRule, ways: Sequence[DropRule]) -> Iterator[Settings]:
    """Yield how many may be dropped, few first, each in every way; a branch that drops has a way of its own."""
    most = min(count - 1, _MOST_DROPPED)
    pairs = sorted(product(range(most + 1), range(most + 1)), key=lambda pair: (sum(pair), pair[1]))
    for (lowest, highest), way in product(pairs, (base,) if base.drops else ways):
        rule = evolve(way, lowest=lowest, highest=highest, keep_highest=None)
        if lowest + highest < count and (rule.drops or base.drops) and rule != base:
            yield (Setting(of, "drop", rule),)


def exceeds(nodes: Iterable[Node], gathered: Iterable[Evidence]) -> bool:
    """Return whether anybody has more than an item's maximum, or a bonus, so that a cap could bite."""
    items = {row.node.id: row.node for row in rows(Gradebook(nodes)) if isinstance(row.node, GradeItem)}
    return any(each.bonus for each in items.values()) or any(
        _points(each.marks.get(id_)) > (item.max_points or 0)
        for each in gathered
        for id_, item in items.items()
        if id_ in each.marks
    )


def _points(mark: Any) -> Exact:
    try:
        return read_number(mark.points if isinstance(mark, Mark) else mark)
    except NumberError:
        return 0


@frozen
class OpenPlace:
    """A category directly below the final, and the evidence about it.

    `nth` says where it stands there, `ways` how its system drops, `within` has the evidence with the marks in it alone,
    and `known` keeps what was found of each of its forms.
    """

    nth: int
    category: Category
    gathered: Sequence[Evidence] = field(repr=False)
    ways: Sequence[DropRule] = (DropRule(),)
    known: dict[Category, Behaviour] = field(factory=dict, eq=False, repr=False)
    within: Sequence[Evidence] = field(eq=False, repr=False)

    @within.default
    def _only_in_it(self) -> Sequence[Evidence]:
        ids = {row.node.id for row in rows(Gradebook([self.category]))}
        return [
            evolve(each, marks={id_: mark for id_, mark in each.marks.items() if id_ in ids}) for each in self.gathered
        ]

    @property
    def is_stated(self) -> bool:
        """Whether any subtotal is stated of the category."""
        return any(self.category.id in each.below for each in self.gathered)

    def groups(self, book: Gradebook, options: Iterable[Settings]) -> list[Group]:
        """Return the options that no subtotal contradicts, in a book; those with one behaviour are one."""
        found: dict[Behaviour, dict[Category, Settings]] = {}
        for settings in options:
            changed = self._settled(book, settings)
            behaviour = self._known(changed, book)
            if len(behaviour) == len(self.within):
                found.setdefault(behaviour, {}).setdefault(changed, settings)
        return [Group(Choice(self.category.id, tuple(each.values())), behaviour) for behaviour, each in found.items()]

    def misfit(self, book: Gradebook) -> Evidence | None:
        """Return the first evidence of which a stated subtotal is another in a book, if any."""
        behaviour = self._known(self._settled(book, ()), book)
        return self.gathered[len(behaviour)] if len(behaviour) < len(self.gathered) else None

    def alike(self, book: Gradebook, first: Settings, others: Iterable[Settings]) -> list[Settings]:
        """Return those options that nobody's figures tell from the first, each form of the category once."""
        form = self._settled(book, first)
        behaviour, found = self._known(form, book), {form: first}
        for settings in others:
            changed = self._settled(book, settings)
            if changed not in found and self._behaves(changed, book, behaviour):
                found[changed] = settings
        return list(found.values())

    def options(self) -> list[Settings]:
        """Return what the category may be set to by itself, none first."""
        of, category = self.category.id, self.category
        count = sum(not each.bonus and each.counts for each in category.children)
        found: list[Settings] = [(), *_drops(of, count, category.drop, self.ways)]
        found += ((Setting(of, "ungraded", policy),) for policy in UngradedPolicy if policy is not category.ungraded)
        if exceeds(category.children, self.gathered):
            found.append((Setting(of, "can_exceed", not category.can_exceed),))
        if self.is_stated:
            found += self._flags()
            found += ((Setting(of, "aggregation", each),) for each in (SumOfPoints(), Mean()))
            found += ((Setting(of, "round_result", each),) for each in _ROUNDINGS if each != category.round_result)
        return found

    def more_options(self) -> list[Settings]:
        """Return a drop with one other setting, and what items may be set to, for where nothing simpler fits."""
        simple = self.options()
        drops = [each for each in simple if each and each[0].name == "drop"]
        others = [each for each in simple if each and each[0].name != "drop"]
        flags = self._flags()
        pairs = [a + b for nth, a in enumerate(flags) for b in flags[nth + 1 :] if a[0].of != b[0].of]
        return [*flags, *(a + b for a, b in product(drops, others)), *pairs]

    def _flags(self) -> list[Settings]:
        """Return that one item does not count, or is a bonus."""
        items = [each for each in self.category.children if isinstance(each, GradeItem) and each.counts]
        return [(Setting(each.id, *flag),) for each in items for flag in (("counts", False), ("bonus", not each.bonus))]

    def _settled(self, book: Gradebook, settings: Settings) -> Category:
        """Return the category with settings, and with all that it has from the book stated."""
        category = with_settings(book, settings).children[self.nth]
        inherited = SumOfPoints() if isinstance(book.aggregation, ByFormula) else book.aggregation
        own = category if isinstance(category, Category) else self.category
        return evolve(own, aggregation=own.aggregation or inherited, ungraded=own.ungraded or book.ungraded)

    def _known(self, form: Category, book: Gradebook) -> Behaviour:
        """Return what comes of a form of the category, up to where a stated subtotal is another."""
        if form not in self.known:
            self.known[form] = tuple(self._figures(form, book))
        return self.known[form]

    def _behaves(self, form: Category, book: Gradebook, behaviour: Behaviour) -> bool:
        """Return whether a form comes to the same for everybody; whoever tells it apart is the last to be asked."""
        figures = self.known.get(form) or self._figures(form, book)
        return all(here == there for here, there in zip_longest(figures, behaviour))

    def _figures(self, form: Category, book: Gradebook) -> Iterator[MarkValue]:
        """Yield what comes of a form, as a mark, for each evidence, up to where a stated subtotal is another."""
        plan = try_compile(Gradebook([form], weights_in=book.weights_in))
        if plan is None:
            return
        alone = self._alone(form, book, plan)
        for each in self.within:
            share = None if alone is None else each.share(alone)
            if share is not None and each.supports_share(form.id, share, plan.layout.headings[1].how):
                yield Mark(share, out_of=WHOLE)
                continue
            report = each.report(plan)
            if not each.supports_lines(report):
                return
            points, out_of = report.columns.points[1], report.columns.out_of[1]
            counts = report.columns.treatments[1] is not Treatment.EXEMPT
            yield Mark(points, out_of=out_of) if points is not None and counts else EXEMPT

    def _alone(self, form: Category, book: Gradebook, plan: Plan) -> Plan | None:
        """Return the plan of a gradebook that a form is the whole of, where a share of 100 is all that comes of it."""
        plain = all(isinstance(each, GradeItem) for each in form.children)
        keeps_points = plan.layout.headings[1].how in KEEPS_POINTS
        if len(self.within) < _MANY or not plain or keeps_points or form.max_points or form.replace_lowest:
            return None
        whole = Gradebook(
            form.children,
            aggregation=form.aggregation or book.aggregation,
            weights_in=book.weights_in,
            ungraded=form.ungraded or book.ungraded,
            drop=form.drop,
            only_bonus=form.only_bonus,
            can_exceed=form.can_exceed,
            cap=form.cap,
            round_result=form.round_result,
        )
        return try_compile(whole)


def stand_in(category: Category) -> GradeItem:
    """Return an item in the place of a category, for the final's figure alone."""
    items = [row.node for row in rows(Gradebook([category])) if isinstance(row.node, GradeItem)]
    most = category.max_points or total(each.max_points or 0 for each in items)
    return GradeItem(
        category.name,
        most,
        weight=category.weight,
        bonus=category.bonus,
        counts=category.counts,
        can_exceed=True,
        id=category.id,
    )
