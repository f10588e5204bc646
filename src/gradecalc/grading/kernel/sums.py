# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A plan that is sums all through, as most are: lowered to few steps, each of which takes many children at once.

What the final needs is lowered from the last line to the first, so that a branch finds its children done. Shares with
the same possible add at once, and others over a common multiple.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm
from typing import Final, NamedTuple

from ...exact import Exact
from ...gradebook.aggregation import FixedMaximum, Mean, SumOfPoints
from ...gradebook.contributions import WHOLE, BonusOf
from ...gradebook.drops import DropBy, DropRule, DropTies, how_many
from ...gradebook.tree import OnlyBonus
from ...gradebook.weights import Maximum, Rescale, WeightedMean, Weightless
from ...marks import UngradedPolicy
from ...rounding import RoundingOf
from ..planned import AnyLine, Place, PlannedBranch, PlannedItem
from . import bounds
from .amounts import Amount, exactly, multiplied
from .expressions import Expression, Op, leaf, positive
from .members import Line
from .program import Blank, Demand, Drop, Fill, KernelProgram, Limit, Round, Step, Sum, Term, Width
from .readings import Readings

_BLANKS: Final = {
    UngradedPolicy.LEAVE_OUT: Blank.NOTHING,
    UngradedPolicy.AS_ZERO: Blank.ZERO,
    UngradedPolicy.AS_ZERO_ONCE_GRADED: Blank.OPEN,
}


class _NotSumsError(Exception):
    """A line is more than a sum."""


