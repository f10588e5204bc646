# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A Moodle calculation written as a formula of the gradebook, where that language has the words.

>>> write_formula(Calculation("=[[Quiz]] / 2"), {"Quiz": Named("Quiz")}, Bounds(0, 50))
'[Quiz.Points Received] / 2'

The two differ in what is missing: Moodle makes it zero, ends in an error on a division by zero wherever it stands,
and has no grade where nothing has one. Where that could show, the formula says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from ....exact import Exact
from ....formula import (
    FUNCTIONS,
    Call,
    Constant,
    Formula,
    Level,
    Node,
    Operation,
    Operator,
    Reference,
    Signed,
)
from ....formula.evaluation import nodes
from ....values import frozen
from ..grade_bounds import Bounds
from .calculation import Calculation
from .functions import PI

_LARGEST_POWER: Final = 100
_MOST_DECIMALS: Final = 12


@frozen
class Named:
    """What a name stands for in the gradebook: an id, and how far its points there lie below those of Moodle."""

    id: str
    least: Exact = 0
    may_be_below: bool = False
    """Whether its points may be below 0."""


class UnsayableError(ValueError):
    """The gradebook's language has no words for something in the formula; the text says for what."""


def write_formula(calculation: Calculation, names: Mapping[str, Named], bounds: Bounds, shift: Exact = 0) -> str:
    """Return the gradebook's formula for a calculation within a range, less `shift`; raises `UnsayableError`.

    Every reference has its name in `names`.
    """
    root = calculation.root
    odd = any(named.least or named.may_be_below for named in names.values())
    plain = _is_plain(root) and not bounds.least and not shift and not odd
    written = _native(root, names) if plain else _guarded(root, names, bounds, shift)
    text = str(written)
    if Formula(text).root != written:
        raise UnsayableError("a name in it cannot be written between square brackets")
    return text


def _is_plain(node: Node) -> bool:
    """Return whether a part adds up grades with weights above zero: zero for missing is then no score at all."""
    match node:
        case Reference():
            return True
        case Operation() if node.level is Level.SUM:
            return all(operator is Operator.PLUS for operator, _ in node.rest) and all(map(_is_plain, _operands(node)))
        case Operation():
            return _is_plain_product(_operands(node))
        case Call() if node.function.name == "/":
            return _is_plain_product(node.arguments) and isinstance(node.arguments[1], Constant)
        case Call() if node.function.name == "sum":
            return all(map(_is_plain, node.arguments))
    return False


def _is_plain_product(operands: Sequence[Node]) -> bool:
    others = [operand for operand in operands if not isinstance(operand, Constant)]
    return (
        len(others) == 1 and _is_plain(others[0]) and all(each.value for each in operands if isinstance(each, Constant))
    )


def _operands(node: Operation) -> list[Node]:
    return [node.first, *(operand for _, operand in node.rest)]


def _guarded(root: Node, names: Mapping[str, Named], bounds: Bounds, shift: Exact) -> Node:
    """Return the formula with zero for what is missing, and no score where Moodle has none."""
    zeroed = partial(_zeroed, names)
    references = tuple(dict.fromkeys(_reference(names, node) for node in nodes(root) if isinstance(node, Reference)))
    if not references:
        raise UnsayableError("it refers to nothing, so that it never has a grade")
    body = _call("MAX", _constant(bounds.least), _translate(root, zeroed))
    if shift:
        body = _operation(body, Operator.MINUS, _constant(shift))
    sound = list(_sound(root, zeroed))
    if sound:
        held = sound[0] if len(sound) == 1 else Operation(sound[0], tuple((Operator.AND, each) for each in sound[1:]))
        body = _call("IF", held, body, _operation(Constant(1), Operator.OVER, Constant(0)))
    graded = references[0] if len(references) == 1 else _call("SUM", *references)
    return _call("IF", _is_graded(graded), body, graded)


def _native(root: Node, names: Mapping[str, Named]) -> Node:
    return _translate(root, partial(_reference, names))


def _reference(names: Mapping[str, Named], node: Reference) -> Node:
    return Reference(names[node.name].id)


def _zeroed(names: Mapping[str, Named], node: Reference) -> Node:
    own, least = _reference(names, node), names[node.name].least
    if not least:
        return _operation(own, Operator.PLUS, Constant(0))
    return _call("IF", _is_graded(own), _operation(own, Operator.PLUS, _constant(least)), Constant(0))


def _is_graded(node: Node) -> Node:
    """Return the condition that a part has a score: only a score is above itself less one."""
    return _operation(node, Operator.ABOVE, _operation(node, Operator.MINUS, Constant(1)))


