# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is suspicious in the sum of weights: that it is not the whole, or looks like one of another unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..errors import Problem, Severity
from ..exact import describe, total
from ..gradebook.contributions import WHOLE


def find_sum_problems(
    of: str, path: str, weights: Sequence[Fraction], whole: int, *, sharing: bool = False
) -> Iterator[Problem]:
    """Yield what is suspicious in weights that are to sum to 100 or, as shares, to 1 (W11).

    `of` says whose they are, and `sharing` that others share what they leave.
    """
    found = total(weights)
    if not weights or found == whole:
        return
    message = f"the weights {of} sum to {describe(found)}, not {whole}"
    if whole == 1 and max(weights) > 1:
        yield _notice("weights_look_like_percents", path, f"{message}; percents are weights_in=WeightUnit.PERCENT")
    elif whole == WHOLE and 0 < found <= 1:
        yield _notice("weights_look_like_shares", path, f"{message}; shares are weights_in=WeightUnit.SHARE")
    elif not sharing:
        yield _notice("weights_not_whole", path, message)


def _notice(code: str, path: str, message: str) -> Problem:
    return Problem(code, path, message, Severity.NOTICE)
