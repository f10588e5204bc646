# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A course as Canvas describes it: assignment groups with their rules, and the assignments in them.

Everything is in the order of its id, which is the order in which Canvas settles ties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from attrs import field, frozen

from ...errors import Severity
from ...exact import Exact
from ...gradebook.drops import DropBy, DropRule, DropTies
from ..documents import Document
from .entry import BY_STANDARD, GradingType
from .ids import id_order, read_id
from .periods import GradingPeriods, read_periods, read_time
from .standards import DEFAULT, GradingStandard, read_standards

_GRADING_TYPES: Final[Mapping[str, GradingType]] = {each.value: each for each in GradingType}
_NEVER_GRADED: Final = frozenset({"not_graded", "wiki_page"})
_NOT_PUBLISHED: Final = frozenset({"unpublished", "deleted"})
_NO_SUBMISSION: Final = frozenset({"none", "on_paper", *_NEVER_GRADED})


@frozen(kw_only=True)
class Assignment:
    """One assignment; `counts` is false for what Canvas's calculator never looks at or is told to omit.

    `visible_to` is None where everybody has it. `anonymized` is true while Canvas hides who its submissions are by.
    """

    id: str
    name: str
    points: Exact = 0
    grading_type: GradingType = GradingType.POINTS
    standard: GradingStandard | None = None
    counts: bool = True
    due: datetime | None = None
    visible_to: frozenset[str] | None = None
    anonymous: bool = False
    anonymized: bool = False
    expects_submission: bool = True
    document: Document = field(eq=False, repr=False)


@frozen(kw_only=True)
class AssignmentGroup:
    """A group of assignments, its weight in a course by percent, and which of its results are dropped."""

    id: str
    name: str
    weight: Exact = 0
    drop: DropRule
    assignments: tuple[Assignment, ...] = ()


@frozen(kw_only=True)
class Course:
    """Everything about a course that is the same for all learners; `by_percent` if group weights count."""

    groups: tuple[AssignmentGroup, ...] = ()
    by_percent: bool = False
    periods: GradingPeriods = field(factory=GradingPeriods)
    standard: GradingStandard | None = None

    @property
    def assignments(self) -> dict[str, Assignment]:
        """Every assignment, by id."""
        return {each.id: each for group in self.groups for each in group.assignments}


def read_course(exported: Document) -> Course:
    """Return the course that the documents in an export describe."""
    standards = read_standards(exported.get("grading_standards"))
    about = exported.get("course")
    found: dict[str, AssignmentGroup] = {}
    taken: set[str] = set()
    for each in exported.get("assignment_groups").records():
        group = _read_group(each, standards, taken)
        if group.id in found:
            each.report("duplicate_id", f"there is an assignment group {group.id} already; this one is not read")
        elif group.id:
            found[group.id] = group
            taken.update(assignment.id for assignment in group.assignments)
    return Course(
        groups=tuple(found[id_] for id_ in sorted(found, key=id_order)),
        by_percent=about.truth("apply_assignment_group_weights") or about.text("group_weighting_scheme") == "percent",
        periods=read_periods(exported.get("grading_periods")),
        standard=_standard(about, standards),
    )


def _read_group(document: Document, standards: Mapping[str, GradingStandard], taken: set[str]) -> AssignmentGroup:
    id_ = read_id(document, "id")
    found: dict[str, Assignment] = {}
    for each in document.get("assignments").records():
        assignment = _read_assignment(each, standards)
        if assignment.id in found or assignment.id in taken:
            each.report("duplicate_id", f"there is an assignment {assignment.id} already; this one is not read")
        elif assignment.id:
            found[assignment.id] = assignment
    assignments = tuple(found[each] for each in sorted(found, key=id_order))
    return AssignmentGroup(
        id=id_,
        name=document.text("name") or f"Assignment group {id_}",
        weight=document.amount("group_weight") or 0,
        drop=_read_rules(document.get("rules"), assignments),
        assignments=assignments,
    )


