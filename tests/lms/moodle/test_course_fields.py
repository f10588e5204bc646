# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What the JSON of a course states, read whole."""

from datetime import UTC, datetime

import pytest

from gradecalc.lms.documents import Document
from gradecalc.lms.moodle import Bounds, RangeSource
from gradecalc.lms.moodle.course_fields import (
    CourseSettings,
    is_hidden,
    read_grade,
    read_row,
    read_settings,
)


def read_with_problems(read, stated):
    """Return what is read, and the path and code of each problem."""
    problems = []
    return read(Document(stated, "", problems)), [(problem.path, problem.code) for problem in problems]


def test_what_a_course_makes_nothing_of_is_read_all_the_same():
    """A value that cannot be read is a problem even where it would change nothing."""
    stated = {"name": "Essay", "coef": "two", "drop_low": -1, "locked": "maybe", "offset": 10**20}
    row, problems = read_with_problems(read_row, stated)
    assert ("Essay", None, 0, False, 0) == (row.name, row.coefficient, row.drop_low, row.locked, row.offset)
    assert {(name, "wrong_value") for name in ("coef", "drop_low", "locked", "offset")} == set(problems)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, Bounds(0, 100)),
        ({"min": -5, "max": "7.5"}, Bounds(-5, 7.5)),
        ({"scale": ["no", "so", "yes"]}, Bounds(1, 3)),
        ({"scale": ["no", "so", "yes"], "max": 5}, Bounds(1, 5)),
        ({"scale": "no"}, Bounds(0, 100)),
        ({"scale": [["no"]]}, Bounds(0, 100)),
    ],
)
def test_an_item_has_the_range_that_it_states(stated, expected):
    """A scale reaches from 1 to its number of steps, and everything else to 100, unless the item says otherwise."""
    assert expected == read_with_problems(read_row, stated)[0].item_bounds


def test_a_grade_is_read_with_what_stands_beside_it():
    """Fields that are given are not read, and a penalty is never below 0."""
    stated = {"raw": "3.5", "deducted": -1, "hidden": True, "min": "x"}
    grade, problems = read_with_problems(lambda document: read_grade(document, least=None), stated)
    assert (3.5, 0, 1, None) == (grade.raw, grade.deducted, grade.hidden, grade.least)
    assert [("deducted", "wrong_value")] == problems


def test_settings_have_moodles_defaults():
    """What a site has not set is as Moodle has it, and what is no object sets nothing."""
    assert CourseSettings() == read_with_problems(read_settings, None)[0] == read_with_problems(read_settings, 5)[0]
    settings, _ = read_with_problems(read_settings, {"min_max": "item", "include_scales": 0})
    assert (RangeSource.ITEM, RangeSource.STORED, False) == (settings.bounds, settings.site_bounds, settings.scales)


def test_hidden_until_a_moment():
    """At 1 something is always hidden, and above that until the moment; without a now it is."""
    now = datetime.fromtimestamp(2000, UTC)
    assert [False, True, False, True] == [is_hidden(stated, now) for stated in (0, 1, 2000, 2001)]
    assert is_hidden(2000, None)
