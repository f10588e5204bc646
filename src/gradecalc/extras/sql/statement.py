# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The statement: marks in from a table, and out of it everybody's final, its text, its symbol, and the branches."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, assert_never

from attrs import evolve

from ...errors import DefinitionError, Problem, nearest
from ...exact import describe
from ...gradebook.tree import Gradebook
from ...grading.kernel.expressions import Expression, Op, leaves_of, uses_of
from ...grading.kernel.lowering import lower
from ...grading.kernel.program import (
    Demand,
    Fill,
    KernelProgram,
    Let,
    Limit,
    Read,
    Refuse,
    Round,
    Sum,
    Tell,
    Told,
    Width,
    roots_of,
)
from ...grading.plan import RULES_VERSION, Plan, plan_of
from ...grading.planned import PlannedItem
from ...report.results import EXEMPT_SHOWN, NO_GRADE_SHOWN
from .arithmetic import Column, WholeNumbers, joined, most_of_rounding
from .best_totals import without_best_totals
from .dialects import DIALECTS, Dialect, comment, quoted, text
from .dropping import sought
from .exemption import exemption_of
from .expressions import SAID, ExpressionWriter
from .held import Held
from .outcomes import Outcomes, missed_symbols
from .queries import Queries, written
from .reading import Reader
from .roots import most_of_root
from .sums import SumWriter, limited, stepped

ASK_THE_EXACT_ENGINE: Final = "these marks are for the exact engine"
"""What the column `problem` says of a learner whose marks the statement cannot read or say exactly."""

Expressed = Let | Refuse | Tell
"""A step that is made of expressions."""


def to_sql(  # noqa: PLR0913 - the table in its own words, by name
    plan: Plan | Gradebook,
    dialect: str = "duckdb",
    table: str = "marks",
    *,
    learner: str = "learner",
    exempt: Collection[str] = (),
    branches: bool = True,
) -> str:
    """Return a statement that grades a table with a row for each learner and a column for each item. Rules SQ1 to SQ8.

    `exempt` lists the ids of the items with a column of truth values beside them, as in `"Quiz exempt"`. The result has
    the learner, the percent of each branch, unless only the final is asked for, and `"final"`, then `"final shown"`,
    `"final symbol"` and `"problem"`.
    Raises `DefinitionError` with the path of what cannot be said, and for a dialect that there is not.
    """
    words, plan = _dialect(dialect), plan_of(plan)
    _refuse_unknown(plan, exempt)
    wanted = [line for line, heading in enumerate(plan.layout.headings) if heading.branch and (branches or not line)]
    passing = () if any(each.hurdle.final_symbol for each in plan.hurdles) else None
    program, notes = lower(plan.lines, None, hurdles=plan.hurdles, also=wanted, passing=passing)
    if program is None:
        raise DefinitionError([Problem("not_in_sql", note.path, note.message) for note in notes])
    program = without_best_totals(program)
    _refuse_what_cannot_be_said(plan, program)
    return "\n".join(_Statement(plan, program, words, wanted, exempt).lines(table, learner))


def _dialect(name: str) -> Dialect:
    try:
        return DIALECTS[name]
    except KeyError:
        message = f"there is no dialect {name!r}{nearest(name, DIALECTS)}; there are: {', '.join(DIALECTS)}"
        raise DefinitionError([Problem("unknown_dialect", "dialect", message)]) from None


def _refuse_unknown(plan: Plan, exempt: Collection[str]) -> None:
    ids = [line.id for line in plan.lines if isinstance(line, PlannedItem)]
    unknown = [id_ for id_ in exempt if id_ not in ids]
    if unknown:
        message = "no item of the gradebook has the id {}, so nobody can be exempt from it{}"
        raise DefinitionError(
            Problem("unknown_item", "exempt", message.format(describe(id_), nearest(id_, ids))) for id_ in unknown
        )


def _refuse_what_cannot_be_said(plan: Plan, program: KernelProgram) -> None:
    lets = [step for step in program.steps if isinstance(step, Let)]
    unsaid = [step.to for step in lets if any(part.op not in SAID for part in uses_of(roots_of(step)))]
    if unsaid:
        deepest = max(unsaid)
        message = "a statement cannot say this: Canvas's search for the best total; the exact engine does"
        raise DefinitionError([Problem("not_in_sql", plan.lines[deepest].id, message)])


