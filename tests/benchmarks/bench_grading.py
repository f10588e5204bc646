# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a learner costs, as a ratio to a hand-written float loop that does the same in the same run.

python tests/benchmarks/bench_grading.py
"""

from random import Random
from timeit import repeat

from gradecalc import (
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    SumOfPoints,
    WeightedMean,
    compile_gradebook,
    grade,
)

CATEGORIES, ITEMS, ROUNDS = 4, 10, 300


def hand_written(marks):
    """Return the final percent of one learner, as somebody would write it for this one course."""
    final = 0.0
    for category in range(CATEGORIES):
        graded = [(mark, 10 + item) for item in range(ITEMS) if (mark := marks.get(f"{category}.{item}")) is not None]
        graded.sort(key=lambda pair: pair[0] / pair[1])
        kept = graded[1:]
        final += 25 * sum(mark for mark, _ in kept) / sum(top for _, top in kept)
    return final


def main():
    """Print the ratio for whole marks and for marks with decimals."""
    categories = [
        Category(
            f"Category {nth}",
            [GradeItem(f"{nth}.{item}", max_points=10 + item) for item in range(ITEMS)],
            weight=25,
            drop=DropRule(lowest=1),
            aggregation=SumOfPoints(),
        )
        for nth in range(CATEGORIES)
    ]
    plan = compile_gradebook(Gradebook(categories, aggregation=WeightedMean()))
    random = Random(1)
    ids = [f"{nth}.{item}" for nth in range(CATEGORIES) for item in range(ITEMS)]
    for kind, draw in (("whole marks", lambda: random.randint(0, 10)), ("decimals", lambda: random.randint(0, 40) / 4)):
        marks = {id_: draw() for id_ in ids}
        assert abs(float(grade(plan, marks).final.percent) - hand_written(marks)) < 1e-9
        ours = min(repeat(lambda: grade(plan, marks), number=ROUNDS, repeat=5)) / ROUNDS
        theirs = min(repeat(lambda: hand_written(marks), number=ROUNDS, repeat=5)) / ROUNDS
        print(f"{kind:12} {ours * 1e6:7.1f} us against {theirs * 1e6:6.1f} us: {ours / theirs:5.1f} times")


if __name__ == "__main__":
    main()
