# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""The report of proctored exam results: its rows read and written, its file name, and how long a link to it lasts.

>>> read = read_report("exam_name,username,status\nMidterm,ada,verified\n")
>>> read.rows[0].exam_name, read.rows[0].attempt_status
('Midterm', <AttemptStatus.VERIFIED: 'verified'>)
>>> read.problems[0].code, "ada" in repr(read)
('missing_column', False)

The report is personal data: no repr and no problem shows what a cell says of a person. It never has a score.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from io import StringIO
from types import MappingProxyType
from typing import Any, Final

from attrs import Attribute, field, fields, frozen

from ....errors import (
    GradecalcError,
    Problem,
    Severity,
    nearest,
)
from ....moments import has_zone, utc
from ...sheet import SheetRow, read_lines, split
from .attempts import ReviewResult
from .statuses import AttemptStatus, read_status

LINK_LASTS: Final = timedelta(minutes=5)
"""How long a link to the report can be followed."""

_COLUMN: Final = "gradecalc.column"
_MOST_DIGITS: Final = 9
_SEPARATOR: Final = "; "
_UNKNOWN_TRACK: Final = "Unknown"


class Generation(Enum):
    """Which columns a report has: those that are documented, or those that the system writes."""

    DOCUMENTED = "documented"
    WRITTEN = "written"
    """The documented ones, and after the first of them the provider and the track."""


class _UnreadableError(ValueError):
    """What a cell holds is not of its column; the text says what is expected."""


def _text(cell: str) -> str:
    return cell


def _whole(cell: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdecimal() and len(cell) <= _MOST_DIGITS):
        raise _UnreadableError("a whole number of 0 or more")
    return int(cell)


def _count(cell: str) -> int:
    return _whole(cell) or 0


def _truth(cell: str) -> bool | None:
    if cell.casefold() not in _TRUTHS:
        raise _UnreadableError("True or False")
    return _TRUTHS[cell.casefold()]


_TRUTHS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "": None}


def _time(cell: str) -> datetime | None:
    if not cell:
        return None
    try:
        found = datetime.fromisoformat(cell)
        return utc(found if found.utcoffset() is not None else found.replace(tzinfo=UTC), "cell")
    except (ValueError, GradecalcError):
        raise _UnreadableError("a moment such as 2026-05-04 12:00:00+00:00; without an offset it is UTC") from None


def _column(name: str, read: Callable[[str], Any] = _text, *, added: bool = False) -> Mapping[str, Any]:
    return MappingProxyType({_COLUMN: name, "read": read, "added": added})


_RESULTS: Final[Mapping[str, ReviewResult]] = {result.value.casefold(): result for result in ReviewResult}
_OLD_STATUSES: Final = frozenset({"completed"})


def _known_word(word: str) -> str:
    """Return the repr of a word of the report; any other might say who somebody is."""
    known = read_status(word) or word.casefold() in {"", *_OLD_STATUSES, *_RESULTS}
    return repr(word) if known else "…"


@frozen(kw_only=True)
class ReportRow:
    """One attempt in the report; its repr leaves out who it is about, and what was remarked of them.

    `status` and `review_status` are the words of the report, empty where it has none. Comments are one text.
    """

    course_id: str = field(default="", metadata=_column("course_id"))
    provider: str = field(default="", metadata=_column("provider", added=True))
    track: str = field(default="", metadata=_column("track", added=True))
    exam_name: str = field(default="", metadata=_column("exam_name"))
    username: str = field(default="", repr=False, metadata=_column("username"))
    email: str = field(default="", repr=False, metadata=_column("email"))
    attempt_code: str = field(default="", repr=False, metadata=_column("attempt_code"))
    allowed_minutes: int | None = field(default=None, metadata=_column("allowed_time_limit_mins", _whole))
    is_sample_attempt: bool | None = field(default=None, metadata=_column("is_sample_attempt", _truth))
    started_at: datetime | None = field(default=None, validator=has_zone, metadata=_column("started_at", _time))
    completed_at: datetime | None = field(default=None, validator=has_zone, metadata=_column("completed_at", _time))
    status: str = field(default="", repr=_known_word, metadata=_column("status"))
    review_status: str = field(default="", repr=_known_word, metadata=_column("review_status"))
    suspicious_count: int = field(default=0, metadata=_column("Suspicious Count", _count))
    suspicious_comments: str = field(default="", repr=False, metadata=_column("Suspicious Comments"))
    rules_violation_count: int = field(default=0, metadata=_column("Rules Violation Count", _count))
    rules_violation_comments: str = field(default="", repr=False, metadata=_column("Rules Violation Comments"))

    @property
    def attempt_status(self) -> AttemptStatus | None:
        """The status that the word stands for, None for a word of another generation and for none."""
        return read_status(self.status)

    @property
    def review(self) -> ReviewResult | None:
        """The result of the review, None where there was none or its word is unknown."""
        return _RESULTS.get(self.review_status.casefold())


@frozen
class ReadReport:
    """What was read: the rows, and what was odd about them."""

    rows: tuple[ReportRow, ...]
    problems: tuple[Problem, ...]


def column_names(generation: Generation = Generation.WRITTEN) -> tuple[str, ...]:
    """Return the headings of a report, in order: 15 are documented, 17 are written (Q33)."""
    return tuple(each.metadata[_COLUMN] for each in _columns(generation))