class _Statement:
    """The parts of a statement: what is read, what is made of it in queries over one another, and what comes out."""

    def __init__(
        self,
        plan: Plan,
        program: KernelProgram,
        dialect: Dialect,
        branches: Sequence[int],
        exempt: Collection[str],
    ) -> None:
        self._plan, self._program, self._branches, self._dialect = plan, program, branches, dialect
        self._held, self._queries, self._exempt = Held(program.constants), Queries(), frozenset(exempt)
        self._exemption = exemption_of(plan, 0)
        self._flags: list[str] = []
        ids = [plan.lines[line].id for line in program.positions]
        reads = [step for step in program.steps if isinstance(step, Read)]
        self._reader = Reader(reads, ids, exempt, sought(program), dialect)
        self._outcomes = Outcomes(self._held, program.units, dialect)

    def lines(self, table: str, learner: str) -> Iterator[str]:
        """Yield the lines of the statement."""
        self._add_all()
        results = [*self._results()]
        name = self._plan.gradebook.name
        yield comment(f"{name}: what each learner's marks come to, in whole numbers; rules {RULES_VERSION}.")
        yield "WITH"
        yield comment(
            "marks as doubles; none is 0, or the most where the least is sought; t is 1 where one is there (SQ2, U)"
        )
        guarded = self._dialect.guarded or not self._held.all_fastest
        exempted = [] if self._counts_exempted() else self._exempted()
        read = [("k0", quoted(learner)), *self._reader.recorded(guarded=guarded), *exempted]
        columns = [f"{value} AS {column}" for column, value in read]
        yield from written(self._dialect, "marks_of", [("", columns)], quoted(table))
        texts = ["k0 problem", *(value for value, _ in results)]
        yield from self._queries.lines(self._dialect, "marks_of", [column for column, _ in read], texts)
        yield ")"
        yield "SELECT"
        yield f"    k0 AS {quoted(learner)},"
        yield from (f"    {value} AS {quoted(name)}," for value, name in results)
        yield f"    CASE WHEN problem THEN {text(ASK_THE_EXACT_ENGINE)} END AS problem"
        yield f"FROM {self._queries.last}"

    def _add_all(self) -> None:
        """Add the columns of every step, expressions last, and whose marks are for the exact engine."""
        add, layout = self._queries.add, self._plan.layout
        add("marks as whole numbers, where that is exact (SQ2)", self._reader.whole())
        add("what each mark counts, after floor, rounding and cap (G, R5)", self._reader.settled(self._held))
        add("whether a mark is not what a double says (SQ2, SQ4)", [("unread", self._reader.unread())])
        expressed = [step for step in self._program.steps if isinstance(step, (Let, Refuse, Tell)) and _is_asked(step)]
        for step in self._program.steps:
            if not isinstance(step, (Read, Let, Refuse, Tell)):
                with self._placed(_line_of(step)):
                    self._add(step)
        if expressed:
            self._add_expressed(expressed)
        if self._counts_exempted():
            add("who is exempt from everything (X)", self._exempted())
        if not self._exemption.enough:
            self._flags += [f"(NOT {self._held.is_there(0)} AND {name})" for name, _ in self._exempted()]
        problem = f"COALESCE({' OR '.join(['unread', *self._flags])}, TRUE)"
        add("who is for the exact engine (SQ4)", [("problem", problem)])
        add("who has something there (U)", self._given())
        add("the final in steps of the last place that is shown (R)", self._outcomes.steps(layout.shown))

    def _add(self, step: Fill | Demand | Sum | Limit | Round) -> None:
        add, held, dialect = self._queries.add, self._held, self._dialect
        match step:
            case Fill():
                add("blanks are zero once something has a score (U)", self._fill(step))
            case Demand():
                self._flags.append(f"NOT {held.is_there(step.register)}")
            case Sum():
                writer = SumWriter(step, held, dialect)
                add(f"{self._name(step.to)}: {writer.how_it_drops} (D)", writer.dropped())
                self._flags += writer.beyond()
                add(f"{self._name(step.to)}: what counts of what is there (A, W, B)", writer.columns())
            case Limit():
                add(f"{self._name(step.register)}: no more than its cap (G)", limited(step, held, dialect))
            case Round():
                add(f"{self._name(step.register)}: rounded (R)", stepped(step, held, dialect))
            case _:
                assert_never(step)

    def _exempted(self) -> Iterator[Column]:
        """Yield who is exempt from all that a final cannot be exempt without, where anybody can be (X3)."""
        if not self._exemption.is_possible(self._exempt) or self._held.is_sure(0):
            return
        ids = self._exemption.ids or sorted(self._exempt)
        if counted := self._counts_exempted():
            yield "exempted", f"{self._held.how_many(counted)} = 0"
        else:
            flags = joined(" AND " if self._exemption.ids else " OR ", [quoted(f"{id_} exempt") for id_ in ids])
            yield "exempted", f"COALESCE({flags}, FALSE)"

    def _counts_exempted(self) -> list[int]:
        """Return the registers of which nobody has one but by an exemption, if these tell who is exempt from all."""
        return self._reader.there_unless_exempt(self._exemption.ids)

    def _fill(self, step: Fill) -> Iterator[Column]:
        """Yield whether what was blank has a score, once something else has one: all but the exempt."""
        once = " OR ".join(map(self._held.is_there, step.triggers)) or "FALSE"
        for each in step.blanks:
            _, now, _ = self._held.names(each)
            counts = self._dialect.one_if.format(f"(NOT x{each})") if each in self._reader.exempt() else "1"
            yield now, f"CASE WHEN {once} THEN {counts} ELSE {self._held.there(each)} END"
            self._held.change(each, there=now)

    def _add_expressed(self, steps: Sequence[Expressed]) -> None:
        roots = [root for step in steps for root in roots_of(step)]
        kind = self._kind_of(steps)
        writer = ExpressionWriter(roots, self._held, kind, self._reader.exempt())
        texts = [[writer.text(root) for root in roots_of(step)] for step in steps]
        self._flags += writer.refused
        self._queries.add("what several lines need (A, W, D, F, V)", writer.columns)
        for step, parts in zip(steps, texts, strict=True):
            self._queries.add(*self._expressed(step, parts, kind))

    def _expressed(self, step: Expressed, parts: Sequence[str], kind: WholeNumbers) -> tuple[str, list[Column]]:
        """Return what a step does, and its columns."""
        match step:
            case Refuse():
                self._flags.append("refused")
                return "who is for the exact engine, for no program says it (SQ4)", [("refused", parts[0])]
            case Tell():
                return "which of the hurdles gives the final its symbol (P)", [("told", parts[0])]
            case Let():
                n, t, d = self._held.names(step.to)
                self._held.hold(
                    step.to,
                    reached=n,
                    there=t,
                    possible=d,
                    arithmetic=kind,
                    width=Width(step.reached.most, max(step.possible.most, 1)),
                )
                has, reached, possible = parts
                there = self._dialect.one_if.format(has)
                return f"{self._name(step.to)}: what it comes to", [(n, reached), (t, there), (d, possible)]
            case _:
                assert_never(step)

    @contextmanager
    def _placed(self, line: int) -> Iterator[None]:
        """Say of what cannot be said that it is this line which needs it."""
        try:
            yield
        except DefinitionError as error:
            path = self._plan.lines[line].id if line else ""
            raise DefinitionError([evolve(each, path=path) for each in error.problems]) from None

    def _kind_of(self, steps: Sequence[Expressed]) -> WholeNumbers:
        """Return the numbers that hold all that these steps are made of; if none do, the widest is to blame."""
        try:
            return WholeNumbers(self._dialect, self._widest(*steps))
        except DefinitionError:
            _, line = max((self._widest(step), step.to if isinstance(step, Let) else 0) for step in steps)
            with self._placed(line):
                raise

    def _widest(self, *steps: Expressed) -> int:
        roots = [root for step in steps for root in roots_of(step)]
        return max(_widest_of(roots), *self._widest_read(roots))

    def _widest_read(self, roots: Sequence[Expression]) -> Iterator[int]:
        """Yield the most that is in the registers that expressions read, and one."""
        yield 1
        for leaf in leaves_of(roots):
            yield max(self._held.width(leaf.data))

    def _name(self, line: int) -> str:
        return self._plan.layout.headings[line].name

    def _results(self) -> Iterator[tuple[str, str]]:
        """Yield what comes out but for the learner and for what is wrong, with its name."""
        outcomes, layout, final = self._outcomes, self._plan.layout, self._plan.lines[0].id
        for line in [*self._branches[1:], 0]:
            yield self._if_there(line, outcomes.percent(line)), self._plan.lines[line].id
        scheme = layout.headings[0].scheme or layout.scheme
        missed = missed_symbols([each.hurdle.final_symbol for each in self._plan.hurdles])
        yield (
            self._if_there(0, outcomes.shown(layout.shown), f"WHEN NOT problem THEN {self._no_final()} "),
            f"{final} shown",
        )
        yield self._if_there(0, outcomes.symbol(scheme, [*missed])), f"{final} symbol"

    def _no_final(self) -> str:
        """Return how it is shown that there is no final."""
        texts = text(NO_GRADE_SHOWN)
        for name, _ in self._exempted():
            texts = f"CASE WHEN {name} THEN {text(EXEMPT_SHOWN)} ELSE {texts} END"
        return texts

    def _if_there(self, line: int, value: str, otherwise: str = "") -> str:
        """Return a value of those whose marks are read and who have something there."""
        given = "NOT problem" if self._held.is_sure(line) else f"h{line}"
        return f"CASE WHEN {given} THEN {value} {otherwise}END"

    def _given(self) -> Iterator[Column]:
        """Yield of each branch that comes out who has something there."""
        for line in self._branches:
            if not self._held.is_sure(line):
                yield f"h{line}", f"NOT problem AND {self._held.is_there(line)}"


def _line_of(step: Fill | Demand | Sum | Limit | Round) -> int:
    """Return the line that a step is about, or 0 where it is about several."""
    if isinstance(step, Fill):
        return 0
    return step.to if isinstance(step, Sum) else step.register


def _is_asked(step: Expressed) -> bool:
    """Return whether a statement gives what a step says: it does not tell whether a final is passed."""
    return not isinstance(step, Tell) or step.what is Told.SYMBOL


def _widest_of(roots: Sequence[Expression]) -> int:
    """Return the most that a number can be in what expressions are made of."""
    return max(map(_widest_part, uses_of(roots)), default=1)


def _widest_part(part: Expression) -> int:
    if part.op is Op.STEPS:
        return most_of_rounding(part.parts[0].most, part.parts[1].most, part.data)
    if part.op is Op.ROOT:
        return most_of_root(part.data, part.parts[0].most, part.parts[1].most, part.most)
    return part.most
