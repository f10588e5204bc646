# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The steps of sums as lines of Python, each of which takes as many children as it can.

`n7` and `d7` are what line 7 reached and what it could, `n` and `w` what was reached and counted so far.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import lcm, prod
from typing import Final, assert_never

from ...gradebook.weights import Rescale
from .absences import Absences, are_alike
from .alike import Alike, drops_one
from .program import Demand, Drop, Fill, KernelProgram, Limit, Read, Round, Sum, Term

Summed = Fill | Demand | Sum | Limit | Round
"""A step that is made of registers alone."""

_WHOLE: Final = {Rescale.ALWAYS: "w", Rescale.UP: "min(w, {full})", Rescale.NEVER: "{full}"}
_PICKED: Final = 8
"""So many marks are looked up in one call, and fewer one by one."""


class Summing:
    """The lines of a program's sums.

    Where a sum is over a count, who weighs it multiplies by an entry of a table instead of dividing.
    """

    def __init__(self, program: KernelProgram, absences: Absences) -> None:
        self._program, self._absences = program, absences
        self._counts = _counts(program)

    def written(self, step: Summed, nth: int) -> Iterator[str]:
        """Yield the lines of a step; what it looks up or calls has its number."""
        match step:
            case Fill():
                yield from _fill(step)
            case Demand():
                yield f"if n{step.register} is None: raise Beyond"
            case Sum():
                yield from self._count(step) if step.to in self._counts else self._sum(step)
            case Limit():
                yield from _limit(step, self._program)
            case Round():
                n, d = f"n{step.register}", f"d{step.register}"
                yield f"if {n} is not None: {n}, {d} = t{nth}({n}, {_times(d, step.unit)})"
            case _:
                assert_never(step)

    def read(self, steps: Sequence[tuple[int, Read]]) -> Iterator[str]:
        """Yield the lines that look up every mark, each step with its number; and again where one is new."""
        yield "try:"
        for nth, step in steps:
            yield from (f"    {line}" for line in self._looked_up(step, nth))
        yield "except KeyError:"
        for nth, step in steps:
            yield f"    {_targets(step)} = s{nth}({self._marks(step)})"

    def _looked_up(self, step: Read, nth: int) -> Iterator[str]:
        if len(step.to) >= _PICKED:
            yield f"{_targets(step)} = pick(*{self._marks(step)})(t{nth})"
        else:
            yield from (f"n{to} = t{nth}[v[{step.first + place}]]" for place, to in enumerate(step.to))

    def _marks(self, step: Read) -> str:
        end = step.first + len(step.to)
        return "v" if end - step.first == len(self._program.positions) else f"v[{step.first}:{end}]"

    def _alike(self, terms: Sequence[Term]) -> Alike:
        return Alike(terms, self._absences)

    def _count(self, step: Sum) -> Iterator[str]:
        """Yield a sum over how many count, of terms that add alike and of which the lowest may go."""
        terms = step.ranked or step.terms
        yield from self._alike(terms).summed() if step.drop is None else self._alike(terms).without(step.drop)
        yield f"n{step.to} = {_times('s', terms[0].gain)} if k else None"
        yield f"d{step.to} = k"

    def _sum(self, step: Sum) -> Iterator[str]:
        """Yield the sum of what adds as it is, then of what is over a learner's own maximum, and last the whole."""
        constant = [term for term in step.terms if not term.varies]
        varying = [term for term in step.terms if term.varies]
        yield "n = w = 0"
        yield from self._plain_terms(constant)
        if step.drop is not None:
            yield from self._dropping(step.ranked, step.drop)
        yield from (
            f"if n{each.register} is not None and n{each.register} > 0: n += {_gain(each)}" for each in step.bonuses
        )
        common = self._common(varying) if varying else 1
        if varying and common is not None and len(varying) < len(step.terms) + len(step.ranked) + len(step.bonuses):
            yield f"n *= {common}"
        yield from _over_own(varying) if common is None else self._over_counts(varying, common)
        yield from _out_of_whole(step, "m" if common is None else str(common), self._program)

    def _common(self, varying: Sequence[Term]) -> int | None:
        """Return a common multiple of what the terms are over, if it is known and less than their product."""
        counts = [self._counts.get(term.register, 0) for term in varying]
        common = lcm(*(each for most in counts for each in range(1, most + 1)))
        return common if all(counts) and common <= prod(counts) else None

    def _over_counts(self, varying: Sequence[Term], multiple: int) -> Iterator[str]:
        for term in varying:
            most = self._counts[term.register]
            gains = (0, *(term.gain * (multiple // count) for count in range(1, most + 1)))
            n, d = f"n{term.register}", f"d{term.register}"
            yield f"if {d}: n += {n} * {gains}[{d}]; w += {term.cost}"

    def _plain_terms(self, terms: Sequence[Term]) -> Iterator[str]:
        """Yield the sum of terms that add as they are: those that add alike in one go."""
        if are_alike(terms):
            yield from self._alike(terms).summed()
            yield f"n, w = {_times('s', terms[0].gain)}, {_times('k', terms[0].cost)}"
            return
        if terms and terms[0].register in self._absences.in_sums:
            yield from self._alike(terms).weighed(self._absences.far)
            yield f"n = {_times('s', terms[0].gain)}"
            return
        for term in terms:
            cost = _possible(term.register, self._program) if term.cost is None else str(term.cost)
            yield f"if n{term.register} is not None: n += {_gain(term)}; w += {cost}"

    def _dropping(self, terms: Sequence[Term], drop: Drop) -> Iterator[str]:
        """Yield the sum of what a drop leaves; of terms that add alike only the order of what was reached matters."""
        if are_alike(terms):
            yield from self._alike(terms).without(drop)
            yield f"n += {_times('s', terms[0].gain)}; w += {_times('k', terms[0].cost)}"
            return
        if drops_one(drop):
            yield from self._without_lowest(terms, drop.lowest.index(1))
            return
        yield "p = []"
        for each in terms:
            n = f"n{each.register}"
            yield f"if {n} is not None: p.append(({_times(n, each.key)}, {each.order}, {_gain(each)}, {each.cost}))"
        yield "p.sort()"
        yield "k = len(p)"
        yield f"p = p[{drop.lowest}[k]:]"
        if any(drop.highest):
            yield f"p = sorted(p, key=from_top)[{drop.highest}[k]:]"
        yield "for x in p: n += x[2]; w += x[3]"

    def _without_lowest(self, terms: Sequence[Term], least: int) -> Iterator[str]:
        """Yield the same without the first of the lowest, `m`, which adds `x` and costs `c`."""
        widths = self._program.widths
        yield f"k, m = 0, {1 + max(widths[term.register].reached * term.key for term in terms)}"
        for each in sorted(terms, key=lambda term: term.order):
            n, rank = f"n{each.register}", _times(f"n{each.register}", each.key)
            yield f"if {n} is not None:"
            yield f"    n += {_gain(each)}; w += {each.cost}; k += 1"
            yield f"    if {rank} < m: m = {rank}; x = {_gain(each)}; c = {each.cost}"
        yield f"if k >= {least}: n -= x; w -= c"


def pair_of(register: int, program: KernelProgram, unit: int | None = None) -> str:
    """Return what a register holds as a pair, with what every learner shares of what is possible, or with `unit`."""
    shared = program.units[register] if unit is None else unit
    return f"n{register}, {_times(_possible(register, program), shared)}"


def from_top(part: tuple[int, int, int, int]) -> tuple[int, int]:
    """Return the key that sorts the highest first, and equals in their order."""
    return -part[0], part[1]


def _counts(program: KernelProgram) -> dict[int, int]:
    """Return the registers that are over how many of their terms count, with how many these are at the most."""
    changed = {
        step.register
        for step in program.steps
        if isinstance(step, Round) or (isinstance(step, Limit) and step.over != step.under)
    }
    sums = [step for step in program.steps if isinstance(step, Sum) and step.to not in changed]
    return {step.to: len(step.ranked or step.terms) for step in sums if _is_count(step, program)}


def _is_count(step: Sum, program: KernelProgram) -> bool:
    plain = not (step.bonuses or step.of_whole or (step.ranked and step.terms)) and step.to not in program.constants
    drop = step.drop is None or drops_one(step.drop)
    group = step.ranked or step.terms
    return (
        plain
        and drop
        and are_alike(group)
        and group[0].cost == 1
        and step.rescale is Rescale.ALWAYS
        and not any(term.varies for term in step.terms)
    )


def _targets(step: Read) -> str:
    return _tuple(f"n{each}" for each in step.to)


def _over_own(varying: Sequence[Term]) -> Iterator[str]:
    if varying:
        yield "m = 1"
    for term in varying:
        n, d = f"n{term.register}", f"d{term.register}"
        yield f"if {n} is not None: n = n * {d} + {_gain(term)} * m; m *= {d}; w += {term.cost}"


def _fill(step: Fill) -> Iterator[str]:
    yield f"z = {' or '.join(f'n{each}.__class__ is int' for each in step.triggers) or 'False'}"
    for each in step.blanks:
        yield f"if n{each}.__class__ is not int: n{each} = 0 if z and n{each} is None else None"


def _limit(step: Limit, program: KernelProgram) -> Iterator[str]:
    n, d = f"n{step.register}", _possible(step.register, program)
    most = _times(d, step.unit)
    if step.over == step.under:
        yield f"if {n} is not None and {n} > {most}: {n} = {most}"
    else:
        yield f"{d} = {most}"
        yield f"if {n} is not None and {n} * {step.under} > {d} * {step.over}: {n}, {d} = {step.over}, {step.under}"


def _out_of_whole(step: Sum, multiple: str, program: KernelProgram) -> Iterator[str]:
    whole = _WHOLE[step.rescale].format(full=step.full)
    factors = [each for each in (whole, str(step.full) if step.of_whole else "1", multiple) if each != "1"]
    if step.of_whole:
        yield f"n *= {step.full}"
    for each in step.of_whole:
        n = f"n{each.register}"
        yield f"if {n} is not None and {n} > 0: n += {' * '.join([_gain(each), whole, multiple])}"
    yield f"n{step.to} = n if w else None"
    if step.to not in program.constants:
        yield f"d{step.to} = {' * '.join(factors) or '1'}"


def _gain(term: Term) -> str:
    return _times(f"n{term.register}", term.gain)


def _times(text: str, factor: int | None) -> str:
    return text if factor == 1 else f"{text} * {factor}"


def _possible(register: int, program: KernelProgram) -> str:
    return str(program.constants.get(register, f"d{register}"))


def _tuple(names: Iterator[str]) -> str:
    return f"({''.join(f'{name}, ' for name in names)})"
