# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The grading policies of Open edX: what they promise, and which grades there are."""

import pytest

from gradecalc import (
    Severity,
)
from gradecalc.lms.openedx.grading.policy import MAX_PLACEHOLDERS, PASS_AT_HALF, read_policy
from lms.openedx.courses import codes, homework


@pytest.mark.parametrize(
    ("cutoffs", "percent", "expected"),
    [
        ({"Pass": 0.5}, 49, (None, "Fail", False)),
        ({"Pass": 0.5}, 50, ("Pass", "Fail", True)),
        ({"A": 0.9, "B": 0.33}, 32, (None, "F", False)),
        ({"A": 0.9, "F": 0}, 32, ("F", "Fail", False)),
        ({"Everybody": 0}, 100, ("Everybody", "Fail", False)),
        ({}, 100, (None, "F", False)),
        ({"Fail": 0.5}, 10, (None, "F", False)),
    ],
)
def test_what_passes_is_the_smallest_cutoff_above_zero(cutoffs, percent, expected):
    """Below every grade there is no letter, and without a grade above 0 nobody passes."""
    found = read_policy({"GRADER": [], "GRADE_CUTOFFS": cutoffs})[0].cutoffs
    assert expected == (found.letter(percent), found.failing, found.pass_at is not None and percent >= found.pass_at)


def test_grades_are_pass_at_half_where_nobody_chose():
    """A policy without cutoffs has one grade, at 50 %."""
    assert PASS_AT_HALF == read_policy({"GRADER": []})[0].cutoffs


def test_min_count_may_be_text_with_decimals():
    """A number of assignments may be written as text, and its decimals are cut off."""
    types = [homework(min_count="12"), homework(type="Lab", min_count="3.7"), homework(type="Exam", min_count=-2)]
    policy, problems = read_policy({"GRADER": types})
    assert ([12, 3, 0], ()) == ([each.min_count for each in policy.types], problems)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (None, [("grading_policy", "wrong_value")]),
        ({}, [("grading_policy", "missing")]),
        ({"GRADER": "all"}, [("grading_policy.GRADER", "wrong_value")]),
        (
            {"GRADER": [{}]},
            [(f"grading_policy.GRADER[0].{name}", "missing") for name in ("type", "min_count", "drop_count")],
        ),
        ({"GRADER": [homework(), homework()]}, [("grading_policy.GRADER[1]", "duplicate_type")]),
        ({"GRADER": [homework(weight=-1)]}, [("grading_policy.GRADER[0].weight", "wrong_value")]),
        ({"GRADER": [homework(weight=10**9)]}, [("grading_policy.GRADER[0].weight", "too_large")]),
        ({"GRADER": [homework(min_count=10**9)]}, [("grading_policy.GRADER[0].min_count", "too_large")]),
        (
            {"GRADER": [homework(min_count=MAX_PLACEHOLDERS), homework(type="Lab")]},
            [("grading_policy.GRADER[1]", "too_large")],
        ),
        ({"GRADER": [], "GRADE_CUTOFFS": [1]}, [("grading_policy.GRADE_CUTOFFS", "wrong_value")]),
        ({"GRADER": [], "GRADE_CUTOFFS": {"A": 0.5, "B": 0.50}}, [("grading_policy.GRADE_CUTOFFS.B", "duplicate")]),
        (
            {"GRADER": [], "GRADE_CUTOFFS": {"A": "high"}},
            [("grading_policy.GRADE_CUTOFFS.A", "wrong_value"), ("grading_policy.GRADE_CUTOFFS", "missing")],
        ),
    ],
)
def test_a_policy_reports_its_errors_by_path(document, expected):
    """What is wrong with a policy is an error at its place, and the rest of it is read."""
    assert expected == codes(read_policy(document)[1])


def test_unknown_keys_are_noticed_with_the_nearest_name():
    """A key that nothing is known of is a notice, as the platform warns and ignores it."""
    problems = read_policy({"GRADER": [homework(drop_cuont=1)]})[1]
    assert [("grading_policy.GRADER[0].drop_cuont", "unknown_key")] == codes(problems, Severity.NOTICE)
    assert "drop_count" in problems[0].message
