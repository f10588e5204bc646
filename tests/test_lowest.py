# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The lowest versions that are allowed are those that are tested."""

import tomllib
from pathlib import Path

PROJECT = Path(__file__).parent.parent
TOOLS = {"mypy", "ruff", "types-defusedxml"}
"""What looks at the code and is needed by none of it."""

ALONG = {"pyparsing"}
"""What comes along with something needed, and of which later versions do not go with that."""


def release(version):
    """Return a version as numbers, without zeros at its end."""
    return version.removesuffix(".0").removesuffix(".0")


def test_the_lowest_versions_allowed_are_those_tested():
    """Each requirement states a lowest version, and the constraints under which the tests run state the same."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    stated = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    allowed = {(name, release(version)) for name, _, version in (each.partition(">=") for each in stated)}
    lines = (PROJECT / ".ci" / "lowest.txt").read_text(encoding="utf-8").splitlines()
    tested = {line.partition("==")[::2] for line in lines if line and not line.startswith("#")}
    assert {(name, version) for name, version in allowed if name not in TOOLS} == {
        (name, release(version)) for name, version in tested if name not in ALONG
    }
