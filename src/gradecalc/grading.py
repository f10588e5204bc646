# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grading: a plan and marks in, a report out, for one learner or for many.

The marks are read here, each by its item's kind, and every one that is none is reported at once; the figures are
worked out in `evaluation`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Final

from .errors import MarksError, Problem, nearest
from .evaluation import evaluate
from .exact import Exact, describe
from .gradebook import Gradebook
from .marks import ItemKind, Marks, Reading, UngradedPolicy, UnreadableMarkError, read_mark
from .plan import Plan, PlannedBranch, PlannedItem, compile_gradebook
from .report import Report

_MOST_UNKNOWN_NAMED: Final = 20
_NO_SYMBOLS: Final[Mapping[str, Exact]] = {}


class Unknown(Enum):
    """What is done with a mark for an id that the gradebook has not."""

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
    that one book gives the current and the final grade. Raises `MarksError` with every mark that is none, and
    `DefinitionError` for a gradebook that cannot be compiled.
    """
    plan = _compiled(plan)
    policy = None if ungraded is None else UngradedPolicy(ungraded)
    return Report(plan.layout, evaluate(plan, _read_marks(plan, marks, Unknown(unknown)), policy))


def grade_many(
    plan: Plan | Gradebook,
    marks: Mapping[str, Marks],
    *,
    ungraded: UngradedPolicy | None = None,
    unknown: Unknown = Unknown.REFUSE,
) -> Iterator[tuple[str, Report | MarksError]]:
    """Yield (learner id, report or error) for every learner, in the order given.

    A learner whose marks are none is an error in the results and never an end to them. Raises `DefinitionError` at
    once for a gradebook that cannot be compiled.
    """
    compiled = _compiled(plan)
    policy = None if ungraded is None else UngradedPolicy(ungraded)
    return ((learner, _outcome(compiled, record, policy, Unknown(unknown))) for learner, record in marks.items())


def _compiled(plan: Plan | Gradebook) -> Plan:
    return plan if isinstance(plan, Plan) else compile_gradebook(plan)


def _outcome(plan: Plan, marks: Marks, ungraded: UngradedPolicy | None, unknown: Unknown) -> Report | MarksError:
    try:
        return Report(plan.layout, evaluate(plan, _read_marks(plan, marks, unknown), ungraded))
    except MarksError as error:
        return error


def _read_marks(plan: Plan, marks: Marks, unknown: Unknown) -> dict[int, Reading]:
    """Return the marks as read, by line; raises `MarksError` with every one that is none."""
    if not isinstance(marks, Mapping):
        message = f"the marks of a learner map item ids to marks; this is {describe(marks)}"
        raise MarksError([Problem("not_marks", "", message)])
    readings: dict[int, Reading] = {}
    problems: list[Problem] = []
    index, lines = plan.layout.index, plan.lines
    for id_, value in marks.items():
        line = index.get(id_) if isinstance(id_, str) else None
        if line is None:
            if unknown is Unknown.REFUSE and len(problems) < _MOST_UNKNOWN_NAMED:
                problems.append(_unknown_mark(plan, id_))
            continue
        try:
            readings[line] = _read(lines[line], value)
        except UnreadableMarkError as error:
            problems.append(Problem("unreadable_mark", id_, f"mark of {id_!r}: {error}"))
    if problems:
        raise MarksError(problems)
    return readings


def _unknown_mark(plan: Plan, id_: object) -> Problem:
    message = f"no item or category {describe(id_)} in the gradebook{nearest(id_, plan.ids)}"
    return Problem("unknown_id", id_[:100] if isinstance(id_, str) else describe(id_), message)


def _read(planned: PlannedItem | PlannedBranch, value: object) -> Reading:
    if isinstance(planned, PlannedItem):
        return read_mark(value, planned.kind, planned.max_points, planned.symbols)
    reading = read_mark(value, ItemKind.NUMERIC, None, _NO_SYMBOLS)
    if reading.exempt and planned.line == 0:
        raise UnreadableMarkError("the final grade cannot be exempt; exempt what it is made of")
    return reading
