# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""A grade file as every system has it: a row for each learner, and columns of marks and of results.

Whoever knows the headings says which columns there are; here the rows are entered, one by one.

>>> from attrs import field
>>> from gradecalc.lms.records import named
>>> from gradecalc.lms.sheet import split
>>> @frozen
... class Who:
...     name: str = field(default="", metadata=named("Name"))
>>> problems = []
>>> header, *rows = split(["Name,Quiz\n", "Ada,7.5\n", "Bob,EX\n"], ",", problems)
>>> sheet = RecordSheet(Who, header, problems)
>>> marks = MarkSheet(sheet, MarkColumns(items=[Column(1, "quiz")]), lambda who: Learner(who.name), exempt=["EX"])
>>> for row in rows:
...     marks.enter(row)
>>> marks.imported(Gradebook()).marks
{'Ada': {'quiz': Fraction(15, 2)}, 'Bob': {'quiz': EXEMPT}}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Generic, TypeVar

from attrs import field, frozen

from ..errors import Problem, Severity
from ..gradebook.tree import Gradebook
from ..marks import (
    EXEMPT,
    ItemKind,
    Marks,
    MarkValue,
)
from .documents import (
    NUMBER,
    TEXT,
    Document,
    Expected,
)
from .imported import Imported, Learner, Recorded
from .records import RecordSheet
from .sheet import SheetRow

_Who = TypeVar("_Who")

_AS_TEXT: Final = frozenset({ItemKind.TEXT, ItemKind.SELECTBOX})


@frozen
class Column:
    """Where something stands in a row: `of` what (an id, or the name of a final), and which part of it.

    `part` is the field of `Recorded` that a result has there; `kind` says how the cells of marks are read.
    """

    place: int
    of: str
    part: str = ""
    kind: ItemKind = ItemKind.NUMERIC


def _as_columns(columns: Iterable[Column]) -> tuple[Column, ...]:
    return tuple(columns)


@frozen(kw_only=True)
class MarkColumns:
    """The columns of a file by what they hold: marks of items, final grades, and other results that are recorded."""

    items: tuple[Column, ...] = field(default=(), converter=_as_columns)
    finals: tuple[Column, ...] = field(default=(), converter=_as_columns)
    recorded: tuple[Column, ...] = field(default=(), converter=_as_columns)


class MarkSheet(Generic[_Who]):
    """The rows of the learners while they are entered.

    `identify` makes a learner of what a row says of one, whose id is empty where the row names nobody. `exempt` lists
    the cells that exempt, in any case. `is_whole` tells a row that says itself that cells are missing in it.
    """

    def __init__(
        self,
        sheet: RecordSheet[_Who],
        columns: MarkColumns,
        identify: Callable[[_Who], Learner],
        *,
        exempt: Iterable[str],
        is_whole: Callable[[_Who], bool] = lambda _: True,
    ) -> None:
        self.sheet = sheet
        self.columns = columns
        self._identify = identify
        self._is_whole = is_whole
        self._exempt = frozenset(token.strip().casefold() for token in exempt)
        self._row_of: dict[str, int] = {}
        self._learners: dict[str, Learner] = {}
        self._marks: dict[str, Marks] = {}
        self._finals: dict[str, Mapping[str, Recorded]] = {}
        self._recorded: dict[str, Mapping[str, Recorded]] = {}
        self._exempt_token = ""

    def enter(self, row: SheetRow) -> None:
        """Enter a learner's row, unless it names no learner or one who has a row already."""
        stated = self.sheet.read(row)
        if stated is None:
            return
        self._check_shape(row, stated)
        learner = self._identify(stated)
        id_ = learner.id
        if not id_:
            self._report("no_learner_id", row, "the row has no learner id and is not read; fill in its key column")
        elif id_ in self._row_of:
            message = f"learner {id_!r} stands in row {self._row_of[id_]} too, and only that row is read; delete one"
            self._report("duplicate_learner", row, message)
        else:
            self._row_of[id_] = row.number
            self._learners[id_] = learner
            cells = ((column, self.sheet.text(row, column.place)) for column in self.columns.items)
            self._marks[id_] = {column.of: self._mark(row, column, text) for column, text in cells if text}
            self._finals[id_] = self._results(row, self.columns.finals)
            self._recorded[id_] = self._results(row, self.columns.recorded)

    def imported(self, gradebook: Gradebook) -> Imported:
        """Return what was entered, beside the gradebook that it is of."""
        return Imported(
            gradebook,
            self._marks,
            tuple(self.sheet.problems),
            self._learners,
            self._finals,
            self._recorded,
            self._exempt_token,
        )

    def _check_shape(self, row: SheetRow, stated: _Who) -> None:
        self.sheet.has_strays(row)
        if not self._is_whole(stated):
            message = "the row does not end as it should, so cells may be missing or shifted; compare it"
            self._report("broken_row", row, message)
        else:
            self.sheet.is_short(row)

    def _mark(self, row: SheetRow, column: Column, text: str) -> MarkValue:
        if text.casefold() in self._exempt:
            self._see_token(self.sheet.cell(row, column.place), text)
            return EXEMPT
        return text if column.kind in _AS_TEXT else self.sheet.value(row, column.place, NUMBER, text)

    def _see_token(self, cell: Document, token: str) -> None:
        self._exempt_token = self._exempt_token or token
        if token != self._exempt_token:
            message = f"an exemption is {token!r} here and {self._exempt_token!r} before; what is written back has one"
            cell.report("other_exempt_token", message, Severity.NOTICE)

    def _results(self, row: SheetRow, columns: Iterable[Column]) -> Mapping[str, Recorded]:
        parts: dict[str, dict[str, Any]] = {}
        for column in columns:
            if self.sheet.text(row, column.place):
                expected: Expected[Any] = TEXT if column.part == "symbol" else NUMBER
                parts.setdefault(column.of, {})[column.part] = self.sheet.value(row, column.place, expected, None)
        return {of: Recorded(**stated) for of, stated in parts.items()}

    def _report(self, code: str, row: SheetRow, message: str) -> None:
        self.sheet.problems.append(Problem(code, row.path, message))
