# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The columns of a sheet of one's own: what each is called, out of and weighs, and whether it has marks or a final.

A heading says it first, then a row below the headings, and then the cells: `8/10` is out of 10, and where nothing else
in the sheet says what anything is out of, a column of percents is out of 100.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from operator import itemgetter
from typing import Any, Final

from ...exact import Exact, ratio, simplest, write_exact
from ...gradebook.contributions import WHOLE
from ..cells import Word, complete_or, part_of, percent
from ..documents import Expected
from .own_headings import OwnHeading, read_heading
from .own_rows import OwnRows, is_read, places_of_who
from .own_words import ABOUT_LEARNERS, FINAL_EXAM, FINALS, is_bonus, is_subtotal

_OUT_OF: Final = re.compile(r"[^/]*[0-9] ?/ ?(?P<out_of>[0-9]+(?:[.,][0-9]+)?)")
_OF_DATES: Final = re.compile(r"\b(?:date|due|submitted|deadline|time|datum|abgabe|fecha)\b", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"[^()]*\((?P<percent>[^()]+%)\)")


class OwnColumns:
    """The columns of rows that were told apart, by their places; `words` stand for no number in cells of marks."""

    def __init__(self, rows: OwnRows, number: Expected[Any], words: Mapping[str, Word]) -> None:
        self.header = rows.header
        self.above = rows.above
        self._rows = rows
        self._number = number
        self._words = words
        self._headings: dict[int, OwnHeading] = {}
        self._cells: dict[int, frozenset[str]] = {}
        self._who = frozenset(places_of_who(rows.header).values())

    def heading(self, place: int) -> OwnHeading:
        """Return what a heading says."""
        if place not in self._headings:
            self._headings[place] = read_heading(self.header.cells[place])
        return self._headings[place]

    def out_of(self, place: int) -> Exact | None:
        """Return what a column is out of, None where nothing says it."""
        stated = self._said(place)
        return WHOLE if stated is None and self._all_in_percent and place in self._numeric else stated

    def maxima_in_cells(self, place: int) -> set[str]:
        """Return what cells such as `8/10` say that their column is out of, which should be one number."""
        if _OF_DATES.search(self.header.cells[place]):
            return set()
        return {match["out_of"] for match in map(_OUT_OF.fullmatch, self._stated(place)) if match}

    def weight(self, place: int) -> Exact | None:
        """Return what a column weighs, None where neither its heading nor a row says it."""
        stated = self.heading(place).weight
        return self._rows.weights.get(place) if stated is None else stated

    @property
    def states_maxima(self) -> bool:
        """Whether anything says what marks are out of."""
        return any(self.out_of(place) for place in self._of_work())

    @property
    def numeric(self) -> list[str]:
        """The headings of the columns that have numbers and may be marks."""
        return [self.header.cells[place] for place in self._numeric]

    def is_about_learners(self, place: int) -> bool:
        """Return whether a column is headed as one that tells of the learners."""
        return self.heading(place).name.casefold() in ABOUT_LEARNERS

    def sums_up(self, place: int) -> bool:
        """Return whether a column is headed as a sum or an average of others, or as the percent of one of them."""
        name = self.heading(place).name
        return is_subtotal(name) or (name.endswith("%") and name[:-1].rstrip() in self._names)

    def has_marks(self, place: int) -> bool:
        """Return whether a column has numbers, and beside them only blanks and what stands for a mark in words."""
        numbers = [text for text in self._stated(place) if text.casefold() not in self._words]
        return bool(numbers) and all(self._is_mark(place, text) for text in numbers)

    def has_percents(self, place: int) -> bool:
        """Return whether a column says of itself that it is in percent."""
        return self.heading(place).out_of == WHOLE or self._has_percents(place)

    def part_of_final(self, place: int) -> str | None:
        """Return which part of a final stands in a column; None where it has marks, as those of a final exam.

        A column that is out of as many points as all others together has points, and one of words alone symbols.
        """
        name, out_of = self.heading(place).name.casefold(), self._said(place)
        part = FINALS.get(name)
        if part == "average":
            return "percent"
        if part == "points" and out_of in (None, WHOLE) and (self._has_shares(place) or self._are_weighed):
            return "percent"
        if part != "percent":
            return part
        if out_of in (None, WHOLE):
            return "symbol" if self._has_words_alone(place) else part
        return "points" if out_of == self._all_but(place) or name != FINAL_EXAM else None

    def reads_final(self, place: int, part: str) -> Expected[Any] | None:
        """Return how a part of a final is read, None where it is read as any other.

        Percents that are all from 0 to 1 are shares of 1, as a workbook has them whose cells show percents. An average
        is out of what its heading says, or else of what all work is out of.
        """
        if part != "percent":
            return None
        whole = self._whole_of_average(place)
        if whole not in (None, WHOLE):
            return _out_of(whole, self._number)
        return part_of(WHOLE, self._number) if self._are_shares(place) else _percent_or_beside(self._number)

    def _of_work(self) -> Iterator[int]:
        """Yield the places of the columns that may have marks, by their headings."""
        for place, heading in enumerate(self.header.cells):
            outside = not heading or place in self._who or self.is_about_learners(place)
            if not outside and not self.sums_up(place) and self.part_of_final(place) is None:
                yield place

    def _said(self, place: int) -> Exact | None:
        """Return what a heading, a row or cells such as `8/10` say that a column is out of."""
        stated = self.heading(place).out_of or self._rows.maxima.get(place)
        found = set[str]() if stated is not None else self.maxima_in_cells(place)
        return Fraction(found.pop().replace(",", ".")) or None if len(found) == 1 else stated

    @cached_property
    def _numeric(self) -> list[int]:
        return [place for place in self._of_work() if self.has_marks(place)]

    @cached_property
    def _all_in_percent(self) -> bool:
        """Whether nothing says what any work is out of, and all of it is in percent."""
        some_are_said = any(self._said(place) is not None for place in self._of_work())
        return not some_are_said and all(map(self._has_percents, self._numeric))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.heading(place).name for place in range(len(self.header.cells)))

    @cached_property
    def _are_weighed(self) -> bool:
        return bool(self._rows.weights) or any(read_heading(each).weight for each in self.header.cells)

    def _whole_of_average(self, place: int) -> Exact | None:
        """Return what an average is out of, None for any other final."""
        if FINALS.get(self.heading(place).name.casefold()) != "average":
            return None
        wholes = {self.out_of(each) for each in self._of_work()}
        return self._said(place) or (wholes.pop() if len(wholes) == 1 else None)

    def _all_but(self, place: int) -> Exact:
        """Return what all other columns are out of together, those of finals and bonuses aside."""
        others = (other for other in range(len(self.header.cells)) if other != place and not self._is_summed(other))
        return sum(self._said(other) or 0 for other in others)

    def _is_summed(self, place: int) -> bool:
        name = self.heading(place).name
        return name.casefold() in FINALS or self.sums_up(place) or is_bonus(name) or self.is_about_learners(place)

    def _is_mark(self, place: int, text: str) -> bool:
        match = None if _OF_DATES.search(self.header.cells[place]) else _OUT_OF.fullmatch(text)
        whole = Fraction(match["out_of"].replace(",", ".")) if match else 1
        return is_read(complete_or(whole, self._number), text)

    def _has_percents(self, place: int) -> bool:
        stated = [text for text in self._stated(place) if text.casefold() not in self._words]
        return bool(stated) and all(text.endswith("%") and is_read(percent(self._number), text) for text in stated)

    def _has_shares(self, place: int) -> bool:
        """Return whether a column has percents with their sign, or numbers from 0 to 1 that are not all whole."""
        stated = self._stated(place)
        return self._has_percents(place) or (self._are_shares(place) and not stated <= {"0", "1"})

    def _are_shares(self, place: int) -> bool:
        return all(is_read(self._number, text) and 0 <= self._number.read(text) <= 1 for text in self._stated(place))

    def _has_words_alone(self, place: int) -> bool:
        stated = self._stated(place)
        return bool(stated) and not any(is_read(_percent_or_beside(self._number), text) for text in stated)

    @cached_property
    def _padded(self) -> list[list[str]]:
        """The cells of all learners, at least as many as there are headings."""
        every, width = [row.cells for row in self._rows.learners], len(self.header.cells)
        return [cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))] for cells in every]

    def _stated(self, place: int) -> frozenset[str]:
        """Return the texts that stand in a column, those aside that stand for a blank."""
        if place not in self._cells:
            texts = {*map(itemgetter(place), self._padded)} - {""}
            blanks = {text for text, word in self._words.items() if word.value is None}
            self._cells[place] = frozenset(text for text in texts if text.casefold() not in blanks)
        return self._cells[place]


def _percent_or_beside(number: Expected[Any]) -> Expected[Any]:
    """Return what a percent is, one in brackets behind a symbol among them: `A (90%)`."""
    plain = percent(number)

    def _read(text: str) -> Any:
        match = _IN_BRACKETS.fullmatch(text)
        return plain.read(match["percent"] if match else text)

    return Expected(plain.what, _read)


def _out_of(whole: Exact, number: Expected[Any]) -> Expected[Any]:
    """Return what percent a number out of a whole is."""
    factor = ratio(WHOLE, whole)
    return Expected(f"{number.what}, out of {write_exact(whole)}", lambda text: simplest(factor * number.read(text)))
