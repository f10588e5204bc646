# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A gradebook and marks written as the files of a OneRoster 1.2 archive, and what these do not carry (I1 to I9).

>>> from gradecalc import EXEMPT, UNGRADED, GradeItem
>>> book = Gradebook([GradeItem("Essay", 20), GradeItem("Talk", 10)])
>>> files = write(book, {"1001": {"Essay": 0, "Talk": EXEMPT}, "1002": {"Essay": UNGRADED}})
>>> for line in files["results.csv"].splitlines():
...     print(",".join(line.split(",")[3:7]))
lineItemSourcedId,studentSourcedId,scoreStatus,score
Essay,1001,fully graded,0
Talk,1001,exempt,
Essay,1002,not submitted,

What is written is read again and compared: whatever is not the same is reported (I9).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from json import dumps
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from attrs import field

from ...errors import Problem, nearest
from ...exact import Exact, RoundingMode, describe, write_exact, write_rounded
from ...gradebook.items import GradeItem
from ...gradebook.tree import BookRow, Category, Gradebook, in_percent, rows
from ...gradebook.weights import WeightedMean
from ...grading.exemptions import exempt_by_item
from ...grading.plan import Plan, plan_of
from ...marks import ItemKind, Marks, MarkValue, Reading, UnreadableMarkError, read_mark
from ...schemes import GradeScheme
from ...values import frozen
from .differences import compare_books, compare_marks
from .reading import read
from .tables import ScoreStatus

_PLACES: Final = 9
_COMMON: Final = ("sourcedId", "status", "dateLastModified")
_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "categories": ("title", "weight"),
    "lineItems": (
        "title", "description", "assignDate", "dueDate", "classSourcedId", "categorySourcedId",
        "academicSessionSourcedId", "resultValueMin", "resultValueMax", "schoolSourcedId",
    ),
    "results": (
        "lineItemSourcedId", "studentSourcedId", "scoreStatus", "score", "scoreDate", "comment", "textScore",
        "classSourcedId", "inProgress", "incomplete", "late", "missing",
    ),
    "scoreScales": ("title", "type", "orgSourcedId", "courseSourcedId", "classSourcedId", "scoreScaleValue"),
    "lineItemScoreScales": ("lineItemSourcedId", "scoreScaleSourcedId"),
}  # fmt: skip
_NO_FILES: Final = ("academicSessions", "classes", "courses", "enrollments", "orgs", "users", "resultScoreScales")
_STATUS_OF_NOTE: Final = {
    each.value: each for each in (ScoreStatus.SUBMITTED, ScoreStatus.PARTIALLY_GRADED, ScoreStatus.NOT_SUBMITTED)
}


@frozen(kw_only=True)
class Placement:
    """What an archive says beside the grades: of which class, school and session they are, and the dates."""

    class_id: str = ""
    school_id: str = ""
    session_id: str = ""
    assigned: date | None = None
    due: date | None = None
    scored: date | None = None


