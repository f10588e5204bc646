# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a table costs, as a ratio to hand-written NumPy masks over the same columns in the same run.

python tests/benchmarks/bench_columns.py [learners ...]

The course is that of `bench_kernel`: five categories of eight items, one drop each, exemptions, blanks as zero, marks
with two decimals. Both take an Arrow table and give one, with the same columns; the masks are not exact. Figures are
processor time, the least of several rounds in turn.
"""

import sys
from time import process_time

import numpy as np
import pyarrow as pa
from bench_kernel import IDS, ITEMS, WEIGHTS, course

from gradecalc import GradeScheme, compile_gradebook
from gradecalc.extras.columns import TableGrader, grade_table

CUTOFFS = {"A": 85, "B": 70, "C": 55, "D": 40, "F": 0}
GOAL, ROUNDS = 0.5, 7


def hand_written(table):
    """Return the table with its percents, final, text and symbol, as somebody would write it for this one course."""
    final = weights = 0.0
    out = table
    for nth, (ids, weight) in enumerate(zip(IDS, WEIGHTS, strict=True)):
        marks = np.stack([table[id_].to_numpy() for id_ in ids])
        exempt = np.stack([table[f"{id_} exempt"].to_numpy() for id_ in ids])
        shares = np.where(np.isnan(marks), 0.0, marks) / 10
        count = (~exempt).sum(axis=0)
        lowest = np.where(exempt, np.inf, shares).min(axis=0)
        total = np.where(exempt, 0.0, shares).sum(axis=0)
        drops = count > 1
        percent = 100 * (total - np.where(drops, lowest, 0.0)) / (count - drops)
        has = count > 0
        final = final + np.where(has, weight * percent, 0.0)
        weights = weights + weight * has
        out = out.append_column(f"Category {nth}", pa.array(percent, mask=~has))
    final = final / weights
    missing = weights == 0
    symbols = np.searchsorted(sorted(CUTOFFS.values())[1:], final, side="right")
    out = out.append_column("final", pa.array(final, mask=missing))
    out = out.append_column("final shown", pa.array(np.round(final, 2)).cast(pa.string()))
    return out.append_column("final symbol", pa.array(list(CUTOFFS)[::-1]).take(pa.array(symbols, mask=missing)))


def marks(learners, random, items=ITEMS):
    """Return a table: one of twenty marks is blank, and one of fifty exempt."""
    columns = {"learner": pa.array(np.arange(learners))}
    for id_ in (f"{category}.{item}" for category in range(len(IDS)) for item in range(items)):
        drawn = random.random(learners)
        columns[id_] = pa.array(random.integers(0, 1001, learners) / 100, mask=(drawn < 0.05) | (drawn > 0.98))
        columns[f"{id_} exempt"] = pa.array(drawn > 0.98)
    return pa.table(columns)


def least(works, rounds):
    """Return the processor time that each work takes at best, in seconds; all take turns."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            start = process_time()
            work()
            best[name] = min(best[name], process_time() - start)
    return best


def grow():
    """Print what a learner costs with more items."""
    for items in (2, 8, 20, 80):
        grader, table = TableGrader(book(items)), marks(32_768, np.random.default_rng(1), items)
        work = {"": lambda grader=grader, table=table: list(grader(table.to_batches()))}
        each = least(work, ROUNDS)[""] / table.num_rows * 1e9
        print(f"{5 * items:9} items                 {each:11.0f} ns a learner  {each / items / 5:5.1f} ns a mark")


def book(items=ITEMS):
    """Return the course, with symbols."""
    plain = course(items)
    return type(plain)(plain.children, aggregation=plain.aggregation, scheme=GradeScheme.from_cutoffs(CUTOFFS))


def measured(learners):
    """Return what each way costs for a learner in microseconds, having made sure that both come to the same."""
    plan, table = compile_gradebook(book()), marks(learners, np.random.default_rng(1))
    grader = TableGrader(plan)
    graded, by_hand = grade_table(plan, table), hand_written(table)
    assert np.allclose(graded["final"], by_hand["final"])
    found = least(
        {
            "hand-written masks": lambda: hand_written(table),
            "grade_table, one thread": lambda: grade_table(plan, table, threads=1),
            "grade_table, two threads": lambda: grade_table(plan, table),
            "a grader made before": lambda: list(grader(table.to_batches())),
        },
        ROUNDS,
    )
    return {name: each / learners * 1e6 for name, each in found.items()}


def main(sizes):
    """Print the ratios at each number of learners, and return whether the last is within the goal."""
    ratio = 0.0
    for learners in sizes:
        found = measured(learners)
        hand = found["hand-written masks"]
        for name, each in found.items():
            print(f"{learners:9} {name:26} {each:7.3f} µs a learner  {each / hand:5.2f} ×")
        ratio = found["grade_table, one thread"] / hand
    grow()
    return ratio <= GOAL


if __name__ == "__main__":
    sys.exit(not main([int(each) for each in sys.argv[1:]] or [1_000, 10_000, 100_000]))
