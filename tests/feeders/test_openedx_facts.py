# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Invented cases of Open edX's certificates, exams, credit and gates: every word of their keys and what it does."""

import pytest

from feeders.harness import check

REGULAR = {
    "enrolment_mode": "verified",
    "allowlisted": False,
    "invalidated": False,
    "id_check_enforced": False,
    "id_verified": True,
    "passing": True,
    "ccx": False,
    "beta_tester": False,
    "web_certificates": True,
    "course_known": True,
    "honor_certificates_disabled": None,
    "existing_cert": None,
}
LISTED = REGULAR | {"allowlisted": True, "passing": False}
ISSUED = {"status": "downloadable", "mode": "verified"}
GENERATING = ISSUED | {"status": "generating"}
NO_ID = {"id_check_enforced": True, "id_verified": False}
USERS = [
    {"username": "TestStudent1", "email": "test_student1@example.com", "enrolled": True},
    {"username": "NotEnrolledStudent", "email": "nonenrolled@test.com", "enrolled": False},
]


def decision(path, base, *, can=False, status=None, **changes):
    """Return a case of a decision."""
    return f"cert_decision_{path}", base | changes, {"can_generate": can, "status_set": status}


def upload(csv, *, expected, **changes):
    """Return a case of an upload."""
    given = {"users": USERS, "allowlisted": [], "invalidated": [], "filename": "temp.csv", "csv": csv} | changes
    return "cert_exceptions_csv", given, expected


