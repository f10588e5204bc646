# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: a course grade as it is broken down, `HW 01`, `HW 02`, `HW Avg`, from a report, and as it is stored.

>>> from gradecalc import grade
>>> from gradecalc.lms.openedx.grading.policy import read_policy
>>> from gradecalc.lms.openedx.grading.reading import read
>>> policy = {"GRADER": [
...     {"type": "Homework", "short_label": "HW", "min_count": 2, "drop_count": 0, "weight": 0.6},
...     {"type": "Exam", "min_count": 1, "drop_count": 0, "weight": 0.4}]}
>>> imported = read(policy, [{"usage_key": "hw1", "format": "Homework"}])
>>> print(break_down(read_policy(policy)[0], grade(imported.gradebook, {"hw1": 0.5})))
Course grade  15.00 %  Fail
  HW 01       50.00 %
  HW 02        0.00 %
  HW Avg      25.00 %  15.00% of a possible 60.00%
  Exam         0.00 %  0.00% of a possible 40.00%

What is stored is the figure of the last update, and the first time that it passed, for good.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from typing import Final

from attrs import field

from ....exact import Number, lenient
from ....fields import Checked, number
from ....moments import has_zone, utc
from ....outline import Explained, Outline
from ....reasons import NUMBERS, ReasonTexts, Said, Shown
from ....report.report import Report
from ....report.results import Result, Treatment
from ....rounding import Rounding
from ....values import frozen
from .gradebook import placeholder_id, type_id
from .policy import AssignmentType, GradingPolicy

_SHOWN: Final = Rounding(2)


COURSE_GRADE: Final = ReasonTexts(
    "course grade",
    {
        "course_grade": "Course grade",
        "dropped": "dropped",
    },
)
"""What a course grade says."""


@frozen(kw_only=True)
class BreakdownRow:
    """One row of a type: an assignment, or, where it is `prominent`, the whole type; percents are as they are used."""

    label: str
    percent: Fraction
    category: str
    prominent: bool = False
    dropped: bool = False


@frozen(kw_only=True)
class Contribution:
    """What one type adds to the course, in percent of it, of what it can add."""

    type: str
    percent: Fraction
    possible: Fraction
    rows: tuple[BreakdownRow, ...]

    @property
    def detail(self) -> str:
        """Both in words."""
        return f"{_SHOWN.show(self.percent)}% of a possible {_SHOWN.show(self.possible)}%"


@frozen(kw_only=True)
class Breakdown(Explained):
    """A course grade, its letter (None below every grade), and what each type adds."""

    percent: Fraction
    letter: str | None
    shown_letter: str
    contributions: tuple[Contribution, ...]

    @property
    def rows(self) -> tuple[BreakdownRow, ...]:
        """The rows of all types."""
        return tuple(row for each in self.contributions for row in each.rows)

    def outline(self) -> Outline:
        """Return the breakdown as an outline, one row for each of its own."""
        below = [_outline(row, each) for each in self.contributions for row in each.rows]
        return Outline(COURSE_GRADE.phrase("course_grade"), _percent(self.percent), (self.shown_letter,), below)


@frozen(kw_only=True)
class StoredCourseGrade(Checked):
    """A stored course grade in percent; `letter` is None below every grade, and `first_passed` if it never passed."""

    percent: Fraction = field(converter=lenient, metadata=number())
    letter: str | None = None
    first_passed: datetime | None = field(default=None, validator=has_zone)


def update(
    stored: StoredCourseGrade | None, *, percent: Number, letter: str | None, passed: bool, now: datetime
) -> StoredCourseGrade:
    """Return what is stored after an update: the first passing stays, however the grade moves afterwards."""
    moment = utc(now)
    earlier = None if stored is None else stored.first_passed
    return StoredCourseGrade(percent=percent, letter=letter, first_passed=earlier or (moment if passed else None))


def break_down(policy: GradingPolicy, report: Report) -> Breakdown:
    """Return the breakdown of a report on a gradebook that was read with this policy."""
    percent = report.final.percent or Fraction(0)
    letter = policy.cutoffs.letter(percent)
    return Breakdown(
        percent=percent,
        letter=letter,
        shown_letter=letter or policy.cutoffs.failing,
        contributions=tuple(_contribution(each, report) for each in policy.types),
    )


def _contribution(type_: AssignmentType, report: Report) -> Contribution:
    percent = report[type_id(type_.type)].percent or Fraction(0)
    rows = tuple(_rows(type_, _assignments(type_, report), percent))
    return Contribution(type=type_.type, percent=percent * type_.weight, possible=100 * type_.weight, rows=rows)


def _assignments(type_: AssignmentType, report: Report) -> list[Result]:
    """Return the assignments that a learner has of a type; a placeholder in a type that promises none is not one."""
    layout = report.layout
    ids = [layout.headings[line].id for line in layout.below[layout.index[type_id(type_.type)]]]
    stand_in = None if type_.min_count else placeholder_id(type_.type, 1)
    results = [report[id_] for id_ in ids if id_ != stand_in]
    return [result for result in results if result.treatment is not Treatment.EXEMPT]


def _rows(type_: AssignmentType, assignments: list[Result], percent: Fraction) -> Iterator[BreakdownRow]:
    """Yield the rows of a type: of one assignment that alone, and of several each with its number, and the average."""
    if len(assignments) == 1:
        yield BreakdownRow(label=type_.label, percent=percent, category=type_.category, prominent=True)
        return
    if not type_.show_only_average:
        for nth, result in enumerate(assignments, start=type_.starting_index):
            yield BreakdownRow(
                label=f"{type_.label} {nth:02d}",
                percent=result.percent or Fraction(0),
                category=type_.category,
                dropped=result.treatment is Treatment.DROPPED,
            )
    if not type_.hide_average:
        yield BreakdownRow(label=f"{type_.label} Avg", percent=percent, category=type_.category, prominent=True)


def _outline(row: BreakdownRow, contribution: Contribution) -> Outline:
    notes = [COURSE_GRADE.phrase("dropped")] if row.dropped else [contribution.detail] if row.prominent else []
    return Outline(row.label, _percent(row.percent), notes)


def _percent(percent: Fraction) -> Said:
    return NUMBERS.phrase("percent", Shown(percent, _SHOWN.show(percent)))
