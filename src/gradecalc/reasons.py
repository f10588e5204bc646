# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Why a figure is what it is, in words: every reason that a report can give, with its code.

A reason is a text that also carries its code, so that a program compares the code and a person reads the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final, Self

from .exact import write_exact
from .rounding import Rounding

Note = tuple[object, ...]
"""A code and what its text speaks of: exact numbers and texts."""

TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "all_dropped": "all its results are dropped, so it has no score",
        "all_weights_zero": "all the weights that count are zero, so it has no score",
        "bonus_never_costs": "a bonus never costs: {0} points add nothing",
        "capped": "{0} points are capped at its maximum of {1}",
        "dropped_highest": "dropped as one of the highest",
        "dropped_lowest": "dropped as one of the lowest",
        "exempt": "exempt: it does not apply to this learner",
        "exempt_branch": "exempt: nothing in it applies to this learner",
        "exempt_keeps_number": "exempt: the recorded {0} is kept and does not count",
        "exempt_within": "exempt with all of {0}",
        "floored": "{0} points are raised to its minimum of {1}",
        "formula_without_score": "its formula has no score: {0}",
        "left_out": "nothing recorded: left out",
        "not_counted": "does not count towards {0}",
        "nothing_chosen_graded": "nothing that it is over has a score",
        "nothing_counts": "nothing counts in it, so it has no score",
        "nothing_graded": "nothing in it is graded, so it has no score",
        "only_bonus": "only bonus is graded in it, so it has no score of its own",
        "out_of_zero_counts_in_full": "out of 0: counts in full",
        "out_of_zero_leaves": "out of 0: it has no percent, so it leaves",
        "overridden": "set to {0} points; computed {1}",
        "set_by": "set by {0}",
        "noted": "note: {0}",
        "rounded": "rounded from {0} %",
        "rounded_points": "rounded from {0} points",
        "ungraded_as_zero": "nothing recorded: counts as zero",
        "without_score_as_zero": "it has no score: counts as zero",
    }
)


class Reason(str):
    """A reason as text, with its `code`."""

    __slots__ = ("code",)

    code: str

    def __new__(cls, code: str, text: str) -> Self:
        """Return the reason with this code and text."""
        reason = super().__new__(cls, text)
        reason.code = code
        return reason

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        return self.code, str(self)


def reason(note: Note, shown: Rounding) -> Reason:
    """Return the reason that a note states, its numbers exact where they are short and as `shown` otherwise."""
    code, *arguments = note
    texts = [_figure(argument, shown) for argument in arguments]
    return Reason(str(code), TEXTS[str(code)].format(*texts))


def _figure(argument: object, shown: Rounding) -> str:
    if isinstance(argument, (int, Fraction)):
        exact = write_exact(argument)
        return exact if len(exact) <= 6 and "/" not in exact else shown.show(argument)  # noqa: PLR2004 - a short number
    return str(argument)
