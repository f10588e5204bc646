# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What the formulas and calculated items of a gradebook name: read, found, and put in an order that can be worked out.

In a gradebook a formula is text and an item is named by its id. Here each name is found at its row, and a circle of
things that need each other is reported with its whole path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import takewhile
from typing import Final

from attrs import field

from ..errors import FormulaError, Problem, nearest
from ..exact import describe
from ..fields import join
from ..formula import Formula, lint
from ..gradebook.aggregation import ByFormula
from ..gradebook.items import CalculatedItem, FormulaItem, GradeItem
from ..gradebook.replacement import ReplacedBy, ReplaceLowest
from ..gradebook.tree import (
    ROOT_ID,
    BookRow,
    Category,
    Gradebook,
)
from ..marks import ItemKind
from ..values import frozen

_LONGEST_CYCLE_SHOWN: Final = 10


@frozen
class Names:
    """What a row names: a formula with the row of each name in it, or the rows that a calculated item is over."""

    formula: Formula | None
    rows: Mapping[str, int]


@frozen
class Sources:
    """The rows whose results replace that of each row, and those that replace the lowest of each row's children."""

    of_rows: Mapping[int, tuple[int, ...]] = field(factory=dict)
    of_lowest: Mapping[int, tuple[int, ...]] = field(factory=dict)


@frozen
class References:
    """What each row names; an order that visits every row after those it needs; and what is wrong with the names."""

    named: Mapping[int, Names]
    order: tuple[int, ...]
    problems: tuple[Problem, ...]
    sources: Sources = field(factory=Sources)


def find_references(laid_out: Sequence[BookRow]) -> References:
    """Return what the rows name; a row with a name that cannot be read or found has a problem and names nothing."""
    index = {row.node.id: line for line, row in enumerate(laid_out) if isinstance(getattr(row.node, "id", None), str)}
    named: dict[int, Names] = {}
    problems: list[Problem] = []
    for line, row in enumerate(laid_out):
        try:
            found = _find_names(row, index, laid_out, problems)
        except FormulaError as error:
            problems.append(Problem(error.code, formula_path(row), str(error)))
        else:
            named.update({} if found is None else {line: found})
    sources = _find_sources(laid_out, index, problems)
    order, cycles = _order(laid_out, _needs(laid_out, named, sources))
    return References(named, order, (*problems, *cycles), sources)


def formula_path(row: BookRow) -> str:
    """Return the path to the text of the row's formula."""
    return join(row.path, "formula" if isinstance(row.node, FormulaItem) else "aggregation.formula")


def formula_text(node: object) -> str | None:
    """Return the text of the formula that gives this node's result, if one does."""
    if isinstance(node, FormulaItem):
        return node.formula
    own = getattr(node, "aggregation", None)
    return own.formula if isinstance(own, ByFormula) else None


def _find_names(
    row: BookRow, index: Mapping[str, int], laid_out: Sequence[BookRow], problems: list[Problem]
) -> Names | None:
    if isinstance(row.node, CalculatedItem):
        return Names(None, _find_rows(row.node.items, (row, "items"), index, laid_out, problems))
    text = formula_text(row.node)
    if not isinstance(text, str):
        return None
    written = Formula(text)
    formula = written.expand(partial(_children, laid_out, index, written))
    for reference in formula.references:
        found = _wrong_name(reference.name, row, index, laid_out)
        if found:
            raise FormulaError(*found, reference.span, text)
    problems += lint(written, formula_path(row))
    return Names(formula, {reference.name: index[reference.name] for reference in formula.references})


def _children(laid_out: Sequence[BookRow], index: Mapping[str, int], formula: Formula, name: str) -> list[str]:
    """Return the ids of what lies directly in a category, is not computed and has a number; raises `FormulaError`."""
    place = next(each for each in formula.references if each.each and each.name == name)
    if name not in index or name == ROOT_ID:
        code, message = _unknown(name, index)
        raise FormulaError(code, message, place.span, formula.text)
    line = index[name]
    if not isinstance(laid_out[line].node, Category):
        message = f"{describe(name)} is no category, so there is no {describe('Each')} of it"
        raise FormulaError("not_a_category", message, place.span, formula.text)
    rows = takewhile(lambda row: row.depth > laid_out[line].depth, laid_out[line + 1 :])
    below = (row.node for row in rows if row.parent == line)
    return [
        node.id
        for node in below
        if isinstance(node.id, str)
        if isinstance(node, Category) or (isinstance(node, GradeItem) and node.kind is not ItemKind.TEXT)
    ]


def _unknown(name: str, index: Mapping[str, int]) -> tuple[str, str]:
    if name == ROOT_ID:
        return "final_reference", "a final grade cannot be named here; name what it is made of"
    return "unknown_item", f"there is no item or category {describe(name)}{nearest(name, _ids(index))}"


def _find_sources(laid_out: Sequence[BookRow], index: Mapping[str, int], problems: list[Problem]) -> Sources:
    """Return whose results replace what; a source that cannot be one has a problem and replaces nothing."""
    find = partial(_find_rows, index=index, laid_out=laid_out, problems=problems)
    of_rows: dict[int, tuple[int, ...]] = {}
    of_lowest: dict[int, tuple[int, ...]] = {}
    for line, row in enumerate(laid_out):
        rule, lowest = getattr(row.node, "replaced_by", None), getattr(row.node, "replace_lowest", None)
        if isinstance(rule, ReplacedBy):
            of_rows[line] = tuple(find(rule.sources, (row, "replaced_by.sources")).values())
        if isinstance(lowest, ReplaceLowest) and isinstance(lowest.by, ReplacedBy):
            of_lowest[line] = tuple(find(lowest.by.sources, (row, "replace_lowest.by.sources")).values())
    return Sources(of_rows, of_lowest)


