# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Moments: a zone is asked for, all are brought to one, and they are written with their offset."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from attrs import field, frozen

from gradecalc import DefinitionError
from gradecalc.moments import has_zone, lacks_zone, since_epoch, utc, what_is_wrong, written

WEST, EAST = timezone(timedelta(hours=-12)), timezone(timedelta(hours=14))
LAST = datetime.max.replace(tzinfo=WEST)


@pytest.mark.parametrize(
    ("when", "code"),
    [("2026-05-04", "wrong_type"), (None, "wrong_type"), (datetime(2026, 5, 4), "naive_date"), (LAST, None)],  # noqa: DTZ001
)
def test_what_lacks_a_zone_is_told(when, code):
    """What is no datetime, or one without a zone, is told by its code; the farthest date has a zone (E16)."""
    wrong = lacks_zone(when)
    assert code == (wrong and wrong[0])


def test_a_moment_that_other_zones_cannot_tell_is_wrong():
    """A moment beyond the calendar of another zone cannot be brought to that zone (K5)."""
    assert ("out_of_range", "lies beyond the dates that there are") == what_is_wrong(LAST)
    with pytest.raises(DefinitionError):
        utc(LAST)


def test_the_farthest_dates_are_in_order():
    """Moments of all zones are in one order, the first and the last that can be written too (E16)."""
    first = datetime.min.replace(tzinfo=EAST)
    east, here = datetime(2026, 5, 4, 1, tzinfo=EAST), datetime(2026, 5, 4, tzinfo=UTC)
    assert [first, east, here, LAST] == sorted([LAST, here, east, first], key=since_epoch)


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (datetime(2026, 5, 4, 14, tzinfo=UTC), "2026-05-04 14:00+00:00"),
        (datetime(2026, 5, 4, 14, 0, 7, tzinfo=EAST), "2026-05-04 14:00:07+14:00"),
        (None, "never"),
    ],
)
def test_a_moment_is_written_with_its_offset(when, text):
    """A moment is written to the minute, or to the second where it is within a minute, with its offset."""
    assert text == written(when, "never")


def test_a_field_of_moments_asks_for_a_zone():
    """A field that has to have a zone refuses a date without one by its own name, and takes no moment at all."""

    @frozen
    class Lap:
        at: datetime | None = field(validator=has_zone)

    assert Lap(None).at is None
    with pytest.raises(DefinitionError) as caught:
        Lap(datetime(2026, 5, 4))  # noqa: DTZ001 - what is refused
    assert ["at"] == [problem.path for problem in caught.value.problems]
