# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What another rule or other marks would do to a class, and who in it stands where.

>>> from gradecalc import EXEMPT, Gradebook, GradeItem
>>> book = Gradebook([GradeItem("Quiz", max_points=40), GradeItem("Exam", max_points=60)], pass_mark=50)
>>> people = {"Ada": {"Quiz": 36}, "Bob": {"Quiz": 8}}
>>> print(risk(book, people))
a pass
  Ada   needs 14 on Exam
  Bob   needs 42 on Exam
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from typing import Final

from attrs import field

from ..errors import MarksError, Problem
from ..exact import describe
from ..gradebook.tree import Gradebook
from ..grading.grading import Unknown, grade, read_marks
from ..grading.plan import Plan, plan_of
from ..grading.planned import PlannedItem
from ..marks import Marks, MarkValue, UngradedPolicy
from ..outline import Explained, Outline
from ..reasons import ReasonTexts, say
from ..report.differences import Aspect, figure_with_symbol
from ..values import frozen
from ..verdicts import Verdict
from .alterations import Additions, Alterations, Settings
from .judges import Judges, decisions_of
from .needs import Needed, Reach, needed
from .ranges import StillPossible, bounds
from .suppositions import Supposition, WhatIf
from .targets import Target, goal, passes
from .varied import filled, span

Class = Mapping[str, Marks]

STANDINGS: Final = ReasonTexts(
    "standings",
    {
        "change_symbol": "{0} of {1} change symbol",
        "class": "class",
        "decides": "{0}: {1}",
        "decides_otherwise": "{0}: another answer for {1} of {2}",
        "needs": "needs {0} on {1}",
        "not_proven": "not proven under these rules",
        "one_point": "one point more on {0}: {1}",
    },
)
"""What is said of where everybody stands."""


def _as_class(people: object) -> Class:
    if isinstance(people, Mapping):
        return people
    message = f"the marks of a class map learner ids to marks; this is {describe(people)}"
    raise MarksError([Problem("not_marks", "", message)])


@frozen
class ClassWhatIf(Explained):
    """What a supposition does to each learner, or why that learner's marks cannot be graded, in the order given."""

    learners: Mapping[str, WhatIf | MarksError] = field(hash=False)

    @property
    def changed(self) -> dict[str, tuple[str | None, str | None]]:
        """The symbol before and after of everybody whose symbol is another."""
        both = {id_: (each.before.final.symbol, each.after.final.symbol) for id_, each in self._graded()}
        return {id_: symbols for id_, symbols in both.items() if symbols[0] != symbols[1]}

    @property
    def flipped(self) -> dict[str, dict[str, tuple[Verdict, Verdict]]]:
        """By the name of a judge, the verdict before and after of everybody of whom it decides otherwise (WI26)."""
        found: dict[str, dict[str, tuple[Verdict, Verdict]]] = {}
        for id_, each in self._graded():
            for flip in each.flips:
                was, now = (decided.verdict for decided in decisions_of(flip))
                found.setdefault(flip.name, {})[id_] = was, now
        return found

    def symbols(self) -> tuple[Counter[str | None], Counter[str | None]]:
        """Return how many have each symbol, before and after."""
        graded = list(self._graded())
        before = Counter(each.before.final.symbol for _, each in graded)
        return before, Counter(each.after.final.symbol for _, each in graded)

    def outline(self) -> Outline:
        """Return a row for everybody whose final, or a decision on whom, changes, or whose marks cannot be graded."""
        rows = [Outline(id_, *told) for id_, each in self.learners.items() if (told := _told(each))]
        value = STANDINGS.phrase("change_symbol", len(self.changed), len(self.learners))
        everybody = len(self.learners)
        notes = [STANDINGS.reason("decides_otherwise", name, len(who), everybody) for name, who in self.flipped.items()]
        return Outline(STANDINGS.phrase("class"), value, notes, rows)

    def _graded(self) -> Iterator[tuple[str, WhatIf]]:
        return ((id_, each) for id_, each in self.learners.items() if isinstance(each, WhatIf))


def _told(what: WhatIf | MarksError) -> tuple[str, tuple[str, ...]] | None:
    if isinstance(what, MarksError):
        return "–", (str(what),)
    final = what.after.final
    own = any(change.id == final.id and change.aspect is not Aspect.DECISION for change in what.changes)
    value = what.outline().value if own else figure_with_symbol(final)
    notes = tuple(STANDINGS.reason("decides", flip.name, flip.reason) for flip in what.flips)
    return (value, notes) if own or notes else None


def what_if_class(  # noqa: PLR0913 - each a kind of change, by name
    plan: Plan | Gradebook,
    people: Class,
    changes: Mapping[str, MarkValue] | None = None,
    *,
    add: Additions | None = None,
    drop: Collection[str] = (),
    keep: Collection[str] = (),
    settings: Settings | None = None,
    ungraded: UngradedPolicy | None = None,
    judges: Judges | None = None,
) -> ClassWhatIf:
    """Return what `what_if` says of every learner, as when all are exempt from a quiz, or cut-offs are others (WI14).

    Marks that cannot be graded, or in which the changes cannot be entered, are an error in the results.
    """
    alterations = Alterations(settings=settings or {}, add=add or {}, drop=drop, keep=keep)
    supposition = Supposition.of(plan, alterations, changes or {}, ungraded, judges or {})
    return ClassWhatIf({id_: _try(supposition, marks) for id_, marks in _as_class(people).items()})


