# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""Open edX: putting many learners on the allowlist at once, from a CSV file.

>>> from datetime import UTC, datetime
>>> users = {"ada": ListedUser("u1", "ada"), "bob": ListedUser("u2", "bob", enrolled=False)}
>>> users["ada@example.com"] = users["ada"]
>>> text = "ada,was ill\nbob,was ill\n\nada@example.com\n"
>>> desk = Desk(users.get, by="Grace", now=datetime(2026, 6, 1, tzinfo=UTC))
>>> upload = upload_exceptions(desk, ExceptionLists(), "exceptions.csv", text)
>>> for row in upload.rows:
...     print(row, row.outcome)
user "ada" in row# 1 stored
user "bob" in row# 2 user_not_enrolled
user "ada" in row# 4 user_already_allowlisted

The file may be as a spreadsheet saves it, in whatever encoding and with whatever parts its cells. Rows count from 1,
blank ones included. Each stands on its own: the sound ones are stored, and of every other the class is said. Rules K25
to K27.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final

from attrs import evolve, field

from ....certificates.lists import BulkRow, Entered, ExceptionLists, ListChange, add_exceptions
from ....errors import Problem, Severity
from ....exact import describe
from ....outline import Outline
from ....reasons import Reason, ReasonTexts
from ....values import frozen
from ...sheet import Sheet, SheetRow, decode, open_sheet
from .lists import Desk, ListedUser, enrolment_problems, in_our_words


class RowClass(Enum):
    """What can be wrong with a row of the CSV file, in the documented words and order."""

    DATA_FORMAT_ERROR = "data_format_error"
    USER_NOT_EXIST = "user_not_exist"
    USER_ON_INVALIDATION_LIST = "user_on_certificate_invalidation_list"
    USER_ALREADY_ALLOWLISTED = "user_already_allowlisted"
    USER_NOT_ENROLLED = "user_not_enrolled"


UPLOADS: Final = ReasonTexts(
    "certificate uploads",
    {
        "blank": "{0} blank",
        "row_stored": "stored",
        "stored": "{0} of {1} stored",
    },
)
"""What is said of an upload."""


@frozen
class UploadRow(BulkRow):
    """One row of the file that is not blank, with all that is wrong with it, in the documented order.

    `name` is the username where the user is known, and else what the row says, which is `called` so. A row may be a
    `header`.
    """

    name: str = field(default="", kw_only=True)
    header: bool = field(default=False, kw_only=True)

    @property
    def row_class(self) -> RowClass | None:
        """What is wrong with the row first, in the documented order; None where it is stored."""
        return RowClass(self.problems[0].code) if self.problems else None

    @property
    def outcome(self) -> str:
        """The word for the row's class, or that it is stored."""
        return self.row_class.value if self.row_class else UPLOADS.phrase("row_stored")

    def __str__(self) -> str:
        return f'user "{self.name}" in row# {self.number}'


@frozen
class Upload(Entered[UploadRow]):
    """What an upload came to: the new lists and every row, or the error for which the file was not taken.

    The code of the error is `no_file`, `not_csv` or `could_not_read`. `blank` are the numbers of the blank rows, which
    are skipped and counted. `notices` tell how the file was read, where that is not certain.
    """

    error: Problem | None = field(default=None, kw_only=True)
    blank: tuple[int, ...] = field(default=(), kw_only=True)
    notices: tuple[Problem, ...] = field(default=(), kw_only=True)

    def of_class(self, row_class: RowClass) -> tuple[UploadRow, ...]:
        """Return the rows whose first fault is this one."""
        return tuple(row for row in self.rows if row.row_class is row_class)

    def outline(self) -> Outline:
        """Return how many rows are stored, and what became of each."""
        if self.error is not None:
            return Outline(self.subject, self.error.code, (self.error.message,))
        notes = [
            *([UPLOADS.phrase("blank", len(self.blank))] if self.blank else []),
            *(each.message for each in self.notices),
        ]
        rows = (Outline(str(row), row.outcome, _messages(row)) for row in self.rows)
        stored = UPLOADS.phrase("stored", len(self.stored), len(self.rows))
        return Outline(self.subject, stored, notes, rows)


