# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A second opinion on every figure: the rules of docs/semantics.md, written down as naively as they read.

It knows nothing of plans and lines, walks the gradebook from the top down, tries every set of drops, and adds
fractions one by one. Where it and the engine differ, one of them, or the document, is wrong.
"""

from __future__ import annotations

import decimal
from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from math import floor
from typing import NamedTuple

from attrs import evolve

from gradecalc import (
    EXEMPT,
    UNGRADED,
    BestOf,
    BonusOf,
    Cap,
    Category,
    Distribution,
    DropBy,
    DropRule,
    DropTies,
    Empty,
    FixedMaximum,
    Gradebook,
    GradeItem,
    Highest,
    ItemKind,
    Lack,
    Lowest,
    Mark,
    Maximum,
    Mean,
    Median,
    Missed,
    Mode,
    OnlyBonus,
    ReplacedWhen,
    Rescale,
    RoundingMode,
    RoundingOf,
    SumOfPoints,
    TooFew,
    Treatment,
    UngradedPolicy,
    Unpointed,
    WeightedMean,
    WeightUnit,
    ZeroRange,
)

ADDING = (Treatment.COUNTED, Treatment.COUNTED_AS_ZERO, Treatment.BONUS)


class Figures(NamedTuple):
    """What the oracle says of one id."""

    points: Fraction | None
    out_of: Fraction
    percent: Fraction | None
    treatment: Treatment
    weight: Fraction | None
    dropped: tuple[str, ...]
    lack: Lack | None
    symbol: str | None


@dataclass(eq=False)
class Line:
    """An item or a branch while it is worked out."""

    node: Gradebook | Category | GradeItem
    points: Fraction | None = None
    out_of: Fraction = Fraction(0)
    exempt: bool = False
    overridden: bool = False
    treatment: Treatment = Treatment.LEFT_OUT
    share: Fraction | None = None
    children: list[Line] = field(default_factory=list)
    possible: Fraction = Fraction(0)
    """What it is out of before anybody is graded."""
    lack: Lack | None = None
    symbol: str | None = None
    """What stands in the place of the scheme's."""
    unsettled: Fraction = Fraction(0)
    """What a branch comes to before rounding and cap."""
    moved: Fraction = Fraction(0)
    """The weight that others handed over to it (V1)."""

    @property
    def id(self):
        """The id in marks and reports."""
        return "final" if isinstance(self.node, Gradebook) else self.node.id

    @property
    def percent(self):
        """Points of the maximum, in percent; none out of 0 (G17)."""
        return None if self.points is None or not self.out_of else self.points * 100 / self.out_of


def evaluate(book, marks, ungraded=None):
    """Return the figures of every id."""
    if book.weights_in is WeightUnit.SHARE:
        book = _in_percent(book, None, SumOfPoints())
    root = _branch(book, marks, Context(book, ungraded, SumOfPoints(), UngradedPolicy.LEAVE_OUT), exempt=False)
    if root.points is not None:
        root.treatment = Treatment.COUNTED
    elif root.exempt:
        root.treatment = Treatment.EXEMPT
    return dict(_figures(root, Fraction(1), book.scheme))


def _symbol(line, scheme):
    """Return the symbol set, or else the last band at or, if it is exclusive, below the percent (S1, S3, S5 to S7)."""
    scheme = line.node.scheme or scheme
    if line.symbol is not None or scheme is None or line.percent is None:
        return line.symbol
    reached = [
        band
        for band in scheme.bands
        if band.start < line.percent or (band.start == line.percent and not band.exclusive)
    ]
    return max(reached, key=lambda band: (band.start, band.exclusive), default=scheme.bands[0]).symbol


def _in_percent(node, weighing, inherited):
    """Return a book that states shares with percents in their place (W11)."""
    if isinstance(weighing, WeightedMean) and node.weight is not None:
        node = evolve(node, weight=node.weight * 100)
    if isinstance(node, GradeItem):
        return node
    own = node.aggregation
    if isinstance(own, WeightedMean):
        own = evolve(own, ranks=[weight * 100 for weight in own.ranks])
    if isinstance(own, BestOf):
        weightings = [(each, {one.id: one.weight * 100 for one in each.weights}) for each in own.weightings]
        own = BestOf([evolve(each, weights=weights) for each, weights in weightings])
    below = _inheritable(own or inherited)
    children = [_in_percent(child, own or inherited, below) for child in node.children]
    return evolve(node, aggregation=own, children=children)


