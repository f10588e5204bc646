# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules Y9, Y11 and Y13 to Y24: what happens to enrolment, criteria, approval, award and renewal."""

import pickle

import pytest
from attrs import evolve

from first_aid import (
    ADA,
    ADMIN,
    APPROVE,
    APPROVED,
    ASSIGN,
    AUTOMATIC,
    CERTIFIED,
    COACH,
    DONE,
    EXAM,
    PORTFOLIO,
    REJECT,
    START,
    SUBMIT,
    act,
    after,
    axes,
    day,
    names,
)
from gradecalc import DefinitionError
from gradecalc.certifications.credentials import (
    CredentialState,
    CredentialStep,
    Force,
)
from gradecalc.certifications.criteria import Certification, Criterion, CriterionKind, find_certification_problems
from gradecalc.certifications.enrolment import (
    EnrolmentState,
    EnrolmentStep,
)
from gradecalc.certifications.events import (
    BeginAgain,
    ChangeCredential,
    Enrol,
    Observe,
    TakeReviewStep,
    Waive,
    apply,
)
from gradecalc.certifications.permissions import NotPermittedError
from gradecalc.certifications.records import Record
from gradecalc.certifications.review import ReviewStep
from gradecalc.certifications.status import Attainment, status_of
from gradecalc.release_conditions import (
    Achieved,
    Achievement,
    AllOf,
    LearnerFacts,
)
from gradecalc.transitions import TransitionError
from gradecalc.verdicts import Verdict


def test_without_approval_the_award_follows_the_last_criterion():
    """Enrolled, with the last criterion met, the learner is certified at once (Y14, Y16)."""
    half = after(AUTOMATIC, ASSIGN, Observe({"read": True, "exam": 53}))
    assert (EnrolmentState.ASSIGNED, Attainment.IN_PROGRESS, (CredentialState.NONE,)) == axes(half.status)
    assert (False, ["exam"]) == (half.awarded, names(half.status))
    whole = after(AUTOMATIC, DONE, record=half.value, start=2)
    assert (EnrolmentState.ASSIGNED, Attainment.CRITERIA_MET, (CredentialState.CERTIFIED,)) == axes(whole.status)
    assert (True, Verdict.MET, ()) == (whole.awarded, whole.status.verdict, whole.status.obstacles)
    assert day(2) == whole.status.validity.since


def test_with_approval_somebody_reviews_before_the_award():
    """With approval the award follows the approval, after changes that were requested and made (Y15)."""
    seen = []
    steps = (
        DONE,
        SUBMIT,
        TakeReviewStep(ReviewStep.REQUEST_CHANGES, "coach", "sign page 2"),
        TakeReviewStep(ReviewStep.RESUBMIT, "ada"),
        APPROVE,
    )
    outcome = after(APPROVED, ASSIGN)
    for nth, event in enumerate(steps, 1):
        outcome = act(APPROVED, outcome.value, event, day(nth))
        seen.append((outcome.status.attainment, outcome.awarded, outcome.status.verdict))
    assert [
        (Attainment.CRITERIA_MET, False, Verdict.NOT_MET),
        (Attainment.AWAITING_REVIEW, False, Verdict.UNDETERMINED),
        (Attainment.CHANGES_REQUESTED, False, Verdict.NOT_MET),
        (Attainment.AWAITING_REVIEW, False, Verdict.UNDETERMINED),
        (Attainment.APPROVED, True, Verdict.MET),
    ] == seen


def test_a_rejection_is_a_reason_and_ends_the_attempt():
    """A rejected learner reads why, may begin again with nothing found, and a rejection may be reopened (Y10, Y20)."""
    rejected = after(APPROVED, ASSIGN, DONE, SUBMIT, REJECT)
    assert Attainment.REJECTED is rejected.status.attainment
    (reason,) = rejected.status.obstacles
    assert "approval: not met; needs an approval; has status rejected: not yours" == str(reason)
    again = act(APPROVED, rejected.value, BeginAgain("ada"), day(9))
    assert (Attainment.NOT_STARTED, 2) == (again.status.attainment, len(again.value.attempts))
    reopened = act(APPROVED, rejected.value, TakeReviewStep(ReviewStep.REOPEN, "admin", "mistake"), day(9))
    assert Attainment.AWAITING_REVIEW is reopened.status.attainment


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (Observe({"read": False, "exam": 53}), ["enrolment", "reading", "exam"]),
        (Observe({"read": False, "exam": Verdict.UNDETERMINED}), ["enrolment", "reading", "exam"]),
        (DONE, ["enrolment"]),
    ],
)
def test_a_submission_is_refused_with_every_reason(event, told):
    """Who is not enrolled or has not met every criterion cannot submit, and is told all of it (Y15, Y17)."""
    record = after(APPROVED, event).value
    with pytest.raises(TransitionError) as caught:
        act(APPROVED, record, SUBMIT, day(1))
    assert told == [reason.label for reason in caught.value.obstacles]
    assert ("not submitted", "awaiting review") == (caught.value.state, caught.value.wanted)


