# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules Y1 and Y2: periods of the calendar."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from gradecalc import DefinitionError
from gradecalc.certifications.periods import Period, Unit


def at(text):
    """Return the moment that a text states in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "period", "after"),
    [
        ("2023-01-31 08:14", "1 month", "2023-02-28 08:14"),
        ("2024-02-29 08:14", "1 year", "2025-02-28 08:14"),
        ("2024-02-29 08:14", "4 years", "2028-02-29 08:14"),
        ("2023-12-25 08:14", "3 weeks", "2024-01-15 08:14"),
        ("2023-12-31 08:14", "12 months", "2024-12-31 08:14"),
        ("2024-02-28 08:14", "2 day", "2024-03-01 08:14"),
    ],
)
def test_periods_are_counted_on_the_calendar(moment, period, after):
    """Months and years keep the day where the month has it, and give its last day where not (Y2)."""
    assert at(after) == Period.parse(period).after(at(moment))


def test_the_time_of_day_stays_where_clocks_change():
    """A period over a change of clocks keeps the time of day of the zone (Y2)."""
    zone = ZoneInfo("Europe/Amsterdam")
    assert datetime(2026, 4, 1, 9, tzinfo=zone) == Period(1, Unit.MONTH).after(datetime(2026, 3, 1, 9, tzinfo=zone))
    assert datetime(2026, 3, 30, 9, tzinfo=zone) == Period(1, Unit.DAY).after(datetime(2026, 3, 29, 9, tzinfo=zone))


@pytest.mark.parametrize("text", ["", "1", "0 days", "-1 year", "1.5 years", "101 years", "40000 days", "١ year", None])
def test_what_is_no_period_is_refused(text):
    """A text that states no whole number of units, or over 100 years, is refused (Y1)."""
    with pytest.raises(DefinitionError):
        Period.parse(text)


def test_beyond_all_dates_is_an_error_of_its_own():
    """A date beyond the last one that there is, or before the first, is a typed error (Y1)."""
    for moment, sign in ((at("9999-12-31"), 1), (at("0001-01-01"), -1)):
        for unit in Unit:
            with pytest.raises(DefinitionError):
                Period(1, unit).after(moment, sign)
