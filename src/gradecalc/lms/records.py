# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""Records of rows and of documents, read by a description that stands at the fields of the class that they become.

A field declares the name that the source has for it, what is expected there, and other names for it; a class declares
its fields once, whether it is read from the rows under a row of headings or from the objects of parsed JSON:

>>> from attrs import field
>>> from gradecalc.lms.documents import AMOUNT, KEY
>>> from gradecalc.lms.sheet import split
>>> @frozen
... class Lap:
...     runner: str = field(metadata=named("runner", KEY, "Runner's name"))
...     seconds: object = field(default=None, metadata=named("seconds", AMOUNT))
>>> problems = []
>>> laps = Document([{"runner": 7, "seconds": "61.5"}, {"seconds": 60}], "laps", problems)
>>> list(read_records(Lap, laps.records()))
[Lap(runner='7', seconds=Fraction(123, 2))]
>>> header, *rows = split(["Runner's name,Seconds\n", "Ada,sixty\n"], ",", problems)
>>> sheet = RecordSheet(Lap, header, problems)
>>> [sheet.read(row) for row in rows]
[Lap(runner='Ada')]
>>> for problem in problems:
...     print(problem)
laps[1].runner: there is no runner, so the record is not read
row 2, column 'Seconds': seconds is 'sixty'; it must be a number of 0 or more in decimals

What is absent, null or empty has the field's default, silently, and what is not as expected has it too, with a
problem. A field without a default is required: a record that lacks it is no record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, Generic, Protocol, TypeVar

from attrs import NOTHING, Attribute, fields

from ..errors import Problem, Severity
from ..values import frozen
from .documents import TEXT, Document, Expected
from .sheet import SheetRow

_Record = TypeVar("_Record")
_Value = TypeVar("_Value")
_Default = TypeVar("_Default")
Metadata = Mapping[str, Any]

_NAMED: Final = "gradecalc.named"
_LONGEST_SHOWN: Final = 120
_MOST_REMEMBERED: Final = 1_000


@frozen
class _Named:
    names: tuple[str, ...]
    expected: Expected[Any]
    required: bool
    wanted: bool
    repeats: bool


class HasValues(Protocol):
    """What has values by name, such as an object of parsed JSON or a row under headings."""

    def look(self, name: str) -> Any:
        """Return the value of a name, None where there is none."""

    def find(self, name: str) -> Document:
        """Return that value with the way to it, for problems."""

    def report(self, code: str, message: str, severity: Severity = Severity.ERROR) -> None:
        """Add a problem whose path leads here."""


_AnySource = TypeVar("_AnySource", bound=HasValues)


def named(
    name: str,
    expected: Expected[Any] = TEXT,
    *aliases: str,
    required: bool = False,
    wanted: bool = False,
    repeats: bool = False,
) -> Metadata:
    """Declare a field by its name in the source, what is expected there, and other names for it.

    Names of headings fit in any case; a name of a document may lead through objects, as `scoring.weight` does. What is
    read must have a field that is `required`, even if the class has a default for it. A column that is `wanted` is
    reported where there is none. What `repeats`, as sections do, is read once for each text of a sheet.
    """
    return MappingProxyType({_NAMED: _Named((name, *aliases), expected, required, wanted, repeats)})


def names_of(kind: type[Any]) -> dict[str, str]:
    """Return the names that a class declares, by those of its fields; where a field has several, the first."""
    return {each.name: how.names[0] for each, how in _declared(kind)}


def read_record(kind: type[_Record], source: HasValues, /, **given: Any) -> _Record | None:
    """Return what a source states as a value of a class, or None where something required is not there.

    Fields that are `given` have these values and are not read.
    """
    values, whole = dict(given), True
    for each, how in _declared(kind):
        if each.name in given:
            continue
        name = next((name for name in how.names if _is_stated(source.look(name))), None)
        value = NOTHING if name is None else _read(source, name, how)
        if value is not NOTHING:
            values[each.name] = value
        elif _is_required(each, how):
            whole = False
            if name is None:
                message = f"there is no {how.names[0]}, so the record is not read"
                source.find(how.names[0]).report("missing", message)
    return kind(**values) if whole else None


def read_records(
    kind: type[_Record], sources: Iterable[_AnySource], given: Callable[[_AnySource], Mapping[str, Any]] | None = None
) -> Iterator[_Record]:
    """Yield the record of each source, unless something required is not there.

    `given` says for a source which fields are not read, and their values.
    """
    for each in sources:
        record = read_record(kind, each, **(given(each) if given else {}))
        if record is not None:
            yield record


def enter(found: dict[str, _Record], key: str, record: _Record, source: HasValues, what: str) -> bool:
    """Enter a record under its key and return True, unless there is one already: the first holds."""
    if key in found:
        source.report("duplicate_id", f"there is {what} {key} already; this one is not read")
        return False
    found[key] = record
    return True


