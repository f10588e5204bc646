# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Roots in SQL: guessed in doubles, and then held to whole numbers, for only these say how a digit is rounded."""

from __future__ import annotations

from .arithmetic import Column, WholeNumbers


def root(
    name: str, data: tuple[int, int], parts: tuple[str, str], arithmetic: WholeNumbers
) -> tuple[list[Column], str]:
    """Return columns, the last of which is a root in units of so many decimals, and whether it was not found (F26).

    It is `r` units, rounded half up, where (2r - 1) / 2 is no more than it and (2r + 1) / 2 is more.
    """
    degree, places = data
    above, below = f"{name}_n", f"{name}_d"
    double = arithmetic.dialect.double
    quotient = f"CAST({above} AS {double}) / CAST({below} AS {double})"
    exponent = f"CAST(1 AS {double}) / {degree}"
    guess = arithmetic.widened(f"round(power({quotient}, {exponent}) * CAST({10**places} AS {double}))", double)
    guessed, raised = f"{name}_g", f"{name}_a"

    def reaches(units: str) -> str:
        """Return whether the root reaches so many units but for a half."""
        half = " * ".join([f"(2 * ({units}) - 1)"] * degree)
        return f"({units} <= 0 OR {half} * {below} <= {raised})"

    found = (
        f"CASE WHEN {guessed} IS NULL THEN 0 WHEN NOT {reaches(guessed)} THEN {guessed} - 1 "
        f"WHEN {reaches(f'{guessed} + 1')} THEN {guessed} + 1 ELSE {guessed} END"
    )
    columns = [
        *zip((above, below), parts, strict=True),
        (guessed, f"CASE WHEN {above} > 0 AND {below} > 0 THEN {guess} END"),
        (raised, f"{above} * {arithmetic.number((2 * 10**places) ** degree)}"),
        (name, f"CAST({found} AS {arithmetic.whole})"),
    ]
    refused = f"({above} > 0 AND {below} > 0 AND NOT ({reaches(name)} AND NOT {reaches(f'{name} + 1')}))"
    return columns, refused


def most_of_root(data: tuple[int, int], above: int, below: int, found: int) -> int:
    """Return the most that a number can be on the way to a root."""
    degree, places = data
    widest: int = max(above * (2 * 10**places) ** degree, (2 * found + 3) ** degree * below)
    return widest
