# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What points come to is worked out once for lines that are measured alike, and is exact for every other."""

from fractions import Fraction

import pytest

from gradecalc import GradeScheme, Rounding, Verdict
from gradecalc.report.passing import PassRule
from gradecalc.report.reached import MOST_KEPT, Reached, Yardstick, Yardsticks

SCHEME = GradeScheme.from_cutoffs({"A": 90, "B": 50, "F": 0})
TABLE = Yardsticks(
    Rounding(1),
    [
        Yardstick(None, None, PassRule()),
        Yardstick(10, SCHEME, PassRule(Fraction(50))),
        Yardstick(10, SCHEME, PassRule(Fraction(50), must_pass=True)),
        Yardstick(10, SCHEME, PassRule(Fraction(60))),
        Yardstick(Fraction(20, 3), None, PassRule()),
    ],
)


@pytest.mark.parametrize(
    ("line", "points", "out_of", "expected"),
    [
        (0, 7, 8, (7, 8, Fraction(175, 2), "87.5", None, None)),
        (1, 9, 10, (9, 10, 90, "90.0", "A", Verdict.MET)),
        (1, 4, 10, (4, 10, 40, "40.0", "F", Verdict.NOT_MET)),
        (1, Fraction(9, 2), 5, (Fraction(9, 2), 5, 90, "90.0", "A", Verdict.MET)),
        (1, 3, 0, (3, 0, None, "3.0", None, Verdict.UNDETERMINED)),
        (1, None, 10, (None, 10, None, "", None, Verdict.UNDETERMINED)),
        (4, 5, Fraction(20, 3), (5, Fraction(20, 3), 75, "75.0", None, None)),
        (4, 5, Fraction(25, 3), (5, Fraction(25, 3), 60, "60.0", None, None)),
    ],
)
def test_what_points_come_to(line, points, out_of, expected):
    """Points come to a percent, its text, its symbol and a verdict; out of 0, or of nothing, there is no percent."""
    found = TABLE.reached(line, points, out_of)
    assert expected == found
    assert {Fraction} >= {type(each) for each in found[:3] if each is not None}


def test_lines_that_are_measured_alike_share_what_is_kept():
    """The same points at two lines are one value if nothing about the lines is another, and else two."""
    found = [TABLE.reached(line, Fraction(11, 2), 10) for line in (1, 2, 3)]
    assert (True, False) == (found[0] is found[1], found[0] is found[2])
    assert (Verdict.MET, Verdict.NOT_MET) == (found[1].passed, found[2].passed)


def test_only_so_much_is_kept():
    """What comes when the table is full is worked out each time, and is the same."""
    table = Yardsticks(Rounding(), [Yardstick(MOST_KEPT, None, PassRule())])
    every = [table.reached(0, points, MOST_KEPT) for points in range(MOST_KEPT + 1)]
    again = [table.reached(0, points, MOST_KEPT) for points in (0, MOST_KEPT)]
    assert ([every[0], every[-1]], True, False) == (again, again[0] is every[0], again[1] is every[-1])
    assert isinstance(again[1], Reached)