class Context(NamedTuple):
    """What a branch has from above: the book, the policy asked for, and what it inherits (G10, U4)."""

    book: Gradebook
    forced: UngradedPolicy | None
    aggregation: object
    ungraded: UngradedPolicy


def _inheritable(aggregation):
    return WeightedMean() if isinstance(aggregation, BestOf) else aggregation


def _figures(line, weight, scheme, *, takes_part=True):
    """Yield the figures of a line and of all below it; `weight` is None where it is no product of shares (W9)."""
    takes_part = takes_part and line.treatment in ADDING
    dropped = tuple(child.id for child in line.children if child.treatment is Treatment.DROPPED)
    own = weight if takes_part else Fraction(0)
    lack = Lack.EXEMPT if line.treatment is Treatment.EXEMPT else line.lack  # U9
    yield (
        line.id,
        Figures(line.points, line.out_of, line.percent, line.treatment, own, dropped, lack, _symbol(line, scheme)),
    )
    for child in line.children:
        product = None if weight is None or child.share is None else weight * child.share
        yield from _figures(child, product, scheme, takes_part=takes_part and not line.overridden)


# Items


def _item(item, marks, context, *, exempt):
    book = context.book
    mark = marks.get(item.id)
    mark = mark if isinstance(mark, Mark) else Mark(mark)
    possible = item.max_points or Fraction(0)
    line = Line(item, out_of=possible if mark.out_of is None else _number(mark.out_of), possible=possible)
    line.exempt, line.symbol = exempt or mark.exempt or mark.points is EXEMPT, mark.symbol
    line.lack = Lack.UNGRADED if mark.points in (None, UNGRADED) else None
    if not line.exempt and mark.points not in (None, UNGRADED) and item.kind is not ItemKind.TEXT:
        line.points = _used(item, _recorded(item, mark.points, line.out_of, book), line.out_of)
    if not exempt and item.replaced_by is not None:
        _replace(line, item.replaced_by, marks, context)
    return line


# Replacement


def _replace(line, rule, marks, context):
    """Put the best of the sources in the place of a line's result (V11 to V14)."""
    if not _is_open(line, rule):
        return
    found = [_source(id_, marks, context) for id_ in rule.sources]
    percents = [each.percent for each in found if not each.exempt and each.percent is not None]
    if not percents:
        return
    worth = max(percents) * rule.counts_at / 100
    if rule.at_most is not None:
        worth = min(worth, rule.at_most)
    points = _settled(line.node, worth * line.out_of / 100, line.out_of, _bonus_shares(line))
    if line.exempt:
        line.points, line.exempt, line.lack = points, False, Lack.EXEMPT
    elif line.points is None or points > line.points or rule.when is ReplacedWhen.ALWAYS:
        line.points = points


def _is_open(line, rule):
    if line.overridden or not line.out_of:
        return False
    if line.exempt:
        return rule.even_exempt
    return line.points is not None or rule.when is not ReplacedWhen.BETTER


def _replace_lowest(line, marks, context):
    """Put the best of the sources in the place of the lowest children (V15, V16)."""
    rule = line.node.replace_lowest
    ranked = [
        child
        for child in line.children
        if child.node.counts and not child.node.bonus and child.id not in rule.by.sources and _is_open(child, rule.by)
    ]
    ranked.sort(key=lambda child: Fraction(-(10**9)) if child.exempt or child.points is None else child.percent)
    for child in ranked[: rule.count]:
        _replace(child, rule.by, marks, context)


def _source(id_, marks, context):
    """Work out one id by itself, or with its branch where that replaces its lowest (V16)."""
    book = context.book
    above = Context(book, context.forced, SumOfPoints(), UngradedPolicy.LEAVE_OUT)
    node, exempt, branch = book, False, None
    while node.id != id_:
        mark = marks.get("final" if node is book else node.id)
        exempt = exempt or (node is not book and (mark is EXEMPT or getattr(mark, "exempt", False)))
        exempt = exempt or getattr(mark, "points", None) is EXEMPT
        branch, above = (node, above), _below(node, above)
        node = next(child for child in node.children if id_ in _ids(child))
    lowest = getattr(branch[0], "replace_lowest", None)
    node = _pruned(node)
    if lowest is not None and id_ not in lowest.by.sources and node.counts and not node.bonus:
        line = _with_children(_pruned(branch[0]), marks, above, exempt=exempt)
        return next(child for child in line.children if child.id == id_)
    return (_item if isinstance(node, GradeItem) else _branch)(node, marks, above, exempt=exempt)


