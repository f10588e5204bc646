# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Granting and lifting exemptions, as operations from marks to marks.

>>> from gradecalc import GradeItem, Gradebook, compile_gradebook
>>> plan = compile_gradebook(Gradebook([GradeItem("Quiz", max_points=10), GradeItem("Exam", max_points=90)]))
>>> granted = grant(plan, {"Quiz": 4, "Exam": 81}, ["Quiz"])
>>> granted["Quiz"].exempt, granted["Quiz"].points
(True, 4)
>>> lift(plan, granted, ["Quiz"])
{'Quiz': 4, 'Exam': 81}

Items of every kind and categories can be exempt; the final grade cannot, be it calculated or adjusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from ..errors import MarksError, Problem, nearest
from ..exact import describe
from ..gradebook.tree import ROOT_ID
from ..marks import (
    EXEMPT,
    Mark,
    Marks,
    MarkValue,
    NoScore,
)
from .plan import Plan


def grant(plan: Plan, marks: Marks, ids: Iterable[str]) -> dict[str, MarkValue]:
    """Return the marks with these items and categories exempt; a number that was recorded is kept (X9).

    Raises `MarksError` with every id that cannot be exempt.
    """
    wanted = _known(plan, ids)
    return {**marks, **{id_: _granted(marks.get(id_)) for id_ in wanted}}


def lift(plan: Plan, marks: Marks, ids: Iterable[str]) -> dict[str, MarkValue]:
    """Return the marks with these items and categories no longer exempt: with their kept numbers, or ungraded (X10).

    Raises `MarksError` with every id that cannot be exempt. Lifting what is not exempt changes nothing.
    """
    wanted = set(_known(plan, ids))
    lifted = {id_: _lifted(mark) if id_ in wanted else mark for id_, mark in marks.items()}
    return {id_: mark for id_, mark in lifted.items() if mark is not None or id_ not in wanted}


def enter(plan: Plan, marks: Marks, id: str, mark: MarkValue) -> dict[str, MarkValue]:  # noqa: A002
    """Return the marks with a mark filled in, which ends an exemption of that item (X11).

    Raises `MarksError` for an id that the gradebook does not have; the mark itself is judged when it is graded.
    """
    if id not in plan.layout.index:
        raise MarksError([_unknown(plan, id)])
    return {**marks, id: mark}


@frozen
class Edited:
    """Everybody's marks after a bulk edit, and what could not be done; who could not be edited keeps their marks."""

    marks: Mapping[str, Marks] = field(hash=False)
    problems: tuple[Problem, ...] = ()


def edit_many(
    plan: Plan,
    marks: Mapping[str, Marks],
    *,
    grants: Mapping[str, Iterable[str]] | None = None,
    lifts: Mapping[str, Iterable[str]] | None = None,
) -> Edited:
    """Return everybody's marks with exemptions granted and lifted, by learner id (X12).

    A learner with an id that cannot be exempt, or one both granted and lifted, keeps their marks, and a problem whose
    path is the learner's id says why; so does a learner who is not there.
    """
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
    return lift(plan, grant(plan, marks[learner], granted), lifted)


def _granted(mark: MarkValue) -> MarkValue:
    if isinstance(mark, Mark):
        return evolve(mark, exempt=True)
    return EXEMPT if mark is None or isinstance(mark, NoScore) else Mark(mark, exempt=True)


def _lifted(mark: MarkValue) -> MarkValue:
    if mark is EXEMPT:
        return None
    if not isinstance(mark, Mark) or not (mark.exempt or mark.points is EXEMPT):
        return mark
    points = None if mark.points is EXEMPT else mark.points
    kept = evolve(mark, exempt=False, points=points)
    return points if kept == Mark(points) else kept


def _known(plan: Plan, ids: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(ids))
    problems = [_unknown(plan, id_) for id_ in wanted if id_ not in plan.layout.index]
    if ROOT_ID in wanted:
        message = "a final grade cannot be exempt, calculated or adjusted; exempt what it is made of"
        problems.append(Problem("final_exempt", ROOT_ID, message))
    if problems:
        raise MarksError(problems)
    return wanted


def _unknown(plan: Plan, id_: object) -> Problem:
    message = f"no item or category {describe(id_)} in the gradebook{nearest(id_, plan.ids)}"
    return Problem("unknown_id", str(id_)[:100], message)
