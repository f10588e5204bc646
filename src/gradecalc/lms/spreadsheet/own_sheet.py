# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A sheet that somebody keeps, with headings of their own: who each row is of, marks, and perhaps a final grade.

Which columns are marks a gradebook says, whose items have their names; without one it is the columns of numbers. What
an item is out of stands in its heading (`HW 1 (10)`), in a row below the headings (`Out of`), or in a gradebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ...errors import Problem, Severity
from ...exact import Exact
from ...gradebook.items import GradeItem
from ...gradebook.tree import Gradebook
from ...values import frozen
from ..cells import Word, complete_or, exempting, percent
from ..documents import Expected
from ..grade_file import FileColumns, names_in, open_grade_file, without_header
from ..imported import Imported
from ..mark_sheet import Column
from ..records import RecordSheet
from ..sheet import SheetRow
from .own_headings import FINALS, IDS, OUT_OF, SUMMARIES, OwnSheetRow, read_maximum, says

SYSTEM: Final = "spreadsheet"

EXEMPT_WORDS: Final = ("Exempt", "Excused", "EX")
"""What exempts in a sheet, unless somebody says otherwise."""

_BLANKS: Final[Mapping[str, Word]] = dict.fromkeys(("-", "–", "—", "n/a", "na", "."), Word())
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


@frozen
class _Sheet:
    """A sheet with its rows told apart: the headings, what columns are out of, and the rows of learners."""

    header: SheetRow
    maxima: Mapping[int, Exact]
    learners: Sequence[SheetRow]
    summaries: Sequence[SheetRow]

    @classmethod
    def of(cls, header: SheetRow, below: Sequence[SheetRow], number: Expected[Any]) -> _Sheet:
        """Tell the rows apart; learners without an id have the number of their row for one."""
        who = RecordSheet(OwnSheetRow, header, []).places
        first = [_first(row, sorted(who.values())) for row in below]
        has_maxima = bool(below) and _has_maxima(below[0])
        maxima = _maxima(below[0], number) if has_maxima else {}
        rows = [*zip(below, first, strict=True)][1 if has_maxima else 0 :]
        learners = [row for row, text in rows if not _sums_up(text)]
        if not who.keys() & IDS:
            learners = [_with_cell(row, row.path if _first(row, who.values()) else "", header) for row in learners]
            header = _with_cell(header, "ID", header)
        return cls(header, maxima, learners, [row for row, text in rows if _sums_up(text)])

    def has_numbers(self, place: int, number: Expected[Any], words: Mapping[str, Word]) -> bool:
        """Return whether a column has numbers, and beside them only blanks and what stands for a mark in words."""
        cells = {row.cells[place] for row in self.learners if place < len(row.cells)}
        numbers = [text for text in cells if text and text.casefold() not in words]
        try:
            return bool([number.read(text) for text in numbers])
        except (ValueError, KeyError):
            return False


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row has headings of a sheet of one's own: one says who a row is of, and there are others."""
    return bool(FileColumns.fields_of(OwnSheetRow, SheetRow(1, [*cells]))) and sum(map(bool, cells)) >= _LEAST


def is_own_sheet(rows: Sequence[SheetRow], gradebook: Gradebook | None) -> bool:
    """Return whether these first rows are of a sheet that can be graded.

    With a gradebook one of its items is among the headings, and without one a maximum is stated.
    """
    nth = next((nth for nth, row in enumerate(rows) if is_header(row.cells)), None)
    if nth is None:
        return False
    if gradebook is None:
        return any(map(read_maximum, rows[nth].cells)) or any(map(_has_maxima, rows[nth + 1 : nth + 2]))
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
    file.problems.extend(map(_left_out, sheet.summaries))
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
    name, out_of = read_maximum(heading) or (heading, sheet.maxima.get(place))
    part = FINALS.get(name.casefold())
    if part is not None and not layout.knows(heading, name):
        expected = percent(layout.number) if part == "percent" else None
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


def _has_maxima(row: SheetRow) -> bool:
    return _says_out_of(next(filter(None, row.cells), ""))


def _maxima(row: SheetRow, number: Expected[Any]) -> dict[int, Exact]:
    """Return the numbers of a row of maxima by their places."""
    found: dict[int, Exact] = {}
    for place, text in enumerate(row.cells):
        try:
            found[place] = number.read(text)
        except (ValueError, KeyError):
            continue
    return {place: each for place, each in found.items() if each > 0}


def _first(row: SheetRow, places: Iterable[int]) -> str:
    """Return what a row first says of whom it is of."""
    return next((row.cells[place] for place in places if place < len(row.cells) and row.cells[place]), "")


def _with_cell(row: SheetRow, text: str, header: SheetRow) -> SheetRow:
    """Return a row with one more cell under one more heading, which is the last; what is under none stays behind it."""
    width = len(header.cells)
    own = row.cells[:width]
    return row._replace(cells=[*own, *[""] * (width - len(own)), text, *row.cells[width:]])


def _left_out(row: SheetRow) -> Problem:
    message = "the row sums the class up, and is of no learner; it is not read"
    return Problem("summary_row", row.path, message, Severity.NOTICE)
