# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grading: a plan and marks in, a report out, for one learner or for many.

The marks are read here, each by its item's kind, and every one that does not fit is reported at once; the figures are
worked out in `evaluation`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final, TypeVar

from ..errors import (
    MarksError,
    Problem,
    nearest,
)
from ..exact import Exact, describe
from ..fields import chosen
from ..formula import Explanation
from ..gradebook.tree import Gradebook
from ..marks import (
    READ_ALIKE,
    ItemKind,
    Mark,
    Marks,
    MarkValue,
    Reading,
    Recorded,
    UngradedPolicy,
    UnreadableMarkError,
    digest_of_marks,
    read_mark,
)
from ..outline import Outline
from ..report.lines import ReportLines
from ..report.origins import Remembered
from ..report.report import Report
from ..values import frozen
from .answered import Answered, Answering
from .evaluation import evaluate, explain_line, explain_lines
from .plan import Plan, plan_of
from .planned import AnyLine, PlannedFormula, PlannedItem
from .settled import ReadMarks, Settled, SettledMarks

_Learner = TypeVar("_Learner", bound=Hashable)
_MOST_UNKNOWN_NAMED: Final = 20
_PLAIN: Final = frozenset({int, float, Decimal, Fraction, bool, str})
"""The types of marks that have no circumstances."""

_NO_SYMBOLS: Final[Mapping[str, Exact]] = {}


class Unknown(Enum):
    """What is done with a mark for an id that the gradebook does not have."""

    REFUSE = "refuse"
    IGNORE = "ignore"


def grade(
    plan: Plan | Gradebook,
    marks: Marks,
    *,
    ungraded: UngradedPolicy | None = None,
    unknown: Unknown = Unknown.REFUSE,
) -> Report:
    """Return the report of one learner; a gradebook is compiled first.

    `marks` maps item ids to marks; what is not in it is ungraded. `ungraded` replaces the policy of every branch, so
    that one book gives the current and the final grade. Raises `MarksError` with every mark that does not fit, and
    `DefinitionError` for a gradebook that cannot be compiled.
    """
    grading = _usual(plan) if ungraded is None and unknown is _REFUSE else _Grading(plan, ungraded, unknown)
    return grading.report(marks)


def grade_many(
    plan: Plan | Gradebook,
    marks: Mapping[_Learner, Marks],
    *,
    ungraded: UngradedPolicy | None = None,
    unknown: Unknown = Unknown.REFUSE,
) -> Iterator[tuple[_Learner, Report | MarksError]]:
    """Yield (learner id, report or error) for every learner, in the order given; an id is a text, or any other key.

    A learner whose marks cannot be read is an error in the results and never an end to them. Raises at once, before
    any learner, `DefinitionError` for a gradebook that cannot be compiled and `MarksError` for what is not a class.
    """
    grading = _Grading(plan, ungraded, unknown)
    if not isinstance(marks, Mapping):
        message = f"the marks of a class map learner ids to marks; this is {describe(marks)}"
        raise MarksError([Problem("not_marks", "", message)])
    return ((learner, grading.outcome(record)) for learner, record in marks.items())


def marks_digest(plan: Plan | Gradebook, marks: Marks, *, unknown: Unknown = Unknown.REFUSE) -> str:
    """Return the digest of a learner's marks without grading them: that of their report, while they are the same (Z10).

    Raises what `grade` raises.
    """
    grading = _Grading(plan, None, unknown)
    return GradedFrom(grading.plan, marks, unknown=grading.unknown).digest_marks()


