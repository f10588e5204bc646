# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The expressions of a program as columns: what stands in several has a name, in a level below those that use it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

from ...grading.kernel.expressions import Expression, Op, parts_first, uses_of
from .arithmetic import WholeNumbers
from .choosing import drop_lowest, how_many, pick, rank, rank_out_of
from .held import Held

_DEEPEST: Final = 8
"""How deep expressions may stand in one another before one has a name."""

_TEXTS: Final[Mapping[Op, str]] = {
    Op.LEAST: "LEAST({0}, {1})",
    Op.MOST: "GREATEST({0}, {1})",
    Op.IF: "(CASE WHEN {0} THEN {1} ELSE {2} END)",
    Op.BELOW: "({0} < {1})",
    Op.SAME: "({0} = {1})",
    Op.NOT: "(NOT {0})",
    Op.OF: "{0}_{data}",
}
_JOINED: Final[Mapping[Op, str]] = {Op.PLUS: " + ", Op.TIMES: " * ", Op.ALL: " AND ", Op.ANY: " OR "}

_CHOICES: Final = (Op.LOWEST, Op.PICKED, Op.RANKED, Op.RANKED_OUT_OF)


class ExpressionWriter:
    """The columns of a program's expressions by level, where level 0 is what was read."""

    def __init__(
        self, roots: Iterable[Expression], held: Held, arithmetic: WholeNumbers, exempt: Collection[int]
    ) -> None:
        """Write these; `exempt` lists the registers of the items from which somebody may be exempt."""
        self.held, self.arithmetic, self.exempt = held, arithmetic, exempt
        self._named = {each for each, times in uses_of(roots).items() if times > 1}
        self._texts: dict[Expression, tuple[str, int, int]] = {}
        """The text of each, the level that it needs, and how deep it is."""
        self.levels: list[list[tuple[str, str]]] = []

    def text(self, root: Expression) -> str:
        """Return the text of an expression, for a level above all others."""
        for each in parts_first(root, self._texts):
            self._texts[each] = self._written(each)
        return self._texts[root][0]

    def _written(self, each: Expression) -> tuple[str, int, int]:
        parts = [self._texts[part] for part in each.parts]
        level = max((level for _, level, _ in parts), default=0)
        depth = 1 + max((depth for _, _, depth in parts), default=0)
        texts = [text for text, _, _ in parts]
        if each.op in _CHOICES:
            return self._chosen(each, texts, level)
        text = self._expressed(each, texts)
        if each.op in _LEAVES or (each not in self._named and depth <= _DEEPEST):
            return text, level, 0 if each.op in _LEAVES else depth
        return self._name(text, level), level + 1, 0

    def _name(self, text: str, level: int) -> str:
        name = f"e{sum(map(len, self.levels))}"
        self._add(name, text, level)
        return name

    def _add(self, name: str, text: str, level: int) -> None:
        self.levels += [[] for _ in range(level + 1 - len(self.levels))]
        self.levels[level].append((name, text))

    def _expressed(self, each: Expression, parts: list[str]) -> str:
        if each.op in _LEAVES:
            return _LEAVES[each.op](self, each.data)
        if each.op in _JOINED:
            return f"({_JOINED[each.op].join(parts)})"
        if each.op is Op.COUNT:
            return f"({self.arithmetic.number(0)} + {how_many(parts)})"
        if each.op is Op.STEPS:
            over, under = parts
            steps = self.arithmetic.rounded(over, f"NULLIF({under}, 0)", each.data)
            return f"COALESCE({steps}, 0)"
        if each.op is Op.LOOKUP:
            return self._looked_up(each.data, parts[0])
        return _TEXTS[each.op].format(*parts, data=each.data)

    def _looked_up(self, table: Any, place: str) -> str:
        if all(isinstance(entry, bool) for entry in table):
            return f"({self.arithmetic.lookup([int(entry) for entry in table], place)} = 1)"
        return f"CAST({self.arithmetic.lookup(table, place)} AS {self.arithmetic.whole})"

    def _chosen(self, each: Expression, parts: list[str], level: int) -> tuple[str, int, int]:
        """Name what a choice among many needs, and return its text."""
        name = f"c{len(self._texts)}"
        if each.op is Op.LOWEST:
            levels, text = drop_lowest(name, each.data, parts, self.arithmetic), name
        elif each.op is Op.PICKED:
            levels, text = pick(name, each.data, parts, self.arithmetic)
        elif each.op is Op.RANKED_OUT_OF:
            levels, text = rank_out_of(name, each.data, parts, self.arithmetic)
        else:
            levels, text = rank(name, each.data, parts, self.arithmetic)
        for nth, columns in enumerate(levels):
            for column, value in columns:
                self._add(column, value, level + nth)
        level += len(levels)
        if each.op is Op.LOWEST:
            return text, level, 0
        return self._name(text, level), level + 1, 0


_LEAVES: Final[Mapping[Op, Callable[[ExpressionWriter, Any], str]]] = {
    Op.NUMBER: lambda writer, data: writer.arithmetic.number(data),
    Op.TRUTH: lambda _, data: "TRUE" if data else "FALSE",
    Op.REACHED: lambda writer, data: writer.arithmetic.widened(writer.held.or_zero(data)),
    Op.POSSIBLE: lambda writer, data: writer.arithmetic.widened(writer.held.possible(data)),
    Op.HAS: lambda writer, data: f"({writer.held.reached(data)} IS NOT NULL)",
    Op.EXEMPT: lambda writer, data: f"x{data}" if data in writer.exempt else "FALSE",
}


SAID: Final = frozenset({*_LEAVES, *_TEXTS, *_JOINED, *_CHOICES, Op.COUNT, Op.STEPS, Op.LOOKUP})
"""The operations that a statement can say."""
