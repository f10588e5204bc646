# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A gradebook in words: every policy that is not the usual one is said."""

from enum import Enum
from fractions import Fraction

import pytest
from attrs import evolve, fields, frozen
from hypothesis import given, settings

from gradecalc import (
    Band,
    BestOf,
    ByFormula,
    CalculatedItem,
    Cap,
    Category,
    ChildWeight,
    Distribution,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    Highest,
    Hurdle,
    Lowest,
    Mean,
    Median,
    Mode,
    ReplacedBy,
    ReplaceLowest,
    Rescale,
    Rounding,
    RoundingOf,
    SumOfPoints,
    UngradedPolicy,
    WeightedMean,
    Weighting,
    WeightMoves,
)
from gradecalc.gradebook.policy_texts import POLICIES as SAID
from gradecalc.gradebook.policy_texts import clauses
from gradecalc.gradebook.tree import rows
from gradecalc.lms import Imported
from gradecalc.testing import gradebooks

NODES = [
    GradeItem("Item", 10),
    FormulaItem("Formula", formula="1", max_points=10),
    CalculatedItem("Calculated", items=("Item",)),
    Category("Category"),
    Gradebook(),
]
POLICIES = [
    Band("A", 90),
    BestOf((Weighting("One", (ChildWeight("a", 1),)),)),
    ByFormula("1"),
    Cap(percent=110),
    ChildWeight("a", 1),
    DropRule(lowest=1),
    GradeScheme((Band("A", 90),)),
    Highest(),
    Hurdle(final_at_most=40),
    Lowest(),
    Mean(),
    Median(),
    Mode(),
    ReplaceLowest(ReplacedBy(("a",))),
    ReplacedBy(("a",)),
    Rounding(),
    SumOfPoints(),
    WeightMoves("a"),
    WeightedMean(),
    Weighting("One", (ChildWeight("a", 1),)),
]
HELD = {
    "aggregation": Mode(),
    "bands": (Band("Z", 1),),
    "by": ReplacedBy(("z",)),
    "cap": Cap(points=7),
    "drop": DropRule(highest=7),
    "if_missed": Hurdle(final_symbol="Z"),
    "replace_lowest": ReplaceLowest(ReplacedBy(("z",))),
    "replaced_by": ReplacedBy(("z",)),
    "round_result": Rounding(7),
    "scheme": GradeScheme((Band("Z", 1),)),
    "shown": Rounding(7),
    "weight_moves": WeightMoves("z"),
    "weightings": (Weighting("Other", (ChildWeight("z", 7),)),),
    "weights": (ChildWeight("z", 7),),
    "ranks": (7, 3),
    "ungraded": UngradedPolicy.AS_ZERO,
}
TEXTS = {"name", "id", "formula", "to", "symbol", "colour", "final_symbol"}


def another(field, held):
    """Return a value that a field does not have now."""
    if isinstance(held, Enum):
        return next(member for member in type(held) if member is not held)
    if isinstance(held, bool):
        return not held
    if field.name in HELD:
        return HELD[field.name]
    if field.name in TEXTS:
        return "another"
    return ("z",) if isinstance(held, tuple) else 7


WALKED = [
    pytest.param(each, field, id=f"{type(each).__name__}.{field.name}")
    for each in [*NODES, *POLICIES]
    for field in fields(type(each))
    if field.name != "children"
]


@pytest.mark.parametrize(("definition", "field"), WALKED)
def test_each_field_is_said(definition, field):
    """Whatever field of a definition is changed, what is said of it changes (G23)."""
    changed = evolve(definition, **{field.name: another(field, getattr(definition, field.name))})
    before, after = ([*clauses(each), getattr(each, "name", "")] for each in (definition, changed))
    assert before != after
    assert field.name == "counts" or {field.name, f"{type(definition).__name__}.{field.name}"} & {*SAID.texts}


@settings(max_examples=40)
@given(gradebooks())
def test_a_gradebook_has_a_row_for_each_node(book):
    """Any gradebook is said whole, a row for each of its nodes in book order (G23)."""
    assert [row.node.name for row in rows(book)] == [row.label for _, row in book.outline().rows()]


def test_a_syllabus_reads_so():
    """A printed gradebook says how the course is graded (G23)."""
    quizzes = Category("Quizzes", [GradeItem("Quiz", 10)], weight=40, drop=DropRule(lowest=1))
    exam = GradeItem("Exam", 100, weight=60, pass_mark=50, must_pass=True)
    scheme = GradeScheme.from_cutoffs({"A": 90, "F": 0})
    book = Gradebook([quizzes, exam], aggregation=WeightedMean(), scheme=scheme, round_result=Rounding(0))
    expected = [
        (
            "Final grade",
            (
                "each result counts by its weight",
                "ungraded work neither adds nor costs",
                "its result is rounded to whole numbers",
                "symbols: A from 90 %, F from 0 %",
                "shown to 2 decimals",
            ),
        ),
        ("Quizzes", ("weighs 40", "all results count the same", "the lowest result is dropped")),
        ("Quiz", ("out of 10",)),
        ("Exam", ("weighs 60", "passed from 50 %", "it must be passed to pass the course", "out of 100")),
    ]
    assert expected == [(row.label, row.notes) for _, row in book.outline().rows()]
    assert str(book) == book.outline().text()


