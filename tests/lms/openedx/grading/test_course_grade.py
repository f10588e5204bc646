# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A course grade of Open edX, broken down and stored."""

from datetime import UTC, datetime, timedelta

import pytest

from gradecalc import (
    DefinitionError,
)
from gradecalc.lms.openedx.grading.course_grade import break_down, update
from gradecalc.lms.openedx.grading.policy import read_policy
from lms.openedx.courses import homework, read_one, report_of

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def rows_of(document, scores):
    policy, imported = read_policy(document)[0], read_one(document, scores)
    return [
        (row.label, row.percent, row.prominent, row.dropped) for row in break_down(policy, report_of(imported)).rows
    ]


def test_a_breakdown_numbers_assignments_and_adds_an_average():
    """Assignments are numbered, placeholders too, and the row of the type comes last."""
    document = {"GRADER": [homework(min_count=3, drop_count=1)]}
    assert [
        ("HW 01", 50, False, False),
        ("HW 02", 0, False, False),
        ("HW 03", 0, False, True),
        ("HW Avg", 25, True, False),
    ] == rows_of(document, [(1, 2)])


def test_a_type_of_one_assignment_has_one_row():
    """A type of one assignment shows only itself, and one without a short label has its name."""
    document = {"GRADER": [{"type": "Homework", "min_count": 1, "drop_count": 0, "weight": 1}]}
    assert [("Homework", 50, True, False)] == rows_of(document, [(1, 2)])


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"starting_index": 0}, ["HW 00", "HW 01", "HW Avg"]),
        ({"show_only_average": True}, ["HW Avg"]),
        ({"hide_average": True}, ["HW 01", "HW 02"]),
    ],
)
def test_a_policy_says_which_rows_are_shown(stated, expected):
    """Numbers start where the policy says, and it may hide the average or everything else."""
    found = rows_of({"GRADER": [homework(**stated)]}, [(1, 2), (1, 2)])
    assert expected == [label for label, *_ in found]


def test_a_type_without_assignments_shows_its_average_alone():
    """What stands in for nothing is no row."""
    document = {"GRADER": [homework(type="NoCredit", short_label="NC", min_count=0, weight=0), homework()]}
    assert ["NC Avg", "HW"] == [label for label, *_ in rows_of(document, [(1, 2)])]


def test_a_breakdown_is_an_outline():
    """A breakdown shows itself in a notebook as its outline does."""
    document = {"GRADER": [homework()]}
    found = break_down(read_policy(document)[0], report_of(read_one(document, [(1, 2)])))
    assert found.outline().html() == found._repr_html_()


def test_the_first_passing_stays():
    """When somebody first passed is recorded once, and stays after the grade falls below passing."""
    record = update(None, percent=40, letter=None, passed=False, now=NOON)
    assert record.first_passed is None
    record = update(record, percent=70, letter="C", passed=True, now=NOON + timedelta(days=1))
    record = update(record, percent=95, letter="A", passed=True, now=NOON + timedelta(days=2))
    record = update(record, percent=20, letter=None, passed=False, now=NOON + timedelta(days=3))
    assert (20, None, NOON + timedelta(days=1)) == (record.percent, record.letter, record.first_passed)


def test_a_moment_without_a_zone_is_refused():
    """Now states its time zone."""
    with pytest.raises(DefinitionError):
        update(None, percent=1, letter=None, passed=True, now=NOON.replace(tzinfo=None))
