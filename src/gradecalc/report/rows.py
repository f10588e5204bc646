# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The rows of a report: what is said of each line, with codes and arguments, and the outline made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from attrs import evolve

from ..exact import ABOUT, RoundingMode, percent_of, write_exact, write_rounded, write_short
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
        "not_picked": "not picked: adds nothing",
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
_MARKED: Final = How.MARKED
_BONUS: Final = Treatment.BONUS
_EXEMPT: Final = Treatment.EXEMPT
_PICKING: Final = frozenset({How.MEDIAN, How.LOWEST, How.HIGHEST, How.MODE})


MOST_TOLD: Final = 1 << 12
"""Of how many results it is kept what is said of them."""


class _Told(NamedTuple):
    """What is said of a result, whatever else there is in its report: its figure, and what stands around what it adds.

    It holds the result, so that no other has its identity.
    """

    result: Result
    figure: str
    before: tuple[Said, ...]
    after: tuple[Said, ...]


class Rows:
    """The rows of a report: its results, what each adds and which bounds decide, each made when it is asked for.

    `complete` makes the result of a line; where formulas are kept, rows of their parts stand below their lines.
    """

    def __init__(
        self, layout: Layout, columns: Columns, complete: Callable[[int], Result], *, keeps_formulas: bool = False
    ) -> None:
        self.layout, self.columns, self.keeps_formulas, self._complete = layout, columns, keeps_formulas, complete
        self._results: dict[int, Result] = {}
        self._told: dict[int, _Told] = {}
        self._additions: dict[int, Sequence[tuple[int, Addition]]] = {}
        self._added: dict[int, Addition] = {}

    def result(self, line: int) -> Result:
        """Return the result of a line."""
        found = self._results.get(line)
        if found is None:
            found = self._results[line] = self._complete(line)
        return found

    def outline(self, formulas: Mapping[int, Outline]) -> Outline:
        """Return the rows as a tree, with what is below the lines of formulas."""
        rows: list[list[Outline]] = [[] for _ in self.layout.headings]
        for line in reversed(range(len(rows))):
            if line in formulas:
                rows[line].append(evolve(formulas[line], folds=True))
            below, status = reversed(rows[line]), self._status(line)
            row = Outline(self.result(line).name, self._tell(line).figure, self.remarks(line), below, status=status)
            if line == 0:
                return row
            rows[self.layout.headings[line].parent].append(row)
        raise AssertionError("a report has at least its final line")  # pragma: no cover

    def remarks(self, line: int) -> Iterator[Said]:
        """Yield all that is said of a line beside its figure."""
        told = self._tell(line)
        yield from told.before
        yield from self._addition(line)
        yield from told.after
        yield from self._steps(line)

    def _tell(self, line: int) -> _Told:
        """Return what is said of a line; of one that is marked it is kept for all who have the same result."""
        result = self.result(line)
        marked, kept = self.layout.marked[line], self.layout.kept_rows
        found = self._told.get(line) or (kept.get(id(result)) if marked else None)
        if found is None:
            figure = with_symbol(figure_of(result), result.symbol)
            found = _Told(result, figure, tuple(self._before(line)), (*self._bounds(line), *result.reasons))
            if marked and len(kept) < MOST_TOLD:
                kept[id(result)] = found
            else:
                self._told[line] = found
        return found

    def _before(self, line: int) -> Iterator[Said]:
        result, how = self.result(line), self.layout.headings[line].how
        if how is not _MARKED and result.points is not None and not result.overridden:
            yield say(how)
        if result.points is not None and result.treatment is not _EXEMPT:
            yield ROWS.reason("out_of", result.points, result.out_of, show=self._short)
        if how in WORKED_OUT and not self.keeps_formulas:
            yield ROWS.reason("no_formula" if how is How.FORMULA else "no_parts")
        if result.treatment is _BONUS:
            yield say(result.treatment)

    def _add_up(self, line: int) -> Sequence[tuple[int, Addition]]:
        """Return the amounts that make the figure of a line."""
        found = self._additions.get(line)
        if found is None:
            below, columns = self.layout.below[line], self.columns
            found = additions(self.layout, columns, line, notes_of(columns, line)) if below else ()
            self._additions[line] = found
            self._added.update(found)
        return found

    def _adds(self, line: int) -> Addition | None:
        """Return what a line adds to its branch."""
        if not line:
            return None
        self._add_up(self.layout.headings[line].parent)
        return self._added.get(line)

    def _addition(self, line: int) -> Iterator[Said]:
        """Yield what a line adds, and of what share where it has one."""
        added = self._adds(line)
        if added is not None:
            yield self._adding(line, self.layout.headings[line].parent, added)
        elif self._is_passed_over(line):
            yield ROWS.reason("not_picked")

    def _is_passed_over(self, line: int) -> bool:
        """Return whether what adds nothing is in a branch that picks."""
        if not line or self.result(line).treatment not in ADDING or self._adds(line) is not None:
            return False
        return self.layout.headings[self.layout.headings[line].parent].how in _PICKING

    def _status(self, line: int) -> str:
        return status_of(self.result(line), picked=not self._is_passed_over(line))

    def _adding(self, line: int, parent: int, addition: Addition) -> Said:
        shown = Shown(addition.amount, addition.shown)
        share = percent_of(self.columns.shares[line], self.columns.wholes[parent] or 1)
        if not self.columns.out_of[parent]:
            return ROWS.reason("adds_points", shown)
        if not share and addition.amount:
            return ROWS.reason("adds", shown)
        branch = self.result(parent)
        code = "adds_of_computed" if branch.overridden or branch.replaced else "adds_of"
        return ROWS.reason(code, share, branch.name, shown, show=self._short)

    def _steps(self, line: int) -> Iterator[Said]:
        """Yield what later steps than the children add to a branch, or take, however little that is (Z7)."""
        for at, each in self._add_up(line):
            if at < 0:
                shown = Shown(abs(each.amount), _step_shown(each))
                several = isinstance(each.name, Said) and each.name.code == "both"
                yield ROWS.reason(_STEPS[several, each.amount < 0], each.name, shown)

    def _bounds(self, line: int) -> Iterator[Said]:
        """Yield the bounds that decide, and those that rounding for show hides (S9, P7)."""
        heading, result = self.layout.headings[line], self.result(line)
        if result.treatment is _EXEMPT:
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
        headings, required = self.layout.headings, [(line, self.result(line)) for line in self.layout.must_pass]
        return [
            (result.name, headings[line].passing, result.percent)
            for line, result in required
            if result.treatment is not _EXEMPT
        ]

    def _short(self, value: int | Fraction) -> str:
        return write_short(value, self.layout.shown.show)


def _step_shown(step: Addition) -> str:
    """Return what a step adds or takes as it is shown or, where that is 0 and it is not, as far as it shows (Z7)."""
    shown = step.shown.removeprefix("-")
    return write_short(abs(step.amount), _to_its_first_digit) if step.amount and not shown.strip("0.") else shown


def _to_its_first_digit(amount: int | Fraction) -> str:
    over, under = amount.as_integer_ratio()
    return f"{ABOUT}{write_rounded(amount, len(write_exact(under // over)), RoundingMode.HALF_UP)}"


def figure_of(result: Result, code: str = "percent") -> str:
    """Return a result as it is shown: a percent, points, a text that was recorded, or that there is none.

    `code` says how a percent is written, with its sign or as a number.
    """
    if result.treatment is _EXEMPT:
        return ROWS.phrase("exempt")
    if result.percent is not None:
        return NUMBERS.phrase(code, Shown(result.percent, result.shown))
    if result.points is None or isinstance(result.recorded, str):
        return result.shown
    return NUMBERS.phrase("number", Shown(result.points, result.shown))


def with_symbol(figure: str, symbol: str | None) -> str:
    """Return a figure with its symbol, if it has one."""
    return ROWS.phrase("with_symbol", figure, symbol) if symbol else figure
