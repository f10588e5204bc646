# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Canvas documents become a gradebook and marks whose figures are Canvas's, in every view."""

from fractions import Fraction

import pytest
from attrs import evolve

from gradecalc import (
    EXEMPT,
    Mark,
    MarksError,
    Severity,
    Treatment,
    grade,
    grade_many,
)
from gradecalc.gradebook.late_policy import Adjustment, LatePolicy
from gradecalc.lms.canvas import (
    ALL_CURRENT,
    ALL_FINAL,
    CLIENT,
    OUTSIDE,
    POSTED_CURRENT,
    POSTED_FINAL,
    SERVER,
    GradingType,
    Lateness,
    LateStatus,
    LeftAlone,
    Repeated,
    View,
    adjust,
    group_id,
    period_id,
    read,
)
from gradecalc.lms.imported import Learner, Recorded
from gradecalc.rounding import Rounding

POSTED = "2026-01-09T12:00:00Z"


def items(*points, first=11, **fields):
    return [{"id": number, "points_possible": each, **fields} for number, each in enumerate(points, start=first)]


def rows(*scores, first=11, learner=7, **fields):
    return [
        {"user_id": learner, "assignment_id": number, "score": score, "posted_at": POSTED, **fields}
        for number, score in enumerate(scores, start=first)
    ]


def export(assignments, submissions, **documents):
    return {"assignment_groups": [{"id": 1, "assignments": assignments}], "submissions": submissions, **documents}


def report(exported, learner="7", **choices):
    imported = read(exported, **choices)
    assert () == tuple(each for each in imported.problems if each.severity is Severity.ERROR)
    return grade(imported.gradebook, imported.marks[learner])


def percent(exported, **choices):
    return report(exported, **choices).final.percent


VIEWS = export(items(10, 10, 10), [*rows(6, 9), *rows(3, first=13, posted_at=None)])


@pytest.mark.parametrize(
    ("view", "expected"),
    [(ALL_CURRENT, 60), (ALL_FINAL, 60), (POSTED_CURRENT, 75), (POSTED_FINAL, 50)],
)
def test_four_views_of_the_same_submissions(view, expected):
    """Unposted work is in what a grader sees, out of a learner's current total, and zero in the final one."""
    assert expected == percent(VIEWS, view=view)


def test_pending_review_is_out_of_the_current_total_alone():
    """Work that is pending review counts in the final total with the score it has."""
    exported = export(items(50, 50), [*rows(25, workflow_state="pending_review"), *rows(50, first=12)])
    assert (100, 75) == (percent(exported), percent(exported, view=ALL_FINAL))


def test_excused_work_is_exempt_and_keeps_its_score():
    """An excused submission does not count, and its score is kept."""
    exported = export(items(10, 10), [*rows(2, excused=True), *rows(9, first=12)])
    assert Mark(2, exempt=True) == read(exported).marks["7"]["11"]
    assert 90 == percent(exported, view=ALL_FINAL)
    assert EXEMPT is read(export(items(10), rows(None, excused=True))).marks["7"]["11"]


def test_excused_and_unposted_is_zero_to_the_learner():
    """Posting is looked at before the excuse, so that excused unposted work is a zero in the posted final total."""
    exported = export(items(10, 10), [*rows(None, excused=True, posted_at=None), *rows(8, first=12)])
    assert (80, 40) == (percent(exported, view=ALL_FINAL), percent(exported, view=POSTED_FINAL))


@pytest.mark.parametrize(
    "field",
    [
        {"omit_from_final_grade": True},
        {"published": False},
        {"workflow_state": "unpublished"},
        {"submission_types": ["not_graded"]},
        {"submission_types": ["wiki_page"]},
        {"grading_type": "not_graded"},
    ],
)
def test_what_is_out_of_the_total_is_kept_beside(field):
    """Omitted, unpublished and ungraded kinds of work keep their marks and count for nothing."""
    found = report(export([*items(10), *items(10, first=12, **field)], rows(9, 1)), view=ALL_FINAL)
    assert (90, Treatment.NOT_COUNTED, 1) == (found.final.percent, found["12"].treatment, found["12"].recorded)


def test_work_that_is_not_assigned_is_exempt_with_the_reason():
    """An assignment that is only visible to others leaves the total, and the report says why."""
    hidden = items(10, first=12, only_visible_to_overrides=True, assignment_visibility=[8])
    found = report(export([*items(10), *hidden], rows(9)), view=ALL_FINAL)
    assert (90, Treatment.EXEMPT) == (found.final.percent, found["12"].treatment)
    assert "not assigned to this learner" in " ".join(found["12"].reasons)
    unseen = export(items(10, 10), [*rows(9), *rows(None, first=12, assignment_visible=False)])
    assert 90 == percent(unseen, view=ALL_FINAL)


