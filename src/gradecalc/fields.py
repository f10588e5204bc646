# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a field of a definition may hold, declared where the field is, and judged for a whole definition at once.

A definition is built without complaint and judged completely: a class declares each field with
`field(metadata=number(minimum=0))`, and `find_problems` walks the value and everything inside it.

>>> from attrs import field
>>> from gradecalc.exact import lenient
>>> from gradecalc.values import frozen
>>> @frozen
... class Lap:
...     seconds: Fraction = field(converter=lenient, metadata=number(minimum=0))
>>> [str(problem) for problem in find_problems(Lap(-5), "laps[2]")]
['laps[2].seconds: seconds is -5; it must be 0 or more']

A class with rules between its fields has a method `cross_problems(path)` that yields further problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from fractions import Fraction
from types import GeneratorType, MappingProxyType, NoneType
from typing import Any, Final, NamedTuple, TypeVar

from attrs import Attribute, fields, has

from .errors import DefinitionError, Problem
from .exact import describe

_ONE_VALUE: Final = (str, bytes, bytearray, Mapping, type)
"""What could be iterated over, and is one value and no sequence of them."""

_CHECK: Final = "gradecalc.check"
_DECLARED: Final = "gradecalc.declared"
_SHOWN_ONLY: Final = "gradecalc.shown_only"

Finding = tuple[str, str] | None

_Choice = TypeVar("_Choice", bound=Enum)


class Declared(NamedTuple):
    """What a field was declared to hold, for whoever describes definitions to other programs.

    `what` is the name of the function that declared it. `bounds` are by the names that JSON Schema has for them,
    `values` those of an enumeration, and `kinds` the classes of what is within.
    """

    what: str
    optional: bool = False
    bounds: Mapping[str, float] = MappingProxyType({})
    values: tuple[Any, ...] = ()
    kinds: tuple[type, ...] = ()


Check = Callable[[object], Finding]
Metadata = Mapping[str, Any]


def number(
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    above: float | None = None,
    optional: bool = False,
    missing: str = "",
) -> Metadata:
    """Declare an exact number, with its bounds and what to say when it is required and absent."""

    def _check(value: object) -> Finding:
        if value is None:
            return None if optional else ("missing", missing or "is missing; state a number")
        if isinstance(value, str):
            return "not_a_number", f"is the text {describe(value)}; write the number without quotes"
        if not isinstance(value, Fraction):
            return "not_a_number", f"is {describe(value)}, which is not a number within the stated bounds"
        return _out_of_bounds(value, minimum, maximum, above)

    stated = {"minimum": minimum, "maximum": maximum, "exclusiveMinimum": above}
    bounds = {name: bound for name, bound in stated.items() if bound is not None}
    return _metadata(_check, Declared("number", optional, bounds))


def whole_number(*, minimum: int, maximum: int, optional: bool = False) -> Metadata:
    """Declare a whole number between two bounds."""

    def _check(value: object) -> Finding:
        if value is None and optional:
            return None
        if type(value) is not int:
            return "wrong_type", f"is {describe(value)}; it must be a whole number"
        if not minimum <= value <= maximum:
            return "out_of_range", f"is {describe(value)}; it must be from {minimum} to {maximum}"
        return None

    return _metadata(_check, Declared("whole_number", optional, {"minimum": minimum, "maximum": maximum}))


def choice(kind: type[Enum], *, optional: bool = False, without: tuple[Enum, ...] = ()) -> Metadata:
    """Declare a member of an enumeration, `without` those that mean nothing here."""
    members = tuple(member for member in kind if member not in without)
    names = ", ".join(member.name for member in members)

    def _check(value: object) -> Finding:
        if (isinstance(value, kind) and value not in without) or (value is None and optional):
            return None
        return "wrong_type", f"is {describe(value)}; it must be one of {kind.__name__}: {names}"

    return _metadata(_check, Declared("choice", optional, values=tuple(member.value for member in members)))


