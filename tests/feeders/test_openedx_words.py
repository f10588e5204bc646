# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Invented cases of Open edX's grades and proctored exams, with keys and words that no kept case has."""

import pytest

from feeders.harness import check

TYPE = {"min_count": 1, "drop_count": 0, "weight": 1.0}
ROWS = [
    {"order": 0, "namespace": "grade", "name": "grade1", "status": "pending"},
    {"order": 1, "namespace": "proctoring", "name": "proc1", "status": "declined"},
]
CASES = [
    (
        "letter_grade",
        {
            "cutoffs": {"A": 0.9, "B": 0.33},
            "type": TYPE,
            "section_problems": [[1, 1], [1, 1], [0, 1]],
            "external_score_for_third": [1, 1],
        },
        {"before": {"percent": 0.67, "letter": "B"}, "after": {"percent": 1.0, "letter": "A"}},
    ),
    ("problem_weighting", {"raw_earned": 1, "raw_possible": None, "weight": 2}, {"error": "assertion"}),
    ("course_grade_read", {"stored": None, "create_if_needed": False}, {"grade": None}),
    (
        "policy_validation",
        {"policy": [{"type": "Homework", "min_count": 1}]},
        {"error": "value_error", "reason": "drop_count missing"},
    ),
    (
        "weighted_course_grade",
        {
            "policy": [
                {"type": "Lab", "min_count": "1", "drop_count": 0, "weight": 0.5, "category": "Labs"},
                {"type": "Midterm", "name": "Midterm Exam", "short_label": "M", **TYPE, "weight": 0.5},
            ],
            "sheet": {"Lab": [[1, 2]], "Midterm": [[1, 1]]},
        },
        {"percent": 0.75, "breakdown_entries": 2, "categories": 2},
    ),
    (
        "subsection_override_store",
        {"grade": None, "override": {"earned_all": 3.0, "earned_graded": None}},
        {
            "created_grade": {"earned_all": 0, "earned_graded": 0},
            "earned_all_override": 3.0,
            "earned_graded_override": None,
            "recalculation_triggered": True,
        },
    ),
    (
        "subsection_override_undo",
        {"override_system": "gradebook", "undo_by": "proctoring"},
        {"override_remains": True, "recalculation_triggered": False},
    ),
    ("persist_grade", {"score": [0, 0], "attempted": False, "score_deleted": True}, {"stored_grades": 1}),
    ("subsection_percent", {"earned": 1, "possible": 0, "decimals": 4, "mode": "half_even"}, {"percent": 0.0}),
    ("result_visibility", {"setting": "past_due", "due": "tomorrow", "staff": False}, {"visible": False}),
    ("proctoring_summary", {"status": None, "course_ended": True}, {"status": "expired"}),
    (
        "proctoring_summary",
        {"status": "expired"},
        {"label": "Proctored Option No Longer Available", "in_completed_state": False},
    ),
    (
        "proctoring_review",
        {"reviews": ["Clean", "Suspicious"], "updates_allowed": True},
        {"review": "Suspicious", "history": ["Clean"]},
    ),
    ("proctoring_review", {"reviews": ["Clean", "Suspicious"], "updates_allowed": False}, {"error": "already_exists"}),
    (
        "proctoring_grade_override",
        {"grade": {"earned_all": 5.0, "earned_graded": 5.0}, "steps": ["rejected"]},
        {"after_rejected": {"cert_status": "unavailable", "credit_status": "failed", "override": [0, 0]}},
    ),
    (
        "proctoring_two_attempts",
        {
            "earlier_attempt_to": "verified",
            "later_attempt_to": "declined",
            "earlier_updated_first": False,
            "grade": [5, 5],
        },
        {"credit_after_first_update": "declined", "credit_after_second_update": "not asserted", "grade_override": None},
    ),
    ("exam_time_allowed", {"limit_minutes": 90, "started": False}, {"minutes": None}),
    ("exam_time_allowed", {"proctored": False, "due": "1 hour ago"}, {"created": True}),
    (
        "ordered_prerequisites",
        {"for": "unknown", "requirements": ROWS, "skip_namespaces": ["grade"]},
        {"satisfied": False, "n_declined": 1, "n_pending": 0, "attempt_auto_declined": True},
    ),
    (
        "ordered_prerequisites",
        {"only_status": "pending", "from": ROWS},
        {"satisfied": True, "n_pending": 0, "attempt_auto_declined": None},
    ),
    (
        "proctoring_transition",
        {"from": "started", "to": "timed_out", "timed_out_allowed": True},
        {"completed_at": "the time-out timestamp"},
    ),
]


@pytest.mark.parametrize(
    ("kind", "given", "expected"), CASES, ids=[f"{kind} {nth}" for nth, (kind, *_) in enumerate(CASES)]
)
def test_a_word_that_no_kept_case_has_is_read(kind, given, expected):
    """A case in the shared form is read with every key and word of its kind, also with those that no kept case has."""
    check("openedx", {"id": f"own.{kind}", "kind": kind, "input": given, "expect": expected})


def test_an_unknown_word_fails():
    """A word that a feeder does not know fails the case by name."""
    case = {"id": "own", "kind": "proctoring_resumable", "input": {"from": "lost", "to": "error"}, "expect": {}}
    with pytest.raises(AssertionError, match="unknown word 'lost'"):
        check("openedx", case)
