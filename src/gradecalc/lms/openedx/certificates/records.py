# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: what a certificate, a learner's record and a course's policy say, and how a certificate's status changes.

>>> after_failing_grade(Certificate(CertificateStatus.DOWNLOADABLE), allowlisted=False).status
<CertificateStatus.NOT_PASSING: 'notpassing'>
>>> CoursePolicy(pass_at=pass_mark({"A": 90, "B": 70})).takes("audit")
False
>>> CoursePolicy.of_shares({"A": 0.9, "B": 0.7}).pass_at == 70
True

That there is no certificate is None here, and never the status of a revoked one. Rules K13, K18 and K19.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum
from fractions import Fraction
from typing import Any, Final

from attrs import evolve, field

from ....errors import Problem
from ....exact import Exact, Number
from ....fields import Checked, as_tuple, choice, join, many, number, one_of, text, truth
from ....moments import has_zone
from ....values import frozen
from ..units import Percent, as_percent, find_share, pass_mark


class CertificateStatus(Enum):
    """The status words of a certificate; those after `UNVERIFIED` are historical."""

    DOWNLOADABLE = "downloadable"
    NOT_PASSING = "notpassing"
    UNAVAILABLE = "unavailable"
    """Revoked or invalidated."""
    UNVERIFIED = "unverified"
    AUDITING = "auditing"
    AUDIT_PASSING = "audit_passing"
    AUDIT_NOT_PASSING = "audit_notpassing"
    DELETED = "deleted"
    DELETING = "deleting"
    ERROR = "error"
    GENERATING = "generating"
    HONOR_PASSING = "honor_passing"
    INVALIDATED = "invalidated"
    REQUESTING = "requesting"
    RESTRICTED = "restricted"


PASSING: Final = frozenset({CertificateStatus.DOWNLOADABLE, CertificateStatus.GENERATING})
"""The statuses of a learner who has a certificate, or is about to have one."""

NON_REFUNDABLE: Final = PASSING | {CertificateStatus.UNAVAILABLE}
"""The statuses in which a fee is not paid back."""

ELIGIBLE_MODES: Final = ("verified", "credit", "professional", "no-id-professional", "honor")
MODES_WITHOUT_IDENTITY: Final = ("honor", "no-id-professional")
VERIFIED_MODES: Final = ("verified", "professional")

HONOR: Final = "honor"


@frozen
class CoursePolicy(Checked):
    """How one course gives certificates; `pass_at` is in percent (K36), and None says that nobody passes.

    A mode that is not among the `eligible_modes` gets no certificate. `web_certificates_site` and `_course` must both
    be on.
    """

    pass_at: Fraction | None = field(converter=as_percent, metadata=number(optional=True))
    eligible_modes: tuple[str, ...] = field(
        default=ELIGIBLE_MODES, converter=as_tuple, metadata=many(str), kw_only=True
    )
    honor_certificates_disabled: bool = field(default=False, metadata=truth(), kw_only=True)
    identity_check: bool = field(default=False, metadata=truth(), kw_only=True)
    modes_without_identity: tuple[str, ...] = field(
        default=MODES_WITHOUT_IDENTITY, converter=as_tuple, metadata=many(str), kw_only=True
    )
    custom_course: bool = field(default=False, metadata=truth(), kw_only=True)
    """Whether this is a custom course (CCX), which gives no certificates but by exception."""
    course_known: bool = field(default=True, metadata=truth(), kw_only=True)
    web_certificates_site: bool = field(default=True, metadata=truth(), kw_only=True)
    web_certificates_course: bool = field(default=True, metadata=truth(), kw_only=True)
    auto_generation: bool = field(default=True, metadata=truth(), kw_only=True)

    @classmethod
    def of_shares(cls, cutoffs: Mapping[str, Number], **others: Any) -> CoursePolicy:
        """Return the policy of a course whose cutoffs are parts of 1, as the platform's documents state them."""
        return cls(pass_mark({name: Percent.of_share(share) for name, share in cutoffs.items()}), **others)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield that the pass mark reads as a part of 1, if so."""
        problem = find_share(self.pass_at, join(path, "pass_at"))
        if problem:
            yield problem

    @property
    def web_certificates(self) -> bool:
        """Whether web certificates are on, for the site and for the course."""
        return self.web_certificates_site and self.web_certificates_course

    def takes(self, mode: str) -> bool:
        """Return whether an enrolment in this mode can have a certificate (K13)."""
        return mode in self.eligible_modes and not (mode == HONOR and self.honor_certificates_disabled)

    def passes(self, percent: Exact | None) -> bool:
        """Return whether a grade in percent passes; a missing one does not."""
        return self.pass_at is not None and percent is not None and percent >= self.pass_at


@frozen
class CourseEnrolment(Checked):
    """In which mode somebody is enrolled; an inactive enrolment is one."""

    mode: str = field(metadata=text())
    active: bool = field(default=True, metadata=truth())


@frozen
class Certificate(Checked):
    """A certificate as it is recorded; `grade` is a snapshot of when its status last changed, never the truth."""

    status: CertificateStatus = field(metadata=choice(CertificateStatus))
    mode: str = field(default="verified", metadata=text(optional=True))
    grade: str = ""
    download_url: str = field(default="", repr=False)
    id: str = ""
    """The public id, which revoking keeps."""
    modified: datetime | None = field(default=None, validator=has_zone)
    date_override: datetime | None = field(default=None, validator=has_zone)


@frozen
class LearnerRecord(Checked):
    """What is known of one learner in one course; `percent` is the course grade in percent (K36), or None.

    `identity_verified` is None where that is not yet known. `certificates_allowed` is a setting of the profile that
    the grade report honours and issuing ignores.
    """

    learner: str = field(metadata=text())
    percent: Fraction | None = field(default=None, converter=as_percent, metadata=number(optional=True), kw_only=True)
    enrolment: CourseEnrolment | None = field(
        default=None, metadata=one_of(CourseEnrolment, optional=True), kw_only=True
    )
    identity_verified: bool | None = field(default=None, metadata=one_of(bool, optional=True), kw_only=True)
    beta_tester: bool = field(default=False, metadata=truth(), kw_only=True)
    certificate: Certificate | None = field(default=None, metadata=one_of(Certificate, optional=True), kw_only=True)
    certificates_allowed: bool = field(default=True, metadata=truth(), kw_only=True)

    def cross_problems(self, path: str) -> Iterator[Problem]:
        """Yield that the grade reads as a part of 1, if so."""
        problem = find_share(self.percent, join(path, "percent"), one=True)
        if problem:
            yield problem


def after_failing_grade(certificate: Certificate, *, allowlisted: bool) -> Certificate:
    """Return the certificate after its learner's grade fell below passing; an allowlisted learner keeps it (K18)."""
    if allowlisted or certificate.status not in PASSING:
        return certificate
    return evolve(certificate, status=CertificateStatus.NOT_PASSING)


def revoke(certificate: Certificate) -> Certificate:
    """Return the certificate as unavailable: it keeps its id, and loses its grade and its link (K19)."""
    return evolve(certificate, status=CertificateStatus.UNAVAILABLE, grade="", download_url="")


def revoke_unless_allowlisted(certificate: Certificate, *, allowlisted: bool) -> Certificate:
    """Return the certificate as another service revokes it, without an entry on the invalidation list (K19)."""
    return certificate if allowlisted else revoke(certificate)
