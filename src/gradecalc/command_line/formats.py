# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a command prints, in each format: text, CSV, JSON, HTML and Markdown."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final

from attrs import evolve, frozen

from ..outline import Outline
from ..spreadsheets import write_csv
from .at_hand import find_extra
from .table import TextTable

TEXT: Final = "text"

_PAGE: Final = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>{body}</body>
</html>"""


@frozen
class Printout:
    """What is to be printed: a table for people, the same with all its columns for CSV, and as data for JSON."""

    table: TextTable
    sheet: TextTable
    data: Any

    @property
    def title(self) -> str:
        """What it is about."""
        return self.table.title


@frozen
class OutlinePrintout:
    """An outline that is to be printed."""

    outline: Outline

    @property
    def title(self) -> str:
        """What it is about."""
        return self.outline.label

    def csv(self) -> str:
        """Return the rows of the outline with their depth, as CSV."""
        rows = [(str(depth), row.label, row.value, "; ".join(row.notes)) for depth, row in self.outline.rows()]
        return write_csv([("depth", "label", "value", "notes"), *rows], numbers=True, line_end="\n").removesuffix("\n")


def show(printout: Printout | OutlinePrintout, format_: str) -> None:
    """Print something in a format; on a terminal a table is drawn, where rich is installed."""
    terminal = find_extra("terminal") if format_ == TEXT and sys.stdout.isatty() else None
    if terminal is not None and isinstance(printout, Printout):
        table = printout.table
        terminal.draw(table.title, table.headings, table.rows, table.right, table.notes)
    else:
        print(FORMATS[format_](printout))


def _as_text(printout: Printout | OutlinePrintout) -> str:
    return printout.table.text() if isinstance(printout, Printout) else printout.outline.text()


def _as_csv(printout: Printout | OutlinePrintout) -> str:
    return printout.sheet.csv() if isinstance(printout, Printout) else printout.csv()


def _as_json(printout: Printout | OutlinePrintout) -> str:
    data = printout.data if isinstance(printout, Printout) else printout.outline.to_dict()
    return json.dumps(data, indent=2, ensure_ascii=False)


def _as_html(printout: Printout | OutlinePrintout) -> str:
    shown = printout.table if isinstance(printout, Printout) else printout.outline
    return _PAGE.format(title=escape(printout.title), body=shown.html())


def _as_markdown(printout: Printout | OutlinePrintout) -> str:
    return printout.table.markdown() if isinstance(printout, Printout) else printout.outline.markdown()


FORMATS: Final[Mapping[str, Callable[[Printout | OutlinePrintout], str]]] = {
    TEXT: _as_text,
    "csv": _as_csv,
    "json": _as_json,
    "html": _as_html,
    "markdown": _as_markdown,
}
"""The formats, by the name that they have on the command line."""


def with_note(outline: Outline, note: str) -> Outline:
    """Return the outline with another note in its first row."""
    return evolve(outline, notes=(*outline.notes, note))
