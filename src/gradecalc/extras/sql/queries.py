# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The queries of a statement, each over the one before: a column stands in the first in which all that it needs is.

Few queries are read sooner, by an auditor and by a database, so columns of many lines of the gradebook share one, and
above those of each line stands what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from .arithmetic import Column
from .dialects import Dialect, comment

_WORD: Final = re.compile(r"[a-z][a-z0-9_]*")

_PER_LINE: Final = 12
"""So many names of columns that are only handed on stand in a line."""


class Queries:
    """Columns by the query in which they stand; what the first of all reads is not among them."""

    def __init__(self) -> None:
        self._levels: list[dict[str, list[Column]]] = []
        self._level_of: dict[str, int] = {}

    def add(self, said: str, columns: Iterable[Column]) -> None:
        """Add columns with what is said of them; each may use all that were added before, and what was read."""
        for name, value in columns:
            level = max((self._level_of.get(word, -1) for word in _WORD.findall(value)), default=-1) + 1
            self._levels += [{} for _ in range(level + 1 - len(self._levels))]
            self._levels[level].setdefault(said, []).append((name, value))
            self._level_of[name] = level

    def lines(self, dialect: Dialect, first: str, read: Sequence[str], asked: Sequence[str]) -> Iterator[str]:
        """Yield the lines of all queries, the first over `first` with what was `read`; in the end these are `asked`."""
        needed = self._needed(asked)
        last, at_hand = first, [*read]
        for nth, level in enumerate(self._levels):
            at_hand = [name for name in at_hand if name in needed[nth]]
            yield "),"
            yield comment(f"step {nth + 1}: what is still needed, and what can be said with the columns so far")
            yield from written(dialect, f"step_{nth + 1}", [("", _wrapped(at_hand)), *_listed(level)], last)
            last = f"step_{nth + 1}"
            at_hand += [name for columns in level.values() for name, _ in columns]

    def _needed(self, asked: Sequence[str]) -> list[set[str]]:
        """Return the names that stand in what comes after each query."""
        found = [{word for text in asked for word in _WORD.findall(text)}]
        for level in reversed(self._levels[1:]):
            texts = (text for columns in level.values() for _, text in columns)
            found.append(found[-1] | {word for text in texts for word in _WORD.findall(text)})
        return found[::-1]

    @property
    def last(self) -> str:
        """The name of the last query."""
        return f"step_{len(self._levels)}"


def _wrapped(names: Sequence[str]) -> list[str]:
    """Return names in lines of some ten."""
    return [", ".join(names[start : start + _PER_LINE]) for start in range(0, len(names), _PER_LINE)]


def _listed(level: dict[str, list[Column]]) -> Iterator[tuple[str, list[str]]]:
    for said, columns in level.items():
        yield said, [f"{value} AS {name}" for name, value in columns]


def written(dialect: Dialect, name: str, groups: Sequence[tuple[str, Sequence[str]]], last: str) -> Iterator[str]:
    """Yield the lines of a query of groups of columns, each with what is said of it above, but for its end."""
    yield dialect.query.format(name)
    yield "    SELECT"
    count = sum(len(columns) for _, columns in groups)
    for said, columns in groups:
        if said:
            yield f"        {comment(said)}"
        for column in columns:
            count -= 1
            yield f"        {column}{',' if count else ''}"
    yield f"    FROM {last}"
