# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""From the lines of a plan to a program, or to notes that say what cannot be said in one, and where.

What the final needs is lowered from the last line to the first, so that a branch finds its children done. Every mark
becomes a whole number at one scale; shares with the same possible add at once, and others over a common multiple.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from math import lcm
from typing import Final, NamedTuple

from ...errors import Problem, Severity
from ...exact import Exact
from ...gradebook.aggregation import FixedMaximum, Mean, SumOfPoints
from ...gradebook.contributions import WHOLE, BonusOf
from ...gradebook.drops import DropBy, DropRule, DropTies, how_many
from ...gradebook.tree import OnlyBonus
from ...gradebook.weights import Maximum, Rescale, WeightedMean, Weightless
from ...marks import ItemKind, UngradedPolicy
from ...rounding import RoundingOf
from ..planned import AnyLine, Place, PlannedBranch, PlannedItem
from . import bounds
from .program import Blank, Demand, Drop, Fill, KernelProgram, Limit, Read, Round, Settling, Step, Sum, Term, Width

FINEST: Final = 1000
"""The scale from which a plan's own begins: marks with three decimals are whole at it."""

_BLANKS: Final = {
    UngradedPolicy.LEAVE_OUT: Blank.NOTHING,
    UngradedPolicy.AS_ZERO: Blank.ZERO,
    UngradedPolicy.AS_ZERO_ONCE_GRADED: Blank.OPEN,
}


class _NotLoweredError(Exception):
    """A line that no program says; the text says why."""


class _Lowered(NamedTuple):
    """What is known of a register when it is lowered.

    `possible` is None where it depends on the learner, and `unit` is what every learner shares of it. What is `plain`
    is in points at the scale of the program; what is `within` never reaches more than is possible, and needs no cap.
    `out_of` is what it is out of, in points, where every learner has the same.
    """

    register: int
    possible: int | None
    plain: bool
    out_of: Exact | None
    unit: int = 1
    within: bool = False


def lower(
    lines: Sequence[AnyLine], ungraded: UngradedPolicy | None, *, hurdles: bool, also: Iterable[int] = ()
) -> tuple[KernelProgram | None, tuple[Problem, ...]]:
    """Return the program of a plan's lines with a policy, or none; and a notice of each line that is in the way.

    It works out the final and what that needs, and `also` these lines.
    """
    draft = _Draft(lines, ungraded)
    if hurdles:
        draft.note(0, "the consequence of a missed pass mark is worked out by the exact engine")
    for line in (0, *also):
        if line not in draft.tried:
            draft.lower(line)
    return (None if draft.notes else draft.program()), tuple(draft.notes)


def _scale(lines: Sequence[AnyLine]) -> int:
    """Return the scale at which every maximum, floor and cap of an item is whole, and so is what rounding makes."""
    items = [line for line in lines if isinstance(line, PlannedItem)]
    return lcm(FINEST, *(value.denominator for item in items for value in _figures(item)))


def _figures(item: PlannedItem) -> Iterator[Exact]:
    yield item.max_points
    if item.min_points is not None:
        yield item.min_points
    limit = item.cap.limit(item.max_points) if item.cap is not None else None
    if limit is not None:
        yield limit
    if item.rounding is not None:
        step = Fraction(1, 10 ** max(item.rounding.places, 0))
        yield step if item.rounding.of is RoundingOf.POINTS else step * item.max_points / 100


