# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""From the text of a Brightspace formula to its parts, by recursive descent; each docstring is its production.

>>> print(parse("=sum {[Quiz 1.Points], 2} * 3", {}))
SUM{[Quiz 1.Points Received], 2} * 3

How tightly an operator binds is its `Level`, so one production serves them all. A bracket left open is blamed on
the opening one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NoReturn

from ..errors import FormulaError, nearest
from ..exact import describe
from .faults import check_bounds, check_length
from .functions import FUNCTIONS, Function
from .nodes import (
    Call,
    Node,
    Operation,
    Property,
    Signed,
    Span,
)
from .operators import Level, Operator
from .tokens import (
    PROPERTIES,
    Token,
    TokenKind,
    property_key,
    tokens,
)

_OPENED_BY: Final = {")": "(", "}": "{"}
_SIGNS: Final = (Operator.PLUS, Operator.MINUS)


def parse(source: str, properties: Mapping[str, Property]) -> Node:
    """Return the formula that a text states; raises `FormulaError`.

    `properties` adds spellings, such as those of another language, to the English ones.
    """
    check_length(source)
    local = {property_key(name): asked for name, asked in properties.items()}
    return _Parser(source, {**PROPERTIES, **local}).formula()


class _Parser:
    """One reading of one text: the word before, the next word, and the brackets that are open."""

    def __init__(self, source: str, properties: Mapping[str, Property]) -> None:
        self._source = source
        self._words = tokens(source, properties)
        self._last = self._next = next(self._words)
        self._open: list[Token] = []
        self._depth = self._seen = 0

    def formula(self) -> Node:
        """Read `formula = ["="] expression`."""
        if self._next.operator is Operator.EQUAL:
            self._advance()
        if self._at_end:
            self._refuse("empty", "the formula is empty", (0, len(self._source)))
        root = self._expression(Level.OR)
        if not self._at_end:
            self._refuse_unexpected()
        return root

    def _expression(self, loosest: int) -> Node:
        """Read `expression = operand { operation }`, of operators that bind no looser than the given level."""
        start = self._next.span[0]
        self._depth += 1
        self._seen += 1
        check_bounds(self._seen, self._depth, self._next.span, self._source)
        node = self._operand()
        while (operator := self._next.operator) is not None and operator.level >= loosest:
            node = self._operation(node, operator.level, start)
        self._depth -= 1
        return node

    def _operation(self, first: Node, level: Level, start: int) -> Operation:
        """Read `operation = { operator expression }`, the operators of one level; a comparison has one."""
        rest: list[tuple[Operator, Node]] = []
        while (operator := self._next.operator) is not None and operator.level is level:
            if rest and level is Level.COMPARISON:
                self._refuse_unexpected("; comparisons do not chain, so join two of them with AND")
            self._advance()
            rest.append((operator, self._expression(level + 1)))
        return Operation(first, tuple(rest), (start, self._last.span[1]))

    def _operand(self) -> Node:
        """Read `operand = number | "[" item "." property "]" | sign operand | "(" expression ")" | call`."""
        word = self._next
        if word.operand is not None:
            self._advance()
            return word.operand
        if word.operator in _SIGNS:
            return self._signed(word.operator)
        if word.text == "(":
            return self._group()
        if word.kind is TokenKind.NAME:
            return self._call()
        return self._refuse_operand()

    def _signed(self, sign: Operator) -> Signed:
        """Read `signed = ("+" | "-") operand`."""
        start = self._advance().span[0]
        operand = self._expression(Level.SIGN)
        return Signed(sign, operand, (start, self._last.span[1]))

    def _group(self) -> Node:
        """Read `group = "(" expression ")"`."""
        self._open.append(self._advance())
        node = self._expression(Level.OR)
        self._close(")")
        return node

    def _call(self) -> Call:
        """Read `call = name "{" arguments "}"`."""
        name = self._advance()
        function = self._function(name)
        self._open.append(self._advance())
        arguments = self._arguments()
        self._close("}")
        call = Call(function, arguments, (name.span[0], self._last.span[1]))
        if not function.accepts(len(arguments)):
            message = f"{function.name} takes {function.arity}, not {len(arguments)}"
            self._refuse("function_parameters", message, call.span)
        return call

    def _function(self, name: Token) -> Function:
        """Return the function of a name, in any case, that a brace follows."""
        function = FUNCTIONS.get(name.text.upper())
        if function is None:
            self._refuse_name(name)
        if self._next.text != "{":
            example = f"{function.name} takes its arguments in braces, as in {function.name}{{…}}"
            self._refuse("unexpected_token", f"unexpected name {describe(name.text)}; {example}", name.span)
        return function

    def _arguments(self) -> tuple[Node, ...]:
        """Read `arguments = [ expression { "," expression } ]`."""
        if self._next.text == "}":
            return ()
        arguments = [self._expression(Level.OR)]
        while self._next.kind is TokenKind.COMMA:
            self._advance()
            arguments.append(self._expression(Level.OR))
        return tuple(arguments)

    @property
    def _at_end(self) -> bool:
        return self._next.kind is TokenKind.END

    def _close(self, closing: str) -> None:
        if self._next.text == closing:
            self._advance()
            self._open.pop()
        elif self._at_end or self._has_partner(self._next):
            self._refuse_open()
        else:
            self._refuse_unexpected()

    def _advance(self) -> Token:
        self._last = self._next
        self._next = next(self._words, self._next)
        return self._last

    def _has_partner(self, word: Token) -> bool:
        return any(opening.text == _OPENED_BY.get(word.text) for opening in self._open)

    def _refuse(self, code: str, message: str, span: Span) -> NoReturn:
        raise FormulaError(code, message, span, self._source)

    def _refuse_name(self, name: Token) -> NoReturn:
        hint = nearest(name.text, FUNCTIONS)
        if self._next.text != "{":
            hint = f"{hint}; an item stands in square brackets, as in [Item name.Points]"
        self._refuse("unknown_function", f"{describe(name.text)} is not a function{hint}", name.span)

    def _refuse_operand(self) -> NoReturn:
        before, word = self._last, self._next
        if self._seen > 1 and before.operator is not None and word.operator is None:
            message = f"operator {describe(before.text)} has nothing to its right; complete it or take it away"
            self._refuse("operator_parameters", message, before.span)
        if self._at_end and self._open:
            self._refuse_open()
        if before.kind is TokenKind.COMMA and word.text == "}":
            self._refuse("function_parameters", "an argument is missing after this comma", before.span)
        hint = "; something is missing before it" if self._has_partner(word) else ""
        self._refuse_unexpected(hint)

    def _refuse_open(self) -> NoReturn:
        opening = self._open[-1]
        code = "unbalanced_parentheses" if opening.text == "(" else "missing_function_end"
        self._refuse(code, f"this {describe(opening.text)} is never closed", opening.span)

    def _refuse_unexpected(self, hint: str = "") -> NoReturn:
        word = self._next
        code = "unexpected_token"
        if word.kind is TokenKind.CLOSING and not self._has_partner(word):
            code = "unbalanced_parentheses" if word.text == ")" else "unexpected_function_end"
            hint = f"; there is no {describe(_OPENED_BY[word.text])} for it to close"
        self._refuse(code, f"unexpected {word.kind.value} {describe(word.text)}{hint}", word.span)
