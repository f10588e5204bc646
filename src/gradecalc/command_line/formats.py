# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a command prints, in each format: text, CSV, JSON, HTML and Markdown."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

from attrs import evolve

from ..language import Language
from ..outline import Outline
from ..report.report import Report
from ..spreadsheets import write_csv
from ..values import frozen
from .at_hand import room
from .files import write_file

TEXT: Final = "text"
HTML: Final = "html"
ENGLISH: Final = "en"
LANGUAGE_CODES: Final = (ENGLISH, "de")
"""The codes of all languages that there are."""


@frozen
class Output:
    """Where something goes: in which format it is printed, and in which file its page is written, if in any.

    A page has the `title` and the `date` that are stated, and is in the language of the code `lang`; a file that is
    there is kept unless it is to be `replaced`.
    """

    format: str
    lang: str = ENGLISH
    file: Path | None = None
    replaced: bool = False
    title: str = ""
    date: str = ""

    @property
    def language(self) -> Language:
        """The language."""
        found: Language = room("languages").LANGUAGES[self.lang]
        return found


class Printout(Protocol):
    """What is to be printed: itself in each format."""

    def draw(self) -> bool:
        """Draw it on the terminal and return True, or return False where it is to be plain text."""

    def text(self) -> str:
        """Return it as plain text."""

    def csv(self) -> str:
        """Return it as CSV."""

    def data(self) -> Any:
        """Return it as plain data."""

    def page(self, output: Output) -> str:
        """Return it as a whole page of HTML, with what is stated of the page."""

    def markdown(self) -> str:
        """Return it as Markdown."""


@frozen
class OutlinePrintout:
    """An outline that is to be printed."""

    outline: Outline

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

    def page(self, output: Output) -> str:
        """Return the outline as a page."""
        page: str = room("pages").outline_page(
            self.outline, title=output.title, date=output.date, language=output.language
        )
        return page

    def markdown(self) -> str:
        """Return the outline as a nested list."""
        return self.outline.markdown()


@frozen
class ReportPrintout(OutlinePrintout):
    """The whole reason of a learner's grade: the outline with some words, and what its page is made of."""

    report: Report
    learner: str
    title: str
    words: Sequence[str]

    def page(self, output: Output) -> str:
        """Return the page of the report."""
        page: str = room("pages").report_page(
            self.report,
            title=output.title or self.title,
            learner=self.learner,
            date=output.date,
            notes=self.words,
            language=output.language,
        )
        return page


def show_outline(outline: Outline, output: Output) -> None:
    """Print an outline in its language."""
    show(OutlinePrintout(outline.in_language(output.language)), output)


def show(printout: Printout, output: Output) -> None:
    """Write the page of something where one is asked for, and print it, on a terminal drawn where that is possible."""
    if output.file is not None:
        write_file(output.file, printout.page(output), replace=output.replaced)
    if not (output.format == TEXT and sys.stdout.isatty() and printout.draw()):
        print(FORMATS[output.format](printout, output), end="" if output.format == HTML else "\n")


def _as_json(printout: Printout, _: Output) -> str:
    return json.dumps(printout.data(), indent=2, ensure_ascii=False)


FORMATS: Final[Mapping[str, Callable[[Printout, Output], str]]] = {
    TEXT: lambda printout, _: printout.text(),
    "csv": lambda printout, _: printout.csv(),
    "json": _as_json,
    HTML: lambda printout, output: printout.page(output),
    "markdown": lambda printout, _: printout.markdown(),
}
"""The formats, by the name that they have on the command line."""


def with_note(outline: Outline, note: str) -> Outline:
    """Return the outline with another note in its first row."""
    return evolve(outline, notes=(*outline.notes, note))
