# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules K11 to K20: who gets a course certificate of Open edX, which status, and every reason."""

import pickle
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from attrs import evolve

from gradecalc import DefinitionError, Verdict
from gradecalc.certificates.lists import Entry, ExceptionLists
from gradecalc.certificates.requirements import Finding, Requirement
from gradecalc.lms.openedx.certificates.issuing import (
    Case,
    CertificatePath,
    ReportColumns,
    case_of,
    decide_certificate,
    grade_report_columns,
    issue_certificate,
    path_requested,
)
from gradecalc.lms.openedx.certificates.records import (
    Certificate,
    CertificateStatus,
    CourseEnrolment,
    CoursePolicy,
    LearnerRecord,
)

JUNE = datetime(2026, 6, 1, tzinfo=UTC)
POLICY = CoursePolicy(70)
PASSES = LearnerRecord("ada", percent=80, enrolment=CourseEnrolment("verified"), identity_verified=True)
FAILS = evolve(PASSES, percent=53)
NOBODY = ExceptionLists()
LISTED = ExceptionLists([Entry("ada", "was ill", by="Grace", at=JUNE)])
INVALIDATED = ExceptionLists((), [Entry("ada", "shared answers", at=JUNE)])
HAS = Certificate(CertificateStatus.DOWNLOADABLE)

EVERYTHING_WRONG = CoursePolicy(
    70, identity_check=True, custom_course=True, course_known=False, web_certificates_site=False
)
NOTHING_RIGHT = LearnerRecord("ada", beta_tester=True, identity_verified=False, certificate=HAS)


def reasons(policy, record, lists=NOBODY, **given):
    """Return the codes of what is in the way of a certificate."""
    return [each.code for each in decide_certificate(case_of(policy, record, lists), **given).obstacles]


def issues(policy, record, lists=NOBODY):
    """Return whether a certificate is issued."""
    return decide_certificate(case_of(policy, record, lists)).verdict is Verdict.MET


def issue(case, **given):
    """Return what becomes of a certificate once it is decided."""
    return issue_certificate(case, decide_certificate(case, **given))


def path_of(decision):
    """Return the path on which something was decided."""
    return CertificatePath(decision.code)


def test_who_passes_gets_a_certificate():
    """A passing learner in an eligible mode gets a certificate with a snapshot of the grade (K12)."""
    decision, outcome = decide_certificate(case_of(POLICY, PASSES, NOBODY)), issue(case_of(POLICY, PASSES, NOBODY))
    assert (Verdict.MET, CertificatePath.REGULAR) == (decision.verdict, path_of(decision))
    assert (Certificate(CertificateStatus.DOWNLOADABLE, "verified", "80"), True) == (outcome.value, outcome.changed)


def test_every_reason_is_given_in_the_documented_order():
    """On the regular path everything that is in the way is a reason, in the documented order (K12)."""
    expected = ["not_custom_course", "not_beta_tester", "passing_grade", "not_invalidated", "enrolled"]
    expected += ["eligible_mode", "identity", "no_certificate_yet", "course_known", "web_certificates"]
    assert expected == reasons(EVERYTHING_WRONG, NOTHING_RIGHT, INVALIDATED)


def test_an_exception_waives_three_checks_and_no_other():
    """An exception waives the custom course, the beta tester and the grade, and nothing else (K12)."""
    expected = ["enrolled", "eligible_mode", "identity", "no_certificate_yet", "course_known", "web_certificates"]
    assert expected == reasons(EVERYTHING_WRONG, NOTHING_RIGHT, LISTED)
    waived = decide_certificate(case_of(EVERYTHING_WRONG, NOTHING_RIGHT, LISTED)).waived
    assert ["not_custom_course", "not_beta_tester", "passing_grade"] == [each.code for each in waived]


def test_an_exception_needs_no_passing_grade():
    """53 % in a course that asks 70 % gets a certificate by exception, and says by whose (K12)."""
    assert ["passing_grade"] == reasons(POLICY, FAILS)
    decision = decide_certificate(case_of(POLICY, FAILS, LISTED))
    assert (Verdict.MET, CertificatePath.ALLOWLIST) == (decision.verdict, path_of(decision))
    grade = decision["passing_grade"]
    assert ("at least 70 %", "53 %") == (grade.needed, grade.found)
    assert ("was ill", "Grace", JUNE) == (grade.waiver.why, grade.waiver.by, grade.waiver.at)


