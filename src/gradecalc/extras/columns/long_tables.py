# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Long tables, with a row for each mark, as batches with a row for each learner: some thousand learners at a time.

A mark is not copied before its batch is made: what is worked out is where each learner's mark of each item stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ...errors import MarksError, Problem, nearest
from ...exact import describe
from ...grading.plan import Plan
from ...values import frozen
from .blocks import Numbers
from .layout import TableColumns, not_truths
from .readers import plain

_PIECE: Final = 65_536


@frozen(kw_only=True)
class LongTable:
    """How the columns of a long table are called; `exempt` is one of truth values, where there is one.

    Where a table is `grouped`, all rows of a learner stand together, and memory is constant however long it is.
    """

    learner: str = "learner"
    item: str = "item"
    mark: str = "mark"
    exempt: str | None = None
    grouped: bool = False

    def check(self, schema: pa.Schema) -> None:
        """Refuse a table without these columns; raises `MarksError`."""
        named = [self.learner, self.item, self.mark, *([] if self.exempt is None else [self.exempt])]
        problems = [
            Problem(
                "missing_column", name, f"the table has no one column {describe(name)}{nearest(name, schema.names)}"
            )
            for name in named
            if schema.names.count(name) != 1
        ]
        if problems:
            raise MarksError(problems)
        problems = [] if self.exempt is None else [*not_truths(schema, [schema.get_field_index(self.exempt)])]
        if problems:
            raise MarksError(problems)


class Pivoted(NamedTuple):
    """Learners with their marks in columns, and the problems that are known of some by their rows."""

    batch: pa.RecordBatch
    columns: TableColumns
    problems: dict[int, str]


def pivot(plan: Plan, long: LongTable, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[Pivoted]:
    """Yield the learners of a long table, in the order in which they first come."""
    parts = _grouped(long, batches, schema) if long.grouped else iter([pa.Table.from_batches(batches, schema)])
    for part in parts:
        yield from _Pivot(plan, long, part).batches()


def _grouped(long: LongTable, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """Yield parts of a table that end with a learner's last row."""
    waiting = pa.Table.from_batches([], schema)
    for batch in batches:
        waiting = pa.concat_tables([waiting, pa.Table.from_batches([batch], schema)])
        if waiting.num_rows >= _PIECE:
            ends = _last_learner(plain_column(waiting, long.learner))
            yield waiting.slice(0, ends)
            waiting = waiting.slice(ends)
    yield waiting


def _last_learner(learners: pa.Array) -> int:
    """Return where the rows of the last learner begin."""
    codes = np.asarray(pc.fill_null(learners.dictionary_encode().indices, -1))
    other = np.flatnonzero(codes != codes[-1])
    return int(other[-1]) + 1 if len(other) else 0


def plain_column(table: pa.Table, name: str) -> pa.Array:
    """Return a column in one piece, without what encodes it."""
    whole = table[name].combine_chunks()
    chunk = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) else whole
    return plain(chunk)


class _Pivot:
    """A table whose rows are put in the order of their learners."""

    def __init__(self, plan: Plan, long: LongTable, table: pa.Table) -> None:
        self._plan, self._long = plan, long
        self._ids = [heading.id for heading in plan.layout.headings]
        encoded = plain_column(table, long.learner).dictionary_encode()
        self._learners = encoded.dictionary
        codes = np.asarray(pc.fill_null(encoded.indices, len(self._learners)))
        self._count = int(codes.max(initial=-1)) + 1
        self._items = pc.cast(plain_column(table, long.item), pa.string())
        self._marks = plain_column(table, long.mark)
        self._exempt = None if long.exempt is None else plain_column(table, long.exempt)
        self._order = None if (codes[1:] >= codes[:-1]).all() else np.argsort(codes, kind="stable")
        self._codes = codes if self._order is None else codes[self._order]
        found = pc.index_in(self._items, value_set=pa.array(self._ids, pa.string()))
        self._lines: Numbers = np.asarray(pc.fill_null(found, -1))

    def batches(self) -> Iterator[Pivoted]:
        """Yield some thousand learners at a time."""
        for first in range(0, self._count, _PIECE):
            last = min(first + _PIECE, self._count)
            start, stop = np.searchsorted(self._codes, [first, last])
            rows = np.arange(start, stop) if self._order is None else self._order[start:stop]
            yield self._batch(first, last, rows, self._codes[start:stop] - first)

    def _batch(self, first: int, last: int, rows: Numbers, learners: Numbers) -> Pivoted:
        size, lines = last - first, self._lines[rows]
        known = lines >= 0
        found = [int(line) for line in np.unique(lines[known])]
        where = np.full((len(found), size), -1)
        where[np.searchsorted(found, lines[known]), learners[known]] = rows[known]
        problems = self._problems(first, rows, learners, lines, where)
        names, arrays, marks, exempt = [self._long.learner], [self._learner(first, last)], {}, {}
        for line, places in zip(found, where, strict=True):
            at = pa.array(places, mask=places < 0)
            marks[line] = len(arrays)
            names.append(self._ids[line])
            arrays.append(self._marks.take(at))
            if self._exempt is not None:
                exempt[line] = len(arrays)
                names.append(f"{line} exempt")
                arrays.append(self._exempt.take(at))
        batch = pa.RecordBatch.from_arrays(arrays, names)
        return Pivoted(batch, TableColumns.of_marks(self._plan, batch.schema, marks, exempt), problems)

    def _learner(self, first: int, last: int) -> pa.Array:
        own = self._learners.slice(first, last - first)
        return own if len(own) == last - first else pa.concat_arrays([own, pa.nulls(1, own.type)])

    def _problems(self, first: int, rows: Numbers, learners: Numbers, lines: Numbers, where: Numbers) -> dict[int, str]:
        """Return what is wrong with the rows of a learner, one thing for each."""
        problems: dict[int, str] = {}
        if np.count_nonzero(where >= 0) < np.count_nonzero(lines >= 0):
            keys = learners[lines >= 0] * len(self._ids) + lines[lines >= 0]
            several, times = np.unique(keys, return_counts=True)
            for key in several[times > 1].tolist():
                learner, line = divmod(key, len(self._ids))
                problems[learner] = f"{self._ids[line]}: there are several marks of this item"
        for place in np.flatnonzero(lines < 0).tolist():
            name: Any = self._items[int(rows[place])].as_py()
            unknown = self._plan.unknown(name)
            problems.setdefault(int(learners[place]), unknown.message if name is None else str(unknown))
        if first <= len(self._learners) < self._count and len(self._learners) - first < _PIECE:
            problems[len(self._learners) - first] = "these rows are of no learner"
        return problems
