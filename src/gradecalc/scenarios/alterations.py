# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A gradebook with some of its settings changed, some work added, and single items left out or never dropped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from attrs import Factory, evolve, field, fields_dict

from ..errors import DefinitionError, Problem, nearest
from ..exact import describe
from ..gradebook.items import GradeItem
from ..gradebook.tree import Category, Gradebook, Node, rows
from ..values import frozen

Settings = Mapping[str, Mapping[str, Any]]
"""What is changed, by the id of an item, a category or the gradebook (`"final"`), and by the name of its field."""

Additions = Mapping[str, Node | Iterable[Node]]
"""Work that is not in the gradebook yet, by the id of the branch that it comes into."""


_Branch = TypeVar("_Branch", Gradebook, Category)


def _as_nodes(value: Additions) -> dict[str, tuple[Node, ...]]:
    return {id_: tuple(added) if isinstance(added, Iterable) else (added,) for id_, added in value.items()}


@frozen(kw_only=True)
class Alterations:
    """All that is changed of a gradebook."""

    settings: Settings = field(factory=dict)
    add: Mapping[str, tuple[Node, ...]] = field(default=Factory(dict), converter=_as_nodes)
    drop: Collection[str] = ()
    keep: Collection[str] = ()

    def any(self) -> bool:
        """Whether anything is changed."""
        return bool(self.settings or self.add or self.drop or self.keep)

    def apply(self, book: Gradebook) -> Gradebook:
        """Return the changed gradebook; raises `DefinitionError` with every change that cannot be made (WI4)."""
        problems = list(self._problems({row.node.id: row.node for row in rows(book)}))
        if problems:
            raise DefinitionError(problems)
        return self._branch(book)

    def _problems(self, nodes: Mapping[str, Gradebook | Node]) -> Iterator[Problem]:
        for id_ in (*self.settings, *self.add, *self.drop, *self.keep):
            if id_ not in nodes:
                message = f"no item or category {describe(id_)} in the gradebook{nearest(id_, nodes)}"
                yield Problem("unknown_id", describe(id_).strip("'"), message)
        for id_, settings in self.settings.items():
            yield from _unknown_fields(nodes.get(id_), settings)
        for id_ in self.add:
            yield from _only(nodes.get(id_), lambda node: isinstance(node, (Gradebook, Category)), _NOT_A_BRANCH)
        for id_ in (*self.drop, *self.keep):
            yield from _only(nodes.get(id_), lambda node: not isinstance(node, Gradebook), _NOT_BELOW)

    def _branch(self, book: Gradebook) -> Gradebook:
        return evolve(self._children(book), **self.settings.get(book.id, {}))

    def _node(self, node: Node) -> Node:
        changed = self._children(node) if isinstance(node, Category) else node
        settings = dict(self.settings.get(node.id, {}))
        if node.id in self.drop:
            settings["counts"] = False
        return evolve(changed, **settings)

    def _children(self, branch: _Branch) -> _Branch:
        children = [*map(self._node, branch.children), *self.add.get(branch.id, ())]
        kept: tuple[str, ...] = tuple(child.id for child in branch.children if child.id in self.keep)
        drop = evolve(branch.drop, never=(*branch.drop.never, *kept)) if kept else branch.drop
        return evolve(branch, children=children, drop=drop)


_NOT_A_BRANCH = "takes no work: name a category, or 'final' for the gradebook itself"
_NOT_BELOW = "is the gradebook itself: name an item or a category of it"


def _unknown_fields(node: Gradebook | Node | None, settings: Mapping[str, Any]) -> Iterator[Problem]:
    known = [] if node is None else [each for each in fields_dict(type(node)) if each != "id"]
    for name in settings:
        if node is not None and name not in known:
            message = f"{node.name!r} has no setting {describe(name)}{nearest(name, known)}"
            yield Problem("unknown_setting", f"{node.id}.{name}", message)


def _only(node: Gradebook | Node | None, fits: Callable[[Gradebook | Node], bool], otherwise: str) -> Iterator[Problem]:
    if node is not None and not fits(node):
        kind = "item" if isinstance(node, GradeItem) else "place"
        yield Problem(f"wrong_{kind}", node.id, f"{node.name!r} {otherwise}")