def _pruned(node):
    """Return a node without what does not count below it, which may itself be replaced by the node."""
    if isinstance(node, GradeItem):
        return node
    return evolve(node, children=[_pruned(child) for child in node.children if child.counts])


def _ids(node):
    yield node.id
    for child in getattr(node, "children", ()):
        yield from _ids(child)


def _below(node, context):
    return context._replace(
        aggregation=node.aggregation or _inheritable(context.aggregation), ungraded=node.ungraded or context.ungraded
    )


def _with_children(node, marks, context, *, exempt):
    """Return a branch with its children, before it makes anything of them."""
    line = Line(node)
    for child in node.children:
        work_out = _item if isinstance(child, GradeItem) else _branch
        line.children.append(work_out(child, marks, context, exempt=exempt))
    if not exempt and getattr(node, "replace_lowest", None) is not None:
        _replace_lowest(line, marks, context)
    return line


def _recorded(item, points, out_of, book):
    if item.kind is ItemKind.PASS_FAIL and isinstance(points, bool):
        return out_of if points else Fraction(0)
    if isinstance(points, str):
        band = next(band for band in (item.scheme or book.scheme).bands if band.symbol == points)
        return (band.start if band.value is None else band.value) * out_of / 100
    return _number(points)


def _used(item, points, out_of):
    """Floor, rounding, cap, in this order (R5)."""
    if item.min_points is not None:
        points = max(points, item.min_points)
    return _settled(item, points, out_of)


def _settled(node, points, out_of, bonus=0):
    rounding = node.round_result
    if rounding is not None and rounding.of is RoundingOf.POINTS:
        points = _rounded(points, rounding)
    elif rounding is not None and out_of:
        points = _rounded(points * 100 / out_of, rounding) * out_of / 100
    return _capped(node, points, out_of, bonus)


def _capped(node, points, out_of, bonus=0):
    """Return the points as far as they count; `bonus` is the share of the maximum that bonus adds (G19, G20)."""
    cap = node.cap or (None if node.can_exceed else Cap(percent=100))
    if cap is None or (cap.points is None and not out_of):
        return points
    percent = 100 if cap.percent is None else cap.percent
    limit = out_of * percent / 100 if cap.points is None else cap.points
    return min(points, limit + (out_of * bonus if cap.with_bonus else 0))


def _number(value):
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def _rounded(value, rounding):
    """Rules R2 and R3."""
    step = Fraction(10) ** -rounding.places
    steps = floor(abs(value) / step)
    rest = abs(value) / step - steps
    away = {
        RoundingMode.UP: rest > 0,
        RoundingMode.DOWN: False,
        RoundingMode.HALF_UP: rest >= rounding.up_from,
        RoundingMode.HALF_DOWN: rest > rounding.up_from,
        RoundingMode.HALF_EVEN: rest > rounding.up_from or (rest == rounding.up_from and steps % 2 == 1),
    }[rounding.mode]
    return (steps + away) * step * (-1 if value < 0 else 1)


# Branches


def _branch(node, marks, context, *, exempt):
    mark = marks.get("final" if isinstance(node, Gradebook) else node.id)
    mark = mark if isinstance(mark, Mark) else Mark(mark)
    exempted = exempt or mark.exempt or mark.points is EXEMPT
    context = _below(node, context)
    line = _with_children(node, marks, context, exempt=exempted)
    line.exempt = exempted
    line.possible = _possible(line, context.aggregation)
    if isinstance(context.aggregation, BestOf):
        _compute_best(line, context)
    else:
        _compute(line, context)
    if isinstance(node, Gradebook) and line.points is not None:
        for hurdle in _missed(line):
            if hurdle.final_at_most is not None and line.out_of:
                line.points = min(line.points, hurdle.final_at_most * line.out_of / 100)  # P4
            line.symbol = line.symbol or hurdle.final_symbol or None  # P5
    if mark.without_score and not line.exempt:
        line.overridden, line.points, line.lack = True, None, line.lack or Lack.SYMBOL_ONLY  # S8
    if not exempted and mark.points not in (None, UNGRADED):
        line.symbol = None
        line.overridden, line.exempt, line.lack = True, False, None  # X3, U9
        line.out_of = line.out_of if mark.out_of is None else _number(mark.out_of)
        line.points = _capped(node, _number(mark.points), line.out_of, _bonus_shares(line))  # O1, O2, R6
    line.symbol = line.symbol if mark.symbol is None else mark.symbol  # S7
    if not exempt and isinstance(node, Category) and node.replaced_by is not None:
        _replace(line, node.replaced_by, marks, context)
    return line


