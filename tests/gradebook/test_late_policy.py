# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Late and missing work: points in, adjusted points out, and every reason."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import DefinitionError
from gradecalc.exact import NumberError
from gradecalc.gradebook.late_policy import (
    Adjusted,
    Adjustment,
    AfterGrace,
    DeductionOf,
    Interval,
    LateBand,
    LatePolicy,
    begun,
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


@pytest.mark.parametrize(("score", "left"), [("7.774", "0.004"), ("7.776", 0), ("-1", -1)])
def test_all_of_a_score_is_rounded_like_any_other_deduction(score, left):
    """What lateness can take is limited by 0 before it is rounded, and once more after (H4, H9)."""
    policy = LatePolicy(deduction=100, round_deduction=Rounding(2, of=RoundingOf.POINTS))
    assert Fraction(left) == deduct(policy, Decimal(score), 10, 1).points


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


def test_a_share_of_what_was_earned():
    """A tenth of what was earned is 8 of 80 points, whatever it is out of, and nothing of a negative score (H10)."""
    policy = LatePolicy(deduction=10, of=DeductionOf.EARNED)
    assert Fraction(72) == deduct(policy, 80, 200, 1).points
    assert Fraction(64) == deduct(policy, 80, 200, DAY + 1).points
    assert Fraction(-5) == deduct(policy, -5, 200, 1).points


def test_flat_points():
    """Two points an hour take 6 of any score in three hours, and no more than there is (H4, H10)."""
    policy = LatePolicy(points=2, interval=Interval.HOUR)
    assert Fraction(34) == deduct(policy, 40, 50, 3 * 3600).points
    assert Adjusted(Fraction(0), Fraction(5), (Adjustment.LATE, Adjustment.NOT_BELOW_ZERO)) == deduct(
        policy, 5, 50, 3 * 3600
    )


@pytest.mark.parametrize(("days", "expected"), [("0.5", 90), (1, 90), ("1.1", 75), (3, 75), ("3.1", 50), (99, 50)])
def test_the_band_that_reaches_as_far_is_the_whole_deduction(days, expected):
    """Up to one day, three days and beyond have a deduction each, the end of a band included (H11)."""
    bands = [LateBand(until=1, deduction=10), LateBand(until=3, deduction=25), LateBand(deduction=50)]
    assert expected == deduct(LatePolicy(bands=bands), 100, 100, Fraction(days) * DAY).points


def test_beyond_every_band_the_last_one_holds():
    """Bands that end do not make later work worthless; only a limit of what is accepted does (H11, H14)."""
    bands = [LateBand(until=1, points=3)]
    assert Fraction(7) == deduct(LatePolicy(bands=bands), 10, 10, 5 * DAY).points
    assert Fraction(0) == deduct(LatePolicy(bands=bands, accepted=4), 10, 10, 5 * DAY).points


def test_bands_must_not_reward_waiting():
    """A band that takes less than the one before, reaches no further or measures otherwise is refused (H12)."""
    wrong = [
        [LateBand(until=1, deduction=20), LateBand(until=2, deduction=10)],
        [LateBand(until=2, deduction=10), LateBand(until=2, deduction=20)],
        [LateBand(deduction=10), LateBand(until=2, deduction=20)],
        [LateBand(until=1, deduction=10), LateBand(points=20)],
    ]
    for bands in wrong:
        with pytest.raises(DefinitionError) as caught:
            deduct(LatePolicy(bands=bands), 10, 10, 1)
        assert {"unordered"} == {problem.code for problem in caught.value.problems}


def test_a_policy_states_one_deduction():
    """A deduction beside points or bands, and a band with both or neither, are refused (H12)."""
    for policy in (
        LatePolicy(deduction=10, points=2),
        LatePolicy(deduction=10, bands=[LateBand(deduction=10)]),
        LatePolicy(bands=[LateBand(until=1)]),
        LatePolicy(bands=[LateBand(deduction=1, points=1)]),
    ):
        with pytest.raises(DefinitionError) as caught:
            deduct(policy, 10, 10, 1)
        assert ["contradiction"] == [problem.code for problem in caught.value.problems]


def test_grace():
    """Within the grace nothing is lost; after it all the lateness counts, or what is beyond it (H13)."""
    strict = LatePolicy(points=1, interval=Interval.HOUR, grace=3600)
    mild = LatePolicy(points=1, interval=Interval.HOUR, grace=3600, after_grace=AfterGrace.FROM_GRACE)
    assert Adjusted(Fraction(9), reasons=(Adjustment.GRACE,)) == deduct(strict, 9, 10, 3600)
    assert Fraction(7) == deduct(strict, 9, 10, 3601).points
    assert Fraction(8) == deduct(mild, 9, 10, 3601).points
    assert (0, 2, 1) == (begun(strict, 3600), begun(strict, 3601), begun(mild, 3601))


def test_what_is_not_accepted_is_worth_nothing():
    """Later than three days it is 0 whatever the minimum and the bank say, and a negative score stays (H14)."""
    policy = LatePolicy(deduction=10, accepted=3, minimum=50)
    assert Fraction(70) == deduct(policy, 100, 100, 3 * DAY).points
    assert Adjusted(Fraction(0), Fraction(100), (Adjustment.NOT_ACCEPTED,)) == deduct(
        policy, 100, 100, 3 * DAY + 1, covered=9
    )
    assert Fraction(-1) == deduct(policy, -1, 100, 4 * DAY).points
    assert 0 == begun(policy, 4 * DAY)


def test_a_maximum_limits_what_lateness_takes():
    """Ten percent a day and no more than 30 take 30 in a week: of the points possible, or of those earned (H15)."""
    possible = LatePolicy(deduction=10, maximum=30)
    earned = LatePolicy(deduction=10, maximum=30, of=DeductionOf.EARNED)
    flat = LatePolicy(points=10, maximum=30)
    assert Adjusted(Fraction(20), Fraction(60), (Adjustment.LATE, Adjustment.MAXIMUM)) == deduct(
        possible, 80, 200, 7 * DAY
    )
    assert Fraction(56) == deduct(earned, 80, 200, 7 * DAY).points
    assert Fraction(20) == deduct(flat, 80, 200, 7 * DAY).points


def test_covered_lateness_costs_nothing():
    """Of three days late two that are covered leave one day's deduction, and three leave none (H16)."""
    assert Adjusted(Fraction(70), Fraction(10), (Adjustment.PARTLY_COVERED, Adjustment.LATE)) == deduct(
        TEN_A_DAY, 80, 100, 3 * DAY, covered=2
    )
    assert Adjusted(Fraction(80), reasons=(Adjustment.COVERED,)) == deduct(TEN_A_DAY, 80, 100, 3 * DAY, covered=3)


def test_lateness_is_a_time_or_seconds():
    """A day and a microsecond is more than a day, exactly (H2)."""
    assert Fraction(70) == deduct(TEN_A_DAY, 80, 100, timedelta(days=1)).points
    assert Fraction(60) == deduct(TEN_A_DAY, 80, 100, timedelta(days=1, microseconds=1)).points


banded = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 100)), max_size=3).map(
    lambda pairs: [
        LateBand(until=until, deduction=deduction)
        for until, deduction in zip(
            sorted({until for until, _ in pairs}), sorted(each for _, each in pairs), strict=False
        )
    ]
)
rich_policies = st.builds(
    LatePolicy,
    bands=banded.filter(bool),
    of=st.sampled_from(DeductionOf),
    minimum=st.integers(0, 100),
    maximum=st.none() | st.integers(0, 100),
    grace=st.sampled_from((0, 900, DAY, 2 * DAY)),
    after_grace=st.sampled_from(AfterGrace),
    accepted=st.none() | st.integers(0, 9),
    round_deduction=st.sampled_from((None, Rounding(0, of=RoundingOf.POINTS))),
) | st.builds(
    LatePolicy,
    points=st.integers(0, 9),
    interval=st.sampled_from(Interval),
    maximum=st.none() | st.integers(0, 100),
    grace=st.sampled_from((0, 900, DAY)),
    accepted=st.none() | st.integers(0, 9),
)


@given(
    rich_policies, amounts, st.integers(1, 200), st.integers(0, 12 * DAY), st.integers(0, 5 * DAY), st.integers(0, 3)
)
def test_later_is_never_better_under_any_policy(policy, points, out_of, seconds, later, covered):
    """Whatever the policy, later work has no more points, no less covered (H10 to H16)."""
    early = deduct(policy, points, out_of, seconds, covered=covered)
    late = deduct(policy, points, out_of, seconds + later, covered=covered)
    assert late.points <= early.points <= points
    assert deduct(policy, points, out_of, seconds).points <= early.points
