# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""The files of a OneRoster archive, each read as records of its rows; an archive is texts by the names of files.

>>> problems = []
>>> archive = Archive({"categories.csv": "sourcedId,status,dateLastModified,title,weight\nc1,,,Quizzes,40\n"}, problems)
>>> [(each.path, each.record.title, each.record.weight) for each in archive.rows(OneRosterCategory)]
[('categories.csv, row 2', 'Quizzes', 40)]

A row whose status is `tobedeleted` is no record any more (I8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, ClassVar, Final, Generic, TypeVar

from attrs import evolve, field

from ...errors import Problem, Severity
from ...exact import Exact, describe
from ...values import frozen
from ..documents import AMOUNT, KEY, NUMBER, TRUTH, Expected
from ..records import RecordSheet, named
from ..sheet import open_sheet

LISTED: Final = re.compile(r"\s*\{(?P<left>[^{}]*):(?P<right>[^{}:]*)\}\s*,?")
"""One value of a score scale, such as `{A:90}`, in a list of them."""

ROSTERING: Final = frozenset({"academicsessions", "classes", "classresources", "courses", "courseresources",
    "demographics", "orgs", "resources", "roles", "userprofiles", "userresources",
    "lineitemlearningobjectiveids", "resultlearningobjectiveids"})  # fmt: skip
"""Files of the standard that say nothing of a gradebook."""


class ScoreStatus(Enum):
    """What a result says of itself; the value is how it is written."""

    EXEMPT = "exempt"
    FULLY_GRADED = "fully graded"
    NOT_SUBMITTED = "not submitted"
    PARTIALLY_GRADED = "partially graded"
    SUBMITTED = "submitted"


def _plain(value: Any) -> str:
    return "".join(str(value).split()).casefold()


_STATUSES: Final = {_plain(each.value): each for each in ScoreStatus}
_STANDINGS: Final[Mapping[str, bool]] = {"active": True, "tobedeleted": False}
_STATUS: Final = Expected(
    f"one of: {', '.join(each.value for each in ScoreStatus)}", lambda value: _STATUSES[_plain(value)]
)
_STANDING: Final = Expected("active or tobedeleted", lambda value: _STANDINGS[_plain(value)])


def _scale(value: Any) -> tuple[tuple[str, str], ...]:
    found = tuple((match["left"].strip(), match["right"].strip()) for match in LISTED.finditer(value))
    if LISTED.sub("", value).strip() or not found:
        raise ValueError
    return found


_SCALE: Final = Expected("a list such as {A:90},{B:80}", _scale)


@frozen(kw_only=True)
class OneRosterRow:
    """What every row has: an id, and whether it still stands."""

    file: ClassVar[str]

    id: str = field(metadata=named("sourcedId", KEY))
    active: bool = field(default=True, metadata=named("status", _STANDING))


@frozen(kw_only=True)
class OneRosterCategory(OneRosterRow):
    """A category of line items, and its weight in percent."""

    file: ClassVar[str] = "categories"

    title: str = field(metadata=named("title", KEY))
    weight: Exact | None = field(default=None, metadata=named("weight", AMOUNT))


@frozen(kw_only=True)
class LineItem(OneRosterRow):
    """A column of a class's gradebook."""

    file: ClassVar[str] = "lineItems"

    title: str = field(metadata=named("title", KEY))
    school_class: str = field(default="", metadata=named("classSourcedId", KEY))
    category: str = field(default="", metadata=named("categorySourcedId", KEY))
    minimum: Exact | None = field(default=None, metadata=named("resultValueMin", NUMBER))
    maximum: Exact | None = field(default=None, metadata=named("resultValueMax", AMOUNT))


@frozen(kw_only=True)
class LineItemResult(OneRosterRow):
    """What one learner has in one line item."""

    file: ClassVar[str] = "results"

    line_item: str = field(metadata=named("lineItemSourcedId", KEY))
    student: str = field(metadata=named("studentSourcedId", KEY))
    score_status: ScoreStatus | None = field(default=None, metadata=named("scoreStatus", _STATUS, wanted=True))
    score: Exact | None = field(default=None, metadata=named("score", NUMBER))
    text_score: str = field(default="", metadata=named("textScore", KEY))
    comment: str = field(default="", metadata=named("comment", KEY))
    in_progress: bool = field(default=False, metadata=named("inProgress", TRUTH))
    incomplete: bool = field(default=False, metadata=named("incomplete", TRUTH))
    late: bool = field(default=False, metadata=named("late", TRUTH))
    missing: bool = field(default=False, metadata=named("missing", TRUTH))


@frozen(kw_only=True)
class ScoreScale(OneRosterRow):
    """Symbols and what they stand for, in percent."""

    file: ClassVar[str] = "scoreScales"

    title: str = field(default="", metadata=named("title", KEY))
    school_class: str = field(default="", metadata=named("classSourcedId", KEY))
    values: tuple[tuple[str, str], ...] = field(metadata=named("scoreScaleValue", _SCALE))


@frozen(kw_only=True)
class ScaleOfLineItem(OneRosterRow):
    """That a line item is scored by a scale."""

    file: ClassVar[str] = "lineItemScoreScales"

    line_item: str = field(metadata=named("lineItemSourcedId", KEY))
    scale: str = field(metadata=named("scoreScaleSourcedId", KEY))


@frozen(kw_only=True)
class ScaleOfResult(OneRosterRow):
    """That the text score of a result is of a scale."""

    file: ClassVar[str] = "resultScoreScales"

    result: str = field(metadata=named("resultSourcedId", KEY))
    scale: str = field(metadata=named("scoreScaleSourcedId", KEY))


@frozen(kw_only=True)
class RosterUser(OneRosterRow):
    """Who somebody is."""

    file: ClassVar[str] = "users"

    given_name: str = field(default="", metadata=named("givenName"))
    family_name: str = field(default="", metadata=named("familyName"))
    username: str = field(default="", metadata=named("username", KEY))
    email: str = field(default="", metadata=named("email"))
    identifier: str = field(default="", metadata=named("identifier", KEY))


@frozen(kw_only=True)
class RosterEnrollment(OneRosterRow):
    """Who is in a class, and as what."""

    file: ClassVar[str] = "enrollments"

    school_class: str = field(metadata=named("classSourcedId", KEY))
    user: str = field(metadata=named("userSourcedId", KEY))
    role: str = field(default="", metadata=named("role", KEY))


@frozen(kw_only=True)
class ManifestLine:
    """A property of the archive and its value."""

    file: ClassVar[str] = "manifest"

    name: str = field(metadata=named("propertyName", KEY))
    value: str = field(default="", metadata=named("value", KEY))


AnyRow = TypeVar("AnyRow")

TABLES: Final[tuple[type[Any], ...]] = (
    ManifestLine, OneRosterCategory, LineItem, LineItemResult, ScoreScale, ScaleOfLineItem, ScaleOfResult, RosterUser,
    RosterEnrollment,
)  # fmt: skip


_OF_PEOPLE: Final[tuple[type[Any], ...]] = (LineItemResult, RosterUser, RosterEnrollment)
"""Whose rows may say who somebody is, so that no problem quotes them (J28)."""


@frozen
class PlacedRow(Generic[AnyRow]):
    """A record and where it stands."""

    record: AnyRow
    path: str

    def problem(self, code: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
        """Return a problem whose path leads to the row."""
        return Problem(code, self.path, message, severity)


class Archive:
    """Texts or bytes by the names of files, of which the folder and the case do not matter."""

    def __init__(self, files: Mapping[str, str | bytes], problems: list[Problem]) -> None:
        self.problems = problems
        self._files: dict[str, tuple[str, str | bytes]] = {}
        known = {kind.file.casefold() for kind in TABLES}
        for name, content in files.items():
            stem = stem_of(name)
            if stem in known and stem not in self._files:
                self._files[stem] = (str(name).replace("\\", "/").rpartition("/")[2], content)
            elif stem in known:
                problems.append(Problem("duplicate_file", str(name), "another file of this name is read; delete one"))
            elif stem not in ROSTERING:
                message = f"{describe(name)} is no file of OneRoster's gradebook, and is not read"
                problems.append(Problem("other_file", str(name), message, Severity.NOTICE))

    def has(self, kind: type[Any]) -> bool:
        """Return whether there is a file of these rows."""
        return kind.file.casefold() in self._files

    def rows(self, kind: type[AnyRow]) -> list[PlacedRow[AnyRow]]:
        """Return the records of a file that still stand, each with its place; of two of one id the first holds."""
        file: str = getattr(kind, "file", "")
        if file.casefold() not in self._files:
            return []
        name, content = self._files[file.casefold()]
        found: list[Problem] = []
        placed = list(_read_rows(kind, name, content, found))
        self.problems += (
            evolve(each, path=each.path if each.path.startswith(name) else ", ".join(filter(None, (name, each.path))))
            for each in found
        )
        return placed


def is_archive(content: object) -> bool:
    """Return whether something is texts or bytes by names, one of which is that of line items or results."""
    if not isinstance(content, Mapping):
        return False
    known = {kind.file.casefold() for kind in (LineItem, LineItemResult)}
    return any(isinstance(text, (str, bytes)) and stem_of(name) in known for name, text in content.items())


def stem_of(name: object) -> str:
    """Return what a file is of: its name without the folder, the ending and its case; empty for no CSV file."""
    stem, _, ending = str(name).replace("\\", "/").rpartition("/")[2].casefold().rpartition(".")
    return stem if ending == "csv" else ""


def _read_rows(
    kind: type[AnyRow], name: str, content: str | bytes, found: list[Problem]
) -> Iterator[PlacedRow[AnyRow]]:
    rows = (row for row in open_sheet(content, found).rows() if row.fault or any(row.cells))
    header = next(rows, None)
    if header is None:
        found.append(Problem("empty_file", "", "the file is empty; it begins with a row of headings"))
        return
    sheet, seen, deleted = RecordSheet(kind, header, found, quoted=kind not in _OF_PEOPLE), set[str](), 0
    for row in rows:
        if row.fault:
            found.append(row.fault)
        record = sheet.read(row)
        if isinstance(record, OneRosterRow) and not record.active:
            deleted += 1
        elif isinstance(record, OneRosterRow) and record.id in seen:
            message = f"there is a row with the id {describe(record.id)} already; this one is not read"
            found.append(Problem("duplicate_id", row.path, message))
        elif record is not None:
            seen.update([record.id] if isinstance(record, OneRosterRow) else [])
            yield PlacedRow(record, f"{name}, {row.path}")
    if deleted:
        message = f"{deleted} rows are to be deleted, and are not read"
        found.append(Problem("to_be_deleted", "", message, Severity.NOTICE))
