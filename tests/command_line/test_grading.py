# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How far grading is, on a terminal, and only there."""

import sys

import pytest

from gradecalc.command_line.grading import counted


@pytest.mark.parametrize("count", [3, 600])
@pytest.mark.parametrize("terminal", [True, False])
def test_results_come_as_they_are_counted_or_not(monkeypatch, capsys, count, terminal):
    """A bar is shown of many results on a terminal alone, beside the output, and every result comes in order."""
    pytest.importorskip("rich")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    assert list(range(count)) == list(counted(iter(range(count)), count))
    shown = capsys.readouterr()
    assert ("", terminal and count > 500) == (shown.out, "grading" in shown.err)
