# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The text of a definition file, JSON or TOML, to plain data with exact numbers; errors have a line and a column."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from ..errors import DefinitionError, Problem
from ..exact import MAX_DIGITS, describe
from ..gradebook.tree import MAX_DEPTH

LONGEST_KEY_SHOWN: Final = 100

LONGEST_JSON: Final = 20_000_000
"""The most characters of a definition in JSON."""

LONGEST_TOML: Final = 3_000_000
"""The most characters of a definition in TOML, which takes far longer to read."""

MOST_DOTS: Final = 32
"""The most dots in a key of TOML: no key of a definition needs more, and reading takes as long as their square."""

_PART: Final = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_DEEP_KEY: Final = re.compile(
    rf"(?:^|[{{,])[ \t]*+(?:{_PART}){{{MOST_DOTS + 1}}}|^[ \t]*+\[\[?[ \t]*+(?:{_PART}){{{MAX_DEPTH + MOST_DOTS}}}",
    re.MULTILINE,
)
"""A key, or the heading of a table, of more parts than are read."""

_PLACE: Final = re.compile(r"(?:: | \(at )(line \d+,? column \d+|end of document).*$", re.DOTALL)

_TWICE: Final = re.compile(r"Cannot (overwrite|declare)|Duplicate")
"""How the reader of TOML begins what it says of a key that stands twice."""


def parse_json(text: str) -> object:
    """Return the plain data of a JSON text, its numbers exact; raises `DefinitionError` with the line and column."""
    _refuse_long(text, LONGEST_JSON)
    return _parse(text, _load_json)


def parse_toml(text: str) -> object:
    """Return the plain data of a TOML text, its numbers exact; raises `DefinitionError` with the line and column."""
    _refuse_long(text, LONGEST_TOML)
    deep = _DEEP_KEY.search(text)
    if deep:
        message = f"a key has at most {MOST_DOTS} dots; categories nest to a depth of {MAX_DEPTH}"
        raise DefinitionError([Problem("too_deep", f"line {text.count(chr(10), 0, deep.start()) + 1}", message)])
    return _parse(text, _load_toml)


def _refuse_long(text: str, most: int) -> None:
    if len(text) > most:
        message = f"this has {len(text)} characters; a definition has at most {most}: split the course"
        raise DefinitionError([Problem("too_long", "", message)])


def _load_json(text: str) -> object:
    # NaN and Infinity become decimals too, and are refused as the number they were meant for, with its path.
    return json.loads(text, parse_float=Decimal, parse_constant=Decimal, object_pairs_hook=_unique)


def _load_toml(text: str) -> object:
    return tomllib.loads(text, parse_float=Decimal)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            message = f"{describe(key)} stands twice in one object; keep one"
            raise DefinitionError([Problem("duplicate_key", key[:LONGEST_KEY_SHOWN], message)])
        found[key] = value
    return found


def _parse(text: str, load: Callable[[str], object]) -> object:
    try:
        return load(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as error:
        problem = _syntax_problem(str(error))
    except RecursionError:
        problem = Problem("too_deep", "", f"this is nested too deep to read; categories nest to a depth of {MAX_DEPTH}")
    except (ValueError, ArithmeticError):
        problem = Problem("not_a_number", "", f"a number in it has more than {MAX_DIGITS} digits; state it shorter")
    raise DefinitionError([problem])


def _syntax_problem(complaint: str) -> Problem:
    found, said = _PLACE.search(complaint), _PLACE.sub("", complaint)
    place = found[1].replace(",", "") if found else ""
    if _TWICE.match(said):
        return Problem("duplicate_key", place, "a key stands twice in one table; keep one")
    return Problem("syntax", place, f"this cannot be read: {said[:1].lower()}{said[1:]}")
