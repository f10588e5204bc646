# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules K1 to K4 and K32: the one decision, its obstacles, reasons and waivers, and what has no truth value."""

import importlib
import pickle
import pkgutil
from datetime import UTC, datetime

import pytest

import gradecalc
from gradecalc import DefinitionError, Verdict
from gradecalc.certificates.requirements import Finding
from gradecalc.certifications.criteria import Certification, Criterion, CriterionKind
from gradecalc.certifications.enrolment import EnrolmentStep
from gradecalc.certifications.events import Enrol, apply
from gradecalc.certifications.permissions import Action, Person, Role, may
from gradecalc.certifications.records import Record
from gradecalc.certifications.status import status_of
from gradecalc.decisions import Decided, Decision, Need, Waiver, find_waiver_problems, join, waive
from gradecalc.outcomes import Outcome
from gradecalc.reasons import Reason
from gradecalc.release_conditions import LearnerFacts, Measure, Measured, check

MET, NOT_MET, UNDETERMINED = Verdict.MET, Verdict.NOT_MET, Verdict.UNDETERMINED
JUNE = datetime(2026, 6, 1, tzinfo=UTC)
ILL = Waiver("final_exam", why="was ill", by="Ada", at=JUNE)
ESSAY = Decision("essay", MET, "an essay", "one")
EXAM = Decision("final exam", NOT_MET, "at least 50 %", "41 %")
ORAL = Decision("oral", UNDETERMINED, found=Reason("not_yet_held", "not held yet"))
WHOLE = join("diploma", [ESSAY, EXAM, ORAL])

