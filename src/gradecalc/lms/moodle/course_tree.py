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

from attrs import field, frozen

from ...exact import Exact, describe, ratio
from ...gradebook.tree import MAX_ROWS, ROOT_ID
from ..documents import Document
from .aggregation_methods import METHODS, Method, default_coefficients
from .grade_bounds import Bounds

MAX_DEPTH: Final = 50
"""The most levels of categories that are read."""

_MOST: Final = 10**15
_FINEST: Final = 10**20
_DEFAULT_MOST: Final = 100
_WITHOUT_VALUE: Final = ("text", "none")


@frozen(eq=False)
class Placed:
    """A category or an item of a course; `above` is the method of the category that it is in, None for the course."""

    document: Document = field(repr=False)
    id: str
    name: str
    above: Method | None
    method: Method | None
    """Its own, None for an item."""
    bounds: Bounds
    steps: int = 0
    """Of its scale, 0 where it has none."""
    children: tuple[Placed, ...] = field(default=(), repr=False)

    @property
    def idnumber(self) -> str:
        """The name that calculations have for it: its own, unless it states an idnumber."""
        return self.document.key("idnumber") or self.name

    @property
    def calculation(self) -> str:
        """The formula of its grade, empty where it has none."""
        return self.document.text("calculation")

    @property
    def locked(self) -> bool:
        """Whether its grades stay as they are, whatever it is calculated from."""
        return self.document.truth("locked")

    @property
    def shift(self) -> Exact:
        """How far its points in the gradebook lie below Moodle's: natural weighting alone measures from 0."""
        return self.bounds.least if self.method is None and self.above is not Method.NATURAL else 0

    @property
    def extra_credit(self) -> bool:
        """Whether it is extra credit in its category."""
        return self.coefficient > 0 and self.above is not None and self.above.takes_extra_credit

    @property
    def coefficient(self) -> Exact:
        """Its weight in a weighted mean, 1 by default, or its extra credit elsewhere."""
        stated = bounded(self.document, "coef")
        if stated is not None or self.above is None:
            return stated or 0
        return default_coefficients(self.above).coefficient

    @property
    def override(self) -> Exact | None:
        """The natural weight that somebody has set, where 1 is all of the category."""
        weight = bounded(self.document, "weight")
        return weight if self.document.truth("weight_overridden") else None

    @property
    def pass_percent(self) -> Exact | None:
        """The pass mark in percent of its maximum here, None where there is none, or none that says anything."""
        mark = bounded(self.document, "pass_mark")
        if mark is None or mark <= self.bounds.least or mark < self.shift or not self.valued:
            return None
        most = self.bounds.most - self.shift
        return ratio((mark - self.shift) * 100, most) if most else None

    @property
    def valued(self) -> bool:
        """Whether it can have a grade at all: it takes one, and its range is one."""
        return self.document.text("type") not in _WITHOUT_VALUE and self.bounds.sound

    def rows(self) -> Iterator[Placed]:
        """Yield it and everything below it, in the order of the tree."""
        yield self
        for child in self.children:
            yield from child.rows()


def place(tree: Document) -> Placed:
    """Return the course of a tree; whatever is odd in it is added to the document's problems."""
    return _Placing().category(tree, None, 0)


def bounded(document: Document, name: str) -> Exact | None:
    """Return a number of a definition; one beyond all reason is reported, and read as absent."""
    found = document.number(name)
    if found is None or (-_MOST <= found <= _MOST and found.denominator <= _FINEST):
        return found
    document.get(name).report("out_of_range", f"{name} is {describe(found)}; that is beyond what a course has")
    return None


class _Placing:
    """One reading of one tree: the ids that are taken, and how much there is."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._count = 0

    def category(self, document: Document, above: Method | None, depth: int) -> Placed:
        """Place a category with all that is in it."""
        id_, name = self._named(document, ROOT_ID if above is None else "")
        method = document.choice("method", METHODS, Method.NATURAL)
        most = bounded(document, "max")
        if most is not None and most <= 0:
            document.get("max").report("wrong_value", f"max is {describe(most)}; a category is out of more than 0")
            most = None
        children = tuple(self._children(document, method, depth))
        return Placed(document, id_, name, above, method, Bounds(0, most or _DEFAULT_MOST), 0, children)

    def _children(self, document: Document, method: Method, depth: int) -> Iterator[Placed]:
        for child in document.get("children").records():
            self._count += 1
            if self._count >= MAX_ROWS or depth == MAX_DEPTH:
                child.report("too_large", f"a course has at most {MAX_ROWS} rows, nested {MAX_DEPTH} deep")
                return
            yield self.category(child, method, depth + 1) if "children" in child.value else self._item(child, method)

    def _item(self, document: Document, above: Method) -> Placed:
        id_, name = self._named(document, "")
        steps = _steps(document)
        least, most = bounded(document, "min"), bounded(document, "max")
        bounds = Bounds(
            (1 if steps else 0) if least is None else least, (steps or _DEFAULT_MOST) if most is None else most
        )
        if not bounds.sound:
            document.report(
                "wrong_range", f"nothing lies from {describe(bounds.least)} to {describe(bounds.most)} points"
            )
        return Placed(document, id_, name, above, None, bounds, steps)

    def _named(self, document: Document, reserved: str) -> tuple[str, str]:
        """Return an id of its own, and the name; the two differ only where a name stands twice."""
        name = document.text("name") or document.key("id") or f"item {self._count}"
        id_ = reserved or name
        while not reserved and (id_ in self._taken or id_ == ROOT_ID):
            id_ = f"{id_} ({self._count})"
        self._taken.add(id_)
        return id_, name


def _steps(document: Document) -> int:
    """Return how many steps a scale has, 0 where there is none."""
    scale = document.get("scale")
    if scale.value is None:
        return 0
    if isinstance(scale.value, (list, tuple)) and all(isinstance(step, str) for step in scale.value):
        return len(scale.value)
    scale.report("wrong_value", f"scale is {describe(scale.value)}; it must be a list of the names of its steps")
    return len(scale.value) if isinstance(scale.value, (list, tuple)) else 0
