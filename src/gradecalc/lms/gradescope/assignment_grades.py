# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The assignment grades of a Gradescope course: four columns for each assignment, a row for each learner.

`Lab 1`, `Lab 1 - Max Points`, `Lab 1 - Submission Time` and `Lab 1 - Lateness (H:M:S)` belong together. The maximum
stands in every row; where a learner has another than most, it is this learner's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from attrs import evolve, field

from ...gradebook.items import GradeItem
from ...gradebook.tree import Gradebook
from ...marks import Mark
from ...values import frozen
from ..documents import KEY, LISTED, Expected
from ..grade_file import FileColumns, open_grade_file, without_header
from ..imported import Imported, Learner
from ..mark_sheet import Column, MarkSheet
from ..records import named

SYSTEM: Final = "gradescope"

MAX_POINTS: Final = " - Max Points"
LATENESS: Final = " - Lateness (H:M:S)"
_SUBMITTED: Final = " - Submission Time"
_OF: Final = " - "
_NOT_READ: Final = (_SUBMITTED, LATENESS)
_TOTAL_LATENESS: Final = "Total Lateness (H:M:S)"
_OWN, _LATE = "out_of", "late"
_HOURS: Final = re.compile(r"([0-9]{1,9}):([0-5][0-9]):([0-5][0-9])")
_NOT_IN_THE_FILE: Final = (
    "a Gradescope file has points and no more: no weights, drops or categories, so all points are added up; when "
    "work came in is not read, and how late it was changes no mark; state what applies in a definition, and read with "
    "gradebook=…"
)


@frozen(kw_only=True)
class AssignmentGradesRow:
    """What a row says of its learner."""

    number: str = field(default="", metadata=named("SID", KEY, "Student ID"))
    email: str = field(default="", metadata=named("Email"))
    name: str = field(default="", metadata=named("Name"))
    first_name: str = field(default="", metadata=named("First Name"))
    last_name: str = field(default="", metadata=named("Last Name"))
    sections: tuple[str, ...] = field(
        default=(), metadata=named("Sections", LISTED, "section_name", "Section", repeats=True)
    )

    @property
    def learner(self) -> Learner:
        """The learner, by student id, or else by email."""
        return Learner(
            self.number or self.email,
            institution_id=self.number,
            first_name=self.first_name,
            last_name=self.last_name,
            email=self.email,
            name=self.name,
            sections=self.sections,
        )


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row has the headings of assignment grades."""
    return any(cell.endswith(MAX_POINTS) and cell.removesuffix(MAX_POINTS) in cells for cell in cells)


def read_csv(
    content: str | bytes, *, exempt: Iterable[str] = ("Exempt", "EX"), gradebook: Gradebook | None = None
) -> Imported:
    """Return the gradebook and the marks of a file of assignment grades, and its problems; no text makes this raise.

    A blank score is ungraded. The gradebook adds up the points of all assignments, since the file says no more. With a
    `gradebook`, columns are found in it by the ids or names of its items.
    """
    file = open_grade_file(content, is_header)
    if file.header is None:
        return without_header(file, SYSTEM, "'Lab 1' and 'Lab 1 - Max Points'", gradebook)
    layout = FileColumns(AssignmentGradesRow, file, file.header, gradebook)
    maxima = _lay_out(layout)
    marks = layout.enter(file.rows, lambda row: row.learner, exempt=exempt)
    for column in maxima:
        _settle(layout, marks, column)
    layout.say("not_in_export", _NOT_IN_THE_FILE)
    late = _lateness(layout, marks)
    return evolve(marks.imported(layout.gradebook(can_exceed=True), SYSTEM), late=late)


def _lay_out(layout: FileColumns[AssignmentGradesRow]) -> list[Column]:
    """Enter every column and return those of the maxima, each of the id of its item."""
    others = dict(layout.headings())
    names = {heading.removesuffix(MAX_POINTS) for heading in others.values() if heading.endswith(MAX_POINTS)}
    of_name: dict[tuple[str, str], list[str]] = {}
    for place, heading in others.items():
        name = heading.removesuffix(MAX_POINTS)
        if heading in names:
            item = layout.item(place, GradeItem(heading, 0, can_exceed=True))
            for part in (_OWN, _LATE):
                of_name.setdefault((heading, part), []).extend([item.id] if item else [])
        elif name in names and of_name.get((name, _OWN)):
            layout.beside.append(Column(place, of_name[name, _OWN].pop(0), _OWN))
        elif of_name.get((heading.removesuffix(LATENESS), _LATE)):
            of = of_name[heading.removesuffix(LATENESS), _LATE].pop(0)
            layout.beside.append(Column(place, of, _LATE, expected=_LATE_BY))
        elif heading.rpartition(_OF)[0] in names and not heading.endswith((*_NOT_READ, MAX_POINTS)):
            layout.tell("assignment_detail", place, f"{heading!r} says more of an assignment, and is not read")
        elif not (heading == _TOTAL_LATENESS or heading.endswith(_NOT_READ) or name in names):
            layout.groups[place] = heading
            layout.tell(
                "other_column", place, f"{heading!r} is no column of an assignment; it is kept with the learners"
            )
    return [each for each in layout.beside if each.part == _OWN]


def _lateness(
    layout: FileColumns[AssignmentGradesRow], marks: MarkSheet[AssignmentGradesRow]
) -> dict[str, dict[str, int]]:
    """Return by how many seconds work was late, by learner and item; what is no time is a notice of its column."""
    columns = [each for each in layout.beside if each.part == _LATE]
    late, odd = dict[str, dict[str, int]](), set[str]()
    for learner, of_learner in marks.stated_beside(columns).items():
        for item, seconds in of_learner.items():
            if isinstance(seconds, int):
                late.setdefault(learner, {})[item] = seconds
            else:
                odd.add(item)
    for column in columns:
        if column.of in odd:
            message = "a cell says no time such as 25:07:02; how late that work was is not known"
            layout.tell("no_lateness", column.place, message)
    return late


def _seconds(text: str) -> int | str:
    """Return the seconds that a text such as `25:07:02` states, and any other text as it is."""
    found = _HOURS.fullmatch(text)
    if found is None:
        return text
    hours, minutes, seconds = map(int, found.groups())
    return 3600 * hours + 60 * minutes + seconds


_LATE_BY: Final = Expected("a time such as 25:07:02, or another text", _seconds)


def _settle(layout: FileColumns[AssignmentGradesRow], marks: MarkSheet[AssignmentGradesRow], column: Column) -> None:
    """Give an item the maximum that most rows state, and those learners another who have another."""
    stated = marks.counts(column)
    usual = next((out_of for out_of, _ in stated.most_common(1)), None)
    item = layout.items[column.of]
    if usual is None or usual < 0:
        layout.without_maximum(column.of, "fill in the column of its maximum")
        return
    layout.change(column.of, max_points=usual)
    if len(stated) == 1:
        return
    given = dict(marks.stated(item))
    for learner, out_of in marks.stated(column):
        if out_of not in {None, usual} and isinstance(given[learner], (int, Fraction)):
            marks.change(learner, item, Mark(given[learner], out_of))
