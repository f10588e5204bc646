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
from ...gradebook.tree import Gradebook
from ...grading.kernel.lowering import lower
from ...grading.kernel.readings import FINEST
from ...grading.plan import Plan, compile_gradebook
from ...marks import UngradedPolicy
from .batches import BatchMarks
from .blocks import ROWS, Scratch
from .carrier import Carrier
from .finals import Finals
from .graded import GradedBatch
from .layout import EXEMPT, TableColumns
from .rows import marks_of, outcome

BLOCK: Final = 16384
"""How many learners are worked out at once: their registers stay in the cache."""


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
        self.plan = plan if isinstance(plan, Plan) else compile_gradebook(plan)
        self.ungraded, self.exempt = ungraded, exempt
        self._ids = [heading.id for heading in self.plan.layout.headings]
        self._checked = checked
        self._way, self.notes = self._way_at(FINEST)
        self._scratches: list[Scratch] = []

    def __reduce__(self) -> tuple[object, ...]:
        return partial(TableGrader, self.plan, ungraded=self.ungraded, exempt=self.exempt), ()

    def __call__(self, batches: Iterable[pa.RecordBatch], tally: Tally | None = None) -> Iterator[pa.RecordBatch]:
        """Yield each batch with the columns that grading adds; raises `MarksError` for a table without marks."""
        counts = Tally() if tally is None else tally
        columns = None
        for batch in batches:
            if columns is None or not columns.are_of(batch.schema):
                columns = self.columns(batch.schema)
            yield self.batch(batch, columns, counts)

    def columns(self, schema: pa.Schema) -> TableColumns:
        """Return which columns are what in tables with a schema; raises `MarksError`."""
        return TableColumns.of(self.plan, schema, self.exempt)

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
        graded.refused[:] = True
        if self._way is not None:
            self._work_out_all(batch, columns, graded, self._way)
            self._work_out_refused(batch, columns, graded)
        graded.refused[list(problems)] = True
        own = batch.take(pa.array(np.flatnonzero(graded.refused))) if graded.refused.any() else batch.slice(0, 0)
        rows = zip(np.flatnonzero(graded.refused).tolist(), marks_of(own, columns, self._ids), strict=True)
        outcomes = [problems.get(row) or outcome(self.plan, marks, self.ungraded) for row, marks in rows]
        tally.add(batch.num_rows, own.num_rows, sum(isinstance(each, str) for each in outcomes))
        added = graded.columns(
            None if self._way is None else self._way.finals, outcomes, [self._ids[line] for line in columns.branches]
        )
        return pa.RecordBatch.from_arrays([*batch.columns[: columns.passing], *added], schema=columns.schema)

    @cached_property
    def _finer(self) -> _Way | None:
        return self._way_at(FINER)[0]

    def _way_at(self, finest: int) -> tuple[_Way | None, tuple[Problem, ...]]:
        carrier, notes = carrier_of(self.plan, self.ungraded, checked=self._checked, finest=finest)
        return None if carrier is None else _Way(carrier, Finals(self.plan.layout, carrier, self.plan.hurdles)), notes

    def _work_out_refused(self, batch: pa.RecordBatch, columns: TableColumns, graded: GradedBatch) -> None:
        """Work out at a finer scale who could not be worked out."""
        rows = np.flatnonzero(graded.refused)
        if len(rows) and self._finer is not None:
            some = GradedBatch(len(rows), len(columns.branches))
            self._work_out_all(batch.take(pa.array(rows)), columns, some, self._finer)
            graded.merge(rows, some)

    def _work_out_all(self, batch: pa.RecordBatch, columns: TableColumns, graded: GradedBatch, way: _Way) -> None:
        carrier, finals = way
        quotients = [carrier.quotient(line, Fraction(100)) for line in columns.branches]
        marks = BatchMarks(batch, columns, self.plan, carrier)
        try:
            scratch = self._scratches.pop()
        except IndexError:
            scratch = Scratch(ROWS, BLOCK)
        with np.errstate(all="ignore"):
            for start in range(0, batch.num_rows, BLOCK):
                scratch.clear()
                block = marks.block(start, min(start + BLOCK, batch.num_rows), scratch)
                carrier.run(block)
                has = block.registers[0].has
                if has is not None:
                    block.refused |= ~has & marks.exempt(start, start + block.size)
                graded.enter(start, block, quotients, finals)
        self._scratches.append(scratch)


def carrier_of(
    plan: Plan, ungraded: UngradedPolicy | None, *, checked: bool = False, finest: int = FINEST
) -> tuple[Carrier | None, tuple[Problem, ...]]:
    """Return a plan made ready for tables, or nothing and what is in the way."""
    branches = [line for line, heading in enumerate(plan.layout.headings) if heading.branch]
    told = () if any(each.hurdle.final_symbol for each in plan.hurdles) else None
    program, notes = lower(plan.lines, ungraded, hurdles=plan.hurdles, also=branches, passing=told, finest=finest)
    if program is None:
        return None, notes
    carrier = Carrier(program, checked=checked)
    why = carrier.missing
    if not carrier.holds:
        why = "a mark that doubles do not hold is"
    if why is None:
        return carrier, ()
    return None, (Problem("not_lowered", "", f"{why} worked out by the exact engine in tables", Severity.NOTICE),)
