# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A program as one straight function of Python.

The source holds numbers and positions, and nothing that a user wrote: `n7` and `d7` are what line 7 reached and what
it could, `w` is what counted so far. A mark is read by a table that is filled as marks come, so that each value is
settled once and looked up ever after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Final, assert_never

from ...exact import Exact, NumberError, ratio, read_number, simplest
from ...gradebook.weights import Rescale
from ...marks import EXEMPT, UNGRADED
from ...rounding import Rounding
from .program import (
    Blank,
    Demand,
    Drop,
    Fill,
    KernelProgram,
    Let,
    Limit,
    Read,
    Round,
    Settling,
    Step,
    Sum,
    Tell,
    Term,
    Told,
    Width,
)
from .writing import Said, Writer

Run = Callable[[Sequence[object]], tuple[int | None, int]]
"""Marks in the order of a program's positions in, the final's pair out; raises `BeyondError`."""

_MOST_KEPT: Final = 1 << 14
_WHOLE: Final = {Rescale.ALWAYS: "w", Rescale.UP: "min(w, {full})", Rescale.NEVER: "{full}"}


RunAll = Callable[[Sequence[object]], tuple[dict[int, tuple[int | None, int]], dict[Told, int]]]
"""Marks in, the pairs of several lines and what is told of the final out; raises `BeyondError`."""


class BeyondError(Exception):
    """What the program cannot say of this learner; the exact engine is to be asked."""


def compile_program(program: KernelProgram, *, checked: bool = False) -> Run:
    """Return the function that a program is; a checked one asserts that no register is wider than was proven."""
    source, names = _source(program, f"return {_pair(0, program)}", checked=checked)
    run: Run = _compiled(program, source, names)
    return run


def compile_all(program: KernelProgram, lines: Sequence[int]) -> RunAll:
    """Return the function that works out these lines and all that the program tells."""
    pairs = ", ".join(f"{line}: ({_pair(line, program)})" for line in lines)
    told = [step.what for step in program.steps if isinstance(step, Tell)]
    telling = ", ".join(f"{each.name}: {each.value}" for each in told)
    source, names = _source(program, f"return {{{pairs}}}, {{{telling}}}", checked=False)
    run: RunAll = _compiled(program, source, names | {each.name: each for each in told})
    return run


def write_source(program: KernelProgram) -> str:
    """Return the source of a program."""
    return _source(program, f"return {_pair(0, program)}", checked=False)[0]


def _compiled(program: KernelProgram, source: str, names: dict[str, Any]) -> Any:
    names |= {"X": EXEMPT, "Beyond": BeyondError, "from_top": _from_top, "check": _Check(program.widths)}
    names |= {f"t{nth}": table for nth, step in enumerate(program.steps) if (table := _table(step)) is not None}
    exec(compile(source, "<kernel>", "exec"), names)  # noqa: S102 - its text is made of numbers and positions alone
    return names["run"]


def _source(program: KernelProgram, end: str, *, checked: bool) -> tuple[str, dict[str, Any]]:
    """Return the source of a program, and what its expressions name."""
    writer = Writer(step for step in program.steps if isinstance(step, Said))
    body: list[str] = []
    for nth, step in enumerate(program.steps):
        body += writer.written(step) if isinstance(step, Said) else _written(step, nth, program)
    if checked:
        body += [f"check({each}, n{each}, {_possible(each, program)})" for each in _computed(program)]
    return "\n    ".join(["def run(v):", *body, f"{end}\n"]), writer.names


def _pair(register: int, program: KernelProgram) -> str:
    return f"n{register}, {_times(_possible(register, program), program.units[register])}"


def _computed(program: KernelProgram) -> list[int]:
    return [step.to for step in program.steps if isinstance(step, (Sum, Let))]


def _table(step: Step) -> Callable[..., Any] | None:
    """Return what a step looks up or calls: a mark as a whole number, or a pair rounded."""
    match step:
        case Read():
            return _Table(step.settling).__getitem__
        case Round():
            return _Rounder(step.rounding, step.out_of)
        case _:
            return None


def _written(step: Read | Fill | Demand | Sum | Limit | Round, nth: int, program: KernelProgram) -> Iterator[str]:
    """Yield the lines of a step; what it looks up or calls has its number."""
    match step:
        case Read():
            yield f"{_tuple(f'n{each}' for each in step.to)} = map(t{nth}, v[{step.first}:{step.first + len(step.to)}])"
        case Fill():
            yield from _fill(step)
        case Demand():
            yield f"if n{step.register} is None: raise Beyond"
        case Sum():
            yield from _sum(step, program)
        case Limit():
            yield from _limit(step, program)
        case Round():
            n, d = f"n{step.register}", f"d{step.register}"
            yield f"if {n} is not None: {n}, {d} = t{nth}({n}, {_times(d, step.unit)})"
        case _:
            assert_never(step)


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


