# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How large the numbers of a register can become, proven from those of the registers that it is made of.

A mark is read only up to a bound, and every step is a sum or a product, so the proof is one line for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

from ...exact import Exact
from ...rounding import Rounding
from .program import Limit, Sum, Term, Width

WIDEST = 2**2048
"""A pair that could be wider than this is left to the exact engine, which reduces at each level."""

MOST_TIMES = 16
"""A mark is read by the kernel up to so many times its maximum."""


def of_mark(full: int) -> Width:
    """Return the width of a mark that is out of `full`, at the scale of the program."""
    return Width(MOST_TIMES * full, full)


def of_sum(step: Sum, widths: Mapping[int, Width]) -> Width:
    """Return the width of a sum: what varies multiplies both numbers, and a share of the whole does so once more."""
    every = [*step.terms, *step.ranked]
    varying = prod(widths[term.register].possible for term in every if term.varies)
    reached = _reached(every, widths) * varying + _reached(step.bonuses, widths) * varying
    counted = max(sum(_cost(term, widths) for term in every), step.full)
    if step.of_whole:
        reached = reached * step.full + _reached(step.of_whole, widths) * varying * counted
    return Width(reached, counted * varying * (step.full if step.of_whole else 1))


def of_limit(width: Width, step: Limit) -> Width:
    """Return the width of what is limited: to what is possible, or to a part of it that stands in its place."""
    most = width.possible * step.unit
    return Width(max(width.reached, most, step.over), max(most, step.under))


def of_rounding(width: Width, rounding: Rounding, out_of: Exact) -> Width:
    """Return the width of what is rounded: whole steps, of which the last may be one more than was reached."""
    step = 100 * 10 ** abs(rounding.places) * out_of.numerator * out_of.denominator
    return Width((width.reached + 1) * step, max(width.possible, step))


def _reached(terms: Sequence[Term], widths: Mapping[int, Width]) -> int:
    return sum(term.gain * widths[term.register].reached for term in terms)


def _cost(term: Term, widths: Mapping[int, Width]) -> int:
    return widths[term.register].possible if term.cost is None else term.cost