def truth() -> Metadata:
    """Declare a field that is True or False."""

    def _check(value: object) -> Finding:
        return None if isinstance(value, bool) else ("wrong_type", f"is {describe(value)}; it must be True or False")

    return _metadata(_check, Declared("truth"))


def text(*, optional: bool = False) -> Metadata:
    """Declare a text, which is not empty unless it is optional."""

    def _check(value: object) -> Finding:
        if not isinstance(value, str):
            return "wrong_type", f"is {describe(value)}; it must be a text"
        return None if value or optional else ("missing", "is empty; it must be a text")

    return _metadata(_check, Declared("text", optional))


def one_of(*kinds: type, optional: bool = False) -> Metadata:
    """Declare a value of one of some classes, whose own fields are judged too."""
    due = _one_of(kinds)

    def _check(value: object) -> Finding:
        if isinstance(value, kinds) or (value is None and optional):
            return None
        if isinstance(value, type) and issubclass(value, kinds):
            return "wrong_type", f"is the class {value.__name__}; write {value.__name__}() for a value of it"
        return "wrong_type", f"is {describe(value)}; it must be {due}"

    return _metadata(_check, Declared("one_of", optional, kinds=kinds))


def _one_of(kinds: tuple[type, ...]) -> str:
    first, *others = [kind.__name__ for kind in kinds]
    return f"one of: {', '.join([first, *others])}" if others else f"{'an' if first[0] in 'AEIOU' else 'a'} {first}"


def many(*kinds: type) -> Metadata:
    """Declare a tuple of values of some classes; each that is an attrs class is judged too."""
    names = ", ".join(kind.__name__ for kind in kinds)

    def _check(value: object) -> Finding:
        if not isinstance(value, tuple):
            return "wrong_type", f"is {describe(value)}; it must be a sequence of: {names}"
        return None

    declared = Declared("many", kinds=kinds)
    return MappingProxyType({_CHECK: _check, _DECLARED: declared, "kinds": kinds, "due": _one_of(kinds)})


def shown_only(metadata: Metadata) -> Metadata:
    """Declare besides that what a field holds is shown, and moves no grade: it is no part of a definition's digest."""
    return MappingProxyType({**metadata, _SHOWN_ONLY: True})


def is_shown_only(attribute: Attribute[Any]) -> bool:
    """Return whether a field was declared to hold what is shown and moves no grade."""
    return _SHOWN_ONLY in attribute.metadata


def word(member: Enum) -> str:
    """Return what a choice is written as in plain data: its value, or its name where that is a number."""
    return member.value if isinstance(member.value, str) else member.name.lower()


def chosen(kind: type[_Choice], value: object, name: str) -> _Choice:
    """Return a member of an enumeration, given as itself or by its value; raises `DefinitionError` for any other."""
    if type(value) is kind:
        return value
    try:
        return kind(value)
    except ValueError:
        choices = ", ".join(str(member) for member in kind)
        message = f"{name} is {describe(value)}; it must be one of: {choices}"
        raise DefinitionError([Problem("wrong_type", name, message)]) from None


def require(kinds: type | tuple[type, ...], value: object, name: str, due: str) -> None:
    """Refuse what is of another type than is due, which is said in words; raises `DefinitionError`."""
    if not isinstance(value, kinds):
        raise wrong_type(value, name, due)


def wrong_type(value: object, name: str, due: str) -> DefinitionError:
    """Return the error of a value of another type than is due."""
    return DefinitionError([Problem("wrong_type", name, f"{name} is {describe(value)}; it must be {due}")])


def declared(attribute: Attribute[Any]) -> Declared | None:
    """Return what a field was declared to hold, None where it was not declared here."""
    return attribute.metadata.get(_DECLARED)


def as_tuple(value: object) -> tuple[Any, ...]:
    """Return an iterable as a tuple; a text, a mapping, a class and anything else is left as it is, to be reported."""
    if isinstance(value, Iterable) and not isinstance(value, _ONE_VALUE):
        return tuple(value)
    return value  # type: ignore[return-value]


