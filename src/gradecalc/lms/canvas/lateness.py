# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Canvas's late policy: which work it applies to, and its settings read as a `LatePolicy`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import Final

from attrs import evolve

from ...exact import Exact
from ...gradebook.late_policy import (
    Adjusted,
    Adjustment,
    Interval,
    LatePolicy,
    deduct,
    fill_missing,
)
from ...rounding import Rounding, RoundingOf
from ...values import frozen
from ..documents import Document
from .calculators import TWO_PLACES
from .entry import GradingType

_DEDUCTED: Final = frozenset({GradingType.POINTS, GradingType.PERCENT, GradingType.LETTER_GRADE, GradingType.GPA_SCALE})
_INTERVALS: Final[Mapping[str, Interval]] = {"hour": Interval.HOUR, "day": Interval.DAY}
_WHOLE: Final = 100


class LateStatus(Enum):
    """The status that somebody set by hand; the last two take a penalty back."""

    LATE = "late"
    MISSING = "missing"
    EXTENDED = "extended"
    NONE = "none"


class LeftAlone(Enum):
    """Why a late policy leaves a piece of work as it is."""

    EXCUSED = "excused"
    CUSTOM_STATUS = "it has a status of the school's own, and so is neither late nor missing"
    CLOSED = "its grading period is closed"
    OUTDATED = "the grade is older than the submission"
    WAIVED = "the deduction is waived by hand"
    NOTHING_TO_SUBMIT = "it is work without a submission, and nobody set its status"


LATE_STATUSES: Final[Mapping[str, LateStatus]] = {status.value: status for status in LateStatus}
_WAIVED: Final = frozenset({LateStatus.EXTENDED, LateStatus.NONE})


@frozen(kw_only=True)
class Lateness:
    """What a late policy looks at: the points as entered, out of what (None: 0), how late, and what stands in its way.

    `status` is what somebody set by hand, and a `custom_status` one of the school's own. Work that `expects_submission`
    is not handed in on paper; a period that is `closed`, and a grade `outdated` by a new submission, are left as they
    are.
    """

    points: Exact | None
    out_of: Exact | None
    seconds_late: Exact = 0
    status: LateStatus | None = None
    missing: bool = False
    excused: bool = False
    custom_status: bool = False
    grading_type: GradingType = GradingType.POINTS
    expects_submission: bool = True
    closed: bool = False
    outdated: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether the work counts as missing: by hand, or else because nobody handed it in."""
        return self.status is LateStatus.MISSING or (self.missing and self.status is None)

    @property
    def left_alone(self) -> tuple[LeftAlone, ...]:
        """Every reason for which the policy leaves this work alone."""
        holds = {
            LeftAlone.EXCUSED: self.excused,
            LeftAlone.CUSTOM_STATUS: self.custom_status,
            LeftAlone.CLOSED: self.closed,
            LeftAlone.OUTDATED: self.outdated and self.points is not None,
            LeftAlone.WAIVED: self.status in _WAIVED,
            LeftAlone.NOTHING_TO_SUBMIT: not self.expects_submission and self.status is None,
        }
        return tuple(reason for reason, is_so in holds.items() if is_so)


def adjust(policy: LatePolicy | None, work: Lateness) -> Adjusted:
    """Return the points of a piece of work after the policy of its course, if it has one."""
    if policy is None or work.left_alone:
        points = None if work.points is None else Fraction(work.points)
        return Adjusted(points, reasons=work.left_alone or (Adjustment.NO_POLICY,))
    if work.is_missing:
        return fill_missing(_for_missing(policy, work.grading_type), work.points, work.out_of or 0)
    return deduct(_for_late(policy, work.grading_type), work.points, work.out_of or 0, work.seconds_late)


def read_late_policy(document: Document) -> LatePolicy:
    """Return the late policy of a document; each setting counts where it is enabled, to two places."""
    inner = document.get("late_policy")
    found = document if inner.value is None else inner
    return LatePolicy(
        deduction=_setting(found, "late_submission_deduction"),
        interval=found.choice("late_submission_interval", _INTERVALS, Interval.DAY),
        minimum=_setting(found, "late_submission_minimum_percent") or Fraction(0),
        missing=_setting(found, "missing_submission_deduction"),
        round_deduction=Rounding(2, of=RoundingOf.POINTS),
    )


def _setting(document: Document, name: str) -> Fraction | None:
    if not document.truth(f"{name}_enabled"):
        return None
    percent = document.amount(name) or 0
    if percent > _WHOLE:
        document.get(name).report("wrong_value", f"{name} is above 100 percent; it is read as 100")
    return Fraction(TWO_PLACES.apply(min(percent, _WHOLE)))


def _for_missing(policy: LatePolicy, grading_type: GradingType) -> LatePolicy:
    fails = grading_type is GradingType.PASS_FAIL and policy.missing is not None
    return evolve(policy, missing=_WHOLE) if fails else policy


def _for_late(policy: LatePolicy, grading_type: GradingType) -> LatePolicy:
    return policy if grading_type in _DEDUCTED else evolve(policy, deduction=None)
