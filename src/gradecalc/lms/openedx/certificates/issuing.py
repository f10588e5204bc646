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
from typing import Final

from attrs import evolve, field, frozen

from ....certificates.lists import Entry, ExceptionLists, waivers
from ....certificates.requirements import Requirement, combine
from ....decisions import Decision
from ....exact import write_exact
from ....outcomes import Outcome
from ....reasons import ReasonTexts
from ....verdicts import Verdict, verdict
from .records import VERIFIED_MODES, Certificate, CertificateStatus, CoursePolicy, LearnerRecord, revoke


class CertificatePath(Enum):
    """By which list of checks a certificate is decided; nobody falls from one to the other."""

    REGULAR = "regular"
    ALLOWLIST = "allowlist"


PATHS: Final = ReasonTexts("certificate paths", {path.value: f"{path.value} path" for path in CertificatePath})
"""By which path a certificate was decided, in words."""


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
    subject = f"certificate {after.status.value}" if after else "no certificate"
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

_IDENTITY: Final = {True: "verified", False: "not verified", None: "not yet known"}


def _check(label: str, met: bool, needed: str, otherwise: str = "") -> Decision:  # noqa: FBT001 - what is decided
    return Decision(label, verdict(met), needed, "" if met else otherwise)


def _entry_checks(case: Case, path: CertificatePath) -> Iterator[Decision]:
    mark, percent = case.policy.pass_at, case.record.percent
    if path is CertificatePath.ALLOWLIST:
        yield _check("on allowlist", case.allowlisted, "an active entry on the allowlist", "none")
    custom = case.policy.custom_course
    yield _check("not custom course", not custom, "a course that is not a custom one (CCX)", "a custom course")
    yield _check("not beta tester", not case.record.beta_tester, "a learner who is no beta tester", "a beta tester")
    needed = "a passing mark in the course" if mark is None else f"at least {write_exact(mark)} %"
    found = "no grade" if percent is None else f"{write_exact(percent)} %"
    yield Decision("passing grade", verdict(case.passing), needed, found)


def _learner_checks(case: Case) -> Iterator[Decision]:
    policy, record, certificate = case.policy, case.record, case.record.certificate
    noted = f"one: {case.invalidation.notes}" if case.invalidation and case.invalidation.notes else "one"
    yield _check("not invalidated", not case.invalidated, "no active invalidation", noted)
    enrolled = record.enrolment is not None
    yield Decision("enrolled", verdict(enrolled), "an enrolment, even an inactive one", case.mode or "none")
    modes = ", ".join(filter(policy.takes, policy.eligible_modes))
    met = verdict(policy.takes(case.mode)) if enrolled else Verdict.UNDETERMINED
    yield Decision("eligible mode", met, f"a mode that gives certificates ({modes})", case.mode or "no enrolment")
    if policy.identity_check and case.mode not in policy.modes_without_identity:
        verified = record.identity_verified
        met = Verdict.UNDETERMINED if verified is None else verdict(verified)
        yield Decision("identity", met, "a verified identity", _IDENTITY[verified])
    else:
        yield Decision("identity", Verdict.MET, "no identity check")
    there = f"one, {certificate.status.value} in mode {certificate.mode}" if certificate else ""
    yield Decision("no certificate yet", verdict(not case.stands), "no valid certificate yet", there)


def _course_checks(case: Case) -> Iterator[Decision]:
    policy = case.policy
    yield _check("course known", policy.course_known, "a course record", "none")
    switches = {"site": policy.web_certificates_site, "course": policy.web_certificates_course}
    off = " and the ".join(name for name, on in switches.items() if not on)
    yield _check("web certificates", policy.web_certificates, "web certificates on", f"off for the {off}")


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
