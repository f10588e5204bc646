# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules G4 and N2: what an item states."""

from fractions import Fraction

from gradecalc import (
    GradeItem,
)

ITEM = GradeItem("Quiz", max_points=10)


def test_ids_default_to_names():
    """An id is the name unless it is stated (G4)."""
    assert ("Quiz", "q1") == (ITEM.id, GradeItem("Quiz", max_points=10, id="q1").id)


def test_numbers_of_a_definition_are_exact():
    """Whatever number is given, a definition holds the exact one (N2)."""
    assert Fraction(1, 10) == GradeItem("x", max_points=0.1).max_points
