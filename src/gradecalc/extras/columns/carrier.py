# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A program made ready for blocks of learners, step by step from the table of operations."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from ...grading.kernel.program import KernelProgram, Read
from ...values import frozen
from .blocks import LIMIT, Arithmetic, Block, NotCarriedError, Numbers, Pairs, Proven, Run, Surveyed
from .operations import OPERATIONS
from .settling import takers_of


class Carrier:
    """A program for blocks of learners; a checked one asserts after each step that nothing is beyond what is proven.

    `missing` says which operation this carrier does not have, and then it cannot run.
    """

    def __init__(self, program: KernelProgram, *, checked: bool = False) -> None:
        self.program, self.checked = program, checked
        self.positions = frozenset(program.positions)
        self.spans: dict[int, Proven] = {}
        self.missing: str | None = None
        self._runs: list[Run] = []
        self.proven: list[dict[int, Proven]] = []
        try:
            self._prepare(program)
        except NotCarriedError as error:
            self.missing = str(error)

    def _prepare(self, program: KernelProgram) -> None:
        surveyed = Surveyed(program, takers_of(program))
        for step in program.steps:
            operation = OPERATIONS.get(type(step))
            if operation is None:
                raise NotCarriedError(f"{type(step).__name__} is")
            self._runs.append(operation(step, self.spans, surveyed))
            self.proven.append(self.spans.copy())

    @property
    def scale(self) -> int:
        """The scale at which marks are whole."""
        return next((step.settling.scale for step in self.program.steps if isinstance(step, Read)), 1)

    @property
    def holds(self) -> bool:
        """Whether every mark that is read is below what doubles hold."""
        return all(self.spans[line].reached < LIMIT for line in self.program.positions)

    def run(self, block: Block) -> None:
        """Work out the registers of a block, each step by what is proven before it: the final may be let anew."""
        for run, proven in zip(self._runs, self.proven, strict=True):
            run(block)
            block.proven = proven
            if self.checked:
                _check(block, proven)
        block.registers.finish()

    def quotient(self, line: int, times: Fraction) -> Quotient:
        """Return what a line reached of what was possible, `times` as much."""
        span = self.spans[line]
        part = times / (span.unit * self.program.units[line])
        return Quotient(
            line, part.numerator, part.denominator, span.reached * part.numerator, span.over * part.denominator
        )


@frozen
class Quotient:
    """Whole numbers to be divided: those of a register, times something, and no more than `most` and `most_under`."""

    line: int
    times: int
    times_under: int
    most: int
    most_under: int

    def numbers(self, register: Pairs, kind: Arithmetic) -> tuple[Numbers, Any]:
        """Return both numbers of each learner."""
        over = kind.array(register.reached)
        if self.times != 1:
            over = over * kind.number(self.times)
        under: Any = kind.number(self.times_under)
        if register.over is not None:
            under = kind.array(register.over) * under if self.times_under != 1 else kind.array(register.over)
        return over, under

    def nearest(self, register: Pairs, quotients: Numbers) -> None:
        """Put the nearest doubles to the quotients into an array."""
        kind = Arithmetic(self.most, self.most_under)
        over, under = self.numbers(register, kind)
        if kind.wide:
            quotients[:] = over / under
        else:
            np.divide(over, under, out=quotients)


def _check(block: Block, proven: Mapping[int, Proven]) -> None:
    for line, register in block.registers.items():
        span, kind = proven[line], Arithmetic(LIMIT)
        reached, over = np.abs(kind.array(register.reached)), np.atleast_1d(kind.over(register))
        values = set(over.tolist())
        few = span.overs is None or values <= span.overs | {1}
        if not (reached.max(initial=0) <= span.reached and 0 < min(values) <= max(values) <= span.over and few):
            raise AssertionError(f"line {line} is beyond {span}")
