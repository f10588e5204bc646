# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What must be satisfied before an exam: the requirements that come before it in the order of the course.

>>> from gradecalc.lms.openedx.credit.requirements import CreditRequirement
>>> asked = [CreditRequirement("exam", "first", order=1), CreditRequirement("exam", "second", order=2)]
>>> print(check_prerequisites({asked[0]: CreditStatus.FAILED, asked[1]: None}, "second"))
Prerequisites of second  failed
  exam first             failed
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum
from typing import Final

from attrs import frozen

from ....outline import Explained, Outline
from ....verdicts import Verdict
from ..credit.requirements import GRADE, CreditRequirement, CreditStatus
from .statuses import AttemptStatus


class PrerequisiteState(Enum):
    """How prerequisites stand, alone or together; of several the first one here is what the learner is told."""

    DECLINED = "declined"
    FAILED = "failed"
    PENDING = "pending"
    SATISFIED = "satisfied"


_STATES: Final[Mapping[CreditStatus | None, PrerequisiteState]] = {
    CreditStatus.SATISFIED: PrerequisiteState.SATISFIED,
    CreditStatus.FAILED: PrerequisiteState.FAILED,
    CreditStatus.DECLINED: PrerequisiteState.DECLINED,
}

_VERDICTS: Final[Mapping[PrerequisiteState, Verdict]] = {
    PrerequisiteState.SATISFIED: Verdict.MET,
    PrerequisiteState.PENDING: Verdict.UNDETERMINED,
}


@frozen
class Prerequisites(Explained):
    """The requirements before an exam, in order, each with how it stands."""

    exam: str | None
    judged: tuple[tuple[CreditRequirement, PrerequisiteState], ...]

    @property
    def state(self) -> PrerequisiteState:
        """How they stand together: declined before failed before pending (Q32)."""
        found = {state for _, state in self.judged}
        return next((state for state in PrerequisiteState if state in found), PrerequisiteState.SATISFIED)

    @property
    def verdict(self) -> Verdict:
        """Whether all are satisfied."""
        return _VERDICTS.get(self.state, Verdict.NOT_MET)

    @property
    def auto_status(self) -> AttemptStatus | None:
        """The status that the exam's attempt takes by itself: declined where one of them is (Q32)."""
        return AttemptStatus.DECLINED if self.state is PrerequisiteState.DECLINED else None

    def standing(self, state: PrerequisiteState) -> tuple[CreditRequirement, ...]:
        """Return those that stand so, in order."""
        return tuple(requirement for requirement, each in self.judged if each is state)

    def outline(self) -> Outline:
        """Return a row for each."""
        rows = (Outline(f"{each.namespace} {each.name}", state.value) for each, state in self.judged)
        return Outline(f"Prerequisites of {self.exam or 'anything'}", self.state.value, (), rows)


def check_prerequisites(
    statuses: Mapping[CreditRequirement, CreditStatus | None],
    exam: str | None = None,
    *,
    skipped: Collection[str] = (GRADE,),
) -> Prerequisites:
    """Return the requirements that come before the exam's own, without those of the skipped namespaces (Q31).

    Without an exam, or for one that is none of the requirements, all of them count.
    """
    ordered = sorted((each for each in statuses if each.active), key=lambda each: each.order)
    names = [each.name for each in ordered]
    before = ordered[: names.index(exam)] if exam in names else ordered
    counted = (each for each in before if each.namespace not in skipped)
    return Prerequisites(
        exam, tuple((each, _STATES.get(statuses[each], PrerequisiteState.PENDING)) for each in counted)
    )
