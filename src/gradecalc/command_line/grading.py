# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A class as a command sees it: what was read, by what it is graded, and whether the file's own finals agree."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Final, TypeVar

from attrs import evolve

from ..errors import DefinitionError, MarksError
from ..gradebook.tree import Category, Gradebook, Node
from ..grading.grading import Unknown, grade, grade_many
from ..grading.plan import Plan, compile_gradebook
from ..lms import Imported, Inference, Reconciliation, infer, reconcile
from ..marks import UngradedPolicy
from ..reasons import Reason
from ..report.report import Report
from ..values import frozen
from .at_hand import find_extra
from .endings import CommandError, summary_of

_Value = TypeVar("_Value")
_MANY: Final = 500
"""Of how many learners it is shown how far grading is; of fewer it is done before anybody looks."""


@frozen
class GradedClass:
    """What was read, the plan that it is graded by, how the file's finals compare, and what was inferred for it."""

    imported: Imported
    plan: Plan
    unknown: Unknown
    reconciliation: Reconciliation
    inference: Inference | None = None

    def results(self) -> Iterator[tuple[str, Report | MarksError]]:
        """Yield everybody's result, and show on a terminal how far it is."""
        results = grade_many(self.plan, self.imported.marks, unknown=self.unknown)
        yield from counted(results, len(self.imported.marks))

    def result(self, learner: str) -> Report | MarksError:
        """Return the result of one learner."""
        try:
            return grade(self.plan, self.imported.marks[learner], unknown=self.unknown)
        except MarksError as error:
            return error

    @property
    def words(self) -> list[str]:
        """Whether the finals agree, and by which settings that the file does not state."""
        inferred = () if self.inference is None else self.inference.words
        return [self.reconciliation.summary, *map(_pointing, inferred)]

    @property
    def inferred(self) -> list[Reason]:
        """By which settings that the file does not state the class is graded."""
        words = () if self.inference is None else self.inference.words
        return [each for each in words if each.code == "inferred"]


def _pointing(said: Reason) -> str:
    """Return what was inferred, with the command that lists the other ways where there are some."""
    several = said.code in {"another_way", "other_ways"}
    return said.in_words(f"{said}; 'gradecalc infer' lists them") if several else said


def grade_class(
    imported: Imported,
    book: Gradebook | None = None,
    *,
    ungraded: UngradedPolicy | None = None,
    unknown: Unknown = Unknown.REFUSE,
    as_read: bool = False,
) -> GradedClass:
    """Return the class, graded by a definition, or else by what the file says.

    Where its finals differ then, what it does not say is inferred from them, unless it is to be taken as it was read.
    """
    stated = imported.gradebook if book is None else book
    plan = _compile(stated if ungraded is None else with_policy(stated, ungraded))
    with working("grading"):
        compared = reconcile(imported, plan, unknown=unknown)
    if compared.differ and book is None and ungraded is None and not as_read:
        return _inferred(GradedClass(imported, plan, unknown, compared, search(imported)))
    return GradedClass(imported, plan, unknown, compared)


def _inferred(graded: GradedClass) -> GradedClass:
    """Return the class graded by the first gradebook that was inferred, if there is one."""
    if graded.inference is None or not graded.inference.candidates:
        return graded
    plan = _compile(graded.inference.candidates[0].gradebook)
    return evolve(graded, plan=plan, reconciliation=reconcile(graded.imported, plan, unknown=graded.unknown))


def search(imported: Imported) -> Inference:
    """Return what can be inferred, telling on a terminal that it is being done."""
    with working("looking for the settings that give the file's finals"):
        return infer(imported)


def working(text: str) -> AbstractContextManager[object]:
    """Return what shows on a terminal that something is going on, where rich is installed."""
    terminal = find_extra("terminal") if sys.stderr.isatty() else None
    shown: AbstractContextManager[object] = nullcontext() if terminal is None else terminal.status(text)
    return shown


def counted(values: Iterable[_Value], count: int) -> Iterable[_Value]:
    """Return results of learners as they come, of many with a bar on a terminal that says how many there were."""
    terminal = find_extra("terminal") if count >= _MANY and sys.stderr.isatty() else None
    shown: Iterable[_Value] = values if terminal is None else terminal.counted(values, count, "grading")
    return shown


def with_policy(book: Gradebook, policy: UngradedPolicy) -> Gradebook:
    """Return the gradebook with one policy for ungraded work on every branch."""
    return evolve(book, ungraded=policy, children=[_with_policy(child, policy) for child in book.children])


def _with_policy(node: Node, policy: UngradedPolicy) -> Node:
    if not isinstance(node, Category):
        return node
    return evolve(node, ungraded=policy, children=[_with_policy(child, policy) for child in node.children])


def _compile(book: Gradebook) -> Plan:
    try:
        return compile_gradebook(book)
    except DefinitionError as error:
        raise CommandError(summary_of(error.problems)) from None
