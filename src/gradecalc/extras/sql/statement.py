# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The statement: marks in from a table, and out of it everybody's final, its text, its symbol, and the branches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final, assert_never

from ...errors import DefinitionError, Problem, nearest
from ...grading.kernel.expressions import Expression, Op, uses_of
from ...grading.kernel.lowering import lower
from ...grading.kernel.program import Demand, Fill, KernelProgram, Let, Limit, Read, Refuse, Round, Sum, Tell, roots_of
from ...grading.plan import RULES_VERSION, Plan
from ...rounding import Rounding
from ...schemes import GradeScheme
from .arithmetic import WholeNumbers, times
from .dialects import DIALECTS, Dialect, comment, quoted, text
from .expressions import SAID, ExpressionWriter
from .held import Held
from .reading import Column, Reader
from .sums import SumWriter, limited, step_of, stepped

ASK_THE_EXACT_ENGINE: Final = "these marks are for the exact engine"
"""What the column `problem` says of a learner whose marks the statement cannot read or say exactly."""

_UNSAID: Final = {Op.BEST: "a drop for the best total", Op.ROOT: "a root"}

FEW: Final = 10**15
"""As much as any mark is, read as a whole number."""


def to_sql(  # noqa: PLR0913 - the table in its own words, by name
    plan: Plan,
    dialect: str = "duckdb",
    table: str = "marks",
    *,
    learner: str = "learner",
    exempt: Collection[str] = (),
    branches: bool = True,
) -> str:
    """Return a statement that grades a table with a row for each learner and a column for each item. Rules SQ1 to SQ7.

    `exempt` lists the ids of the items with a column of truth values beside them, as in `"Quiz exempt"`. The result has
    the learner, the percent of each branch, unless only the final is asked for, and `"final"`, then `"final shown"`,
    `"final symbol"` and `"problem"`.
    Raises `DefinitionError` with the path of what cannot be said, and for a dialect that there is not.
    """
    words = _dialect(dialect)
    wanted = [line for line, heading in enumerate(plan.layout.headings) if heading.branch and (branches or not line)]
    program, notes = lower(plan.lines, None, hurdles=plan.hurdles, also=wanted)
    if program is None:
        raise DefinitionError([Problem("not_in_sql", note.path, note.message) for note in notes])
    _refuse_what_cannot_be_said(plan, program)
    return "\n".join(_Statement(plan, program, words, wanted, exempt).lines(table, learner))


def _dialect(name: str) -> Dialect:
    try:
        return DIALECTS[name]
    except KeyError:
        message = f"there is no dialect {name!r}{nearest(name, DIALECTS)}; there are: {', '.join(DIALECTS)}"
        raise DefinitionError([Problem("unknown_dialect", "dialect", message)]) from None


def _refuse_what_cannot_be_said(plan: Plan, program: KernelProgram) -> None:
    symbols = [each.name for each in plan.hurdles if each.hurdle.final_symbol]
    if symbols:
        message = f"the hurdle of {symbols[0]!r} sets a symbol, which a statement cannot; the exact engine does"
        raise DefinitionError([Problem("not_in_sql", symbols[0], message)])
    unsaid = {step.to: op for step in program.steps if isinstance(step, Let) for op in _unsaid_in(step)}
    if unsaid:
        deepest = max(unsaid)
        message = (
            f"a statement cannot say this: {_UNSAID.get(unsaid[deepest], unsaid[deepest].value)}; the exact engine does"
        )
        raise DefinitionError([Problem("not_in_sql", plan.lines[deepest].id, message)])


def _unsaid_in(step: Let) -> list[Op]:
    return [part.op for part in uses_of(roots_of(step)) if part.op not in SAID]


