# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: whether a course certificate is issued, which status it gets, and every reason, in the documented order.

>>> from datetime import UTC, datetime
>>> from gradecalc.certificates.lists import Entry
>>> from gradecalc.lms.openedx.certificates.records import CourseEnrolment
>>> policy = CoursePolicy(pass_at=70)
>>> ada = LearnerRecord("ada", percent=53, enrolment=CourseEnrolment("verified"))
>>> [each.label for each in decide_certificate(policy, ada).decision.obstacles]
['passing grade']
>>> listed = ExceptionLists([Entry("ada", "was ill", at=datetime(2026, 6, 1, tzinfo=UTC))])
>>> decide_certificate(policy, ada, listed).issue
True

The allowlist waives three checks (custom course, beta tester, grade) and no other. What the learner sees of a
certificate is another question: `certificate_visibility`. Rules K11 to K20.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final

from attrs import evolve, frozen

from ....certificates.lists import ExceptionLists, waivers
from ....certificates.requirements import Finding, Requirement, decide
from ....decisions import Decision
from ....exact import write_exact
from ....outline import Explained, Outline
from ....verdicts import Verdict, verdict
from .records import (
    VERIFIED_MODES,
    Certificate,
    CertificateStatus,
    CoursePolicy,
    LearnerRecord,
    revoke,
)


class CertificatePath(Enum):
    """By which list of checks a certificate is decided; nobody falls from one to the other."""

    REGULAR = "regular"
    ALLOWLIST = "allowlist"


@frozen
class Case:
    """What the checks look at; the host's own checks get it too."""

    policy: CoursePolicy
    record: LearnerRecord
    lists: ExceptionLists

    @property
    def allowlisted(self) -> bool:
        """Whether the learner is on the allowlist, with the entry switched on."""
        return self.lists.exceptions.active(self.record.learner) is not None

    @property
    def passing(self) -> bool:
        """Whether the learner's grade passes."""
        return self.policy.passes(self.record.percent)

    @property
    def mode(self) -> str | None:
        """The mode of the learner's enrolment, if there is one."""
        return self.record.enrolment.mode if self.record.enrolment else None


@frozen
class Outcome(Explained):
    """Whether a certificate is issued, and why.

    `status_set` is the status that a certificate gets where none can be issued, if any; `certificate` is the
    learner's certificate afterwards, issued, changed or as it was.
    """

    path: CertificatePath
    decision: Decision
    status_set: CertificateStatus | None
    certificate: Certificate | None

    @property
    def issue(self) -> bool:
        """Whether a certificate is issued."""
        return self.decision.verdict is Verdict.MET

    def outline(self) -> Outline:
        """Return the decision, with the status afterwards."""
        after = f"status {self.certificate.status.value}" if self.certificate else "no certificate"
        return evolve(self.decision.outline(), notes=(f"{self.path.value} path", after))


def decide_certificate(
    policy: CoursePolicy,
    record: LearnerRecord,
    lists: ExceptionLists | None = None,
    *,
    path: CertificatePath | None = None,
    further: Iterable[Requirement[Case]] = (),
) -> Outcome:
    """Return whether the learner's certificate is issued, its status, and every reason (K11 to K16).

    Without a `path`, the allowlist decides which is taken. `further` are checks of the host's own, which may veto.
    """
    case = Case(policy, record, ExceptionLists() if lists is None else lists)
    taken = path or route(case)
    entry = case.lists.exceptions.active(record.learner) if taken is CertificatePath.ALLOWLIST else None
    waived = waivers(entry, *_WAIVED) if entry else ()
    decision = decide("certificate", [*_CHECKS[taken], *further], case, waived)
    issue = decision.verdict is Verdict.MET
    status = None if issue else _status_to_set(case, taken, decision)
    return Outcome(taken, decision, status, _after(case, CertificateStatus.DOWNLOADABLE if issue else status))


def route(case: Case) -> CertificatePath:
    """Return the path that a learner takes (K11)."""
    return CertificatePath.ALLOWLIST if case.allowlisted else CertificatePath.REGULAR


def path_requested(
    policy: CoursePolicy, record: LearnerRecord, lists: ExceptionLists | None = None
) -> CertificatePath | None:
    """Return by which path a certificate is asked for when something has changed in the learner's favour (K17).

    That is a passing grade, a verified identity, another mode, or a new entry on the allowlist. None: not asked for.
    """
    case = Case(policy, record, ExceptionLists() if lists is None else lists)
    wanted = policy.auto_generation and (case.passing or case.allowlisted) and not _stands(case)
    return route(case) if wanted else None


@frozen
class ReportColumns:
    """The columns of the grade report about certificates, as they are written."""

    eligible: str
    delivered: str
    type: str


def grade_report_columns(
    policy: CoursePolicy, record: LearnerRecord, lists: ExceptionLists | None = None, *, visible: bool
) -> ReportColumns:
    """Return what the grade report says, which is not what issuing decides (K20).

    It asks for neither identity nor a mode of who is allowlisted, and honours the profile's setting. `visible` is
    whether the learner may see a certificate that is issued.
    """
    case = Case(policy, record, ExceptionLists() if lists is None else lists)
    issued = record.certificate is not None and record.certificate.status is CertificateStatus.DOWNLOADABLE
    earned = case.passing and case.mode in VERIFIED_MODES
    eligible = record.certificates_allowed and (case.allowlisted or earned or issued)
    delivered = record.certificate.mode if record.certificate and issued and visible else None
    return ReportColumns("Y" if eligible else "N", "Y" if delivered else "N", delivered or "N/A")


def _is_on_allowlist(case: Case) -> Finding:
    return Finding(verdict(case.allowlisted), "an active entry on the allowlist", "" if case.allowlisted else "none")


