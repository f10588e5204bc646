# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The expressions of a program as columns: what stands in several has a name, in a query below those that use it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

from ...grading.kernel.expressions import Expression, Op, parts_first, uses_of
from .arithmetic import Column, WholeNumbers, joined
from .choosing import drop_lowest, how_many, pick, rank, rank_out_of
from .held import Held
from .roots import root

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
    """The columns that a program's expressions need, each after all that it needs."""

    def __init__(
        self, roots: Iterable[Expression], held: Held, arithmetic: WholeNumbers, exempt: Collection[int]
    ) -> None:
        """Write these; `exempt` lists the registers of the items from which somebody may be exempt."""
        self.held, self.arithmetic, self.exempt = held, arithmetic, exempt
        self._named = {each for each, times in uses_of(roots).items() if times > 1}
        self._texts: dict[Expression, tuple[str, int]] = {}
        """The text of each, and how deep it is."""
        self.columns: list[Column] = []
        self.refused: list[str] = []
        """Whom the exact engine is to be asked for: those of whom a root is not found near its double."""

    def text(self, root: Expression) -> str:
        """Return the text of an expression, once the columns are there."""
        for each in parts_first(root, self._texts):
            self._texts[each] = self._written(each)
        return self._texts[root][0]

    def _written(self, each: Expression) -> tuple[str, int]:
        parts = [self._texts[part] for part in each.parts]
        depth = 1 + max((depth for _, depth in parts), default=0)
        texts = [text for text, _ in parts]
        if each.op in _CHOICES:
            return self._chosen(each, texts), 0
        if each.op is Op.ROOT:
            return self._rooted(each.data, *texts), 0
        text = self._expressed(each, texts)
        if each.op in _LEAVES or (each not in self._named and depth <= _DEEPEST):
            return text, 0 if each.op in _LEAVES else depth
        return self._name(text), 0

    def _name(self, text: str) -> str:
        name = f"e{len(self.columns)}"
        self.columns.append((name, text))
        return name

    def _expressed(self, each: Expression, parts: list[str]) -> str:
        if each.op in _LEAVES:
            return _LEAVES[each.op](self, each.data)
        if each.op in _JOINED:
            return joined(_JOINED[each.op], parts)
        if each.op is Op.COUNT:
            return f"({self.arithmetic.number(0)} + {how_many(parts)})"
        if each.op is Op.STEPS:
            over, under = parts
            steps = self.arithmetic.rounded(over, f"NULLIF({under}, 0)", each.data)
            return f"COALESCE({steps}, 0)"
        if each.op is Op.LOOKUP:
            return self._looked_up(each.data, parts[0])
        return _TEXTS[each.op].format(*parts, data=each.data)

    def _rooted(self, data: tuple[int, int], above: str, below: str) -> str:
        """Name a root, and return the name."""
        name = f"r{len(self.columns)}"
        columns, refused = root(name, data, (above, below), self.arithmetic)
        self.columns += columns
        self.refused.append(refused)
        return name

    def _looked_up(self, table: Any, place: str) -> str:
        if all(isinstance(entry, bool) for entry in table):
            return f"({self.arithmetic.lookup([int(entry) for entry in table], place)} = 1)"
        return f"CAST({self.arithmetic.lookup(table, place)} AS {self.arithmetic.whole})"

    def _chosen(self, each: Expression, parts: list[str]) -> str:
        """Name what a choice among many needs, and return its text."""
        name = f"c{len(self._texts)}"
        if each.op is Op.LOWEST:
            columns, text = drop_lowest(name, each.data, parts, self.arithmetic), name
        elif each.op is Op.PICKED:
            columns, text = pick(name, each.data, parts, self.arithmetic)
        elif each.op is Op.RANKED_OUT_OF:
            columns, text = rank_out_of(name, each.data, parts, self.arithmetic)
        else:
            columns, text = rank(name, each.data, parts, self.arithmetic)
        self.columns += columns
        return text if each.op is Op.LOWEST else self._name(text)


_LEAVES: Final[Mapping[Op, Callable[[ExpressionWriter, Any], str]]] = {
    Op.NUMBER: lambda writer, data: writer.arithmetic.number(data),
    Op.TRUTH: lambda _, data: "TRUE" if data else "FALSE",
    Op.REACHED: lambda writer, data: writer.held.reached(data, writer.arithmetic),
    Op.POSSIBLE: lambda writer, data: writer.held.possible(data, writer.arithmetic),
    Op.HAS: lambda writer, data: writer.held.is_there(data),
    Op.EXEMPT: lambda writer, data: f"x{data}" if data in writer.exempt else "FALSE",
}


SAID: Final = frozenset({*_LEAVES, *_TEXTS, *_JOINED, *_CHOICES, Op.COUNT, Op.STEPS, Op.ROOT, Op.LOOKUP})
"""The operations that a statement can say."""
