# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whatever is put into a definition or a record, it ends in a result or in a typed error (G16, M2)."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import fields
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    UNGRADED,
    Band,
    ByFormula,
    CalculatedItem,
    Category,
    DefinitionError,
    DropRule,
    Empty,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    Mark,
    Mean,
    Report,
    Rounding,
    UngradedPolicy,
    compile_gradebook,
    grade,
    grade_many,
)
from gradecalc.testing import graded_books

CHILDREN = [[], (), ("a",), ["final"], [1, 2], {1, 2}, iter(["a"]), {"a": GradeItem("z")}.values()]
NO_CHILDREN = [None, 5, 3.5, "", "a", b"a", {"A": 5}, {}, object(), Mean, Mean(), Empty, GradeItem("z"), Gradebook()]
JUNK = [
    *(None, 5, -1, 10**300, 3.5, float("nan"), 1j, Fraction(1, 3), True, "", "a", b"a", "[a.Points]", "[", "final"),
    *([], (), {}, ("a",), ["final"], [1, 2], {"A": 5}, object(), Mean, Mean(), ByFormula("1+"), ByFormula(5)),
    *(Rounding(), GradeScheme(()), DropRule(), UngradedPolicy.AS_ZERO, Empty.LEAVES, GradeItem("z"), Gradebook()),
]
NAMES = st.sampled_from(["a", "b", "final", "", 5])


def built(kind, **fixed):
    """Return values of a class, each field at its default, as fixed, or junk."""
    free = [each.name for each in fields(kind) if each.init and each.name not in fixed]
    junk = st.dictionaries(st.sampled_from(free), st.sampled_from(JUNK), max_size=3)
    return st.builds(lambda given, kept: kind(**given, **kept), junk, st.fixed_dictionaries(fixed))


NODES = st.one_of(
    built(GradeItem, name=NAMES, max_points=st.sampled_from([10, *JUNK])),
    built(FormulaItem, name=NAMES, formula=st.sampled_from(JUNK)),
    built(CalculatedItem, name=NAMES, items=st.sampled_from(JUNK)),
    built(Category, name=NAMES, children=st.sampled_from([[GradeItem("q", max_points=5)], *CHILDREN])),
    st.sampled_from(JUNK),
)
MARKS = [
    *(None, 5, -1, "x", 3.5, float("nan"), float("inf"), [], {}, True, 1j, b"1", 10**400, -1e-80, EXEMPT, UNGRADED),
    *(Fraction(10**99, 3), Decimal("1e999999999"), Decimal("sNaN"), Mark(5, out_of=0), Mark("x"), Mark(EXEMPT)),
    *(Mark(5, exempt=1), Mark(1e300), Mark(None, out_of="x"), Mark(Mark(5)), Mark(note=5, by=[1])),
]


@settings(max_examples=400)
@given(built(Gradebook, children=st.lists(NODES, max_size=3) | st.sampled_from(CHILDREN)))
def test_any_definition_compiles_or_is_a_definition_error(book):
    """Junk in any field ends in a definition error, whose text can be read, or in a book that grades (G16)."""
    try:
        told = str(grade(compile_gradebook(book), {}))
    except DefinitionError as error:
        told = str(error)
    assert told


@pytest.mark.parametrize("children", NO_CHILDREN)
@pytest.mark.parametrize("branch", [Gradebook, lambda children: Category("Quizzes", children)])
def test_what_are_no_children_is_refused_at_once(branch, children):
    """A text, a mapping, one node given bare, and whatever else holds no nodes is an error where it is given (G21)."""
    with pytest.raises(DefinitionError) as caught:
        branch(children)
    assert [("wrong_type", "children")] == [(each.code, each.path) for each in caught.value.problems]


@settings(max_examples=200)
@given(graded_books(), st.data())
def test_any_record_is_an_entry_in_the_results(graded_book, data):
    """Junk among the marks of a learner is an error in the results, and any report can be shown and stored (M2)."""
    book, marks = graded_book
    ids = st.sampled_from([*compile_gradebook(book).ids, "unknown", 5, None])
    record = {**marks, **data.draw(st.dictionaries(ids, st.sampled_from(MARKS), max_size=3))}
    ((learner, outcome),) = grade_many(book, {"ada": record})
    assert "ada" == learner
    assert str(outcome)
    if isinstance(outcome, Report):
        assert outcome == Report.from_dict(outcome.to_dict())


