# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The search for settings: every way to set a gradebook, from few settings to many, tried against the evidence.

Categories are graded by themselves; then items stand in their places, so that a trial is a small sum. Rules J11 to J16.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush, merge
from itertools import chain, islice
from typing import Final

from attrs import evolve

from ..exact import Exact, ratio
from ..gradebook.contributions import WHOLE
from ..gradebook.drops import DropRule
from ..gradebook.items import GradeItem
from ..gradebook.tree import ROOT_ID, Category, Gradebook
from ..gradebook.weights import WeightedMean, WeightUnit
from ..grading.plan import Plan
from ..marks import Marks
from ..report.report import Report
from .candidates import Candidate, changes
from .evidence import Evidence, try_compile
from .parts_left_out import COUNTED, left_out
from .places import Choice, Group, OpenPlace, Settings, book_options, exceeds, final_options, stand_in
from .settings import Setting, with_settings
from .unstated_weights import Row, find_weights

_COMBINATIONS: Final = 4
_MOST_LINES: Final = 8_000
"""How many lines are planned anew, in a book with some settings, to find what a category is that is nothing simple."""

_FEWEST: Final = 50
_FEW: Final = 600
"""How many are tried where every category has subtotals, so that what is left differs by what nobody sees."""


class Search:
    """A search through the settings, judged by some of the evidence."""

    def __init__(
        self,
        book: Gradebook,
        gathered: Sequence[Evidence],
        limit: int,
        tried: int = 0,
        ways: Sequence[DropRule] = (DropRule(),),
    ) -> None:
        self.book, self.ways = book, ways
        self.gathered = gathered
        self.limit = limit
        self.tried = tried
        self.order = [nth for nth, each in enumerate(gathered) if each.final is not None]
        places = [
            OpenPlace(nth, each, gathered, ways) for nth, each in enumerate(book.children) if isinstance(each, Category)
        ]
        self.places = sorted(places, key=lambda place: not place.is_stated)
        self.exceeds = exceeds(book.children, gathered)
        self.known: dict[tuple[Settings, bool], list[Sequence[Group]]] = {}
        self.of_book = book_options(book)
        self.ended = False
        self.share = min(limit // 2, _FEW) if all(place.is_stated for place in places) and places else limit // 2

    def candidates(self) -> Iterator[Candidate]:
        """Yield what fits, by simple options first, and by more only where these give nothing."""
        for way in (self._simply, self._with_more, self._with_parts_left_out, self._with_weights):
            found = False
            for candidate in way():
                found = True
                yield candidate
            if found:
                return

    def _simply(self) -> Iterator[Candidate]:
        return self._combine(deep=False)

    def _with_more(self) -> Iterator[Candidate]:
        return self._combine(deep=True)

    def _combine(self, *, deep: bool) -> Iterator[Candidate]:
        """Yield what fits among all combinations of options, fewest settings first, up to the limit."""
        end = self.tried + min(self.share, self.limit - self.tried)
        for _, settings, trial, combination in merge(*(self._way(each, deep) for each in self.of_book), key=_cost):
            fitting = self._fitting(trial, combination)
            if fitting:
                yield self._candidate(settings, combination, fitting)
            if self.tried >= end:
                self.ended = True
                return

    def _way(self, settings: Settings, deep: bool) -> Iterator[_Way]:  # noqa: FBT001 - which of the two ways
        """Yield the combinations of categories in a book with these settings, with their cost."""
        groups = self._groups(settings, deep=deep)
        if self.places and not groups:
            return
        book, own = with_settings(self.book, settings), changes(settings)
        trial = _Trial(book, final_options(book, self.ways, exceeds=self.exceeds))
        for combination in cheapest_first(groups):
            yield own + sum(each.cost for each in combination), settings, trial, combination

    def _with_parts_left_out(self) -> Iterator[Candidate]:
        """Yield what fits where parts of a sum of points are left out."""
        return chain.from_iterable(map(self._left_out_under, self.of_book))

    def _left_out_under(self, settings: Settings) -> Iterator[Candidate]:
        groups, trial = self._groups(settings, deep=True), _Trial(with_settings(self.book, settings), [()])
        plan = trial.plan(())
        for combination in islice(cheapest_first(groups), _COMBINATIONS if plan else 0):
            self.tried += 1
            marked = [(each, self._marks(combination, nth)) for nth, each in enumerate(self.gathered)]
            options = left_out(trial.book, plan, marked) if plan else []
            for alike in options:
                yield self._candidate(settings, combination, alike)

    def _with_weights(self) -> Iterator[Candidate]:
        """Yield what fits where the final weighs its parts by what the file does not state, if it states no weights."""
        if any(each.weight is not None for each in self.book.children):
            return
        for settings in self.of_book:
            if not any(each.name == "aggregation" and each.of == ROOT_ID for each in settings):
                yield from self._weighted_under(self._pinned(settings) + settings)

    def _pinned(self, settings: Settings) -> Settings:
        """Return that categories combine as they did, though the final combines them in another way."""
        said = {each.of for each in settings if each.name == "aggregation"}
        own = [each for each in self.book.children if isinstance(each, Category) and each.aggregation is None]
        return tuple(Setting(each.id, "aggregation", self.book.aggregation) for each in own if each.id not in said)

    def _weighted_under(self, settings: Settings) -> Iterator[Candidate]:
        mean = Setting(ROOT_ID, "aggregation", WeightedMean())
        trial = _Trial(with_settings(self.book, (*settings, mean)), [()])
        plan, groups = trial.plan(()), self._groups(settings, deep=True)
        for combination in islice(cheapest_first(groups), _COMBINATIONS if plan else 0):
            rows = [_row(plan, self.gathered[nth], self._marks(combination, nth)) for nth in self.order] if plan else []
            for weights in find_weights([row for row in rows if row]):
                self.tried += 1
                weighs = zip(trial.book.children, weights, strict=True)
                said = (mean, *(Setting(of.id, "weight", self._stated(weight)) for of, weight in weighs))
                yield self._candidate(settings, combination, [said])

    def _stated(self, percent: Exact) -> Exact:
        """Return a weight in percent as the gradebook states its weights."""
        return ratio(percent, WHOLE) if self.book.weights_in is WeightUnit.SHARE else percent

    def _groups(self, settings: Settings, *, deep: bool) -> list[Sequence[Group]]:
        """Return what each category may be in a book with these settings, and nothing where one fits in no way."""
        if (settings, deep) not in self.known:
            self.known[settings, deep] = self._find_groups(settings, deep=deep)
        return self.known[settings, deep]

    def _find_groups(self, settings: Settings, *, deep: bool) -> list[Sequence[Group]]:
        book, groups = with_settings(self.book, settings), list[Sequence[Group]]()
        said = {(each.of, each.name) for each in settings}
        for place in self.places:
            options = [each for each in place.options() if said.isdisjoint((one.of, one.name) for one in each)]
            found = place.groups(book, options)
            if not found and deep:
                more = place.more_options()
                most = max(_MOST_LINES // max(len(place.category.children), 1), _FEWEST)
                self.ended = self.ended or len(more) > most
                found = place.groups(book, more[:most])
            if not found:
                return []
            groups.append(found)
        return groups

    def _candidate(self, settings: Settings, combination: Sequence[Group], of_final: Sequence[Settings]) -> Candidate:
        choices = [Choice(ROOT_ID, (settings,)), *(each.choice for each in combination)]
        choices.append(Choice(ROOT_ID, tuple(of_final)))
        kept = tuple(each for each in choices if each.options != ((),))
        return Candidate(with_settings(self.book, (one for each in kept for one in each.options[0])), kept)

    def _fitting(self, trial: _Trial, combination: Sequence[Group]) -> list[Settings]:
        """Return the options of the final under which it comes out for everybody."""
        if not self.order:
            return [()]
        found = list[Settings]()
        for settings in trial.options:
            self.tried += 1
            plan = trial.plan(settings)
            missed = None if plan is None else self._missed(plan, combination)
            if plan is not None and missed is None:
                found.append(settings)
            elif not settings and missed is not None and self.places and self._is_far(missed):
                break
        return found

    def _is_far(self, missed: Report) -> bool:
        """Return whether the final that was missed is further off than rounding or a cap can take it."""
        points, out_of = missed.columns.points[0], missed.columns.out_of[0]
        return self.gathered[self.order[0]].is_far(missed) and points is not None and points < out_of

    def _marks(self, combination: Sequence[Group], nth: int) -> Marks:
        return {**self.gathered[nth].marks, **{of.choice.of: of.behaviour[nth] for of in combination}}

    def _missed(self, plan: Plan, combination: Sequence[Group]) -> Report | None:
        """Return the first report whose final is not the stated one, if any; its learner is asked first then."""
        for place, nth in enumerate(self.order):
            each = self.gathered[nth]
            report = evolve(each, marks=self._marks(combination, nth)).report(plan)
            if not each.supports_final(report):
                self.order.insert(0, self.order.pop(place))
                return report
        return None


def _row(plan: Plan, evidence: Evidence, marks: Marks) -> Row | None:
    """Return what a learner has in each part of the final, and the stated final, where there is one."""
    stated = None if evidence.final is None else evidence.final.stated
    if stated is None:
        return None
    report = evolve(evidence, marks=marks).report(plan)
    return [_percent(report, line) for line in report.layout.below[0]], stated


def _percent(report: Report, line: int) -> Exact | None:
    """Return the percent of a part that counts."""
    points, out_of = report.columns.points[line] or 0, report.columns.out_of[line]
    return ratio(100 * points, out_of) if report.columns.treatments[line] in COUNTED and out_of else None


_Way = tuple[int, Settings, "_Trial", Sequence[Group]]


def _cost(way: _Way) -> int:
    return way[0]


class _Trial:
    """A gradebook with items in the place of its categories, under each option of the final, compiled when asked."""

    def __init__(self, book: Gradebook, options: Sequence[Settings]) -> None:
        plain = [each for each in book.children if isinstance(each, (Category, GradeItem))]
        self.book = evolve(book, children=[stand_in(each) if isinstance(each, Category) else each for each in plain])
        self.options = options
        self._plans: dict[Settings, Plan | None] = {}

    def plan(self, settings: Settings) -> Plan | None:
        """Return the plan under an option, None where the gradebook cannot be compiled so."""
        if settings not in self._plans:
            self._plans[settings] = try_compile(with_settings(self.book, settings))
        return self._plans[settings]


def cheapest_first(groups: Sequence[Sequence[Group]]) -> Iterator[list[Group]]:
    """Yield every way to take one of each group, fewest settings first; each group's own are in that order."""
    ranked = [sorted(each, key=lambda group: group.cost) for each in groups]
    start = (0,) * len(ranked)
    waiting = [(sum(each[0].cost for each in ranked), start, 0)]
    while waiting:
        cost, places, last = heappop(waiting)
        yield [each[place] for each, place in zip(ranked, places, strict=True)]
        for nth in range(last, len(ranked)):
            here = places[nth]
            if here + 1 < len(ranked[nth]):
                more = ranked[nth][here + 1].cost - ranked[nth][here].cost
                heappush(waiting, (cost + more, (*places[:nth], here + 1, *places[nth + 1 :]), nth))
