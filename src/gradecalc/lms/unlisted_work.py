# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whether a stated final can come of the listed work at all, whatever that weighs, or counts what is not listed.

Marks of 60 and 90 make a mean of 60 to 90, whichever weighs more: a file that says 40 counts what it does not list.
Rule J30.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ..exact import Exact, ratio, total, write_short
from ..gradebook.aggregation import ByFormula
from ..gradebook.contributions import WHOLE
from ..gradebook.items import GradeItem
from ..gradebook.tree import Category, Gradebook, Node, rows
from ..gradebook.weights import WeightedMean, WeightUnit
from ..grading.plan import compile_gradebook
from ..marks import ItemKind, UngradedPolicy
from ..reasons import Note
from ..report.report import Report
from ..report.results import Treatment
from ..rounding import Rounding, RoundingOf
from .evidence import Evidence

_ROUNDED: Final = 2
"""How far rounding a category, and then the final, to whole percents can take it."""

_NEARLY_ALL: Final = 99


def in_two_places(value: Exact) -> str:
    """Return a number as it is where it is short, and else in two decimals."""
    return write_short(value, otherwise=Rounding().show)


class Span(NamedTuple):
    """From which percent to which a result can be."""

    lowest: Exact
    highest: Exact

    def distance(self, percent: Exact) -> Exact:
        """Return how far a percent lies outside, below 0 where it lies within."""
        return max(self.lowest - percent, percent - self.highest)


class _Beyond(NamedTuple):
    """A stated final that cannot come of the listed work, and how far it is from what can."""

    distance: Exact
    evidence: Evidence
    stated: Exact
    span: Span


def find_unlisted_work(book: Gradebook, gathered: Sequence[Evidence]) -> list[Note]:
    """Return that stated finals cannot come of the listed work, whatever it weighs, and what may be missing (J30).

    Where the file states what the categories weigh, that is believed. Nothing is said of a gradebook in which a result
    may be beyond those that it is made of.
    """
    weighted, short = _weighs_categories(book), ", ".join(_short(book))
    far = _furthest(book, gathered, weighted=weighted) if _is_plain(book) else None
    notes = list[Note]()
    if far:
        only = ".only" if far.span[0] == far.span[1] else ""
        notes.append((f"out_of_reach{'.weighted' if weighted else only}", far.stated, *far.span))
    if short and far:
        with_more = _Listed(book, weighted=True, is_all=False).span(far.evidence)
        notes.append(("unlisted", short, *(with_more or far.span)))
    elif short:
        notes.append(("short_weights", short))
    return notes


def is_below_all(book: Gradebook, gathered: Sequence[Evidence]) -> bool:
    """Return whether a stated final lies below all that it is made of, as no setting can make it."""
    if _weighs_categories(book) or not _is_plain(book):
        return False
    listed = _Listed(book, weighted=False)
    return any(far.stated < far.span.lowest for each in gathered for far in listed.beyond(each))


def _furthest(book: Gradebook, gathered: Sequence[Evidence], *, weighted: bool) -> _Beyond | None:
    """Return the final that is furthest from what can come of the listed work, None where each can."""
    listed = _Listed(book, weighted=weighted)
    beyond = [far for each in gathered for far in listed.beyond(each)]
    return max(beyond, key=lambda each: each.distance, default=None)


def _is_plain(book: Gradebook) -> bool:
    """Return whether no result is beyond those that it is made of, and weights are stated of all or of none."""
    nodes = [row.node for row in rows(book)]
    unweighted = all(each.weight is None and not _may_be_worth_something(each) for each in nodes)
    return all(map(_is_between, nodes)) and (unweighted or _weighs_categories(book))


def _may_be_worth_something(node: Node | Gradebook) -> bool:
    """Return whether an item has symbols whose worth is not known."""
    return isinstance(node, GradeItem) and node.kind is ItemKind.TEXT and bool(node.max_points)


def _is_between(node: Node | Gradebook) -> bool:
    """Return whether a line comes to something between the lines that it is made of, or is a plain mark."""
    if node.bonus or node.replaced_by or node.weight_moves or node.if_missed:
        return False
    if isinstance(node, (Category, Gradebook)):
        return not (isinstance(node.aggregation, ByFormula) or node.cap or _is_coarse(node.round_result))
    return isinstance(node, GradeItem) or not node.counts


def _is_coarse(rounding: Rounding | None) -> bool:
    """Return whether a rounding may take a result further than a whole percent does."""
    return rounding is not None and (rounding.of is RoundingOf.POINTS or rounding.places < 0)


