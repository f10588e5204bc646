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
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from ..exact import Exact, ratio, total
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


@frozen
class Function:
    """One function: the kinds of its arguments, of which the last may repeat, and how it runs."""

    name: str
    takes: tuple[Kind, ...]
    gives: Kind
    absent: Absent
    apply: Callable[[Sequence[Run], Values], Value] = field(eq=False, repr=False)
    """Work it out, from the runs of its arguments and the values of the references."""
    repeats: bool = False

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
        )
    }
)
"""The functions of a Brightspace formula, by name."""
