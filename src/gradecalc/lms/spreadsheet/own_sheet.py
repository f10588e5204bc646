# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A sheet that somebody keeps, with headings of their own: who each row is of, marks, and perhaps a final grade.

Which columns are marks a gradebook says, whose items have their names; without one it is the columns of numbers. What
an item is out of stands in its heading (`HW 1 (10)`), in a row below the headings (`Out of`), or in a gradebook.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import starmap
from typing import Any, Final

from ...errors import Problem, Severity
from ...exact import Exact
from ...gradebook.contributions import WHOLE
from ...gradebook.items import GradeItem
from ...gradebook.tree import Gradebook
from ...values import frozen
from ..cells import DASHES, Word, complete_or, exempting, part_of, percent
from ..documents import Expected
from ..grade_file import FileColumns, names_in, open_grade_file, without_header
from ..imported import Imported
from ..mark_sheet import Column
from ..records import RecordSheet
from ..sheet import SheetRow
from .own_headings import FINAL_EXAM, FINALS, IDS, OF_COLUMNS, OUT_OF, SUMMARIES, OwnSheetRow, read_maximum, says

SYSTEM: Final = "spreadsheet"

EXEMPT_WORDS: Final = ("Exempt", "Excused", "EX")
"""What exempts in a sheet, unless somebody says otherwise."""

_BLANKS: Final[Mapping[str, Word]] = dict.fromkeys((*DASHES, "n/a", "na", "."), Word())
_LEAST: Final = 2
_NO_MAXIMUM: Final = (
    "write it in the heading, as in 'HW 1 (10)', in a row 'Out of' below the headings, or in a definition, gradebook=…"
)
_NO_ID_COLUMN: Final = (
    "no column has ids, so that learners are known by the numbers of their rows; add a column 'Student ID'"
)
_NOT_IN_THE_FILE: Final = (
    "a sheet says neither weights nor drops: all points are added up; state what applies in a definition, and read "
    "with gradebook=…"
)
_sums_up: Final = says(SUMMARIES)
_says_out_of: Final = says(OUT_OF)
_tells_of_columns: Final = says(OF_COLUMNS)


@frozen
class _Sheet:
    """A sheet with its rows told apart: the headings, what columns are out of, and the rows of learners."""

    header: SheetRow
    maxima: Mapping[int, Exact]
    learners: Sequence[SheetRow]
    others: Sequence[tuple[SheetRow, str]]

    @classmethod
    def of(cls, header: SheetRow, below: Sequence[SheetRow], number: Expected[Any]) -> _Sheet:
        """Tell the rows apart; learners without an id have the number of their row for one."""
        who = _places_of_who(header)
        first = [_label(row, who.values()) for row in below]
        with_maxima = _row_of_maxima(header, who, first)
        maxima = {} if with_maxima is None else _maxima(below[with_maxima], number)
        rows = [(row, text) for nth, (row, text) in enumerate(zip(below, first, strict=True)) if nth != with_maxima]
        learners = [row for row, text in rows if not _is_of_nobody(text)]
        if not who.keys() & IDS:
            learners = [_with_cell(row, row.path if _has_some(row, who.values()) else "", header) for row in learners]
            header = _with_cell(header, "ID", header)
        return cls(header, maxima, learners, [(row, text) for row, text in rows if _is_of_nobody(text)])

    def heading(self, place: int) -> tuple[str, Exact | None]:
        """Return what a column is called and out of, None where neither its heading nor a row says it."""
        heading = self.header.cells[place]
        return read_maximum(heading) or (heading, self.maxima.get(place))

    def part_of_final(self, place: int, number: Expected[Any]) -> str | None:
        """Return which part of a final stands in a column; None where it has marks, as those of a final exam.

        A column that is out of as many points as all others together has points, and one of words alone symbols.
        """
        name, out_of = self.heading(place)
        part = FINALS.get(name.casefold())
        if part != "percent" or out_of in (None, 100):
            return "symbol" if part == "percent" and self._has_words_alone(place, number) else part
        others = (self.heading(other) for other in range(len(self.header.cells)) if other != place)
        rest = sum(each or 0 for other, each in others if other.casefold() not in FINALS)
        return "points" if out_of == rest or name.casefold() != FINAL_EXAM else None

    def reads_percent(self, place: int, number: Expected[Any]) -> Expected[Any]:
        """Return how the percents of a column are read: those that are all from 0 to 1 are shares of 1.

        So a workbook has them whose cells show percents.
        """
        are_shares = all(_is_read(number, text) and 0 <= number.read(text) <= 1 for text in self._stated(place))
        return part_of(WHOLE, number) if are_shares else percent(number)

    def _has_words_alone(self, place: int, number: Expected[Any]) -> bool:
        cells = self._stated(place)
        return bool(cells) and not any(_is_read(percent(number), text) for text in cells)

    def _stated(self, place: int) -> list[str]:
        """Return the texts that stand in a column, those aside that stand for a blank."""
        return [text for text in self._cells(place) if text.casefold() not in _BLANKS]

    def has_numbers(self, place: int, number: Expected[Any], words: Mapping[str, Word]) -> bool:
        """Return whether a column has numbers, and beside them only blanks and what stands for a mark in words."""
        numbers = [text for text in self._cells(place) if text.casefold() not in words]
        return bool(numbers) and all(_is_read(number, text) for text in numbers)

    def _cells(self, place: int) -> set[str]:
        """Return the texts that stand in a column."""
        return {row.cells[place] for row in self.learners if place < len(row.cells)} - {""}


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row has headings of a sheet of one's own: one says who a row is of, and there are others."""
    return bool(_places_of_who(SheetRow(1, [*cells])).keys() - {"section"}) and sum(map(bool, cells)) >= _LEAST


