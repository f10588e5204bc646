# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grade values and exemptions as Brightspace's API gives them, entered learner by learner.

A value without points is ungraded. Its points are out of the item's maximum, unless it states another, which then is
this learner's own. What it displays is kept beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import field, frozen

from ...errors import Problem
from ...gradebook.items import GradeItem
from ...marks import (
    EXEMPT,
    ItemKind,
    Mark,
    Marks,
    MarkValue,
)
from ..documents import Document
from ..imported import Imported, Learner, Recorded
from .course import (
    OBJECT_TYPES,
    Course,
    CourseItem,
    ObjectType,
)

_FINALS: Final[Mapping[ObjectType | None, str]] = {
    ObjectType.FINAL_CALCULATED: "calculated",
    ObjectType.FINAL_ADJUSTED: "adjusted",
}
_COMPUTED: Final = frozenset({ObjectType.CALCULATED, ObjectType.FORMULA})


@frozen
class GradeValue:
    """One result of one learner: of what, by its type and key, and what is stated."""

    source: Document = field(eq=False, repr=False)
    learner: str
    type: ObjectType | None
    key: str
    stated: Recorded

    @classmethod
    def of(cls, value: Document) -> GradeValue:
        """Return the value that a document is."""
        points, out_of = value.number("PointsNumerator"), value.amount("PointsDenominator")
        return cls(
            value,
            value.key("UserId"),
            value.choice("GradeObjectType", OBJECT_TYPES, None),
            value.key("GradeObjectIdentifier"),
            Recorded(points, out_of, value.text("DisplayedGrade")),
        )


def computed_items(values: Iterable[GradeValue], formulas: Mapping[str, str]) -> Iterator[CourseItem]:
    """Yield the formula and calculated items, of which only values tell, each as the first that tells of it."""
    seen: set[str] = set()
    for value in values:
        if value.type in _COMPUTED and value.key and value.key not in seen:
            seen.add(value.key)
            yield CourseItem(
                source=value.source,
                key=value.key,
                name=value.source.text("GradeObjectName") or f"Item {value.key}",
                type=value.type,
                max_points=value.stated.out_of,
                formula=formulas.get(value.key, ""),
            )


class Learners:
    """Everybody's marks in a course, while they are entered."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.marks: dict[str, dict[str, MarkValue]] = {}
        self.finals: dict[str, dict[str, Recorded]] = {}
        self.recorded: dict[str, dict[str, Recorded]] = {}

    def imported(self, problems: Iterable[Problem]) -> Imported:
        """Return what was entered; a problem that was met twice stands once."""
        marks: dict[str, Marks] = {**self.marks}
        learners = {id_: Learner(id_) for id_ in marks}
        found = tuple(dict.fromkeys(problems))
        return Imported(self.course.gradebook, marks, found, learners, {**self.finals}, {**self.recorded})

    def enter(self, value: GradeValue) -> None:
        """Enter a value, unless it is nobody's, of nothing that is known, or there already."""
        item = None if value.type in {*_FINALS, ObjectType.CATEGORY} else self.course.items.get(value.key)
        of = _FINALS.get(value.type) or (item.id if item else self._category_id(value))
        if not self._meet(value.learner, value.source):
            return
        if of is None:
            message = f"the value is of grade object {value.key!r}, which is not there; it is not read"
            value.source.report("unknown_object", message)
            return
        beside = (self.finals if value.type in _FINALS else self.recorded)[value.learner]
        if of in beside:
            value.source.report("duplicate_value", f"there is a value of {of!r} for this learner before, which is read")
            return
        beside[of] = value.stated
        mark = _mark(value, item) if isinstance(item, GradeItem) else None
        if mark is not None:
            self.marks[value.learner][of] = mark

    def exempt(self, exemption: Document) -> None:
        """Enter the exemptions of a learner; an item is exempt unless it says that it is not."""
        learner = exemption.key("UserId")
        if not self._meet(learner, exemption):
            return
        marks = self.marks[learner]
        for each in exemption.get("Items").records():
            item = self.course.items.get(each.key("GradeObjectId"))
            if not each.truth("IsExempt", default=True):
                continue
            if item is None:
                each.report("unknown_object", "the exemption is from a grade object that is not there; it is not read")
            else:
                marks[item.id] = _exempted(marks.get(item.id))

    def _meet(self, learner: str, source: Document) -> bool:
        """Make room for a learner; without an id there is none."""
        if not learner:
            source.report("no_learner_id", "there is no UserId; it is not read")
            return False
        self.marks.setdefault(learner, {})
        self.finals.setdefault(learner, {})
        self.recorded.setdefault(learner, {})
        return True

    def _category_id(self, value: GradeValue) -> str | None:
        return self.course.category_ids.get(value.key) if value.type is ObjectType.CATEGORY else None


def _mark(value: GradeValue, item: GradeItem) -> MarkValue:
    """Return the mark that a value is, None where it is ungraded."""
    stated = value.stated
    if item.kind is ItemKind.TEXT:
        return stated.symbol or None
    own = stated.out_of and stated.out_of != item.max_points
    return Mark(stated.points, stated.out_of) if own and stated.points is not None else stated.points


def _exempted(mark: MarkValue) -> MarkValue:
    if mark is None or mark is EXEMPT:
        return EXEMPT
    return Mark(mark.points, mark.out_of, exempt=True) if isinstance(mark, Mark) else Mark(mark, exempt=True)
