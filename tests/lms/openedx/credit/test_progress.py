# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Credit in Open edX: what it requires, and how a learner comes to it."""

from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from gradecalc import DefinitionError
from gradecalc.certificates.deadlines import Eligibility
from gradecalc.lms.openedx.certificates.records import CourseEnrolment
from gradecalc.lms.openedx.credit.progress import (
    answer_request,
    credit_state,
    decide_credit,
    record_exam_event,
    record_grade,
    remove_status,
    request_credit,
    set_status,
)
from gradecalc.lms.openedx.credit.requirements import (
    EXAM,
    GRADE,
    CreditCourse,
    CreditRecord,
    CreditRequirement,
    CreditStatus,
    ExamEvent,
    RequestState,
    RequirementStatus,
    publish,
)
from gradecalc.transitions import TransitionError
from gradecalc.verdicts import Verdict

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MINIMUM = CreditRequirement(GRADE, GRADE, "Minimum grade", {"min_grade": 0.52}, 0)
FINAL = CreditRequirement(EXAM, "final", "Final exam", {}, 1)
COURSE = CreditCourse([FINAL, MINIMUM])
ADA = CreditRecord(CourseEnrolment("verified"))
LATE = ["deadline_passed", "set"]


def codes(outcome):
    """Return the codes of the reasons."""
    return [reason.code for reason in outcome.reasons]


def became(requirement, status, at=NOW):
    """Return what became of a requirement."""
    return RequirementStatus(requirement.key, status, at)


def eligible(record=ADA, now=NOW):
    """Return a record with everything satisfied."""
    record = record_grade(COURSE, record, 60, now=now).value
    return record_exam_event(COURSE, record, "final", ExamEvent.VERIFIED, now=now).value


def test_what_is_no_longer_listed_is_switched_off():
    """Publishing requirements switches off those that are not listed, and they are asked no more (Q23)."""
    renewed = publish(COURSE, [FINAL])
    assert ((FINAL,), (evolve(MINIMUM, active=False), FINAL)) == (renewed.active, renewed.requirements)
    record = record_exam_event(renewed, ADA, "final", ExamEvent.VERIFIED, now=NOW).value
    assert decide_credit(renewed, record, NOW).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("grade", "deadline", "status", "reason", "told"),
    [
        (52, None, CreditStatus.SATISFIED, {"final_grade": 52}, ["met_in_time", "set"]),
        (51.99, None, None, None, ["not_yet_met"]),
        (60, NOW, CreditStatus.SATISFIED, {"final_grade": 60}, ["met_in_time", "set"]),
        (60, NOW - DAY, CreditStatus.FAILED, {"current_date": NOW, "deadline": NOW - DAY}, ["met_too_late", *LATE]),
        (
            40,
            NOW - DAY,
            CreditStatus.FAILED,
            {"final_grade": 40, "minimum_grade": 52},
            ["unmet_in_time", *LATE],
        ),
        (40, NOW + DAY, None, None, ["not_yet_met"]),
    ],
)
def test_the_minimum_grade_is_three_valued(grade, deadline, status, reason, told):
    """Before the deadline a low grade decides nothing; after it both a low and a sufficient one fail (Q24)."""
    outcome = record_grade(COURSE, ADA, grade, now=NOW, deadline=deadline)
    entry = outcome.value.get(MINIMUM)
    assert (status, reason) == ((entry.status, dict(entry.reason)) if entry else (None, None))
    assert (status is not None, told) == (outcome.changed, codes(outcome))


def test_a_course_without_a_minimum_grade_says_so():
    """A grade decides nothing where no minimum is required (Q24)."""
    assert ["no_minimum"] == codes(record_grade(CreditCourse([FINAL]), ADA, 60, now=NOW))
    unreadable = CreditCourse([CreditRequirement(GRADE, GRADE, criteria={"min_grade": "half"})])
    assert ["no_minimum"] == codes(record_grade(unreadable, ADA, 60, now=NOW))


