# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""Separated text as numbered rows of cells, read to its end whatever is in it and however a spreadsheet saved it.

>>> sheet = open_sheet("Name;Quiz\nAda;7,5\n".encode("cp1252"), [])
>>> sheet.delimiter, sheet.decimal_comma
(';', True)
>>> [(row.number, row.cells) for row in sheet.rows()]
[(1, ['Name', 'Quiz']), (2, ['Ada', '7,5'])]

Rows are numbered from 1, blank ones included, as a spreadsheet numbers them.
"""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import count, islice
from typing import Final, NamedTuple

from attrs import field

from ..errors import Problem, Severity
from ..exact import describe
from ..values import frozen

DELIMITERS: Final = (",", ";", "\t", "|")
"""What parts cells, in the order in which it is tried."""

_LOOKED_AT: Final = 50
_MOST_REMEMBERED: Final = 10_000
_SAYS_DELIMITER: Final = re.compile(r"\s*\"?sep=([,;\t|])\"?\s*", re.IGNORECASE)
_BETWEEN_DIGITS: Final = re.compile(r"(?<=[0-9]),(?=[0-9])")
_PIECE: Final = 1 << 16
"""About how many characters of a text are parted into lines at once."""

_QUOTED_COMMA: Final = re.compile(r'"\s*[+-]?[0-9.]+,[0-9]')
_WITH_COMMA: Final = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+),[0-9]+")
_WITH_POINT: Final = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)\.[0-9]+")
_THOUSANDS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}([.,][0-9]{3})+")
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class SheetRow(NamedTuple):
    """A row: its number, its cells without the blanks around them, and why it cannot be read whole, if it cannot."""

    number: int
    cells: list[str]
    fault: Problem | None = None

    @property
    def path(self) -> str:
        """Where the row is, for problems."""
        return f"row {self.number}"

    @property
    def blank(self) -> bool:
        """Whether there is nothing in the row."""
        return self.fault is None and not any(self.cells)


@frozen
class Lines:
    """The lines of a text, found anew whenever they are gone through, so that nobody holds them all."""

    text: str = field(repr=False)

    def __iter__(self) -> Iterator[str]:
        return (line for piece in self.pieces() for line in StringIO(piece, newline=""))

    def pieces(self) -> Iterator[str]:
        """Yield the text in pieces of whole lines."""
        start, size = 0, len(self.text)
        while start < size:
            end = self.text.rfind("\n", start, start + _PIECE) + 1 or self.text.find("\n", start + _PIECE) + 1 or size
            yield self.text[start:end]
            start = end


@frozen
class Sheet:
    """The lines of a separated text, what parts its cells, and whether its numbers have a decimal comma."""

    lines: Iterable[str] = field(repr=False)
    delimiter: str
    decimal_comma: bool

    def rows(self) -> Iterator[SheetRow]:
        """Yield every row, blank ones too."""
        return read_rows(self.lines, self.delimiter)


def decode(content: str | bytes, problems: list[Problem]) -> str:
    r"""Return a text, or the text that bytes are: in UTF-8, in UTF-16, or else in Windows-1252.

    A byte-order mark is not of the text. That bytes are neither UTF is a notice, bytes that are no sign are replaced
    and a problem, and so is what is no text at all, such as a workbook, which is empty then.

    >>> problems = []
    >>> decode("Zoë".encode("utf-16"), problems), decode(b"Zo\xeb", problems), [each.code for each in problems]
    ('Zoë', 'Zoë', ['encoding_guessed'])
    """
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    if not isinstance(content, bytes):
        problems.append(Problem("not_text", "", f"{describe(content)} is no text and no bytes; read the file first"))
        return ""
    return "" if _is_workbook(content, problems) else _decode(content, problems).removeprefix("\ufeff")


def open_sheet(content: str | bytes, problems: list[Problem]) -> Sheet:
    """Return a separated text with what parts its cells and its decimals; a line `sep=;` says so and is blank then."""
    text = decode(content, problems)
    head = list(islice(Lines(text), _LOOKED_AT))
    delimiter = find_delimiter(head)
    if head and _SAYS_DELIMITER.fullmatch(head[0]):
        text = f"\n{text[len(head[0]) :]}"
    lines = Lines(text)
    return Sheet(lines, delimiter, find_decimal_commas(lines, delimiter))


def read_lines(text: str | bytes, problems: list[Problem]) -> list[str]:
    """Return the lines of a text, or of bytes that `decode` reads."""
    return [*Lines(decode(text, problems))]


def find_delimiter(lines: Sequence[str]) -> str:
    """Return what parts the cells of lines: what the first line says (`sep=;`), or else what parts them best.

    That is a comma, a semicolon, a tab or an upright stroke: of these the one that parts most rows, then the one by
    which most rows have equally many cells, then the one that comes first in them. A comma between two digits parts
    nothing in a line that has one of the others.
    """
    said = _SAYS_DELIMITER.fullmatch(lines[0]) if lines else None
    if said:
        return said[1]
    there = [each for each in DELIMITERS if any(each in line for line in lines)]
    return max(there, key=lambda each: _parts(lines, each)) if there[1:] else (*there, DELIMITERS[0])[0]


def find_decimal_commas(lines: Lines, delimiter: str) -> bool:
    """Return whether the numbers of a separated text have a decimal comma; most have none, which is soon seen.

    A text without quotation marks is parted at its separators, with no care for rows.
    """
    if (_QUOTED_COMMA if delimiter == "," else _BETWEEN_DIGITS).search(lines.text) is None:
        return False
    if '"' in lines.text:
        return has_decimal_commas((row.cells for row in read_rows(lines, delimiter)), delimiter)
    plain = (piece.replace("\r", delimiter).replace("\n", delimiter).split(delimiter) for piece in lines.pieces())
    return has_decimal_commas(plain, delimiter)


def has_decimal_commas(rows: Iterable[Sequence[str]], delimiter: str) -> bool:
    """Return whether the numbers in cells have a decimal comma: one has, and none has a decimal point.

    `1,234` alone is a decimal where semicolons or tabs part the cells, and may be a thousand where commas do; then
    it is none.
    """
    found = False
    for cell in _different(rows):
        if _WITH_POINT.fullmatch(cell) and not (delimiter != "," and _THOUSANDS.fullmatch(cell)):
            return False
        sure = _WITH_COMMA.fullmatch(cell) and not (delimiter == "," and _THOUSANDS.fullmatch(cell))
        found = found or bool(sure)
    return found


def _different(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield each cell that has a point or a comma, without blanks, and seldom one twice: a class writes few texts."""
    seen: set[str] = set()
    for cells in rows:
        new = {*cells} - seen
        yield from (cell.strip() for cell in new if "," in cell or "." in cell)
        if len(seen) > _MOST_REMEMBERED:
            seen.clear()
        seen |= new


