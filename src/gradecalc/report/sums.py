# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a branch's figure is the sum of, so that the shown parts add up to the shown total (Z6 to Z8).

>>> from gradecalc.rounding import Rounding
>>> apportion([Fraction(65, 3), Fraction("30.4"), Fraction("23.975")], Rounding(1))
['21.6', '30.4', '24.0']

The three are 76.0 together; each rounded for itself, they are 76.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial, reduce
from math import lcm
from typing import Final, NamedTuple

from attrs import field

from ..exact import Exact, percent_of, represent, write_steps
from ..quotients import as_fraction, fraction_of
from ..reasons import Note, ReasonTexts
from ..rounding import Rounding
from ..values import frozen
from .layouts import Layout
from .results import Columns, Treatment

_BONUS: Final = Treatment.BONUS
ADDING: Final = frozenset({Treatment.COUNTED, Treatment.COUNTED_AS_ZERO, Treatment.BONUS})
STEPS: Final = ReasonTexts(
    "report steps",
    {
        "both": "{0} and {1}",
        "cap": "the cap",
        "floor": "the minimum",
        "hurdle": "the hurdle",
        "override": "the override",
        "replacement": "the replacement",
        "rounding": "rounding",
    },
)
"""What a step is called that changes the figure of a branch after its parts are summed."""

_SETTLING: Final = {
    "floored": "floor",
    "rounded": "rounding",
    "rounded_points": "rounding",
    "capped": "cap",
    "capped_at": "cap",
    "hurdle_cap": "hurdle",
}
_STANDING: Final = {
    "overridden": "override",
    "replaced": "replacement",
    "replaced_nothing": "replacement",
    "replaced_exempt": "replacement",
    "symbol_only": "override",
}


@frozen
class Addition:
    """One of the amounts that add up to a branch's figure: what a child adds, or what a later step adds or takes.

    `id` is that of the child, and None for a step, such as rounding. `amount` is exact, in percent points of the branch
    or, where it is out of 0, in points; the `shown` ones of a branch sum to its own shown figure (Z6).
    """

    id: str | None
    name: str
    amount: Fraction = field(repr=represent)
    shown: str


