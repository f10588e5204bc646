# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What keeps a final from 100 %, piece by piece, so that the pieces sum to what is missing, exactly.

A branch that sums shares is short of 100 % by what each child is short of it times its share, by what the shares are
short of the whole, and by what later steps took, less what bonuses and later steps added. So the pieces of a final are
those of its branches all the way down, each times the share of the final that it has there (WI19 to WI21).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from typing import Final, NamedTuple

from attrs import field

from ..exact import represent
from ..reasons import Note
from ..values import frozen
from .layouts import How
from .report import Report
from .results import Treatment, notes_of
from .sums import additions


class CostKind(Enum):
    """What it is that costs; the value is the code of the reason that says so."""

    LOST = "lost"
    """What was not reached of an item's full marks."""
    UNGRADED = "ungraded"
    """The whole of an item that counts as zero."""
    RESULT = "result"
    """What is missing from a result that is no sum of shares: of a formula, a median, …"""
    SHARES = "shares"
    """What the shares that count are short of the whole; less than nothing where they are beyond it."""
    BONUS = "bonus"
    """What a bonus adds, which is less than nothing unless it may cost; what is out of 0 may add too."""
    LATENESS = "lateness"
    CLASS = "class"
    """An adjustment by the figures of the class."""
    FLOOR = "floor"
    ROUNDING = "rounding"
    CAP = "cap"
    HURDLE = "hurdle"
    SEVERAL = "several"
    """A rounding, a cap and a hurdle, or two of them, of which the report does not tell apart what each took."""
    OVERRIDE = "override"
    REPLACEMENT = "replacement"
    TARGET = "target"
    """What may be missing, since the target is below 100 %: less than nothing."""


@frozen
class Cost:
    """One thing that keeps a final from a target, and what it costs, in points of the final: below 0 where it gives.

    `id` is that of the line where it arose, and `share` the share of the final that a percent there has.
    """

    kind: CostKind
    id: str
    name: str
    amount: Fraction = field(repr=represent)
    share: Fraction = field(repr=represent)


_STEPS: Final[Mapping[str, CostKind]] = {
    "late": CostKind.LATENESS,
    "late_not_accepted": CostKind.LATENESS,
    "class_adjusted": CostKind.CLASS,
    "floored": CostKind.FLOOR,
    "rounded": CostKind.ROUNDING,
    "rounded_points": CostKind.ROUNDING,
    "capped": CostKind.CAP,
    "capped_at": CostKind.CAP,
    "hurdle_cap": CostKind.HURDLE,
    "overridden": CostKind.OVERRIDE,
    "replaced": CostKind.REPLACEMENT,
    "replaced_nothing": CostKind.REPLACEMENT,
    "replaced_exempt": CostKind.REPLACEMENT,
    "symbol_only": CostKind.OVERRIDE,
}
"""By the code of its note, what a step after the mark or the sum is."""

_STANDING: Final = frozenset({CostKind.OVERRIDE, CostKind.REPLACEMENT})
_OVERRIDING: Final = frozenset({"overridden", "symbol_only"})
_OF_NOTHING: Final = frozenset({"replaced_nothing", "replaced_exempt"})
_PICKING: Final = frozenset({How.MEDIAN, How.LOWEST, How.HIGHEST, How.MODE})


def find_costs(report: Report) -> tuple[Cost, ...]:
    """Return what keeps a final that has a percent from 100 %, in book order."""
    return tuple(each for each in _Reader(report).costs(0, Fraction(1)) if each.amount)


class _Step(NamedTuple):
    """What changed a percent after the mark or the sum, and what that was before, if the report says it."""

    kind: CostKind
    before: Fraction | None


