# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grade a Parquet file into another, in the memory of a few batches, and say what it took.

python parquet_files.py learners.parquet graded.parquet
"""

import resource
import sys
from time import perf_counter

import pyarrow as pa
import pyarrow.parquet as pq
from course import GRADER

from gradecalc.extras.columns import grade_batches

BATCH = 65_536


def grade_file(source: str, target: str) -> int:
    """Grade a file into another, batch by batch, and return how many learners it has."""
    with pq.ParquetFile(source) as file:
        reader = pa.RecordBatchReader.from_batches(file.schema_arrow, file.iter_batches(BATCH))
        graded = grade_batches(GRADER.plan, reader)
        with pq.ParquetWriter(target, graded.schema) as out:
            for batch in graded:
                out.write_batch(batch)
    return graded.tally.learners


if __name__ == "__main__":
    start = perf_counter()
    learners = grade_file(*sys.argv[1:])
    seconds, memory = perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{learners} learners in {seconds:.1f} s, with at most {memory / 1024:.0f} MiB")