def test_without_a_list_of_its_learners_everybody_has_an_assignment():
    """An assignment that does not say whom it is for is for everybody."""
    exported = export([*items(10), *items(10, first=12, only_visible_to_overrides=True)], rows(9))
    assert 45 == percent(exported, view=ALL_FINAL)


def test_a_score_tried_out_replaces_everything():
    """A what-if score takes the place of the score, the excuse and the missing post."""
    tried = rows(9, first=12, excused=True, posted_at=None, student_entered_score=1)
    exported = export(items(10, 10), [*rows(5), *tried])
    assert 30 == percent(exported, view=View(posted=True, what_if=True))
    assert 50 == percent(exported, view=POSTED_CURRENT)


def test_anonymous_work_leaves_for_everybody_until_it_is_posted():
    """One unposted submission of an active learner takes an anonymous assignment from everybody."""
    anonymous = items(10, first=12, anonymous_grading=True)
    submissions = [*rows(5, 9), *rows(None, first=12, learner=8, posted_at=None)]
    exported = export([*items(10), *anonymous], submissions)
    view = View(leave_out_anonymous=True)
    assert (70, 50) == (percent(exported), percent(exported, view=view))
    posted = export([*items(10), *anonymous], rows(5, 9))
    assert 70 == percent(posted, view=view)
    gone = [{"user_id": 7, "enrollment_state": "active"}, {"user_id": 8, "enrollment_state": "inactive"}]
    assert 70 == percent({**exported, "enrollments": gone}, view=view)
    assert 50 == percent(export([*items(10), *items(10, first=12, anonymize_students=True)], rows(5, 9)), view=view)


def test_completed_enrolments_lose_what_was_never_submitted():
    """Once all enrolments are completed, work without a submission is in no total."""
    states = ["completed", "active"]
    exported = export(items(10, 10), rows(5))
    going_on = [{"user_id": 7, "enrollment_state": each} for each in states]
    assert 50 == percent({**exported, "enrollments": going_on[:1]}, view=ALL_FINAL)
    assert 25 == percent({**exported, "enrollments": going_on}, view=ALL_FINAL)


def test_groups_by_percent_are_scaled_up_and_never_down():
    """Weights short of 100 are scaled to it; weights beyond it are extra credit (W3)."""
    groups = [
        {"id": number, "group_weight": weight, "assignments": items(10, first=10 * number)}
        for number, weight in ((1, 60), (2, 90))
    ]
    by_percent = {"assignment_groups": groups, "course": {"apply_assignment_group_weights": True}}
    assert 100 == percent({**by_percent, "submissions": rows(10, first=10)})
    assert 150 == percent({**by_percent, "submissions": [*rows(10, first=10), *rows(10, first=20)]})


@pytest.mark.parametrize("course", [{"apply_assignment_group_weights": True}, {"group_weighting_scheme": "percent"}])
def test_both_names_of_weighting_are_read(course):
    """A course is by percent under the API's name for it and under the model's."""
    groups = [
        {"id": n, "group_weight": w, "assignments": items(p, first=10 * n)} for n, w, p in ((1, 90, 1), (2, 10, 9))
    ]
    exported = {"assignment_groups": groups, "submissions": [*rows(1, first=10), *rows(0, first=20)], "course": course}
    assert (90, 10) == (percent(exported), percent({**exported, "course": {}}))


def test_of_equals_the_highest_id_is_dropped():
    """Ties drop the assignment with the highest id, wherever it stands in the document (D3)."""
    exported = export([*items(10, first=30), *items(10, 10)], [*rows(5, 5), *rows(5, first=30)])
    exported["assignment_groups"][0]["rules"] = {"drop_lowest": 1}
    assert ("30",) == report(exported)[group_id("1")].dropped


def test_of_equals_out_of_zero_the_lowest_id_is_dropped_as_lowest():
    """Among work that is all out of 0, drop lowest drops the lowest id of equals, and drop highest the highest."""
    exported = export(items(0, 0, 0), rows(5, 5, 5))
    exported["assignment_groups"][0]["rules"] = {"drop_lowest": 1}
    assert ("11",) == report(exported)[group_id("1")].dropped
    exported["assignment_groups"][0]["rules"] = {"drop_highest": 1}
    assert ("13",) == report(exported)[group_id("1")].dropped