@frozen
class WrittenArchive(Mapping[str, str]):
    """Texts by the names of files, and what they do not carry."""

    files: Mapping[str, str] = field(factory=dict, hash=False, repr=False)
    problems: tuple[Problem, ...] = ()

    def __getitem__(self, name: str) -> str:
        return self.files[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def write(
    gradebook: Gradebook | Plan, marks: Mapping[str, Marks], *, placement: Placement | None = None
) -> WrittenArchive:
    """Return the files of an archive; raises `DefinitionError` for a gradebook that does not compile.

    Ids of items, categories and learners are written as sourced ids. What is not in a learner's marks has no result;
    what is in them and blank is not submitted.
    """
    plan = plan_of(gradebook)
    where = placement or Placement()
    writer = _Writer(plan.gradebook, where)
    problems: list[Problem] = []
    of_items = {learner: _known_marks(plan, learner, of, problems) for learner, of in marks.items()}
    writer.write_book()
    for learner, record in of_items.items():
        writer.write_marks(learner, record, problems)
    files = writer.files()
    again = read(files, class_id=where.class_id)
    problems += compare_books(plan.gradebook, again.gradebook)
    problems += compare_marks(plan.gradebook, of_items, again.gradebook, again.marks)
    return WrittenArchive(files, tuple(problems))


def _known_marks(plan: Plan, learner: str, marks: object, problems: list[Problem]) -> dict[str, MarkValue]:
    """Return the marks of items and of nothing else, each exempt category being that of its items."""
    path = f"marks[{learner!r}]"
    if not isinstance(marks, Mapping):
        problems.append(Problem("not_marks", path, f"{describe(marks)} is no record of item ids and marks"))
        return {}
    for id_ in marks:
        if id_ not in plan.layout.index:
            message = f"{describe(id_)} is not in the gradebook{nearest(id_, plan.ids)}; its mark is left out"
            problems.append(Problem("unknown_id", f"{path}[{id_!r}]", message))
    return exempt_by_item(plan, {id_: value for id_, value in marks.items() if id_ in plan.layout.index})


class _Writer:
    """Gathers the rows of each file."""

    def __init__(self, book: Gradebook, placement: Placement) -> None:
        self.placement = placement
        self.book = book
        self.items: dict[str, GradeItem] = {}
        self._rows: dict[str, list[tuple[str, ...]]] = {name: [] for name in _HEADINGS}
        self._scales: dict[GradeScheme, str] = {}

    def write_book(self) -> None:
        """Enter categories, line items and score scales, each in book order."""
        laid_out = in_percent(rows(self.book))
        weighted = isinstance(self.book.aggregation, WeightedMean)
        if self.book.scheme is not None:
            self._write_scale(self.book.scheme, "class")
        for row in laid_out[1:]:
            if isinstance(row.node, Category) and row.depth == 1:
                weight = _decimal(row.node.weight) if weighted else ""
                self._add("categories", row.node.id, row.node.name, weight)
            elif isinstance(row.node, GradeItem):
                self._write_item(row.node, _category_of(laid_out, row))

    def write_marks(self, learner: str, marks: Marks, problems: list[Problem]) -> None:
        """Enter the results of a learner, in book order."""
        for id_, item in self.items.items():
            if id_ not in marks:
                continue
            try:
                mark = read_mark(marks[id_], item.kind, item.max_points, _symbols(item, self.book.scheme))
            except UnreadableMarkError as error:
                path = f"marks[{learner!r}][{id_!r}]"
                problems.append(Problem("unreadable_mark", path, f"{error}; it is left out"))
                continue
            self._write_result(learner, item, mark)

    def files(self) -> dict[str, str]:
        """Return the text of every file, that of the manifest first."""
        absent = [*_NO_FILES, *(name for name, found in self._rows.items() if not found and name not in _ALWAYS)]
        bulk = [name for name in self._rows if name not in absent]
        manifest = [
            ("propertyName", "value"),
            ("manifest.version", "1.0"),
            ("oneroster.version", "1.2"),
            *((f"file.{name}", "absent" if name in absent else "bulk") for name in sorted([*absent, *bulk])),
            ("source.systemName", "gradecalc"),
        ]
        return {
            "manifest.csv": _csv(manifest),
            **{f"{name}.csv": _csv([(*_COMMON, *_HEADINGS[name]), *self._rows[name]]) for name in bulk},
        }

    def _write_item(self, item: GradeItem, category: str) -> None:
        given = self.placement
        self.items[item.id] = item
        dates = (_date(given.assigned), _date(given.due))
        text = item.kind is ItemKind.TEXT
        bounds = ("", "") if text else (_decimal(item.min_points), _decimal(item.max_points))
        of = (given.class_id, category, given.session_id)
        self._add("lineItems", item.id, item.name, "", *dates, *of, *bounds, given.school_id)
        scheme = item.scheme or (self.book.scheme if item.kind is ItemKind.SELECTBOX else None)
        if scheme is not None and not text:
            link = self._write_scale(scheme, "line item")
            self._add("lineItemScoreScales", self._id("link", item.id), item.id, link)

    def _write_scale(self, scheme: GradeScheme, what: str) -> str:
        """Enter a scale once, that of the class apart from the others, and return its id."""
        known = self._scales.get(scheme) if what != "class" else None
        if known is not None:
            return known
        id_ = self._id("scale", what, str(len(self._rows["scoreScales"])))
        if what != "class":
            self._scales[scheme] = id_
        starts = {_decimal(band.start): band.symbol for band in scheme.bands}
        values = ",".join(f"{{{symbol}:{start}}}" for start, symbol in starts.items())
        place = (self.placement.school_id, "", self.placement.class_id)
        self._add("scoreScales", id_, scheme.name, "percent", *place, values)
        return id_

    def _write_result(self, learner: str, item: GradeItem, mark: Reading) -> None:
        symbol = mark.recorded if isinstance(mark.recorded, str) else ""
        status, note = _status_of(mark)
        result = (_decimal(_points(mark, item)), _date(self.placement.scored), note, symbol, self.placement.class_id)
        id_ = self._id("result", item.id, learner)
        self._add("results", id_, item.id, learner, status.value, *result, "", "", "", "")

    def _id(self, *of: str) -> str:
        """Return an id that is the same whenever the same is written."""
        return str(uuid5(NAMESPACE_URL, dumps([self.placement.class_id, *of])))

    def _add(self, file: str, id_: str, *cells: str) -> None:
        self._rows[file].append((id_, "", "", *cells))


_ALWAYS: Final = ("lineItems", "results")


def _category_of(laid_out: Sequence[BookRow], row: BookRow) -> str:
    """Return the id of the outermost category that an item is in, empty for none: OneRoster nests nothing."""
    while row.depth > 1:
        row = laid_out[row.parent]
    return row.node.id if isinstance(row.node, Category) else ""


def _symbols(item: GradeItem, scheme: GradeScheme | None) -> dict[str, Exact]:
    own = item.scheme or scheme
    return {band.symbol: band.worth for band in own.bands} if own else {}


def _status_of(mark: Reading) -> tuple[ScoreStatus, str]:
    """Return what a mark says of itself, and the comment that is left to say; a note may be a status in words (I4)."""
    blank = mark.recorded is None or (isinstance(mark.recorded, str) and not mark.recorded.strip())
    if mark.exempt:
        return ScoreStatus.EXEMPT, mark.note
    said = _STATUS_OF_NOTE.get(mark.note)
    if said is not None and blank is (said is ScoreStatus.SUBMITTED):
        return said, ""
    return (ScoreStatus.NOT_SUBMITTED if blank else ScoreStatus.FULLY_GRADED), mark.note


def _points(mark: Reading, item: GradeItem) -> Exact | None:
    """Return the points out of what the line item is out of, to which a maximum of one's own is scaled."""
    if mark.points is None or not mark.out_of or item.max_points is None:
        return mark.points
    return mark.points * item.max_points / mark.out_of


def _decimal(value: Exact | None) -> str:
    if value is None:
        return ""
    text = write_exact(value)
    return write_rounded(value, _PLACES, RoundingMode.HALF_EVEN) if "/" in text else text


def _date(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def _csv(table: Iterable[Iterable[str]]) -> str:
    out = StringIO(newline="")
    csv.writer(out).writerows(table)
    return out.getvalue()
