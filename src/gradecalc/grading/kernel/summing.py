# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The steps of sums as lines of Python, each of which takes as many children as it can.

`n7` and `d7` are what line 7 reached and what it could, `n` and `w` what was reached and counted so far, `p` the
children at hand, and `r0` the marks that the first step reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import lcm, prod
from typing import Final, assert_never

from ...gradebook.weights import Rescale
from .expressions import leaves_of
from .program import Demand, Drop, Fill, KernelProgram, Let, Limit, Read, Refuse, Round, Sum, Tell, Term, roots_of

Summed = Read | Fill | Demand | Sum | Limit | Round
"""A step that is made of registers alone."""

_WHOLE: Final = {Rescale.ALWAYS: "w", Rescale.UP: "min(w, {full})", Rescale.NEVER: "{full}"}


class Summing:
    """The lines of a program's sums.

    Where all that was read goes into sums that add alike, it stays a list, of which each takes a slice; and where a sum
    is over a count, who weighs it multiplies by an entry of a table instead of dividing.
    """

    def __init__(self, program: KernelProgram) -> None:
        self._program = program
        self._slices = _slices(program)
        self._counts = _counts(program)

    def written(self, step: Summed, nth: int) -> Iterator[str]:
        """Yield the lines of a step; what it looks up or calls has its number."""
        match step:
            case Read():
                yield from self._read(step, nth)
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

    def _read(self, step: Read, nth: int) -> Iterator[str]:
        every = len(step.to) == len(self._program.positions)
        marks = "v" if every else f"v[{step.first}:{step.first + len(step.to)}]"
        if step.to[0] in self._slices:
            yield f"r{step.first} = [*map(t{nth}, {marks})]"
        else:
            yield f"{_tuple(f'n{each}' for each in step.to)} = map(t{nth}, {marks})"

    def _count(self, step: Sum) -> Iterator[str]:
        """Yield a sum over how many count, of terms that add alike and of which the lowest may go."""
        terms = step.ranked or step.terms
        yield from self._present(terms)
        yield "n = sum(p)"
        yield "w = len(p)"
        if step.drop is not None:
            yield f"if w >= {step.drop.lowest.index(1)}: n -= min(p); w -= 1"
        yield f"n{step.to} = {_times('n', terms[0].gain)} if w else None"
        yield f"d{step.to} = w"

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
        if _are_alike(terms):
            yield from self._present(terms)
            yield f"n, w = {_times('sum(p)', terms[0].gain)}, {_times('len(p)', terms[0].cost)}"
            return
        for term in terms:
            cost = _possible(term.register, self._program) if term.cost is None else str(term.cost)
            yield f"if n{term.register} is not None: n += {_gain(term)}; w += {cost}"

    def _dropping(self, terms: Sequence[Term], drop: Drop) -> Iterator[str]:
        """Yield the sum of what a drop leaves; of terms that add alike only the order of what was reached matters."""
        if _are_alike(terms):
            yield from self._dropping_alike(terms, drop)
            return
        yield "p = []"
        for each in terms:
            n = f"n{each.register}"
            yield f"if {n} is not None: p.append(({n} * {each.key}, {each.order}, {_gain(each)}, {each.cost}))"
        yield "p.sort()"
        yield "k = len(p)"
        yield f"p = p[{drop.lowest}[k]:]"
        if any(drop.highest):
            yield f"p = sorted(p, key=from_top)[{drop.highest}[k]:]"
        yield "for x in p: n += x[2]; w += x[3]"

    def _dropping_alike(self, terms: Sequence[Term], drop: Drop) -> Iterator[str]:
        yield from self._present(terms)
        yield "k = len(p)"
        if set(drop.lowest) == {0, 1} and not any(drop.highest):
            yield f"if k >= {drop.lowest.index(1)}: n += {_times('(sum(p) - min(p))', terms[0].gain)}; k -= 1"
            yield f"else: n += {_times('sum(p)', terms[0].gain)}"
            yield f"w += {_times('k', terms[0].cost)}"
            return
        yield "p.sort()"
        yield f"p = p[{drop.lowest}[k]:k - {drop.highest}[k]]" if any(drop.highest) else f"p = p[{drop.lowest}[k]:]"
        yield f"n += {_times('sum(p)', terms[0].gain)}"
        yield f"w += {_times('len(p)', terms[0].cost)}"

    def _present(self, terms: Sequence[Term]) -> Iterator[str]:
        registers = [term.register for term in terms]
        if registers[0] in self._slices:
            read, start = self._slices[registers[0]]
            yield f"p = r{read}[{start}:{start + len(registers)}]"
        else:
            yield f"p = [{', '.join(f'n{each}' for each in registers)}]"
        yield "if None in p: p = [x for x in p if x is not None]"


