# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""A gradebook file that Canvas takes as an upload, written from a gradebook and marks (I12).

>>> from gradecalc import EXEMPT, GradeItem
>>> book = Gradebook([GradeItem("Essay", 20, id="11"), GradeItem("Talk", 10, id="12")])
>>> print(write_csv(book, {"7": {"11": 17.5, "12": EXEMPT}}).text.replace("\r", ""), end="")
Student,ID,SIS User ID,SIS Login ID,Section,Essay (11),Talk (12)
    Points Possible,,,,,20,10
,7,,,,17.5,EX
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ...errors import Problem, Severity, nearest
from ...exact import Exact, describe
from ...gradebook.items import GradeItem
from ...gradebook.tree import Gradebook, rows
from ...grading.exemptions import exempt_by_item, is_exempt
from ...grading.plan import Plan, plan_of
from ...marks import ItemKind, Marks, MarkValue, Reading, UnreadableMarkError, read_mark
from ...schemes import GradeScheme
from ...spreadsheets import write_csv as write_rows
from ..exported import Exported, write_decimal
from ..imported import Learner

_IDENTITY: Final = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_POINTS_POSSIBLE: Final = "    Points Possible"
_EXEMPT: Final = "EX"
_COMPLETE: Final[Mapping[bool, str]] = {True: "complete", False: "incomplete"}


def write_csv(
    gradebook: Gradebook | Plan,
    marks: Mapping[str, Marks],
    *,
    learners: Mapping[str, Learner] | None = None,
    assignments: Mapping[str, str] | None = None,
) -> Exported:
    """Return an upload and what it does not carry; raises `DefinitionError` for a gradebook that does not compile.

    `assignments` has Canvas's ids of assignments by the ids of items; an item whose own id is a number has that.
    Learners are known by their ids in the column `ID`, and by what `learners` says of them beside; an id that is
    the institution's, a username or an address stands in that column instead.
    """
    plan = plan_of(gradebook)
    problems: list[Problem] = []
    writer = _Upload(plan, assignments or {}, problems)
    people = learners or {}
    table = [[*_IDENTITY, *writer.headings()], [_POINTS_POSSIBLE, "", "", "", "", *writer.possible()]]
    for id_, record in marks.items():
        table.append([*_identity(people.get(id_) or Learner(id_)), *writer.cells(id_, record)])
    return Exported(write_rows(table, numbers=True), tuple(problems))


def _identity(learner: Learner) -> tuple[str, ...]:
    """Return who a learner is, as Canvas writes it: the last name, a comma and the first.

    An id that the institution gave, a username or an address is none of Canvas's own.
    """
    whole = f"{learner.last_name}, {learner.first_name}" if learner.last_name else learner.name
    sections = " and ".join(learner.sections)
    number = "" if learner.id in (learner.institution_id, learner.username, learner.email) else learner.id
    login = learner.username or (learner.email if learner.id == learner.email else "")
    return (whole, number, learner.institution_id, login, sections)


class _Upload:
    """Writes the columns of an upload."""

    def __init__(self, plan: Plan, assignments: Mapping[str, str], problems: list[Problem]) -> None:
        self._plan = plan
        self._assignments = assignments
        self._problems = problems
        self._scheme = plan.gradebook.scheme
        nodes = [row.node for row in rows(plan.gradebook)]
        self._items = [node for node in nodes if isinstance(node, GradeItem) and node.kind is not ItemKind.TEXT]
        self._known = {item.id for item in self._items}

    def headings(self) -> Iterator[str]:
        """Yield the heading of each assignment; one without Canvas's id is a new assignment there."""
        for item in self._items:
            id_ = self._assignments.get(item.id, item.id if item.id.isdecimal() else "")
            if not id_:
                message = f"{describe(item.name)} has no id of Canvas, which makes a new assignment of it; say it"
                self._notice("no_assignment_id", f"assignments[{item.id!r}]", message)
            yield f"{item.name} ({id_})" if id_ else item.name

    def possible(self) -> Iterator[str]:
        """Yield what each assignment is out of."""
        for item in self._items:
            yield write_decimal(item.max_points or 0, f"assignments[{item.id!r}]", self._problems)

    def cells(self, learner: str, record: Marks) -> Iterator[str]:
        """Yield the cell of each assignment, blank where there is none or a file cannot carry it."""
        path = f"marks[{learner!r}]"
        self._report_rest(record, path)
        by_item = exempt_by_item(self._plan, {each: record[each] for each in record if each in self._plan.layout.index})
        for item in self._items:
            yield self._cell(item, by_item.get(item.id), f"{path}[{item.id!r}]")

    def _report_rest(self, record: Marks, path: str) -> None:
        for id_, value in record.items():
            if id_ not in self._plan.layout.index:
                message = f"{describe(id_)} is not in the gradebook{nearest(id_, self._plan.ids)}; it is left out"
                self._problems.append(Problem("unknown_id", f"{path}[{id_!r}]", message))
            elif id_ not in self._known and value is not None and not (self._is_branch(id_) and is_exempt(value)):
                self._left_out("no_column", f"{path}[{id_!r}]", f"{describe(id_)} has no column in an upload")

    def _is_branch(self, id_: str) -> bool:
        """Return whether this is a category, whose exemption is that of its items."""
        heading = self._plan.layout.headings[self._plan.layout.index[id_]]
        return heading.branch and heading.parent >= 0

    def _cell(self, item: GradeItem, value: MarkValue, path: str) -> str:
        try:
            mark = read_mark(value, item.kind, item.max_points, _symbols(item.scheme or self._scheme))
        except UnreadableMarkError as error:
            return self._left_out("unreadable_mark", path, str(error))
        if mark.by or mark.note or mark.symbol:
            self._notice("circumstances", path, "a file has no place for notes, nor for who set a mark")
        if mark.exempt:
            if mark.recorded is not None:
                self._notice("exempt_number", path, "the mark is exempt, and what is recorded is left out")
            return _EXEMPT
        if mark.recorded is None:
            return ""
        if mark.out_of not in (None, item.max_points):
            return self._left_out("own_maximum", path, "a file has one maximum for all, and this mark has another")
        return self._recorded(mark, path)

    def _recorded(self, mark: Reading, path: str) -> str:
        if isinstance(mark.recorded, bool):
            return _COMPLETE[mark.recorded]
        if isinstance(mark.recorded, str):
            return mark.recorded
        return write_decimal(mark.recorded or 0, path, self._problems)

    def _left_out(self, code: str, path: str, why: str) -> str:
        self._problems.append(Problem(code, path, f"{why}; it is left out"))
        return ""

    def _notice(self, code: str, path: str, message: str) -> None:
        self._problems.append(Problem(code, path, message, Severity.NOTICE))


def _symbols(scheme: GradeScheme | None) -> dict[str, Exact]:
    return {band.symbol: band.worth for band in scheme.bands} if scheme else {}
