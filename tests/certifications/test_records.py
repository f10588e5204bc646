# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rule Y31: what is on record of a learner, and what contradicts what."""

import pickle
from datetime import UTC, datetime, timedelta

import pytest

from gradecalc.certifications.credentials import Credential, CredentialStep
from gradecalc.certifications.criteria import Criterion, CriterionKind
from gradecalc.certifications.records import Attempt, Record
from gradecalc.certifications.review import Review, ReviewStep
from gradecalc.certifications.validity import Validity
from gradecalc.decisions import Waiver
from gradecalc.transitions import ContradictionError, Logged
from gradecalc.verdicts import Verdict

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY_BEFORE = START - timedelta(days=1)
CREDENTIAL = Credential(Validity(since=START))
REJECTED = Review((Logged(ReviewStep.SUBMIT, "ada", START), Logged(ReviewStep.REJECT, "coach", START, "no")))


@pytest.mark.parametrize(
    ("build", "states"),
    [
        (lambda: Attempt(credential=CREDENTIAL, approval=REJECTED), ("certified", "rejected")),
        (lambda: Record(learner="ada", attempts=[Attempt(), Attempt()]), ("not submitted", "followed by another")),
        (
            lambda: Record(learner="ada", attempts=[Attempt(credential=CREDENTIAL)] * 2),
            ("in force", "followed by one in force"),
        ),
        (
            lambda: Credential(CREDENTIAL.validity, (Logged(CredentialStep.REVOKE, "admin", DAY_BEFORE, "fraud"),)),
            ("awarded at 2026-01-01 00:00+00:00", "revoked at 2025-12-31 00:00+00:00"),
        ),
    ],
)
def test_states_that_contradict_each_other_are_errors(build, states):
    """A stored record whose states exclude each other is refused, and both states are named (Y31)."""
    with pytest.raises(ContradictionError) as caught:
        build()
    assert states == (caught.value.first, caught.value.second)
    assert str(caught.value) == str(pickle.loads(pickle.dumps(caught.value)))  # noqa: S301 - our own


def test_a_criterion_goes_by_its_label():
    """A criterion is decided under its label, and found by its name; a waiver names it (Y18)."""
    exam = Criterion("final_exam", CriterionKind.REVIEW)
    decision = Attempt(waivers=(Waiver("final exam", at=START),)).decide(exam)
    assert ("final exam", Verdict.MET, Verdict.NOT_MET) == (decision.label, decision.verdict, decision.as_found)
