# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What differs between the databases: their words for whole numbers, for division, and for what cannot be read.

Everything else that a statement says all of them understand alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Dialect(NamedTuple):
    """The words of a database; `whole` lists its types for whole numbers with the most that each holds, or None."""

    whole: tuple[tuple[str, int | None], ...]
    double: str
    read: str
    """A mark as a double, or nothing where it is no number."""
    quotient: str
    """The whole quotient of two whole numbers, of which neither is negative."""
    rounded: str
    """A double rounded to a whole one."""
    as_whole: str
    """A whole double as a type of whole number, or nothing where that is too narrow for it."""
    query: str
    """How a query begins that is worked out once, and not written out again wherever it is used."""


DIALECTS: Final[Mapping[str, Dialect]] = {
    "duckdb": Dialect(
        whole=(("BIGINT", 2**63 - 1), ("HUGEINT", 2**127 - 1)),
        double="DOUBLE",
        read="TRY_CAST({0} AS DOUBLE)",
        quotient="({0} // {1})",
        rounded="round({0})",
        as_whole="TRY_CAST({0} AS {1})",
        query="{0} AS (",
    ),
    "postgresql": Dialect(
        whole=(("NUMERIC", None),),
        double="DOUBLE PRECISION",
        read="CAST({0} AS DOUBLE PRECISION)",
        quotient="div({0}, {1})",
        rounded="round({0})",
        as_whole="CASE WHEN abs({0}) < 1e15 THEN CAST({0} AS {1}) END",
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
