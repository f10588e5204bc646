# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules Y3 to Y9: the three methods, the dates granted, and where now lies in them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import DefinitionError
from gradecalc.certifications.periods import Period, Unit
from gradecalc.certifications.validity import (
    Ending,
    ExpiryMethod,
    Phase,
    Validity,
    ValidityRule,
    days_overdue,
    grant_validity,
    phase,
    validity_until,
)
from gradecalc.fields import find_problems
from gradecalc.transitions import ContradictionError


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


YEAR, MONTH = Period.parse("1 year"), Period.parse("1 month")
RULE = ValidityRule(lasts=YEAR, window=MONTH)
BY_EXPIRY = evolve(RULE, method=ExpiryMethod.EXPIRY)
FIXED = evolve(RULE, method=ExpiryMethod.FIXED, minimum=Period.parse("6 months"))
EXPIRY = at("2026-05-03 08:14")
OLD = validity_until(RULE, at("2025-05-03 08:14"), EXPIRY)


@pytest.mark.parametrize(
    ("rule", "completed", "previous", "due", "expires"),
    [
        (RULE, "2026-04-15 12:01", OLD, None, "2027-04-15 12:01"),
        (RULE, "2026-04-15 12:01", None, "2020-01-01 00:00", "2027-04-15 12:01"),
        (BY_EXPIRY, "2026-04-15 12:01", OLD, None, "2027-05-03 08:14"),
        (BY_EXPIRY, "2026-04-03 08:14", OLD, None, "2027-05-03 08:14"),
        (BY_EXPIRY, "2026-04-03 08:13", OLD, None, "2026-05-03 08:14"),
        (BY_EXPIRY, "2026-05-03 08:15", OLD, None, "2027-05-03 08:15"),
        (BY_EXPIRY, "2026-04-15 12:01", None, "2026-06-01 00:00", "2027-06-01 00:00"),
        (BY_EXPIRY, "2026-06-15 12:01", None, "2026-06-01 00:00", "2027-06-15 12:01"),
        (BY_EXPIRY, "2026-06-15 12:01", None, None, "2027-06-15 12:01"),
        (FIXED, "2026-04-19 08:14", OLD, "2020-01-01 00:00", "2027-05-03 08:14"),
        (FIXED, "2026-01-31 08:14", None, "2026-07-31 08:14", "2026-07-31 08:14"),
        (FIXED, "2026-01-31 08:14", None, "2026-07-31 08:13", "2027-07-31 08:13"),
        (FIXED, "2026-01-31 08:14", None, None, "2027-01-31 08:14"),
        (FIXED, "2026-01-31 08:14", None, "2036-09-30 08:14", "2026-09-30 08:14"),
        (FIXED, "2036-09-30 08:14", OLD, None, "2037-05-03 08:14"),
    ],
)
def test_the_three_methods(rule, completed, previous, due, expires):
    """The expiry is counted from the completion, from the old expiry, or on a fixed date (Y3, Y4, Y5)."""
    granted = grant_validity(rule, at(completed), previous=previous, due=at(due) if due else None)
    assert at(expires) == granted.expires
    assert MONTH.before(at(expires)) == granted.window_opens


def test_a_fixed_date_without_a_minimum_leaves_room_for_the_window():
    """Without a minimum a fixed date is at least the renewal window after the completion, and after it (Y5)."""
    rule = evolve(FIXED, minimum=None)
    due = at("2026-02-15 08:14")
    assert at("2027-02-15 08:14") == grant_validity(rule, at("2026-01-31 08:14"), due=due).expires
    assert due == grant_validity(evolve(rule, window=None), at("2026-01-31 08:14"), due=due).expires
    assert at("2027-02-15 08:14") == grant_validity(evolve(rule, window=None), due, due=due).expires


def test_fixed_dates_are_counted_from_where_they_begin():
    """A short month between does not cost the dates after it their days (Y2, Y5)."""
    rule = ValidityRule(lasts=MONTH, method=ExpiryMethod.FIXED)
    assert at("2026-03-31 09:00") == grant_validity(rule, at("2026-03-01 00:00"), due=at("2026-01-31 09:00")).expires


def test_the_window_that_was_granted_counts():
    """A rule that changes after the grant moves no date of it (Y6)."""
    wider = evolve(BY_EXPIRY, window=Period.parse("6 months"))
    completed = at("2026-02-15 12:01")
    assert OLD == grant_validity(wider, completed, previous=OLD)
    assert (
        at("2027-05-03 08:14")
        == grant_validity(wider, completed, previous=validity_until(wider, OLD.since, EXPIRY)).expires
    )


def test_without_a_length_it_never_expires():
    """A rule without a length grants a validity that never expires."""
    granted = grant_validity(ValidityRule(), EXPIRY, previous=OLD)
    assert Validity(since=EXPIRY) == granted
    assert (None, Phase.VALID) == (granted.last_day, phase(granted, EXPIRY + timedelta(days=99_999)))
    assert ["never"] == [row.value for row in granted.outline().children]
    assert at("2027-05-03 08:14") == grant_validity(BY_EXPIRY, EXPIRY, previous=granted).expires


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-04-03 08:13", Phase.VALID),
        ("2026-04-03 08:14", Phase.WINDOW_OPEN),
        ("2026-05-03 08:13", Phase.WINDOW_OPEN),
        ("2026-05-03 08:14", Phase.IN_GRACE),
        ("2026-05-17 08:13", Phase.IN_GRACE),
        ("2026-05-17 08:14", Phase.EXPIRED),
    ],
)
def test_a_date_belongs_to_what_begins_with_it(now, expected):
    """Window, grace and expiry begin with their dates (Y7)."""
    graced = validity_until(evolve(RULE, grace=Period.parse("2 weeks")), OLD.since, EXPIRY)
    assert expected is phase(graced, at(now))


