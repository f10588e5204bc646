# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Expressions as lines of Python: what stands in several places is named, and all else is written where it stands.

`p7` and `x7` say whether register 7 holds a number or an exemption, `v7` is the number or 0, and `e3` is the fourth
expression that has a name.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any, Final

from . import sets
from .expressions import ONE, Expression, Op, parts_first, uses_of
from .program import Let, Refuse, Tell, roots_of

Said = Refuse | Let | Tell
"""A step that is made of expressions."""

_DEEPEST: Final = 12
"""How deep expressions may stand in one another before one has a name: a parser has its limits."""

_CALLED: Final[Mapping[Op, Callable[..., Any]]] = {
    Op.STEPS: sets.rounded,
    Op.ROOT: sets.rooted,
    Op.PICKED: sets.picked,
    Op.RANKED: sets.ranked,
    Op.RANKED_OUT_OF: sets.ranked_out_of,
    Op.LOWEST: sets.lowest,
    Op.BEST: sets.best,
}
_JOINED: Final = {
    Op.PLUS: " + ",
    Op.COUNT: " + ",
    Op.TIMES: " * ",
    Op.ALL: " and ",
    Op.ANY: " or ",
    Op.BELOW: " < ",
    Op.SAME: " == ",
}
_TEXTS: Final = {
    Op.NUMBER: "{data}",
    Op.TRUTH: "{data}",
    Op.HAS: "(n{data} is not None)",
    Op.EXEMPT: "(n{data} is X)",
    Op.REACHED: "(n{data} or 0)",
    Op.POSSIBLE: "d{data}",
    Op.LEAST: "({0} if {0} < {1} else {1})",
    Op.MOST: "({0} if {0} > {1} else {1})",
    Op.IF: "({1} if {0} else {2})",
    Op.NOT: "(not {0})",
    Op.LOOKUP: "{data}[{0}]",
    Op.OF: "{0}[{data}]",
}
_TEXTS_BESIDE_EXEMPTIONS: Final = {
    Op.HAS: "(n{data}.__class__ is int)",
    Op.REACHED: "(n{data} if n{data}.__class__ is int else 0)",
}
_NAMED_PARTS: Final = (Op.LEAST, Op.MOST, Op.OF)


class Writer:
    """The lines of a program's expressions, and the `names` that these use; `exempt` registers may hold exemptions."""

    def __init__(self, steps: Iterable[Said], exempt: Container[int] = ()) -> None:
        self._exempt = exempt
        self.names: dict[str, Any] = {op.name.lower(): function for op, function in _CALLED.items()}
        self._named = _standing_in_several(root for step in steps for root in roots_of(step))
        self._texts: dict[Expression, tuple[str, int]] = {}
        self._same: dict[str, str] = {}
        self._lines: list[str] = []

    def written(self, step: Said) -> list[str]:
        """Return the lines of a step; the steps come in order."""
        self._lines = []
        texts = [self._text(root) for root in roots_of(step)]
        if isinstance(step, Refuse):
            return [*self._lines, f"if {texts[0]}: raise Beyond"]
        if isinstance(step, Tell):
            return [*self._lines, f"{step.what.value} = {texts[0]}"]
        has, reached, possible = texts
        return [*self._lines, f"n{step.to}, d{step.to} = {reached} if {has} else None, {possible}"]

    def _text(self, root: Expression) -> str:
        for each in parts_first(root, self._texts):
            self._texts[each] = self._written(each)
        return self._texts[root][0]

    def _written(self, expression: Expression) -> tuple[str, int]:
        depth = 1 + max((self._texts[part][1] for part in expression.parts), default=0)
        text = self._expressed(expression, [self._texts[part][0] for part in expression.parts])
        if expression.op in (Op.NUMBER, Op.TRUTH):
            return text, 0
        if expression in self._named or depth > _DEEPEST:
            return self._name(text, _leaf_name(expression)), 0
        return text, depth

    def _name(self, text: str, name: str) -> str:
        if text not in self._same:
            self._same[text] = name or f"e{len(self._same)}"
            self._lines.append(f"{self._same[text]} = {text}")
        return self._same[text]

    def _expressed(self, expression: Expression, parts: list[str]) -> str:
        op, data = expression.op, expression.data
        if op in _JOINED:
            return f"({_JOINED[op].join(parts)})"
        if op in _CALLED:
            constant = f"c{len(self.names)}"
            self.names[constant] = data
            return f"{op.name.lower()}({', '.join([constant, *parts])})"
        if _is_positive(expression):
            return f"({parts[0]} or 1)"
        if op in _TEXTS_BESIDE_EXEMPTIONS and data in self._exempt:
            return _TEXTS_BESIDE_EXEMPTIONS[op].format(data=data)
        return _TEXTS[op].format(*parts, data=data)


def _standing_in_several(roots: Iterable[Expression]) -> set[Expression]:
    """Return the expressions that are to have a name: what stands in several, or is written twice in one."""
    uses = uses_of(roots)
    named = {each for each, times in uses.items() if times > 1}
    twice = [each for each in uses if each.op in _NAMED_PARTS and not _is_positive(each)]
    return named | {part for each in twice for part in each.parts}


def _is_positive(expression: Expression) -> bool:
    return expression.op is Op.MOST and expression.parts[1] is ONE


def _leaf_name(expression: Expression) -> str:
    prefix = {Op.HAS: "p", Op.EXEMPT: "x", Op.REACHED: "v"}.get(expression.op)
    return f"{prefix}{expression.data}" if prefix else ""
