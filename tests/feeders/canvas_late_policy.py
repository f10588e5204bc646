# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Canvas's cases of late and missing work are fed: as a course with one assignment and one submission."""

from fractions import Fraction

from gradecalc import Mark
from gradecalc.lms.canvas import (
    ALL_FINAL,
    GradingType,
    points_for_missing,
    read,
    read_late_policy,
)
from gradecalc.lms.documents import Document

OTHERS = "(any other)"


def exact(value):
    """Return a figure of a case as an exact number; null is none."""
    return None if value is None else Fraction(str(value))


def mark(case):
    """Return the points that become the mark of the one submission, None where there is none."""
    assignment = {
        "id": 5,
        "points_possible": case["points_possible"],
        "grading_type": case.get("grading_type", "points"),
        "submission_types": case.get("submission_types", ["online_upload"]),
    }
    submission = {
        "user_id": 7,
        "assignment_id": 5,
        "score": case.get("entered_score", case.get("score")),
        "seconds_late": case.get("seconds_late"),
        "late_policy_status": case.get("late_policy_status"),
        "missing": case.get("missing", False),
    }
    period = {
        "id": 1,
        "start_date": "2026-01-01T00:00:00Z",
        "end_date": "2026-07-01T00:00:00Z",
        "is_closed": case.get("period_closed", False),
    }
    exported = {
        "assignment_groups": [{"id": 1, "assignments": [assignment]}],
        "submissions": [submission],
        "grading_periods": {"grading_periods": [period]},
        "late_policy": case["policy"],
    }
    found = read(exported, view=ALL_FINAL).marks["7"].get("5")
    return found.points if isinstance(found, Mark) else found


def points_deducted(case):
    """Assert what is taken of a score for lateness."""
    assert exact(case["expect"]) == case["score"] - mark(case)


def apply_late_policy(case):
    """Assert the score after the policy and, of a score that was entered, what was taken; null is nothing."""
    after, entered = mark(case), case["entered_score"]
    if "score" in case["expect"]:
        assert exact(case["expect"]["score"]) == after
    if "points_deducted" in case["expect"]:
        taken = 0 if entered is None else entered - after
        assert (exact(case["expect"]["points_deducted"]) or 0) == taken


def policy(parsed):
    """Return the late policy of a document."""
    return read_late_policy(Document(parsed, "late_policy", []))


def for_missing(case):
    """Return what missing work is worth."""
    grading_type = GradingType("points" if case["grading_type"] == OTHERS else case["grading_type"])
    return points_for_missing(policy(case["policy"]), case["points_possible"], grading_type)


def check_for_missing(case):
    """Assert what missing work is worth."""
    assert exact(case["expect"]) == for_missing(case)


def check_missing_deducted(case):
    """Assert what missing work is short of full points."""
    assert exact(case["expect"]) == case["points_possible"] - for_missing(case)


SETTINGS = {
    "late_submission_deduction": "deduction",
    "late_submission_minimum_percent": "minimum",
    "missing_submission_deduction": "missing",
}


def stored_setting(case):
    """Assert a setting as it is stored."""
    found = policy({case["field"]: case["input"], f"{case['field']}_enabled": True})
    assert exact(case["expect"]) == getattr(found, SETTINGS[case["field"]])


FEEDERS = {
    "points_deducted": points_deducted,
    "points_for_missing": check_for_missing,
    "missing_points_deducted": check_missing_deducted,
    "stored_setting": stored_setting,
    "apply_late_policy": apply_late_policy,
}