def _weighs_categories(book: Gradebook) -> bool:
    parts = [each for each in book.children if each.counts]
    weighs = isinstance(book.aggregation, WeightedMean) and all(each.weight is not None for each in parts)
    return weighs and any(isinstance(each, Category) for each in parts)


class _Listed:
    """What can come of the work that a file lists; where that is not all, with work for the rest of the weight."""

    def __init__(self, book: Gradebook, *, weighted: bool, is_all: bool = True) -> None:
        self.book, self.plan = book, compile_gradebook(book)
        self.whole = 1 if book.weights_in is WeightUnit.SHARE else WHOLE
        self.weighted, self.is_all = weighted, is_all

    def beyond(self, evidence: Evidence) -> Iterator[_Beyond]:
        """Yield a learner's stated final where it lies further outside than rounding takes a result."""
        stated = None if evidence.final is None else evidence.final.stated
        span = None if stated is None else self.span(evidence)
        if stated is not None and span is not None and span.distance(stated) > _ROUNDED:
            yield _Beyond(span.distance(stated), evidence, stated, span)

    def span(self, evidence: Evidence) -> Span | None:
        """Return what a learner's final can be; None where there is nothing, or a mark beyond its maximum."""
        report = evidence.report(self.plan)
        spans = [(each.weight, self._of(each, report, evidence)) for each in self.book.children if each.counts]
        known = [(weight or 0, span) for weight, span in spans if span is not None]
        if not known or any(span.lowest < 0 or span.highest > WHOLE for _, span in known):
            return None
        if not self.weighted:
            return _around([span for _, span in known])
        lowest, highest = (total(weight * span[end] for weight, span in known) for end in (0, 1))
        most = max(total(weight or 0 for weight, _ in spans), self.whole)
        least = min(total(weight for weight, _ in known), self.whole)
        return Span(ratio(lowest, most), ratio(highest, least)) if least else None

    def _of(self, node: Node, report: Report, evidence: Evidence) -> Span | None:
        """Return what a part can come to, whatever that in it weighs."""
        if not isinstance(node, Category):
            return _of_item(node, report, evidence)
        spans = [(each.weight, self._of(each, report, evidence)) for each in node.children if each.counts]
        known = [span for _, span in spans if span is not None]
        if self.is_all or not known or not self._weight_missing(node):
            return _around(known) if known else None
        missing = self._weight_missing(node)
        lowest, highest = (total((weight or 0) * span[end] for weight, span in spans if span) for end in (0, 1))
        return Span(ratio(lowest, self.whole), ratio(highest + missing * WHOLE, self.whole))

    def _weight_missing(self, category: Category) -> Exact:
        listed = listed_weight(category)
        return 0 if listed is None else max(self.whole - listed, 0)


def listed_weight(category: Category) -> Exact | None:
    """Return what the work of a category weighs together; None where that is not stated of all."""
    weights = [each.weight for each in category.children if not each.bonus]
    return total(weight or 0 for weight in weights) if weights and None not in weights else None


def _around(spans: Sequence[Span]) -> Span:
    return Span(min(each.lowest for each in spans), max(each.highest for each in spans))


def _of_item(item: Node, report: Report, evidence: Evidence) -> Span | None:
    """Return what a mark is, in percent; a blank may be nothing or count as zero, and a symbol is worth anything."""
    line = report.layout.index[item.id]
    points, out_of = report.columns.points[line], report.columns.out_of[line]
    treatment = report.columns.treatments[line]
    if treatment is Treatment.EXEMPT or not out_of:
        return None
    if points is None or treatment is Treatment.COUNTED_AS_ZERO:
        return None if evidence.ungraded is UngradedPolicy.LEAVE_OUT else Span(0, 0)
    percent = ratio(WHOLE * points, out_of)
    return Span(percent, percent)


def _short(book: Gradebook) -> Iterator[str]:
    """Yield the listed weights that are well below the whole, 100 or 1 in shares, each with the categories of it."""
    of_weight: dict[Exact, list[str]] = {}
    whole = 1 if book.weights_in is WeightUnit.SHARE else WHOLE
    for each in book.children:
        listed = listed_weight(each) if isinstance(each, Category) else None
        if listed is not None and WHOLE * listed < _NEARLY_ALL * whole:
            of_weight.setdefault(ratio(WHOLE * listed, whole), []).append(each.id)
    for weight, ids in of_weight.items():
        yield f"{in_two_places(weight)} of 100 in {', '.join(ids)}"
