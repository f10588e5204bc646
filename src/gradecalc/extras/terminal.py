# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Tables and progress on a terminal; needs rich."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from ..outline import one_line

_Value = TypeVar("_Value")


def draw(
    title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[str], notes: Sequence[str]
) -> None:
    """Draw a table, the cells below the headings in `right` ending in one column; no text is taken for markup."""
    table = Table(title=Text(one_line(title), style="bold"), title_justify="left")
    for heading in headings:
        table.add_column(Text(heading), justify="right" if heading in right else "left")
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    console = Console()
    console.print(table)
    for note in notes:
        console.print(Text(one_line(note)))


def status(text: str) -> AbstractContextManager[object]:
    """Return what shows on the terminal that something is going on."""
    return Console(stderr=True).status(Text(text))


def counted(values: Iterable[_Value], total: int, text: str) -> Iterator[_Value]:
    """Yield what comes, showing on the terminal how much of it there was; nothing of that is left at the end."""
    yield from track(values, text, total, console=Console(stderr=True), transient=True)
