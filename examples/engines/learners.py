# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Write a Parquet file of learners: one of twenty marks is blank, one of fifty exempt, one of 50,000 no number.

python learners.py 1000000 learners.parquet
"""

import sys
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from course import ITEMS

GROUP = 65_536
BLANK, EXEMPT = [11, 23, 47, 61, 83], [31, 97]


def batches(learners: int) -> Iterator[pa.RecordBatch]:
    """Yield the learners, some thousand at a time."""
    random = np.random.default_rng(1)
    for start in range(0, learners, GROUP):
        size = min(GROUP, learners - start)
        columns = {"learner": pa.array(np.arange(start, start + size))}
        for item in ITEMS:
            drawn = random.integers(0, 50_000, size)
            marks = random.integers(0, 1001, size) / 100
            marks[drawn == 0] = np.nan
            columns[item] = pa.array(marks, mask=np.isin(drawn % 100, BLANK) | np.isin(drawn % 100, EXEMPT))
            columns[f"{item} exempt"] = pa.array(np.isin(drawn % 100, EXEMPT))
        yield pa.RecordBatch.from_pydict(columns)


def write(learners: int, target: str) -> None:
    """Write the file."""
    schema = next(batches(1)).schema
    with pq.ParquetWriter(target, schema) as file:
        for batch in batches(learners):
            file.write_batch(batch)


if __name__ == "__main__":
    write(int(sys.argv[1]), sys.argv[2])
