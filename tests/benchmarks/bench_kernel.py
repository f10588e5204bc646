# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What the final of a learner costs, as a ratio to a hand-written float loop of the same course in the same run.

python tests/benchmarks/bench_kernel.py

The course has 5 categories of 8 items, of each of which the lowest is dropped, exemptions, blanks that count as zero,
and marks with two decimals. The formula is over the first category. Each figure is the least of many short runs over
the same learners, taken in turn, in time of the processor.
"""

import sys
from random import Random
from time import process_time

from attrs import evolve, fields

from gradecalc import (
    EXEMPT,
    ByFormula,
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    Hurdle,
    Mark,
    Mean,
    Result,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
    grade,
    grade_many,
)
from gradecalc.grading.kernel.kernels import Kernels

CATEGORIES, ITEMS, LEARNERS, ROUNDS = 5, 8, 200, 40
IDS = [[f"{category}.{item}" for item in range(ITEMS)] for category in range(CATEGORIES)]
NAMES = [f"Category {nth}" for nth in range(CATEGORIES)]
WEIGHTS = [10, 15, 20, 25, 30]
GOAL = 1.5
FIELDS = [each.name for each in fields(Result)]


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
                NAMES[nth],
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


def with_hurdle():
    """Return the gradebook with a consequence of missing a category."""
    book = course()
    first = evolve(book.children[0], pass_mark=50, must_pass=True, if_missed=Hurdle(final_at_most=45))
    return evolve(book, children=(first, *book.children[1:]))


FORMULA = "IF{{[0.0.Percent] < 50, MIN{{{0}}}, 0.4 * AVG{{{0}}} + 0.6 * MAX{{{0}}}}}".format(
    ", ".join(f"[{id_}.Percent]" for id_ in IDS[0])
)


def by_formula():
    """Return a gradebook whose final a formula over the first category gives."""
    return Gradebook([GradeItem(id_, 10) for id_ in IDS[0]], aggregation=ByFormula(FORMULA))


def formula_by_hand(marks):
    """Return the value of the formula, as somebody would write it who knows of blanks and exemptions."""
    values = [mark * 10 for mark in map(marks.get, IDS[0]) if mark is not None and mark is not EXEMPT]
    if not values:
        return None
    first = marks.get("0.0")
    if first is not None and first is not EXEMPT and first * 10 < 50:
        return min(values)
    return 0.4 * sum(values) / len(values) + 0.6 * max(values)


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
            start = process_time()
            work()
            best[name] = min(best[name], process_time() - start)
    return {name: each / LEARNERS * 1e6 for name, each in best.items()}


def measured():
    """Return what each way costs for a learner, in microseconds, having made sure that all come to the same."""
    plan, everybody = compile_gradebook(course()), list(learners(Random(1)))
    classroom = {str(nth): marks for nth, marks in enumerate(everybody)}
    others = [{**marks, "0.0": Mark(marks.get("0.0"), out_of=10)} for marks in everybody]  # for the exact engine
    kernel = plan.kernels.kernel(None)
    hurdle, formula = compile_gradebook(with_hurdle()), compile_gradebook(by_formula())
    quizzes = [{id_: marks[id_] for id_ in IDS[0] if id_ in marks} for marks in everybody]
    run_formula, values = formula.kernels.kernel(None), [[*map(marks.get, IDS[0])] for marks in quizzes]
    assert all(_agree(grade(formula, each).final.percent, formula_by_hand(each)) for each in quizzes)
    assert all(abs(float(grade(plan, each).final.percent) - hand_written(each)) < 1e-9 for each in everybody)
    return least(
        {
            "hand-written float loop": lambda: [hand_written(marks) for marks in everybody],
            "kernel, the final's pair": lambda: [kernel.final(marks) for marks in everybody],
            "grade, final.percent": lambda: [grade(plan, marks).final.percent for marks in everybody],
            "grade_many, final.percent": lambda: [each.final.percent for _, each in grade_many(plan, classroom)],
            "grade, five categories": lambda: [
                [report[name].percent for name in NAMES] for report in (grade(plan, marks) for marks in everybody)
            ],
            "grade, final.symbol and .passed": lambda: [_symbol(grade(plan, marks).final) for marks in everybody],
            "with a hurdle, final.percent": lambda: [grade(hurdle, marks).final.percent for marks in everybody],
            "formula by hand": lambda: [formula_by_hand(marks) for marks in quizzes],
            "formula, compiled": lambda: [run_formula.run(each) for each in values],
            "formula, kernel": lambda: [run_formula.final(marks) for marks in quizzes],
            "formula, grade, final.percent": lambda: [grade(formula, marks).final.percent for marks in quizzes],
            "grade, every Result": lambda: _drain(_results(grade(plan, marks)) for marks in everybody),
            "grade, final.reasons": lambda: [grade(plan, marks).final.reasons for marks in everybody],
            "exact engine, every Result": lambda: _drain(_results(grade(plan, marks)) for marks in others),
            "exact engine, percents and verdicts": lambda: _drain(
                [(each.percent, each.treatment, each.symbol, each.passed) for each in _one_by_one(grade(plan, marks))]
                for marks in others
            ),
            "exact engine, all there is": lambda: _drain(
                [[getattr(each, name) for name in FIELDS] for each in _one_by_one(grade(plan, marks))]
                for marks in others
            ),
            "exact engine, final.percent": lambda: [grade(plan, marks).final.percent for marks in others],
        }
    )


def main():
    """Print the ratios, and return whether the final's is within the goal."""
    found = measured()
    hand = found["hand-written float loop"]
    for name, each in found.items():
        by_hand = found["formula by hand"] if name.startswith("formula") else hand
        print(f"{name:32} {each:7.2f} µs  {each / by_hand:6.2f} ×")
    for name, book in (("400 items", course(80)), ("a formula", by_formula())):
        print(f"{'kernel made for ' + name:32} {made_in(compile_gradebook(book)):7.2f} ms")
    return found["grade, final.percent"] <= GOAL * hand


def made_in(plan):
    """Return in how many milliseconds the kernel of a plan is made, at best."""
    best = float("inf")
    for _ in range(5):
        kernels = Kernels(plan.lines, plan.hurdles)
        start = process_time()
        kernels.kernel(None)
        best = min(best, process_time() - start)
    return best * 1e3


def _agree(exact, by_hand):
    return exact is by_hand or abs(float(exact) - by_hand) < 1e-9


def _results(report):
    return [report[id_] for id_ in report]


def _one_by_one(report):
    return (report[id_] for id_ in report)


def _drain(works):
    """Do each and keep nothing, for keeping ten thousand results costs the collector of garbage as much again."""
    for _ in works:
        pass


def _symbol(final):
    return final.symbol, final.passed


if __name__ == "__main__":
    sys.exit(not main())
