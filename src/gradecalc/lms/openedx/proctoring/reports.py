# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""The report of proctored exam results: its rows read and written, its file name, and how long a link to it lasts.

>>> read = read_report("exam_name,username,status\nMidterm,ada,verified\n")
>>> read.rows[0].exam_name, read.rows[0].attempt_status
('Midterm', <AttemptStatus.VERIFIED: 'verified'>)
>>> read.problems[0].code, "ada" in repr(read)
('missing_column', False)

The report is personal data: no repr and no problem shows what a cell says of a person. It never has a score. What is
written is guarded, so that no spreadsheet runs a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from attrs import field

from ....errors import Problem, Severity, nearest
from ....moments import has_zone, utc
from ....spreadsheets import as_text, write_csv
from ....values import frozen
from ...documents import COUNT, MOMENT_IN_UTC, TEXT, TRUTH
from ...records import Metadata, RecordSheet, named, names_of
from ...sheet import SheetRow, open_sheet, split
from .attempts import Exam, ExamAttempt, ReviewResult
from .exams import LearnerExams
from .statuses import AttemptStatus, read_status

LINK_LASTS: Final = timedelta(minutes=5)
"""How long a link to the report can be followed."""

_SEPARATOR: Final = "; "
_UNKNOWN_TRACK: Final = "Unknown"
_ADDED: Final = frozenset({"provider", "track"})


class Generation(Enum):
    """Which columns a report has: those that are documented, or those that the system writes."""

    DOCUMENTED = "documented"
    WRITTEN = "written"
    """The documented ones, and after the first of them the provider and the track."""


_REMARKED: Final = (ReviewResult.SUSPICIOUS, ReviewResult.RULES_VIOLATION)
_RESULTS: Final[Mapping[str, ReviewResult]] = {result.value.casefold(): result for result in ReviewResult}
_OLD_STATUSES: Final = frozenset({"completed"})


def _known_word(word: str) -> str:
    """Return the repr of a word of the report; any other might say who somebody is."""
    known = read_status(word) or word.casefold() in {"", *_OLD_STATUSES, *_RESULTS}
    return repr(word) if known else "…"


def _joined(comments: str | Iterable[str]) -> str:
    return comments if isinstance(comments, str) else _SEPARATOR.join(comments)


def _text(name: str) -> Metadata:
    return named(name, TEXT, wanted=name not in _ADDED)


@frozen(kw_only=True)
class ReportRow:
    """One attempt in the report; its repr leaves out who it is about, and what was remarked of them.

    `status` and `review_status` are the words of the report, empty where it has none. Comments are one text, into
    which several are joined.
    """

    course_id: str = field(default="", metadata=_text("course_id"))
    provider: str = field(default="", metadata=_text("provider"))
    track: str = field(default="", metadata=_text("track"))
    exam_name: str = field(default="", metadata=_text("exam_name"))
    username: str = field(default="", repr=False, metadata=_text("username"))
    email: str = field(default="", repr=False, metadata=_text("email"))
    attempt_code: str = field(default="", repr=False, metadata=_text("attempt_code"))
    allowed_minutes: int | None = field(default=None, metadata=named("allowed_time_limit_mins", COUNT, wanted=True))
    is_sample_attempt: bool | None = field(default=None, metadata=named("is_sample_attempt", TRUTH, wanted=True))
    started_at: datetime | None = field(
        default=None, validator=has_zone, metadata=named("started_at", MOMENT_IN_UTC, wanted=True)
    )
    completed_at: datetime | None = field(
        default=None, validator=has_zone, metadata=named("completed_at", MOMENT_IN_UTC, wanted=True)
    )
    status: str = field(default="", repr=_known_word, metadata=_text("status"))
    review_status: str = field(default="", repr=_known_word, metadata=_text("review_status"))
    suspicious_count: int = field(default=0, metadata=named("Suspicious Count", COUNT, wanted=True))
    suspicious_comments: str = field(default="", converter=_joined, repr=False, metadata=_text("Suspicious Comments"))
    rules_violation_count: int = field(default=0, metadata=named("Rules Violation Count", COUNT, wanted=True))
    rules_violation_comments: str = field(
        default="", converter=_joined, repr=False, metadata=_text("Rules Violation Comments")
    )

    @property
    def attempt_status(self) -> AttemptStatus | None:
        """The status that the word stands for, None for a word of another generation and for none."""
        return read_status(self.status)

    @property
    def review(self) -> ReviewResult | None:
        """The result of the review, None where there was none or its word is unknown."""
        return _RESULTS.get(self.review_status.casefold())


_COLUMNS: Final[Mapping[str, str]] = names_of(ReportRow)


@frozen(kw_only=True)
class Examinee:
    """Whom the rows of a report are about, and in which track they are; the repr leaves out who it is."""

    username: str = field(repr=False)
    email: str = field(default="", repr=False)
    track: str = ""


@frozen
class ReadReport:
    """What was read: the rows, and what was odd about them."""

    rows: tuple[ReportRow, ...]
    problems: tuple[Problem, ...]


def attempt_rows(course_id: str, learner: LearnerExams, who: Examinee) -> tuple[ReportRow, ...]:
    """Return a row for each attempt of a learner at a proctored exam, practice included and archived ones left out.

    Of several reviews the last one is told (Q39).
    """
    return tuple(
        _row(course_id, held.exam, attempt, who)
        for held in learner.exams
        if held.exam.proctored
        for attempt in held.attempts
        if not attempt.archived
    )


