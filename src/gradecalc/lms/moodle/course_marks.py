# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The grades of a course as marks: excluded ones are exempt, and every one stands in the range of its item."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Final

from ...exact import Exact, describe
from ...marks import (
    EXEMPT,
    Mark,
    Marks,
    MarkValue,
)
from ...values import frozen
from ..documents import NUMBER, Document
from .aggregation_methods import Method
from .course_fields import CourseSettings, GradeFields, is_hidden, read_grade
from .course_tree import Placed
from .grade_bounds import (
    EXCESS,
    Bounds,
    adjust_raw,
    adjust_scale,
    choose_bounds,
    deduct,
    standardise,
)

ONLY_LEARNER: Final = "learner"
"""The id of the learner whose grades stand in the tree itself."""


@frozen
class MarkSettings:
    """How grades are read: the course's settings, the ids that are calculated, whether hidden items leave, and when."""

    settings: CourseSettings
    calculated: Collection[str]
    without_hidden: bool
    now: datetime | None


def read_marks(document: Document, root: Placed, reading: MarkSettings) -> dict[str, Marks]:
    """Return everybody's marks: those in the tree, and those under `grades`, by learner and then by name or id."""
    rows = [row for row in root.rows() if row.above is not None]
    grades = document.get("grades")
    marks: dict[str, Marks] = {}
    if grades.value is None or any({"grade", "raw"} & {*row.document.value} for row in rows):
        marks[ONLY_LEARNER] = _marks([(row, row.document) for row in rows], reading)
    known = {name: row for row in reversed(rows) for name in (row.idnumber, row.stated.number, row.id) if name}
    for learner, record in _fields(grades):
        marks[learner] = _marks([*_found(record, known, rows)], reading)
    return marks


def _fields(document: Document) -> Iterator[tuple[str, Document]]:
    if document.value is None:
        return
    if not isinstance(document.value, dict):
        document.report("wrong_value", f"{describe(document.value)} is no object")
        return
    yield from ((name, document.get(name)) for name in document.value if isinstance(name, str))


def _found(record: Document, known: dict[str, Placed], rows: list[Placed]) -> Iterator[tuple[Placed, Document]]:
    """Yield each row with what a learner's record has for it, or nothing."""
    stated: dict[str, Document] = {}
    for name, grade in _fields(record):
        if name in known:
            stated[known[name].id] = grade
        else:
            grade.report("unknown_id", f"no item or category {describe(name)} in the course")
    nothing = Document(None, record.path, record.problems)
    yield from ((row, stated.get(row.id, nothing)) for row in rows)


def _marks(pairs: Sequence[tuple[Placed, Document]], reading: MarkSettings) -> dict[str, MarkValue]:
    """Return the marks of one learner, without what is hidden and what that empties, where hidden items leave."""
    stated = {row.id: _stated(row, record) for row, record in pairs}
    every = ((row.id, _mark(row, stated[row.id], reading)) for row, _ in pairs)
    marks: dict[str, MarkValue] = {id_: mark for id_, mark in every if mark is not None}
    if reading.without_hidden:
        rows = [row for row, _ in pairs]
        gone = {row.id for row in rows if _hides(row, stated[row.id], reading)}
        excluded = {id_ for id_, mark in marks.items() if _is_exempt(mark)}
        graded = (marks.keys() - excluded).union(reading.calculated) - gone
        marks |= dict.fromkeys(gone | _emptied(rows, graded, gone, excluded), EXEMPT)
    return marks


def _hides(row: Placed, stated: GradeFields, reading: MarkSettings) -> bool:
    return any(is_hidden(each.hidden, reading.now) for each in (row.stated, stated))


def _is_exempt(mark: MarkValue) -> bool:
    return mark is EXEMPT or (isinstance(mark, Mark) and mark.exempt)


def _emptied(rows: Sequence[Placed], graded: set[str], gone: Collection[str], excluded: Collection[str]) -> set[str]:
    """Return the categories in which something is hidden and nothing else is graded: they leave as what is hidden does.

    One in which empty grades count stays for what is left of it.
    """
    emptied: set[str] = set()
    for row in reversed(rows):
        if row.method is None or row.id in gone or row.id in graded:
            continue
        left = [child.id for child in row.children if child.id not in {*gone, *emptied, *excluded}]
        hides = any(each.id in gone for each in row.rows())
        if any(id_ in graded for id_ in left):
            graded.add(row.id)
        elif hides and (row.stated.exclude_empty or not left):
            emptied.add(row.id)
    return emptied


def _mark(row: Placed, stated: GradeFields, reading: MarkSettings) -> MarkValue:
    bounds = _own_bounds(row, stated, reading.settings)
    grade = _adjusted(row, stated, bounds, reading.settings) if stated.grade is None else stated.grade
    if grade is None or row.id in reading.calculated:
        return EXEMPT if stated.excluded else None
    if row.method is not None:
        return Mark(grade, exempt=True) if stated.excluded else grade
    points, out_of = _placed_points(row, grade, bounds, reading)
    own = None if out_of == row.range else out_of
    return points if own is None and not stated.excluded else Mark(points, out_of=own, exempt=stated.excluded)


def _stated(row: Placed, record: Document) -> GradeFields:
    """Return what stands of a grade: none for a row without a value, and no range of its own in the tree itself."""
    if not isinstance(record.value, dict):
        return GradeFields(grade=record.read(NUMBER, None, "grade") if row.valued else None)
    given = {} if row.valued else {"grade": None, "raw": None}
    if record is row.document:
        given |= {"least": None, "most": None}
    return read_grade(record, **given)


def _adjusted(row: Placed, stated: GradeFields, bounds: Bounds, settings: CourseSettings) -> Exact | None:
    """Return the grade that Moodle makes of an activity's raw score."""
    if stated.raw is None or row.method is not None:
        return None
    least = bounds.least if stated.raw_least is None else stated.raw_least
    scored = Bounds(least, bounds.most if stated.raw_most is None else stated.raw_most)
    left = deduct(stated.raw, stated.deducted, least)
    if row.steps:
        return adjust_raw(left, scored, bounds)
    excess = EXCESS if settings.unlimited else 1
    return adjust_raw(left, scored, bounds, multiplier=row.stated.multiplier, offset=row.stated.offset, excess=excess)


def _own_bounds(row: Placed, stated: GradeFields, settings: CourseSettings) -> Bounds:
    """Return the range of a grade: that stored with it, where the course goes by that, or its item's."""
    least = row.bounds.least if stated.least is None else stated.least
    own = Bounds(least, row.bounds.most if stated.most is None else stated.most)
    return choose_bounds(
        own if own.width >= 0 else row.bounds, row.bounds, course=settings.bounds, site=settings.site_bounds
    )


def _placed_points(row: Placed, grade: Exact, bounds: Bounds, reading: MarkSettings) -> tuple[Exact, Exact]:
    """Return a grade as points in the gradebook, and what they are out of."""
    points = adjust_scale(grade, row.steps) if row.steps else grade
    if row.is_full(bounds):
        return 1, 1
    if row.above is not Method.NATURAL:
        return points - bounds.least, bounds.width
    if reading.without_hidden:
        return standardise(bounds.clamp(points), bounds, Bounds(0, bounds.most)), bounds.most
    return points, bounds.most
