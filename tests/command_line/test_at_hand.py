# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a command does with and without the extras that it may need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gradecalc.command_line.formats import LANGUAGE_CODES
from gradecalc.languages import LANGUAGES

PROJECT = Path(__file__).parents[2]
CANVAS = PROJECT / "examples" / "chemistry" / "canvas.csv"
WITHOUT = "import sys; sys.modules[{!r}] = None; from gradecalc.command_line import main; sys.exit(main(sys.argv[1:]))"


def on_a_terminal(*command):
    """Return what a command prints on a terminal of its own."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": "150", "TERM": "xterm", "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=environment) as process:
        os.close(theirs)
        found = b""
        while chunk := read_chunk(ours):
            found += chunk
    os.close(ours)
    return process.returncode, found.decode()


def read_chunk(terminal):
    """Return what comes next on a terminal, nothing at its end, which is an error on some systems."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_a_table_is_drawn_on_a_terminal():
    """On a terminal the table has lines, and the word is below it as everywhere."""
    pytest.importorskip("rich")
    code, shown = on_a_terminal(sys.executable, "-m", "gradecalc", str(CANVAS), "--as-read")
    assert (code, "┃" in shown, "3 of 4 finals agree with the file" in shown) == (1, True, True)


def test_without_rich_a_terminal_has_plain_text():
    """Without rich the same table is plain text."""
    code, shown = on_a_terminal(sys.executable, "-c", WITHOUT.format("rich"), str(CANVAS), "--as-read")
    assert (code, "┃" in shown, "3 of 4 finals agree with the file" in shown) == (1, False, True)


@pytest.mark.parametrize(
    ("extra", "package", "arguments"),
    [("definitions", "cattrs", ["check", "a.toml"]), ("toml_writing", "tomli_w", ["init", str(CANVAS)])],
)
def test_what_is_not_installed_ends_the_command(run, monkeypatch, extra, package, arguments):
    """A command that needs what is not installed ends with one line that says how to install it."""
    monkeypatch.delitem(sys.modules, f"gradecalc.extras.{extra}", raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    code, output, errors = run(*arguments)
    assert (code, output, len(errors.splitlines())) == (2, "", 1)
    assert "pip install 'gradecalc[cli]'" in errors


def test_a_workbook_needs_a_reader_of_workbooks(run, file, monkeypatch):
    """A workbook ends the command without a reader of workbooks, with a line that names the file and the extra."""
    monkeypatch.delitem(sys.modules, "gradecalc.extras.sheets", raising=False)
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    code, output, errors = run(file("grades.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 100))
    assert (code, output, len(errors.splitlines())) == (2, "", 1)
    assert all(text in errors for text in ("grades.xls", "gradecalc[sheets]"))


def test_a_table_waits_for_no_room_that_it_does_not_need():
    """Neither languages nor pages nor scenarios are loaded by a command that prints a table of grades."""
    names = ("languages", "pages", "scenarios", "certificates", "certifications", "progress", "curves")
    loaded = f"print([each for each in {names!r} if f'gradecalc.{{each}}' in sys.modules])"
    code = f"import sys; from gradecalc.command_line import main; main(sys.argv[1:]); {loaded}"
    done = subprocess.run([sys.executable, "-c", code, CANVAS], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.splitlines()[-1]


def test_every_language_can_be_asked_for():
    """The codes that the command line takes are those of the languages that there are."""
    assert tuple(LANGUAGES) == LANGUAGE_CODES
