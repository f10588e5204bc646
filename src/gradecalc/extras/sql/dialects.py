# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What differs between the databases: their words for whole numbers, for division, and for what cannot be read.

Everything else that a statement says all of them understand alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Whole(NamedTuple):
    """A type that holds whole numbers up to a limit, or any: a double does, up to 2^53, and is the fastest."""

    name: str
    limit: int | None
    quotient: str
    """The whole quotient of two whole numbers, of which neither is negative."""
    share: str
    """The quotient of two whole numbers of which one divides the other."""


class Dialect(NamedTuple):
    """The words of a database; `whole` lists its types for whole numbers, the fastest first."""

    whole: tuple[Whole, ...]
    double: str
    read: str
    """A mark as a double, or nothing where it is no number."""
    no_number: str
    """Whether a mark is of a type that is read as a number only if one asks for it, as texts and truth values are."""
    guarded: bool
    """Whether marks far beyond their maximum have to be kept out of all arithmetic."""
    one_if: str
    """One where something holds, and else zero."""
    widened: str
    """A whole number as another type, or nothing where that is too narrow for it."""
    decimal: str
    """A whole number of steps, of which there are so many in one, as a decimal of so many places."""
    written: str
    """A whole number as text."""
    query: str
    """How a query begins that is worked out once, and not written out again wherever it is used."""


DIALECTS: Final[Mapping[str, Dialect]] = {
    "duckdb": Dialect(
        whole=(
            Whole("DOUBLE", 2**53, "trunc({0} / {1})", "({0} / {1})"),
            Whole("BIGINT", 2**63 - 1, "({0} // {1})", "({0} // {1})"),
            Whole("HUGEINT", 2**127 - 1, "({0} // {1})", "({0} // {1})"),
        ),
        double="DOUBLE",
        read="TRY_CAST({0} AS DOUBLE)",
        no_number="typeof({0}) IN ('VARCHAR', 'BOOLEAN')",
        guarded=False,
        one_if="CAST({0} AS DOUBLE)",
        widened="TRY_CAST({0} AS {1})",
        decimal="CAST({0} / {1} AS DECIMAL(18, {2}))",
        written="CAST(CAST({0} AS HUGEINT) AS VARCHAR)",
        query="{0} AS (",
    ),
    "postgresql": Dialect(
        whole=(
            Whole("DOUBLE PRECISION", 4 * 10**15, "trunc({0} / {1})", "({0} / {1})"),
            Whole("NUMERIC", None, "div({0}, {1})", "div({0}, {1})"),
        ),
        double="DOUBLE PRECISION",
        read="CAST({0} AS DOUBLE PRECISION)",
        no_number="pg_typeof({0}) IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype)",
        guarded=True,
        one_if="CAST(CAST({0} AS INTEGER) AS DOUBLE PRECISION)",
        widened="CAST({0} AS {1})",
        decimal="CAST(CAST({0} AS NUMERIC) / {1} AS NUMERIC(38, {2}))",
        written="CAST(CAST({0} AS NUMERIC) AS VARCHAR)",
        query="{0} AS MATERIALIZED (",
    ),
}
"""The dialects, by name."""


def quoted(name: str) -> str:
    """Return a name as an identifier, whatever it contains but a character that no database takes."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """Return a text as a literal."""
    return "'" + value.replace("'", "''") + "'"


def comment(value: str) -> str:
    """Return what is said of a line of the gradebook, on one line whatever its name contains."""
    return "-- " + "".join(char if char.isprintable() else " " for char in value)
