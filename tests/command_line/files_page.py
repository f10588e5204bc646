# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The page of what each form of file gives, made from a run over the invented files beside this one.

PYTHONPATH=src python tests/command_line/files_page.py > docs/lms/files.md
"""

import contextlib
import io
import sys
from pathlib import Path

from gradecalc.command_line import main
from gradecalc.extras import archives, sheets
from gradecalc.lms import read

PROJECT = Path(__file__).parents[2]
FILES = Path("tests/command_line/files")
FORMS = {
    "brightspace_weighted.csv": "Brightspace, weighted: byte-order mark, thirds in nine places, an exemption, a blank",
    "brightspace_all_kinds.csv": "Brightspace, points, every kind of column: semicolons, decimal commas, Windows-1252",
    "brightspace_second_week.csv": "Brightspace, columns of the first weeks alone, with a final that counts all",
    "canvas.csv": "Canvas: a row of posting policies, `EX`, two sections, a test student, current and final scores",
    "canvas.xlsx": "Canvas, saved as a workbook: two assignments, a blank",
    "moodle_spanish.csv": "Moodle, the grader report in Spanish: points beside percents, of which the maxima follow",
    "moodle_no_maxima.csv": "Moodle, the grader report with points alone, which says no maxima",
    "moodle_web_service.json": "Moodle, what `gradereport_user_get_grade_items` gives a plugin",
    "gradescope.csv": "Gradescope: no finals, lateness of over 24 hours, a blank",
    "blackboard.xls": "Blackboard, UTF-16 with tabs, a workbook by name: a total of what was graded, `Needs Grading`",
    "openedx.csv": "Open edX: shares of 1, `Not Attempted`",
    "oneroster.zip": "OneRoster 1.2, zipped: weighted categories, an exemption, a zero, work not submitted",
    "own_sheet.csv": "A sheet of one's own: maxima in headings and in a row, an exemption, an average, finals",
    "own_sheet_weights.csv": "A sheet of one's own: weights, categories, `8/10`, a room, notes below",
    "moodle_worksheet.csv": "No gradebook: the worksheet of one assignment in Moodle",
    "shopping.csv": "No grades at all",
}
"""The files, each with what it is."""
OPENED = {".xlsx": sheets.read_workbook, ".zip": archives.unzip}
"""What makes texts of what is no text, by the ending of its name."""

HEAD = """\
# What each file gives

<!-- Made by tests/command_line/files_page.py; a test holds it to what a run prints. -->

Every form of file that is read, by an invented file of that form, as a teacher would try it: the file and nothing else.
What a file states as finals is compared, and where they differ what the file does not say is searched for.
The pages of the systems say how each column is read.
Everybody here is invented.

| file | read as | learners | items | finals | exit code |
|---|---|---|---|---|---|
"""


def make_page():
    """Return the page."""
    with contextlib.chdir(PROJECT):
        runs = {name: run(FILES / name) for name in FORMS}
        table = "".join(row(name, *runs[name]) for name in FORMS)
        return HEAD + table + "".join(section(name, *runs[name]) for name in FORMS)


def run(path):
    """Return the exit code of a file alone on the command line, its output, and what is said beside that."""
    with contextlib.redirect_stdout(io.StringIO()) as output, contextlib.redirect_stderr(io.StringIO()) as beside:
        code = main([str(path)])
    return code, output.getvalue(), beside.getvalue()


def row(name, code, output, _):
    """Return the file's row of the table."""
    imported = read(OPENED.get(Path(name).suffix, bytes)((FILES / name).read_bytes()), name)
    items = len({item for marks in imported.marks.values() for item in marks})
    finals = next((line for line in output.splitlines() if "finals" in line or "final agrees" in line), "–")
    cells = (f"[{name}](#{anchor(name)})", imported.system or "–", len(imported.marks), items, finals, code)
    return f"| {' | '.join(map(str, cells))} |\n"


def anchor(name):
    """Return the anchor of a heading, as Markdown's readers make it."""
    return name.replace(".", "").lower()


def section(name, code, output, beside):
    """Return what is said of a file: its form, and what a run prints."""
    said = f"\nBeside this it says:\n\n```text\n{beside}```\n" if beside and output else ""
    shown = f"```console\n$ python -m gradecalc {FILES / name}\n{output}```\n" if output else f"```text\n{beside}```\n"
    return f"\n## {name}\n\n{FORMS[name]}.\n\n{shown}{said}"


if __name__ == "__main__":
    sys.stdout.write(make_page())
