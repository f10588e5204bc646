# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Moodle's cases about access restrictions and completion are fed."""

from datetime import UTC, datetime, timedelta

from gradecalc import grade
from gradecalc.errors import Severity
from gradecalc.exact import read_number
from gradecalc.lms.documents import Document
from gradecalc.lms.moodle import (
    COMPLETION_STATES,
    SEES_ALL_GROUPS,
    Availability,
    Bounds,
    CourseFacts,
    Criterion,
    CriterionKind,
    Group,
    Join,
    Operator,
    Restriction,
    State,
    StoredGrade,
    complete_course,
    filter_users,
    grade_state,
    grades_asked,
    read_availability,
    read_restriction,
    stored_grades,
)
from gradecalc.release_conditions import AllOf, AnyOf, LearnerFacts


def read_stub(document):
    """Read the condition with a fixed answer that the cases use."""
    stated = document.value
    met, never = (AllOf(), AnyOf()) if stated.get("available", True) else (AnyOf(), AllOf())
    return Restriction("stub", met, never, stated.get("message", ""), for_all=stated.get("always", False))


KINDS = {"stub": read_stub}


def moment(seconds):
    return datetime.fromtimestamp(seconds, UTC)


def alone(case):
    """Return a lone condition as the only one of a restriction."""
    problems = []
    restriction = read_restriction(Document(case["input"]["condition"], "", problems))
    group = None if problems else Group(Operator.ALL, (restriction,), (True,))
    return Availability(group, tuple(problems))


def stored_grade(held):
    """Return a grade and its range as a case states them."""
    final = None if held["final"] is None else read_number(held["final"])
    return StoredGrade(final, Bounds(*map(read_number, held["stored_range"])))


def facts_of(stated, availability):
    """Return what a case knows of the learner."""
    facts = {}
    if "now" in stated:
        facts["now"] = moment(stated["now"])
    if "completion" in stated:
        states = {id_: COMPLETION_STATES[state] for id_, state in stated["completion"].items()}
        facts |= {"completions": states, "existing": {"completions": states.keys()}}
    if "profile" in stated:
        facts["profile"] = {name: value or "" for name, value in stated["profile"].items()}
    for kind in ("groups", "groupings"):
        if kind in stated:
            facts[kind] = [str(id_) for id_ in stated[kind]]
            facts["roles"] = [SEES_ALL_GROUPS] if stated.get("access_all_groups") else []
    held = stated.get("grades") or {}
    grades = {id_: stored_grade(grade_) for id_, grade_ in held.items() if grade_ is not None}
    facts["report"] = grade(*stored_grades(grades, grades_asked(availability)))
    return LearnerFacts(**facts)


def feed_condition(case):
    """Feed one condition, perhaps below a NOT."""
    availability = alone(case)
    facts = facts_of(case["input"]["facts"], availability)
    answer = availability.check(facts, negated=case["input"]["negate"])
    assert case["expect"]["available"] == answer.available


def feed_tree(case):
    """Feed a tree of conditions."""
    availability = read_availability(case["input"]["tree"], kinds=KINDS)
    assert () == availability.problems
    facts = facts_of(case["input"].get("facts", {}), availability)
    answer = availability.check(facts, negated=case["input"].get("negate", False))
    assert case["expect"]["available"] == answer.available
    if "messages" in case["expect"]:
        assert case["expect"]["messages"] == list(answer.messages)


CODES = {"missing": "missing", "unexpected": "unexpected", "both": "unexpected", "unknown": "unknown_condition"}


def feed_parsed(case):
    """Feed something to be read, or refused with a problem that leads to the place."""
    given, expected = case["input"], case["expect"]
    if "condition" in given:
        availability = alone(case)
    else:
        availability = read_availability(given["tree"], kinds=KINDS, lax=given.get("lax", False))
    errors = [each for each in availability.problems if each.severity is Severity.ERROR]
    if "error" in expected:
        first, *words = expected["error"].split()
        assert CODES.get(first, errors[0].code) == errors[0].code
        if first not in ("both", "unknown") and "or" not in words:
            assert (words[0] if first in CODES else first) == errors[0].path.rpartition(".")[2].partition("[")[0]
        return
    assert [] == errors
    group = availability.group
    figures = {
        "debug": lambda: group.children[0].text,
        "op": lambda: group.operator.value,
        "children": lambda: len(group.children),
    }
    for key, figure in figures.items():
        if key in expected:
            assert expected[key] == figure()


def feed_for_all(case):
    """Feed a tree of which only some conditions keep anybody out."""
    availability = read_availability(case["input"]["tree"], kinds=KINDS, shows=False)
    assert case["expect"]["available_for_all"] == availability.for_all


def feed_users(case):
    """Feed a list of users."""
    given = case["input"]
    availability = alone(case) if "condition" in given else read_availability(given["tree"], kinds=KINDS, shows=False)
    users = {name: facts_of(held, availability) for name, held in given["users"].items()}
    negated = given.get("negate", False)
    assert case["expect"]["users"] == filter_users(availability.group, users, negated=negated)


def feed_grade_state(case):
    """Feed a grade and its item."""
    item, held = case["input"]["item"] or {}, case["input"]["grade"] or {}
    figures = {
        name: None if value is None else read_number(value)
        for name, value in (
            ("raw", held.get("raw")),
            ("final", held.get("final")),
            ("pass_mark", item.get("pass_mark")),
        )
    }
    require_pass = case["input"].get("require_pass", case["input"].get("pass_required", False))
    state = grade_state(**figures, hidden=bool(item.get("hidden")), require_pass=require_pass)
    assert case["expect"]["state"] == state.value


def feed_course(case):
    """Feed the criteria of a course."""
    given = case["input"]
    criteria = [
        Criterion(
            CriterionKind(each["type"]),
            str(each.get("cm", each.get("course", each.get("role", "")))),
            moment(each["at"]) if "at" in each else None,
            timedelta(seconds=each.get("period", 0)),
            read_number(each.get("pass", 0)),
        )
        for each in given["criteria"]
    ]
    stated = given["facts"]
    latest = max((each.at for each in criteria if each.at), default=moment(0))
    now = {"later": latest + timedelta(days=1), None: None}.get(stated.get("now"), stated.get("now"))
    held = stated.get("course_grade")
    facts = CourseFacts(
        now=moment(now) if isinstance(now, int) else now,
        activities={
            id_: (State(each["state"]), moment(each["modified"])) for id_, each in stated.get("activities", {}).items()
        },
        grade=(read_number(held["final"]), moment(held["modified"])) if held else (None, None),
    )
    found = complete_course(criteria, facts, overall=Join(given.get("overall", "all")))
    assert case["expect"]["complete"] == found.complete
    if "completed_at" in case["expect"]:
        assert case["expect"]["completed_at"] == found.at.timestamp()


FEEDERS = {
    "availability/check_condition": feed_condition,
    "availability/check_tree": feed_tree,
    "availability/parse": feed_parsed,
    "availability/available_for_all": feed_for_all,
    "availability/filter_users": feed_users,
    "availability/grade_completion_state": feed_grade_state,
    "availability/course_completion": feed_course,
}
