# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Drop the lowest or keep the highest: the settings of a category as a drop rule.

>>> drop_rule(1, 2).lowest, drop_rule(0, 2).keep_highest
(1, 2)
"""

from __future__ import annotations

from ...gradebook.drops import DropRule, DropTies


def drop_rule(drop_low: int, keep_high: int) -> DropRule:
    """Return the rule of a category: the two exclude each other, and dropping goes first.

    Of equally low results the one with the larger maximum is dropped; of equally high ones the first is kept. All may
    go.
    """
    if drop_low:
        return DropRule(lowest=drop_low, ties=DropTies.LARGER_MAXIMUM, keep_at_least=0)
    return DropRule(keep_highest=keep_high, ties=DropTies.LAST, keep_at_least=0) if keep_high else DropRule()