def _sum(step: Sum, program: KernelProgram) -> Iterator[str]:
    """Yield the sum of what adds as it is, then of what is over a learner's own maximum, and last the whole."""
    constant = [term for term in step.terms if not term.varies]
    varying = [term for term in step.terms if term.varies]
    yield "n = w = 0"
    yield from _plain_terms(constant, program)
    if step.drop is not None:
        yield from _dropping(step.ranked, step.drop)
    yield from (
        f"if n{each.register} is not None and n{each.register} > 0: n += {_gain(each)}" for each in step.bonuses
    )
    if varying:
        yield "m = 1"
    for term in varying:
        n, d = f"n{term.register}", f"d{term.register}"
        yield f"if {n} is not None: n = n * {d} + {_gain(term)} * m; m *= {d}; w += {term.cost}"
    yield from _out_of_whole(step, "m" if varying else "1", program)


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


def _plain_terms(terms: Sequence[Term], program: KernelProgram) -> Iterator[str]:
    """Yield the sum of terms that add as they are: those that add alike in one go."""
    if _are_alike(terms):
        yield from _present(terms)
        yield f"n, w = {_times('sum(p)', terms[0].gain)}, {_times('len(p)', terms[0].cost)}"
        return
    for term in terms:
        cost = _possible(term.register, program) if term.cost is None else str(term.cost)
        yield f"if n{term.register} is not None: n += {_gain(term)}; w += {cost}"


def _dropping_one(terms: Sequence[Term], drop: Drop) -> Iterator[str]:
    """Yield the sum without the lowest of terms that add alike, once as many are there that one goes."""
    yield from _present(terms)
    yield "k = len(p)"
    yield f"if k >= {drop.lowest.index(1)}: n += {_times('(sum(p) - min(p))', terms[0].gain)}; k -= 1"
    yield f"else: n += {_times('sum(p)', terms[0].gain)}"
    yield f"w += {_times('k', terms[0].cost)}"


def _dropping(terms: Sequence[Term], drop: Drop) -> Iterator[str]:
    """Yield the sum of what a drop leaves; of terms that add alike only the order of what was reached matters."""
    if _are_alike(terms) and set(drop.lowest) == {0, 1} and not any(drop.highest):
        yield from _dropping_one(terms, drop)
        return
    if _are_alike(terms):
        yield from _present(terms)
        yield "p.sort()"
        yield "k = len(p)"
        yield f"p = p[{drop.lowest}[k]:k - {drop.highest}[k]]" if any(drop.highest) else f"p = p[{drop.lowest}[k]:]"
        yield f"n += {_times('sum(p)', terms[0].gain)}"
        yield f"w += {_times('len(p)', terms[0].cost)}"
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


def _present(terms: Sequence[Term]) -> Iterator[str]:
    yield f"p = [{', '.join(f'n{term.register}' for term in terms)}]"
    yield "if None in p: p = [x for x in p if x is not None]"


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


def _from_top(part: tuple[int, int, int, int]) -> tuple[int, int]:
    """Return the key that sorts the highest first, and equals in their order."""
    return -part[0], part[1]


class _Table(dict[object, Any]):
    """What each mark is as a whole number, settled when it first comes; equal numbers are one mark, of any type."""

    __slots__ = ("_settling",)

    def __init__(self, settling: Settling) -> None:
        zero = 0 if settling.blank is Blank.ZERO else None
        super().__init__({None: zero, UNGRADED: zero, EXEMPT: EXEMPT if settling.blank is Blank.OPEN else None})
        self._settling = settling

    def __missing__(self, mark: object) -> int:
        settled = _settle(self._settling, mark)
        if len(self) < _MOST_KEPT:
            self[mark] = settled
        return settled


def _settle(settling: Settling, mark: object) -> int:
    """Return a mark, or the fraction that a ratio is, after its floor, its rounding and its cap, at the scale (R5)."""
    try:
        points: Exact = read_number(Fraction(*mark) if isinstance(mark, tuple) else mark)
    except NumberError as error:
        raise BeyondError from error
    if settling.floor is not None:
        points = max(points, settling.floor)
    if settling.rounding is not None:
        points = settling.rounding.apply_to(points, settling.max_points)
    limit = _most_that_counts(settling)
    reached = simplest((points if limit is None else min(points, limit)) * settling.scale)
    if not isinstance(reached, int) or abs(reached) > settling.most:
        raise BeyondError
    return reached


def _most_that_counts(settling: Settling) -> Exact | None:
    if not settling.capped:
        return None
    return (settling.max_points or None) if settling.cap is None else settling.cap.limit(settling.max_points)


class _Rounder:
    """A rounding step on a pair."""

    __slots__ = ("_out_of", "_rounding")

    def __init__(self, rounding: Rounding, out_of: Exact) -> None:
        self._rounding, self._out_of = rounding, out_of

    def __call__(self, reached: int, possible: int) -> tuple[int, int]:
        points = self._rounding.apply_to(ratio(reached * self._out_of, possible), self._out_of)
        return ratio(points, self._out_of).as_integer_ratio()


class _Check:
    """Asserts that a pair is no wider than was proven."""

    __slots__ = ("_widths",)

    def __init__(self, widths: dict[int, Width]) -> None:
        self._widths = widths

    def __call__(self, register: int, reached: int | None, possible: int) -> None:
        width = self._widths[register]
        if reached is not None and not (abs(reached) <= width.reached and 0 < possible <= width.possible):
            raise AssertionError(f"line {register} holds {reached} / {possible}, beyond {width}")
