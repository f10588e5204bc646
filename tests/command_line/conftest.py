# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the command line is run and handed files."""

from typing import NamedTuple

import pytest

from gradecalc.command_line import main


class Ending(NamedTuple):
    """How a command ended, what it printed, and what it said beside that."""

    code: int
    output: str
    errors: str


@pytest.fixture
def run(capsys):
    """Run the command and return its exit code, output and errors."""

    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        return Ending(code, *capsys.readouterr())

    return run


@pytest.fixture
def file(tmp_path):
    """Write a file and return its path."""

    def file(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return file
