# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A grade file of any system while its headings are worked out: where the rows begin, and the gradebook that they fill.

Whoever knows a system says what each heading is; ids, categories, columns that stand twice, and a gradebook that is
known already are the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Generic, TypeVar

from attrs import evolve, field

from ..errors import Problem, Severity, nearest
from ..exact import Exact, RoundingMode, describe, write_exact
from ..gradebook.aggregation import SumOfPoints
from ..gradebook.items import GradeItem
from ..gradebook.tree import Category, Gradebook, rows
from ..marks import ItemKind
from ..rounding import Rounding
from ..values import frozen
from .cells import Word, decimal, percent, symbol_or
from .documents import Expected
from .free_ids import Ids
from .imported import Imported, Learner
from .mark_sheet import Column, MarkColumns, MarkSheet
from .records import RecordSheet
from .sheet import SheetRow, open_sheet

_Who = TypeVar("_Who")

SHOWN: Final = Rounding(2, RoundingMode.HALF_UP)
"""How the gradebook of a file shows figures."""

_LOOKED_AT: Final = 20
_NO_WORDS: Final[Mapping[str, Word]] = {}


@frozen
class GradeFile:
    """An opened file: its row of headings, None where it has none, the rows below, and how its numbers are written."""

    header: SheetRow | None
    rows: Iterator[SheetRow] = field(repr=False)
    problems: list[Problem] = field(repr=False)
    number: Expected[Any] = field(repr=False)


def open_grade_file(content: str | bytes, is_header: Callable[[Sequence[str]], bool]) -> GradeFile:
    """Return a file with the first of its rows that is one of headings, which is near the top."""
    problems: list[Problem] = []
    sheet = open_sheet(content, problems)
    every = (row for row in sheet.rows() if row.fault or any(row.cells))
    header = None
    for _, row in zip(range(_LOOKED_AT), every, strict=False):
        if is_header(row.cells):
            header = row
            break
    return GradeFile(header, _readable(every, problems), problems, decimal(comma=sheet.decimal_comma))


def _readable(every: Iterator[SheetRow], problems: list[Problem]) -> Iterator[SheetRow]:
    for row in every:
        if row.fault:
            problems.append(row.fault)
        if any(row.cells):
            yield row


def without_header(file: GradeFile, system: str, headings: str, gradebook: Gradebook | None) -> Imported:
    """Return what a file gives in which there is no row of headings: nothing, and the problem that says so."""
    message = f"there is no row of headings such as {headings}; export the grades again"
    file.problems.append(Problem("no_header", "row 1", message))
    return Imported(gradebook or Gradebook(shown=SHOWN), problems=tuple(file.problems), system=system)


