# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Scores that are set by hand in a file of Open edX."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from gradecalc.lms.openedx.grading.override_sheet import GRADEBOOK, MAX_BYTES, read_overrides
from gradecalc.lms.openedx.grading.scores import Score
from gradecalc.lms.openedx.grading.subsections import ScoreOverride, SubsectionGrade, override, undo

NOW = datetime(2026, 5, 4, tzinfo=UTC)
FILE = """\
Username,student_key,name-1a,grade-1a,new_override-1a,name-2b,new_override-2b,new_override
ada,,Waves,3,4.5,Light,,9
bo,,Waves,2,,Light,7,
"""


def test_only_the_new_override_of_a_subsection_is_read():
    """Blanks override nothing, and what has no key is of no subsection."""
    found = read_overrides(FILE, by="cem", at=NOW)
    assert () == found.problems
    assert [("ada", "1a", "Waves", Fraction(9, 2)), ("bo", "2b", "Light", 7)] == [
        (each.learner, each.subsection, each.name, each.override.earned_graded) for each in found.overrides
    ]
    assert ScoreOverride(earned_graded=7, system=GRADEBOOK, by="cem", at=NOW) == found.overrides[1].override


def test_what_the_file_sets_is_the_gradebooks():
    """An override of the file replaces what was earned, and proctoring does not lift it (Q20)."""
    stated = read_overrides(FILE).overrides[0].override
    held = override(SubsectionGrade(Score(3, 6), Score(3, 6)), stated).value
    assert Score(Fraction(9, 2), 6) == held.effective.graded_problems
    assert undo(held, "proctoring").value == held


def test_what_cannot_be_read_is_a_problem_of_its_cell():
    """Every other cell and row is read."""
    found = read_overrides('username,new_override-1a,new_override_2b\nada,x,-1\n,3,4\nbo,1\n"cy,2')
    assert [("bo", "1a", "")] == [(each.learner, each.subsection, each.name) for each in found.overrides]
    assert [
        ("wrong_value", "row 2, column 'new_override-1a'"),
        ("wrong_value", "row 2, column 'new_override_2b'"),
        ("missing", "row 3"),
        ("open_quotation", "row 5"),
    ] == [(each.code, each.path) for each in found.problems]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ["missing"]),
        ("username,grade-1a\nada,3", ["missing"]),
        ("email,new_override-1a\nada,3", ["missing"]),
        (b"PK\x03\x04", ["not_text", "missing"]),
        ("a" * (MAX_BYTES + 1), ["too_large"]),
    ],
)
def test_another_file_is_a_problem(content, expected):
    """What is no such file, or too long, has no overrides."""
    found = read_overrides(content)
    assert ((), expected) == (found.overrides, [each.code for each in found.problems])