def said(book):
    """Return what a gradebook says, by the name of each row."""
    return {row.label: row.notes for _, row in book.outline().rows()}


def test_a_branch_says_how_it_combines_also_where_it_has_that_from_above():
    """A category without an aggregation says what it has from above, in short, and how its children share (G23)."""
    uneven = [GradeItem("Quiz", 10, weight=20), GradeItem("Talk", 10)]
    branches = [Category("Alike", [GradeItem("One", 5), GradeItem("Two", 5)]), Category("Uneven", uneven)]
    book = said(Gradebook(branches, aggregation=WeightedMean(rescale=Rescale.NEVER)))
    assert ("all results count the same",) == book["Alike"]
    assert ("each result counts by its weight, children without a weight share the rest evenly",) == book["Uneven"]
    assert "never, so that what is short of 100 costs" in book["Final grade"][0]
    by_points = said(Gradebook(branches, aggregation=WeightedMean(distribution=Distribution.BY_POINTS)))
    assert ("each result counts by its weight, children without a weight share the rest by points",) == by_points[
        "Alike"
    ]


def test_weightings_are_told_apart():
    """Of several weightings each has its weights beside its name (G23)."""
    weightings = (Weighting("One", {"a": 40, "b": 60}), Weighting("Two", {"a": 0, "b": 100}))
    book = Gradebook([GradeItem("a", 10), GradeItem("b", 10)], aggregation=BestOf(weightings))
    expected = "the best of these weightings counts: One (a weighs 40, b weighs 60), Two (a weighs 0, b weighs 100)"
    assert expected == said(book)["Final grade"][0]


def test_one_is_said_as_one():
    """What is one, none or all is said so: a decimal, a result that is dropped, whole numbers (G23)."""
    assert ["to 1 decimal"] == clauses(Rounding(1))
    assert ["to whole numbers", "in points"] == clauses(Rounding(0, of=RoundingOf.POINTS))
    one = DropRule(lowest=1, highest=1, keep_at_least=0)
    assert ["the lowest result is dropped", "the highest result is dropped", "all of them may be"] == clauses(one)
    assert ["the 2 lowest results are dropped", "the 3 highest results are dropped"] == clauses(
        DropRule(lowest=2, highest=3)
    )
    assert ["only the highest result counts"] == clauses(DropRule(keep_highest=1))
    assert ["only the 2 highest results count"] == clauses(DropRule(keep_highest=2))


def test_a_bonus_that_may_cost_says_so():
    """A bonus that states a least below 0 is not said to cost nothing (G23, B1)."""
    costing, other = (clauses(GradeItem("Extra", 5, bonus=True, min_points=least)) for least in (-5, 0))
    assert [["bonus_may_cost"], ["bonus"]] == [
        [each.code for each in said if each.code.startswith("bonus")] for said in (costing, other)
    ]


def test_what_does_not_count_says_that_its_weight_does_nothing():
    """A formula item counts only where it says so, and else its weight is said to do nothing (C8)."""
    formula = FormulaItem("Best", formula="[Quiz]", max_points=10, weight=10)
    book = said(Gradebook([GradeItem("Quiz", 10), formula], aggregation=WeightedMean()))
    assert "does not count, and so its weight of 10 does nothing" == book["Best"][-1]


def test_an_imported_course_is_said_too():
    """What was read says how its course is graded (G23)."""
    book = Gradebook([GradeItem("Quiz", 10)])
    assert book.outline() == Imported(book).outline()


def test_a_gradebook_that_was_not_judged_is_said():
    """What is no node, and a field of another kind, is described and never raises."""
    book = Gradebook(["x", GradeItem(3, max_points="many", weight=Fraction(1, 3))], aggregation="none")
    assert ["Final grade", "'x'", "3"] == [row.label for _, row in book.outline().rows()]


def test_a_field_without_a_text_is_said_by_its_name():
    """What no text speaks of is said with the name of its field, so that nothing is kept from the reader (G23)."""

    @frozen
    class Policy:
        """A policy of somebody's own, one of which holds another."""

        new_rule: int = 0
        inner: object = None

    assert ["new rule: 3"] == clauses(Policy(new_rule=3))
    assert [] == clauses(Policy(inner=Policy()))
