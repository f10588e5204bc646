# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Parsed JSON is read totally: every question has an answer of its type, and every oddity a path."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import Problem
from gradecalc.exact import NumberError
from gradecalc.lms.documents import Document, read_decimal, read_document

QUESTIONS = {
    "text": "",
    "key": "",
    "number": None,
    "amount": None,
    "count": 0,
    "truth": False,
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=3), below, max_size=3),
    max_leaves=10,
)


def ask(question, value):
    """Return the answer to a question about a field, and the problems."""
    problems = []
    return getattr(Document({"x": value}, "it", problems), question)("x"), problems


@pytest.mark.parametrize(
    ("question", "value", "answer"),
    [
        ("text", "a", "a"),
        ("key", "a", "a"),
        ("key", 31, "31"),
        ("key", 31.0, "31"),
        ("number", -1.5, Fraction(-3, 2)),
        ("number", "7.50", Fraction(15, 2)),
        ("number", Decimal("0.1"), Fraction(1, 10)),
        ("amount", 0, 0),
        ("count", 3, 3),
        ("count", "3", 3),
        ("truth", True, True),
        ("truth", 0, False),
        ("truth", "True", True),
    ],
)
def test_a_question_has_an_answer_of_its_type(question, value, answer):
    """Numbers are exact, and what systems write as text is read as what it states."""
    assert (answer, []) == ask(question, value)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("text", 3),
        ("key", 1.5),
        ("key", True),
        ("key", []),
        ("number", "abc"),
        ("number", "8/10"),
        ("number", True),
        ("number", float("nan")),
        ("number", {}),
        ("amount", -1),
        ("count", -1),
        ("count", 1.5),
        ("count", 10**7),
        ("truth", 2),
        ("truth", "perhaps"),
    ],
)
def test_what_is_no_answer_is_a_problem_with_its_path(question, value):
    """The default is given, and the problem leads to the field."""
    answer, problems = ask(question, value)
    assert QUESTIONS[question] == answer
    assert [("wrong_value", "it.x")] == [(each.code, each.path) for each in problems]


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_absent_or_null_has_the_default(question):
    """Nothing is reported for what is not there."""
    assert (QUESTIONS[question], []) == ask(question, None)
    assert QUESTIONS[question] == getattr(Document([], "it", []), question)("x")


def test_a_choice_is_what_a_table_has():
    """A table lists texts, and whole numbers as text; anything else is a problem."""
    problems = []
    document = Document({"a": 1, "b": "one", "c": [], "d": 2}, "", problems)
    assert ["I", None, None, None, "-"] == [
        *(document.choice(name, {"1": "I"}, None) for name in "abcd"),
        document.choice("e", {"1": "I"}, "-"),
    ]
    assert ["b", "c", "d"] == [each.path for each in problems]


def test_records_are_the_objects_of_an_array():
    """What is no object in it, or no array, is a problem where it stands."""
    problems = []
    documents = Document({"a": [{"x": 1}, 3, {"x": 2}], "b": {}, "c": None}, "it", problems)
    assert [1, 2] == [each.number("x") for each in documents.get("a").records()]
    assert [] == [*documents.get("b").records(), *documents.get("c").records()]
    assert [
        Problem("wrong_value", "it.a[1]", "3 is no object"),
        Problem("wrong_value", "it.b", "a dict is no array"),
    ] == problems


def test_fractions_are_no_decimals():
    """Whoever types 8/10 means eight points out of ten, not four fifths of a point."""
    assert Fraction(4, 5) == read_decimal("0.8")
    with pytest.raises(NumberError):
        read_decimal("8/10")


@given(JSON, st.sampled_from(sorted(QUESTIONS)))
def test_no_value_makes_a_question_raise(value, question):
    """Whatever stands in a field, there is an answer."""
    answer, problems = ask(question, value)
    assert QUESTIONS[question] == answer or not problems
    assert isinstance(list(Document(value, "it", []).records()), list)


@pytest.mark.parametrize(
    "content", ['{"a": [1.10]}', b'{"a": [1.10]}', '{"a": [1.10]}'.encode("utf-16"), '\ufeff{"a": [1.10]}']
)
def test_a_text_and_bytes_are_parsed_exactly(content):
    """JSON as text or bytes, with or without a byte-order mark, is a document, and its numbers are exact."""
    problems = []
    assert [Decimal("1.10")] == read_document(content, "", problems).value["a"]
    assert [] == problems


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (Path("grades.json"), "not_a_document"),
        ({1, 2}, "not_a_document"),
        ("grades.json", "not_json"),
        (b"\xff\xfe\x00", "not_json"),
        ("[" * 100_000, "not_json"),
        ("1" * 5_000, "not_json"),
    ],
)
def test_what_is_no_document_is_a_problem_that_says_what_is_taken(content, code):
    """A path, a set, a text that is no JSON, or one beyond reason is one problem, and nothing is read."""
    problems = []
    assert read_document(content, "items", problems).value is None
    assert [(code, "items")] == [(problem.code, problem.path) for problem in problems]
    assert "text, bytes or parsed JSON" in problems[0].message


@pytest.mark.parametrize("content", [{"a": 1}, [1], None, 7, "", b"  "])
def test_parsed_json_is_a_document_as_it_is(content):
    """What is parsed already is taken as it is, and an empty text is nothing."""
    problems = []
    assert (content if content not in ("", b"  ") else None) == read_document(content, "", problems).value
    assert [] == problems
