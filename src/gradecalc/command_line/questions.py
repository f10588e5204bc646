# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Questions of a class: what if, what is needed, and who is at risk; of one learner, or of everybody."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from attrs import evolve

from ..errors import MarksError, nearest
from ..exact import NumberError, read_text
from ..grading.grading import Unknown, grade
from ..grading.plan import Plan
from ..lms import Imported
from ..marks import EXEMPT, UNGRADED, Marks, MarkValue
from ..outline import Outline
from ..scenarios import needed, passes, risk, what_if, what_if_class, why
from ..scenarios.needs import TEXTS as NEEDED
from ..scenarios.targets import Target
from .endings import CommandError, line_of
from .grading import GradedClass
from .people import find_learner, name_of

DEFAULT_TARGET: Final = "pass"
"""The target where none is stated: a pass."""


def suppose(graded: GradedClass, arguments: Namespace) -> Outline:
    """Return what becomes of a learner, or of the class, with other marks, and with items that do or do not count."""
    plan = graded.plan
    ask: dict[str, Any] = {
        "changes": dict(_changes(plan, arguments)),
        "drop": [_item(plan, each) for each in arguments.drop],
        "keep": [_item(plan, each) for each in arguments.keep],
    }
    if arguments.learner is None:
        return _with_names(graded.imported, what_if_class(plan, _people(graded), **ask).outline())
    learner = find_learner(graded.imported, arguments.learner)
    return what_if(plan, _marks(graded, learner), **ask).outline()


def ask_what_is_needed(graded: GradedClass, arguments: Namespace) -> Outline:
    """Return what a learner, or everybody, needs on an item, or the equal percent on several."""
    plan = graded.plan
    items = [_item(plan, each) for each in arguments.item]
    target = plan.gradebook.scheme if arguments.target is None else None
    wanted = _target(plan, arguments.target or DEFAULT_TARGET) if target is None else target
    step = None if arguments.step is None else _number(arguments.step)

    def ask(marks: Marks) -> Outline:
        """Return what is needed with these marks."""
        return needed(plan, marks, items, wanted, step=step).outline()

    if arguments.learner is not None:
        return ask(_marks(graded, find_learner(graded.imported, arguments.learner)))
    rows = [_told(learner, marks, ask) for learner, marks in _people(graded).items()]
    return _with_names(graded.imported, Outline(NEEDED.phrase("needed_on", tuple(items)), "", (), rows))


def judge_risk(graded: GradedClass, arguments: Namespace) -> Outline:
    """Return who has a target secure, for whom it is lost, and who needs how much on all that is open."""
    target = _target(graded.plan, arguments.target or DEFAULT_TARGET)
    return _with_names(graded.imported, risk(graded.plan, _people(graded), target).outline())


def say_why_not(graded: GradedClass, arguments: Namespace) -> Outline:
    """Return what keeps a learner from a target, and what each policy changed."""
    target = _target(graded.plan, arguments.why)
    return why(grade(graded.plan, _marks(graded, find_learner(graded.imported, arguments.learner))), target).outline()


def _told(learner: str, marks: Marks, ask: Callable[[Marks], Outline]) -> Outline:
    """Return an answer under a learner's id, or why these marks cannot be graded."""
    try:
        return evolve(ask(marks), label=learner)
    except MarksError as error:
        return Outline(learner, "–", tuple(map(line_of, error.problems)))


def _people(graded: GradedClass) -> dict[str, Marks]:
    return {learner: _marks(graded, learner) for learner in graded.imported.marks}


def _marks(graded: GradedClass, learner: str) -> Marks:
    """Return a learner's marks, without those that the gradebook has no item for where they are to be ignored."""
    marks = graded.imported.marks[learner]
    if graded.unknown is Unknown.REFUSE:
        return marks
    known = set(graded.plan.ids)
    return {id_: mark for id_, mark in marks.items() if id_ in known}


def _with_names(imported: Imported, outline: Outline) -> Outline:
    """Return the outline of a class with the names of its learners, where the file has any."""
    rows = [
        evolve(row, label=f"{row.label}  {name}") if (name := name_of(imported.learners.get(str(row.label)))) else row
        for row in outline.children
    ]
    return evolve(outline, children=tuple(rows))


def _changes(plan: Plan, arguments: Namespace) -> Iterator[tuple[str, MarkValue]]:
    """Yield the id and the supposed mark of each item that is named."""
    yield from (_supposed(plan, each) for each in arguments.set)
    yield from ((_item(plan, each), EXEMPT) for each in arguments.exempt)
    yield from ((_item(plan, each), UNGRADED) for each in arguments.clear)


def _supposed(plan: Plan, text: str) -> tuple[str, MarkValue]:
    """Return the id and the mark of a text such as `Exam=85`; what is no number is a symbol."""
    name, equals, mark = text.rpartition("=")
    if not equals:
        raise CommandError(f"--set {text!r} states no mark; write it as in --set 'Exam=85'")
    try:
        return _item(plan, name), read_text(mark.strip())
    except NumberError:
        return _item(plan, name), mark.strip()


def _item(plan: Plan, wanted: str) -> str:
    """Return the id of the line that is meant, by its id, its name or a part of one; there must be a single one."""
    if wanted in plan.ids:
        return wanted
    sought = wanted.strip().casefold()
    names = [(each.id, each.id.casefold(), each.name.casefold()) for each in plan.layout.headings]
    for is_meant in (lambda text: text == sought, lambda text: sought in text):
        found = [id_ for id_, *texts in names if sought and any(map(is_meant, texts))]
        if len(found) == 1:
            return found[0]
        if found:
            raise CommandError(f"{wanted!r} may mean any of: {', '.join(map(repr, found))}")
    raise CommandError(f"there is no item {wanted!r}{nearest(wanted, plan.ids)}")


def _target(plan: Plan, text: str) -> Target:
    """Return the target that a text states: a percent, a symbol of the scheme, or a pass."""
    symbols = {band.symbol for band in plan.gradebook.scheme.bands} if plan.gradebook.scheme else set()
    if text == DEFAULT_TARGET and text not in symbols:
        return _pass(plan, symbols)
    try:
        return text if text in symbols else read_text(text.removesuffix("%").strip())
    except NumberError:
        return text


def _pass(plan: Plan, symbols: Iterable[str]) -> Target:
    if grade(plan, {}).final.passed is None:
        known = f" or one of: {', '.join(symbols)}" if symbols else ""
        raise CommandError(f"the gradebook does not say what a pass is; name as the target a percent{known}")
    return passes


def _number(text: str) -> Any:
    try:
        return read_text(text)
    except NumberError as error:
        raise CommandError(f"--step {text!r}: {error}") from None
