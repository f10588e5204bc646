# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Weight that moves: what missed or exempt work weighs goes to a named sibling instead of to all.

With quizzes 20, a midterm 30 and a final 50, `WeightMoves("Final")` on the midterm makes the final 80 for whoever is
exempt from the midterm. Rescaling would spread the 30 over the quizzes too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import Enum

from attrs import field

from ..fields import choice, text
from ..values import frozen


class Missed(Enum):
    """Which work without a score has its weight moved."""

    EXEMPT = "exempt"
    UNGRADED = "ungraded"
    """What is exempt keeps its weight, which is rescaled as usual."""
    EITHER = "either"


@frozen
class WeightMoves:
    """Where the weight of an item or a category goes when that is missed: to the sibling with the id `to`.

    Rules V1 to V5.
    """

    to: str = field(metadata=text())
    when: Missed = field(default=Missed.EXEMPT, metadata=choice(Missed), kw_only=True)

    def applies(self, *, exempt: bool, ungraded: bool) -> bool:
        """Return whether the weight of work in this state is to move."""
        if exempt:
            return self.when is not Missed.UNGRADED
        return ungraded and self.when is not Missed.EXEMPT


def arrivals(
    missed: Iterable[int], targets: Mapping[int, int], present: Collection[int]
) -> Iterable[tuple[int, int | None]]:
    """Yield each missed one with where its weight arrives, or None where it meets nobody who is there.

    `targets` says whose weight is to move, and to whom; a target that is itself to move hands on what it is given.
    """
    for start in missed:
        place, seen = targets[start], {start}
        while place in targets and place not in seen:
            seen.add(place)
            place = targets[place]
        yield start, place if place in present and place not in seen else None
