# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Late and missing work: points in, adjusted points out, and every reason."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import DefinitionError
from gradecalc.exact import NumberError
from gradecalc.gradebook.late_policy import (
    Adjusted,
    Adjustment,
    Interval,
    LatePolicy,
    deduct,
    fill_missing,
)
from gradecalc.rounding import Rounding, RoundingOf

DAY = 86_400
TEN_A_DAY = LatePolicy(deduction=10)
amounts = st.fractions(min_value=-50, max_value=200, max_denominator=100)
policies = st.builds(
    LatePolicy,
    deduction=st.integers(0, 100),
    interval=st.sampled_from(Interval),
    minimum=st.integers(0, 100),
    missing=st.none() | st.integers(0, 100),
)


@pytest.mark.parametrize(
    ("seconds", "expected"), [(1, 70), (DAY, 70), (DAY + 1, 60), (7 * DAY, 10), (8 * DAY, 0), (99 * DAY, 0)]
)
def test_each_interval_begun_costs(seconds, expected):
    """Each day begun costs ten percent of the points possible, down to 0 (H2, H4)."""
    assert expected == deduct(TEN_A_DAY, 80, 100, seconds).points


def test_deduction_is_of_the_points_possible():
    """Ten percent of a maximum of 20 is 2 points, whatever the score (H2)."""
    assert Adjusted(Fraction(3), Fraction(2), (Adjustment.LATE,)) == deduct(TEN_A_DAY, 5, 20, 60)


def test_hours_are_intervals_too():
    """One percent an hour takes 0.6 of 10 points in six hours (H2)."""
    policy = LatePolicy(deduction=1, interval=Interval.HOUR)
    assert Fraction("9.4") == deduct(policy, 10, 10, 6 * 3600).points


def test_lateness_stops_at_the_minimum():
    """A score above the minimum falls to it at the most, and the reason is told (H3)."""
    policy = LatePolicy(deduction=10, minimum=30)
    assert Adjusted(Fraction(30), Fraction(50), (Adjustment.LATE, Adjustment.MINIMUM)) == deduct(
        policy, 80, 100, 7 * DAY
    )
    assert Adjusted(Fraction(30), reasons=(Adjustment.BELOW_MINIMUM,)) == deduct(policy, 30, 100, DAY)
    assert Adjusted(Fraction(20), reasons=(Adjustment.BELOW_MINIMUM,)) == deduct(policy, 20, 100, DAY)


def test_deduction_may_be_rounded():
    """A third of a percent of 100 points is 0.33 points where the policy rounds, and exact elsewhere (H9)."""
    exact = LatePolicy(deduction=Fraction(1, 3))
    rounded = LatePolicy(deduction=Fraction(1, 3), round_deduction=Rounding(2, of=RoundingOf.POINTS))
    assert Fraction(1, 3) == deduct(exact, 80, 100, 1).deducted
    assert Fraction("0.33") == deduct(rounded, 80, 100, 1).deducted


def test_every_reason_is_told():
    """Work in time without a score, out of 0, under no policy, has four reasons to stay as it is (H5, H8)."""
    reasons = (Adjustment.NO_POLICY, Adjustment.NO_SCORE, Adjustment.OUT_OF_ZERO, Adjustment.IN_TIME)
    assert Adjusted(None, reasons=reasons) == deduct(LatePolicy(), None, 0, 0)


def test_missing_work_is_filled_in():
    """Missing work gets the points possible less the missing deduction, unless it has a score (H6, H7, H8)."""
    policy = LatePolicy(missing=60)
    assert Adjusted(Fraction(8), reasons=(Adjustment.MISSING,)) == fill_missing(policy, None, 20)
    assert Adjusted(Fraction(3), reasons=(Adjustment.HAS_SCORE,)) == fill_missing(policy, 3, 20)
    assert Adjusted(None, reasons=(Adjustment.NO_POLICY,)) == fill_missing(TEN_A_DAY, None, 20)


def test_a_wrong_policy_says_everything_that_is_wrong():
    """All that is wrong in a policy is reported at once, and before anything is worked out."""
    with pytest.raises(DefinitionError) as caught:
        deduct(LatePolicy(deduction=101, minimum="thirty", interval="day"), 80, 100, 1)
    assert {"late_policy.deduction", "late_policy.minimum", "late_policy.interval"} == {
        problem.path for problem in caught.value.problems
    }


def test_what_is_no_number_is_refused():
    """Points that are no number are a typed error."""
    with pytest.raises(NumberError):
        deduct(TEN_A_DAY, "80", 100, 1)


def test_the_outcome_explains_itself():
    """An adjusted score is an outline: the points, what was taken, and why."""
    adjusted = deduct(LatePolicy(deduction=10, minimum=75), 80, 100, DAY)
    took, *why = adjusted.outline().notes
    assert ("75", "5 points deducted") == (adjusted.outline().value, took)
    assert [reason.value for reason in adjusted.reasons] == why
    assert str(adjusted) == adjusted.outline().text()
    assert adjusted.outline().html() == adjusted._repr_html_()
    assert "–" == fill_missing(TEN_A_DAY, None, 20).outline().value


@given(policies, amounts, st.integers(0, 200), st.integers(-DAY, 50 * DAY))
def test_lateness_never_gains(policy, points, out_of, seconds):
    """Lateness adds nothing, takes no score below the lesser of itself and 0, and accounts for every point (H4)."""
    adjusted = deduct(policy, points, out_of, seconds)
    assert min(points, 0) <= adjusted.points <= points
    assert points == adjusted.points + adjusted.deducted


@given(policies, amounts, st.integers(1, 200), st.integers(0, 50 * DAY), st.integers(0, 5 * DAY))
def test_later_is_never_better(policy, points, out_of, seconds, later):
    """Whoever hands in later has no more points (H2)."""
    assert deduct(policy, points, out_of, seconds + later).points <= deduct(policy, points, out_of, seconds).points


@given(policies, st.integers(0, 200))
def test_missing_work_is_worth_a_part(policy, out_of):
    """What missing work gets is between nothing and the points possible (H6)."""
    filled = fill_missing(policy, None, out_of).points
    assert filled is None or 0 <= filled <= out_of
