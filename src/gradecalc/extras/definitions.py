# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A gradebook as plain data, JSON or TOML, and back; needs cattrs.

>>> book = loads_toml('''
... scheme = {A = 85, B = 70}
... [[children]]
... name = "Exam"
... max_points = 62.5
... ''')
>>> to_dict(book)["children"]
[{'name': 'Exam', 'max_points': '62.5'}]

Numbers are written as exact text, choices by their values, and what is at its default is left out. Reading judges
the shape of the whole and reports every misfit with its path; what the figures mean is judged by `compile_gradebook`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from functools import partial
from typing import Any, Final, NamedTuple, TypeVar, get_args, get_origin

from attrs import evolve, fields, has
from cattrs import (
    AttributeValidationNote,
    BaseValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from ..errors import DefinitionError, Problem, nearest
from ..exact import NumberError, describe, read_number, read_text, write_exact
from ..fields import find_problems as find_field_problems
from ..fields import join, word
from ..gradebook.best_of import ChildWeight
from ..gradebook.items import GradeItem
from ..gradebook.tree import AGGREGATIONS, MAX_DEPTH, TYPE, AnyAggregation, Category, Gradebook, rows
from ..grading.checks import find_definition_problems
from ..schemes import GradeScheme
from .definition_schema import json_schema
from .definition_shapes import FORMAT, NODES
from .definition_text import LONGEST_KEY_SHOWN, parse_json, parse_toml

__all__ = [
    "FORMAT",
    "dumps_json",
    "find_problems",
    "from_dict",
    "json_schema",
    "loads_json",
    "loads_toml",
    "parse_json",
    "parse_toml",
    "to_dict",
]

_WEIGHTS: Final = tuple[ChildWeight, ...]
_BRANCHES: Final = (Gradebook, Category)
_PLAIN: Final[Mapping[type, str]] = {str: "a text", bool: "true or false", int: "a whole number"}
_KEY: Final = re.compile(r"[.\[]")
_T = TypeVar("_T")


def to_dict(book: Gradebook) -> dict[str, Any]:
    """Return the gradebook as plain data with a `"format"` key; raises `DefinitionError` for one that has errors."""
    DefinitionError.refuse(find_definition_problems(book))
    laid_out = rows(book)
    written = _fold([row.parent for row in laid_out], [row.node for row in laid_out], _write_node)
    return {"format": FORMAT, **written}


def from_dict(data: object) -> Gradebook:
    """Return the gradebook that plain data states; raises `DefinitionError` where it has misfits.

    The errors of its meaning are told with them, as far as they are known without what was misfit. A number is an int,
    a float, a Decimal or a text such as `"2/3"`. Without a `"format"` the current one is meant.
    """
    places = _read_places(data)
    if any(place.problems for place in places):
        DefinitionError.refuse(_judge(places))
    return _assemble(places)


def find_problems(data: object) -> tuple[Problem, ...]:
    """Return every problem of a gradebook in plain data, of its shape and of its meaning, errors and notices.

    Where the shape of a part is wrong, the meaning of every other part is still judged, each for itself.
    """
    return _judge(_read_places(data))


def _judge(places: Sequence[_Place]) -> tuple[Problem, ...]:
    """Return every misfit, and every problem of the meaning of what is left, unless that lies too deep."""
    misfits = tuple(problem for place in places for problem in place.problems)
    if any(problem.code == "too_deep" for problem in misfits):
        return misfits
    if any(place.node is None for place in places):
        return (*misfits, *(problem for place in places if place.node for problem in _problems_of_meaning(place)))
    told = {problem.path for problem in misfits}
    maimed = {place.path for place in places if place.problems}
    meaning = (problem for problem in find_definition_problems(_assemble(places)) if problem.path not in told)
    return (*misfits, *(each for each in meaning if each.code != "missing" or _node_of(each.path) not in maimed))


def loads_json(text: str) -> Gradebook:
    """Return the gradebook that a JSON text states; raises `DefinitionError`."""
    return from_dict(parse_json(text))


def loads_toml(text: str) -> Gradebook:
    """Return the gradebook that a TOML text states; raises `DefinitionError`."""
    return from_dict(parse_toml(text))


def dumps_json(book: Gradebook) -> str:
    """Return the gradebook as JSON text; raises `DefinitionError` for one that has errors."""
    return json.dumps(to_dict(book), indent=2, ensure_ascii=False)


def read_fields(written: object, kind: type) -> tuple[Any, list[Problem]]:
    """Return the value of a kind that plain data states, or what is left of it without its misfits, and these."""
    return _read_node(written, kind, "")


def write_fields(value: object) -> dict[str, Any]:
    """Return a value of attrs as plain data, without what is at its default."""
    written: dict[str, Any] = _CONVERTER.unstructure(value)
    return written


class _Place(NamedTuple):
    """A node where it is written: the row of its branch, and the node without its children and without its misfits.

    The node is None where nothing is left of it.
    """

    path: str
    parent: int
    node: Any
    problems: tuple[Problem, ...]


def _read_places(data: object) -> list[_Place]:
    """Read every node by itself, parents first, so that neither depth nor a misfit stops the reading."""
    stated = data.get("format", FORMAT) if isinstance(data, Mapping) else FORMAT
    if stated != FORMAT:
        message = f"format is {describe(stated)}; this version reads {FORMAT!r}"
        return [_Place("", -1, None, (Problem("wrong_format", "format", message),))]
    found: list[_Place] = []
    waiting: list[tuple[str, object, int, int]] = [("", data, -1, 0)]
    while waiting:
        path, written, parent, depth = waiting.pop()
        kind = Gradebook if parent < 0 else _kind_of(written)
        children, problems = _read_children(written, path, depth)
        node, misfits = _read_node(written, kind, path)
        row, prefix = len(found), join(path, "children")
        below = [(f"{prefix}[{nth}]", child, row, depth + 1) for nth, child in enumerate(children)]
        waiting.extend(reversed(below))
        found.append(_Place(path, parent, node, (*misfits, *problems)))
    return found


def _kind_of(written: object) -> type:
    keys = written if isinstance(written, Mapping) else ()
    return next((kind for key, kind in NODES.items() if key in keys), GradeItem)


def _read_children(written: object, path: str, depth: int) -> tuple[Sequence[object], list[Problem]]:
    children = written.get("children", []) if isinstance(written, Mapping) else []
    place = join(path, "children")
    if not isinstance(children, (list, tuple)):
        message = f"children is {describe(children)}; it must be a list, in TOML a [[children]] for each"
        return [], [Problem("wrong_type", place, message)]
    if children and depth > MAX_DEPTH:
        return [], [Problem("too_deep", place, f"this lies deeper than {MAX_DEPTH} levels; nest fewer categories")]
    return children, []


def _read_node(written: object, kind: type, path: str) -> tuple[Any, list[Problem]]:
    """Return a node without its children, or what is left of it without its misfits, and these."""
    own, name = written, ""
    if isinstance(written, Mapping):
        own = {key: value for key, value in written.items() if key != "children" and (path or key != "format")}
        name = describe(written["name"]) if isinstance(written.get("name"), str) else ""
    try:
        return _CONVERTER.structure(own, kind), []
    except (BaseValidationError, _MisfitError) as error:
        misfits = list(_misfits(error, path, name))
    return _rest_of_node(own, kind, path, misfits), misfits


def _rest_of_node(own: object, kind: type, path: str, misfits: Sequence[Problem]) -> Any:
    """Return the node without the keys at fault, so that the rest of it is judged too, or None."""
    if not isinstance(own, Mapping):
        return None
    at_fault = {_KEY.split(problem.path.removeprefix(path).lstrip("."))[0] for problem in misfits}
    try:
        return _CONVERTER.structure({key: value for key, value in own.items() if str(key) not in at_fault}, kind)
    except (BaseValidationError, _MisfitError):
        return None


def _assemble(places: Sequence[_Place]) -> Gradebook:
    book: Gradebook = _fold([place.parent for place in places], [place.node for place in places], _with_children)
    return book


def _with_children(node: Any, children: list[Any]) -> Any:
    return evolve(node, children=children) if isinstance(node, _BRANCHES) else node


def _write_node(node: object, children: list[dict[str, Any]]) -> dict[str, Any]:
    own: dict[str, Any] = _CONVERTER.unstructure(node)
    return {**own, "children": children} if isinstance(node, _BRANCHES) else own


def _fold(parents: Sequence[int], nodes: Sequence[Any], build: Callable[[Any, list[_T]], _T]) -> _T:
    """Return what `build` makes of the first node, every node being built after its children and handed them."""
    below: list[list[_T]] = [[] for _ in parents]
    for row in range(len(parents) - 1, 0, -1):
        below[parents[row]].append(build(nodes[row], below[row][::-1]))
    return build(nodes[0], below[0][::-1])


def _node_of(path: str) -> str:
    return path.rpartition(".")[0]


def _problems_of_meaning(place: _Place) -> Iterator[Problem]:
    return find_field_problems(place.node, place.path, of=describe(place.node.name), skip="children")


class _MisfitError(ValueError):
    """What stands in a place is of no shape that fits there; the text goes on from the name of the place."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        super().__init__(text)


def _misfits(error: BaseException, path: str, of: str) -> Iterator[Problem]:
    """Yield a problem for each misfit that cattrs gathered in the node called `of`, its path from their notes."""
    if isinstance(error, ForbiddenExtraKeysError):
        known = [attribute.name for attribute in fields(error.cl)]
        for key in sorted(map(str, error.extra_fields)):
            hint = nearest(key, known) or f"; there are: {', '.join(known)}"
            yield Problem("unknown_key", join(path, _shown_key(key)), f"there is no key {describe(key)} here{hint}")
    elif isinstance(error, BaseValidationError):
        for each in error.exceptions:
            yield from _misfits(each, _path_of(each, path), of)
    else:
        what = path.rpartition(".")[2] or "the gradebook"
        # an absent key is a KeyError of cattrs
        misfit = error if isinstance(error, _MisfitError) else _MisfitError("missing", "is missing; state it")
        yield Problem(misfit.code, path, f"{what} of {of} {misfit}" if of else f"{what} {misfit}")


def _path_of(error: BaseException, path: str) -> str:
    """Return the path to what cattrs found amiss in the record, sequence or mapping that `path` leads to."""
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return join(path, note.name)
        if isinstance(note, IterableValidationNote):
            return f"{path}[{note.index}]" if isinstance(note.index, int) else join(path, _shown_key(str(note.index)))
    return path


def _shown_key(key: str) -> str:
    return key[:LONGEST_KEY_SHOWN]


def _read_plain(value: object, kind: type) -> object:
    if type(value) is not kind:
        raise _MisfitError("wrong_type", f"is {describe(value)}; it must be {_PLAIN[kind]}")
    return value


def _read_fraction(value: object, _: object) -> Fraction:
    try:
        return Fraction(read_text(value) if isinstance(value, str) else read_number(value))
    except NumberError as error:
        raise _MisfitError("not_a_number", f'cannot be read: {error}; state it like 8.5 or "2/3"') from None


def _read_choice(value: object, kind: type[Enum]) -> Enum:
    return _choose(value, {word(member): member for member in kind})


def _choose(value: object, choices: Mapping[str, _T]) -> _T:
    if isinstance(value, str) and value in choices:
        return choices[value]
    hint = nearest(value, choices) if isinstance(value, str) else ""
    raise _MisfitError("unknown_value", f"is {describe(value)}; it must be one of: {', '.join(choices)}{hint}")


def _read_aggregation(value: object, _: object) -> AnyAggregation:
    """Read `"mean"`, or a table whose `type` is that and whose other keys are the aggregation's fields."""
    written = value if isinstance(value, Mapping) else {TYPE: value}
    if TYPE not in written:
        raise _MisfitError("missing", f"has no {TYPE!r}; state one of: {', '.join(AGGREGATIONS)}")
    kind = _choose(written[TYPE], AGGREGATIONS)
    return _CONVERTER.structure({key: own for key, own in written.items() if key != TYPE}, kind)


def _read_own_aggregation(value: object, _: object) -> AnyAggregation | None:
    return None if value is None else _read_aggregation(value, _)


def _read_scheme(value: object, _: object) -> GradeScheme:
    """Read the full form, which has a list of bands, or the short form `{A = 85, B = 70}`."""
    if not isinstance(value, Mapping) or any(isinstance(held, list) for held in value.values()):
        scheme: GradeScheme = _SCHEME_READER(value, GradeScheme)
        return scheme
    return GradeScheme.from_cutoffs(_CONVERTER.structure(value, dict[str, Fraction]))


def _record_reader(kind: type[Any], converter: Converter) -> Callable[[object, object], Any]:
    own = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, children=override(omit=True))
    return partial(_read_record, own)