def upload_exceptions(desk: Desk, lists: ExceptionLists, filename: str, content: str | bytes | None) -> Upload:
    """Return the lists with every sound row of a CSV file on the allowlist, and what became of each row (K25 to K27).

    The file has two columns: a username or an email, and notes, which may be missing.
    """
    problems: list[Problem] = []
    sheet = _open(filename, content, problems)
    if isinstance(sheet, Problem):
        reasons = [Reason(sheet.code, sheet.message)]
        return Upload(lists, rows=(), changed=False, reasons=reasons, subject=filename, error=sheet)
    read = list(sheet.rows())
    filled = [row for row in read if not row.blank]
    entered = add_exceptions(lists, (_read_row(row, desk, first=row is filled[0]) for row in filled))
    rows = tuple(map(_with_classes, entered.rows))
    return Upload(
        entered.value,
        rows=rows,
        changed=entered.changed,
        reasons=[Reason(each.code, str(each)) for row in rows for each in row.problems],
        subject=filename,
        blank=tuple(row.number for row in read if row.blank),
        notices=tuple(problems),
    )


_HEADERS: Final = frozenset(
    {"username", "user name", "user", "email", "e-mail", "email address", "username or email", "learner", "student"}
)
_HEADER_HINT: Final = "; this is a header row, and the file has none: delete it"
_COLUMNS: Final = 2
_ORDER: Final = tuple(each.value for each in RowClass)


def _open(filename: str, content: str | bytes | None, notices: list[Problem]) -> Sheet | Problem:
    if content is None:
        return Problem("no_file", "", "there is no file; choose one")
    if not filename.casefold().endswith(".csv"):
        return Problem("not_csv", "", f"the name {describe(filename)} is no CSV file's; it must end in '.csv'")
    text = decode(content, notices)
    unreadable = next((each.message for each in notices if each.severity is Severity.ERROR), "")
    if "\0" in text:
        unreadable = "there are NUL characters in the file, so it is no text; save it as 'CSV UTF-8'"
    return Problem("could_not_read", "", unreadable) if unreadable else open_sheet(text, notices)


def _read_row(row: SheetRow, desk: Desk, *, first: bool) -> UploadRow:
    name = "".join(row.cells[:1])
    user = desk.find(name)
    header = first and name.casefold() in _HEADERS and isinstance(user, Problem)
    found = _format_problem(row) or user
    if isinstance(found, ListedUser):
        entry, problems = desk.entry(found.id, "".join(row.cells[1:2])), tuple(enrolment_problems(found, name))
        return UploadRow(row.number, entry, problems, name=found.username, called=name)
    code = found.code if found.code in _ORDER else RowClass.USER_NOT_EXIST.value
    problem = Problem(code, "", f"{found.message}{_HEADER_HINT if header else ''}")
    return UploadRow(row.number, None, (problem,), name=name, called=name, header=header)


def _format_problem(row: SheetRow) -> Problem | None:
    """Return why a row is none of a username or an email and notes; empty cells behind these are a spreadsheet's."""
    further = any(row.cells[_COLUMNS:])
    columns = f"{describe(', '.join(row.cells))} has more than two columns: a username or an email, and notes"
    fault = row.fault.message if row.fault else columns if further else ""
    return Problem(RowClass.DATA_FORMAT_ERROR.value, "", fault) if fault else None


def _with_classes(row: UploadRow) -> UploadRow:
    """Return the row with its problems in the documented words and order."""
    problems = (evolve(in_our_words(each, ListChange.ADD), path=f"row {row.number}") for each in row.problems)
    return evolve(row, problems=tuple(sorted(problems, key=lambda problem: _ORDER.index(problem.code))))


def _messages(row: UploadRow) -> Iterator[str]:
    yield from (problem.message for problem in row.problems)
    if row.duplicate_of is not None:
        yield f"row {row.duplicate_of} has the same user"