REGULAR_DECISIONS = [
    decision("regular", REGULAR, can=True),
    decision("regular", REGULAR, ccx=True),
    decision("regular", REGULAR, beta_tester=True, existing_cert=GENERATING, passing=False),
    decision("regular", REGULAR, passing=False, existing_cert=GENERATING, status="notpassing"),
    decision("regular", REGULAR, passing=False),
    decision("regular", REGULAR, passing=False, existing_cert=ISSUED),
    decision("regular", REGULAR, existing_cert=ISSUED),
    decision("regular", REGULAR, existing_cert=GENERATING, can=True),
    decision("regular", REGULAR, existing_cert=ISSUED, invalidated=True, status="unavailable"),
    decision("regular", REGULAR, existing_cert=GENERATING, invalidated=True, status="unavailable"),
    decision("regular", REGULAR, existing_cert=ISSUED, invalidated=True, passing=False, status="unavailable"),
    decision("regular", REGULAR, invalidated=True),
    decision("regular", REGULAR, existing_cert=ISSUED, invalidated=True, enrolment_mode=None),
    decision("regular", REGULAR, existing_cert=ISSUED, invalidated=True, enrolment_mode="audit"),
    decision("regular", REGULAR, existing_cert=ISSUED, invalidated=True, web_certificates=False),
    decision("regular", REGULAR, existing_cert=ISSUED, invalidated=True, course_known=False),
    decision("regular", REGULAR, existing_cert=ISSUED, invalidated=True, ccx=True),
    decision("regular", REGULAR, existing_cert=ISSUED, invalidated=True, beta_tester=True),
    decision("regular", REGULAR, **NO_ID, status="unverified"),
    decision("regular", REGULAR, **NO_ID, existing_cert=GENERATING, passing=False),
    decision("regular", REGULAR, **NO_ID, existing_cert=ISSUED),
    decision("regular", REGULAR, **NO_ID, existing_cert=ISSUED | {"mode": "audit"}),
    decision("regular", REGULAR, **NO_ID, existing_cert=ISSUED, invalidated=True, status="unavailable"),
    decision("regular", REGULAR, **NO_ID, enrolment_mode="honor", can=True),
    decision("regular", REGULAR, **NO_ID, enrolment_mode="no-id-professional", can=True),
    decision("regular", REGULAR, enrolment_mode="honor", honor_certificates_disabled=True),
    decision("regular", REGULAR, existing_cert=ISSUED | {"mode": "audit"}, can=True),
    decision("regular", REGULAR, existing_cert=ISSUED | {"mode": "audit"}, enrolment_mode="audit"),
]
LISTED_DECISIONS = [
    decision("allowlist", LISTED, can=True),
    decision("allowlist", LISTED, ccx=True, beta_tester=True, can=True),
    decision("allowlist", LISTED, allowlisted=False),
    decision("allowlist", LISTED, allowlisted=False, existing_cert=GENERATING),
    decision("allowlist", LISTED, invalidated=True),
    decision("allowlist", LISTED, invalidated=True, existing_cert=ISSUED, status="unavailable"),
    decision("allowlist", LISTED, invalidated=True, existing_cert=ISSUED, ccx=True, status="unavailable"),
    decision("allowlist", LISTED, **NO_ID, status="unverified"),
    decision("allowlist", LISTED, **NO_ID, existing_cert=ISSUED),
    decision("allowlist", LISTED, enrolment_mode="audit"),
    decision("allowlist", LISTED, enrolment_mode=None),
    decision("allowlist", LISTED, web_certificates=False),
    decision("allowlist", LISTED, course_known=False),
    decision("allowlist", LISTED, existing_cert=ISSUED),
    decision("allowlist", LISTED, existing_cert=GENERATING, can=True),
]
LISTS = [
    ("cert_allowlist_can_add", {"enrolled": True, "invalidated": True, "already": True}, {"can_add": False}),
    ("cert_allowlist_can_add", {"enrolled": True, "invalidated": False, "already": False}, {"can_add": True}),
    ("cert_allowlist_membership", {"entry": {"active": False}}, {"on_allowlist": False}),
    ("cert_allowlist_update", {"notes": ["blah", "really useful info"]}, {"entries": 1, "notes": "really useful info"}),
    (
        "cert_exception_add",
        {"user": "known", "invalidated": True, "already": True},
        {"http": 400, "reason": "invalidated"},
    ),
    ("cert_exception_add", {"user": "known", "enrolled": False, "already": True}, {"reason": "user_not_enrolled"}),
    ("cert_exception_add", {"user": "known", "listed_elsewhere": True}, {"http": 200}),
    ("cert_exception_remove", {"body": "not json"}, {"http": 400, "reason": "bad_format"}),
    ("cert_exception_remove", {"listed": False}, {"http": 400, "reason": "nothing_to_remove"}),
    ("cert_exception_remove", {"listed": True, "cert_status": "downloadable"}, {"http": 204, "listed_after": False}),
    ("cert_exception_generate", {"generate_for": ""}, {"http": 400}),
    ("cert_exception_generate", {"generate_for": "new"}, {"http": 200}),
    ("cert_invalidate", {"cert_status": "downloadable", "allowlisted": True}, {"http": 400, "reason": "on_allowlist"}),
    ("cert_invalidate", {"cert_status": "downloadable", "listed": True}, {"reason": "already_invalidated"}),
    (
        "cert_invalidate",
        {"cert_status": "downloadable", "listed": True, "allowlisted": True},
        {"http": 400, "reason": "on_allowlist", "valid": True},
    ),
    ("cert_invalidate", {"user": ""}, {"http": 400, "reason": "user_required"}),
    ("cert_revalidate", {"listed": False}, {"http": 400, "reason": "not_invalidated"}),
    ("cert_revalidate", {"listed": True}, {"http": 200, "listed_after": False}),
    ("cert_allowlist_remove", {"entry": False, "cert_status": "downloadable"}, {"removed": False}),
    ("cert_service_invalidate", {"status": "downloadable", "grade": 95, "allowlisted": True}, {"done": False}),
]
UPLOADS = [
    upload("test_student1@example.com,a,b", expected={"row_errors": {"data_format_error": 1}, "success": 0}),
    upload("nobody@example.com,x\n\nTestStudent1,x", expected={"row_errors": {"user_not_exist": 1}, "success": 1}),
    upload(
        "TestStudent1,x\ntest_student1@example.com,y",
        expected={"row_errors": {"user_already_allowlisted": 1}, "success": 1, "allowlist_size": 1},
    ),
    upload(
        "TestStudent1,x",
        allowlisted=["TestStudent1"],
        invalidated=["TestStudent1"],
        expected={
            "row_errors": {
                "user_on_certificate_invalidation_list": ['user "TestStudent1" in row# 1'],
                "user_already_allowlisted": 0,
            },
            "success": 0,
        },
    ),
    upload("some initial binary data: \0\1", expected={"general_error": "unreadable", "general_errors": 1}),
    upload("", expected={"general_errors": 0, "success": 0}),
]
SHOWN = [
    (
        "cert_display_settings_normalise",
        {"behaviour": "<invalid>", "date": "D"},
        {"behaviour": "end_with_date", "date": "D"},
    ),
    ("cert_display_settings_normalise", {"behaviour": "<invalid>", "date": None}, {"behaviour": "end", "date": None}),
    ("cert_display_settings_normalise", {"behaviour": "at noon", "date": "D"}, {"behaviour": "end_with_date"}),
    (
        "cert_grade_report",
        {"allowlisted": True, "mode": "audit", "grade": 0.1, "issued": False, "certificates_allowed": True},
        {"eligible": "Y", "delivered": "N", "type": "N/A"},
    ),
    (
        "cert_grade_report",
        {"allowlisted": None, "mode": "audit", "grade": 1.0, "issued": False, "certificates_allowed": True},
        {"eligible": "N"},
    ),
    (
        "cert_grade_report",
        {
            "allowlisted": True,
            "mode": "verified",
            "grade": None,
            "issued": True,
            "cert_mode": "honor",
            "certificates_allowed": False,
        },
        {"eligible": "N"},
    ),
    (
        "cert_learner_view",
        {"status": "error"},
        {"is_generating": True, "is_downloadable": False, "is_unverified": False},
    ),
    ("cert_web_enabled", {"site": True, "course": None}, {"enabled": False}),
    ("cert_uses_available_date", {"auto_generation": True, "self_paced": True}, {"uses_available_date": False}),
    (
        "cert_on_passing_grade",
        {"status": "downloadable", "allowlisted": False, "auto_generation": True},
        {"generation_requested": False},
    ),
    (
        "cert_on_passing_grade",
        {"status": "unverified", "allowlisted": False, "auto_generation": True},
        {"generation_requested": True},
    ),
    ("cert_on_allowlist_added", {"auto_generation": False}, {"generation_requested": False}),
]
EXAMS = [
    *(
        ("proctoring_resumable", {"from": before, "to": to}, {"resumable": expected})
        for before, to, expected in [
            ("started", "error", True),
            ("error", "error", True),
            ("error", "verified", True),
            ("error", "rejected", True),
            ("error", "second_review_required", True),
            ("started", "verified", False),
            ("started", "ready_to_submit", False),
        ]
    ),
    *(
        ("proctoring_transition", {"from": before, "to": to}, expected)
        for before, to, expected in [
            ("verified", "started", {"error": "illegal_transition"}),
            ("timed_out", "created", {"error": "illegal_transition"}),
            ("started", "eligible", {"status": "submitted"}),
            ("ready_to_submit", "download_software_clicked", {"status": "submitted"}),
            ("started", "timed_out", {"status": "submitted"}),
        ]
    ),
    (
        "proctoring_transition",
        {"from": "ready_to_start", "to": "started", "due": "4 hours ago"},
        {"status": "submitted", "allowed_minutes": 0},
    ),
    *(
        (
            "proctoring_credit_status",
            {"from": "started", "to": to},
            {"credit_status": credit, "after_attempt_removed": None},
        )
        for to, credit in [
            ("declined", "declined"),
            ("error", "failed"),
            ("second_review_required", None),
            ("submitted", "submitted"),
            ("verified", "satisfied"),
        ]
    ),
    *(
        (
            "proctoring_cascade",
            {"first_exam_to": to, "second_attempt_exists": second is not None, "second_status": second},
            {"first_status": to, "second_status": expected},
        )
        for to, second, expected in [
            ("declined", "created", "declined"),
            ("declined", None, "declined"),
            ("declined", "submitted", "submitted"),
            ("declined", "verified", "verified"),
            ("rejected", "created", "created"),
            ("rejected", None, None),
        ]
    ),
    *(
        (
            "proctoring_two_attempts",
            {"earlier_attempt_to": earlier, "later_attempt_to": later, "earlier_updated_first": first, "grade": [5, 5]},
            {
                "credit_after_first_update": after_first,
                "credit_after_second_update": after_second,
                "grade_override": override,
            },
        )
        for earlier, later, first, after_first, after_second, override in [
            ("verified", "verified", True, "failed", "satisfied", None),
            ("verified", "rejected", True, "failed", "failed", [0, 0]),
            ("rejected", "verified", True, "failed", "failed", [0, 0]),
            ("rejected", "rejected", True, "failed", "failed", [0, 0]),
            ("rejected", "submitted", True, "failed", "failed", [0, 0]),
            ("rejected", "declined", False, "declined", "declined", None),
            ("verified", "error", False, "failed", "failed", None),
        ]
    ),
    (
        "proctoring_grade_override",
        {
            "grade": {"earned_all": 5.0, "earned_graded": 5.0},
            "steps": ["rejected", "verified"],
            "override_on_reject": False,
        },
        {
            "after_rejected": {
                "cert_status": "downloadable",
                "credit_status": "failed",
                "grade": [5, 5],
                "override": None,
            },
            "after_verified": {"credit_status": "satisfied", "grade": [5, 5], "override": None},
        },
    ),
    ("proctoring_review", {"review": "Bogus"}, {"error": "bad_review_status"}),
    ("proctoring_review", {"review": "Not Reviewed"}, {"attempt_status": "error", "credit_status": "failed"}),
    (
        "proctoring_review",
        {"review": "Rules Violation", "passing_reviews": ["Clean"]},
        {"attempt_status": "second_review_required"},
    ),
    (
        "proctoring_review",
        {"review": "Suspicious", "attempt_status": "verified", "archived": True},
        {"attempt_status": "verified", "review": "Suspicious"},
    ),
    ("exam_time_allowed", {"limit_minutes": 90, "minutes_to_due": 15}, {"min": 15, "max": 15}),
    ("exam_time_allowed", {"time_remaining_seconds": 600, "limit_minutes": 5}, {"minutes": 5}),
]
CREDIT = [
    *(
        (
            "credit_min_grade",
            {"min_grade": 0.52, "grade": grade, "deadline": deadline, "mode": mode},
            {"status": status},
        )
        for grade, deadline, mode, status in [
            (0.52, "in 20 days", "verified", "satisfied"),
            (0.51, "in 20 days", "verified", None),
            (0.51, "20 days ago", "verified", "failed"),
            (0.52, "20 days ago", "verified", "failed"),
            (0.01, None, "verified", None),
            (1, None, "verified", "satisfied"),
            (1, None, "honor", None),
        ]
    ),
    ("credit_exam_event", {"event": "errored", "namespace": "exam"}, {"status": "failed", "changed": True}),
    ("credit_exam_event", {"event": "reset"}, {"status": "removed", "changed": True}),
    ("credit_exam_event", {"event": "verified", "credit_course": False}, {"status": None, "changed": False}),
    ("credit_eligibility", {"requirements": ["grade", "reverification"], "satisfied": ["grade"]}, {"eligible": False}),
    (
        "credit_eligibility",
        {"requirements": ["grade"], "satisfied": ["grade"], "then_failed": ["grade"]},
        {"eligible": True},
    ),
    ("credit_eligibility", {"eligibility": True, "deadline_in_days": 0}, {"eligible": False}),
    ("credit_eligibility", {"eligibility": True, "course_enabled": False}, {"eligible": False, "listed": False}),
    ("credit_requirement", {"set_before_publish": "satisfied"}, {"status_after_publish": None, "status_date": None}),
    ("credit_requirement", {"set": ["failed", "satisfied"]}, {"status_each": ["failed", "satisfied"]}),
    ("credit_requirement", {"set": ["satisfied"], "mode": "credit"}, {"status": None, "reason": None}),
    ("credit_state", {"enrolled": True, "active": False}, {"state": None}),
    ("credit_state", {"course_enabled": False}, {"is_credit_course": False}),
]
GATES = [
    ("gate_fulfilled", {"min_score": None, "score": 100}, {"open": True, "warned": True}),
    ("gate_fulfilled", {"min_score": None, "score": 99}, {"open": False}),
    ("gate_fulfilled", {"min_score": 50, "min_completion": 100, "score": 50, "completion": 99}, {"open": False}),
    ("gate_fulfilled", {"min_score": 50, "score_fraction": 0.5}, {"open": True, "warned": False}),
    ("gate_min_score_valid", {"min_score": ""}, {"valid": True}),
    ("gate_min_score_valid", {"min_score": "abc"}, {"valid": False}),
    ("gate_completion", {"problem_completion": 1, "html_completion": 0}, {"completion_percent": 100}),
    ("gate_bypass", {"prerequisite_met": False, "staff": True}, {"gated": []}),
    ("gate_bypass", {"prerequisite_met": False, "staff": False}, {"gated": ["second section"]}),
    (
        "course_prerequisite",
        {"prerequisite_cert_status": "generating"},
        {"milestones_before": 0, "milestones_after": 1},
    ),
    ("course_prerequisite", {"prerequisite_cert_status": "unavailable"}, {"milestones_after": 0}),
]
OVERDUE = {"behaviour": "end", "course_ended": False, "show_before_end": False}
REST = [
    ("cert_allowlist_can_add", {"enrolled": False, "invalidated": False, "already": False}, {"can_add": False}),
    decision("allowlist", LISTED, enrolment_mode="honor", honor_certificates_disabled=True),
    decision("allowlist", LISTED, enrolment_mode="honor", honor_certificates_disabled=False, can=True),
    *(
        ("cert_invalidated", {"cert_status": status, "entry_active": active}, {"invalidated": active})
        for status in ("deleted", "downloadable", "notpassing")
        for active in (True, False)
    ),
    *(
        (
            "cert_learner_view",
            {"status": status},
            {
                "is_downloadable": status == "downloadable",
                "is_generating": status == "generating",
                "is_unverified": False,
            },
        )
        for status in ("downloadable", "generating", "unavailable", "notpassing")
    ),
    *(
        ("cert_should_be_visible", OVERDUE | stated, {"visible": visible})
        for stated, visible in [
            ({"available_in_days": None, "self_paced": True}, True),
            ({"available_in_days": None, "self_paced": False}, False),
            (
                {"available_in_days": None, "self_paced": False, "behaviour": "end_with_date", "course_ended": True},
                False,
            ),
            ({"available_in_days": None, "self_paced": False, "course_ended": True}, True),
        ]
    ),
    ("cert_web_enabled", {"site": True, "course": False}, {"enabled": False}),
    ("cert_web_enabled", {"site": False, "course": True}, {"enabled": False}),
    ("credit_requirement", {"set": ["satisfied"], "mode": "audit"}, {"status_each": [None], "status": None}),
    ("credit_requirement", {"set": ["failed"], "remove": True}, {"status": None, "reason": None, "status_date": None}),
    ("gate_bypass", {"prerequisite_met": True, "staff": False}, {"gated": []}),
    (
        "letter_grade",
        {
            "cutoffs": {"A": 0.9, "B": 0.33},
            "type": {"min_count": 1, "drop_count": 0, "weight": 1.0},
            "section_problems": [[0, 1], [0, 1], [0, 1]],
        },
        {"letter": None, "percent": 0.0},
    ),
    (
        "proctoring_grade_override",
        {
            "grade": {"earned_all": 5.0, "earned_graded": 3.0},
            "steps": ["rejected", "verified"],
            "override_on_reject": True,
        },
        {
            "after_rejected": {
                "cert_status": "unavailable",
                "credit_status": "failed",
                "override": [0, 0],
                "grade": [0, 0],
            },
            "after_verified": {"credit_status": "satisfied", "override": None, "grade": [5, 3]},
        },
    ),
    ("proctoring_review", {"review": "Suspicious", "second_review_required": True}, {"support_notified": True}),
    ("proctoring_review", {"review": "Clean"}, {"attempt_status": "verified", "credit_status": "satisfied"}),
    *(
        ("proctoring_summary", {"status": status}, {"label": "Taking As Proctored Exam", "in_completed_state": False})
        for status in ("created", "download_software_clicked", "ready_to_start", "started", "ready_to_submit")
    ),
    ("proctoring_summary", {"status": "verified"}, {"label": "Passed Proctoring", "in_completed_state": True}),
    (
        "proctoring_summary",
        {"status": "eligible"},
        {"label": "Proctored Option Available", "in_completed_state": False},
    ),
    *(
        ("proctoring_transition", {"from": before, "to": "ready_to_start"}, {"error": "illegal_transition"})
        for before in ("declined", "submitted", "rejected", "error", "verified", "timed_out")
    ),
    (
        "score_source_precedence",
        {
            "submission": {"weighted_earned": 50, "weighted_possible": 100},
            "learner_state": {"raw_earned": 10, "raw_possible": 40},
            "persisted": {"raw_possible": 5, "weight": 40, "graded": True},
            "content": {"raw_possible": 1, "weight": 20, "explicit_graded": False},
        },
        {"raw_earned": None, "raw_possible": None, "earned": 50, "possible": 100, "weight": 40, "graded": True},
    ),
    (
        "subsection_override_effect",
        {"score": [2, 3], "override": {"earned": 0, "possible": None}},
        {"earned": 0, "possible": 3},
    ),
]
CASES = [*REGULAR_DECISIONS, *LISTED_DECISIONS, *LISTS, *UPLOADS, *SHOWN, *EXAMS, *CREDIT, *GATES, *REST]


