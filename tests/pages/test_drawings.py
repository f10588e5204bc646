# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Counts drawn as bars."""

from gradecalc.pages.drawings import draw_bars


def test_a_long_name_is_cut_in_the_drawing_and_whole_in_words():
    """Beside its bar a name has at most ten signs; the words have all of it (HP9)."""
    drawn = draw_bars("Symbols", [("Unsatisfactory <", 1)])
    assert ">Unsatisfa…</text>" in drawn
    assert 'aria-label="Symbols: Unsatisfactory &lt; 1"' in drawn


def test_nobody_has_no_bar():
    """Where nobody is counted every bar has no width."""
    assert 2 == draw_bars("Symbols", [("A", 0), ("B", 0)]).count('width="0"')
