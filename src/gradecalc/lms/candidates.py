# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a search for settings finds: candidates, what the evidence cannot tell from them, and what is to be said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial, reduce
from typing import Any, Final

from ..gradebook.tree import Gradebook
from ..outline import Explained, Outline
from ..reasons import Reason, ReasonTexts, Said
from ..values import frozen
from .places import Choice, Settings
from .settings import Setting

_MOST_NAMED: Final = 4

INFERENCE: Final = ReasonTexts(
    "inference",
    {
        "another_way": "another way gives the same finals",
        "as_read": "as it was read",
        "beside": "{0}; {1}",
        "changed": "{0} changed",
        "inferred": "inferred from the finals, not stated: {0}",
        "likewise": "{0}; likewise {1}",
        "likewise_more": "{0}; likewise {1} and {2} more",
        "many": "{0} candidates give every stated figure",
        "no_settings": "no settings that were tried give the file's finals; state in a definition what the file does "
        "not say",
        "none": "no candidates give every stated figure",
        "nth": "{0}: {1}",
        "one": "1 candidate gives every stated figure",
        "or": "or: {0}",
        "other_ways": "{0} other ways give the same finals",
        "nothing_stated": "the file states no finals and no subtotals, so that nothing can be inferred",
        "limit": "the search ended early, after {0} trials; there may be others",
        "more": "there are more than {0}; the first are given",
        "out_of_reach": "no weights of the listed work give a final that the file states: {0} %, not {1} to {2} %",
        "out_of_reach.weighted": "whatever the listed work weighs within its categories, it does not give a final that "
        "the file states: {0} %, not {1} to {2} %",
        "out_of_reach.only": "no weights of the listed work give a final that the file states: {0} %, not {1} %",
        "unlisted": "columns are missing from the file: listed weights come to {0}; with work for the rest that final "
        "can be {1} to {2} %",
        "short_weights": "columns may be missing from the file: listed weights come to {0}",
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
        rows += [
            Outline(INFERENCE.phrase("or", _listed(_told(each)))) for choice in self.choices for each in _others(choice)
        ]
        return Outline(_count(self.settings), children=rows)


def _told(settings: Settings) -> list[Said]:
    """Return settings in words, one that several lines have at once in a line of its own."""
    alike: dict[tuple[str, Any], list[Setting]] = {}
    for each in settings:
        alike.setdefault((each.name, each.value), []).append(each)
    found: list[Said] = [_and_more(first.reason, more) for first, *more in alike.values()]
    return found or [INFERENCE.phrase("as_read")]


def _listed(told: Sequence[Said]) -> Said:
    return reduce(partial(INFERENCE.phrase, "beside"), told)


def _and_more(first: Said, settings: Sequence[Setting]) -> Said:
    named = tuple(each.of for each in settings[:_MOST_NAMED])
    if len(settings) > _MOST_NAMED:
        return INFERENCE.phrase("likewise_more", first, named, len(settings) - _MOST_NAMED)
    return INFERENCE.phrase("likewise", first, named) if settings else first


def _others(choice: Choice) -> Iterator[Settings]:
    """Yield the other options of a choice; of those that set the same fields the first stands for all."""
    seen = {tuple(each.name for each in choice.options[0])}
    for settings in choice.options[1:]:
        names = tuple(each.name for each in settings)
        if names not in seen or names == ("counts",):
            seen.add(names)
            yield settings


def _count(settings: Settings) -> str:
    return INFERENCE.phrase("changed", changes(settings)) if settings else INFERENCE.phrase("as_read")


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

    @property
    def words(self) -> tuple[Reason, ...]:
        """What the first candidate was inferred to be and how many others do as well, or that nothing does.

        There is nothing to say where the gradebook as it was read does.
        """
        if not self.candidates:
            return INFERENCE.reason("no_settings"), *self.notes
        first, *others = self.candidates
        if not first.settings:
            return ()
        inferred = [INFERENCE.reason("inferred", each) for each in first.told]
        if not others:
            return tuple(inferred)
        return *inferred, INFERENCE.reason("another_way" if len(others) == 1 else "other_ways", len(others))

    def outline(self) -> Outline:
        """Return each candidate, numbered, below a sentence."""
        rows = []
        for nth, each in enumerate(self.candidates, start=1):
            row = each.outline()
            rows.append(Outline(INFERENCE.phrase("nth", nth, row.label), children=row.children))
        count = len(rows)
        found = INFERENCE.reason("many", count) if count > 1 else INFERENCE.reason("one" if count else "none")
        return Outline(found, "", self.notes, rows)