def _find_rows(
    ids: object,
    where: tuple[BookRow, str],
    index: Mapping[str, int],
    laid_out: Sequence[BookRow],
    problems: list[Problem],
) -> dict[str, int]:
    """Return the row of each id that may be named here; any other has a problem with its place."""
    row, within = where
    found: dict[str, int] = {}
    for nth, name in enumerate(ids if isinstance(ids, tuple) else ()):
        wrong = _wrong_name(name, row, index, laid_out) if isinstance(name, str) else None
        if wrong:
            problems.append(Problem(wrong[0], join(row.path, f"{within}[{nth}]"), wrong[1]))
        elif isinstance(name, str):
            found[name] = index[name]
    return found


def _wrong_name(
    name: str, row: BookRow, index: Mapping[str, int], laid_out: Sequence[BookRow]
) -> tuple[str, str] | None:
    """Return the code and the message of what is wrong with naming this here, if anything is."""
    if name == ROOT_ID or name not in index:
        return _unknown(name, index)
    named = laid_out[index[name]].node
    if named is row.node:
        return "self_reference", f"{describe(name)} cannot be worked out from itself"
    if isinstance(named, GradeItem) and named.kind is ItemKind.TEXT:
        return "text_reference", f"{describe(name)} takes text and has no number"
    return None


def _ids(index: Mapping[str, int]) -> Iterator[str]:
    return (name for name in index if name != ROOT_ID)


def _order(laid_out: Sequence[BookRow], needs: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], list[Problem]]:
    """Return an order in which every row comes after those it needs, and a problem for each circle met on the way."""
    order: list[int] = []
    problems: list[Problem] = []
    done: set[int] = set()
    for start in reversed(range(len(laid_out))):
        path: list[int] = []
        waiting = [(start, iter((start,)))]
        while waiting:
            following = next(waiting[-1][1], None)
            if following is None:
                waiting.pop()
                if path and waiting:
                    done.add(path[-1])
                    order.append(path.pop())
            elif following in path:
                problems.append(_cycle([*path[path.index(following) :], following], laid_out))
            elif following not in done:
                path.append(following)
                waiting.append((following, iter(needs[following])))
    return tuple(order), problems


def _needs(laid_out: Sequence[BookRow], named: Mapping[int, Names], sources: Sources) -> list[list[int]]:
    """Return the rows that each row needs: what it names, or else its children that count, and its sources."""
    needs: list[list[int]] = [[] for _ in laid_out]
    for line, row in reversed(list(enumerate(laid_out))):
        if line and getattr(row.node, "counts", False) and formula_text(laid_out[row.parent].node) is None:
            needs[row.parent].append(line)
    for line, found in named.items():
        needs[line] = list(found.rows.values())
    for line, row in enumerate(laid_out):
        if getattr(row.node, "if_missed", None) is not None:
            needs[0] += [line, *[row.parent] * (row.parent > 0)]
        if isinstance(row.node, CalculatedItem):
            needs[line] = [leaf for chosen in needs[line] for leaf in leaves(laid_out, chosen)]
    asked = {line: list(needs[line]) for line in named}
    for line, rows_of in sources.of_rows.items():
        needs[line] += rows_of
        asked.setdefault(line, []).extend(rows_of)
    for line, rows_of in sources.of_lowest.items():
        needs[line] += rows_of
        asked.setdefault(line, []).extend(rows_of)
    for line, rows_asked in asked.items():
        settling = (_settled_by(each, laid_out, sources) for each in rows_asked)
        needs[line] += [branch for branch in settling if branch is not None and branch != line]
    return needs


def _settled_by(line: int, laid_out: Sequence[BookRow], sources: Sources) -> int | None:
    """Return the branch that may yet replace this row's result as one of its lowest, if there is one (V16)."""
    branch, node = laid_out[line].parent, laid_out[line].node
    lowest = sources.of_lowest.get(branch) if node.counts and not node.bonus else None
    return None if lowest is None or line in lowest or formula_text(laid_out[branch].node) is not None else branch


def leaves(laid_out: Sequence[BookRow], line: int) -> Iterator[int]:
    """Yield the rows of the graded items in a category, or the row itself where it is an item."""
    if not isinstance(laid_out[line].node, (Category, Gradebook)):
        yield line
        return
    depth = laid_out[line].depth
    for below in range(line + 1, len(laid_out)):
        if laid_out[below].depth <= depth:
            return
        if isinstance(laid_out[below].node, GradeItem):
            yield below


def _cycle(circle: Sequence[int], laid_out: Sequence[BookRow]) -> Problem:
    rows = [laid_out[line] for line in circle]
    names = [describe(row.node.name) for row in rows]
    if len(names) > _LONGEST_CYCLE_SHOWN:
        names[_LONGEST_CYCLE_SHOWN - 2 : -1] = ["…"]
    path = next(path for row in rows if (path := _naming_path(row)))
    return Problem("cycle", path, f"these need each other, so none can be worked out: {' → '.join(names)}")


def _naming_path(row: BookRow) -> str:
    """Return the path to where a row names others, or nothing where it does not."""
    if isinstance(row.node, CalculatedItem):
        return join(row.path, "items")
    if formula_text(row.node):
        return formula_path(row)
    policies = [name for name in ("replaced_by", "replace_lowest") if getattr(row.node, name, None) is not None]
    return join(row.path, policies[0]) if policies else ""
