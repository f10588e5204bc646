# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The calculations of a course as formulas of its gradebook: each name found, and no circle among them."""

from __future__ import annotations

from ....errors import FormulaError
from ....exact import describe
from ..course_tree import Placed
from ..grade_bounds import Bounds
from .calculation import Calculation
from .dependencies import closure, depends_on, depths, reach
from .gradebook_language import Named, UnsayableError, write_formula


def write_calculations(root: Placed) -> dict[str, str]:
    """Return the gradebook's formula of each calculated item or category, by id.

    One that cannot be read, or written in the gradebook's language, is a problem and has none. What is locked keeps
    the grade that it has, so that it has no formula either.
    """
    rows = list(root.rows())
    names = {name: row for row in reversed(rows) for name in _names(row)}
    needs = {row.id: [child.id for child in row.children] for row in rows}
    zero = {each.id for row in rows if row.method and not row.stated.exclude_empty for each in _within(row)}
    written: dict[str, str] = {}
    for row in rows:
        calculation = _read(row)
        text = None if calculation is None else _write(row, calculation, names, zero=row.id in zero)
        if calculation is not None and text is not None:
            written[row.id] = text
            needs[row.id] = [names[each.name].id for each in calculation.references]
    for row in rows:
        if row.id in written and row.id in reach(needs, row.id):
            _report(row, "it needs itself in the end")
            del written[row.id]
            needs[row.id] = [child.id for child in row.children]
    return written


def reads_hidden(root: Placed, hidden: set[str]) -> list[Placed]:
    """Return each calculated item or category that needs something hidden, the nearest to what it needs first."""
    rows = list(root.rows())
    names = {name: row.id for row in reversed(rows) for name in _names(row)}
    needs = {row.id: _needed(row, names) for row in rows}
    every, far = closure(needs), depths(needs)
    found = [row for row in rows if row.stated.calculation and hidden & {*every[row.id]}]
    return sorted(found, key=lambda row: far.get(row.id, 0))


def _needed(row: Placed, names: dict[str, str]) -> list[str]:
    own = [names.get(each, "") for each in _references(row)]
    return list(depends_on(own, row.id, locked=row.stated.locked)) if own else [child.id for child in row.children]


def _references(row: Placed) -> list[str]:
    try:
        return [each.name for each in Calculation(row.stated.calculation).references] if row.stated.calculation else []
    except FormulaError:
        return []


def _names(row: Placed) -> list[str]:
    number = row.stated.number
    return [row.idnumber, f"##gi{number}##"] if number else [row.idnumber]


def _read(row: Placed) -> Calculation | None:
    """Return the calculation of what is not locked, if it can be read."""
    if not row.stated.calculation or row.stated.locked:
        return None
    try:
        return Calculation(row.stated.calculation)
    except FormulaError as error:
        _report(row, str(error))
        return None


def _within(category: Placed) -> list[Placed]:
    """Return what is worked out by the policy of a category for empty grades: it itself, and the items in it."""
    return [category, *(child for child in category.children if child.method is None)]


def _write(row: Placed, calculation: Calculation, names: dict[str, Placed], *, zero: bool) -> str | None:
    """Return the gradebook's formula of a calculation, if it can be said; `zero` says that empty grades count."""
    bounds = row.bounds if row.method is None else Bounds(0, row.bounds.most)
    try:
        return write_formula(calculation, _named(row, calculation, names, zero=zero), bounds, row.shift)
    except (FormulaError, UnsayableError) as error:
        _report(row, str(error))
        return None


def _named(row: Placed, calculation: Calculation, names: dict[str, Placed], *, zero: bool) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for reference in calculation.references:
        named = names.get(reference.name)
        if named is None or named is row or named.above is None:
            what = "nothing is known as" if named is None else "it cannot be worked out from"
            raise UnsayableError(f"{what} {describe(reference.name)}")
        if zero and named.shift:
            raise UnsayableError("where empty grades count, an empty one is not told from a least grade beside 0")
        found[reference.name] = Named(named.id, named.shift, any(each.bounds.least < 0 for each in named.rows()))
    return found


def _report(row: Placed, why: str) -> None:
    message = f"the calculation of {describe(row.name)} is not in the gradebook: {why}; its stored grade is used"
    row.document.get("calculation").report("calculation_unsaid", message)