def test_what_is_approved_must_still_be_so():
    """An approval is refused once a criterion is no longer met (Y15)."""
    record = after(APPROVED, ASSIGN, DONE, SUBMIT, Observe({"read": True, "exam": 53})).value
    with pytest.raises(TransitionError) as caught:
        act(APPROVED, record, APPROVE, day(9))
    assert ["exam"] == [reason.label for reason in caught.value.obstacles]


def test_a_review_that_has_begun_is_finished():
    """Switching approval off does not cut a review short, and lets who has not submitted be awarded (Y15)."""
    waiting = after(APPROVED, ASSIGN, DONE, SUBMIT).value
    assert Attainment.AWAITING_REVIEW is act(AUTOMATIC, waiting, DONE, day(9)).status.attainment
    idle = after(APPROVED, ASSIGN, DONE).value
    assert ["award"] == names(status_of(AUTOMATIC, idle, day(9)))
    assert Verdict.UNDETERMINED is status_of(AUTOMATIC, idle, day(9)).verdict
    assert act(AUTOMATIC, idle, DONE, day(9)).awarded


def test_a_review_can_be_a_criterion():
    """A criterion of its own review is met by the approval of that, and by nothing else (Y12, Y14)."""
    certification = Certification("First aid", [EXAM, PORTFOLIO])
    record = after(certification, ASSIGN, DONE, evolve(SUBMIT, criterion="portfolio")).value
    waiting = status_of(certification, record, day(3))
    assert (Verdict.UNDETERMINED, ["portfolio"]) == (waiting.verdict, names(waiting))
    assert act(certification, record, evolve(APPROVE, criterion="portfolio"), day(3)).awarded
    with pytest.raises(TransitionError):
        after(certification, evolve(SUBMIT, criterion="portfolio"))


def test_a_review_that_nobody_asked_for_is_refused():
    """A review of what is judged by a test, of an automatic award, or of no criterion is refused (Y15)."""
    for event in (SUBMIT, evolve(SUBMIT, criterion="exam"), evolve(SUBMIT, criterion="exma")):
        with pytest.raises(DefinitionError):
            after(AUTOMATIC, ASSIGN, event)


def test_a_waiver_stands_for_its_criterion_alone():
    """A waived criterion is met, with who, why and when, and the others are as they were (Y18)."""
    waived = after(AUTOMATIC, ASSIGN, Observe({"read": False, "exam": 53}), Waive("exam", "admin", "nurse"))
    assert ["reading"] == names(waived.status)
    (waiver,) = waived.value.attempt.waivers
    assert ("exam", "admin", "nurse", day(2)) == (waiver.requirement, waiver.by, waiver.why, waiver.at)
    again = act(AUTOMATIC, waived.value, Waive("exam", "admin", "a nurse indeed"), day(3))
    assert ["a nurse indeed"] == [each.why for each in again.value.attempt.waivers]


def test_the_last_waiver_brings_the_award():
    """Where only a waived criterion was missing, the award follows the waiver (Y16, Y18)."""
    assert after(AUTOMATIC, ASSIGN, Observe({"read": True, "exam": 53}), Waive("exam", "admin", "nurse")).awarded


@pytest.mark.parametrize(
    ("waiver", "paths"),
    [(Waive("exma", "admin", "nurse"), ["criterion"]), (Waive("exam", "", ""), ["by", "why"])],
)
def test_a_waiver_names_a_criterion_and_says_who_and_why(waiver, paths):
    """A waiver of an unknown criterion, or without who and why, is refused (Y18)."""
    with pytest.raises(DefinitionError) as caught:
        after(AUTOMATIC, waiver)
    assert paths == [problem.path for problem in caught.value.problems]


