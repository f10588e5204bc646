# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The grades of a course as marks: excluded ones are exempt, and every one stands in the range of its item."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

from attrs import frozen

from ...exact import Exact, describe
from ...marks import (
    EXEMPT,
    Mark,
    Marks,
    MarkValue,
)
from ..documents import Document
from .aggregation_methods import Method
from .course_tree import Placed, bounded
from .grade_bounds import (
    EXCESS,
    Bounds,
    RangeSource,
    adjust_raw,
    adjust_scale,
    choose_bounds,
    deduct,
    standardise,
)

ONLY_LEARNER: Final = "learner"
"""The id of the learner whose grades stand in the tree itself."""

_SOURCES: Final = {source.value: source for source in RangeSource}


@frozen
class MarkSettings:
    """How grades are read: the course's settings, the ids that are calculated, whether hidden items leave, and when."""

    settings: Document
    calculated: Collection[str]
    without_hidden: bool
    now: datetime | None


def read_marks(document: Document, root: Placed, reading: MarkSettings) -> dict[str, Marks]:
    """Return everybody's marks: those in the tree, and those under `grades`, by learner and then by name or id."""
    rows = [row for row in root.rows() if row.above is not None]
    grades = document.get("grades")
    marks: dict[str, Marks] = {}
    if any("grade" in row.document.value for row in rows) or grades.value is None:
        marks[ONLY_LEARNER] = dict(_marks(((row, row.document) for row in rows), reading))
    known = {name: row for row in reversed(rows) for name in (row.idnumber, row.document.key("id"), row.id) if name}
    for learner, record in _fields(grades):
        marks[learner] = dict(_marks(_found(record, known, rows), reading))
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
            stated[known[name].id] = grade if isinstance(grade.value, dict) else _as_record(record, name)
        else:
            grade.report("unknown_id", f"no item or category {describe(name)} in the course")
    yield from ((row, stated.get(row.id, Document({}, record.path, record.problems))) for row in rows)


def _as_record(record: Document, name: str) -> Document:
    return Document({"grade": record.get(name).value}, f"{record.path}.{name}", record.problems)


def _marks(pairs: Iterator[tuple[Placed, Document]], reading: MarkSettings) -> Iterator[tuple[str, MarkValue]]:
    for row, record in pairs:
        mark = _mark(row, record, reading)
        if mark is not None:
            yield row.id, mark


def _mark(row: Placed, record: Document, reading: MarkSettings) -> MarkValue:
    hides = is_hidden(row, reading.now) or (record is not row.document and _hides(record, reading.now))
    if reading.without_hidden and hides:
        return EXEMPT
    excluded = record.truth("excluded")
    grade = _grade(row, record, reading) if row.valued else None
    if grade is None or row.id in reading.calculated:
        return EXEMPT if excluded else None
    if row.method is not None:
        return Mark(grade, exempt=True) if excluded else grade
    points, out_of = _placed_points(row, grade, _own_bounds(row, record, reading), reading)
    own = None if out_of == _range(row) else out_of
    return points if own is None and not excluded else Mark(points, out_of=own, exempt=excluded)


def _grade(row: Placed, record: Document, reading: MarkSettings) -> Exact | None:
    """Return a grade as stored, or as Moodle makes it of an activity's raw score."""
    raw = record.number("raw")
    if raw is None or record.get("grade").value is not None or row.method is not None:
        return record.number("grade")
    bounds = _own_bounds(row, record, reading)
    least, most = record.number("raw_min"), record.number("raw_max")
    scored = Bounds(bounds.least if least is None else least, bounds.most if most is None else most)
    left = deduct(raw, record.amount("deducted") or 0, scored.least)
    if row.steps:
        return adjust_raw(left, scored, bounds)
    multiplier, offset = bounded(row.document, "multiplier"), bounded(row.document, "offset")
    return adjust_raw(
        left,
        scored,
        bounds,
        multiplier=1 if multiplier is None else multiplier,
        offset=offset or 0,
        excess=EXCESS if reading.settings.truth("unlimited_grades") else 1,
    )


def _own_bounds(row: Placed, record: Document, reading: MarkSettings) -> Bounds:
    """Return the range of a grade: that stored with it, where the course goes by that, or its item's."""
    course = reading.settings.choice("min_max", _SOURCES, None)
    site = reading.settings.choice("site_min_max", _SOURCES, RangeSource.STORED)
    least, most = (None, None) if record is row.document else (record.number("min"), record.amount("max"))
    own = Bounds(row.bounds.least if least is None else least, row.bounds.most if most is None else most)
    return choose_bounds(own if own.width >= 0 else row.bounds, row.bounds, course=course, site=site)


def _placed_points(row: Placed, grade: Exact, bounds: Bounds, reading: MarkSettings) -> tuple[Exact, Exact]:
    """Return a grade as points in the gradebook, and what they are out of."""
    points = adjust_scale(grade, row.steps) if row.steps else grade
    if row.above is not Method.NATURAL:
        return points - bounds.least, bounds.width
    if reading.without_hidden:
        return standardise(bounds.clamp(points), bounds, Bounds(0, bounds.most)), bounds.most
    return points, bounds.most


def _range(row: Placed) -> Exact:
    return row.bounds.most if row.above is Method.NATURAL else row.bounds.width


def is_hidden(row: Placed, now: datetime | None) -> bool:
    """Return whether an item or a category is hidden from learners now."""
    return _hides(row.document, now)


def _hides(document: Document, now: datetime | None) -> bool:
    """Return whether something is hidden: always at 1, and above that until that moment."""
    stated = document.get("hidden").value
    if stated is None or isinstance(stated, bool):
        return bool(stated)
    until = document.number("hidden")
    if until is None or until <= 1:
        return until == 1
    return now is None or now.timestamp() < until