def is_own_sheet(rows: Sequence[SheetRow], gradebook: Gradebook | None) -> bool:
    """Return whether these first rows are of a sheet that can be graded.

    With a gradebook one of its items is among the headings, and without one a maximum is stated.
    """
    nth = next((nth for nth, row in enumerate(rows) if is_header(row.cells)), None)
    if nth is None:
        return False
    if gradebook is None:
        who = _places_of_who(rows[nth])
        first = [_label(row, who.values()) for row in rows[nth + 1 :]]
        return _states_maxima(rows[nth]) or _row_of_maxima(rows[nth], who, first) is not None
    names = {*rows[nth].cells, *(found[0] for found in map(read_maximum, rows[nth].cells) if found)}
    return not names_in(gradebook).isdisjoint(names)


def read_csv(
    content: str | bytes, *, exempt: Iterable[str] = EXEMPT_WORDS, gradebook: Gradebook | None = None
) -> Imported:
    """Return the gradebook and the marks of a sheet of one's own, and its problems; no text makes this raise.

    A blank cell is ungraded, and so is a dash. Learners are known by an id, a username or an address, and without one
    by the numbers of their rows. With a `gradebook`, columns are found in it by the ids and names of its items, and
    without one the columns of numbers are items whose points are added up. Rule J33.
    """
    file = open_grade_file(content, is_header)
    if file.header is None:
        return without_header(file, SYSTEM, "'Student ID' and 'HW 1 (10)'", gradebook)
    exempt = tuple(exempt)
    sheet = _Sheet.of(file.header, [*file.rows], file.number)
    file.problems.extend(starmap(_left_out, sheet.others))
    layout = FileColumns(OwnSheetRow, file, sheet.header, gradebook)
    for place, heading in layout.headings():
        _enter(layout, sheet, place, heading, {**_BLANKS, **exempting(exempt)})
    if sheet.header is not file.header:
        layout.say("no_id_column", _NO_ID_COLUMN)
    if gradebook is None:
        layout.say("not_in_export", _NOT_IN_THE_FILE)
    marks = layout.enter(sheet.learners, lambda row: row.learner, exempt=exempt, words=_BLANKS)
    return marks.imported(layout.gradebook(can_exceed=True), SYSTEM)


