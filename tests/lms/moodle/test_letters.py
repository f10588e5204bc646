# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Letters as a scheme."""

from fractions import Fraction

from gradecalc import (
    grade,
)
from gradecalc.lms.moodle import (
    letter_scheme,
    read,
)
from lms.moodle.courses import category, codes, graded, item


def test_letters_become_a_scheme():
    """The letters of a course are a scheme, below whose lowest boundary there is none."""
    tree = category("course", "natural", item("a", 60))
    letters = [[50, "pass"], [80, "merit"], [80, "twice"], "odd", [10, "-"]]
    course = read({"tree": tree, "letters": letters})
    assert ["wrong_value"] * 3 == codes(course)
    assert "pass" == grade(course.gradebook, {"a": 60}).final.symbol
    assert "-" == grade(course.gradebook, {"a": 40}).final.symbol


def test_a_boundary_above_100_is_never_reached():
    """A percent above 100, which unlimited grades allow, is looked up as 100 (S1)."""
    tree = category("course", "natural", item("a", 10, 10), item("b", 5, 10, coef=1))
    letters = {"letters": [[110, "S"], [90, "A"], [0, "F"]], "settings": {"unlimited_grades": True}}
    final = graded({"tree": tree, **letters}).final
    assert (150, "A") == (final.percent, final.symbol)
    assert "-" == letter_scheme([(120, "S")]).symbol(130)


def test_a_letter_is_looked_up_exactly():
    """Percents are exact, and a site that has set no letters has the default ones (S2)."""
    tree = category("course", "natural", item("a", 297.9, 331))
    course = read({"tree": tree, "letters": "default"})
    symbols = [grade(course.gradebook, {"a": points}).final.symbol for points in (Fraction("297.9"), 331, 1)]
    assert ["A-", "A", "F"] == symbols
    assert "-" == letter_scheme([(50, "ok")]).symbol(5)
