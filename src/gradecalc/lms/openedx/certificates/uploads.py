# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""Open edX: putting many learners on the allowlist at once, from a CSV file.

>>> from datetime import UTC, datetime
>>> users = {"ada": ListedUser("u1", "ada"), "bob": ListedUser("u2", "bob", enrolled=False)}
>>> text = "ada,was ill\nbob,was ill\n\nada@example.com\n"
>>> desk = Desk(users.get, by="Grace", now=datetime(2026, 6, 1, tzinfo=UTC))
>>> upload = upload_exceptions(desk, ExceptionLists(), "exceptions.csv", text)
>>> for row in upload.rows:
...     print(row, "stored" if row.row_class is None else row.row_class.value)
user "ada" in row# 1 stored
user "bob" in row# 2 user_not_enrolled
user "ada@example.com" in row# 4 data_format_error

Rows count from 1, blank ones included. Each stands on its own: the sound ones are stored, and of every other the
class is said. Rules K25 to K27.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from io import StringIO
from itertools import chain, count
from typing import Final, NamedTuple

from attrs import evolve, frozen

from ....certificates.lists import (
    Change,
    ExceptionLists,
    Row,
    add_exceptions,
)
from ....errors import Problem
from ....exact import describe
from ....outline import Explained, Outline
from .lists import (
    Desk,
    ListedUser,
    enrolment_problems,
    in_our_words,
)


class RowClass(Enum):
    """What can be wrong with a row of the CSV file, in the documented words and order."""

    DATA_FORMAT_ERROR = "data_format_error"
    USER_NOT_EXIST = "user_not_exist"
    USER_ON_INVALIDATION_LIST = "user_on_certificate_invalidation_list"
    USER_ALREADY_ALLOWLISTED = "user_already_allowlisted"
    USER_NOT_ENROLLED = "user_not_enrolled"


class UploadError(Enum):
    """Why a file as a whole is not taken."""

    NO_FILE = "no_file"
    NOT_CSV = "not_csv"
    COULD_NOT_READ = "could_not_read"


@frozen
class UploadRow:
    """One row of the file that is not blank: whom it names, and all that is wrong with it.

    `name` is the username where the user is known, and else what the row says. A row may be a `header`, and a
    `duplicate_of` an earlier one.
    """

    number: int
    name: str
    problems: tuple[Problem, ...] = ()
    header: bool = False
    duplicate_of: int | None = None

    @property
    def row_class(self) -> RowClass | None:
        """What is wrong with the row first, in the documented order; None where it is stored."""
        return RowClass(self.problems[0].code) if self.problems else None

    def __str__(self) -> str:
        return f'user "{self.name}" in row# {self.number}'


@frozen
class Upload(Explained):
    """What an upload came to: the new lists and every row, or the error for which the file was not taken.

    `blank` are the numbers of the blank rows, which are skipped and counted.
    """

    filename: str
    lists: ExceptionLists
    error: Problem | None = None
    rows: tuple[UploadRow, ...] = ()
    blank: tuple[int, ...] = ()

    @property
    def stored(self) -> tuple[UploadRow, ...]:
        """The rows whose users are on the allowlist now."""
        return tuple(row for row in self.rows if not row.problems)

    def of_class(self, row_class: RowClass) -> tuple[UploadRow, ...]:
        """Return the rows with which this is wrong first."""
        return tuple(row for row in self.rows if row.row_class is row_class)

    def outline(self) -> Outline:
        """Return how many rows are stored, and what became of each."""
        if self.error is not None:
            return Outline(self.filename, self.error.code, (self.error.message,))
        notes = (f"{len(self.blank)} blank",) if self.blank else ()
        rows = (
            Outline(str(row), row.row_class.value if row.row_class else "stored", _messages(row)) for row in self.rows
        )
        return Outline(self.filename, f"{len(self.stored)} of {len(self.rows)} stored", notes, rows)


def upload_exceptions(desk: Desk, lists: ExceptionLists, filename: str, content: str | bytes | None) -> Upload:
    """Return the lists with every sound row of a CSV file on the allowlist, and what became of each row (K25 to K27).

    The file is UTF-8, with or without a byte-order mark, of two columns: a username or an email, and notes.
    """
    text = _read(filename, content)
    if isinstance(text, Problem):
        return Upload(filename, lists, text)
    records = list(_records(text))
    read = list(_read_rows((record for record in records if not record.blank), desk))
    entered = add_exceptions(lists, (each.row for each in read))
    rows = tuple(map(_judged, read, entered.rows))
    return Upload(filename, entered.lists, None, rows, tuple(record.number for record in records if record.blank))


