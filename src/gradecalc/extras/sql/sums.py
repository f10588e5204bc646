# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The steps of a program that sum, drop, limit and round, each as the columns of a query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from ...gradebook.weights import Rescale
from ...grading.kernel.program import Drop, Limit, Round, Sum, Term
from ...rounding import Rounding, RoundingOf
from .arithmetic import WholeNumbers, times
from .held import Held

Column = tuple[str, str]
"""A name and what it is."""

_WHOLE: Final = {Rescale.ALWAYS: "{w}", Rescale.UP: "CASE WHEN {w} < {full} THEN {w} ELSE {full} END"}


class SumWriter:
    """The columns of one sum, in the levels in which one needs another."""

    def __init__(self, step: Sum, held: Held, arithmetic: WholeNumbers) -> None:
        """Write a step; the arithmetic is that of what it comes to, and may be wider than that of its parts."""
        self._step, self._held, self._arithmetic = step, held, arithmetic
        self._stem = f"s{step.to}"

    def levels(self) -> Iterator[list[Column]]:
        """Yield the columns of each level: how many are there, what is dropped, what counted, and the pair."""
        step = self._step
        if step.drop is not None:
            yield from self._dropping_one(step.drop) if self._drops_one else self._dropping(step.ranked, step.drop)
        varying = [term for term in step.terms if term.varies]
        parts = [(f"{self._stem}_m", _joined(" * ", [self._own(term) for term in varying]))] if varying else []
        yield [(f"{self._stem}_n", self._reached()), (f"{self._stem}_w", self._counted()), *parts]
        yield self._pair(varying)

    @property
    def _drops_one(self) -> bool:
        """Whether one of terms that add alike goes: then it is the least, whichever it is."""
        step = self._step
        alike = len({(term.gain, term.cost, term.key) for term in step.ranked}) == 1
        return alike and step.drop is not None and {*step.drop.lowest} == {0, 1} and not any(step.drop.highest)

    def _dropping_one(self, drop: Drop) -> Iterator[list[Column]]:
        """Yield how many are there, and what the least of them adds and costs where it is dropped (D1)."""
        ranked, stem = self._step.ranked, self._stem
        yield [self._count(ranked)]
        dropped = f"{stem}_k >= {drop.lowest.index(1)}"
        least = f"LEAST({', '.join(self._n(term) for term in ranked)})"
        gain = times(self._arithmetic.widened(least), ranked[0].gain)
        yield [
            (f"{stem}_dn", f"CASE WHEN {dropped} THEN {gain} ELSE 0 END"),
            (f"{stem}_dw", f"CASE WHEN {dropped} THEN {self._cost(ranked[0])} ELSE 0 END"),
        ]

    def _count(self, ranked: Sequence[Term]) -> Column:
        sure = sum(self._held.is_sure(term.register) for term in ranked)
        there = [self._held.there(term.register) for term in ranked if not self._held.is_sure(term.register)]
        return f"{self._stem}_k", f"({' + '.join([str(sure), *there])})"

    def _dropping(self, ranked: Sequence[Term], drop: Drop) -> Iterator[list[Column]]:
        """Yield which of the ranked are dropped: how many stand below each, and of those left above it (D1 to D10)."""
        yield [self._count(ranked)]
        count = f"{self._stem}_k"
        low = self._arithmetic.lookup(drop.lowest, count)
        yield [(f"{self._stem}_l{place}", self._is_first(place, ranked, low, "<")) for place in range(len(ranked))]
        if any(drop.highest):
            high = self._arithmetic.lookup(drop.highest, count)
            yield [(f"{self._stem}_h{place}", self._is_first(place, ranked, high, ">")) for place in range(len(ranked))]

    def _is_first(self, place: int, ranked: Sequence[Term], many: str, sign: str) -> str:
        """Return whether a term is among the first by its rank, of those not dropped yet."""
        own = self._key(ranked[place])
        before = []
        for other, term in enumerate(ranked):
            if other != place:
                ahead = [f"{self._key(term)} {sign} {own}"]
                if term.order < ranked[place].order:
                    ahead.append(f"{self._key(term)} = {own}")
                gone = f" AND NOT {self._stem}_l{other}" if sign == ">" else ""
                before.append(f"CASE WHEN ({' OR '.join(ahead)}){gone} THEN 1 ELSE 0 END")
        left = f" AND NOT {self._stem}_l{place}" if sign == ">" else ""
        return f"({self._n(ranked[place])} IS NOT NULL{left} AND {_joined(' + ', before, '0')} < {many})"

    def _reached(self) -> str:
        parts = [self._gain(term) for term in self._step.terms if not term.varies]
        parts += [self._unless_dropped(place, self._gain(term)) for place, term in enumerate(self._step.ranked)]
        parts += [f"CASE WHEN {self._n(each)} > 0 THEN {self._gain(each)} ELSE 0 END" for each in self._step.bonuses]
        return self._total(parts, "dn")

    def _total(self, parts: Sequence[str], dropped: str) -> str:
        total = " + ".join([self._arithmetic.number(0), *parts])
        return f"{total} - {self._stem}_{dropped}" if self._drops_one else total

    def _counted(self) -> str:
        parts = [self._costs(term) for term in self._step.terms]
        parts += [self._unless_dropped(place, self._costs(term)) for place, term in enumerate(self._step.ranked)]
        return self._total(parts, "dw")

    def _unless_dropped(self, place: int, part: str) -> str:
        drop = self._step.drop
        if drop is None or self._drops_one:
            return part
        gone = [f"{self._stem}_l{place}", *([f"{self._stem}_h{place}"] if any(drop.highest) else [])]
        return f"CASE WHEN {' OR '.join(gone)} THEN 0 ELSE {part} END"

    def _pair(self, varying: Sequence[Term]) -> list[Column]:
        """Return what was reached of the whole, and the whole, at one multiple of every learner's own maxima."""
        step, stem = self._step, self._stem
        reached, counted = f"{stem}_n", f"{stem}_w"
        if varying:
            others = [
                " * ".join([self._gain(term), *(self._own(other) for other in varying if other is not term)])
                for term in varying
            ]
            reached = f"({reached} * {stem}_m + {' + '.join(others)})"
        whole = _WHOLE.get(step.rescale, "{full}").format(w=counted, full=step.full)
        multiple = [f"{stem}_m"] if varying else []
        if step.of_whole:
            products = [
                (self._n(each), " * ".join([self._gain(each), f"({whole})", *multiple])) for each in step.of_whole
            ]
            shares = [f"CASE WHEN {own} > 0 THEN {product} ELSE 0 END" for own, product in products]
            reached = f"({reached} * {step.full} + {' + '.join(shares)})"
        n, d = self._held.renew(step.to)
        possible = " * ".join([f"({whole})", *([str(step.full)] if step.of_whole else []), *multiple])
        columns = [(n, f"CASE WHEN {counted} <> 0 THEN {reached} END")]
        if not self._held.is_constant(step.to):
            columns.append((d, f"CAST({possible} AS {self._arithmetic.whole})"))
        return columns

    def _n(self, term: Term) -> str:
        return self._held.reached(term.register)

    def _gain(self, term: Term) -> str:
        return times(self._arithmetic.widened(self._held.or_zero(term.register)), term.gain)

    def _key(self, term: Term) -> str:
        return times(self._n(term), term.key)

    def _cost(self, term: Term) -> str:
        return self._held.possible(term.register) if term.cost is None else str(term.cost)

    def _costs(self, term: Term) -> str:
        """Return what a term costs where it has a score, and else 0."""
        if self._held.is_sure(term.register):
            return self._cost(term)
        return f"CASE WHEN {self._n(term)} IS NULL THEN 0 ELSE {self._cost(term)} END"

    def _own(self, term: Term) -> str:
        """Return a learner's own maximum, or one where there is no score."""
        own = f"CASE WHEN {self._n(term)} IS NULL THEN 1 ELSE {self._held.possible(term.register)} END"
        return self._arithmetic.widened(own)