def column_names(generation: Generation = Generation.WRITTEN) -> tuple[str, ...]:
    """Return the headings of a report, in order: 15 are documented, 17 are written (Q33)."""
    return tuple(_columns(generation).values())


def read_report(text: str | bytes) -> ReadReport:
    """Return the rows of a report of either generation, whatever the text, and what was odd about it (Q33, Q34).

    It may be as a spreadsheet saved it, in another encoding and with semicolons or tabs.
    The headings may come in any order and any case. A row with cells under no heading is not read, since nobody knows
    which of them is out of place; problems never quote a cell. The guard of a cell that was written here is taken off.
    """
    problems: list[Problem] = []
    file = open_sheet(text, problems)
    rows = (
        row._replace(cells=[_unguarded(cell) for cell in row.cells])
        for row in split(file.lines, file.delimiter, problems)
    )
    header = next(rows, None)
    if header is None:
        problems.append(Problem("no_header", "", "there is no row of headings; the report begins with one"))
        return ReadReport((), tuple(problems))
    sheet = RecordSheet(ReportRow, header, problems, quoted=False)
    problems += _unknown_columns(sheet)
    return ReadReport(tuple(_read_rows(sheet, rows)), tuple(problems))


def write_report(rows: Iterable[ReportRow], generation: Generation = Generation.WRITTEN) -> str:
    """Return the report as CSV, its rows in the order of the exams' names, each cell guarded (Q35)."""
    columns = _columns(generation)
    ordered = sorted(rows, key=lambda each: each.exam_name)
    return write_csv([columns.values(), *([_cell(each, name) for name in columns] for each in ordered)])


def report_file_name(course_id: str, now: datetime) -> str:
    """Return the name of the file of a report that is made now (Q36).

    >>> from datetime import UTC
    >>> report_file_name("course-v1:edX+DemoX+2026", datetime(2026, 5, 4, 9, 30, tzinfo=UTC))
    'edX_DemoX_2026_proctored_exam_results_report_2026-05-04-0930.csv'
    """
    course = _NOT_IN_A_NAME.sub("_", course_id.partition(":")[2] or course_id)
    return f"{course}_proctored_exam_results_report_{utc(now):%Y-%m-%d-%H%M}.csv"


_NOT_IN_A_NAME: Final = re.compile(r"[^\w.-]")


def link_is_valid(made: datetime, now: datetime) -> bool:
    """Return whether a link that was made then can be followed now: from then on, for less than five minutes (Q37)."""
    return timedelta(0) <= utc(now) - utc(made, "made") < LINK_LASTS


def _row(course_id: str, exam: Exam, attempt: ExamAttempt, who: Examinee) -> ReportRow:
    review = attempt.reviews[-1] if attempt.reviews else None
    remarks = {
        kind: [each.text for each in review.remarks if each.kind is kind] if review else [] for kind in _REMARKED
    }
    suspicious, violations = remarks.values()
    return ReportRow(
        course_id=course_id,
        provider=exam.provider,
        track=who.track,
        exam_name=exam.name or exam.id,
        username=who.username,
        email=who.email,
        attempt_code=attempt.code,
        allowed_minutes=attempt.allowed_minutes,
        is_sample_attempt=exam.practice,
        started_at=attempt.started_at,
        completed_at=attempt.completed_at,
        status=attempt.status.value,
        review_status=review.result.value if review else "",
        suspicious_count=len(suspicious),
        suspicious_comments=suspicious,
        rules_violation_count=len(violations),
        rules_violation_comments=violations,
    )


def _columns(generation: Generation) -> dict[str, str]:
    return {name: column for name, column in _COLUMNS.items() if generation is Generation.WRITTEN or name not in _ADDED}


def _unknown_columns(sheet: RecordSheet[ReportRow]) -> Iterator[Problem]:
    for place in sheet.others:
        near = nearest(sheet.header.cells[place], _COLUMNS.values())
        path = f"{sheet.header.path}, column {place + 1}"
        yield Problem("unknown_column", path, f"no such column; it is not read{near}", Severity.NOTICE)


def _read_rows(sheet: RecordSheet[ReportRow], rows: Iterable[SheetRow]) -> Iterator[ReportRow]:
    for row in rows:
        found = None if sheet.has_strays(row) else sheet.read(row)
        if found is not None:
            sheet.is_short(row)
            sheet.problems += _unknown_words(found, row)
            yield found


def _unknown_words(found: ReportRow, row: SheetRow) -> Iterator[Problem]:
    meant = {"status": (found.status, found.attempt_status), "review_status": (found.review_status, found.review)}
    for name, (word, meaning) in meant.items():
        if word and meaning is None:
            message = f"the cell is no word of today's {name}; it is kept as it is"
            yield Problem("unknown_word", f"{row.path}, column {name!r}", message, Severity.NOTICE)


def _cell(row: ReportRow, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, datetime):
        return str(utc(value, name))
    if name == "track":
        return str(value or _UNKNOWN_TRACK)
    text = "" if value is None else str(value)
    return text if text == _unguarded(text) else f"'{text}"


def _unguarded(cell: str) -> str:
    """Return what was written in a cell: without the apostrophe that guards what a spreadsheet would run."""
    bare = cell.lstrip("'")
    return cell[1:] if bare != cell and as_text(bare) != bare else cell
