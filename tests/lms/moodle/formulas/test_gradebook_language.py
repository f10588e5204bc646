# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Calculations said in the language of the gradebook."""

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
        ("=[[a]]+10", (None, 5), None),
    ],
)
def test_a_calculation_comes_out_as_in_moodle(calculation, grades, expected):
    """A missing grade is zero, none at all is none, a division by zero has no value, and the rest is clamped."""
    tree = category("course", "natural", item("a", grades[0]), item("b", grades[1]), item("x", calculation=calculation))
    assert expected == graded(tree)["x"].points
