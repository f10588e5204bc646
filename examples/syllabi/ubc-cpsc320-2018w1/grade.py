# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The best of three weightings, and a final exam that must be passed: which was chosen for whom, and who passes."""

import csv
from pathlib import Path

from gradecalc import EXEMPT, compile_gradebook, grade
from gradecalc.extras.definitions import loads_toml

HERE = Path(__file__).parent


def main() -> None:
    """Print each learner's grade with the weighting that was chosen, and whether the course is passed."""
    plan = compile_gradebook(loads_toml((HERE / "gradebook.toml").read_text(encoding="utf-8")))
    with (HERE / "class.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            learner = row.pop("learner")
            report = grade(plan, {id_: EXEMPT if mark == "exempt" else int(mark) for id_, mark in row.items() if mark})
            passed = "not judged" if report.final.passed is None else report.final.passed.value
            print(f"{learner}: {report.final.shown} {report.final.symbol}, pass rule {passed}")
            for reason in report.final.reasons:
                print(f"  {reason}")


if __name__ == "__main__":
    main()
