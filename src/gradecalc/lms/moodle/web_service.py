# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What Moodle's web service gives of everybody's grades (`gradereport_user_get_grade_items`), which a plugin has.

The items of a course stand once for each learner, each with its category, what it is out of, and the share that it
has for this learner. How a category aggregates is not said: points are added up where the shares are those of the
maxima, and else the shares are weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from attrs import evolve, field

from ...errors import Problem, Severity
from ...exact import Exact
from ...gradebook.aggregation import SumOfPoints
from ...gradebook.items import GradeItem
from ...gradebook.tree import Category, Gradebook
from ...gradebook.weights import WeightedMean
from ...marks import Mark, Marks, MarkValue
from ...values import frozen
from ..documents import AMOUNT, KEY, NUMBER, Document, read_document
from ..free_ids import Ids
from ..imported import Imported, Learner, Recorded
from ..records import named, read_record, read_records
from .grader_headings import COURSE_TOTAL

SYSTEM: Final = "moodle"

_COURSE: Final = "course"
_CATEGORY: Final = "category"
_EXCLUDED: Final = "excluded"
_NEAR: Final = Fraction(1, 1000)
_NOT_IN_THE_DOCUMENT: Final = Problem(
    "not_in_export",
    "",
    "the web service does not say how categories aggregate, what is dropped, or which category is in which: shares are "
    "taken as weights, or points added up where they are those of the maxima; state what applies in a definition",
    Severity.NOTICE,
)


@frozen(kw_only=True)
class ServedGrade:
    """One item of one learner's report."""

    id: str = field(metadata=named("id", KEY))
    name: str = field(default="", metadata=named("itemname"))
    type: str = field(default="", metadata=named("itemtype"))
    module: str = field(default="", metadata=named("itemmodule"))
    instance: str = field(default="", metadata=named("iteminstance", KEY))
    number: str = field(default="", metadata=named("idnumber"))
    category: str = field(default="", metadata=named("categoryid", KEY))
    points: Exact | None = field(default=None, metadata=named("graderaw", NUMBER))
    least: Exact = field(default=0, metadata=named("grademin", NUMBER))
    out_of: Exact = field(default=0, metadata=named("grademax", AMOUNT))
    share: Exact | None = field(default=None, metadata=named("weightraw", NUMBER))
    status: str = field(default="", metadata=named("status"))
    letter: str = field(default="", metadata=named("lettergradeformatted"))
    feedback: str = field(default="", metadata=named("feedback"))

    @property
    def mark(self) -> MarkValue:
        """The mark, None where there is none; what is excluded from the totals is exempt."""
        if self.status == _EXCLUDED:
            return Mark(self.points, exempt=True)
        return self.points

    @property
    def result(self) -> Recorded:
        """A total as it is recorded."""
        return Recorded(self.points, self.out_of, self.letter)


@frozen(kw_only=True)
class ServedLearner:
    """One learner's report: who, and the document of the items."""

    id: str = field(metadata=named("userid", KEY))
    name: str = field(default="", metadata=named("userfullname"))
    number: str = field(default="", metadata=named("useridnumber", KEY))
    grades: tuple[ServedGrade, ...] = ()

    @property
    def learner(self) -> Learner:
        """Who the learner is."""
        return Learner(self.id, institution_id=self.number, name=self.name)


def read_web_service(data: Any) -> Imported:
    """Return the gradebook and the marks of what the web service gives; no document makes this raise.

    `data` is JSON as text, bytes or parsed: an object with `usergrades`. An item's id is its name, a learner's the
    `userid`. The total of the course stands in `finals`, by `course total`, those of categories in `recorded`.
    """
    problems: list[Problem] = []
    document = read_document(data, "", problems)
    reports = [*_reports(document.get("usergrades"))]
    if not isinstance(document.value, Mapping) or "usergrades" not in document.value:
        problems.append(Problem("not_a_document", "usergrades", "there are no usergrades; call the function again"))
    items = {grade.id: grade for report in reversed(reports) for grade in report.grades}
    ordered = list(dict.fromkeys(grade.id for report in reports for grade in report.grades))
    served = _Course({id_: items[id_] for id_ in ordered}, reports)
    if reports:
        problems.append(_NOT_IN_THE_DOCUMENT)
    return Imported(
        served.gradebook(),
        {each.id: served.marks(each) for each in reports},
        tuple(problems),
        {each.id: each.learner for each in reports},
        {each.id: served.finals(each) for each in reports},
        {each.id: served.recorded(each) for each in reports},
        system=SYSTEM,
        feedback={each.id: said for each in reports if (said := served.feedback(each))},
    )


