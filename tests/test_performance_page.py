# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The page about performance is what its command makes, whatever the figures of a run are."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
PAGE = (PROJECT / "docs/performance.md").read_text(encoding="utf-8")
BENCHMARKS = PROJECT / "tests/benchmarks"
TEMPLATE = (BENCHMARKS / "performance.md").read_text(encoding="utf-8")
FIGURE = re.compile(r"\{[^{}]+\}")
GOALS = [
    "`grade(plan, marks).final.percent`",
    "the final and the percents of all five categories",
    "the `Result` of every line, of which nothing is read",
    "the `Result` of every line, by the exact engine",
    "everything of a final, by the exact engine",
    "a formula, compiled",
    "a formula, `grade(plan, marks).final.percent`",
    "a table of 200,000, `grade_table` on one thread",
    "a table inside DuckDB, `to_sql`",
    "memory of a table at most, its input included",
    "memory beside the input, in batches: 20,000 learners, then 200,000",
    "a learner among 200,000, one at a time",
    "a mark among 400 items, one at a time",
    "a mark among 400 items, as a table",
    "compiling a gradebook of 400 items and making its kernel",
    "`import gradecalc`, of which nothing is asked yet",
    "`from gradecalc import grade`, which loads the core",
]


def as_pattern(line):
    """Return what a line of the template may have become: any figure stands where one was asked for."""
    return re.compile(r"[^|\n]*?".join(map(re.escape, FIGURE.split(line))))


@pytest.mark.parametrize("line", [line for line in dict.fromkeys(TEMPLATE.splitlines()) if line.strip()])
def test_every_sentence_of_the_template_is_on_the_page(line):
    """The page says what its template says, with figures."""
    assert any(map(as_pattern(line).fullmatch, PAGE.splitlines()))


def test_no_figure_is_missing():
    """Each figure that the template asks for has been filled in."""
    assert [] == FIGURE.findall(PAGE)


def test_every_goal_has_what_was_measured():
    """Each goal has its row, and says beside what was measured whether it is met."""
    table = PAGE[PAGE.index("| what | goal |") :].partition("\n\n")[0].splitlines()[2:]
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table]
    assert GOALS == [what for what, *_ in rows]
    assert [] == [what for what, _, measured, met in rows if not measured or met not in {"met", "**not met**"}]


def test_every_benchmark_is_on_the_page_and_every_one_on_the_page_is_there():
    """Who wants to run a benchmark finds each on the page, and finds each that the page names."""
    named = set(re.findall(r"tests/benchmarks/(\w+\.py)", PAGE))
    assert {each.name for each in BENCHMARKS.glob("bench_*.py")} | {"performance_page.py"} == named


def test_pictures_are_there_and_said_in_words():
    """Each picture has a text for whoever cannot see it."""
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", PAGE)
    assert ["pictures/growth-learners.svg", "pictures/growth-items.svg"] == [path for _, path in pictures]
    assert all(text and (PROJECT / "docs" / path).is_file() for text, path in pictures)
