# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a class looks like: a row for each learner, with the final, what the file says of it, and what is amiss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any, Final

from ..errors import MarksError
from ..exact import Exact, RoundingMode, simplest, write_exact, write_rounded
from ..grading.planned import PlannedItem
from ..language import Language
from ..lms import FinalDifference, Recorded
from ..lms.reconciliation import RECONCILIATION
from ..lms.stated import stated_finals
from ..marks import ItemKind
from ..reasons import NUMBERS, Shown
from ..report.results import Result
from ..report.rows import with_symbol
from ..values import frozen
from .at_hand import find_extra, room
from .endings import line_of
from .formats import Output, ReportPrintout, with_note
from .grading import GradedClass
from .people import name_of
from .table import TextTable

FORMAT: Final = "gradecalc.class/1"

_PLACES: Final = 10
_SHOWN: Final = ("learner", "name", "final", "symbol", "file says", "remark")
_RIGHT: Final = ("final", "percent", "file says", "stated")
_SHEET: Final = ("learner", "name", "percent", "shown", "symbol", "stated", "agrees", "problem")


@frozen
class Row:
    """A learner in the table of a class; `agrees` is None where the file states no final.

    It is `graded` where the final says anything, were it points alone, and `unread` where its problem is in cells that
    could not be read.
    """

    learner: str
    name: str
    percent: Exact | None
    shown: str
    symbol: str
    stated: str
    agrees: bool | None
    problem: str
    why: str
    graded: bool = False
    unread: bool = False

    @property
    def cells(self) -> tuple[str, ...]:
        """What people see."""
        return self.learner, self.name, self.shown, self.symbol, self.stated, self.problem or self.why

    @property
    def all_cells(self) -> tuple[str, ...]:
        """What a spreadsheet has."""
        agrees = "" if self.agrees is None else "yes" if self.agrees else "no"
        problem = self.problem or self.why
        return self.learner, self.name, decimal(self.percent), self.shown, self.symbol, self.stated, agrees, problem

    def to_dict(self) -> dict[str, Any]:
        """Return the row as plain data, the percent exact."""
        return {
            "learner": self.learner,
            "name": self.name,
            "percent": None if self.percent is None else write_exact(self.percent),
            "shown": self.shown,
            "symbol": self.symbol or None,
            "stated": self.stated or None,
            "agrees": self.agrees,
            "problem": self.problem or self.why or None,
        }


def rows_of(graded: GradedClass) -> Iterator[Row]:
    """Yield a row for each learner."""
    differ = {each.learner: each for each in graded.reconciliation.differ}
    agree = set(graded.reconciliation.agree)
    for learner, result in graded.results():
        difference = differ.get(learner)
        agrees = False if difference else True if learner in agree else None
        name, stated = name_of(graded.imported.learners.get(learner)), _stated(graded, learner, difference)
        if isinstance(result, MarksError):
            problem = "; ".join(map(line_of, result.problems))
            unread = all(_is_unread(graded, learner, each.path) for each in result.problems)
            yield Row(learner, name, None, "", "", stated, agrees, problem, "", unread=unread)
        else:
            final, why = result.final, "" if difference is None else _why(graded, difference)
            shown, symbol, known = _shown(final), final.symbol or "", has_grade(final)
            yield Row(learner, name, final.percent, shown, symbol, stated, agrees, "", why, graded=known)


def _is_unread(graded: GradedClass, learner: str, id_: str) -> bool:
    """Return whether a text stands in the place of a number."""
    line = graded.plan.lines[graded.plan.layout.index.get(id_, 0)]
    takes_numbers = not isinstance(line, PlannedItem) or line.kind is ItemKind.NUMERIC
    return takes_numbers and isinstance(graded.imported.marks[learner].get(id_), str)


