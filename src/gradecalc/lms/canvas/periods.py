# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grading periods: which one an assignment falls in, by its due date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from attrs import frozen

from ...exact import Exact, describe
from ..documents import Document
from .ids import read_id


@frozen(kw_only=True)
class GradingPeriod:
    """A part of a course: after `start`, up to and with `end`; without a weight it weighs nothing."""

    id: str
    name: str
    start: datetime
    end: datetime
    weight: Exact = 0
    closed: bool = False

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
        id_, start, end = read_id(each, "id"), read_time(each, "start_date"), read_time(each, "end_date")
        if start is None or end is None:
            each.report("missing", "a grading period needs a start_date and an end_date; it is not read")
        elif id_ in found:
            each.report("duplicate_id", f"there is a grading period {id_} already; this one is not read")
        elif id_:
            name, weight = each.text("title") or f"Grading period {id_}", each.amount("weight") or 0
            closed = each.truth("is_closed")
            found[id_] = GradingPeriod(id=id_, name=name, start=start, end=end, weight=weight, closed=closed)
    return GradingPeriods(periods=tuple(found.values()), weighted=document.truth("weighted"))


def read_time(document: Document, name: str) -> datetime | None:
    """Return the moment in a field, None where there is none; one without a time zone is none."""
    found: Any = document.get(name)
    if found.value is None:
        return None
    try:
        moment = datetime.fromisoformat(document.text(name)) if isinstance(found.value, str) else None
        if moment is not None and moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    found.report("wrong_value", f"{name} is {describe(found.value)}; it must be a date and time with its zone")
    return None
