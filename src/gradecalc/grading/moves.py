# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is wrong or suspicious in weights that are to move: to nobody, to oneself, to what carries no weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..errors import Problem, Severity, nearest
from ..exact import describe
from ..fields import join
from ..gradebook.best_of import BestOf
from ..gradebook.tree import AnyAggregation, BookRow, Gradebook


def find_move_problems(branch: BookRow, aggregation: AnyAggregation, children: Sequence[BookRow]) -> Iterator[Problem]:
    """Yield what is wrong with the weights that move within a branch (V5)."""
    siblings = {child.node.id: child for child in children}
    for child in children:
        moves = child.node.weight_moves
        if moves is None:
            continue
        wrong = _wrong_target(moves.to, child, branch, siblings) or _without_weight(child)
        if wrong:
            yield Problem(wrong[0], join(child.path, "weight_moves.to"), wrong[1])
        elif not getattr(aggregation, "uses_weights", isinstance(aggregation, BestOf)):
            message = f"the weight of {describe(child.node.name)} moves nowhere: its branch is a {aggregation.name}"
            yield Problem("weight_unused", join(child.path, "weight_moves"), message, Severity.NOTICE)


def _wrong_target(to: str, child: BookRow, branch: BookRow, siblings: dict[str, BookRow]) -> tuple[str, str] | None:
    if to == child.node.id:
        return "self_reference", f"the weight of {describe(child.node.name)} cannot move to itself"
    if to not in siblings:
        where = "the gradebook" if isinstance(branch.node, Gradebook) else describe(branch.node.name)
        hint = nearest(to, siblings)
        return "unknown_id", f"{describe(to)} is not in {where}, and a weight is a share of its branch{hint}"
    return _without_weight(siblings[to])


def _without_weight(row: BookRow) -> tuple[str, str] | None:
    if row.node.bonus:
        return "bonus", f"{describe(row.node.name)} is a bonus, whose weight is no share of the whole"
    if not row.node.counts:
        return "not_counted", f"{describe(row.node.name)} does not count, so it has no share of the whole"
    return None
