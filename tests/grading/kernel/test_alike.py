# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Terms that add alike: whoever is not there is a number far from all others, and leaves no trace in the sum."""

import pytest

from gradecalc import (
    EXEMPT,
    DropRule,
    Gradebook,
    GradeItem,
    Mean,
    SumOfPoints,
    UngradedPolicy,
    compile_gradebook,
)
from gradecalc.grading.kernel.absences import Absences
from gradecalc.grading.kernel.lowering import lower
from kernel_and_engine import answering, assert_same, exactly

FEW, MANY = 3, 25
RULES = {
    "all count": DropRule(),
    "without the lowest": DropRule(lowest=1),
    "without the lowest of three": DropRule(lowest=1, keep_at_least=2),
    "without two": DropRule(lowest=2),
    "without both ends": DropRule(lowest=1, highest=1),
}


MAXIMA = {"like maxima": (10,), "unlike maxima": (10, 4, 25)}


def items(count, maxima=(10,)):
    """Return items that may exceed their maximum."""
    return [GradeItem(f"Quiz {nth}", maxima[nth % len(maxima)], can_exceed=True) for nth in range(count)]


@pytest.mark.parametrize("maxima", MAXIMA)
@pytest.mark.parametrize("aggregation", [Mean(), SumOfPoints()])
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("count", [FEW, MANY])
def test_any_number_may_be_missing(count, rule, aggregation, maxima):
    """However many marks are missing or exempt, and however far from zero the others are, the final is exact."""
    plan = compile_gradebook(Gradebook(items(count, MAXIMA[maxima]), aggregation=aggregation, drop=RULES[rule]))
    answer = answering(plan)
    for there in range(count + 1):
        for marks in ([7.25, 64, -64], [64], [-64], [0, 3.125]):
            learner = {f"Quiz {nth}": marks[nth % len(marks)] for nth in range(there)}
            learner |= {f"Quiz {nth}": EXEMPT for nth in range(there, count) if nth % 2}
            assert exactly(plan, learner).final.percent == answer(learner)


def absences_of(book, ungraded=None):
    """Return what stands for nothing in the program of a gradebook, and how many marks that reads."""
    program, _ = lower(compile_gradebook(book).lines, ungraded)
    return Absences(program), len(program.positions)


def test_who_is_looked_at_by_a_sum_alone_may_be_far():
    """Marks that go into one sum have a far number for nothing, which no sum of others comes near."""
    found, read = absences_of(Gradebook(items(FEW), aggregation=Mean()))
    assert read == len(found.in_sums)
    assert found.far.number > 2 * FEW * 160_000 == 2 * found.far.most


def test_who_is_looked_at_otherwise_is_none():
    """Where blanks are filled, nothing is None; and an exemption stays one, as long as somebody asks for it."""
    book = Gradebook(items(FEW), aggregation=Mean())
    found, read = absences_of(book, UngradedPolicy.AS_ZERO_ONCE_GRADED)
    assert set() == found.in_sums
    assert read == len(found.exempt)
    assert_same(compile_gradebook(book), {"Quiz 0": 5, "Quiz 1": EXEMPT}, UngradedPolicy.AS_ZERO_ONCE_GRADED)
