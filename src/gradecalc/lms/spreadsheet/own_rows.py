# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The rows of a sheet of one's own, told apart: headings, what columns are out of and weigh, learners, and the rest.

A row says what it is by its first word (`Out of`, `Weight`, `Average`), or by having numbers and nobody, directly below
the headings. Headings may stand in two rows, of which the upper one is of several columns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, field

from ...errors import Problem, Severity
from ...exact import Exact
from ...values import frozen
from ..cells import percent
from ..documents import Expected
from ..records import RecordSheet
from ..sheet import SheetRow
from .own_headings import read_heading
from .own_words import FINAL_EXAM, FINALS, IDS, OF_COLUMNS, OUT_OF, SUMMARIES, WEIGHTS, OwnSheetRow, says

_LEAST: Final = 2
_sums_up: Final = says(SUMMARIES)
_says_out_of: Final = says(OUT_OF)
_says_weights: Final = says(WEIGHTS)
_tells_of_columns: Final = says(OF_COLUMNS)


@frozen
class OwnRows:
    """The rows of a sheet: `above` has what stands over a heading in a row of its own, `others` what is said of rows.

    `maxima` and `weights` are those that rows state, by the places of columns.
    """

    header: SheetRow
    above: Mapping[int, str]
    maxima: Mapping[int, Exact]
    weights: Mapping[int, Exact]
    learners: Sequence[SheetRow] = field(repr=False)
    others: Sequence[Problem] = field(repr=False)

    @property
    def has_ids(self) -> bool:
        """Whether a column has ids of learners."""
        return not places_of_who(self.header).keys().isdisjoint(IDS)

    def with_row_numbers(self) -> OwnRows:
        """Return the rows with a column of ids that has the number of each learner's row."""
        who = places_of_who(self.header).values()
        rows = [_with_cell(row, row.path if _says_who(row, who) else "", self.header) for row in self.learners]
        return evolve(self, header=_with_cell(self.header, "ID", self.header), learners=rows)


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row has headings of a sheet of one's own: one says who a row is of, and there are others."""
    return bool(places_of_who(SheetRow(1, [*cells])).keys() - {"section"}) and sum(map(bool, cells)) >= _LEAST


def places_of_who(header: SheetRow) -> Mapping[str, int]:
    """Return where a row says who it is of, by the field of the learner."""
    return RecordSheet(OwnSheetRow, header, []).places


def tell_apart(header: SheetRow, below: Sequence[SheetRow], number: Expected[Any]) -> OwnRows:
    """Return the rows below the headings by what they are."""
    who, above = places_of_who(header).values(), dict[int, str]()
    if below and _of_nobody(below[0], who) and _has_headings(header, below[0]):
        header, above = _joined(header, below[0])
        below = below[1:]
    labels = [_label(row, who) for row in below]
    nth = _row_of_maxima(header, labels)
    with_weights = next((each for each, label in enumerate(labels) if _says_weights(label)), None)
    if below and nth != 0 and with_weights != 0 and _of_nobody(below[0], who):
        nth, with_weights = _unlabelled(header, below[0], number, nth, with_weights)
    maxima = {} if nth is None else _numbers(below[nth], number)
    weights = {} if with_weights is None else _numbers(below[with_weights], percent(number))
    found: dict[int, Problem | None] = {each: None for each in (nth, with_weights) if each is not None}
    for each, row in enumerate(below):
        problem = _of_no_learner(row, labels[each], who, gap=each > 0 and row.number > below[each - 1].number + 1)
        if problem and each not in found:
            found[each] = problem
    learners = [row for each, row in enumerate(below) if each not in found]
    return OwnRows(header, above, maxima, weights, learners, [*filter(None, found.values())])


def is_read(expected: Expected[Any], text: str) -> bool:
    """Return whether a text is as expected."""
    try:
        expected.read(text)
    except (ValueError, KeyError):
        return False
    return True


def states_maxima(header: SheetRow) -> bool:
    """Return whether a heading says what it is out of, other than that of a final grade."""
    names = [found.name.casefold() for found in map(read_heading, header.cells) if found.out_of]
    return any(name == FINAL_EXAM or name not in FINALS for name in names)


def _has_headings(header: SheetRow, below: SheetRow) -> bool:
    """Return whether a row has headings too: texts below blanks, or what the headings above are out of or weigh."""
    texts = {place: cell for place, cell in enumerate(below.cells) if cell}
    beside = [place for place in texts if place >= len(header.cells) or not header.cells[place]]
    if beside:
        return len(texts) > 1 and not any(map(_is_bare_number, texts.values()))
    return all(map(_says_of_heading, texts.values())) and not all(cell[-1] == "%" for cell in texts.values())


