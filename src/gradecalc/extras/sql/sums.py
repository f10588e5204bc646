# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The steps of a program that sum, limit and round, each as columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm, prod
from typing import Final

from ...gradebook.weights import Rescale
from ...grading.kernel.program import Limit, Round, Sum, Term, Width
from ...rounding import Rounding, RoundingOf
from .arithmetic import Column, WholeNumbers, most_of_rounding, times, total
from .dialects import Dialect
from .dropping import DropWriter, cost_of, grouped
from .held import SURE, Held

_WHOLE: Final = {Rescale.ALWAYS: "{w}", Rescale.UP: "LEAST({w}, {full})"}

_MOST_SUMS: Final = 64
"""Of so many numbers that a sum may be out of a common multiple is sought."""


class SumWriter:
    """The columns of one sum: how many are there, what is dropped, what counted, and the pair."""

    def __init__(self, step: Sum, held: Held, dialect: Dialect) -> None:
        """Write a step; what varies comes over a common multiple where that is known, and no larger than crossing."""
        self._step, self._held = step, held
        self._stem = f"s{step.to}"
        self._varying = [term for term in step.terms if term.varies]
        self._plain = [term for term in step.terms if not term.varies]
        crossed, joined = self._bounds(None), self._bounds(self._common_of_varying())
        self._common = self._common_of_varying() if max(joined) <= max(crossed) else None
        self._width = joined if self._common is not None else crossed
        keys = max((term.key * held.width(term.register).reached for term in step.ranked), default=0)
        self._arithmetic = WholeNumbers(dialect, max(*self._width, 2 * keys))
        self._drop = DropWriter(step, held, self._arithmetic) if step.drop is not None else None

    @property
    def how_it_drops(self) -> str:
        """What is said of the columns that say what is dropped."""
        if self._drop is not None and self._drop.is_of_one:
            return "the least may be dropped; a + b - |a - b| is twice the lesser of two"
        return "what may be dropped"

    def dropped(self) -> Iterator[Column]:
        """Yield the columns that say what is dropped."""
        return iter(()) if self._drop is None else self._drop.columns()

    def beyond(self) -> Iterator[str]:
        """Yield whether a mark is too low for the program, where it is the drop that sees it."""
        return iter(()) if self._drop is None else self._drop.beyond()

    def columns(self) -> Iterator[Column]:
        """Yield the columns that say what is reached, what counts, and the pair, each after all that it needs."""
        if self._has_plain:
            yield f"{self._stem}_n", self._reached()
        yield f"{self._stem}_w", self._counted()
        if self._varying and self._common is None:
            yield f"{self._stem}_m", " * ".join(self._own(term) for term in self._varying)
        yield from self._pair()

    def _common_of_varying(self) -> int | None:
        every = [self._held.common(term.register) for term in self._varying]
        return None if None in every else lcm(*(each for each in every if each))

    def _bounds(self, common: int | None) -> Width:
        """Return the most that the pair's numbers can be, with a common multiple of what varies or with all crossed."""
        step, held = self._step, self._held
        varying = prod(held.width(term.register).possible for term in self._varying) if common is None else common
        terms = (*step.terms, *step.ranked)
        reached = sum(term.gain * held.width(term.register).reached for term in (*terms, *step.bonuses)) * varying
        counted = max(sum(cost_of(term, held) for term in terms), step.full)
        if step.of_whole:
            shares = sum(term.gain * held.width(term.register).reached for term in step.of_whole)
            reached = reached * step.full + shares * varying * counted
        return Width(reached, counted * varying * (step.full if step.of_whole else 1))

    def _reached(self) -> str:
        parts = [*self._gains(self._plain), *self._bonuses()]
        return total(parts) if self._drop is None else self._drop.reached(parts, self._gains)

    def _gains(self, terms: Sequence[Term]) -> Iterator[str]:
        """Yield what terms add, those together that add alike."""
        for gain, alike in grouped(terms, lambda term: term.gain):
            yield times(total(self._n(term) for term in alike), gain)

    def _bonuses(self) -> Iterator[str]:
        for term in self._step.bonuses:
            yield times(f"GREATEST({self._n(term)}, 0)", term.gain)

    def _counted(self) -> str:
        parts = [*self._costs(self._step.terms)]
        return total(parts) if self._drop is None else self._drop.counted(parts, self._costs)

    def _costs(self, terms: Sequence[Term]) -> Iterator[str]:
        """Yield what terms cost where they have a score, those together that cost alike."""
        held, kind = self._held, self._arithmetic
        for cost, alike in grouped([each for each in terms if each.cost is not None], lambda term: term.cost or 0):
            registers = [each.register for each in alike]
            if cost and all(map(held.is_sure, registers)):
                yield kind.number(cost * len(registers))
            elif cost:
                yield times(kind.widened(held.how_many(registers), kind.dialect.double), cost)
        for term in terms:
            if term.cost is None:
                there = kind.widened(held.how_many([term.register]), kind.dialect.double)
                possible = held.possible(term.register, kind)
                yield possible if held.is_sure(term.register) else f"{possible} * {there}"

    def _pair(self) -> Iterator[Column]:
        """Yield what was reached of the whole, whether anything counted, and the whole."""
        step, held, stem = self._step, self._held, self._stem
        n, t, d = held.names(step.to)
        sure = self._is_sure()
        counted = f"{stem}_w"
        reached = self._over_own(f"{stem}_n")
        whole = _WHOLE.get(step.rescale, "{full}").format(w=counted, full=step.full)
        multiple = [] if self._common == 1 or not self._varying else [str(self._common or f"{stem}_m")]
        if step.of_whole:
            shares = [
                " * ".join([times(f"GREATEST({self._n(each)}, 0)", each.gain), f"({whole})", *multiple])
                for each in step.of_whole
            ]
            reached = f"({reached}) * {step.full} + {' + '.join(shares)}"
        if not sure and (step.bonuses or step.of_whole):
            reached = f"CASE WHEN {counted} = 0 THEN 0 ELSE {reached} END"
        if reached == f"{stem}_n":
            n = reached
        else:
            yield n, reached
        if not sure:
            yield t, self._arithmetic.dialect.one_if.format(f"({counted} <> 0)")
        possible = None
        if not held.is_constant(step.to):
            never_zero = step.rescale is Rescale.NEVER or (sure and self._is_plain)
            part = whole if never_zero else self._above_zero(whole, counted)
            factors = [part, *([str(step.full)] if step.of_whole else []), *multiple]
            yield d, " * ".join([self._arithmetic.number(1), *factors] if step.rescale is Rescale.NEVER else factors)
            possible = d
        held.hold(
            step.to,
            reached=n,
            there=SURE if sure else t,
            possible=possible,
            arithmetic=self._arithmetic,
            width=self._width,
            common=self._common_of_whole(),
        )

    @property
    def _is_plain(self) -> bool:
        """Whether even of marks that cannot be read, which a database compares with nothing, some are left."""
        return self._drop is None or self._drop.is_of_one

    def _above_zero(self, whole: str, counted: str) -> str:
        """Return the whole, or one where nothing counted."""
        kind = self._arithmetic
        return f"({whole} + {kind.one_if(f'({counted} = 0)')})" if kind.fastest else f"GREATEST({whole}, 1)"

    def _over_own(self, reached: str) -> str:
        """Return what was reached with what is out of a learner's own maximum, at one multiple of all maxima."""
        if not self._varying:
            return reached if self._has_plain else self._arithmetic.number(0)
        if self._common is not None:
            shares = [self._over_common(term, self._common) for term in self._varying]
            return total([times(reached, self._common), *shares] if self._has_plain else shares)
        shares = [
            " * ".join([times(self._n(term), term.gain), *(self._own(each) for each in self._varying if each != term)])
            for term in self._varying
        ]
        return total([f"{reached} * {self._stem}_m", *shares] if self._has_plain else shares)

    @property
    def _has_plain(self) -> bool:
        return bool(self._plain or self._step.ranked or self._step.bonuses)

    def _over_common(self, term: Term, common: int) -> str:
        own = self._own(term)
        return times(f"{self._n(term)} * {self._arithmetic.share(common, own)}", term.gain)

    def _is_sure(self) -> bool:
        """Return whether something counts for everybody."""
        return any(self._held.is_sure(term.register) and term.cost != 0 for term in self._step.terms) or (
            self._drop is not None and self._drop.leaves_something
        )

    def _common_of_whole(self) -> int | None:
        """Return a multiple of everything that the sum may be out of, if these are few."""
        step = self._step
        every = [*step.terms, *step.ranked]
        if self._varying or step.of_whole or step.rescale is Rescale.NEVER or any(term.cost is None for term in every):
            return None
        sums = self._drop.costs_left if self._drop is not None and not step.terms else None
        if sums is None:
            sums = {0}
            for term in every:
                sums |= {each + (term.cost or 0) for each in sums}
                if len(sums) > _MOST_SUMS:
                    return None
        if step.rescale is Rescale.UP:
            sums = {min(each, step.full) for each in sums}
        return lcm(*(sums - {0}))

    def _n(self, term: Term) -> str:
        return self._held.reached(term.register, self._arithmetic)

    def _own(self, term: Term) -> str:
        return self._held.possible(term.register, self._arithmetic)


