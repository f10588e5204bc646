# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What becomes of a course when somebody changes how it is graded: its JSON as Moodle would then have it.

>>> tree = {"name": "course", "method": "weighted_mean", "children": [{"name": "Quiz", "max": 10, "coef": 3}]}
>>> change_method(tree, "course", Method.MEDIAN)["children"]
[{'name': 'Quiz', 'max': 10, 'coef': 0}]
>>> change_bounds({"name": "Quiz", "max": 10, "grade": 4}, "Quiz", Bounds(0, 50))["grade"]
'20.00000'

So "what if this category were weighted otherwise?" has the answer that Moodle would give, lost weights included. What
is no part of the change stays as it is, unread.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from ...exact import RoundingMode, write_rounded
from ..documents import Document, read_document
from .aggregation_methods import (
    Coefficients,
    Method,
    default_coefficients,
    switch_method,
)
from .course_fields import read_grade, read_row
from .course_tree import MAX_DEPTH
from .grade_bounds import STORED_PLACES, Bounds, standardise

_Record = dict[str, Any]
_NARROWEST: Final = 1


def change_method(data: Any, category: str, method: Method) -> Any:
    """Return a course in which the category of this name has another method, and its items what they then carry."""

    def _change(found: _Record) -> _Record:
        before = read_row(_unreported(found)).method
        stated = found.get("children")
        children = [_switched(each, before, method) for each in stated] if isinstance(stated, (list, tuple)) else stated
        return {**found, "method": method.value, "children": children}

    return _changed(_opened(data), category, _change)


def change_bounds(data: Any, item: str, bounds: Bounds) -> Any:
    """Return a course in which the item of this name has another range, with every grade as far into it as before.

    Where the new range is no wider than 1, grades stay as they are.
    """
    names: set[str] = {item}
    before: list[Bounds] = []

    def _change(found: _Record) -> _Record:
        stated = read_row(_unreported(found))
        before.append(stated.item_bounds)
        names.update(filter(None, (stated.idnumber, stated.number)))
        return {**_moved(found, before[0], bounds), "min": bounds.least, "max": bounds.most}

    changed = _changed(_opened(data), item, _change)
    if not before or not isinstance(changed, Mapping) or not isinstance(changed.get("grades"), Mapping):
        return changed
    grades = {who: _record_moved(record, names, before[0], bounds) for who, record in changed["grades"].items()}
    return {**changed, "grades": grades}


def _opened(data: Any) -> Any:
    """Return the parsed JSON of a text or of bytes, and anything else as it is."""
    stated = read_document(data, "", []).value
    return data if stated is None else stated


def _changed(value: Any, name: str, change: Callable[[_Record], _Record], depth: int = 0) -> Any:
    """Return a course in which what has a name is changed, wherever it stands among what is read of a course."""
    if not isinstance(value, Mapping) or depth > MAX_DEPTH:
        return value
    if "tree" in value and not depth:
        return {**value, "tree": _changed(value["tree"], name, change)}
    if value.get("name") == name:
        return change({**value})
    if not isinstance(value.get("children"), (list, tuple)):
        return {**value}
    return {**value, "children": [_changed(each, name, change, depth + 1) for each in value["children"]]}


def _switched(child: Any, before: Method, after: Method) -> Any:
    """Return what is in a category once its method has changed; only the fields that change are written."""
    if not isinstance(child, Mapping):
        return child
    stated, fresh = read_row(_unreported(child)), default_coefficients(before)
    held = Coefficients(
        fresh.coefficient if stated.coefficient is None else stated.coefficient,
        fresh.natural_weight if stated.weight is None else stated.weight,
        stated.weight_overridden,
    )
    then = switch_method(held, before, after)
    fields = {
        "coef": (held.coefficient, then.coefficient),
        "weight": (held.natural_weight, then.natural_weight),
        "weight_overridden": (held.overridden, then.overridden),
    }
    return {**child, **{name: now for name, (was, now) in fields.items() if name in child and was != now}}


def _record_moved(record: Any, names: Collection[str], before: Bounds, after: Bounds) -> Any:
    if not isinstance(record, Mapping):
        return record
    return {name: _grade_moved(grade, before, after) if name in names else grade for name, grade in record.items()}


def _grade_moved(grade: Any, before: Bounds, after: Bounds) -> Any:
    if isinstance(grade, Mapping):
        return _moved(grade, before, after)
    return _moved({"grade": grade}, before, after)["grade"]


def _moved(record: Mapping[str, Any], before: Bounds, after: Bounds) -> _Record:
    """Return a record with its grade moved to another range, stored as Moodle stores it."""
    grade = read_grade(_unreported(record)).grade
    if grade is None or after.width <= _NARROWEST:
        return {**record}
    moved = standardise(grade, before, after)
    return {**record, "grade": write_rounded(moved, STORED_PLACES, RoundingMode.HALF_UP)}


def _unreported(stated: Mapping[str, Any]) -> Document:
    """Return what is stated as a document whose problems are told when the course is read."""
    return Document(stated, "", [])