def explain_formula(
    plan: Plan | Gradebook,
    marks: Marks,
    id: str,  # noqa: A002 - the word of the domain
    *,
    ungraded: UngradedPolicy | None = None,
    unknown: Unknown = Unknown.REFUSE,
) -> Explanation:
    """Return the value of every part of a formula in a gradebook for one learner, and why where there is none.

    `id` is that of a formula item, or of a branch whose result a formula gives. Raises `KeyError` for any other, and
    what `grade` raises.
    """
    grading = _Grading(plan, ungraded, unknown)
    line = grading.plan.layout.index.get(id)
    planned = None if line is None else grading.plan.lines[line]
    if not isinstance(planned, PlannedFormula):
        formulas = (each.id for each in grading.plan.lines if isinstance(each, PlannedFormula))
        raise KeyError(f"there is no formula {describe(id)} in the gradebook{nearest(id, formulas)}")
    return explain_line(grading.plan, read_marks(grading.plan, marks, grading.unknown), grading.ungraded, planned)


@frozen(eq=False)
class GradedFrom:
    """What a report was graded from: the plan, the marks as they were then, and the policy.

    Where its report has no formulas and nothing calculated to explain, only the digest of the marks and the policy are
    pickled with that, for a plan is several times as large.
    """

    plan: Plan
    marks: Marks
    ungraded: UngradedPolicy | None = None
    unknown: Unknown = Unknown.IGNORE

    def readings(self) -> ReadMarks:
        """Return the marks as read, by line; raises `MarksError`."""
        return read_marks(self.plan, self.marks, self.unknown)

    def explain_formulas(self) -> Mapping[int, Outline]:
        """Return a row for each formula, by line: what its parts come to."""
        return explain_lines(self.plan, self.readings(), self.ungraded)

    @property
    def keeps_formulas(self) -> bool:
        """Whether it can say what the parts of formulas come to: it always can."""
        return True

    def digest_marks(self, recorded: Sequence[Recorded] = ()) -> str:
        """Return the digest of the marks, of which a report may hold what was recorded; raises `MarksError`."""
        lines, readings = self.plan.lines, self._readings_with(recorded) if recorded else self.readings()
        return digest_of_marks({lines[line].id: reading for line, reading in readings.items()})

    def _readings_with(self, recorded: Sequence[Recorded]) -> dict[int, Reading]:
        """Return the marks as read, of plain ones what was recorded alone, which the report holds already."""
        found: dict[int, Reading] = {}
        others: dict[str, MarkValue] = {}
        for id_, value in self.marks.items():
            line = self.plan.layout.index.get(id_) if isinstance(id_, str) else None
            if line is not None and type(value) in _PLAIN and recorded[line] is not None:
                found[line] = Reading(recorded=recorded[line])
            else:
                others[id_] = value
        return {**found, **read_marks(self.plan, others, self.unknown)} if others else found

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        if not self.plan.layout.has_formulas:
            return Remembered, (self.digest_marks(), self.ungraded)
        return GradedFrom, (self.plan, self.marks, self.ungraded, self.unknown)


class _Grading:
    """How learners are graded: by which plan, with which policy, and what becomes of unknown ids.

    A choice may be given by its value.
    """

    __slots__ = ("_answering", "plan", "ungraded", "unknown")

    def __init__(self, plan: Plan | Gradebook, ungraded: UngradedPolicy | None, unknown: Unknown) -> None:
        self.plan = plan_of(plan)
        self.ungraded = None if ungraded is None else chosen(UngradedPolicy, ungraded, "ungraded")
        self.unknown = chosen(Unknown, unknown, "unknown")
        self._answering: Answering | None = None

    def report(self, marks: Marks) -> Report:
        """Return the report of one learner; raises `MarksError`.

        Where the plan has a kernel, that works out the final, and the exact engine the rest once somebody looks.
        """
        own = marks if type(marks) is dict else _copied(marks)
        answering = self._answering or self._find_answering(own)
        answer = answering.kernel.answer(own) if answering is not None and type(own) is dict else None
        if answering is None or answer is None:
            return Report.of(self.exactly(own))
        every, pairs = answer
        return Report.of(Answered(answering, every, pairs))

    def _find_answering(self, marks: Marks) -> Answering | None:
        kernel = self.plan.kernels.kernel_when_worth_it(self.ungraded)
        if kernel is not None:
            self._answering = Answering(self.plan, kernel, self.exactly)
            if type(marks) is dict:
                kernel.meet(marks)
        return self._answering

    def exactly(self, marks: Marks) -> ReportLines:
        """Return the lines that the exact engine makes; raises `MarksError`."""
        origin = GradedFrom(self.plan, _copied(marks), self.ungraded, self.unknown)
        return ReportLines(self.plan.layout, evaluate(self.plan, origin.readings(), self.ungraded), origin)

    def outcome(self, marks: Marks) -> Report | MarksError:
        """Return the report of one learner, or why there is none."""
        try:
            return self.report(marks)
        except MarksError as error:
            return error