def test_what_is_never_dropped_may_stand_elsewhere():
    """A protected id that is not in the group is a notice, and the others are protected."""
    exported = export(items(10, 10, 10), rows(1, 9, 8))
    exported["assignment_groups"][0]["rules"] = {"drop_lowest": 1, "never_drop": ["11", 99]}
    assert [("unknown_id", Severity.NOTICE)] == [(each.code, each.severity) for each in read(exported).problems]
    assert ("13",) == report(exported)[group_id("1")].dropped


PERIODS = [
    {"id": 1, "start_date": "2026-01-01T00:00:00Z", "end_date": "2026-02-01T00:00:00Z", "weight": 75},
    {"id": 2, "start_date": "2026-02-01T00:00:00Z", "end_date": "2026-03-01T00:00:00Z", "weight": 25},
]


def dated(*dates):
    return [{"id": number, "points_possible": 10, "due_at": date} for number, date in enumerate(dates, start=11)]


@pytest.mark.parametrize(
    ("due", "period"),
    [
        ("2026-01-01T00:00:59Z", None),
        ("2026-01-01T00:01:00Z", "1"),
        ("2026-02-01T00:00:59Z", "1"),
        ("2026-02-01T01:30:00+01:00", "2"),
        ("2026-02-01T00:30:00+01:00", "1"),
        ("2026-03-01T00:01:00Z", None),
        (None, "2"),
    ],
)
def test_a_period_is_after_its_start_and_up_to_its_end(due, period):
    """The due date, its seconds aside, decides; without one it is the last period."""
    exported = export(dated(due), rows(5), grading_periods={"grading_periods": PERIODS, "weighted": True})
    found = [number for number in ("1", "2") if "11" in report(exported, period=number)]
    assert ([] if period is None else [period]) == found
    assert (OUTSIDE in report(exported)) is (period is None)


def test_weighted_periods_are_rounded_first_by_the_server():
    """The server rounds a period to two places on its way into the course, and the browser does not (R1)."""
    exported = export(
        [*items(20, due_at="2026-01-09T00:00:00Z"), *items(60, first=12)],
        rows(15, 28),
        grading_periods={"grading_periods": [{**each, "weight": 50} for each in PERIODS], "weighted": True},
    )
    assert (Fraction("60.84"), Fraction("60.83")) == (percent(exported), percent(exported, calculator=CLIENT))


def test_a_period_with_nothing_graded_is_zero_in_the_final_total():
    """A weighted period without a score leaves the current total and weighs with nothing in the final one (U5)."""
    exported = export(
        dated("2026-01-09T00:00:00Z", "2026-02-09T00:00:00Z"),
        rows(8),
        grading_periods={"grading_periods": PERIODS, "weighted": True},
    )
    assert (80, 60) == (percent(exported), percent(exported, view=ALL_FINAL))
    assert 80 == report(exported)[period_id("1")].percent


@pytest.mark.parametrize(("points", "excused"), [(10, True), (0, False)])
def test_a_period_that_is_excused_or_out_of_zero_is_zero_in_the_final_total(points, excused):
    """Every period weighs in the final total, and in the current one those that have a score (U11)."""
    exported = export(
        [*items(points, due_at="2026-01-09T00:00:00Z"), *items(10, first=12)],
        [*rows(8, excused=excused), *rows(5, first=12)],
        grading_periods={"grading_periods": [{**each, "weight": 50} for each in PERIODS], "weighted": True},
    )
    assert (50, 25) == (percent(exported), percent(exported, view=ALL_FINAL))


def test_unweighted_periods_have_books_of_their_own():
    """A course without weighted periods counts everything, and each period only its own."""
    exported = export(
        dated("2026-01-09T00:00:00Z", "2026-02-09T00:00:00Z", "2027-02-09T00:00:00Z"),
        rows(8, 4, 0),
        grading_periods={"grading_periods": PERIODS},
    )
    assert [40, 80, 40] == [percent(exported, period=each) for each in (None, "1", "2")]


def test_an_unknown_period_is_a_problem():
    """Nothing falls in a period that the documents do not have, and a problem names the nearest."""
    imported = read(export(items(10), rows(5), grading_periods=PERIODS), period="11")
    assert [("unknown_id", "period")] == [(each.code, each.path) for each in imported.problems]
    assert grade(imported.gradebook, imported.marks["7"]).final.percent is None


