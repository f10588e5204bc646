# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The pages that are looked at in a browser: `python tests/browser/pages.py FOLDER` writes them.

To have another page checked, add it to `PAGES`: by its file name, what makes its text.
"""

import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

import page_books
from gradecalc import grade_many
from gradecalc.command_line import main
from gradecalc.extras.notebook import ClassView, Pictured
from gradecalc.extras.plots import mark_curve
from gradecalc.pages import class_page
from gradecalc.scenarios import needed, sweep
from page_books import MARKS, PLAN, REPORT

NOTEBOOK = """<!doctype html><html lang="en"><head><title>A notebook</title>
<meta name="viewport" content="width=device-width"><style>body {{ background: {0}; color: {1}; font: 14px sans-serif }}
td, th, tr {{ text-align: right }} tr:nth-child(even) {{ background: {2} }}</style></head>
<body><main><h1>A notebook</h1>{3}</main></body></html>"""


def notebook(paper, ink, stripe, *shown):
    """Return a page in the colours of a notebook, with what a report, or what is given, shows in it."""
    return NOTEBOOK.format(paper, ink, stripe, "<hr>".join(each._repr_html_() for each in shown or (REPORT,)))


def views():
    """Return a class, and what is needed of a learner's exam with its curve, as a notebook shows them."""
    answer = needed(PLAN, MARKS, "Exam", PLAN.gradebook.scheme)
    curve = mark_curve(sweep(PLAN, MARKS, "Exam"), PLAN.gradebook.scheme)
    return ClassView(grade_many(PLAN, many()), names={"s001": "Ada Lovelace"}), Pictured(answer, curve)


def many():
    """Return sixty learners by id, with marks as those of one."""
    return {f"s{nth:03}": MARKS | {"Exam": nth * 37 % 61} for nth in range(60)}


def of_example(*arguments):
    """Return the page that a command writes of a file of an example."""
    with TemporaryDirectory() as folder, redirect_stdout(StringIO()):
        file = Path(folder) / "page.html"
        main([*map(str, arguments), "--html", str(file)])
        return file.read_text(encoding="utf-8")


EXAMPLES = Path(__file__).parents[2] / "examples"
BIOLOGY = (EXAMPLES / "biology/grades.csv", "--gradebook", EXAMPLES / "biology/gradebook.toml")
PAGES = {
    **page_books.PAGES,
    "notebook-light.html": lambda: notebook("#fff", "#000", "#f5f5f5"),
    "notebook-dark.html": lambda: notebook("#111", "#eee", "#222"),
    "notebook-views-light.html": lambda: notebook("#fff", "#000", "#f5f5f5", *views()),
    "notebook-views-dark.html": lambda: notebook("#111", "#eee", "#222", *views()),
    "class-60.html": lambda: class_page(grade_many(PLAN, many())),
    "biology.html": lambda: of_example("grade", *BIOLOGY),
    "biology-german.html": lambda: of_example("grade", *BIOLOGY, "--lang", "de"),
    "biology-carmen.html": lambda: of_example("explain", BIOLOGY[0], "carmen", *BIOLOGY[1:]),
    "chemistry-reconciled.html": lambda: of_example("reconcile", EXAMPLES / "chemistry/canvas.csv"),
    "chemistry-systems.html": lambda: of_example("compare", EXAMPLES / "chemistry/canvas.csv"),
}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (Path(sys.argv[1]) / name).write_text(page(), encoding="utf-8")