def _sound(root: Node, refer: Callable[[Reference], Node]) -> Iterator[Node]:
    """Yield the conditions without which Moodle ends in an error, wherever in the formula that is."""
    for node in nodes(root):
        name = node.function.name if isinstance(node, Call) else ""
        if isinstance(node, Call) and name in _SOUND:
            yield _operation(_translate(node.arguments[-1], refer), _SOUND[name], Constant(0))


def _translate(node: Node, refer: Callable[[Reference], Node]) -> Node:
    match node:
        case Constant():
            return Constant(node.value)
        case Reference():
            return refer(node)
        case Signed():
            return Signed(node.sign, _translate(node.operand, refer))
        case Operation():
            rest = tuple((operator, _translate(operand, refer)) for operator, operand in node.rest)
            return Operation(_translate(node.first, refer), rest)
        case Call():
            return _translate_call(node, refer)


def _translate_call(node: Call, refer: Callable[[Reference], Node]) -> Node:
    name = node.function.name
    if name in _COMPARISONS or name in _JOINING:
        return _call("IF", _condition(node, refer), Constant(1), Constant(0))
    if name == "if":
        return _call("IF", _condition(node.arguments[0], refer), *_each(node.arguments[1:], refer))
    if name not in _WRITTEN:
        raise UnsayableError(f"the gradebook's formulas have no {name}")
    return _WRITTEN[name](_each(node.arguments, refer))


def _each(arguments: Sequence[Node], refer: Callable[[Reference], Node]) -> list[Node]:
    return [_translate(argument, refer) for argument in arguments]


def _condition(node: Node, refer: Callable[[Reference], Node]) -> Node:
    """Return a part as a condition: a comparison as it is, and of anything else that it is not zero."""
    name = node.function.name if isinstance(node, Call) else ""
    if isinstance(node, Call) and name in _COMPARISONS:
        left, right = _each(node.arguments, refer)
        return _operation(left, _COMPARISONS[name], right)
    if isinstance(node, Call) and name in _JOINING:
        first, *others = [_condition(argument, refer) for argument in node.arguments]
        return Operation(first, tuple((_JOINING[name], each) for each in others)) if others else first
    return _operation(_translate(node, refer), Operator.DIFFERENT, Constant(0))


def _operation(left: Node, operator: Operator, right: Node) -> Node:
    if isinstance(left, Operation) and left.level is operator.level and operator.level in (Level.SUM, Level.PRODUCT):
        return Operation(left.first, (*left.rest, (operator, right)))
    return Operation(left, ((operator, right),))


def _constant(value: Exact) -> Node:
    return Constant(value) if value >= 0 else Signed(Operator.MINUS, Constant(-value))


def _call(name: str, *arguments: Node) -> Node:
    return Call(FUNCTIONS[name], arguments)


def _power(arguments: Sequence[Node]) -> Node:
    base, exponent = arguments
    if _is_whole(exponent, _LARGEST_POWER):
        return _call("POWER", base, exponent)
    raise UnsayableError(f"the gradebook's formulas have no power but a whole one from 0 to {_LARGEST_POWER}")


def _round(arguments: Sequence[Node]) -> Node:
    value, places = (*arguments, Constant(0))[:2]
    if _is_whole(places, _MOST_DECIMALS):
        return _call("ROUND", value, places)
    raise UnsayableError(f"the gradebook's formulas round to a whole number of decimals from 0 to {_MOST_DECIMALS}")


def _is_whole(node: Node, most: int) -> bool:
    return isinstance(node, Constant) and isinstance(node.value, int) and 0 <= node.value <= most


_COMPARISONS: Final[Mapping[str, Operator]] = {
    ">": Operator.ABOVE,
    "<": Operator.BELOW,
    ">=": Operator.AT_LEAST,
    "<=": Operator.AT_MOST,
    "==": Operator.EQUAL,
}
_SOUND: Final[Mapping[str, Operator]] = {"/": Operator.DIFFERENT, "sqrt": Operator.AT_LEAST}
_JOINING: Final[Mapping[str, Operator]] = {"and": Operator.AND, "or": Operator.OR}
_WRITTEN: Final[Mapping[str, Callable[[Sequence[Node]], Node]]] = {
    "/": lambda parts: _operation(parts[0], Operator.OVER, parts[1]),
    "^": _power,
    "power": _power,
    "sum": lambda parts: _call("SUM", *parts),
    "min": lambda parts: _call("MIN", *parts),
    "max": lambda parts: _call("MAX", *parts),
    "average": lambda parts: _call("AVG", *parts),
    "sqrt": lambda parts: _call("SQRT", *parts),
    "round": _round,
    "floor": lambda parts: _call("FLOOR", *parts),
    "ceil": lambda parts: _call("CEIL", *parts),
    "abs": lambda parts: _call("MAX", parts[0], Signed(Operator.MINUS, parts[0])),
    "pi": lambda _: Constant(PI),
}
