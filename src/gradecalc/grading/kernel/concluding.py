# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a figure of a line goes through at its end, in expressions: rounding, and a cap."""

from __future__ import annotations

from fractions import Fraction

from ...rounding import Rounding, RoundingOf
from ..planned import PlannedLine
from .amounts import NOTHING, Amount, exactly, lesser, multiplied, quotient, scaled, total
from .expressions import Expression, Op


def settled(
    planned: PlannedLine, share: Amount, points: Amount | None, out_of: Amount, bonus: Amount
) -> tuple[Amount, Amount | None]:
    """Return a share, and its points if these are known, after rounding and cap."""
    if planned.rounding is not None:
        share, points = _rounded(planned.rounding, share, points, out_of)
    if not planned.capped:
        return share, points
    cap = planned.cap
    if cap is None:
        return lesser(share, exactly(1)), None if points is None else lesser(points, out_of)
    added = bonus if cap.with_bonus else NOTHING
    if cap.points is not None:
        limit = total([exactly(cap.points), multiplied(added, out_of)])
        points = lesser(multiplied(share, out_of) if points is None else points, limit)
        return quotient(points, out_of), points
    limit = total([exactly(1 if cap.percent is None else cap.percent / 100), added])
    return lesser(share, limit), None


def _rounded(rounding: Rounding, share: Amount, points: Amount | None, out_of: Amount) -> tuple[Amount, Amount | None]:
    if rounding.of is RoundingOf.PERCENT:
        return scaled(in_steps(rounding, scaled(share, 100)), Fraction(1, 100)), None
    points = in_steps(rounding, multiplied(share, out_of) if points is None else points)
    return quotient(points, out_of), points


def in_steps(rounding: Rounding, amount: Amount) -> Amount:
    """Return an amount in whole steps of a rounding."""
    above, below = amount.above, amount.below
    most = (above.most + 1) * 10 ** max(rounding.places, 0)
    step = Fraction(10) ** -rounding.places
    return scaled(Amount(Expression(Op.STEPS, (above, below), rounding, most)), step)
