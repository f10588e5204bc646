# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the cases of Open edX about what opens are fed."""

from datetime import UTC, datetime
from fractions import Fraction

from attrs import evolve

from feeders.harness import earlier
from gradecalc import Gradebook, GradeItem, Verdict, grade
from gradecalc.exact import read_number
from gradecalc.lms.openedx.certificates.records import CertificateStatus
from gradecalc.lms.openedx.release.gates import (
    completion_percent,
    courses_passed,
    find_minimum_problem,
    prerequisite_course,
    read_gate,
    stored_answer,
    subsection_gate,
    unless_staff,
)
from gradecalc.release_conditions import LearnerFacts, check

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def met(condition, **facts):
    """Return whether a condition is met now."""
    return check(condition, LearnerFacts(now=NOW, **facts)).verdict is Verdict.MET


def staff_role(given):
    """Return the roles of who looks."""
    return ["staff"] if given.get("staff") else []


def gate_min_score_valid(case):
    assert case["expect"]["valid"] is (find_minimum_problem(case["input"]["min_score"]) is None)


def facts_on(percent, completion=0):
    """Return the facts of a learner with so much on the first section."""
    report = grade(Gradebook([GradeItem("Homework section 0", 100)]), {"Homework section 0": Fraction(percent)})
    return LearnerFacts(report=report, percents_completed={"Homework section 0": completion}, roles=[])


def gate_of(given):
    """Return the gate on the first section, and notices."""
    stated = {key: given[key] for key in ("min_score", "min_completion") if key in given}
    return read_gate("Homework section 0", stated)


def gate_fulfilled(case):
    given, expect = case["input"], case["expect"]
    gate, notices = gate_of(given)
    percent = given["score"] if "score" in given else 100 * read_number(given["score_fraction"])
    decision = check(gate, facts_on(percent, given.get("completion") or 0))
    assert expect["open"] is (decision.verdict is Verdict.MET)
    assert expect.get("warned", False) is bool(notices)


def gate_completion(case):
    names = ("problem", "html")
    blocks = [(name, case["input"][f"{name}_completion"]) for name in names if f"{name}_completion" in case["input"]]
    assert case["expect"]["completion_percent"] == completion_percent(block for block in blocks if block[1] is not None)


def gate_recheck(case):
    stored = None
    for step in [*earlier("openedx", case), case]:
        given = step["input"]
        gate = subsection_gate("Homework section 0", given["min_score"])
        stored = stored_answer(stored, gate, facts_on(given["score"]), recompute=given["recompute"])
    assert case["expect"]["met"] is (stored.verdict is Verdict.MET)


def gate_bypass(case):
    given = case["input"]
    facts = evolve(facts_on(100 if given["prerequisite_met"] else 0), roles=staff_role(given))
    shut = check(unless_staff(subsection_gate("Homework section 0")), facts).verdict is not Verdict.MET
    assert case["expect"]["gated"] == (["second section"] if shut else [])


def course_prerequisite(case):
    status = CertificateStatus(case["input"]["prerequisite_cert_status"])
    for key, held in (("milestones_before", {}), ("milestones_after", {"first": status})):
        fulfilled = met(prerequisite_course("first"), awards=courses_passed(held))
        assert case["expect"][key] == fulfilled


FEEDERS = {
    each.__name__: each
    for each in (course_prerequisite, gate_bypass, gate_completion, gate_fulfilled, gate_min_score_valid, gate_recheck)
}
