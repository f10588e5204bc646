# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What each system does with any gradebook, as a table of named rules, each of which changes a gradebook to its way.

>>> [rule.name for rule in SYSTEM_RULES["openedx"]][:3]
['ungraded', 'category', 'weights']
>>> SYSTEM_RULES["openedx"][0].change(Gradebook()).ungraded
<UngradedPolicy.AS_ZERO: 'as_zero'>

A rule is of the system, not of a course: what a course sets there itself, such as its weights, stays. Rules J17 to J19.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve, field

from ..gradebook.aggregation import Mean, SumOfPoints
from ..gradebook.drops import DropBy, DropRule, DropTies, Unpointed
from ..gradebook.items import Empty, GradeItem
from ..gradebook.tree import AnyAggregation, Category, Gradebook, Node, aggregations, rows, ungraded_policies
from ..gradebook.weights import Distribution, Rescale, WeightedMean
from ..marks import UngradedPolicy
from ..reasons import ReasonTexts
from ..rounding import Rounding
from ..values import frozen
from .canvas.calculators import TWO_PLACES
from .moodle.aggregation_methods import AGGREGATIONS, Method
from .moodle.course import STORED
from .openedx.grading.gradebook import COURSE_PERCENT, FOUR_DECIMALS

Changes = Mapping[str, Any]
_NOTHING: Final[Changes] = MappingProxyType({})

RULES: Final = ReasonTexts(
    "system rules",
    {
        "group": "a group sums points",
        "best_total": "what is dropped leaves the best total",
        "scaled_up": "weights are scaled up where they are short of 100",
        "uncapped": "nothing is capped",
        "two_decimals": "the final has two decimals",
        "left_out": "ungraded work is left out",
        "lowest_first": "the lowest percents are dropped, of equals the first",
        "scaled": "weights are scaled to what counts",
        "unrounded": "nothing is rounded",
        "as_zero": "ungraded work counts as zero",
        "natural": "points are weights, and what is out of 0 counts in full",
        "lowest_larger": "the lowest percents are dropped, of equals the larger maximum, and all may go",
        "five_decimals": "every level stores points with five decimals",
        "not_attempted": "what is not attempted is zero",
        "mean_of_type": "a type is the mean of its percents",
        "unscaled": "weights are not scaled",
        "lowest_last": "the lowest percents are dropped, of equals the last, and all may go",
        "item_and_final": "percents of items have two decimals, and the final none, up from .45",
    },
)
"""What each rule does."""


@frozen
class SystemRule:
    """One thing that a system does: its name, what it does in words, the rules of the semantics that it is, and how."""

    name: str
    says: str
    reference: str
    change: Callable[[Gradebook], Gradebook] = field(eq=False, repr=False)


def pinned(book: Gradebook) -> Gradebook:
    """Return the gradebook in which every category states what it has from its parent, so that each rule is alone."""
    laid_out = rows(book)
    stated = {
        row.node.id: {"aggregation": combining, "ungraded": policy}
        for row, combining, policy in zip(laid_out, aggregations(laid_out), ungraded_policies(laid_out), strict=True)
    }
    return _everywhere(lambda branch: stated[branch.id])(book)


def under(book: Gradebook, system: str) -> Gradebook:
    """Return a gradebook under all the rules of a system, in their order."""
    for rule in SYSTEM_RULES[system]:
        book = rule.change(book)
    return book


def _everywhere(
    of_branch: Callable[[Gradebook | Category], Changes], of_item: Callable[[Node], Changes] = lambda _: _NOTHING
) -> Callable[[Gradebook], Gradebook]:
    """Return what changes every branch, the gradebook too, and every other line."""

    def changed(node: Node) -> Node:
        """Return a line with its changes, and all below it with theirs."""
        if isinstance(node, Category):
            return evolve(node, **{"children": map(changed, node.children), **of_branch(node)})
        return evolve(node, **of_item(node))

    return lambda book: evolve(book, **{"children": map(changed, book.children), **of_branch(book)})


def _ungraded(policy: UngradedPolicy) -> Callable[[Gradebook], Gradebook]:
    return _everywhere(lambda _: {"ungraded": policy})


def _drops(**changes: Any) -> Callable[[Gradebook], Gradebook]:
    def change(branch: Gradebook | Category) -> Changes:
        """Return the drop rule of a branch that has one, changed."""
        return {"drop": evolve(branch.drop, **changes)} if branch.drop.drops else _NOTHING

    return _everywhere(change)


def _rescale(rescale: Rescale) -> Callable[[Gradebook], Gradebook]:
    def change(branch: Gradebook | Category) -> Changes:
        """Return the aggregation of a branch that weighs, changed."""
        own = branch.aggregation
        return {"aggregation": evolve(own, rescale=rescale)} if isinstance(own, WeightedMean) else _NOTHING

    return _everywhere(change)


def _caps(*, can_exceed: bool) -> Callable[[Gradebook], Gradebook]:
    changes = {"can_exceed": can_exceed}
    return _everywhere(lambda _: changes, lambda _: changes)


def _rounds(
    *, final: Rounding | None, category: Rounding | None = None, item: Rounding | None = None
) -> Callable[[Gradebook], Gradebook]:
    return _everywhere(
        lambda branch: {"round_result": final if isinstance(branch, Gradebook) else category},
        lambda line: {"round_result": item} if isinstance(line, GradeItem) else _NOTHING,
    )


