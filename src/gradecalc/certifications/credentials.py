# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A credential: its dates, and whether it was suspended, revoked or superseded since.

>>> from datetime import UTC
>>> awarded, expired, late = (datetime(year, 3, 1, tzinfo=UTC) for year in (2025, 2026, 2027))
>>> fraud = Logged(CredentialStep.REVOKE, "admin", late, "fraud")
>>> Credential(Validity(since=awarded, expires=expired), (fraud,)).states(late)
(<CredentialState.EXPIRED: 'expired'>, <CredentialState.REVOKED: 'revoked'>)

What the dates say and what people did are independent: a credential may be both expired and revoked (Y22).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from attrs import Factory, evolve, field

from ..moments import written
from ..outline import Explained, Outline
from ..reasons import Said, say
from ..transitions import ContradictionError, Logged, Machine, leads_to
from ..values import frozen
from .texts import CERTIFICATIONS, all_together, because
from .validity import Phase, Validity, phase


class Force(Enum):
    """What people did with a credential, whatever its dates say."""

    IN_FORCE = "in force"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


class CredentialStep(Enum):
    """What people do with a credential."""

    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    REVOKE = "revoke"
    SUPERSEDE = "supersede"
    """A newer credential takes its place."""


CREDENTIAL_STEPS: Final[Mapping[tuple[Force, CredentialStep], Force]] = MappingProxyType(
    {
        (Force.IN_FORCE, CredentialStep.SUSPEND): Force.SUSPENDED,
        (Force.IN_FORCE, CredentialStep.REVOKE): Force.REVOKED,
        (Force.IN_FORCE, CredentialStep.SUPERSEDE): Force.SUPERSEDED,
        (Force.SUSPENDED, CredentialStep.REINSTATE): Force.IN_FORCE,
        (Force.SUSPENDED, CredentialStep.REVOKE): Force.REVOKED,
    }
)
"""From which state which step leads where (Y21); a revocation is for good."""

_MACHINE: Final = Machine(
    "credential",
    Force.IN_FORCE,
    CREDENTIAL_STEPS,
    frozenset({CredentialStep.SUSPEND, CredentialStep.REINSTATE, CredentialStep.REVOKE}),
)


class CredentialState(Enum):
    """What is true of a credential at a moment; the value is the word for people."""

    NONE = "none"
    CERTIFIED = "certified"
    WINDOW_OPEN = "renewal window open"
    IN_GRACE = "in grace"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


_BY_DATE: Final = MappingProxyType(
    {
        Phase.VALID: CredentialState.CERTIFIED,
        Phase.WINDOW_OPEN: CredentialState.WINDOW_OPEN,
        Phase.IN_GRACE: CredentialState.IN_GRACE,
        Phase.EXPIRED: CredentialState.EXPIRED,
    }
)


@frozen
class Credential(Explained):
    """The dates granted, and the log of what people did with it since.

    Raises `TransitionError`, `ContradictionError` or `DefinitionError` for a log that cannot have been.
    """

    validity: Validity
    log: tuple[Logged[CredentialStep], ...] = ()
    force: Force = field(
        init=False, eq=False, repr=False, default=Factory(lambda self: _MACHINE.state(self.log), takes_self=True)
    )

    def __attrs_post_init__(self) -> None:
        if self.log and self.log[0].at < self.validity.since:
            earlier = self.log[0]
            begun = f"awarded at {written(self.validity.since)}"
            raise ContradictionError(
                "credential", begun, f"{leads_to(CREDENTIAL_STEPS, earlier.step)} at {written(earlier.at)}"
            )

    def after(self, step: Logged[CredentialStep]) -> Credential:
        """Return the credential with one more step; raises `TransitionError` for one that is not legal now."""
        return evolve(self, log=(*self.log, step))

    def states(self, now: datetime) -> tuple[CredentialState, ...]:
        """Return all that is true of it now: that it expired, what people did, or else where in its validity it is."""
        by_date = _BY_DATE[phase(self.validity, now)]
        if self.force is Force.IN_FORCE:
            return (by_date,)
        done = CredentialState(self.force.value)
        return (by_date, done) if by_date is CredentialState.EXPIRED else (done,)

    def honoured(self, now: datetime) -> bool:
        """Return whether it counts now: in force, and not expired; in grace it still does (Y7)."""
        return self.force is Force.IN_FORCE and phase(self.validity, now) is not Phase.EXPIRED

    def describe(self, now: datetime) -> Said:
        """Return the states in words, with since when, and with why where people did something."""
        words = all_together(map(say, self.states(now)))
        if self.force is not Force.IN_FORCE:
            last = self.log[-1]
            return because(CERTIFICATIONS.phrase("by_on", words, last.by, f"{last.at:%Y-%m-%d}"), last.why)
        until = self.validity.expires
        if until and phase(self.validity, now) is Phase.EXPIRED:
            return CERTIFICATIONS.phrase("on", words, f"{until:%Y-%m-%d}")
        return words

    def outline(self) -> Outline:
        """Return what people did with it, and its dates."""
        rows = [self.validity.outline(), *(each.outline() for each in self.log)]
        return Outline(CERTIFICATIONS.phrase("credential_axis"), say(self.force), children=rows)
