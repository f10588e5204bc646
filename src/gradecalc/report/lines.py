# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What came out for each line of a report: nothing that the evaluator did not do.

A `Result` asks here for its fields when somebody reads one. What follows from points alone is found line by line; all
else takes columns that the evaluator makes when they are first asked for, and from then on a result is made whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from ..exact import percent_of
from ..marks import EXEMPT, UNGRADED, NoScore, Recorded
from ..quotients import as_fraction, fraction_of
from ..reasons import REPORT, Lack, Note, Reason, reason
from ..verdicts import Verdict
from .later import NOT_FOUND, Later, new
from .layouts import Heading, How, Layout
from .origins import Origin
from .passing import judge_final
from .reached import MOST_KEPT
from .recorded import recorded_lines
from .results import EXEMPT_SHOWN, NO_GRADE_SHOWN, Columns, Override, Replacement, Result, Treatment, fill
from .sums import ADDING

_COMPUTED_REASONS: Final = {
    Treatment.EXEMPT: (REPORT.reason("exempt_branch"),),
    Treatment.COUNTED_AS_ZERO: (REPORT.reason("without_score_as_zero"),),
}
_ITEM_REASONS: Final = {
    Treatment.EXEMPT: (REPORT.reason("exempt"),),
    Treatment.COUNTED_AS_ZERO: (REPORT.reason("ungraded_as_zero"),),
    Treatment.LEFT_OUT: (REPORT.reason("left_out"),),
}
_TELLING: Final = frozenset({"best_of_unnamed", "exempt_keeps_number", "exempt_within", "out_of_zero_leaves"})
"""The notes that say why a line has its treatment, so that the usual reason is not given beside them."""

_LACKS: Final[Mapping[object, Lack]] = {lack.value: lack for lack in Lack}
_NOTHING: Final = Fraction(0)
_REPLACED: Final = frozenset({"replaced", "replaced_exempt", "replaced_nothing"})
_CODE: Final = itemgetter(0)
_NO_NOTES: Final[Sequence[Note]] = ()

_Share = tuple[int, int] | None
"""What a share is, above and below the line, if it is one."""

# members are looked up in their class at ten times the cost, and lines are many
_MARKED: Final = How.MARKED
_DROPPED: Final = Treatment.DROPPED
_EXEMPT: Final = Treatment.EXEMPT
_NOT_COUNTED: Final = Treatment.NOT_COUNTED
_LACK_EXEMPT: Final = Lack.EXEMPT
_LACK_UNGRADED: Final = Lack.UNGRADED

_NO_RATIO: Final = (None, None)
_without_arguments: Final = lru_cache(None)(REPORT.reason)


