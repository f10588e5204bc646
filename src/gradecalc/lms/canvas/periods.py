# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grading periods: which one an assignment falls in, by its due date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from attrs import field

from ...exact import Exact
from ...values import frozen
from ..documents import (
    AMOUNT,
    MOMENT,
    TRUTH,
    Document,
)
from ..records import enter, named, read_record
from .ids import ID


@frozen(kw_only=True)
class GradingPeriod:
    """A part of a course: after `start`, up to and with `end`; without a weight it weighs nothing."""

    id: str = field(metadata=named("id", ID))
    start: datetime = field(metadata=named("start_date", MOMENT))
    end: datetime = field(metadata=named("end_date", MOMENT))
    name: str = field(metadata=named("title"))
    weight: Exact = field(default=0, metadata=named("weight", AMOUNT))
    closed: bool = field(default=False, metadata=named("is_closed", TRUTH))

    @name.default
    def _numbered(self) -> str:
        return f"Grading period {self.id}"

    def holds(self, due: datetime) -> bool:
        """Return whether something due then falls in it, the seconds of the date aside."""
        return self.start < due.replace(second=0, microsecond=0) <= self.end


@frozen(kw_only=True)
class GradingPeriods:
    """The grading periods of a course, and whether the course is their weighted mean."""

    periods: tuple[GradingPeriod, ...] = ()
    weighted: bool = False

    def period_of(self, due: datetime | None) -> str:
        """Return the id of the period something falls in: without a due date the last, outside all an empty text."""
        if due is None:
            return max(self.periods, key=lambda period: period.end).id if self.periods else ""
        return next((period.id for period in self.periods if period.holds(due)), "")


def read_periods(document: Document) -> GradingPeriods:
    """Return the grading periods of a set or a list of them; whether they are weighted stands in the set."""
    listed = document.get("grading_periods") if isinstance(document.value, Mapping) else document
    found: dict[str, GradingPeriod] = {}
    for each in listed.records():
        period = read_record(GradingPeriod, each)
        if period:
            enter(found, period.id, period, each, "a grading period")
    return GradingPeriods(periods=tuple(found.values()), weighted=document.truth("weighted"))
