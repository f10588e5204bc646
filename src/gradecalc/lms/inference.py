# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which settings that a file does not state give every final and subtotal that it does.

The space is small and searched a category at a time: what a category may be is judged by its own subtotals, and only
what is left is tried with the rest. Rules J10 to J16, J29 and J30.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..gradebook.drops import DropRule
from ..gradebook.tree import Gradebook
from ..reasons import Reason
from .candidates import INFERENCE, Candidate, Inference, changes
from .everybody import Everybody
from .evidence import Evidence, gather, sample
from .imported import Imported
from .settings_search import Search
from .system_rules import WAYS_TO_DROP
from .unlisted_work import find_unlisted_work, in_two_places, is_below_all

MOST_TRIALS: Final = 20_000
"""The most finals that are tried, unless a search asks for another limit."""

_SAMPLE: Final = 8
_ROUNDS: Final = 4


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
    everybody = Everybody(book, gathered)
    for _ in range(_ROUNDS):
        search = Search(book, looked_at, limit, tried, WAYS_TO_DROP.get(imported.system, (DropRule(),)))
        candidates, against = _sift(search, everybody)
        if candidates or not against:
            break
        looked_at, tried, search.ended = [*looked_at, *against.values()], search.tried, True
    if len(looked_at) < len(gathered):
        candidates = [everybody.narrowed(each) for each in candidates]
    if all(each.settings for each in candidates) and everybody.misfit(book) is None:
        candidates.insert(0, Candidate(book, ()))
    notes = () if candidates else _unlisted(book, gathered)
    return _conclude(candidates, search, everybody.most_candidates, notes)


def _sift(search: Search, everybody: Everybody) -> tuple[list[Candidate], dict[str, Evidence]]:
    """Return what fits all the evidence, and the evidence against what fits only the part that was looked at."""
    candidates, against, most = list[Candidate](), dict[str, Evidence](), everybody.most_candidates
    for each in search.candidates():
        misfit = everybody.misfit(each.gradebook)
        if misfit is None:
            candidates.append(each)
        else:
            against[misfit.learner] = misfit
        if len(candidates) > most or len(against) >= _SAMPLE:
            search.ended = True
            break
    return candidates, against


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
