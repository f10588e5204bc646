# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Marks of unlike maxima as what they add to their sum, so that all of it adds alike.

4 of 5 and 7 of 10 are the shares 8 and 7 of 10. Where one sum alone looks at a mark, it may be read so at once, for it
is turned into a whole number by a table anyway: what is multiplied there need not be for every learner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from .absences import looked_at
from .program import KernelProgram, Read, Step, Sum, Term, Width


def levelled(program: KernelProgram) -> KernelProgram:
    """Return the same program, in which marks are read as what they add where that is not the same for all of a sum."""
    factors = _factors(program)
    steps = [each for step in program.steps for each in _levelled(step, factors)]
    widths = {
        register: Width(width.reached * factors.get(register, 1), width.possible)
        for register, width in program.widths.items()
    }
    return program._replace(steps=tuple(steps), widths=widths)


def _factors(program: KernelProgram) -> dict[int, int]:
    """Return by what each register is to be multiplied when it is read, of those where that changes anything."""
    uses = Counter(looked_at(program.steps))
    once = {each for step in program.steps if isinstance(step, Read) for each in step.to if uses[each] == 1}
    found: dict[int, int] = {}
    for step in program.steps:
        if isinstance(step, Sum):
            found |= _unlike(step.terms, once)
            found |= _unlike(step.ranked, once) if all(term.key == term.gain for term in step.ranked) else {}
    return found


def _unlike(terms: Sequence[Term], once: set[int]) -> dict[int, int]:
    if len({term.gain for term in terms}) <= 1:
        return {}
    return {term.register: term.gain for term in terms if term.register in once and term.gain}


def _levelled(step: Step, factors: Mapping[int, int]) -> Iterator[Step]:
    match step:
        case Read():
            yield from _parted(step, factors)
        case Sum():
            yield step._replace(
                terms=tuple(_plain(term, factors) for term in step.terms),
                ranked=tuple(_plain(term, factors) for term in step.ranked),
            )
        case _:
            yield step


def _plain(term: Term, factors: Mapping[int, int]) -> Term:
    return term._replace(gain=1, key=1) if term.register in factors else term


def _parted(step: Read, factors: Mapping[int, int]) -> Iterator[Read]:
    """Yield the readings that one becomes: those next to each other that have the same factor stay together."""
    first = step.first
    for factor, group in groupby(step.to, key=lambda register: factors.get(register, 1)):
        to, settling = tuple(group), step.settling
        yield Read(first, to, settling._replace(scale=settling.scale * factor, most=settling.most * factor))
        first += len(to)
