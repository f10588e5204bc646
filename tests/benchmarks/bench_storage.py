# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What storing a learner's part of a report costs, as a ratio to grading the learner by the exact engine.

python tests/benchmarks/bench_storage.py

The course is that of bench_kernel.py. Each figure is the least of several runs over the same learners, in processor
time, taken in turn. The part is written and read with JSON; the layout is read once.
"""

import json
import sys
from random import Random
from time import process_time

from bench_kernel import course, learners

from gradecalc import Report, compile_gradebook, grade

ROUNDS = 7
GOAL = 2


def exactly(plan, marks):
    """Return a report of which everything is worked out."""
    report = grade(plan, marks)
    assert report.columns
    return report


def measured():
    """Return what each step costs for a learner, in microseconds, and how many bytes a part has, in order."""
    plan = compile_gradebook(course())
    people = list(learners(Random(7)))
    reports = [exactly(plan, marks) for marks in people]
    texts = [json.dumps(each.to_dict(layout=False)) for each in reports]
    runs = {
        "grade, everything worked out": lambda: [exactly(plan, marks) for marks in people],
        "to_dict(layout=False) and dumps": lambda: [json.dumps(each.to_dict(layout=False)) for each in reports],
        "loads and from_dict": lambda: [Report.from_dict(json.loads(text), layout=plan.layout) for text in texts],
    }
    least = dict.fromkeys(runs, float("inf"))
    for _ in range(ROUNDS):
        for name, run in runs.items():
            start = process_time()
            run()
            least[name] = min(least[name], process_time() - start)
    return {name: each / len(people) * 1e6 for name, each in least.items()}, sorted(map(len, texts))


def main():
    """Print the figures, and end with an error where writing costs more than the goal."""
    least, sizes = measured()
    base = least["grade, everything worked out"]
    for name, each in least.items():
        print(f"{name:34} {each:8.1f} µs  {each / base:5.2f}")
    print(f"bytes of a part: {sizes[len(sizes) // 2]} in the middle, {sizes[-1]} at most")
    return least["to_dict(layout=False) and dumps"] > GOAL * base


if __name__ == "__main__":
    sys.exit(main())