class ReportLines(Later):
    """The lines of one report; what belongs to several of them is worked out once, when it is first asked for."""

    __slots__ = ("columns", "computed", "graded", "is_read", "layout", "notes", "origin", "overrides", "within")

    layout: Layout
    columns: Columns
    origin: Origin | None
    computed: dict[int, Result]
    """The results of computed lines that were made already."""
    graded: frozenset[int]
    """The lines with a recorded score (U10)."""
    is_read: bool
    """Whether somebody asked for more than follows from points."""
    notes: Mapping[int, Sequence[Note]]
    """The notes of each line that has any."""
    overrides: Mapping[int, Override]
    within: Mapping[int, _Share]
    """For each branch what the shares in it are to be multiplied by, if anything is."""

    def __init__(self, layout: Layout, columns: Columns, origin: Origin | None = None) -> None:
        self.layout, self.columns, self.origin, self.is_read = layout, columns, origin, False

    def result(self, line: int) -> Result:
        """Return the result of a line; who wants the points of many has no need of the rest."""
        return self.complete(line) if self.is_read else Result.of(self, line)

    def find(self, name: str, line: int) -> Any:
        """Return a field of a line's result that follows from its points."""
        alone = None if self.is_read else _ALONE.get(name)
        return NOT_FOUND if alone is None else alone(self, line)

    def complete(self, line: int) -> Result:
        """Return the result of a line with all its fields; what only says what was marked is kept for other reports."""
        place = self._place(line)
        if place is None:
            return self._own(line)
        kept = self.layout.kept
        found = kept.get(place)
        if found is None:
            found = new(Result)
            self.fill(line, found)
            if len(kept) < MOST_KEPT:
                kept[place] = found
        return found

    def _own(self, line: int) -> Result:
        """Return a result that no other report has; those of computed lines, asked for again and again, are kept."""
        found = self.computed.get(line)
        if found is None:
            found = new(Result)
            self.fill(line, found)
            if not self.layout.marked[line]:
                self.computed[line] = found
        return found

    def _place(self, line: int) -> tuple[object, ...] | None:
        """Return by what a result is another than those of other lines and reports, if it says little."""
        columns = self.columns
        points, recorded, own = columns.points[line], columns.recorded[line], self.notes.get(line)
        usually = self.layout.yardsticks.usually_out_of[line]
        if usually is None or columns.out_of[line] != usually or (recorded is not points and recorded is not None):
            return None
        if line in self.overrides or (own is not None and (len(own) > 1 or len(own[0]) > 1)):
            return None
        over, under = _NO_RATIO if points is None else points.as_integer_ratio()
        treatment = columns.treatments[line]
        within = self.within[self.layout.headings[line].parent] if treatment in ADDING else None
        if within is None:
            return line, over, under, recorded is None, treatment, own and own[0][0]
        own_over, own_under = columns.shares[line].as_integer_ratio()
        share = within[0] * own_over, within[1] * own_under
        return line, over, under, recorded is None, treatment, own and own[0][0], *share

    def fill(self, line: int, made: Result) -> None:
        """Enter all fields of the result of a line."""
        layout, columns = self.layout, self.columns
        heading, treatment, recorded = layout.headings[line], columns.treatments[line], columns.recorded[line]
        self.is_read = True
        points, own, override = columns.points[line], self.notes.get(line), self.overrides.get(line)
        reached, out_of, percent, shown, symbol, passed = layout.yardsticks.reached(line, points, columns.out_of[line])
        reasons = self._usual_reasons(heading, treatment)
        fill(
            made,
            heading.id,
            heading.name,
            reached,
            out_of,
            percent,
            reached if recorded is points else _as_recorded(recorded),
            percent if override is None else _computed(override),
            symbol if own is None else _given_symbol(own, symbol),
            passed if line else self._final_passed(percent, passed),
            self.lack(line) if own or recorded is None or treatment is _EXEMPT else None,
            treatment,
            self._weight(line, treatment),
            self._dropped(line) if heading.branch else (),
            _shown(shown, percent, recorded, treatment),
            override,
            None if own is None else _replaced(own),
            reasons if own is None else self._reasons(reasons, own),
        )

    def lack(self, line: int) -> Lack | None:
        """Return why the line has no score of its own; what is recorded is one, an override too."""
        own = self.notes.get(line, _NO_NOTES)
        if self.columns.treatments[line] is _EXEMPT or (own and "replaced_exempt" in map(_CODE, own)):
            return _LACK_EXEMPT
        if self.columns.recorded[line] is not None:
            return None
        if self.layout.headings[line].how is _MARKED:
            return _LACK_UNGRADED
        return next(filter(None, map(_LACKS.get, map(_CODE, own))), None) if own else None

    def without_score(self, line: int) -> NoScore | None:
        """Return `EXEMPT` or `UNGRADED` where a line has no recorded score, and None where it has one (U10)."""
        if self.lack(line) is _LACK_EXEMPT:
            return EXEMPT
        return None if line in self.graded else UNGRADED

    def is_replaced(self, line: int) -> bool:
        """Return whether another's result stands in the place of the line's own."""
        return _replaced(self.notes.get(line, _NO_NOTES)) is not None

    def _find(self, name: str) -> Any:
        find = _SHARED.get(name)
        return NOT_FOUND if find is None else find(self)

    def _final_passed(self, percent: Fraction | None, own: Verdict | None) -> Verdict | None:
        must_pass, headings, treatments = self.layout.must_pass, self.layout.headings, self.columns.treatments
        if not must_pass:
            return own
        applying = [line for line in must_pass if treatments[line] is not _EXEMPT]
        return judge_final(
            headings[0].passing, percent, [(headings[line].passing, _percent(self, line)) for line in applying]
        )

    def _weight(self, line: int, treatment: Treatment) -> Fraction | None:
        """Return the share of the final that a line has: the product of its own and of those above it (W9)."""
        share = self._share(line) if treatment in ADDING else None
        if share is None:
            return _NOTHING
        over, under = share
        return fraction_of(over, under) if under else None

    def _share(self, line: int) -> _Share:
        """Return the same of what adds to its branch, or None where that adds nothing."""
        if line == 0:
            return 1, 1
        above = self.within[self.layout.headings[line].parent]
        over, under = self.columns.shares[line].as_integer_ratio()
        return above and (above[0] * over, above[1] * under)

    def _dropped(self, line: int) -> tuple[str, ...]:
        headings, treatments = self.layout.headings, self.columns.treatments
        return tuple([headings[each].id for each in self.layout.below[line] if treatments[each] is _DROPPED])

    def _usual_reasons(self, heading: Heading, treatment: Treatment) -> tuple[Reason, ...]:
        """Return why a line is treated as it is, where that goes without a note."""
        if treatment is _NOT_COUNTED and heading.parent >= 0:
            return (REPORT.reason("not_counted", self.layout.headings[heading.parent].name),)
        return (_ITEM_REASONS if heading.how is _MARKED else _COMPUTED_REASONS).get(treatment, ())

    def _reasons(self, usual: tuple[Reason, ...], own: Sequence[Note]) -> tuple[Reason, ...]:
        """Return the usual reasons, if no note tells as much, and what the notes say."""
        told = [_without_arguments(note[0]) if len(note) == 1 else reason(note, self.layout.shown) for note in own]
        return (*usual, *told) if _TELLING.isdisjoint(map(_CODE, own)) else tuple(told)