def _missed(line):
    """Yield the hurdles below that are missed, in book order; what is exempt or has no percent misses none (P6)."""
    for child in line.children:
        hurdle, percent = child.node.if_missed, child.percent
        if hurdle is not None and not child.exempt and percent is not None and percent < child.node.pass_mark:
            yield hurdle
        yield from _missed(child)


def _compute_best(line, context):
    """Try every weighting on a copy, and be the best of them (V6 to V8)."""
    tried = []
    for weighting in context.aggregation.weightings:
        weights = {each.id: each.weight for each in weighting.weights}
        children = []
        for child in line.children:
            counts = child.node.counts and child.id in weights
            children.append(replace(child, node=evolve(child.node, counts=counts, weight=weights.get(child.id))))
        copy = replace(line, children=children)
        _compute(copy, context._replace(aggregation=WeightedMean(rescale=weighting.rescale)))
        tried.append(copy)
    best = next((each for each in tried if not each.exempt), tried[0])
    for each in tried:
        if each.points is not None and (best.points is None or each.unsettled > best.unsettled):
            best = each
    line.points, line.out_of, line.exempt, line.lack = best.points, best.out_of, best.exempt, best.lack
    line.children = best.children


def _compute(line, context):
    aggregation = context.aggregation
    kept, bonuses = _treat(line, context.forced or context.ungraded)
    weights = _planned_weights(line, aggregation)
    blanks = {child.id for child in kept if child.treatment is Treatment.COUNTED_AS_ZERO}
    for child in [child for child in kept if not child.out_of]:
        full = aggregation.zero_range is ZeroRange.FULL and child.id in blanks
        if aggregation.zero_range is ZeroRange.LEAVES or full:
            child.treatment = Treatment.NOT_COUNTED  # A2, W6
            kept.remove(child)
    _move_weights(line, aggregation, kept, weights, blanks)
    for child in _drops(line, aggregation, kept, bonuses, weights):
        child.treatment = Treatment.DROPPED
        kept.remove(child)
    result = None
    if kept or (bonuses and line.node.only_bonus is OnlyBonus.GRADED):
        result = _combined(line, aggregation, kept, bonuses, weights)
    if result is None:
        counting = [child for child in line.children if child.node.counts]
        all_exempt = bool(counting) and all(child.exempt for child in counting) and not _is_never_exempt(line)
        line.exempt = line.exempt or all_exempt  # X3, U12
        line.out_of = _worth(line, aggregation)  # U6
        line.lack = Lack.ALL_WEIGHTS_ZERO if kept else _lack(counting, bonuses)
        return
    if not result[1] and _keeps_weight(line):
        line.out_of, line.lack = _worth(line, aggregation), Lack.NOTHING_COUNTS  # U11
        return
    points, line.out_of = result
    least = line.node.min_points
    points = points if least is None else max(points, least)  # G2
    line.unsettled = points
    line.points = _settled(line.node, points, line.out_of, _bonus_shares(line))


def _bonus_shares(line):
    """Return the share of the maximum that the bonus that counts adds at full marks (G20)."""
    return sum(
        (child.share or Fraction(0) for child in line.children if child.treatment is Treatment.BONUS), Fraction(0)
    )


def _lack(counting, bonuses):
    """Return why nothing is left to combine (U5)."""
    became = {child.treatment for child in counting}
    if Treatment.DROPPED in became:
        return Lack.ALL_DROPPED
    if bonuses:
        return Lack.ONLY_BONUS
    return Lack.NOTHING_GRADED if Treatment.LEFT_OUT in became else Lack.NOTHING_COUNTS


def _treat(line, policy):
    """Say what becomes of each child before drops, and return those that count and the bonuses."""
    graded = any(
        child.points is not None and child.node.counts and not child.exempt
        for child in line.children
        if not child.node.bonus or line.node.only_bonus is OnlyBonus.GRADED  # U8
    )
    zero = policy is UngradedPolicy.AS_ZERO or (policy is UngradedPolicy.AS_ZERO_ONCE_GRADED and graded)
    for child in line.children:
        empty = getattr(child.node, "empty", None)
        leaves = empty in (Empty.LEAVES, None) and not isinstance(child.node, GradeItem)
        keeps = zero and empty is Empty.KEEPS_WEIGHT and child.node.counts and not child.node.bonus
        if child.exempt and keeps:
            child.treatment, child.points = Treatment.COUNTED_AS_ZERO, Fraction(0)  # U11
            child.lack = Lack.NOTHING_COUNTS
        elif child.exempt:
            child.treatment = Treatment.EXEMPT
        elif not child.node.counts:
            child.treatment = Treatment.NOT_COUNTED
        elif child.points is not None:
            child.treatment = Treatment.BONUS if child.node.bonus else Treatment.COUNTED
        elif zero and not leaves and not child.node.bonus:
            child.treatment, child.points = Treatment.COUNTED_AS_ZERO, Fraction(0)
        else:
            child.treatment = Treatment.LEFT_OUT
    counted = (Treatment.COUNTED, Treatment.COUNTED_AS_ZERO)
    kept = [child for child in line.children if child.treatment in counted]
    return kept, [child for child in line.children if child.treatment is Treatment.BONUS]