@frozen
class _Reader:
    """A report while its costs are read."""

    report: Report

    def costs(self, line: int, share: Fraction) -> Iterator[Cost]:
        """Yield what keeps a line with a percent from 100 %, times its share of the final."""
        layout, columns = self.report.layout, self.report.columns
        added = additions(layout, columns, line, notes_of(self.report.columns, line))
        amounts = {at: each.amount for at, each in added if at >= 0}
        came_to = sum(amounts.values(), Fraction(0)) if amounts else None
        if came_to is None or layout.headings[line].how in _PICKING:
            yield from self._as_a_whole(line, share, came_to)
            return
        shares = Fraction(0)
        for child, amount in amounts.items():
            is_bonus = columns.treatments[child] is Treatment.BONUS
            own = Fraction(0) if is_bonus else Fraction(columns.shares[child]) / (columns.wholes[line] or 1)
            shares += own
            yield from self._of_child(child, own, amount, share)
        yield self._cost(CostKind.SHARES, line, 100 * (1 - shares), share)
        yield from self._later(line, share, came_to, [])

    def _of_child(self, child: int, own: Fraction, amount: Fraction, share: Fraction) -> Iterator[Cost]:
        """Yield what a child that adds an amount costs its branch, which has a share of the final."""
        percent = self._percent(child)
        if own and percent is not None and amount == own * percent:
            yield from self.costs(child, own * share)
        else:
            yield self._cost(CostKind.BONUS, child, 100 * own - amount, share)

    def _as_a_whole(self, line: int, share: Fraction, came_to: Fraction | None) -> Iterator[Cost]:
        """Yield what a mark is short of, or a result that is no sum of shares, and what each later step took."""
        steps, kind = self._steps(line), self._kind(line)
        first = came_to
        if first is None:
            first = steps[0].before if steps else self._percent(line)
        if first is not None:
            yield self._cost(kind, line, 100 - first, share)
            yield from self._later(line, share, first, [])
        else:
            unknown = [] if steps[0].kind in _STANDING else [kind]
            yield from self._later(line, share, Fraction(100), unknown)

    def _later(self, line: int, share: Fraction, came_to: Fraction, unknown: list[CostKind]) -> Iterator[Cost]:
        """Yield what each step took, those together between which the report has no figure; `unknown` came before."""
        steps, together, before = self._steps(line), unknown, came_to
        afters = [each.before for each in steps[1:]] + [self._percent(line)] * bool(steps)
        for step, after in zip(steps, afters, strict=True):
            together.append(step.kind)
            if after is not None:
                yield self._cost(_kind_of(together), line, before - after, share)
                together, before = [], after

    def _steps(self, line: int) -> list[_Step]:
        """Return the steps of a line; what stands in the place of no score has none before it."""
        steps: list[_Step] = []
        notes = notes_of(self.report.columns, line)
        overridden = next((place for place, note in enumerate(notes) if note[0] in _OVERRIDING), -1)
        for place, note in enumerate(notes):
            if note[0] in _STEPS:
                before = None if place < overridden else self._before(line, note)
                kept = [] if note[0] in _OF_NOTHING else steps
                steps = [*kept, _Step(_STEPS[str(note[0])], before)]
        return steps

    def _before(self, line: int, note: Note) -> Fraction | None:
        """Return the percent before a step; a hurdle does not say it."""
        out_of = self.report.columns.out_of[line]
        match note:
            case ("overridden" | "symbol_only", *_):
                computed = dict(self.report.columns.overrides)[line].computed
                return None if computed is None else Fraction(computed)
            case ("replaced", _, _, int() | Fraction() as percent) | ("rounded", int() | Fraction() as percent):
                return Fraction(percent)
            case (str() as code, int() | Fraction() as points, *_) if code != "hurdle_cap" and code not in _OF_NOTHING:
                return Fraction(points) * 100 / out_of if out_of else None
            case _:
                return None

    def _percent(self, line: int) -> Fraction | None:
        points, out_of = self.report.columns.points[line], self.report.columns.out_of[line]
        return None if points is None or not out_of else Fraction(points * 100) / out_of

    def _kind(self, line: int) -> CostKind:
        if self.report.columns.treatments[line] is Treatment.COUNTED_AS_ZERO:
            return CostKind.UNGRADED
        return CostKind.LOST if self.report.layout.headings[line].how is How.MARKED else CostKind.RESULT

    def _cost(self, kind: CostKind, line: int, percent: Fraction, share: Fraction) -> Cost:
        heading = self.report.layout.headings[line]
        return Cost(kind, heading.id, heading.name, percent * share, share)


def _kind_of(together: Sequence[CostKind]) -> CostKind:
    return together[-1] if len(set(together)) == 1 or together[-1] in _STANDING else CostKind.SEVERAL
