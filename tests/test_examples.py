# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The examples run, and print what is said beside them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
EXAMPLES = sorted((PROJECT / "examples").rglob("grade.py"))
PRINTED = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=[path.parent.name for path in EXAMPLES])
def test_an_example_prints_what_its_page_says(example):
    """Each example runs without a warning and prints what the page beside it shows."""
    if "gradecalc.extras.definitions" in example.read_text(encoding="utf-8"):
        pytest.importorskip("cattrs")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(example)],
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    shown = PRINTED.findall((example.parent / "README.md").read_text(encoding="utf-8"))
    assert ("", 0) == (done.stderr, done.returncode)
    assert [done.stdout] == shown


def test_there_are_examples():
    """There is something to run."""
    assert EXAMPLES
