# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What random gradebooks and marks may have, so that what a plugin cannot represent is switched off."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Final

from attrs import field
from hypothesis import strategies as st

from ..gradebook.tree import Combining
from ..values import frozen
from .values import aggregations


@frozen(kw_only=True)
class Features:
    """What the gradebooks and marks drawn may have: everything, unless switched off."""

    aggregations: st.SearchStrategy[Combining] = field(factory=aggregations)
    """How branches combine their children."""

    bonus: bool = True
    """Bonus items and categories, where the aggregation takes them."""
    graded_by_bonus: bool = True
    """Branches that bonus alone can grade (`OnlyBonus.GRADED`)."""
    drops: bool = True
    """Drop rules."""
    rounding: bool = True
    """Rounding of results; how figures are shown varies always."""
    nested: bool = True
    """Categories, to a depth of 3."""
    best_of: bool = True
    """Branches by the best of several weightings, beside those by `aggregations`."""
    replacements: bool = True
    """Results that stand in for others'."""
    moved_weights: bool = True
    """Weights of missed work that move to a sibling."""
    kinds: bool = True
    """Items that take a pass, a symbol or a text."""
    uncounted: bool = True
    """Items and categories with `counts=False`; a text item counts anyway for nothing."""
    unweighted: bool = True
    """Children without a weight."""
    fixed_maxima: bool = True
    """Branches with `max_points`."""
    zero_maxima: bool = True
    """Items out of 0, and learners' own maxima of 0."""
    own_maxima: bool = True
    """Marks with a maximum of the learner's own."""
    floors: bool = True
    """Items with `min_points`."""
    branch_floors: bool = True
    """Categories and gradebooks with `min_points`."""
    excess: bool = True
    """Points above the maximum, and items and branches that `can_exceed`."""
    caps: bool = True
    """Caps that are not at the own maximum."""
    negative: bool = True
    """Points below 0."""
    ungraded: bool = True
    """Items without a mark."""
    exempt: bool = True
    """Exempt items and categories."""
    kept_weights: bool = True
    """Categories that keep their weight where all in them is exempt."""
    hurdles: bool = True
    """Consequences for the final of a missed pass mark."""
    symbols: bool = True
    """Symbols that are set by hand, also in the place of a score."""
    overrides: bool = True
    """Numbers recorded for a category or for the final grade."""


EVERYTHING: Final = Features()


@cache
def maxima(features: Features) -> st.SearchStrategy[Fraction]:
    """Return maxima of items, 0 among them unless that is switched off."""
    usual = [Fraction(10), Fraction(4), Fraction(20), Fraction(100), Fraction(1), Fraction(5, 2), Fraction(20, 3)]
    return st.sampled_from([*usual, *[Fraction(0)] * features.zero_maxima])
