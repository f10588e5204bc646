# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: a subsection's grade as it is stored, and the override that one system sets and no other may undo.

>>> stored = SubsectionGrade(Score(6, 6), Score(5, 5))
>>> rejected = override(stored, Override(earned_graded=0, system="proctoring")).grade
>>> rejected.effective.graded_problems == Score(0, 5)
True
>>> undo(rejected, "gradebook").grade == rejected, undo(rejected, "proctoring").grade == stored
(True, True)

There is one override for a subsection: another system's replaces it, and whoever undoes that one leaves none.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Final

from attrs import evolve, field, frozen

from ....exact import Exact, Number, lenient
from ....fields import (
    Checked,
    number,
    one_of,
    text,
    truth,
)
from ....moments import has_zone
from ....rounding import Rounding
from .roundings import FOUR_DECIMALS
from .scores import NOTHING, Score, Totals

_REPLACES: Final = number(optional=True)
_REPLACES_POSSIBLE: Final = number(minimum=0, optional=True)


@frozen(kw_only=True)
class Override(Checked):
    """Numbers that replace those of a grade, None where they do not, and whose they are: a `system` and a person."""

    earned_all: Fraction | None = field(default=None, converter=lenient, metadata=_REPLACES)
    possible_all: Fraction | None = field(default=None, converter=lenient, metadata=_REPLACES_POSSIBLE)
    earned_graded: Fraction | None = field(default=None, converter=lenient, metadata=_REPLACES)
    possible_graded: Fraction | None = field(default=None, converter=lenient, metadata=_REPLACES_POSSIBLE)
    system: str = field(default="", metadata=text(optional=True))
    reason: str = field(default="", metadata=text(optional=True))
    by: str = field(default="", metadata=text(optional=True))
    at: datetime | None = field(default=None, validator=has_zone)


@frozen
class SubsectionGrade(Checked):
    """What is stored of a learner and a subsection: two scores as computed, and an override of them perhaps."""

    all_problems: Score = field(default=NOTHING, metadata=one_of(Score))
    graded_problems: Score = field(default=NOTHING, metadata=one_of(Score))
    attempted: bool = field(default=True, metadata=truth(), kw_only=True)
    override: Override | None = field(default=None, metadata=one_of(Override, optional=True), kw_only=True)

    @property
    def effective(self) -> Totals:
        """The two scores that count: each number of the override in the place of its counterpart."""
        by = self.override
        if by is None:
            return Totals(self.all_problems, self.graded_problems)
        return Totals(
            _replaced(self.all_problems, by.earned_all, by.possible_all),
            _replaced(self.graded_problems, by.earned_graded, by.possible_graded),
        )


@frozen
class Change:
    """A stored grade after something was done to it, None where none is stored, and whether a regrade follows."""

    grade: SubsectionGrade | None
    recalculates: bool


def subsection_percent(earned: Number, possible: Number, rounding: Rounding | None = FOUR_DECIMALS) -> Exact:
    """Return the percent of a subsection as it is rounded; of nothing possible, 0."""
    percent = 100 * Score(earned, possible).share
    return percent if rounding is None else rounding.apply(percent)


def override(stored: SubsectionGrade | None, by: Override) -> Change:
    """Return the grade with the override in place of any that it had; where none is stored, it is one of nothing."""
    return Change(evolve(stored or SubsectionGrade(attempted=False), override=by), recalculates=True)


def undo(stored: SubsectionGrade | None, system: str = "") -> Change:
    """Return the grade without its override, if that is this system's or no system's; no system undoes any."""
    held = None if stored is None else stored.override
    if stored is None or held is None or (system and held.system and held.system != system):
        return Change(stored, recalculates=False)
    return Change(evolve(stored, override=None), recalculates=True)


def higher(previous: Score | None, fresh: Score) -> Score:
    """Return the score that stays where only a higher one replaces: an equal one does too."""
    return fresh if previous is None or fresh.share >= previous.share else previous


def store(
    stored: SubsectionGrade | None,
    fresh: SubsectionGrade,
    *,
    state_deleted: bool = False,
    forced: bool = False,
    only_if_higher: bool = False,
) -> SubsectionGrade | None:
    """Return what is stored after a subsection was graded anew: an override stays.

    What nobody attempted is not stored, unless the learner's state was deleted or it is `forced`. With
    `only_if_higher` a lower score changes nothing.
    """
    if not (fresh.attempted or state_deleted or forced):
        return stored
    if stored is None:
        return fresh
    if only_if_higher and higher(stored.all_problems, fresh.all_problems) is not fresh.all_problems:
        return stored
    return evolve(fresh, override=stored.override)


def _replaced(score: Score, earned: Fraction | None, possible: Fraction | None) -> Score:
    return Score(score.earned if earned is None else earned, score.possible if possible is None else possible)
