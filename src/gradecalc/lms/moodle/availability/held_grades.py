# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grades as Moodle stores them, as a gradebook and marks whose report says what conditions on grades ask.

>>> from gradecalc import grade
>>> from gradecalc.lms.moodle.availability import read_availability
>>> asking = read_availability({"op": "|", "show": True, "c": [{"type": "grade", "id": 2, "min": 50}]})
>>> book, marks = stored_grades({"1": StoredGrade(37, Bounds(30, 80))}, asking)
>>> report = grade(book, marks)
>>> report["1"].percent, report["2"].percent
(Fraction(14, 1), None)

Such a condition reads the percent of the range stored with the grade: unclamped, unrounded, hidden and excluded
grades too. An item that is gone is there all the same, without a grade, for Moodle refuses both alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ....exact import Exact
from ....gradebook.items import GradeItem
from ....gradebook.tree import ROOT_ID, Gradebook
from ....marks import MarkValue
from ....values import frozen
from ..grade_bounds import Bounds
from .restriction_tree import Availability

PERCENTS: Final = Bounds(0, 100)
"""The range of an item that states none."""


@frozen
class StoredGrade:
    """A final grade, None where there is none, and the range stored with it."""

    final: Exact | None
    bounds: Bounds = PERCENTS


def stored_grades(
    grades: Mapping[str, StoredGrade], *restrictions: Availability
) -> tuple[Gradebook, dict[str, MarkValue]]:
    """Return a gradebook with an item for each grade, and each that is asked about, and the marks of one learner."""
    asked = (id_ for restriction in restrictions for id_ in restriction.grades_asked)
    ids = [id_ for id_ in dict.fromkeys((*grades, *asked)) if id_ and id_ != ROOT_ID]
    items = [GradeItem(id_, max_points=100, can_exceed=True) for id_ in ids]
    percents = {id_: each.bounds.percent(each.final) for id_, each in grades.items() if each.final is not None}
    return Gradebook(items), {id_: percent for id_, percent in percents.items() if id_ in ids}
