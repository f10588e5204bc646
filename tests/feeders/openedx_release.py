# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the cases of Open edX about what grades open are fed."""

from feeders.harness import exact
from gradecalc import Gradebook, GradeItem, Verdict, grade
from gradecalc.lms.openedx.certificates.records import CertificateStatus
from gradecalc.lms.openedx.release.gates import (
    completion_percent,
    courses_passed,
    find_minimum_problem,
    prerequisite_course,
    read_gate,
    unless_staff,
)
from gradecalc.release_conditions import LearnerFacts, check

FIRST, SECOND = "first section", "second section"
WORDS = {
    "prerequisite_cert_status": {each.value: each for each in CertificateStatus},
    "milestones_before": {0: False, 1: True},
    "milestones_after": {0: False, 1: True},
    "prerequisite_met": {True: 100, False: 0},
}


def is_open(gate, percent, completion=0, *, staff=False):
    """Return whether a gate is open to who has so much on the first section and has completed so much of it."""
    report = grade(Gradebook([GradeItem(FIRST, 100)]), {FIRST: percent})
    facts = LearnerFacts(report=report, percents_completed={FIRST: completion}, roles=["staff"] if staff else [])
    return check(gate, facts).verdict is Verdict.MET


def gate_min_score_valid(given):
    """Say whether an author may state a minimum."""
    return {"valid": find_minimum_problem(given["input"]["min_score"]) is None}


def gate_fulfilled(given):
    """Say whether a gate is open, and whether something in it could not be read."""
    stated = given["input"]
    gate, notices = read_gate(FIRST, {key: stated[key] for key in ("min_score", "min_completion") if key in stated})
    percent = stated["score"] if "score" in stated else exact(stated["score_fraction"]) * 100
    return {"open": is_open(gate, percent, stated.get("completion", 0)), "warned": bool(notices)}


def gate_completion(given):
    """Say how much is completed of the blocks that a case has, by their types."""
    stated = given["input"]
    blocks = [(kind, stated.get(f"{kind}_completion")) for kind in ("problem", "html")]
    return {"completion_percent": completion_percent(block for block in blocks if block[1] is not None)}


def gate_recheck(given):
    """Say the answer that the platform has stored, which is the one last asked for, and none at first."""
    stored = [False]
    for step in [*given.earlier, given]:
        stated = step["input"]
        gate, _ = read_gate(FIRST, {"min_score": stated["min_score"]})
        answer = is_open(gate, stated["score"])
        stored += [answer] if stated["recompute"] else []
    return {"met": stored[-1]}


def gate_bypass(given):
    """Say which section is shut."""
    gate, _ = read_gate(FIRST, {"min_score": 100})
    shut = not is_open(unless_staff(gate), given["input"]["prerequisite_met"], staff=given["input"]["staff"])
    return {"gated": [SECOND] if shut else []}


def course_prerequisite(given):
    """Say whether a certificate in another course fulfils a prerequisite, and whether none does."""
    certificates = {"another course": given["input"]["prerequisite_cert_status"]}
    before, after = (LearnerFacts(awards=courses_passed(each)) for each in ({}, certificates))
    condition = prerequisite_course("another course")
    return {
        "milestones_before": check(condition, before).verdict is Verdict.MET,
        "milestones_after": check(condition, after).verdict is Verdict.MET,
    }


FEEDERS = {
    each.__name__: each
    for each in (course_prerequisite, gate_bypass, gate_completion, gate_fulfilled, gate_min_score_valid, gate_recheck)
}
