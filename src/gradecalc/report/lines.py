# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What came out for each line of a report, field by field: nothing that the evaluator did not do.

A `Result` asks here for each of its fields when somebody reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from ..exact import Exact, percent_of
from ..marks import Recorded
from ..reasons import Lack, Note, Reason, reason
from ..verdicts import Verdict
from .later import NOT_FOUND, Later
from .layouts import How, Layout
from .origins import Origin
from .passing import judge_final
from .results import EXEMPT_SHOWN, NO_GRADE_SHOWN, Columns, Override, Replacement, Result, Treatment
from .sums import ADDING

_COMPUTED_REASONS: Final = {Treatment.EXEMPT: "exempt_branch", Treatment.COUNTED_AS_ZERO: "without_score_as_zero"}
_ITEM_REASONS: Final = {
    Treatment.EXEMPT: "exempt",
    Treatment.COUNTED_AS_ZERO: "ungraded_as_zero",
    Treatment.LEFT_OUT: "left_out",
}
_TELLING: Final = frozenset({"best_of_unnamed", "exempt_keeps_number", "exempt_within", "out_of_zero_leaves"})
"""The notes that say why a line has its treatment, so that the usual reason is not given beside them."""

_LACKS: Final = {lack.value: lack for lack in Lack}
_NOTHING: Final = Fraction(0)
_REPLACED: Final = frozenset({"replaced", "replaced_exempt", "replaced_nothing"})
_NO_NOTES: Final[Sequence[Note]] = ()


class ReportLines(Later):
    """The lines of one report; what belongs to several of them is worked out once, when it is first asked for."""

    __slots__ = ("columns", "layout", "notes", "origin", "overrides", "percents", "within")

    layout: Layout
    columns: Columns
    origin: Origin | None
    notes: Mapping[int, Sequence[Note]]
    """The notes of each line that has any."""
    overrides: Mapping[int, Override]
    percents: Mapping[int, Fraction | None]
    within: Mapping[int, tuple[int, int] | None]
    """For each branch what the shares in it are to be multiplied by, above and below the line, if anything is."""

    def __init__(self, layout: Layout, columns: Columns, origin: Origin | None = None) -> None:
        self.layout, self.columns, self.origin = layout, columns, origin

    def result(self, line: int) -> Result:
        """Return the result of a line; of the final alone most want the percent, and it has no need of treatments."""
        return Result.of(self, line, self.columns.treatments[line] if line else None)

    def find(self, name: str, line: int) -> Any:
        """Return the field of this name of the result of a line."""
        return _FIELDS[name](self, line)

    def notes_of(self, line: int) -> Sequence[Note]:
        """Return the notes of a line, in their order."""
        return self.notes.get(line, _NO_NOTES)

    def lack(self, line: int) -> Lack | None:
        """Return why the line has no score of its own; what is recorded is one, an override too."""
        own = self.notes_of(line)
        if self.columns.treatments[line] is Treatment.EXEMPT or (own and _stands_for_exempt(own)):
            return Lack.EXEMPT
        if self.columns.recorded[line] is not None:
            return None
        if self.layout.headings[line].how is How.MARKED:
            return Lack.UNGRADED
        return next((_LACKS[str(code)] for code, *_ in own if code in _LACKS), None)

    def replaced(self, line: int) -> Replacement | None:
        """Return whose result stands in the place of the line's own, if one does."""
        for code, *arguments in self.notes_of(line):
            percents = [Fraction(each) for each in arguments if isinstance(each, (int, Fraction))]
            if code in _REPLACED and percents:
                return Replacement(str(arguments[0]), percents[0], percents[1] if len(percents) > 1 else None)
        return None

    def _find(self, name: str) -> Any:
        find = _SHARED.get(name)
        return NOT_FOUND if find is None else find(self)


def _notes(lines: ReportLines) -> dict[int, list[Note]]:
    found: dict[int, list[Note]] = {}
    for line, note in lines.columns.notes:
        found.setdefault(line, []).append(note)
    return found


def _overrides(lines: ReportLines) -> dict[int, Override]:
    return dict(lines.columns.overrides)


class _Percents(dict[int, Fraction | None]):
    """The percent of each line, worked out when it is first asked for."""

    __slots__ = ("_columns",)

    def __init__(self, lines: ReportLines) -> None:
        self._columns = lines.columns

    def __missing__(self, line: int) -> Fraction | None:
        points, out_of = self._columns.points[line], self._columns.out_of[line]
        found = self[line] = None if points is None or not out_of else percent_of(points, out_of)
        return found


def _within(lines: ReportLines) -> dict[int, tuple[int, int] | None]:
    """Work out the shares of branches, from the first to the last, so that each finds that of its own branch (W9)."""
    found: dict[int, tuple[int, int] | None] = {}
    wholes = lines.columns.wholes
    for line in lines.layout.branches:
        share = None if line in lines.overrides else _share(lines, line, found)
        whole = wholes[line] or 0
        found[line] = share and (share[0] * whole.denominator, share[1] * whole.numerator)
    return found


def _share(lines: ReportLines, line: int, within: Mapping[int, tuple[int, int] | None]) -> tuple[int, int] | None:
    """Return the share of the final that a line has, above and below the line, or None where it adds nothing."""
    if lines.columns.treatments[line] not in ADDING:
        return None
    if line == 0:
        return 1, 1
    above, own = within[lines.layout.headings[line].parent], lines.columns.shares[line]
    return above and (above[0] * own.numerator, above[1] * own.denominator)


