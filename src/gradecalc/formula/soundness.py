# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whether the parts of a formula fit together: numbers where numbers are due, conditions where conditions are.

The outer expectation is reported first, as Brightspace does: in `IF{5 < 2, 1 OR 1, 4}` the condition stands where a
number is due, and that its own operands are not conditions is never reached (F7).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ..errors import FormulaError
from ..exact import describe
from .expansion import each_of
from .faults import check_bounds
from .nodes import (
    Call,
    Constant,
    Node,
    Reference,
    parts_of,
)
from .operators import Kind

_REFUSED: Final[Mapping[Kind, tuple[str, str]]] = MappingProxyType(
    {
        Kind.NUMERIC: ("numeric_expected", "a number is due here, and {0} is a condition"),
        Kind.BOOLEAN: ("boolean_expected", "a condition, such as a comparison, is due here, and {0} is a number"),
    }
)


def check(root: Node, result: Kind, source: str) -> None:
    """Raise `FormulaError` at the first part that is not of the kind due where it stands, or is beyond the bounds.

    What the whole formula is comes last: its parts fit together first.
    """
    waiting = [(root, root.gives, 1, False)]
    seen = 0
    while waiting:
        node, due, depth, several = waiting.pop()
        seen += 1
        check_bounds(seen, depth, node.span, source)
        _check_kind(node, due, source)
        if isinstance(node, Call):
            several = several or node.function.repeats
            _check_arguments(node, source)
        elif isinstance(node, Reference) and node.each and not several:
            message = f"{describe(str(node))} is several numbers; it stands in SUM, COUNTIF or another that takes them"
            raise FormulaError("each_alone", message, node.span, source)
        waiting.extend((part, kind, depth + 1, several) for part, kind in reversed(parts_of(node)))
    _check_kind(root, result, source)


def _check_arguments(call: Call, source: str) -> None:
    """Raise `FormulaError` for a power that is not written as a whole number, and for children of two categories."""
    if call.function.whole is not None and call.arguments:
        last, (least, most) = call.arguments[-1], call.function.whole
        if not (isinstance(last, Constant) and last.value.denominator == 1 and least <= last.value <= most):
            message = f"{call.function.name} takes a whole number, as written, from {least} to {most} here"
            raise FormulaError("whole_expected", message, last.span, source)
    if call.function.repeats:
        for named in map(each_of, call.arguments):
            other = next((each for each in named if each.name != named[0].name), None)
            if other is not None:
                message = f"one argument names each child of {describe(named[0].name)} and of {describe(other.name)}"
                raise FormulaError("each_of_two", message, other.span, source)


def _check_kind(node: Node, due: Kind, source: str) -> None:
    if node.gives is not due:
        code, message = _REFUSED[due]
        raise FormulaError(code, message.format(describe(source[slice(*node.span)])), node.span, source)
