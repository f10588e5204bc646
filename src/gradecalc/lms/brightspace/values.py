# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grade values and exemptions as Brightspace's API gives them, entered learner by learner.

A value without points is ungraded. Its points are out of the item's maximum, unless it states another, which then is
this learner's own. What it displays is kept beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import field

from ...errors import Problem
from ...exact import Exact
from ...gradebook.items import GradeItem
from ...marks import (
    EXEMPT,
    ItemKind,
    Mark,
    Marks,
    MarkValue,
)
from ...values import frozen
from ..documents import (
    AMOUNT,
    KEY,
    NUMBER,
    Document,
)
from ..imported import Imported, Learner, Recorded
from ..records import named
from .course import (
    OBJECT_TYPE,
    SYSTEM,
    CourseItem,
    KeyedGradebook,
    ObjectType,
)

_FINALS: Final[Mapping[ObjectType | None, str]] = {
    ObjectType.FINAL_CALCULATED: "calculated",
    ObjectType.FINAL_ADJUSTED: "adjusted",
}
EXEMPTION_SHAPES: Final = frozenset({"Items", "ExemptedIds", "GradeObjectId"})
"""Where an exemption says what it is from, one of them."""

_COMPUTED: Final = frozenset({ObjectType.CALCULATED, ObjectType.FORMULA})


@frozen(kw_only=True)
class StatedValue:
    """One result of one learner as the API states it: of what, by its type and key, and how much."""

    source: Document = field(eq=False, repr=False)
    learner: str = field(default="", metadata=named("UserId", KEY))
    type: ObjectType | None = field(default=None, metadata=named("GradeObjectType", OBJECT_TYPE))
    key: str = field(default="", metadata=named("GradeObjectIdentifier", KEY))
    name: str = field(metadata=named("GradeObjectName"))
    points: Exact | None = field(default=None, metadata=named("PointsNumerator", NUMBER))
    out_of: Exact | None = field(default=None, metadata=named("PointsDenominator", AMOUNT))
    displayed: str = field(default="", metadata=named("DisplayedGrade"))

    @name.default
    def _keyed(self) -> str:
        return f"Item {self.key}"

    @property
    def recorded(self) -> Recorded:
        """The result as it stands beside the marks."""
        return Recorded(self.points, self.out_of, self.displayed)


def as_source(document: Document) -> dict[str, Document]:
    """Return the document itself, for a record that keeps the one that it is read from."""
    return {"source": document}


def computed_items(values: Iterable[StatedValue], formulas: Mapping[str, str]) -> Iterator[CourseItem]:
    """Yield the formula and calculated items, which only values mention, each as its first value states it."""
    seen: set[str] = set()
    for value in values:
        if value.type in _COMPUTED and value.key and value.key not in seen:
            seen.add(value.key)
            yield CourseItem(
                source=value.source,
                key=value.key,
                name=value.name,
                type=value.type,
                max_points=value.out_of,
                formula=formulas.get(value.key, ""),
            )


class Register:
    """Everybody's marks in a course, while they are entered."""

    def __init__(self, course: KeyedGradebook) -> None:
        self.course = course
        self.marks: dict[str, dict[str, MarkValue]] = {}
        self.finals: dict[str, dict[str, Recorded]] = {}
        self.recorded: dict[str, dict[str, Recorded]] = {}

    def imported(self, problems: Iterable[Problem]) -> Imported:
        """Return what was entered; a problem that was met twice stands once."""
        marks: dict[str, Marks] = {**self.marks}
        learners = {id_: Learner(id_) for id_ in marks}
        found = tuple(dict.fromkeys(problems))
        stated = {**self.finals}, {**self.recorded}
        return Imported(self.course.gradebook, marks, found, learners, *stated, system=SYSTEM)

    def enter(self, value: StatedValue) -> None:
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
        beside[of] = value.recorded
        mark = _mark(value, item) if isinstance(item, GradeItem) else None
        if mark is not None:
            self.marks[value.learner][of] = mark

    def exempt(self, exemption: Document) -> None:
        """Enter the exemptions of a learner; an item is exempt unless it says that it is not."""
        learner = exemption.key("UserId")
        if not self._meet(learner, exemption):
            return
        if not EXEMPTION_SHAPES & set(exemption.value):
            message = f"there are no {', '.join(sorted(EXEMPTION_SHAPES))}; the exemptions of {learner} are not read"
            exemption.report("no_exemptions", message)
        for source, key in _exempted_keys(exemption):
            item = self.course.items.get(key)
            if item is None:
                source.report(
                    "unknown_object", "the exemption is from a grade object that is not there; it is not read"
                )
            else:
                self.marks[learner][item.id] = _exempted(self.marks[learner].get(item.id))

    def _meet(self, learner: str, source: Document) -> bool:
        """Make room for a learner; without an id there is none."""
        if not learner:
            source.report("no_learner_id", "there is no UserId; it is not read")
            return False
        self.marks.setdefault(learner, {})
        self.finals.setdefault(learner, {})
        self.recorded.setdefault(learner, {})
        return True

    def _category_id(self, value: StatedValue) -> str | None:
        return self.course.category_ids.get(value.key) if value.type is ObjectType.CATEGORY else None


def _exempted_keys(exemption: Document) -> Iterator[tuple[Document, str]]:
    """Yield the key of each grade object that a learner is exempt from, with where it stands."""
    single = [exemption] if "GradeObjectId" in exemption.value else []
    for each in (*single, *exemption.get("Items").records()):
        if each.truth("IsExempt", default=True):
            yield each, each.key("GradeObjectId")
    for each in exemption.get("ExemptedIds").entries():
        yield each, each.read(KEY, "", "ExemptedIds")


def _mark(value: StatedValue, item: GradeItem) -> MarkValue:
    """Return the mark that a value is, None where it is ungraded."""
    if item.kind is ItemKind.TEXT:
        return value.displayed or None
    own = value.out_of and value.out_of != item.max_points
    return Mark(value.points, value.out_of) if own and value.points is not None else value.points


def _exempted(mark: MarkValue) -> MarkValue:
    if mark is None or mark is EXEMPT:
        return EXEMPT
    return Mark(mark.points, mark.out_of, exempt=True) if isinstance(mark, Mark) else Mark(mark, exempt=True)
