# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Cells that a spreadsheet takes as text, never as a formula: the one guard of everything that is written as CSV.

>>> as_text("=HYPERLINK(A1)"), as_text("Ada")
("'=HYPERLINK(A1)", 'Ada')
>>> as_text("-5"), as_text("-5", numbers=True)
("'-5", '-5')
>>> print(write_csv([("learner", "note"), ("=ada", "late, twice")]).splitlines()[1])
'=ada,"late, twice"

A spreadsheet runs a cell that begins with one of a few signs, also behind what it does not show; an apostrophe before
them makes it text. Rule Y30.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from io import StringIO
from typing import Final

_RUN: Final = re.compile(r"[\t\r\n]|[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")
"""What a cell begins with that a spreadsheet may run: a sign or its full-width form, behind blanks and marks."""

_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def as_text(cell: str, *, numbers: bool = False) -> str:
    """Return a cell that a spreadsheet takes as text: with an apostrophe before what it would run as a formula.

    With `numbers` a plain decimal number stays one, since a spreadsheet reads it as no more than that.
    """
    if cell[:1].isalnum() or (numbers and _NUMBER.fullmatch(cell)):
        return cell
    return f"'{cell}" if _RUN.match(cell) else cell


def write_csv(
    rows: Iterable[Iterable[str | None]], *, numbers: bool = False, line_end: str = "\r\n", delimiter: str = ","
) -> str:
    """Return the rows as CSV, each cell guarded by `as_text`; None is an empty cell."""
    sheet = StringIO()
    writer = csv.writer(sheet, delimiter=delimiter, lineterminator=line_end)
    writer.writerows([as_text(cell, numbers=numbers) if cell else "" for cell in row] for row in rows)
    return sheet.getvalue()
