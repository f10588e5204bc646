# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Lists of final grades for registrars: a symbol for each learner, and who has none (I10)."""

import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from gradecalc import Gradebook, GradeItem, GradeScheme, Mark, grade_many
from gradecalc.lms import Learner
from gradecalc.lms.registrars import write_banner, write_symbols

BOOK = Gradebook([GradeItem("Exam", 100)], scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0}))
MARKS = {"u1": {"Exam": 90}, "u2": {"Exam": 70}, "u3": {}, "u4": {"Exam": "ninety"}, "u5": {"Exam": 0}}
LEARNERS = {"u1": Learner("u1", institution_id="1001"), "u2": Learner("u2", institution_id="1001")}


def codes(exported):
    """Return the codes and paths of what is reported."""
    return [(each.code, each.path) for each in exported.problems]


def test_everybody_with_a_symbol_has_a_row():
    """Who has a symbol has a row, and who has no grade or cannot be graded has a problem (I10)."""
    exported = write_symbols(grade_many(BOOK, MARKS))
    assert "id,letter\r\nu1,A\r\nu2,B\r\nu5,F\r\n" == exported.text
    assert [("no_symbol", "learners['u3']"), ("not_graded", "learners['u4']")] == codes(exported)


def test_who_has_no_grade_may_be_given_a_symbol():
    """An institution's own symbol stands for no grade, and not for marks that cannot be graded (I10)."""
    exported = write_symbols(grade_many(BOOK, MARKS), without="NR")
    assert "u3,NR" in exported.text.splitlines()
    assert [("not_graded", "learners['u4']")] == codes(exported)


def test_a_grade_without_a_scheme_has_no_symbol():
    """Without a scheme nobody has a symbol, whatever stands for no grade (I10)."""
    bare = Gradebook(BOOK.children)
    exported = write_symbols(grade_many(bare, {"u1": {"Exam": 90}}), without="NR")
    assert ("id,letter\r\n", [("no_symbol", "learners['u1']")]) == (exported.text, codes(exported))


def test_a_symbol_set_by_hand_is_written():
    """What somebody set as the symbol of the final is what the registrar gets (I10)."""
    marks = {"u1": {"Exam": 90, "final": Mark(symbol="W", without_score=True)}}
    assert "u1,W" == write_symbols(grade_many(BOOK, marks)).text.splitlines()[1]


def test_learners_go_by_the_id_of_the_institution_and_none_twice():
    """The institution's id is written where there is one, and who has somebody else's has a problem (I10)."""
    exported = write_symbols(grade_many(BOOK, MARKS), learners=LEARNERS, delimiter="\t", headings=())
    assert ["1001\tA", "u5\tF"] == exported.text.splitlines()
    assert ("duplicate_learner", "learners['u2']") in codes(exported)


def test_banner_has_a_sheet_of_its_own():
    """Banner's sheet names the term and the section in every row."""
    text = write_banner(grade_many(BOOK, {"u1": {"Exam": 90}}), term="202610", crn="12345").text
    assert "Term Code,CRN,Student ID,Final Grade\r\n202610,12345,u1,A\r\n" == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00"), min_size=1, max_size=8))
def test_no_id_is_one_that_a_spreadsheet_would_run(id_):
    """Whatever an id is, its cell is text to a spreadsheet (Y30)."""
    text = write_symbols(grade_many(BOOK, {id_: {"Exam": 90}}), headings=()).text
    (row,) = csv.reader(StringIO(text, newline=""))
    assert row[0] in (id_, f"'{id_}")
    assert row[0][0] not in "=+-@\t"
