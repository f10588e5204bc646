# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The parts of a report: what a line is about, what was done with it, and what came out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import Final, NamedTuple

from attrs import field, frozen

from ..exact import Exact
from ..marks import Recorded
from ..reasons import Note, Reason
from ..rounding import Rounding
from ..schemes import GradeScheme
from ..verdicts import Verdict

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


@frozen
class Heading:
    """What a line of a report is about, the same for every learner; `parent` is the line number of its branch."""

    id: str
    name: str
    parent: int
    branch: bool = False
    how: str = ""
    scheme: GradeScheme | None = None
    pass_mark: Fraction | None = None
    must_pass: bool = False


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

    def __attrs_post_init__(self) -> None:
        below: list[list[int]] = [[] for _ in self.headings]
        for line, heading in enumerate(self.headings[1:], start=1):
            below[heading.parent].append(line)
        object.__setattr__(self, "index", {heading.id: line for line, heading in enumerate(self.headings)})
        object.__setattr__(self, "below", tuple(map(tuple, below)))


class Columns(NamedTuple):
    """What an evaluator found, a column for each figure with a place for each line.

    `shares[i]` is line i's weight in its branch, of the branch's `wholes`; a whole of None means that the branch is no
    sum of shares. `computed` holds the percents that overrides replaced, and `notes` the reasons, both by line.
    """

    points: tuple[Exact | None, ...]
    out_of: tuple[Exact, ...]
    treatments: tuple[Treatment, ...]
    shares: tuple[Exact, ...]
    wholes: tuple[Exact | None, ...]
    recorded: tuple[Recorded, ...]
    computed: tuple[tuple[int, Exact | None], ...]
    notes: tuple[tuple[int, Note], ...]


@frozen
class Result:
    """What came out for one branch or item.

    `points` and `percent` are the values used, after every rounding and cap; `out_of` is this learner's maximum;
    `recorded` is the mark as recorded; `computed` is the percent before an override. `weight` is the effective share
    of the final grade, or None where no such share exists. `dropped` lists the ids a branch dropped, in book order.
    `passed` is None where no pass mark is stated.
    """

    id: str
    name: str
    points: Fraction | None
    out_of: Fraction
    percent: Fraction | None
    recorded: Fraction | str | bool | None
    computed: Fraction | None
    symbol: str | None
    passed: Verdict | None
    treatment: Treatment
    weight: Fraction | None
    dropped: tuple[str, ...]
    shown: str
    overridden: bool
    reasons: tuple[Reason, ...]