def read_report(text: str | bytes) -> ReadReport:
    """Return the rows of a report of either generation, whatever the text, and what was odd about it (Q33, Q34).

    The headings may come in any order and any case. A row with more cells than there are headings is not read, since
    nobody knows which of them is out of place; problems never quote a cell.
    """
    problems: list[Problem] = []
    rows = split(read_lines(text, problems), ",", problems)
    header = next(rows, None)
    if header is None:
        problems.append(Problem("no_header", "", "there is no row of headings; the report begins with one"))
        return ReadReport((), tuple(problems))
    places = _places(header, problems)
    found = [_read_row(row, len(header.cells), places, problems) for row in rows]
    return ReadReport(tuple(row for row in found if row is not None), tuple(problems))


def write_report(rows: Iterable[ReportRow], generation: Generation = Generation.WRITTEN) -> str:
    """Return the report as CSV, its rows in the order of the exams' names (Q35)."""
    columns = _columns(generation)
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(each.metadata[_COLUMN] for each in columns)
    for row in sorted(rows, key=lambda each: each.exam_name):
        writer.writerow(_cell(each.name, getattr(row, each.name)) for each in columns)
    return written.getvalue()


def join_comments(comments: Iterable[str]) -> str:
    """Return comments as the report has them, in one text (Q35)."""
    return _SEPARATOR.join(comments)


def report_file_name(course_id: str, now: datetime) -> str:
    """Return the name of the file of a report that is made now (Q36).

    >>> report_file_name("course-v1:edX+DemoX+2026", datetime(2026, 5, 4, 9, 30, tzinfo=UTC))
    'edX_DemoX_2026_proctored_exam_results_report_2026-05-04-0930.csv'
    """
    course = _NOT_IN_A_NAME.sub("_", course_id.partition(":")[2] or course_id)
    return f"{course}_proctored_exam_results_report_{utc(now):%Y-%m-%d-%H%M}.csv"


_NOT_IN_A_NAME: Final = re.compile(r"[^\w.-]")


def link_is_valid(made: datetime, now: datetime) -> bool:
    """Return whether a link that was made then can be followed now: from then on, for less than five minutes (Q37)."""
    return timedelta(0) <= utc(now) - utc(made, "made") < LINK_LASTS


def _columns(generation: Generation) -> list[Attribute[Any]]:
    return [each for each in fields(ReportRow) if generation is Generation.WRITTEN or not each.metadata["added"]]


_BY_HEADING: Final[Mapping[str, Attribute[Any]]] = {
    each.metadata[_COLUMN].casefold(): each for each in _columns(Generation.WRITTEN)
}


def _places(header: SheetRow, problems: list[Problem]) -> dict[int, Attribute[Any]]:
    """Return which column stands at which place, and report what is missing, twice there or unknown."""
    places: dict[int, Attribute[Any]] = {}
    for place, heading in enumerate(header.cells):
        column = _BY_HEADING.get(heading.casefold())
        path = f"row {header.number}, column {place + 1}"
        if column is None:
            known = nearest(heading, _BY_HEADING)
            problems.append(Problem("unknown_column", path, f"no such column; it is not read{known}", Severity.NOTICE))
        elif column in places.values():
            problems.append(Problem("duplicate_column", path, f"{column.metadata[_COLUMN]} is there; delete one"))
        else:
            places[place] = column
    for column in _columns(Generation.DOCUMENTED):
        if column not in places.values():
            name = column.metadata[_COLUMN]
            problems.append(Problem("missing_column", f"row {header.number}", f"there is no column {name!r}"))
    return places


def _read_row(
    row: SheetRow, width: int, places: Mapping[int, Attribute[Any]], problems: list[Problem]
) -> ReportRow | None:
    cells = row.cells
    while len(cells) > width and not cells[-1]:
        cells.pop()
    if len(cells) > width:
        message = f"{len(cells)} cells under {width} headings; quote the cell that has a comma in it"
        problems.append(Problem("too_many_cells", f"row {row.number}", message))
        return None
    if len(cells) < width:
        message = f"{len(cells)} cells under {width} headings; those that are missing are empty"
        problems.append(Problem("too_few_cells", f"row {row.number}", message))
    values = dict(_values(row, places, problems))
    return ReportRow(**values)


def _values(row: SheetRow, places: Mapping[int, Attribute[Any]], problems: list[Problem]) -> Iterator[tuple[str, Any]]:
    for place, column in places.items():
        cell, name = row.cells[place] if place < len(row.cells) else "", column.metadata[_COLUMN]
        path = f"row {row.number}, column {name!r}"
        try:
            yield column.name, column.metadata["read"](cell)
        except _UnreadableError as error:
            problems.append(Problem("unreadable_cell", path, f"the cell is not {error}; it is read as empty"))
        if cell and not _is_word(column.name, cell):
            message = f"the cell is no word of today's {name}; it is kept as it is"
            problems.append(Problem("unknown_word", path, message, Severity.NOTICE))


def _is_word(name: str, cell: str) -> bool:
    if name == "status":
        return read_status(cell) is not None
    return name != "review_status" or cell.casefold() in _RESULTS


def _cell(name: str, value: object) -> str:
    if isinstance(value, datetime):
        return str(utc(value, name))
    if name == "track":
        return str(value or _UNKNOWN_TRACK)
    return "" if value is None else str(value)
