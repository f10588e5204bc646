# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Granting and lifting exemptions and entering marks, from one learner's marks to new ones.

>>> from gradecalc import Category, Gradebook, GradeItem
>>> book = Gradebook([Category("Quizzes", [GradeItem("Quiz 1", 10), GradeItem("Quiz 2", 10)]), GradeItem("Exam", 90)])
>>> exempted = exempt(book, {"Quiz 1": 4, "Exam": 81}, "Quizzes")
>>> exempted
{'Quiz 1': 4, 'Exam': 81, 'Quizzes': EXEMPT}
>>> unexempt(book, exempted, "Quizzes")
{'Quiz 1': 4, 'Exam': 81}
>>> enter(book, exempted, "Quiz 2", 9)["Quiz 1"]
Mark(points=4, exempt=True)

The exemption of a category is that of everything in it: where it ends for one of these, it stays for the others.
Items of every kind and categories can be exempt; the final grade cannot, be it calculated or adjusted.
Each function takes a gradebook or its plan. Rules X7 and X9 to X16.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import evolve, field

from ..errors import MarksError, Problem, nearest
from ..exact import describe
from ..gradebook.tree import ROOT_ID, Gradebook
from ..marks import (
    EXEMPT,
    Mark,
    Marks,
    MarkValue,
    NoScore,
)
from ..values import frozen
from .plan import Plan, plan_of


def exempt(book: Gradebook | Plan, marks: Marks, *ids: str) -> dict[str, MarkValue]:
    """Return the marks with these items and categories exempt; a number that was recorded is kept (X9).

    Raises `MarksError` with every id that cannot be exempt.
    """
    plan = _plan_for(book, marks)
    wanted = _known(plan, ids)
    return {**marks, **{id_: _granted(marks.get(id_)) for id_ in wanted}}


def unexempt(book: Gradebook | Plan, marks: Marks, *ids: str) -> dict[str, MarkValue]:
    """Return the marks with these no longer exempt, nor anything in them: with their kept numbers, or ungraded (X10).

    Of a category above them that is exempt, everything else stays exempt (X13). Raises `MarksError` with every id that
    cannot be exempt. Lifting what is not exempt changes nothing.
    """
    plan, lifted = _plan_for(book, marks), dict(marks)
    for id_ in _known(plan, ids):
        line = plan.layout.index[id_]
        _part(plan, lifted, line)
        for each in _within(plan, line):
            _lift(lifted, each)
    return lifted


def enter(book: Gradebook | Plan, marks: Marks, id: str, value: MarkValue) -> dict[str, MarkValue]:  # noqa: A002
    """Return the marks with a mark filled in, which ends an exemption there and nowhere else (X11, X13, X14).

    An exemption that is entered is granted, as `exempt` does it. Raises `MarksError` for an id that the gradebook does
    not have, and for an exemption of the final grade; the mark itself is judged when it is graded.
    """
    plan = _plan_for(book, marks)
    if is_exempt(value):
        _known(plan, [id])
        return {**marks, id: _granted(_with_number(value, marks.get(id)))}
    if _is_unknown(plan, id):
        raise MarksError([plan.unknown(id)])
    entered = dict(marks)
    _part(plan, entered, plan.layout.index[id])
    return {**entered, id: value}


def exempted(book: Gradebook | Plan, marks: Marks) -> tuple[str, ...]:
    """Return the ids of all that these marks exempt, in book order, with everything in an exempt category (X6)."""
    plan = _plan_for(book, marks)
    reached: dict[str, None] = {}
    for id_, line in plan.layout.index.items():
        if line and is_exempt(marks.get(id_)):
            reached.update(dict.fromkeys(_within(plan, line)))
    return tuple(id_ for id_ in plan.layout.index if id_ in reached)


def exempt_by_item(book: Gradebook | Plan, marks: Marks) -> dict[str, MarkValue]:
    """Return the marks with every item exempt that lies in an exempt category, and no category (X15).

    Files that know exemptions of items alone hold this; a number kept below a category's own exemption is not in it,
    and a symbol that was set by hand stays.
    """
    plan = _plan_for(book, marks)
    reached = exempted(plan, marks)
    branches = {id_ for id_ in reached if plan.layout.headings[plan.layout.index[id_]].branch}
    spread = {id_: mark for id_, mark in marks.items() if id_ not in branches}
    spread |= _symbols_of(marks, branches)
    return {**spread, **{id_: _granted(marks.get(id_)) for id_ in reached if id_ not in branches}}


def _symbols_of(marks: Marks, branches: Collection[str]) -> dict[str, MarkValue]:
    """Return the symbols that are set on branches, without the exemption and the number beside them."""
    held = ((id_, mark) for id_, mark in marks.items() if id_ in branches)
    return {
        id_: evolve(mark, points=None, out_of=None, exempt=False, changes=())
        for id_, mark in held
        if isinstance(mark, Mark) and mark.symbol is not None
    }


def is_exempt(mark: MarkValue) -> bool:
    """Return whether a mark is an exemption by itself, whatever number it keeps."""
    return mark is EXEMPT or (isinstance(mark, Mark) and (mark.exempt is True or mark.points is EXEMPT))


