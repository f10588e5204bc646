# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The headings of the items of a gradebook, as text, each read back before it is used.

The importer asks for `HW 1 Points Grade`. The form of an export says more, and restores what it says:
`HW 1 Points Grade <Numeric MaxPoints:10 Weight:50 Category:Homework CategoryWeight:25>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from typing import Final

from attrs import evolve

from ...errors import Problem, Severity
from ...fields import join
from ...gradebook.items import GradeItem
from ...gradebook.tree import BookRow, Category, Gradebook, in_percent, rows
from ...gradebook.weights import WeightedMean
from ...marks import ItemKind
from ...values import frozen
from ..exported import write_decimal
from ..sheet import SheetRow
from .columns import lay_out
from .headings import ItemHeading, parse_heading

_ENDINGS: Final[Mapping[ItemKind, str]] = {
    ItemKind.NUMERIC: "Points Grade",
    ItemKind.PASS_FAIL: "Points Grade",
    ItemKind.SELECTBOX: "Grade Symbol",
    ItemKind.TEXT: "Text Grade",
}
_POINTS: Final[Mapping[ItemKind, str]] = {ItemKind.NUMERIC: "Numeric", ItemKind.PASS_FAIL: "PassFail"}
_LONGEST_NAME: Final = 128
_REFUSED: Final = re.compile(r'[/"*<>+=|,%]')
_NOT_IN_HEADINGS: Final = Problem(
    "not_in_export",
    "",
    "the headings do not carry the whole gradebook: they have items with names, maximum points and weights, and one "
    "level of categories; keep the definition beside the file",
    Severity.NOTICE,
)


class Headings(Enum):
    """The form of the headings of items."""

    IMPORT = "import"
    """What the importer asks for: the name, and what kind of grade it is."""
    EXPORT = "export"
    """What an export has: maximum points, weight and category too."""


@frozen
class ItemColumn:
    """A column of marks: its heading, its item, the path to that, and the ids of the categories above it."""

    heading: str
    item: GradeItem
    path: str
    above: tuple[str, ...]


def write_headings(book: Gradebook, form: Headings, problems: list[Problem]) -> list[ItemColumn]:
    """Return a column for every item that a file can carry."""
    columns = _Columns(book, form, problems)
    for line in columns.laid_out[1:]:
        columns.enter(line)
    written = list(columns.by_name.values())
    if form is Headings.EXPORT and not _restores(book, written):
        problems.append(_NOT_IN_HEADINGS)
    return written


class _Columns:
    """The columns of items while they are worked out, by the names of the items."""

    def __init__(self, book: Gradebook, form: Headings, problems: list[Problem]) -> None:
        self.laid_out = in_percent(rows(book))
        self.full = form is Headings.EXPORT
        self.weighted = isinstance(book.aggregation, WeightedMean)
        self.problems = problems
        self.by_name: dict[str, ItemColumn] = {}

    def enter(self, line: BookRow) -> None:
        """Enter the column of a line, unless a file cannot carry it."""
        if isinstance(line.node, Category):
            return
        if not isinstance(line.node, GradeItem):
            message = f"{line.node.name!r} is worked out by the system and cannot be imported; it is left out"
            self.problems.append(Problem("computed_item", line.path, message, Severity.NOTICE))
            return
        column = self._column(line, line.node)
        faults = list(self._faults(column))
        self.problems += faults
        if all(fault.severity is Severity.NOTICE for fault in faults):
            self.by_name[column.item.name] = column

    def _column(self, line: BookRow, item: GradeItem) -> ItemColumn:
        above = list(self._above(line))
        heading = f"{item.name} {_ENDINGS[item.kind]}"
        if self.full and item.kind is ItemKind.TEXT:
            heading += " <Text>"
        elif self.full and item.kind in _POINTS:
            heading += f" <{_POINTS[item.kind]}{''.join(self._attributes(line, item, above[:1]))}>"
        return ItemColumn(heading, item, line.path, tuple(branch.node.id for branch in above))

    def _above(self, line: BookRow) -> Iterator[BookRow]:
        """Yield the categories that a line is in, the nearest first."""
        while line.parent > 0:
            line = self.laid_out[line.parent]
            yield line

    def _attributes(self, line: BookRow, item: GradeItem, nearest: Iterable[BookRow]) -> Iterator[str]:
        yield from self._amount("MaxPoints", item.max_points, line, "max_points")
        yield from self._amount("Weight", item.weight if self.weighted else None, line, "weight")
        for branch in nearest:
            yield f" Category:{branch.node.name}"
            yield from self._amount("CategoryWeight", branch.node.weight if self.weighted else None, branch, "weight")

    def _amount(self, name: str, value: Fraction | None, line: BookRow, of: str) -> Iterator[str]:
        if value is not None:
            yield f" {name}:{write_decimal(value, join(line.path, of), self.problems)}"

    def _faults(self, column: ItemColumn) -> Iterator[Problem]:
        """Yield why a column cannot be written, or may be refused."""
        name, path = column.item.name, join(column.path, "name")
        if name in self.by_name:
            yield Problem("duplicate_name", path, f"another item is called {name!r}, and has the column; rename one")
        elif not _reads_back(column, full=self.full):
            message = f"the heading of {name!r} would be read as another's; rename the item, or its category"
            yield Problem("ambiguous_heading", path, message)
        elif len(name) > _LONGEST_NAME or _REFUSED.search(name):
            message = f'Brightspace takes no name such as {name!r}: at most 128 signs, and none of / " * < > + = | , %'
            yield Problem("refused_name", path, message, Severity.NOTICE)


def _reads_back(column: ItemColumn, *, full: bool) -> bool:
    """Return whether the reader finds the item in its heading, and, where the heading says its kind, that kind."""
    heading = parse_heading(column.heading.strip())
    if not isinstance(heading, ItemHeading) or heading.name != column.item.name:
        return False
    return heading.kind is column.item.kind or not (full and column.item.kind in _POINTS)


def _restores(book: Gradebook, columns: Iterable[ItemColumn]) -> bool:
    """Return whether the headings carry the whole gradebook, but for how figures are shown."""
    header = SheetRow(1, [column.heading.strip() for column in columns])
    return book == evolve(lay_out(header, book.ungraded, []).gradebook, shown=book.shown)
