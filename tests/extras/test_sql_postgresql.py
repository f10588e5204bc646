# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A gradebook as a statement of PostgreSQL, run by a server of its own where there is one to start."""

import csv
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from gradecalc import EXEMPT, FormulaItem, Gradebook, GradeItem, GradeScheme, compile_gradebook, grade
from gradecalc.extras.sql import to_sql
from lowered_books import BOOKS, rows

FOLDERS = [*sorted(Path("/usr/lib/postgresql").glob("*/bin")), *map(Path, os.get_exec_path())]
TOOLS = [folder for folder in FOLDERS if all((folder / tool).exists() for tool in ("initdb", "pg_ctl", "psql"))]
pytestmark = pytest.mark.skipif(not TOOLS, reason="there is no PostgreSQL")

SCHEME = GradeScheme.from_cutoffs({"A+": 95, "it's": 50, "F": 0})
ROOT = FormulaItem("Root", formula="ROOT{[Exam.Points], 3} * 10 + SQRT{[Exam.Percent]}", max_points=100, counts=True)


def server_user():
    """Return as whom a server is to run, for it refuses to be the superuser."""
    return "postgres" if os.geteuid() == 0 else None


@pytest.fixture(scope="module")
def psql():
    """Return what runs statements on a server in a folder of its own, and gives the rows that come out."""
    tools = TOOLS[0]
    folder = Path(tempfile.mkdtemp())
    if server_user():
        shutil.chown(folder, server_user())

    def run(tool, *arguments, **options):
        command = [tools / tool, *arguments]
        return subprocess.run(command, check=True, user=server_user(), capture_output=True, cwd=folder, **options)

    def ask(statements):
        """Return the rows of the last of these statements."""
        options = ["-h", str(folder), "-U", "tester", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-q", "--csv"]
        found = run("psql", *options, input=statements, text=True, encoding="utf-8").stdout
        return list(csv.DictReader(found.splitlines()))

    run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "tester", "-E", "UTF8", "--no-sync", "--locale=C")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    subprocess.run(
        [tools / "pg_ctl", "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start"],
        check=True,
        user=server_user(),
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    yield ask
    run("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop")
    shutil.rmtree(folder)


def table(ids, class_):
    """Return the statements that make the table of a class."""
    columns = "".join(f', "{id_}" DOUBLE PRECISION, "{id_} exempt" BOOLEAN' for id_ in ids)
    cells = [
        ", ".join([f"'{learner}'", *(cell for id_ in ids for cell in cells_of(marks.get(id_)))])
        for learner, marks in class_.items()
    ]
    values = ", ".join(f"({each})" for each in cells)
    made = f"DROP TABLE IF EXISTS marks; CREATE TABLE marks (learner TEXT{columns});"
    return f"{made} INSERT INTO marks VALUES {values};"  # noqa: S608 - marks of this page alone


def cells_of(mark):
    """Return a mark and its exemption as they are written."""
    if mark is EXEMPT:
        return "NULL", "TRUE"
    return ("NULL" if mark is None else f"'{mark!r}'"), "NULL"


def assert_as_the_engine(psql, book, class_, problems):
    """Assert that the statement gives what the engine does, for all but so many."""
    plan = compile_gradebook(book)
    ids = [heading.id for heading in plan.layout.headings if heading.how.name == "MARKED"]
    found = psql(table(ids, class_) + to_sql(plan, "postgresql", exempt=ids) + ";")
    assert list(class_) == [row["learner"] for row in found]
    assert sum(bool(row["problem"]) for row in found) <= problems
    for row in found:
        final = grade(plan, class_[row["learner"]]).final
        if not row["problem"]:
            assert (final.shown, final.symbol or "") == (row["final shown"], row["final symbol"])


@pytest.mark.parametrize("name", [name for name in BOOKS if "Canvas's" not in name])
def test_everything_that_is_lowered(psql, name):
    """Whatever a program says, a statement of PostgreSQL says, for most marks (SQ1 to SQ4, SQ7)."""
    everybody = list(rows(compile_gradebook(BOOKS[name])))[::3]
    assert_as_the_engine(
        psql, BOOKS[name], {str(nth): marks for nth, marks in enumerate(everybody)}, len(everybody) / 2
    )


def test_symbols_roots_and_marks_that_are_none(psql):
    """Symbols, cube roots and marks beyond what is read are as in any dialect (SQ1, SQ4, SQ6)."""
    book = Gradebook([GradeItem("Exam", 30), ROOT], scheme=SCHEME)
    marks = [0, 0.001, 7.5, 29.999, 30, -4, None, EXEMPT]
    assert_as_the_engine(psql, book, {str(nth): {"Exam": mark} for nth, mark in enumerate(marks)}, 0)
    plan = compile_gradebook(book)
    beyond = {str(mark): {"Exam": mark} for mark in (1e308, float("nan"), float("-inf"), 1 / 3)}
    found = psql(table(["Exam"], beyond) + to_sql(plan, "postgresql") + ";")
    assert all(row["problem"] and not row["final"] for row in found)


def test_columns_of_other_types(psql):
    """A text is a problem of its row, a blank among texts is none, and a column of truth values is refused (SQ8)."""
    plan = compile_gradebook(Gradebook([GradeItem("Exam", 30), GradeItem("Essay", 10)]))
    made = 'DROP TABLE IF EXISTS marks; CREATE TABLE marks (learner TEXT, "Exam" {}, "Essay" NUMERIC);'
    rows = "INSERT INTO marks VALUES ('ada', NULL, 7.5), ('bob', '9.25', 7.5), ('cy', 'none', NULL);"
    for type_ in ("TEXT", "VARCHAR", "CHAR(9)"):
        found = psql(f"{made.format(type_)} {rows} {to_sql(plan, 'postgresql')};")
        assert [("75.00", False), ("", True), ("", True)] == [
            (row["final shown"], bool(row["problem"])) for row in found
        ]
    with pytest.raises(subprocess.CalledProcessError, match="psql"):
        psql(f"{made.format('BOOLEAN')} {to_sql(plan, 'postgresql')};")
