# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Canvas's cases of late and missing work are fed: as a course with one assignment and one submission."""

from feeders.harness import sound
from gradecalc import Mark
from gradecalc.lms.canvas import (
    ALL_FINAL,
    GradingType,
    Lateness,
    adjust,
    read,
    read_late_policy,
)
from gradecalc.lms.documents import Document

SETTINGS = {
    "late_submission_deduction": "deduction",
    "late_submission_minimum_percent": "minimum",
    "missing_submission_deduction": "missing",
}
OTHERWISE = ("excused", "grade_matches_current_submission", "custom_grade_status_id")
WORDS = {
    "grading_type": {
        **{each.value: each.value for each in GradingType},
        "(any other)": GradingType.POINTS.value,
    },
    "field": {name: (name, ours) for name, ours in SETTINGS.items()},
    "apply_late_policy:points_deducted": {None: 0},  # Canvas stores null as well as 0 where nothing is taken
}


def enabled(given):
    """Return the policy of a case, of which the amount of a setting that is off is no part."""
    stated = given["policy"]
    for name in SETTINGS if stated else ():
        if not stated[f"{name}_enabled"]:
            given.ignore(f"policy.{name}", "the setting is off")
    return stated


def mark(given, entered):
    """Return the points that become the mark of the one submission, None where there is none."""
    assignment = {
        "id": 5,
        "points_possible": given["points_possible"],
        "grading_type": given.get("grading_type", "points"),
        "submission_types": given.get("submission_types", ["online_upload"]),
    }
    submission = {
        "user_id": 7,
        "assignment_id": 5,
        "score": entered,
        "seconds_late": given.get("seconds_late"),
        "late_policy_status": given.get("late_policy_status"),
        "missing": given.get("missing", False),
        **{each: given[each] for each in OTHERWISE if each in given},
    }
    period = {
        "id": 1,
        "start_date": "2026-01-01T00:00:00Z",
        "end_date": "2026-07-01T00:00:00Z",
        "is_closed": given.get("period_closed", False),
    }
    exported = {
        "assignment_groups": [{"id": 1, "assignments": [assignment]}],
        "submissions": [submission],
        "grading_periods": {"grading_periods": [period]},
        "late_policy": enabled(given),
    }
    found = sound(read(exported, view=ALL_FINAL)).marks["7"].get("5")
    return found.points if isinstance(found, Mark) else found


def points_deducted(given):
    """Say what is taken of a score for lateness."""
    after = mark(given, given["score"])
    return 0 if given["score"] is None else given["score"] - after


def apply_late_policy(given):
    """Say the score after the policy and, of a score that was entered, what was taken."""
    entered = given["entered_score"]
    after = mark(given, entered)
    return {"score": after, "points_deducted": 0 if entered is None else entered - after}


def points_for_missing(given):
    """Say what missing work is worth; Canvas has 0 where it is not to be filled in."""
    policy = read_late_policy(Document(enabled(given), "late_policy", []))
    grading_type = GradingType(given["grading_type"])
    work = Lateness(points=None, out_of=given["points_possible"] or 0, missing=True, grading_type=grading_type)
    return adjust(policy, work).points or 0


def missing_points_deducted(given):
    """Say what missing work is short of full points."""
    return (given["points_possible"] or 0) - points_for_missing(given)


def stored_setting(given):
    """Say a setting as it is stored."""
    theirs, ours = given["field"]
    stored = {theirs: given["input"], f"{theirs}_enabled": True}
    return getattr(read_late_policy(Document(stored, "late_policy", [])), ours)


FEEDERS = {
    "points_deducted": points_deducted,
    "points_for_missing": points_for_missing,
    "missing_points_deducted": missing_points_deducted,
    "stored_setting": stored_setting,
    "apply_late_policy": apply_late_policy,
}
