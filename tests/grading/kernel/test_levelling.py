# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Marks of unlike maxima are read as what they add to their sum, where nobody else looks at them."""

from gradecalc import (
    EXEMPT,
    Category,
    DropBy,
    DropRule,
    Gradebook,
    GradeItem,
    Mean,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
)
from gradecalc.grading.kernel.absences import groups_of
from gradecalc.grading.kernel.levelling import levelled
from gradecalc.grading.kernel.lowering import lower
from gradecalc.grading.kernel.program import Read, Sum
from kernel_and_engine import assert_same

QUIZZES = [GradeItem("Quiz 1", 5), GradeItem("Quiz 2", 10), GradeItem("Quiz 3", 4), GradeItem("Quiz 4", 4)]
MARKS = [None, EXEMPT, 0, 2, 3.995, 4]


def programs(book, ungraded=None):
    """Return the program of a gradebook, and the same levelled."""
    program, _ = lower(compile_gradebook(book).lines, ungraded)
    return program, levelled(program)


def sums(program):
    """Return the sums of a program."""
    return [step for step in program.steps if isinstance(step, Sum)]


def scales(program):
    """Return the scale of each mark that a program reads."""
    return [step.settling.scale for step in program.steps if isinstance(step, Read) for _ in step.to]


def test_shares_are_read_as_what_they_add():
    """4 of 5 and 7 of 10 are read as 16 and 14 of 20, and with what is out of 4 they add alike."""
    program, level = programs(Gradebook(QUIZZES, aggregation=Mean(), drop=DropRule(lowest=1)))
    assert [[], [4]] == [[len(group) for group in groups_of(step)] for each in (program, level) for step in sums(each)]
    assert [4_000, 2_000, 5_000, 5_000] == scales(level)
    assert [1_000] * len(QUIZZES) == scales(program)


def test_what_adds_alike_is_read_as_it_is():
    """Where all of a sum has the same maximum, there is nothing to level."""
    program, level = programs(Gradebook([GradeItem(each.name, 10) for each in QUIZZES], aggregation=Mean()))
    assert program == level


def test_what_is_ranked_otherwise_is_read_as_it_is():
    """Where marks are dropped by their points and add their shares, they are not what they add."""
    rule = DropRule(lowest=1, by=DropBy.POINTS)
    program, level = programs(Gradebook(QUIZZES, aggregation=Mean(), drop=rule))
    assert program == level


def test_what_somebody_else_looks_at_is_read_as_it_is():
    """Where a blank counts as zero once something is graded, marks are looked at before they are added."""
    program, level = programs(Gradebook(QUIZZES, aggregation=Mean()), UngradedPolicy.AS_ZERO_ONCE_GRADED)
    assert scales(program) == scales(level)


def test_a_levelled_program_is_exact():
    """Weights and maxima that differ have the exact final, whoever is missing; a weight of 0 too."""
    weights = [20, 30, 0, 50]
    weighed = [GradeItem(each.name, each.max_points, weight=own) for each, own in zip(QUIZZES, weights, strict=True)]
    for book in (
        Gradebook(weighed, aggregation=WeightedMean()),
        Gradebook([*weighed[:2], weighed[3]], aggregation=WeightedMean()),
        Gradebook([Category("Quizzes", QUIZZES, aggregation=Mean()), GradeItem("Exam", 90)], aggregation=Mean()),
    ):
        plan = compile_gradebook(book)
        for nth in range(len(MARKS) ** 2):
            marks = {
                each.name: MARKS[(nth // len(MARKS) + place * nth) % len(MARKS)] for place, each in enumerate(QUIZZES)
            }
            assert_same(plan, {id_: mark for id_, mark in marks.items() if id_ in plan.layout.index})
