# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The columns of a Brightspace grade export: the gradebook that they make, and where each thing stands in a row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve

from ...errors import Problem, Severity, nearest
from ...exact import RoundingMode, ratio, write_exact
from ...gradebook.aggregation import SumOfPoints
from ...gradebook.items import GradeItem
from ...gradebook.tree import Category, Gradebook, rows
from ...gradebook.weights import WeightedMean
from ...marks import ItemKind, UngradedPolicy
from ...rounding import Rounding
from ...values import frozen
from ..free_ids import Ids
from ..mark_sheet import Column, MarkColumns
from ..records import RecordSheet
from ..sheet import SheetRow
from .headings import (
    ExportRow,
    Heading,
    ItemHeading,
    ResultHeading,
    ResultOf,
    of_symbols,
    parse_heading,
)
from .shares import exact_shares

_SHOWN: Final = Rounding(2, RoundingMode.HALF_EVEN)
_OF_WORDS: Final = frozenset({ItemKind.TEXT, ItemKind.SELECTBOX})
_OF_GRADES: Final = re.compile(r" (?:Numerator|Denominator|Grade)(?: <[^<>]*>)?$", re.IGNORECASE)
"""How the headings end of what is graded, were they of no form that is known."""
_AnyNode = GradeItem | Category


def count_known(header: SheetRow) -> int:
    """Return how many cells of a row are headings of a known form."""
    sheet = RecordSheet(ExportRow, header, [])
    return len(sheet.places) + sum(parse_heading(header.cells[place]) is not None for place in sheet.others)


@frozen
class LaidOut:
    """The gradebook that a row of headings makes, or the one that is given, and where everything stands.

    `groups` are the columns that say which groups a learner is in, `symbols` those that have the symbols of an item
    and may turn out to have its percents.
    """

    gradebook: Gradebook
    sheet: RecordSheet[ExportRow]
    columns: MarkColumns
    groups: Mapping[int, str]
    symbols: Mapping[Column, ItemHeading]


def lay_out(
    header: SheetRow, ungraded: UngradedPolicy, problems: list[Problem], gradebook: Gradebook | None = None
) -> LaidOut:
    """Return what a row of headings makes."""
    layout = _Layout(header, problems, gradebook)
    book, columns = layout.gradebook(ungraded) if gradebook is None else gradebook, layout.columns()
    by_symbol = {layout.ids[each]: each for each in layout.items if each.symbols and gradebook is None}
    symbols = {column: by_symbol[column.of] for column in columns.items if column.of in by_symbol}
    return LaidOut(book, layout.sheet, columns, layout.groups, symbols)


@frozen
class _Known:
    """What a gradebook has by name: its items, and the ids of its categories; of two of one name the first."""

    items: Mapping[str, GradeItem]
    categories: Mapping[str, str]

    @classmethod
    def of(cls, gradebook: Gradebook) -> _Known:
        """Return what a gradebook has by name."""
        nodes = [row.node for row in reversed(rows(gradebook))]
        items = {node.name: node for node in nodes if isinstance(node, GradeItem)}
        return cls(items, {node.name: node.id for node in nodes if isinstance(node, Category)})


def _owners(headings: Iterable[Heading | None]) -> Iterator[Heading]:
    """Yield the headings that say that there is something of their name, of which symbols may be."""
    for each in headings:
        if each is not None and not (isinstance(each, ResultHeading) and each.source is ResultOf.ANY):
            yield each


