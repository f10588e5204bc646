# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: whether a course certificate is issued, which status it gets, and every reason, in the documented order.

>>> from datetime import UTC, datetime
>>> from gradecalc.lms.openedx.certificates.records import CourseEnrolment
>>> policy = CoursePolicy(pass_at=70)
>>> ada = LearnerRecord("ada", percent=53, enrolment=CourseEnrolment("verified"))
>>> [each.label for each in decide_certificate(Case(policy, ada)).obstacles]
['passing grade']
>>> listed = Case(policy, ada, exception=Entry("ada", "was ill", at=datetime(2026, 6, 1, tzinfo=UTC)))
>>> issued = issue_certificate(listed, decide_certificate(listed))
>>> issued.value.status.value, issued.reasons
('downloadable', ('passing grade: waived; needs at least 70 %; has 53 %; waived on 2026-06-01: was ill',))

The allowlist waives three checks (custom course, beta tester, grade) and no other. What the learner sees of a
certificate is another question: `visibility`. Rules K11 to K20.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from functools import partial, reduce
from typing import Final

from attrs import evolve, field

from ....certificates.lists import Entry, ExceptionLists, waivers
from ....certificates.requirements import Requirement, combine
from ....decisions import Decision
from ....exact import write_exact
from ....outcomes import Outcome
from ....reasons import NUMBERS, ReasonTexts, Said
from ....values import frozen
from ....verdicts import Verdict, verdict
from .records import VERIFIED_MODES, Certificate, CertificateStatus, CoursePolicy, LearnerRecord, revoke


class CertificatePath(Enum):
    """By which list of checks a certificate is decided; nobody falls from one to the other."""

    REGULAR = "regular"
    ALLOWLIST = "allowlist"


PATHS: Final = ReasonTexts("certificate paths", {path.value: f"{path.value} path" for path in CertificatePath})
"""By which path a certificate was decided, in words."""


CHECKS: Final = ReasonTexts(
    "certificate checks",
    {
        "a_beta_tester": "a beta tester",
        "a_custom_course": "a custom course",
        "a_mode": "a mode that gives certificates ({0})",
        "active_entry": "an active entry on the allowlist",
        "an_enrolment": "an enrolment, even an inactive one",
        "and_the": "{0} and the {1}",
        "at_least": "at least {0} %",
        "certificate": "certificate {0}",
        "course": "course",
        "course_known": "course known",
        "course_record": "a course record",
        "eligible_mode": "eligible mode",
        "enrolled": "enrolled",
        "identity": "identity",
        "no_beta_tester": "a learner who is no beta tester",
        "no_certificate": "no certificate",
        "no_certificate_yet": "no certificate yet",
        "no_custom_course": "a course that is not a custom one (CCX)",
        "no_enrolment": "no enrolment",
        "no_grade": "no grade",
        "no_identity_check": "no identity check",
        "no_invalidation": "no active invalidation",
        "no_valid_certificate": "no valid certificate yet",
        "none": "none",
        "not_beta_tester": "not beta tester",
        "not_custom_course": "not custom course",
        "not_invalidated": "not invalidated",
        "not_verified": "not verified",
        "not_yet_known": "not yet known",
        "off_for": "off for the {0}",
        "on_allowlist": "on allowlist",
        "one": "one",
        "one_in_mode": "one, {0} in mode {1}",
        "one_noted": "one: {0}",
        "passing_grade": "passing grade",
        "passing_mark": "a passing mark in the course",
        "site": "site",
        "verified": "verified",
        "verified_identity": "a verified identity",
        "web_certificates": "web certificates",
        "web_on": "web certificates on",
    },
)
"""What is asked for, and found, before a certificate is issued."""


@frozen
class Case:
    """A learner whose certificate is to be decided, with the course's policy and the learner's entries in its lists."""

    policy: CoursePolicy
    record: LearnerRecord
    exception: Entry | None = field(default=None, kw_only=True)
    invalidation: Entry | None = field(default=None, kw_only=True)

    @property
    def path(self) -> CertificatePath:
        """The path that the learner takes (K11)."""
        return CertificatePath.ALLOWLIST if self.allowlisted else CertificatePath.REGULAR

    @property
    def allowlisted(self) -> bool:
        """Whether the learner is on the allowlist, with the entry switched on."""
        return self.exception is not None and self.exception.active

    @property
    def invalidated(self) -> bool:
        """Whether the learner's certificate is invalidated, with the entry switched on."""
        return self.invalidation is not None and self.invalidation.active

    @property
    def passing(self) -> bool:
        """Whether the learner's grade passes."""
        return self.policy.passes(self.record.percent)

    @property
    def mode(self) -> str:
        """The mode of the learner's enrolment, or nothing where there is none."""
        return self.record.enrolment.mode if self.record.enrolment else ""

    @property
    def stands(self) -> bool:
        """Whether a certificate is there already, and not of a mode that has become eligible only since (K15)."""
        certificate = self.record.certificate
        if certificate is None or certificate.status is not CertificateStatus.DOWNLOADABLE:
            return False
        return self.policy.takes(certificate.mode) or not self.policy.takes(self.mode)


