# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A report as plain data and back: exact numbers as text, a `"format"` key, nothing that needs the definition.

Each line also carries the figures a reader looks for (percent, lack, symbol, shown, weight, passed, reasons); they are
derived, and reading back ignores them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from ..errors import DefinitionError, Problem
from ..exact import (
    Exact,
    RoundingMode,
    read_result,
    write_exact,
)
from ..marks import Recorded
from ..reasons import REPORT, Note
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

FORMAT: Final = "gradecalc.report/2"


def write_report(layout: Layout, columns: Columns, results: Sequence[Result]) -> dict[str, Any]:
    """Return the report as plain data."""
    return {
        "format": FORMAT,
        "digest": layout.digest,
        "rules": layout.rules,
        "shown": _write_rounding(layout.shown),
        "scheme": _write_scheme(layout.scheme),
        "lines": [
            {**_write_heading(heading), **_write_line(columns, line), **_write_derived(results[line])}
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
    """Return the parts of the report that `write_report` wrote; raises `DefinitionError` for anything else."""
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise DefinitionError([Problem("wrong_format", "format", f"this is not a report of format {FORMAT!r}")])
    try:
        return _read_layout(data), _read_columns(data)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        message = f"this report is damaged: {type(error).__name__} {error}"
        raise DefinitionError([Problem("damaged", "lines", message)]) from None


def _write(number: Exact | None) -> str | None:
    return None if number is None else write_exact(number)


def _read(text: str | None) -> Exact | None:
    return None if text is None else read_result(text)


def _write_rounding(rounding: Rounding) -> dict[str, Any]:
    return {
        "places": rounding.places,
        "mode": rounding.mode.value,
        "of": rounding.of.value,
        "up_from": _write(rounding.up_from),
    }


def _read_rounding(data: Mapping[str, Any]) -> Rounding:
    of, up_from = RoundingOf(data["of"]), Fraction(read_result(data["up_from"]))
    return Rounding(int(data["places"]), RoundingMode(data["mode"]), of=of, up_from=up_from)


def _write_scheme(scheme: GradeScheme | None) -> dict[str, Any] | None:
    if scheme is None:
        return None
    bands = [
        {"symbol": band.symbol, "start": _write(band.start), "value": _write(band.value), "colour": band.colour}
        for band in scheme.bands
    ]
    return {"name": scheme.name, "bands": bands}


def _read_scheme(data: Mapping[str, Any] | None) -> GradeScheme | None:
    if data is None:
        return None
    bands = [
        Band(
            band["symbol"], Fraction(read_result(band["start"])), value=_fraction(band["value"]), colour=band["colour"]
        )
        for band in data["bands"]
    ]
    return GradeScheme(tuple(bands), data["name"])


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(read_result(text))


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
        "reasons": [str(each) for each in result.reasons],
    }


def _write_recorded(recorded: Recorded) -> Any:
    if recorded is None or isinstance(recorded, (bool, str)):
        return recorded
    return {"number": write_exact(recorded)}


def _read_recorded(data: Any) -> Recorded:
    if isinstance(data, Mapping):
        return read_result(data["number"])
    if data is None or isinstance(data, (str, bool)):
        return data
    raise ValueError(f"{data!r} was not recorded")


def _write_argument(argument: object) -> Any:
    return {"number": write_exact(argument)} if isinstance(argument, (int, Fraction)) else argument


def _read_argument(data: Any) -> object:
    return read_result(data["number"]) if isinstance(data, Mapping) else data


def _read_override(data: Mapping[str, Any]) -> Override:
    by, note = data["by"], data["note"]
    if not isinstance(note, str) or not isinstance(by, (str, type(None))):
        raise TypeError("who set an override and what they noted are texts")
    return Override(_read(data["computed"]), by, note)


def _read_note(code: str, arguments: Sequence[Any]) -> Note:
    read = [_read_argument(argument) for argument in arguments]
    return (REPORT.reason(code, *read).code, *read)


def _read_line(line: int, count: int) -> int:
    if not 0 <= line < count:
        raise ValueError(f"there is no line {line}")
    return line


def _read_layout(data: Mapping[str, Any]) -> Layout:
    headings = tuple(
        Heading(
            line["id"],
            line["name"],
            int(line["parent"]),
            line["branch"],
            How(line["how"]),
            _read_scheme(line["scheme"]),
            PassRule(_fraction(line["pass_mark"]), line["must_pass"]),
        )
        for line in data["lines"]
    )
    if not headings or any(not -1 <= heading.parent < place for place, heading in enumerate(headings)):
        raise ValueError("each line comes after the line of its branch")
    if not all(isinstance(text, str) for heading in headings for text in (heading.id, heading.name)):
        raise TypeError("ids and names are texts")
    return Layout(headings, _read_rounding(data["shown"]), _read_scheme(data["scheme"]), data["digest"], data["rules"])


def _read_columns(data: Mapping[str, Any]) -> Columns:
    lines = data["lines"]
    return Columns(
        points=tuple(_read(line["points"]) for line in lines),
        out_of=tuple(read_result(line["out_of"]) for line in lines),
        treatments=tuple(Treatment(line["treatment"]) for line in lines),
        shares=tuple(read_result(line["share"]) for line in lines),
        wholes=tuple(_read(line["whole"]) for line in lines),
        recorded=tuple(_read_recorded(line["recorded"]) for line in lines),
        overrides=tuple((_read_line(each["line"], len(lines)), _read_override(each)) for each in data["overrides"]),
        notes=tuple(
            (_read_line(line, len(lines)), _read_note(code, arguments)) for line, code, arguments in data["notes"]
        ),
    )
