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
    Rounding,
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
                "its result is rounded to 0 decimals",
                "symbols: F from 0 %, A from 90 %",
                "shown to 2 decimals",
            ),
        ),
        ("Quizzes", ("weighs 40", "of the lowest results dropped: 1")),
        ("Quiz", ("out of 10",)),
        ("Exam", ("weighs 60", "passed from 50 %", "it must be passed to pass the course", "out of 100")),
    ]
    assert expected == [(row.label, row.notes) for _, row in book.outline().rows()]
    assert str(book) == book.outline().text()


def test_an_imported_course_is_said_too():
    """What was read says how its course is graded (G23)."""
    book = Gradebook([GradeItem("Quiz", 10)])
    assert book.outline() == Imported(book).outline()


def test_a_gradebook_that_was_not_judged_is_said():
    """What is no node, and a field of another kind, is described and never raises."""
    book = Gradebook(["x", GradeItem(3, max_points="many", weight=Fraction(1, 3))])
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