class _Draft:
    """A program while it is made: the steps so far, and what is known of each register."""

    def __init__(self, lines: Sequence[AnyLine], ungraded: UngradedPolicy | None) -> None:
        self.lines, self.ungraded, self.scale = lines, ungraded, _scale(lines)
        self.steps: list[Step] = []
        self.reads: dict[int, Settling] = {}
        self.known: dict[int, _Lowered] = {}
        self.widths: dict[int, Width] = {}
        self.notes: list[Problem] = []
        self.tried: set[int] = set()

    def program(self) -> KernelProgram:
        """Return the program, which reads every mark first: items that are settled alike at once.

        What the final does not need is read as well, so that no mark which does not fit is passed over.
        """
        for line in self.lines:
            if isinstance(line, PlannedItem) and line.kind is not ItemKind.TEXT:
                self.reads.setdefault(line.line, self._settling(line, Blank.NOTHING))
        positions = tuple(sorted(self.reads))
        reads, first = [], 0
        for settling, group in groupby(positions, key=self.reads.__getitem__):
            to = tuple(group)
            reads.append(Read(first, to, settling))
            first += len(to)
        constants = {line: each.possible for line, each in self.known.items() if each.possible is not None}
        units = {line: each.unit for line, each in self.known.items()}
        return KernelProgram((*reads, *self.steps), positions, constants, self.widths, units)

    def note(self, line: int, why: str) -> None:
        """Note what is in the way at a line."""
        self.notes.append(Problem("not_lowered", _path(self.lines, line), why, Severity.NOTICE))

    def lower(self, line: int, blank: Blank = Blank.NOTHING) -> _Lowered | None:
        """Lower a line that is needed; None where a note says why it cannot be."""
        planned = self.lines[line]
        self.tried.add(line)
        try:
            lowered = self.known[line] = self._lowered(planned, blank)
        except _NotLoweredError as error:
            if str(error):
                self.note(line, str(error))
            return None
        return lowered

    def _lowered(self, planned: AnyLine, blank: Blank) -> _Lowered:
        if planned.replaced is not None:
            raise _NotLoweredError("a replacement is worked out by the exact engine")
        if isinstance(planned, PlannedItem):
            return self._item(planned, blank)
        if isinstance(planned, PlannedBranch):
            return self._branch(planned)
        raise _NotLoweredError("a formula or a calculated item is worked out by the exact engine")

    def _settling(self, item: PlannedItem, blank: Blank) -> Settling:
        width = bounds.of_mark(int(item.max_points * self.scale) or self.scale)
        return Settling(
            blank,
            self.scale,
            item.max_points,
            item.min_points,
            item.rounding,
            item.capped,
            item.cap,
            width.reached,
        )

    def _item(self, item: PlannedItem, blank: Blank) -> _Lowered:
        if not item.max_points:
            raise _NotLoweredError("an item out of 0 that counts is worked out by the exact engine")
        settling = self.reads[item.line] = self._settling(item, blank)
        full = int(item.max_points * self.scale)
        self.widths[item.line] = Width(settling.most, full)
        return _Lowered(item.line, full, plain=True, out_of=item.max_points, within=item.capped and item.cap is None)

    def _branch(self, branch: PlannedBranch) -> _Lowered:
        """Lower the children that count, then what becomes of blanks, the sum, its rounding and its cap."""
        _refuse(branch)
        policy = self.ungraded or branch.ungraded
        blank = _BLANKS[policy]
        counting = [place for place in branch.children if place.counts]
        found = [self.lower(each.line, Blank.NOTHING if each.bonus else blank) for each in counting]
        children = {each.register: each for each in found if each is not None}
        if len(children) < len(found):
            raise _NotLoweredError
        self._blanks(counting, policy)
        step, unit = _sum_of(branch, counting, children)
        self.steps.append(step)
        self.widths[branch.line] = bounds.of_sum(step, self.widths)
        result = _result(branch, _constant(step))
        return self._settled(branch, result._replace(unit=unit, within=_is_within(step, children)))

    def _blanks(self, counting: Sequence[Place], policy: UngradedPolicy) -> None:
        graded = [place for place in counting if not place.bonus]
        if policy is UngradedPolicy.AS_ZERO_ONCE_GRADED:
            blanks = [each.line for each in graded if isinstance(self.lines[each.line], PlannedItem)]
            self.steps.append(Fill(tuple(blanks), tuple(each.line for each in graded)))
        if policy is not UngradedPolicy.LEAVE_OUT:
            branches = [each for each in graded if not isinstance(self.lines[each.line], PlannedItem)]
            self.steps.extend(Demand(each.line) for each in branches if not each.leaves_if_empty)

    def _settled(self, branch: PlannedBranch, lowered: _Lowered) -> _Lowered:
        line = branch.line
        if branch.rounding is not None:
            if lowered.out_of is None and branch.rounding.of is RoundingOf.POINTS:
                raise _NotLoweredError("points out of a learner's own maximum are rounded by the exact engine")
            out_of = WHOLE if lowered.out_of is None else lowered.out_of
            self.steps.append(Round(line, lowered.unit, branch.rounding, out_of))
            self.widths[line] = bounds.of_rounding(self.widths[line], branch.rounding, out_of)
            lowered = lowered._replace(possible=None, plain=False, unit=1, within=False)
        if branch.capped and not (lowered.within and branch.cap is None):
            over, under = _limit(branch)
            limit = Limit(line, lowered.unit, over, under)
            self.steps.append(limit)
            self.widths[line] = bounds.of_limit(self.widths[line], limit)
            lowered = lowered._replace(within=over <= under)
            if over != under:
                lowered = lowered._replace(possible=None, plain=False, unit=1)
        if max(self.widths[line].reached, self.widths[line].possible) > bounds.WIDEST:
            raise _NotLoweredError("numbers this long are left to the exact engine, which reduces at each level")
        return lowered


