# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The rows of a report: what is said of each line, with codes and arguments, and the outline made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final

from attrs import define, evolve

from ..exact import percent_of, write_short
from ..outline import Outline
from ..reasons import NUMBERS, ReasonTexts, Said, Shown, say
from .bounds import tell_bands, tell_hidden, tell_verdict
from .layouts import WORKED_OUT, How, Layout
from .passing import PassRule
from .results import Columns, Result, Treatment, notes_of
from .statuses import status_of
from .sums import ADDING, Addition, additions

ROWS: Final = ReasonTexts(
    "report rows",
    {
        "adds": "adds {0}",
        "adds_of": "{0} % of {1}: adds {2}",
        "adds_of_computed": "{0} % of the computed {1}: adds {2}",
        "adds_points": "adds {0} points",
        "exempt": "Exempt",
        "no_formula": "the parts of its formula are not kept",
        "no_parts": "what it is made of is not kept",
        "nothing": "nothing",
        "not_picked": "not among the picked: adds nothing",
        "out_of": "{0} out of {1}",
        "step_adds": "{0} adds {1}",
        "step_takes": "{0} takes {1}",
        "steps_add": "{0} add {1}",
        "steps_take": "{0} take {1}",
        "with_symbol": "{0} {1}",
    },
)
"""What a report says of the figures of its lines, and of what they add."""

_STEPS: Final = {
    (False, False): "step_adds",
    (False, True): "step_takes",
    (True, False): "steps_add",
    (True, True): "steps_take",
}
"""The code of a step by whether it is several, and whether they take."""
_PICKING: Final = frozenset({How.MEDIAN, How.LOWEST, How.HIGHEST, How.MODE})


@define(eq=False, slots=False)
class Rows:
    """The rows of a report: its results, with what each adds and which bounds decide."""

    layout: Layout
    columns: Columns
    results: Sequence[Result]
    keeps_formulas: bool = False
    """Whether rows of the formulas' parts stand below their lines."""

    def outline(self, formulas: Mapping[int, Outline]) -> Outline:
        """Return the rows as a tree, with what is below the lines of formulas."""
        rows: list[list[Outline]] = [[] for _ in self.results]
        for line in reversed(range(len(self.results))):
            if line in formulas:
                rows[line].append(evolve(formulas[line], folds=True))
            below, status = reversed(rows[line]), self._status(line)
            row = Outline(self.results[line].name, self.figure(line), self.remarks(line), below, status=status)
            if line == 0:
                return row
            rows[self.layout.headings[line].parent].append(row)
        raise AssertionError("a report has at least its final line")  # pragma: no cover

    def figure(self, line: int) -> str:
        """Return the figure of a line as it is shown, with its symbol."""
        result = self.results[line]
        return with_symbol(figure_of(result), result.symbol)

    def remarks(self, line: int) -> Iterator[Said]:
        """Yield all that is said of a line beside its figure."""
        result, how = self.results[line], self.layout.headings[line].how
        if how is not How.MARKED and result.points is not None and not result.overridden:
            yield say(how)
        if result.points is not None and result.treatment is not Treatment.EXEMPT:
            yield ROWS.reason("out_of", result.points, result.out_of, show=self._short)
        if how in WORKED_OUT and not self.keeps_formulas:
            yield ROWS.reason("no_formula" if how is How.FORMULA else "no_parts")
        if result.treatment is Treatment.BONUS:
            yield say(result.treatment)
        yield from self._addition(line)
        yield from self._bounds(line)
        yield from result.reasons
        yield from self._steps(line)

    @cached_property
    def _additions(self) -> list[list[tuple[int, Addition]]]:
        """For each line the amounts that make its figure."""
        return [
            additions(self.layout, self.columns, line, notes_of(self.columns, line)) if below else []
            for line, below in enumerate(self.layout.below)
        ]

    @cached_property
    def _added(self) -> dict[int, Addition]:
        return {line: each for added in self._additions for line, each in added if line >= 0}

    def _addition(self, line: int) -> Iterator[Said]:
        """Yield what a line adds, and of what share where it has one."""
        if line in self._added:
            yield self._adding(line, self.layout.headings[line].parent, self._added[line])
        elif self._is_passed_over(line):
            yield ROWS.reason("not_picked")

    def _is_passed_over(self, line: int) -> bool:
        """Return whether what adds nothing is in a branch that picks."""
        picks = self.layout.headings[self.layout.headings[line].parent].how in _PICKING
        return bool(line) and line not in self._added and picks and self.results[line].treatment in ADDING

    def _status(self, line: int) -> str:
        return status_of(self.results[line], picked=not self._is_passed_over(line))

    def _adding(self, line: int, parent: int, addition: Addition) -> Said:
        shown = Shown(addition.amount, addition.shown)
        share = percent_of(self.columns.shares[line], self.columns.wholes[parent] or 1)
        if not self.columns.out_of[parent]:
            return ROWS.reason("adds_points", shown)
        if not share and addition.amount:
            return ROWS.reason("adds", shown)
        branch = self.results[parent]
        code = "adds_of_computed" if branch.overridden or branch.replaced else "adds_of"
        return ROWS.reason(code, share, branch.name, shown, show=self._short)

    def _steps(self, line: int) -> Iterator[Said]:
        """Yield what later steps than the children add to a branch, or take."""
        for at, each in self._additions[line]:
            if at < 0:
                shown = Shown(abs(each.amount), each.shown.removeprefix("-"))
                several = isinstance(each.name, Said) and each.name.code == "both"
                yield ROWS.reason(_STEPS[several, each.amount < 0], each.name, shown)

    def _bounds(self, line: int) -> Iterator[Said]:
        """Yield the bounds that decide, and those that rounding for show hides (S9, P7)."""
        heading, result = self.layout.headings[line], self.results[line]
        if result.treatment is Treatment.EXEMPT:
            return
        scheme, percent = heading.scheme or self.layout.scheme, result.percent
        if line == 0 and scheme is not None and percent is not None and result.symbol == scheme.symbol(percent):
            yield from tell_bands(scheme, percent)
        if result.passed is not None:
            yield from tell_verdict(result.passed, heading.passing, percent, [] if line else self._required())
        if percent is not None:
            yield from tell_hidden(percent, self.layout.shown, scheme, heading.passing)

    def _required(self) -> list[tuple[str, PassRule, Fraction | None]]:
        """Return what must be passed and applies to this learner, each with its name and percent."""
        return [
            (result.name, heading.passing, result.percent)
            for heading, result in zip(self.layout.headings[1:], self.results[1:], strict=True)
            if heading.passing.must_pass and result.treatment is not Treatment.EXEMPT
        ]

    def _short(self, value: int | Fraction) -> str:
        return write_short(value, self.layout.shown.show)


def figure_of(result: Result, code: str = "percent") -> str:
    """Return a result as it is shown: a percent, points, a text that was recorded, or that there is none.

    `code` says how a percent is written, with its sign or as a number.
    """
    if result.treatment is Treatment.EXEMPT:
        return ROWS.phrase("exempt")
    if result.percent is not None:
        return NUMBERS.phrase(code, Shown(result.percent, result.shown))
    if result.points is None or isinstance(result.recorded, str):
        return result.shown
    return NUMBERS.phrase("number", Shown(result.points, result.shown))


def with_symbol(figure: str, symbol: str | None) -> str:
    """Return a figure with its symbol, if it has one."""
    return ROWS.phrase("with_symbol", figure, symbol) if symbol else figure
