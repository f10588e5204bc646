# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A plan for tables: record batches in, record batches out, whatever engine holds them.

A batch is worked out in blocks that stay in the processor's cache. Whoever has a mark that is not read exactly, or
what the program cannot say, is graded by the exact engine, whose problem becomes the row's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property, partial
from threading import Lock
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from ...errors import Problem, Severity
from ...fields import chosen
from ...gradebook.tree import Gradebook
from ...grading.kernel.lowering import lower
from ...grading.kernel.readings import FINEST
from ...grading.plan import Plan, plan_of
from ...marks import UngradedPolicy
from ...report.report import Report
from .batches import BatchMarks
from .blocks import ROWS, Mask, Numbers, Scratch
from .carrier import Carrier, Quotient
from .finals import Finals
from .graded import GradedBatch
from .layout import EXEMPT, TableColumns, branches_of
from .rows import ExactEngine, marks_of

BLOCK: Final = 32768
"""How many learners are worked out at once, at most: their registers stay in the cache."""


FINER: Final = 10**6
"""The scale for those who have a mark of more decimals than the kernel reads."""


class Tally:
    """How many learners were graded so far, how many of them by the exact engine, and how many have a problem."""

    __slots__ = ("_lock", "exact", "learners", "problems")

    def __init__(self) -> None:
        self.learners = self.exact = self.problems = 0
        self._lock = Lock()

    def add(self, learners: int, exact: int, problems: int) -> None:
        """Count some more, who may be graded by several threads."""
        with self._lock:
            self.learners += learners
            self.exact += exact
            self.problems += problems

    def __repr__(self) -> str:
        return f"Tally(learners={self.learners}, exact={self.exact}, problems={self.problems})"


class _Way(NamedTuple):
    """A way to work out a batch: at a scale of its own."""

    carrier: Carrier
    finals: Finals
    branches: tuple[Quotient, ...]


