# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is written for a system: a text, and what it does not carry."""

from __future__ import annotations

from typing import Final

from ..errors import Problem, Severity
from ..exact import Exact, RoundingMode, describe, write_exact, write_rounded
from ..values import frozen

_PLACES: Final = 9


@frozen
class Exported:
    """The text of a file, its lines ending in CR LF, and what it does not carry."""

    text: str
    problems: tuple[Problem, ...] = ()


def write_decimal(value: Exact, path: str, problems: list[Problem]) -> str:
    """Return a number in decimals, rounded with a notice where it has none."""
    text = write_exact(value)
    if "/" not in text:
        return text
    rounded = write_rounded(value, _PLACES, RoundingMode.HALF_EVEN)
    message = f"{describe(value)} has no decimals that end; {rounded} is written"
    problems.append(Problem("rounded", path, message, Severity.NOTICE))
    return rounded