class Wild:
    """A value each of whose methods raises: what it is for is none of our business."""

    def __hash__(self):
        return 1

    def _refuse(self, *_):
        raise RuntimeError("no")

    __repr__ = __str__ = __eq__ = __int__ = __float__ = __index__ = __bool__ = __len__ = __iter__ = _refuse


class WildText(str):
    """A text that cannot be shown."""

    __slots__ = ()

    def __repr__(self):
        raise RuntimeError("no")

    __str__ = __len__ = __getitem__ = __repr__


class WildRecord(dict):
    """Marks that cannot be gone through."""

    def items(self):
        raise RuntimeError("no")


class WildNumber(Fraction):
    """A number that is none."""

    def __eq__(self, other):
        raise RuntimeError("no")

    __hash__ = None
    __lt__ = __gt__ = __le__ = __ge__ = __abs__ = __int__ = __eq__


WILD = [Wild(), WildText("x"), WildText("a"), WildNumber(5), 10**5000, -(10**5000), Fraction(1, 10**5000), Wild]
WHOLE = [*WILD, WildRecord(a=1), None, [], "a"]
KEYS = ["a", "b", WildText("a"), WildText("zz"), Wild(), 10**5000, "\ud800", "x" * 10**6, None]
VALUES = [*WILD, *MARKS, *(Mark(value, value, value, value, value) for value in WILD), Mark(note=WILD[0])]


def numbers(table):
    """Return places in a table: what stands there may be nothing that Hypothesis could show."""
    return st.integers(0, len(table) - 1)


@given(
    st.lists(st.dictionaries(numbers(KEYS), numbers(VALUES), max_size=2), max_size=3),
    st.lists(numbers(WHOLE), max_size=2),
    st.sampled_from(["refuse", "ignore"]),
)
def test_no_record_ends_a_class(records, wholes, unknown):
    """Whatever a record and the values in it do, each learner has a result or an error, and the last has theirs."""
    made = [{KEYS[key]: VALUES[value] for key, value in record.items()} for record in records]
    every = {**dict(enumerate([*made, *(WHOLE[nth] for nth in wholes)])), "last": {"a": 5}}
    book = Gradebook([GradeItem("a", max_points=5), GradeItem("b", max_points=1)])
    outcomes = dict(grade_many(book, every, unknown=unknown))
    assert list(every) == list(outcomes)
    assert all(str(outcome) for outcome in outcomes.values())
    assert 100 == outcomes["last"].final.percent


class Showless(str):
    """A text as a host may have it, of a class that cannot show itself."""

    __slots__ = ()

    def __repr__(self):
        raise RuntimeError("no")

    __str__ = __repr__


@given(st.data())
def test_no_text_of_a_definition_ends_it_otherwise(data):
    """A text that raises when it is shown, wherever a definition has one, ends in a typed error at the most (G16)."""
    wild = [Showless("a"), Showless("b"), "c", "final"]
    texts = [wild[data.draw(numbers(wild))] for _ in range(8)]
    scheme = GradeScheme((Band(texts[0], 0), Band(texts[1], 50, colour=texts[2])), texts[3])
    children = [
        GradeItem(texts[4], max_points=5, must_pass=data.draw(st.booleans()), scheme=scheme),
        GradeItem("c", id=texts[5], max_points=5, min_points=data.draw(st.integers(0, 9))),
        CalculatedItem("k", items=[texts[6]]),
        FormulaItem("f", formula=f"[{data.draw(st.sampled_from('abc'))}.Points]", max_points=5),
    ]
    book = Gradebook(children, name=texts[7], drop=DropRule(lowest=1, never=[texts[0]]), scheme=scheme)
    with suppress(DefinitionError):
        grade(compile_gradebook(book), {})


def test_a_text_of_another_class_has_the_digest_of_the_text():
    """Two definitions that are equal have one digest, whatever class their texts are of."""
    plain, wild = (Gradebook([GradeItem(name, max_points=5)]) for name in ("a", Showless("a")))
    assert plain == wild
    assert compile_gradebook(plain).digest == compile_gradebook(wild).digest
