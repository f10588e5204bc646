# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a formula is made of: five frozen classes, each of which prints itself as it would be written.

>>> quiz = Reference("Quiz 1", Property.PERCENT)
>>> print(Operation(quiz, ((Operator.AT_LEAST, Constant(50)),)))
[Quiz 1.Percent] >= 50

Parts are equal by structure, wherever they stand. Operators of one level stand in one node, left to right, so that a
long sum is wide rather than deep. Nothing here knows how a front end spells a formula.
"""

from __future__ import annotations

from enum import Enum
from typing import assert_never

from attrs import field

from ..exact import Exact, write_exact
from ..values import frozen
from .functions import Function
from .operators import Kind, Level, Operator

Span = tuple[int, int]
"""Where a part stands in the text: the index of its first character, and that after its last."""

Part = tuple["Node", Kind]
"""A part, and the kind that the place it stands in takes."""


class Property(Enum):
    """What of an item is asked for."""

    POINTS = "Points Received"
    MAX_POINTS = "Max Points"
    PERCENT = "Percent"


@frozen
class Constant:
    """A number as written; it has no sign."""

    value: Exact
    span: Span = field(default=(0, 0), eq=False, repr=False)

    gives = Kind.NUMERIC
    level = Level.OPERAND

    def __str__(self) -> str:
        return write_exact(self.value)


@frozen
class Reference:
    """A property of an item or a branch, by name; with `each` of each child of a branch, one after the other (F28)."""

    name: str
    property: Property = Property.POINTS
    span: Span = field(default=(0, 0), eq=False, repr=False)
    each: bool = field(default=False, kw_only=True)

    gives = Kind.NUMERIC
    level = Level.OPERAND

    def __str__(self) -> str:
        return f"[{self.name}.{'Each ' if self.each else ''}{self.property.value}]"


@frozen
class Signed:
    """A part with a sign, plus or minus, before it."""

    sign: Operator
    operand: Node
    span: Span = field(default=(0, 0), eq=False, repr=False)

    gives = Kind.NUMERIC
    level = Level.SIGN

    def __str__(self) -> str:
        return self.sign.symbol + _bracketed(self.operand, Level.SIGN)


@frozen
class Operation:
    """Operands joined by operators of one level, worked out from the left; of comparisons there is one."""

    first: Node
    rest: tuple[tuple[Operator, Node], ...]
    span: Span = field(default=(0, 0), eq=False, repr=False)

    @property
    def level(self) -> Level:
        """The level of its operators."""
        return self.rest[0][0].level

    @property
    def gives(self) -> Kind:
        """The kind of its value."""
        return self.level.gives

    def __str__(self) -> str:
        tighter = Level(self.level + 1)
        rest = [f" {operator.symbol} {_bracketed(operand, tighter)}" for operator, operand in self.rest]
        return _bracketed(self.first, tighter) + "".join(rest)


@frozen
class Call:
    """A function and its arguments."""

    function: Function
    arguments: tuple[Node, ...]
    span: Span = field(default=(0, 0), eq=False, repr=False)

    level = Level.OPERAND

    @property
    def gives(self) -> Kind:
        """The kind of its value."""
        return self.function.gives

    def __str__(self) -> str:
        return f"{self.function.name}{{{', '.join([str(argument) for argument in self.arguments])}}}"


Node = Constant | Reference | Signed | Operation | Call


def parts_of(node: Node) -> list[Part]:
    """Return the parts that a part is made of, in the order of the text."""
    match node:
        case Constant() | Reference():
            return []
        case Signed():
            return [(node.operand, Kind.NUMERIC)]
        case Operation():
            takes = node.level.takes
            return [(node.first, takes), *((operand, takes) for _, operand in node.rest)]
        case Call():
            return [(argument, node.function.kind(index)) for index, argument in enumerate(node.arguments)]
        case _:
            assert_never(node)


def _bracketed(node: Node, level: Level) -> str:
    return str(node) if node.level >= level else f"({node})"
