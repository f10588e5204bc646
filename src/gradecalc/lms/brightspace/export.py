# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A Brightspace grade export, read as a gradebook and everybody's marks.

The text may be separated by commas, tabs or semicolons. It is read to its end whatever is in it: what is odd becomes
a `Problem` whose path is such as `row 3, column 'Essay Points Grade <Numeric MaxPoints:20>'`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, Final

from ...errors import Problem, Severity
from ...gradebook.tree import Gradebook
from ...marks import (
    EXEMPT,
    ItemKind,
    Marks,
    MarkValue,
    UngradedPolicy,
)
from ..documents import NUMBER, TEXT, Document
from ..imported import Imported, Learner, Recorded
from ..sheet import SheetRow, read_lines, split
from .columns import (
    Column,
    ExportColumns,
    count_known,
    lay_out,
)
from .headings import ExportRow

_DELIMITERS: Final = ",\t;"
_END_OF_LINE: Final = "#"
_NOT_IN_AN_EXPORT: Final = Problem(
    "not_in_export",
    "",
    "an export carries no drop rules, bonus, 'can exceed', exclusions, schemes or ungraded policy; add what applies",
    Severity.NOTICE,
)
_AS_TEXT: Final = frozenset({ItemKind.TEXT, ItemKind.SELECTBOX})


class Key(Enum):
    """The column that learner ids are taken from."""

    ORG_DEFINED_ID = "OrgDefinedId"
    USERNAME = "Username"


IDENTITY: Final = ("institution_id", "username", "last_name", "first_name", "email")
"""The fields of a learner that a file may state, in its order."""

KEY_FIELDS: Final[Mapping[Key | None, tuple[str, ...]]] = {
    None: ("institution_id", "username"),
    Key.ORG_DEFINED_ID: ("institution_id",),
    Key.USERNAME: ("username",),
}


def read(
    text: str | bytes,
    *,
    exempt: Iterable[str] = ("Exempt",),
    ungraded: UngradedPolicy = UngradedPolicy.LEAVE_OUT,
    key: Key | None = None,
    gradebook: Gradebook | None = None,
) -> Imported:
    """Return the gradebook and the marks of an export, and its problems; no text makes this raise.

    `exempt` lists the cells, in any case, that exempt; a blank cell is ungraded. `ungraded` is the gradebook's policy,
    which the export does not carry. A learner's id is the OrgDefinedId, or the Username where there is none; `key`
    insists on one of them. A cell that is no number stays in the marks as its text, so that `grade_many` gives that
    learner a `MarksError` and grades the others. With a `gradebook`, columns are found in it by the names of its items,
    its ids and kinds hold, and what their headings say of themselves is not read.
    """
    fields, ungraded = KEY_FIELDS[key if key is None else Key(key)], UngradedPolicy(ungraded)
    tokens = [exempt] if isinstance(exempt, str) else exempt
    problems: list[Problem] = []
    lines = read_lines(text, problems)
    delimiter = max(_DELIMITERS, key=lambda each: count_known(_first_row(lines, each)))
    header = _first_row(lines, delimiter)
    if not count_known(header):
        message = "there is no row of headings such as 'Username' and 'Essay Points Grade <…>'; export the grades again"
        problems.append(Problem("no_header", f"row {header.number}", message))
        return Imported(gradebook or Gradebook(ungraded=ungraded), problems=tuple(problems))
    book, columns = lay_out(header, ungraded, problems, gradebook)
    rows = _Rows(columns, tokens, fields, problems)
    for row in split(lines, delimiter, problems):
        if row.number > header.number:
            rows.enter(row)
    if gradebook is None:
        problems.append(_NOT_IN_AN_EXPORT)
    return Imported(book, rows.marks, tuple(problems), rows.learners, rows.finals, rows.recorded, rows.exempt_token)


def _first_row(lines: Sequence[str], delimiter: str) -> SheetRow:
    return next(split(lines, delimiter, []), SheetRow(1, []))


class _Rows:
    """The rows of the learners while they are read."""

    def __init__(
        self, columns: ExportColumns, exempt: Iterable[str], key_fields: Sequence[str], problems: list[Problem]
    ) -> None:
        self.columns, self.sheet = columns, columns.sheet
        self.exempt = frozenset(token.strip().casefold() for token in exempt)
        self.key_fields = key_fields
        self.problems = problems
        self.row_of: dict[str, int] = {}
        self.learners: dict[str, Learner] = {}
        self.marks: dict[str, Marks] = {}
        self.finals: dict[str, Mapping[str, Recorded]] = {}
        self.recorded: dict[str, Mapping[str, Recorded]] = {}
        self.exempt_token = ""

    def enter(self, row: SheetRow) -> None:
        """Enter a learner's row, unless it names no learner or one who has a row already."""
        stated = self.sheet.read(row) or ExportRow()
        self._check_shape(row, stated)
        id_ = next((key for each in self.key_fields if (key := getattr(stated, each))), "")
        if not id_:
            self._report("no_learner_id", row, "the row has no learner id and is not read; fill in its key column")
        elif id_ in self.row_of:
            message = f"learner {id_!r} stands in row {self.row_of[id_]} too, and only that row is read; delete one"
            self._report("duplicate_learner", row, message)
        else:
            self.row_of[id_] = row.number
            self.learners[id_] = Learner(id_, **{each: getattr(stated, each) for each in IDENTITY})
            self.marks[id_] = self._marks(row)
            self.finals[id_] = self._results(row, self.columns.finals)
            self.recorded[id_] = self._results(row, self.columns.recorded)

    def _check_shape(self, row: SheetRow, stated: ExportRow) -> None:
        self.sheet.has_strays(row)
        if "end" in self.sheet.places and stated.end != _END_OF_LINE:
            message = "the row does not end in '#' where it should, so cells may be missing or shifted; compare it"
            self._report("broken_row", row, message)
        else:
            self.sheet.is_short(row)

    def _marks(self, row: SheetRow) -> Marks:
        cells = ((column, self.sheet.cell(row, column.place)) for column in self.columns.items)
        return {column.of: self._mark(column, cell) for column, cell in cells if cell.value}

    def _mark(self, column: Column, cell: Document) -> MarkValue:
        text = cell.read(TEXT, "", column.of)
        if text.casefold() in self.exempt:
            self._see_token(cell, text)
            return EXEMPT
        return text if column.kind in _AS_TEXT else cell.read(NUMBER, text, column.of)

    def _see_token(self, cell: Document, token: str) -> None:
        self.exempt_token = self.exempt_token or token
        if token != self.exempt_token:
            message = f"an exemption is {token!r} here and {self.exempt_token!r} before; what is written back has one"
            cell.report("other_exempt_token", message, Severity.NOTICE)

    def _results(self, row: SheetRow, columns: Iterable[Column]) -> Mapping[str, Recorded]:
        parts: dict[str, dict[str, Any]] = {}
        for column in columns:
            cell = self.sheet.cell(row, column.place)
            if cell.value:
                value = cell.value if column.part == "symbol" else cell.read(NUMBER, None, column.of)
                parts.setdefault(column.of, {})[column.part] = value
        return {of: Recorded(**stated) for of, stated in parts.items()}

    def _report(self, code: str, row: SheetRow, message: str) -> None:
        self.problems.append(Problem(code, row.path, message))