def test_an_entry_that_is_switched_off_takes_the_regular_path():
    """An exception that is switched off decides nothing (K11)."""
    lists = ExceptionLists([Entry("ada", at=JUNE, active=False)])
    decision = decide_certificate(case_of(POLICY, FAILS, lists))
    assert (CertificatePath.REGULAR, Verdict.NOT_MET) == (path_of(decision), decision.verdict)


def test_the_path_of_the_allowlist_needs_an_entry():
    """Whoever is decided by the allowlist without being on it gets no certificate and no status (K11)."""
    outcome = issue(case_of(POLICY, FAILS, NOBODY), path=CertificatePath.ALLOWLIST)
    assert (
        "on_allowlist"
        == decide_certificate(case_of(POLICY, FAILS, NOBODY), path=CertificatePath.ALLOWLIST).obstacles[0].code
    )
    assert (None, False) == (outcome.value, outcome.changed)


def test_there_is_no_fall_through():
    """An allowlisted learner who passes is decided by the allowlist alone (K11)."""
    audit = evolve(PASSES, enrolment=CourseEnrolment("audit"))
    assert CertificatePath.ALLOWLIST is path_of(decide_certificate(case_of(POLICY, audit, LISTED)))


@pytest.mark.parametrize(
    ("percent", "pass_at", "issue"),
    [
        (70, 70, True),
        (Fraction(6999, 100), 70, False),
        (None, 70, False),
        (100, None, False),
        (0, 0, True),
    ],
)
def test_the_grade_is_compared_exactly(percent, pass_at, issue):
    """A grade passes at the mark exactly; without a grade, or without a mark, nobody does (K12)."""
    assert issue == issues(CoursePolicy(pass_at), evolve(PASSES, percent=percent))


@pytest.mark.parametrize(
    ("mode", "disabled", "takes"),
    [
        ("audit", False, False),
        ("verified", False, True),
        ("credit", False, True),
        ("professional", False, True),
        ("no-id-professional", True, True),
        ("honor", False, True),
        ("honor", True, False),
        ("unheard of", False, False),
    ],
)
def test_modes_give_certificates_or_not(mode, disabled, takes):
    """Audit never gives a certificate, honor unless it is switched off, and only listed modes do (K13)."""
    policy = CoursePolicy(70, honor_certificates_disabled=disabled)
    assert takes == policy.takes(mode)
    assert takes == issues(policy, evolve(PASSES, enrolment=CourseEnrolment(mode)))


def test_an_inactive_enrolment_is_one():
    """An inactive enrolment is good enough (K13)."""
    assert issues(POLICY, evolve(PASSES, enrolment=CourseEnrolment("verified", active=False)))


@pytest.mark.parametrize(
    ("mode", "verified", "expected"),
    [
        ("verified", True, Verdict.MET),
        ("verified", False, Verdict.NOT_MET),
        ("verified", None, Verdict.UNDETERMINED),
        ("honor", False, Verdict.MET),
        ("no-id-professional", None, Verdict.MET),
    ],
)
def test_an_identity_is_asked_for_where_it_is_enforced(mode, verified, expected):
    """Where identities are checked, one that is not yet known leaves the decision open, save in modes without (K14)."""
    policy, record = CoursePolicy(70, identity_check=True), evolve(PASSES, enrolment=CourseEnrolment(mode))
    decision = decide_certificate(case_of(policy, evolve(record, identity_verified=verified), NOBODY))
    assert expected is decision.verdict
    assert issues(POLICY, evolve(record, identity_verified=verified))


@pytest.mark.parametrize("status", CertificateStatus)
def test_only_a_downloadable_certificate_stands(status):
    """A certificate is issued anew over any status but downloadable (K15)."""
    record = evolve(PASSES, certificate=Certificate(status, id="c1"))
    outcome = issue(case_of(POLICY, record, NOBODY))
    anew = status is not CertificateStatus.DOWNLOADABLE
    assert (anew, anew) == (issues(POLICY, record), outcome.changed)
    assert (CertificateStatus.DOWNLOADABLE, "c1") == (outcome.value.status, outcome.value.id)


@pytest.mark.parametrize(
    ("certificate_mode", "mode", "issue"),
    [("audit", "verified", True), ("verified", "verified", False), ("audit", "audit", False)],
)
def test_an_upgrade_replaces_a_certificate(certificate_mode, mode, issue):
    """A certificate of a mode that gives none is replaced once the learner is in one that does (K15)."""
    record = evolve(PASSES, enrolment=CourseEnrolment(mode), certificate=evolve(HAS, mode=certificate_mode))
    assert issue == issues(POLICY, record)