def _says_of_heading(text: str) -> bool:
    """Return whether a text alone says what its heading is out of, or weighs, and more than a number does."""
    found = read_heading(f"x {text}")
    return found.name == "x" and not _is_bare_number(text)


def _is_bare_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").isdigit()


def _joined(header: SheetRow, below: SheetRow) -> tuple[SheetRow, dict[int, str]]:
    """Return the headings of two rows as one, and what stands above each that has its own name."""
    above: dict[int, str] = {}
    cells, last = [*header.cells, *[""] * (len(below.cells) - len(header.cells))], ""
    for place, text in enumerate(below.cells):
        last = cells[place] or (last if text else "")
        if text and cells[place] and _says_of_heading(text):
            cells[place] = f"{cells[place]} {text}"
        elif text:
            above[place], cells[place] = last, text
    return header._replace(cells=cells), {place: text for place, text in above.items() if text}


def _unlabelled(
    header: SheetRow, row: SheetRow, number: Expected[Any], nth: int | None, with_weights: int | None
) -> tuple[int | None, int | None]:
    """Return which rows have the maxima and the weights, where one of nobody below the headings has numbers alone."""
    texts = {place: cell for place, cell in enumerate(row.cells) if cell}
    if not texts or not all(is_read(percent(number), cell) for cell in texts.values()):
        return nth, with_weights
    if all(cell.endswith("%") for cell in texts.values()):
        return nth, 0 if with_weights is None else with_weights
    are_stated = any(read_heading(header.cells[place]).out_of for place in texts if place < len(header.cells))
    return (0 if nth is None and not are_stated else nth), with_weights


def _row_of_maxima(header: SheetRow, labels: Sequence[str]) -> int | None:
    """Return which row has the maxima, by what the rows below the headings say first; None where none has.

    A word that may sum the class up, as `Max`, says so only above all learners. It may be somebody's name too where
    rows have no ids, and then says so only if no heading states a maximum.
    """
    as_summary = IDS.isdisjoint(places_of_who(header)) and states_maxima(header)
    for nth, label in enumerate(labels):
        if _says_out_of(label) and not (as_summary and _sums_up(label)):
            return nth
        as_summary = as_summary or not _is_label(label)
    return None


def _is_label(text: str) -> bool:
    return _sums_up(text) or _says_out_of(text) or _says_weights(text) or _tells_of_columns(text)


def _of_no_learner(row: SheetRow, label: str, who: Collection[int], *, gap: bool) -> Problem | None:
    """Return what is said of a row that is of no learner, None of any other."""
    if label and _sums_up(label):
        message = "the row sums the class up, and is of no learner; it is not read"
        return Problem("summary_row", row.path, message, Severity.NOTICE)
    if label and _is_label(label):
        message = f"the row says {label!r}, and is of no learner; it is not read"
        return Problem("row_of_columns", row.path, message, Severity.NOTICE)
    if _is_note(row, who, gap=gap):
        message = "the row has one text and nothing else; it is taken for a note, and is not read"
        return Problem("note_row", row.path, message, Severity.NOTICE)
    return None


def _is_note(row: SheetRow, who: Collection[int], *, gap: bool) -> bool:
    """Return whether a row has one text alone that is no id: several words, or one below a blank row."""
    if len(row.cells) - row.cells.count("") != 1 or row.fault:
        return False
    place, text = next((place, cell) for place, cell in enumerate(row.cells) if cell)
    if text.endswith(":") or ((gap or place not in who) and not any(map(str.isdigit, text)) and "@" not in text):
        return True
    return len(who) > 1 and place == min(who) and len(text.split()) > 1


def _of_nobody(row: SheetRow, who: Iterable[int]) -> bool:
    return row.fault is None and not _says_who(row, who)


def _says_who(row: SheetRow, places: Iterable[int]) -> bool:
    return any(row.cells[place] for place in places if place < len(row.cells))


def _numbers(row: SheetRow, number: Expected[Any]) -> dict[int, Exact]:
    """Return the numbers above 0 of a row by their places."""
    found = {place: number.read(text) for place, text in enumerate(row.cells) if is_read(number, text)}
    return {place: each for place, each in found.items() if each > 0}


def _label(row: SheetRow, who: Iterable[int]) -> str:
    """Return what a row says first, if that may be the label of a row: it says no more of who it is of."""
    stated = [place for place in who if place < len(row.cells) and row.cells[place]]
    return next(filter(None, row.cells), "") if len(stated) <= 1 else ""


def _with_cell(row: SheetRow, text: str, header: SheetRow) -> SheetRow:
    """Return a row with one more cell under one more heading, which is the last; what is under none stays behind it."""
    width = len(header.cells)
    own = row.cells[:width]
    return row._replace(cells=[*own, *[""] * (width - len(own)), text, *row.cells[width:]])
