# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The JSON Schema of definition files, made of what the fields of the classes declare.

>>> schema = json_schema()
>>> schema["$defs"]["Band"]["required"]
['symbol', 'start']

A schema says what stands where; what the figures mean together, `gradecalc.extras.definitions.find_problems` judges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, Final

from attrs import NOTHING, Attribute, fields

from ..fields import Declared, declared
from ..gradebook.best_of import ChildWeight
from ..gradebook.items import GradeItem
from ..gradebook.tree import AGGREGATIONS, TYPE, Gradebook
from ..marks import ItemKind
from ..schemes import GradeScheme
from .definition_shapes import FORMAT, NODES

_Schema = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_BELOW_ZERO: Final = "[-+]?"
_FROM_ZERO: Final = "[+]?"
_DIGITS: Final = r"([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,4})?(/[0-9]+)?"
_BY_CODE: Final = frozenset({"children"})
"""Fields that declare nothing, since they are judged where they are built."""


def json_schema() -> dict[str, Any]:
    """Return the schema of a definition as JSON or TOML states it, in JSON Schema's dialect of 2020-12."""
    schemas = _Schemas()
    root = schemas.record(Gradebook)
    root["properties"] = {"format": {"const": FORMAT}, **root["properties"]}
    return {
        "$schema": _DIALECT,
        "title": "A gradebook of gradecalc",
        **root,
        "$defs": dict(sorted(schemas.defs.items())),
    }


class _Schemas:
    """The schemas of classes by their names, each made once."""

    def __init__(self) -> None:
        self.defs: dict[str, _Schema] = {"Number": _number({})}
        self.defs["Node"] = self._node()

    def record(self, kind: type[Any]) -> _Schema:
        """Return the schema of a table with the fields of a class, and nothing else."""
        own = {each.name: self._field(each) for each in fields(kind)}
        required = [each.name for each in fields(kind) if _is_required(each)]
        described = " ".join((kind.__doc__ or "").partition("\n\n")[0].split())
        schema = {"description": described, "type": "object", "properties": own, "required": required}
        extra = _item_has_a_maximum() if kind is GradeItem else {}
        return {**schema, **extra, "additionalProperties": False}

    def _reference(self, kind: type[Any]) -> _Schema:
        """Return a reference to the schema of a class, which is made if it is not there yet."""
        name = kind.__name__
        if name not in self.defs:
            self.defs[name] = {}
            self.defs[name] = self._definition(kind)
        return {"$ref": f"#/$defs/{name}"}

    def _definition(self, kind: type[Any]) -> _Schema:
        tag = next((tag for tag, each in AGGREGATIONS.items() if each is kind), "")
        record = self.record(kind)
        if tag:
            record["properties"] = {TYPE: {"const": tag}, **record["properties"]}
            needed = record["required"]
            record["required"] = [TYPE, *needed]
            return record if needed else {"anyOf": [{"const": tag}, record]}
        if kind is GradeScheme:
            short = {"type": "object", "additionalProperties": {"$ref": "#/$defs/Number"}, "minProperties": 1}
            return {"anyOf": [record, short]}
        return record

    def _node(self) -> _Schema:
        """Return the schema of what stands among children: its keys tell what it is."""
        node = self._reference(GradeItem)
        for key, kind in reversed([*NODES.items()]):
            node = {"if": {"required": [key]}, "then": self._reference(kind), "else": node}
        return {"type": "object", **node}

    def _field(self, attribute: Attribute[Any]) -> _Schema:
        said = declared(attribute)
        if said is None:
            if attribute.name not in _BY_CODE:
                raise TypeError(f"{attribute.name} declares nothing")
            return {"type": "array", "items": {"$ref": "#/$defs/Node"}}
        schema = _PLAIN[said.what](said) if said.what in _PLAIN else self._within(said)
        return _or_null(schema) if said.optional and said.what != "text" else schema

    def _within(self, said: Declared) -> _Schema:
        if said.kinds == (ChildWeight,):
            return {"type": "object", "additionalProperties": _number({"minimum": 0})}
        if said.what == "many":
            return {"type": "array", "items": _any_of(map(self._member, said.kinds))}
        return _any_of(map(self._member, said.kinds))

    def _member(self, kind: type[Any]) -> _Schema:
        if kind is str:
            return {"type": "string"}
        return {"$ref": "#/$defs/Number"} if kind is Fraction else self._reference(kind)


def _number(bounds: Mapping[str, float]) -> _Schema:
    """Return the schema of a number, or of a text that states one exactly, such as "2/3", whose sign alone is bound."""
    least = bounds.get("minimum", bounds.get("exclusiveMinimum", -1))
    sign = _BELOW_ZERO if least < 0 else _FROM_ZERO
    return {"anyOf": [{"type": "number", **bounds}, {"type": "string", "pattern": f"^\\s*{sign}{_DIGITS}\\s*$"}]}


def _text(said: Declared) -> _Schema:
    return {"type": "string"} if said.optional else {"type": "string", "minLength": 1}


_PLAIN: Final[Mapping[str, Callable[[Declared], _Schema]]] = {
    "number": lambda said: _number(said.bounds) if said.bounds else {"$ref": "#/$defs/Number"},
    "whole_number": lambda said: {"type": "integer", **said.bounds},
    "choice": lambda said: {"enum": list(said.values)},
    "truth": lambda _: {"type": "boolean"},
    "text": _text,
}


def _is_required(attribute: Attribute[Any]) -> bool:
    """Return whether a field must be stated: it has no default, or the default is refused."""
    said = declared(attribute)
    refused = said is not None and said.what == "number" and not said.optional and attribute.default is None
    return attribute.default is NOTHING or refused


def _item_has_a_maximum() -> _Schema:
    text = {"properties": {"kind": {"const": ItemKind.TEXT.value}}, "required": ["kind"]}
    return {
        "if": {"not": text},
        "then": {"required": ["max_points"], "properties": {"max_points": {"not": {"type": "null"}}}},
    }


def _any_of(schemas: Iterable[_Schema]) -> _Schema:
    listed = list(schemas)
    return listed[0] if len(listed) == 1 else {"anyOf": listed}


def _or_null(schema: _Schema) -> _Schema:
    options = schema["anyOf"] if schema.keys() == {"anyOf"} else [schema]
    return {"anyOf": [*options, {"type": "null"}]}
