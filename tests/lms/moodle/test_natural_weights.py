# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Natural weights as a category states them."""

from gradecalc.lms.moodle import (
    Weighed,
    settle_weights,
)


def test_overridden_extra_credit_is_never_changed():
    """Overrides beyond all there is are scaled, none is below zero, and extra credit stays above it."""
    settled = settle_weights([Weighed(10, 2), Weighed(10, -1), Weighed(10, 3, extra_credit=True)])
    assert ((1, 0, 3), True) == (settled.weights, settled.adjusted)
    assert (0, 0) == settle_weights([Weighed(10, 0), Weighed(10, 0)]).weights