class _Layout:
    """A row of headings while it is worked out; `places` and `ids` are in the order of the columns.

    `ids` holds the id of each item by its heading, and of each category by its name.
    """

    def __init__(self, header: SheetRow, problems: list[Problem], known: Gradebook | None) -> None:
        self.sheet = RecordSheet(ExportRow, header, problems)
        self.problems = problems
        self.known = None if known is None else _Known.of(known)
        self.places: dict[Heading, int] = {}
        self.groups: dict[int, str] = {}
        parsed = {place: parse_heading(header.cells[place]) for place in self.sheet.others}
        first = next((place for place, heading in parsed.items() if heading), 0)
        owners = {each.of if isinstance(each, ResultHeading) else each.name for each in _owners(parsed.values())}
        for place, heading in parsed.items():
            if heading is None and place < first and not _OF_GRADES.search(header.cells[place]):
                self._enter_group(place, header.cells[place])
            else:
                self._place(place, self._alone(heading, owners))
        self.items = [heading for heading in self.places if isinstance(heading, ItemHeading)]
        self.ids: dict[ItemHeading | str, str] = {}
        if self.known is None:
            self._choose_ids()
        else:
            self._take_ids(self.known)

    def columns(self) -> MarkColumns:
        """Return the columns by what they hold."""
        results = [each for each in self.places if isinstance(each, ResultHeading)]
        finals = [each for each in results if each.source is ResultOf.FINAL]
        return MarkColumns(
            items=(Column(self.places[each], self.ids[each], kind=each.kind) for each in self.items),
            finals=(Column(self.places[each], each.of, each.part) for each in finals),
            recorded=self._recorded_columns(each for each in results if each not in finals),
        )

    def gradebook(self, ungraded: UngradedPolicy) -> Gradebook:
        """Return the gradebook; a category stands at the place of its first item."""
        branches: dict[ItemHeading | str, list[ItemHeading]] = {}
        for item in self.items:
            branches.setdefault(item.category or item, []).append(item)
        children = self._with_shares(
            "",
            [
                self._category(branch, members) if isinstance(branch, str) else branch.item(self.ids[branch])
                for branch, members in branches.items()
            ],
        )
        weighted = any(item.weight is not None or item.category_weight is not None for item in self.items)
        aggregation = WeightedMean() if weighted else SumOfPoints()
        return Gradebook(children, aggregation=aggregation, ungraded=ungraded, shown=_SHOWN)

    def _enter_group(self, place: int, text: str) -> None:
        """Enter a column of groups: one of any name before everything that is graded."""
        if text in self.groups.values():
            self._report("duplicate_column", place, f"there is a column {text!r} already; delete one")
            return
        self.groups[place] = text
        message = f"{text!r} stands before what is graded; it is kept with the learners, as what they are in"
        self._report("group_column", place, message, Severity.NOTICE)

    def _alone(self, heading: Heading | None, owners: Collection[str]) -> Heading | None:
        """Return a heading, that of symbols as an item's where nothing else in the file is of the item."""
        if not isinstance(heading, ResultHeading) or heading.source is not ResultOf.ANY or heading.of in owners:
            return heading
        known = self.known and self.known.items.get(heading.of)
        if self.known is None or (known and known.kind in _OF_WORDS):
            return of_symbols(heading.of)
        return heading

    def _place(self, place: int, parsed: Heading | None) -> None:
        """Enter a heading, unless nothing can be made of it or it is there already."""
        heading = self._recognize(parsed)
        if isinstance(heading, str):
            self._report("unknown_column", place, f"{heading}; the column is not read")
        elif heading in self.places:
            message = f"the column says what column {self.places[heading] + 1} says, which is read; delete one"
            self._report("duplicate_column", place, message)
        else:
            self.places[heading] = place
            if isinstance(heading, ItemHeading) and heading.doubt:
                self._report(heading.doubt.code, place, heading.doubt.message, heading.doubt.severity)

    def _recognize(self, heading: Heading | None) -> Heading | str:
        """Return the heading, that of an item as that of the known one, or why the column is not read."""
        if heading is None:
            return "the heading is of no known form"
        if self.known is None or not isinstance(heading, ItemHeading):
            return heading
        item = self.known.items.get(heading.name)
        if item is None:
            return f"{heading.name!r} is no item of the gradebook{nearest(heading.name, self.known.items)}"
        return heading.of(item)

    def _take_ids(self, known: _Known) -> None:
        """Give items and categories the ids of the gradebook that is known."""
        self.ids.update((name, id_) for name, id_ in known.categories.items())
        self.ids.update((item, known.items[item.name].id) for item in self.items)

    def _choose_ids(self) -> None:
        """Give items, and then categories, their name as id, or what else is free."""
        taken = Ids()
        alike: Counter[str] = Counter()
        first: dict[str, ItemHeading] = {}
        for item in self.items:
            alike[item.name] += 1
            what = f"item {alike[item.name]}" if alike[item.name] > 1 else "item"
            self.ids[item] = self._free_id(item.name, what, item, taken)
            if item.category:
                first.setdefault(item.category, item)
        for name, item in first.items():
            self.ids[name] = self._free_id(name, "category", item, taken)

    def _free_id(self, name: str, what: str, item: ItemHeading, taken: Ids) -> str:
        id_ = taken.free(name, what)
        if id_ != name:
            message = f"{name!r} has the id {id_!r}, because another item or the gradebook has its name"
            self._report("renamed", self.places[item], message, Severity.NOTICE)
        return id_

    def _category(self, name: str, members: Sequence[ItemHeading]) -> Category:
        """Return a category with the first weight that its items state for it."""
        stating = [each for each in members if each.category_weight is not None]
        weight = stating[0].category_weight if stating else None
        for item in stating:
            if item.category_weight != weight:
                message = f"the heading gives category {name!r} another weight than the first of its items, which holds"
                self._report("other_category_weight", self.places[item], message)
        children = self._with_shares(name, [each.item(self.ids[each]) for each in members])
        return Category(name, children, weight=weight, id=self.ids[name])

    def _with_shares(self, category: str, children: Sequence[_AnyNode]) -> list[_AnyNode]:
        """Return the children of a branch, with exact shares for rounded weights that sum to the whole."""
        weighted = [each for each in children if each.weight is not None]
        shares = exact_shares([each.weight for each in weighted if each.weight is not None])
        changed = {each.id: share for each, share in zip(weighted, shares, strict=True) if share != each.weight}
        if changed:
            where = f" in {category!r}" if category else ""
            message = f"{len(changed)} weights{where} are read as the shares that they are rounded from, such as "
            example = write_exact(ratio(next(iter(changed.values())), 100))
            problem = Problem("exact_shares", self.sheet.header.path, f"{message}{example}", Severity.NOTICE)
            self.sheet.problems.append(problem)
        return [evolve(each, weight=changed.get(each.id, each.weight)) for each in children]

    def _recorded_columns(self, headings: Iterable[ResultHeading]) -> Iterator[Column]:
        """Yield the columns of results whose item or category is in the gradebook."""
        items = {item.name: self.ids[item] for item in reversed(self.items)}
        for each in headings:
            of = self._owner(each, items)
            if of:
                yield Column(self.places[each], of, each.part)
            else:
                message = f"no column belongs to {each.of!r}; the results in this one are not read"
                self._report("unknown_result", self.places[each], message)

    def _owner(self, heading: ResultHeading, items: Mapping[str, str]) -> str | None:
        """Return the id of what a result is of: a calculated item's is its name, since the gradebook has no such."""
        name = heading.of
        computed = ResultHeading(ResultOf.CALCULATED, name, "points") in self.places
        match heading.source:
            case ResultOf.ANY:
                return items.get(name) or self.ids.get(name) or (name if computed else None)
            case ResultOf.CATEGORY:
                return self.ids.get(name) or (items.get(f"{name} Subtotal") if heading.part == "symbol" else None)
            case _:
                return name

    def _report(self, code: str, place: int, message: str, severity: Severity = Severity.ERROR) -> None:
        self.sheet.cell(self.sheet.header, place).report(code, message, severity)
