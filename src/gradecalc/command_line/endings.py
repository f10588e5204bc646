# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How a command ends: its exit codes, the error that ends it, and what is said beside its output."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Final

from ..errors import Problem, Severity, printable

DONE: Final = 0
FOUND_WRONG: Final = 1
"""Nobody has a grade, somebody could not be graded, a final differs, or a definition has an error."""
ENDED: Final = 2
"""Something could not be read or written."""


_IN_OPTIONS: Final = {
    "maxima=… or a definition, gradebook=…": "a definition, --gradebook FILE",
    "maxima=… or a definition": "a definition, --gradebook FILE",
    "gradebook=…, which lms.openedx.read makes": "--gradebook FILE",
    "read with gradebook=…": "name it with --gradebook FILE",
    "gradebook=…": "--gradebook FILE",
    "without=…": "--without SYMBOL",
    ", or read what the API gives of the course with lms.canvas.read": "",
    ", or read what the web service gives": "",
}
"""What messages say in words of Python, and what a command says; of two that have the same in them the longer first."""


class CommandError(Exception):
    """What ends the command, in a text for people; it names nobody."""


def say(text: str) -> None:
    """Say something beside the output."""
    print("\n".join(printable(line) for line in f"gradecalc: {text}".split("\n")), file=sys.stderr)


def is_error(problem: Problem) -> bool:
    """Return whether a problem is more than a notice."""
    return problem.severity is Severity.ERROR


def line_of(problem: Problem) -> str:
    """Return a problem in one line, and what can be done about it in the words of options."""
    line = str(problem).partition("\n")[0]
    for argument, option in _IN_OPTIONS.items():
        line = line.replace(argument, option)
    return line


def summary_of(problems: Iterable[Problem]) -> str:
    """Return problems as one line, or as a count and a line for each."""
    lines = [line_of(problem) for problem in problems]
    return lines[0] if len(lines) == 1 else "\n  ".join([f"{len(lines)} problems", *lines])
