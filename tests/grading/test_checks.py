# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules G15, G16, W8, B6: a definition is judged completely, each problem with its path and a way out."""

import pytest
from attrs import evolve

from gradecalc import (
    ByFormula,
    Category,
    DefinitionError,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    Highest,
    ItemKind,
    Mean,
    Rounding,
    Severity,
    WeightedMean,
    ZeroRange,
    compile_gradebook,
)
from gradecalc.grading.checks import examine, find_definition_problems

ITEM = GradeItem("Quiz", max_points=10)


def found(book):
    return [(problem.code, problem.path) for problem in find_definition_problems(book)]


def errors(book):
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(book)
    return [(problem.code, problem.path) for problem in caught.value.problems]


A, B = GradeItem("A", max_points=10), GradeItem("B", max_points=20)


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        ([ITEM, ITEM], [("duplicate_id", "children[1].id")]),
        ([GradeItem("final", max_points=1)], [("reserved_id", "children[0].id")]),
        ([GradeItem("", max_points=1)], [("missing", "children[0].name"), ("missing", "children[0].id")]),
        ([GradeItem("x")], [("missing", "children[0].max_points")]),
        ([GradeItem("x", max_points=-1)], [("too_small", "children[0].max_points")]),
        ([GradeItem("x", max_points="ten")], [("not_a_number", "children[0].max_points")]),
        ([Category("c", [ITEM], aggregation=Mean)], [("wrong_type", "children[0].aggregation")]),
        (
            [GradeItem("x", max_points=5, round_result=Rounding(up_from=2))],
            [
                ("too_large", "children[0].round_result.up_from"),
            ],
        ),
        ([GradeItem("x", max_points=True)], [("not_a_number", "children[0].max_points")]),
        ([GradeItem("x", max_points=float("nan"))], [("not_a_number", "children[0].max_points")]),
        ([GradeItem("x", max_points=10**200)], [("not_a_number", "children[0].max_points")]),
        ([GradeItem("x", max_points=10, weight=-5)], [("too_small", "children[0].weight")]),
        ([GradeItem("x", max_points=10, min_points=11)], [("contradiction", "children[0].min_points")]),
        (
            [Category("x", [GradeItem("y", 5)], max_points=10, min_points=11)],
            [("contradiction", "children[0].min_points")],
        ),
        ([GradeItem("x", max_points=10, must_pass=True)], [("missing", "children[0].pass_mark")]),
        ([GradeItem("x", max_points=10, pass_mark=-1)], [("too_small", "children[0].pass_mark")]),
        ([GradeItem("x", max_points=10, bonus="yes")], [("wrong_type", "children[0].bonus")]),
        ([GradeItem("x", max_points=10, kind="numeric")], [("wrong_type", "children[0].kind")]),
        ([GradeItem("x", kind=ItemKind.TEXT, counts=True)], [("text_counts", "children[0].counts")]),
        ([GradeItem("x", max_points=5, kind=ItemKind.SELECTBOX)], [("missing", "children[0].scheme")]),
        ([GradeItem("x", max_points=5, round_result=2)], [("wrong_type", "children[0].round_result")]),
        (
            [GradeItem("x", max_points=5, round_result=Rounding(99, "up", up_from=0))],
            [
                ("out_of_range", "children[0].round_result.places"),
                ("wrong_type", "children[0].round_result.mode"),
                ("too_small", "children[0].round_result.up_from"),
            ],
        ),
        ([GradeItem(5, max_points=5)], [("wrong_type", "children[0].name"), ("wrong_type", "children[0].id")]),
        (["Quiz"], [("wrong_type", "children[0]")]),
        ([Gradebook([ITEM])], [("wrong_type", "children[0]")]),
        ([Category("c", [ITEM], max_points=0)], [("too_small", "children[0].max_points")]),
        ([Category("c", [ITEM], aggregation="mean")], [("wrong_type", "children[0].aggregation")]),
        ([Category("c", [ITEM], ungraded="as_zero")], [("wrong_type", "children[0].ungraded")]),
        (
            [Category("c", [ITEM], drop=DropRule(lowest=-1, never=("Quizz", 5)))],
            [("out_of_range", "children[0].drop.lowest"), ("wrong_type", "children[0].drop.never[1]")],
        ),
        (
            [Category("c", [ITEM], drop=DropRule(lowest=1, keep_highest=1))],
            [("contradiction", "children[0].drop.keep_highest")],
        ),
        ([Category("c", [ITEM], drop=DropRule(never=("Quizz",)))], [("unknown_id", "children[0].drop.never[0]")]),
        (
            [Category("c", [evolve(ITEM, bonus=True)], aggregation=Highest())],
            [("bonus_not_taken", "children[0].children[0].bonus")],
        ),
        (
            [Category("c", [ITEM], aggregation=Mean(zero_range=ZeroRange.ADDS))],
            [("wrong_type", "children[0].aggregation.zero_range")],
        ),
        ([GradeItem("x", max_points=5, scheme=GradeScheme(()))], [("missing", "children[0].scheme.bands")]),
    ],
)
def test_each_problem_has_its_code_and_path(children, expected):
    """A wrong definition is refused with the code and the path of what is wrong (G16)."""
    assert expected == errors(Gradebook(children))


def test_a_gradebook_has_no_least_above_its_maximum():
    """The least of a gradebook, as that of an item or a category, is no more than its maximum (G2, G16)."""
    assert [("contradiction", "min_points")] == errors(Gradebook([GradeItem("x", 5)], max_points=10, min_points=11))


