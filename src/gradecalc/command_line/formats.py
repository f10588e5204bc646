# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a command prints, in each format: text, CSV, JSON, HTML and Markdown."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final, Protocol

from attrs import evolve, frozen

from ..languages import LANGUAGES
from ..outline import Outline
from ..spreadsheets import write_csv

TEXT: Final = "text"

_PAGE: Final = """\
<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>{body}</body>
</html>"""


class Printout(Protocol):
    """What is to be printed: a title, and itself in each format."""

    @property
    def title(self) -> str:
        """What it is about."""

    @property
    def language(self) -> str:
        """The code of its language."""

    def draw(self) -> bool:
        """Draw it on the terminal and return True, or return False where it is to be plain text."""

    def text(self) -> str:
        """Return it as plain text."""

    def csv(self) -> str:
        """Return it as CSV."""

    def data(self) -> Any:
        """Return it as plain data."""

    def html(self) -> str:
        """Return it as a part of an HTML page."""

    def markdown(self) -> str:
        """Return it as Markdown."""


@frozen
class OutlinePrintout:
    """An outline that is to be printed."""

    outline: Outline

    @property
    def title(self) -> str:
        """What it is about."""
        return self.outline.label

    @property
    def language(self) -> str:
        """The code of its language."""
        return self.outline.language.code

    def draw(self) -> bool:
        """Return False: an outline is the same on a terminal."""
        return False

    def text(self) -> str:
        """Return the outline as plain text."""
        return self.outline.text()

    def csv(self) -> str:
        """Return the rows of the outline with their depth, as CSV."""
        rows = [(str(depth), row.label, row.value, "; ".join(row.notes)) for depth, row in self.outline.rows()]
        return write_csv([("depth", "label", "value", "notes"), *rows], numbers=True, line_end="\n").removesuffix("\n")

    def data(self) -> dict[str, Any]:
        """Return the outline as plain data."""
        return self.outline.to_dict()

    def html(self) -> str:
        """Return the outline as an HTML table."""
        return self.outline.html()

    def markdown(self) -> str:
        """Return the outline as a nested list."""
        return self.outline.markdown()


def show_outline(outline: Outline, format_: str, language: str) -> None:
    """Print an outline in a format, in the language with this code."""
    show(OutlinePrintout(outline.in_language(LANGUAGES[language])), format_)


def show(printout: Printout, format_: str) -> None:
    """Print something in a format; what is text is drawn on a terminal, where that is possible."""
    if not (format_ == TEXT and sys.stdout.isatty() and printout.draw()):
        print(FORMATS[format_](printout))


def _as_json(printout: Printout) -> str:
    return json.dumps(printout.data(), indent=2, ensure_ascii=False)


def _as_html(printout: Printout) -> str:
    return _PAGE.format(title=escape(printout.title), body=printout.html(), language=printout.language)


FORMATS: Final[Mapping[str, Callable[[Printout], str]]] = {
    TEXT: lambda printout: printout.text(),
    "csv": lambda printout: printout.csv(),
    "json": _as_json,
    "html": _as_html,
    "markdown": lambda printout: printout.markdown(),
}
"""The formats, by the name that they have on the command line."""


def with_note(outline: Outline, note: str) -> Outline:
    """Return the outline with another note in its first row."""
    return evolve(outline, notes=(*outline.notes, note))
