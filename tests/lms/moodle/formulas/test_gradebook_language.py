# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Calculations said in the language of the gradebook."""

from fractions import Fraction

import pytest

from lms.moodle.courses import category, graded, item


@pytest.mark.parametrize(
    ("calculation", "grades", "expected"),
    [
        ("=average([[a]],[[b]])", (60, None), 30),
        ("=average([[a]],[[b]])", (None, None), None),
        ("=[[a]]-[[b]]", (20, 60), 0),
        ("=1+[[a]]/[[b]]", (20, None), None),
        ("=if([[b]]==0;0;[[a]]/[[b]])", (20, 0), None),
        ("=if(and([[a]]>50,[[b]]>50),[[a]],40)", (60, 70), 60),
        ("=if(or([[a]],[[b]]>50),1,2)+5", (0, 10), 7),
        ("=[[a]]^2/10", (30, 0), 90),
        ("=max([[a]];[[b]])*2-10", (30, 20), 50),
        ("=abs([[a]]-[[b]])", (20, 50), 30),
        ("=round([[a]]/3)", (50, 0), 17),
        ("=round([[a]]/3, 2)", (50, 0), Fraction("16.67")),
        ("=floor([[a]]/3)+ceil([[b]]/3)", (50, 10), 20),
        ("=floor([[b]]-[[a]]/3)+10", (1, 0), 9),
        ("=sqrt([[a]])*10", (64, 0), 80),
        ("=sqrt([[b]]-[[a]])", (64, 0), None),
        ("=power([[a]],0)+[[b]]^3", (0, 2), 9),
        ("=[[a]]+10", (None, 5), None),
    ],
)
def test_a_calculation_comes_out_as_in_moodle(calculation, grades, expected):
    """A missing grade is zero, none at all is none, a division by zero has no value, and the rest is clamped."""
    tree = category("course", "natural", item("a", grades[0]), item("b", grades[1]), item("x", calculation=calculation))
    assert expected == graded(tree)["x"].points
