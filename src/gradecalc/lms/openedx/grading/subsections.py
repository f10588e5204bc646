# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: a subsection's grade as it is stored, and the override that one system sets and no other may undo.

>>> stored = add_problems([ProblemScore(Score(5, 5)), ProblemScore(Score(1, 1), graded=False)])
>>> rejected = override(stored, ScoreOverride(earned_graded=0, system="proctoring")).value
>>> rejected.effective.graded_problems == Score(0, 5)
True
>>> undo(rejected, "gradebook").value == rejected, undo(rejected, "proctoring").value == stored
(True, True)

There is one override for a subsection: another system's replaces it, and whoever undoes that one leaves none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import Any

from attrs import Attribute, Factory, evolve, field

from ....exact import Exact, lenient
from ....fields import (
    Checked,
    number,
    one_of,
    text,
)
from ....marks import Mark
from ....moments import has_zone, utc
from ....outcomes import Outcome
from ....values import frozen
from ...documents import AMOUNT, NUMBER
from ...records import Metadata, named
from .scores import NOTHING, ProblemScore, Score, add_up


def _replacing(name: str, *, possible: bool = False) -> Metadata:
    """Declare a number that takes the place of one that was earned, or was possible."""
    return {**number(minimum=0 if possible else None, optional=True), **named(name, AMOUNT if possible else NUMBER)}


def _said(name: str) -> Metadata:
    return {**text(optional=True), **named(name)}


@frozen(kw_only=True)
class ScoreOverride(Checked):
    """Numbers that replace those of a grade, None where they do not, and whose they are: a `system` and a person."""

    earned_all: Fraction | None = field(default=None, converter=lenient, metadata=_replacing("earned_all_override"))
    possible_all: Fraction | None = field(
        default=None, converter=lenient, metadata=_replacing("possible_all_override", possible=True)
    )
    earned_graded: Fraction | None = field(
        default=None, converter=lenient, metadata=_replacing("earned_graded_override")
    )
    possible_graded: Fraction | None = field(
        default=None, converter=lenient, metadata=_replacing("possible_graded_override", possible=True)
    )
    system: str = field(default="", metadata=_said("system"))
    reason: str = field(default="", repr=False, metadata=_said("override_reason"))
    by: str = field(default="", repr=False, metadata=text(optional=True))
    at: datetime | None = field(default=None, validator=has_zone)

    @property
    def owner(self) -> str:
        """Whose it is: the system, or else the person, or else nobody's."""
        return self.system or self.by


def _said_or_zoned(_: object, attribute: Attribute[Any], attempted: datetime | bool) -> None:  # noqa: FBT001 - a field
    if not isinstance(attempted, bool):
        utc(attempted, attribute.name)


@frozen
class SubsectionGrade(Checked):
    """What is stored of a learner and a subsection: two scores as computed, and an override of them perhaps.

    Without a score of their own the graded problems are all of them. `attempted` is when it was first attempted, or
    whether it was.
    """

    all_problems: Score = field(default=NOTHING, metadata=one_of(Score))
    graded_problems: Score = field(
        default=Factory(lambda self: self.all_problems, takes_self=True), metadata=one_of(Score)
    )
    attempted: datetime | bool = field(default=True, validator=_said_or_zoned, kw_only=True)
    override: ScoreOverride | None = field(default=None, metadata=one_of(ScoreOverride, optional=True), kw_only=True)

    @property
    def effective(self) -> SubsectionGrade:
        """The two scores that count: each number of the override in the place of its counterpart."""
        by = self.override
        if by is None:
            return self
        every = _replaced(self.all_problems, by.earned_all, by.possible_all)
        graded = _replaced(self.graded_problems, by.earned_graded, by.possible_graded)
        return evolve(self, all_problems=every, graded_problems=graded, override=None)

    def score(self, *, graded: bool = True) -> Score:
        """Return the score that counts, of the graded problems or of all."""
        return self.effective.graded_problems if graded else self.effective.all_problems

    def is_set(self, *, graded: bool = True) -> bool:
        """Return whether somebody has set by hand what was earned, of the graded problems or of all."""
        by = self.override
        return by is not None and (by.earned_graded if graded else by.earned_all) is not None

    def mark(self, *, graded: bool = True, worth: Exact | None = None) -> Mark:
        """Return the score that counts as a mark for a gradebook; an override says whose it is.

        What was set by hand where nothing was possible for the learner is out of what the subsection is `worth` to
        anybody; without that it is 0 of the item's maximum, and never out of 0.
        """
        score = self.score(graded=graded)
        own = score.possible or (worth if self.is_set(graded=graded) else None) or None
        if self.override is not None:
            by, note = self.override.owner or None, self.override.reason
            return Mark(score.earned if own else 0, out_of=own, by=by, note=note)
        return Mark(score.earned if own and (self.attempted or score.earned) else None, out_of=own)


def add_problems(problems: Iterable[ProblemScore]) -> SubsectionGrade:
    """Return the plain sums over all problems and over the graded ones, attempted when the first of them was."""
    every = list(problems)
    attempts = [problem.attempted for problem in every if problem.attempted is not None]
    graded = [problem.score for problem in every if problem.graded and problem.score.possible]
    return SubsectionGrade(
        add_up(problem.score for problem in every), add_up(graded), attempted=min(attempts, default=False)
    )


def override(
    stored: SubsectionGrade | None, by: ScoreOverride, *, worth: Exact | None = None
) -> Outcome[SubsectionGrade]:
    """Return the grade with the override in place of any that it had, after which it is regraded.

    Where no grade is stored, it is one of nothing earned, of what the subsection is `worth` if that is known.
    """
    held = stored or SubsectionGrade(Score(0, worth or 0), attempted=False)
    return Outcome(evolve(held, override=by), changed=True)


def undo(stored: SubsectionGrade | None, system: str = "") -> Outcome[SubsectionGrade | None]:
    """Return the grade without its override, if that is this system's or no system's; no system undoes any."""
    held = None if stored is None else stored.override
    if stored is None or held is None or (system and held.system and held.system != system):
        return Outcome(stored, changed=False)
    return Outcome(evolve(stored, override=None), changed=True)


def store(  # noqa: PLR0913 - each is a choice of its own
    stored: SubsectionGrade | None,
    fresh: SubsectionGrade,
    *,
    state_deleted: bool = False,
    forced: bool = False,
    only_if_higher: bool = False,
    unless_stored: bool = False,
) -> SubsectionGrade | None:
    """Return what is stored after a subsection was graded anew: an override stays.

    What nobody attempted is not stored, unless the learner's state was deleted or it is `forced`. With
    `only_if_higher` a lower score changes nothing, and with `unless_stored` none does where a grade is stored.
    """
    if not (fresh.attempted or state_deleted or forced):
        return stored
    if stored is None:
        return fresh
    lower = fresh.all_problems.percent() < stored.all_problems.percent()
    if unless_stored or (only_if_higher and lower):
        return stored
    return evolve(fresh, override=stored.override)


def _replaced(score: Score, earned: Fraction | None, possible: Fraction | None) -> Score:
    return Score(score.earned if earned is None else earned, score.possible if possible is None else possible)
