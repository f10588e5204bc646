# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The statement and the exact engine agree, whatever can be said in one."""

import math

import duckdb
from hypothesis import event, given

from drawn_books import drawn_books
from gradecalc import EXEMPT, DefinitionError, Mark, compile_gradebook, grade
from gradecalc.extras.sql import DIALECTS, to_sql
from gradecalc.grading.planned import PlannedItem
from gradecalc.testing import graded_books

DATABASE = duckdb.connect()


def quoted(name):
    """Return a name as an identifier."""
    return '"' + name.replace('"', '""') + '"'


def cells(mark):
    """Return a mark as a double and as whether it is exempt; what a table of doubles cannot say is no mark there."""
    exempt = False
    if isinstance(mark, Mark):
        if mark.out_of is not None or mark.symbol is not None:
            return None, False
        exempt, mark = mark.exempt, mark.points
    if mark is EXEMPT:
        return None, True
    is_number = mark is not None and not isinstance(mark, bool | str) and hasattr(mark, "__float__")
    return (float(mark) if is_number else None), exempt


def read_back(points, exempt):
    """Return the mark that two cells are."""
    if exempt:
        return EXEMPT if points is None else Mark(points, exempt=True)
    return points


@given(graded_books())
def test_a_statement_agrees_with_the_engine(drawn):
    """A statement gives the engine's final, as it is shown and with its symbol, or says that it cannot (SQ1 to SQ4)."""
    book, marks = drawn
    plan = compile_gradebook(book)
    items = [line.id for line in plan.lines if isinstance(line, PlannedItem)]
    rows = {id_: cells(marks.get(id_)) for id_ in items}
    exempt = [id_ for id_, (_, is_exempt) in rows.items() if is_exempt]
    try:
        statement = to_sql(plan, table="drawn", exempt=exempt, branches=False)
    except DefinitionError as error:
        event(error.problems[0].code)
        return
    columns = "".join(f", {quoted(id_)} DOUBLE, {quoted(id_ + ' exempt')} BOOLEAN" for id_ in items)
    DATABASE.execute(f"CREATE OR REPLACE TABLE drawn (learner VARCHAR{columns})")
    row = f"INSERT INTO drawn VALUES ('x'{', ?' * 2 * len(items)})"  # noqa: S608 - question marks alone
    DATABASE.execute(row, [cell for pair in rows.values() for cell in pair])
    found = DATABASE.execute(statement)
    answer = dict(zip([column[0] for column in found.description], found.fetchone(), strict=True))
    if answer["problem"] is not None:
        assert answer["final"] is None
        event("for the exact engine")
        return
    final = grade(plan, {id_: read_back(*pair) for id_, pair in rows.items()}).final
    assert (final.symbol, final.percent is None) == (answer["final symbol"], answer["final"] is None)
    assert final.shown == answer["final shown"]
    if final.percent is not None:
        assert math.isclose(final.percent, answer["final"], rel_tol=2**-51)


def test_most_gradebooks_can_be_said():
    """At least nineteen of twenty random gradebooks can be said, in every dialect (SQ4)."""
    plans = [compile_gradebook(book) for number in range(4) for book in drawn_books(number)]
    for dialect in DIALECTS:
        assert sum(can_be_said(plan, dialect) for plan in plans) >= 0.95 * len(plans)


def can_be_said(plan, dialect):
    """Return whether a statement can be written in a dialect."""
    try:
        return bool(to_sql(plan, dialect))
    except DefinitionError:
        return False
