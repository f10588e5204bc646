# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What must be satisfied before an exam: the requirements that come before it in the order of the course.

>>> from gradecalc.lms.openedx.credit.requirements import CreditRequirement
>>> asked = [CreditRequirement("exam", "first", order=1), CreditRequirement("exam", "second", order=2)]
>>> print(check_prerequisites({asked[0]: CreditStatus.FAILED, asked[1]: None}, "second"))
prerequisites of second  not met  failed
  exam first             not met  needs satisfied; failed
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from attrs import evolve

from ....decisions import Decision, join
from ....reasons import ReasonTexts, Said
from ....verdicts import Verdict
from ..credit.requirements import GRADE, CreditRequirement, CreditStatus
from .statuses import AttemptStatus

STATES: Final = ("declined", "failed", "pending", "satisfied")
"""How prerequisites stand, alone or together, as the codes of what was found; of several the first here is told."""

PREREQUISITES: Final = ReasonTexts(
    "prerequisites",
    {**{state: state for state in STATES}, "all": "prerequisites of anything", "of": "prerequisites of {0}"},
)
"""How prerequisites stand, in words."""

_DECLINED, _, _PENDING, _SATISFIED = STATES


def check_prerequisites(
    statuses: Mapping[CreditRequirement, CreditStatus | None],
    exam: str | None = None,
    *,
    skipped: Collection[str] = (GRADE,),
) -> Decision:
    """Return whether all that comes before the exam's own requirement is satisfied (Q31, Q32).

    Requirements of the skipped namespaces do not count. Without an exam, or for one that is not required, all
    the others do.
    """
    ordered = sorted((each for each in statuses if each.active), key=lambda each: each.order)
    names = [each.name for each in ordered]
    before = ordered[: names.index(exam)] if exam in names else ordered
    children = [_decision(each, statuses[each]) for each in before if each.namespace not in skipped]
    state = min((each.code for each in children), key=STATES.index, default=_SATISFIED)
    return evolve(join(_of(exam), children), found=PREREQUISITES.reason(state))


def automatic_status(prerequisites: Decision) -> AttemptStatus | None:
    """Return the status that the exam's attempt takes by itself: declined where a prerequisite is (Q32)."""
    return AttemptStatus.DECLINED if prerequisites.code == _DECLINED else None


def _of(exam: str | None) -> Said:
    return PREREQUISITES.phrase("of", exam) if exam else PREREQUISITES.phrase("all")


def _decision(requirement: CreditRequirement, status: CreditStatus | None) -> Decision:
    state = status.value if status and status.value in STATES else _PENDING
    label = f"{requirement.namespace} {requirement.name}".replace("_", " ")
    verdict = status.verdict if status else Verdict.UNDETERMINED
    return Decision(label, verdict, needed=PREREQUISITES.phrase(_SATISFIED), found=PREREQUISITES.reason(state))
