# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is lowered, case by case: the kernel answers, with the final of the exact engine."""

import pytest

from gradecalc import (
    BestOf,
    Category,
    Gradebook,
    GradeItem,
    Hurdle,
    ReplacedBy,
    SumOfPoints,
    WeightedMean,
    Weighting,
    WeightMoves,
    compile_gradebook,
    grade,
)
from gradecalc.grading.kernel.lowering import lower
from gradecalc.grading.kernel.python import write_source
from kernel_and_engine import ASKED, answering, assert_same, exactly
from lowered_books import BOOKS, by_formula, rows


@pytest.mark.parametrize("name", BOOKS)
def test_is_lowered_and_exact(name):
    """Every combination of marks has the final that the exact engine finds; most are worked out by the kernel."""
    plan = compile_gradebook(BOOKS[name])
    assert () == plan.kernel_notes
    everybody = list(rows(plan))
    answer = answering(plan)
    found = [(exactly(plan, marks).final.percent, answer(marks)) for marks in everybody]
    assert [] == [pair for pair in found if pair[1] != ASKED and pair[0] != pair[1]]
    assert sum(answered == ASKED for _, answered in found) < len(found) / 2
    for marks in everybody[::31]:
        assert_same(plan, marks)


@pytest.mark.parametrize(
    "formula",
    [
        "POWER{[a.Percent], 100} * POWER{[a.Percent], 100} * POWER{[b.Percent], 100} * POWER{[c.Percent], 100}",
        "[a.Points] + POWER{[b.Percent], 100} / POWER{[c.Percent], 100} / POWER{[a.Percent], 50}",
    ],
)
def test_what_is_long_is_left_to_the_exact_engine(formula):
    """A formula of numbers that could be too long to work with, or to stand in a program, is not lowered."""
    plan = compile_gradebook(by_formula(formula))
    assert ["not_lowered"] == [note.code for note in plan.kernel_notes]
    assert_same(plan, {"a": 1, "b": 20, "c": 5})


@pytest.mark.parametrize("inner", [{"min_points": 2}, {}])
@pytest.mark.parametrize("ranked", [False, True])
def test_what_is_no_less_than_something_is_left_to_the_exact_engine(inner, ranked):
    """A branch with a least, and one with a bonus that may cost, are not lowered, in a sum or beside one (G2, B1)."""
    bonus = GradeItem("b", 10, bonus=True, min_points=0 if inner else -5)
    aggregation = SumOfPoints() if not ranked else WeightedMean(ranks=(60, 40))
    book = Gradebook(
        [Category("In", [GradeItem("a", 10), bonus], **inner), GradeItem("c", 10)], aggregation=aggregation
    )
    plan = compile_gradebook(book)
    assert ["not_lowered"] == [note.code for note in plan.kernel_notes]
    assert_same(plan, {"a": 1, "b": -3, "c": 5})


def test_what_would_take_long_to_lower_is_left_to_the_exact_engine():
    """Very many weights that move, or weightings of very many children, are not lowered."""
    ids = [str(nth) for nth in range(101)]
    moving = [GradeItem(id_, 10, weight=1, weight_moves=WeightMoves(ids[0])) for id_ in ids[1:]]
    weightings = [Weighting(f"W{nth}", dict.fromkeys(ids, 1)) for nth in range(20)]
    for book in (
        Gradebook([GradeItem(ids[0], 10, weight=1), *moving], aggregation=WeightedMean()),
        Gradebook([GradeItem(id_, 10) for id_ in ids], aggregation=BestOf(weightings)),
    ):
        plan = compile_gradebook(book)
        assert ["not_lowered"] == [note.code for note in plan.kernel_notes]
        assert 50 == grade(plan, {ids[0]: 5}).final.percent


EDGES = [0.1, 0.29, 1 / 3, 9.999, 4.9995, 5.0, 2**53, 2**53 + 1, 160, -0.0, 1e-9]


@pytest.mark.parametrize("name", BOOKS)
def test_is_exact_at_the_edges(name):
    """On pass marks, beyond three decimals and beyond what a float holds, the final is the exact one too."""
    plan = compile_gradebook(BOOKS[name])
    ids = [heading.id for heading in plan.layout.headings if heading.how.name == "MARKED"]
    for nth in range(len(EDGES)):
        marks = {id_: EDGES[(nth + 3 * place) % len(EDGES)] for place, id_ in enumerate(ids)}
        assert exactly(plan, marks).final.percent == grade(plan, marks).final.percent


HOSTILE = ["n0", "\n    import os", "'); raise SystemExit #", '"""', "\\"]


def test_no_name_reaches_the_source_of_what_is_no_sum():
    """The source of a formula, a hurdle and a best weighting has no character of a name."""
    sources = [
        write_source(lower(plan.lines, None, hurdles=plan.hurdles)[0], "return", checked=False)[0]
        for plan in (compile_gradebook(named(names)) for names in (HOSTILE, ["a", "b", "c", "d", "e"]))
    ]
    assert sources[0] == sources[1]


def named(names):
    """Return a gradebook of items with these names."""
    a, b, c, d, e = names
    weightings = [Weighting(d, {b: 50, a: 50}), Weighting(e, {c: 100})]
    hurdle = {"pass_mark": 50, "must_pass": True, "if_missed": Hurdle(final_at_most=45, final_symbol=e)}
    return Gradebook(
        [GradeItem(a, 10, **hurdle), GradeItem(b, 10, replaced_by=ReplacedBy(c)), GradeItem(c, 10)],
        aggregation=BestOf(weightings),
    )