def _refuse(branch: PlannedBranch) -> None:
    """Refuse what no program says of a branch."""
    aggregation, drop = branch.aggregation, branch.drop
    bonus = any(place.counts and place.bonus for place in branch.children)
    reasons = {
        "a branch out of 0 is": branch.frame.scale == 0,
        "the best of several weightings is": bool(branch.ways),
        "a replacement of the lowest is": branch.replace_lowest is not None,
        "weights that move are": any(place.moves is not None for place in branch.children),
        f"{aggregation.name} is": not isinstance(aggregation, (SumOfPoints, Mean, WeightedMean)),
        "drops by best total are": drop is not None and drop.by is DropBy.BEST_TOTAL,
        "a branch that bonus alone grades is": bonus and branch.only_bonus is OnlyBonus.GRADED,
        "bonus measured in this way is": bonus and not _bonus_is_lowered(branch),
    }
    if isinstance(aggregation, WeightedMean):
        zero = aggregation.weightless is Weightless.ZERO
        reasons["weight by rank is"] = bool(aggregation.ranks)
        reasons["a branch that is zero without weights is"] = zero and not all(
            place.weight for place in branch.children if place.counts and not place.bonus
        )
    if isinstance(aggregation, SumOfPoints):
        keeps = aggregation.fixed_maximum is FixedMaximum.KEEPS_POINTS
        reasons["a fixed maximum that keeps points is"] = keeps and branch.frame.scale is not None
    for what, holds in reasons.items():
        if holds:
            raise _NotLoweredError(f"{what} worked out by the exact engine")


def _bonus_is_lowered(branch: PlannedBranch) -> bool:
    kind = branch.aggregation.bonus  # type: ignore[attr-defined]
    automatic = any(place.automatic and place.bonus and place.counts for place in branch.children)
    if isinstance(branch.aggregation, WeightedMean):
        return kind in (BonusOf.COUNTED, BonusOf.WHOLE) and not automatic
    return kind is BonusOf.COUNTED


def _sum_of(branch: PlannedBranch, counting: Sequence[Place], children: dict[int, _Lowered]) -> tuple[Sum, int]:
    """Return the sum that a branch is, with a term for each child, and the unit of what is possible."""
    in_points = isinstance(branch.aggregation, SumOfPoints)
    if in_points and not all(each.plain for each in children.values()):
        raise _NotLoweredError(
            "points of children that are not sums of points themselves are added by the exact engine"
        )
    weights = {place.line: _weight(branch, place, children[place.line]) for place in counting}
    unit = lcm(*(weight.denominator for weight in weights.values()))
    common = lcm(*(_shared(each) for each in children.values()))
    terms = {}
    for place in counting:
        child, weight = children[place.line], int(weights[place.line] * unit)
        share = common // _shared(child)
        if in_points:
            terms[place.line] = Term(child.register, 1, child.possible, key=share)
        else:
            terms[place.line] = Term(child.register, weight * share, weight, child.possible is None, share)
    bonuses = [terms[place.line] for place in counting if place.bonus]
    if any(term.varies for term in bonuses):
        raise _NotLoweredError("a bonus out of a learner's own maximum is worked out by the exact engine")
    of_whole = isinstance(branch.aggregation, WeightedMean) and branch.aggregation.bonus is BonusOf.WHOLE
    graded = [place for place in counting if not place.bonus]
    ranked = _ranked(branch.drop, graded, children, terms) if branch.drop is not None else {}
    rescale = branch.aggregation.rescale if isinstance(branch.aggregation, WeightedMean) else Rescale.ALWAYS
    step = Sum(
        branch.line,
        tuple(terms[place.line] for place in graded if place.line not in ranked),
        tuple(ranked.values()),
        _drop(branch.drop, len(ranked)) if branch.drop is not None and ranked else None,
        () if of_whole else tuple(bonuses),
        tuple(bonuses) if of_whole else (),
        rescale,
        WHOLE * unit,
    )
    return step, 1 if in_points else common


