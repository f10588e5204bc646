# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A midterm that the final exam may replace, and a final exam that must be passed: each grade, and why it is so."""

import csv
from pathlib import Path

from gradecalc import EXEMPT, compile_gradebook, grade
from gradecalc.extras.definitions import loads_toml

HERE = Path(__file__).parent


def main() -> None:
    """Print each learner's grade, what is dropped, what the final exam stands for, and what it costs."""
    plan = compile_gradebook(loads_toml((HERE / "gradebook.toml").read_text(encoding="utf-8")))
    with (HERE / "class.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            learner = row.pop("learner")
            report = grade(plan, {id_: EXEMPT if mark == "exempt" else int(mark) for id_, mark in row.items() if mark})
            dropped = ", ".join((*report["Programming"].dropped, *report["Quizzes"].dropped))
            print(f"{learner}: {report.final.shown} {report.final.symbol}, without {dropped or 'drops'}")
            for reason in (*report["Midterm"].reasons, *report.final.reasons):
                print(f"  {reason}")


if __name__ == "__main__":
    main()
