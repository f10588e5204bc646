# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A report of which a kernel knows the percents says the same as a whole one, whatever is read first."""

import pytest
from attrs import fields

from gradecalc import (
    EXEMPT,
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    GradeScheme,
    Mean,
    Result,
    UngradedPolicy,
    Unknown,
    compile_gradebook,
    grade,
)
from gradecalc.grading.evaluation import evaluate
from gradecalc.grading.grading import read_marks
from gradecalc.report.ahead import Ahead
from gradecalc.report.lines import ReportLines
from gradecalc.report.report import Report

ITEMS = [GradeItem(name, max_points=10, pass_mark=40) for name in ("a", "b", "d")]
BOOK = Gradebook(
    [
        Category("c", ITEMS, aggregation=Mean(), drop=DropRule(lowest=1), ungraded=UngradedPolicy.AS_ZERO),
        Category("e", [GradeItem("f", max_points=10)]),
    ],
    scheme=GradeScheme.from_cutoffs({"A": 80, "F": 0}),
    pass_mark=50,
)
PLAN = compile_gradebook(BOOK)
PLAN.kernels.kernel(None)
MARKS = {"a": 9, "b": 2.5, "f": EXEMPT}
WHOLE = Report(PLAN.layout, evaluate(PLAN, read_marks(PLAN, MARKS, Unknown.REFUSE), None))


@pytest.mark.parametrize("name", [each.name for each in fields(Result)])
@pytest.mark.parametrize("id_", list(WHOLE))
def test_a_field_is_the_same_whoever_finds_it(name, id_):
    """The first field that is read of a report is that of the whole report, and so are all others after it."""
    report = grade(PLAN, MARKS)
    assert getattr(WHOLE[id_], name) == getattr(report[id_], name)
    assert (WHOLE[id_], WHOLE) == (report[id_], report)


class KnowsFinal(Ahead):
    """Knows the final percent, and remembers whether somebody asked for more."""

    def __init__(self):
        self.layout, self.lines = PLAN.layout, None

    def percent(self, line):
        """Return the final percent."""
        return None if line else WHOLE.final.percent

    def symbol(self):
        """Return that no hurdle gives a symbol."""

    def passed(self, percent):
        """Raise that it is not known."""
        raise LookupError(percent)

    def work_out(self):
        """Return what knows the whole report."""
        return ReportLines(WHOLE.layout, WHOLE.columns)


def test_results_are_made_without_the_whole_report():
    """Nothing is worked out before somebody reads it, and once the whole report is there it answers for all lines."""
    known = KnowsFinal()
    report = Report.of(known)
    results = [report[id_] for id_ in report]
    told = [(each.id, each.name) for each in results]
    assert (WHOLE.final.percent, None) == (report.final.percent, known.lines)
    assert [(WHOLE[id_].id, WHOLE[id_].name) for id_ in WHOLE] == told
    assert [WHOLE[id_] for id_ in WHOLE] == results
    assert (known.whole(), WHOLE["a"], WHOLE.columns) == (known.lines, report["a"], report.columns)
    assert known.lines is not None
