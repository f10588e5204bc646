# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A program as one straight function of Python.

The source holds numbers and positions, and nothing that a user wrote: `n7` and `d7` are what line 7 reached and what
it could, `w` is what counted so far. A mark is read by a table that is filled as marks come, so that each value is
settled once and looked up ever after.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from ...marks import EXEMPT
from .absences import Absences
from .levelling import levelled
from .program import (
    KernelProgram,
    Let,
    Read,
    Round,
    Step,
    Sum,
    Tell,
    Told,
    Width,
)
from .summing import Summing, from_top, pair_of
from .tables import BeyondError, MarkTable, Rounder
from .writing import Said, Writer

Run = Callable[[Sequence[object]], tuple[Any, ...]]
"""Marks in the order of a program's positions in, the pairs of lines out, one after the other; raises `BeyondError`.

What was reached is None where there is nothing, and both are whole numbers else.
"""

RunAll = Callable[[Sequence[object]], tuple[dict[int, tuple[int | None, int]], dict[Told, int]]]
"""Marks in, the pairs of several lines and what is told of the final out; raises `BeyondError`."""


def compile_program(program: KernelProgram, lines: Sequence[int] = (0,), *, checked: bool = False) -> Run:
    """Return the function that works out these lines; a checked one asserts that none is wider than was proven."""
    source, names = write_source(program, _returning(program, lines), checked=checked)
    run: Run = _compiled(program, source, names)
    return run


def compile_all(program: KernelProgram, lines: Sequence[int]) -> RunAll:
    """Return the function that works out these lines and all that the program tells."""
    pairs = ", ".join(f"{line}: ({pair_of(line, program)})" for line in lines)
    told = [step.what for step in program.steps if isinstance(step, Tell)]
    telling = ", ".join(f"{each.name}: {each.value}" for each in told)
    source, names = write_source(program, f"return {{{pairs}}}, {{{telling}}}", checked=False)
    run: RunAll = _compiled(program, source, names | {each.name: each for each in told})
    return run


def worked_out(program: KernelProgram) -> tuple[int, ...]:
    """Return the lines that a program works out, the final first and each of them once."""
    return tuple(dict.fromkeys((0, *(step.to for step in program.steps if isinstance(step, (Sum, Let))))))


def _returning(program: KernelProgram, lines: Sequence[int]) -> str:
    return f"return {', '.join(pair_of(line, program) for line in lines)}"


def _compiled(program: KernelProgram, source: str, names: dict[str, Any]) -> Any:
    names |= {"X": EXEMPT, "Beyond": BeyondError, "from_top": from_top, "pick": itemgetter}
    names["check"] = _Check(program.widths)
    exec(compile(source, "<kernel>", "exec"), names)  # noqa: S102 - its text is made of numbers and positions alone
    return names["run"]


def write_source(program: KernelProgram, end: str, *, checked: bool) -> tuple[str, dict[str, Any]]:
    """Return the source of a program that ends so, and what it names."""
    program = levelled(program)
    absences = Absences(program)
    tables: dict[object, MarkTable] = {}
    writer = Writer((step for step in program.steps if isinstance(step, Said)), absences.exempt)
    summing = Summing(program, absences)
    reads = [(nth, step) for nth, step in enumerate(program.steps) if isinstance(step, Read)]
    body = [*summing.read(reads)] if reads else []
    for nth, step in enumerate(program.steps):
        if not isinstance(step, Read):
            body += writer.written(step) if isinstance(step, Said) else summing.written(step, nth)
        writer.names |= _used(step, nth, absences, tables)
    if checked:
        body += [f"check({each}, {pair_of(each, program, 1)})" for each in worked_out(program)]
    return "\n    ".join(["def run(v):", *body, f"{end}\n"]), writer.names


def _used(step: Step, nth: int, absences: Absences, tables: dict[object, MarkTable]) -> dict[str, Any]:
    """Return what a step looks up or calls, by its name; what is read alike has one of the tables."""
    match step:
        case Read():
            reading = (step.settling, absences.nothing(step), absences.exemption(step))
            table = tables.setdefault(reading, MarkTable(*reading))
            return {f"t{nth}": table.kept, f"s{nth}": table.read}
        case Round():
            return {f"t{nth}": Rounder(step.rounding, step.out_of)}
        case _:
            return {}


class _Check:
    """Asserts that a pair is no wider than was proven."""

    __slots__ = ("_widths",)

    def __init__(self, widths: dict[int, Width]) -> None:
        self._widths = widths

    def __call__(self, register: int, reached: int | None, possible: int) -> None:
        width = self._widths[register]
        if reached is not None and not (abs(reached) <= width.reached and 0 < possible <= width.possible):
            raise AssertionError(f"line {register} holds {reached} / {possible}, beyond {width}")