def case_of(policy: CoursePolicy, record: LearnerRecord, lists: ExceptionLists) -> Case:
    """Return the case of a learner of a course with its lists."""
    entries = lists.exceptions.get(record.learner), lists.invalidations.get(record.learner)
    return Case(policy, record, exception=entries[0], invalidation=entries[1])


def decide_certificate(
    case: Case, *, path: CertificatePath | None = None, further: Iterable[Requirement[Case]] = ()
) -> Decision:
    """Return whether the learner's certificate is to be issued, with every check; what is found is the path (K11, K12).

    Without a `path`, the allowlist decides which is taken. `further` are checks of the host's own, which may veto.
    """
    taken = path or case.path
    waived = waivers(case.exception, *_WAIVED) if case.exception and taken is CertificatePath.ALLOWLIST else ()
    checks = [*_entry_checks(case, taken), *_learner_checks(case), *_course_checks(case)]
    decision = combine("certificate", [*checks, *(each.decide(case) for each in further)], waived)
    return evolve(decision, found=PATHS.reason(taken.value))


def issue_certificate(case: Case, decision: Decision) -> Outcome[Certificate | None]:
    """Return the learner's certificate as it was decided: issued, of another status, or as it was (K16).

    Its reasons are what was in the way and what was waived.
    """
    status = CertificateStatus.DOWNLOADABLE if decision.verdict is Verdict.MET else _status_to_set(case, decision)
    after = case.record.certificate if status is None else _of_status(case, status)
    reasons = (each.reason(str(each)) for each in (*decision.obstacles, *decision.waived))
    subject = CHECKS.phrase("certificate", after.status.value) if after else CHECKS.phrase("no_certificate")
    return Outcome(after, changed=after != case.record.certificate, reasons=reasons, subject=subject)


def path_requested(case: Case) -> CertificatePath | None:
    """Return by which path a certificate is asked for when something has changed in the learner's favour (K17).

    That is a passing grade, a verified identity, another mode, or a new entry on the allowlist. None: not asked for.
    """
    wanted = case.policy.auto_generation and (case.passing or case.allowlisted) and not case.stands
    return case.path if wanted else None


@frozen
class ReportColumns:
    """The columns of the grade report about certificates, as they are written."""

    eligible: str
    delivered: str
    type: str


def grade_report_columns(case: Case, *, visible: bool) -> ReportColumns:
    """Return what the grade report says, which is not what issuing decides (K20).

    It asks an allowlisted learner for neither an identity nor a mode, and honours the profile's setting. `visible` is
    whether the learner may see a certificate that is issued. One that is invalidated is none.
    """
    certificate = case.record.certificate
    downloadable = certificate is not None and certificate.status is CertificateStatus.DOWNLOADABLE
    issued = downloadable and not case.invalidated
    earned = case.passing and case.mode in VERIFIED_MODES
    eligible = case.record.certificates_allowed and (case.allowlisted or earned or issued)
    delivered = certificate.mode if certificate and issued and visible else ""
    return ReportColumns("Y" if eligible else "N", "Y" if delivered else "N", delivered or "N/A")


_WAIVED: Final = ("not custom course", "not beta tester", "passing grade")
"""What an exception waives, and nothing else."""

_NEEDED_FOR_STATUS: Final = frozenset(
    {
        *("on allowlist", "not custom course", "not beta tester", "enrolled", "eligible mode"),
        *("course known", "web certificates"),
    }
)
"""What must not be in the way for a status to be set where no certificate is issued."""

_IDENTITY: Final = {True: "verified", False: "not_verified", None: "not_yet_known"}


def _check(code: str, met: bool, needed: str, otherwise: Said) -> Decision:  # noqa: FBT001 - what is decided
    return Decision(CHECKS.phrase(code), verdict(met), CHECKS.phrase(needed), "" if met else otherwise)


