# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Values in values, as deep and as often shared as anybody likes, are compared, hashed and shown (G18)."""

import pickle

import pytest

from gradecalc import Category, DefinitionError, Gradebook, GradeItem, Outline, Verdict, compile_gradebook
from gradecalc.decisions import Decision
from gradecalc.nested import MOST_VISITED
from gradecalc.progress.contents import Module, Topic, TopicKind
from gradecalc.release_conditions import AllOf, AnyOf, GradeReceived, Not

LEVELS = 64
DEEP = 50_000


def shared(build, leaf):
    """Return a value that holds its leaf 2^64 times."""
    for _ in range(LEVELS):
        leaf = build(leaf, leaf)
    return leaf


def deep(build, leaf):
    """Return a value far deeper than Python's stack."""
    for _ in range(DEEP):
        leaf = build(leaf)
    return leaf


def category(*children):
    return Category("Part", children)


def outline(*children):
    return Outline("part", children=children)


def decision(*children):
    return Decision("part", Verdict.MET, children=children)


def module(*children):
    return Module("part", children)


KINDS = [
    (category, GradeItem("Quiz", max_points=1)),
    (outline, Outline("leaf")),
    (decision, Decision("x", Verdict.MET)),
    (module, Topic("Quiz", TopicKind.QUIZ)),
    (AllOf, GradeReceived("Quiz")),
]


@pytest.mark.parametrize("make", [shared, deep])
@pytest.mark.parametrize(("build", "leaf"), KINDS)
def test_values_of_any_size_are_values(build, leaf, make):
    """Two that are built alike are equal and hash alike, one with another leaf is neither, and all can be shown."""
    one, same, other = make(build, leaf), make(build, leaf), make(build, build())
    assert one == same
    assert one != other
    assert hash(one) == hash(same)
    assert "…" in repr(one)
    assert len(repr(one)) < MOST_VISITED * 1000


@pytest.mark.parametrize(("make", "code", "path"), [(shared, "too_many", "children"), (deep, "too_deep", "children")])
def test_a_definition_beyond_the_bounds_is_refused_with_a_path(make, code, path):
    """However deep or often shared, compiling ends in a definition error that says where (G15)."""
    with pytest.raises(DefinitionError) as refused:
        compile_gradebook(Gradebook([make(category, GradeItem("Quiz", max_points=1))]))
    found = {problem.code: problem.path for problem in refused.value.problems}
    assert found[code].startswith(path)


def test_small_values_are_shown_as_they_are_written():
    """The text of a small value is what builds it, children in their place, without what is at its default."""
    row = Outline("a", "1", ("n",), (Outline("b"), Outline("c", folds=True)))
    below = "(Outline(label='b'), Outline(label='c', folds=True))"
    assert f"Outline(label='a', value='1', notes=('n',), children={below})" == repr(row)
    assert row == eval(repr(row))  # noqa: S307 - our own text


@pytest.mark.parametrize(
    "other",
    [
        category(),
        category(GradeItem("Quiz", max_points=2)),
        category(GradeItem("Quiz", max_points=1), GradeItem("Quiz", max_points=1)),
        category(category()),
        Category("Other", [GradeItem("Quiz", max_points=1)]),
        Gradebook([GradeItem("Quiz", max_points=1)]),
        "Part",
    ],
)
def test_a_difference_anywhere_is_a_difference(other):
    """Another field, another child, one more or none, no children at all, or another class are not equal."""
    part = category(GradeItem("Quiz", max_points=1))
    assert part != other
    assert other != part
    assert part == pickle.loads(pickle.dumps(part))  # noqa: S301 - our own


def test_what_holds_one_value_alone_is_a_value_too():
    """What stands alone and not in a tuple, as under a negation, is compared, hashed and shown as it is."""
    assert Not(GradeReceived("Quiz")) == Not(GradeReceived("Quiz"))
    assert Not(GradeReceived("Quiz")) != Not(GradeReceived("Exam"))
    assert Not(AnyOf()) != Not(AllOf())
    assert Not(5) == Not(5.0)
    assert hash(Not(5)) == hash(Not(5.0))
    assert Not(5) != Not((5,))
    assert "Not(condition=AnyOf(conditions=()))" == repr(Not(AnyOf()))
