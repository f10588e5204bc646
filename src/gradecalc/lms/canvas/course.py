# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A course as Canvas describes it: assignment groups with their rules, and the assignments in them.

Everything is in the order of its id, which is the order in which Canvas settles ties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from attrs import evolve, field

from ...errors import Severity
from ...exact import Exact
from ...gradebook.drops import DropBy, DropRule, DropTies, Unpointed
from ...values import frozen
from ..documents import (
    AMOUNT,
    MOMENT,
    TEXT,
    TRUTH,
    Document,
    Expected,
    one_of,
)
from ..records import enter, named, read_record
from .entry import BY_STANDARD, GradingType
from .ids import ID, id_order, read_ids
from .periods import GradingPeriods, read_periods
from .standards import DEFAULT, GradingStandard, read_standards

_GRADING_TYPES: Final[Mapping[str, GradingType]] = {each.value: each for each in GradingType}
_NEVER_GRADED: Final = frozenset({"not_graded", "wiki_page"})
_NOT_PUBLISHED: Final = frozenset({"unpublished", "deleted"})
_NO_SUBMISSION: Final = frozenset({"none", "on_paper", *_NEVER_GRADED})


def _texts(value: Any) -> frozenset[str]:
    if isinstance(value, (list, tuple)):
        return frozenset(map(TEXT.read, value))
    raise ValueError


_TEXTS: Final = Expected("an array of texts", _texts)


@frozen(kw_only=True)
class Assignment:
    """One assignment; `visible_to` is None where everybody has it.

    `anonymized` is true while Canvas hides whose its submissions are.
    """

    id: str = field(metadata=named("id", ID))
    name: str = field(metadata=named("name"))
    points: Exact = field(default=0, metadata=named("points_possible", AMOUNT))
    grading_type: GradingType = field(
        default=GradingType.POINTS, metadata=named("grading_type", one_of(_GRADING_TYPES))
    )
    submission_types: frozenset[str] = field(default=frozenset(), metadata=named("submission_types", _TEXTS))
    state: str = field(default="", metadata=named("workflow_state"))
    published: bool = field(default=True, metadata=named("published", TRUTH))
    omitted: bool = field(default=False, metadata=named("omit_from_final_grade", TRUTH))
    due: datetime | None = field(default=None, metadata=named("due_at", MOMENT))
    anonymous: bool = field(default=False, metadata=named("anonymous_grading", TRUTH))
    anonymized: bool = field(default=False, metadata=named("anonymize_students", TRUTH))
    posted_by_hand: bool = field(default=False, metadata=named("post_manually", TRUTH))
    standard: GradingStandard | None = None
    visible_to: frozenset[str] | None = None
    document: Document = field(eq=False, repr=False)

    @name.default
    def _numbered(self) -> str:
        return f"Assignment {self.id}"

    @property
    def counts(self) -> bool:
        """Whether Canvas's calculator looks at it, and is not told to omit it."""
        if self.omitted or not self.published or self.state in _NOT_PUBLISHED:
            return False
        return not (self.submission_types & _NEVER_GRADED or self.grading_type is GradingType.NOT_GRADED)

    @property
    def expects_submission(self) -> bool:
        """Whether anything is to be handed in here."""
        return not self.submission_types & _NO_SUBMISSION


@frozen(kw_only=True)
class AssignmentGroup:
    """A group of assignments, its weight in a course by percent, and which of its results are dropped."""

    id: str = field(metadata=named("id", ID))
    name: str = field(metadata=named("name"))
    weight: Exact = field(default=0, metadata=named("group_weight", AMOUNT))
    drop: DropRule = field(factory=DropRule)
    assignments: tuple[Assignment, ...] = ()

    @name.default
    def _numbered(self) -> str:
        return f"Assignment group {self.id}"


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

    def period_of(self, assignment: Assignment, own: str = "") -> str:
        """Return the id of the period in which a learner has an assignment: that of the learner's `own` due date.

        Where that one is not known it is the assignment's.
        """
        known = any(own == each.id for each in self.periods.periods)
        return own if known else self.periods.period_of(assignment.due)