def pair_of(register: int, program: KernelProgram, unit: int | None = None) -> str:
    """Return what a register holds as a pair, with what every learner shares of what is possible, or with `unit`."""
    shared = program.units[register] if unit is None else unit
    return f"n{register}, {_times(_possible(register, program), shared)}"


def from_top(part: tuple[int, int, int, int]) -> tuple[int, int]:
    """Return the key that sorts the highest first, and equals in their order."""
    return -part[0], part[1]


def _groups(step: Sum) -> list[tuple[Term, ...]]:
    """Return the terms of a sum that add alike in one go."""
    constant = tuple(term for term in step.terms if not term.varies)
    return [each for each in (constant, step.ranked) if _are_alike(each)]


def _slices(program: KernelProgram) -> dict[int, tuple[int, int]]:
    """Return where each register is in what was read, of a program that needs it there alone."""
    reads = [step for step in program.steps if isinstance(step, Read)]
    if any(isinstance(step, Fill) for step in program.steps):
        return {}
    said = [step for step in program.steps if isinstance(step, (Refuse, Let, Tell))]
    read_alone = {each.data for each in leaves_of(root for step in said for root in roots_of(step))}
    sums = [step for step in program.steps if isinstance(step, Sum)]
    uses = Counter([*(term.register for step in sums for term in _all_terms(step)), *read_alone, *read_alone])
    groups = [tuple(term.register for term in group) for step in sums for group in _groups(step)]
    starts = {group[0]: group for group in groups if max(uses[each] for each in group) == 1}
    found: dict[int, tuple[int, int]] = {}
    for read in reads:
        own = {register: (read.first, place) for place, register in enumerate(read.to)}
        if _is_cut(read.to, starts, uses):
            found |= own
    return found


def _is_cut(to: Sequence[int], starts: dict[int, tuple[int, ...]], uses: Counter[int]) -> bool:
    """Return whether registers are groups one after the other, and others that nobody uses."""
    place = 0
    while place < len(to):
        group = starts.get(to[place], ()) if uses[to[place]] else to[place : place + 1]
        if not group or tuple(to[place : place + len(group)]) != tuple(group):
            return False
        place += len(group)
    return True


def _all_terms(step: Sum) -> Iterable[Term]:
    return (*step.terms, *step.ranked, *step.bonuses, *step.of_whole)


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
    drop = step.drop is None or (set(step.drop.lowest) == {0, 1} and not any(step.drop.highest))
    groups = _groups(step)
    return (
        plain
        and drop
        and bool(groups)
        and groups[0][0].cost == 1
        and step.rescale is Rescale.ALWAYS
        and not any(term.varies for term in step.terms)
    )


def _over_own(varying: Sequence[Term]) -> Iterator[str]:
    if varying:
        yield "m = 1"
    for term in varying:
        n, d = f"n{term.register}", f"d{term.register}"
        yield f"if {n} is not None: n = n * {d} + {_gain(term)} * m; m *= {d}; w += {term.cost}"


def _fill(step: Fill) -> Iterator[str]:
    yield f"z = any(x is not None and x is not X for x in {_tuple(f'n{each}' for each in step.triggers)})"
    for each in step.blanks:
        yield f"n{each} = None if n{each} is X else 0 if z and n{each} is None else n{each}"


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


def _are_alike(terms: Sequence[Term]) -> bool:
    return len(terms) > 1 and len({(term.gain, term.cost, term.key) for term in terms}) == 1 and bool(terms[0].cost)


def _gain(term: Term) -> str:
    return _times(f"n{term.register}", term.gain)


def _times(text: str, factor: int | None) -> str:
    return text if factor == 1 else f"{text} * {factor}"


def _possible(register: int, program: KernelProgram) -> str:
    return str(program.constants.get(register, f"d{register}"))


def _tuple(names: Iterator[str]) -> str:
    return f"({''.join(f'{name}, ' for name in names)})"
