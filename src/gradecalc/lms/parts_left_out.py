# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Parts of a final that is a sum of points which do not count, or are a bonus, or count though they hold symbols.

What a symbol is worth is not stated either: it is what the other parts leave to it. Rules J14 and J15.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from attrs import evolve

from ..exact import Exact, ratio
from ..gradebook.contributions import WHOLE
from ..gradebook.items import GradeItem
from ..gradebook.tree import Gradebook
from ..grading.plan import Plan
from ..marks import ItemKind, Marks, UngradedPolicy
from ..report.layouts import How
from ..report.report import Report
from ..report.results import Treatment
from ..schemes import Band, GradeScheme
from ..values import frozen
from .evidence import Evidence
from .places import Settings
from .settings import Setting
from .uncounted import Portion, missing

Marked = tuple[Evidence, Marks]

_MOST_OPTIONS: Final = 10
COUNTED: Final = frozenset({Treatment.COUNTED, Treatment.COUNTED_AS_ZERO})
"""What counts in a sum."""


class _Line(NamedTuple):
    """What a part adds to one learner's sum."""

    points: Exact
    out_of: Exact


@frozen
class _Sums:
    """The sums of the learners whose final is stated as points out of a maximum."""

    reports: tuple[Report, ...]
    points: tuple[Exact, ...]
    out_of: tuple[Exact, ...]
    """What is summed beyond what is stated."""

    def without(self, places: Sequence[int]) -> _Sums:
        """Return the sums of all but some of the learners."""
        kept = [nth for nth in range(len(self.reports)) if nth not in places]
        return _Sums(*(tuple(each[nth] for nth in kept) for each in (self.reports, self.points, self.out_of)))  # type: ignore[arg-type]

    def parts(self) -> Iterator[Portion]:
        """Yield what leaving out each child would take, and what making it a bonus would."""
        for line in self.reports[0].layout.below[0] if self.reports else ():
            lines = [_line(report, line) for report in self.reports]
            points, out_of = tuple(each.points for each in lines), tuple(each.out_of for each in lines)
            if any(out_of):
                of = self.reports[0].layout.headings[line].id
                yield Portion(of, points, out_of)
                if any(points):
                    yield Portion(of, (0,) * len(points), out_of, as_bonus=True)


def left_out(book: Gradebook, plan: Plan, marked: Sequence[Marked]) -> list[list[Settings]]:
    """Return what may be left out of a sum of points so that the stated finals come out, those alike together."""
    stated = [each for each in marked if each[0].final and each[0].final.points is not None and each[0].final.out_of]
    sums = _sum(plan, stated)
    if plan.layout.headings[0].how is not How.SUM_OF_POINTS or not stated:
        return []
    found = [_settings(sums, taken) for taken in missing(list(sums.parts()), sums.points, sums.out_of)]
    for item in book.children:
        if not found and isinstance(item, GradeItem) and item.kind is ItemKind.TEXT and item.max_points:
            found = list(_with_symbols(book, item, sums, stated))
    return found


def _sum(plan: Plan, stated: Sequence[Marked]) -> _Sums:
    reports = tuple(evolve(each, marks=marks).report(plan) for each, marks in stated)
    summed = [_line(report, 0) for report in reports]
    finals = [each.final for each, _ in stated if each.final]
    points = tuple(here.points - (final.points or 0) for here, final in zip(summed, finals, strict=True))
    out_of = tuple(here.out_of - (final.out_of or 0) for here, final in zip(summed, finals, strict=True))
    return _Sums(reports, points, out_of)


def _line(report: Report, line: int) -> _Line:
    columns = report.columns
    points, counts = columns.points[line], columns.treatments[line] in COUNTED
    if line and not counts:
        return _Line(0, 0)
    return _Line(points or 0, columns.out_of[line] if points is not None or line else 0)


def _settings(sums: _Sums, taken: Sequence[Portion]) -> list[Settings]:
    """Return the settings that leave parts out, and those of parts that nobody's figures tell from them."""
    first = tuple(map(_setting, taken))
    found, used = [first], {part.of for part in taken}
    for nth, part in enumerate(taken):
        for other in sums.parts():
            alike = (other.points, other.out_of, other.as_bonus) == (part.points, part.out_of, part.as_bonus)
            if alike and other.of not in used:
                found += [(*first[:nth], _setting(other), *first[nth + 1 :])]
    return found[:_MOST_OPTIONS]


def _setting(part: Portion) -> Setting:
    return Setting(part.of, "bonus", value=True) if part.as_bonus else Setting(part.of, "counts", value=False)


def _with_symbols(book: Gradebook, item: GradeItem, sums: _Sums, stated: Sequence[Marked]) -> Iterator[list[Settings]]:
    """Yield what may be left out where an item of symbols counts, with what each symbol is worth then."""
    symbols = [marks.get(item.id) for _, marks in stated]
    most, as_zero = item.max_points or 0, book.ungraded is not UngradedPolicy.LEAVE_OUT
    more = tuple(most if as_zero or symbol is not None else 0 for symbol in symbols)
    whole = evolve(sums, out_of=tuple(a + b for a, b in zip(sums.out_of, more, strict=True)))
    known = whole.without([nth for nth, symbol in enumerate(symbols) if symbol is not None])
    parts = {(part.of, part.as_bonus): part for part in whole.parts()}
    for taken in missing(list(known.parts()), known.points, known.out_of):
        in_full = [parts[part.of, part.as_bonus] for part in taken]
        worth = _worth(symbols, whole, in_full, most)
        if worth:
            bands = tuple(Band(symbol, nth, value=value) for nth, (symbol, value) in enumerate(worth.items()))
            scheme = Setting(item.id, "scheme", GradeScheme(bands))
            own = (Setting(item.id, "kind", ItemKind.SELECTBOX), Setting(item.id, "counts", value=True), scheme)
            yield [own + each for each in _settings(whole, in_full)]


def _worth(symbols: Sequence[object], sums: _Sums, taken: Sequence[Portion], most: Exact) -> dict[str, Exact]:
    """Return what each symbol is worth in percent, nothing where one would be worth two things or more than 100."""
    worth: dict[str, Exact] = {}
    for nth, symbol in enumerate(symbols):
        if isinstance(symbol, str):
            left = sums.points[nth] - sum(part.points[nth] for part in taken)
            percent = ratio(-100 * left, most)
            if not 0 <= percent <= WHOLE or worth.setdefault(symbol, percent) != percent:
                return {}
    return worth