def test_what_is_found_after_the_award_changes_nothing():
    """A grade that falls after the award costs nothing, and there is nothing left to waive or review (Y19)."""
    fallen = act(AUTOMATIC, CERTIFIED, Observe({"read": False, "exam": 0}), day(9))
    assert (CERTIFIED, Verdict.MET) == (fallen.value, fallen.status.verdict)
    with pytest.raises(TransitionError):
        act(AUTOMATIC, CERTIFIED, Waive("exam", "admin", "nurse"), day(9))
    reviewed = Certification("First aid", [EXAM, PORTFOLIO])
    waived = after(reviewed, ASSIGN, Waive("portfolio", "admin", "known"), DONE).value
    with pytest.raises(TransitionError):
        act(reviewed, waived, evolve(SUBMIT, criterion="portfolio"), day(9))


def test_before_the_award_what_was_found_last_counts():
    """A criterion met once and not met any more is not met (Y19)."""
    record = after(AUTOMATIC, DONE, Observe({"read": True, "exam": 53})).value
    assert ["exam"] == names(act(AUTOMATIC, record, ASSIGN, day(9)).status)


def test_who_met_everything_before_is_certified_on_enrolment():
    """Criteria met before the enrolment are known, and the award follows it (Y16)."""
    before = after(AUTOMATIC, DONE)
    assert (["enrolment"], False) == (names(before.status), before.awarded)
    assert act(AUTOMATIC, before.value, Enrol(EnrolmentStep.SELF_ENROL, "ada"), day(1)).awarded


def test_a_revocation_is_for_good_and_independent_of_the_dates():
    """A revoked credential says by whom and why, stays revoked, and may be expired too (Y21, Y22, Y24)."""
    revoked = act(AUTOMATIC, CERTIFIED, ChangeCredential(CredentialStep.REVOKE, "admin", "fraud"), day(9))
    assert (CredentialState.REVOKED,) == revoked.status.credential
    assert ["credential"] == names(revoked.status)
    assert "one that is revoked, by admin on 2026-01-10: fraud" == revoked.status.obstacles[0].found
    late = status_of(AUTOMATIC, revoked.value, day(999))
    assert (CredentialState.EXPIRED, CredentialState.REVOKED) == late.credential
    with pytest.raises(TransitionError) as caught:
        act(AUTOMATIC, revoked.value, ChangeCredential(CredentialStep.REINSTATE, "admin", "oh"), day(10))
    assert ("revoked", "in force") == (caught.value.state, caught.value.wanted)


def test_a_suspension_ends():
    """A suspended credential is not honoured, and is again once reinstated (Y21)."""
    suspended = act(AUTOMATIC, CERTIFIED, ChangeCredential(CredentialStep.SUSPEND, "admin", "inquiry"), day(9))
    assert (Verdict.NOT_MET, (CredentialState.SUSPENDED,)) == (suspended.status.verdict, suspended.status.credential)
    back = act(AUTOMATIC, suspended.value, ChangeCredential(CredentialStep.REINSTATE, "admin", "cleared"), day(10))
    assert (Verdict.MET, (CredentialState.CERTIFIED,)) == (back.status.verdict, back.status.credential)


def test_there_is_nothing_to_revoke_before_an_award():
    """A step of a credential that is not there is refused with both states (Y21)."""
    with pytest.raises(TransitionError) as caught:
        after(AUTOMATIC, ASSIGN, ChangeCredential(CredentialStep.REVOKE, "admin", "fraud"))
    assert ("none", "revoked") == (caught.value.state, caught.value.wanted)


def test_a_renewal_takes_the_place_of_the_credential_before():
    """Renewed in its window, a credential keeps its date, and the one before is superseded (Y4, Y20)."""
    begun = act(AUTOMATIC, CERTIFIED, BeginAgain("ada"), day(350))
    assert (Attainment.NOT_STARTED, (CredentialState.WINDOW_OPEN,)) == (
        begun.status.attainment,
        begun.status.credential,
    )
    assert (Verdict.MET, ["reading", "exam"]) == (
        begun.status.verdict,
        [each.label for each in begun.status.award.obstacles],
    )
    renewed = act(AUTOMATIC, begun.value, DONE, day(355))
    older, newer = renewed.value.credentials
    assert (Force.SUPERSEDED, Force.IN_FORCE) == (older.force, newer.force)
    assert older.validity.expires.replace(year=2028) == newer.validity.expires
    assert (CredentialState.EXPIRED, CredentialState.SUPERSEDED) == older.states(day(999))


def test_a_revoked_credential_can_be_earned_anew():
    """After a revocation another attempt gives a credential of its own, and the first stays revoked (Y20)."""
    revoke = ChangeCredential(CredentialStep.REVOKE, "admin", "fraud")
    anew = after(AUTOMATIC, revoke, BeginAgain("ada"), DONE, record=CERTIFIED, start=9)
    assert [Force.REVOKED, Force.IN_FORCE] == [credential.force for credential in anew.value.credentials]
    assert day(11) == anew.status.validity.since