@pytest.mark.parametrize(
    "enrolment", [None, CourseEnrolment("verified", active=False), *map(CourseEnrolment, ("audit", "honor", "credit"))]
)
def test_credit_needs_an_active_enrolment_in_a_mode_for_it(enrolment):
    """Without an active enrolment in a mode for credit nothing is recorded (Q25)."""
    record = CreditRecord(enrolment)
    outcome = record_grade(COURSE, record, 60, now=NOW)
    assert (record, False, ["met_in_time", "no_credit_mode"]) == (outcome.value, outcome.changed, codes(outcome))


def test_every_reason_against_is_told():
    """All that keeps a status from being set is told, in order (Q25)."""
    record = evolve(eligible(), enrolment=None, request=RequestState.PENDING)
    outcome = set_status(COURSE, record, RequirementStatus((EXAM, "finale"), CreditStatus.FAILED, NOW))
    assert ["no_credit_mode", "requested", "already_eligible", "unknown_requirement"] == codes(outcome)
    assert "'exam final'" in str(outcome)
    off = record_exam_event(evolve(COURSE, enabled=False), ADA, "final", ExamEvent.REJECTED, now=NOW)
    assert ["course_gives_no_credit"] == codes(off)


def test_a_status_replaces_the_one_before():
    """A requirement has one status, the latest."""
    record = ADA
    for status in (CreditStatus.SATISFIED, CreditStatus.FAILED):
        record = set_status(COURSE, record, became(FINAL, status)).value
    assert (became(FINAL, CreditStatus.FAILED),) == record.statuses


def test_removing_a_status_keeps_eligibility():
    """A removed status is gone, and eligibility that was earned is not (Q26)."""
    removed = remove_status(COURSE, eligible(), FINAL.key)
    assert (None, ["removed"]) == (removed.value.get(FINAL), codes(removed))
    assert decide_credit(COURSE, removed.value, NOW).verdict is Verdict.MET
    assert ["nothing_recorded"] == codes(remove_status(COURSE, ADA, FINAL.key))
    assert ["requested"] == codes(remove_status(COURSE, evolve(eligible(), request=RequestState.PENDING), FINAL.key))


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (ExamEvent.SUBMITTED, CreditStatus.SUBMITTED),
        (ExamEvent.VERIFIED, CreditStatus.SATISFIED),
        (ExamEvent.REJECTED, CreditStatus.FAILED),
        (ExamEvent.ERRORED, CreditStatus.FAILED),
        (ExamEvent.RESET, None),
    ],
)
def test_events_of_exams_set_their_requirement(event, status):
    """What the exam service tells sets the exam's requirement, and a reset removes it (Q27)."""
    begun = set_status(COURSE, ADA, became(FINAL, CreditStatus.SUBMITTED)).value
    entry = record_exam_event(COURSE, begun, "final", event, now=NOW).value.get(FINAL)
    assert status is (entry and entry.status)


def test_eligibility_is_earned_with_the_last_requirement():
    """Everything satisfied makes eligible for 365 days, by default (Q28)."""
    record = record_grade(COURSE, ADA, 60, now=NOW).value
    assert record.eligibility is None
    outcome = record_exam_event(COURSE, record, "final", ExamEvent.VERIFIED, now=NOW)
    assert (Eligibility(NOW, NOW + 365 * DAY), ["set", "eligible_now"]) == (outcome.value.eligibility, codes(outcome))
    forever = evolve(COURSE, valid_for=None)
    assert set_status(forever, record, became(FINAL, CreditStatus.SATISFIED)).value.eligibility.until is None


def test_eligibility_is_sticky_until_it_expires():
    """A failure does not take eligibility away, and after its end it is over and not renewed (Q25, Q28)."""
    late = NOW + 365 * DAY
    kept = set_status(COURSE, eligible(), became(FINAL, CreditStatus.FAILED))
    assert (False, ["already_eligible"]) == (kept.changed, codes(kept))
    found = [decide_credit(COURSE, eligible(), now).verdict for now in (late - DAY, late)]
    assert [Verdict.MET, Verdict.NOT_MET] == found
    failed = set_status(COURSE, eligible(), became(FINAL, CreditStatus.FAILED, late)).value
    again = set_status(COURSE, failed, became(FINAL, CreditStatus.SATISFIED, late)).value
    assert (CreditStatus.FAILED, eligible().eligibility) == (failed.get(FINAL).status, again.eligibility)