class _Statement:
    """The parts of a statement, each a query over the one before it."""

    def __init__(
        self,
        plan: Plan,
        program: KernelProgram,
        dialect: Dialect,
        branches: Sequence[int],
        exempt: Collection[str],
    ) -> None:
        self._plan, self._program, self._branches = plan, program, branches
        self._arithmetic = WholeNumbers(dialect, _widest(plan, program))
        self._held = Held(program.constants, self._arithmetic)
        self._flags: list[str] = []
        ids = [plan.lines[line].id for line in program.positions]
        reads = [step for step in program.steps if isinstance(step, Read)]
        self._reader = Reader(reads, ids, exempt, WholeNumbers(dialect, FEW))
        expressions = [root for step in program.steps if isinstance(step, (Let, Refuse)) for root in roots_of(step)]
        self._writer = ExpressionWriter(expressions, self._held, self._arithmetic, self._reader.exempt())

    def lines(self, table: str, learner: str) -> Iterator[str]:
        """Yield the lines of the statement."""
        name = self._plan.gradebook.name
        yield comment(f"{name}: what each learner's marks come to, in whole numbers; rules {RULES_VERSION}.")
        yield "WITH"
        self._flags.append(self._reader.unread())
        said = "marks as doubles, and who is exempt (SQ2)"
        yield from self._query("marks_of", said, [("k0", quoted(learner)), *self._reader.recorded()], quoted(table))
        last = "marks_of"
        for name, said, columns in self._queries():
            yield "),"
            yield from self._query(name, said, [("*", ""), *columns], last)
            last = name
        yield ")"
        yield from self._select(last, learner)

    def _query(self, name: str, said: str, columns: Sequence[Column], last: str) -> Iterator[str]:
        yield comment(said)
        yield self._arithmetic.dialect.query.format(name)
        own = ",\n        ".join(f"{value} AS {column}" if value else column for column, value in columns)
        yield f"    SELECT {own}"
        yield f"    FROM {last}"

    def _queries(self) -> Iterator[tuple[str, str, list[Column]]]:
        """Yield the name of each query over the marks, what it does, and the columns that it adds."""
        yield "whole", "marks as whole numbers, where that is exact (SQ2)", self._reader.whole()
        said = "what each mark counts, after floor, rounding and cap; blanks as the policy has them (G, R5, U)"
        yield "read", said, self._reader.settled(self._held)
        for place, (what, columns) in enumerate(self._steps()):
            yield f"step_{place}", what, columns
        problem = " OR ".join(f"({flag})" for flag in self._flags)
        yield "judged", "whose marks are for the exact engine (SQ4)", [("problem", problem)]
        yield "shown", "the final in steps of the last place that is shown (R)", [("steps", self._steps_shown())]

    def _steps(self) -> Iterator[tuple[str, list[Column]]]:
        """Yield what each further query does and its columns; expressions come last, all of one level at once."""
        followed: list[Let | Refuse] = []
        for step in self._program.steps:
            if isinstance(step, (Let, Refuse)):
                followed.append(step)
            elif not isinstance(step, (Read, Tell)):
                yield from self._step(step)
        if followed:
            yield from self._followed(followed)

    def _step(self, step: Fill | Demand | Sum | Limit | Round) -> Iterator[tuple[str, list[Column]]]:
        match step:
            case Fill():
                yield from self._fill(step)
            case Demand():
                self._flags.append(f"{self._held.reached(step.register)} IS NULL")
            case Sum():
                for columns in SumWriter(step, self._held, self._narrow(step.to)).levels():
                    yield f"{self._name(step.to)}: what counts of what is there (A, W, D, B)", columns
            case Limit():
                columns = limited(step, self._held, self._arithmetic)
                yield f"{self._name(step.register)}: no more than its cap (G)", columns
            case Round():
                yield f"{self._name(step.register)}: rounded (R)", stepped(step, self._held, self._arithmetic)
            case _:
                assert_never(step)

    def _fill(self, step: Fill) -> Iterator[tuple[str, list[Column]]]:
        there = " OR ".join(f"{self._held.reached(each)} IS NOT NULL" for each in step.triggers) or "FALSE"
        columns = []
        for each in step.blanks:
            before = self._held.reached(each)
            exempt = f"WHEN x{each} THEN NULL " if each in self._reader.exempt() else ""
            filled = f"CASE {exempt}WHEN {before} IS NULL AND ({there}) THEN 0 ELSE {before} END"
            columns.append((self._held.renew_reached(each), filled))
        yield "blanks are zero once something has a score (U)", columns

    def _followed(self, steps: Iterable[Let | Refuse]) -> Iterator[tuple[str, list[Column]]]:
        columns: list[Column] = []
        pairs: list[tuple[int, str, str]] = []
        for step in steps:
            texts = [self._writer.text(root) for root in roots_of(step)]
            if isinstance(step, Refuse):
                columns.append(("refused", texts[0]))
                self._flags.append("refused")
            else:
                pairs.append((step.to, f"CASE WHEN {texts[0]} THEN {texts[1]} END", texts[2]))
        for level in self._writer.levels:
            yield "what several lines need", level
        for register, reached, possible in pairs:
            n, d = self._held.renew(register)
            columns += [(n, reached), (d, possible)]
        yield "what each branch comes to", columns

    def _name(self, line: int) -> str:
        return self._plan.layout.headings[line].name

    def _select(self, last: str, learner: str) -> Iterator[str]:
        """Yield the end: percents as quotients of doubles, the final as text and its symbol by whole numbers."""
        final = self._plan.lines[0].id
        columns = [(self._percent(line), self._plan.lines[line].id) for line in [*self._branches[1:], 0]]
        columns += [(self._shown(), f"{final} shown"), (self._symbol(), f"{final} symbol")]
        yield "SELECT"
        yield f"    k0 AS {quoted(learner)},"
        yield from (f"    CASE WHEN NOT problem THEN {value} END AS {quoted(name)}," for value, name in columns)
        yield f"    CASE WHEN problem THEN {text(ASK_THE_EXACT_ENGINE)} END AS problem"
        yield f"FROM {last}"

    def _narrow(self, register: int) -> WholeNumbers:
        """Return the arithmetic of what a register holds, in which there may be room for no more than that."""
        width = self._program.widths[register]
        return WholeNumbers(self._arithmetic.dialect, max(*width, FEW))

    def _pair(self, line: int) -> tuple[str, str]:
        wide = self._arithmetic.widened
        return wide(self._held.reached(line)), times(wide(self._held.possible(line)), self._program.units[line])

    def _percent(self, line: int) -> str:
        reached, possible = self._pair(line)
        double = self._arithmetic.dialect.double
        return f"CAST({reached} * 100 AS {double}) / CAST({possible} AS {double})"

    def _steps_shown(self) -> str:
        reached, possible = self._pair(0)
        return self._arithmetic.rounded(f"({reached} * 100)", f"({possible})", self._plan.layout.shown)

    def _shown(self) -> str:
        """Return steps of the last place as a decimal text."""
        shown = self._plan.layout.shown
        written = f"CAST({times('steps', int(step_of(shown)))} AS VARCHAR)"
        if shown.places > 0:
            scale = 10**shown.places
            whole = self._arithmetic.dialect.quotient.format("abs(steps)", scale)
            part = f"lpad(CAST(abs(steps) % {scale} AS VARCHAR), {shown.places}, '0')"
            written = f"CASE WHEN steps < 0 THEN '-' ELSE '' END || CAST({whole} AS VARCHAR) || '.' || {part}"
        return f"CASE WHEN steps IS NULL THEN '–' ELSE {written} END"

    def _symbol(self) -> str:
        scheme = self._plan.layout.headings[0].scheme or self._plan.layout.scheme
        if scheme is None:
            return "NULL"
        reached, possible = self._pair(0)
        cases = " ".join(_cases(scheme, reached, possible))
        return f"CASE WHEN {reached} IS NULL THEN NULL {cases} ELSE {text(scheme.bands[0].symbol)} END"