_SHARED: Final[Mapping[str, Callable[[ReportLines], Any]]] = {
    "notes": _notes,
    "overrides": _overrides,
    "percents": _Percents,
    "within": _within,
}
"""What is worked out of all lines at once."""


def _as_fraction(number: Exact) -> Fraction:
    return number if type(number) is Fraction else Fraction(number)


def _points(lines: ReportLines, line: int) -> Fraction | None:
    points = lines.columns.points[line]
    return None if points is None else _as_fraction(points)


def _recorded(lines: ReportLines, line: int) -> Fraction | str | bool | None:
    recorded: Recorded = lines.columns.recorded[line]
    return Fraction(recorded) if isinstance(recorded, int) and not isinstance(recorded, bool) else recorded


def _computed(lines: ReportLines, line: int) -> Fraction | None:
    override = lines.overrides.get(line)
    if override is None:
        return lines.percents[line]
    return None if override.computed is None else _as_fraction(override.computed)


def _stands_for_exempt(own: Sequence[Note]) -> bool:
    return any(code == "replaced_exempt" for code, *_ in own)


def _symbol(lines: ReportLines, line: int) -> str | None:
    """Return the symbol that somebody set, or that a missed hurdle does, or else the scheme's (S5, S7, P5)."""
    own, percent = lines.notes_of(line), lines.percents[line]
    found = _given_symbol(own) if own else None
    scheme = lines.layout.headings[line].scheme or lines.layout.scheme
    return scheme.symbol(percent) if found is None and scheme and percent is not None else found


def _given_symbol(own: Sequence[Note]) -> str | None:
    found = next((str(note[1]) for note in own if note[0] == "symbol_set"), None)
    if found is None and not any(note[0] == "overridden" for note in own):
        found = next((str(note[3]) for note in own if note[0] == "hurdle_symbol"), None)
    return found


def _passed(lines: ReportLines, line: int) -> Verdict | None:
    rule, percents = lines.layout.headings[line].passing, lines.percents
    if line:
        return rule.judge(percents[line])
    treatments, headings = lines.columns.treatments, lines.layout.headings
    applying = [below for below in lines.layout.must_pass if treatments[below] is not Treatment.EXEMPT]
    return judge_final(rule, percents[0], [(headings[below].passing, percents[below]) for below in applying])


def _weight(lines: ReportLines, line: int) -> Fraction | None:
    """Return the share of the final that a line has: the product of its own and of those above it (W9)."""
    share = _share(lines, line, lines.within)
    if share is None:
        return _NOTHING
    over, under = share
    return Fraction(over, under) if under else None


def _dropped(lines: ReportLines, line: int) -> tuple[str, ...]:
    below, headings, treatments = lines.layout.below[line], lines.layout.headings, lines.columns.treatments
    return tuple([headings[each].id for each in below if treatments[each] is Treatment.DROPPED])


def _shown(lines: ReportLines, line: int) -> str:
    columns, shown, percent = lines.columns, lines.layout.shown, lines.percents[line]
    if columns.treatments[line] is Treatment.EXEMPT:
        return EXEMPT_SHOWN
    if percent is not None:
        return shown.show(percent)
    points, recorded = columns.points[line], columns.recorded[line]
    if isinstance(recorded, str):
        return recorded
    return NO_GRADE_SHOWN if points is None else shown.show(points)


def _reasons(lines: ReportLines, line: int) -> tuple[Reason, ...]:
    """Return why the line is treated as it is, where that goes without a note, and what its notes say."""
    own, shown = lines.notes_of(line), lines.layout.shown
    usual = _usual_note(lines, line)
    if usual is not None and _TELLING.isdisjoint(code for code, *_ in own):
        own = [usual, *own]
    return tuple([reason(note, shown) for note in own])


def _usual_note(lines: ReportLines, line: int) -> Note | None:
    heading, treatment = lines.layout.headings[line], lines.columns.treatments[line]
    usual = (_ITEM_REASONS if heading.how is How.MARKED else _COMPUTED_REASONS).get(treatment)
    if usual is None and treatment is Treatment.NOT_COUNTED and line:
        return "not_counted", lines.layout.headings[heading.parent].name
    return None if usual is None else (usual,)


_FIELDS: Final[Mapping[str, Callable[[ReportLines, int], Any]]] = {
    "id": lambda lines, line: lines.layout.headings[line].id,
    "name": lambda lines, line: lines.layout.headings[line].name,
    "points": _points,
    "out_of": lambda lines, line: _as_fraction(lines.columns.out_of[line]),
    "percent": lambda lines, line: lines.percents[line],
    "recorded": _recorded,
    "computed": _computed,
    "symbol": _symbol,
    "passed": _passed,
    "lack": ReportLines.lack,
    "treatment": lambda lines, line: lines.columns.treatments[line],
    "weight": _weight,
    "dropped": _dropped,
    "shown": _shown,
    "override": lambda lines, line: lines.overrides.get(line),
    "replaced": ReportLines.replaced,
    "reasons": _reasons,
}
"""How each field of a `Result` is found."""