def _is_within(step: Sum, children: dict[int, _Lowered]) -> bool:
    """Return whether a sum cannot exceed its whole: nothing in it exceeds its own, and the whole is what counted."""
    measured = step.rescale is Rescale.ALWAYS and not (step.bonuses or step.of_whole)
    return measured and all(child.within for child in children.values())


def _shared(child: _Lowered) -> int:
    """Return that part of what a child could reach that is the same for every learner."""
    return child.unit * (child.possible or 1)


def _constant(step: Sum) -> int | None:
    """Return what a sum is out of, if that is the same for every learner."""
    if step.rescale is not Rescale.NEVER or any(term.varies for term in step.terms):
        return None
    return step.full * (step.full if step.of_whole else 1)


def _weight(branch: PlannedBranch, place: Place, child: _Lowered) -> Exact:
    """Return what a child weighs, which is the same for every learner."""
    if isinstance(branch.aggregation, SumOfPoints):
        return 1
    if place.automatic and (child.possible is None or not child.plain):
        raise _NotLoweredError("weights by the points of branches are shared out by the exact engine")
    return place.weight


def _ranked(
    rule: DropRule, graded: Sequence[Place], children: dict[int, _Lowered], terms: dict[int, Term]
) -> dict[int, Term]:
    """Return the terms that may be dropped, each with its key and its place among equals."""
    droppable = [place.line for place in graded if place.droppable]
    by_points = rule.by is DropBy.POINTS
    if any(children[line].possible is None or (by_points and not children[line].plain) for line in droppable):
        raise _NotLoweredError("drops among branches are chosen by the exact engine")
    in_order = sorted(droppable, reverse=rule.ties is DropTies.LAST)
    if rule.ties is DropTies.LARGER_MAXIMUM:
        maxima = {line: children[line].out_of for line in droppable}
        in_order = sorted(droppable, key=lambda line: -(maxima[line] or 0))
        if None in maxima.values():
            raise _NotLoweredError("ties between learners' own maxima are broken by the exact engine")
    keys = {line: 1 if by_points else terms[line].key for line in droppable}
    return {line: terms[line]._replace(key=keys[line], order=in_order.index(line)) for line in droppable}


def _drop(rule: DropRule, count: int) -> Drop:
    counts = [how_many(rule, present) for present in range(count + 1)]
    return Drop(tuple(lowest for lowest, _ in counts), tuple(highest for _, highest in counts))


def _result(branch: PlannedBranch, possible: int | None) -> _Lowered:
    """Return what is known of a branch before it is rounded and capped."""
    scale, aggregation = branch.frame.scale, branch.aggregation
    if isinstance(aggregation, SumOfPoints):
        return _Lowered(branch.line, possible, plain=scale is None, out_of=scale)
    varies = isinstance(aggregation, WeightedMean) and aggregation.out_of is not Maximum.WHOLE
    return _Lowered(branch.line, possible, plain=False, out_of=WHOLE if scale is None and not varies else scale)


def _limit(branch: PlannedBranch) -> tuple[int, int]:
    """Return the part of what is possible at which a branch is capped."""
    cap = branch.cap
    if cap is None:
        return 1, 1
    if cap.with_bonus or cap.points is not None:
        raise _NotLoweredError("a cap in points or with bonus is worked out by the exact engine")
    part = Fraction(cap.percent or 0) / 100
    return part.numerator, part.denominator


def _path(lines: Sequence[AnyLine], line: int) -> str:
    """Return the way from the gradebook to a line, as in Python."""
    at, steps = 0, []
    while at != line:
        child, place = at + 1, 0
        while lines[child].end <= line:
            child, place = lines[child].end, place + 1
        steps.append(f"children[{place}]")
        at = child
    return ".".join(steps)
