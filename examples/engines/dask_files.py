# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grade Parquet files on the workers of a Dask cluster, one task for each file.

python dask_files.py learners/ graded/

A task writes beside its target and renames what it wrote, so that a worker that dies leaves no half of a file, and
its task is done again elsewhere.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq
from course import GRADER
from distributed import Client, Future

from gradecalc.extras.columns import TableGrader

BATCH = 65_536


def grade_file(grader: TableGrader, source: Path, target: Path) -> int:
    """Grade a file into another, and return how many learners it has; the grader comes by pickle."""
    unfinished = target.with_suffix(".unfinished")
    with pq.ParquetFile(source) as file, pq.ParquetWriter(unfinished, grader.schema(file.schema_arrow)) as out:
        for batch in grader(file.iter_batches(BATCH)):
            out.write_batch(batch)
        learners = int(file.metadata.num_rows)
    unfinished.replace(target)
    return learners


def grade_files(client: Client, sources: Iterable[Path], folder: Path) -> list[Future]:
    """Have each file graded into the folder, and return what will be the numbers of their learners."""
    return [client.submit(grade_file, GRADER, source, folder / source.name, pure=False) for source in sources]


if __name__ == "__main__":
    read, written = map(Path, sys.argv[1:])
    written.mkdir(exist_ok=True)
    with Client(n_workers=2, threads_per_worker=1) as cluster:
        done = grade_files(cluster, sorted(read.glob("*.parquet")), written)
        print(sum(cluster.gather(done)), "learners")
