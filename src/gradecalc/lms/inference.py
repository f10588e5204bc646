# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which settings that a file does not state give every final and subtotal that it does.

The space is small and searched a category at a time: what a category may be is judged by its own subtotals, and only
what is left is tried with the rest. Rules J10 to J16, and J29.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve

from ..exact import ratio, total
from ..gradebook.contributions import WHOLE
from ..gradebook.tree import ROOT_ID, Category, Gradebook
from ..gradebook.weights import WeightUnit
from .candidates import INFERENCE, Candidate, Inference, changes
from .evidence import Evidence, fits, gather, sample
from .imported import Imported
from .places import Choice, OpenPlace, Settings
from .settings import Setting, with_settings
from .settings_search import Search

MOST_CANDIDATES: Final = 20
"""The most candidates that are given."""

MOST_TRIALS: Final = 20_000
"""The most finals that are tried, unless a search asks for another limit."""

_SAMPLE: Final = 8
_ROUNDS: Final = 4
_LEAST_CANDIDATES: Final = 3
_MOST_GRADED: Final = 4_000
_NEARLY_ALL: Final = 99


def infer(imported: Imported, *, limit: int = MOST_TRIALS) -> Inference:
    """Return the settings under which every final and subtotal comes out as a file states it.

    `limit` bounds the search: no more finals are tried. Raises `DefinitionError` for a gradebook that cannot be
    compiled.
    """
    gathered = gather(imported)
    if not gathered:
        return Inference((), 0, complete=True, notes=(INFERENCE.reason("nothing_stated"),))
    looked_at, tried = sample(gathered, _SAMPLE), 0
    for _ in range(_ROUNDS):
        search = Search(imported.gradebook, looked_at, limit, tried)
        candidates, against = _sift(search, gathered)
        if candidates or not against:
            break
        looked_at, tried, search.ended = [*looked_at, *against.values()], search.tried, True
    if len(looked_at) < len(gathered):
        candidates = [_for_all(imported.gradebook, each, gathered) for each in candidates]
    if all(each.settings for each in candidates) and fits(imported.gradebook, gathered) is None:
        candidates.insert(0, Candidate(imported.gradebook, ()))
    return _conclude(imported.gradebook, candidates, search, _most(gathered))


def _sift(search: Search, gathered: Sequence[Evidence]) -> tuple[list[Candidate], dict[str, Evidence]]:
    """Return what fits all the evidence, and the evidence against what fits only the part that was looked at."""
    candidates, against, most = list[Candidate](), dict[str, Evidence](), _most(gathered)
    for each in search.candidates():
        misfit = fits(each.gradebook, gathered)
        if misfit is None:
            candidates.append(each)
        else:
            against[misfit.learner] = misfit
        if len(candidates) > most or len(against) >= _SAMPLE:
            search.ended = True
            break
    return candidates, against


def _most(gathered: Sequence[Evidence]) -> int:
    """Return how many candidates are given: fewer of a large class, each of whom is graded by each of them."""
    return min(MOST_CANDIDATES, max(_MOST_GRADED // len(gathered), _LEAST_CANDIDATES))


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


def _conclude(book: Gradebook, candidates: Sequence[Candidate], search: Search, most: int) -> Inference:
    ranked = sorted(candidates, key=lambda each: (changes(each.settings), len(each.settings)))
    short = ", ".join(_short(book))
    notes = [INFERENCE.reason("short_weights", short)] if short and not candidates else []
    if len(ranked) > most:
        notes.append(INFERENCE.reason("more", most))
    elif search.ended:
        notes.append(INFERENCE.reason("limit", search.tried))
    complete = not search.ended and len(ranked) <= most
    return Inference(tuple(ranked[:most]), search.tried, complete=complete, notes=tuple(notes))


def _short(book: Gradebook) -> Iterator[str]:
    """Yield each category whose listed weights are well below the whole: 100, or 1 in shares."""
    nearly_all = _NEARLY_ALL * (ratio(1, WHOLE) if book.weights_in is WeightUnit.SHARE else 1)
    for each in book.children:
        weights = [child.weight for child in each.children if not child.bonus] if isinstance(each, Category) else []
        if weights and None not in weights and total(weight or 0 for weight in weights) < nearly_all:
            yield each.id
