# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The lowest versions that are allowed are those that are tested."""

import ast
import tomllib
from pathlib import Path

import gradecalc

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


def classes():
    """Yield each class of the library with the names of its bases, and whether all its fields are by keyword."""
    for path in Path(gradecalc.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases = [ast.unparse(base).partition("[")[0] for base in node.bases]
                yield node.name, bases, any("kw_only=True" in ast.unparse(each) for each in node.decorator_list)


def test_no_class_says_that_inherited_fields_are_by_keyword():
    """Where all fields of a class are by keyword so are those that it inherits: the versions of attrs differ there."""
    every = list(classes())
    plain = {name for name, _, by_keyword in every if not by_keyword}
    fielded = {"Graded", "Outcome", "Replacing"}
    assert fielded <= plain
    assert [] == [name for name, bases, by_keyword in every if by_keyword and fielded & set(bases)]
