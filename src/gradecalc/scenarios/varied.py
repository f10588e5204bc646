# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Marks that are let vary: one item over all it can be marked, or several by an equal percent; the rest stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Final

from ..errors import DefinitionError, MarksError, Problem, nearest
from ..exact import Exact, Number, NumberError, describe, read_number, write_short
from ..gradebook.contributions import WHOLE
from ..grading.exemptions import enter
from ..grading.grading import Unknown, grade, read_marks
from ..grading.plan import Plan
from ..grading.planned import PlannedItem
from ..marks import ItemKind, Mark, Marks, MarkValue, Reading, UngradedPolicy
from ..report.report import Report
from ..values import frozen

MOST_STEPS: Final = 100_000
"""The most steps in which a mark is let vary."""

_MOST_WHOLE: Final = 200


@frozen
class Varied:
    """Items whose marks vary together between a lowest and a highest: in points, or of several items in percent."""

    plan: Plan
    marks: Mapping[str, MarkValue]
    maxima: Mapping[str, Exact]
    """What each of the items is out of for this learner."""
    lowest: Fraction
    highest: Fraction
    only: tuple[Fraction, ...]
    """The marks that its kind has, if it has only some."""
    ungraded: UngradedPolicy | None

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the items."""
        return tuple(self.maxima)

    @property
    def in_percent(self) -> bool:
        """Whether several items vary, by the percent of each one's maximum."""
        return len(self.maxima) > 1

    def report_at(self, mark: Fraction) -> Report:
        """Return the report with this mark."""
        points = {id_: mark * most / WHOLE if self.in_percent else mark for id_, most in self.maxima.items()}
        marked = {id_: with_points(self.marks.get(id_), each) for id_, each in points.items()}
        return grade(self.plan, {**self.marks, **marked}, ungraded=self.ungraded)

    def steps(self, step: Number) -> tuple[Fraction, ...]:
        """Return the multiples of the step that lie in the range, or the marks that the kind has."""
        width = _width(step)
        first, last = ceil(self.lowest / width), floor(self.highest / width)
        if last - first >= MOST_STEPS:
            message = f"a step of {write_short(width)} makes more than {MOST_STEPS} marks; state a larger one"
            raise DefinitionError([Problem("too_many_steps", "step", message)])
        return self.only or tuple(nth * width for nth in range(first, last + 1))

    def grid(self) -> tuple[Fraction, ...]:
        """Return marks that lie close together: a hundred equal steps, and the whole numbers if they are not many."""
        width = self.highest - self.lowest
        hundredths = {self.lowest + width * nth / 100 for nth in range(101)}
        first, last = ceil(self.lowest), floor(self.highest)
        return tuple(sorted(hundredths.union(map(Fraction, range(first, last + 1)) if width <= _MOST_WHOLE else ())))


def vary(
    plan: Plan,
    marks: Marks,
    item: str | Iterable[str],
    ungraded: UngradedPolicy | None = None,
    up_to: Number | None = None,
) -> Varied:
    """Return the item or items as what is let vary, up to their maxima or, of one item, up to another mark.

    Raises `MarksError` for what is no item that takes points, and for a mark beyond a maximum that cannot be exceeded.
    """
    ids = (item,) if isinstance(item, str) else tuple(dict.fromkeys(item))
    problems = list(_misfits(plan, ids))
    if problems:
        raise MarksError(problems)
    read = read_marks(plan, marks, Unknown.REFUSE)
    lines = {id_: plan.layout.index[id_] for id_ in ids}
    spans = {id_: span(plan, line, read.get(line)) for id_, line in lines.items()}
    entered: Mapping[str, MarkValue] = dict(marks)
    for id_ in ids:
        entered = enter(plan, entered, id_, with_points(marks.get(id_), Fraction(0)))
    maxima = {id_: out_of for id_, (_, _, out_of) in spans.items()}
    if len(ids) > 1:
        return Varied(plan, entered, maxima, Fraction(0), Fraction(WHOLE), (), ungraded)
    lowest, highest, out_of = spans[ids[0]]
    most = highest if up_to is None else _most(plan, lines[ids[0]], out_of, up_to)
    return Varied(plan, entered, maxima, lowest, most, _only(plan, lines[ids[0]], out_of), ungraded)


def span(plan: Plan, line: int, reading: Reading | None) -> tuple[Fraction, Fraction, Exact]:
    """Return the lowest and the highest points that an item can be marked with, and what it is out of (WI6)."""
    planned = plan.lines[line]
    assert isinstance(planned, PlannedItem)  # noqa: S101 - what takes points is asked before
    out_of = planned.max_points if reading is None or reading.out_of is None else reading.out_of
    worths = [Fraction(each * out_of, WHOLE) for each in planned.symbols.values()]
    return Fraction(min(0, planned.min_points or 0, *worths)), Fraction(max(out_of, *worths, 0)), out_of


def with_points(mark: MarkValue, points: Fraction) -> MarkValue:
    """Return the mark with other points; of its circumstances the learner's own maximum stays."""
    if isinstance(mark, Mark) and mark.out_of is not None:
        return Mark(points, out_of=mark.out_of)
    return points


def _only(plan: Plan, line: int, out_of: Exact) -> tuple[Fraction, ...]:
    planned = plan.lines[line]
    if not isinstance(planned, PlannedItem):
        return ()
    if planned.kind is ItemKind.PASS_FAIL:
        return (Fraction(0), Fraction(out_of))
    return tuple(sorted({Fraction(each * out_of, WHOLE) for each in planned.symbols.values()}))


def _misfits(plan: Plan, ids: Iterable[object]) -> Iterator[Problem]:
    if not ids:
        yield Problem("missing", "item", "no item is named; name one or more of the gradebook")
    for id_ in ids:
        line = plan.layout.index.get(id_) if isinstance(id_, str) else None
        items = [each.id for each in plan.lines if isinstance(each, PlannedItem) and each.kind is not ItemKind.TEXT]
        if line is None:
            message = f"no item {describe(id_)} in the gradebook{nearest(id_, items)}"
            yield Problem("unknown_id", describe(id_).strip("'"), message)
        elif plan.lines[line].id not in items:
            below = [each.id for each in plan.lines[line : plan.lines[line].end] if each.id in items]
            why = "has no mark of its own; items in it have" if below else "takes no points; items that do"
            will_do = ", ".join(map(describe, (below or items)[:3])) or "there is none"
            yield Problem("not_marked", plan.lines[line].id, f"{describe(id_)} {why}: {will_do}")


def _most(plan: Plan, line: int, out_of: Exact, up_to: Number) -> Fraction:
    planned = plan.lines[line]
    most = Fraction(_read(up_to, "up_to"))
    if most > out_of and planned.capped and planned.cap is None:
        message = f"{planned.id!r} is out of {write_short(out_of)} and cannot exceed it; state that or less"
        raise MarksError([Problem("beyond_maximum", planned.id, message)])
    return most


def _width(step: Number) -> Fraction:
    width = _read(step, "step")
    if width <= 0:
        message = f"step is {describe(step)}; it must be above 0"
        raise DefinitionError([Problem("too_small", "step", message)])
    return Fraction(width)


def _read(value: object, name: str) -> Exact:
    try:
        return read_number(value)
    except NumberError as error:
        raise DefinitionError([Problem("not_a_number", name, str(error))]) from None


def filled(marks: Mapping[str, MarkValue], points: Mapping[str, Fraction]) -> dict[str, MarkValue]:
    """Return the marks with these points filled in."""
    return {**marks, **{id_: with_points(marks.get(id_), each) for id_, each in points.items()}}
