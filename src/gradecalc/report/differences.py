# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is another between two reports of a learner: figures, symbols, verdicts, treatments and shares, line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from enum import Enum
from fractions import Fraction
from typing import Final

from ..decisions import Decided
from ..reasons import NUMBERS, Note, Reason, ReasonTexts, Shown, say
from ..values import frozen
from ..verdicts import Verdict
from .report import Report
from .results import Result, Treatment
from .rows import figure_of, with_symbol

DIFFERENCES: Final = ReasonTexts(
    "differences",
    {
        "added": "is new",
        "removed": "is gone",
        "becomes": "{0} → {1}",
        "decision": "{0}, was {1}",
        "is_not_passed": "not passed",
        "is_open": "not yet known whether passed",
        "is_passed": "passed",
        "no_score": "no score",
        "no_share": "no share",
        "no_symbol": "no symbol",
        "not_judged": "not judged",
        "not_treated": "not treated",
        "percent": "{0} instead of {1}",
        "nothing": "nothing changes",
        "passed": "{0}, was {1}",
        "symbol": "{0} instead of {1}",
        "treatment": "{0}, was {1}",
        "weight": "weighs {0} of the final, was {1}",
    },
)
"""What is said of the lines of two reports that differ."""


class Aspect(Enum):
    """What of a line is another; the value is the code of the reason that says so."""

    ADDED = "added"
    """The line is new."""
    REMOVED = "removed"
    """The line is gone."""
    TREATMENT = "treatment"
    """What the calculation does with it: counted, dropped, exempt, …"""
    PERCENT = "percent"
    SYMBOL = "symbol"
    PASSED = "passed"
    WEIGHT = "weight"
    """Its effective share of the final grade."""
    DECISION = "decision"
    """What a judge decides of the report; the name of the judge stands for the line (WI26)."""


_Plain = Fraction | str | Treatment | Verdict | None
Value = _Plain | Decided


@frozen
class Difference:
    """One thing that is another on one line: before and after, and the same in words."""

    id: str
    name: str
    aspect: Aspect
    before: Value
    after: Value
    reason: Reason


def differences(before: Report, after: Report) -> Iterator[Difference]:
    """Yield what is another between two reports of the same learner, in the order of the second (WI2)."""
    for id_ in _suspects(before, after) if before.layout is after.layout else after:
        yield from differences_of_line(result_of(before, id_), after[id_])


def _suspects(before: Report, after: Report) -> Iterator[str]:
    """Yield the lines of which something may be another, so that no result is built of the many that are as before.

    That is the final, which is passed by others too, and what has another figure, reason or share of the final.
    """
    figures = [was == now for was, now in zip(_figures(before), _figures(after), strict=True)]
    places = [was == now for was, now in zip(_places(before), _places(after), strict=True)]
    for line, heading in enumerate(after.layout.headings):
        places[line] = places[line] and places[heading.parent]
        if not (line and figures[line] and places[line]):
            yield heading.id


def _figures(report: Report) -> Iterator[tuple[object, ...]]:
    """Yield, for each line, what its percent, its symbol and its verdict follow from."""
    columns = report.columns
    notes: defaultdict[int, list[Note]] = defaultdict(list)
    for line, note in columns.notes:
        notes[line].append(note)
    lines = range(len(report))
    return ((columns.points[line], columns.out_of[line], notes.get(line)) for line in lines)


def _places(report: Report) -> Iterator[tuple[object, ...]]:
    """Yield, for each line, what its share of the final follows from, and that of the lines below it."""
    columns = report.columns
    overrides = dict(columns.overrides)
    overridden = (line in overrides for line in range(len(report)))
    return zip(columns.treatments, columns.shares, columns.wholes, overridden, strict=True)


def result_of(report: Report, id_: str) -> Result | None:
    """Return the result of a line, if the report has it."""
    if id_ in report:
        return report[id_]
    return None


def differences_of_line(before: Result | None, after: Result | None) -> Iterator[Difference]:
    """Yield what is another on one line, which may be new or gone."""
    if before is None and after is not None:
        yield Difference(after.id, after.name, Aspect.ADDED, None, after.percent, DIFFERENCES.reason("added"))
    elif before is not None and after is None:
        gone = DIFFERENCES.reason("removed")
        yield Difference(before.id, before.name, Aspect.REMOVED, before.percent, None, gone)
    elif before is not None and after is not None:
        yield from _of_line(before, after)


def _of_line(before: Result, after: Result) -> Iterator[Difference]:
    pairs: tuple[tuple[Aspect, _Plain, _Plain], ...] = (
        (Aspect.PERCENT, before.percent, after.percent),
        (Aspect.SYMBOL, before.symbol, after.symbol),
        (Aspect.PASSED, before.passed, after.passed),
        (Aspect.TREATMENT, before.treatment, after.treatment),
        (Aspect.WEIGHT, before.weight, after.weight),
    )
    for aspect, was, now in pairs:
        if was != now:
            told = [_told(aspect, each, shown) for each, shown in ((now, after.shown), (was, before.shown))]
            yield Difference(after.id, after.name, aspect, was, now, DIFFERENCES.reason(aspect.value, *told))


def _told(aspect: Aspect, value: _Plain, shown: str) -> str:
    match value:
        case None:
            return DIFFERENCES.phrase(_NOTHING[aspect])
        case Fraction() if aspect is Aspect.WEIGHT:
            return NUMBERS.phrase("percent", value * 100)
        case Fraction():
            return NUMBERS.phrase("percent", Shown(value, shown))
        case Verdict() if aspect is Aspect.PASSED:
            return DIFFERENCES.phrase(_PASSED[value])
        case Treatment() | Verdict():
            return say(value)
        case _:
            return value


_PASSED: Final = {
    Verdict.MET: "is_passed",
    Verdict.NOT_MET: "is_not_passed",
    Verdict.UNDETERMINED: "is_open",
}
_NOTHING: Final = {
    Aspect.PERCENT: "no_score",
    Aspect.SYMBOL: "no_symbol",
    Aspect.PASSED: "not_judged",
    Aspect.TREATMENT: "not_treated",
    Aspect.WEIGHT: "no_share",
}


def figure_with_symbol(result: Result) -> str:
    """Return a result's figure, a percent as a number, and its symbol."""
    return with_symbol(figure_of(result, "number"), result.symbol)
