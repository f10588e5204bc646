# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What the final of a learner costs, as a ratio to a hand-written float loop of the same course in the same run.

python tests/benchmarks/bench_kernel.py

The course has 5 categories of 8 items, of each of which the lowest is dropped, exemptions, blanks that count as zero,
and marks with two decimals. Each figure is the least of many short runs over the same learners, taken in turn.
"""

import sys
from random import Random
from time import perf_counter

from gradecalc import (
    EXEMPT,
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    Mark,
    Mean,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
    grade,
    grade_many,
)

CATEGORIES, ITEMS, LEARNERS, ROUNDS = 5, 8, 200, 40
IDS = [[f"{category}.{item}" for item in range(ITEMS)] for category in range(CATEGORIES)]
WEIGHTS = [10, 15, 20, 25, 30]
GOAL = 1.5


def hand_written(marks):
    """Return the final percent of one learner, as somebody would write it for this one course."""
    final = weights = 0.0
    for ids, weight in zip(IDS, WEIGHTS, strict=True):
        shares = []
        for id_ in ids:
            mark = marks.get(id_)
            if mark is None:
                shares.append(0.0)
            elif mark is not EXEMPT:
                shares.append(mark / 10)
        if shares:
            shares.sort()
            kept = shares[1:] or shares
            final += weight * sum(kept) / len(kept)
            weights += weight
    return 100 * final / weights


def course(items=ITEMS):
    """Return the gradebook."""
    return Gradebook(
        [
            Category(
                f"Category {nth}",
                [GradeItem(f"{nth}.{item}", 10) for item in range(items)],
                weight=WEIGHTS[nth],
                aggregation=Mean(),
                drop=DropRule(lowest=1),
                ungraded=UngradedPolicy.AS_ZERO,
            )
            for nth in range(CATEGORIES)
        ],
        aggregation=WeightedMean(),
    )


def learners(random):
    """Yield marks: one of twenty is blank, and one of fifty exempt."""
    for _ in range(LEARNERS):
        marks = {}
        for id_ in (each for ids in IDS for each in ids):
            drawn = random.random()
            if drawn > 0.05:
                marks[id_] = EXEMPT if drawn > 0.98 else random.randint(0, 1000) / 100
        yield marks


def least(works):
    """Return what each work costs for a learner in microseconds, at best; all take turns."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(ROUNDS):
        for name, work in works.items():
            start = perf_counter()
            work()
            best[name] = min(best[name], perf_counter() - start)
    return {name: each / LEARNERS * 1e6 for name, each in best.items()}


def main():
    """Print the ratios, and return whether the final's is within the goal."""
    plan, everybody = compile_gradebook(course()), list(learners(Random(1)))
    classroom = {str(nth): marks for nth, marks in enumerate(everybody)}
    others = [{**marks, "0.0": Mark(marks.get("0.0"))} for marks in everybody]  # which only the exact engine takes
    kernel = plan.kernels.kernel(None)
    assert all(abs(float(grade(plan, each).final.percent) - hand_written(each)) < 1e-9 for each in everybody)
    found = least(
        {
            "hand-written float loop": lambda: [hand_written(marks) for marks in everybody],
            "kernel, the final's pair": lambda: [kernel.final(marks) for marks in everybody],
            "grade, final.percent": lambda: [grade(plan, marks).final.percent for marks in everybody],
            "grade_many, final.percent": lambda: [each.final.percent for _, each in grade_many(plan, classroom)],
            "grade, final.reasons": lambda: [grade(plan, marks).final.reasons for marks in everybody],
            "exact engine, final.percent": lambda: [grade(plan, marks).final.percent for marks in others],
        }
    )
    hand = found["hand-written float loop"]
    for name, each in found.items():
        print(f"{name:28} {each:7.2f} µs  {each / hand:6.2f} ×")
    large = compile_gradebook(course(80))
    start = perf_counter()
    large.kernels.kernel(None)
    print(f"{'kernel made for 400 items':28} {(perf_counter() - start) * 1e3:7.2f} ms")
    return found["grade, final.percent"] <= GOAL * hand


if __name__ == "__main__":
    sys.exit(not main())