def moved(**set_):
    """Return two assignments of the first period, of which learner 7 has one in the second, and learner 8 neither."""
    assignments = dated("2026-01-09T00:00:00Z", "2026-01-16T00:00:00Z")
    work = [*rows(8), *rows(4, first=12, grading_period_id=2), *rows(8, 4, learner=8)]
    return export(assignments, work, grading_periods={"grading_periods": PERIODS, **set_})


def test_work_counts_in_the_period_of_the_learners_own_due_date():
    """Where a submission says another period, the work is in that one for this learner, and in its own for others."""
    found = {learner: report(moved(weighted=True), learner) for learner in ("7", "8")}
    assert [(80, 40, 70), (60, None, 60)] == [
        (each["period 1"].percent, each["period 2"].percent, each.final.percent) for each in found.values()
    ]
    places = ["12", "12 in period 2"]
    assert [(None, 40), (40, None)] == [tuple(each[id_].percent for id_ in places) for each in found.values()]
    assert any("due in another grading period" in str(reason) for reason in found["7"]["12"].reasons)


def test_the_book_of_a_period_holds_what_a_learner_alone_has_there():
    """Of a period by itself, an assignment has its own id also where only some learners have it then."""
    found = {learner: [report(moved(), learner, period=each).final.percent for each in "12"] for learner in "78"}
    assert {"7": [80, 40], "8": [60, None]} == found
    assert 60 == percent(moved())


def test_a_copy_of_an_assignment_is_never_dropped_either():
    """What may not be dropped may not be in a learner's own period either."""
    exported = moved(weighted=True)
    exported["assignment_groups"][0]["rules"] = {"drop_lowest": 1, "never_drop": ["12"]}
    second = read(exported).gradebook.children[1].children[0]
    assert ("12 in period 2",) == second.drop.never


def test_a_period_that_is_not_given_is_a_notice():
    """A submission in a period that the documents do not have counts in its assignment's, with a notice."""
    exported = export(dated("2026-01-09T00:00:00Z"), rows(8, grading_period_id=3), grading_periods=PERIODS)
    assert ["other_period"] == [each.code for each in read(exported).problems]
    assert 80 == percent(exported, period="1")


def test_the_points_total_is_exact_where_the_score_is_rounded():
    """A score is rounded to two places; the points beside it are those of the book without that rounding."""
    exported = export(items(100, 91, 55), rows(10, 42, 14))
    exact = evolve(SERVER, round_points_total=None)
    assert Fraction("26.83") == percent(exported)
    assert (66, 246) == ((final := report(exported, calculator=exact).final).points, final.out_of)
    assert Rounding(1).apply(final.percent) == Fraction("26.8")


def test_of_two_submissions_the_calculator_says_which():
    """The server reads the last of two submissions to one assignment, and the browser the first."""
    exported = export(items(10), [*rows(3), *rows(8)])
    assert (80, 30) == (percent(exported), percent(exported, calculator=CLIENT))
    assert 30 == percent(exported, calculator=evolve(SERVER, repeated=Repeated.FIRST))


def test_the_browser_passes_over_what_has_no_submission():
    """Work without any submission is zero on the server; in the browser it is nothing, and so is hidden work."""
    exported = export(items(10, 10, 10), [*rows(6), *rows(9, first=13, hidden=True)])
    assert (50, 60) == (percent(exported, view=ALL_FINAL), percent(exported, view=ALL_FINAL, calculator=CLIENT))


def test_submissions_are_read_wherever_they_stand():
    """A list, lists by learner, and submissions within the assignments give the same marks."""
    flat = read(export(items(10), rows(5))).marks
    grouped = [{"user_id": 7, "submissions": [{"assignment_id": 11, "score": 5, "posted_at": POSTED}]}]
    within = [{**items(10)[0], "submission": rows(5)[0]}]
    assert flat == read(export(items(10), grouped)).marks == read(export(within, None)).marks == {"7": {"11": 5}}


def test_a_score_that_is_no_number_is_an_error_of_that_learner_alone():
    """One unreadable score is a problem and a marks error, and everybody else is graded."""
    imported = read(export(items(10), [*rows("many"), *rows(5, learner=8)]))
    results = dict(grade_many(imported.gradebook, imported.marks))
    assert isinstance(results["7"], MarksError)
    assert 50 == results["8"].final.percent
    assert ["submissions[0].score"] == [each.path for each in imported.problems]


def test_documents_from_before_posting_are_noticed():
    """Where no submission says when it was posted, a notice says that all are read as unposted."""
    exported = export(items(10), [{"user_id": 7, "assignment_id": 11, "score": 5}])
    assert ["nothing_posted"] == [each.code for each in read(exported).problems]


