# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A formula: read once, worked out for any number of learners.

>>> bonus = Formula("IF{ MIN{[Quiz 1.Percent], [Quiz 2.Percent]} < 50, 0, 1 }")
>>> bonus.evaluate(lambda name, asked: {"Quiz 1": 60, "Quiz 2": 55}[name])
1
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from attrs import field

from ..exact import Exact, simplest
from ..marks import UngradedPolicy
from ..values import frozen
from .evaluation import Lookup, Program
from .expansion import Children, expand
from .explanation import Explanation, explain
from .nodes import Node, Property, Reference
from .operators import Kind
from .parser import parse
from .soundness import check

_NO_PROPERTIES: Final[Mapping[str, Property]] = MappingProxyType({})


@frozen(init=False, repr=False)
class Formula:
    """A formula of Brightspace's language; equal to another of the same structure, however it is written.

    `result` is the kind of its value: a formula that stands for a grade is numeric. `properties` adds spellings of
    the properties, such as those of another language, to the English ones. Raises `FormulaError`.
    """

    root: Node
    """The whole as a part of itself."""
    text: str = field(eq=False)
    """As written; the spans of the parts are places in it."""
    _program: Program = field(eq=False)

    def __init__(
        self, text: str, *, result: Kind = Kind.NUMERIC, properties: Mapping[str, Property] = _NO_PROPERTIES
    ) -> None:
        self._settle(parse(text, properties), text, result)

    @classmethod
    def of(cls, root: Node, text: str, *, result: Kind = Kind.NUMERIC) -> Formula:
        """Return the formula whose parts another front end has read from a text; raises `FormulaError`."""
        formula = cls.__new__(cls)
        formula._settle(root, text, result)  # noqa: SLF001 - its own kind
        return formula

    @property
    def references(self) -> tuple[Reference, ...]:
        """What it asks for, each once, in the order of the text, with the place where it first stands."""
        return self._program.references

    def evaluate(self, lookup: Lookup, *, ungraded: UngradedPolicy = UngradedPolicy.LEAVE_OUT) -> Exact | None:
        """Return its value, or None where it has no score; of a boolean formula, True or False.

        Raises `FormulaError` where the lookup's answer is not a number, or the numbers are beyond the bounds.
        """
        program = self._program
        value = program.run(program.resolve(program.find(lookup, self.text), ungraded))
        return simplest(value) if isinstance(value, Fraction) else value

    def explain(self, lookup: Lookup, *, ungraded: UngradedPolicy = UngradedPolicy.LEAVE_OUT) -> Explanation:
        """Return the value of every part, and why it has no score; raises as `evaluate` does."""
        return explain(self.root, self._program, lookup, ungraded, self.text)

    def expand(self, children: Children) -> Formula:
        """Return the formula with what is said of each child of a category said of every one of them (F28)."""
        if not any(reference.each for reference in self.references):
            return self
        return Formula.of(expand(self.root, children, self.text), self.text, result=self.root.gives)

    def _settle(self, root: Node, text: str, result: Kind) -> None:
        check(root, result, text)
        self.__attrs_init__(root, text, Program(root))

    def __str__(self) -> str:
        return str(self.root)

    def __repr__(self) -> str:
        return f"Formula({str(self)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.root, self.text)


def _rebuild(root: Node, text: str) -> Formula:
    return Formula.of(root, text, result=root.gives)
