# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Short texts by which plain data is told apart, the same in every process, on every machine and in every language.

>>> digest_of({"b": "2/3", "a": [1, None]}) == digest_of({"a": [1, None], "b": "2/3"})
True
>>> digest_of({"a": 1})
'015abd7f5cc57a2d'

A digest tells whether something is another than it was; it is no signature, and whoever can change a record can make
its digest too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from json import JSONEncoder
from typing import Any, Final

LENGTH: Final = 16
"""How many hexadecimal digits of the SHA-256 a digest has."""


def _as_dict(value: object) -> dict[Any, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError("this is no plain data")


_ENCODER: Final = JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False, default=_as_dict)


def canonical(plain: Any) -> str:
    """Return the one JSON text of plain data: keys in order, no spaces, and ASCII alone.

    Raises `TypeError`, `ValueError` or `RecursionError` for what is no plain data.
    """
    return _ENCODER.encode(plain)


def digest_of(plain: Any) -> str:
    """Return the digest of plain data: the first digits of the SHA-256 of its canonical text."""
    return sha256(canonical(plain).encode()).hexdigest()[:LENGTH]


def digest_of_lines(lines: Iterable[Any]) -> str:
    """Return the digest of a sequence of plain data: of their canonical texts, each with a line feed after it."""
    summary = sha256()
    for each in lines:
        summary.update(f"{canonical(each)}\n".encode())
    return summary.hexdigest()[:LENGTH]