def apportion(amounts: Sequence[Exact], shown: Rounding) -> list[str]:
    """Return the amounts with as many places as are shown, so that they sum to their total as it is shown (Z6).

    Each is rounded down, and the steps that are then missing go to the largest remainders, of equal ones to the first.
    """
    places, common = shown.places, lcm(*(amount.denominator for amount in amounts))
    scale, under = 10 ** max(places, 0), common * 10 ** max(-places, 0)
    scaled = [amount.numerator * (common // amount.denominator) * scale for amount in amounts]
    steps = [each // under for each in scaled]
    missing = shown.to_whole(sum(scaled), under) - sum(steps)
    if missing:
        for place in sorted(range(len(steps)), key=lambda place: steps[place] * under - scaled[place])[:missing]:
            steps[place] += 1
    return [write_steps(each, places) for each in steps]


def additions(layout: Layout, columns: Columns, line: int, notes: Sequence[Note]) -> list[tuple[int, Addition]]:
    """Return what adds up to a branch's figure, each with its child's line, or -1; `notes` are those of the branch."""
    whole = _whole(layout, columns, line)
    if whole is None or (whole and not columns.out_of[line]):
        return []
    stages = _stages(columns, line, notes)
    amounts = _amounts(layout, columns, line, whole, stages.raw)
    headings = layout.headings
    found: list[tuple[int, str | None, str, Fraction]] = [
        (child, headings[child].id, headings[child].name, amount) for child, amount in amounts.items()
    ]
    if found and stages.steps:
        before = sum(amounts.values())
        for name, after in stages.steps:
            found.append((-1, None, name, after - before))
            before = after
    shown = apportion([amount for *_, amount in found], layout.shown)
    return [(at, Addition(id_, name, amount, text)) for (at, id_, name, amount), text in zip(found, shown, strict=True)]


class _Stages(NamedTuple):
    """What a branch's parts come to, if its notes say so, and what each later step makes of that."""

    raw: Fraction | None
    steps: Sequence[tuple[str, Fraction]]


def _stages(columns: Columns, line: int, notes: Sequence[Note]) -> _Stages:
    """Return how a branch went from what its parts come to, by way of what was computed, to what stands there."""
    points, out_of = columns.points[line], columns.out_of[line]
    scale = Fraction(100) / out_of if out_of else Fraction(1)
    reached = None if points is None else points * scale
    standing = min((note for note in notes if note[0] in _STANDING), key=_stands_for_nothing, default=None)
    computed = reached if standing is None else _computed(columns, line, standing)
    settled = [note for note in notes if note[0] in _SETTLING and _comes_before(note, standing, notes)]
    raw = _before(settled[0], scale) if settled and computed is not None else computed
    steps: list[tuple[str, Fraction]] = []
    if settled and computed is not None:
        named = [STEPS.phrase(code) for code in dict.fromkeys(_SETTLING[str(note[0])] for note in settled)]
        steps.append((reduce(partial(STEPS.phrase, "both"), named), computed))
    if standing is not None and reached is not None:
        steps.append((STEPS.phrase(_STANDING[str(standing[0])]), reached))
    return _Stages(raw, steps)


def _stands_for_nothing(note: Note) -> bool:
    """Whether a symbol alone stands there, which gives way to a result that stands in for it."""
    return note[0] == "symbol_only"


def _comes_before(note: Note, standing: Note | None, notes: Sequence[Note]) -> bool:
    return standing is None or notes.index(note) < notes.index(standing)


def _computed(columns: Columns, line: int, standing: Note) -> Fraction | None:
    """Return the percent that a mark or another's result took the place of, if there was one."""
    if standing[0] == "replaced":
        return standing[3] if isinstance(standing[3], Fraction) else Fraction(str(standing[3]))
    return next(
        (Fraction(each.computed) for at, each in columns.overrides if at == line and each.computed is not None), None
    )


def _before(note: Note, scale: Fraction) -> Fraction | None:
    """Return what a note says was there before a floor, a rounding or a cap; the note of a hurdle does not."""
    before = note[1]
    if note[0] == "hurdle_cap" or not isinstance(before, (int, Fraction)):
        return None
    return Fraction(before) if note[0] == "rounded" else before * scale


def _whole(layout: Layout, columns: Columns, line: int) -> Exact | None:
    whole = columns.wholes[line]
    if whole is None and any(columns.shares[each] for each in layout.below[line]):
        return 1
    return whole


def _amounts(layout: Layout, columns: Columns, line: int, whole: Exact, raw: Fraction | None) -> dict[int, Fraction]:
    """Return what each child with a share adds; a bonus that has none, being out of 0, adds what is left (B2)."""
    picks = columns.wholes[line] is None
    adding = [
        child
        for child in layout.below[line]
        if columns.treatments[child] in ADDING and (columns.shares[child] or not picks)
    ]
    treatments, out_of = columns.treatments, columns.out_of
    in_full = {at for at, note in columns.notes if note[0] == "out_of_zero_counts_in_full"}
    never_costing = {at for at, note in columns.notes if note[0] == "bonus_never_costs"}
    counted = {child: 0 if child in never_costing else columns.points[child] or 0 for child in adding}
    amounts = {child: _amount(columns, child, counted[child], whole, in_full=child in in_full) for child in adding}
    odd = {child for child in adding if treatments[child] is _BONUS and not (whole and out_of[child])}
    points = sum([counted[child] for child in odd])
    if raw is not None and points:
        rest = raw - sum(amount for child, amount in amounts.items() if child not in odd)
        amounts |= {child: rest * Fraction(counted[child]) / points for child in odd}
    return amounts


def _amount(columns: Columns, child: int, points: Exact, whole: Exact, *, in_full: bool) -> Fraction:
    """Return what points of a child that count add."""
    out_of, share = columns.out_of[child], columns.shares[child]
    is_bonus = columns.treatments[child] is _BONUS
    if not whole:
        return Fraction(0) if in_full else as_fraction(points)
    if out_of:
        over = 100 * share.numerator * points.numerator * whole.denominator * out_of.denominator
        return fraction_of(over, share.denominator * points.denominator * whole.numerator * out_of.numerator)
    if share and is_bonus:
        return Fraction(0)
    return percent_of(share if share or in_full else points, whole)
