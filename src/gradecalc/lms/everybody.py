# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""All that a file states of a class, by which candidates are judged that were found by a part of it.

What costs least is asked first: finals that a kernel works out, then a category at a time, once for each of its forms.
Rules J10, J12 and J16.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import evolve

from ..gradebook.tree import ROOT_ID, Category, Gradebook
from .candidates import Candidate
from .evidence import Evidence, try_compile
from .places import Choice, OpenPlace, Settings
from .settings import Setting, with_settings

MOST_CANDIDATES: Final = 20
"""The most candidates that are given."""

_LEAST_CANDIDATES: Final = 3
_MOST_GRADED: Final = 4_000


class Everybody:
    """All the evidence of a class, and what was found by it of the categories of a gradebook."""

    def __init__(self, book: Gradebook, gathered: Sequence[Evidence]) -> None:
        self.book, self.gathered = book, gathered
        self.most_candidates = min(MOST_CANDIDATES, max(_MOST_GRADED // len(gathered), _LEAST_CANDIDATES))
        self.most_options = max(_MOST_GRADED // len(gathered), 1)
        self.places: dict[str, OpenPlace] = {}

    def misfit(self, book: Gradebook) -> Evidence | None:
        """Return evidence against a gradebook, None where all of it is for it; against one with an error all is."""
        plan, waiting = try_compile(book), list[Evidence]()
        if plan is None:
            return self.gathered[0]
        for each in self.gathered:
            known = each.quickly_supports(plan)
            if known is False:
                return each
            if known is None:
                waiting.append(each)
        return self._misfit_below(book) or next(
            (each for each in waiting if not each.supports_final(each.report(plan))), None
        )

    def _misfit_below(self, book: Gradebook) -> Evidence | None:
        places = (self._place(each.id) for each in book.children if isinstance(each, Category))
        found = (place.misfit(book) for place in places if place.is_stated)
        return next((each for each in found if each), None)

    def narrowed(self, candidate: Candidate) -> Candidate:
        """Return the candidate with those other options alone that nobody's figures tell from the first."""
        of_final = (one for each in candidate.choices if each.of == ROOT_ID for one in each.options[0])
        under = with_settings(self.book, of_final)
        return evolve(candidate, choices=tuple(self._alike(under, each, candidate) for each in candidate.choices))

    def _alike(self, under: Gradebook, choice: Choice, candidate: Candidate) -> Choice:
        first, *others = choice.options[: self.most_options]
        if not others:
            found = [first]
        elif choice.of == ROOT_ID:
            books = [(each, with_settings(candidate.gradebook, _undone(first, under) + each)) for each in others]
            found = [first, *(each for each, book in books if self.misfit(book) is None)]
        else:
            found = self._place(choice.of).alike(under, first, others)
        return evolve(choice, options=tuple(found))

    def _place(self, of: str) -> OpenPlace:
        if of not in self.places:
            numbered = enumerate(self.book.children)
            nth, category = next((nth, each) for nth, each in numbered if isinstance(each, Category) and each.id == of)
            self.places[of] = OpenPlace(nth, category, self.gathered)
        return self.places[of]


def _undone(settings: Settings, book: Gradebook) -> Settings:
    """Return what a gradebook had before settings of the final."""
    return tuple(Setting(ROOT_ID, each.name, getattr(book, each.name)) for each in settings if each.of == ROOT_ID)
