# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The better of two weightings: which was chosen for whom, and what a formula with MAX would have said."""

import csv
from pathlib import Path

from attrs import evolve

from gradecalc import EXEMPT, ByFormula, compile_gradebook, grade
from gradecalc.extras.definitions import loads_toml

HERE = Path(__file__).parent
BOOK = loads_toml((HERE / "gradebook.toml").read_text(encoding="utf-8"))
FORMULA = (
    "MAX{0.2 * [Homework.Percent] + 0.3 * [Midterm.Percent] + 0.5 * [Final.Percent],"
    " 0.2 * [Homework.Percent] + 0.1 * [Midterm.Percent] + 0.7 * [Final.Percent]}"
)


def main() -> None:
    """Print each learner's grade with its reasons, and beside it what the formula comes to."""
    plan, by_formula = compile_gradebook(BOOK), compile_gradebook(evolve(BOOK, aggregation=ByFormula(FORMULA)))
    with (HERE / "class.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            learner = row.pop("learner")
            marks = {id_: EXEMPT if mark == "exempt" else int(mark) for id_, mark in row.items() if mark}
            report, other = grade(plan, marks), grade(by_formula, marks)
            print(f"{learner}: {report.final.shown} {report.final.symbol} (by the formula {other.final.shown})")
            print(f"  {'; '.join(report.final.reasons)}")
            for reason in report["Midterm"].reasons:
                print(f"  Midterm: {reason}")
    notice = next(each for each in by_formula.notices if each.code == "loses_terms")
    print(f"notice of the formula: {notice.message}")


if __name__ == "__main__":
    main()
