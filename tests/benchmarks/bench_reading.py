# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What reading a grade file costs, as a ratio to what nobody can do without, in the same run.

python tests/benchmarks/bench_reading.py [PYTHON]

A file of 50 columns is read beside `csv.reader` with `float` for each mark, and its memory is compared with the text;
so is that of a Canvas file, which says most of its learners and has four finals of two decimals for each.
Then whole processes take turns, from a Gradescope file of 5,000 learners and 40 assignments to a table of grades: ours
and those of finalgrade and gradescope-mean, where PYTHON names an interpreter that has them. All times are those of the
processor, the least of several; a file is invented anew for each run, and is always the same.
"""

import csv
import os
import sys
import tracemalloc
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage
from subprocess import DEVNULL, run
from tempfile import TemporaryDirectory
from time import process_time

import gradecalc
from gradecalc import lms

ROWS, COLUMNS, LEARNERS, ASSIGNMENTS, ROUNDS = 100_000, 50, 5_000, 40, 5
TIME_GOAL, MEMORY_GOAL, PROCESS_GOAL = 3, 3, 0.5


def _cells(random, count, rest=""):
    """Return so many marks in halves of a point, one of twenty of them blank, each with what stands beside it."""
    return [("" if random.random() < 0.05 else f"{random.randint(0, 20) / 2}") + rest for _ in range(count)]


def brightspace(rows):
    """Return a Brightspace file of so many rows."""
    random, items = Random(1), COLUMNS - 3
    headings = [f"Quiz {nth} Points Grade <Numeric MaxPoints:10>" for nth in range(items)]
    lines = (f"#{nth},#user{nth},{','.join(_cells(random, items))},#\n" for nth in range(rows))
    return f"OrgDefinedId,Username,{','.join(headings)},End-of-Line Indicator\n{''.join(lines)}"


def canvas(rows):
    """Return a Canvas file of so many rows."""
    random, items = Random(1), COLUMNS - 9
    headings = [*(f"Quiz {nth} ({1000 + nth})" for nth in range(items)), "Quizzes Current Score", "Quizzes Final Score"]
    above = f"Student,ID,SIS User ID,SIS Login ID,Section,{','.join(headings)},Current Score,Final Score\n"
    possible = f"    Points Possible,,,,,{'10,' * items}{','.join(['(read only)'] * 4)}\n"
    people = (f'"Last{nth}, First{nth}",{100000 + nth},{200000 + nth},s{nth}@example.org,A' for nth in range(rows))
    marks = ([*_cells(random, items), *(f"{random.randint(0, 10_000) / 100}" for _ in range(4))] for _ in range(rows))
    return above + possible + "".join(f"{who},{','.join(cells)}\n" for who, cells in zip(people, marks, strict=True))


def gradescope(rows):
    """Return a Gradescope file of so many rows."""
    random = Random(1)
    four = ("{0}", "{0} - Max Points", "{0} - Submission Time", "{0} - Lateness (H:M:S)")
    headings = [each.format(f"Homework {nth}") for nth in range(1, ASSIGNMENTS + 1) for each in four]
    beside = ",10.0,2025-03-01 12:00:00 -0800,00:00:00"
    people = (f"First{nth},Last{nth},{100000 + nth},s{nth}@example.org,A" for nth in range(rows))
    lines = (f"{person},{','.join(_cells(random, ASSIGNMENTS, beside))},0:0:0\n" for person in people)
    return f"First Name,Last Name,SID,Email,Sections,{','.join(headings)},Total Lateness (H:M:S)\n{''.join(lines)}"


def by_hand(text):
    """Return the marks of each learner as floats, by what everybody writes first."""
    header, *rows = csv.reader(text.splitlines())
    return {row[0]: [float(cell) if cell else None for cell in row[2 : len(header) - 1]] for row in rows}


def least(work, argument):
    """Return what some work costs in seconds of the processor, at best."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = process_time()
        work(argument)
        best = min(best, process_time() - start)
    return best


def peak(work, argument):
    """Return the most memory that some work has at once, in bytes, its result included."""
    tracemalloc.start()
    kept = work(argument)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return most


def processes(commands, folder):
    """Return what each command costs as a whole process, at best; all take turns."""
    environment = {**os.environ, "PYTHONPATH": str(Path(gradecalc.__file__).parents[1])}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has been compiled
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(ROUNDS):
        for name, command in commands.items():
            before = getrusage(RUSAGE_CHILDREN)
            run(command, cwd=folder, env=environment, stdout=DEVNULL, stderr=DEVNULL, check=False)
            after = getrusage(RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            best[name] = min(best[name], spent)
    return best


RIVALS = {
    "finalgrade": ["finalgrade", "grade", "grades.csv", "-q"],
    "gradescope-mean": ["gradescope_mean", "grade", "grades.csv"],
}


def reading():
    """Return what a file of 50 columns costs in seconds, by hand and read, and memory of two as times the text."""
    text, some, of_canvas = brightspace(ROWS), brightspace(ROWS // 5), canvas(ROWS // 5)
    found = {"csv.reader and float": least(by_hand, text), "lms.read": least(lms.read, text)}
    found["most memory at once"] = peak(lms.read, some) / len(some)
    return {**found, "most memory at once, Canvas": peak(lms.read, of_canvas) / len(of_canvas)}


def whole_processes(rival=None):
    """Return what each program costs in seconds; of rivals those that the interpreter has."""
    commands = {"gradecalc": [sys.executable, "-m", "gradecalc", "grades.csv", "--format", "csv"]}
    for name, (module, *rest) in RIVALS.items() if rival else ():
        if not run([rival, "-c", f"import {module}"], stderr=DEVNULL, check=False).returncode:
            commands[name] = [rival, "-m", module, *rest]
    with TemporaryDirectory() as folder:
        (Path(folder) / "grades.csv").write_text(gradescope(LEARNERS), encoding="utf-8")
        return processes(commands, folder)


def main(rival=None):
    """Print the ratios, and return whether each is within its goal."""
    found = reading()
    hand, ours, memory, of_canvas = found.values()
    print(f"{ROWS} rows × {COLUMNS} columns")
    print(f"{'csv.reader and float':32} {hand:7.3f} s")
    print(f"{'lms.read':32} {ours:7.3f} s  {ours / hand:6.2f} ×")
    print(f"{'most memory at once':32} {'':9}  {memory:6.2f} × the text")
    print(f"{'most memory at once, Canvas':32} {'':9}  {of_canvas:6.2f} × the text")
    good = ours <= TIME_GOAL * hand and max(memory, of_canvas) <= MEMORY_GOAL
    print(f"{LEARNERS} learners × {ASSIGNMENTS} assignments, from Gradescope's file to a table of grades")
    mine, *theirs = spent = [*(whole := whole_processes(rival)).values()]
    for name, each in zip(whole, spent, strict=True):
        print(f"{name + ', the whole process':32} {each:7.3f} s  {mine / each:6.2f} ×")
    return good and all(mine <= PROCESS_GOAL * each for each in theirs)


if __name__ == "__main__":
    sys.exit(not main(*sys.argv[1:]))
