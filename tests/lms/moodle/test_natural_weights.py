# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Natural weights as a category states them."""

from fractions import Fraction

from gradecalc.lms.moodle import (
    Weighed,
    settle_weights,
)


def test_overridden_extra_credit_is_never_changed():
    """Overrides beyond all there is are scaled, none is below zero, and extra credit stays above it."""
    settled = settle_weights([Weighed(10, 2), Weighed(10, -1), Weighed(10, 3, extra_credit=True)])
    assert ((1, 0, 3), True) == (settled.weights, settled.adjusted)
    assert (0, 0) == settle_weights([Weighed(10, 0), Weighed(10, 0)]).weights


def test_what_is_set_to_0_is_in_no_maximum():
    """The weight of extra credit is measured without what somebody has set to 0, or below it."""
    others = [Weighed(30), Weighed(70, 0), Weighed(20, -1)]
    assert (1, 0, 0, Fraction(1, 3)) == settle_weights([*others, Weighed(10, extra_credit=True)]).weights
