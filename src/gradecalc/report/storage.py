# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A report as plain data and back: exact numbers as text, a `"format"` key, nothing that needs the definition.

Each line also carries the figures a reader looks for (percent, lack, symbol, shown, weight, passed), and all that is
said of it, by code and with arguments; they are derived, and reading back ignores them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from string import Formatter
from typing import Any, Final, TypeVar

from ..errors import DefinitionError, Problem
from ..exact import Exact, RoundingMode, write_exact
from ..marks import Recorded
from ..reasons import REPORT, Note, Said
from ..rounding import Rounding, RoundingOf
from ..schemes import Band, GradeScheme
from .passing import PassRule
from .results import (
    Columns,
    Heading,
    How,
    Layout,
    Override,
    Result,
    Treatment,
)
from .stored import Stored

FORMAT: Final = "gradecalc.report/2"

MAX_LINES: Final = 20_000
"""The most lines of a report that is read back: those of the largest gradebook."""

MAX_LEVELS: Final = 200
"""The most levels of a report that is read back below its final line."""

_MOST_NOTES: Final = 50
_MOST_ARGUMENTS: Final = 10
_Value = TypeVar("_Value")


def write_report(
    layout: Layout, columns: Columns, results: Sequence[Result], remarks: Sequence[Sequence[Said]]
) -> dict[str, Any]:
    """Return the report as plain data; `remarks` are what is said of each line."""
    return {
        "format": FORMAT,
        "digest": layout.digest,
        "rules": layout.rules,
        "shown": _write_rounding(layout.shown),
        "scheme": _write_scheme(layout.scheme),
        "lines": [
            {
                **_write_heading(heading),
                **_write_line(columns, line),
                **_write_derived(results[line]),
                "remarks": [each.to_data() for each in remarks[line]],
            }
            for line, heading in enumerate(layout.headings)
        ],
        "overrides": [
            {"line": line, "computed": _write(override.computed), "by": override.by, "note": override.note}
            for line, override in columns.overrides
        ],
        "notes": [
            [line, note[0], [_write_argument(argument) for argument in note[1:]]] for line, note in columns.notes
        ],
    }


def read_report(data: Mapping[str, Any]) -> tuple[Layout, Columns]:
    """Return the parts of the report that `write_report` wrote.

    Raises `DefinitionError` for anything else: a report is read whole, every field of its type and within its bounds,
    or refused with the path to what is not (Z5).
    """
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise DefinitionError([Problem("wrong_format", "format", f"this is not a report of format {FORMAT!r}")])
    report = Stored(data, "")
    lines = report.field("lines").entries(MAX_LINES)
    if not lines:
        raise report.field("lines").refusal("an array with at least one line")
    return _read_layout(report, lines), _read_columns(report, lines)


def _write(number: Exact | None) -> str | None:
    return None if number is None else write_exact(number)


def _write_rounding(rounding: Rounding) -> dict[str, Any]:
    return {
        "places": rounding.places,
        "mode": rounding.mode.value,
        "of": rounding.of.value,
        "up_from": _write(rounding.up_from),
    }


def _write_scheme(scheme: GradeScheme | None) -> dict[str, Any] | None:
    if scheme is None:
        return None
    bands = [
        {
            "symbol": band.symbol,
            "start": _write(band.start),
            "value": _write(band.value),
            "colour": band.colour,
            "exclusive": band.exclusive,
        }
        for band in scheme.bands
    ]
    return {"name": scheme.name, "bands": bands}


def _write_heading(heading: Heading) -> dict[str, Any]:
    return {
        "id": heading.id,
        "name": heading.name,
        "parent": heading.parent,
        "branch": heading.branch,
        "how": heading.how.value,
        "scheme": _write_scheme(heading.scheme),
        "pass_mark": _write(heading.passing.pass_mark),
        "must_pass": heading.passing.must_pass,
    }


def _write_line(columns: Columns, line: int) -> dict[str, Any]:
    return {
        "points": _write(columns.points[line]),
        "out_of": _write(columns.out_of[line]),
        "treatment": columns.treatments[line].value,
        "share": _write(columns.shares[line]),
        "whole": _write(columns.wholes[line]),
        "recorded": _write_recorded(columns.recorded[line]),
    }


def _write_derived(result: Result) -> dict[str, Any]:
    return {
        "percent": _write(result.percent),
        "lack": None if result.lack is None else result.lack.value,
        "symbol": result.symbol,
        "shown": result.shown,
        "weight": _write(result.weight),
        "passed": None if result.passed is None else result.passed.value,
        "dropped": list(result.dropped),
    }


def _write_recorded(recorded: Recorded) -> Any:
    if recorded is None or isinstance(recorded, (bool, str)):
        return recorded
    return {"number": write_exact(recorded)}


def _write_argument(argument: object) -> Any:
    return {"number": write_exact(argument)} if isinstance(argument, (int, Fraction)) else argument