def _categories(aggregation: AnyAggregation, **changes: Any) -> Callable[[Gradebook], Gradebook]:
    """Return what gives every category an aggregation of its own."""
    return _everywhere(
        lambda branch: {"aggregation": aggregation, **changes} if isinstance(branch, Category) else _NOTHING
    )


def _natural(book: Gradebook) -> Gradebook:
    """Return the gradebook with Moodle's natural weighting in the place of every sum of points."""
    natural: Changes = {"aggregation": AGGREGATIONS[Method.NATURAL]}
    return _everywhere(lambda branch: natural if isinstance(branch.aggregation, SumOfPoints) else _NOTHING)(book)


def _weights_alone(book: Gradebook) -> Gradebook:
    """Return the gradebook with weights at the final, those of points where it has none, that nothing scales."""
    own = book.aggregation
    weighted = own if isinstance(own, WeightedMean) else WeightedMean(distribution=Distribution.BY_POINTS)
    return evolve(book, aggregation=evolve(weighted, rescale=Rescale.NEVER))


_KEEPS_ONE: Final = DropRule().keep_at_least
_BEST: Final[Changes] = {
    "by": DropBy.BEST_TOTAL,
    "ties": DropTies.LAST,
    "unpointed": Unpointed.FIRST,
    "keep_at_least": _KEEPS_ONE,
}

_CANVAS: Final = (
    SystemRule("group", RULES.phrase("group"), "A1", _categories(SumOfPoints())),
    SystemRule("drops", RULES.phrase("best_total"), "D2, D9, D12", _drops(**_BEST)),
    SystemRule("weights", RULES.phrase("scaled_up"), "W3", _rescale(Rescale.UP)),
    SystemRule("cap", RULES.phrase("uncapped"), "G1", _caps(can_exceed=True)),
    SystemRule("rounding", RULES.phrase("two_decimals"), "R1", _rounds(final=TWO_PLACES)),
)

SYSTEM_RULES: Final[Mapping[str, tuple[SystemRule, ...]]] = MappingProxyType(
    {
        "brightspace": (
            SystemRule("ungraded", RULES.phrase("left_out"), "U1", _ungraded(UngradedPolicy.LEAVE_OUT)),
            SystemRule(
                "drops",
                RULES.phrase("lowest_first"),
                "D2, D3",
                _drops(by=DropBy.PERCENT, ties=DropTies.FIRST, keep_at_least=_KEEPS_ONE),
            ),
            SystemRule("weights", RULES.phrase("scaled"), "W3", _rescale(Rescale.ALWAYS)),
            SystemRule("rounding", RULES.phrase("unrounded"), "R1", _rounds(final=None)),
        ),
        "canvas current": (
            SystemRule("ungraded", RULES.phrase("left_out"), "U1", _ungraded(UngradedPolicy.LEAVE_OUT)),
            *_CANVAS,
        ),
        "canvas final": (
            SystemRule("ungraded", RULES.phrase("as_zero"), "U2", _ungraded(UngradedPolicy.AS_ZERO)),
            *_CANVAS,
        ),
        "moodle": (
            SystemRule("ungraded", RULES.phrase("left_out"), "U1", _ungraded(UngradedPolicy.LEAVE_OUT)),
            SystemRule("natural", RULES.phrase("natural"), "W4, W6", _natural),
            SystemRule(
                "drops",
                RULES.phrase("lowest_larger"),
                "D3, D6",
                _drops(by=DropBy.PERCENT, ties=DropTies.LARGER_MAXIMUM, keep_at_least=0),
            ),
            SystemRule("weights", RULES.phrase("scaled"), "W3", _rescale(Rescale.ALWAYS)),
            SystemRule(
                "rounding",
                RULES.phrase("five_decimals"),
                "R4",
                _rounds(final=STORED, category=STORED, item=STORED),
            ),
        ),
        "openedx": (
            SystemRule("ungraded", RULES.phrase("not_attempted"), "U2", _ungraded(UngradedPolicy.AS_ZERO)),
            SystemRule("category", RULES.phrase("mean_of_type"), "A3", _categories(Mean(), empty=Empty.AS_UNGRADED)),
            SystemRule("weights", RULES.phrase("unscaled"), "W3", _weights_alone),
            SystemRule(
                "drops",
                RULES.phrase("lowest_last"),
                "D3, D6",
                _drops(by=DropBy.PERCENT, ties=DropTies.LAST, keep_at_least=0),
            ),
            SystemRule("cap", RULES.phrase("uncapped"), "G1", _caps(can_exceed=True)),
            SystemRule(
                "rounding",
                RULES.phrase("item_and_final"),
                "R1, R3",
                _rounds(final=COURSE_PERCENT, item=FOUR_DECIMALS),
            ),
        ),
    }
)
"""The rules of each system, in the order in which they are put in force."""

WAYS_TO_DROP: Final[Mapping[str, tuple[DropRule, ...]]] = MappingProxyType(
    {
        "brightspace": (DropRule(), DropRule(keep_at_least=0)),
        "canvas": (DropRule(**_BEST), DropRule()),
        "moodle": (DropRule(ties=DropTies.LARGER_MAXIMUM, keep_at_least=0),),
        "openedx": (DropRule(ties=DropTies.LAST, keep_at_least=0),),
    }
)
"""How each system drops, the likeliest way first, as rules that drop nothing yet; others drop as `DropRule()` does."""