@pytest.mark.parametrize(
    ("record", "lists", "expected"),
    [
        (
            evolve(PASSES, certificate=Certificate(CertificateStatus.GENERATING)),
            INVALIDATED,
            CertificateStatus.UNAVAILABLE,
        ),
        (evolve(PASSES, certificate=HAS), INVALIDATED, CertificateStatus.UNAVAILABLE),
        (PASSES, INVALIDATED, None),
        (evolve(PASSES, identity_verified=False), NOBODY, CertificateStatus.UNVERIFIED),
        (evolve(FAILS, identity_verified=False), NOBODY, None),
        (evolve(FAILS, identity_verified=False), LISTED, CertificateStatus.UNVERIFIED),
        (evolve(PASSES, identity_verified=None), NOBODY, None),
        (evolve(FAILS, certificate=Certificate(CertificateStatus.GENERATING)), NOBODY, CertificateStatus.NOT_PASSING),
        (FAILS, NOBODY, None),
        (evolve(FAILS, certificate=HAS), NOBODY, None),
        (evolve(FAILS, certificate=Certificate(CertificateStatus.GENERATING), beta_tester=True), NOBODY, None),
        (evolve(FAILS, certificate=Certificate(CertificateStatus.GENERATING), enrolment=None), NOBODY, None),
    ],
)
def test_a_status_may_be_set_where_none_is_issued(record, lists, expected):
    """Without issue a certificate becomes unavailable, unverified or not passing, in that order, or stays (K16)."""
    policy = CoursePolicy(70, identity_check=True)
    outcome = issue(case_of(policy, record, lists))
    assert (False, expected is not None) == (issues(policy, record, lists), outcome.changed)
    before = record.certificate and record.certificate.status
    assert (expected or before) == (outcome.value and outcome.value.status)


def test_an_invalidation_is_in_the_way_of_who_is_excepted_too():
    """Where stored entries have a learner on both lists, no certificate is issued and what there is is taken (K16)."""
    entry = Entry("ada", at=JUNE)
    case = Case(POLICY, evolve(FAILS, certificate=HAS), exception=entry, invalidation=entry)
    assert ["not_invalidated", "no_certificate_yet"] == [each.code for each in decide_certificate(case).obstacles]
    assert CertificateStatus.UNAVAILABLE is issue(case).value.status


def test_a_valid_certificate_keeps_its_status_where_none_is_issued():
    """A downloadable certificate keeps its status though only the new mode is eligible, unless invalidated (K16)."""
    policy = CoursePolicy(70, identity_check=True)
    audited = Certificate(CertificateStatus.DOWNLOADABLE, "audit")
    record = evolve(PASSES, identity_verified=False, certificate=audited)
    assert ["identity"] == [each.code for each in decide_certificate(case_of(policy, record, NOBODY)).obstacles]
    assert audited == issue(case_of(policy, record, NOBODY)).value
    assert CertificateStatus.UNAVAILABLE is issue(case_of(policy, record, INVALIDATED)).value.status


def test_lists_with_a_learner_on_both_are_decided():
    """A learner on both lists takes the allowlist's path, and the invalidation is in the way (K16)."""
    both = ExceptionLists([Entry("ada", at=JUNE)], [Entry("ada", at=JUNE)])
    decision = decide_certificate(case_of(POLICY, FAILS, both))
    assert (CertificatePath.ALLOWLIST, ["not_invalidated"]) == (
        path_of(decision),
        [each.code for each in decision.obstacles],
    )
    waived = decide_certificate(case_of(POLICY, FAILS, LISTED))
    assert Verdict.MET is waived.verdict


def test_an_invalidated_certificate_is_none_in_the_grade_report():
    """A downloadable certificate of an invalidated learner is neither delivered nor what makes eligible (K20)."""
    entry = Entry("ada", at=JUNE)
    for invalidation, expected in ((None, ("Y", "Y", "verified")), (entry, ("N", "N", "N/A"))):
        case = Case(POLICY, evolve(FAILS, certificate=HAS), invalidation=invalidation)
        columns = grade_report_columns(case, visible=True)
        assert expected == (columns.eligible, columns.delivered, columns.type)


def test_the_host_may_veto():
    """A check of the host's own comes last, and is a reason like any other."""
    veto = Requirement("not_embargoed", lambda case: Finding(Verdict.NOT_MET, found=case.record.learner))
    assert ["not_embargoed"] == reasons(POLICY, PASSES, further=[veto])