_REFUSE: Final = Unknown.REFUSE


def _usual(plan: Plan | Gradebook) -> _Grading:
    """Return how learners are graded unless somebody says otherwise, which a plan keeps."""
    if not isinstance(plan, Plan):
        return _Grading(plan, None, _REFUSE)
    try:
        grading: _Grading = plan.kernels.kept[_Grading]
    except KeyError:
        grading = plan.kernels.kept[_Grading] = _Grading(plan, None, _REFUSE)
    return grading


def read_marks(plan: Plan, marks: Marks, unknown: Unknown) -> ReadMarks:
    """Return the marks as read; what a value of another's class raises while it is read is a `MarksError` too (M2)."""
    try:
        return _read_all(plan, marks, unknown)
    except (MarksError, MemoryError):
        raise
    except Exception as error:
        raise _unreadable(error) from error


def _copied(marks: Marks) -> Marks:
    """Return the marks in a dict of their own, so that they stay as they are now; what is none is refused later."""
    if type(marks) is dict:
        return marks.copy()
    try:
        return dict(marks.items()) if isinstance(marks, Mapping) else marks
    except MemoryError:
        raise
    except Exception as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> MarksError:
    message = f"these marks cannot be read: one raises {type(error).__name__} when it is looked at"
    return MarksError([Problem("unreadable_mark", "", message)])


def _read_all(plan: Plan, marks: Marks, unknown: Unknown) -> ReadMarks:
    """Return the marks as read, by line; raises `MarksError` with every one that does not fit."""
    if not isinstance(marks, Mapping):
        message = f"the marks of a learner map item ids to marks; this is {describe(marks)}"
        raise MarksError([Problem("not_marks", "", message)])
    readings = ReadMarks(plan.settled)
    points, parts, others = readings.points, readings.parts, readings.others
    problems: list[Problem] = []
    index, lines, tables = plan.layout.index, plan.lines, plan.settled.of
    for id_, value in marks.items():
        table = tables.get(id_) if type(id_) is str else None
        line = table.line if table is not None else index.get(id_) if isinstance(id_, str) else None
        if line is None:
            if unknown is Unknown.REFUSE and len(problems) < _MOST_UNKNOWN_NAMED:
                problems.append(plan.unknown(id_))
            continue
        try:
            if table is not None and type(value) in READ_ALIKE:
                found = table[value]
            else:
                found = _read(lines[line], value, table)
        except UnreadableMarkError as error:
            problems.append(Problem("unreadable_mark", lines[line].id, str(error)))
            continue
        if type(found) is Reading:
            readings[line] = others[line] = found
            continue
        readings[line], points[line], parts[line], notes = found
        if notes:
            readings.notes += [(line, note) for note in notes]
    if problems:
        raise MarksError(problems)
    return readings


def _read(planned: AnyLine, value: object, table: SettledMarks | None) -> Settled | Reading:
    if table is not None and type(value) is Mark:
        return table.with_circumstances(value)
    if isinstance(planned, PlannedItem):
        return read_mark(value, planned.kind, planned.max_points, planned.symbols)
    reading = read_mark(value, ItemKind.NUMERIC, None, _NO_SYMBOLS)
    if reading.exempt and planned.line == 0:
        raise UnreadableMarkError("the final grade cannot be exempt; exempt what it is made of")
    return reading
