# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which columns of a table are what: marks, exemptions, and those that pass through; and which columns come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyarrow as pa

from ...errors import MarksError, Problem, nearest
from ...exact import describe
from ...grading.plan import Plan
from ...values import frozen
from .readers import plain

EXEMPT: Final = "{} exempt"
"""How the column of an item's exemptions is called, with the item's id in the place of the braces."""

SHOWN: Final = "final shown"
SYMBOL: Final = "final symbol"
PROBLEM: Final = "problem"
_MOST_NAMED: Final = 20


@frozen
class TableColumns:
    """The columns of a table by their places: `marks` and `exempt` by the line of the plan that they are of."""

    marks: dict[int, int]
    exempt: dict[int, int]
    branches: tuple[int, ...]
    read: pa.Schema
    schema: pa.Schema
    """That of the table which comes out."""
    passing: int
    """So many columns, the first, pass through."""

    @classmethod
    def of(cls, plan: Plan, schema: pa.Schema, exempt: str = EXEMPT) -> TableColumns:
        """Return the columns of a table with this schema; raises `MarksError` for one that has no marks, or two."""
        headings, places = plan.layout.headings, {name: place for place, name in enumerate(schema.names)}
        branches = branches_of(plan)
        made = _made([headings[line].id for line in branches])
        marks = {line: places[each.id] for line, each in enumerate(headings) if not each.branch and each.id in places}
        exemptions = {
            line: places[name] for line, each in enumerate(headings) if (name := exempt.format(each.id)) in places
        }
        exemptions = {line: place for line, place in exemptions.items() if place not in marks.values()}
        problems = [*_doubled(schema, made), *not_truths(schema, exemptions.values())]
        if not marks:
            problems.append(_no_marks(plan, schema))
        if problems:
            raise MarksError(problems[:_MOST_NAMED])
        return cls(marks, exemptions, branches, schema, pa.schema([*schema, *made], schema.metadata), len(schema))

    def readable(self, arrays: Sequence[pa.Array]) -> dict[int, pa.Array]:
        """Return the columns that have marks or exemptions, by their places, without what encodes them."""
        return {place: plain(arrays[place]) for place in (*self.marks.values(), *self.exempt.values())}

    @classmethod
    def of_marks(cls, plan: Plan, schema: pa.Schema, marks: dict[int, int], exempt: dict[int, int]) -> TableColumns:
        """Return the columns of a table whose first alone passes through, with marks and exemptions at these places."""
        branches = branches_of(plan)
        made = _made([plan.layout.headings[line].id for line in branches])
        return cls(marks, exempt, branches, schema, pa.schema([schema.field(0), *made]), 1)

    def are_of(self, schema: pa.Schema) -> bool:
        """Return whether a table with this schema has these columns."""
        return bool(self.read.equals(schema, check_metadata=True))


def branches_of(plan: Plan) -> tuple[int, ...]:
    """Return the lines of the branches, the gradebook first."""
    return tuple(line for line, heading in enumerate(plan.layout.headings) if heading.branch)


def _made(branches: Sequence[str]) -> list[pa.Field]:
    percents = [pa.field(name, pa.float64()) for name in (*branches[1:], branches[0])]
    return [*percents, *(pa.field(name, pa.string()) for name in (SHOWN, SYMBOL, PROBLEM))]


def _doubled(schema: pa.Schema, made: Sequence[pa.Field]) -> Iterator[Problem]:
    """Yield a problem for each name that two columns would have."""
    out = {field.name for field in made}
    for name, times in Counter(schema.names).items():
        if name in out:
            message = f"the table has a column {describe(name)} already, which comes out; rename it, or leave it out"
            yield Problem("column_taken", name, message)
        elif times > 1:
            yield Problem("duplicate_column", name, f"two columns of the table are called {describe(name)}")


def not_truths(schema: pa.Schema, places: Iterable[int]) -> Iterator[Problem]:
    """Yield a problem for each column of exemptions that is of something else than truths or nothing (TB5)."""
    for place in places:
        field = schema.field(place)
        if not (pa.types.is_boolean(field.type) or pa.types.is_null(field.type)):
            message = f"column {describe(field.name)} is of {field.type}; exemptions are true or false"
            yield Problem("wrong_type", field.name, message)


def _no_marks(plan: Plan, schema: pa.Schema) -> Problem:
    ids = [heading.id for heading in plan.layout.headings if not heading.branch]
    near = next((text for name in schema.names if (text := nearest(name, ids))), "")
    return Problem("no_marks", "", f"no column of the table has the id of an item of the gradebook{near}")