def test_a_late_policy_works_every_score_out_anew():
    """With the policy a score is what was entered less the deduction, and missing work is filled in."""
    submissions = [
        *rows(7, points_deducted=1, seconds_late=90_000),
        *rows(None, first=12, missing=True),
        *rows(9, first=13, late_policy_status="none", seconds_late=90_000),
    ]
    policy = {
        "late_submission_deduction_enabled": True,
        "late_submission_deduction": 10,
        "missing_submission_deduction_enabled": True,
        "missing_submission_deduction": 60,
    }
    exported = export(items(10, 10, 10), submissions)
    stored = read(exported).marks["7"]
    fresh = read({**exported, "late_policy": {"late_policy": policy}}).marks["7"]
    assert (7, None, 9) == (stored["11"].points, stored.get("12"), stored["13"])
    assert (6, 4, 9) == (fresh["11"].points, fresh["12"].points, fresh["13"])
    assert "missing" in fresh["12"].note


def test_a_closed_period_and_an_outdated_grade_stay_as_they_are():
    """A late policy leaves a closed grading period alone, and a grade that is older than the submission."""
    policy = {"late_submission_deduction_enabled": True, "late_submission_deduction": 50}
    closed = [{**each, "is_closed": True} for each in PERIODS]
    late = rows(8, points_deducted=1, seconds_late=60)
    for exported in (
        export(items(10), late, grading_periods=closed, late_policy=policy),
        export(items(10), [{**late[0], "grade_matches_current_submission": False}], late_policy=policy),
    ):
        assert 80 == percent(exported)


def test_enrolments_say_who_the_learners_are_and_what_canvas_says_they_have():
    """Learners, and the totals that Canvas states, come from the enrolments; a teacher is no learner."""
    student = {
        "user_id": 7,
        "type": "StudentEnrollment",
        "sis_user_id": "s7",
        "user": {"sortable_name": "Ash, Ada", "login_id": "ada"},
        "grades": {"current_score": 81.5, "current_grade": "B-", "final_score": None},
    }
    exported = export(items(10), None, enrollments=[student, {"user_id": 9, "type": "TeacherEnrollment"}])
    imported = read(exported)
    assert {"7": Learner("7", "s7", "ada", "Ada", "Ash")} == imported.learners
    assert {"7": {"current": Recorded(Fraction("81.5"), 100, "B-")}} == imported.finals
    assert {"7": {}} == imported.marks


@pytest.mark.parametrize(
    ("exported", "code", "path"),
    [
        (None, "wrong_value", ""),
        ({"assignment_groups": 3}, "wrong_value", "assignment_groups"),
        ({"assignment_groups": [{"assignments": []}]}, "missing", "assignment_groups[0].id"),
        ({"assignment_groups": [{"id": "one"}]}, "wrong_value", "assignment_groups[0].id"),
        ({"assignment_groups": [{"id": 1}, {"id": "1"}]}, "duplicate_id", "assignment_groups[1]"),
        (export([*items(10), *items(10)], None), "duplicate_id", "assignment_groups[0].assignments[1]"),
        (export(items(-5), None), "wrong_value", "assignment_groups[0].assignments[0].points_possible"),
        (export(items(5, due_at="soon"), None), "wrong_value", "assignment_groups[0].assignments[0].due_at"),
        (
            export(items(5, due_at="2026-01-01T00:00"), None),
            "wrong_value",
            "assignment_groups[0].assignments[0].due_at",
        ),
        (export(items(5), [{"assignment_id": 11}]), "missing", "submissions[0].user_id"),
        (export(items(5), rows(1, first=99)), "unknown_id", "submissions[0]"),
        (
            export([], None, grading_periods=[{"id": 1, "start_date": "2026-05-04T00:00:00Z"}]),
            "missing",
            "grading_periods[0].end_date",
        ),
        (export([], None, grading_periods=[*PERIODS, PERIODS[0]]), "duplicate_id", "grading_periods[2]"),
        (export([], None, grading_standards=[{"id": 1}]), "missing", "grading_standards[0]"),
        (export([], None, course={"grading_standard_id": 5}), "unknown_id", "course.grading_standard_id"),
        (
            export(
                [], None, late_policy={"missing_submission_deduction": 101, "missing_submission_deduction_enabled": 1}
            ),
            "wrong_value",
            "late_policy.missing_submission_deduction",
        ),
        (
            export(items(5, only_visible_to_overrides=True, assignment_visibility=3), None),
            "wrong_value",
            "assignment_groups[0].assignments[0].assignment_visibility",
        ),
        (
            export(items(5, submission_types="paper"), None),
            "wrong_value",
            "assignment_groups[0].assignments[0].submission_types",
        ),
        (
            {"assignment_groups": [{"id": 1, "rules": {"never_drop": "11"}}]},
            "wrong_value",
            "assignment_groups[0].rules.never_drop",
        ),
    ],
)
def test_what_cannot_be_read_is_a_problem_with_its_path(exported, code, path):
    """Every oddity is named by its path in the document."""
    assert [(code, path)] == [(each.code, each.path) for each in read(exported).problems]