@frozen
class Edited:
    """Everybody's marks after a bulk edit, and what could not be done; who could not be edited keeps their marks."""

    marks: Mapping[str, Marks] = field(hash=False)
    problems: tuple[Problem, ...] = ()


def edit_many(
    book: Gradebook | Plan,
    marks: Mapping[str, Marks],
    *,
    grants: Mapping[str, Iterable[str]] | None = None,
    lifts: Mapping[str, Iterable[str]] | None = None,
) -> Edited:
    """Return everybody's marks with exemptions granted and lifted, by learner id (X12).

    A learner with an id that cannot be exempt, or one both granted and lifted, keeps their marks, and a problem whose
    path is the learner's id says why; so does a learner who is not there. What is said of an item goes before what is
    said of a category that it is in (X16).
    """
    plan = plan_of(book)
    granting = {learner: list(ids) for learner, ids in (grants or {}).items()}
    lifting = {learner: list(ids) for learner, ids in (lifts or {}).items()}
    edited = dict(marks)
    problems: list[Problem] = []
    for learner in dict.fromkeys([*granting, *lifting]):
        try:
            edited[learner] = _edited(plan, marks, learner, granting.get(learner, []), lifting.get(learner, []))
        except MarksError as error:
            problems += [Problem(each.code, f"{learner}.{each.path}", each.message) for each in error.problems]
    return Edited(edited, tuple(problems))


def _edited(
    plan: Plan, marks: Mapping[str, Marks], learner: str, granted: list[str], lifted: list[str]
) -> dict[str, MarkValue]:
    if learner not in marks:
        message = f"there is no learner {describe(learner)}{nearest(learner, marks)}"
        raise MarksError([Problem("unknown_learner", "", message)])
    both = [id_ for id_ in granted if id_ in lifted]
    if both:
        message = "an exemption is granted and lifted at once; say which"
        raise MarksError(Problem("contradiction", id_, message) for id_ in both)
    edited = dict(marks[learner])
    for id_ in sorted(_known(plan, [*granted, *lifted]), key=plan.layout.index.__getitem__):
        edited = (exempt if id_ in granted else unexempt)(plan, edited, id_)
    return edited


def _part(plan: Plan, marks: dict[str, MarkValue], line: int) -> None:
    """Make the exemption of each category above a line that of everything directly in it (X13)."""
    headings = plan.layout.headings
    above = [headings[line].parent]
    while above[-1] > 0:
        above.append(headings[above[-1]].parent)
    for branch in reversed(above):
        if branch > 0 and is_exempt(marks.get(headings[branch].id)):
            _lift(marks, headings[branch].id)
            for child in _directly_in(plan, branch):
                marks[child] = _granted(marks.get(child))


def _within(plan: Plan, line: int) -> Iterator[str]:
    """Yield the ids of a line and of everything in it."""
    return (plan.layout.headings[each].id for each in range(line, plan.lines[line].end))


def _directly_in(plan: Plan, line: int) -> Iterator[str]:
    child = line + 1
    while child < plan.lines[line].end:
        yield plan.layout.headings[child].id
        child = plan.lines[child].end


def _lift(marks: dict[str, MarkValue], id_: str) -> None:
    """Lift the exemption of an id in marks, if there is one, and leave no blank behind."""
    mark = marks.get(id_)
    if not is_exempt(mark):
        return
    lifted = _lifted(mark)
    if lifted is None:
        del marks[id_]
    else:
        marks[id_] = lifted


def _granted(mark: MarkValue) -> MarkValue:
    if isinstance(mark, Mark):
        return evolve(mark, exempt=True)
    return EXEMPT if mark is None or isinstance(mark, NoScore) else Mark(mark, exempt=True)


def _lifted(mark: MarkValue) -> MarkValue:
    if mark is EXEMPT:
        return None
    if not isinstance(mark, Mark):
        return mark
    points = None if mark.points is EXEMPT else mark.points
    kept = evolve(mark, exempt=False, points=points)
    return points if kept == Mark(points) else kept


def _with_number(exemption: MarkValue, before: MarkValue) -> MarkValue:
    """Return an exemption with the number that stands there, unless it has its own."""
    if not isinstance(exemption, Mark):
        return before
    if exemption.points is not None and not isinstance(exemption.points, NoScore):
        return exemption
    kept = before if isinstance(before, Mark) else Mark(before)
    return evolve(exemption, points=kept.points, out_of=kept.out_of if exemption.out_of is None else exemption.out_of)


def _plan_for(book: Gradebook | Plan, marks: object) -> Plan:
    if not isinstance(marks, Mapping):
        message = f"the marks of a learner map item ids to marks; this is {describe(marks)}"
        raise MarksError([Problem("not_marks", "", message)])
    return plan_of(book)


def _known(plan: Plan, ids: Iterable[str]) -> list[str]:
    wanted = list(ids)
    problems = [plan.unknown(id_) for id_ in wanted if _is_unknown(plan, id_)]
    if ROOT_ID in wanted:
        message = "a final grade cannot be exempt, calculated or adjusted; exempt what it is made of"
        problems.append(Problem("final_exempt", ROOT_ID, message))
    if problems:
        raise MarksError(problems)
    return list(dict.fromkeys(wanted))


def _is_unknown(plan: Plan, id_: object) -> bool:
    return not isinstance(id_, str) or id_ not in plan.layout.index
