# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A table of texts, in each form."""

from gradecalc.command_line.table import TextTable

TABLE = TextTable("A | B", ("who", "final", "note"), [("ada", "9.5", ""), ("*b*", "10.0", "")], ("final",), ("a word",))


def test_text_is_aligned():
    """Figures end in one column, texts begin in one, and notes stand below."""
    expected = "A | B\n  who  final  note\n  ada    9.5\n  *b*   10.0\na word"
    assert expected == TABLE.text()


def test_columns_in_which_nobody_has_anything_are_left_out():
    """A column without a cell is left out with its heading."""
    assert ["who", "final"] == list(TABLE.without_empty().headings)


def test_markdown_shows_and_does_not_interpret():
    """What a cell contains is escaped, and the figures' column is aligned to the right."""
    lines = TABLE.without_empty().markdown().splitlines()
    assert ["**A \\| B**", "", "| who | final |", "| --- | ---: |"] == lines[:4]
    assert "| \\*b\\* | 10\\.0 |" == lines[5]
    assert "a word" == lines[-1]


def test_csv_has_headings_and_rows():
    """The title and the notes are no part of it."""
    assert "who,final,note\nada,9.5,\n*b*,10.0," == TABLE.csv()
