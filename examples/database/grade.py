# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""From the tables of a course to grades written back: idempotent, and only what changed."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from gradecalc import (
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    GradeScheme,
    MarksError,
    Report,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
    exempt,
    grade_many,
)
from gradecalc.exact import write_exact
from gradecalc.grading.cells import marks_of_cells
from gradecalc.grading.plan import RULES_VERSION, Plan

HERE = Path(__file__).parent
UPSERT = """
INSERT INTO grades (course, learner, percent, symbol, problem, definition, rules) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (course, learner) DO UPDATE SET
    percent = excluded.percent, symbol = excluded.symbol, problem = excluded.problem,
    definition = excluded.definition, rules = excluded.rules, written = written + 1
WHERE (percent, symbol, problem, definition, rules)
    IS NOT (excluded.percent, excluded.symbol, excluded.problem, excluded.definition, excluded.rules)
"""


def read_book(database: sqlite3.Connection, course: str) -> Gradebook:
    """Return how a course is graded; rows with children are categories."""
    name, cutoffs, blanks_are_zero = database.execute(
        "SELECT name, cutoffs, blanks_are_zero FROM courses WHERE id = ?", [course]
    ).fetchone()
    below: dict[str | None, list[tuple]] = defaultdict(list)
    rows = "SELECT parent, id, name, max_points, weight, drop_lowest FROM items WHERE course = ? ORDER BY place, id"
    for parent, *row in database.execute(rows, [course]):
        below[parent].append(tuple(row))

    def nodes(parent: str | None) -> Iterator[Category | GradeItem]:
        for id_, title, max_points, weight, drop_lowest in below[parent]:
            if id_ in below:
                drop = DropRule(lowest=drop_lowest)
                yield Category(title, list(nodes(id_)), id=id_, weight=weight, drop=drop)
            else:
                yield GradeItem(title, max_points, id=id_, weight=weight)

    return Gradebook(
        list(nodes(None)),
        aggregation=WeightedMean(),
        ungraded=UngradedPolicy.AS_ZERO if blanks_are_zero else UngradedPolicy.LEAVE_OUT,
        scheme=GradeScheme.from_cutoffs(json.loads(cutoffs)),
        name=name,
    )


def read_marks(database: sqlite3.Connection, course: str, plan: Plan) -> dict[str, Mapping]:
    """Return everybody's marks, a blank where nothing is recorded, with exemptions over them."""
    learners = database.execute("SELECT id FROM learners WHERE course = ? ORDER BY id", [course])
    cells: dict[str, dict] = {learner: {} for (learner,) in learners}
    for learner, item, points in database.execute(
        "SELECT learner, item, points FROM marks WHERE course = ? ORDER BY learner, item", [course]
    ):
        if learner in cells:
            cells[learner][item] = points
    marks: dict[str, Mapping] = {learner: marks_of_cells(plan, row) for learner, row in cells.items()}
    for learner, item in database.execute("SELECT learner, item FROM exemptions WHERE course = ?", [course]):
        if learner in marks:
            marks[learner] = exempt(plan, marks[learner], item)
    return marks


def write_grades(database: sqlite3.Connection, course: str) -> int:
    """Grade everybody, write what is not there yet or changed, and return how many rows that were."""
    plan = compile_gradebook(read_book(database, course))
    marks = read_marks(database, course, plan)
    before = database.total_changes
    with database:
        for learner, result in grade_many(plan, marks):
            row = (*figures(result), plan.digest, RULES_VERSION)
            database.execute(UPSERT, [course, learner, *row])
        database.execute(
            "DELETE FROM grades WHERE course = ?1 AND learner NOT IN (SELECT id FROM learners WHERE course = ?1)",
            [course],
        )
    return database.total_changes - before


def figures(result: Report | MarksError) -> tuple[str | None, str | None, str | None]:
    """Return the exact percent, the symbol and what is wrong; a learner who cannot be graded has the last alone."""
    if isinstance(result, MarksError):
        return None, None, "; ".join(f"{problem.path}: {problem.code}" for problem in result.problems)
    final = result.final
    return None if final.percent is None else write_exact(final.percent), final.symbol, None


def show(database: sqlite3.Connection) -> None:
    """Print the grades, and how often each was written."""
    for row in database.execute("SELECT learner, percent, symbol, problem, written FROM grades ORDER BY learner"):
        learner, percent, symbol, problem, written = row
        grade = "no grade" if percent is None else f"{percent} {symbol}"
        print(f"  {learner}: {problem or grade} (written {written}×)")


def main() -> None:
    """Grade the class, grade it again, change two things, and grade it once more."""
    database = sqlite3.connect(":memory:")
    for script in ("tables.sql", "class.sql"):
        database.executescript((HERE / script).read_text(encoding="utf-8"))
    print("rows written:", write_grades(database, "bio-1"))
    show(database)
    print("rows written when nothing changed:", write_grades(database, "bio-1"))
    database.execute("UPDATE marks SET points = 8.25 WHERE learner = 'u1' AND item = 'quiz-1'")
    database.execute("UPDATE marks SET points = NULL WHERE learner = 'u4'")
    database.execute("INSERT INTO exemptions VALUES ('bio-1', 'u2', 'quiz-2', 'ill')")
    print("rows written after three changes:", write_grades(database, "bio-1"))
    show(database)
    database.close()


if __name__ == "__main__":
    main()