def test_work_is_left_alone_for_every_reason_that_holds():
    """What a late policy leaves alone, it leaves for all the reasons there are."""
    work = Lateness(points=7, out_of=10, seconds_late=60, excused=True, closed=True, expects_submission=False)
    adjusted = adjust(LatePolicy(deduction=10), work)
    assert (7, (LeftAlone.EXCUSED, LeftAlone.CLOSED, LeftAlone.NOTHING_TO_SUBMIT)) == (
        adjusted.points,
        adjusted.reasons,
    )
    waived = Lateness(points=5, out_of=10, status=LateStatus.EXTENDED, outdated=True)
    assert (LeftAlone.OUTDATED, LeftAlone.WAIVED) == adjust(LatePolicy(deduction=10), waived).reasons
    assert (Adjustment.NO_POLICY,) == adjust(None, Lateness(points=7, out_of=10)).reasons


def test_a_status_of_the_schools_own_is_neither_late_nor_missing():
    """With a custom status nothing is deducted and nothing filled in."""
    late = Lateness(points=7, out_of=10, seconds_late=60, custom_status=True)
    missing = Lateness(points=None, out_of=10, missing=True, custom_status=True)
    policy = LatePolicy(deduction=10, missing=60)
    assert [(7, (LeftAlone.CUSTOM_STATUS,)), (None, (LeftAlone.CUSTOM_STATUS,))] == [
        (each.points, each.reasons) for each in (adjust(policy, late), adjust(policy, missing))
    ]
    rows_ = [*rows(7, seconds_late=60, custom_grade_status_id=3), *rows(7, first=12, seconds_late=60)]
    assert 65 == percent(export(items(10, 10), rows_, late_policy=DEDUCTED))


DEDUCTED = {
    "late_submission_deduction_enabled": True,
    "late_submission_deduction": 10,
    "missing_submission_deduction_enabled": True,
    "missing_submission_deduction": 60,
}


@pytest.mark.parametrize(("by_hand", "expected"), [(False, 40), (True, 0)])
def test_missing_work_that_the_policy_grades_is_posted(by_hand, expected):
    """What missing work gets is posted at once, unless its assignment is posted by hand; a score stays as it is."""
    missing = rows(None, missing=True, posted_at=None)
    exported = export(items(10, post_manually=by_hand), missing, late_policy=DEDUCTED)
    assert expected == percent(exported, view=POSTED_FINAL)
    scored = export(items(10), rows(9, missing=True, posted_at=None), late_policy=DEDUCTED)
    excused = export(items(10), rows(None, missing=True, excused=True, posted_at=None), late_policy=DEDUCTED)
    assert (0, 0) == (percent(scored, view=POSTED_FINAL), percent(excused, view=POSTED_FINAL))


def test_the_period_of_the_learners_own_due_date_closes_the_work():
    """Whether a period is closed is asked of that in which this learner's work is due."""
    periods = [{**PERIODS[0], "is_closed": True}, PERIODS[1]]
    late = rows(8, seconds_late=60, grading_period_id=2)
    exported = export(dated("2026-01-09T00:00:00Z"), late, grading_periods=periods, late_policy=DEDUCTED)
    assert 70 == percent(exported)


def test_missing_work_has_no_grade_to_be_outdated():
    """A submission without a score is filled in, whatever it says of its grade."""
    missing = rows(None, missing=True, grade_matches_current_submission=False)
    assert 40 == percent(export(items(10), missing, late_policy=DEDUCTED))


def test_pass_fail_work_loses_nothing_for_lateness():
    """Lateness is no deduction from a pass."""
    work = Lateness(points=10, out_of=10, seconds_late=60, grading_type=GradingType.PASS_FAIL)
    assert 10 == adjust(LatePolicy(deduction=10), work).points
