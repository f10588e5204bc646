# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The tree of a course as it is read: each category and item placed, with its id, its range and what stands above it.

>>> problems = []
>>> root = place(Document({"name": "course", "children": [{"name": "Essay", "max": 20}]}, "", problems))
>>> [(child.id, child.bounds) for child in root.children]
[('Essay', Bounds(least=0, most=20))]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import field

from ...exact import Exact, describe, ratio
from ...gradebook.tree import MAX_ROWS, ROOT_ID
from ...values import frozen
from ..documents import Document
from .aggregation_methods import Method, default_coefficients
from .course_fields import DEFAULT_MOST, RowFields, read_row
from .grade_bounds import Bounds

MAX_DEPTH: Final = 50
"""The most levels of categories that are read."""

_WITHOUT_VALUE: Final = ("text", "none")
_BY_POINTS: Final = (Method.NATURAL, Method.SIMPLE_WEIGHTED_MEAN)


@frozen(eq=False)
class Placed:
    """A category or an item of a course; `above` is the method of the category that it is in, None for the course."""

    document: Document = field(repr=False)
    stated: RowFields = field(repr=False)
    id: str
    name: str
    above: Method | None
    method: Method | None
    """Its own, None for an item."""
    bounds: Bounds
    children: tuple[Placed, ...] = field(default=(), repr=False)

    @property
    def idnumber(self) -> str:
        """The name that calculations have for it: its own, unless it states an idnumber."""
        return self.stated.idnumber or self.name

    @property
    def steps(self) -> int:
        """How many steps its scale has, 0 where it has none."""
        return self.stated.steps if self.method is None else 0

    @property
    def shift(self) -> Exact:
        """How far its points in the gradebook lie below Moodle's: natural weighting alone measures from 0."""
        if self.method is not None or self.above is Method.NATURAL:
            return 0
        return self.bounds.most - 1 if self.is_full(self.bounds) else self.bounds.least

    def is_full(self, bounds: Bounds) -> bool:
        """Return whether a grade in a range is full whatever it is, and so 1 of 1 here: the range has no width.

        Where points weigh, an item without any weighs nothing, and stays out of 0.
        """
        return self.method is None and self.above not in _BY_POINTS and not bounds.width and bounds.sound

    @property
    def range(self) -> Exact:
        """What it is out of in the gradebook."""
        return self.bounds.most - self.shift

    @property
    def extra_credit(self) -> bool:
        """Whether it is extra credit in its category."""
        return self.above is not None and self.above.takes_extra_credit and self.coefficient > 0

    @property
    def coefficient(self) -> Exact:
        """Its weight in a weighted mean, 1 by default, or its extra credit elsewhere."""
        stated = self.stated.coefficient
        if stated is not None or self.above is None:
            return stated or 0
        return default_coefficients(self.above).coefficient

    @property
    def override(self) -> Exact | None:
        """The natural weight that somebody has set, where 1 is all of the category."""
        return self.stated.weight if self.stated.weight_overridden else None

    @property
    def pass_percent(self) -> Exact | None:
        """The pass mark in percent of its maximum here, None where there is none, or none that says anything.

        One below the least grade is passed by whoever has a grade, and one below 0 under natural weighting is not said.
        """
        mark, least = self.stated.pass_mark, self.bounds.least
        if mark is None or mark == least or (self.steps and not mark) or not self.valued:
            return None
        most, needed = self.bounds.most - self.shift, mark - self.shift
        return ratio(max(needed, 0) * 100, most) if most and (needed >= 0 or least == self.shift) else None

    @property
    def valued(self) -> bool:
        """Whether it can have a grade at all: it takes one, and its range is one."""
        return self.stated.type not in _WITHOUT_VALUE and self.bounds.sound

    def rows(self) -> Iterator[Placed]:
        """Yield it and everything below it, in the order of the tree."""
        yield self
        for child in self.children:
            yield from child.rows()


def place(tree: Document) -> Placed:
    """Return the course of a tree; whatever is odd in it is added to the document's problems."""
    return _Placing().category(tree, None, 0)


class _Placing:
    """One reading of one tree: the ids that are taken, and how much there is."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._count = 0

    def category(self, document: Document, above: Method | None, depth: int) -> Placed:
        """Place a category with all that is in it."""
        stated = read_row(document)
        id_, name = self._named(stated, ROOT_ID if above is None else "")
        most = stated.most
        if most is not None and most <= 0:
            document.get("max").report("wrong_value", f"max is {describe(most)}; a category is out of more than 0")
            most = None
        children = tuple(self._children(document, stated.method, depth))
        return Placed(document, stated, id_, name, above, stated.method, Bounds(0, most or DEFAULT_MOST), children)

    def _children(self, document: Document, method: Method, depth: int) -> Iterator[Placed]:
        for child in document.get("children").records():
            self._count += 1
            if self._count >= MAX_ROWS or depth == MAX_DEPTH:
                child.report("too_large", f"a course has at most {MAX_ROWS} rows, nested {MAX_DEPTH} deep")
                return
            yield self.category(child, method, depth + 1) if "children" in child.value else self._item(child, method)

    def _item(self, document: Document, above: Method) -> Placed:
        stated = read_row(document)
        id_, name = self._named(stated, "")
        bounds = stated.item_bounds
        if not bounds.sound:
            document.report(
                "wrong_range", f"nothing lies from {describe(bounds.least)} to {describe(bounds.most)} points"
            )
        return Placed(document, stated, id_, name, above, None, bounds)

    def _named(self, stated: RowFields, reserved: str) -> tuple[str, str]:
        """Return an id of its own, and the name; the two differ only where a name stands twice."""
        name = stated.name or stated.number or f"item {self._count}"
        id_ = reserved or name
        while not reserved and (id_ in self._taken or id_ == ROOT_ID):
            id_ = f"{id_} ({self._count})"
        self._taken.add(id_)
        return id_, name
