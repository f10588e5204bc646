# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is not the same in a gradebook and marks that were written and read again: each difference a problem (I9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import fields

from ...errors import Problem, Severity
from ...exact import Exact, describe
from ...fields import join
from ...gradebook.items import GradeItem
from ...gradebook.tree import (
    BookRow,
    Gradebook,
    aggregations,
    in_percent,
    rows,
    ungraded_policies,
)
from ...marks import NOTHING_RECORDED, Marks, Reading, UnreadableMarkError, read_mark
from ...schemes import GradeScheme

_APART: Final = frozenset({"children", "aggregation", "ungraded", "weights_in"})
"""Fields that are compared by what they mean, not by what they say."""

_OF_MARKS: Final[Mapping[str, str]] = {
    "points": "exact points",
    "out_of": "a maximum of the learner's own",
    "exempt": "the exemption",
    "recorded": "what was recorded",
    "by": "who set the mark",
    "note": "the note",
    "changes": "what changed it",
    "symbol": "a symbol set by hand",
    "without_score": "a symbol without a score",
}


def compare_books(book: Gradebook, again: Gradebook) -> Iterator[Problem]:
    """Yield a problem for each line that is lost or stands elsewhere, and a notice for each field that is not said."""
    before, after = list(in_percent(rows(book))), list(in_percent(rows(again)))
    there = {row.node.id: place for place, row in enumerate(after)}
    meant, read = _meanings(before), _meanings(after)
    for place, row in enumerate(before):
        at = there.get(row.node.id)
        if at is None or type(after[at].node) is not type(row.node):
            yield _not_said("no_line_item", row.path, f"{describe(row.node.name)} itself", Severity.ERROR)
            continue
        if row.depth and before[row.parent].node.id != after[after[at].parent].node.id:
            yield _not_said("moved", row.path, f"a category in a category, where {describe(row.node.name)} is")
        differing = [*_differing(row.node, after[at].node), *_meant_apart(meant[place], read[at])]
        for name in differing:
            yield _not_said("not_said", join(row.path, name), f"{name} of {describe(row.node.name)}")
    kept = [row.node.id for row in before if row.node.id in there]
    if kept != [row.node.id for row in after if row.node.id in set(kept)]:
        yield _not_said("reordered", "children", "this order of what is in the gradebook")


def compare_marks(
    book: Gradebook, marks: Mapping[str, Marks], again: Gradebook, read: Mapping[str, Marks]
) -> Iterator[Problem]:
    """Yield a problem for each mark that is lost, and a notice for each circumstance that is not said."""
    before, after = _items(book), _items(again)
    for learner, of in marks.items():
        path = f"marks[{learner!r}]"
        if learner not in read:
            message = "the learner has no result, and so is not in the archive"
            yield Problem("no_result", path, message, Severity.NOTICE)
        for id_, value in of.items():
            where = f"{path}[{id_!r}]"
            if id_ not in before:
                if value is not None:
                    yield _not_said("not_carried", where, "the mark of what is no line item", Severity.ERROR)
                continue
            meant = _reading(value, before[id_], book.scheme)
            found = _reading(read.get(learner, {}).get(id_), after[id_], again.scheme) if id_ in after else None
            if meant is not None and found is not None:
                yield from _compare_mark(where, meant, found)


def _compare_mark(path: str, meant: Reading, found: Reading) -> Iterator[Problem]:
    if meant.out_of is not None and meant.points is not None:
        message = "OneRoster cannot say a maximum of the learner's own; the points are scaled to that of all"
        yield Problem("own_maximum", path, message)
        found = found._replace(out_of=meant.out_of, points=meant.points, recorded=meant.recorded)
    for name, word in _OF_MARKS.items():
        if getattr(meant, name) != getattr(found, name):
            lost = name in ("points", "out_of", "exempt")
            severity = Severity.ERROR if lost else Severity.NOTICE
            yield _not_said("not_carried", path, word, severity)


def _items(book: Gradebook) -> dict[str, GradeItem]:
    return {row.node.id: row.node for row in rows(book) if isinstance(row.node, GradeItem)}


def _reading(value: Any, item: GradeItem, scheme: GradeScheme | None) -> Reading | None:
    own = item.scheme or scheme
    symbols: dict[str, Exact] = {band.symbol: band.worth for band in own.bands} if own else {}
    try:
        return read_mark(value, item.kind, item.max_points, symbols)
    except UnreadableMarkError:
        return NOTHING_RECORDED if value is None else None


def _meanings(laid_out: list[BookRow]) -> list[tuple[object, object]]:
    return list(zip(aggregations(laid_out), ungraded_policies(laid_out), strict=True))


def _meant_apart(meant: tuple[object, object], found: tuple[object, object]) -> Iterator[str]:
    for name, one, other in zip(("aggregation", "ungraded"), meant, found, strict=True):
        if one != other:
            yield name


def _differing(node: Any, other: Any) -> Iterator[str]:
    for each in fields(type(node)):
        if each.name not in _APART and getattr(node, each.name) != getattr(other, each.name):
            yield each.name


def _not_said(code: str, path: str, what: str, severity: Severity = Severity.NOTICE) -> Problem:
    return Problem(code, path, f"OneRoster cannot say {what}; it is left out", severity)