@pytest.mark.parametrize(
    ("statuses", "verdict", "reasons"),
    [
        ([], Verdict.UNDETERMINED, ["grade", "exam final"]),
        ([became(FINAL, CreditStatus.SUBMITTED)], Verdict.UNDETERMINED, ["grade", "exam final"]),
        ([became(FINAL, CreditStatus.FAILED)], Verdict.NOT_MET, ["grade", "exam final"]),
        (
            [became(FINAL, CreditStatus.DECLINED), became(MINIMUM, CreditStatus.SATISFIED)],
            Verdict.NOT_MET,
            ["exam final"],
        ),
        ([became(each, CreditStatus.SATISFIED) for each in (MINIMUM, FINAL)], Verdict.UNDETERMINED, ["eligibility"]),
    ],
)
def test_eligibility_is_decided_with_every_reason(statuses, verdict, reasons):
    """What is missing for credit is told requirement by requirement; what was not yet recorded is not known (Q28)."""
    decision = decide_credit(COURSE, evolve(ADA, statuses=statuses), NOW)
    assert (verdict, reasons) == (decision.verdict, [each.label for each in decision.obstacles])


def test_a_course_without_credit_makes_nobody_eligible():
    """Neither a course that is switched off nor one that requires nothing makes anybody eligible (Q28)."""
    off, empty = evolve(COURSE, enabled=False), CreditCourse()
    assert ["course_gives_credit"] == [each.code for each in decide_credit(off, eligible(), NOW).obstacles]
    assert ["requirements"] == [each.code for each in decide_credit(empty, ADA, NOW).obstacles]
    endless = evolve(ADA, eligibility=Eligibility(NOW))
    assert decide_credit(COURSE, endless, NOW).verdict is Verdict.MET


def test_credit_is_asked_for_and_answered_once():
    """Who is eligible asks for credit, once, and the answer stands (Q29)."""
    asked = request_credit(COURSE, eligible(), NOW)
    assert (RequestState.PENDING, True) == (asked.value.request, asked.changed)
    assert ["asked_already"] == codes(request_credit(COURSE, asked.value, NOW))
    approved = answer_request(asked.value, approved=True)
    with pytest.raises(TransitionError) as caught:
        answer_request(approved, approved=False)
    assert ("approved", "rejected") == (caught.value.state, caught.value.wanted)
    with pytest.raises(TransitionError) as caught:
        request_credit(COURSE, approved, NOW)
    assert ("approved", "pending") == (caught.value.state, caught.value.wanted)


def test_credit_is_not_asked_for_without_eligibility():
    """Who is not eligible cannot ask, with every reason, and an answer needs a question (Q29)."""
    outcome = request_credit(COURSE, ADA, NOW)
    assert (False, ["not_eligible", "not_eligible"]) == (outcome.changed, codes(outcome))
    with pytest.raises(TransitionError) as caught:
        answer_request(ADA, approved=True)
    assert ("not asked for", "approved") == (caught.value.state, caught.value.wanted)


def test_the_state_is_that_of_who_is_enrolled():
    """How somebody stands is told of an active enrolment in any mode, and of nobody else (Q30)."""
    assert credit_state(COURSE, CreditRecord()) is None
    assert credit_state(COURSE, CreditRecord(CourseEnrolment("audit", active=False))) is None
    state = credit_state(COURSE, evolve(eligible(), enrolment=CourseEnrolment("audit")))
    assert ("audit", True, [CreditStatus.SATISFIED] * 2) == (
        state.mode,
        state.is_credit_course,
        [status for _, status in state.requirements],
    )
    off = credit_state(evolve(COURSE, enabled=False), ADA)
    assert (False, ()) == (off.is_credit_course, off.requirements)
    assert "the course gives no credit" in str(off)


def test_moments_have_a_zone():
    """Every moment has a time zone."""
    naive = datetime(2026, 5, 4)  # noqa: DTZ001 - the point
    with pytest.raises(DefinitionError):
        record_grade(COURSE, ADA, 60, now=naive)
    with pytest.raises(DefinitionError):
        decide_credit(COURSE, eligible(), naive)


def test_what_came_of_an_event_is_no_truth():
    """An outcome that changed nothing is not read as a yes or a no (Q25)."""
    with pytest.raises(TypeError):
        bool(remove_status(COURSE, ADA, FINAL.key))
