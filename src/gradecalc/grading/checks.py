# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Everything that is wrong or suspicious in a gradebook, at once, each with its path and a way out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from ..errors import Problem, Severity, nearest
from ..exact import describe, total
from ..fields import find_problems, join
from ..gradebook.aggregation import ByFormula
from ..gradebook.best_of import BestOf
from ..gradebook.contributions import WHOLE
from ..gradebook.drops import DropRule
from ..gradebook.items import CalculatedItem, FormulaItem, Graded, GradeItem
from ..gradebook.tree import (
    MAX_DEPTH,
    MAX_ROWS,
    ROOT_ID,
    BookRow,
    Category,
    Combining,
    Gradebook,
    aggregations,
    rows,
)
from ..gradebook.weights import WeightedMean, WeightUnit
from ..marks import ItemKind
from ..values import frozen
from .moves import find_move_problems
from .references import References, find_references
from .weight_sums import find_sum_problems
from .weightings import find_weighting_problems


@frozen
class Examination:
    """A gradebook laid out, what its formulas name, and every problem of it, errors and notices, in book order."""

    laid_out: Sequence[BookRow]
    references: References
    problems: tuple[Problem, ...]


def examine(book: Gradebook) -> Examination:
    """Return the examination of a gradebook; anything else, and one that is too large, is not laid out."""
    if not isinstance(book, Gradebook):
        return _unexamined(Problem("wrong_type", "", f"{describe(book)} is not a Gradebook"))
    laid_out = rows(book)
    if len(laid_out) > MAX_ROWS:
        message = f"the gradebook has more than {MAX_ROWS} items and categories; split the course"
        return _unexamined(Problem("too_many", "children", message))
    own = [tuple(_own_problems(row)) for row in laid_out]
    sound = [not problems for problems in own]
    references = find_references(laid_out)
    between = (*_id_problems(laid_out), *_branch_problems(laid_out, sound, book), *references.problems)
    return Examination(laid_out, references, (*chain.from_iterable(own), *between))


def find_definition_problems(book: Gradebook) -> tuple[Problem, ...]:
    """Return every problem of a gradebook, errors and notices, in book order."""
    return examine(book).problems


def _unexamined(problem: Problem) -> Examination:
    return Examination((), References({}, (), ()), (problem,))


def _own_problems(row: BookRow) -> Iterator[Problem]:
    node, path = row.node, row.path
    if not isinstance(node, Graded if row.depth else Gradebook):
        yield Problem("wrong_type", path, f"{describe(node)} is neither a category nor an item")
        return
    of = "the gradebook" if isinstance(node, Gradebook) else describe(node.name)
    yield from find_problems(node, path, of=of, skip="children")
    if row.depth == MAX_DEPTH + 1:
        yield Problem("too_deep", path, f"{of} lies deeper than {MAX_DEPTH} levels; nest fewer categories")


