# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What the harness lets through, and what it does not."""

from fractions import Fraction

import pytest

from feeders.comparison import Among, Closeness, Every, Moment, differences, resolve
from feeders.given import Given
from feeders.harness import Words, stated, what_is_given
from gradecalc.lms.documents import Document


def test_what_nobody_reads_is_named():
    """A value that nobody has read is named by its path, in objects and in arrays."""
    given = Given({"a": 1, "b": {"c": [1, {"d": None}], "e": {}}, "f": []})
    assert 1 == given["a"]
    assert ["b.c[0]", "b.c[1].d", "b.e", "f"] == given.unread()


def test_the_library_reads_what_it_is_handed():
    """What a document of the library asks for is read, and what it does not ask for is not."""
    given = Given({"item": {"name": "Essay", "max": 10, "colour": "red"}})
    document = Document(given["item"], "", [])
    assert ("Essay", 10) == (document.text("name"), document.number("max"))
    assert ["item.colour"] == given.unread()


def test_every_way_to_read():
    """An object or array that is spread, copied, joined or compared is read."""
    ways = [
        lambda each: {**each["a"]},
        lambda each: each["a"] | {"z": 1},
        lambda each: {"z": 1} | each["a"],
        lambda each: dict(each["a"]),
        lambda each: each["a"].copy(),
        lambda each: each["a"] == {"b": [1, 2]},
        lambda each: list(each["a"].values()),
    ]
    for way in ways:
        given = Given({"a": {"b": 1, "c": 2}})
        way(given)
        assert [] == given.unread()
    arrays = [list, tuple, sorted, sum, lambda each: each[:], lambda each: [*each], lambda each: each == [1, 2]]
    for way in arrays:
        given = Given({"a": [1, 2]})
        way(given["a"])
        assert [] == given.unread()


def test_to_count_is_not_to_read():
    """How many there are, and which keys, says nothing of the values."""
    given = Given({"a": {"b": 1}, "c": [1]})
    assert ("b" in given["a"], list(given["a"]), len(given["c"])) == (True, ["b"], 1)
    assert ["a.b", "c[0]"] == given.unread()


def test_ignored_for_a_reason():
    """What is ignored is ignored with all that is below it, in every element of an array, and for a stated reason."""
    given = Given({"a": [{"title": "x", "titles": "y"}, {"title": {"en": "z"}}]})
    given.ignore("a[].title", "titles are never shown")
    assert ["a[0].titles"] == given.unread()
    with pytest.raises(AssertionError):
        given.ignore("a[].titles", "")


def test_every_expected_key_is_said():
    """What is expected and not said differs, and what is said and not expected does not."""
    assert [] == differences({"a": {"b": 1}}, {"a": {"b": 1, "c": 2}, "d": 3})
    assert ["a.b: the feeder says nothing of it"] == differences({"a": {"b": None}}, {"a": {}})


@pytest.mark.parametrize(
    ("expected", "said"),
    [(0.1, Fraction(1, 10)), ("25.22", Fraction("25.22")), (None, None), ([1, 2], {2, 1}), (["a"], ("a",)), ("a", "a")],
)
def test_the_same(expected, said):
    """A number is what its decimal text says, and a set has no order."""
    assert [] == differences(expected, said)


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (1, True),
        (True, 1),
        (0, None),
        (None, 0),
        (None, False),
        (0.3, Fraction(1, 3)),
        ("A", 1),
        (1, "1"),
        ([1, 2], [2, 1]),
        ([1], {1, 2}),
        ({"a": 1}, [1]),
        (1, float("nan")),
    ],
)
def test_not_the_same(expected, said):
    """A truth value is no number, nothing is not 0, and a third is not 0.3."""
    assert [] != differences(expected, said)


def test_closeness_of_the_case():
    """A case may say itself how near its figures are; words for it that nobody knows fail."""
    near = Closeness("any", {"tolerance": 0.01}, "any")
    assert [] == differences({"a": 1}, {"a": Fraction("1.01")}, near)
    assert [] != differences({"a": 1}, {"a": Fraction("1.011")}, near)
    near = Closeness("any", {"tolerance": "relative 0.01"}, "any")
    assert [] == differences({"a": 200}, {"a": 202}, near)
    with pytest.raises(AssertionError, match="roughly"):
        Closeness("any", {"tolerance": "roughly"}, "any")


def test_what_no_plain_value_says():
    """A source may name some of several, write a moment from another, or mean each of several outcomes."""
    assert [[], 1] == [differences(["a"], Among("ab")), len(differences(["c"], Among("ab")))]
    names = {"due": resolve("2024-01-31 08:14", {})}
    moment = Moment(resolve("2025-01-31 08:14", {}), names)
    assert [[], 1] == [differences("due + 1 year", moment), len(differences("due", moment))]
    assert [] == differences({"a": 1}, Every([{"a": 1}, {"a": 1, "b": 2}]))
    assert ["a: expected 1, got 2"] == differences({"a": 1}, Every([{"a": 1}, {"a": 2}]))


def test_words_are_translated():
    """A word is what its table says, the most exact table first; one that is not there is named."""
    words = Words({"status": {"on": True, None: False}, "b.status": {"on": 1}, "kind:c.status": {"on": 2}}, "kind")
    given = {"status": ["on", None], "b": {"status": "on"}, "c": {"status": "on"}, "d": "on"}
    assert {"status": [True, False], "b": {"status": 1}, "c": {"status": 2}, "d": "on"} == words.translate(given, ())
    with pytest.raises(AssertionError, match=r"unknown word 'off' at 'e\.status'"):
        words.translate({"e": {"status": "off"}}, ())


def test_what_is_asked_is_given_and_what_is_unstated_is_not_expected():
    """A question among the expectations is given, and what a source does not state or only remarks is not expected."""
    tables = {
        "ASKED": {"view": "which total"},
        "UNSTATED": {"current": (None, "not in the source")},
        "REMARKS": {"untested": "a remark"},
    }
    expected = {"view": "real", "current": None, "final": None, "groups": {"1": {"current": None}}, "untested": True}
    case = {"id": "a", "kind": "b", "input": 1, "note": "c", "expect": expected}
    assert {"input": 1, "view": "real"} == what_is_given(case, tables)
    assert {"final": None, "groups": {"1": {}}} == stated(expected, tables)
