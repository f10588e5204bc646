# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Deadlines and lasting eligibility."""

import pickle
from datetime import UTC, datetime, timedelta, timezone

import pytest

from gradecalc import DefinitionError
from gradecalc.certificates.deadlines import (
    Deadline,
    Eligibility,
    Late,
    earn,
)
from gradecalc.transitions import ContradictionError
from gradecalc.verdicts import Verdict

AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
BEFORE, AFTER = AT - timedelta(seconds=1), AT + timedelta(seconds=1)
MET, NOT_MET, UNDETERMINED = Verdict.MET, Verdict.NOT_MET, Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("found", "now", "late", "expected", "codes"),
    [
        (MET, BEFORE, Late.FAILS, MET, ["met_in_time"]),
        (MET, AT, Late.FAILS, MET, ["met_in_time"]),
        (MET, AFTER, Late.FAILS, NOT_MET, ["met_too_late", "deadline_passed"]),
        (MET, AFTER, Late.COUNTS, MET, ["met_late_counts", "deadline_passed"]),
        (NOT_MET, BEFORE, Late.FAILS, UNDETERMINED, ["not_yet_met"]),
        (NOT_MET, AFTER, Late.FAILS, NOT_MET, ["unmet_in_time", "deadline_passed"]),
        (NOT_MET, AFTER, Late.COUNTS, NOT_MET, ["unmet_in_time", "deadline_passed"]),
        (UNDETERMINED, BEFORE, Late.FAILS, UNDETERMINED, ["not_yet_known"]),
        (UNDETERMINED, AFTER, Late.FAILS, NOT_MET, ["unknown_in_time", "deadline_passed"]),
        (UNDETERMINED, AFTER, Late.COUNTS, UNDETERMINED, ["not_yet_known", "deadline_passed"]),
    ],
)
def test_the_deadline_decides_what_is_unmet(found, now, late, expected, codes):
    """Before the deadline what is unmet is undetermined, after it failed, and what comes too late fails (Q1, Q2)."""
    decision = Deadline(AT, late).judge(found, now)
    assert expected is decision.verdict
    assert codes == [reason.code for reason in decision.reasons]
    assert expected.value == decision.outline().value


@pytest.mark.parametrize("found", Verdict)
def test_without_a_deadline_nothing_fails(found):
    """Without a deadline what is met is met and everything else can still be (Q2)."""
    assert (MET if found is MET else UNDETERMINED) is Deadline().judge(found, AFTER).verdict


def test_what_is_known_to_be_met_in_time_stays_met():
    """A requirement that is known to have been met before the deadline is met after it (Q2)."""
    decision = Deadline(AT).judge(MET, AFTER, met_at=BEFORE)
    assert (MET, ["met_in_time"]) == (decision.verdict, [reason.code for reason in decision.reasons])


def test_zones_are_moments():
    """A deadline is a moment, whatever zone it is written in (Q1)."""
    elsewhere = Deadline(AT.astimezone(timezone(timedelta(hours=9))))
    assert Deadline(AT) == elsewhere
    assert not elsewhere.passed(AT)


@pytest.mark.parametrize("now", [datetime(2026, 6, 30), "today", None])  # noqa: DTZ001 - the point
def test_a_moment_without_a_zone_is_refused(now):
    """Now is a moment with a time zone, or a clear error that says where it was missed."""
    with pytest.raises(DefinitionError) as caught:
        Deadline(AT).judge(MET, now)
    assert ["now"] == [problem.path for problem in caught.value.problems]


def test_a_deadline_without_a_zone_is_refused():
    """A deadline has a time zone."""
    with pytest.raises(DefinitionError) as caught:
        Deadline(datetime(2026, 6, 30))  # noqa: DTZ001 - the point
    assert ["deadline"] == [problem.path for problem in caught.value.problems]


def test_eligibility_is_earned_once():
    """Eligibility begins when the requirements are met, and what becomes of them later changes nothing (Q3)."""
    earned = earn(None, MET, AT, timedelta(days=365))
    assert Eligibility(AT, AT + timedelta(days=365)) == earned
    assert [earned] * 3 == [earn(earned, found, AFTER, timedelta(days=1)) for found in Verdict]


@pytest.mark.parametrize("found", [NOT_MET, UNDETERMINED])
def test_eligibility_needs_all_requirements(found):
    """Requirements that are not known to be met earn nothing (Q3)."""
    assert earn(None, found, AT) is None


def test_eligibility_ends():
    """Eligibility holds before its end and not at it; without an end it always holds (Q4)."""
    ending = Eligibility(BEFORE, AT)
    assert [True, False, False] == [ending.holds(now) for now in (BEFORE, AT, AFTER)]
    assert earn(None, MET, AT).holds(AFTER)


def test_eligibility_does_not_end_before_it_begins():
    """Eligibility whose end is not after its beginning is an error that names both."""
    with pytest.raises(ContradictionError) as caught:
        Eligibility(AT, AT)
    assert ("since 2026-06-30 12:00+00:00", "until 2026-06-30 12:00+00:00") == (
        caught.value.first,
        caught.value.second,
    )


def test_eligibility_ends_within_the_calendar():
    """An end beyond the calendar is a clear error."""
    with pytest.raises(DefinitionError) as caught:
        earn(None, MET, AT, timedelta(days=4_000_000))
    assert ["out_of_range"] == [problem.code for problem in caught.value.problems]


def test_decisions_are_values():
    """A decision equals, hashes and pickles by value, and prints itself."""
    decision = Deadline(AT).judge(MET, BEFORE)
    assert decision == pickle.loads(pickle.dumps(decision))  # noqa: S301 - our own
    assert hash(decision) == hash(Deadline(AT).judge(MET, BEFORE))
    assert "deadline: met; needs to be met by 2026-06-30 12:00+00:00; met in time" == str(decision)
    assert "met in time" in decision._repr_html_()
