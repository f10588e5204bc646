# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The operations of a program, each for a block of learners: the table `OPERATIONS` has an entry for each.

An entry takes a step and what is proven of the registers so far, enters what it proves of its own, and returns what
is run for a block. A step without an entry is one that this carrier does not have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from ...grading.kernel.program import (
    Demand,
    Fill,
    Let,
    Limit,
    Read,
    Refuse,
    Round,
    Sum,
    Tell,
    Told,
)
from ...rounding import RoundingOf
from .blocks import (
    Arithmetic,
    Block,
    Mask,
    Pairs,
    Proven,
    Run,
    Surveyed,
    rounded,
    widest_of_rounding,
)
from .choosing import everybody
from .expressions import check, value
from .settling import read
from .sums import summed

Operation = Callable[[Any, dict[int, Proven], Surveyed], Run]


def _fill(step: Fill, _spans: dict[int, Proven], _surveyed: Surveyed) -> Run:
    return partial(_run_fill, step)


def _run_fill(step: Fill, block: Block) -> None:
    masks = [block.registers[each].has for each in step.triggers]
    some = [mask for mask in masks if mask is not None]
    opened: Mask | None = None if len(some) < len(masks) else np.logical_or.reduce(some) if some else None
    for each in step.blanks:
        register, exempt = block.registers[each], block.exempt[each]
        if register.has is None:
            continue
        has: Mask | None = ~exempt if exempt is not None else None
        if opened is not None:
            has = register.has | (opened if has is None else opened & has)
        block.registers[each] = register._replace(has=has)


def _demand(step: Demand, _spans: dict[int, Proven], _surveyed: Surveyed) -> Run:
    return partial(_run_demand, step)


def _run_demand(step: Demand, block: Block) -> None:
    has = block.registers[step.register].has
    if has is not None:
        block.refused |= ~has


def _limit(step: Limit, spans: dict[int, Proven], _surveyed: Surveyed) -> Run:
    before = spans[step.register]
    unit = before.unit * step.unit
    most = max(before.reached * step.under, unit * before.over * step.over)
    if step.over == step.under:
        most = max(before.reached, unit * before.over)
        spans[step.register] = before._replace(reached=most)
    else:
        spans[step.register] = before._replace(reached=most, unit=unit * step.under)
    return partial(_run_limit, step, Arithmetic(most, unit * step.over * before.over), unit)


def _run_limit(step: Limit, kind: Arithmetic, unit: int, block: Block) -> None:
    """Let a pair reach no more than its limit; the limit's denominator multiplies what it is out of."""
    register = block.registers[step.register]
    reached = kind.array(register.reached)
    over, under = (1, 1) if step.over == step.under else (step.over, step.under)
    most = kind.over(register) * kind.number(unit * over)
    if under != 1:
        reached = reached * kind.number(under)
    limited = np.minimum(reached, most)
    block.registers[step.register] = register._replace(reached=limited)


def _round(step: Round, spans: dict[int, Proven], _surveyed: Surveyed) -> Run:
    before, rounding = spans[step.register], step.rounding
    whole = step.out_of if rounding.of is RoundingOf.POINTS else 100
    size = Fraction(10) ** -rounding.places / whole
    times = 1 / size / (before.unit * step.unit)
    over, under = before.reached * times.numerator, before.over * times.denominator
    spans[step.register] = Proven((over + 1) * size.numerator, size.denominator)
    kind = Arithmetic(widest_of_rounding(over, under, rounding), (over + 1) * size.numerator)
    return partial(_run_round, step, kind, times, size.numerator)


def _run_round(step: Round, kind: Arithmetic, times: Fraction, size: int, block: Block) -> None:
    """Make a pair the nearest number of steps, out of the steps of the whole."""
    register = block.registers[step.register]
    over = kind.array(register.reached) * kind.number(times.numerator)
    under = kind.over(register) * kind.number(times.denominator)
    steps = rounded(over, under, step.rounding, kind)
    block.registers[step.register] = Pairs(steps * kind.number(size), register.has)


def _refuse(step: Refuse, spans: dict[int, Proven], _surveyed: Surveyed) -> Run:
    check(step.flag, spans)
    return partial(_run_refuse, step)


def _run_refuse(step: Refuse, block: Block) -> None:
    block.refused |= value(step.flag, block)


def _let(step: Let, spans: dict[int, Proven], _surveyed: Surveyed) -> Run:
    for each in (step.has, step.reached, step.possible):
        check(each, spans)
    spans[step.to] = Proven(step.reached.most, 1, step.possible.most, None)
    return partial(_run_let, step)


def _run_let(step: Let, block: Block) -> None:
    """Enter a pair of expressions, which is 0 out of 1 where the third does not hold."""
    has = everybody(value(step.has, block), block)
    reached, possible = (everybody(value(each, block), block) for each in (step.reached, step.possible))
    if has.all():
        block.registers[step.to] = Pairs(reached, None, possible)
    else:
        block.registers[step.to] = Pairs(np.where(has, reached, 0), has, np.where(has, possible, 1))


def _tell(step: Tell, spans: dict[int, Proven], _surveyed: Surveyed) -> Run:
    if step.what is not Told.SYMBOL:
        return lambda _: None
    check(step.value, spans)
    return partial(_run_tell, step)


def _run_tell(step: Tell, block: Block) -> None:
    block.symbol = value(step.value, block)


OPERATIONS: Final[Mapping[type, Operation]] = MappingProxyType(
    {
        Read: read,
        Fill: _fill,
        Demand: _demand,
        Sum: summed,
        Limit: _limit,
        Round: _round,
        Refuse: _refuse,
        Let: _let,
        Tell: _tell,
    }
)
"""What becomes of each operation of a program."""
