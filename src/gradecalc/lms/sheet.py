# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Separated text as numbered rows of cells, read to its end whatever is in it.

Rows are numbered from 1, blank ones included, as a spreadsheet numbers them.
"""

from __future__ import annotations

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import chain, count
from typing import NamedTuple

from ..errors import Problem, Severity


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


def read_lines(text: str | bytes, problems: list[Problem]) -> list[str]:
    """Return the lines of a text, or of bytes in UTF-8, UTF-16 with a byte-order mark, or else Windows-1252."""
    decoded = text if isinstance(text, str) else _decode(text, problems)
    return list(StringIO(decoded.removeprefix("\ufeff"), newline=""))


def read_rows(lines: Sequence[str], delimiter: str) -> Iterator[SheetRow]:
    """Yield every row, blank ones too.

    An empty line is added at the end: it comes out as a row of its own, which is not yielded, unless an open
    quotation mark swallows it.
    """
    reader = csv.reader(chain(lines, [""]), delimiter=delimiter)
    for number in count(1):
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            message = f"the row cannot be read ({error}); mend it"
            yield SheetRow(number, [], Problem("unreadable_row", f"row {number}", message))
            continue
        if reader.line_num <= len(lines):
            yield SheetRow(number, cells)
        elif cells:
            message = "a quotation mark is opened and never closed, so that all that follows is one cell; close it"
            yield SheetRow(number, cells, Problem("open_quotation", f"row {number}", message))


def split(lines: Sequence[str], delimiter: str, problems: list[Problem]) -> Iterator[SheetRow]:
    """Yield every row that has something in it, and report what cannot be read."""
    for row in read_rows(lines, delimiter):
        if row.fault:
            problems.append(row.fault)
        if any(row.cells):
            yield row


def _decode(data: bytes, problems: list[Problem]) -> str:
    wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        encoding = "utf-16" if wide else "cp1252"
    decoded = data.decode(encoding, errors="replace")
    if "\ufffd" in decoded:
        problems.append(Problem("undecodable", "", f"some bytes are no {encoding} and were replaced; save it as UTF-8"))
    else:
        message = f"the bytes are no UTF-8 and were read as {encoding}; see whether the names are right"
        problems.append(Problem("encoding_guessed", "", message, Severity.NOTICE))
    return decoded