def _read_record(read: Callable[[Any, Any], Any], value: object, kind: object) -> Any:
    if not isinstance(value, Mapping):
        raise _MisfitError("wrong_type", f"is {describe(value)}; it must be a table")
    return read(value, kind)


def _record_writer(kind: type[Any], converter: Converter) -> Callable[[Any], Any]:
    return make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True, children=override(omit=True))


def _aggregation_writer(kind: type[Any], converter: Converter) -> Callable[[Any], Any]:
    write = _record_writer(kind, converter)
    tag = next(tag for tag, each in AGGREGATIONS.items() if each is kind)
    return lambda value: {TYPE: tag, **own} if (own := write(value)) else tag


def _read_tuple(value: object, kind: object) -> tuple[Any, ...]:
    if not isinstance(value, (list, tuple)):
        raise _MisfitError("wrong_type", f"is {describe(value)}; it must be a list")
    members: Any = list[get_args(kind)[0]]  # type: ignore[misc]
    return tuple(_CONVERTER.structure(value, members))


def _read_weights(value: object, _: object) -> tuple[ChildWeight, ...]:
    """Read a table of ids to weights."""
    if not isinstance(value, Mapping):
        raise _MisfitError(
            "wrong_type", f"is {describe(value)}; it must be a table like {{ Midterm = 40, Final = 60 }}"
        )
    weights = _CONVERTER.structure(value, dict[str, Fraction])
    return tuple(ChildWeight(id_, weight) for id_, weight in weights.items())


