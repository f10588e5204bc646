# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules G4, G15, G16, W8, B6: a definition is judged completely, each problem with its path and a way out."""

import pickle
from fractions import Fraction

import pytest
from attrs import evolve

from gradecalc import (
    Band,
    Category,
    DefinitionError,
    DropRule,
    Gradebook,
    GradeItem,
    GradeScheme,
    Highest,
    ItemKind,
    Mean,
    Rounding,
    Severity,
    SumOfPoints,
    WeightedMean,
    ZeroRange,
    compile_gradebook,
    grade,
)
from gradecalc.gradebook.tree import MAX_DEPTH, digest
from gradecalc.grading.checks import find_definition_problems

ITEM = GradeItem("Quiz", max_points=10)


def found(book):
    return [(problem.code, problem.path) for problem in find_definition_problems(book)]


def errors(book):
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(book)
    return [(problem.code, problem.path) for problem in caught.value.problems]


def test_ids_default_to_names():
    """An id is the name unless it is stated (G4)."""
    assert ("Quiz", "q1") == (ITEM.id, GradeItem("Quiz", max_points=10, id="q1").id)


def test_numbers_of_a_definition_are_exact():
    """Whatever number is given, a definition holds the exact one (N2)."""
    assert Fraction(1, 10) == GradeItem("x", max_points=0.1).max_points


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
        ([Category("c", 5)], [("wrong_type", "children[0].children")]),
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
        (Gradebook([ITEM], drop=DropRule(lowest=1)), [("drops_all", "drop")]),
        (Gradebook([ITEM], drop=DropRule(lowest=1, keep_at_least=1)), []),
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


def nested(levels):
    node = ITEM
    for level in range(levels):
        node = Category(f"c{level}", [node])
    return Gradebook([node])


def test_categories_nest_to_a_stated_depth():
    """The deepest book allowed grades, pickles, hashes and prints, and one level more is refused (G15)."""
    book = nested(MAX_DEPTH - 1)
    plan = compile_gradebook(book)
    report = grade(plan, {"Quiz": 7})
    assert (70, 1) == (report.final.percent, report["Quiz"].weight)
    assert book == pickle.loads(pickle.dumps(book))  # noqa: S301
    assert hash(book) == hash(nested(MAX_DEPTH - 1))
    assert MAX_DEPTH + 1 == len(str(report).splitlines())
    assert [("too_deep", "children[0]" + ".children[0]" * MAX_DEPTH)] == errors(nested(MAX_DEPTH))


def test_a_gradebook_has_a_stated_size():
    """A category that doubles itself level by level is refused before its million items are judged (G15)."""
    node = ITEM
    for level in range(20):
        node = Category(f"c{level}", [node, node])
    assert [("too_many", "children")] == errors(Gradebook([node]))


def test_a_category_has_its_parents_aggregation_and_policy():
    """What a category leaves open is as in its parent (G10)."""
    inner = Category("inner", [GradeItem("a", max_points=10), GradeItem("b", max_points=90)])
    outer = Category("outer", [inner], aggregation=Mean())
    report = grade(Gradebook([outer, ITEM], aggregation=SumOfPoints()), {"a": 10, "b": 0})
    assert (50, 100) == (report["inner"].percent, report["inner"].out_of)


def test_the_digest_tells_definitions_apart():
    """Equal definitions have equal digests, and any change makes another (W9)."""
    book = Gradebook([Category("c", [ITEM], weight=40)], scheme=GradeScheme((Band("A", 0),)))
    same = Gradebook((Category("c", (ITEM,), weight=40.0),), scheme=GradeScheme([Band("A", 0)]))
    others = [
        evolve(book, name="Other"),
        evolve(book, shown=Rounding(1)),
        evolve(book, aggregation=WeightedMean()),
        Gradebook([Category("c", [ITEM], weight=41)], scheme=book.scheme),
        Gradebook([Category("c", [], weight=40), ITEM], scheme=book.scheme),
    ]
    assert digest(book) == digest(same)
    assert 1 + len(others) == len({digest(each) for each in [book, *others]})


def test_plans_are_values():
    """A plan equals, hashes and pickles as its gradebook does."""
    plan = compile_gradebook(Gradebook([ITEM]))
    again = pickle.loads(pickle.dumps(plan))  # noqa: S301
    assert (plan, hash(plan)) == (again, hash(again))
    assert ("final", "Quiz") == plan.ids
    assert grade(plan, {"Quiz": 7}) == grade(again, {"Quiz": 7})
