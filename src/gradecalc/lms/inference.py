# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which settings that a file does not state give every final and subtotal that it does.

The space is small and searched a category at a time: what a category may be is judged by its own subtotals, and only
what is left is tried with the rest. Rules J10 to J16, J29 and J30.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import evolve

from ..gradebook.tree import ROOT_ID, Category, Gradebook
from ..reasons import Reason
from .candidates import INFERENCE, Candidate, Inference, changes
from .evidence import Evidence, fits, gather, sample
from .imported import Imported
from .places import Choice, OpenPlace, Settings
from .settings import Setting, with_settings
from .settings_search import Search
from .unlisted_work import find_unlisted_work, in_two_places, is_below_all

MOST_CANDIDATES: Final = 20
"""The most candidates that are given."""

MOST_TRIALS: Final = 20_000
"""The most finals that are tried, unless a search asks for another limit."""

_SAMPLE: Final = 8
_ROUNDS: Final = 4
_LEAST_CANDIDATES: Final = 3
_MOST_GRADED: Final = 4_000


def infer(imported: Imported, *, limit: int = MOST_TRIALS) -> Inference:
    """Return the settings under which every final and subtotal comes out as a file states it.

    `limit` bounds the search: no more finals are tried. Raises `DefinitionError` for a gradebook that cannot be
    compiled.
    """
    gathered = gather(imported)
    if not gathered:
        return Inference((), 0, complete=True, notes=(INFERENCE.reason("nothing_stated"),))
    book, looked_at, tried = imported.gradebook, sample(gathered, _SAMPLE), 0
    if is_below_all(book, looked_at):
        return Inference((), 0, complete=True, notes=_unlisted(book, gathered))
    for _ in range(_ROUNDS):
        search = Search(book, looked_at, limit, tried)
        candidates, against = _sift(search, gathered)
        if candidates or not against:
            break
        looked_at, tried, search.ended = [*looked_at, *against.values()], search.tried, True
    if len(looked_at) < len(gathered):
        candidates = [_for_all(book, each, gathered) for each in candidates]
    if all(each.settings for each in candidates) and fits(book, gathered) is None:
        candidates.insert(0, Candidate(book, ()))
    notes = () if candidates else _unlisted(book, gathered)
    return _conclude(candidates, search, _most(gathered), notes)


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


def _unlisted(book: Gradebook, gathered: Sequence[Evidence]) -> tuple[Reason, ...]:
    found = find_unlisted_work(book, gathered)
    return tuple(INFERENCE.reason(str(code), *args, show=in_two_places) for code, *args in found)


def _conclude(candidates: Sequence[Candidate], search: Search, most: int, said: tuple[Reason, ...]) -> Inference:
    ranked = sorted(candidates, key=lambda each: (changes(each.settings), len(each.settings)))
    notes = list(said)
    if len(ranked) > most:
        notes.append(INFERENCE.reason("more", most))
    elif search.ended:
        notes.append(INFERENCE.reason("limit", search.tried))
    complete = not search.ended and len(ranked) <= most
    return Inference(tuple(ranked[:most]), search.tried, complete=complete, notes=tuple(notes))
