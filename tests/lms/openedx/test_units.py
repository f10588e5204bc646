# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rule K36: within Open edX every grade, cutoff and minimum is in percent, and a part of 1 is none."""

import pickle
from copy import copy, deepcopy
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import DefinitionError, Verdict, grade
from gradecalc.lms.openedx import read
from gradecalc.lms.openedx.certificates.issuing import Case, decide_certificate
from gradecalc.lms.openedx.certificates.records import CourseEnrolment, CoursePolicy, LearnerRecord
from gradecalc.lms.openedx.credit.progress import record_grade
from gradecalc.lms.openedx.credit.requirements import (
    CreditCourse,
    CreditRecord,
    CreditRequirement,
    minimum_grade,
    read_requirements,
)
from gradecalc.lms.openedx.grading.policy import Cutoffs, read_policy
from gradecalc.lms.openedx.release.gates import entrance_exam, read_gate, subsection_gate
from gradecalc.lms.openedx.units import Percent, find_share, pass_mark, read_percent
from gradecalc.release_conditions import AllOf

NOW = datetime(2026, 5, 4, tzinfo=UTC)
VERIFIED = CourseEnrolment("verified")
CREDIT = CreditCourse([minimum_grade(60)])

TAKERS = {
    "a pass mark": CoursePolicy,
    "a cutoff to pass at": lambda percent: pass_mark({"A": 90, "Pass": percent}),
    "a cutoff": lambda percent: Cutoffs([("A", 90), ("Pass", percent)]),
    "a course grade": lambda percent: LearnerRecord("ada", percent=percent),
    "a course grade for credit": lambda percent: record_grade(CREDIT, CreditRecord(VERIFIED), percent, now=NOW),
    "a minimum for credit": minimum_grade,
    "a score in a gate": lambda percent: subsection_gate("midterm", percent),
    "a completion in a gate": lambda percent: subsection_gate("midterm", 50, percent),
    "an entrance exam": lambda percent: entrance_exam("chapter", percent),
}
MARKS = ("a pass mark", "a cutoff to pass at", "a cutoff", "a minimum for credit", "an entrance exam")


@pytest.mark.parametrize("taker", TAKERS)
@pytest.mark.parametrize("share", [0.7, 0.005, Fraction(1, 3), Fraction(999, 1000)])
def test_a_part_of_1_is_no_percent(taker, share):
    """A plain number that reads as a part of 1 is refused wherever a percent is due (K36)."""
    with pytest.raises(DefinitionError) as caught:
        TAKERS[taker](share)
    assert ["share"] == [each.code for each in caught.value.problems]


@pytest.mark.parametrize("taker", TAKERS)
@pytest.mark.parametrize("percent", [0, 50, 100, 1.5, Percent(0.7), Percent(1), Percent.of_share(0.7), 120])
def test_a_percent_is_taken(taker, percent):
    """Nothing, anything above 1, and whatever is said to be a percent are taken (K36)."""
    TAKERS[taker](percent)


@pytest.mark.parametrize("taker", TAKERS)
def test_one_is_the_whole_where_it_would_let_everybody_pass(taker):
    """The number 1 reads as the whole in what passes, and is 1 % as a grade or in a gate (K36)."""
    if taker in MARKS:
        with pytest.raises(DefinitionError):
            TAKERS[taker](1)
    else:
        TAKERS[taker](1)


@pytest.mark.parametrize("number", [0.7, 1, Fraction(1, 2)])
def test_the_refusal_says_how_to_mean_so_little(number):
    """A refusal names the field and the number, and how to state that little (K36)."""
    problem = find_share(number, "pass_at")
    assert "pass_at" == problem.path
    assert problem.message.startswith("pass_at is ")
    assert "Percent(" in problem.message


@pytest.mark.parametrize("number", [None, "0.7", 0, -0.5, 2])
def test_what_is_no_part_of_1_is_for_others_to_judge(number):
    """Only a number above 0 and up to 1 reads as a part of 1; the check of the field speaks of all else (K36)."""
    assert find_share(number, "pass_at") is None


@given(st.fractions(min_value=-2, max_value=2))
def test_a_percent_is_a_number_like_any_other(share):
    """It equals, hashes, copies and pickles as the number that it is, and stays a percent."""
    percent = Percent.of_share(share)
    assert 100 * share == percent
    assert hash(100 * share) == hash(percent)
    for again in (copy(percent), deepcopy(percent), pickle.loads(pickle.dumps(percent))):  # noqa: S301 - our own
        assert (percent, Percent) == (again, type(again))
    assert percent is read_percent(percent, "it")


def test_what_is_read_as_a_percent_stays_one_in_a_policy():
    """A policy that passes at little, and a record of little, can be evolved (K36)."""
    policy = evolve(CoursePolicy(Percent(0.5)), custom_course=True)
    record = evolve(LearnerRecord("ada", percent=Percent(0.5)), enrolment=VERIFIED)
    assert policy.passes(record.percent)


