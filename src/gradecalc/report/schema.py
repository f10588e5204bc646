# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The JSON Schemas of stored reports, as `Report.to_dict` and `Plan.layout_dict` write them.

>>> report_schema()["properties"]["format"]
{'const': 'gradecalc.report/3'}
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, Final

from ..digests import LENGTH
from ..exact import RoundingMode
from ..marks import UngradedPolicy
from ..reasons import REPORT, Lack
from ..rounding import RoundingOf
from ..verdicts import Verdict
from .layouts import LAYOUT_FORMAT, MAX_LINES, How
from .parts import LETTERS, PART_FORMAT
from .results import Treatment
from .storage import FORMAT
from .stored import LONGEST_NUMBER, MOST_WHOLE

_Schema = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Final[_Schema] = {"type": "string"}
_NAME: Final[_Schema] = {"type": "string", "minLength": 1}
_TRUTH: Final[_Schema] = {"type": "boolean"}
_LINE: Final[_Schema] = {"type": "integer", "minimum": 0, "maximum": MAX_LINES - 1}
_NUMBER: Final[_Schema] = {"$ref": "#/$defs/number"}
_SCHEME: Final[_Schema] = {"$ref": "#/$defs/scheme"}
_EXACT: Final[_Schema] = {"$ref": "#/$defs/exact"}
_DIGITS: Final = "[0-9]+(\\.[0-9]+|/0*[1-9][0-9]*)?$"
_DIGEST: Final[_Schema] = {"type": "string", "pattern": f"^[0-9a-f]{{{LENGTH}}}$"}


def report_schema() -> dict[str, Any]:
    """Return the schema of a stored report, in JSON Schema's dialect of 2020-12. Every field is always there."""
    lines = {**_many(_table(**_HEADING, **_FIGURES, **_DERIVED)), "minItems": 1, "maxItems": MAX_LINES}
    whole = _table(format={"const": FORMAT}, **_SHARED, **_GRADED, lines=lines, **_CHANGES, seal=_DIGEST)
    defs = {name: _DEFINITIONS[name] for name in ("number", "amount", "remark", "said", "scheme")}
    return _document("A report of gradecalc", whole, defs)


def layout_schema() -> dict[str, Any]:
    """Return the schema of a stored layout: what all reports of a plan share. Every field is always there."""
    lines = {**_many(_table(**_HEADING)), "minItems": 1, "maxItems": MAX_LINES}
    whole = _table(format={"const": LAYOUT_FORMAT}, id=_DIGEST, **_SHARED, lines=lines)
    defs = {name: _DEFINITIONS[name] for name in ("number", "amount", "scheme")}
    return _document("The layout of reports of gradecalc", whole, defs)


def part_schema() -> dict[str, Any]:
    """Return the schema of one learner's part of a stored report. Every field is always there."""
    whole = _table(
        format={"const": PART_FORMAT},
        layout={**_DIGEST, "description": "The id of the layout that has the names of the lines."},
        **_GRADED,
        points=_column("What each line came to, in points; null where it has no score.", _or_null(_EXACT)),
        out_of=_exceptions("Lines that are not out of the max_points of the layout, and what they are out of.", _EXACT),
        treatments={"type": "string", "pattern": f"^[{''.join(LETTERS)}]+$", "description": _LETTERS},
        shares=_column("What each line weighs in its branch.", _EXACT),
        wholes=_exceptions("Branches that are sums of shares, and what the whole of these is.", _EXACT),
        recorded=_exceptions("Lines of which something else is recorded than an item's points.", _RECORDED),
        **_CHANGES,
        seal=_DIGEST,
    )
    defs = {name: _DEFINITIONS[name] for name in ("number", "exact", "said")}
    return _document("One learner's part of a report of gradecalc", whole, defs)


def _document(title: str, whole: _Schema, defs: _Schema) -> _Schema:
    return {"$schema": _DIALECT, "title": title, **whole, "$defs": defs}


def _column(description: str, schema: _Schema) -> _Schema:
    """Return the schema of an array with a place for each line."""
    return {"description": description, **_many(schema), "minItems": 1, "maxItems": MAX_LINES}


def _exceptions(description: str, schema: _Schema) -> _Schema:
    """Return the schema of an array of lines, each with what is stated of it."""
    return {"description": description, **_many(_parts(_LINE, schema)), "maxItems": MAX_LINES}


