# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules Z1 to Z4: calculated and adjusted final grades, and stale ones."""

from fractions import Fraction

import pytest
from attrs import evolve

from gradecalc import (
    Gradebook,
    GradeItem,
    GradeScheme,
    Report,
    Rounding,
    compile_gradebook,
    grade,
)
from gradecalc.report.finals import (
    FinalGrades,
    Staleness,
    WhichFinal,
    final_grades,
    staleness,
    stored_final_is_stale,
)

BOOK = Gradebook([GradeItem("Exam", max_points=90)], scheme=GradeScheme.from_cutoffs({"Pass": 55, "Fail": 0}))
PLAN = compile_gradebook(BOOK)
CALCULATED, ADJUSTED = WhichFinal


@pytest.mark.parametrize(
    ("marks", "which", "expected"),
    [
        ({"Exam": 45}, CALCULATED, FinalGrades(Fraction(50), None, CALCULATED, "Fail", "50.00")),
        ({"Exam": 45}, ADJUSTED, FinalGrades(Fraction(50), None, ADJUSTED, None, "–")),
        ({"Exam": 45, "final": 54}, CALCULATED, FinalGrades(Fraction(50), Fraction(60), CALCULATED, "Fail", "50.00")),
        ({"Exam": 45, "final": 54}, ADJUSTED, FinalGrades(Fraction(50), Fraction(60), ADJUSTED, "Pass", "60.00")),
        ({}, CALCULATED, FinalGrades(None, None, CALCULATED, None, "–")),
    ],
)
def test_both_finals_stand_side_by_side(marks, which, expected):
    """The adjusted final is the override, the calculated one what it replaced, and one of them is released (Z1, Z2)."""
    assert expected == final_grades(grade(PLAN, marks), which)


def test_what_is_released_is_said():
    """The outline has both finals and says which one is released (Z2)."""
    finals = final_grades(grade(PLAN, {"Exam": 45, "final": 54}), ADJUSTED)
    assert 60 == finals.released
    assert [("calculated final", "50 %", ()), ("adjusted final", "60 %", ("released",))] == [
        (row.label, row.value, row.notes) for row in finals.outline().children
    ]
    assert finals.outline().html() == finals._repr_html_()
    assert finals.outline().text() == str(finals)


def test_a_stored_report_is_stale_for_three_reasons():
    """A changed definition, changed rules and a changed figure each make a stored report stale (Z3)."""
    fresh = grade(PLAN, {"Exam": 45})
    stored = Report.from_dict(fresh.to_dict())
    other = grade(evolve(BOOK, can_exceed=True), {"Exam": 45})
    renamed = grade(evolve(BOOK, name="Other", shown=Rounding(0)), {"Exam": 45})
    old_rules = Report(evolve(fresh.layout, rules="0"), fresh.columns)
    assert () == staleness(stored, fresh)
    assert () == staleness(renamed, fresh)
    assert (Staleness.DEFINITION,) == staleness(other, fresh)
    assert (Staleness.RULES,) == staleness(old_rules, fresh)
    assert (Staleness.FIGURE,) == staleness(grade(PLAN, {"Exam": 46}), fresh)
    assert () == staleness(grade(PLAN, {"Exam": 45, "final": 80}), fresh)


@pytest.mark.parametrize(
    ("points", "out_of", "expected"),
    [
        (50, 100, False),
        (Fraction("45"), 90, False),
        (Fraction("50.0000000004"), 100, False),
        (Fraction("50.000000001"), 100, True),
        (49, 100, True),
        (None, None, True),
        (50, 0, True),
    ],
)
def test_a_final_stored_with_nine_decimals(points, out_of, expected):
    """A stored final is stale where it differs after the rounding it was stored with (Z4)."""
    assert expected is stored_final_is_stale(points, out_of, grade(PLAN, {"Exam": 45}))


def test_a_final_stored_exactly():
    """Without a rounding the two are compared exactly, and two that are not there are the same (Z4)."""
    assert stored_final_is_stale(Fraction("50.0000000004"), 100, grade(PLAN, {"Exam": 45}), stored_to=None)
    assert not stored_final_is_stale(None, None, grade(PLAN, {}))
    assert stored_final_is_stale(50, 100, grade(PLAN, {}))
