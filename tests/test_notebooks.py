# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The notebooks run from their first cell to their last."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parent.parent / "examples" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def test_there_are_notebooks():
    """There is something to run, and it is stored without what a run printed."""
    assert ["developer", "learner", "teacher"] == [path.stem for path in NOTEBOOKS]
    for path in NOTEBOOKS:
        cells = nbformat.read(path, as_version=4).cells
        assert [] == [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_runs(path):
    """Every cell of a notebook runs without an error, and its last one shows something."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(FOLDER)}})
    client.execute()
    assert notebook.cells[-1].outputs


def test_the_marimo_notebook_runs():
    """The notebook for marimo runs as a script, and answers with a row for each letter."""
    code = (
        f"import runpy; app = runpy.run_path({str(FOLDER / 'needed.py')!r})['app']; _, defined = app.run(); "
        "print([row.mark for row in defined['answer'].rows])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=120, check=False, env=os.environ
    )
    assert ("[Fraction(85, 1), Fraction(60, 1), Fraction(27, 1)]", 0) == (done.stdout.strip(), done.returncode)
