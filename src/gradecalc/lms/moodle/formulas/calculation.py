# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Moodle's calculations: another way to write a formula, with the parts and the evaluator of the formula package.

>>> Calculation("=average([[q1]]; [[q2]])").evaluate({"q1": 7, "q2": None})
Fraction(7, 2)

Grades are in points, and one that is missing counts as zero. What Moodle's language shares with Brightspace's (numbers,
references, sums, products, signs) is the same here; the rest is eager, and an error ends the whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, TypeVar

from attrs import field

from ....errors import FormulaError
from ....exact import Exact, Number
from ....formula import (
    Explanation,
    Formula,
    Lookup,
    Node,
    Property,
    Reference,
)
from ....marks import UNGRADED, NoScore, UngradedPolicy
from ....values import frozen
from ..grade_bounds import Bounds
from .functions import CalculationFaultError
from .parser import parse

_COMMAS: Final = str.maketrans({",": ".", ";": ","})
_SHOWN: Final = re.compile(r"\[\[((?:(?!\]\]).)+)\]\]")
_STORED: Final = re.compile(r"##gi([A-Za-z0-9_]+)##")

_Answer = TypeVar("_Answer")

Grades = Mapping[str, Number | NoScore | None]
"""Grades in points, by the name that a formula has for each; None is ungraded."""


@frozen(init=False, repr=False)
class Calculation:
    """A formula in Moodle's syntax; equal to another of the same structure.

    `decimal_comma` reads `2,5` as two and a half, and arguments parted by semicolons alone. Raises `FormulaError`,
    whose code is that of Moodle's message where there is one.
    """

    root: Node
    text: str = field(eq=False)
    _formula: Formula = field(eq=False)

    def __init__(self, text: str, *, decimal_comma: bool = False) -> None:
        root = parse(text.translate(_COMMAS) if decimal_comma else text)
        self.__attrs_init__(root, text, Formula.of(root, text))

    @property
    def references(self) -> tuple[Reference, ...]:
        """What it refers to, each once, in the order of the text; those of a stored form as `##gi12##`."""
        return self._formula.references

    def evaluate(self, grades: Grades) -> Exact:
        """Return its value; raises `FormulaError` where there is none, or a name in it is not among the grades."""
        return self._answer(grades, partial(self._formula.evaluate, ungraded=UngradedPolicy.AS_ZERO)) or 0

    def explain(self, grades: Grades) -> Explanation:
        """Return the value of every part; raises as `evaluate` does."""
        return self._answer(grades, partial(self._formula.explain, ungraded=UngradedPolicy.AS_ZERO))

    def final_grade(self, grades: Grades, bounds: Bounds) -> Exact | None:
        """Return the grade of a calculated item: within its range, and none where nothing it refers to has one.

        One that refers to nothing never has a grade. Raises `FormulaError` where Moodle reports an error.
        """
        known = _by_any_case(grades)
        if all(isinstance(known.get(each.name), NoScore | None) for each in self.references):
            return None
        return bounds.clamp(self.evaluate(grades))

    def _answer(self, grades: Grades, work: Callable[[Lookup], _Answer]) -> _Answer:
        known = _by_any_case(grades)
        for reference in self.references:
            if reference.name not in known:
                message = f"nothing is known as {reference.name!r}"
                raise FormulaError("undefinedvariable", message, reference.span, self.text)

        def _look_up(name: str, _: Property) -> Number | NoScore:
            found = known[name]
            return UNGRADED if found is None or isinstance(found, NoScore) else found

        try:
            return work(_look_up)
        except CalculationFaultError as fault:
            raise FormulaError(fault.code, fault.message, (0, len(self.text)), self.text) from None

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Calculation({self.text!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.root, self.text)


def _by_any_case(grades: Grades) -> Grades:
    """Return the grades by name as stated and in small letters, in which names are read."""
    return {**{name.lower(): grade for name, grade in grades.items()}, **grades}


def _rebuild(root: Node, text: str) -> Calculation:
    calculation = Calculation.__new__(Calculation)
    calculation.__attrs_init__(root, text, Formula.of(root, text))
    return calculation


def store_references(text: str, numbers: Mapping[str, str]) -> str:
    """Return a formula as Moodle stores it, each `[[idnumber]]` as the number of its item; unknown ones stay."""
    return _SHOWN.sub(lambda found: f"##gi{numbers[found[1]]}##" if found[1] in numbers else found[0], text)


def show_references(text: str, idnumbers: Mapping[str, str]) -> str:
    """Return a stored formula as it is edited, each item's number as its `[[idnumber]]`; unknown ones stay."""
    return _STORED.sub(lambda found: f"[[{idnumbers[found[1]]}]]" if found[1] in idnumbers else found[0], text)
