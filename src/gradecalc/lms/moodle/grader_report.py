# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Moodle's grader report, exported as CSV: a column or several for each item, totals among them, and no maxima.

What an item is out of comes with a definition, or as `maxima`; where points and percents stand beside each other it
is worked out of them, and else the item has points and moves no grade.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import Any, Final

from attrs import evolve

from ...errors import Severity
from ...exact import Number, NumberError, read_number, write_exact
from ...gradebook.aggregation import Mean, SumOfPoints
from ...gradebook.contributions import WHOLE
from ...gradebook.items import GradeItem
from ...gradebook.tree import Gradebook
from ...marks import ItemKind
from ..cells import Word, percent, percent_of
from ..documents import TEXT
from ..grade_file import FileColumns, open_grade_file, without_header
from ..grouping import find_tail, standings
from ..imported import Imported
from ..mark_sheet import Column, MarkSheet
from ..records import names_of
from ..sheet import SheetRow
from .grader_headings import (
    COURSE_TOTAL,
    WORDS,
    ColumnOf,
    GradedHeading,
    GraderRow,
    ends_of_totals,
    graded,
    is_header,
    last_total,
    may_be_header,
    words_of,
)
from .shown_maxima import ShownNumbers, maximum_of

SYSTEM: Final = "moodle"

_FEEDBACK: Final = "feedback"

_NO_GRADE: Final[Mapping[str, Word]] = {"-": Word(None), "–": Word(None)}
_IN_PLACE: Final = ("first_name", "last_name", "number", "institution", "department", "email")
_NOT_IN_THE_FILE: Final = (
    "a grader report has no categories, weights, drops or ways to aggregate: all points are added up; state what "
    "applies in a definition, and read with gradebook=…, or read what the web service gives"
)


def read_csv(
    content: str | bytes,
    *,
    exempt: Iterable[str] = ("Excluded", "Exempt"),
    gradebook: Gradebook | None = None,
    maxima: Mapping[str, Number] | None = None,
) -> Imported:
    """Return the gradebook and the marks of a grader report, and its problems; no text makes this raise.

    `-` and blank are ungraded. The total of the course stands in `finals`, by `course total`, those of categories in
    `recorded`. With a `gradebook`, columns are found in it by the ids and names of its items, with or without the
    `Quiz:` before them; `maxima` says by the same names what items are out of.
    """
    file = open_grade_file(content, is_header)
    if file.header is None:
        file = open_grade_file(content, may_be_header)
    if file.header is None:
        return without_header(file, SYSTEM, "'First name' and 'Quiz: Vectors (Real)'", gradebook)
    first = next(file.rows, None)
    words = words_of(file.header.cells)
    header = _with_fields(file.header, first, words)
    report = _Report(FileColumns(GraderRow, file, header, gradebook), maxima or {}, words)
    report.lay_out()
    rows = file.rows if first is None else chain([first], file.rows)
    marks = report.layout.enter(rows, lambda row: row.learner, exempt=exempt, words=_NO_GRADE)
    report.settle(marks)
    report.put_into_categories(marks)
    feedback = marks.stated_beside(each for each in report.layout.beside if each.part == _FEEDBACK)
    return evolve(marks.imported(report.layout.gradebook(), SYSTEM), feedback=feedback)


def _with_fields(header: SheetRow, first: SheetRow | None, words: Mapping[str, str]) -> SheetRow:
    """Return the headings, those of the learner's fields by their place where no language that is known has them."""
    sheet = FileColumns.fields_of(GraderRow, header)
    before = [place for place, cell in enumerate(header.cells) if cell and not graded(cell, words)]
    cells, names = list(header.cells), names_of(GraderRow)
    six, english = len(_IN_PLACE), names[_IN_PLACE[0]] in cells
    if before[:six] == list(range(six)) and not english and not _are_known(sheet):
        cells[:six] = [names[each] for each in _IN_PLACE]
    elif "email" not in sheet and first is not None:
        place = next((place for place in before if "@" in "".join(first.cells[place : place + 1])), None)
        if place is not None:
            cells[place] = names["email"]
    return header._replace(cells=cells)


def _are_known(fields: Collection[str]) -> bool:
    """Return whether the headings name who somebody is well enough."""
    return {"first_name", "last_name", "number"} <= {*fields}


