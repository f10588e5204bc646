# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: a course as a gradebook, what each learner has in it, and the choices of what grades it.

A type of assignments is a category: the plain mean of its subsections' percents, whatever their points. Where there
are fewer than the policy promises, placeholders make up the number, and nobody can earn anything on them. How many
are lacking is each learner's own, since content may be hidden; spare placeholders are exempt.

A subsection is rounded half to even, and a course half away from zero after 0.05 % was added to it. That is why 2/3
and 1/4 of a type that weighs 75 % showed 35 % for six years and show 34 % now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from attrs import evolve

from ....exact import Exact, RoundingMode
from ....gradebook.aggregation import Mean
from ....gradebook.drops import DropRule, DropTies
from ....gradebook.items import Empty, GradeItem
from ....gradebook.tree import (
    ROOT_ID,
    Category,
    Gradebook,
)
from ....gradebook.weights import Rescale, WeightedMean
from ....marks import Mark, MarkValue, UngradedPolicy
from ....rounding import Rounding
from ....values import frozen
from .policy import AssignmentType, GradingPolicy
from .subsections import SubsectionGrade

UNWEIGHTED: Final = "unweighted"
"""The id of what stands in a course in which no type has a weight, and which nobody can earn: such a course is 0."""

_PLACEHOLDER: Final = " placeholder "
_TYPE: Final = " (type)"

FOUR_DECIMALS: Final = Rounding(2, RoundingMode.HALF_EVEN)
"""How a subsection is rounded today: its part of 1 to four decimals, so its percent to two."""

TWO_DECIMALS: Final = Rounding(0, RoundingMode.HALF_EVEN)
"""How a subsection was rounded from 2018 to 2024."""

COURSE_PERCENT: Final = Rounding(0, RoundingMode.HALF_UP, up_from=Fraction(45, 100))
"""How a course is rounded: to a whole percent, upwards from 45 hundredths of one."""


@frozen(kw_only=True)
class Grader:
    """How a course grade is worked out: what is rounded, how far, and which of two equals is dropped.

    A subsection in which nothing is possible for a learner is left out, unless `nothing_possible_is_zero`. Of what is
    equally low placeholders come after the assignments of the course, or `placeholders_first`.
    """

    subsection: Rounding | None = FOUR_DECIMALS
    course: Rounding | None = COURSE_PERCENT
    ties: DropTies = DropTies.LAST
    nothing_possible_is_zero: bool = False
    placeholders_first: bool = False


GRADER: Final = Grader()
"""What grades a course today."""

TWO_DECIMAL_GRADER: Final = Grader(subsection=TWO_DECIMALS)
"""What graded a course from 2018 to 2024."""

PROGRESS_PAGE: Final = Grader(
    subsection=None, course=None, ties=DropTies.FIRST, nothing_possible_is_zero=True, placeholders_first=True
)
"""What the summary of the progress page works out for itself."""


@frozen(kw_only=True)
class Subsection:
    """A subsection of the course; `type` is empty where it is not graded.

    `possible` is what it is worth to anybody, None where nobody says: then it is 1, which weighs like any other.
    """

    id: str
    name: str
    type: str = ""
    possible: Exact | None = None

    @property
    def worth(self) -> Exact:
        """What it is worth to anybody, and 1 where nobody says."""
        return 1 if self.possible is None else self.possible


Grades = Mapping[str, SubsectionGrade | str]
"""A learner's grades, by the id of the subsection; what is not in it is not attempted.

A text is a grade that cannot be read, as it was written, so that this learner and no other has an error.
"""


@frozen
class Course:
    """A grading policy, the subsections in the order of the course, and what grades it."""

    policy: GradingPolicy
    subsections: tuple[Subsection, ...] = ()
    grader: Grader = GRADER


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


def lay_out(course: Course, everybody: Mapping[str, Grades]) -> tuple[Gradebook, dict[str, dict[str, MarkValue]]]:
    """Return the gradebook, with as many placeholders as the learner with the least content lacks, and all marks."""
    present = {learner: _present(course, grades) for learner, grades in everybody.items()}
    counts = [_present(course, {}), *present.values()]
    lacking = {each.type: max(_lacking(each, count) for count in counts) for each in course.policy.types}
    marks = {
        learner: dict(_marks(course, grades)) | dict(_spare(course.policy, lacking, present[learner]))
        for learner, grades in everybody.items()
    }
    return _book(course, lacking), marks


def _present(course: Course, grades: Grades) -> Counter[str]:
    """Return how many subsections of each type a learner has."""
    return Counter(each.type for each in course.subsections if not _leaves(course, each, grades.get(each.id)))


def _lacking(type_: AssignmentType, present: Counter[str]) -> int:
    """Return how many placeholders a learner needs: up to the number promised, and one where there is nothing at all.

    A type with nothing in it comes to 0, as one with a zero in it does.
    """
    return max(max(type_.min_count, 1) - present[type_.type], 0)


def _leaves(course: Course, subsection: Subsection, grade: SubsectionGrade | str | None) -> bool:
    """Return whether nothing is possible for a learner here, so that the subsection is left out.

    What somebody has set by hand never is: a rejection that scores 0 would raise the grade by leaving.
    """
    if course.grader.nothing_possible_is_zero or isinstance(grade, str):
        return False
    graded = bool(subsection.type)
    if grade is None or grade.is_set(graded=graded):
        return not subsection.worth
    return not grade.score(graded=graded).possible


def _marks(course: Course, grades: Grades) -> Iterator[tuple[str, MarkValue]]:
    for each in course.subsections:
        grade = grades.get(each.id)
        if _leaves(course, each, grade):
            yield each.id, Mark(exempt=True, note="nothing is possible here for this learner")
        elif grade is not None:
            yield each.id, grade if isinstance(grade, str) else grade.mark(graded=bool(each.type), worth=each.possible)


def _spare(policy: GradingPolicy, lacking: Mapping[str, int], present: Counter[str]) -> Iterator[tuple[str, Mark]]:
    """Yield the placeholders that a learner does not need, as exempt."""
    for each in policy.types:
        for nth in range(_lacking(each, present), lacking[each.type]):
            yield placeholder_id(each.type, nth + 1), Mark(exempt=True, note="nothing is lacking here")


def _book(course: Course, lacking: Mapping[str, int]) -> Gradebook:
    policy = course.policy
    items: defaultdict[str, list[GradeItem]] = defaultdict(list)
    for each in course.subsections:
        items[each.type].append(_item(course.grader, each))
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
        round_result=course.grader.course,
        scheme=policy.cutoffs.scheme,
    )


def _category(course: Course, type_: AssignmentType, items: Sequence[GradeItem], lacking: int) -> Category:
    name = f"{type_.type} not yet in the course"
    placeholders = [GradeItem(name, 1, id=placeholder_id(type_.type, nth + 1)) for nth in range(lacking)]
    return Category(
        type_.type,
        (*placeholders, *items) if course.grader.placeholders_first else (*items, *placeholders),
        id=type_id(type_.type),
        weight=type_.weight * 100,
        aggregation=Mean(),
        drop=DropRule(lowest=type_.drop_count, ties=course.grader.ties, keep_at_least=0),
        empty=Empty.AS_UNGRADED,
        can_exceed=True,
    )


def _item(grader: Grader, subsection: Subsection) -> GradeItem:
    return GradeItem(
        subsection.name,
        subsection.worth or int(grader.nothing_possible_is_zero),
        id=subsection.id,
        can_exceed=True,
        round_result=grader.subsection,
    )
