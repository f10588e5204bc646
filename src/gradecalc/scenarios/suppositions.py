# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What becomes of a learner's grades if: marks, exemptions and settings that are only supposed, and what they change.

>>> from gradecalc import EXEMPT, Gradebook, GradeItem
>>> book = Gradebook([GradeItem("Quiz", max_points=10), GradeItem("Exam", max_points=90)])
>>> print(what_if(book, {"Quiz": 4, "Exam": 72}, {"Quiz": EXEMPT}))
Final grade  76.00 → 80.00  80.00 % instead of 76.00 %
  Quiz                      no score instead of 40.00 %; exempt, was counted; weighs 0 % of the final, was 10 %
  Exam                      weighs 100 % of the final, was 90 %
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import evolve

from ..errors import MarksError, Problem
from ..exact import write_short
from ..gradebook.tree import Gradebook
from ..grading.exemptions import enter
from ..grading.grading import Unknown, grade, read_marks
from ..grading.plan import Plan, compile_gradebook, plan_of
from ..grading.planned import PlannedItem
from ..marks import Marks, MarkValue, Reading, UngradedPolicy
from ..outline import Explained, Outline
from ..report.differences import DIFFERENCES, Aspect, Difference, differences, figure_with_symbol
from ..report.report import Report
from ..values import frozen
from .alterations import Additions, Alterations, Settings
from .judges import Judges, decisions_of, flips


@frozen
class WhatIf(Explained):
    """The report as it is and as it would be, and every difference, in book order, what judges decide last."""

    before: Report
    after: Report
    changes: tuple[Difference, ...]

    @property
    def flips(self) -> tuple[Difference, ...]:
        """Those of the changes that are what a judge decides otherwise (WI26)."""
        return tuple(change for change in self.changes if change.aspect is Aspect.DECISION)

    def outline(self) -> Outline:
        """Return what changes, a row for each line on which something does, and one for each judge."""
        told: dict[str, list[Difference]] = {}
        for change in self.changes:
            if change.aspect is not Aspect.DECISION:
                told.setdefault(change.id, []).append(change)
        after, own = self.after.final, told.pop(self.after.final.id, [])
        lines = [Outline(each[0].name, "", tuple(one.reason for one in each)) for each in told.values()]
        children = (*lines, *map(_flip, self.flips))
        notes = tuple(change.reason for change in own) or (() if children else (DIFFERENCES.reason("nothing"),))
        value = DIFFERENCES.phrase("becomes", figure_with_symbol(self.before.final), figure_with_symbol(after))
        return Outline(after.name, value, notes, children)


def _flip(change: Difference) -> Outline:
    """Return the row of a decision: its verdict before and after, and what the later one is made of."""
    was, now = (each.outline() for each in decisions_of(change))
    return evolve(now, label=change.name, value=DIFFERENCES.phrase("becomes", was.value, now.value))


def what_if(  # noqa: PLR0913 - each a kind of change, by name
    plan: Plan | Gradebook,
    marks: Marks,
    changes: Mapping[str, MarkValue] | None = None,
    *,
    add: Additions | None = None,
    drop: Collection[str] = (),
    keep: Collection[str] = (),
    settings: Settings | None = None,
    ungraded: UngradedPolicy | None = None,
    judges: Judges | None = None,
) -> WhatIf:
    """Return what these marks come to, what they would come to, and what is then another. Rules WI1 to WI5, WI26.

    `changes` maps ids to supposed marks: a number, `EXEMPT`, or `UNGRADED` for what is neither. `drop` lists what is
    not to count, and `keep` what no rule may drop. `add` maps the id of a branch to work that is not in it yet, and
    `settings` an id to other values of its fields, as in `{"Exam": {"weight": 50}, "final": {"scheme": scheme}}`.
    `judges` maps names to functions from a report to a verdict or a decision, such as of a release condition.
    Raises `MarksError` for marks that do not fit, one beyond a maximum that cannot be exceeded among them, and
    `DefinitionError` for changes that the gradebook cannot have, and for what is no judge.
    """
    alterations = Alterations(settings=settings or {}, add=add or {}, drop=drop, keep=keep)
    return Supposition.of(plan, alterations, changes or {}, ungraded, judges or {}).of_learner(marks)


@frozen
class Supposition:
    """What is supposed, made ready to be asked of one learner or of many."""

    now: Plan
    then: Plan
    changes: Mapping[str, MarkValue]
    ungraded: UngradedPolicy | None
    judges: Judges

    @classmethod
    def of(
        cls,
        plan: Plan | Gradebook,
        alterations: Alterations,
        changes: Mapping[str, MarkValue],
        ungraded: UngradedPolicy | None,
        judges: Judges,
    ) -> Supposition:
        """Return the supposition; raises `DefinitionError` for changes that the gradebook cannot have."""
        now = plan_of(plan)
        then = compile_gradebook(alterations.apply(now.gradebook)) if alterations.any() else now
        return cls(now, then, changes, ungraded, judges)

    def of_learner(self, marks: Marks) -> WhatIf:
        """Return what it changes for these marks; raises `MarksError`."""
        before = grade(self.now, marks, ungraded=self.ungraded)
        after = grade(self.then, supposed(self.then, marks, self.changes), ungraded=self.ungraded)
        return WhatIf(before, after, (*differences(before, after), *flips(self.judges, before, after)))


def supposed(plan: Plan, marks: Marks, changes: Mapping[str, MarkValue]) -> dict[str, MarkValue]:
    """Return the marks with the changes entered, as a teacher enters them (X11); raises `MarksError` (WI3)."""
    read = read_marks(plan, changes, Unknown.REFUSE)
    problems = [problem for line, reading in read.items() if (problem := beyond_maximum(plan, line, reading))]
    if problems:
        raise MarksError(problems)
    entered = dict(marks)
    for id_, value in changes.items():
        entered = enter(plan, entered, id_, value)
    return entered


def beyond_maximum(plan: Plan, line: int, reading: Reading) -> Problem | None:
    """Return what is wrong with a mark above a maximum that its item cannot exceed, if it is."""
    planned = plan.lines[line]
    if not isinstance(planned, PlannedItem) or reading.points is None or not planned.capped or planned.cap is not None:
        return None
    most = planned.max_points if reading.out_of is None else reading.out_of
    if reading.points <= most:
        return None
    message = (
        f"{write_short(reading.points)} points are beyond the maximum of {planned.id!r}; at most {write_short(most)} "
        "will do, or an item that can_exceed"
    )
    return Problem("beyond_maximum", planned.id, message)
