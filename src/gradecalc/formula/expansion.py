# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is said of each child of a category, put in the place of the words `Each`.

`COUNTIF{[Quizzes.Each Percent] >= 60}` counts the children of `Quizzes` that reach 60 percent: an argument that names
each child of a category stands for one argument for each of them (F28).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import assert_never

from attrs import evolve

from .faults import check_bounds
from .nodes import (
    Call,
    Constant,
    Node,
    Operation,
    Reference,
    Signed,
    parts_of,
)

Children = Callable[[str], Sequence[str]]
"""The names of the children of a category, by its name."""


def each_of(argument: Node) -> list[Reference]:
    """Return what names each child in an argument, but for what belongs to a function within it."""
    found: list[Reference] = []
    waiting = [argument]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Reference) and node.each:
            found.append(node)
        if not (isinstance(node, Call) and node.function.repeats):
            waiting.extend(part for part, _ in reversed(parts_of(node)))
    return found


def expand(root: Node, children: Children, source: str) -> Node:
    """Return a formula in which an argument that names each child is there once for each of them.

    Raises `FormulaError` as soon as it has come to too many parts.
    """
    return _Expansion(children, source).part(root)


class _Expansion:
    """One expansion: who the children are, and how many parts there are so far."""

    def __init__(self, children: Children, source: str) -> None:
        self._children = cache(children)
        self._source = source
        self._parts = 0

    def part(self, node: Node) -> Node:
        """Return a part expanded."""
        self._parts += 1
        check_bounds(self._parts, 1, node.span, self._source)
        match node:
            case Constant() | Reference():
                return node
            case Signed():
                return evolve(node, operand=self.part(node.operand))
            case Operation():
                rest = tuple((operator, self.part(operand)) for operator, operand in node.rest)
                return evolve(node, first=self.part(node.first), rest=rest)
            case Call():
                return evolve(node, arguments=tuple(self._arguments(node)))
            case _:
                assert_never(node)

    def _arguments(self, call: Call) -> Iterator[Node]:
        for argument in call.arguments:
            named = each_of(argument) if call.function.repeats else []
            if named:
                yield from (self.part(_about(argument, child)) for child in self._children(named[0].name))
            else:
                yield self.part(argument)


def _about(node: Node, child: str) -> Node:
    """Return a copy of a part that is about one child; it stands nowhere in the text."""
    match node:
        case Constant():
            return evolve(node, span=(0, 0))
        case Reference():
            return Reference(child, node.property) if node.each else evolve(node, span=(0, 0))
        case Signed():
            return evolve(node, operand=_about(node.operand, child), span=(0, 0))
        case Operation():
            rest = tuple((operator, _about(operand, child)) for operator, operand in node.rest)
            return evolve(node, first=_about(node.first, child), rest=rest, span=(0, 0))
        case Call():
            own = node.function.repeats
            arguments = tuple(each if own else _about(each, child) for each in node.arguments)
            return evolve(node, arguments=arguments, span=(0, 0))
        case _:
            assert_never(node)