def _id_problems(laid_out: Sequence[BookRow]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for row in laid_out[1:]:
        own = row.node.id if isinstance(row.node, Graded) else None
        if not isinstance(own, str):
            continue
        if own == ROOT_ID:
            message = f"id {ROOT_ID!r} is the gradebook's own; give {describe(row.node.name)} another id"
            yield Problem("reserved_id", join(row.path, "id"), message)
        elif own in first:
            message = (
                f"id {describe(own)} stands at {first[own]} too; ids are unique in a gradebook, and default to the name"
            )
            yield Problem("duplicate_id", join(row.path, "id"), message)
        else:
            first[own] = row.path


def _branch_problems(laid_out: Sequence[BookRow], sound: Sequence[bool], book: Gradebook) -> Iterator[Problem]:
    """Yield what is wrong between rows, of those whose own fields are sound."""
    below: list[list[int]] = [[] for _ in laid_out]
    percent = book.weights_in is not WeightUnit.SHARE
    for line, row in enumerate(laid_out[1:], start=1):
        below[row.parent].append(line)
    for line, (row, aggregation) in enumerate(zip(laid_out, aggregations(laid_out), strict=True)):
        children = [laid_out[child] for child in below[line]]
        if not sound[line]:
            continue
        if isinstance(row.node, GradeItem):
            yield from _scheme_problems(row, row.node, book)
        elif isinstance(row.node, (Gradebook, Category)) and all(sound[child] for child in below[line]):
            yield from _child_problems(row, row.node.drop, children)
            yield from _uncounted_problems(children)
            yield from find_move_problems(row, aggregation, children)
            if isinstance(aggregation, ByFormula) and row.node.drop.drops:
                message = f"nothing is dropped in {_named(row)}: a formula counts what it names"
                yield _notice("drop_unused", join(row.path, "drop"), message)
            if isinstance(aggregation, ByFormula) and row.node.replace_lowest is not None:
                message = f"nothing is replaced in {_named(row)}: a formula counts what it names"
                yield _notice("replacement_unused", join(row.path, "replace_lowest"), message)
            if isinstance(aggregation, BestOf):
                yield from find_weighting_problems(row, aggregation, children, WHOLE if percent else 1)
            if isinstance(aggregation, Combining):
                yield from _bonus_problems(aggregation, children)
                yield from _weight_problems(row, aggregation, children, WHOLE if percent else 1)


def _child_problems(row: BookRow, drop: DropRule, children: Sequence[BookRow]) -> Iterator[Problem]:
    if not children:
        message = f"{_named(row)} has no children, so it never has a score"
        yield _notice("no_children", join(row.path, "children"), message)
    yield from _drop_problems(row, drop, children)


def _uncounted_problems(children: Sequence[BookRow]) -> Iterator[Problem]:
    """Yield what was given a weight and does not count because what is computed does so only where it says so (C8)."""
    for child in children:
        if isinstance(child.node, (FormulaItem, CalculatedItem)) and child.node.weight and not child.node.counts:
            message = f"{_named(child)} has a weight and does not count; state counts=True, or no weight"
            yield _notice("weight_uncounted", join(child.path, "weight"), message)


def _scheme_problems(row: BookRow, item: GradeItem, book: Gradebook) -> Iterator[Problem]:
    if item.kind is ItemKind.SELECTBOX and item.scheme is None and book.scheme is None:
        message = f"selectbox item {describe(item.name)} has no scheme to choose from; give it one, or the gradebook"
        yield Problem("missing", join(row.path, "scheme"), message)


def _drop_problems(row: BookRow, drop: DropRule, children: Sequence[BookRow]) -> Iterator[Problem]:
    ids = [child.node.id for child in children]
    for nth, never in enumerate(drop.never):
        if never not in ids:
            message = f"{describe(never)} is not a child of {_named(row)}{nearest(never, ids)}"
            yield Problem("unknown_id", join(row.path, f"drop.never[{nth}]"), message)
    if drop.may_leave_none and any(_counts(child) and child.node.id not in drop.never for child in children):
        message = f"the rule of {_named(row)} may drop all that is graded in it; keep_at_least=1 keeps one"
        yield _notice("drops_all", join(row.path, "drop"), message)


def _bonus_problems(aggregation: Combining, children: Sequence[BookRow]) -> Iterator[Problem]:
    for child in children:
        if child.node.bonus and not aggregation.takes_bonus:
            message = f"{_named(child)} is a bonus, and the {aggregation.name} of its branch has nothing to add it to"
            yield Problem("bonus_not_taken", join(child.path, "bonus"), message)


def _weight_problems(
    row: BookRow, aggregation: Combining, children: Sequence[BookRow], whole: int
) -> Iterator[Problem]:
    counting = [child for child in children if _counts(child)]
    given = [child for child in counting if child.node.weight is not None]
    if not aggregation.uses_weights:
        for child in given:
            message = f"weight of {_named(child)} changes nothing: its branch is a {aggregation.name}"
            yield _notice("weight_unused", join(child.path, "weight"), message)
        if isinstance(aggregation, WeightedMean) and aggregation is getattr(row.node, "aggregation", None):
            path = join(row.path, "aggregation.ranks")
            yield from find_sum_problems(f"by rank in {_named(row)}", path, aggregation.ranks, whole)
        return
    given_total = total(child.node.weight for child in given if child.node.weight is not None)
    without = [child for child in counting if child.node.weight is None]
    if without and given_total >= whole:
        for child in without:
            message = (
                f"{_named(child)} has no weight, and the given ones leave nothing of {whole} to share; state its weight"
            )
            yield _notice("weight_left_nothing", join(child.path, "weight"), message)
    sharing = any(child.node.weight is None for child in counting)
    for child in children:
        if child.node.bonus and child.node.counts and child.node.weight is None and not sharing:
            message = f"bonus {_named(child)} has no weight, and no child beside it shares one; state its weight"
            yield _notice("weight_left_nothing", join(child.path, "weight"), message)
    stated = [child.node.weight for child in given if child.node.weight is not None]
    path = join(row.path, "children")
    yield from find_sum_problems(f"in {_named(row)}", path, stated, whole, sharing=bool(without))


def _counts(row: BookRow) -> bool:
    return bool(row.node.counts and not row.node.bonus)


def _named(row: BookRow) -> str:
    return "the gradebook" if isinstance(row.node, Gradebook) else describe(row.node.name)


def _notice(code: str, path: str, message: str) -> Problem:
    return Problem(code, path, message, Severity.NOTICE)
