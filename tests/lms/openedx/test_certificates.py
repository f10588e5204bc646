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
    CertificatePath,
    ReportColumns,
    decide_certificate,
    grade_report_columns,
    path_requested,
)
from gradecalc.lms.openedx.certificates.records import (
    NON_REFUNDABLE,
    PASSING,
    Certificate,
    CertificateStatus,
    CourseEnrolment,
    CoursePolicy,
    LearnerRecord,
    after_failing_grade,
    pass_mark,
    revoke,
    revoke_unless_allowlisted,
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
    return [each.code for each in decide_certificate(policy, record, lists, **given).decision.obstacles]


def test_who_passes_gets_a_certificate():
    """A passing learner in an eligible mode gets a certificate with a snapshot of the grade (K12)."""
    outcome = decide_certificate(POLICY, PASSES)
    assert (True, CertificatePath.REGULAR, None) == (outcome.issue, outcome.path, outcome.status_set)
    assert Certificate(CertificateStatus.DOWNLOADABLE, "verified", "80") == outcome.certificate


def test_every_reason_is_given_in_the_documented_order():
    """On the regular path everything that is in the way is a reason, in the documented order (K12)."""
    expected = ["not_custom_course", "not_beta_tester", "passing_grade", "not_invalidated", "enrolled"]
    expected += ["eligible_mode", "identity", "no_certificate_yet", "course_known", "web_certificates"]
    assert expected == reasons(EVERYTHING_WRONG, NOTHING_RIGHT, INVALIDATED)


def test_an_exception_waives_three_checks_and_no_other():
    """An exception waives the custom course, the beta tester and the grade, and nothing else (K12)."""
    expected = ["enrolled", "eligible_mode", "identity", "no_certificate_yet", "course_known", "web_certificates"]
    assert expected == reasons(EVERYTHING_WRONG, NOTHING_RIGHT, LISTED)
    waived = decide_certificate(EVERYTHING_WRONG, NOTHING_RIGHT, LISTED).decision.waived
    assert ["not_custom_course", "not_beta_tester", "passing_grade"] == [each.code for each in waived]


def test_an_exception_needs_no_passing_grade():
    """53 % in a course that asks 70 % gets a certificate by exception, and says by whose (K12)."""
    assert ["passing_grade"] == reasons(POLICY, FAILS)
    outcome = decide_certificate(POLICY, FAILS, LISTED)
    assert (True, CertificatePath.ALLOWLIST) == (outcome.issue, outcome.path)
    grade = outcome.decision["passing_grade"]
    assert ("at least 70 %", "53 %") == (grade.needed, grade.found)
    assert ("was ill", "Grace", JUNE) == (grade.waiver.why, grade.waiver.by, grade.waiver.at)


def test_an_entry_that_is_switched_off_takes_the_regular_path():
    """An exception that is switched off decides nothing (K11)."""
    lists = ExceptionLists([Entry("ada", at=JUNE, active=False)])
    assert (CertificatePath.REGULAR, False) == (
        decide_certificate(POLICY, FAILS, lists).path,
        decide_certificate(POLICY, FAILS, lists).issue,
    )


def test_the_path_of_the_allowlist_needs_an_entry():
    """Whoever is decided by the allowlist without being on it gets no certificate and no status (K11)."""
    outcome = decide_certificate(POLICY, FAILS, path=CertificatePath.ALLOWLIST)
    assert "on_allowlist" == outcome.decision.obstacles[0].code
    assert outcome.status_set is None


def test_there_is_no_fall_through():
    """An allowlisted learner who passes is decided by the allowlist alone (K11)."""
    audit = evolve(PASSES, enrolment=CourseEnrolment("audit"))
    assert CertificatePath.ALLOWLIST is decide_certificate(POLICY, audit, LISTED).path


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
    assert issue == decide_certificate(CoursePolicy(pass_at), evolve(PASSES, percent=percent)).issue


@pytest.mark.parametrize(
    ("cutoffs", "expected"), [({"A": 90, "B": 33}, 33), ({"Pass": 50, "F": 0}, 50), ({"F": 0}, None), ({}, None)]
)
def test_the_pass_mark_is_the_least_cut_off_above_zero(cutoffs, expected):
    """The least cut-off above zero passes; without one nobody does (K12)."""
    assert expected == pass_mark(cutoffs)


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
    assert takes == decide_certificate(policy, evolve(PASSES, enrolment=CourseEnrolment(mode))).issue


def test_an_inactive_enrolment_is_one():
    """An inactive enrolment is good enough (K13)."""
    assert decide_certificate(POLICY, evolve(PASSES, enrolment=CourseEnrolment("verified", active=False))).issue


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
    outcome = decide_certificate(policy, evolve(record, identity_verified=verified))
    assert expected is outcome.decision.verdict
    assert decide_certificate(POLICY, evolve(record, identity_verified=verified)).issue


@pytest.mark.parametrize("status", CertificateStatus)
def test_only_a_downloadable_certificate_stands(status):
    """A certificate is issued anew over any status but downloadable (K15)."""
    outcome = decide_certificate(POLICY, evolve(PASSES, certificate=Certificate(status, id="c1")))
    assert (status is not CertificateStatus.DOWNLOADABLE) == outcome.issue
    assert (CertificateStatus.DOWNLOADABLE, "c1") == (outcome.certificate.status, outcome.certificate.id)


@pytest.mark.parametrize(
    ("certificate_mode", "mode", "issue"),
    [("audit", "verified", True), ("verified", "verified", False), ("audit", "audit", False)],
)
def test_an_upgrade_replaces_a_certificate(certificate_mode, mode, issue):
    """A certificate of a mode that gives none is replaced once the learner is in one that does (K15)."""
    record = evolve(PASSES, enrolment=CourseEnrolment(mode), certificate=evolve(HAS, mode=certificate_mode))
    assert issue == decide_certificate(POLICY, record).issue


@pytest.mark.parametrize(
    ("record", "lists", "expected"),
    [
        (
            evolve(PASSES, certificate=Certificate(CertificateStatus.GENERATING)),
            INVALIDATED,
            CertificateStatus.UNAVAILABLE,
        ),
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
    outcome = decide_certificate(CoursePolicy(70, identity_check=True), record, lists)
    assert (False, expected) == (outcome.issue, outcome.status_set)
    before = record.certificate and record.certificate.status
    assert (expected or before) == (outcome.certificate and outcome.certificate.status)


def test_the_host_may_veto():
    """A check of the host's own comes last, and is a reason like any other."""
    veto = Requirement("not_embargoed", lambda case: Finding(Verdict.NOT_MET, found=case.record.learner))
    assert ["not_embargoed"] == reasons(POLICY, PASSES, further=[veto])


def test_web_certificates_have_two_switches():
    """Web certificates are on where both the site and the course have them on, and the reason says which is off."""
    off = CoursePolicy(70, web_certificates_course=False)
    assert ["web_certificates"] == reasons(off, PASSES)
    assert "off for the course" == decide_certificate(off, PASSES).decision["web_certificates"].found


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
    assert expected is path_requested(POLICY, record, lists)
    assert path_requested(CoursePolicy(70, auto_generation=False), record, lists) is None


@pytest.mark.parametrize("status", CertificateStatus)
def test_a_failing_grade_takes_a_certificate_away(status):
    """A failing grade makes a passing status not passing, changes no other, and spares who is allowlisted (K18)."""
    before = Certificate(status)
    expected = CertificateStatus.NOT_PASSING if status in PASSING else status
    assert expected is after_failing_grade(before, allowlisted=False).status
    assert before == after_failing_grade(before, allowlisted=True)


def test_revoking_keeps_the_id():
    """A revoked certificate keeps its id and its mode, and loses its grade and its link (K19)."""
    before = Certificate(CertificateStatus.DOWNLOADABLE, "honor", "80", "https://example.com", "c1")
    assert Certificate(CertificateStatus.UNAVAILABLE, "honor", "", "", "c1") == revoke(before)
    assert revoke(before) == revoke_unless_allowlisted(before, allowlisted=False)
    assert before == revoke_unless_allowlisted(before, allowlisted=True)


def test_revoked_is_not_refundable():
    """A fee is paid back for no passing status, and not for a revoked certificate either."""
    assert {
        CertificateStatus.DOWNLOADABLE,
        CertificateStatus.GENERATING,
        CertificateStatus.UNAVAILABLE,
    } == NON_REFUNDABLE


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
    assert ReportColumns(*expected) == grade_report_columns(POLICY, record, lists, visible=visible)


def test_an_outcome_explains_itself():
    """An outcome is the outline of its decision, with the path taken and the status afterwards."""
    outline = decide_certificate(POLICY, evolve(FAILS, certificate=Certificate(CertificateStatus.GENERATING))).outline()
    assert ("not met", ("regular path", "status notpassing")) == (outline.value, outline.notes)
    assert ("regular path", "no certificate") == decide_certificate(POLICY, FAILS).outline().notes
    assert 10 == len(outline.children)


def test_an_outcome_is_a_value():
    """An outcome compares, hashes and pickles by value."""
    outcome = decide_certificate(POLICY, FAILS, LISTED)
    assert outcome == pickle.loads(pickle.dumps(outcome))  # noqa: S301 - our own
    assert hash(outcome) == hash(decide_certificate(POLICY, FAILS, LISTED))


@pytest.mark.parametrize(
    ("build", "paths"),
    [
        (lambda: CoursePolicy("70", eligible_modes="verified"), ["pass_at", "eligible_modes"]),
        (lambda: CoursePolicy(70, identity_check="yes"), ["identity_check"]),
        (lambda: LearnerRecord("", percent="80", identity_verified=1), ["learner", "percent", "identity_verified"]),
        (lambda: CourseEnrolment(None), ["mode"]),
        (lambda: Certificate("downloadable"), ["status"]),
        (lambda: Certificate(CertificateStatus.ERROR, modified=datetime(2026, 6, 1)), ["modified"]),  # noqa: DTZ001 - refused
    ],
)
def test_what_is_no_policy_or_record_is_refused_at_once(build, paths):
    """A policy or a record with fields that cannot be meant is refused with all its problems."""
    with pytest.raises(DefinitionError) as caught:
        build()
    assert paths == [problem.path for problem in caught.value.problems]