def read_rows(lines: Iterable[str], delimiter: str) -> Iterator[SheetRow]:
    """Yield every row, blank ones too.

    Blanks before a quotation mark are not of the cell. An empty line is added at the end: it comes out as a row of its
    own, which is not yielded, unless an open quotation mark swallows it.
    """
    is_over = False

    def _with_end() -> Iterator[str]:
        nonlocal is_over
        yield from lines
        is_over = True
        yield ""

    reader = csv.reader(_with_end(), delimiter=delimiter, skipinitialspace=True)
    for number in count(1):
        try:
            cells = [*map(str.strip, next(reader))]
        except StopIteration:
            return
        except csv.Error as error:
            message = f"the row cannot be read ({error}); mend it"
            yield SheetRow(number, [], Problem("unreadable_row", f"row {number}", message))
            continue
        if not is_over:
            yield SheetRow(number, cells)
        elif cells:
            message = "a quotation mark is opened and never closed, so that all that follows is one cell; close it"
            yield SheetRow(number, cells, Problem("open_quotation", f"row {number}", message))


def split(lines: Iterable[str], delimiter: str, problems: list[Problem]) -> Iterator[SheetRow]:
    """Yield every row that has something in it, and report what cannot be read."""
    for row in read_rows(lines, delimiter):
        if row.fault:
            problems.append(row.fault)
        if any(row.cells):
            yield row


def _parts(lines: Sequence[str], delimiter: str) -> tuple[int, int, int]:
    """Return how many of the first rows a separator parts, how many of these alike, and how soon, as a negative."""
    seen = [_hide_decimals(line) if delimiter == "," else line for line in lines[:_LOOKED_AT]]
    parted = [row.cells for row in read_rows(seen, delimiter) if len(row.cells) > 1]
    widths = Counter(map(len, parted))
    return len(parted), max(widths.values(), default=0), -sum(len(cells[0]) for cells in parted)


def _hide_decimals(line: str) -> str:
    return _BETWEEN_DIGITS.sub(".", line) if any(each in line for each in DELIMITERS[1:]) else line


def _is_workbook(data: bytes, problems: list[Problem]) -> bool:
    if not data.startswith(_WORKBOOKS):
        return False
    problems.append(Problem("not_text", "", "it is a workbook, not a text; save it as 'CSV UTF-8'"))
    return True


def _decode(data: bytes, problems: list[Problem]) -> str:
    encoding = _encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252" if encoding == "utf-8-sig" else encoding
    decoded = data.decode(encoding, errors="replace")
    if "\ufffd" in decoded:
        problems.append(Problem("undecodable", "", f"some bytes are no {encoding} and were replaced; save it as UTF-8"))
    else:
        message = f"the bytes are no UTF-8 and were read as {encoding}; see whether the names are right"
        problems.append(Problem("encoding_guessed", "", message, Severity.NOTICE))
    return decoded


def _encoding(data: bytes) -> str:
    """Return UTF-16 where a mark says so, or where every other byte of most signs is a NUL, and else UTF-8."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    pairs = len(data) // 2
    if data.startswith(BOM_UTF8) or len(data) % 2 or 0 not in data:
        return "utf-8-sig"
    for encoding, high in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if high.count(0) * 2 > pairs:
            return encoding
    return "utf-8-sig"
