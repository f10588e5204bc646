# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What the kernel of a plan says of a learner, held to what the exact engine says."""

from fractions import Fraction

from gradecalc import grade
from gradecalc.grading.evaluation import evaluate
from gradecalc.grading.grading import Unknown, read_marks
from gradecalc.grading.kernel.kernels import as_read
from gradecalc.grading.kernel.lowering import lower
from gradecalc.grading.kernel.python import compile_program
from gradecalc.grading.kernel.tables import BeyondError
from gradecalc.report.report import Report

ASKED = "the exact engine is asked"


def exactly(plan, marks, ungraded=None):
    """Return the report of the exact engine."""
    return Report(plan.layout, evaluate(plan, read_marks(plan, marks, Unknown.REFUSE), ungraded))


def answering(plan, ungraded=None):
    """Return what answers marks with the final percent by the checked kernel, or says that the engine is asked."""
    program, _ = lower(plan.lines, ungraded, hurdles=plan.hurdles)
    run = compile_program(program, checked=True)
    ids = [plan.lines[line].id for line in program.positions]

    def answer(marks):
        try:
            reached, possible = run(as_read([*map(marks.get, ids)]))
        except BeyondError:
            return ASKED
        return None if reached is None else Fraction(reached * 100, possible)

    return answer


def figures(result):
    """Return what of a result needs no more than its percent."""
    return result.percent, result.symbol, result.passed, result.shown


def assert_same(plan, marks, ungraded=None):
    """Assert that the checked kernel, and the report that is made with it, say what the exact engine says."""
    expected = exactly(plan, marks, ungraded)
    kernel = plan.kernels.kernel(ungraded)
    if kernel is not None and kernel.final(marks) is not None:
        assert answering(plan, ungraded)(marks) == expected.final.percent
    report = grade(plan, marks, ungraded=ungraded)
    assert expected.final.percent == report.final.percent
    for id_ in ("final", *report):
        found = grade(plan, marks, ungraded=ungraded)
        line = found.final if id_ == "final" else found[id_]
        assert figures(expected[id_]) == figures(line)
    assert expected.final == report.final
    assert expected == report
