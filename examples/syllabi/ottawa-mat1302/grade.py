# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The final stands for the lower midterm where it is better: for whom, and instead of what."""

import csv
from pathlib import Path

from gradecalc import EXEMPT, compile_gradebook, grade
from gradecalc.extras.definitions import loads_toml

HERE = Path(__file__).parent


def main() -> None:
    """Print each learner's grade, and what the final stands for."""
    plan = compile_gradebook(loads_toml((HERE / "gradebook.toml").read_text(encoding="utf-8")))
    with (HERE / "class.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            learner = row.pop("learner")
            report = grade(plan, {id_: EXEMPT if mark == "exempt" else int(mark) for id_, mark in row.items() if mark})
            print(f"{learner}: {report.final.shown} {report.final.symbol}")
            for id_ in ("Midterm 1", "Midterm 2"):
                if report[id_].replaced:
                    print(f"  {id_}: {report[id_].shown} {'; '.join(report[id_].reasons)}")


if __name__ == "__main__":
    main()