def _is_no_custom_course(case: Case) -> Finding:
    custom = case.policy.custom_course
    return Finding(verdict(not custom), "a course that is not a custom one (CCX)", "a custom course" if custom else "")


def _is_no_beta_tester(case: Case) -> Finding:
    tester = case.record.beta_tester
    return Finding(verdict(not tester), "a learner who is no beta tester", "a beta tester" if tester else "")


def _passes(case: Case) -> Finding:
    mark = case.policy.pass_at
    needed = "a passing mark in the course" if mark is None else f"at least {write_exact(mark)} %"
    percent = case.record.percent
    return Finding(verdict(case.passing), needed, "no grade" if percent is None else f"{write_exact(percent)} %")


def _is_not_invalidated(case: Case) -> Finding:
    entry = case.lists.invalidations.active(case.record.learner)
    found = f"one: {entry.notes}" if entry and entry.notes else "one"
    return Finding(verdict(entry is None), "no active invalidation", found if entry else "")


def _is_enrolled(case: Case) -> Finding:
    return Finding(verdict(case.mode is not None), "an enrolment, even an inactive one", case.mode or "none")


def _has_eligible_mode(case: Case) -> Finding:
    modes = ", ".join(mode for mode in case.policy.eligible_modes if case.policy.takes(mode))
    met = Verdict.UNDETERMINED if case.mode is None else verdict(case.policy.takes(case.mode))
    return Finding(met, f"a mode that gives certificates ({modes})", case.mode or "no enrolment")


def _has_identity(case: Case) -> Finding:
    verified = case.record.identity_verified
    if not case.policy.identity_check or case.mode in case.policy.modes_without_identity:
        return Finding(Verdict.MET, "no identity check")
    met = Verdict.UNDETERMINED if verified is None else verdict(verified)
    return Finding(met, "a verified identity", _IDENTITY[verified])


_IDENTITY: Final = {True: "verified", False: "not verified", None: "not yet known"}


def _has_none_yet(case: Case) -> Finding:
    certificate = case.record.certificate
    found = f"one, {certificate.status.value} in mode {certificate.mode}" if certificate else ""
    return Finding(verdict(not _stands(case)), "no valid certificate yet", found)


def _stands(case: Case) -> bool:
    """Return whether a certificate is there already, and not of a mode that has become eligible only since."""
    certificate = case.record.certificate
    if certificate is None or certificate.status is not CertificateStatus.DOWNLOADABLE:
        return False
    upgraded = case.mode is not None and case.policy.takes(case.mode) and not case.policy.takes(certificate.mode)
    return not upgraded


def _is_known_course(case: Case) -> Finding:
    known = case.policy.course_known
    return Finding(verdict(known), "a course record", "" if known else "none")


def _has_web_certificates(case: Case) -> Finding:
    switches = {"site": case.policy.web_certificates_site, "course": case.policy.web_certificates_course}
    off = [name for name, on in switches.items() if not on]
    return Finding(
        verdict(case.policy.web_certificates),
        "web certificates on",
        f"off for the {' and the '.join(off)}" if off else "",
    )


_WAIVED: Final = ("not_custom_course", "not_beta_tester", "passing_grade")
"""What an exception waives, and nothing else."""

_ENTRY_CHECKS: Final = tuple(map(Requirement, _WAIVED, (_is_no_custom_course, _is_no_beta_tester, _passes)))

_COMMON_CHECKS: Final = (
    Requirement("not_invalidated", _is_not_invalidated),
    Requirement("enrolled", _is_enrolled),
    Requirement("eligible_mode", _has_eligible_mode),
    Requirement("identity", _has_identity),
    Requirement("no_certificate_yet", _has_none_yet),
    Requirement("course_known", _is_known_course),
    Requirement("web_certificates", _has_web_certificates),
)

_CHECKS: Final = {
    CertificatePath.REGULAR: (*_ENTRY_CHECKS, *_COMMON_CHECKS),
    CertificatePath.ALLOWLIST: (Requirement("on_allowlist", _is_on_allowlist), *_ENTRY_CHECKS, *_COMMON_CHECKS),
}

_NEEDED_TO_SET: Final = ("enrolled", "eligible_mode", "no_certificate_yet", "course_known", "web_certificates")
_NEEDED_ON: Final = {
    CertificatePath.REGULAR: (*_NEEDED_TO_SET, "not_custom_course", "not_beta_tester"),
    CertificatePath.ALLOWLIST: (*_NEEDED_TO_SET, "on_allowlist"),
}


def _status_to_set(case: Case, path: CertificatePath, decision: Decision) -> CertificateStatus | None:
    """Return the status that a certificate gets where none is issued, if it gets any (K16)."""
    if any(decision[name].verdict is not Verdict.MET for name in _NEEDED_ON[path]):
        return None
    exists = case.record.certificate is not None
    identity = decision["identity"].verdict
    if exists and decision["not_invalidated"].verdict is Verdict.NOT_MET:
        return CertificateStatus.UNAVAILABLE
    if identity is Verdict.NOT_MET and (case.passing or case.allowlisted):
        return CertificateStatus.UNVERIFIED
    if exists and path is CertificatePath.REGULAR and not case.passing and identity is Verdict.MET:
        return CertificateStatus.NOT_PASSING
    return None


def _after(case: Case, status: CertificateStatus | None) -> Certificate | None:
    former = case.record.certificate
    if status is None:
        return former
    if former is None:
        return Certificate(status, case.mode or "", _snapshot(case))
    if status is CertificateStatus.UNAVAILABLE:
        return revoke(former)
    return evolve(former, status=status, mode=case.mode or "", grade=_snapshot(case))


def _snapshot(case: Case) -> str:
    return "" if case.record.percent is None else write_exact(case.record.percent)
