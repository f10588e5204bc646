# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The sum of a branch for a block of learners: what counts, shares of different maxima, and what it is out of.

A share out of what varies comes over a common multiple where few numbers come up (the counts 1 to 8 divide 840), and
else its denominator multiplies all others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from math import gcd, lcm, prod
from typing import Any, Final, NamedTuple

import numpy as np

from ...gradebook.weights import Rescale
from ...grading.kernel.program import KernelProgram, Sum, Term
from .blocks import LIMIT, Arithmetic, Block, Mask, Pairs, Proven, Run, Surveyed
from .choosing import as_kind
from .dropping import Figures, Total, are_alike, costing, goes_through_once, plus, ranked

_MOST_SUMS: Final = 256


class _Share(NamedTuple):
    """A term out of what varies: `times` is its factor, over `common` if that is a multiple of all that comes up."""

    register: int
    cost: int
    times: int
    common: int | None


class _Bunch(NamedTuple):
    """Shares that come together before they meet others, as many as doubles hold."""

    shares: tuple[_Share, ...]
    kind: Arithmetic


class _Joined(NamedTuple):
    """How shares come together: over a `multiple`, times what varies, up to `crossed`; `reached` is the most."""

    bunches: tuple[_Bunch, ...]
    multiple: int
    crossed: int
    reached: int


class _Whole(NamedTuple):
    """What a sum can be out of: no more than `most`, in pieces, and one of these numbers of them if they are few."""

    most: int
    piece: int
    pieces: frozenset[int] | None


class _Alike(NamedTuple):
    """Terms that add and cost the same; the cost is None where it is what they are out of."""

    cost: int | None
    gain: int
    terms: tuple[Term, ...]


class _Summing(NamedTuple):
    """A sum, with what is proven of it."""

    step: Sum
    kind: Arithmetic
    plain: tuple[_Alike, ...]
    joined: _Joined
    piece: int
    units: dict[int, int]


