# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Moodle's cases about access restrictions and completion are fed."""

import re
from datetime import UTC, datetime, timedelta

from feeders.harness import exact
from gradecalc import Severity, grade
from gradecalc.decisions import Need
from gradecalc.lms.moodle import Bounds
from gradecalc.lms.moodle.availability import (
    COMPLETION_STATES,
    SEES_ALL_GROUPS,
    Restriction,
    StoredGrade,
    read_availability,
    stored_grades,
)
from gradecalc.lms.moodle.completion import (
    CompletionCriterion,
    CompletionCriterionKind,
    CompletionState,
    CourseFacts,
    complete_course,
    grade_state,
)
from gradecalc.release_conditions import AllOf, AnyOf, LearnerFacts, Member, Membership

WORDS = {
    "state": {state.value: state for state in CompletionState},
    "overall": {need.value: need for need in Need},
    "availability/course_completion:type": {kind.value: kind for kind in CompletionCriterionKind},
    "availability/course_completion:now": {"later": 4_102_444_800},
}
REFUSED_CONDITIONS = {
    ("", "missing"): "missing sf or cf",
    ("", "unexpected"): "both sf and cf",
    ("v", "unexpected"): "unexpected v",
    ("type", "unknown_condition"): "unknown condition type",
}
REFUSED_TREES = {
    **REFUSED_CONDITIONS,
    ("", "wrong_value"): "not object",
    ("op", "missing"): "missing op",
    ("op", "wrong_value"): "unknown op",
    ("show", "missing"): "missing show",
    ("show", "wrong_value"): "show not bool",
    ("showc", "missing"): "missing showc",
    ("showc", "wrong_value"): "showc not array",
    ("showc[]", "wrong_value"): "showc not bool",
    ("showc", "wrong_length"): "c/showc length mismatch",
    ("c", "missing"): "missing c",
    ("c", "wrong_value"): "c not array",
    ("c[]", "wrong_value"): "child not object",
}
"""What a case says of a place, its last name, and of what is wrong there; of any other it says the name alone."""

UNKNOWN = Member(Membership.ROLE, "that nobody knows of")
ANSWERS = {True: (AllOf(), AnyOf()), False: (AnyOf(), AllOf()), None: (UNKNOWN, UNKNOWN)}


def read_stub(document):
    """Read the condition of which the cases state the answer, or that it is the same for all."""
    stated = document.value
    condition, opposite = ANSWERS[stated.get("available")]
    if stated.get("always"):
        condition = AllOf()
    if stated.get("always_when_negated"):
        opposite = AllOf()
    return Restriction("stub", condition, opposite, stated.get("message", ""))


def restriction_of(stated, *, shows=True):
    """Return the restriction that a case states: a tree, or a condition that stands alone in one."""
    if "condition" in stated:
        return read_availability({"op": "&", "c": [stated["condition"]]}, shows=False)
    lax = stated.get("lax", False)
    return read_availability(stated["tree"], kinds={"stub": read_stub}, lax=lax, shows=shows)


def moment(seconds):
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def stored_grade(held):
    """Return a grade and its range as a case states them."""
    return StoredGrade(exact(held["final"]), Bounds(*map(exact, held["stored_range"])))


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
    if "groups" in stated:
        facts["groups"] = [str(id_) for id_ in stated["groups"]]
    facts["roles"] = [SEES_ALL_GROUPS] if stated.get("access_all_groups") else []
    grades = stated.get("grades") or {}
    held = {id_: stored_grade(each) for id_, each in grades.items() if each is not None}
    return LearnerFacts(**facts, report=grade(*stored_grades(held, availability)))


def checked(given):
    """Say whether something is available, and what the learner is told."""
    stated = given["input"]
    availability = restriction_of(stated)
    facts = facts_of(stated.get("facts", {}), availability)
    answer = availability.check(facts, negated=stated.get("negate", False))
    return {"available": answer.available, "messages": answer.messages}


def parsed(given):
    """Say what was read, or the first thing for which it is refused."""
    stated = given["input"]
    availability = restriction_of(stated)
    errors = [each for each in availability.problems if each.severity is Severity.ERROR]
    if errors:
        return {"error": refusal(errors[0], "condition" in stated)}
    group = availability.group
    return {
        "debug": str(group.children[0] if "condition" in stated else group),
        "op": group.operator.value,
        "children": len(group.children),
        "show": group.show,
    }


def refusal(problem, alone):
    """Return the case's words for a problem."""
    path = problem.path.removeprefix("c[0]") if alone else problem.path
    name = re.sub(r"\[\d+\]", "[]", path).rpartition(".")[2]
    return (REFUSED_CONDITIONS if alone else REFUSED_TREES).get((name, problem.code), name)


def for_all(given):
    """Say whether a tree keeps nobody out."""
    return {"available_for_all": restriction_of(given["input"], shows=False).is_for_all()}


def users(given):
    """Say who of a list is let in."""
    stated = given["input"]
    availability = restriction_of(stated, shows=False)
    known = {name: facts_of(held, availability) for name, held in stated["users"].items()}
    return {"users": availability.filter_users(known, negated=stated.get("negate", False))}


def graded_state(given):
    """Say how far a grade brings a learner with an activity that asks for one."""
    stated = given["input"]
    given.ignore("input.grade_required", "every activity here asks for a grade")
    item, held = stated["item"] or {}, stated["grade"] or {}
    state = grade_state(
        exact(held.get("raw")),
        exact(held.get("final")),
        exact(item.get("pass_mark")),
        hidden=item.get("hidden", False),
        require_pass=stated.get("require_pass_grade", False),
    )
    return {"state": state}


def criterion(stated):
    """Return what a course asks for."""
    return CompletionCriterion(
        stated["type"],
        str(stated.get("cm", "")),
        moment(stated.get("at")),
        timedelta(seconds=stated.get("seconds", 0)),
        exact(stated.get("pass", 0)),
    )


def completed(given):
    """Say whether a course is completed, and since when."""
    stated = given["input"]
    known = stated["facts"]
    held, enrolment = known.get("course_grade") or {}, known.get("enrolment") or {}
    activities = known.get("activities", {}).items()
    facts = CourseFacts(
        now=moment(known.get("now")),
        activities={id_: (each["state"], moment(each["modified"])) for id_, each in activities},
        grade=(exact(held.get("final")), moment(held.get("modified"))),
        started=moment(enrolment.get("start") or None),
        enrolled=moment(enrolment.get("created")),
    )
    found = complete_course(
        [criterion(each) for each in stated["criteria"]], facts, overall=stated.get("overall", Need.ALL)
    )
    return {"complete": found.complete, "completed_at": found.at and found.at.timestamp()}


FEEDERS = {
    "availability/check_condition": checked,
    "availability/check_tree": checked,
    "availability/parse": parsed,
    "availability/available_for_all": for_all,
    "availability/filter_users": users,
    "availability/grade_completion_state": graded_state,
    "availability/course_completion": completed,
}
