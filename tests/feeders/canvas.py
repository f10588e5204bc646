# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Canvas's calculator cases are fed: as the documents its API gives, read and graded by a view.

Canvas numbers everything, so a period that a case calls `P1` is number 1; each period is a year, from 2001 on.
"""

from attrs import evolve

from feeders.comparison import Among
from feeders.harness import sound
from gradecalc import Rounding, Treatment, grade
from gradecalc.lms.canvas import (
    CLIENT,
    OUTSIDE,
    SERVER,
    View,
    group_id,
    read,
)

LEARNER = 7
POSTED = "2026-01-01T12:00:00Z"
SHOWN = {"current": False, "final": True}
ASSIGNMENT = (
    *("id", "points_possible", "grading_type", "omit_from_final_grade", "submission_types", "anonymous_grading"),
    *("published", "workflow_state", "hide_in_gradebook", "post_manually"),
)
SUBMISSION = ("assignment_id", "score", "student_entered_score", "excused", "workflow_state", "hidden")
RULES = ("drop_lowest", "drop_highest", "never_drop")
NO_PERCENT = {"current": (None, 0), "final": (None, 100)}
"""How the browser says that there is no percent: of a current total nothing is possible."""
NO_PERIOD = {"current": (0, 100), "final": (None, 100)}
"""How it says so where grading periods are weighted and none has a score."""

WORDS = {
    "engine": {"server": SERVER, "client": CLIENT},
    "weighting": {"percent": True, "points": False, "equal": False},
}
UNSTATED = {
    "current": (None, "null says that no pair is asserted"),
    "final": (None, "null says that no pair is asserted"),
}


def course(given):
    """Say the totals, groups and periods of a course, and what is dropped."""
    options = given.get("options", {})
    given.ignore("options.scope", "a group of a course is the group alone")
    given.ignore("options.not_a_spec", "it says where the case comes from")
    decimals = options.get("display_decimals", 2)
    reports = {shown: graded(given, shown) for shown in SHOWN}
    weighted_periods = given.get("grading_periods", {}).get("weighted", False)
    by_item = {id_: report for report in reports.values() for id_ in report}
    return {
        **totals(given, given["weighting"] or weighted_periods, NO_PERIOD if weighted_periods else NO_PERCENT),
        "groups": {str(each["id"]): group_said(given, each, reports, decimals) for each in given["groups"]},
        "grading_periods": {
            str(each["id"]): totals(given, given["weighting"], period=number(each["id"]))
            for _, each in periods_of(given)
        },
        "submission_percent": {id_: part(report[id_].percent) for id_, report in by_item.items() if id_.isdecimal()},
        **dropped_said(given, reports),
    }


def totals(given, in_percent, without=NO_PERCENT, *, period=None):
    """Return the totals of the course or of a period as scores and as pairs, and the groups of a period."""
    reports = {shown: graded(given, shown, period=period) for shown in SHOWN}
    pairs = {shown: graded(given, shown, period=period, rounded=False).final for shown in SHOWN}
    return {
        "unit": "percent" if in_percent else "points",
        **{f"{shown}_score": report.final.percent for shown, report in reports.items()},
        **{shown: percent_of(pair, without[shown]) if in_percent else pair_of([pair]) for shown, pair in pairs.items()},
        "groups": {
            str(each["id"]): {
                shown: pair_of(report[id_] for id_ in report if id_ == group_id(str(each["id"])))
                for shown, report in reports.items()
            }
            for each in (given["groups"] if period else ())
        },
    }


def percent_of(result, without):
    """Return a total in percent as the browser states it, `without` where there is none."""
    score, possible = without if result.percent is None else (result.percent, 100)
    return {"score": score, "possible": possible}


def pair_of(results):
    """Return what results come to together; where there is no grade the browser has a sum of nothing."""
    graded_results = [each for each in results if each.points is not None]
    return {
        "score": sum(each.points for each in graded_results),
        "possible": sum(each.out_of for each in graded_results),
    }


def group_said(given, group, reports, decimals):
    """Return a group as the sum of what it is in every period; one of which the learner has nothing is in none."""
    said = {}
    for shown, report in reports.items():
        parts = [report[id_] for id_ in report if is_group(id_, group["id"])]
        exempt = all(each.treatment is Treatment.EXEMPT for each in parts)
        if not parts or (exempt and "grading_periods" in given):
            return "absent"
        percent = parts[0].percent
        said[shown] = pair_of(parts)
        said[f"{shown}_percent"] = None if percent is None else Rounding(decimals).apply(percent)
    return said


def is_group(id_, number):
    """Return whether this is the group of a course, or of one of its periods."""
    return id_.split(" ")[-2:] == ["group", str(number)] and not id_.startswith(OUTSIDE)


def dropped_said(given, reports):
    """Return what is dropped and what is not; Canvas reports the dropped submissions that are posted."""
    dropped = {
        shown: {int(each) for id_ in report for each in report[id_].dropped} for shown, report in reports.items()
    }
    posted = {each["assignment_id"] for each in given["submissions"] if each.get("posted", True)}
    everything = {each["id"] for group in given["groups"] for each in group["assignments"]}
    reported = {f"{shown}_reported": ids & posted for shown, ids in dropped.items()}
    kept = {shown: Among(everything.difference(ids)) for shown, ids in dropped.items()}
    return {"dropped": dropped | reported, "not_dropped": kept}


def part(percent):
    """Return a percent as a part of one."""
    return None if percent is None else percent / 100


def graded(given, shown, *, period=None, rounded=True):
    """Return the report of the learner; a pair is exposed as it is beside a score that is rounded."""
    options = given.get("options", {})
    view = View(
        final=SHOWN[shown],
        posted=options.get("ignore_unposted", False),
        what_if=options.get("use_what_if_scores", False),
        leave_out_anonymous=options.get("ignore_unposted_anonymous", False),
    )
    calculator = given["engine"] if rounded else evolve(given["engine"], round_points_total=None)
    imported = sound(read(exported(given, options), view=view, period=period, calculator=calculator))
    return grade(imported.gradebook, imported.marks[str(LEARNER)])


def exported(given, options):
    """Return the case as the documents of the API."""
    completed = options.get("enrollment_completed", False)
    return {
        "assignment_groups": [group_document(each, given, options) for each in given["groups"]],
        "submissions": [submission_document(each) for each in given["submissions"]],
        "course": {"apply_assignment_group_weights": given["weighting"]},
        "grading_periods": {
            "weighted": given.get("grading_periods", {}).get("weighted", False),
            "grading_periods": [period_document(year, each) for year, each in periods_of(given)],
        },
        "enrollments": [{"user_id": LEARNER, "enrollment_state": "completed" if completed else "active"}],
    }


def group_document(group, given, options):
    """Return an assignment group."""
    return {
        "id": group["id"],
        "group_weight": group["weight"],
        "rules": {each: group["rules"][each] for each in RULES},
        "assignments": [assignment_document(each, given, options) for each in group["assignments"]],
    }


def assignment_document(assignment, given, options):
    """Return an assignment, due in its period or after all of them, and seen by the learner or not."""
    years = [year for year, period in periods_of(given) if assignment["id"] in period["assignment_ids"]]
    visible, not_assigned = assignment.get("visible_to_student", True), [*options.get("not_assigned", ())]
    away = not visible or assignment["id"] in not_assigned
    return {
        **{each: assignment[each] for each in ASSIGNMENT if each in assignment},
        "anonymize_students": assignment.get("anonymize_students", False),
        "due_at": f"{years[0] if years else 2099}-06-01T12:00:00Z",
        "only_visible_to_overrides": away,
        "assignment_visibility": [] if away else [LEARNER],
    }


def submission_document(submission):
    """Return a submission, which is posted unless the case says that it is not."""
    stated = {each: submission[each] for each in SUBMISSION if each in submission}
    return {**stated, "user_id": LEARNER, "posted_at": POSTED if submission.get("posted", True) else None}


def periods_of(given):
    """Return the grading periods, each with its year and what is in it, which may be nothing."""
    periods = enumerate(given.get("grading_periods", {}).get("periods", ()), start=2001)
    return [(year, {**period, "assignment_ids": [*period["assignment_ids"]]}) for year, period in periods]


def period_document(year, period):
    """Return a grading period."""
    dates = {"start_date": f"{year}-01-01T00:00:00Z", "end_date": f"{year}-12-31T00:00:00Z"}
    return {"id": number(period["id"]), "weight": period["weight"], **dates}


def number(period):
    """Return the number of a period."""
    return str(period).removeprefix("P")


FEEDERS = {"": course}
