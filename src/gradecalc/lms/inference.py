# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which settings that a file does not state give every final and subtotal that it does.

The space is small and searched a category at a time: what a category may be is judged by its own subtotals, and only
what is left is tried with the rest. Rules J10 to J16.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush, merge
from itertools import chain, islice
from typing import Any, Final

from attrs import evolve, frozen

from ..exact import total
from ..gradebook.items import GradeItem
from ..gradebook.tree import ROOT_ID, Category, Gradebook
from ..grading.plan import Plan
from ..marks import Marks
from ..outline import Explained, Outline
from ..reasons import Reason, ReasonTexts
from .evidence import Evidence, fits, gather, sample, try_compile
from .imported import Imported
from .parts_left_out import left_out
from .places import Choice, Group, OpenPlace, Settings, book_options, exceeds, final_options, stand_in
from .settings import Setting, with_settings

MOST_CANDIDATES: Final = 20
"""The most candidates that are given."""

_SAMPLE: Final = 8
_ROUNDS: Final = 4
_MOST_NAMED: Final = 4
_NEARLY_ALL: Final = 99
_COMBINATIONS: Final = 4
_FEW: Final = 600
"""How many are tried where every category has subtotals, so that what is left differs by what nobody sees."""

_MOST_GRADED: Final = 4_000

INFERENCE: Final = ReasonTexts(
    "inference",
    {
        "nothing_stated": "the file states no finals and no subtotals, so that nothing can be inferred",
        "limit": "the search ended early, after {0} trials; there may be others",
        "more": "there are more than {0}; the first are given",
        "short_weights": "the final may count work that the file does not list: listed weights are short of 100 in {0}",
    },
)
"""What is said of a search as a whole."""


@frozen
class Candidate(Explained):
    """A gradebook under which every stated figure comes out, and what was set in it.

    Each choice has other settings of the same place that do as well; the first of each stand in the gradebook.
    """

    gradebook: Gradebook
    choices: tuple[Choice, ...]

    @property
    def settings(self) -> Settings:
        """What differs from the gradebook that was read."""
        return tuple(setting for choice in self.choices for setting in choice.options[0])

    @property
    def told(self) -> tuple[str, ...]:
        """What differs from the gradebook that was read, in words, a line for each setting."""
        return tuple(_told(self.settings))

    def outline(self) -> Outline:
        """Return what is set, and what the file cannot tell from it."""
        rows = [Outline(text) for text in self.told]
        rows += [Outline(f"or: {'; '.join(_told(each))}") for choice in self.choices for each in _others(choice)]
        return Outline(_count(self.settings), children=rows)


def _told(settings: Settings) -> list[str]:
    """Return settings in words, one that several lines have at once in a line of its own."""
    alike: dict[tuple[str, Any], list[Setting]] = {}
    for each in settings:
        alike.setdefault((each.name, each.value), []).append(each)
    found = [f"{first}{_and_more(more)}" for first, *more in alike.values()]
    return found or ["as it was read"]


def _and_more(settings: Sequence[Setting]) -> str:
    named = ", ".join(each.of for each in settings[:_MOST_NAMED])
    rest = f" and {len(settings) - _MOST_NAMED} more" if len(settings) > _MOST_NAMED else ""
    return f"; so in {named}{rest}" if settings else ""


def _others(choice: Choice) -> Iterator[Settings]:
    """Yield the other options of a choice; of those that set the same fields the first stands for all."""
    seen = {tuple(each.name for each in choice.options[0])}
    for settings in choice.options[1:]:
        names = tuple(each.name for each in settings)
        if names not in seen or names == ("counts",):
            seen.add(names)
            yield settings


def _count(settings: Settings) -> str:
    return f"{changes(settings)} changed" if settings else "as it was read"


def changes(settings: Settings) -> int:
    """Return how many settings these are; what several lines have at once is one."""
    return len({(each.name, each.value) for each in settings})


@frozen
class Inference(Explained):
    """All the candidates that were found, fewest settings first, how many were tried, and what else is to be said."""

    candidates: tuple[Candidate, ...]
    tried: int
    complete: bool
    notes: tuple[Reason, ...] = ()

    def outline(self) -> Outline:
        """Return each candidate, numbered, below a sentence."""
        count = len(self.candidates)
        found = "1 candidate gives" if count == 1 else f"{count or 'no'} candidates give"
        rows = []
        for nth, each in enumerate(self.candidates, start=1):
            row = each.outline()
            rows.append(Outline(f"{nth}: {row.label}", children=row.children))
        return Outline(f"{found} every stated figure", "", self.notes, rows)


def infer(imported: Imported, *, limit: int = 20_000) -> Inference:
    """Return the settings under which every final and subtotal comes out as a file states it.

    `limit` bounds the search: no more finals are tried. Raises `DefinitionError` for a gradebook that cannot be
    compiled.
    """
    gathered = gather(imported)
    if not gathered:
        return Inference((), 0, complete=True, notes=(INFERENCE.reason("nothing_stated"),))
    looked_at = sample(gathered, _SAMPLE)
    search = _Search(imported.gradebook, looked_at, limit)
    for _ in range(_ROUNDS):
        candidates, against = _sift(search, gathered)
        if candidates or not against:
            break
        looked_at = [*looked_at, *against.values()]
        search = _Search(imported.gradebook, looked_at, limit, search.tried)
    if len(looked_at) < len(gathered):
        candidates = [_for_all(imported.gradebook, each, gathered) for each in candidates[: MOST_CANDIDATES + 1]]
    return _conclude(imported.gradebook, candidates, search)


