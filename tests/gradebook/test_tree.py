# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules G10 and G15: what a category has from above, how deep and large a gradebook may be, and its digest."""

import pickle
from collections import deque

import pytest
from attrs import evolve

from gradecalc import (
    Band,
    Category,
    DefinitionError,
    Gradebook,
    GradeItem,
    GradeScheme,
    Mean,
    Rounding,
    SumOfPoints,
    WeightedMean,
    compile_gradebook,
    grade,
)
from gradecalc.gradebook.tree import MAX_DEPTH, digest

ITEM = GradeItem("Quiz", max_points=10)


def errors(book):
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(book)
    return [(problem.code, problem.path) for problem in caught.value.problems]


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


QUIZZES = {"a": GradeItem("Quiz 1", 10), "b": GradeItem("Quiz 2", 10)}


@pytest.mark.parametrize(
    "children",
    [
        list(QUIZZES.values()),
        QUIZZES.values(),
        (node for node in QUIZZES.values()),
        map(QUIZZES.get, "ab"),
        deque(QUIZZES.values()),
        dict.fromkeys(QUIZZES.values()).keys(),
    ],
)
def test_children_are_any_iterable_of_nodes(children):
    """A list, a view of a mapping, a generator or a deque of nodes is read once, and kept as a tuple (G21)."""
    category = Category("Quizzes", children)
    assert tuple(QUIZZES.values()) == category.children
    assert 100 == grade(Gradebook([category]), {"Quiz 1": 10}).final.percent


def test_a_generator_that_is_used_up_is_refused():
    """A generator given to two branches is an error at the second, and not a branch without children (G21)."""
    nodes = (node for node in QUIZZES.values())
    assert 2 == len(Gradebook(nodes).children)
    with pytest.raises(DefinitionError) as caught:
        Category("Quizzes", nodes)
    assert [("used_up", "children")] == [(each.code, each.path) for each in caught.value.problems]
