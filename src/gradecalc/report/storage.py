# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A report as plain data and back: exact numbers as text, a `"format"` key, nothing that needs the definition.

Each line also carries the figures a reader looks for (percent, lack, symbol, shown, weight, passed), and all that is
said of it, by code and with arguments; they are derived, and reading back derives them again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from ..digests import digest_of
from ..exact import Exact, write_exact
from ..marks import Recorded, UngradedPolicy
from ..reasons import REPORT, Note, Said
from .arguments import MOST_ARGUMENTS, read_argument, write_argument
from .layouts import HEADING_KEYS, MAX_LINES, Layout, read_layout, write, write_heading, write_shared
from .origins import Remembered
from .results import Columns, Override, Result, Treatment
from .stored import Stored

FORMAT: Final = "gradecalc.report/3"

_MOST_NOTES: Final = 50
_FIGURES: Final = ("points", "out_of", "treatment", "share", "whole", "recorded")
_DERIVED: Final = ("percent", "lack", "symbol", "shown", "weight", "passed", "dropped", "remarks")
_TREATMENTS: Final = {treatment: treatment.value for treatment in Treatment}
_ARGUMENTS: Final = {code: len({*re.findall(r"\{[0-9]+\}", text)}) for code, text in REPORT.texts.items()}
"""How many arguments the note of each code has."""


class Facts(NamedTuple):
    """All that a report knows: what its plan's reports share, its figures, and how it was graded."""

    layout: Layout
    columns: Columns
    origin: Remembered


def write_report(facts: Facts, results: Sequence[Result], remarks: Sequence[Sequence[Said]]) -> dict[str, Any]:
    """Return the report as plain data; `remarks` are what is said of each line."""
    layout, columns, origin = facts
    written = {
        "format": FORMAT,
        **write_shared(layout),
        **write_origin(origin),
        "lines": [
            {
                **write_heading(heading),
                **_write_line(columns, line),
                **_write_derived(results[line]),
                "remarks": [each.to_data() for each in remarks[line]],
            }
            for line, heading in enumerate(layout.headings)
        ],
        **write_changes(columns),
    }
    return {**written, "seal": digest_of(written)}


def read_report(data: Mapping[str, Any]) -> Facts:
    """Return what the report of this format states that `write_report` wrote, whether it is sealed or not.

    Raises `DefinitionError` for anything else: a report is read whole, every field of its type and within its bounds,
    or refused with the path to what is not (Z5).
    """
    report = Stored(data, "")
    report.has_only(
        *("format", "digest", "rules", "shown", "scheme", "marks", "ungraded", "lines", "overrides", "notes", "seal")
    )
    lines = report.field("lines").entries(MAX_LINES)
    for each in lines:
        each.has_only(*HEADING_KEYS, *_FIGURES, *_DERIVED)
    layout = read_layout(report, lines)
    return Facts(layout, _read_columns(report, lines), read_origin(report))


def write_origin(origin: Remembered) -> dict[str, Any]:
    """Return the digest of the marks and the policy that took the place of every branch's, if there are any."""
    return {"marks": origin.marks_digest, "ungraded": None if origin.ungraded is None else origin.ungraded.value}


def read_origin(stored: Stored) -> Remembered:
    """Return what is stated of how a report was made."""
    ungraded = stored.field("ungraded").optional(lambda each: each.choice(UngradedPolicy))
    return Remembered(stored.field("marks").optional(Stored.name), ungraded)


def is_sealed(data: Mapping[str, Any]) -> bool:
    """Return whether stored data is as it was written, by its own `seal`: the digest of all else that it holds."""
    try:
        return bool(digest_of({key: held for key, held in data.items() if key != "seal"}) == data["seal"])
    except (KeyError, TypeError, ValueError, RecursionError):
        return False


def write_recorded(recorded: Recorded) -> Any:
    """Return what was recorded as plain data."""
    if recorded is None or isinstance(recorded, (bool, str)):
        return recorded
    return {"number": write_exact(recorded)}


def read_recorded(stored: Stored) -> Recorded:
    """Return what was recorded."""
    value: Recorded = stored.value
    return value if value is None or isinstance(value, (str, bool)) else _read_number(stored)


def write_changes(columns: Columns) -> dict[str, Any]:
    """Return what was put in the place of computed results, and the notes on the lines, as plain data."""
    return {
        "overrides": [
            {"line": line, "computed": write(override.computed), "by": override.by, "note": override.note}
            for line, override in columns.overrides
        ],
        "notes": [[line, note[0], list(map(write_argument, note[1:]))] for line, note in columns.notes],
    }


def read_overrides(stored: Stored, count: int) -> Iterator[tuple[int, Override]]:
    """Yield the override of each line that has one, in the order of the lines."""
    before = -1
    for each in stored.entries(count):
        each.has_only("line", "computed", "by", "note")
        before = each.field("line").whole(before + 1, count - 1)
        computed, by = each.field("computed"), each.field("by")
        found = Override(computed.optional(Stored.number), by.optional(Stored.text), each.field("note").text())
        yield before, found


def read_notes(stored: Stored, count: int) -> Iterator[tuple[int, Note]]:
    """Yield the notes in the order of their lines."""
    before = 0
    for each in stored.entries(count * _MOST_NOTES):
        parts = each.entries(3)
        if len(parts) < 3:  # noqa: PLR2004 - a line, a code and its arguments
            raise each.refusal("a line, a code and its arguments")
        before = parts[0].whole(before, count - 1)
        yield before, (_read_code(parts[1], parts[2]), *map(read_argument, parts[2].entries(MOST_ARGUMENTS)))


def _write_line(columns: Columns, line: int) -> dict[str, Any]:
    return {
        "points": write(columns.points[line]),
        "out_of": write(columns.out_of[line]),
        "treatment": _TREATMENTS[columns.treatments[line]],
        "share": write(columns.shares[line]),
        "whole": write(columns.wholes[line]),
        "recorded": write_recorded(columns.recorded[line]),
    }


def _write_derived(result: Result) -> dict[str, Any]:
    return {
        "percent": write(result.percent),
        "lack": None if result.lack is None else result.lack.value,
        "symbol": result.symbol,
        "shown": result.shown,
        "weight": write(result.weight),
        "passed": None if result.passed is None else result.passed.value,
        "dropped": list(result.dropped),
    }


def _read_columns(report: Stored, lines: Sequence[Stored]) -> Columns:
    return Columns(
        points=tuple(line.field("points").optional(Stored.number) for line in lines),
        out_of=tuple(line.field("out_of").amount() for line in lines),
        treatments=tuple(line.field("treatment").choice(Treatment) for line in lines),
        shares=tuple(line.field("share").number() for line in lines),
        wholes=tuple(line.field("whole").optional(Stored.number) for line in lines),
        recorded=tuple(read_recorded(line.field("recorded")) for line in lines),
        overrides=tuple(read_overrides(report.field("overrides"), len(lines))),
        notes=tuple(read_notes(report.field("notes"), len(lines))),
    )


def _read_number(stored: Stored) -> Exact:
    stored.has_only("number")
    return stored.field("number").number()


def _read_code(stored: Stored, arguments: Stored) -> str:
    code = stored.text()
    if code not in REPORT.texts:
        raise stored.refusal("the code of a reason")
    if len(arguments.entries(MOST_ARGUMENTS)) != _ARGUMENTS[code]:
        raise arguments.refusal(f"{_ARGUMENTS[code]} arguments of {code}")
    return code