def _write_weights(weights: tuple[ChildWeight, ...]) -> dict[str, str]:
    return {each.id: write_exact(each.weight) for each in weights}


def _is_tuple(kind: object) -> bool:
    return get_origin(kind) is tuple


def _make_converter() -> Converter:
    converter = Converter(unstruct_collection_overrides={tuple: list})
    for plain in _PLAIN:
        converter.register_structure_hook(plain, _read_plain)
    converter.register_structure_hook(Fraction, _read_fraction)
    converter.register_unstructure_hook(Fraction, write_exact)
    converter.register_structure_hook(Enum, _read_choice)
    converter.register_unstructure_hook(Enum, word)
    converter.register_structure_hook_func(_is_tuple, _read_tuple)
    converter.register_structure_hook_func(lambda kind: kind == _WEIGHTS, _read_weights)
    converter.register_unstructure_hook_func(lambda kind: kind == _WEIGHTS, _write_weights)
    converter.register_structure_hook_factory(has, _record_reader)
    converter.register_unstructure_hook_factory(has, _record_writer)
    converter.register_unstructure_hook_factory(lambda kind: kind in AGGREGATIONS.values(), _aggregation_writer)
    converter.register_structure_hook(AnyAggregation, _read_aggregation)
    converter.register_structure_hook(AnyAggregation | None, _read_own_aggregation)
    converter.register_structure_hook(GradeScheme, _read_scheme)
    return converter


_CONVERTER: Final = _make_converter()
_SCHEME_READER: Final = _record_reader(GradeScheme, _CONVERTER)
