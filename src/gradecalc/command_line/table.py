# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A table of texts with a heading for each column, as plain text, CSV and Markdown.

>>> print(TextTable("Class", ("learner", "final"), (("1001", "91.7"), ("1002", "7.5")), right=("final",)).text())
Class
  learner  final
  1001      91.7
  1002       7.5
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from ..outline import WIDEST, one_line, to_markdown
from ..spreadsheets import write_csv
from ..values import frozen


@frozen
class TextTable:
    """A title, headings, rows of as many cells, the headings whose cells end in one column, and notes below."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Sequence[str] = ()
    notes: Sequence[str] = ()

    def without_empty(self) -> TextTable:
        """Return the table without the columns in which nobody has anything."""
        kept = [nth for nth in range(len(self.headings)) if any(row[nth] for row in self.rows)]
        headings = [self.headings[nth] for nth in kept]
        return evolve(self, headings=headings, rows=[[row[nth] for nth in kept] for row in self.rows])

    def text(self) -> str:
        """Return the table as plain text in aligned columns."""
        rows = [[one_line(cell) for cell in row] for row in (self.headings, *self.rows)]
        widths = [min(max(map(len, column)), WIDEST) for column in zip(*rows, strict=True)]
        ends = [heading in self.right for heading in self.headings]
        lines = [
            "  ".join(
                cell.rjust(width) if end else cell.ljust(width)
                for cell, width, end in zip(row, widths, ends, strict=True)
            )
            for row in rows
        ]
        return "\n".join([one_line(self.title), *(f"  {line}".rstrip() for line in lines), *map(one_line, self.notes)])

    def csv(self) -> str:
        """Return headings and rows as CSV; the notes are no part of it."""
        return write_csv([self.headings, *self.rows], numbers=True, line_end="\n").removesuffix("\n")

    def markdown(self) -> str:
        """Return the table in Markdown; whatever a cell contains is shown, not interpreted."""
        marks = ["---:" if heading in self.right else "---" for heading in self.headings]
        lines = [_markdown_row(self.headings), f"| {' | '.join(marks)} |", *map(_markdown_row, self.rows)]
        return "\n\n".join([f"**{to_markdown(self.title)}**", "\n".join(lines), *map(to_markdown, self.notes)])


def _markdown_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(to_markdown, cells))} |"