def _optional(stored: Stored, read: Callable[[Stored], _Value]) -> _Value | None:
    return None if stored.value is None else read(stored)


def _read_rounding(stored: Stored) -> Rounding:
    places = stored.field("places").value
    of, up_from = stored.field("of").choice(RoundingOf), stored.field("up_from").fraction()
    return stored.sound(Rounding(places, stored.field("mode").choice(RoundingMode), of=of, up_from=up_from))


def _read_scheme(stored: Stored) -> GradeScheme:
    bands = tuple(map(_read_band, stored.field("bands").entries(MAX_LINES)))
    return stored.sound(GradeScheme(bands, stored.field("name").text()))


def _read_band(stored: Stored) -> Band:
    value = _optional(stored.field("value"), Stored.fraction)
    symbol, start = stored.field("symbol").name(), stored.field("start").fraction()
    # reports of this format were also written before bands stated it
    exclusive = "exclusive" in stored.value and stored.field("exclusive").truth()
    return Band(symbol, start, value=value, colour=stored.field("colour").text(), exclusive=exclusive)


def _read_layout(report: Stored, lines: Sequence[Stored]) -> Layout:
    headings: list[Heading] = []
    depths: list[int] = []
    ids: set[str] = set()
    for line in lines:
        heading = _read_heading(line, headings)
        depth = depths[heading.parent] + 1 if headings else 0
        if depth > MAX_LEVELS:
            raise line.field("parent").refusal(f"a branch less than {MAX_LEVELS} levels deep")
        if heading.id in ids:
            raise line.field("id").refusal("an id that no other line has")
        headings.append(heading)
        depths.append(depth)
        ids.add(heading.id)
    shown, scheme = _read_rounding(report.field("shown")), _optional(report.field("scheme"), _read_scheme)
    return Layout(tuple(headings), shown, scheme, report.field("digest").text(), report.field("rules").text())


def _read_heading(line: Stored, above: Sequence[Heading]) -> Heading:
    parent = line.field("parent").whole(0 if above else -1, len(above) - 1)
    if above and not above[parent].branch:
        raise line.field("parent").refusal("the line of a branch")
    pass_mark = _optional(line.field("pass_mark"), Stored.fraction)
    return Heading(
        line.field("id").name(),
        line.field("name").name(),
        parent,
        line.field("branch").truth(),
        line.field("how").choice(How),
        _optional(line.field("scheme"), _read_scheme),
        PassRule(pass_mark, line.field("must_pass").truth()),
    )


def _read_columns(report: Stored, lines: Sequence[Stored]) -> Columns:
    return Columns(
        points=tuple(_optional(line.field("points"), Stored.number) for line in lines),
        out_of=tuple(line.field("out_of").amount() for line in lines),
        treatments=tuple(line.field("treatment").choice(Treatment) for line in lines),
        shares=tuple(line.field("share").number() for line in lines),
        wholes=tuple(_optional(line.field("whole"), Stored.number) for line in lines),
        recorded=tuple(_read_recorded(line.field("recorded")) for line in lines),
        overrides=tuple(_read_overrides(report.field("overrides"), len(lines))),
        notes=tuple(_read_notes(report.field("notes"), len(lines))),
    )


def _read_recorded(stored: Stored) -> Recorded:
    value: Recorded = stored.value
    return value if value is None or isinstance(value, (str, bool)) else stored.field("number").number()


def _read_overrides(stored: Stored, count: int) -> Iterator[tuple[int, Override]]:
    """Yield the override of each line that has one, in the order of the lines."""
    before = -1
    for each in stored.entries(count):
        before = each.field("line").whole(before + 1, count - 1)
        computed, by = each.field("computed"), each.field("by")
        found = Override(_optional(computed, Stored.number), _optional(by, Stored.text), each.field("note").text())
        yield before, found


def _read_notes(stored: Stored, count: int) -> Iterator[tuple[int, Note]]:
    """Yield the notes in the order of their lines."""
    before = 0
    for each in stored.entries(count * _MOST_NOTES):
        parts = each.entries(3)
        if len(parts) < 3:  # noqa: PLR2004 - a line, a code and its arguments
            raise each.refusal("a line, a code and its arguments")
        before = parts[0].whole(before, count - 1)
        yield before, (_read_code(parts[1], parts[2]), *map(_read_argument, parts[2].entries(_MOST_ARGUMENTS)))


def _read_code(stored: Stored, arguments: Stored) -> str:
    code = stored.text()
    if code not in REPORT.texts:
        raise stored.refusal("the code of a reason")
    places = {name for _, name, _, _ in Formatter().parse(REPORT.texts[code]) if name is not None}
    if len(arguments.entries(_MOST_ARGUMENTS)) != len(places):
        raise arguments.refusal(f"{len(places)} arguments of {code}")
    return code


def _read_argument(stored: Stored) -> object:
    return stored.value if isinstance(stored.value, str) else stored.field("number").number()
