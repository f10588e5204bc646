# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The JSON Schema of a stored report, as `Report.to_dict` writes it.

>>> report_schema()["properties"]["format"]
{'const': 'gradecalc.report/2'}
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, Final

from ..exact import RoundingMode
from ..reasons import REPORT, Lack
from ..rounding import RoundingOf
from ..verdicts import Verdict
from .results import How, Treatment
from .storage import FORMAT, MAX_LINES
from .stored import LONGEST_NUMBER

_Schema = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Final[_Schema] = {"type": "string"}
_NAME: Final[_Schema] = {"type": "string", "minLength": 1}
_TRUTH: Final[_Schema] = {"type": "boolean"}
_LINE: Final[_Schema] = {"type": "integer", "minimum": 0, "maximum": MAX_LINES - 1}
_NUMBER: Final[_Schema] = {"$ref": "#/$defs/number"}
_SCHEME: Final[_Schema] = {"$ref": "#/$defs/scheme"}
_EXACT: Final = "[0-9]+(\\.[0-9]+|/0*[1-9][0-9]*)?$"


def report_schema() -> dict[str, Any]:
    """Return the schema of a stored report, in JSON Schema's dialect of 2020-12.

    Every field is always there, but `exclusive`, which older reports do not say of their bands.
    """
    lines = {**_many(_table(**_HEADING, **_FIGURES, **_DERIVED)), "minItems": 1, "maxItems": MAX_LINES}
    whole = _table(
        format={"const": FORMAT},
        digest=_TEXT,
        rules=_TEXT,
        shown=_table(places={"type": "integer"}, mode=_one_of(RoundingMode), of=_one_of(RoundingOf), up_from=_NUMBER),
        scheme=_or_null(_SCHEME),
        lines=lines,
        overrides=_many(_table(line=_LINE, computed=_or_null(_NUMBER), by=_or_null(_TEXT), note=_TEXT)),
        notes=_many(_note()),
    )
    return {"$schema": _DIALECT, "title": "A report of gradecalc", **whole, "$defs": _definitions()}


def _definitions() -> _Schema:
    number = {"type": "string", "maxLength": LONGEST_NUMBER, "pattern": f"^-?{_EXACT}"}
    band = _table(symbol=_NAME, start=_NUMBER, value=_or_null(_NUMBER), colour=_TEXT, exclusive=_TRUTH)
    band["required"].remove("exclusive")
    return {
        "number": {"description": "An exact number, such as 7.5 or 2/3.", **number},
        "amount": {"description": "An exact number of 0 or more.", **number, "pattern": f"^(-?0+$|{_EXACT[:-1]}$)"},
        "remark": _remark(),
        "scheme": _table(name=_TEXT, bands={**_many(band), "minItems": 1}),
    }


def _note() -> _Schema:
    """Return the schema of a line, the code of a reason, and what its text speaks of."""
    arguments = _many({"anyOf": [_TEXT, _table(number=_NUMBER)]})
    parts = [_LINE, {"enum": sorted(REPORT.texts)}, arguments]
    return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}


def _remark() -> _Schema:
    """Return the schema of something that is said: its room and code, and what its text speaks of."""
    shown = _table(number=_NUMBER, shown=_TEXT)
    return _table(room=_TEXT, code=_TEXT, arguments=_many({"anyOf": [_TEXT, shown, {"$ref": "#/$defs/remark"}]}))


def _table(**fields: _Schema) -> _Schema:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _many(schema: _Schema) -> _Schema:
    return {"type": "array", "items": schema}


def _one_of(kind: type[Enum]) -> _Schema:
    return {"enum": [member.value for member in kind]}


def _or_null(*schemas: _Schema) -> _Schema:
    return {"anyOf": [*schemas, {"type": "null"}]}


def _values(kinds: Iterable[Enum]) -> _Schema:
    return {"enum": [None, *(each.value for each in kinds)]}


_HEADING: Final[dict[str, _Schema]] = {
    "id": _NAME,
    "name": _NAME,
    "parent": {"type": "integer", "minimum": -1, "maximum": MAX_LINES - 1},
    "branch": _TRUTH,
    "how": _one_of(How),
    "scheme": _or_null(_SCHEME),
    "pass_mark": _or_null(_NUMBER),
    "must_pass": _TRUTH,
}
_FIGURES: Final[dict[str, _Schema]] = {
    "points": _or_null(_NUMBER),
    "out_of": {"$ref": "#/$defs/amount"},
    "treatment": _one_of(Treatment),
    "share": _NUMBER,
    "whole": _or_null(_NUMBER),
    "recorded": _or_null(_TEXT, _TRUTH, _table(number=_NUMBER)),
}
_DERIVED: Final[dict[str, _Schema]] = {
    "percent": _or_null(_NUMBER),
    "lack": _values(Lack),
    "symbol": _or_null(_TEXT),
    "shown": _TEXT,
    "weight": _or_null(_NUMBER),
    "passed": _values(Verdict),
    "dropped": _many(_TEXT),
    "remarks": _many({"$ref": "#/$defs/remark"}),
}
