# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Tables and progress on a terminal."""

import pytest

pytest.importorskip("rich")

from gradecalc.extras.terminal import counted, draw, status


def test_a_table_is_drawn_with_every_text_as_it_is(capsys):
    """Cells, headings and notes are drawn, what looks like markup too, and controls are written out."""
    draw("Class [b]", ("who", "final"), [("[red]ada[/red]", "9.5"), ("b\x1b[2J", "10.0")], ("final",), ("[i]a word",))
    drawn = capsys.readouterr().out
    assert all(text in drawn for text in ("Class [b]", "[red]ada[/red]", "9.5", "10.0", "[i]a word"))
    assert "\x1b" not in drawn


def test_progress_leaves_no_trace_where_there_is_no_terminal(capsys):
    """Nothing is printed on the output while something goes on."""
    with status("looking"):
        pass
    assert "" == capsys.readouterr().out


def test_a_count_yields_what_comes(capsys):
    """What is counted comes as it does, and nothing is printed on the output."""
    assert [1, 2, 3] == list(counted(iter([1, 2, 3]), 3, "grading"))
    assert "" == capsys.readouterr().out
