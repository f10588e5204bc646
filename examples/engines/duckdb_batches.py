# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grade what a query of DuckDB gives, and let DuckDB go on with what comes out.

python duckdb_batches.py "learners/*.parquet" graded.parquet
"""

import sys

import duckdb
import pyarrow as pa
from course import GRADER

BATCH = 65_536


def graded(query: duckdb.DuckDBPyRelation) -> pa.RecordBatchReader:
    """Return the rows of a query with the columns that grading adds, as they are read."""
    read = getattr(query, "to_arrow_reader", None) or query.fetch_arrow_reader  # as it was called in older ones
    rows = read(BATCH)
    return pa.RecordBatchReader.from_batches(GRADER.schema(rows.schema), GRADER(rows))


def grade_files(source: str, target: str) -> None:
    """Grade files into one: one connection reads, another writes, and neither holds the table."""
    with duckdb.connect() as reading, duckdb.connect() as writing:
        results = graded(reading.read_parquet(source))
        writing.from_arrow(results).write_parquet(target)


if __name__ == "__main__":
    grade_files(*sys.argv[1:])