def as_children(value: object) -> tuple[Any, ...]:
    """Return the nodes of an iterable as a tuple, read once.

    Raises `DefinitionError` for a text, a mapping, one node given bare, a generator that is used up, and anything else.
    """
    if isinstance(value, GeneratorType) and value.gi_frame is None:
        message = "children is a generator that is used up; make a list of it to use it twice"
        raise DefinitionError([Problem("used_up", "children", message)])
    children = as_tuple(value)
    if not isinstance(children, tuple):
        hint = "; put one node in a list, too" if has(type(value)) else ""
        message = f"children is {describe(value)}; it must be a list or another iterable of nodes{hint}"
        raise DefinitionError([Problem("wrong_type", "children", message)])
    return children


def as_ids(ids: Iterable[str]) -> tuple[str, ...]:
    """Return ids as a tuple, or anything else as it is: `as_tuple`, with the type that callers see."""
    return as_tuple(ids)


def find_problems(definition: object, path: str, *, of: str = "", skip: str = "") -> Iterator[Problem]:
    """Yield every problem of the definition's fields, of the definitions in them, and between its fields.

    `of` names the definition in the messages; the field called `skip` is left to the caller.
    """
    sound = True
    kind: type[Any] = type(definition)
    for attribute in fields(kind):
        value = getattr(definition, attribute.name)
        if attribute.name != skip and not (type(value) in _PLAIN and _find(attribute, value) is None):
            for problem in _field_problems(attribute, value, path, of):
                sound = False
                yield problem
    cross = getattr(definition, "cross_problems", None)
    if sound and cross is not None:
        yield from cross(path)


class Checked:
    """A value whose fields are judged as soon as it is built; raises `DefinitionError` with every problem."""

    __slots__ = ()

    def __attrs_post_init__(self) -> None:
        problems = tuple(find_problems(self, ""))
        if problems:
            raise DefinitionError(problems)


def join(path: str, name: str) -> str:
    """Return the path to a field of what `path` leads to."""
    return f"{path}.{name}" if path else name


def _out_of_bounds(value: Fraction, minimum: float | None, maximum: float | None, above: float | None) -> Finding:
    if minimum is not None and value < minimum:
        return "too_small", f"is {describe(value)}; it must be {minimum} or more"
    if above is not None and value <= above:
        return "too_small", f"is {describe(value)}; it must be above {above}"
    if maximum is not None and value > maximum:
        return "too_large", f"is {describe(value)}; it must be {maximum} or less"
    return None


def _metadata(check: Check, declared: Declared) -> Metadata:
    return MappingProxyType({_CHECK: check, _DECLARED: declared})


_PLAIN: Final = frozenset({NoneType, bool, int, str, Fraction})
"""The types of most values: there is nothing in them that could have problems of its own."""


def _find(attribute: Attribute[Any], value: object) -> Finding:
    check: Check | None = attribute.metadata.get(_CHECK)
    return check(value) if check else None


def _field_problems(attribute: Attribute[Any], value: object, path: str, of: str) -> Iterator[Problem]:
    finding = _find(attribute, value)
    place = join(path, attribute.name)
    if finding:
        what = f"{attribute.name} of {of}" if of else attribute.name
        yield Problem(finding[0], place, f"{what} {finding[1]}")
    elif isinstance(value, tuple) and "kinds" in attribute.metadata:
        yield from _member_problems(attribute.metadata, value, place)
    elif has(type(value)):
        yield from find_problems(value, place, of=of)


def _member_problems(metadata: Metadata, members: tuple[object, ...], place: str) -> Iterator[Problem]:
    for index, member in enumerate(members):
        where = f"{place}[{index}]"
        if not isinstance(member, metadata["kinds"]):
            yield Problem("wrong_type", where, f"{where} is {describe(member)}; it must be {metadata['due']}")
        elif has(type(member)):
            yield from find_problems(member, where)