def test_without_a_grace_it_expires_at_once():
    """Without a window and a grace a credential is valid, and then expired (Y7)."""
    bare = Validity(since=OLD.since, expires=EXPIRY)
    assert (Phase.VALID, Phase.EXPIRED) == (phase(bare, EXPIRY - timedelta.resolution), phase(bare, EXPIRY))


@pytest.mark.parametrize("completed", ["2023-02-12 00:00", "2023-02-12 23:59"])
def test_the_last_day_can_be_the_day_before(completed):
    """Twelve months from 12 February end with 11 February, whatever the time of day (Y8)."""
    rule = ValidityRule(lasts=Period.parse("12 months"), ending=Ending.DAY_BEFORE)
    granted = grant_validity(rule, at(completed))
    assert (date(2024, 2, 11), at("2024-02-12 00:00")) == (granted.last_day, granted.expires)
    assert date(2024, 2, 12) == grant_validity(evolve(rule, ending=Ending.SAME_TIME), at("2023-02-12 08:00")).last_day


def test_overdue_is_counted_in_days_of_the_calendar():
    """Work is overdue by the days of the calendar after the due day, in the zone of the due date (Y9)."""
    due = at("2023-02-15 00:00")
    assert [0, 0, 1, 5] == [days_overdue(due, due + timedelta(hours=hours)) for hours in (-48, 23, 24, 120)]
    there = datetime(2023, 2, 15, 23, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert 1 == days_overdue(there, at("2023-02-15 15:00"))


@pytest.mark.parametrize(
    "change",
    [
        {"lasts": None},
        {"window": Period.parse("2 years")},
        {"minimum": Period.parse("366 days")},
        {"method": "fixed"},
        {"lasts": "1 year"},
        {"lasts": Period(0, Unit.DAY)},
        {"lasts": Period(101, Unit.YEAR)},
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(change):
    """A rule with a problem grants nothing, and says which."""
    rule = evolve(RULE, **change)
    assert list(find_problems(rule, ""))
    with pytest.raises(DefinitionError):
        grant_validity(rule, EXPIRY)


@pytest.mark.parametrize(
    ("path", "ask"),
    [
        ("completed", lambda naive: grant_validity(RULE, naive)),
        ("due", lambda naive: grant_validity(RULE, EXPIRY, due=naive)),
        ("now", lambda naive: phase(OLD, naive)),
        ("now", lambda naive: days_overdue(EXPIRY, naive)),
        ("expires", lambda naive: validity_until(RULE, EXPIRY, naive)),
    ],
)
def test_dates_without_a_zone_are_refused(path, ask):
    """A date without a time zone is refused, and named."""
    with pytest.raises(DefinitionError) as caught:
        ask(EXPIRY.replace(tzinfo=None))
    assert [path] == [problem.path for problem in caught.value.problems]


@pytest.mark.parametrize(
    "change",
    [
        {"expires": None},
        {"since": at("2026-05-04")},
        {"window_opens": at("2026-05-04")},
        {"grace_ends": at("2026-05-01")},
    ],
)
def test_dates_out_of_order_contradict_each_other(change):
    """A validity whose dates are not in order is refused, and both are named (Y31)."""
    with pytest.raises(ContradictionError) as caught:
        evolve(OLD, **change)
    assert caught.value.first != caught.value.second


moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - with zones
lengths = st.builds(Period, st.integers(1, 40), st.sampled_from(Unit))


@given(lengths, lengths, moments, moments)
def test_a_fixed_date_is_the_first_that_is_late_enough(lasts, minimum, completed, due):
    """The period before a fixed date is not late enough after the completion, and the date itself is (Y5)."""
    if minimum.mean_days > lasts.mean_days:
        minimum = None
    rule = ValidityRule(lasts=lasts, method=ExpiryMethod.FIXED, minimum=minimum)
    expires = grant_validity(rule, completed, due=due).expires
    earliest = minimum.after(completed) if minimum else completed
    dates = [lasts.after(due, times) for times in around(lasts, due, expires)]
    assert expires == next(each for each in dates if each >= earliest and each > completed)


def around(lasts, due, expires):
    """Return numbers of periods from one well before the expiry to one after it."""
    middle = round((expires - due).days / float(lasts.mean_days))
    return range(middle - 6, middle + 7)


@given(st.sampled_from([RULE, BY_EXPIRY, FIXED]), moments, st.one_of(st.none(), moments), st.integers(0, 500))
def test_a_renewal_never_takes_validity_away(rule, completed, due, days):
    """A renewal never expires before it is earned, nor, by expiry and fixed date, before the first (Y4, Y5)."""
    first = grant_validity(rule, completed, due=due)
    again = grant_validity(rule, completed + timedelta(days=days), previous=first)
    assert first.expires <= again.expires or rule is RULE
    assert completed + timedelta(days=days) < again.expires
