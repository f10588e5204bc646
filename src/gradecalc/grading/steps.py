# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The steps from a mark or a sum to the points of a line: floor, rounding and cap, in this order (R5).

Each tells what it changed, by the code of a reason and its arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..exact import Exact, exceeds, ratio
from ..marks import Reading
from ..reasons import Note
from ..rounding import Rounding, RoundingOf
from .planned import PlannedItem, PlannedLine

Tell = Callable[..., None]
"""Notes a reason at a line: its code and its arguments."""


def circumstances(reading: Reading) -> Iterator[Note]:
    """Yield what is said of a mark beside its number."""
    if reading.by is not None:
        yield "set_by", reading.by
    if reading.note:
        yield "noted", reading.note
    for kind, *figures in reading.changes:
        yield (kind.value, *figures)


def enter(item: PlannedItem, points: Exact, out_of: Exact, tell: Tell) -> Exact:
    """Return what a mark on an item comes to."""
    points = raise_line(item.line, item.min_points, points, tell)
    if item.rounding is not None:
        points = round_line(item, item.rounding, points, out_of, tell)
    return cap_line(item, points, out_of, tell) if item.capped else points


def raise_line(line: int, least: Exact | None, points: Exact, tell: Tell) -> Exact:
    """Return the points, or the least that a line has where it states one (G2)."""
    if least is None or points >= least:
        return points
    tell(line, "floored", points, least)
    return least


def round_line(planned: PlannedLine, rounding: Rounding, points: Exact, out_of: Exact, tell: Tell) -> Exact:
    """Return the points rounded."""
    rounded = rounding.apply_to(points, out_of)
    if rounded != points:
        if out_of and rounding.of is RoundingOf.PERCENT:
            tell(planned.line, "rounded", ratio(points * 100, out_of))
        else:
            tell(planned.line, "rounded_points", points)
    return rounded


def cap_line(planned: PlannedLine, points: Exact, out_of: Exact, tell: Tell, bonus: Exact = 0) -> Exact:
    """Return the points, as far as they count (G1, G14, G19); `bonus` is what bonus can add of its maximum."""
    limit = limit_of(planned, out_of, bonus)
    if limit is None or not exceeds(points, limit):
        return points
    tell(planned.line, "capped" if planned.cap is None else "capped_at", points, limit)
    return limit


def limit_of(planned: PlannedLine, out_of: Exact, bonus: Exact = 0) -> Exact | None:
    """Return the most points that count at a line that is capped, if there is a most."""
    return (out_of or None) if planned.cap is None else planned.cap.limit(out_of, bonus)
