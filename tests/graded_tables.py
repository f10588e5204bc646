# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a graded table is to say, by the exact engine, one learner at a time."""

from fractions import Fraction

import pyarrow as pa

from gradecalc import EXEMPT, Mark, MarksError
from gradecalc.extras.columns import TableGrader, Tally
from gradecalc.grading.evaluation import evaluate
from gradecalc.grading.grading import Unknown, read_marks
from gradecalc.report.report import Report


def exactly(plan, marks, ungraded):
    """Return the report of the exact engine, or the problem."""
    try:
        return Report(plan.layout, evaluate(plan, read_marks(plan, marks, Unknown.REFUSE), ungraded))
    except MarksError as error:
        return "; ".join(map(str, error.problems))


def expected_row(plan, marks, ungraded):
    """Return what a row of the table is to say."""
    report = exactly(plan, marks, ungraded)
    branches = [each.id for each in plan.layout.headings if each.branch]
    if isinstance(report, str):
        return {**dict.fromkeys([*branches, "final shown", "final symbol"]), "problem": report}
    percents = {id_: report[id_].percent for id_ in branches}
    final = {"final shown": report.final.shown, "final symbol": report.final.symbol, "problem": None}
    return {**{id_: None if each is None else float(each) for id_, each in percents.items()}, **final}


def table_of(ids, learners):
    """Return the table in which these learners have these marks, and their marks as the table has them."""
    columns, exempt, rows = {}, {}, [{} for _ in learners]
    for id_ in ids:
        cells = [cell(marks.get(id_)) for marks in learners]
        text = any(isinstance(value, str) for value, _ in cells)
        values = [value if isinstance(value, str) == text else None for value, _ in cells]
        columns[id_] = pa.array(values, pa.string() if text else pa.float64())
        exempt[f"{id_} exempt"] = pa.array([excused for _, excused in cells])
        for row, value, (_, excused) in zip(rows, values, cells, strict=True):
            if value is not None:
                row[id_] = Mark(value, exempt=True) if excused else value
            elif excused:
                row[id_] = EXEMPT
    return pa.table({**columns, **{name: each for name, each in exempt.items() if name not in columns}}), rows


def cell(value):
    """Return a mark as the number or text that a table has for it, and whether it is exempt."""
    if isinstance(value, Mark):
        return cell(value.points)[0], value.exempt or value.points is EXEMPT
    if value is EXEMPT:
        return None, True
    if value is None or isinstance(value, str) or not isinstance(value, (int, float, Fraction)):
        return (value if isinstance(value, str) else None), False
    return float(value), False


def assert_same(plan, ids, learners, ungraded, *, exact=None):
    """Assert that a checked table says what the exact engine says of each learner."""
    table, rows = table_of(ids, learners)
    grader, tally = TableGrader(plan, ungraded=ungraded, checked=True), Tally()
    found = pa.Table.from_batches(grader(table.to_batches(), tally), grader.schema(table.schema))
    for row, marks in zip(found.to_pylist(), rows, strict=True):
        expected = expected_row(plan, marks, ungraded)
        assert expected == {name: row[name] for name in expected}
    if exact is not None:
        assert exact == tally.exact