class FileColumns(Generic[_Who]):
    """The columns of a file by what they hold, and the gradebook that they make or that is `known`.

    `sheet` has the headings, and those of the learner's fields already; `groups` is for columns that say something of
    the learner that no field has.
    """

    def __init__(self, kind: type[_Who], file: GradeFile, header: SheetRow, known: Gradebook | None = None) -> None:
        self.sheet = RecordSheet(kind, header, file.problems)
        self.number = file.number
        self.percent = percent(file.number)
        self.items: dict[str, Column] = {}
        self.finals: list[Column] = []
        self.recorded: list[Column] = []
        self.beside: list[Column] = []
        self.groups: dict[int, str] = {}
        self._book = known
        self._known = None if known is None else _Known.of(known)
        self._ids = Ids()
        self._readings: dict[tuple[Callable[..., Any], Exact], Expected[Any]] = {}
        self._made: dict[str, GradeItem] = {}
        self._category_of: dict[str, str] = {}
        self._entered: dict[str, int] = {}
        self._category_ids: dict[str, str] = {}
        self._stated_of: dict[str, dict[str, Any]] = {}

    @staticmethod
    def fields_of(kind: type[Any], header: SheetRow) -> frozenset[str]:
        """Return the fields of a learner that headings are of."""
        return frozenset(RecordSheet(kind, header, []).places)

    def headings(self) -> Iterator[tuple[int, str]]:
        """Yield the place and the text of every heading that is of no field of the learner."""
        return ((place, self.sheet.header.cells[place]) for place in self.sheet.others)

    def knows(self, *names: str) -> bool:
        """Return whether there is a known gradebook, and it has an item of one of these ids or names."""
        return self._known is not None and not self._known.items.keys().isdisjoint(names)

    def knows_category(self, *names: str) -> bool:
        """Return whether there is a known gradebook, and it has a category of one of these ids or names."""
        return self._known is not None and not self._known.categories.keys().isdisjoint(names)

    def item(self, place: int, item: GradeItem, *names: str, mark: str = "", category: str = "") -> GradeItem | None:
        """Enter a column of marks and return its item with its id, None where a known gradebook has no such item.

        `names` are others by which a known gradebook may have it; `mark` sets apart the id of one whose name is taken.
        """
        heading = self.sheet.header.cells[place]
        if mark and self._entered.setdefault(heading, place) != place:
            message = f"column {self._entered[heading] + 1} has the same heading, and is read; delete one"
            self.tell("duplicate_column", place, message, Severity.ERROR)
            return None
        found = (
            self._make(place, item, mark, category)
            if self._known is None
            else self._find(place, item.name, names, mark)
        )
        if found is None:
            return None
        if found.id in self.items:
            message = f"column {self.items[found.id].place + 1} has the marks of {found.name!r} too, and is read"
            self.tell("duplicate_column", place, f"{message}; delete one", Severity.ERROR)
            return None
        self.items[found.id] = Column(place, found.id, kind=found.kind)
        return found

    def agree_on_maximum(self, item: GradeItem, stated: Exact | None) -> Exact | None:
        """Return what an item that was entered is out of: what a known gradebook says, and else what the file does.

        Where both say something else it is a problem: a mark may be of another whole.
        """
        if not item.max_points or item.id in self._made:
            return item.max_points or stated
        if stated and stated != item.max_points:
            known, said = write_exact(item.max_points), write_exact(stated)
            message = f"{item.name!r} is out of {known} in the gradebook, and of {said} in the file; the first holds"
            self.tell("other_maximum", self.items[item.id].place, message, Severity.ERROR)
        return item.max_points

    def reads_of(self, id_: str, how: Callable[[Exact, Expected[Any]], Expected[Any]], out_of: Exact) -> None:
        """Say how the cells of an item are read that is out of so many points, if it takes numbers."""
        key = (how, out_of)
        if key not in self._readings:
            self._readings[key] = how(out_of, self.number)
        self.reads(id_, self._readings[key])

    def reads(self, id_: str, expected: Expected[Any]) -> None:
        """Say how the cells of an item are read, if it takes numbers."""
        column = self.items[id_]
        if column.kind is not ItemKind.TEXT:
            expected = symbol_or(expected) if column.kind is ItemKind.SELECTBOX else expected
            self.items[id_] = evolve(column, expected=expected)

    def change(self, id_: str, **changes: Any) -> None:
        """Change an item that was entered, unless the gradebook is a known one."""
        if id_ in self._made:
            self._made[id_] = evolve(self._made[id_], **changes)

    def without_maximum(self, id_: str, way_out: str, *, counts: bool = False) -> None:
        """Let an item have its points and no percent, since nobody knows what it is out of, and say so (J23)."""
        if id_ in self._made:
            self.change(id_, max_points=0, counts=counts, can_exceed=True)
            so = "it has points and no percent" if counts else "it does not count"
            message = f"nothing says what {self._made[id_].name!r} is out of, so {so}; {way_out}"
            self.tell("no_maximum", self.items[id_].place, message)

    def put_into(self, category: str, ids: Iterable[str], **stated: Any) -> None:
        """Put items that were entered into a category, by its name, and say what else is known of it."""
        self._category_of.update(dict.fromkeys(ids, category))
        self._stated_of[category] = stated

    def made(self) -> dict[str, GradeItem]:
        """Return the items that the file makes, by id, in the order of their columns; of a known gradebook none."""
        return dict(self._made)

    def has_points_alone(self, unknown: Collection[str]) -> bool:
        """Return whether nothing says what any item is out of that takes numbers: the `unknown` ones are all."""
        numeric = {id_ for id_, item in self._made.items() if item.kind is not ItemKind.TEXT}
        return numeric == {*unknown}

    def category_id(self, name: str) -> str:
        """Return the id of a category by its name: that of a known gradebook, or a free one."""
        if self._known is not None:
            return self._known.categories.get(name, name)
        if name not in self._category_ids:
            self._category_ids[name] = self._ids.free(name, "category")
        return self._category_ids[name]

    def columns(self) -> MarkColumns:
        """Return the columns by what they hold."""
        return MarkColumns(items=self.items.values(), finals=self.finals, recorded=self.recorded, beside=self.beside)

    def enter(
        self,
        rows: Iterable[SheetRow],
        identify: Callable[[_Who], Learner],
        *,
        exempt: Iterable[str] = (),
        words: Mapping[str, Word] = _NO_WORDS,
    ) -> MarkSheet[_Who]:
        """Return the rows of the learners, entered; a column of texts alone becomes an item of texts."""
        marks = MarkSheet(
            self.sheet, self.columns(), identify, exempt=exempt, words=words, number=self.number, groups=self.groups
        )
        for row in rows:
            marks.enter(row)
        marks.settle_ids()
        for id_, text in (marks.columns_of_words() if self._known is None else {}).items():
            self.change(id_, kind=ItemKind.TEXT, counts=False)
            why = f"{describe(text)} stands where a number should, and so in every cell that is not blank"
            message = f"{why}; the column is kept as text and does not count, unless a definition has its scheme"
            self.tell("symbols_without_scheme", self.items[id_].place, message, Severity.ERROR)
        return marks

    def gradebook(self, of_category: Mapping[str, Any] | None = None, **stated: Any) -> Gradebook:
        """Return the known gradebook, or one of these items with what is stated of it, and of each category."""
        if self._book is not None:
            return self._book
        branches: dict[str, list[GradeItem]] = {}
        for id_, item in self._made.items():
            category = self._category_of[id_]
            branches.setdefault(f"in {category}" if category else f"item {id_}", []).append(item)
        children: list[GradeItem | Category] = []
        for key, members in branches.items():
            name = key.removeprefix("in ")
            inside = name != key and bool(self._category_of[members[0].id])
            known = {**(of_category or {}), **self._stated_of.get(name, {})}
            children.append(Category(name, members, id=self.category_id(name), **known) if inside else members[0])
        return Gradebook(children, **{"aggregation": SumOfPoints(), "shown": SHOWN, **stated})

    def tell(self, code: str, place: int, message: str, severity: Severity = Severity.NOTICE) -> None:
        """Say something of a heading."""
        self.sheet.cell(self.sheet.header, place).report(code, message, severity)

    def say(self, code: str, message: str, severity: Severity = Severity.NOTICE) -> None:
        """Say something of the whole file."""
        self.sheet.problems.append(Problem(code, "", message, severity))

    def _make(self, place: int, item: GradeItem, mark: str, category: str) -> GradeItem:
        id_ = self._ids.free(item.name, _mark(place, mark))
        if id_ != item.name:
            message = f"{item.name!r} has the id {id_!r}, because another item or the gradebook has its name"
            self.tell("renamed", place, message)
        self._made[id_] = evolve(item, id=id_)
        self._category_of[id_] = category
        return self._made[id_]

    def _find(self, place: int, name: str, names: Sequence[str], mark: str) -> GradeItem | None:
        """Return the known item that a column has the marks of: by an id, or else the next that is called so."""
        known = self._known.items if self._known else {}
        ids = (f"{name} ({_mark(place, mark)})", *names, name)
        by_id = [item for each in ids for item in known.get(each, ()) if item.id == each]
        by_name = [item for each in (name, *names) for item in known.get(each, ())]
        found = [*by_id, *by_name]
        if not found:
            message = f"{name!r} is no item of the gradebook{nearest(name, known)}; the column is not read"
            self.tell("unknown_column", place, message, Severity.ERROR)
            return None
        return next((item for item in found if item.id not in self.items), found[0])


def _mark(place: int, mark: str) -> str:
    """Return what sets the id of a column apart of which another has the name (J20)."""
    return mark or f"column {place + 1}"


def names_in(gradebook: Gradebook) -> frozenset[str]:
    """Return the ids and names by which a gradebook knows its items."""
    return frozenset(_Known.of(gradebook).items)


@frozen
class _Known:
    """What a gradebook has by id and by name: its items, and the ids of its categories, of two the first."""

    items: Mapping[str, Sequence[GradeItem]]
    categories: Mapping[str, str]

    @classmethod
    def of(cls, gradebook: Gradebook) -> _Known:
        """Return what a gradebook has."""
        nodes = [row.node for row in rows(gradebook)]
        items: dict[str, list[GradeItem]] = {}
        for item in (node for node in nodes if isinstance(node, GradeItem)):
            for key in dict.fromkeys((item.id, item.name)):
                items.setdefault(key, []).append(item)
        categories = [node for node in reversed(nodes) if isinstance(node, Category)]
        return cls(
            items,
            {**{node.id: node.id for node in categories}, **{node.name: node.id for node in categories}},
        )