@pytest.mark.parametrize(
    ("kind", "given", "expected"), CASES, ids=[f"{kind} {nth}" for nth, (kind, *_) in enumerate(CASES)]
)
def test_a_word_does_what_it_must(kind, given, expected):
    """Each word of each key comes to what the rules of its system say (K11 to K31, Q5 to Q32)."""
    check("openedx", {"id": f"own.{kind}", "kind": kind, "input": given, "expect": expected})


STATUSES = [
    *("auditing", "audit_passing", "audit_notpassing", "deleted", "deleting", "downloadable", "error", "generating"),
    *("invalidated", "notpassing", "requesting", "restricted", "unavailable", "unverified"),
]


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("allowlisted", [True, False])
def test_a_failing_grade_by_every_status(status, allowlisted):
    """Only a downloadable or generating certificate becomes not passing, and not an allowlisted learner's (K18)."""
    taken = status in ("downloadable", "generating") and not allowlisted
    case = {
        "id": "own",
        "kind": "cert_on_failing_grade",
        "input": {"status": status, "allowlisted": allowlisted},
        "expect": {"status": "notpassing" if taken else status},
    }
    check("openedx", case)


@pytest.mark.parametrize("status", [*STATUSES, "honor_passing", None])
def test_a_certificate_is_issued_again_by_every_status(status):
    """Only a downloadable certificate keeps another one from being issued, and not one in audit mode (K15)."""
    for mode in ("verified", "audit"):
        case = {
            "id": "own",
            "kind": "cert_regenerate_from_status",
            "input": {"status": status, "cert_mode": mode, "enrolment_mode": "verified"},
            "expect": {"can_generate": status != "downloadable" or mode == "audit"},
        }
        check("openedx", case)
