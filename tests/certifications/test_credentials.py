# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules Y21 and Y31: the steps of a credential."""

from datetime import UTC, datetime
from itertools import product

import pytest

from gradecalc import DefinitionError
from gradecalc.certifications.credentials import CREDENTIAL_STEPS, Credential, CredentialStep, Force
from gradecalc.certifications.validity import Validity
from gradecalc.transitions import Logged, TransitionError

START = datetime(2026, 1, 1, tzinfo=UTC)
ROADS = {
    Force.IN_FORCE: (),
    Force.SUSPENDED: (CredentialStep.SUSPEND,),
    Force.REVOKED: (CredentialStep.REVOKE,),
    Force.SUPERSEDED: (CredentialStep.SUPERSEDE,),
}


def credential(*steps):
    return Credential(Validity(since=START), tuple(Logged(step, "admin", START, "why") for step in steps))


@pytest.mark.parametrize(("force", "step"), list(product(Force, CredentialStep)))
def test_only_the_steps_of_the_table_are_legal(force, step):
    """A credential goes where the table says, and anything else is refused with both states (Y21)."""
    before = credential(*ROADS[force])
    assert force is before.force
    if (force, step) in CREDENTIAL_STEPS:
        assert CREDENTIAL_STEPS[force, step] is before.after(Logged(step, "admin", START, "why")).force
    else:
        with pytest.raises(TransitionError) as caught:
            before.after(Logged(step, "admin", START, "why"))
        assert (force.value, step.value) == (caught.value.state, caught.value.step)


@pytest.mark.parametrize("step", [CredentialStep.SUSPEND, CredentialStep.REVOKE])
def test_what_is_taken_says_why(step):
    """A suspension and a revocation say why (Y11)."""
    with pytest.raises(DefinitionError) as caught:
        credential().after(Logged(step, "admin", START))
    assert ["why"] == [problem.path for problem in caught.value.problems]


def test_a_stored_log_that_leads_nowhere_is_an_error():
    """A credential reinstated without a suspension is refused (Y31)."""
    assert (Force.IN_FORCE, CredentialStep.REINSTATE) not in CREDENTIAL_STEPS
    with pytest.raises(TransitionError):
        Credential(Validity(since=START), (Logged(CredentialStep.REINSTATE, "admin", START, "why"),))
