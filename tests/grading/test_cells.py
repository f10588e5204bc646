# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules M4 and M5: what forms, spreadsheets and data frames have in their cells, as marks."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

from gradecalc import (
    EXEMPT,
    UNGRADED,
    Band,
    Category,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    MarksError,
    compile_gradebook,
    grade,
    grade_many,
    marks_of_cells,
)
from gradecalc.exact import NumberError
from gradecalc.grading.cells import is_blank, number_of_cell
from gradecalc.testing import Features, graded_books

SCHEME = GradeScheme((Band("1", start=0), Band("Good", start=60)))
BOOK = Gradebook(
    [
        Category("Quizzes", [GradeItem("Quiz", 10)]),
        GradeItem("Level", 10, kind=ItemKind.SELECTBOX, scheme=SCHEME),
        GradeItem("Attended", 5, kind=ItemKind.PASS_FAIL),
        GradeItem("Remark", kind=ItemKind.TEXT),
    ]
)


class NAType:
    """What pandas has for a missing value: it compares with nothing, not even with itself."""

    def __eq__(self, other):
        return self

    def __bool__(self):
        raise TypeError("boolean value of NA is ambiguous")

    __hash__ = object.__hash__


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        ("7.5", Fraction(15, 2)),
        (" +07 ", 7),
        ("1e1", 10),
        (".5", Fraction(1, 2)),
        ("-2", -2),
        ("exempt", EXEMPT),
        (" EXEMPT ", EXEMPT),
        ("8/10", "8/10"),
        ("7,5", "7,5"),
        ("nan", "nan"),
        ("١٢", "١٢"),
        (7, 7),
        (True, True),
        (EXEMPT, EXEMPT),
        (UNGRADED, UNGRADED),
        (Mark("7.5", out_of=" 20 ", note="late"), Mark(Fraction(15, 2), out_of=20, note="late")),
        (Mark(float("nan"), out_of="", exempt=True), Mark(None, exempt=True)),
    ],
)
def test_a_number_as_text_is_a_number(cell, mark):
    """Decimals are read by their text, the usual word exempts, and everything else stays as it is (M4)."""
    assert {"Quiz": mark} == marks_of_cells(BOOK, {"Quiz": cell})
    assert {"Quiz": mark} == marks_of_cells(compile_gradebook(BOOK), {"Quiz": cell})


BLANKS = ["", "  ", "\t", None, float("nan"), Decimal("nan"), Decimal("sNaN"), np.float32("nan"), NAType()]


@pytest.mark.parametrize("cell", BLANKS)
@pytest.mark.parametrize("id_", ["Quiz", "Level", "Attended", "Remark", "Quizzes", "final"])
def test_a_blank_cell_is_ungraded(id_, cell):
    """Blank text, not-a-number and a missing value are no grade, of every kind of item and of a branch (M5)."""
    assert is_blank(cell)
    assert {id_: None} == marks_of_cells(BOOK, {id_: cell})


@pytest.mark.parametrize(
    "cell", [0, 0.0, "0", "-", False, datetime(2026, 1, 1, tzinfo=UTC), np.float64(0), Fraction(0), [], EXEMPT]
)
def test_what_is_there_is_no_blank(cell):
    """A zero, a dash and whatever else is there is no blank (M5)."""
    assert not is_blank(cell)


def test_each_kind_of_item_has_its_own_cells():
    """A text stays, a symbol goes before a number of that text, and other numbers are read (M4)."""
    cells = {"Level": "1", "Attended": "5", "Remark": " 12 ", "Quizzes": "8"}
    assert {"Level": "1", "Attended": 5, "Remark": " 12 ", "Quizzes": 8} == marks_of_cells(BOOK, cells)
    assert {"Level": "Good"} == marks_of_cells(BOOK, {"Level": " Good "})
    assert {"Level": 7} == marks_of_cells(BOOK, {"Level": "7"})


def test_the_words_that_exempt_are_the_callers():
    """Other words exempt where they are given, and then the usual one does not (M4)."""
    assert {"Quiz": EXEMPT} == marks_of_cells(BOOK, {"Quiz": "frei"}, exempt="Frei")
    assert {"Quiz": "Exempt"} == marks_of_cells(BOOK, {"Quiz": "Exempt"}, exempt=["Frei", "EX"])


def test_what_cannot_be_read_is_judged_by_grading():
    """A text that is no number is the learner's error, and unknown ids are as ever (M2, M3)."""
    class_ = {"ada": {"Quiz": "8"}, "bo": {"Quiz": "acht"}, "cem": {"Quizz": "8"}}
    outcomes = dict(grade_many(BOOK, {who: marks_of_cells(BOOK, row) for who, row in class_.items()}))
    assert 80 == outcomes["ada"].final.percent
    assert ["unreadable_mark", "unknown_id"] == [outcomes[who].problems[0].code for who in ("bo", "cem")]
    with pytest.raises(MarksError) as caught:
        marks_of_cells(BOOK, ["8"])
    assert ["not_marks"] == [problem.code for problem in caught.value.problems]


def test_unasked_a_text_is_no_number():
    """`grade` alone reads no text as a number and no not-a-number as a blank (N3)."""
    for cell in ("8", "", float("nan")):
        with pytest.raises(MarksError):
            grade(BOOK, {"Quiz": cell})


def test_a_maximum_as_text_is_read_by_a_named_function():
    """A maximum in a cell is a number in decimals, or an error (M4)."""
    assert 10 == GradeItem("Quiz", number_of_cell(" 10 ")).max_points
    for text in ("ten", "8/10", "", 5):
        with pytest.raises(NumberError):
            number_of_cell(text)


@given(graded_books(Features(kinds=False)))
def test_marks_are_cells_of_themselves(graded_book):
    """Whatever is a number or an exemption already is graded as before (M4)."""
    book, marks = graded_book
    assert grade(book, marks) == grade(book, marks_of_cells(book, marks))
