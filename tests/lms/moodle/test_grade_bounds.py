# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Ranges of grades, and what becomes of a grade on the way from one to another."""

from fractions import Fraction

from gradecalc.lms.moodle import (
    Bounds,
    RangeSource,
    adjust_raw,
    adjust_scale,
    choose_bounds,
    deduct,
)


def test_a_raw_score_moves_to_the_items_range_first():
    """It is moved, multiplied, added to and clamped, in this order; a range upside down has no grade."""
    assert 100 == adjust_raw(40, Bounds(0, 50), Bounds(0, 100), multiplier=2, offset=5)
    assert 165 == adjust_raw(40, Bounds(0, 50), Bounds(0, 100), multiplier=2, offset=5, excess=10)
    assert 50 == adjust_raw(40, Bounds(0, 100), Bounds(0, 100), offset=10)
    assert adjust_raw(40, Bounds(0, 50), Bounds(9, 5)) is None
    assert 7 == adjust_raw(40, Bounds(0, 50), Bounds(7, 7))


def test_small_rules_of_ranges():
    """Scales are whole steps, penalties end at the least, and a formula's total may have its item's range."""
    assert [1, 2, 3, 3] == [adjust_scale(Fraction(value), 3) for value in ("0.2", "2.4", "2.5", "9")]
    assert 10 == deduct(30, 50, 10)
    now, then = Bounds(0, 10), Bounds(0, 20)
    assert now == choose_bounds(then, now, course=RangeSource.ITEM, total=True, calculated=True)
    assert then == choose_bounds(then, now, course=RangeSource.ITEM, total=True)
