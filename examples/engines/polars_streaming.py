# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grade Parquet files by Polars' streaming engine, which holds a few batches at a time.

python polars_streaming.py "learners/*.parquet" graded.parquet
"""

import sys

import polars as pl
import pyarrow as pa
from course import GRADER


def graded(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a part of the table with the columns that grading adds."""
    table = frame.to_arrow()
    batches = GRADER(table.to_batches())
    return pl.from_arrow(pa.Table.from_batches(batches, GRADER.schema(table.schema)))  # type: ignore[return-value]


def grade_files(source: str, target: str) -> None:
    """Grade files into one; what else is asked of the lazy frame goes before or after, as ever."""
    learners = pl.scan_parquet(source)
    schema = graded(learners.head(0).collect()).schema
    learners.map_batches(graded, schema=schema, streamable=True).sink_parquet(target)


if __name__ == "__main__":
    grade_files(*sys.argv[1:])
