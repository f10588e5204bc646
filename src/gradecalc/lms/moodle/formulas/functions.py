# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The functions and operators of a Moodle formula, all worked out eagerly, arguments first.

>>> [function.name for function in FUNCTIONS["round"]], OPERATORS["^"].name
(['round', 'round'], '^')

Arithmetic is exact. What has no exact value (a sine, a logarithm, a root) is worked out in double precision and given
to fifteen significant digits.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final

from ....exact import (
    Exact,
    NumberError,
    RoundingMode,
    ratio,
    read_text,
    round_to,
    simplest,
    total,
)
from ....formula import Absent, Function, Kind
from ....formula.functions import mean
from ....formula.operators import Run, Values

DIGITS: Final = 15
"""How many significant digits a value that is not exact has."""

PI: Final = read_text(repr(math.pi))
"""The ratio of the circle, as a double has it."""

RANDOM: Final = ("rand_float", "rand_int")
"""The functions that are refused: the same marks would give another grade every time."""

_MOST_BITS: Final = 1024
_MOST_PLACES: Final = 100


class CalculationFaultError(Exception):
    """A formula that has no value: the `code` of Moodle's message, and our own words."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(code, message)


def divide(left: Exact, right: Exact) -> Exact:
    """Return the exact quotient."""
    if not right:
        raise CalculationFaultError("divisionbyzero", "it divides by zero")
    return ratio(left, right)


def remainder(left: Exact, right: Exact) -> Exact:
    """Return what is left of one whole number after the other; it has the sign of the first."""
    over, under = math.trunc(left), math.trunc(right)
    if not under:
        raise CalculationFaultError("divisionbyzero", "it takes a remainder by zero")
    rest = abs(over) % abs(under)
    return -rest if over < 0 else rest


def power(base: Exact, exponent: Exact) -> Exact:
    """Return the power, exact where the exponent is whole and the figures stay short."""
    if not base and exponent < 0:
        raise CalculationFaultError("divisionbyzero", "it divides by zero: zero to a power below zero")
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if not isinstance(exponent, int) or size * abs(exponent) > _MOST_BITS:
        return _in_double(math.pow, base, exponent)
    raised = ratio(base.numerator ** abs(exponent), base.denominator ** abs(exponent))
    return raised if exponent >= 0 else ratio(1, raised)


def round_half_up(value: Exact, places: Exact = 0) -> Exact:
    """Return the value to so many decimals, halves away from zero."""
    if not -_MOST_PLACES <= places <= _MOST_PLACES:
        raise CalculationFaultError("not_a_number", f"it rounds to more than {_MOST_PLACES} places")
    return round_to(value, math.trunc(places), RoundingMode.HALF_UP)


def _in_double(work: Callable[..., float], *arguments: Exact) -> Exact:
    try:
        return simplest(read_text(f"{work(*map(float, arguments)):.{DIGITS}g}"))
    except (ValueError, OverflowError) as error:
        reason = (
            "is beyond the bounds of a number here"
            if isinstance(error, (NumberError, OverflowError))
            else "is no number"
        )
        raise CalculationFaultError("not_a_number", f"a value in it {reason}") from None


def _as_number(comparison: Callable[[Exact, Exact], bool], left: Exact, right: Exact) -> Exact:
    return int(comparison(left, right))


def _choose(condition: Exact, when_true: Exact, when_false: Exact) -> Exact:
    return when_true if condition else when_false


def _all(*values: Exact) -> Exact:
    return int(all(values))


def _any(*values: Exact) -> Exact:
    return int(any(values))


def _eager(work: Callable[..., Exact], runs: Sequence[Run], values: Values) -> Exact:
    """Return what a function makes of its arguments, every one of which is worked out first."""
    return simplest(work(*[run(values) for run in runs]))


def _function(name: str, count: int, work: Callable[..., Exact], *, repeats: bool = False) -> Function:
    return Function(name, (Kind.NUMERIC,) * count, Kind.NUMERIC, Absent.NEVER, partial(_eager, work), repeats=repeats)


def _over_list(work: Callable[[Sequence[Exact]], Exact]) -> Callable[..., Exact]:
    return lambda *values: work(values)


_IN_DOUBLE: Final[Mapping[str, Callable[[float], float]]] = {
    **{name: getattr(math, name) for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "sqrt", "exp")},
    **{f"arc{name}": getattr(math, f"a{name}") for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{f"a{name}": getattr(math, f"a{name}") for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    "ln": math.log,
    "log": math.log,
}

FUNCTIONS: Final[Mapping[str, tuple[Function, ...]]] = MappingProxyType(
    {
        **{name: (_function(name, 1, partial(_in_double, work)),) for name, work in _IN_DOUBLE.items()},
        "abs": (_function("abs", 1, abs),),
        "floor": (_function("floor", 1, math.floor),),
        "ceil": (_function("ceil", 1, math.ceil),),
        "round": (_function("round", 1, round_half_up), _function("round", 2, round_half_up)),
        "pi": (_function("pi", 0, lambda: PI),),
        "mod": (_function("mod", 2, remainder),),
        "power": (_function("power", 2, power),),
        **{name: (_function("if", 3, _choose),) for name in ("if", "ifthenelse")},
        **{name: (_function("and", 1, _all, repeats=True),) for name in ("and", "cond_and")},
        **{name: (_function("or", 1, _any, repeats=True),) for name in ("or", "cond_or")},
        "sum": (_function("sum", 1, _over_list(total), repeats=True),),
        "min": (_function("min", 1, _over_list(min), repeats=True),),
        "max": (_function("max", 1, _over_list(max), repeats=True),),
        "average": (_function("average", 1, _over_list(mean), repeats=True),),
    }
)
"""The functions by name, each once for every number of arguments that it takes; the last may repeat."""

OPERATORS: Final[Mapping[str, Function]] = MappingProxyType(
    {
        "/": _function("/", 2, divide),
        "%": _function("%", 2, remainder),
        "^": _function("^", 2, power),
        ">": _function(">", 2, partial(_as_number, operator.gt)),
        "<": _function("<", 2, partial(_as_number, operator.lt)),
        ">=": _function(">=", 2, partial(_as_number, operator.ge)),
        "<=": _function("<=", 2, partial(_as_number, operator.le)),
        "==": _function("==", 2, partial(_as_number, operator.eq)),
    }
)
"""The operators that mean something else in Brightspace's language, or nothing; the others are shared with it."""