def _keeps_weight(line):
    return isinstance(line.node, Category) and line.node.empty is Empty.KEEPS_WEIGHT


def _is_never_exempt(line):
    return isinstance(line.node, Category) and line.node.empty is Empty.NEVER_EXEMPT


def _worth(line, aggregation):
    """Return what a branch without a score is out of (U6, U11)."""
    if line.node.max_points is not None or _keeps_weight(line):
        return line.node.max_points or Fraction(100)
    gone = (Treatment.EXEMPT, Treatment.DROPPED)
    staying = [child for child in _carrying(line, aggregation) if child.treatment not in gone]
    dropped = any(child.treatment is Treatment.DROPPED for child in line.children)
    rule = DropRule() if dropped else line.node.drop
    worth = _most(rule, [(child.id, child.out_of) for child in staying], aggregation)
    if worth or not _is_never_exempt(line):
        return worth
    return _most(DropRule(), [(child.id, child.out_of) for child in _carrying(line, aggregation)], aggregation)  # U12


def _possible(line, aggregation):
    """Return what a branch is out of before anybody is graded."""
    if line.node.max_points is not None:
        return line.node.max_points
    return _most(line.node.drop, [(child.id, child.possible) for child in _carrying(line, aggregation)], aggregation)


def _most(rule, maxima, aggregation):
    """Return what is left of the maxima when the smallest are taken as dropped (U6, D5)."""
    droppable = sorted(maximum for id_, maximum in maxima if id_ not in rule.never)
    left = [maximum for id_, maximum in maxima if id_ in rule.never]
    left += droppable[sum(_how_many(rule, len(droppable))) :]
    out_of = Maximum.POINTS if isinstance(aggregation, SumOfPoints) else getattr(aggregation, "out_of", Maximum.WHOLE)
    return {Maximum.POINTS: sum(left, Fraction(0)), Maximum.MEAN: _average(left)}.get(out_of, Fraction(100))


def _average(values):
    return sum(values, Fraction(0)) / len(values) if values else Fraction(0)


def _counting(line):
    return [child for child in line.children if child.node.counts and not child.node.bonus]


def _carrying(line, aggregation):
    """Return the children that a branch is out of: those without a weight of zero (W7)."""
    weighted = isinstance(aggregation, WeightedMean) and not aggregation.ranks
    return [child for child in _counting(line) if not (weighted and child.node.weight == 0)]


# Weights


def _planned_weights(line, aggregation):
    """Return the weight of each child in 100 before anybody is graded (W1, W2, B3), and for a mean a bonus's (B5)."""
    if not isinstance(aggregation, WeightedMean):
        return {
            child.id: child.node.weight if child.node.weight is not None else Fraction(1) for child in line.children
        }
    if aggregation.ranks:
        return {child.id: (child.node.weight or Fraction(0)) for child in line.children}  # W10
    sharing = [child for child in _counting(line) if child.node.weight is None]
    given = sum((child.node.weight for child in _counting(line) if child.node.weight is not None), Fraction(0))
    rest = max(100 - given, Fraction(0))
    weights = {}
    for child in line.children:
        if child.node.weight is not None:
            weights[child.id] = child.node.weight
        elif aggregation.distribution is Distribution.EVENLY:
            weights[child.id] = rest / len(sharing) if sharing else Fraction(0)
        else:
            points = sum(each.possible for each in sharing)
            weights[child.id] = rest * child.possible / points if points else Fraction(0)
    return weights


def _weights(aggregation, kept, weights):
    """Return the weight of each child that counts; what follows points shares its pool anew (W4), or by rank (W10)."""
    if aggregation.ranks:
        best = sorted(kept, key=_part, reverse=True)
        ranks = dict(zip(best, aggregation.ranks, strict=False))
        return [ranks.get(child, Fraction(0)) for child in kept]
    following = [child for child in kept if child.node.weight is None]
    if aggregation.distribution is Distribution.EVENLY:
        following = []
    pool = sum(weights[child.id] for child in following)
    points = sum(child.out_of for child in following)
    own = [
        weights[child.id] if child not in following else (pool * child.out_of / points if points else Fraction(0))
        for child in kept
    ]
    return [weight + child.moved for weight, child in zip(own, kept, strict=True)]