def limited(step: Limit, held: Held, arithmetic: WholeNumbers) -> list[Column]:
    """Return the pair of a register that reaches no more than what is possible, times `over` / `under`."""
    wide = arithmetic.widened
    reached, most = wide(held.reached(step.register)), times(wide(held.possible(step.register)), step.unit)
    if step.over == step.under:
        return [(held.renew_reached(step.register), f"CASE WHEN {reached} > {most} THEN {most} ELSE {reached} END")]
    n, d = held.renew(step.register)
    beyond = f"{reached} * {step.under} > {most} * {step.over}"
    return [
        (n, f"CASE WHEN {beyond} THEN {step.over} ELSE {reached} END"),
        (d, f"CASE WHEN {beyond} THEN {step.under} ELSE {most} END"),
    ]


def stepped(step: Round, held: Held, arithmetic: WholeNumbers) -> list[Column]:
    """Return the pair of a register that is rounded, of its points or of its percent (R5)."""
    out_of = Fraction(step.out_of) if step.rounding.of is RoundingOf.POINTS else Fraction(100)
    wide = arithmetic.widened
    reached, possible = wide(held.reached(step.register)), times(wide(held.possible(step.register)), step.unit)
    over, under = times(reached, out_of.numerator), times(possible, out_of.denominator)
    steps = arithmetic.rounded(f"({over})", f"({under})", step.rounding)
    size = step_of(step.rounding) / out_of
    n, d = held.renew(step.register)
    return [
        (n, f"CASE WHEN {reached} IS NOT NULL THEN {times(steps, size.numerator)} END"),
        (d, arithmetic.number(size.denominator)),
    ]


def step_of(rounding: Rounding) -> Fraction:
    """Return the size of one step of a rounding."""
    return Fraction(10) ** -rounding.places


def _joined(sign: str, parts: Sequence[str], nothing: str = "1") -> str:
    return sign.join(parts) or nothing