class _Report:
    """The columns of a grader report while they are worked out, those of items by item and part."""

    def __init__(self, layout: FileColumns[GraderRow], maxima: Mapping[str, Number], words: Mapping[str, str]) -> None:
        self.layout = layout
        self.maxima = maxima
        self.words = words
        self.shown: dict[str, tuple[ShownNumbers, ShownNumbers, Column]] = {}
        self.unknown: list[str] = []
        self.totals: dict[str, str] = {}

    def lay_out(self) -> None:
        """Enter every column."""
        headings = dict(self.layout.headings())
        ends = ends_of_totals(headings.values())
        found = self._with_a_total({place: graded(text, self.words, ends) for place, text in headings.items()})
        parts: dict[str, dict[str, int]] = {}
        for place, each in found.items():
            if each is None:
                self._other(place, headings[place], is_last=place == max(headings))
            elif each.source is ColumnOf.ITEM:
                self._part(parts.setdefault(each.name, {}), place, each)
            elif each.part != _FEEDBACK:
                self._total(place, each)
            else:
                self.layout.tell("feedback", place, "feedback on a total is not read")
        for name, places in parts.items():
            item = self._item(name, places)
            if item is not None and _FEEDBACK in places:
                self.layout.beside.append(Column(places[_FEEDBACK], item.id, _FEEDBACK, expected=TEXT))
            elif _FEEDBACK in places:
                self.layout.tell("feedback", places[_FEEDBACK], "feedback without a grade beside it is not read")
        self.layout.say("not_in_export", _NOT_IN_THE_FILE)

    def _with_a_total(self, found: dict[int, GradedHeading | None]) -> dict[int, GradedHeading | None]:
        """Return what columns are of, with a total of the course where no language that is known says which is one."""
        if self.words is WORDS or any(each.source is ColumnOf.COURSE for each in found.values() if each):
            return found
        place = last_total(found)
        if place is None:
            return found
        self.layout.tell("total_assumed", place, "the last column of no activity is taken for the total of the course")
        return {**found, place: GradedHeading(ColumnOf.COURSE, COURSE_TOTAL, "points")}

    def settle(self, marks: MarkSheet[GraderRow]) -> None:
        """Give items whose points and percents stand beside each other the maximum that these say."""
        for id_, (points, percents, beside) in self.shown.items():
            pairs = zip(marks.stated(self.layout.items[id_]), marks.stated(beside), strict=True)
            numbers = ((mark, share) for (_, mark), (_, share) in pairs)
            out_of = maximum_of(numbers, points.places, percents.places)
            if out_of is None:
                self.unknown.append(id_)
                continue
            self.layout.change(id_, max_points=out_of, counts=True)
            message = f"it is out of {write_exact(out_of)}, as its points and percents say together"
            self.layout.tell("maximum_computed", self.layout.items[id_].place, message)
        alone = bool(self.unknown) and self.layout.has_points_alone(self.unknown)
        for id_ in self.unknown:
            self.layout.without_maximum(id_, "say it with maxima=… or a definition, gradebook=…", counts=alone)

    def put_into_categories(self, marks: MarkSheet[GraderRow]) -> None:
        """Put the items whose figures a total has, of those that stand before it, into its category (J34)."""
        waiting = {
            id_: item for id_, item in self.layout.made().items() if item.kind is not ItemKind.TEXT and item.counts
        }
        found = False
        for total in (each for each in self.layout.recorded if each.part == "points"):
            before = [id_ for id_ in waiting if self.layout.items[id_].place < total.place]
            maxima = [waiting[id_].max_points or 0 for id_ in before]
            learners = standings(marks, [self.layout.items[id_] for id_ in before], [(total, None)])
            tail = find_tail(maxima, learners, WHOLE) if before else None
            for id_ in before:
                del waiting[id_]
            if tail is not None:
                aggregation = Mean() if tail.as_mean else SumOfPoints()
                self.layout.put_into(self.totals[total.of], before[tail.start :], aggregation=aggregation)
                found = True
        if found:
            self.layout.say("groups_found", "which items are in a category is found by the figures of its total")

    def _part(self, places: dict[str, int], place: int, heading: GradedHeading) -> None:
        if places.setdefault(heading.part, place) != place:
            message = f"column {places[heading.part] + 1} is {heading} too, and is read; delete one"
            self.layout.tell("duplicate_column", place, message, Severity.ERROR)

    def _total(self, place: int, heading: GradedHeading) -> None:
        expected = self.layout.percent if heading.part == "percent" else None
        if heading.source is ColumnOf.COURSE:
            self.layout.finals.append(Column(place, heading.name, heading.part, expected=expected))
        else:
            of = self.layout.category_id(heading.name)
            self.totals[of] = heading.name
            self.layout.recorded.append(Column(place, of, heading.part, expected=expected))

    def _item(self, name: str, places: Mapping[str, int]) -> GradeItem | None:
        """Enter an item by its points, or else its percents, or else its letters, and return it."""
        bare = name.partition(":")[2].strip()
        names, item = [bare] if bare else [], None
        if "points" in places:
            item = self.layout.item(places["points"], GradeItem(name, 0), *names)
            if item:
                self._bound(item, places, (name, bare))
        elif "percent" in places:
            item = self.layout.item(places["percent"], GradeItem(name, 100), *names)
            if item:
                self.layout.reads_of(item.id, percent_of, item.max_points or 0)
        elif "symbol" in places:
            item = self.layout.item(places["symbol"], GradeItem(name, kind=ItemKind.TEXT), *names)
            if item:
                message = f"{name!r} has letters alone, and nothing says what they are worth; it does not count"
                self.layout.tell("symbols_without_scheme", places["symbol"], message, Severity.ERROR)
        return item

    def _bound(self, item: GradeItem, places: Mapping[str, int], names: Iterable[str]) -> None:
        """Say what an item is out of, or by what that is to be found."""
        said = self._said(names)
        if item.max_points:
            return
        if said is not None:
            self.layout.change(item.id, max_points=said)
        elif "percent" in places:
            points, percents = ShownNumbers(self.layout.number), ShownNumbers(percent(self.layout.number))
            beside = Column(places["percent"], item.id, "percent", expected=percents.expected)
            self.layout.beside.append(beside)
            self.layout.reads(item.id, points.expected)
            self.shown[item.id] = (points, percents, beside)
        else:
            self.unknown.append(item.id)

    def _said(self, names: Iterable[str]) -> Any:
        try:
            return next((read_number(self.maxima[name]) for name in names if name in self.maxima), None)
        except NumberError:
            return None

    def _other(self, place: int, heading: str, *, is_last: bool) -> None:
        if not is_last:
            self.layout.groups[place] = heading
            self.layout.tell("group_column", place, f"{heading!r} is not graded; it is kept with the learners")