def _sift(search: _Search, gathered: Sequence[Evidence]) -> tuple[list[Candidate], dict[str, Evidence]]:
    """Return what fits all the evidence, and the evidence against what fits only the part that was looked at."""
    candidates, against = list[Candidate](), dict[str, Evidence]()
    for each in search.candidates():
        misfit = fits(each.gradebook, gathered)
        if misfit is None:
            candidates.append(each)
        else:
            against[misfit.learner] = misfit
        if len(candidates) > MOST_CANDIDATES or len(against) >= _SAMPLE:
            break
    return candidates, against


def _for_all(book: Gradebook, candidate: Candidate, gathered: Sequence[Evidence]) -> Candidate:
    """Return the candidate with those other options alone that nobody's figures tell from the first."""
    under = with_settings(book, (one for each in candidate.choices if each.of == ROOT_ID for one in each.options[0]))
    return evolve(candidate, choices=tuple(_alike(under, each, candidate, gathered) for each in candidate.choices))


def _alike(under: Gradebook, choice: Choice, candidate: Candidate, gathered: Sequence[Evidence]) -> Choice:
    first, *others = choice.options[: max(_MOST_GRADED // len(gathered), 1)]
    if choice.of == ROOT_ID:
        books = [(each, with_settings(candidate.gradebook, _undone(first, under) + each)) for each in others]
        return evolve(choice, options=(first, *(each for each, book in books if fits(book, gathered) is None)))
    nth = next(nth for nth, each in enumerate(under.children) if each.id == choice.of)
    category = under.children[nth]
    if not others or not isinstance(category, Category):
        return evolve(choice, options=(first,))
    groups = OpenPlace(nth, category, gathered).groups(under, [first, *others])
    return next((each.choice for each in groups if first in each.choice.options), evolve(choice, options=(first,)))


def _undone(settings: Settings, book: Gradebook) -> Settings:
    """Return what a gradebook had before settings of the final."""
    return tuple(Setting(ROOT_ID, each.name, getattr(book, each.name)) for each in settings if each.of == ROOT_ID)


def _conclude(book: Gradebook, candidates: Sequence[Candidate], search: _Search) -> Inference:
    ranked = sorted(candidates, key=lambda each: (changes(each.settings), len(each.settings)))
    short = ", ".join(_short(book))
    notes = [INFERENCE.reason("short_weights", short)] if short and not candidates else []
    if len(ranked) > MOST_CANDIDATES:
        notes.append(INFERENCE.reason("more", MOST_CANDIDATES))
    if search.ended:
        notes.append(INFERENCE.reason("limit", search.tried))
    complete = not search.ended and len(ranked) <= MOST_CANDIDATES
    return Inference(tuple(ranked[:MOST_CANDIDATES]), search.tried, complete=complete, notes=tuple(notes))


def _short(book: Gradebook) -> Iterator[str]:
    """Yield each category whose listed weights are well below 100."""
    for each in book.children:
        weights = [child.weight for child in each.children if not child.bonus] if isinstance(each, Category) else []
        if weights and None not in weights and total(weight or 0 for weight in weights) < _NEARLY_ALL:
            yield each.id


class _Search:
    """A search through the settings, judged by some of the evidence."""

    def __init__(self, book: Gradebook, gathered: Sequence[Evidence], limit: int, tried: int = 0) -> None:
        self.book = book
        self.gathered = gathered
        self.limit = limit
        self.tried = tried
        self.order = [nth for nth, each in enumerate(gathered) if each.final is not None]
        places = [
            OpenPlace(nth, each, gathered) for nth, each in enumerate(book.children) if isinstance(each, Category)
        ]
        self.places = sorted(places, key=lambda place: not place.is_stated)
        self.exceeds = exceeds(book.children, gathered)
        self.known: dict[tuple[Settings, bool], list[Sequence[Group]]] = {}
        self.of_book = book_options(book)
        self.ended = False
        self.share = min(limit // 2, _FEW) if all(place.is_stated for place in places) and places else limit // 2

    def candidates(self) -> Iterator[Candidate]:
        """Yield what fits, by simple options first, and by more only where these give nothing."""
        for way in (self._simply, self._with_more, self._with_parts_left_out):
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
        trial = _Trial(book, final_options(book, exceeds=self.exceeds))
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
                found = place.groups(book, place.more_options())
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
            if plan is not None and self._comes_out(plan, combination):
                found.append(settings)
            elif not settings and plan is not None and self.places and self._is_far(plan, combination):
                break
        return found

    def _is_far(self, plan: Plan, combination: Sequence[Group]) -> bool:
        """Return whether the final that was missed is further off than rounding or a cap can take it."""
        nth = self.order[0]
        report = evolve(self.gathered[nth], marks=self._marks(combination, nth)).report(plan)
        points, out_of = report.columns.points[0], report.columns.out_of[0]
        return self.gathered[nth].is_far(report) and points is not None and points < out_of

    def _marks(self, combination: Sequence[Group], nth: int) -> Marks:
        return {**self.gathered[nth].marks, **{of.choice.of: of.behaviour[nth] for of in combination}}

    def _comes_out(self, plan: Plan, combination: Sequence[Group]) -> bool:
        for place, nth in enumerate(self.order):
            each = self.gathered[nth]
            if not each.supports_final(evolve(each, marks=self._marks(combination, nth)).report(plan)):
                self.order.insert(0, self.order.pop(place))
                return False
        return True


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
