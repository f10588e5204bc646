# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""One learner's part of a report as plain data, and back with the layout that all learners of a plan share.

It has a place for each line and no names: whole numbers as such, others as exact text, a letter for each treatment, and
what follows from the layout only where it is otherwise. Derived figures are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar

from ..digests import digest_of
from ..exact import Exact, write_exact
from ..marks import Recorded
from .layouts import Heading, How, Layout
from .results import Columns, Treatment
from .storage import (
    Facts,
    read_notes,
    read_origin,
    read_overrides,
    read_recorded,
    write_changes,
    write_origin,
    write_recorded,
)
from .stored import MOST_WHOLE, Stored

PART_FORMAT: Final = "gradecalc.report_part/1"

LETTERS: Final[Mapping[str, Treatment]] = {
    "C": Treatment.COUNTED,
    "Z": Treatment.COUNTED_AS_ZERO,
    "B": Treatment.BONUS,
    "D": Treatment.DROPPED,
    "E": Treatment.EXEMPT,
    "L": Treatment.LEFT_OUT,
    "N": Treatment.NOT_COUNTED,
}
"""A letter for each treatment."""

_Value = TypeVar("_Value")
_LETTER_OF: Final = {treatment: letter for letter, treatment in LETTERS.items()}


def write_part(facts: Facts) -> dict[str, Any]:
    """Return the part of a report that is this learner's alone."""
    layout, columns, origin = facts
    headings = layout.headings
    written = {
        "format": PART_FORMAT,
        "layout": layout.id,
        **write_origin(origin),
        "points": [None if each is None else _number(each) for each in columns.points],
        "out_of": [
            [line, _number(each)]
            for line, (each, heading) in enumerate(zip(columns.out_of, headings, strict=True))
            if each != heading.max_points
        ],
        "treatments": "".join([_LETTER_OF[each] for each in columns.treatments]),
        "shares": [_number(each) for each in columns.shares],
        "wholes": [[line, _number(each)] for line, each in enumerate(columns.wholes) if each is not None],
        "recorded": [[line, write_recorded(each)] for line, each in _recorded_otherwise(layout, columns)],
        **write_changes(columns),
    }
    return {**written, "seal": digest_of(written)}


def read_part(data: Mapping[str, Any], layout: Layout) -> Facts:
    """Return what the part of a report states that `write_part` wrote of a report with this layout, sealed or not.

    Raises `DefinitionError` for anything else: the part is read whole, or refused with the path to what is not (Z5).
    """
    part = Stored(data, "")
    part.has_only(
        *("format", "layout", "marks", "ungraded", "points", "out_of", "treatments", "shares", "wholes", "recorded"),
        *("overrides", "notes", "seal"),
    )
    if part.field("layout").text() != layout.id:
        raise part.field("layout").refusal(f"the id of the layout that it is read with, {layout.id}")
    return Facts(layout, _read_columns(part, layout), read_origin(part))


def _number(value: Exact) -> int | str:
    """Return a whole number that every reader of JSON can hold as it is, and any other as exact text."""
    if value.denominator == 1 and -MOST_WHOLE <= value <= MOST_WHOLE:
        return value.numerator
    return write_exact(value)


def _usually_recorded(heading: Heading, points: Exact | None) -> Exact | None:
    """Return what is recorded at a line if nothing else is stated: an item's points."""
    return points if heading.how is How.MARKED else None


def _recorded_otherwise(layout: Layout, columns: Columns) -> Iterator[tuple[int, Recorded]]:
    for line, (heading, points, recorded) in enumerate(
        zip(layout.headings, columns.points, columns.recorded, strict=True)
    ):
        usual = _usually_recorded(heading, points)
        if recorded is not usual and (isinstance(recorded, bool) or recorded != usual):
            yield line, recorded


def _read_columns(part: Stored, layout: Layout) -> Columns:
    headings, count = layout.headings, len(layout.headings)
    points = tuple(_column(part.field("points"), count, optional=True))
    out_of = dict(_exceptions(part.field("out_of"), count, _amount))
    wholes = dict(_exceptions(part.field("wholes"), count, Stored.exact))
    recorded = dict(_exceptions(part.field("recorded"), count, read_recorded))
    usual = map(_usually_recorded, headings, points)
    return Columns(
        points=points,
        out_of=tuple(_read_out_of(part, out_of, line, heading) for line, heading in enumerate(headings)),
        treatments=_read_treatments(part.field("treatments"), count),
        shares=tuple(each or 0 for each in _column(part.field("shares"), count)),
        wholes=tuple(map(wholes.get, range(count))),
        recorded=tuple(recorded.get(line, each) for line, each in enumerate(usual)),
        overrides=tuple(read_overrides(part.field("overrides"), count)),
        notes=tuple(read_notes(part.field("notes"), count)),
    )


def _column(stored: Stored, count: int, *, optional: bool = False) -> Iterator[Exact | None]:
    """Yield the numbers of an array with a place for each line; with `optional`, null is None."""
    entries = stored.value
    if not isinstance(entries, (list, tuple)) or len(entries) != count:
        raise stored.refusal(f"an array of {count}, one for each line")
    for nth, each in enumerate(entries):
        if type(each) is int and -MOST_WHOLE <= each <= MOST_WHOLE:
            yield each
        elif each is None and optional:
            yield None
        else:
            yield Stored(each, f"{stored.path}[{nth}]").exact()


def _exceptions(stored: Stored, count: int, read: Callable[[Stored], _Value]) -> Iterator[tuple[int, _Value]]:
    """Yield the lines of which something is stated, in their order, and what."""
    before = -1
    for each in stored.entries(count):
        parts = each.entries(2)
        if len(parts) < 2:  # noqa: PLR2004 - a line and what is stated of it
            raise each.refusal("a line and what is stated of it")
        before = parts[0].whole(before + 1, count - 1)
        yield before, read(parts[1])


def _amount(stored: Stored) -> Exact:
    found = stored.exact()
    if found < 0:
        raise stored.refusal("a number of 0 or more")
    return found


def _read_out_of(part: Stored, stated: Mapping[int, Exact], line: int, heading: Heading) -> Exact:
    found = stated.get(line, heading.max_points)
    if found is None:
        raise part.field("out_of").refusal(f"what line {line} is out of")
    return found


def _read_treatments(stored: Stored, count: int) -> tuple[Treatment, ...]:
    letters = stored.text()
    if len(letters) != count or not LETTERS.keys() >= set(letters):
        raise stored.refusal(f"a text of {count} letters, each of {''.join(LETTERS)}")
    return tuple([LETTERS[each] for each in letters])
