# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: the summary that a learner's progress page shows: what is visible, what counts so far, what is completed.

What is hidden is a zero in the visible average, and what does not count yet a zero in the final figure. The page has
rounding and dropping of its own, which are those of `PROGRESS_PAGE`. All figures are in percent.

>>> from datetime import UTC, timedelta
>>> from gradecalc.lms.openedx.grading.policy import read_policy
>>> now = datetime(2026, 5, 4, tzinfo=UTC)
>>> policy, _ = read_policy({"GRADER": [{"type": "Lab", "min_count": 2, "drop_count": 0, "weight": 1}]})
>>> results = [
...     PageResult("lab1", "Lab", Score(8, 10)),
...     PageResult("lab2", "Lab", Score(2, 10), setting="past_due", due=now + timedelta(days=3)),
... ]
>>> print(summarize_progress(policy, results, now=now))
Final figure  50.00 %
  Lab         40.00 %  weighs 100 %; hidden: some; changes 2026-05-07
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from ....errors import DefinitionError, Problem
from ....exact import (
    RoundingMode,
    describe,
    ratio,
    write_exact,
)
from ....fields import Checked, one_of, text
from ....grading.grading import grade
from ....moments import has_zone, utc
from ....outline import Outline
from ....release_conditions import check
from ....release_conditions.facts import LearnerFacts
from ....release_conditions.predicates import Condition
from ....rounding import Rounding
from ....verdicts import Verdict
from ..release.result_visibility import (
    STAFF_ROLE,
    ShowCorrectness,
    results_count,
    results_shown,
)
from .course import (
    Course,
    Subsection,
    lay_out,
    type_id,
)
from .policy import AssignmentType, GradingPolicy
from .roundings import PROGRESS_PAGE
from .scores import Score
from .subsections import SubsectionGrade

_FIGURE: Final = Rounding(2)
_SHARE: Final = Rounding(0, RoundingMode.HALF_EVEN)


class Hidden(Enum):
    """How much of a type somebody does not see."""

    NONE = "none"
    SOME = "some"
    ALL = "all"


@frozen
class PageResult(Checked):
    """A learner's result on a subsection, and when it is shown; `counts` is None where its setting says so."""

    id: str = field(metadata=text())
    type: str = field(metadata=text())
    score: Score = field(metadata=one_of(Score))
    setting: str | None = field(default=None, kw_only=True)
    due: datetime | None = field(default=None, validator=has_zone, kw_only=True)
    counts: bool | None = field(default=None, metadata=one_of(bool, optional=True), kw_only=True)


@frozen(kw_only=True)
class TypeSummary:
    """The average of what is visible of a type, what that adds to the course, and when the last hidden result moves."""

    type: str
    weight: Fraction
    visible: Fraction
    weighted: Fraction
    hidden: Hidden
    changes: datetime | None


@frozen(kw_only=True)
class ProgressSummary:
    """What is shown of every type, and the final figure of what counts so far."""

    types: tuple[TypeSummary, ...]
    final: Fraction

    def outline(self) -> Outline:
        """Return the summary as an outline, one row for each type."""
        return Outline("Final figure", f"{_FIGURE.show(self.final)} %", (), map(_outline, self.types))

    def _repr_html_(self) -> str:
        return self.outline().html()

    def __str__(self) -> str:
        return self.outline().text()


@frozen(kw_only=True)
class CompletionShares:
    """How many units there are, and how many of a hundred are complete, locked and incomplete."""

    total: int
    complete: Fraction
    locked: Fraction
    incomplete: Fraction


def summarize_progress(
    policy: GradingPolicy, results: Sequence[PageResult], *, now: datetime, staff: bool = False
) -> ProgressSummary:
    """Return what the progress page says now; staff see what is only not yet due."""
    facts = LearnerFacts(now=utc(now), roles=[STAFF_ROLE] if staff else [])
    seen = {each.id for each in results if _holds(results_shown(each.setting, each.due), facts)}
    counted = {each.id for each in results if _counts(each, facts)}
    course = Course(
        policy, tuple(Subsection(id=each.id, name=each.id, type=each.type) for each in results), PROGRESS_PAGE
    )
    grades = {each.id: SubsectionGrade(each.score, each.score) for each in results}
    views = {"seen": seen, "counted": counted}
    sheet = lay_out(course, {view: {id_: grades[id_] for id_ in ids} for view, ids in views.items()})
    reports = {view: grade(sheet.book, marks) for view, marks in sheet.marks.items()}
    averages = {each.type: reports["seen"][type_id(each.type)].percent or Fraction(0) for each in policy.types}
    types = (
        _summary(each, averages[each.type], [result for result in results if result.type == each.type], seen, now)
        for each in policy.types
    )
    return ProgressSummary(types=tuple(types), final=_figure(reports["counted"].final.percent or Fraction(0)))


def share_completion(complete: int, incomplete: int, locked: int) -> CompletionShares:
    """Return the shares of units in percent, halves to the even one; what is incomplete is the rest."""
    counts = {"complete": complete, "incomplete": incomplete, "locked": locked}
    problems = [
        Problem("out_of_range", name, f"{name} is {describe(count)}; it must be a whole number of 0 or more")
        for name, count in counts.items()
        if type(count) is not int or count < 0
    ]
    if problems:
        raise DefinitionError(problems)
    total = sum(counts.values())
    done, shut = (Fraction(_SHARE.apply(ratio(count * 100, total))) if total else 0 for count in (complete, locked))
    rest = (100 if total else 0) - done - shut
    return CompletionShares(total=total, complete=Fraction(done), locked=Fraction(shut), incomplete=Fraction(rest))


def _holds(condition: Condition, facts: LearnerFacts) -> bool:
    return check(condition, facts).verdict is Verdict.MET


def _counts(result: PageResult, facts: LearnerFacts) -> bool:
    return _holds(results_count(result.setting, result.due), facts) if result.counts is None else result.counts


def _summary(
    type_: AssignmentType, average: Fraction, results: Sequence[PageResult], seen: set[str], now: datetime
) -> TypeSummary:
    unseen = [each for each in results if each.id not in seen]
    moves = [
        each.due
        for each in unseen
        if each.due is not None and each.due > now and ShowCorrectness.read(each.setting) is not ShowCorrectness.NEVER
    ]
    return TypeSummary(
        type=type_.type,
        weight=type_.weight,
        visible=_figure(average),
        weighted=_figure(average * type_.weight),
        hidden=Hidden.NONE if not unseen else Hidden.ALL if len(unseen) == len(results) else Hidden.SOME,
        changes=max(moves, default=None),
    )


def _figure(percent: Fraction) -> Fraction:
    return Fraction(_FIGURE.apply(percent))


def _outline(each: TypeSummary) -> Outline:
    notes = [f"weighs {write_exact(each.weight * 100)} %", f"hidden: {each.hidden.value}"]
    if each.changes is not None:
        notes.append(f"changes {each.changes.date().isoformat()}")
    return Outline(each.type, f"{_FIGURE.show(each.visible)} %", notes)
