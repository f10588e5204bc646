# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Reasons: a text that keeps its code and arguments, made from the one table of its room."""

import importlib
import pickle
import pkgutil
import string
from datetime import UTC, datetime
from fractions import Fraction

import pytest

import gradecalc
from gradecalc import Rounding, Verdict
from gradecalc.reasons import REPORT, ReasonTexts, reason

TEXTS = ReasonTexts("room", {"plain": "it is so", "told": "{0} before {1}"})


def tables():
    """Return every table of reasons that a module of the library declares, by the name of its room."""
    found = {}
    for module in pkgutil.walk_packages(gradecalc.__path__, "gradecalc."):
        if not module.name.endswith("__main__"):
            declared = vars(importlib.import_module(module.name)).values()
            found |= {id(each): each for each in declared if isinstance(each, ReasonTexts)}
    return list(found.values())


def test_a_reason_is_its_text_and_keeps_its_code_and_arguments():
    """A reason is the text of its table with the arguments in their places, and says from which room it is."""
    told = TEXTS.reason("told", "this", 2)
    assert ("this before 2", "told", ("this", 2), "room") == (told, told.code, told.arguments, told.room)


def test_a_reason_survives_pickling():
    """A reason in another process has the same text, code, arguments and room."""
    told = TEXTS.reason("told", Fraction(1, 3), Verdict.MET)
    copy = pickle.loads(pickle.dumps(told))  # noqa: S301 - our own
    assert (told, told.code, told.arguments, told.room) == (copy, copy.code, copy.arguments, copy.room)


@pytest.mark.parametrize(
    ("argument", "text"),
    [
        ("a text", "a text"),
        (7, "7"),
        (Fraction(3, 4), "0.75"),
        (Fraction(200, 3), "about 66.67"),
        (Verdict.NOT_MET, "not met"),
        (datetime(2026, 5, 4, 12, tzinfo=UTC), "2026-05-04 12:00+00:00"),
    ],
)
def test_arguments_are_told_by_what_they_are(argument, text):
    """Numbers are told exactly where they are short, moments with their zone, and members of enumerations by value."""
    assert f"{text} before {text}" == TEXTS.reason("told", argument, argument)


def test_numbers_are_written_as_the_caller_shows_them():
    """How a number is written is the caller's to say, and the argument stays exact."""
    told = TEXTS.reason("told", Fraction(1, 3), 2, show=lambda value: f"<{float(value):.1f}>")
    assert ("<0.3> before <2.0>", (Fraction(1, 3), 2)) == (told, told.arguments)


def test_a_reason_in_other_words_is_the_same_reason():
    """A line that a reason is a part of keeps its code, its arguments and its room."""
    line = TEXTS.reason("told", 1, 2).in_words("essay: 1 before 2")
    assert ("essay: 1 before 2", "told", (1, 2), "room") == (line, line.code, line.arguments, line.room)


def test_what_no_table_has_is_an_error():
    """A code that the table of the room has not is an error, not an empty text."""
    with pytest.raises(KeyError, match="absent"):
        TEXTS.reason("absent")


def test_a_note_of_a_report_shows_long_numbers_as_the_report_does():
    """A reason has a number exact where it is short, otherwise as the gradebook shows numbers, and says so (Z7)."""
    assert "rounded from about 66.6667 %" == reason(("rounded", Fraction(200, 3)), Rounding(places=4))


def test_a_number_of_any_length_is_told():
    """A number that is longer than Python writes in one go, as a stored report may have, is told all the same (Z5)."""
    assert f"rounded from {'9' * 5000}.00 %" == reason(("rounded", 10**5000 - 1), Rounding())
    assert "rounded from 66.125 %" == reason(("rounded", Fraction(529, 8)), Rounding(places=1))
    assert "rounded from 1234567.25 %" == reason(("rounded", Fraction("1234567.25")), Rounding(places=2))


def test_rooms_are_told_apart():
    """Each room has one table, under a name of its own, so that a room and a code are one text."""
    rooms = [each.room for each in tables()]
    assert sorted(set(rooms)) == sorted(rooms)
    assert REPORT.room in rooms


def test_every_text_numbers_its_places_from_nought():
    """The places of every text are 0, 1, …, without a gap, so that each argument is told."""
    wrong = [
        (table.room, code)
        for table in tables()
        for code, text in table.texts.items()
        for places in [{int(name) for _, name, _, _ in string.Formatter().parse(text) if name is not None}]
        if places != set(range(len(places)))
    ]
    assert [] == wrong
