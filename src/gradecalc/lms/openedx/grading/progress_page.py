# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: the summary that a learner's progress page shows: what is visible, what counts so far, what is completed.

What is hidden is a zero in the visible average, and what does not count yet a zero in the final figure; what is dropped
is chosen by the scores, hidden or not. The page has rounding and dropping of its own, which are those of
`PROGRESS_PAGE`. All figures are in percent, but for weights,
which are parts of 1 as in the policy. Nothing here grades: the caller hands over the function that does.

>>> from datetime import UTC, timedelta
>>> from gradecalc import grade
>>> from gradecalc.lms.openedx.grading.policy import read_policy
>>> now = datetime(2026, 5, 4, tzinfo=UTC)
>>> policy, _ = read_policy({"GRADER": [{"type": "Lab", "min_count": 2, "drop_count": 0, "weight": 1}]})
>>> results = [
...     PageResult("lab1", "Lab", Score(8, 10)),
...     PageResult("lab2", "Lab", Score(2, 10), setting="past_due", due=now + timedelta(days=3)),
... ]
>>> print(summarize_progress(policy, results, grade, now=now))
Final figure  50.00 %
  Lab         40.00 %  weighs 100 %; hidden: some; changes 2026-05-07
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from enum import Enum
from fractions import Fraction
from typing import Final

from attrs import field

from ....errors import DefinitionError, Problem
from ....exact import (
    RoundingMode,
    describe,
    ratio,
    total,
    write_exact,
)
from ....fields import Checked, one_of, text
from ....gradebook.tree import Gradebook
from ....marks import MarkValue
from ....moments import has_zone, utc
from ....outline import Explained, Outline
from ....reasons import NUMBERS, ReasonTexts, Said, Shown, say
from ....release_conditions import check
from ....release_conditions.facts import LearnerFacts
from ....release_conditions.predicates import Condition
from ....report.report import Report
from ....report.results import Result, Treatment
from ....rounding import Rounding
from ....values import frozen
from ....verdicts import Verdict
from ..release.result_visibility import (
    STAFF_ROLE,
    ShowCorrectness,
    results_count,
    results_shown,
)
from .gradebook import (
    PROGRESS_PAGE,
    Course,
    Subsection,
    lay_out,
    type_id,
)
from .policy import AssignmentType, GradingPolicy
from .scores import Score
from .subsections import SubsectionGrade

_FIGURE: Final = Rounding(2)
_LEARNER: Final = "learner"
_SHARE: Final = Rounding(0, RoundingMode.HALF_EVEN)

Grading = Callable[[Gradebook, Mapping[str, MarkValue]], Report]
"""What grades marks on a gradebook, such as `gradecalc.grade`."""


PROGRESS_PAGE_TEXTS: Final = ReasonTexts(
    "progress page",
    {
        "changes": "changes {0}",
        "final_figure": "Final figure",
        "hidden": "hidden: {0}",
        "weighs": "weighs {0} %",
    },
)
"""What a progress page says."""


class Hidden(Enum):
    """How much of a type somebody does not see."""

    NONE = "none"
    SOME = "some"
    ALL = "all"


@frozen
class PageResult(Checked):
    """A learner's result on a subsection, and the setting and the due date that say when it is shown and counts."""

    id: str = field(metadata=text())
    type: str = field(metadata=text())
    score: Score = field(metadata=one_of(Score))
    setting: str | None = field(default=None, kw_only=True)
    due: datetime | None = field(default=None, validator=has_zone, kw_only=True)


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
class ProgressSummary(Explained):
    """What is shown of every type, and the final figure of what counts so far."""

    types: tuple[TypeSummary, ...]
    final: Fraction

    def outline(self) -> Outline:
        """Return the summary as an outline, one row for each type."""
        return Outline(PROGRESS_PAGE_TEXTS.phrase("final_figure"), _percent(self.final), (), map(_outline, self.types))


@frozen(kw_only=True)
class CompletionShares:
    """How many units there are, and how many of a hundred are complete, locked and incomplete."""

    total: int
    complete: Fraction
    locked: Fraction
    incomplete: Fraction


def summarize_progress(  # noqa: PLR0913 - what is shown, how it is graded, and to whom
    policy: GradingPolicy,
    results: Sequence[PageResult],
    grading: Grading,
    *,
    now: datetime,
    staff: bool = False,
    counting: Collection[str] | None = None,
) -> ProgressSummary:
    """Return what the progress page says now; staff also see what is merely not yet due.

    `counting` has the ids of what counts so far, where the platform has said it; else the settings say it.
    """
    facts = LearnerFacts(now=utc(now), roles=[STAFF_ROLE] if staff else [])
    seen = {each.id for each in results if _holds(results_shown(each.setting, each.due), facts)}
    counted = {each.id for each in results if _holds(results_count(each.setting, each.due), facts)}
    counted = counted if counting is None else {*counting}
    subsections = tuple(Subsection(id=each.id, name=each.id, type=each.type) for each in results)
    grades = {each.id: SubsectionGrade(each.score) for each in results}
    book, marks = lay_out(Course(policy, subsections, PROGRESS_PAGE), {_LEARNER: grades})
    report = grading(book, marks[_LEARNER])
    kept = {each: _kept(each, report) for each in policy.types}
    types = tuple(_summary(each, kept[each], results, seen, now) for each in policy.types)
    final = total(_average(kept[each], counted) * each.weight for each in policy.types)
    return ProgressSummary(types=types, final=_figure(Fraction(final)))


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


def _kept(type_: AssignmentType, report: Report) -> list[Result]:
    """Return the results of a type that are not dropped, placeholders among them."""
    layout = report.layout
    lines = layout.below[layout.index[type_id(type_.type)]]
    every = [report[layout.headings[line].id] for line in lines]
    return [each for each in every if each.treatment is not Treatment.DROPPED]


def _average(kept: Sequence[Result], ids: Collection[str]) -> Fraction:
    """Return the mean of what is kept, in which all but these are zeros."""
    percents = [each.percent or Fraction(0) for each in kept if each.id in ids]
    return Fraction(total(percents)) / (len(kept) or 1)


def _summary(
    type_: AssignmentType, kept: Sequence[Result], results: Sequence[PageResult], seen: set[str], now: datetime
) -> TypeSummary:
    average = _average(kept, seen)
    unseen = [each for each in results if each.type == type_.type and each.id not in seen]
    hidden = {each.id for each in unseen} & {each.id for each in kept}
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
        hidden=Hidden.NONE if not hidden else Hidden.ALL if len(hidden) == len(kept) else Hidden.SOME,
        changes=max(moves, default=None),
    )


def _figure(percent: Fraction) -> Fraction:
    return Fraction(_FIGURE.apply(percent))


def _outline(each: TypeSummary) -> Outline:
    notes = [
        PROGRESS_PAGE_TEXTS.phrase("weighs", each.weight * 100, show=write_exact),
        PROGRESS_PAGE_TEXTS.phrase("hidden", say(each.hidden)),
    ]
    if each.changes is not None:
        notes.append(PROGRESS_PAGE_TEXTS.phrase("changes", each.changes.date().isoformat()))
    return Outline(each.type, _percent(each.visible), notes)


def _percent(percent: Fraction) -> Said:
    return NUMBERS.phrase("percent", Shown(percent, _FIGURE.show(percent)))