class TableGrader:
    """A callable from record batches to record batches, which can be pickled with its plan.

    A plan is made ready for tables once, here. `notes` says what keeps it from being, and then the exact engine
    grades every learner. `exempt` is how columns of exemptions are called, with an item's id in place of the braces.
    A `checked` one asserts after each step that no number is larger than was proven.
    """

    def __init__(
        self,
        plan: Plan | Gradebook,
        *,
        ungraded: UngradedPolicy | None = None,
        exempt: str = EXEMPT,
        checked: bool = False,
    ) -> None:
        self.plan = plan_of(plan)
        self.ungraded = None if ungraded is None else chosen(UngradedPolicy, ungraded, "ungraded")
        self.exempt = exempt
        self._ids = [heading.id for heading in self.plan.layout.headings]
        self._checked = checked
        self._way, self.notes = self._way_at(FINEST)
        self._scratches: list[Scratch] = []
        self._columns: TableColumns | None = None

    def __reduce__(self) -> tuple[object, ...]:
        return partial(TableGrader, self.plan, ungraded=self.ungraded, exempt=self.exempt), ()

    def __call__(self, batches: Iterable[pa.RecordBatch], tally: Tally | None = None) -> Iterator[pa.RecordBatch]:
        """Yield each batch with the columns that grading adds; raises `MarksError` for a table without marks."""
        counts = Tally() if tally is None else tally
        for batch in batches:
            yield self.batch(batch, self.columns(batch.schema), counts)

    def columns(self, schema: pa.Schema) -> TableColumns:
        """Return which columns are what in tables with a schema; raises `MarksError`."""
        if self._columns is None or not self._columns.are_of(schema):
            self._columns = TableColumns.of(self.plan, schema, self.exempt)
        return self._columns

    def schema(self, schema: pa.Schema) -> pa.Schema:
        """Return the schema of what comes out of tables with a schema; raises `MarksError`."""
        return self.columns(schema).schema

    def batch(
        self,
        batch: pa.RecordBatch,
        columns: TableColumns,
        tally: Tally,
        problems: Mapping[int, str] = MappingProxyType({}),
    ) -> pa.RecordBatch:
        """Return one batch with the columns that grading adds, and of some rows the `problems` that are known."""
        graded = GradedBatch(batch.num_rows, len(columns.branches))
        arrays = batch.columns
        read = columns.readable(arrays)
        graded.refused[:] = True
        if self._way is not None:
            self._work_out_all(read, columns, graded, self._way)
            if graded.refused.any():
                self._work_out_refused(read, columns, graded)
        if problems:
            graded.refused[list(problems)] = True
        outcomes = self._outcomes(read, columns, graded.refused, problems) if graded.refused.any() else []
        tally.add(batch.num_rows, len(outcomes), sum(isinstance(each, str) for each in outcomes))
        finals = None if self._way is None else self._way.finals
        added = graded.columns(finals, outcomes, [self._ids[line] for line in columns.branches])
        return pa.RecordBatch.from_arrays([*arrays[: columns.passing], *added], schema=columns.schema)

    def _outcomes(
        self, arrays: Mapping[int, pa.Array], columns: TableColumns, refused: Mask, problems: Mapping[int, str]
    ) -> list[Report | str]:
        """Return what the exact engine says of those who were refused."""
        rows = np.flatnonzero(refused)
        every = zip(rows.tolist(), marks_of(_taken(arrays, rows), len(rows), columns, self._ids), strict=True)
        graded = ExactEngine(self.plan, self.ungraded)
        return [problems.get(row) or graded(marks) for row, marks in every]

    @cached_property
    def _finer(self) -> _Way | None:
        return self._way_at(FINER)[0]

    def _way_at(self, finest: int) -> tuple[_Way | None, tuple[Problem, ...]]:
        carrier, notes = carrier_of(self.plan, self.ungraded, checked=self._checked, finest=finest)
        if carrier is None:
            return None, notes
        branches = [carrier.quotient(line, Fraction(100)) for line in branches_of(self.plan)]
        return _Way(carrier, Finals(self.plan.layout, carrier, self.plan.hurdles), tuple(branches)), notes

    def _work_out_refused(self, arrays: Mapping[int, pa.Array], columns: TableColumns, graded: GradedBatch) -> None:
        """Work out at a finer scale who could not be worked out."""
        if self._finer is not None:
            rows = np.flatnonzero(graded.refused)
            some = GradedBatch(len(rows), len(columns.branches))
            self._work_out_all(_taken(arrays, rows), columns, some, self._finer)
            graded.merge(rows, some)

    def _work_out_all(
        self, arrays: Mapping[int, pa.Array], columns: TableColumns, graded: GradedBatch, way: _Way
    ) -> None:
        carrier, finals, quotients = way
        size = graded.refused.size
        marks = BatchMarks(arrays, size, columns, self.plan, carrier)
        try:
            scratch = self._scratches.pop()
        except IndexError:
            scratch = Scratch(ROWS, BLOCK)
        with np.errstate(all="ignore"):
            step = _step(size)
            for start in range(0, size, step):
                scratch.clear()
                block = marks.block(start, min(start + step, size), scratch)
                carrier.run(block)
                has = block.registers[0].has
                if has is not None:
                    block.refused |= ~has & marks.exempt(start, start + block.size)
                graded.enter(start, block, quotients, finals)
        self._scratches.append(scratch)


def _taken(arrays: Mapping[int, pa.Array], rows: Numbers) -> dict[int, pa.Array]:
    """Return some rows of columns."""
    return {place: each.take(pa.array(rows)) for place, each in arrays.items()}


def _step(size: int) -> int:
    """Return how many learners make a block, so that all are about as large; a multiple of eight."""
    blocks = -(-size // BLOCK) or 1
    return -(-size // (8 * blocks)) * 8 or 8


def carrier_of(
    plan: Plan, ungraded: UngradedPolicy | None, *, checked: bool = False, finest: int = FINEST
) -> tuple[Carrier | None, tuple[Problem, ...]]:
    """Return a plan made ready for tables, or nothing and what is in the way."""
    told = () if any(each.hurdle.final_symbol for each in plan.hurdles) else None
    also = branches_of(plan)
    program, notes = lower(plan.lines, ungraded, hurdles=plan.hurdles, also=also, passing=told, finest=finest)
    if program is None:
        return None, notes
    carrier = Carrier(program, checked=checked)
    why = carrier.missing
    if not carrier.holds:
        why = "a mark that doubles do not hold is"
    if why is None:
        return carrier, ()
    return None, (Problem("not_lowered", "", f"{why} worked out by the exact engine in tables", Severity.NOTICE),)
