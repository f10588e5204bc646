# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Tables against the exact engine: the nearest doubles to its percents, its texts and its symbols."""

from fractions import Fraction

import pyarrow as pa
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import EXEMPT, GradeScheme, Mark, MarksError, Rounding, RoundingMode, compile_gradebook
from gradecalc.extras.columns import TableGrader, Tally
from gradecalc.grading.evaluation import evaluate
from gradecalc.grading.grading import Unknown, read_marks
from gradecalc.report.report import Report
from gradecalc.testing import gradebooks, marks_for
from laws.test_kernel import MARKS, MISSING, POLICIES, items_of, sayable_books

SCHEMES = st.none() | st.builds(
    GradeScheme.from_cutoffs,
    st.just({"A": 85, "B": Fraction(595, 10), "C": Fraction(100, 3), "D": -20, "F": -40}),
    exclusive=st.booleans(),
)
SHOWN = st.builds(Rounding, st.sampled_from([-1, 0, 1, 2, 2, 7]), st.sampled_from(RoundingMode))


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


@settings(max_examples=200)
@given(sayable_books(), SCHEMES, SHOWN, POLICIES, st.data())
def test_what_a_program_can_say_is_exact_in_tables(graded_book, scheme, shown, ungraded, data):
    """Whatever a program says, each learner of a table has the exact percents, text and symbol, within the bounds."""
    book, first = graded_book
    plan, ids = compile_gradebook(evolve(book, scheme=scheme, shown=shown)), list(items_of(book))
    rows = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(ids, MARKS)), max_size=4))
    others = [{id_: mark for id_, mark in row.items() if mark is not MISSING} for row in rows]
    assert_same(plan, ids, [first, *others], ungraded)


@settings(max_examples=100)
@given(gradebooks(), POLICIES, st.data())
def test_every_table_is_exact(book, ungraded, data):
    """Whatever the gradebook and the marks, a table says what the exact engine says."""
    plan = compile_gradebook(book)
    ids = [each.id for each in plan.layout.headings if not each.branch]
    if ids:
        assert_same(plan, ids, data.draw(st.lists(marks_for(book), min_size=1, max_size=3)), ungraded)