_HEADERS: Final = frozenset(
    {"username", "user name", "user", "email", "e-mail", "email address", "username or email", "learner", "student"}
)
_HEADER_HINT: Final = "; this is a header row, and the file has none: delete it"
_COLUMNS: Final = 2
_ORDER: Final = tuple(each.value for each in RowClass)


class _Record(NamedTuple):
    """A row as the file has it; `fault` says why it cannot be read."""

    number: int
    cells: Sequence[str]
    fault: str = ""

    @property
    def blank(self) -> bool:
        """Whether there is nothing in the row."""
        return not self.fault and len(self.cells) <= 1 and not "".join(self.cells).strip()


class _ReadRow(NamedTuple):
    row: Row
    name: str
    header: bool


def _read(filename: str, content: object) -> str | Problem:
    if content is None:
        return _not_taken(UploadError.NO_FILE, "there is no file; choose one")
    if not filename.endswith(".csv"):
        return _not_taken(UploadError.NOT_CSV, f"the name {describe(filename)} is no CSV file's; it must end in '.csv'")
    try:
        text = content.decode("utf-8") if isinstance(content, bytes) else content
    except UnicodeDecodeError:
        return _not_taken(UploadError.COULD_NOT_READ, "the file is no UTF-8; save it as 'CSV UTF-8'")
    if not isinstance(text, str) or "\0" in text:
        return _not_taken(UploadError.COULD_NOT_READ, "the file is no text; save it as 'CSV UTF-8'")
    return text.removeprefix("\ufeff")


def _not_taken(error: UploadError, message: str) -> Problem:
    return Problem(error.value, "", message)


def _records(text: str) -> Iterator[_Record]:
    """Yield every row, blank ones too; a line is put at the end, to tell a quotation mark that is never closed."""
    lines = list(StringIO(text, newline=""))
    reader = csv.reader(chain(lines, [""]))
    for number in count(1):
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _Record(number, (), f"the row cannot be read ({error})")
            continue
        if reader.line_num <= len(lines):
            yield _Record(number, cells)
        elif cells:
            yield _Record(number, cells, "a quotation mark is opened and never closed, so that all that follows is one")


def _read_rows(records: Iterable[_Record], desk: Desk) -> Iterator[_ReadRow]:
    for place, record in enumerate(records):
        name = record.cells[0].strip() if record.cells else ""
        user = _find_user(name, desk)
        header = place == 0 and name.casefold() in _HEADERS and isinstance(user, Problem)
        found = _format_problem(record) or user
        if isinstance(found, Problem):
            problem = evolve(found, message=f"{found.message}{_HEADER_HINT if header else ''}")
            yield _ReadRow(Row(record.number, None, (problem,)), name, header)
        else:
            entry = desk.entry(found, record.cells[1].strip())
            yield _ReadRow(Row(record.number, entry, tuple(enrolment_problems(found))), found.username, header)


def _format_problem(record: _Record) -> Problem | None:
    columns = f"the row has {len(record.cells)} columns; it must have two: a username or an email, and notes"
    fault = record.fault or (columns if len(record.cells) != _COLUMNS else "")
    return Problem(RowClass.DATA_FORMAT_ERROR.value, "", fault) if fault else None


def _find_user(name: str, desk: Desk) -> ListedUser | Problem:
    """Return the user, or that there is none; a name that is empty is one that nobody has."""
    user = desk.find(name)
    return evolve(user, code=RowClass.USER_NOT_EXIST.value) if isinstance(user, Problem) else user


def _judged(read: _ReadRow, row: Row) -> UploadRow:
    """Return the row with its problems in the documented words and order."""
    problems = (evolve(in_our_words(each, Change.ADD), path=f"row {row.number}") for each in row.problems)
    in_order = tuple(sorted(problems, key=lambda problem: _ORDER.index(problem.code)))
    return UploadRow(row.number, read.name, in_order, header=read.header, duplicate_of=row.duplicate_of)


def _messages(row: UploadRow) -> Iterator[str]:
    yield from (problem.message for problem in row.problems)
    if row.duplicate_of is not None:
        yield f"row {row.duplicate_of} has the same user"