def _try(supposition: Supposition, marks: Marks) -> WhatIf | MarksError:
    try:
        return supposition.of_learner(marks)
    except MarksError as error:
        return error


class Prospect(Enum):
    """Where a learner stands to a target."""

    SECURE = "secure"
    """It is reached whatever the open work is marked."""
    DEPENDS = "depends"
    """On how the open work is marked."""
    LOST = "lost"
    """It is out of reach."""


@frozen
class LearnerRisk:
    """Where one learner stands.

    `needed` is the least mark on the open item, or equal percent on all the
    open ones, with which the target is reached. `proven` is False where
    these rules leave open whether another way of marking it would do. `one_point` maps each marked item to the symbol
    that the final would have with one point more on it alone, if that is another one.
    """

    prospect: Prospect
    needed: Needed | None
    proven: bool
    one_point: Mapping[str, str | None] = field(hash=False)


@frozen
class ClassRisk(Explained):
    """Where everybody stands to a target, or why somebody's marks cannot be graded, in the order given."""

    target: str
    learners: Mapping[str, LearnerRisk | MarksError] = field(hash=False)

    def who(self, prospect: Prospect) -> tuple[str, ...]:
        """Return the ids of those who stand so."""
        return tuple(
            id_ for id_, each in self.learners.items() if isinstance(each, LearnerRisk) and each.prospect is prospect
        )

    def outline(self) -> Outline:
        """Return a row for each learner."""
        return Outline(self.target, "", (), [Outline(id_, *_row(each)) for id_, each in self.learners.items()])


def _row(risk_: LearnerRisk | MarksError) -> tuple[str, tuple[str, ...]]:
    if isinstance(risk_, MarksError):
        return "–", (str(risk_),)
    near = tuple(STANDINGS.reason("one_point", id_, symbol) for id_, symbol in risk_.one_point.items())
    unsure = () if risk_.proven else (STANDINGS.reason("not_proven"),)
    if risk_.needed is None or risk_.needed.mark is None or risk_.prospect is not Prospect.DEPENDS:
        return say(risk_.prospect), (*near, *unsure)
    return STANDINGS.phrase("needs", risk_.needed.shown, risk_.needed.items), (*near, *unsure)


def risk(plan: Plan | Gradebook, people: Class, target: Target = passes) -> ClassRisk:
    """Return who has a target secure, for whom it is lost, and who needs how much on all that is open. Rule WI15.

    The target is whether the final is passed, unless another is stated, as for `needed`. Marks that cannot be graded
    are an error in the results.
    """
    compiled = plan_of(plan)
    wanted = goal(compiled, target)
    return ClassRisk(wanted.label, {id_: _judge(compiled, marks, target) for id_, marks in _as_class(people).items()})


def _judge(plan: Plan, marks: Marks, target: Target) -> LearnerRisk | MarksError:
    try:
        return _stands(plan, marks, target, bounds(plan, marks))
    except MarksError as error:
        return error


def _stands(plan: Plan, marks: Marks, target: Target, still: StillPossible) -> LearnerRisk:
    wanted = goal(plan, target)
    near = dict(_one_point(plan, marks))
    ends = [wanted.is_reached(still.lowest), wanted.is_reached(still.highest)]
    if not still.open or (still.proven and wanted.rises and ends[0] == ends[1]):
        return LearnerRisk(_PROSPECTS[all(ends)], None, True, near)  # noqa: FBT003
    least = needed(plan, marks, still.open, target)
    prospect = Prospect.DEPENDS
    if not any(ends) and least.outcome is Reach.OUT_OF_REACH:
        prospect = Prospect.LOST
    elif all(ends) and least.outcome is Reach.REACHED:
        prospect = Prospect.SECURE
    return LearnerRisk(prospect, least, still.proven and wanted.rises, near)


_PROSPECTS: Final = {True: Prospect.SECURE, False: Prospect.LOST}


def _one_point(plan: Plan, marks: Marks) -> Iterator[tuple[str, str | None]]:
    read = read_marks(plan, marks, Unknown.REFUSE)
    symbol = grade(plan, marks).final.symbol
    for planned in plan.lines if plan.gradebook.scheme else ():
        reading = read.get(planned.line)
        if not isinstance(planned, PlannedItem) or reading is None or reading.points is None or reading.exempt:
            continue
        more = Fraction(reading.points + 1)
        if more <= span(plan, planned.line, reading)[1] or not planned.capped:
            then = grade(plan, filled(marks, {planned.id: more})).final.symbol
            if then != symbol:
                yield planned.id, then