def _notes(lines: ReportLines) -> dict[int, list[Note]]:
    found: dict[int, list[Note]] = {}
    for line, note in lines.columns.notes:
        found.setdefault(line, []).append(note)
    return found


def _graded(lines: ReportLines) -> frozenset[int]:
    lacks = [lines.lack(each) for each in range(len(lines.layout.headings))]
    return recorded_lines(
        lines.layout, lines.columns, has_score=lambda each: lacks[each] is None, replaced=lines.is_replaced
    )


def _overrides(lines: ReportLines) -> dict[int, Override]:
    return dict(lines.columns.overrides)


def _within(lines: ReportLines) -> dict[int, _Share]:
    """Work out the shares of branches, from the first to the last, so that each finds that of its own branch (W9)."""
    found: dict[int, _Share] = {}
    wholes, treatments, shares = lines.columns.wholes, lines.columns.treatments, lines.columns.shares
    for line in lines.layout.branches:
        above = found[lines.layout.headings[line].parent] if line else (1, 1)
        if above is None or treatments[line] not in ADDING or line in lines.overrides:
            found[line] = None
        else:
            own, whole = shares[line] if line else 1, wholes[line] or 0
            found[line] = (
                above[0] * own.numerator * whole.denominator,
                above[1] * own.denominator * whole.numerator,
            )
    return found


_SHARED: Final[Mapping[str, Callable[[ReportLines], Any]]] = {
    "computed": lambda _: {},
    "graded": _graded,
    "notes": _notes,
    "overrides": _overrides,
    "within": _within,
}
"""What is worked out of all lines at once."""


def _points(lines: ReportLines, line: int) -> Fraction | None:
    points = lines.columns.points[line]
    return None if points is None else as_fraction(points)


def _percent(lines: ReportLines, line: int) -> Fraction | None:
    points, out_of = lines.columns.points[line], lines.columns.out_of[line]
    return None if points is None or not out_of else percent_of(points, out_of)


_ALONE: Final[Mapping[str, Callable[[ReportLines, int], Any]]] = {
    "id": lambda lines, line: lines.layout.headings[line].id,
    "name": lambda lines, line: lines.layout.headings[line].name,
    "points": _points,
    "out_of": lambda lines, line: as_fraction(lines.columns.out_of[line]),
    "percent": _percent,
}
"""How the fields of a `Result` are found that follow from its points."""


def _as_recorded(recorded: Recorded) -> Fraction | str | bool | None:
    return Fraction(recorded) if isinstance(recorded, int) and not isinstance(recorded, bool) else recorded


def _computed(override: Override) -> Fraction | None:
    return None if override.computed is None else as_fraction(override.computed)


def _replaced(own: Sequence[Note]) -> Replacement | None:
    """Return whose result stands in the place of a line's own, if one does."""
    for note in own:
        figures = note[1:] if note[0] in _REPLACED else ()
        percents = [Fraction(each) for each in figures if isinstance(each, (int, Fraction))]
        if percents:
            return Replacement(str(note[1]), percents[0], percents[1] if len(percents) > 1 else None)
    return None


def _given_symbol(own: Sequence[Note], otherwise: str | None) -> str | None:
    """Return the symbol that somebody set, or that a missed hurdle does, or else another (S5, S7, P5)."""
    codes = [*map(_CODE, own)]
    if "symbol_set" in codes:
        return str(own[codes.index("symbol_set")][1])
    if "hurdle_symbol" not in codes or "overridden" in codes:
        return otherwise
    return str(own[codes.index("hurdle_symbol")][3])


def _shown(shown: str, percent: Fraction | None, recorded: Recorded, treatment: Treatment) -> str:
    if treatment is _EXEMPT:
        return EXEMPT_SHOWN
    if percent is None and isinstance(recorded, str):
        return recorded
    return shown or NO_GRADE_SHOWN
