# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What each item did to the final grade, and what it can still do.

>>> from gradecalc import Gradebook, GradeItem
>>> book = Gradebook([GradeItem("Quiz", max_points=40), GradeItem("Exam", max_points=60)])
>>> print(influence(book, {"Quiz": 30, "Exam": 30}))
Final grade  60.00
  Quiz        30 %  moves it from 30 % to 70 %; without it the final would be 10 % less
  Exam        30 %  moves it from 30 % to 90 %; without it the final would be 15 % more
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from attrs import field

from ..exact import represent, total
from ..gradebook.tree import Gradebook
from ..grading.exemptions import exempt, exempted
from ..grading.grading import grade
from ..grading.plan import Plan, plan_of
from ..grading.planned import PlannedItem
from ..marks import ItemKind, Marks
from ..outline import Explained, Outline
from ..reasons import NUMBERS, Reason, ReasonTexts
from ..report.report import Report
from ..report.rows import figure_of
from ..values import frozen
from .monotone import never_falls
from .varied import Varied, vary

TEXTS: Final = ReasonTexts(
    "influence",
    {
        "did_less": "without it the final would be {0} % less",
        "did_more": "without it the final would be {0} % more",
        "did_nothing": "without it the final would be the same",
        "moves": "moves it from {0} % to {1} %",
        "moves_at_least": "moves it from {0} % to {1} % at least",
        "the_rest": "rest",
        "rest": "what roundings, caps, overrides, formulas and results picked of several make of it",
    },
)
"""What is said of the influence of an item."""


@frozen
class ItemInfluence:
    """The influence of one item on the final, all in percent of it.

    `adds` is what it contributes now. `lowest` and `highest` are what the final comes to over all that it can be
    marked, everything else as it is; where that is not `proven` there may be more. `did` is how much more the final is
    than if the item were exempt; None where one of both has no score.
    """

    id: str
    name: str
    adds: Fraction = field(repr=represent)
    lowest: Fraction | None = field(repr=represent)
    highest: Fraction | None = field(repr=represent)
    proven: bool
    did: Fraction | None = field(repr=represent)


@frozen
class Influence(Explained):
    """The influence of every item that takes points and is not exempt, in book order.

    What the items add and the `rest` are together the final's percent: the rest is what a rounding, a cap, an override,
    a formula or a branch that picks one of its results, as a median does, made of it, and 0 without these.
    """

    report: Report
    items: tuple[ItemInfluence, ...]
    rest: Fraction = field(repr=represent)

    def __getitem__(self, id: str) -> ItemInfluence:  # noqa: A002 - the word of the domain
        return next(each for each in self.items if each.id == self.report[id].id)

    def outline(self) -> Outline:
        """Return a row for each item with what it adds, and one for the rest if there is any."""
        rows = [Outline(each.name, NUMBERS.phrase("percent", each.adds), _reasons(each)) for each in self.items]
        if self.rest:
            rest = NUMBERS.phrase("percent", self.rest)
            rows.append(Outline(TEXTS.phrase("the_rest"), rest, (TEXTS.reason("rest"),)))
        return Outline(self.report.final.name, figure_of(self.report.final, "number"), (), rows)


def influence(plan: Plan | Gradebook, marks: Marks) -> Influence:
    """Return what each item adds, what it did, and between what it can move the final. Rule WI17.

    Raises `MarksError` for marks that cannot be read.
    """
    compiled = plan_of(plan)
    report, gone = grade(compiled, marks), set(exempted(compiled, marks))
    items = tuple(
        _of_item(compiled, marks, report, planned.id)
        for planned in compiled.lines
        if isinstance(planned, PlannedItem) and planned.kind is not ItemKind.TEXT and planned.id not in gone
    )
    final = report.final.percent or Fraction(0)
    return Influence(report, items, Fraction(final - total(each.adds for each in items)))


def _of_item(plan: Plan, marks: Marks, report: Report, id_: str) -> ItemInfluence:
    varied, result = vary(plan, marks, id_), report[id_]
    proven = never_falls(plan, varied.report_at(varied.lowest), [id_])
    percents = list(_percents(varied, proven=proven))
    without, final = grade(plan, exempt(plan, marks, id_)).final.percent, report.final.percent
    return ItemInfluence(
        id_,
        result.name,
        (result.weight or Fraction(0)) * (result.percent or Fraction(0)),
        min(percents, default=None),
        max(percents, default=None),
        proven,
        None if final is None or without is None else final - without,
    )


def _percents(varied: Varied, *, proven: bool) -> Iterator[Fraction]:
    for mark in (varied.lowest, varied.highest) if proven else varied.only or varied.grid():
        percent = varied.report_at(mark).final.percent
        if percent is not None:
            yield percent


def _reasons(item: ItemInfluence) -> Iterator[Reason]:
    if item.lowest is not None and item.highest is not None:
        yield TEXTS.reason("moves" if item.proven else "moves_at_least", item.lowest, item.highest)
    if item.did is not None:
        code = "did_nothing" if not item.did else "did_less" if item.did > 0 else "did_more"
        yield TEXTS.reason(code, *[abs(item.did)] * bool(item.did))
