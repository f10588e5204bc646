# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules K12, K18 and K19: what a policy, a record and a certificate of Open edX are, and how a status changes."""

from datetime import datetime

import pytest

from gradecalc import DefinitionError
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


@pytest.mark.parametrize(
    ("cutoffs", "expected"), [({"A": 90, "B": 33}, 33), ({"Pass": 50, "F": 0}, 50), ({"F": 0}, None), ({}, None)]
)
def test_the_pass_mark_is_the_least_cut_off_above_zero(cutoffs, expected):
    """The least cut-off above zero passes; without one nobody does (K12)."""
    assert expected == pass_mark(cutoffs)


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
