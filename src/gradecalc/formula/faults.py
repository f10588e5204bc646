# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What can be wrong with a formula, and how much of one there may be.

The codes of `FormulaError` are those of `VALIDATOR_MESSAGES`, which Brightspace's formula editor has too, and
`unknown_function`, `unknown_property`, `empty`, `whole_expected`, `each_alone`, `each_of_two`, and, for what is beyond
the bounds below, `too_long`, `too_deep`, `too_many_parts`, `number_too_long`; when a formula is worked out,
`not_a_number`, `number_too_long` and `each_unresolved`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ..errors import FormulaError

MAX_LENGTH: Final = 10_000
"""The most characters of a formula."""

MAX_DEPTH: Final = 64
"""The deepest that parts may nest: a bracket, a function, a sign and the right side of an operator are a level each."""

MAX_PARTS: Final = 1_000
"""The most numbers, references, signs, functions and runs of operators in a formula."""

MAX_TOTAL_BITS: Final = 12_000
"""The most bits that all numbers used in one evaluation have together, numerators and denominators: 3,600 digits.

No value on the way has more than that and one for each part, so every one of them can be computed and printed.
"""

ROOT_BITS: Final = 80
"""The bits that a root counts for, beside those of what it is a root of: 12 decimals, above and below the line."""

VALIDATOR_MESSAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unexpected_token": "Unexpected [token_type]",
        "unbalanced_parentheses": "Unbalanced parentheses",
        "missing_function_end": "Missing end of function",
        "unexpected_function_end": "Unexpected function end",
        "operator_parameters": "Invalid number of operator parameters",
        "function_parameters": "Invalid number of function parameters",
        "numeric_expected": "Numeric value expected",
        "boolean_expected": "Boolean value expected",
        "invalid_terminal": "Invalid terminal",
    }
)
"""What the formula editor of Brightspace says where we say a code."""


def check_length(source: str) -> None:
    """Raise `FormulaError` for a text that is too long to be read."""
    if len(source) > MAX_LENGTH:
        message = f"the formula has {len(source)} characters; at most {MAX_LENGTH} are read"
        raise FormulaError("too_long", message, (MAX_LENGTH, len(source)), source)


def check_bounds(parts: int, depth: int, span: tuple[int, int], source: str) -> None:
    """Raise `FormulaError` at a place where a formula has come to too many parts, or nests too deep."""
    if parts > MAX_PARTS:
        message = f"the formula has more than {MAX_PARTS} parts; share it between several formula items"
        raise FormulaError("too_many_parts", message, span, source)
    if depth > MAX_DEPTH:
        message = f"the formula nests deeper than {MAX_DEPTH} levels here; share it between several formula items"
        raise FormulaError("too_deep", message, span, source)
