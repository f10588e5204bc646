# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a question of what if costs, as a ratio to grading the same learner with every line's reasons in the same run.

python tests/benchmarks/bench_scenarios.py

The course is that of `bench_kernel`; a mark is supposed to be another, and swept over in 100 steps. All times are those
of the processor, the least of several.
"""

import sys
from random import Random
from time import process_time

from bench_kernel import course, learners

from gradecalc import compile_gradebook, grade
from gradecalc.scenarios import sweep, what_if

ITEM, LEARNERS, ROUNDS = "0.0", 20, 5
WHAT_IF_GOAL, SWEEP_GOAL = 3, 20


def least(works, everybody):
    """Return what each work costs for a learner in seconds, at best; all take turns."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(ROUNDS):
        for name, work in works.items():
            start = process_time()
            for marks in everybody:
                work(marks)
            best[name] = min(best[name], (process_time() - start) / len(everybody))
    return best


def measured():
    """Return what each question costs for a learner, in seconds."""
    plan, everybody = compile_gradebook(course()), [*learners(Random(1))][:LEARNERS]

    def with_reports(marks):
        report = grade(plan, marks)
        return [report[id_].reasons for id_ in report]

    return least(
        {
            "grade, every line's reasons": with_reports,
            "grade, its columns": lambda marks: grade(plan, marks).columns,
            "what_if of one mark": lambda marks: what_if(plan, marks, {ITEM: 9}),
            "sweep in 100 steps": lambda marks: sweep(plan, marks, ITEM, step=0.1),
        },
        everybody,
    )


def main():
    """Print the ratios, and return whether each is within its goal."""
    found = measured()
    whole, columns, supposed, swept = found.values()
    for name, each in found.items():
        print(f"{name:28} {each * 1e6:8.1f} µs  {each / whole:6.2f} ×  {each / columns:6.2f} × the columns")
    return supposed <= WHAT_IF_GOAL * whole and swept <= SWEEP_GOAL * whole


if __name__ == "__main__":
    sys.exit(not main())