def _move_weights(line, aggregation, kept, weights, blanks):
    """Hand the weight of what is missed on until somebody who counts has it (V1 to V4)."""
    if not isinstance(aggregation, WeightedMean) or aggregation.ranks:
        return
    children = {child.id: child for child in line.children}
    movers = {child.id: child.node.weight_moves.to for child in line.children if _is_missed(child, weights, blanks)}
    present = list(kept)
    for id_, heir in movers.items():
        passed, place = [id_], heir
        while place in movers and place not in passed:
            passed.append(place)
            place = movers[place]
        if place not in passed and children[place] in present:
            children[place].moved += weights[id_]
            if children[id_] in kept:
                kept.remove(children[id_])
            if not children[id_].exempt:
                children[id_].points, children[id_].treatment = None, Treatment.LEFT_OUT


def _is_missed(child, weights, blanks):
    moves = child.node.weight_moves
    if moves is None or not weights[child.id]:
        return False
    if child.exempt:
        return moves.when is not Missed.UNGRADED
    return (child.points is None or child.id in blanks) and moves.when is not Missed.EXEMPT


def _whole(aggregation, counted):
    if aggregation.rescale is Rescale.ALWAYS:
        return counted
    return Fraction(100) if aggregation.rescale is Rescale.NEVER else min(counted, Fraction(100))


# Aggregations


def _combined(line, aggregation, kept, bonuses, weights):
    """Return points and maximum, or None, and settle each child's share."""
    combine = {SumOfPoints: _sum_of_points, WeightedMean: _weighted_mean, Mean: _mean}.get(type(aggregation), _pick)
    return combine(line, aggregation, kept, bonuses, weights)


def _sum_of_points(line, aggregation, kept, bonuses, _):
    out_of = sum((child.out_of for child in kept), Fraction(0))
    fixed = line.node.max_points
    measure = out_of or Fraction(not kept)  # B4
    keeps = aggregation.fixed_maximum is FixedMaximum.KEEPS_POINTS and fixed is not None and measure  # G22
    if keeps:
        out_of = fixed
    full = aggregation.zero_range is ZeroRange.FULL
    points = sum((child.points for child in kept if child.out_of or not full), Fraction(0))
    potential = sum((child.out_of for child in _counting(line) if not child.exempt), Fraction(0))  # B2
    for bonus in bonuses:
        factor = Fraction(1)  # B2
        if aggregation.bonus is BonusOf.PERCENT_POINTS:
            factor = out_of / 100
        elif aggregation.bonus is BonusOf.WHOLE:
            factor = out_of / potential if potential else Fraction(0)
        points += _bonus_points(bonus) * factor  # B1
        bonus.share = bonus.out_of * factor / (out_of or measure) if out_of or (fixed is not None and measure) else None
    for child in kept:
        child.share = child.out_of / out_of if out_of else None
    if fixed is not None and measure and not keeps:
        return points * line.node.max_points / measure, line.node.max_points  # G13
    return points, out_of


def _part(child):
    """Return the part of the maximum reached; a child out of 0 that is still here counts in full (W6)."""
    return child.points / child.out_of if child.out_of else Fraction(1)


def _gain(bonus):
    """Return the part that a bonus adds; out of 0 it has nothing to add."""
    return _bonus_points(bonus) / bonus.out_of if bonus.out_of else Fraction(0)


def _bonus_points(bonus):
    """Return what a bonus adds, which never costs, unless it states a least below 0 (B1)."""
    may_cost = (getattr(bonus.node, "min_points", None) or 0) < 0
    return bonus.points if may_cost else max(bonus.points, Fraction(0))


def _mean(line, aggregation, kept, bonuses, weights):
    count, potential = len(kept) or 1, sum(not child.exempt for child in _counting(line))  # B5
    reached = sum(_part(child) for child in kept)
    for child in kept:
        child.share = Fraction(1, count)
    for bonus in bonuses:
        weight = weights[bonus.id]
        if aggregation.bonus is BonusOf.PERCENT_POINTS:
            weight = bonus.out_of * count / 100
        elif aggregation.bonus is BonusOf.WHOLE:
            weight = weight * count / potential if potential else Fraction(0)
        reached += _gain(bonus) * weight
        bonus.share = weight / count
    return _of_maximum(line, reached / count, Fraction(100))


