# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a table costs in a database and beside others' ways, as ratios to `grade_table` in the same run.

python tests/benchmarks/bench_database.py [learners]

The course and the table are those of `bench_columns`; the database has the table, and makes another of what comes out.
All give the percents of branches and the final, its text and its symbol, but for two: a statement that reads marks and
adds them up and does no more, and one of which only the plan is made. What runs on two threads has both times, of
the processor and of the clock; the figures are the least of several rounds in turn.
"""

import sys
from time import perf_counter, process_time

import duckdb
import numpy as np
import peers
import polars as pl
from bench_columns import book, hand_written, marks
from bench_kernel import IDS

from gradecalc import compile_gradebook
from gradecalc.extras.columns import grade_table
from gradecalc.extras.sql import to_sql

LEARNERS, ROUNDS, GOAL = 200_000, 3, 3
OURS, OF_SQL, PLANNED = "grade_table, two threads", "to_sql, in DuckDB", "to_sql, planned alone"


def least(works, rounds=ROUNDS):
    """Return the time of the processor and of the clock that each work takes at best, in seconds; all take turns."""
    best = dict.fromkeys(works, (float("inf"), float("inf")))
    for _ in range(rounds):
        for name, work in works.items():
            clock, start = perf_counter(), process_time()
            work()
            best[name] = (min(best[name][0], process_time() - start), min(best[name][1], perf_counter() - clock))
    return best


def measured(learners=LEARNERS):
    """Return what each way costs for a learner in microseconds, of the processor and of the clock."""
    plan, table = compile_gradebook(book()), marks(learners, np.random.default_rng(1))
    database, frame = duckdb.connect(), pl.from_arrow(table)
    database.execute("SET threads = 2")
    database.register("arrow", table)
    database.execute("CREATE TABLE marks AS FROM arrow")
    ours, by_hand = to_sql(plan, exempt=[id_ for ids in IDS for id_ in ids]), peers.sql()

    def stored(statement):
        database.execute(f"CREATE OR REPLACE TABLE graded AS {statement}")
        return database.execute("SELECT final FROM graded ORDER BY learner").fetchnumpy()["final"]

    exact = grade_table(plan, table)["final"].to_numpy()
    for finals in (stored(ours), stored(by_hand), peers.polars(frame)["final"].to_numpy()):
        assert np.allclose(exact, np.ma.filled(finals, np.nan), equal_nan=True)
    found = least(
        {
            "NumPy masks, by hand": lambda: hand_written(table),
            "Polars, by hand": lambda: peers.polars(frame),
            "DuckDB, reads and sums": lambda: database.execute(f"CREATE OR REPLACE TABLE sums AS {peers.reads()}"),
            "DuckDB, by hand": lambda: database.execute(f"CREATE OR REPLACE TABLE graded AS {by_hand}"),
            "grade_table, one thread": lambda: grade_table(plan, table, threads=1),
            OURS: lambda: grade_table(plan, table),
            OF_SQL: lambda: database.execute(f"CREATE OR REPLACE TABLE graded AS {ours}"),
            PLANNED: lambda: database.execute(f"EXPLAIN {ours}").fetchall(),
        }
    )
    return {name: [each / learners * 1e6 for each in times] for name, times in found.items()}


def main(learners=LEARNERS):
    """Print the ratios, and return whether that of the statement is within its goal."""
    found = measured(int(learners))
    for name, (spent, passed) in found.items():
        print(f"{name:26} {spent:7.3f} µs a learner  {spent / found[OURS][0]:6.2f} ×  {passed:7.3f} µs by the clock")
    return found[OF_SQL][0] <= GOAL * found[OURS][0]


if __name__ == "__main__":
    sys.exit(not main(*sys.argv[1:]))