def _read_rules(document: Document, assignments: tuple[Assignment, ...]) -> DropRule:
    """Return the drop rule of a group: the exact optimum, and at least one result stays.

    Canvas drops the highest id of equals, but of the lowest among work that is all out of 0 the lowest id.
    """
    highest = document.count("drop_highest")
    unpointed = not highest and not any(each.points for each in assignments)
    return DropRule(
        lowest=document.count("drop_lowest"),
        highest=highest,
        never=tuple(dict.fromkeys(_never(document, {each.id for each in assignments}))),
        by=DropBy.BEST_TOTAL,
        ties=DropTies.FIRST if unpointed else DropTies.LAST,
        keep_at_least=1,
    )


def _never(document: Document, known: set[str]) -> Iterator[str]:
    listed = document.get("never_drop")
    if not isinstance(listed.value, (list, tuple)):
        if listed.value is not None:
            listed.report("wrong_value", "never_drop is no array of ids; it is not read")
        return
    for nth, value in enumerate(listed.value):
        each = Document({"id": value}, f"{listed.path}[{nth}]", document.problems)
        id_ = read_id(each, "id")
        if id_ in known:
            yield id_
        elif id_:
            each.report("unknown_id", f"assignment {id_} is not in this group; it protects nothing", Severity.NOTICE)


def _read_assignment(document: Document, standards: Mapping[str, GradingStandard]) -> Assignment:
    id_ = read_id(document, "id")
    grading_type = document.choice("grading_type", _GRADING_TYPES, GradingType.POINTS)
    types = _texts(document.get("submission_types"))
    absent = document.text("workflow_state") in _NOT_PUBLISHED or not document.truth("published", default=True)
    omitted = absent or document.truth("omit_from_final_grade")
    return Assignment(
        id=id_,
        name=document.text("name") or f"Assignment {id_}",
        points=document.amount("points_possible") or 0,
        grading_type=grading_type,
        standard=_standard(document, standards) or (DEFAULT if grading_type in BY_STANDARD else None),
        counts=not (omitted or types & _NEVER_GRADED or grading_type is GradingType.NOT_GRADED),
        due=read_time(document, "due_at"),
        visible_to=_visible_to(document),
        anonymous=document.truth("anonymous_grading"),
        anonymized=document.truth("anonymize_students"),
        expects_submission=not types & _NO_SUBMISSION,
        document=document,
    )


def _standard(document: Document, standards: Mapping[str, GradingStandard]) -> GradingStandard | None:
    """Return the grading standard that a document names; number 0 is Canvas's own."""
    id_ = read_id(document, "grading_standard_id", required=False)
    if not id_ or id_ in standards:
        return standards.get(id_)
    if id_ != "0":
        message = f"there is no grading standard {id_} among those given; Canvas's own is taken"
        document.get("grading_standard_id").report("unknown_id", message)
    return DEFAULT


def _visible_to(document: Document) -> frozenset[str] | None:
    """Return who an assignment is for, where it is not for everybody and the document says who has it."""
    if not document.truth("only_visible_to_overrides"):
        return None
    listed = document.get("assignment_visibility")
    if listed.value is None:
        return None
    if not isinstance(listed.value, (list, tuple)):
        listed.report("wrong_value", "assignment_visibility is no array of ids; everybody has the assignment")
        return None
    found = (
        Document({"id": value}, f"{listed.path}[{nth}]", document.problems) for nth, value in enumerate(listed.value)
    )
    return frozenset(id_ for id_ in (read_id(each, "id") for each in found) if id_)


def _texts(document: Document) -> frozenset[str]:
    if document.value is None:
        return frozenset()
    if isinstance(document.value, (list, tuple)) and all(isinstance(each, str) for each in document.value):
        return frozenset(document.value)
    document.report("wrong_value", "this is no array of texts; it is not read")
    return frozenset()