@frozen
class ClassPrintout:
    """The table of a class that is to be printed, with the word whether its finals agree."""

    title: str
    graded: GradedClass
    rows: Sequence[Row]

    def draw(self) -> bool:
        """Draw the table, where rich is installed."""
        terminal, table = find_extra("terminal"), self._table()
        if terminal is not None:
            terminal.draw(table.title, table.headings, table.rows, table.right, table.notes)
        return terminal is not None

    def text(self) -> str:
        """Return the table as plain text."""
        return self._table().text()

    def csv(self) -> str:
        """Return all that is known of each learner, as CSV."""
        return TextTable(self.title, _SHEET, [row.all_cells for row in self.rows]).csv()

    def data(self) -> dict[str, Any]:
        """Return the class as plain data, with a `"format"` key."""
        words = self.graded.words
        return {
            "format": FORMAT,
            "title": self.title,
            "system": self.graded.imported.system,
            "agreement": words[0],
            "notes": words[1:],
            "learners": [row.to_dict() for row in self.rows],
        }

    def page(self, output: Output) -> str:
        """Return the class as a page, with everybody's report."""
        columns: dict[str, dict[str, str]] = {
            RECONCILIATION.phrase("file_says"): {row.learner: row.stated for row in self.rows},
            RECONCILIATION.phrase("difference"): {row.learner: row.why for row in self.rows},
        }
        page: str = room("pages").class_page(
            self.graded.results(),
            title=output.title or self.title,
            date=output.date,
            names={row.learner: row.name for row in self.rows},
            columns=columns,
            notes=self.graded.words,
            language=output.language,
        )
        return page

    def markdown(self) -> str:
        """Return the table as Markdown."""
        return self._table().markdown()

    def _table(self) -> TextTable:
        cells = [row.cells for row in self.rows]
        return TextTable(self.title, _SHOWN, cells, _RIGHT, self.graded.words).without_empty()


def explanation(graded: GradedClass, learner: str, title: str, language: Language) -> ReportPrintout | MarksError:
    """Return the whole reason of a learner's grade, with the word whether it is what the file says."""
    report = graded.result(learner)
    if isinstance(report, MarksError):
        return report
    words = [_word(graded, learner), *graded.inferred]
    outline = reduce(with_note, words, report.outline()).in_language(language)
    name = name_of(graded.imported.learners.get(learner))
    called = f"{name} ({learner})" if name else learner
    return ReportPrintout(outline, report, called, title, words)


def _word(graded: GradedClass, learner: str) -> str:
    difference = next((each for each in graded.reconciliation.differ if each.learner == learner), None)
    if difference is not None:
        return _why(graded, difference)
    if learner not in graded.reconciliation.agree:
        return RECONCILIATION.reason("states_none")
    return RECONCILIATION.reason("agrees", _stated(graded, learner, None))


def _why(graded: GradedClass, difference: FinalDifference) -> str:
    """Return why a final differs, and which it is where the file states several."""
    several = len(stated_finals(graded.imported, difference.learner)) > 1
    return RECONCILIATION.reason("of", difference.final, difference.why) if several else difference.why


def _stated(graded: GradedClass, learner: str, difference: FinalDifference | None) -> str:
    """Return the final that the file states: the one that differs, or else the first."""
    finals = [difference.stated] if difference else list(stated_finals(graded.imported, learner).values())
    return _written(finals[0], graded) if finals else ""


def has_grade(final: Result) -> bool:
    """Return whether a final says anything; most have a percent, and then nobody looks for more."""
    return final.percent is not None or final.points is not None


def _shown(final: Result) -> str:
    """Return the final as it is shown, and points where it has nothing but these."""
    if final.percent is None and final.points is not None:
        return RECONCILIATION.phrase("stated_points", simplest(final.points))
    return final.shown


def _written(stated: Recorded, graded: GradedClass) -> str:
    percent, shown = stated.stated, graded.plan.gradebook.shown
    figure = ""
    if percent is not None:
        figure = NUMBERS.phrase("number", Shown(percent, shown.show(percent)))
    elif stated.points is not None:
        figure = RECONCILIATION.phrase("stated_points", stated.points)
    return with_symbol(figure, stated.symbol) if figure else stated.symbol


def decimal(percent: Exact | None) -> str:
    """Return a percent in decimals, since a spreadsheet would take `2/3` for a date; empty where there is none."""
    if percent is None:
        return ""
    return write_rounded(percent, _PLACES, RoundingMode.HALF_UP).rstrip("0").removesuffix(".")