class _Readings(dict[str, Any]):
    """What texts that repeat mean, so that all who have one share its value."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Any:
        value = self._read(text)
        if len(self) < _MOST_REMEMBERED:
            self[text] = value
        return value


class RecordSheet(Generic[_Record]):
    """Rows under a row of headings, which become values of a class; `others` are the places that no field has.

    Unless cells are `quoted`, no problem shows what one says. Of two columns of one field the first is read.
    """

    def __init__(self, kind: type[_Record], header: SheetRow, problems: list[Problem], *, quoted: bool = True) -> None:
        self.header = header
        self.problems = problems
        self.quoted = quoted
        self.places: dict[str, int] = {}
        self.others: list[int] = []
        self._kind = kind
        self._columns = [f"column {heading[:_LONGEST_SHOWN]!r}" for heading in header.cells]
        self._headed = frozenset(place for place, heading in enumerate(header.cells) if heading)
        self._bare = [place for place, heading in enumerate(header.cells) if not heading]
        self._last = max(self._headed, default=-1)
        self._of_name: dict[str, int] = {}
        self._plain: list[tuple[str, int, Callable[[Any], Any], bool]] | None = []
        fields_of = {_fold(name): each for each, how in _declared(kind) for name in how.names}
        for place in sorted(self._headed):
            self._enter(place, fields_of.get(_fold(header.cells[place])))
        for each, how in _declared(kind):
            required = _is_required(each, how)
            if each.name in self.places:
                self._of_name.update(dict.fromkeys(how.names, self.places[each.name]))
                if self._plain is not None:
                    read = _Readings(how.expected.read).__getitem__ if how.repeats else how.expected.read
                    self._plain.append((each.name, self.places[each.name], read, required))
            elif how.wanted or required:
                self._plain = None if required else self._plain
                problems.append(Problem("missing_column", header.path, f"there is no column {how.names[0]!r}; add it"))

    def look(self, row: SheetRow, name: str) -> str | None:
        """Return the text in a row under a heading, by any name of its field; None where there is none."""
        place = self._of_name.get(name)
        return None if place is None else self.text(row, place)

    def find(self, row: SheetRow, name: str) -> Document:
        """Return what stands there, with the way to it."""
        place = self._of_name.get(name)
        return Document(None, row.path, self.problems) if place is None else self.cell(row, place)

    def read(self, row: SheetRow, /, **given: Any) -> _Record | None:
        """Return what a row states, or None where something required is not there; fields may be `given`."""
        plain = None if given else self._read_plainly(row.cells)
        return read_record(self._kind, _Cells(self, row), **given) if plain is None else plain

    def text(self, row: SheetRow, place: int) -> str | None:
        """Return the text in a row at a place; blank is None."""
        return (row.cells[place] if place < len(row.cells) else "") or None

    def value(self, row: SheetRow, place: int, expected: Expected[_Value], default: _Default) -> _Value | _Default:
        """Return what stands in a row at a place, read as expected, or the default where it is something else."""
        text = self.text(row, place)
        try:
            return default if text is None else expected.read(text)
        except (ValueError, KeyError):
            return self.cell(row, place).read(expected, default, "the cell")

    def cell(self, row: SheetRow, place: int) -> Document:
        """Return what stands in a row at a place, with the way to it."""
        return Document(self.text(row, place), f"{row.path}, {self.column(place)}", self.problems, self.quoted)

    def column(self, place: int) -> str:
        """Return the words by which problems name a column."""
        return self._columns[place]

    def has_strays(self, row: SheetRow) -> bool:
        """Return whether there are cells under no heading, which is reported: they may be out of place."""
        cells = row.cells
        bare = any(cells[place] for place in self._bare if place < len(cells)) if self._bare else False
        strays = bare or (len(cells) > len(self.header.cells) and any(cells[len(self.header.cells) :]))
        if strays:
            message = "the row has cells under no heading, which are not read; quote a cell that has a comma in it"
            self.problems.append(Problem("cell_without_heading", row.path, message))
        return strays

    def is_short(self, row: SheetRow) -> bool:
        """Return whether there are fewer cells than headings, which is noticed."""
        short = len(row.cells) <= self._last
        if short:
            message = "the row is shorter than the headings; what is missing is taken as blank"
            self.problems.append(Problem("short_row", row.path, message, Severity.NOTICE))
        return short

    def _read_plainly(self, cells: list[str]) -> _Record | None:
        """Return what a row states in which there is nothing to say of the fields, as in most; None for any other."""
        values: dict[str, Any] = {}
        if self._plain is None or len(cells) <= self._last:
            return None
        try:
            for name, place, read, required in self._plain:
                if cells[place]:
                    values[name] = read(cells[place])
                elif required:
                    return None
        except (ValueError, KeyError):
            return None
        return self._kind(**values)

    def _enter(self, place: int, attribute: Attribute[Any] | None) -> None:
        if attribute is None:
            self.others.append(place)
        elif attribute.name in self.places:
            path = f"{self.header.path}, {self.column(place)}"
            message = f"the column says what column {self.places[attribute.name] + 1} says, which is read; delete one"
            self.problems.append(Problem("duplicate_column", path, message))
        else:
            self.places[attribute.name] = place


@frozen
class _Cells:
    """A row under headings, as a source."""

    sheet: RecordSheet[Any]
    row: SheetRow

    def look(self, name: str) -> Any:
        """Return what stands under a heading."""
        return self.sheet.look(self.row, name)

    def find(self, name: str) -> Document:
        """Return what stands under a heading, with the way to it."""
        return self.sheet.find(self.row, name)

    def report(self, code: str, message: str, severity: Severity = Severity.ERROR) -> None:
        """Add a problem whose path leads to the row."""
        self.sheet.problems.append(Problem(code, self.row.path, message, severity))


def _declared(kind: type[Any]) -> tuple[tuple[Attribute[Any], _Named], ...]:
    return tuple((each, each.metadata[_NAMED]) for each in fields(kind) if _NAMED in each.metadata)


def _read(source: HasValues, name: str, how: _Named) -> Any:
    """Return the value of a name as it is expected, or NOTHING; only what is not so needs the way to it."""
    try:
        return how.expected.read(source.look(name))
    except (ValueError, KeyError):
        return source.find(name).read(how.expected, NOTHING, how.names[0])


def _is_stated(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value)


def _is_required(attribute: Attribute[Any], how: _Named) -> bool:
    return how.required or attribute.default is NOTHING


def _fold(heading: str) -> str:
    return " ".join(heading.replace("\u2019", "'").split()).lower()
