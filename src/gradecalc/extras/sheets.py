# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Excel and ODS workbooks as text that `lms.read` takes; needs python-calamine.

    text = read_workbook(path.read_bytes())
    imported = lms.read(text, name=path.name)

A cell is the text that a spreadsheet would save: a whole number without a point, a moment by its ISO form, a blank as
nothing. A text is in a sheet as it was typed, so that a grade typed as text is read as a number all the same.
"""

from __future__ import annotations

import csv
import re
import zlib
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Final, TypeVar
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineWorkbook

from ..errors import DefinitionError, Problem, nearest

MAX_CELLS: Final = 20_000_000
"""The most cells that a sheet may have, blank ones among them: a file of a few bytes may claim any number."""

MAX_LENGTH: Final = 300_000_000
"""The most bytes that a workbook may unpack to."""

_ARCHIVE: Final = b"PK"
_SHEET: Final = re.compile(r"(^|/)(sheets?[^/]*\.(xml|bin)|content\.xml)$|worksheets/", re.IGNORECASE)
_REFERENCE: Final = re.compile(rb'\br=["\']([A-Za-z]{1,7})[0-9]')
_ROW: Final = re.compile(rb'\br=["\'][A-Za-z]{0,7}([0-9]{1,9})["\']')
_REPEATED: Final = re.compile(rb'<[^<>]*number-columns-repeated="([0-9]{1,12})"[^<>]*>')
_REPEATED_ROW: Final = re.compile(rb'<[^<>]*number-rows-repeated="([0-9]{3,12})"[^<>]*>[^<>]*<[^<>]*>')

_Value = TypeVar("_Value")
Cell = int | float | str | bool | time | date | datetime | timedelta


def sheet_names(data: bytes) -> tuple[str, ...]:
    """Return the names of the sheets of a workbook; raises `DefinitionError` for what is none."""
    return tuple(_open(data).sheet_names)


def read_workbook(data: bytes, sheet: str | None = None) -> str:
    """Return a sheet as text in CSV, the first that has something in it or the one that is named.

    Raises `DefinitionError` for what is no workbook, is damaged or protected, has no such sheet, or is too large.
    """
    workbook = _open(data)
    names = workbook.sheet_names
    if sheet is not None and sheet not in names:
        raise _refusal("unknown_sheet", f"there is no sheet {sheet!r} in the workbook{nearest(sheet, names)}")
    for name in names if sheet is None else [sheet]:
        text = _as_csv(_rows(workbook, name))
        if text.strip() or name == sheet:
            return text
    raise _refusal("empty_workbook", "no sheet of the workbook has anything in it; export the grades again")


def _open(data: bytes) -> CalamineWorkbook:
    if data.startswith(_ARCHIVE):
        _check_size(data)
    return _tried(lambda: CalamineWorkbook.from_filelike(BytesIO(data)))


def _check_size(data: bytes) -> None:
    """Refuse an archive that says that it is larger than it may be, since whoever reads it takes the room at once."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(each.file_size for each in members) > MAX_LENGTH:
                raise _refusal("too_large", f"the workbook unpacks to more than {MAX_LENGTH} bytes; save it as CSV")
            texts = [_unpacked(archive, each.filename) for each in members if _SHEET.search(each.filename)]
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
        raise _refusal("not_a_workbook", f"the workbook is damaged or protected ({error}); save it anew") from None
    if any(_claimed(text) > MAX_CELLS for text in texts):
        raise _refusal("too_large", f"a sheet claims more than {MAX_CELLS} cells; save what is used as CSV")


def _unpacked(archive: ZipFile, name: str) -> bytes:
    if name.endswith(".bin"):
        raise _refusal("not_a_workbook", "a binary workbook (.xlsb) is not read; save it as .xlsx or CSV")
    with archive.open(name) as member:
        text = member.read(MAX_LENGTH + 1)
    if len(text) > MAX_LENGTH:
        raise _refusal("too_large", f"the workbook unpacks to more than {MAX_LENGTH} bytes; save it as CSV")
    return text


def _claimed(text: bytes) -> int:
    """Return how many cells a sheet claims: to the last reference that it has, or by what it repeats that is filled."""
    columns = {match[1] for match in _REFERENCE.finditer(text)}
    last_column = max((_column(each) for each in columns), default=1)
    last_row = max((int(each) for each in _ROW.findall(text)), default=1)
    repeated = max((int(match[1]) for match in _REPEATED.finditer(text) if b"value-type" in match[0]), default=1)
    rows = max((int(match[1]) for match in _REPEATED_ROW.finditer(text) if b"value-type" in match[0]), default=1)
    return max(last_column * last_row, repeated * rows)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def _tried(read: Callable[[], _Value]) -> _Value:
    """Return what a reader of workbooks gives; that it gives up, in whatever way, is an error of the workbook."""
    try:
        return read()
    except DefinitionError:
        raise
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise _refusal("not_a_workbook", f"it is no Excel or ODS workbook that can be read ({error})") from None


def _rows(workbook: CalamineWorkbook, name: str) -> Iterable[Iterable[Cell]]:
    return _tried(lambda: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))


def _as_csv(rows: Iterable[Iterable[Cell]]) -> str:
    sheet = StringIO()
    csv.writer(sheet, lineterminator="\n").writerows([_text(cell) for cell in row] for row in rows)
    return sheet.getvalue()


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)


def _refusal(code: str, message: str) -> DefinitionError:
    return DefinitionError([Problem(code, "", message)])
