# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: the file in which somebody sets many subsection scores by hand, as overrides of the gradebook.

>>> text = '''username,track,name-1a2b,grade-1a2b,new_override-1a2b
... ada,verified,Waves,3,4.5
... bo,audit,Waves,2,
... '''
>>> for each in read_overrides(text).overrides:
...     print(each.learner, each.name, each.override.earned_graded == 4.5, each.override.system)
ada Waves True gradebook

Of the five columns that it has for each subsection (its name, the score, the original score, the override before and
the new one) only the last is read; a blank there overrides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs import evolve, field

from ....errors import Problem
from ....exact import Exact
from ....values import frozen
from ...documents import AMOUNT
from ...sheet import SheetRow, decode, open_sheet
from .subsections import ScoreOverride

GRADEBOOK: Final = "gradebook"
"""The system that owns these overrides, so that proctoring does not lift them (Q20)."""

MAX_BYTES: Final = 4 * 1024 * 1024
"""How long a file may be."""

_LEARNER: Final = "username"
_NAME: Final = "name"
_NEW: Final = "new_override"
_PARTS: Final = "-_.: "


@frozen(kw_only=True)
class StatedOverride:
    """One override that a file states: whose, of which subsection by its key and its name there, and what it is."""

    learner: str
    subsection: str
    name: str = ""
    override: ScoreOverride


@frozen
class OverrideFile:
    """What a file states, row by row, and what of it cannot be read."""

    overrides: tuple[StatedOverride, ...]
    problems: tuple[Problem, ...] = field(default=(), kw_only=True)


def read_overrides(content: str | bytes, *, by: str = "", at: datetime | None = None) -> OverrideFile:
    """Return the overrides that a file states, made by somebody at a moment; no text makes this raise."""
    problems: list[Problem] = []
    text = decode(content, problems)
    if len(text.encode(errors="surrogatepass")) > MAX_BYTES:
        message = f"the file is longer than {MAX_BYTES} bytes, and is not read; part it in two"
        return OverrideFile((), problems=(*problems, Problem("too_large", "", message)))
    rows = (row for row in open_sheet(text, problems).rows() if not row.blank)
    header = next(rows, None)
    columns = _Columns({} if header is None else {name.casefold(): place for place, name in enumerate(header.cells)})
    if _LEARNER not in columns.places or not columns.new:
        message = f"a file of overrides has a column {_LEARNER!r} and one {_NEW!r} for each subsection"
        return OverrideFile((), problems=(*problems, Problem("missing", "", message)))
    unset = ScoreOverride(system=GRADEBOOK, by=by, at=at)
    stated = [each for row in rows for each in _stated(row, columns, unset, problems)]
    return OverrideFile(tuple(stated), problems=tuple(problems))


class _Columns:
    """Where what stands in a file: every heading with its place, and by key what is new and what a subsection is."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self.places = places
        self.new = {key: heading for heading in places if (key := _key(heading, _NEW))}
        self.names = {key: place for heading, place in places.items() if (key := _key(heading, _NAME))}


def _key(heading: str, word: str) -> str:
    """Return what tells a subsection in a heading that begins with a word, or nothing in any other."""
    rest = heading.removeprefix(word)
    return rest.strip(_PARTS) if rest != heading and rest[:1] in _PARTS else ""


def _stated(
    row: SheetRow, columns: _Columns, unset: ScoreOverride, problems: list[Problem]
) -> Iterator[StatedOverride]:
    learner = _cell(row.cells, columns.places[_LEARNER])
    if row.fault is not None or not learner:
        message = f"there is no {_LEARNER}, so that this row is nobody's"
        problems.append(row.fault or Problem("missing", row.path, message))
        return
    for key, heading in columns.new.items():
        earned = _earned(row, heading, columns.places[heading], problems)
        if earned is not None:
            name = _cell(row.cells, columns.names[key]) if key in columns.names else ""
            override = evolve(unset, earned_graded=earned)
            yield StatedOverride(learner=learner, subsection=key, name=name, override=override)


def _earned(row: SheetRow, heading: str, place: int, problems: list[Problem]) -> Exact | None:
    """Return the score in a cell, None where it is blank or none, which is a problem."""
    written = _cell(row.cells, place)
    try:
        return AMOUNT.read(written) if written else None
    except ValueError:
        message = f"what is written is no score; it must be {AMOUNT.what}"
        problems.append(Problem("wrong_value", f"{row.path}, column {heading!r}", message))
        return None


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