def _of_maximum(line, part, otherwise):
    out_of = otherwise if line.node.max_points is None else line.node.max_points
    return part * out_of, out_of


def _pick(line, aggregation, kept, _, __):
    parts = sorted(_part(child) for child in kept)
    if isinstance(aggregation, Median):
        part = (parts[(len(parts) - 1) // 2] + parts[len(parts) // 2]) / 2
    elif isinstance(aggregation, Mode):
        times = Counter(parts)
        part = max(each for each in parts if times[each] == max(times.values()))
    else:
        part = {Lowest: min, Highest: max}[type(aggregation)](parts)
    return _of_maximum(line, part, Fraction(100))


def _weighted_mean(line, aggregation, kept, bonuses, planned):
    weights = _weights(aggregation, kept, planned)
    counted = sum(weights, Fraction(0))
    if kept and not counted:
        return None  # W5
    whole = _whole(aggregation, counted) or Fraction(100)
    part = Fraction(0)
    for child, weight in zip(kept, weights, strict=True):
        child.share = weight / whole
        part += _part(child) * child.share
    for bonus in bonuses:
        bonus.share = _bonus_share(aggregation, bonus, kept, planned, whole)
        part += _gain(bonus) * bonus.share
    maxima = [child.out_of for child, weight in zip(kept, weights, strict=True) if weight]
    out_of = {
        Maximum.WHOLE: Fraction(100),
        Maximum.WEIGHTS: counted,
        Maximum.POINTS: sum(maxima, Fraction(0)),
        Maximum.MEAN: _average(maxima),
    }[aggregation.out_of]
    return _of_maximum(line, part, out_of)


def _bonus_share(aggregation, bonus, kept, planned, whole):
    """Rule B3."""
    if aggregation.bonus is BonusOf.PERCENT_POINTS:
        return bonus.out_of / 100
    if bonus.node.weight is None and aggregation.distribution is Distribution.BY_POINTS and not aggregation.ranks:
        weighty = zip(kept, _weights(aggregation, kept, planned), strict=True)
        points = sum(child.out_of for child, weight in weighty if weight)
        return bonus.out_of / points if points else Fraction(0)
    if not kept and aggregation.bonus is BonusOf.COUNTED:
        return Fraction(0)
    return planned[bonus.id] / (whole if aggregation.bonus is BonusOf.COUNTED else 100)


# Drops


class Contest(NamedTuple):
    """A branch in which the best total is sought."""

    line: Line
    aggregation: object
    kept: list[Line]
    bonuses: list[Line]
    weights: dict[str, Fraction]
    children: list[Line]

    @property
    def sums_points(self):
        """Whether the result is points out of the points possible."""
        if not isinstance(self.aggregation, SumOfPoints):
            return False
        return self.line.node.max_points is None or self.aggregation.fixed_maximum is not FixedMaximum.KEEPS_POINTS

    def total_without(self, dropped):
        """Return the branch's own result with its bonus, before rounding and cap; of a pick, the mean (D9)."""
        kept = [child for child in self.kept if child not in dropped]
        if not kept:
            return None
        if not self.aggregation.takes_bonus:
            return sum(_part(child) for child in kept) / len(kept)
        result = _combined(self.line, self.aggregation, kept, self.bonuses, self.weights)
        return result[0] / result[1] if result and result[1] else None


def _how_many(rule, count):
    """Rules D5, D6, D7 and D11."""
    if rule.keep_highest is not None:
        lowest, highest = max(count - rule.keep_highest, 0), 0
    else:
        lowest, highest = min(rule.lowest, count), rule.highest
    asked = rule.lowest + rule.highest if rule.keep_highest is None else lowest
    if rule.too_few is TooFew.DROP_NONE and count - asked < rule.keep_at_least:
        return 0, 0  # D11
    if count - lowest - highest < rule.keep_at_least:
        highest = 0
    while lowest and count - lowest < rule.keep_at_least:
        lowest -= 1
    return lowest, min(highest, count - lowest)


def _drops(line, aggregation, kept, bonuses, weights):
    """Return the children dropped: lowest first, then highest among the rest (D1)."""
    rule = line.node.drop
    ranked = [child for child in kept if child.id not in rule.never and (rule.by is not DropBy.PERCENT or child.out_of)]
    dropped = []
    for count, sign in zip(_how_many(rule, len(ranked)), (1, -1), strict=True):
        ranked = [child for child in ranked if child not in dropped]
        if rule.by is DropBy.BEST_TOTAL:
            staying = [child for child in kept if child not in dropped]
            contest = Contest(line, _measure(aggregation, sign), staying, bonuses, weights, kept)
            dropped += _best(rule, ranked, count, sign, contest)
        else:
            dropped += _one_by_one(rule, ranked, count, sign)
    return dropped


def _one_by_one(rule, ranked, count, sign):
    order = _tie_order(rule.ties, ranked)
    rank = {child: child.points if rule.by is DropBy.POINTS else child.percent for child in ranked}
    return sorted(ranked, key=lambda child: (sign * rank[child], order.index(child)))[:count]


def _tie_order(ties, ranked):
    """Return the candidates, the first to be dropped first, were they all equal (D3)."""
    if ties is DropTies.LARGER_MAXIMUM:
        return sorted(ranked, key=lambda child: -child.out_of)
    return list(reversed(ranked)) if ties is DropTies.LAST else list(ranked)


def _best(rule, ranked, count, sign, contest):
    """Try every set (D9); a set that leaves a total is better than one that leaves none."""
    order = _tie_order(rule.ties, ranked)
    if rule.unpointed is not Unpointed.LAST and contest.sums_points and 0 < count < len(ranked):
        return _halving(order, len(ranked) - count, sign, contest, rule)

    def merit(dropped):
        left = contest.total_without(dropped)
        return left is None, 0 if left is None else -sign * left, sorted(order.index(child) for child in dropped)

    return min(combinations(ranked, count), key=merit)


def _halving(order, kept, sign, contest, rule):
    """Look at the middle of two ratios, and again in one half, until the half is small (D12)."""
    protected = [(child.points, child.out_of) for child in contest.kept if child not in order]
    bonus = (
        sum(_bonus_points(child) for child in contest.bonuses) if contest.aggregation.bonus is BonusOf.COUNTED else 0
    )
    protected += [(bonus, Fraction(0))] if bonus else []
    pool = protected + [(child.points, child.out_of) for child in order]
    ratios = [points / out_of for points, out_of in pool if out_of]
    droppable = [child.out_of for child in contest.children if child.id not in rule.never]
    largest = max(droppable)
    if rule.unpointed is Unpointed.BROWSER:
        ratios.sort(key=_as_text)
    else:
        ratios.sort()
        largest = max([largest, *(out_of for _, out_of in protected)])
    if not ratios or not largest:
        again = sign < 0 and any(droppable)
        upwards = sorted(reversed(order) if sign > 0 else order, key=lambda child: child.points)
        downwards = sorted(order, key=lambda child: -child.points)
        return (upwards if sign > 0 or again else downwards)[: len(order) - kept]
    low, high = ratios[0], ratios[-1]
    if len(ratios) < len(pool):
        maxima, points = (sum(pair[side] for pair in pool if pair[1]) for side in (1, 0))
        high = (max(maxima, points) + sum(points for points, out_of in pool if not out_of)) / maxima
    while True:
        middle = (low + high) / 2
        rated = sorted(order, key=lambda child: sign * (child.points - middle * child.out_of))
        chosen = protected + [(child.points, child.out_of) for child in rated[-kept:]]
        if high - low < 1 / (2 * kept * largest**2):
            return rated[:-kept]
        if sum(points - middle * out_of for points, out_of in chosen) < 0:
            high = middle
        else:
            low = middle


def _as_text(ratio):
    """Return a ratio of 20 decimals as a browser writes it, which has powers of ten from the seventh decimal on."""
    number = (
        decimal.Decimal(floor(abs(ratio) * 10**20 + Fraction(1, 2))).scaleb(-20).normalize(decimal.Context(prec=100))
    )
    digits = "".join(map(str, number.as_tuple().digits))
    tiny = number and number.adjusted() <= -7
    text = f"{digits[0]}{'.' if digits[1:] else ''}{digits[1:]}e{number.adjusted()}" if tiny else f"{number:f}"
    return f"-{text}" if ratio < 0 and number else text


def _measure(aggregation, sign):
    """Return the aggregation by which sets are compared: under `UP` the highest are those of the ratio (D9)."""
    if not isinstance(aggregation, WeightedMean):
        return aggregation
    if aggregation.ranks:
        return Mean()  # the best by percent are best by rank
    by_ratio = aggregation.rescale is Rescale.UP and sign < 0
    return evolve(aggregation, out_of=Maximum.WHOLE, rescale=Rescale.ALWAYS if by_ratio else aggregation.rescale)
