# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What the reasons of a stored report speak of, as plain data and back: exact numbers, texts, and what is said itself.

What is said has its code and arguments there too, so that a report that was stored is put into every language (LA5).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final, NamedTuple

from ..exact import write_exact
from ..reasons import Said
from .stored import Stored

MOST_ARGUMENTS: Final = 10
"""The most arguments that a reason has."""

MOST_WITHIN: Final = 5
"""How deep what is said may stand in what is said."""


def write_argument(argument: object) -> Any:
    """Return an argument of a reason as plain data."""
    if isinstance(argument, Said):
        told = zip(argument.arguments, argument.told, strict=True)
        within = [_write_within(*each) for each in told]
        return {"said": str(argument), "room": argument.room, "code": argument.code, "arguments": within}
    return {"number": write_exact(argument)} if isinstance(argument, (int, Fraction)) else argument


def read_argument(stored: Stored) -> object:
    """Return the argument that `write_argument` wrote, or refuse what is none."""
    if isinstance(stored.value, str):
        return stored.value
    if isinstance(stored.value, dict) and "said" in stored.value:
        return _read_said(stored, MOST_WITHIN)
    stored.has_only("number")
    return stored.field("number").number()


class _Told(NamedTuple):
    """An argument of what is said, and its text there."""

    argument: object
    text: str


def _write_within(argument: object, told: str) -> Any:
    if isinstance(argument, (int, Fraction)):
        return {"number": write_exact(argument), "shown": told}
    if isinstance(argument, tuple):
        return [_write_within(each, str(each)) for each in argument]
    return write_argument(argument) if isinstance(argument, Said) else told


def _read_said(stored: Stored, depth: int) -> Said:
    if not depth:
        raise stored.refusal(f"something said that holds no more than {MOST_WITHIN} levels of others")
    stored.has_only("said", "room", "code", "arguments")
    told = [_read_within(each, depth - 1) for each in stored.field("arguments").entries(MOST_ARGUMENTS)]
    text, room, code = (stored.field(name).text() for name in ("said", "room", "code"))
    return Said(code, text, tuple(each.argument for each in told), room, tuple(each.text for each in told))


def _read_within(stored: Stored, depth: int) -> _Told:
    if isinstance(stored.value, str):
        return _Told(stored.value, stored.value)
    if isinstance(stored.value, (list, tuple)):
        held = [_read_within(each, depth) for each in stored.entries(MOST_ARGUMENTS)]
        return _Told(tuple(each.argument for each in held), ", ".join(each.text for each in held))
    if isinstance(stored.value, dict) and "said" in stored.value:
        said = _read_said(stored, depth)
        return _Told(said, str(said))
    stored.has_only("number", "shown")
    return _Told(stored.field("number").number(), stored.field("shown").text())