FIRST_AID = Certification("First aid", [Criterion("portfolio", CriterionKind.REVIEW)])
REFUSALS = {
    "decision": EXAM,
    "joined": WHOLE,
    "waived": waive(WHOLE, ILL),
    "finding": Finding(NOT_MET),
    "condition": check(Measured(Measure.POSTS, "Hello"), LearnerFacts(posts={})),
    "permission": may(Person("ada", roles=[Role.LEARNER]), Action.CREATE),
    "certification status": status_of(FIRST_AID, Record(learner="ada"), JUNE),
    "certification outcome": apply(
        FIRST_AID,
        Record(learner="ada"),
        Enrol(EnrolmentStep.ASSIGN, "root"),
        JUNE,
        by=Person("root", roles=[Role.SUPER_ADMIN]),
    ),
    "outcome": Outcome(None, changed=False),
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_is_never_true(refusal):
    """The truth value of whatever tells a yes or no raises, so that no refusal is taken for a yes (K32)."""
    with pytest.raises(TypeError):
        bool(refusal)


def classes():
    """Return every public class of the library."""
    names = [
        each.name for each in pkgutil.walk_packages(gradecalc.__path__, "gradecalc.") if "__main__" not in each.name
    ]
    found = [(name, each) for name in names for each in vars(importlib.import_module(name)).values()]
    return [each for name, each in found if isinstance(each, type) and each.__module__ == name]


def wraps(each):
    """Whether a class of values has a verdict, or a decision as one of its fields."""
    fields = getattr(each, "__attrs_attrs__", ())
    return bool(fields) and (hasattr(each, "verdict") or "Decision" in {str(field.type) for field in fields})


def test_every_result_that_wraps_a_verdict_is_a_decided_one():
    """Every class of values that has a verdict or a decision in it has no truth value (K32)."""
    wrapping = {each.__name__: each for each in classes() if wraps(each)}
    assert {"Decision", "Finding", "CertificationStatus", "LearnerView"} <= set(wrapping)
    assert [] == [name for name, each in wrapping.items() if not issubclass(each, (Decided, Outcome))]


def test_what_is_in_the_way_is_told_in_order():
    """What is not met and what is not yet known are in the way; of what is met nothing is (K2)."""
    assert (NOT_MET, (EXAM, ORAL)) == (WHOLE.verdict, WHOLE.obstacles)
    assert () == join("either", [ESSAY, EXAM], Need.ANY).obstacles


def test_a_reason_has_its_code():
    """Every reason has the code of what was found, or else of what was decided, at any depth (K2)."""
    nested = join("award", [WHOLE])
    assert ["essay", "final_exam", "not_yet_held"] == [reason.code for reason in nested.reasons]
    assert "final exam: needs at least 50 %; has 41 %" == nested.reasons[1]
    assert ["essay", "final_exam", "not_yet_held"] == [each.code for each in WHOLE.children]


@pytest.mark.parametrize("label", ["final_exam", "final exam"])
@pytest.mark.parametrize("written", ["final_exam", "final exam"])
def test_a_label_may_be_written_as_a_name(label, written):
    """What was decided is found by its label, spaces and underscores being one (K34)."""
    exam = Decision(label, NOT_MET)
    assert exam is join("award", [exam])[written]
    assert MET is waive(join("award", [exam]), Waiver(written, at=JUNE)).verdict


def test_what_was_not_asked_is_not_found():
    """A label that nothing has is a key error with the nearest one."""
    with pytest.raises(KeyError, match="did you mean 'oral'"):
        WHOLE["orl"]


def test_a_waiver_keeps_what_was_found():
    """A waived decision is met, and keeps what was needed, found, and the verdict without the waiver (K3)."""
    exam = waive(WHOLE, ILL)["final exam"]
    assert (MET, NOT_MET, "41 %", ILL) == (exam.verdict, exam.as_found, exam.found, exam.waiver)
    assert (exam,) == waive(WHOLE, ILL).waived
    assert (UNDETERMINED, NOT_MET) == (waive(WHOLE, ILL).verdict, waive(WHOLE, ILL).as_found)


def test_what_is_met_is_not_waived():
    """A waiver of what is met changes nothing (K3)."""
    assert ESSAY is ESSAY.with_waiver(Waiver("essay", at=JUNE))


def test_a_waiver_names_a_requirement():
    """A waiver that names nothing that was asked is a problem with the nearest name (K3)."""
    (problem,) = find_waiver_problems([Waiver("orl", at=JUNE)], ["oral"])
    assert ("unknown_requirement", "orl") == (problem.code, problem.path)
    with pytest.raises(DefinitionError):
        waive(WHOLE, Waiver("orl", at=JUNE))


def test_a_waiver_has_a_moment():
    """A waiver is given at a moment, which is not left out (K5)."""
    with pytest.raises(DefinitionError) as caught:
        Waiver("oral", at=None)
    assert ["at"] == [problem.path for problem in caught.value.problems]


def test_a_leaf_prints_as_a_line_and_a_whole_as_a_tree():
    """A decision without parts prints as one line, and one with parts as an outline."""
    assert "oral: undetermined; not held yet" == str(ORAL)
    assert WHOLE.outline().text() == str(WHOLE)
    assert "was ill" in waive(WHOLE, ILL)._repr_html_()


def test_a_decision_is_a_value():
    """A decision compares, hashes and pickles by value, its codes too."""
    again = pickle.loads(pickle.dumps(WHOLE))  # noqa: S301 - our own
    assert (WHOLE, hash(WHOLE), "not_yet_held") == (again, hash(again), again["oral"].found.code)


def test_the_reasons_of_a_decision_keep_what_was_found():
    """A reason of a decision has the code and the arguments of what was found, whatever the line says of it (K2)."""
    decision = check(Measured(Measure.POSTS, "Week 1", value=2), LearnerFacts(posts={"Week 1": 1}))
    (reason,) = decision.reasons
    assert ("posts in 'Week 1': at least 2: found 1", "found", (1, "")) == (reason, reason.code, reason.arguments)


def test_a_waiver_says_by_whom_when_and_why():
    """A waiver is told with its date, and with who gave it and why as far as that is stated."""
    assert "waived by Ada on 2026-06-01: was ill" == str(ILL)
    assert f"waived on {JUNE:%Y-%m-%d}" == str(Waiver("essay", at=JUNE))