def test_documents_state_parts_of_1_and_are_read_as_percents():
    """From the cutoffs of a document to a certificate, 0.7 is 70 % (K36)."""
    document = {
        "GRADER": [{"type": "Exam", "min_count": 1, "drop_count": 0, "weight": 1}],
        "GRADE_CUTOFFS": {"Pass": 0.7},
    }
    cutoffs = read_policy(document)[0].cutoffs
    policy = CoursePolicy(cutoffs.pass_at)
    assert (policy, cutoffs) == (CoursePolicy.of_shares({"Pass": 0.7}), Cutoffs.of_shares({"Pass": 0.7}))
    imported = read(
        document,
        [{"usage_key": "e", "format": "Exam"}],
        [{"user_id": nth, "usage_key": "e", "earned_graded": nth, "possible_graded": 100} for nth in (69, 70)],
    )
    found = []
    for learner, marks in imported.marks.items():
        percent = grade(imported.gradebook, marks).final.percent
        case = Case(policy, LearnerRecord(learner, percent=percent, enrolment=VERIFIED))
        found.append(decide_certificate(case).verdict)
    assert [Verdict.NOT_MET, Verdict.MET] == found


@pytest.mark.parametrize("share", [0.001, 0.005, 0.01])
def test_a_document_may_ask_for_little(share):
    """A cutoff of at most 1 % is read like any other, and its policy takes it (K36)."""
    cutoffs = read_policy({"GRADER": [], "GRADE_CUTOFFS": {"Pass": share}})[0].cutoffs
    policy = CoursePolicy(cutoffs.pass_at)
    assert Fraction(str(share)) * 100 == policy.pass_at
    assert (True, False) == (policy.passes(1), policy.passes(0))


def test_named_constructors_keep_what_else_is_stated():
    """Cutoffs in parts of 1 come from the highest down, and a policy of them takes its other choices (K36)."""
    assert ("A", "B", "F") == tuple(name for name, _ in Cutoffs.of_shares({"B": 0.5, "F": 0, "A": 0.9}).starts)
    assert CoursePolicy.of_shares({"F": 0}, custom_course=True) == CoursePolicy(None, custom_course=True)


def test_the_minimum_of_credit_is_a_part_of_1_in_its_document_alone():
    """Criteria state a part of 1, and the minimum that a grade is compared with is in percent (K36, Q24)."""
    row = {"namespace": "grade", "name": "grade", "display_name": "Grade", "criteria": {"min_grade": 0.6}}
    asked, problems = read_requirements([row])
    assert ((60,), ()) == (tuple(each.minimum for each in asked), problems)
    stated = [{"min_grade": "0.6"}, {"min_grade": "most"}, {"min_grade": None}, {}]
    minimums = [CreditRequirement("grade", "grade", criteria=each).minimum for each in stated]
    assert [60, 60, None, None, None] == [minimum_grade(60).minimum, *minimums]
    outcomes = [record_grade(CreditCourse(asked), CreditRecord(VERIFIED), each, now=NOW) for each in (59, 60)]
    assert [False, True] == [each.changed for each in outcomes]


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"GRADER": [], "GRADE_CUTOFFS": {"Pass": 70}}, "grading_policy.GRADE_CUTOFFS.Pass"),
        (
            {"GRADER": [{"type": "Lab", "min_count": 1, "drop_count": 0, "weight": 40}]},
            "grading_policy.GRADER[0].weight",
        ),
    ],
)
def test_a_percent_in_a_document_is_noticed(document, path):
    """Where a document states more than 1, it is read as the platform reads it, with a notice (K36)."""
    assert [("above_one", path)] == [(each.code, each.path) for each in read_policy(document)[1]]


def test_a_minimum_of_credit_above_1_is_noticed():
    """It is kept, and nobody reaches it (K36)."""
    row = {"namespace": "grade", "name": "grade", "display_name": "Grade", "criteria": {"min_grade": 60}}
    asked, problems = read_requirements([row])
    assert [("above_one", "requirements[0].criteria.min_grade")] == [(each.code, each.path) for each in problems]
    assert not record_grade(CreditCourse(asked), CreditRecord(VERIFIED), 100, now=NOW).changed


def test_gates_are_stated_in_whole_percents_and_a_part_of_1_asks_for_everything():
    """The platform states a gate's minimum in whole percents; 0.8 is none, and one that cannot be read is 100 (K36)."""
    assert (subsection_gate("midterm", 1), ()) == read_gate("midterm", {"min_score": "1"})
    gate, problems = read_gate("midterm", {"min_score": 0.8})
    assert (subsection_gate("midterm", 100), ["wrong_value"]) == (gate, [each.code for each in problems])
    assert AllOf() == subsection_gate("midterm", 0)