def _parts(*schemas: _Schema) -> _Schema:
    """Return the schema of an array with one value of each schema, in this order."""
    count = len(schemas)
    return {"type": "array", "prefixItems": list(schemas), "minItems": count, "maxItems": count}


def _note() -> _Schema:
    """Return the schema of a line, the code of a reason, and what its text speaks of."""
    arguments = _many({"anyOf": [_TEXT, _table(number=_NUMBER), {"$ref": "#/$defs/said"}]})
    return _parts(_LINE, {"enum": sorted(REPORT.texts)}, arguments)


def _remark() -> _Schema:
    """Return the schema of something that is said: its room and code, and what its text speaks of."""
    shown = _table(number=_NUMBER, shown=_TEXT)
    return _table(room=_TEXT, code=_TEXT, arguments=_many({"anyOf": [_TEXT, shown, {"$ref": "#/$defs/remark"}]}))


def _said() -> _Schema:
    """Return the schema of what is said in a reason: its text, its room and code, and what its text speaks of."""
    one = [_TEXT, _table(number=_NUMBER, shown=_TEXT), {"$ref": "#/$defs/said"}]
    return _table(said=_TEXT, room=_TEXT, code=_TEXT, arguments=_many({"anyOf": [*one, _many({"anyOf": one})]}))


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


_RECORDED: Final = _or_null(_TEXT, _TRUTH, _table(number=_NUMBER))
_HEADING: Final[dict[str, _Schema]] = {
    "id": _NAME,
    "name": _NAME,
    "parent": {"type": "integer", "minimum": -1, "maximum": MAX_LINES - 1},
    "branch": _TRUTH,
    "how": _one_of(How),
    "scheme": _or_null(_SCHEME),
    "pass_mark": _or_null(_NUMBER),
    "must_pass": _TRUTH,
    "max_points": _or_null({"$ref": "#/$defs/amount"}),
}
_FIGURES: Final[dict[str, _Schema]] = {
    "points": _or_null(_NUMBER),
    "out_of": {"$ref": "#/$defs/amount"},
    "treatment": _one_of(Treatment),
    "share": _NUMBER,
    "whole": _or_null(_NUMBER),
    "recorded": _RECORDED,
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
_SHARED: Final[dict[str, _Schema]] = {
    "digest": _TEXT,
    "rules": _TEXT,
    "shown": _table(places={"type": "integer"}, mode=_one_of(RoundingMode), of=_one_of(RoundingOf), up_from=_NUMBER),
    "scheme": _or_null(_SCHEME),
}
_GRADED: Final[dict[str, _Schema]] = {
    "marks": {**_or_null(_NAME), "description": "The digest of the marks, if it was stored."},
    "ungraded": {
        **_values(UngradedPolicy),
        "description": "The policy that took the place of every branch's, if one did.",
    },
}
_CHANGES: Final[dict[str, _Schema]] = {
    "overrides": _many(_table(line=_LINE, computed=_or_null(_NUMBER), by=_or_null(_TEXT), note=_TEXT)),
    "notes": _many(_note()),
}
_LETTERS: Final = "A letter for each line: " + ", ".join(f"{letter} {each.value}" for letter, each in LETTERS.items())
_NUMBER_TEXT: Final[_Schema] = {"type": "string", "maxLength": LONGEST_NUMBER, "pattern": f"^-?{_DIGITS}"}
_DEFINITIONS: Final[dict[str, _Schema]] = {
    "number": {"description": "An exact number, such as 7.5 or 2/3.", **_NUMBER_TEXT},
    "amount": {
        "description": "An exact number of 0 or more.",
        **_NUMBER_TEXT,
        "pattern": f"^(-?0+$|{_DIGITS[:-1]}$)",
    },
    "exact": {
        "description": "An exact number: a whole one as it is, and any other as text.",
        "anyOf": [{"type": "integer", "minimum": -MOST_WHOLE, "maximum": MOST_WHOLE}, _NUMBER],
    },
    "remark": _remark(),
    "said": _said(),
    "scheme": _table(
        name=_TEXT,
        bands={
            **_many(_table(symbol=_NAME, start=_NUMBER, value=_or_null(_NUMBER), colour=_TEXT, exclusive=_TRUTH)),
            "minItems": 1,
        },
    ),
}
