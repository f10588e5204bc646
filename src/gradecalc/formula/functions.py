# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The functions as data: name, arguments, what each makes of an argument without a score, and what it does.

>>> FUNCTIONS["AVG"].arity
'at least 1 argument'

Another front end states its own table; nothing else here knows which functions there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from math import ceil, floor
from types import MappingProxyType
from typing import Final

from attrs import field

from ..exact import Exact, RoundingMode, ratio, root, round_to, simplest, total
from ..values import frozen
from .operators import (
    Kind,
    Run,
    Value,
    Values,
)


class Absent(Enum):
    """What a function makes of an argument without a score."""

    SKIPPED = "skipped"
    """It is left out, of a count too; without any argument left there is no score (F20)."""
    BRANCH = "branch"
    """It is what the function comes to, where it is the branch taken (F21)."""
    NEVER = "never"
    """There is none: a condition always holds or does not (F19)."""
    NEEDED = "needed"
    """Without it there is no score (F25, F26, F31)."""


PLACES: Final = 12
"""The decimals of a root (F26)."""

_DECIMALS: Final = (0, 12)
_WHOLE: Final = (0, 100)
_DEGREES: Final = (1, 100)
_TWO_NUMBERS: Final = (Kind.NUMERIC, Kind.NUMERIC)


@frozen
class Function:
    """One function: the kinds of its arguments, of which the last may repeat, and how it runs.

    With `whole` the last argument is a whole number between these, as written. One that `raises` uses its first
    argument so many times, and one with `places` is rounded to so many decimals.
    """

    name: str
    takes: tuple[Kind, ...]
    gives: Kind
    absent: Absent
    apply: Callable[[Sequence[Run], Values], Value] = field(eq=False, repr=False)
    """Work it out, from the runs of its arguments and the values of the references."""
    repeats: bool = False
    whole: tuple[int, int] | None = None
    raises: bool = False
    places: int | None = None

    @property
    def arity(self) -> str:
        """How many arguments it takes, in words."""
        count = len(self.takes)
        return f"{'at least' if self.repeats else 'exactly'} {count} argument{'' if count == 1 else 's'}"

    def accepts(self, count: int) -> bool:
        """Return whether it takes so many arguments."""
        return count >= len(self.takes) if self.repeats else count == len(self.takes)

    def kind(self, index: int) -> Kind:
        """Return the kind of its argument at an index."""
        return self.takes[min(index, len(self.takes) - 1)]


def skipping(reduce: Callable[[Sequence[Exact]], Exact], runs: Sequence[Run], values: Values) -> Value:
    """Return the arguments with a score reduced to one number; without any there is none."""
    present = [value for run in runs if (value := run(values)) is not None]
    return reduce(present) if present else None


def choosing(runs: Sequence[Run], values: Values) -> Value:
    """Return the second argument where the first holds, and otherwise the third."""
    condition, when_true, when_false = runs
    return when_true(values) if condition(values) else when_false(values)


def negating(runs: Sequence[Run], values: Values) -> Value:
    """Return whether the one argument does not hold."""
    (condition,) = runs
    return not condition(values)


def counting(runs: Sequence[Run], values: Values) -> Value:
    """Return how many arguments have a score (F27)."""
    return sum(run(values) is not None for run in runs)


def counting_if(runs: Sequence[Run], values: Values) -> Value:
    """Return how many conditions hold (F27)."""
    return sum(bool(run(values)) for run in runs)


def raising(runs: Sequence[Run], values: Values) -> Value:
    """Return the first argument to the power of the second, exactly (F25)."""
    base, exponent = (run(values) for run in runs)
    return None if base is None or exponent is None else simplest(base ** int(exponent))


def rooting(runs: Sequence[Run], values: Values) -> Value:
    """Return the root of the first argument, of the degree that the second is or else the square root (F26).

    It is rounded half up; a number below 0 has none.
    """
    base, degree = runs[0](values), runs[1](values) if runs[1:] else 2
    return None if base is None or degree is None or base < 0 else root(base, int(degree), PLACES)


def rounding(runs: Sequence[Run], values: Values) -> Value:
    """Return the first argument to as many decimals as the second says, halves away from zero (F31)."""
    value, places = (run(values) for run in runs)
    return None if value is None or places is None else round_to(value, int(places), RoundingMode.HALF_UP)


def stepping(step: Callable[[Exact], int], runs: Sequence[Run], values: Values) -> Value:
    """Return the whole number beside the one argument (F31)."""
    value = runs[0](values)
    return None if value is None else step(value)


def mean(values: Sequence[Exact]) -> Exact:
    """Return the plain mean of at least one number."""
    return ratio(total(values), len(values))


def _over_numbers(name: str, reduce: Callable[[Sequence[Exact]], Exact]) -> Function:
    return Function(name, (Kind.NUMERIC,), Kind.NUMERIC, Absent.SKIPPED, partial(skipping, reduce), repeats=True)


FUNCTIONS: Final[Mapping[str, Function]] = MappingProxyType(
    {
        function.name: function
        for function in (
            _over_numbers("SUM", total),
            _over_numbers("MIN", min),
            _over_numbers("MAX", max),
            _over_numbers("AVG", mean),
            Function("IF", (Kind.BOOLEAN, Kind.NUMERIC, Kind.NUMERIC), Kind.NUMERIC, Absent.BRANCH, choosing),
            Function("NOT", (Kind.BOOLEAN,), Kind.BOOLEAN, Absent.NEVER, negating),
            Function("COUNT", (Kind.NUMERIC,), Kind.NUMERIC, Absent.SKIPPED, counting, repeats=True),
            Function("COUNTIF", (Kind.BOOLEAN,), Kind.NUMERIC, Absent.NEVER, counting_if, repeats=True),
            Function("POWER", _TWO_NUMBERS, Kind.NUMERIC, Absent.NEEDED, raising, whole=_WHOLE, raises=True),
            Function("ROOT", _TWO_NUMBERS, Kind.NUMERIC, Absent.NEEDED, rooting, whole=_DEGREES, places=PLACES),
            Function("SQRT", (Kind.NUMERIC,), Kind.NUMERIC, Absent.NEEDED, rooting, places=PLACES),
            Function("ROUND", _TWO_NUMBERS, Kind.NUMERIC, Absent.NEEDED, rounding, whole=_DECIMALS),
            Function("FLOOR", (Kind.NUMERIC,), Kind.NUMERIC, Absent.NEEDED, partial(stepping, floor)),
            Function("CEIL", (Kind.NUMERIC,), Kind.NUMERIC, Absent.NEEDED, partial(stepping, ceil)),
        )
    }
)
"""The functions by name: the first six are Brightspace's own, the others are ours."""