def _cases(scheme: GradeScheme, reached: str, possible: str) -> Iterator[str]:
    for band in reversed(scheme.bands[1:]):
        start = Fraction(band.start)
        sign = ">" if band.exclusive else ">="
        left, right = times(f"{reached} * 100", start.denominator), f"{possible} * {start.numerator}"
        yield f"WHEN {left} {sign} {right} THEN {text(band.symbol)}"


def _widest(plan: Plan, program: KernelProgram) -> int:
    """Return the most that a number of the statement can be: a register, what is asked of it, and all on the way."""
    pairs = max((most for width in program.widths.values() for most in width), default=1)
    roots = [root for step in program.steps if isinstance(step, (Let, Refuse)) for root in roots_of(step)]
    parts = max((_widest_part(part) for part in uses_of(roots)), default=1)
    widest: int = max(pairs * _asked_of_pairs(plan), parts, FEW)
    return widest


def _widest_part(part: Expression) -> int:
    if part.op is not Op.STEPS:
        return part.most
    rounding: Rounding = part.data
    factor: int = 10 ** abs(rounding.places) * rounding.up_from.denominator
    return max(each.most for each in part.parts) * factor


def _asked_of_pairs(plan: Plan) -> int:
    """Return what pairs are multiplied with at the most, to be compared with a start, or shown."""
    shown, scheme = plan.layout.shown, plan.layout.scheme
    starts = [max(100 * band.start.denominator, abs(band.start.numerator)) for band in scheme.bands] if scheme else []
    steps: int = 100 * 10 ** abs(shown.places) * shown.up_from.denominator
    return max([steps, *starts])