def _entry_checks(case: Case, path: CertificatePath) -> Iterator[Decision]:
    mark, percent = case.policy.pass_at, case.record.percent
    if path is CertificatePath.ALLOWLIST:
        yield _check("on_allowlist", case.allowlisted, "active_entry", CHECKS.phrase("none"))
    custom = case.policy.custom_course
    yield _check("not_custom_course", not custom, "no_custom_course", CHECKS.phrase("a_custom_course"))
    yield _check("not_beta_tester", not case.record.beta_tester, "no_beta_tester", CHECKS.phrase("a_beta_tester"))
    needed = CHECKS.phrase("passing_mark") if mark is None else CHECKS.phrase("at_least", mark, show=write_exact)
    found = CHECKS.phrase("no_grade") if percent is None else NUMBERS.phrase("percent", percent, show=write_exact)
    yield Decision(CHECKS.phrase("passing_grade"), verdict(case.passing), needed, found)


def _learner_checks(case: Case) -> Iterator[Decision]:
    policy, record, certificate = case.policy, case.record, case.record.certificate
    notes = case.invalidation.notes if case.invalidation else ""
    noted = CHECKS.phrase("one_noted", notes) if notes else CHECKS.phrase("one")
    yield _check("not_invalidated", not case.invalidated, "no_invalidation", noted)
    enrolled = record.enrolment is not None
    needed, found = CHECKS.phrase("an_enrolment"), case.mode or CHECKS.phrase("none")
    yield Decision(CHECKS.phrase("enrolled"), verdict(enrolled), needed, found)
    modes = ", ".join(filter(policy.takes, policy.eligible_modes))
    met = verdict(policy.takes(case.mode)) if enrolled else Verdict.UNDETERMINED
    needed, found = CHECKS.phrase("a_mode", modes), case.mode or CHECKS.phrase("no_enrolment")
    yield Decision(CHECKS.phrase("eligible_mode"), met, needed, found)
    if policy.identity_check and case.mode not in policy.modes_without_identity:
        verified = record.identity_verified
        met = Verdict.UNDETERMINED if verified is None else verdict(verified)
        found = CHECKS.phrase(_IDENTITY[verified])
        yield Decision(CHECKS.phrase("identity"), met, CHECKS.phrase("verified_identity"), found)
    else:
        yield Decision(CHECKS.phrase("identity"), Verdict.MET, CHECKS.phrase("no_identity_check"))
    there = CHECKS.phrase("one_in_mode", certificate.status.value, certificate.mode) if certificate else ""
    label, needed = CHECKS.phrase("no_certificate_yet"), CHECKS.phrase("no_valid_certificate")
    yield Decision(label, verdict(not case.stands), needed, there)


def _course_checks(case: Case) -> Iterator[Decision]:
    policy = case.policy
    yield _check("course_known", policy.course_known, "course_record", CHECKS.phrase("none"))
    switches = {"site": policy.web_certificates_site, "course": policy.web_certificates_course}
    off = [CHECKS.phrase(name) for name, on in switches.items() if not on] or [CHECKS.phrase("none")]
    off_for = CHECKS.phrase("off_for", reduce(partial(CHECKS.phrase, "and_the"), off))
    yield _check("web_certificates", policy.web_certificates, "web_on", off_for)


def _of_status(case: Case, status: CertificateStatus) -> Certificate:
    """Return the learner's certificate with a status, and the mode and grade of now, unless it is revoked (K19)."""
    former = case.record.certificate or Certificate(status)
    if status is CertificateStatus.UNAVAILABLE:
        return revoke(former)
    snapshot = "" if case.record.percent is None else write_exact(case.record.percent)
    return evolve(former, status=status, mode=case.mode, grade=snapshot)


def _status_to_set(case: Case, decision: Decision) -> CertificateStatus | None:
    """Return the status that a certificate gets where none is issued, if it gets any (K16)."""
    if any(each.label in _NEEDED_FOR_STATUS for each in decision.obstacles):
        return None
    exists, identity = case.record.certificate is not None, decision["identity"].verdict
    if case.invalidated and exists:
        return CertificateStatus.UNAVAILABLE
    if case.record.certificate is not None and case.record.certificate.status is CertificateStatus.DOWNLOADABLE:
        return None
    if identity is Verdict.NOT_MET and (case.passing or case.allowlisted):
        return CertificateStatus.UNVERIFIED
    if exists and decision["passing grade"].verdict is Verdict.NOT_MET and identity is Verdict.MET:
        return CertificateStatus.NOT_PASSING
    return None
