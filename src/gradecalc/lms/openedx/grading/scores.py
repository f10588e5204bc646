# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: what a problem is worth, and where its score comes from.

>>> problem = score_problem(Content(raw_possible=4, weight=10), state=Score(3, 4))
>>> problem.score == Score(7.5, 10), problem.graded
(True, True)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Final

from attrs import field

from ....exact import (
    Exact,
    lenient,
    ratio,
    total,
)
from ....fields import (
    Checked,
    number,
    one_of,
    truth,
)
from ....moments import has_zone
from ....rounding import Rounding
from ....values import frozen


@frozen
class Score(Checked):
    """Points earned out of points possible; nothing possible is 0 out of 0."""

    earned: Fraction = field(converter=lenient, metadata=number())
    possible: Fraction = field(converter=lenient, metadata=number(minimum=0))

    def percent(self, rounding: Rounding | None = None) -> Exact:
        """Return what was earned in percent of what was possible, rounded or exact; of nothing it is 0."""
        percent = ratio(100 * self.earned, self.possible) if self.possible else 0
        return percent if rounding is None else rounding.apply(percent)


NOTHING: Final = Score(0, 0)


@frozen
class Content(Checked):
    """A problem as the course has it now, or had it when a grade was last stored: `graded` is None where unsaid.

    What is possible is None where the problem does not say.
    """

    raw_possible: Fraction | None = field(converter=lenient, metadata=number(optional=True))
    weight: Fraction | None = field(default=None, converter=lenient, metadata=number(optional=True))
    graded: bool | None = field(default=None, metadata=one_of(bool, optional=True))


@frozen
class ProblemScore(Checked):
    """What a learner has on a problem after weighting; `raw` is before it, None for a score from outside.

    Where nothing is possible a problem is never graded.
    """

    score: Score = field(metadata=one_of(Score))
    raw: Score | None = field(default=None, metadata=one_of(Score, optional=True), kw_only=True)
    weight: Fraction | None = field(default=None, converter=lenient, metadata=number(optional=True), kw_only=True)
    graded: bool = field(default=True, metadata=truth(), kw_only=True)
    attempted: datetime | None = field(default=None, validator=has_zone, kw_only=True)


def score_problem(
    content: Content,
    *,
    submission: Score | None = None,
    state: Score | None = None,
    stored: Content | None = None,
    attempted: datetime | None = None,
) -> ProblemScore | None:
    """Return a problem's score from the first source that there is, or None where what is possible is not known.

    A submission is scored outside the course and weighted already. Then comes the learner's state, raw. Without
    either the problem is not attempted: nothing is earned of what was possible when it was stored, or is now. Whether
    it is graded was stored, and otherwise holds unless the course says that it does not.
    """
    described = content if stored is None else stored
    possible = described.raw_possible if state is None else state.possible
    if submission is None and possible is None:
        return None
    raw = None if submission is not None else state or Score(0, possible or 0)
    score = submission if raw is None else _weighted(raw, described.weight)
    graded = content.graded is not False if stored is None or stored.graded is None else stored.graded
    return ProblemScore(
        score or NOTHING,
        raw=raw,
        weight=described.weight,
        graded=graded and bool(score and score.possible),
        attempted=None if submission is None and state is None else attempted,
    )


def roll_up(block: str, children: Mapping[str, Sequence[str]], scores: Mapping[str, Score | None]) -> Score:
    """Return what everything in a block of a course comes to, the block included, each part counted once.

    A block without a score adds nothing, and `children` may lead in circles.
    """
    return add_up(score for each in _within(block, children) if (score := scores.get(each)) is not None)


def add_up(scores: Iterable[Score]) -> Score:
    """Return the plain sums of what was earned and of what was possible."""
    every = list(scores)
    return Score(total(score.earned for score in every), total(score.possible for score in every))


def _weighted(raw: Score, weight: Fraction | None) -> Score:
    """Return a raw score on the scale of the problem's weight; without a weight, or out of 0, it stays as it is."""
    if weight is None or not raw.possible:
        return raw
    return Score(raw.earned * weight / raw.possible, weight)


def _within(block: str, children: Mapping[str, Sequence[str]]) -> Iterator[str]:
    seen: set[str] = set()
    waiting = [block]
    while waiting:
        each = waiting.pop()
        if each not in seen:
            seen.add(each)
            yield each
            waiting.extend(children.get(each, ()))