def summed(step: Sum, spans: dict[int, Proven], surveyed: Surveyed) -> Run:
    """Return the step that sums, and enter what is proven of the sum."""
    program = surveyed.program
    whole = _whole_of(step, spans, program)
    step = _in_pieces(step, whole.piece, program)
    plain = [term for term in step.terms if not term.varies]
    joined = _join(step, spans, _reached((*plain, *step.ranked, *step.bonuses), spans))
    multiplied = step.full if step.of_whole else 1
    widest = max(whole.most, step.full) * joined.multiple * joined.crossed
    reached = joined.reached * multiplied + _reached(step.of_whole, spans) * widest
    over = max(whole.most // whole.piece, 1) * joined.crossed
    unit = joined.multiple * whole.piece * multiplied
    spans[step.to] = Proven(reached, unit, over, whole.pieces if joined.crossed == 1 else None)
    keys = max((term.key * spans[term.register].reached for term in step.ranked), default=0)
    groups = tuple(_alike(step, program))
    units = {term.register: spans[term.register].unit // whole.piece for term in plain}
    return partial(_sum, _Summing(step, Arithmetic(reached, unit * over, keys), groups, joined, whole.piece, units))


def asked_at_once(step: Sum, program: KernelProgram) -> Iterator[tuple[int, ...]]:
    """Yield the lists of registers that a sum goes through once, in their order."""
    every = [terms for cost, _, terms in _alike(step, program) if cost is not None]
    if step.drop is not None and goes_through_once(step.ranked, step.drop):
        every.append(step.ranked)
    yield from (tuple(term.register for term in terms) for terms in every)


def _alike(step: Sum, program: KernelProgram) -> Iterator[_Alike]:
    """Yield the terms that add as they are, in lists of such as add and cost the same."""
    alike: dict[tuple[int | None, int], list[Term]] = {}
    for term in step.terms:
        if not term.varies:
            alike.setdefault((_cost(term, program), term.gain), []).append(term)
    yield from (_Alike(cost, gain, tuple(terms)) for (cost, gain), terms in alike.items())


def _in_pieces(step: Sum, piece: int, program: KernelProgram) -> Sum:
    """Return a sum whose terms say what they cost in pieces, where that is of account."""
    if step.rescale is Rescale.NEVER:
        return step
    costs = [(term, _cost(term, program)) for term in (*step.terms, *step.ranked)]
    every = [term._replace(cost=None if cost is None else cost // piece) for term, cost in costs]
    return step._replace(terms=tuple(every[: len(step.terms)]), ranked=tuple(every[len(step.terms) :]))


def _reached(terms: Sequence[Term], spans: dict[int, Proven]) -> int:
    return sum(term.gain * spans[term.register].reached for term in terms)


def _cost(term: Term, program: KernelProgram) -> int | None:
    """Return what a term costs, or None where that is what it is possible to reach, and varies."""
    return program.constants.get(term.register) if term.cost is None else term.cost


def _join(step: Sum, spans: dict[int, Proven], fixed: int) -> _Joined:
    """Return the way to join the shares in which numbers stay smaller."""
    varying = [term for term in step.terms if term.varies]
    ways = [_joined(varying, spans, fixed, common=common) for common in (True, False)]
    return min(ways, key=lambda way: (way.reached >= LIMIT, way.crossed > 1, way.reached))


def _joined(varying: Sequence[Term], spans: dict[int, Proven], fixed: int, *, common: bool) -> _Joined:
    of = {term: spans[term.register] for term in varying}
    commons = {term: span.common() if common else None for term, span in of.items()}
    multiple = lcm(*(span.unit * (commons[term] or 1) for term, span in of.items()))
    crossed = prod(span.over for term, span in of.items() if commons[term] is None)
    shares, reached = [], fixed * multiple * crossed
    for term, span in of.items():
        own = commons[term]
        times = term.gain * multiple // span.unit // (own or 1)
        shares.append(_Share(term.register, term.cost or 0, times, own))
        reached += times * span.reached * (crossed * own if own else crossed // span.over)
    shares.sort(key=lambda share: share.common is None)  # what multiplies all others comes last
    return _Joined(tuple(_bunches(shares, spans)), multiple, crossed, reached)


def _bunches(shares: Sequence[_Share], spans: dict[int, Proven]) -> Iterator[_Bunch]:
    """Yield shares in their order, as many at once as stay below what doubles hold."""
    bunch: list[_Share] = []
    most = (0, 1)
    for share in shares:
        span = spans[share.register]
        alone = (share.times * span.reached * (share.common or 1), 1 if share.common else span.over)
        joined = (most[0] * alone[1] + alone[0] * most[1], most[1] * alone[1])
        if bunch and max(joined) >= LIMIT:
            yield _Bunch(tuple(bunch), Arithmetic(*most))
            bunch, joined = [], alone
        bunch.append(share)
        most = joined
    if bunch:
        yield _Bunch(tuple(bunch), Arithmetic(*most))


def _whole_of(step: Sum, spans: dict[int, Proven], program: KernelProgram) -> _Whole:
    """Return what is known of what a sum is out of."""
    if step.rescale is Rescale.NEVER:
        return _Whole(step.full, step.full, frozenset({1}))
    terms = (*step.terms, *step.ranked)
    costs = [_cost(term, program) for term in terms]
    most = sum(
        spans[term.register].unit * spans[term.register].over if cost is None else cost
        for term, cost in zip(terms, costs, strict=True)
    )
    pieces = [spans[term.register].unit if cost is None else cost for term, cost in zip(terms, costs, strict=True)]
    up = step.rescale is Rescale.UP
    piece = gcd(*pieces, step.full if up else 0) or 1
    if None in costs:
        return _Whole(most, piece, None)
    sums = _sums(step, [cost for cost in costs if cost])
    if sums is None:
        return _Whole(most, piece, None)
    within = {min(each, step.full) if up else each for each in sums} - {0}
    return _Whole(most, piece, frozenset(each // piece for each in within) or frozenset({1}))


def _sums(step: Sum, costs: Sequence[int]) -> set[int] | None:
    """Return everything that the costs of some of the terms can come to, unless that is much."""
    if step.drop is not None and not step.terms and are_alike(step.ranked):
        every = zip(range(len(costs) + 1), step.drop.lowest, step.drop.highest, strict=True)
        return {(costs[0] if costs else 0) * (count - low - high) for count, low, high in every}
    sums = {0}
    for cost in costs:
        sums |= {each + cost for each in sums}
        if len(sums) > _MOST_SUMS:
            return None
    return sums


def _sum(summing: _Summing, block: Block) -> None:
    step, kind = summing.step, summing.kind
    reached, weights = _plain(summing, block)
    if step.drop is not None:
        more, count = ranked(step.ranked, step.drop, block, kind)
        reached, weights = plus(reached, more), plus(weights, count)
    for bonus in _bonuses(step.bonuses, block, kind):
        reached = plus(reached, bonus)
    reached, over, weighed = _shares(summing, reached, block)
    has, whole = _whole(summing, plus(weights, weighed))
    if step.of_whole:
        reached = reached * kind.number(step.full)
        out_of = whole * kind.number(summing.piece * summing.joined.multiple) * (1 if over is None else over)
        for bonus in _bonuses(step.of_whole, block, kind):
            reached = reached + bonus * out_of
    block.registers[step.to] = _concluded(reached, has, whole if over is None else whole * over, block.size, kind)


def _plain(summing: _Summing, block: Block) -> Figures:
    """Return the sum of the terms that add as they are, and what counted of them."""
    kind = summing.kind
    reached: Any = kind.number(0)
    weights: Any = kind.number(0)
    for cost, gain, terms in summing.plain:
        total = Total(len(terms), kind)
        for stack in block.registers.stacks([term.register for term in terms]):
            total.add(stack)
        reached = plus(reached, total.reached if gain == 1 else total.reached * kind.number(gain))
        own = _possible(terms, summing.units, block, kind) if cost is None else total.cost(cost)
        weights = plus(weights, own)
    return reached, weights


def _possible(terms: Sequence[Term], units: dict[int, int], block: Block, kind: Arithmetic) -> Any:
    """Return what was possible together, where it varies."""
    possible: Any = kind.number(0)
    for term in terms:
        register = block.registers[term.register]
        own = kind.over(register) * kind.number(units[term.register])
        possible = possible + (own if register.has is None else own * register.has)
    return possible


def _bonuses(terms: Sequence[Term], block: Block, kind: Arithmetic) -> Iterator[Any]:
    """Yield what each bonus adds, which is never less than nothing."""
    for term in terms:
        reached = kind.array(block.registers[term.register].reached)
        yield np.maximum(reached, kind.number(0)) * kind.number(term.gain)


def _shares(summing: _Summing, reached: Any, block: Block) -> tuple[Any, Any, Any]:
    """Return what was reached with the shares, what multiplied it that varies, and what counted of them."""
    kind, joined = summing.kind, summing.joined
    weights: Any = kind.number(0)
    crossed: Any = None
    if joined.multiple != 1 and isinstance(reached, np.ndarray):
        reached = reached * kind.number(joined.multiple)
    for bunch in joined.bunches:
        own, over = (each if each is None else as_kind(kind, each) for each in _together(bunch, block))
        if over is not None and isinstance(reached, np.ndarray):
            reached = reached * over
        reached = plus(reached, own if crossed is None else own * crossed)
        crossed = over if crossed is None else crossed if over is None else crossed * over
        for share in bunch.shares:
            has = block.registers[share.register].has
            weights = plus(weights, kind.number(share.cost) if has is None else costing(has, share.cost, kind))
    return reached, crossed, weights


def _together(bunch: _Bunch, block: Block) -> tuple[Any, Any]:
    """Return what the shares of a bunch reached together, and what multiplied it that varies."""
    kind = bunch.kind
    reached: Any = None
    crossed: Any = None
    for share in bunch.shares:
        register = block.registers[share.register]
        own, over = kind.array(register.reached), kind.over(register)
        if share.common is not None:
            times = kind.number(share.times * share.common)
            part = times // over if kind.wide else times / over
            more = np.multiply(own, part, out=part) if isinstance(part, np.ndarray) else own * part
            reached = more if reached is None else np.add(more, reached, out=more)
        else:
            more = own * (kind.number(share.times) if crossed is None else crossed * kind.number(share.times))
            reached = more if reached is None else reached * over + more
            crossed = over if crossed is None else crossed * over
    return reached, crossed


def _whole(summing: _Summing, weights: Any) -> tuple[Any, Any]:
    """Return who has a score, and what the sum is out of, in pieces."""
    step, kind = summing.step, summing.kind
    whole: Any = weights
    if step.rescale is Rescale.NEVER:
        whole = kind.number(1)
    elif step.rescale is Rescale.UP:
        whole = np.minimum(weights, kind.number(step.full // summing.piece))
    return weights != 0, whole


def _concluded(reached: Any, has: Any, over: Any, size: int, kind: Arithmetic) -> Pairs:
    """Return the register of a sum; whoever has no score has reached 0 out of 1."""
    values = _everybody(reached, size, kind)
    varying = None if not isinstance(over, np.ndarray) and over == 1 else _everybody(over, size, kind)
    present: Mask = has if isinstance(has, np.ndarray) else np.full(size, has)
    if present.all():
        return Pairs(values, None, varying)
    absent = ~present
    np.copyto(values, 0, where=absent)
    if varying is not None:
        np.copyto(varying, 1, where=absent)
    return Pairs(values, present, varying)


def _everybody(values: Any, size: int, kind: Arithmetic) -> Any:
    """Return an array of everybody's own."""
    return values if isinstance(values, np.ndarray) else np.full(size, values, kind.dtype)
