# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How costs grow in learners and in items, what memory a table takes, and what an import costs.

python tests/benchmarks/bench_growth.py [most learners]

The course is that of `bench_kernel`, with more or fewer items in its five categories. What a learner costs should be
the same for few learners and for many, and what a mark costs for few items and for many. Times are those of the
processor, the least of several rounds; memory is what Arrow and NumPy have at once beside the input.
"""

import ctypes
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path
from random import Random
from time import process_time

import numpy as np
import pyarrow as pa
from bench_columns import book, marks
from bench_kernel import CATEGORIES, course, learners, made_in

import gradecalc
from gradecalc import compile_gradebook, grade_many
from gradecalc.extras.columns import TableGrader, grade_table

SIZES = (1_000, 10_000, 50_000, 200_000)
ITEMS = (10, 40, 100, 200, 400)
AT_ONCE, ROUNDS, MANY = 4_000, 3, 10_000
BY_ONE, BY_TABLE = "one at a time, `grade_many`", "a table, `grade_table`"


def least(work, rounds=ROUNDS):
    """Return the time of the processor that some work takes at best, in seconds."""
    best = float("inf")
    for _ in range(rounds):
        start = process_time()
        work()
        best = min(best, process_time() - start)
    return best


def _one_by_one(plan, everybody, count):
    """Grade so many learners, over and over the same few, and keep none of the reports."""
    for _ in range(-(-count // len(everybody))):
        for _, report in grade_many(plan, dict(everybody[:count])):
            assert report.final.percent is not None


def _percents(plan, count, items):
    random = Random(1)
    ids = [f"{nth}.{item}" for nth in range(CATEGORIES) for item in range(items)]
    everybody = [(str(nth), {id_: random.randint(0, 1000) / 100 for id_ in ids}) for nth in range(count)]
    return least(lambda: _one_by_one(plan, everybody, count)) / count * 1e6


def in_learners(sizes=SIZES):
    """Return what a learner costs in microseconds, by the way and the number of learners."""
    plan = compile_gradebook(book())
    everybody = [(str(nth), each) for nth, each in enumerate(learners(Random(1)))]
    found = {BY_ONE: {}, BY_TABLE: {}}
    for size in sizes:
        rounds = ROUNDS if size < MANY else 2
        table = marks(size, np.random.default_rng(1))
        found[BY_ONE][size] = least(lambda size=size: _one_by_one(plan, everybody, size), rounds) / size * 1e6
        found[BY_TABLE][size] = least(lambda table=table: grade_table(plan, table)) / size * 1e6
    return found


def in_items(counts=ITEMS):
    """Return what a learner costs in microseconds, by the way and the number of items."""
    found = {BY_ONE: {}, BY_TABLE: {}}
    for count in counts:
        items = count // CATEGORIES
        plan, table = compile_gradebook(book(items)), marks(AT_ONCE * 4, np.random.default_rng(1), items)
        found[BY_ONE][count] = _percents(plan, AT_ONCE // 10, items)
        found[BY_TABLE][count] = least(lambda plan=plan, table=table: grade_table(plan, table)) / table.num_rows * 1e6
    return found


def making():
    """Return in how many milliseconds a gradebook of 400 items is compiled, and then its kernel made."""
    plan = compile_gradebook(course(80))
    return {"compile": least(lambda: compile_gradebook(course(80)), 7) * 1e3, "kernel": made_in(plan)}


def _most(work):
    """Return what Arrow and NumPy have at most at once while some work is done, in bytes."""
    pool, before = pa.proxy_memory_pool(pa.default_memory_pool()), pa.default_memory_pool()
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(pool))  # what is kept by plans and threads must find its pool for ever
    pa.set_memory_pool(pool)
    tracemalloc.start()
    try:
        kept = work()
        most = pool.max_memory() + tracemalloc.get_traced_memory()[1]
        del kept
    finally:
        tracemalloc.stop()
        pa.set_memory_pool(before)
    return most


def memory(few=20_000, many=200_000):
    """Return what a table takes at most, its input included, as times its input, and what batches take in megabytes."""
    grader, table = TableGrader(book()), marks(many, np.random.default_rng(1))
    batches = table.to_batches(max_chunksize=16_384)

    def stream(some):
        for graded in grader(some):
            del graded

    whole = 1 + _most(lambda: grade_table(grader.plan, table)) / table.nbytes
    stream(batches[:1])  # what is made once is made
    some, everybody = _most(lambda: stream(batches[: few // 16_384 + 1])), _most(lambda: stream(batches))
    return {"whole": whole, "few": some / 1e6, "many": everybody / 1e6, "input": table.nbytes / 1e6}


def importing():
    """Return in how many milliseconds each is imported, by itself in a process of its own."""
    code = "from time import process_time as t; s = t(); {}; print((t() - s) * 1e3)"
    statements = {
        "attrs": "import attrs",
        "gradecalc": "import gradecalc",
        "grade": "from gradecalc import grade",
        "formula": "import gradecalc.formula",
    }
    environment = {**os.environ, "PYTHONPATH": str(Path(gradecalc.__file__).parents[1])}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has been compiled
    best = dict.fromkeys(statements, float("inf"))
    for _ in range(7):
        for name, so_far in best.items():
            said = subprocess.check_output([sys.executable, "-c", code.format(statements[name])], env=environment)
            best[name] = min(so_far, float(said))
    return best


def main(most=SIZES[-1]):
    """Print what was found."""
    sizes = [size for size in SIZES if size < int(most)] + [int(most)]
    for title, found in (("learners", in_learners(sizes)), ("items", in_items())):
        for way, costs in found.items():
            for count, cost in costs.items():
                print(f"{way:28} {count:9} {title:9} {cost:8.2f} µs a learner")
    print(making(), memory(), importing(), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
