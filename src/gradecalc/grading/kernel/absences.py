# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What stands in a register for a mark that is not there, when a program runs in Python.

Mostly that is None. Where a register is looked at by one sum alone, which adds all its terms alike, it is a power of
two that is far from all marks: such terms are added, compared and sorted without a question for each, and how many are
not there can be read from the sum.

>>> far = Far(most=30, bits=6)
>>> far.number
64
>>> divmod(7 + 64 + 20 + 64 + far.most, far.number)
(2, 57)
>>> 57 - far.most
27
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from ...marks import EXEMPT
from .expressions import Op, leaves_of
from .program import (
    Blank,
    Demand,
    Fill,
    KernelProgram,
    Let,
    Limit,
    Read,
    Refuse,
    Round,
    Step,
    Sum,
    Tell,
    Term,
    roots_of,
)

_TWICE: Final = 2


class Far(NamedTuple):
    """A number that is far from every sum of marks, which is never more than `most` either way from zero."""

    most: int
    bits: int

    @property
    def number(self) -> int:
        """The number: a power of two, and more than twice as much as a sum."""
        return 1 << self.bits


class Absences:
    """What stands for nothing in the registers that a program reads.

    `far` is the number that does in those of `in_sums`; those of `exempt` hold an exemption as itself, and all others
    nothing but numbers and None.
    """

    def __init__(self, program: KernelProgram) -> None:
        reads = [step for step in program.steps if isinstance(step, Read)]
        sums = [step for step in program.steps if isinstance(step, Sum)]
        groups = [tuple(term.register for term in group) for step in sums for group in groups_of(step)]
        found = _in_sums_alone(reads, groups, Counter(looked_at(program.steps)))
        widths = [sum(program.widths[each].reached for each in group) for group in groups if group[0] in found]
        most = max(widths, default=0)
        self.far, self.in_sums = Far(most, (2 * most).bit_length()), found
        self.exempt = _exempt(reads, set(_asked_for_exemption(program.steps)))

    def nothing(self, step: Read) -> int | None:
        """Return what a blank or an exemption is read as, where it is nothing."""
        return self.far.number if step.to[0] in self.in_sums else None

    def exemption(self, step: Read) -> object:
        """Return what an exemption is read as."""
        return EXEMPT if step.to[0] in self.exempt else self.nothing(step)


def are_alike(terms: Sequence[Term]) -> bool:
    """Return whether terms add in one go, and what was reached ranks them."""
    return len(terms) > 1 and len({(term.gain, term.cost, term.key) for term in terms}) == 1 and bool(terms[0].cost)


def add_alike(terms: Sequence[Term]) -> bool:
    """Return whether terms add in one go, though they may cost differently."""
    return (
        len(terms) > 1
        and len({term.gain for term in terms}) == 1
        and all(terms[0].gain and each.cost for each in terms)
    )


def groups_of(step: Sum) -> list[tuple[Term, ...]]:
    """Return the terms of a sum that add alike in one go."""
    constant = tuple(term for term in step.terms if not term.varies)
    return [*([constant] if add_alike(constant) else []), *([step.ranked] if are_alike(step.ranked) else [])]


def looked_at(steps: Iterable[Step]) -> Iterator[int]:
    """Yield the registers that are looked at, each as often as it is; twice where it is not by a sum."""
    for step in steps:
        match step:
            case Sum():
                yield from (term.register for term in (*step.terms, *step.ranked, *step.bonuses, *step.of_whole))
            case Fill():
                yield from (*step.blanks, *step.triggers) * _TWICE
            case Demand() | Limit() | Round():
                yield from (step.register,) * _TWICE
            case Refuse() | Let() | Tell():
                yield from [each.data for each in leaves_of(roots_of(step))] * _TWICE
            case Read():
                pass


def _in_sums_alone(reads: Sequence[Read], groups: Sequence[tuple[int, ...]], uses: Counter[int]) -> set[int]:
    """Return the registers of those readings of which all that is looked at is in whole groups that are read so."""
    left = list(reads)
    while True:
        own = {register for read in left for register in read.to if uses[register] <= 1}
        grouped = {register for group in groups if own.issuperset(group) for register in group}
        staying = [read for read in left if all(each in grouped or not uses[each] for each in read.to)]
        if staying == left:
            return {register for read in left for register in read.to}
        left = staying


def _asked_for_exemption(steps: Iterable[Step]) -> Iterator[int]:
    for step in steps:
        if isinstance(step, Fill):
            yield from (*step.blanks, *step.triggers)
        elif isinstance(step, (Refuse, Let, Tell)):
            yield from (each.data for each in leaves_of(roots_of(step)) if each.op is Op.EXEMPT)


def _exempt(reads: Sequence[Read], asked: set[int]) -> set[int]:
    """Return the registers of those readings of which somebody asks whether a mark is exempt."""
    kept = [read for read in reads if read.settling.blank is Blank.OPEN and not asked.isdisjoint(read.to)]
    return {register for read in kept for register in read.to}
