# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What runs on every change is what the README tells people to run."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / ".ci" / "run"
MARKED = re.compile(r"^<!-- command: (\w+) -->\n```sh\n(.+)\n```$", re.MULTILINE)


def test_every_command_of_the_readme_is_run():
    """Each command that the README marks is one line, and is run in the order of the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = [name for name, _ in MARKED.findall(readme)]
    assert readme.count("<!-- command:") == len(names) > 0
    assert names == re.findall(r"^run_named (\w+)$", SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_command_that_is_run_is_that_of_the_readme():
    """What the script reads from the README is the line in the fence."""
    reader = re.search(r"^command_named\(\) .*$", SCRIPT.read_text(encoding="utf-8"), re.MULTILINE)[0]
    for name, command in MARKED.findall((ROOT / "README.md").read_text(encoding="utf-8")):
        script = f"{reader}\ncommand_named {name}"
        done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
        assert command == done.stdout.strip()
