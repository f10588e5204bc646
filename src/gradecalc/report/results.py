# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The parts of a report: what a line is about, what was done with it, and what came out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from operator import itemgetter
from typing import Final, NamedTuple, Protocol

from attrs import field, frozen

from ..exact import Exact, represent
from ..marks import Recorded
from ..outline import Outline
from ..reasons import Lack, Note, Reason
from ..rounding import Rounding
from ..schemes import GradeScheme
from ..verdicts import Verdict
from .later import Later
from .passing import PassRule

NO_GRADE_SHOWN: Final = "–"
EXEMPT_SHOWN: Final = "Exempt"


class Treatment(Enum):
    """What the calculation did with an item or a branch."""

    COUNTED = "counted"
    COUNTED_AS_ZERO = "counted as zero"
    BONUS = "bonus"
    DROPPED = "dropped"
    EXEMPT = "exempt"
    LEFT_OUT = "left out"
    NOT_COUNTED = "not counted"


class How(Enum):
    """How the figures of a line come about: an item is marked, and all else is computed."""

    MARKED = "marked"
    CALCULATED = "calculated"
    FORMULA = "formula"
    """Of a formula item or of a branch."""
    WEIGHTED_MEAN = "weighted mean"
    SUM_OF_POINTS = "sum of points"
    MEAN = "mean"
    MEDIAN = "median"
    LOWEST = "lowest"
    HIGHEST = "highest"
    MODE = "mode"
    BEST_OF = "best of weightings"


@frozen
class Heading:
    """What a line of a report is about, the same for every learner; `parent` is the line number of its branch."""

    id: str
    name: str
    parent: int
    branch: bool = False
    how: How = How.MARKED
    scheme: GradeScheme | None = None
    passing: PassRule = field(factory=PassRule)


@frozen
class Layout:
    """What the reports of a plan share: the headings in book order, how figures are shown, and whose rules they are."""

    headings: tuple[Heading, ...]
    shown: Rounding
    scheme: GradeScheme | None
    digest: str
    rules: str
    index: Mapping[str, int] = field(init=False, eq=False, repr=False)
    below: tuple[tuple[int, ...], ...] = field(init=False, eq=False, repr=False)
    """The lines of each line's children."""
    has_formulas: bool = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        below: list[list[int]] = [[] for _ in self.headings]
        for line, heading in enumerate(self.headings[1:], start=1):
            below[heading.parent].append(line)
        object.__setattr__(self, "index", {heading.id: line for line, heading in enumerate(self.headings)})
        object.__setattr__(self, "below", tuple(map(tuple, below)))
        object.__setattr__(self, "has_formulas", any(heading.how is How.FORMULA for heading in self.headings))


class Override(NamedTuple):
    """A mark in the place of what was computed: the percent it replaced, if any, who set it, and what they noted.

    Only its owner, if it has one, may lift it.
    """

    computed: Exact | None = None
    by: str | None = None
    note: str = ""


class Columns(NamedTuple):
    """What an evaluator found, a column for each figure with a place for each line.

    `shares[i]` is line i's weight in its branch, of the branch's `wholes`. A whole of None means that the branch is no
    sum of shares: there the shares are those of the children it picked, together 1, as of the two in the middle of a
    median. `overrides` and `notes`, the reasons, are by line.
    """

    points: tuple[Exact | None, ...]
    out_of: tuple[Exact, ...]
    treatments: tuple[Treatment, ...]
    shares: tuple[Exact, ...]
    wholes: tuple[Exact | None, ...]
    recorded: tuple[Recorded, ...]
    overrides: tuple[tuple[int, Override], ...]
    notes: tuple[tuple[int, Note], ...]


def notes_of(columns: Columns, line: int) -> list[Note]:
    """Return the notes of a line, which are in the order of the lines."""
    notes, by_line = columns.notes, itemgetter(0)
    first, last = bisect_left(notes, line, key=by_line), bisect_right(notes, line, key=by_line)
    return [note for _, note in notes[first:last]]


class Origin(Protocol):
    """What a report was made of, for questions that its figures alone do not answer."""

    def explain_formulas(self) -> Mapping[int, Outline]:
        """Return a row for each formula, by line: what its parts come to (C14)."""


@frozen
class Replacement:
    """Whose result stands in the place of a line's own: the name of the source, and the percent now and before."""

    source: str
    percent: Fraction = field(repr=represent)
    instead: Fraction | None = field(repr=represent)
    """What it stands for; None where there was no score."""


@frozen
class Result(Later):
    """What came out for one branch or item.

    `points` and `percent` are the values used, after every rounding and cap; `out_of` is this learner's maximum;
    `recorded` is the mark as recorded; `computed` is the percent before an `override`, if there is one. `lack` says why
    there is no score that was recorded, computed or set, even where it counts as zero; None is a score that was.
    `weight` is the effective share of the final grade, or None where no such share exists. `dropped` lists the ids a
    branch dropped, in book order. `passed` is None where no pass mark is stated. `replaced` says whose result stands in
    for this one's.
    """

    id: str
    name: str
    points: Fraction | None = field(repr=represent)
    out_of: Fraction = field(repr=represent)
    percent: Fraction | None = field(repr=represent)
    recorded: Fraction | str | bool | None = field(repr=represent)
    computed: Fraction | None = field(repr=represent)
    symbol: str | None
    passed: Verdict | None
    lack: Lack | None
    treatment: Treatment
    weight: Fraction | None = field(repr=represent)
    dropped: tuple[str, ...]
    shown: str
    override: Override | None = field(repr=represent)
    replaced: Replacement | None
    reasons: tuple[Reason, ...]

    @property
    def overridden(self) -> bool:
        """Whether a mark stands in the place of what was computed."""
        return self.override is not None
