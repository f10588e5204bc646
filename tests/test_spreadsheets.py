# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rule Y30: no cell that is written is one that a spreadsheet would run."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc.spreadsheets import as_text, write_csv

CELLS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), min_size=1, max_size=4)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\ttext",
        " =1",
        "\ufeff=1",
        "\u200b\x00=1",
        "＝1",
        '=HYPERLINK("x")',
    ],
)
def test_what_a_spreadsheet_would_run_is_text(cell):
    """A cell that begins like a formula, what is not shown aside, begins with an apostrophe (Y30)."""
    assert f"'{cell}" == as_text(cell)


@pytest.mark.parametrize("cell", ["", "Ada", "a=b", "5", "'=1"])
def test_what_a_spreadsheet_shows_stays(cell):
    """A cell that does not begin like a formula is written as it is (Y30)."""
    assert cell == as_text(cell)


@pytest.mark.parametrize(("cell", "written"), [("-5.25", "-5.25"), ("-5%", "'-5%"), ("-1+1", "'-1+1"), ("+5", "'+5")])
def test_a_number_may_stay_one(cell, written):
    """A plain decimal number stays one where numbers are asked for, and nothing else does (Y30)."""
    assert written == as_text(cell, numbers=True)


@given(CELLS)
def test_nothing_else_is_changed(cells):
    """What is read back from the CSV is what was written, apart from the apostrophes (Y30)."""
    (read,) = csv.reader(StringIO(write_csv([cells]), newline=""))
    assert [as_text(cell) for cell in cells] == read


def test_no_cell_is_an_empty_one():
    """None is written as an empty cell, and a line ends as is asked."""
    assert "a,,-1\n" == write_csv([["a", None, "-1"]], numbers=True, line_end="\n")
