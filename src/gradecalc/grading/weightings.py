# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is wrong or suspicious in weightings: children that they do not have, and children that none has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..errors import Problem, Severity, nearest
from ..exact import describe
from ..fields import join
from ..gradebook.best_of import BestOf
from ..gradebook.tree import BookRow
from .weight_sums import find_sum_problems


def find_weighting_problems(
    branch: BookRow, best: BestOf, children: Sequence[BookRow], whole: int
) -> Iterator[Problem]:
    """Yield what is wrong between the weightings of a branch and its children (V6); `whole` is what weights sum to."""
    by_id = {child.node.id: child for child in children}
    prefix = join(branch.path, "aggregation.weightings")
    for nth, weighting in enumerate(best.weightings):
        path = f"{prefix}[{nth}].weights"
        for place, each in enumerate(weighting.weights):
            wrong = _wrong_child(each.id, by_id, weighting.name)
            if wrong:
                yield Problem(wrong[0], f"{path}[{place}]", wrong[1])
        shared = [each.weight for each in weighting.weights if each.id in by_id and not by_id[each.id].node.bonus]
        yield from find_sum_problems(f"of weighting {weighting.name!r}", path, shared, whole)
    yield from _idle_children(best, children)


def _wrong_child(id_: str, by_id: dict[str, BookRow], weighting: str) -> tuple[str, str] | None:
    if id_ not in by_id:
        return "unknown_id", f"weighting {weighting!r} names {id_!r}, which is not in its branch{nearest(id_, by_id)}"
    if not by_id[id_].node.counts:
        return "not_counted", f"weighting {weighting!r} names {id_!r}, which does not count"
    return None


def _idle_children(best: BestOf, children: Sequence[BookRow]) -> Iterator[Problem]:
    named = {each.id for weighting in best.weightings for each in weighting.weights}
    for child in children:
        if child.node.counts and child.node.id not in named:
            message = f"{describe(child.node.name)} counts in no weighting of its branch"
            yield Problem("in_no_weighting", child.path, message, Severity.NOTICE)
        if child.node.weight is not None:
            message = f"weight of {describe(child.node.name)} changes nothing: the weightings of its branch say it"
            yield Problem("weight_unused", join(child.path, "weight"), message, Severity.NOTICE)
