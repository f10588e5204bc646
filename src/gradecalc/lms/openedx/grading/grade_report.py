# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The grade report of an Open edX course: shares of 1 for each assignment, and for each type its average.

`Homework 2: Vectors` is the second assignment of the type Homework, `Homework (Avg)` the average after its drops.
Neither what types weigh nor what is dropped is in the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import field

from ....gradebook.aggregation import Mean
from ....gradebook.items import GradeItem
from ....gradebook.tree import Gradebook
from ....gradebook.weights import WeightedMean
from ....marks import Mark, UngradedPolicy
from ....values import frozen
from ...cells import Word, part_of
from ...documents import KEY
from ...grade_file import FileColumns, open_grade_file, without_header
from ...imported import Imported, Learner
from ...mark_sheet import Column
from ...records import named
from .reading import COURSE, SYSTEM

_GRADE: Final = "Grade"
_AVERAGE: Final = " (Avg)"
_FIRST: Final = frozenset({"student id", "email", "username"})
_BEHIND: Final = frozenset(
    {
        "cohort name",
        "team name",
        "enrollment track",
        "verification status",
        "certificate eligible",
        "certificate delivered",
        "certificate type",
    }
)
_EXPERIMENT: Final = "experiment group ("
_OF_TYPE: Final = re.compile(r"(?P<type>.*\S) [0-9]+(?:: .*)?|(?P<only>[^:]+)(?:: .*)?", re.DOTALL)
_WORDS: Final[Mapping[str, Word]] = {
    "not attempted": Word(None),
    "not available": Word(
        Mark(exempt=True, note="not available"),
        "not_available",
        "'Not Available' says that the assignment is not this learner's; it is read as exempt",
    ),
}
_NOT_IN_THE_REPORT: Final = (
    "a grade report has neither points nor drops, nor what types weigh: here every assignment of a type, and every "
    "type, counts alike; give the gradebook of the grading policy, gradebook=…, which lms.openedx.read makes"
)


@frozen(kw_only=True)
class GradeReportRow:
    """What a row says of its learner."""

    number: str = field(default="", metadata=named("Student ID", KEY))
    email: str = field(default="", metadata=named("Email"))
    username: str = field(default="", metadata=named("Username", KEY))
    first_name: str = field(default="", metadata=named("First Name"))
    last_name: str = field(default="", metadata=named("Last Name"))

    @property
    def learner(self) -> Learner:
        """The learner, by the platform's number, or else by username or email."""
        return Learner(
            self.number or self.username or self.email,
            username=self.username,
            first_name=self.first_name,
            last_name=self.last_name,
            email=self.email,
        )


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row has the headings of a grade report."""
    names = {cell.casefold() for cell in cells}
    return _GRADE in cells and len(names & _FIRST) > 1 and bool(names & _BEHIND or any(map(_is_average, cells)))


def read_csv(content: str | bytes, *, exempt: Iterable[str] = (), gradebook: Gradebook | None = None) -> Imported:
    """Return the gradebook and the marks of a grade report, and its problems; no text makes this raise.

    What is not attempted is ungraded, which counts as zero, as it does in Open edX; what is not available is exempt.
    The course's share stands in `finals`, by `course`, and the averages of the types in `recorded`, all in percent.
    With a `gradebook`, columns are found in it by the names of its items, and shares are of their maxima.
    """
    file = open_grade_file(content, is_header)
    if file.header is None:
        return without_header(file, SYSTEM, "'Student ID', 'Email', 'Username' and 'Grade'", gradebook)
    layout = FileColumns(GradeReportRow, file, file.header, gradebook)
    headings = list(layout.headings())
    types = sorted((text.removesuffix(_AVERAGE) for _, text in headings if _is_average(text)), key=len, reverse=True)
    for place, heading in headings:
        _enter(layout, place, heading, types)
    layout.say("not_in_export", _NOT_IN_THE_REPORT)
    marks = layout.enter(file.rows, lambda row: row.learner, exempt=exempt, words=_WORDS)
    book = layout.gradebook({"aggregation": Mean()}, aggregation=WeightedMean(), ungraded=UngradedPolicy.AS_ZERO)
    return marks.imported(book, SYSTEM)


def _enter(layout: FileColumns[GradeReportRow], place: int, heading: str, types: Sequence[str]) -> None:
    folded = heading.casefold()
    in_percent = part_of(100, layout.number)
    if heading == _GRADE:
        layout.finals.append(Column(place, COURSE, "percent", expected=in_percent))
    elif folded in _BEHIND or folded.startswith(_EXPERIMENT):
        layout.groups[place] = heading
    elif _is_average(heading):
        of = layout.category_id(heading.removesuffix(_AVERAGE))
        layout.recorded.append(Column(place, of, "percent", expected=in_percent))
    else:
        name = heading.partition(": ")[2]
        item = layout.item(place, GradeItem(heading, 1), *filter(None, [name]), category=_type_of(heading, types))
        if item:
            layout.reads_of(item.id, part_of, item.max_points or 0)


def _type_of(heading: str, types: Sequence[str]) -> str:
    """Return the type of an assignment: one that has an average, or else what stands before its number."""
    forms = [(each, rf"{re.escape(each)}{number}(?::|$)") for number in (" [0-9]+", "") for each in types]
    known = next((each for each, form in forms if re.match(form, heading)), "")
    match = _OF_TYPE.fullmatch(heading)
    return known or (match and (match["type"] or match["only"])) or heading


def _is_average(heading: str) -> bool:
    return heading.endswith(_AVERAGE)