def test_every_problem_comes_at_once():
    """One error lists the problems of the whole book, in book order (G16)."""
    inner = Category("c", [GradeItem("x", max_points=-1), GradeItem("y")], weight=-2)
    book = Gradebook([inner, GradeItem("z", max_points="?"), ITEM, ITEM], aggregation="?", shown=5, scheme="ABC")
    expected = [
        "aggregation",
        "scheme",
        "shown",
        "children[0].weight",
        "children[0].children[0].max_points",
        "children[0].children[1].max_points",
        "children[1].max_points",
        "children[3].id",
    ]
    assert expected == [path for _, path in errors(book)]


def test_problems_between_rows_come_with_those_of_fields():
    """A problem between rows is reported beside a problem of a field elsewhere (G16)."""
    one = Category("one", [GradeItem("x", max_points=-1)])
    two = Category("two", [ITEM], drop=DropRule(never=("Quizz",)))
    expected = [("too_small", "children[0].children[0].max_points"), ("unknown_id", "children[1].drop.never[0]")]
    assert expected == errors(Gradebook([one, two], aggregation="?"))[1:]


def test_a_message_says_what_where_and_what_to_do():
    """A message names the field, its owner, the value and what is allowed (G16)."""
    book = Gradebook([Category("Quizzes", [ITEM], weight=-5)])
    assert "weight of 'Quizzes' is -5; it must be 0 or more" == find_definition_problems(book)[0].message


@pytest.mark.parametrize(
    ("field", "due"), [("drop", "a DropRule"), ("scheme", "a GradeScheme"), ("aggregation", "one of: WeightedMean")]
)
def test_what_a_field_holds_is_named(field, due):
    """Of what a field may hold the one class is named, or all of several (G16)."""
    (problem,) = find_definition_problems(Gradebook([ITEM], **{field: "lowest"}))
    assert f"it must be {due}" in problem.message


@pytest.mark.parametrize(
    ("book", "expected"),
    [
        (Gradebook(), [("no_children", "children")]),
        (Gradebook([GradeItem("x", max_points=5, weight=5)]), [("weight_unused", "children[0].weight")]),
        (
            Gradebook([GradeItem("x", max_points=5, weight=97)], aggregation=WeightedMean()),
            [("weights_not_whole", "children")],
        ),
        (
            Gradebook([GradeItem("x", max_points=5, weight=100), ITEM], aggregation=WeightedMean()),
            [("weight_left_nothing", "children[1].weight")],
        ),
        (
            Gradebook([FormulaItem("Best", formula="1", max_points=10, weight=10)], aggregation=WeightedMean()),
            [("weight_uncounted", "children[0].weight")],
        ),
        (
            Gradebook(
                [FormulaItem("x", formula="1", max_points=10, weight=100, counts=True)], aggregation=WeightedMean()
            ),
            [],
        ),
        (Gradebook([ITEM], drop=DropRule(lowest=1, keep_at_least=0)), [("drops_all", "drop")]),
        (Gradebook([ITEM, GradeItem("Other", 5)], drop=DropRule(highest=1, keep_at_least=0)), [("drops_all", "drop")]),
        (Gradebook([ITEM], drop=DropRule(keep_highest=0, keep_at_least=0)), [("drops_all", "drop")]),
        (Gradebook([ITEM], drop=DropRule(keep_highest=1, keep_at_least=0)), []),
        (Gradebook([ITEM], drop=DropRule(lowest=1, never=("Quiz",), keep_at_least=0)), []),
        (Gradebook([ITEM], drop=DropRule(lowest=1)), []),
    ],
)
def test_what_is_legal_and_suspicious_is_a_notice(book, expected):
    """A suspicious definition compiles, and its plan carries the notices."""
    plan = compile_gradebook(book)
    assert expected == found(book) == [(notice.code, notice.path) for notice in plan.notices]
    assert {Severity.NOTICE} >= {notice.severity for notice in plan.notices}


def test_what_is_no_gradebook_is_a_definition_error():
    """Compiling anything but a gradebook is a definition error (G16)."""
    assert [("wrong_type", "")] == errors(ITEM)


def test_suspicious_formulas_are_notices():
    """A suspicious formula and a drop rule under a formula are notices of the plan (F23, C2)."""
    book = Gradebook([A, B], aggregation=ByFormula("[A.Points] / [B.Points]"), drop=DropRule(lowest=1, keep_at_least=1))
    assert {"divides_by_item", "drop_unused"} == {notice.code for notice in compile_gradebook(book).notices}


def test_an_examination_lays_the_gradebook_out_once():
    """What is examined is laid out in book order with what it names; anything but a gradebook has no rows (G16)."""
    examined = examine(Gradebook([Category("c", [ITEM])]))
    assert (["", "children[0]", "children[0].children[0]"], ()) == (
        [row.path for row in examined.laid_out],
        examined.problems,
    )
    assert ((), 1) == (examine(ITEM).laid_out, len(examine(ITEM).problems))


def test_a_row_with_a_wrong_field_is_judged_no_further():
    """What is wrong between rows is said of those alone whose own fields are sound (G16)."""
    inner = Category("c", [GradeItem("x", max_points=5, weight=-1)], drop=DropRule(never=("y",)))
    assert [("too_small", "children[0].children[0].weight")] == found(Gradebook([inner]))


def test_a_bonus_without_a_weight_is_a_notice():
    """A bonus has its share only where a child beside it has one too (B3)."""
    full = GradeItem("x", max_points=5, weight=100)
    book = Gradebook([full, GradeItem("b", max_points=5, bonus=True)], aggregation=WeightedMean())
    assert [("weight_left_nothing", "children[1].weight")] == found(book)
