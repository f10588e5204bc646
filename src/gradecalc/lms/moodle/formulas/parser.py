# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""From the text of a Moodle formula to its parts, by recursive descent; each docstring is its production.

>>> parse("=2 * 3 > 4").rest[0][1].function.name
'>'

Comparisons bind tighter than everything, powers and signs included, so that `a + b > c` is `a + (b > c)`. The codes
of what is wrong are those of Moodle's messages.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple, NoReturn

from ....errors import FormulaError, nearest
from ....exact import NumberError, describe, read_text
from ....formula import (
    Call,
    Constant,
    Function,
    Node,
    Operation,
    Operator,
    Reference,
    Signed,
)
from ....formula.faults import check_bounds, check_length
from .functions import (
    FUNCTIONS,
    OPERATORS,
    PI,
    RANDOM,
)

_WORD: Final = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)|(?P<name>[A-Za-z][A-Za-z0-9_]*)"
    r"|\[\[(?P<item>[^\[\]](?:(?!\]\]).)*)\]\]|(?P<stored>##gi[A-Za-z0-9_]+##)"
    r"|(?P<operator>[<>]=|==|[-+*/^%<>])|(?P<opening>\()|(?P<closing>\))|(?P<separator>[,;])|(?P<end>\Z))"
)
_SUM, _PRODUCT, _POWER, _COMPARISON = range(1, 5)
_LEVELS: Final = {
    **dict.fromkeys("+-", _SUM),
    **dict.fromkeys("*/%", _PRODUCT),
    "^": _POWER,
    **dict.fromkeys((">", "<", ">=", "<=", "=="), _COMPARISON),
}
_SHARED: Final = {"+": Operator.PLUS, "-": Operator.MINUS, "*": Operator.TIMES}
_OPERANDS: Final = ("number", "name", "item", "stored", "opening")


class _Word(NamedTuple):
    kind: str
    text: str
    span: tuple[int, int]


def parse(source: str) -> Node:
    """Return the formula that a text states, numbers with points and arguments parted by commas or semicolons.

    Raises `FormulaError`.
    """
    check_length(source)
    return _CalculationParser(source).formula()