def test_a_suspension_holds_the_renewal_back():
    """An award waits while the credential before is suspended, and follows its reinstatement (Y16, Y17)."""
    begun = act(AUTOMATIC, CERTIFIED, BeginAgain("ada"), day(350)).value
    suspend = ChangeCredential(CredentialStep.SUSPEND, "admin", "inquiry")
    held = after(AUTOMATIC, suspend, DONE, record=begun, start=351)
    assert (False, ["credential", "credential"]) == (held.awarded, names(held.status))
    assert act(AUTOMATIC, held.value, ChangeCredential(CredentialStep.REINSTATE, "admin", "ok"), day(360)).awarded


@pytest.mark.parametrize(
    ("events", "number", "state"),
    [
        ((), 300, "certified"),
        ((ChangeCredential(CredentialStep.SUSPEND, "admin", "inquiry"),), 999, "expired and suspended"),
        ((Enrol(EnrolmentStep.WITHDRAW, "admin"),), 350, "renewal window open"),
        ((BeginAgain("ada"),), 351, "not started"),
    ],
)
def test_a_new_attempt_has_its_time(events, number, state):
    """A new attempt before the window, while suspended, not enrolled, or on top of another, is refused (Y20)."""
    record = CERTIFIED
    for event in events:
        record = act(AUTOMATIC, record, event, day(350)).value
    with pytest.raises(TransitionError) as caught:
        act(AUTOMATIC, record, BeginAgain("ada"), day(number))
    assert (state, "not started") == (caught.value.state, caught.value.wanted)


def test_every_step_says_by_whom():
    """A new attempt that nobody begins, and an enrolment without a person, are refused (Y11)."""
    for event, by in ((BeginAgain(""), ADA), (Enrol(EnrolmentStep.ASSIGN, ""), ADMIN), (ASSIGN, None)):
        with pytest.raises(DefinitionError) as caught:
            apply(AUTOMATIC, CERTIFIED, event, day(350), by=by)
        assert [("missing", "by")] == [(problem.code, problem.path) for problem in caught.value.problems]


def test_a_person_does_what_is_done_in_their_name():
    """An event in another's name is refused, and facts are observed by nobody (Y32)."""
    with pytest.raises(DefinitionError) as caught:
        apply(AUTOMATIC, CERTIFIED, ASSIGN, day(9), by=evolve(ADMIN, id="root"))
    assert ["contradiction"] == [problem.code for problem in caught.value.problems]
    assert CERTIFIED == apply(AUTOMATIC, CERTIFIED, DONE, day(9)).value


SUSPEND = ChangeCredential(CredentialStep.SUSPEND, "admin", "inquiry")
WITHOUT_GROUP = evolve(ADA, groups=["clerks"])


@pytest.mark.parametrize(
    ("event", "person", "missing"),
    [
        (ASSIGN, COACH, {"super admin"}),
        (Enrol(EnrolmentStep.BAR, "admin", "why"), ADA, {"super admin"}),
        (Enrol(EnrolmentStep.WITHDRAW, "ada"), ADA, {"super admin", "self-enrolled"}),
        (Waive("exam", "admin", "nurse"), COACH, {"super admin"}),
        (SUSPEND, COACH, {"super admin"}),
        (SUBMIT, COACH, {"learner", "own record", "self-enrolled", "view access"}),
        (APPROVE, ADA, {"super admin", "not own record", "coach", "of the team"}),
        (APPROVE, evolve(COACH, team=["bo"]), {"super admin", "of the team"}),
        (BeginAgain("ada"), ADMIN, {"learner", "own record", "self-enrolled", "view access"}),
    ],
)
def test_an_event_applies_only_with_a_person_who_may_do_it(event, person, missing):
    """Who may not do a thing is refused with the decision, whatever the record, and nothing happens (Y32)."""
    record = after(APPROVED, ASSIGN, DONE).value
    with pytest.raises(NotPermittedError) as caught:
        apply(APPROVED, record, evolve(event, by=person.id), day(9), by=person)
    assert Verdict.NOT_MET is caught.value.decision.verdict
    assert missing == {each.label for way in caught.value.decision.obstacles for each in way.obstacles}
    assert str(caught.value) == str(pickle.loads(pickle.dumps(caught.value)))  # noqa: S301 - our own


