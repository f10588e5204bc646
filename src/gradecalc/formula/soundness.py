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
from .faults import check_bounds
from .nodes import Node, parts_of
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
    waiting = [(root, root.gives, 1)]
    seen = 0
    while waiting:
        node, due, depth = waiting.pop()
        seen += 1
        check_bounds(seen, depth, node.span, source)
        _check_kind(node, due, source)
        waiting.extend((part, kind, depth + 1) for part, kind in reversed(parts_of(node)))
    _check_kind(root, result, source)


def _check_kind(node: Node, due: Kind, source: str) -> None:
    if node.gives is not due:
        code, message = _REFUSED[due]
        raise FormulaError(code, message.format(describe(source[slice(*node.span)])), node.span, source)