def limited(step: Limit, held: Held, dialect: Dialect) -> Iterator[Column]:
    """Yield the pair of a register that reaches no more than what is possible, times `over` / `under`."""
    width = held.width(step.register)
    most_reached = max(width.reached, width.possible * step.unit, step.over)
    bound = max(width.reached * step.under, width.possible * step.unit * step.over, most_reached)
    kind = WholeNumbers(dialect, bound)
    reached, most = held.reached(step.register, kind), held.possible(step.register, kind, step.unit)
    n, _, d = held.names(step.register)
    there = held.there(step.register)
    if step.over == step.under:
        yield n, f"LEAST({reached}, {most})"
        held.change(step.register, reached=n, whole=kind.whole, width=Width(most_reached, width.possible))
    else:
        beyond = f"{times(reached, step.under)} > {times(most, step.over)}"
        yield n, f"CASE WHEN {beyond} THEN {step.over} ELSE {reached} END"
        yield d, f"CASE WHEN {beyond} THEN {step.under} ELSE {most} END"
        width = Width(most_reached, max(width.possible * step.unit, step.under))
        held.hold(step.register, reached=n, there=there, possible=d, arithmetic=kind, width=width)


def stepped(step: Round, held: Held, dialect: Dialect) -> Iterator[Column]:
    """Yield the pair of a register that is rounded, of its points or of its percent (R5)."""
    out_of = Fraction(step.out_of) if step.rounding.of is RoundingOf.POINTS else Fraction(100)
    width = held.width(step.register)
    over, under = width.reached * out_of.numerator, width.possible * step.unit * out_of.denominator
    size = step_of(step.rounding) / out_of
    bound = most_of_rounding(over, under, step.rounding) * size.numerator
    kind = WholeNumbers(dialect, max(bound, size.denominator))
    n, _, d = held.names(step.register)
    columns, steps = kind.rounded_in_columns(
        n,
        f"({times(held.reached(step.register, kind), out_of.numerator)})",
        f"({held.possible(step.register, kind, step.unit * out_of.denominator)})",
        step.rounding,
    )
    yield from columns
    yield n, times(steps, size.numerator)
    yield d, kind.number(size.denominator)
    there = held.there(step.register)
    width = Width((over + 1) * 10 ** abs(step.rounding.places) * size.numerator, size.denominator)
    held.hold(step.register, reached=n, there=there, possible=d, arithmetic=kind, width=width)


def step_of(rounding: Rounding) -> Fraction:
    """Return the size of one step of a rounding."""
    return Fraction(10) ** -rounding.places
