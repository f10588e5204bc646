# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The parts of a report: what was done with each line, and what came out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from operator import itemgetter
from typing import Any, Final, NamedTuple, Protocol

from attrs import field, fields

from ..exact import Exact, represent
from ..marks import NoScore, Recorded
from ..reasons import Lack, Note, Reason
from ..values import frozen
from ..verdicts import Verdict
from .later import NOT_FOUND, Later, entering, new, set_field
from .layouts import Layout
from .origins import Origin

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

    __hash__ = object.__hash__  # an enum's own is far slower, and these are looked up for every line


class Override(NamedTuple):
    """A mark in the place of what was computed: the percent it replaced, if any, who set it, and what they noted.

    Only its owner, if it has one, may lift it.
    """

    computed: Exact | None = None
    by: str | None = None
    note: str = ""


class _Found(Later):
    """What may have some columns, and how the others are found."""

    __slots__ = ("_others",)

    _others: Callable[[], Mapping[str, Any]]


@frozen
class Columns(_Found):
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

    @classmethod
    def of(
        cls, points: tuple[Exact | None, ...], out_of: tuple[Exact, ...], others: Callable[[], Mapping[str, Any]]
    ) -> Columns:
        """Return columns of which all but two are found, by their names, when one of them is asked for."""
        made = new(cls)
        set_field(made, "points", points)
        set_field(made, "out_of", out_of)
        set_field(made, "_others", others)
        return made

    def _find(self, name: str) -> Any:
        if name not in _COLUMNS:
            return NOT_FOUND
        for each, column in self._others().items():
            set_field(self, each, column)
        set_field(self, "_others", dict)
        return getattr(self, name)


_COLUMNS: Final = frozenset(each.name for each in fields(Columns))


def override_of(columns: Columns, line: int) -> Override | None:
    """Return the override of a line: they are in the order of the lines, each at most once."""
    overrides, by_line = columns.overrides, itemgetter(0)
    if not overrides:
        return None
    place = bisect_left(overrides, line, key=by_line)
    return overrides[place][1] if place < len(overrides) and overrides[place][0] == line else None


def notes_of(columns: Columns, line: int) -> list[Note]:
    """Return the notes of a line, which are in the order of the lines."""
    notes, by_line = columns.notes, itemgetter(0)
    first, last = bisect_left(notes, line, key=by_line), bisect_right(notes, line, key=by_line)
    return [note for _, note in notes[first:last]]


@frozen
class Replacement:
    """Whose result stands in the place of a line's own: the name of the source, and the percent now and before."""

    source: str
    percent: Fraction = field(repr=represent)
    instead: Fraction | None = field(repr=represent)
    """What it stands for; None where there was no score."""


class Finder(Protocol):
    """What knows a report, or finds it."""

    @property
    def layout(self) -> Layout:
        """The layout of the report."""

    @property
    def columns(self) -> Columns:
        """What an evaluator found."""

    @property
    def origin(self) -> Origin | None:
        """What the report was graded from, if that is known."""

    def result(self, line: int) -> Result:
        """Return the result of a line, whose fields may be found later."""

    def find(self, name: str, line: int) -> Any:
        """Return the field of this name of the result of a line, or `NOT_FOUND` if it takes the whole result."""

    def without_score(self, line: int) -> NoScore | None:
        """Return `EXEMPT` or `UNGRADED` where a line has no recorded score, and None where it has one."""

    def fill(self, line: int, made: Result) -> None:
        """Enter all fields of the result of a line."""

    def complete(self, line: int) -> Result:
        """Return the result of a line with all its fields."""


class _Of(Later):
    """What is found when it is asked for, by whom, and of which line it is."""

    __slots__ = ("_finder", "_line")

    _finder: Finder
    _line: int


@frozen
class Result(_Of):
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

    @classmethod
    def of(cls, finder: Finder, line: int) -> Result:
        """Return the result of a line, whose fields are found when they are asked for."""
        made = new(cls)
        enter_finder(made, finder)
        enter_line(made, line)
        return made

    def _find(self, name: str) -> Any:
        """Find one field alone where that is less work, and else all of them, for who reads one reads others too."""
        if name not in _FIELDS:
            return NOT_FOUND
        finder, line = self._finder, self._line
        found = finder.find(name, line)
        if found is NOT_FOUND:
            finder.fill(line, self)
            return object.__getattribute__(self, name)
        return found


_FIELDS: Final = frozenset(each.name for each in fields(Result))
enter_finder: Final = entering(_Of, "_finder")
enter_line: Final = entering(_Of, "_line")
_enter_id: Final = entering(Result, "id")
_enter_name: Final = entering(Result, "name")
_enter_points: Final = entering(Result, "points")
_enter_out_of: Final = entering(Result, "out_of")
enter_percent: Final = entering(Result, "percent")
_enter_recorded: Final = entering(Result, "recorded")
_enter_computed: Final = entering(Result, "computed")
_enter_symbol: Final = entering(Result, "symbol")
_enter_passed: Final = entering(Result, "passed")
_enter_lack: Final = entering(Result, "lack")
_enter_treatment: Final = entering(Result, "treatment")
_enter_weight: Final = entering(Result, "weight")
_enter_dropped: Final = entering(Result, "dropped")
_enter_shown: Final = entering(Result, "shown")
_enter_override: Final = entering(Result, "override")
_enter_replaced: Final = entering(Result, "replaced")
_enter_reasons: Final = entering(Result, "reasons")


def fill(  # noqa: PLR0913, PLR0917 - one for each field
    made: Result,
    id: str,  # noqa: A002 - as the field
    name: str,
    points: Fraction | None,
    out_of: Fraction,
    percent: Fraction | None,
    recorded: Fraction | str | bool | None,  # noqa: FBT001 - a value
    computed: Fraction | None,
    symbol: str | None,
    passed: Verdict | None,
    lack: Lack | None,
    treatment: Treatment,
    weight: Fraction | None,
    dropped: tuple[str, ...],
    shown: str,
    override: Override | None,
    replaced: Replacement | None,
    reasons: tuple[Reason, ...],
) -> None:
    """Enter all fields of a result, each at once: the way of attrs takes twice as long."""
    _enter_id(made, id)
    _enter_name(made, name)
    _enter_points(made, points)
    _enter_out_of(made, out_of)
    enter_percent(made, percent)
    _enter_recorded(made, recorded)
    _enter_computed(made, computed)
    _enter_symbol(made, symbol)
    _enter_passed(made, passed)
    _enter_lack(made, lack)
    _enter_treatment(made, treatment)
    _enter_weight(made, weight)
    _enter_dropped(made, dropped)
    _enter_shown(made, shown)
    _enter_override(made, override)
    _enter_replaced(made, replaced)
    _enter_reasons(made, reasons)
