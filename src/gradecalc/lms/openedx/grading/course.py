# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: a course as a gradebook, and what each learner has in it.

A type of assignments is a category: the plain mean of its subsections' percents, whatever their points. Where there
are fewer than the policy promises, placeholders make up the number, and nobody can earn anything on them. How many
are lacking is each learner's own, since content may be hidden; spare placeholders are exempt.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve, frozen

from ....exact import Exact
from ....gradebook.aggregation import Mean
from ....gradebook.drops import DropRule
from ....gradebook.items import GradeItem
from ....gradebook.tree import (
    ROOT_ID,
    Category,
    Empty,
    Gradebook,
)
from ....gradebook.weights import Rescale, WeightedMean
from ....marks import Mark, MarkValue, UngradedPolicy
from .policy import AssignmentType, GradingPolicy
from .roundings import GRADER, Calculation
from .scores import Score
from .subsections import SubsectionGrade

UNWEIGHTED: Final = "unweighted"
"""The id of what stands in a course in which no type has a weight, and which nobody can earn: such a course is 0."""

_PLACEHOLDER: Final = " placeholder "
_TYPE: Final = " (type)"


@frozen(kw_only=True)
class Subsection:
    """A subsection of the course; `type` is empty where it is not graded, `possible` what it is worth to anybody."""

    id: str
    name: str
    type: str = ""
    possible: Exact = 1


@frozen
class Unreadable:
    """A grade that is no grade, as it was written, so that this learner and no other has an error."""

    text: str


Grades = Mapping[str, SubsectionGrade | Unreadable]
"""A learner's grades, by the id of the subsection; what is not in it is not attempted."""


@frozen
class Course:
    """A grading policy, the subsections in the order of the course, and the calculation that grades it."""

    policy: GradingPolicy
    subsections: tuple[Subsection, ...] = ()
    calculation: Calculation = GRADER


@frozen
class Sheet:
    """A course as a gradebook, and everybody's marks in it."""

    book: Gradebook
    marks: Mapping[str, dict[str, MarkValue]]


def type_id(name: str) -> str:
    """Return the id of a type's category: its name, unless something else may have that id."""
    taken = name in (ROOT_ID, UNWEIGHTED) or _PLACEHOLDER in name or name.endswith(_TYPE)
    return f"{name}{_TYPE}" if taken else name


def placeholder_id(name: str, number: int) -> str:
    """Return the id of a type's placeholder, numbered from 1."""
    return f"{type_id(name)}{_PLACEHOLDER}{number}"


def is_taken(id_: str, type_ids: Collection[str]) -> bool:
    """Return whether an id is that of a type, a placeholder or the course, so that no subsection can have it."""
    owner, _, number = id_.rpartition(_PLACEHOLDER)
    return id_ in (ROOT_ID, UNWEIGHTED) or id_ in type_ids or (owner in type_ids and number.isdecimal())


def lay_out(course: Course, everybody: Mapping[str, Grades]) -> Sheet:
    """Return the gradebook, with as many placeholders as the learner with the least content lacks, and the marks."""
    present = {learner: _present(course, grades) for learner, grades in everybody.items()}
    counts = [_present(course, {}), *present.values()]
    lacking = {each.type: max(_lacking(each, count) for count in counts) for each in course.policy.types}
    marks = {
        learner: dict(_marks(course, grades)) | dict(_spare(course.policy, lacking, present[learner]))
        for learner, grades in everybody.items()
    }
    return Sheet(_book(course, lacking), marks)


def _present(course: Course, grades: Grades) -> Counter[str]:
    """Return how many subsections of each type a learner has."""
    return Counter(each.type for each in course.subsections if not _leaves(course, each, grades.get(each.id)))


def _lacking(type_: AssignmentType, present: Counter[str]) -> int:
    """Return how many placeholders a learner needs: up to the number promised, and one where there is nothing at all.

    A type with nothing in it comes to 0, as one with a zero in it does.
    """
    return max(max(type_.min_count, 1) - present[type_.type], 0)


def _leaves(course: Course, subsection: Subsection, grade: SubsectionGrade | Unreadable | None) -> bool:
    """Return whether nothing is possible for a learner here, so that the subsection leaves."""
    if course.calculation.nothing_possible_is_zero or isinstance(grade, Unreadable):
        return False
    return not (subsection.possible if grade is None else _score(subsection, grade).possible)


def _score(subsection: Subsection, grade: SubsectionGrade) -> Score:
    totals = grade.effective
    return totals.graded_problems if subsection.type else totals.all_problems


def _marks(course: Course, grades: Grades) -> Iterator[tuple[str, MarkValue]]:
    for each in course.subsections:
        grade = grades.get(each.id)
        if _leaves(course, each, grade):
            yield each.id, Mark(exempt=True, note="nothing is possible here for this learner")
        elif grade is not None:
            yield each.id, grade.text if isinstance(grade, Unreadable) else _mark(_score(each, grade), grade)


def _mark(score: Score, grade: SubsectionGrade) -> Mark:
    own = score.possible or None
    if grade.override is not None:
        by = grade.override.system or grade.override.by or None
        return Mark(score.earned if own else 0, out_of=own, by=by, note=grade.override.reason)
    return Mark(score.earned if own and (grade.attempted or score.earned) else None, out_of=own)


def _spare(policy: GradingPolicy, lacking: Mapping[str, int], present: Counter[str]) -> Iterator[tuple[str, Mark]]:
    """Yield the placeholders that a learner does not need, as exempt."""
    for each in policy.types:
        for nth in range(_lacking(each, present), lacking[each.type]):
            yield placeholder_id(each.type, nth + 1), Mark(exempt=True, note="nothing is lacking here")


def _book(course: Course, lacking: Mapping[str, int]) -> Gradebook:
    policy = course.policy
    items: defaultdict[str, list[GradeItem]] = defaultdict(list)
    for each in course.subsections:
        items[each.type].append(_item(course.calculation, each))
    types = [_category(course, each, items.pop(each.type, []), lacking[each.type]) for each in policy.types]
    weightless = not any(each.weight for each in policy.types)
    stand_in = [GradeItem("No type has a weight", 1, weight=100, id=UNWEIGHTED)] if weightless else []
    others = [evolve(item, counts=False) for rest in items.values() for item in rest]
    return Gradebook(
        (*types, *stand_in, *others),
        aggregation=WeightedMean(rescale=Rescale.NEVER),
        ungraded=UngradedPolicy.AS_ZERO,
        can_exceed=True,
        pass_mark=policy.cutoffs.pass_at,
        round_result=course.calculation.course,
        scheme=policy.cutoffs.scheme,
    )


def _category(course: Course, type_: AssignmentType, items: Sequence[GradeItem], lacking: int) -> Category:
    name = f"{type_.type} not yet in the course"
    placeholders = [GradeItem(name, 1, id=placeholder_id(type_.type, nth + 1)) for nth in range(lacking)]
    return Category(
        type_.type,
        (*items, *placeholders),
        id=type_id(type_.type),
        weight=type_.weight * 100,
        aggregation=Mean(),
        drop=DropRule(lowest=type_.drop_count, ties=course.calculation.ties),
        empty=Empty.AS_UNGRADED,
        can_exceed=True,
    )


def _item(calculation: Calculation, subsection: Subsection) -> GradeItem:
    return GradeItem(
        subsection.name,
        subsection.possible or int(calculation.nothing_possible_is_zero),
        id=subsection.id,
        can_exceed=True,
        round_result=calculation.subsection,
    )
