# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""From each older format of a stored report to the next: plain data to plain data, a function for each step (Z11).

A step judges nothing: what it cannot make out it leaves as it is, for the reader to refuse with its path.

>>> migrate({"format": "gradecalc.report/2", "lines": [{"id": "final", "percent": "84.6"}]})["lines"]
[{'id': 'final', 'max_points': None}]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from .storage import FORMAT

Data = dict[str, Any]


def migrate(data: Mapping[str, Any]) -> Data:
    """Return a report of an older format as one of this version's format; such a one has no seal."""
    migrated = dict(data)
    while migrated["format"] != FORMAT:
        migrated = STEPS[migrated["format"]](migrated)
    return migrated


def _from_1_to_2(data: Data) -> Data:
    """Put overrides, of which the figures stood apart and the circumstances in the notes, into one table."""
    computed, notes = data.pop("computed", None), data.get("notes")
    lines = _each(data.get("lines"), lambda line: {**line, "how": line.get("how") or "marked"})
    overrides = computed
    if isinstance(computed, list) and isinstance(notes, list):
        overrides = [_override_of_1(each, notes) for each in computed]
    return {**data, "format": "gradecalc.report/2", "lines": lines, "overrides": overrides}


def _override_of_1(computed: Any, notes: list[Any]) -> Any:
    if not isinstance(computed, list) or len(computed) != 2:  # noqa: PLR2004 - a line and the percent
        return computed
    line, percent = computed
    said = {str(each[1]): each[2][0] for each in notes if _is_said_of(each, line)}
    return {"line": line, "computed": percent, "by": said.get("set_by"), "note": said.get("noted", "")}


def _is_said_of(note: Any, line: Any) -> bool:
    match note:
        case [at, "set_by" | "noted", [_]]:
            return bool(at == line)
        case _:
            return False


def _from_2_to_3(data: Data) -> Data:
    """Leave derived figures out, and say what was not said: the marks' digest, usual maxima, how bands begin."""
    lines = _each(data.get("lines"), _line_of_2)
    scheme = _with_bands_of_3(data.get("scheme"))
    return {**data, "format": FORMAT, "scheme": scheme, "lines": lines, "marks": None, "ungraded": None}


_DERIVED_IN_2: Final = frozenset(
    {"percent", "lack", "symbol", "shown", "weight", "passed", "dropped", "reasons", "remarks"}
)


def _line_of_2(line: Data) -> Data:
    kept = {key: held for key, held in line.items() if key not in _DERIVED_IN_2}
    own = {"scheme": _with_bands_of_3(kept["scheme"])} if "scheme" in kept else {}
    return {**kept, **own, "max_points": None}


def _with_bands_of_3(scheme: Any) -> Any:
    """Return a scheme whose bands all say whether they are exclusive; before there were such bands, none was."""
    if not isinstance(scheme, Mapping):
        return scheme
    return {**scheme, "bands": _each(scheme.get("bands"), lambda band: {"exclusive": False, **band})}


def _each(values: Any, change: Callable[[Data], Data]) -> Any:
    if not isinstance(values, (list, tuple)):
        return values
    return [change(dict(each)) if isinstance(each, Mapping) else each for each in values]


STEPS: Final[Mapping[str, Callable[[Data], Data]]] = {
    "gradecalc.report/1": _from_1_to_2,
    "gradecalc.report/2": _from_2_to_3,
}
"""The step from each older format to the next."""