def _reports(documents: Document) -> Iterator[ServedLearner]:
    seen: set[str] = set()
    for each in documents.records():
        learner = read_record(ServedLearner, evolve(each, quoted=False))
        if learner is None or learner.id in seen:
            if learner is not None:
                each.report("duplicate_learner", "there is a report of this learner already; this one is not read")
            continue
        seen.add(learner.id)
        grades = {grade.id: grade for grade in read_records(ServedGrade, each.get("gradeitems").records())}
        yield evolve(learner, grades=tuple(grades.values()))


class _Course:
    """The items of the course by Moodle's id, and what each is called here."""

    def __init__(self, items: Mapping[str, ServedGrade], reports: Iterable[ServedLearner]) -> None:
        self.reports = tuple(reports)
        self.leaves = {id_: each for id_, each in items.items() if each.type not in (_COURSE, _CATEGORY)}
        self.branches = {each.instance: each for each in items.values() if each.type == _CATEGORY and each.instance}
        ids = Ids()
        self.ids = {id_: ids.free(each.name or f"Item {id_}", id_) for id_, each in self.leaves.items()}
        self.branch_ids = {
            instance: ids.free(each.name or f"Category {instance}", "category")
            for instance, each in self.branches.items()
        }

    def gradebook(self) -> Gradebook:
        """Return the gradebook: categories in the course, items in them or beside them."""
        inside: dict[str, list[str]] = {}
        for id_, each in self.leaves.items():
            inside.setdefault(each.category if each.category in self.branches else "", []).append(id_)
        children: list[GradeItem | Category] = [self._item(id_, None) for id_ in inside.pop("", [])]
        for instance, branch in self.branches.items():
            members = inside.get(instance, [])
            shares = self._shares([self.leaves[id_] for id_ in members])
            name = branch.name or f"Category {instance}"
            aggregation = WeightedMean() if shares else SumOfPoints()
            nodes = [self._item(id_, shares.get(id_)) for id_ in members]
            children.append(Category(name, nodes, id=self.branch_ids[instance], aggregation=aggregation))
        direct = [*(self.leaves[id_] for id_ in self.leaves if self.leaves[id_].category not in self.branches)]
        shares = self._shares([*direct, *self.branches.values()])
        if not shares:
            return Gradebook(children, aggregation=SumOfPoints())
        by_id = {self.ids[each.id]: shares[each.id] for each in direct}
        by_id |= {self.branch_ids[instance]: shares[each.id] for instance, each in self.branches.items()}
        weighted = [evolve(each, weight=by_id[each.id]) for each in children]
        return Gradebook(weighted, aggregation=WeightedMean())

    def marks(self, report: ServedLearner) -> Marks:
        """Return a learner's marks."""
        marks = ((self.ids[each.id], each.mark) for each in report.grades if each.id in self.ids)
        return {id_: mark for id_, mark in marks if mark is not None}

    def feedback(self, report: ServedLearner) -> dict[str, str]:
        """Return what was written to a learner, by item."""
        return {self.ids[each.id]: each.feedback for each in report.grades if each.feedback and each.id in self.ids}

    def finals(self, report: ServedLearner) -> dict[str, Recorded]:
        """Return the total of the course."""
        totals = (each.result for each in report.grades if each.type == _COURSE and each.points is not None)
        return dict(zip([COURSE_TOTAL], totals, strict=False))

    def recorded(self, report: ServedLearner) -> dict[str, Recorded]:
        """Return the totals of categories."""
        totals = [each for each in report.grades if each.type == _CATEGORY and each.points is not None]
        return {self.branch_ids[each.instance]: each.result for each in totals if each.instance in self.branch_ids}

    def _item(self, id_: str, share: Fraction | None) -> GradeItem:
        each = self.leaves[id_]
        least = each.least if 0 < each.least <= each.out_of else None
        name = each.name or f"Item {id_}"
        return GradeItem(name, each.out_of, weight=share, min_points=least, id=self.ids[id_])

    def _shares(self, siblings: Iterable[ServedGrade]) -> dict[str, Fraction]:
        """Return the weights of siblings in percent, by the first learner for whom all count; none where points add."""
        wanted = {each.id: each.out_of for each in siblings}
        for report in self.reports:
            graded = (each for each in report.grades if each.id in wanted)
            shares = {each.id: Fraction(each.share) for each in graded if each.share is not None}
            if wanted and shares.keys() == wanted.keys() and all(share > 0 for share in shares.values()):
                return {} if _are_of_points(shares, wanted) else {id_: 100 * each for id_, each in shares.items()}
        return {}


def _are_of_points(shares: Mapping[str, Fraction], maxima: Mapping[str, Exact]) -> bool:
    whole: Exact = sum(maxima.values())
    return bool(whole) and all(abs(Fraction(maxima[id_]) / whole - share) < _NEAR for id_, share in shares.items())
