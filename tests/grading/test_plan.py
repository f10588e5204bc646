# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A plan is a value that holds what all learners share."""

import pickle

import pytest

from gradecalc import (
    Band,
    ByFormula,
    CalculatedItem,
    Category,
    Distribution,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    Highest,
    ItemKind,
    Lowest,
    Mean,
    Median,
    Mode,
    Rounding,
    SumOfPoints,
    WeightedMean,
    compile_gradebook,
    grade,
)
from gradecalc.grading.planned import PlannedItem
from gradecalc.report.layouts import How
from gradecalc.report.passing import PassRule

NUMERIC = ItemKind.NUMERIC
ITEM = GradeItem("Quiz", max_points=10)
A, B = GradeItem("A", max_points=10), GradeItem("B", max_points=20)


def formula(text, **options):
    return FormulaItem("F", formula=text, max_points=100, **{"can_exceed": True, **options})


def test_plans_are_values():
    """A plan equals, hashes and pickles as its gradebook does."""
    plan = compile_gradebook(Gradebook([ITEM]))
    again = pickle.loads(pickle.dumps(plan))  # noqa: S301
    assert (plan, hash(plan)) == (again, hash(again))
    assert ("final", "Quiz") == plan.ids
    assert grade(plan, {"Quiz": 7}) == grade(again, {"Quiz": 7})


def test_plans_with_formulas_are_values():
    """A plan with formulas and calculated items pickles and grades the same."""
    calculated = CalculatedItem("C", items=("A",))
    plan = compile_gradebook(Gradebook([A, B, formula("[A.Points]"), calculated], aggregation=ByFormula("[B.Percent]")))
    again = pickle.loads(pickle.dumps(plan))  # noqa: S301
    assert (plan, hash(plan)) == (again, hash(again))
    assert grade(plan, {"A": 7, "B": 4}) == grade(again, {"A": 7, "B": 4})


def line_of(plan, id_):
    return plan.lines[plan.layout.index[id_]]


def test_a_plan_has_a_line_for_each_node_in_book_order():
    """A branch's line ends where that of its last descendant does, so that what is in it is a range of lines (X6)."""
    inner = Category("inner", [A, B])
    plan = compile_gradebook(Gradebook([Category("outer", [inner, ITEM]), GradeItem("Exam", max_points=5)]))
    ends = {"final": 7, "outer": 6, "inner": 5, "A": 4, "B": 5, "Quiz": 6, "Exam": 7}
    assert ends == {line.id: line.end for line in plan.lines}
    assert list(range(7)) == [line.line for line in plan.lines]


def test_every_line_that_is_worked_out_comes_after_what_it_needs():
    """The order has every line but the items' once, whatever stands first in the book (C9)."""
    first = FormulaItem("first", formula="[last.Points] + [c.Percent]", max_points=1)
    last = FormulaItem("last", formula="[A.Points]", max_points=1)
    plan = compile_gradebook(Gradebook([first, Category("c", [A, B]), last]))
    order = [plan.lines[line].id for line in plan.order]
    assert {line.id for line in plan.lines if not isinstance(line, PlannedItem)} == set(order)
    assert len(order) == len(set(order))
    assert order.index("first") > max(order.index("last"), order.index("c"))


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        (WeightedMean(), [(40, False), (30, False), (30, False)]),
        (WeightedMean(distribution=Distribution.BY_POINTS), [(40, False), (20, True), (40, True)]),
        (SumOfPoints(), [(10, False), (10, False), (20, False)]),
        (Mean(), [(1, False)] * 3),
        (Median(), [(1, False)] * 3),
    ],
)
def test_weights_are_shared_out_before_anybody_is_graded(aggregation, expected):
    """A place has the weight that is given or shared, and says whether it follows the points (W1, W2, W4)."""
    plan = compile_gradebook(Gradebook([GradeItem("W", max_points=10, weight=40), A, B], aggregation=aggregation))
    assert expected == [(place.weight, place.automatic) for place in line_of(plan, "final").children]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, 60),
        ({"drop": DropRule(lowest=1)}, 50),
        ({"drop": DropRule(lowest=1, never=("A",))}, 40),
        ({"max_points": 5, "drop": DropRule(lowest=1)}, 5),
        ({"aggregation": Mean()}, 100),
    ],
)
def test_a_branch_is_out_of_what_could_count_in_it(options, expected):
    """Before anybody is graded the smallest are taken as dropped, and what does not count adds nothing (U6)."""
    bonus, note = GradeItem("bonus", max_points=7, bonus=True), GradeItem("note", max_points=9, counts=False)
    items = [A, B, GradeItem("C", max_points=30), bonus, note]
    assert expected == line_of(compile_gradebook(Gradebook([Category("c", items, **options)])), "c").max_points


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [
        (WeightedMean(), How.WEIGHTED_MEAN),
        (SumOfPoints(), How.SUM_OF_POINTS),
        (Mean(), How.MEAN),
        (Median(), How.MEDIAN),
        (Lowest(), How.LOWEST),
        (Highest(), How.HIGHEST),
        (Mode(), How.MODE),
        (ByFormula("[A.Percent]"), How.FORMULA),
    ],
)
def test_a_heading_says_how_its_line_is_worked_out(aggregation, expected):
    """A category has the way of its aggregation, and that of its parent where it has none (G10)."""
    calculated = CalculatedItem("C", items=("A",))
    plan = compile_gradebook(Gradebook([A, formula("1"), calculated, Category("c", [B])], aggregation=aggregation))
    below = How.SUM_OF_POINTS if expected is How.FORMULA else expected
    assert [expected, How.MARKED, How.FORMULA, How.CALCULATED, below, How.MARKED] == [
        heading.how for heading in plan.layout.headings
    ]


def test_an_aggregation_is_told_in_its_own_word():
    """What a heading says of an aggregation is the name that the aggregation has in messages."""
    for aggregation in (WeightedMean(), SumOfPoints(), Mean(), Median(), Lowest(), Highest(), Mode(), ByFormula("1")):
        assert (
            aggregation.name == compile_gradebook(Gradebook([A], aggregation=aggregation)).layout.headings[0].how.value
        )


def test_what_a_line_states_is_in_its_plan():
    """Cap, rounding, floor and pass rule are where the evaluator and the report find them (G1, G2, P1, P2, R1)."""
    step = Rounding(0)
    item = GradeItem("x", max_points=9, min_points=-1, can_exceed=True, round_result=step, pass_mark=50, must_pass=True)
    plan = compile_gradebook(Gradebook([item], max_points=20))
    line = line_of(plan, "x")
    assert (9, -1, False, step) == (line.max_points, line.min_points, line.capped, line.rounding)
    assert PassRule(50, must_pass=True) == plan.layout.headings[1].passing
    assert (20, True) == (plan.lines[0].frame.scale, plan.lines[0].capped)


def test_a_selectbox_has_the_percent_of_each_symbol():
    """A symbol is worth its assigned value or else its start, by the item's scheme or the book's (S4, G5)."""
    scheme = GradeScheme((Band("Poor", start=0, value=20), Band("Good", start=60)))
    items = [GradeItem(name, max_points=10, kind=kind) for name, kind in (("s", ItemKind.SELECTBOX), ("n", NUMERIC))]
    plan = compile_gradebook(Gradebook(items, scheme=scheme))
    assert ({"Poor": 20, "Good": 60}, {}) == (line_of(plan, "s").symbols, line_of(plan, "n").symbols)
