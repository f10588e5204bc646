# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Stored reports of every format, read whole: as they were written, or refused with the path to what is not (Z5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

from ..errors import DefinitionError, Problem
from ..fields import join
from .layouts import How, Layout
from .migrations import STEPS, migrate
from .parts import PART_FORMAT, read_part
from .results import notes_of
from .storage import FORMAT, Facts, is_sealed, read_report
from .stored import not_this_format
from .sums import additions

_SUMMED: Final = frozenset(How) - {How.FORMULA, How.CALCULATED, How.MARKED}


class Found(NamedTuple):
    """What stored data states, and whether it is as it was written."""

    facts: Facts
    is_as_written: bool


def read_stored(data: Mapping[str, Any], layout: Layout | Mapping[str, Any] | None) -> Found:
    """Return what a stored report states, or with a layout the part of one; raises `DefinitionError`."""
    form = data.get("format") if isinstance(data, Mapping) else None
    if layout is not None:
        if form != PART_FORMAT:
            raise not_this_format("part of a report", PART_FORMAT)
        known = layout if isinstance(layout, Layout) else Layout.from_dict(layout)
        return Found(read_part(data, known), is_sealed(data))
    if form == PART_FORMAT:
        message = "this is one learner's part of a report; give the layout that it was written with"
        raise DefinitionError([Problem("missing", "layout", message)])
    if form == FORMAT:
        return Found(read_report(data), is_sealed(data))
    if isinstance(form, str) and form in STEPS:
        return Found(read_report(migrate(data)), is_as_written=True)
    raise not_this_format("report", FORMAT)


def find_change(data: Mapping[str, Any], again: Mapping[str, Any], facts: Facts) -> DefinitionError:
    """Return the error that data is not as it was written; `again` is what would be written of what was read of it.

    Where these differ is the path, in a figure first, or where the parts of a branch do not come to its figure, or else
    the seal.
    """
    figures, all_said = ("remarks", "seal"), ("seal",)
    path = (
        _first_difference(data, again, "", figures)
        or _first_difference(data, again, "", all_said)
        or _odd_figure(facts, "lines" in data)
        or "seal"
    )
    return DefinitionError([Problem("damaged", path, "this report is damaged: it is not as it was written")])


def _first_difference(stated: Any, due: Any, path: str, skip: Sequence[str]) -> str | None:
    """Return the path to the first place where two plain data differ, but for what has one of the names to skip."""
    if isinstance(due, Mapping) and isinstance(stated, Mapping):
        within = [(stated.get(key), held, join(path, key)) for key, held in due.items() if key not in skip]
    elif isinstance(due, list) and isinstance(stated, (list, tuple)) and len(due) == len(stated):
        within = [(held, due[nth], f"{path}[{nth}]") for nth, held in enumerate(stated)]
    else:
        return None if type(stated) is type(due) and stated == due else path
    return next((found for each in within if (found := _first_difference(*each, skip)) is not None), None)


def _odd_figure(facts: Facts, joined: bool) -> str | None:  # noqa: FBT001 - which of the two forms
    """Return the path to the figure of the first branch that its parts do not come to."""
    layout, columns = facts.layout, facts.columns
    for line, heading in enumerate(layout.headings):
        points, out_of = columns.points[line], columns.out_of[line]
        added = additions(layout, columns, line, notes_of(columns, line)) if heading.how in _SUMMED else []
        if added and points is not None:
            figure = Fraction(points * 100) / out_of if out_of else Fraction(points)
            if figure != sum(each.amount for _, each in added):
                return f"lines[{line}].points" if joined else f"points[{line}]"
    return None