def test_what_is_not_legal_is_told_first_where_only_the_enrolment_is_in_the_way():
    """A learner who enrols twice reads where the enrolment is, and one without access what is missing (Y32)."""
    enrol = Enrol(EnrolmentStep.SELF_ENROL, "ada")
    enrolled = act(AUTOMATIC, Record(learner="ada"), enrol, day(0)).value
    with pytest.raises(TransitionError) as caught:
        apply(AUTOMATIC, enrolled, enrol, day(1), by=ADA)
    assert "self-enrolled" == caught.value.state
    with pytest.raises(NotPermittedError):
        apply(AUTOMATIC, Record(learner="ada"), enrol, day(1), by=WITHOUT_GROUP)


def test_who_lost_access_earns_no_more_by_their_own_enrolment():
    """Self-enrolled without a group, a learner may not submit; who was assigned may (Y27, Y32)."""
    for enrol, allowed in ((Enrol(EnrolmentStep.SELF_ENROL, "ada"), False), (ASSIGN, True)):
        record = after(APPROVED, enrol, DONE).value
        if allowed:
            assert apply(APPROVED, record, SUBMIT, day(5), by=WITHOUT_GROUP).changed
        else:
            with pytest.raises(NotPermittedError):
                apply(APPROVED, record, SUBMIT, day(5), by=WITHOUT_GROUP)


def test_a_coach_approves_once_all_criteria_are_met():
    """With every criterion met an approval needs no submission, and before it is refused with every reason (Y15)."""
    ready, early = (after(APPROVED, ASSIGN, found).value for found in (DONE, Observe({"read": True, "exam": 53})))
    assert act(APPROVED, ready, APPROVE, day(5)).awarded
    assert Attainment.REJECTED is act(APPROVED, ready, REJECT, day(5)).status.attainment
    for step in (APPROVE, REJECT):
        with pytest.raises(TransitionError) as caught:
            act(APPROVED, early, step, day(5))
        assert (["exam"], "not submitted") == ([each.label for each in caught.value.obstacles], caught.value.state)


def test_what_a_criterion_asks_for_is_reviewed_once_it_is_submitted():
    """A criterion of its own review waits for what the learner submits (Y10)."""
    certification = Certification("First aid", [EXAM, PORTFOLIO])
    record = after(certification, ASSIGN, DONE).value
    with pytest.raises(TransitionError):
        act(certification, record, evolve(APPROVE, criterion="portfolio"), day(5))


def test_now_has_a_zone():
    """A moment without a time zone is refused, by events and by questions."""
    naive = START.replace(tzinfo=None)
    for ask in (lambda: act(AUTOMATIC, CERTIFIED, DONE, naive), lambda: status_of(AUTOMATIC, CERTIFIED, naive)):
        with pytest.raises(DefinitionError) as caught:
            ask()
        assert ["now"] == [problem.path for problem in caught.value.problems]


def test_a_certification_with_problems_is_not_used():
    """An event in a certification that cannot be used is refused, and a notice is none."""
    with pytest.raises(DefinitionError):
        after(evolve(AUTOMATIC, criteria=[]), ASSIGN)
    noticed = evolve(AUTOMATIC, criteria=[evolve(EXAM, test=AllOf())])
    assert ["no_conditions"] == [problem.code for problem in find_certification_problems(noticed)]
    assert after(noticed, ASSIGN, Observe(LearnerFacts())).awarded


def test_a_criterion_may_be_a_release_condition():
    """A release condition judges the learner's facts, and what is not told is undetermined (Y14)."""
    condition = Achieved(Achievement.TOPIC_VISITED, "Week 1")
    certification = Certification("x", [Criterion("week", CriterionKind.CONTENT, condition)])
    unknown = after(certification, ASSIGN, Observe(LearnerFacts()))
    assert Verdict.UNDETERMINED is unknown.status.verdict
    assert act(certification, unknown.value, Observe(LearnerFacts(visits=["Week 1"])), day(1)).awarded


def test_a_test_answers_with_a_finding():
    """A test that answers with anything but a finding is named."""
    with pytest.raises(DefinitionError) as caught:
        after(evolve(AUTOMATIC, criteria=[evolve(EXAM, test=lambda _: True)]), Observe({}))
    assert ["exam"] == [problem.path for problem in caught.value.problems]


def test_an_outcome_says_whether_the_record_changed():
    """An event after the award changes nothing; one before it changes the record, with the reasons left (K35)."""
    begun = after(AUTOMATIC, ASSIGN)
    assert (True, ["reading", "exam"]) == (begun.changed, [reason.code for reason in begun.reasons])
    late = act(AUTOMATIC, CERTIFIED, Observe({"read": False, "exam": 0}), day(9))
    assert (False, ()) == (late.changed, late.reasons)
