# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The marks of a class as codes: what a row says is what was entered, however many values there are."""

import pickle
from fractions import Fraction

import pytest

from gradecalc import EXEMPT, Mark
from gradecalc.lms.imported import Recorded
from gradecalc.lms.mark_rows import (
    MOST_REMEMBERED,
    NO_VALUE,
    Legend,
    MarkRow,
    MarkRows,
    ResultRow,
    ResultRows,
    pack,
    unpack,
)


def test_equal_values_have_one_code_and_a_truth_value_is_no_number():
    """7 has one code wherever it stands, and True, which equals 1, has its own."""
    legend = Legend()
    assert [1, 2, 3, 1, 2, NO_VALUE] == [legend.code(each) for each in (7, 1, True, 7, 1, None)]
    assert [None, 7, 1, True] == legend.values


def test_marks_with_circumstances_are_kept_apart():
    """Two marks that are equal but for the type of their points are two values."""
    legend = Legend()
    codes = [legend.code(Mark(1, 10)), legend.code(Mark(True, 10))]
    assert [1, True] == [legend.values[code].points for code in codes]
    assert 2 == len({*codes})


@pytest.mark.parametrize("change", ["__setitem__", "__delitem__"])
def test_what_was_read_says_how_marks_are_changed(change):
    """What was read is left as it is, and who sets or deletes a mark in it is told how other marks are made."""
    marks = MarkRows({"Quiz": 0}, [None, 7], {"ada": pack([1])}, columns=1)
    arguments = (9,) if change == "__setitem__" else ()
    for mapping, key in ((marks, "ada"), (marks["ada"], "Quiz")):
        with pytest.raises(TypeError, match=r"left as it is: gradecalc\.enter, exempt and unexempt give new marks"):
            getattr(mapping, change)(key, *arguments)
    assert {"ada": {"Quiz": 7}} == marks


def test_values_beyond_what_is_remembered_are_entered_nevertheless():
    """After the most that are looked for among those there, each further one has a code of its own."""
    legend = Legend()
    for number in range(MOST_REMEMBERED + 2):
        legend.code(number)
    assert [5, MOST_REMEMBERED + 1] == [legend.values[legend.code(each)] for each in (5, MOST_REMEMBERED + 1)]


@pytest.mark.parametrize("codes", [[], [0, 255], [0, 256], [65_535], [65_536, 1]])
def test_codes_of_any_size_are_kept(codes):
    """Whether a byte, two or four hold them, codes come out as they went in."""
    assert codes == [*unpack(pack(codes), len(codes))]


@pytest.mark.parametrize("count", [3, 300])
def test_a_row_is_what_was_entered(count):
    """A row of few values and one of more than a byte can count have the marks that they were made of."""
    marks = {f"Quiz {nth}": Fraction(nth, 2) for nth in range(count)} | {"Essay": EXEMPT}
    places, legend = {id_: nth for nth, id_ in enumerate([*marks, "Exam"])}, Legend()
    row = MarkRow(places, legend.values, [*map(legend.code, marks.values()), NO_VALUE])
    assert (marks, len(marks), False) == (dict(row), len(row), "Exam" in row)
    assert row == marks == dict(row.items()) == pickle.loads(pickle.dumps(row))  # noqa: S301 - it was pickled here


def test_a_result_has_the_parts_that_are_stated():
    """Of points, maximum and symbol a result has what its row says, and is not there without any."""
    legend = Legend()
    parts = {"total": (("points", 0), ("out_of", 1)), "letter": (("symbol", 2),)}
    row = ResultRow(parts, legend.values, [legend.code(7), legend.code(10), NO_VALUE])
    assert {"total": Recorded(7, 10)} == dict(row)
    assert {"total": Recorded(7, 10)} == dict(row.items())


def test_a_row_without_anything_is_false():
    """A row in which nothing is stated is as false as an empty dictionary, and any other is true."""
    legend = Legend()
    seven = pack([legend.code(7)])
    marks, total = {"Quiz": 0}, {"total": (("points", 0),)}
    assert (True, False) == tuple(bool(MarkRow(marks, legend.values, codes)) for codes in (seven, b"\0"))
    assert (True, False) == tuple(bool(ResultRow(parts, legend.values, seven)) for parts in (total, {}))


def test_a_table_is_the_dictionary_of_its_rows():
    """The marks and the results of a class are compared, shown, joined and pickled as dictionaries of everybody's."""
    legend = Legend()
    codes = {"ada": pack([legend.code(7), legend.code(70)]), "bob": pack([NO_VALUE, NO_VALUE])}
    marks = MarkRows({"Quiz": 0}, legend.values, codes, 2)
    finals = ResultRows({"total": (("percent", 1),)}, legend.values, codes, 2)
    everybody = {"ada": {"Quiz": 7}, "bob": {}}
    assert everybody == marks == pickle.loads(pickle.dumps(marks))  # noqa: S301 - it was pickled here
    assert {"ada": {"total": Recorded(percent=70)}, "bob": {}} == finals
    assert (2, True, False, None) == (len(marks), "bob" in marks, "eve" in marks, finals.get("eve"))
    assert repr(everybody) == repr(marks)
    assert [*everybody, "eve"] == [*(marks | {"eve": {}})] == [*({"ada": {}, "bob": {}, "eve": {}} | marks)]