def _enter(
    layout: FileColumns[OwnSheetRow], sheet: _Sheet, place: int, heading: str, words: Mapping[str, Word]
) -> None:
    """Enter a column by its heading, or by its cells: a final grade, the marks of an item, or what is neither."""
    name, out_of = sheet.heading(place)
    part = None if layout.knows(heading, name) else sheet.part_of_final(place, layout.number)
    if part is not None:
        expected = sheet.reads_percent(place, layout.number) if part == "percent" else None
        layout.finals.append(Column(place, name.casefold(), part, expected=expected))
    elif out_of or layout.knows(heading, name) or sheet.has_numbers(place, complete_or(1, layout.number), words):
        _enter_item(layout, place, GradeItem(name, out_of or 0, can_exceed=True), heading, out_of)
    else:
        layout.groups[place] = heading
        layout.tell(
            "other_column", place, f"{heading!r} has no numbers, and is not graded; it is kept with the learners"
        )


def _enter_item(
    layout: FileColumns[OwnSheetRow], place: int, item: GradeItem, heading: str, out_of: Exact | None
) -> None:
    found = layout.item(place, item, heading)
    if found is None:
        return
    out_of = found.max_points or out_of
    if out_of is None:
        layout.without_maximum(found.id, _NO_MAXIMUM)
    layout.reads_of(found.id, complete_or, out_of or 0)


def _places_of_who(header: SheetRow) -> Mapping[str, int]:
    return RecordSheet(OwnSheetRow, header, []).places


def _states_maxima(header: SheetRow) -> bool:
    """Return whether a heading says what it is out of, other than that of a final grade."""
    names = [found[0].casefold() for found in map(read_maximum, header.cells) if found]
    return any(name == FINAL_EXAM or name not in FINALS for name in names)


def _row_of_maxima(header: SheetRow, who: Collection[str], labels: Sequence[str]) -> int | None:
    """Return which row has the maxima, by what the rows below the headings say first; None where none has.

    A word that may sum the class up, as `Max`, says so only above all learners. It may be somebody's name too where
    rows have no ids, and then says so only if no heading states a maximum.
    """
    as_summary = IDS.isdisjoint(who) and _states_maxima(header)
    for nth, label in enumerate(labels):
        if _says_out_of(label) and not (as_summary and _sums_up(label)):
            return nth
        as_summary = as_summary or not _is_of_nobody(label)
    return None


def _is_of_nobody(label: str) -> bool:
    return _sums_up(label) or _says_out_of(label) or _tells_of_columns(label)


def _maxima(row: SheetRow, number: Expected[Any]) -> dict[int, Exact]:
    """Return the numbers of a row of maxima by their places."""
    found: dict[int, Exact] = {}
    for place, text in enumerate(row.cells):
        if _is_read(number, text):
            found[place] = number.read(text)
    return {place: each for place, each in found.items() if each > 0}


def _is_read(expected: Expected[Any], text: str) -> bool:
    try:
        expected.read(text)
    except (ValueError, KeyError):
        return False
    return True


def _label(row: SheetRow, who: Iterable[int]) -> str:
    """Return what a row says first, if that may be the label of a row: it says no more of who it is of."""
    stated = [place for place in who if place < len(row.cells) and row.cells[place]]
    return next(filter(None, row.cells), "") if len(stated) <= 1 else ""


def _has_some(row: SheetRow, places: Iterable[int]) -> bool:
    return any(row.cells[place] for place in places if place < len(row.cells))


def _with_cell(row: SheetRow, text: str, header: SheetRow) -> SheetRow:
    """Return a row with one more cell under one more heading, which is the last; what is under none stays behind it."""
    width = len(header.cells)
    own = row.cells[:width]
    return row._replace(cells=[*own, *[""] * (width - len(own)), text, *row.cells[width:]])


def _left_out(row: SheetRow, label: str) -> Problem:
    if _sums_up(label):
        message = "the row sums the class up, and is of no learner; it is not read"
        return Problem("summary_row", row.path, message, Severity.NOTICE)
    message = f"the row says {label!r}, and is of no learner; it is not read, and a definition says what columns weigh"
    return Problem("row_of_columns", row.path, message, Severity.NOTICE)
