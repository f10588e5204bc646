# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whole tables and streams of them: whatever hands over Arrow is graded, in as much memory as a few batches take."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import Any, Final, Protocol

import pyarrow as pa

from ...gradebook.tree import Gradebook
from ...grading.plan import Plan, plan_of
from ...marks import UngradedPolicy
from .grader import TableGrader, Tally
from .layout import EXEMPT, TableColumns
from .long_tables import LongTable, Pivoted, pivot
from .readers import plain

METADATA: Final = b"gradecalc"
"""The key of the schema's metadata under which a graded table says how it was graded."""

_PIECE: Final = 65_536


class ArrowStream(Protocol):
    """Anything that hands over Arrow: a table of PyArrow, Polars or narwhals, of pandas, a relation of DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return a stream of record batches."""


class GradedStream:
    """Graded record batches, to be read once: iterate, or hand it to whatever takes Arrow; `tally` counts along."""

    def __init__(
        self, grader: TableGrader, source: pa.RecordBatchReader | pa.Table, threads: int, long: LongTable | None = None
    ) -> None:
        self.tally = Tally()
        batches = source.to_batches() if isinstance(source, pa.Table) else source
        if long is None:
            columns = grader.columns(source.schema)
            self.schema: pa.Schema = columns.schema
            pieces: Iterator[Pivoted] = (Pivoted(piece, columns, {}) for piece in _pieces(batches, source.schema))
        else:
            long.check(source.schema)
            learner = pa.field(long.learner, plain(pa.nulls(0, source.schema.field(long.learner).type)).type)
            self.schema = TableColumns.of_marks(grader.plan, pa.schema([learner]), {}, {}).schema
            pieces = pivot(grader.plan, long, batches, source.schema)
        self._batches = _in_order(
            lambda each: grader.batch(each.batch, each.columns, self.tally, each.problems), pieces, threads
        )

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        return self._batches

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return pa.RecordBatchReader.from_batches(self.schema, self._batches).__arrow_c_stream__(requested_schema)


def grade_batches(  # noqa: PLR0913 - each a choice of its own, by its name
    plan: Plan | Gradebook,
    table: ArrowStream,
    *,
    ungraded: UngradedPolicy | None = None,
    exempt: str = EXEMPT,
    long: LongTable | None = None,
    threads: int = 2,
) -> GradedStream:
    """Return the graded batches of a table or a stream, made as they are read, in constant memory.

    A `long` table has a row for each mark, and gives a row for each learner, in the order in which they first come.
    Raises `MarksError` at once for a table without marks, and `DefinitionError` for a gradebook that cannot be
    compiled; never for a learner, whose problem is in the column `problem`.
    """
    compiled = plan_of(plan)
    key, kept = (TableGrader, ungraded, exempt), compiled.kernels.kept
    if key not in kept:
        kept[key] = TableGrader(compiled, ungraded=ungraded, exempt=exempt)
    source = table if isinstance(table, pa.Table) else pa.RecordBatchReader.from_stream(table)
    return GradedStream(kept[key], source, threads, long)


def grade_table(  # noqa: PLR0913 - each a choice of its own, by its name
    plan: Plan | Gradebook,
    table: ArrowStream,
    *,
    ungraded: UngradedPolicy | None = None,
    exempt: str = EXEMPT,
    long: LongTable | None = None,
    threads: int = 2,
) -> pa.Table:
    """Return a table with the percents of every branch and of the final, which is also shown and has a symbol.

    In: a column for each item id, in which a null is ungraded, and exemptions in columns of booleans, "<id> exempt";
    all other columns pass through. The metadata of the schema counts under "gradecalc" how many learners there were,
    how many the exact engine graded, and how many have a problem. Raises what `grade_batches` raises.
    """
    stream = grade_batches(plan, table, ungraded=ungraded, exempt=exempt, long=long, threads=threads)
    graded = pa.Table.from_batches(list(stream), stream.schema)
    tally = stream.tally
    counts = {"learners": tally.learners, "exact": tally.exact, "problems": tally.problems}
    return graded.replace_schema_metadata({**(graded.schema.metadata or {}), METADATA: json.dumps(counts).encode()})


def _pieces(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yield batches of a size that is worth while: small ones together, and large ones in pieces."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(each.num_rows for each in waiting) >= _PIECE // 4:
            yield from _cut(waiting, schema)
            waiting = []
    yield from _cut(waiting, schema)


def _cut(batches: list[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    if len(batches) == 1 and batches[0].num_rows <= _PIECE:
        yield from batches
        return
    table = pa.Table.from_batches(batches, schema)
    whole = table.combine_chunks() if len(batches) > 1 else table
    yield from whole.to_batches(max_chunksize=_PIECE)


def _in_order(
    work: Callable[[Pivoted], pa.RecordBatch], batches: Iterator[Pivoted], threads: int
) -> Iterator[pa.RecordBatch]:
    """Yield the results in order, with no more batches under way than there are threads, and one to be taken."""
    ahead = list(islice(batches, 2)) if threads > 1 else []
    if len(ahead) <= 1:
        yield from map(work, chain(ahead, batches))
        return
    under_way: deque[Future[Any]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for batch in chain(ahead, batches):
            under_way.append(pool.submit(work, batch))
            if len(under_way) > threads:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
