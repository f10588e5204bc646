# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Marks of cells, as a form, a spreadsheet or a data frame has them: numbers as text, blanks, and not-a-number.

>>> from gradecalc import Gradebook, GradeItem, ItemKind, grade
>>> book = Gradebook([GradeItem("Quiz", 10), GradeItem("Essay", 20), GradeItem("Remark", kind=ItemKind.TEXT)])
>>> row = {"Quiz": " 7.5", "Essay": float("nan"), "Remark": "12"}
>>> marks_of_cells(book, row)
{'Quiz': Fraction(15, 2), 'Essay': None, 'Remark': '12'}

Nothing is read so unasked: to `grade` a text is no number, and not-a-number no blank (N3). Rules M4 and M5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import Any

from attrs import evolve

from ..errors import MarksError, Problem
from ..exact import NumberError, describe, read_text
from ..gradebook.tree import Gradebook
from ..marks import EXEMPT, ItemKind, Mark, MarkValue
from .plan import Plan, plan_of
from .planned import PlannedItem


def marks_of_cells(
    book: Gradebook | Plan, cells: Mapping[str, Any], *, exempt: Iterable[str] = ("Exempt",)
) -> dict[str, MarkValue]:
    """Return one learner's marks of the cells of a row, by id: numbers as text are numbers, blanks are ungraded.

    A text item keeps its text, and a selectbox item a symbol of its scheme. `exempt` lists the texts that exempt, in
    any case. What is none of all that stays as it is, for `grade` to judge. Raises `MarksError` for what is no mapping.
    """
    if not isinstance(cells, Mapping):
        message = f"the cells of a learner map item ids to values; this is {describe(cells)}"
        raise MarksError([Problem("not_marks", "", message)])
    plan = plan_of(book)
    tokens = frozenset(each.strip().casefold() for each in ([exempt] if isinstance(exempt, str) else exempt))
    items = {line.id: line for line in plan.lines if isinstance(line, PlannedItem)}
    return {id_: _mark(value, items.get(id_), tokens) for id_, value in cells.items()}


def number_of_cell(text: str) -> Fraction:
    """Return the number that a text states in decimals, such as a maximum; raises `NumberError` for any other text."""
    if not isinstance(text, str) or "/" in text:
        raise NumberError(f"{describe(text)} is no text with a number in decimals")
    return Fraction(read_text(text))


def is_blank(value: object) -> bool:
    """Return whether a cell is blank: None, an empty text, not-a-number, or a data frame's missing value (M5)."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Decimal):
        return value.is_nan()
    if type(value).__name__ == "NAType":  # pandas' own, which has no truth value, not even compared with itself
        return True
    return isinstance(value, (Real, datetime)) and value != value  # noqa: PLR0124 - not-a-number and not-a-time alone


def _mark(value: Any, item: PlannedItem | None, tokens: frozenset[str]) -> MarkValue:
    if isinstance(value, Mark):
        out_of: Any = None if is_blank(value.out_of) else _number(value.out_of)
        points: Any = _mark(value.points, item, tokens)
        return evolve(value, points=points, out_of=out_of)
    if is_blank(value):
        return None
    if not isinstance(value, str):
        return value  # type: ignore[no-any-return]
    return _of_text(value, item, tokens)


def _of_text(value: str, item: PlannedItem | None, tokens: frozenset[str]) -> MarkValue:
    text, kind = value.strip(), ItemKind.NUMERIC if item is None else item.kind
    if text.casefold() in tokens:
        return EXEMPT
    if kind is ItemKind.TEXT:
        return value
    if item is not None and kind is ItemKind.SELECTBOX and text in item.symbols:
        return text
    return _number(value)  # type: ignore[no-any-return]


def _number(value: Any) -> Any:
    try:
        return number_of_cell(value)
    except NumberError:
        return value