def test_web_certificates_have_two_switches():
    """Web certificates are on where both the site and the course have them on, and the reason says which is off."""
    off = CoursePolicy(70, web_certificates_course=False)
    assert ["web_certificates"] == reasons(off, PASSES)
    assert "off for the course" == decide_certificate(case_of(off, PASSES, NOBODY))["web_certificates"].found


@pytest.mark.parametrize(
    ("record", "lists", "expected"),
    [
        (PASSES, NOBODY, CertificatePath.REGULAR),
        (FAILS, NOBODY, None),
        (FAILS, LISTED, CertificatePath.ALLOWLIST),
        (evolve(PASSES, certificate=HAS), NOBODY, None),
        (evolve(PASSES, certificate=Certificate(CertificateStatus.ERROR)), NOBODY, CertificatePath.REGULAR),
    ],
)
def test_a_certificate_is_asked_for(record, lists, expected):
    """A change in the learner's favour asks for a certificate, unless one stands or it would be refused (K17)."""
    assert expected is path_requested(case_of(POLICY, record, lists))
    assert path_requested(case_of(CoursePolicy(70, auto_generation=False), record, lists)) is None


@pytest.mark.parametrize(
    ("record", "lists", "visible", "expected"),
    [
        (PASSES, NOBODY, True, ("Y", "N", "N/A")),
        (evolve(PASSES, enrolment=CourseEnrolment("honor")), NOBODY, True, ("N", "N", "N/A")),
        (evolve(FAILS, enrolment=CourseEnrolment("audit")), LISTED, True, ("Y", "N", "N/A")),
        (evolve(PASSES, certificates_allowed=False), LISTED, True, ("N", "N", "N/A")),
        (evolve(FAILS, certificate=HAS), NOBODY, True, ("Y", "Y", "verified")),
        (evolve(FAILS, certificate=HAS), NOBODY, False, ("Y", "N", "N/A")),
        (evolve(PASSES, certificate=HAS, certificates_allowed=False), NOBODY, True, ("N", "Y", "verified")),
    ],
)
def test_the_grade_report_has_its_own_rule(record, lists, visible, expected):
    """The grade report calls an allowlisted audit learner eligible, whom issuing refuses (K20)."""
    assert ReportColumns(*expected) == grade_report_columns(case_of(POLICY, record, lists), visible=visible)


def test_a_decision_says_its_path():
    """A decision is an outline of its ten checks, with the path taken; by exception the entry comes before them."""
    regular, listed = (
        decide_certificate(case_of(POLICY, FAILS, NOBODY)).outline(),
        decide_certificate(case_of(POLICY, FAILS, LISTED)).outline(),
    )
    assert ("not met", ("regular path",), 10) == (regular.value, regular.notes, len(regular.children))
    assert ("met", ("allowlist path",), 11) == (listed.value, listed.notes, len(listed.children))


def test_an_outcome_explains_itself():
    """An outcome tells the status afterwards, and as its reasons what was in the way and what was waived (K16)."""
    refused = issue(case_of(POLICY, evolve(FAILS, certificate=Certificate(CertificateStatus.GENERATING)), NOBODY))
    assert ("certificate notpassing", "changed") == (refused.outline().label, refused.outline().value)
    assert ("no certificate", "unchanged") == (
        issue(case_of(POLICY, FAILS, NOBODY)).outline().label,
        issue(case_of(POLICY, FAILS, NOBODY)).outline().value,
    )
    expected = "passing grade: waived; needs at least 70 %; has 53 %; waived by Grace on 2026-06-01: was ill"
    assert expected in issue(case_of(POLICY, FAILS, LISTED)).reasons
    assert ["passing_grade"] == [each.code for each in refused.reasons]


def test_a_check_of_the_hosts_own_has_a_name_of_its_own():
    """A host's check that is called like one of ours is refused, so that no exception can waive it."""
    veto = Requirement("passing_grade", lambda _: Finding(Verdict.NOT_MET))
    with pytest.raises(DefinitionError) as caught:
        decide_certificate(case_of(POLICY, FAILS, LISTED), further=[veto])
    assert ["duplicate_name"] == [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize("decided", [decide_certificate, issue])
def test_what_was_decided_is_a_value_and_no_truth(decided):
    """A decision and an outcome compare, hash and pickle by value, and neither is a yes or a no."""
    outcome = decided(case_of(POLICY, FAILS, LISTED))
    assert outcome == pickle.loads(pickle.dumps(outcome))  # noqa: S301 - our own
    assert hash(outcome) == hash(decided(case_of(POLICY, FAILS, LISTED)))
    with pytest.raises(TypeError):
        bool(outcome)
