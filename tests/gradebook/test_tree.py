# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules G10, G15 and G24: what a category has from above, how deep and large a gradebook may be, and its digest."""

import os
import pickle
import subprocess
import sys
from collections import deque
from fractions import Fraction
from hashlib import sha256

import pytest
from attrs import evolve

from gradecalc import (
    Band,
    BestOf,
    BonusOf,
    CalculatedItem,
    Category,
    DefinitionError,
    DropBy,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mean,
    Rescale,
    Rounding,
    SumOfPoints,
    UngradedPolicy,
    WeightedMean,
    Weighting,
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
    """Equal definitions have equal digests, and what can move a grade makes another (G24)."""
    book = Gradebook([Category("c", [ITEM], weight=40)], scheme=GradeScheme((Band("A", 0),)))
    same = Gradebook((Category("c", (ITEM,), weight=40.0),), scheme=GradeScheme([Band("A", 0)]))
    others = [
        evolve(book, pass_mark=50),
        evolve(book, aggregation=WeightedMean()),
        Gradebook([Category("c", [ITEM], weight=41)], scheme=book.scheme),
        Gradebook([Category("c", [], weight=40), ITEM], scheme=book.scheme),
    ]
    assert digest(book) == digest(same)
    assert 1 + len(others) == len({digest(each) for each in [book, *others]})


WAYS = BestOf(
    [Weighting("first", {"Labs": 50, "e": 50}), Weighting("second", {"e": 100, "Labs": 0}, rescale=Rescale.UP)]
)
RULES = Gradebook(
    [
        Category(
            "Labs",
            [GradeItem("L1", 10), GradeItem("L2", Fraction(20, 3), kind=ItemKind.PASS_FAIL), GradeItem("Büro", 5)],
            weight=40,
            drop=DropRule(lowest=1, never=["L2"], by=DropBy.POINTS),
            aggregation=SumOfPoints(bonus=BonusOf.WHOLE),
            pass_mark=50,
        ),
        GradeItem("Exam", 100, weight=60, id="e"),
        FormulaItem("Hurdle", formula="IF{[e.Percent] < 50, 0, 100}", max_points=100),
        CalculatedItem("Half way", items=["Labs"], max_points=46),
    ],
    aggregation=WAYS,
    scheme=GradeScheme((Band("A", 85, colour="green"), Band("F", 0, value=20)), "letters"),
    shown=Rounding(1),
    ungraded=UngradedPolicy.AS_ZERO,
)
TEXT = """\
{"aggregation":{"type":"best_of","weightings":[{"weights":{"Labs":"50","e":"50"}},\
{"rescale":"up","weights":{"Labs":"0","e":"100"}}]},"children":4,\
"scheme":{"bands":[{"start":"0","symbol":"F","value":"20"},{"start":"85","symbol":"A"}]},"ungraded":"as_zero"}
{"aggregation":{"bonus":"whole","type":"sum_of_points"},"children":3,\
"drop":{"by":"points","lowest":1,"never":["L2"]},"id":"Labs","pass_mark":"50","weight":"40"}
{"id":"L1","max_points":"10"}
{"id":"L2","kind":"pass_fail","max_points":"20/3"}
{"id":"B\\u00fcro","max_points":"5"}
{"id":"e","max_points":"100","weight":"60"}
{"formula":"IF{[e.Percent] < 50, 0, 100}","id":"Hurdle","max_points":"100"}
{"id":"Half way","items":["Labs"],"max_points":"46"}
"""


def test_the_digest_is_that_of_a_written_text():
    """The digest is that of the text that the rule describes, the same in every version of the same rules (G24)."""
    assert sha256(TEXT.encode()).hexdigest()[:16] == digest(RULES)
    assert "8458c7d27c7af812" == digest(RULES)


@pytest.mark.parametrize(
    "shown",
    [
        evolve(RULES, name="Other"),
        evolve(RULES, shown=Rounding(0)),
        evolve(RULES, children=[evolve(RULES.children[0], name="Other", id="Labs"), *RULES.children[1:]]),
        evolve(RULES, scheme=GradeScheme((Band("A", 85, colour="red"), Band("F", 0, value=20)), "other")),
        evolve(RULES, aggregation=BestOf([evolve(each, name=f"{each.name}!") for each in WAYS.weightings])),
    ],
)
def test_what_is_only_shown_is_not_in_the_digest(shown):
    """A rename with the same ids, another colour and other decimals that are shown leave the digest as it was (G24)."""
    assert RULES != shown
    assert digest(RULES) == digest(shown)


def test_the_digest_does_not_hang_on_the_seed_of_hashes():
    """Another process with another seed of its hashes makes the same digest (G24)."""
    code = "from gradecalc import *; print(compile_gradebook(Gradebook([GradeItem('a', 5)])).digest)"
    process = {"env": {**os.environ, "PYTHONHASHSEED": "7"}, "capture_output": True, "text": True}
    done = subprocess.run([sys.executable, "-c", code], check=True, **process)
    assert digest(Gradebook([GradeItem("a", 5)])) == done.stdout.strip()


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