def read_course(exported: Document) -> Course:
    """Return the course that the documents in an export describe."""
    standards = read_standards(exported.get("grading_standards"))
    about = exported.get("course")
    own = _standard(about, standards)
    return Course(
        groups=tuple(_read_groups(exported.get("assignment_groups"), standards, own or DEFAULT)),
        by_percent=about.truth("apply_assignment_group_weights") or about.text("group_weighting_scheme") == "percent",
        periods=read_periods(exported.get("grading_periods")),
        standard=own,
    )


def _read_groups(
    documents: Document, standards: Mapping[str, GradingStandard], otherwise: GradingStandard
) -> Iterator[AssignmentGroup]:
    """Yield the groups in the order of their ids; no two of their assignments have one id."""
    groups: dict[str, AssignmentGroup] = {}
    everything: dict[str, Assignment] = {}
    for each in documents.records():
        group = read_record(AssignmentGroup, each)
        if group and enter(groups, group.id, group, each, "an assignment group"):
            read = _read_assignments(each.get("assignments"), standards, otherwise, everything)
            assignments = tuple(sorted(read, key=lambda each: id_order(each.id)))
            drop = _read_rules(each.get("rules"), assignments)
            groups[group.id] = evolve(group, drop=drop, assignments=assignments)
    yield from (groups[id_] for id_ in sorted(groups, key=id_order))


def _read_assignments(
    documents: Document,
    standards: Mapping[str, GradingStandard],
    otherwise: GradingStandard,
    everything: dict[str, Assignment],
) -> Iterator[Assignment]:
    """Yield the assignments; one graded by a standard, that has none of its own, has the course's."""
    for each in documents.records():
        assignment = read_record(
            Assignment, each, standard=_standard(each, standards), visible_to=_visible_to(each), document=each
        )
        if assignment and enter(everything, assignment.id, assignment, each, "an assignment"):
            by_standard = assignment.standard is None and assignment.grading_type in BY_STANDARD
            yield evolve(assignment, standard=otherwise) if by_standard else assignment


def _read_rules(document: Document, assignments: tuple[Assignment, ...]) -> DropRule:
    """Return the drop rule of a group: what Canvas's search finds, and at least one result stays."""
    return DropRule(
        lowest=document.count("drop_lowest"),
        highest=document.count("drop_highest"),
        never=tuple(dict.fromkeys(_never(document.get("never_drop"), {each.id for each in assignments}))),
        by=DropBy.BEST_TOTAL,
        ties=DropTies.LAST,
        keep_at_least=1,
        unpointed=Unpointed.FIRST,
    )


def _never(listed: Document, known: set[str]) -> Iterator[str]:
    for id_, each in read_ids(listed):
        if id_ in known:
            yield id_
        else:
            each.report("unknown_id", f"assignment {id_} is not in this group; it protects nothing", Severity.NOTICE)


def _standard(document: Document, standards: Mapping[str, GradingStandard]) -> GradingStandard | None:
    """Return the grading standard that a document names; number 0 is Canvas's own."""
    stated = document.get("grading_standard_id")
    id_ = stated.read(ID, "", "grading_standard_id")
    if not id_ or id_ in standards:
        return standards.get(id_)
    if id_ != "0":
        message = f"there is no grading standard {id_} among those given; Canvas's own is taken"
        stated.report("unknown_id", message)
    return DEFAULT


def _visible_to(document: Document) -> frozenset[str] | None:
    """Return who an assignment is for, where it is not for everybody and the document says who has it."""
    if not document.truth("only_visible_to_overrides"):
        return None
    listed = document.get("assignment_visibility")
    if listed.value is None:
        return None
    found = frozenset(id_ for id_, _ in read_ids(listed))
    return found if isinstance(listed.value, (list, tuple)) else None
