# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Columns are found in a gradebook that is given, by the ids and names of its items (J20)."""

import pytest

from gradecalc import Gradebook, GradeItem
from gradecalc.lms import read

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,HW (101),HW (102)
    Points Possible,,,,,10,20
Ada,17,,,S,3,8
"""
SHEET = "Student ID,HW (10),HW (20)\n17,3,8\n"


@pytest.mark.parametrize("text", [CANVAS, SHEET])
def test_columns_of_one_name_are_found_in_the_gradebook_that_was_read_of_them(text):
    """Of two items with one name the second has the mark of its column in its id, by which it is found again (J20)."""
    imported = read(text)
    again = read(text, gradebook=imported.gradebook)
    assert list(imported.marks["17"].values()) == [3, 8]
    assert again.marks == imported.marks
    assert "duplicate_column" not in {each.code for each in again.problems}


def test_columns_of_one_name_are_found_by_ids_before_names():
    """The order of the items is not that of the columns where ids say which is which (J20)."""
    book = Gradebook([GradeItem("HW", 20, id="102"), GradeItem("HW", 10, id="101")])
    assert read(CANVAS, gradebook=book).marks == {"17": {"101": 3, "102": 8}}


def test_columns_of_one_name_are_the_items_of_that_name_in_their_order():
    """Where no id says it, the first column has the marks of the first item (J20)."""
    book = Gradebook([GradeItem("HW", 10, id="early"), GradeItem("HW", 20, id="late")])
    assert read(SHEET, gradebook=book).marks == {"17": {"early": 3, "late": 8}}


def test_a_second_column_of_one_item_is_told():
    """A gradebook with one item of a name takes one column of it (J20)."""
    imported = read(SHEET, gradebook=Gradebook([GradeItem("HW", 10)]))
    assert imported.marks == {"17": {"HW": 3}}
    assert [each.code for each in imported.problems if each.code == "duplicate_column"] == ["duplicate_column"]


BLACKBOARD = "Username,Student ID,HW [Total Pts: 10 Score] |101\nada,17,3\n"


@pytest.mark.parametrize("text", [CANVAS, "Student ID,HW (10)\n17,3\n", BLACKBOARD])
def test_another_maximum_than_that_of_the_gradebook_is_a_problem(text):
    """What the gradebook says holds, and a percent in a cell is of that; the file may mean another whole (J38)."""
    other = read(text, gradebook=Gradebook([GradeItem("HW", 30, id="101")]))
    assert "'HW' is out of 30 in the gradebook, and of 10 in the file; the first holds" in {
        each.message for each in other.problems if each.code == "other_maximum"
    }
    same = read(text, gradebook=Gradebook([GradeItem("HW", 10, id="101")]))
    assert "other_maximum" not in {each.code for each in same.problems}
