# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Points recovered by resubmission up to a cap, and exam credits that may be earned later: each grade, and why."""

import csv
from pathlib import Path

from gradecalc import compile_gradebook, grade
from gradecalc.extras.definitions import loads_toml

HERE = Path(__file__).parent


def main() -> None:
    """Print each learner's grade and credits, and what was recovered."""
    plan = compile_gradebook(loads_toml((HERE / "gradebook.toml").read_text(encoding="utf-8")))
    with (HERE / "class.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            learner = row.pop("learner")
            report = grade(plan, {id_: int(mark) for id_, mark in row.items() if mark})
            credits_ = report["Exam credits"]
            earned = "no credits yet" if credits_.points is None else f"{credits_.points} of {credits_.out_of} credits"
            print(f"{learner}: {report.final.shown} {report.final.symbol}, {earned}")
            for id_ in report:
                if report[id_].replaced:
                    print(f"  {id_}: {report[id_].shown} {'; '.join(report[id_].reasons)}")
            for reason in (*credits_.reasons, *report.final.reasons):
                print(f"  {reason}")


if __name__ == "__main__":
    main()