class _CalculationParser:
    """One reading of one text: the word before, the next word, and how deep it is."""

    def __init__(self, source: str) -> None:
        self._source = source
        start = re.match(r"\s*=", source)
        if start is None:
            self._refuse("missing_equals", "a formula begins with =", (0, len(source)))
        self._last = _Word("start", "=", (0, start.end()))
        self._next = self._word(start.end())
        self._open: list[_Word] = []
        self._depth = self._seen = 0

    def formula(self) -> Node:
        """Read `formula = "=" expression`."""
        if self._next.kind == "end":
            self._refuse("empty", "the formula is empty", (0, len(self._source)))
        root = self._expression(_SUM)
        if self._next.kind != "end":
            self._refuse_unexpected()
        return root

    def _expression(self, loosest: int) -> Node:
        """Read `expression = operand { operator expression }`, of operators that bind no looser than the level."""
        start = self._next.span[0]
        self._depth += 1
        self._seen += 1
        check_bounds(self._seen, self._depth, self._next.span, self._source)
        node = self._operand()
        while (level := self._level()) >= loosest:
            symbol = self._advance().text
            right = self._expression(level if symbol == "^" else level + 1)
            node = _joined(symbol, node, right, (start, self._last.span[1]))
        self._depth -= 1
        return node

    def _operand(self) -> Node:
        """Read `operand = number | "[[" item "]]" | name | "-" expression | "(" expression ")" | call`."""
        word = self._next
        match word.kind:
            case "number":
                return self._number()
            case "item" | "stored":
                return Reference(self._advance().text, span=word.span)
            case "name":
                return self._named()
            case "opening":
                return self._group()
        if word.text == "-" and word.kind == "operator":
            self._advance()
            return Signed(Operator.MINUS, self._expression(_POWER), (word.span[0], self._last.span[1]))
        return self._refuse_operand()

    def _number(self) -> Constant:
        """Read `number = digits [ "." digits ] [ "e" [ sign ] digits ]`."""
        word = self._advance()
        try:
            return Constant(read_text(word.text), word.span)
        except NumberError as error:
            return self._refuse("number_too_long", str(error), word.span)

    def _group(self) -> Node:
        """Read `group = "(" expression ")"`."""
        self._open.append(self._advance())
        node = self._expression(_SUM)
        self._close()
        return node

    def _named(self) -> Node:
        """Read `name = variable | "pi" | call`."""
        word = self._advance()
        name = word.text.lower()
        if name in RANDOM:
            message = f"{name} gives another number every time; a grade must be the same whenever it is worked out"
            self._refuse("random", message, word.span)
        if self._next.kind == "opening" and name in FUNCTIONS:
            return self._call(word, name)
        return Constant(PI, word.span) if name == "pi" else Reference(name, span=word.span)

    def _call(self, word: _Word, name: str) -> Call:
        """Read `call = name "(" [ expression { separator expression } ] ")"`."""
        self._open.append(self._advance())
        arguments: list[Node] = []
        if self._next.kind != "closing":
            arguments.append(self._expression(_SUM))
        while self._next.kind == "separator":
            self._advance()
            arguments.append(self._expression(_SUM))
        self._close()
        span = (word.span[0], self._last.span[1])
        return Call(self._function(name, len(arguments), span), tuple(arguments), span)

    def _function(self, name: str, count: int, span: tuple[int, int]) -> Function:
        for function in FUNCTIONS[name]:
            if function.accepts(count):
                return function
        takes = " or ".join(function.arity for function in FUNCTIONS[name])
        return self._refuse("wrongnumberofarguments", f"{name} takes {takes}, not {count}", span)

    def _level(self) -> int:
        """Return how tightly the next word binds as an operator, 0 where it is none; an operand may not stand here."""
        if self._next.kind in _OPERANDS:
            hint = nearest(self._last.text.lower(), FUNCTIONS) if self._next.kind == "opening" else ""
            message = f"an operator is missing before {describe(self._next.text)}; multiply with *{hint}"
            self._refuse("implicitmultiplicationnotallowed", message, self._next.span)
        return _LEVELS[self._next.text] if self._next.kind == "operator" else 0

    def _close(self) -> None:
        if self._next.kind != "closing":
            self._refuse_unexpected()
        self._open.pop()
        self._advance()

    def _advance(self) -> _Word:
        self._last, self._next = self._next, self._word(self._next.span[1])
        return self._last

    def _word(self, start: int) -> _Word:
        match = _WORD.match(self._source, start)
        if match is None or match.lastgroup is None:
            place = start + len(self._source[start:]) - len(self._source[start:].lstrip())
            message = f"{describe(self._source[place])} means nothing here"
            self._refuse("illegalcharactergeneral", message, (place, place + 1))
        kind = match.lastgroup
        first = match.start(kind) - (2 if kind == "item" else 0)
        return _Word(kind, match[kind], (first, match.end()))

    def _refuse(self, code: str, message: str, span: tuple[int, int]) -> NoReturn:
        raise FormulaError(code, message, span, self._source)

    def _refuse_operand(self) -> NoReturn:
        if self._last.kind == "operator" and self._next.kind != "operator":
            message = f"operator {describe(self._last.text)} has nothing to its right"
            self._refuse("operatorlacksoperand", message, self._last.span)
        self._refuse_unexpected()

    def _refuse_unexpected(self) -> NoReturn:
        word = self._next
        if word.kind == "end":
            opening = (self._open or [word])[-1]
            self._refuse("expectingaclosingbracket", f"this {describe(opening.text)} is never closed", opening.span)
        code = _UNEXPECTED.get(word.kind, "unexpectedoperator")
        self._refuse(code, f"unexpected {describe(word.text)}", word.span)


_UNEXPECTED: Final = {"closing": "unexpectedclosingbracket", "separator": "unexpectedcomma"}


def _joined(symbol: str, left: Node, right: Node, span: tuple[int, int]) -> Node:
    shared = _SHARED.get(symbol)
    if shared is None:
        return Call(OPERATORS[symbol], (left, right), span)
    if isinstance(left, Operation) and left.level is shared.level:
        return Operation(left.first, (*left.rest, (shared, right)), span)
    return Operation(left, ((shared, right),), span)