class PartOfSumError(Exception):
    """A branch was lowered with a larger one, and has to stand apart."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


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


class Sums:
    """A program while it is made: the steps so far, and what is known of each register."""

    def __init__(self, lines: Sequence[AnyLine], ungraded: UngradedPolicy | None, readings: Readings) -> None:
        self.lines, self.ungraded, self.readings = lines, ungraded, readings
        self.steps: list[Step] = []
        self.known: dict[int, _Lowered] = {}
        self.widths: dict[int, Width] = {}

    def lowers(self, wanted: Iterable[int]) -> bool:
        """Lower these lines, and return whether that is possible; if not, nothing is as though it had been tried."""
        steps, known = len(self.steps), set(self.known)
        read = self.readings.mark()
        try:
            for line in wanted:
                self._lower(line)
        except _NotSumsError:
            del self.steps[steps:]
            self.known = {line: each for line, each in self.known.items() if line in known}
            self.readings.go_back(read)
            return False
        return True

    def line(self, line: int) -> Line | None:
        """Return what expressions may know of a branch; None where it is not lowered, or that is not enough.

        Whether it is exempt, or blank, the program does not know: who asks for that is told so by `is_asked`. Raises
        `PartOfSumError` where it is not enough and the branch is part of a larger sum already.
        """
        steps, known, read = len(self.steps), dict(self.known), self.readings.mark()
        found = self._line(line) if self.lowers([line]) else None
        if found is None and line in known:
            raise PartOfSumError(line)
        if found is None:
            del self.steps[steps:]
            self.known = known
            self.readings.go_back(read)
        return found

    def _line(self, line: int) -> Line | None:
        lowered, width = self.known[line], self.widths[line]
        has = leaf(Op.HAS, line)
        reached = leaf(Op.REACHED, line, width.reached, has)
        possible = leaf(Op.POSSIBLE, line, width.possible)
        varying = (positive(possible),) if lowered.possible is None else ()
        share = Amount(reached, lowered.unit * (lowered.possible or 1), varying)
        if lowered.plain and lowered.unit == 1 and lowered.possible is None:
            scale = self.readings.scale
            points, out_of = Amount(reached, scale), Amount(possible, scale)
        elif lowered.out_of is None:
            return None
        else:
            out_of = exactly(lowered.out_of)
            points = multiplied(share, out_of)
        return Line(has, leaf(Op.EXEMPT, line), points, out_of, share, may_be_blank_zero=False)

    def is_asked(self, leaves: Iterable[Expression]) -> set[int]:
        """Return the lines that were lowered and are asked, by what is read of registers, whether they are exempt."""
        branches = {line for line in self.known if isinstance(self.lines[line], PlannedBranch)}
        return {each.data for each in leaves if each.op is Op.EXEMPT and each.data in branches}

    @property
    def constants(self) -> dict[int, int]:
        """What registers are out of, where every learner has the same."""
        return {line: each.possible for line, each in self.known.items() if each.possible is not None}

    @property
    def units(self) -> dict[int, int]:
        """The unit of each register."""
        return {line: each.unit for line, each in self.known.items()}

    def program(self) -> KernelProgram:
        """Return the program of what was lowered."""
        return self.readings.program(self.steps, self.constants, self.widths, self.units)

    def _lower(self, line: int, blank: Blank = Blank.NOTHING) -> _Lowered:
        if line not in self.known:
            self.known[line] = self._lowered(self.lines[line], blank)
        return self.known[line]

    def _lowered(self, planned: AnyLine, blank: Blank) -> _Lowered:
        if planned.replaced is None and isinstance(planned, PlannedItem):
            return self._item(planned, blank)
        if planned.replaced is None and isinstance(planned, PlannedBranch):
            return self._branch(planned)
        raise _NotSumsError

    def _item(self, item: PlannedItem, blank: Blank) -> _Lowered:
        if not item.max_points:
            raise _NotSumsError
        settling = self.readings.read(item, blank)
        full = int(item.max_points * settling.scale)
        self.widths[item.line] = Width(settling.most, full)
        return _Lowered(item.line, full, plain=True, out_of=item.max_points, within=item.capped and item.cap is None)

    def _branch(self, branch: PlannedBranch) -> _Lowered:
        """Lower the children that count, then what becomes of blanks, the sum, its rounding and its cap."""
        _refuse(branch)
        policy = self.ungraded or branch.ungraded
        blank = _BLANKS[policy]
        counting = [place for place in branch.children if place.counts]
        found = [self._lower(each.line, Blank.NOTHING if each.bonus else blank) for each in counting]
        children = {each.register: each for each in found}
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
                raise _NotSumsError
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
            raise _NotSumsError
        return lowered


def _refuse(branch: PlannedBranch) -> None:
    """Refuse what is more than a sum."""
    aggregation, drop, counting = branch.aggregation, branch.drop, [place for place in branch.children if place.counts]
    bonus = any(place.bonus for place in counting)
    more = [
        branch.frame.scale == 0,
        branch.min_points is not None,
        bool(branch.costing),
        bool(branch.ways),
        branch.replace_lowest is not None,
        any(place.moves is not None for place in branch.children),
        not isinstance(aggregation, (SumOfPoints, Mean, WeightedMean)),
        drop is not None and drop.by is DropBy.BEST_TOTAL,
        bonus and (branch.only_bonus is OnlyBonus.GRADED or not _bonus_is_lowered(branch)),
    ]
    if isinstance(aggregation, WeightedMean):
        zero = aggregation.weightless is Weightless.ZERO
        more += [bool(aggregation.ranks), zero and not all(place.weight for place in counting if not place.bonus)]
    if isinstance(aggregation, SumOfPoints):
        more.append(aggregation.fixed_maximum is FixedMaximum.KEEPS_POINTS and branch.frame.scale is not None)
    if any(more):
        raise _NotSumsError


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
        raise _NotSumsError
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
        raise _NotSumsError
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
        raise _NotSumsError
    return place.weight


def _ranked(
    rule: DropRule, graded: Sequence[Place], children: dict[int, _Lowered], terms: dict[int, Term]
) -> dict[int, Term]:
    """Return the terms that may be dropped, each with its key and its place among equals."""
    droppable = [place.line for place in graded if place.droppable]
    by_points = rule.by is DropBy.POINTS
    if any(children[line].possible is None or (by_points and not children[line].plain) for line in droppable):
        raise _NotSumsError
    in_order = sorted(droppable, reverse=rule.ties is DropTies.LAST)
    if rule.ties is DropTies.LARGER_MAXIMUM:
        maxima = {line: children[line].out_of for line in droppable}
        in_order = sorted(droppable, key=lambda line: -(maxima[line] or 0))
        if None in maxima.values():
            raise _NotSumsError
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
        raise _NotSumsError
    part = Fraction(cap.percent or 0) / 100
    return part.numerator, part.denominator
