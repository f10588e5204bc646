# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Moments and their time zones: checked, brought to one zone, and written, in one place.

>>> written(utc(datetime.fromisoformat("2026-05-04 14:00+02:00")))
'2026-05-04 12:00+00:00'
>>> what_is_wrong(datetime(2026, 5, 4))
('naive_date', 'is 2026-05-04 00:00:00 without a zone; give it one, such as tzinfo=UTC')

A moment without a zone is somebody's guess, so it is refused wherever one is due. What is written has the offset.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from attrs import Attribute

from .errors import DefinitionError, Problem
from .exact import describe

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def lacks_zone(when: object) -> tuple[str, str] | None:
    """Return the code and the words for what keeps this from being a datetime with a zone, or None (E16)."""
    if not isinstance(when, datetime):
        return "wrong_type", f"is {describe(when)}; it must be a datetime with a zone"
    if when.utcoffset() is None:
        return "naive_date", f"is {when.isoformat(' ')} without a zone; give it one, such as tzinfo=UTC"
    return None


def what_is_wrong(when: object) -> tuple[str, str] | None:
    """Return the code and the words for what keeps this from being a moment that every zone can tell, or None (K5)."""
    wrong = lacks_zone(when)
    if wrong is None and isinstance(when, datetime):
        try:
            when.astimezone(UTC)
        except OverflowError:
            return "out_of_range", "lies beyond the dates that there are"
    return wrong


def since_epoch(when: datetime) -> timedelta:
    """Return when a date with a zone is, as a figure that orders the moments of all zones, the farthest ones too."""
    return when - _EPOCH


def utc(when: datetime, path: str = "now") -> datetime:
    """Return the moment in UTC; raises `DefinitionError` for what is not a datetime with a time zone."""
    _refuse(when, path)
    return when.astimezone(UTC)


def has_zone(_: object, attribute: Attribute[Any], when: datetime | None) -> None:
    """Check, as a validator of a field, that a moment has a zone; None is for a field whose type has it."""
    if when is not None or "None" not in str(attribute.type):
        _refuse(when, attribute.name)


def written(when: datetime | None, none: str = "") -> str:
    """Return a moment with its offset, to the minute unless it is within one; `none` stands for no moment."""
    if when is None:
        return none
    return when.isoformat(" ", "auto" if when.second or when.microsecond else "minutes")


def _refuse(when: object, path: str) -> None:
    wrong = what_is_wrong(when)
    if wrong:
        raise DefinitionError([Problem(wrong[0], path, wrong[1])])
