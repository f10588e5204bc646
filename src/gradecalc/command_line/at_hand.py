# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The extras and the rooms that a command may need, loaded when it does: a table of grades waits for none of them.

What is not installed ends the command with a word how to install it, or, for what only makes output handsome, is
done without.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Final, NamedTuple

from .endings import CommandError


class _Extra(NamedTuple):
    """What an extra needs, and what needs it."""

    package: str
    what: str
    name: str = "cli"


_EXTRAS: Final = {
    "archives": _Extra("zipfile", "an archive"),
    "definitions": _Extra("cattrs", "a definition"),
    "toml_writing": _Extra("tomli_w", "writing a definition"),
    "terminal": _Extra("rich", "a table on a terminal"),
    "parquet": _Extra("pyarrow", "a Parquet file", "parquet"),
    "sheets": _Extra("python_calamine", "a workbook", "sheets"),
}


def room(name: str) -> ModuleType:
    """Return a room of the library that few commands need, such as that of pages, by its dotted name."""
    return import_module(f"...{name}", __name__)


def find_extra(name: str) -> ModuleType | None:
    """Return the module of an extra, or None where its third party is not installed."""
    try:
        return import_module(f"...extras.{name}", __name__)
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] != _EXTRAS[name].package:
            raise
        return None


def need_extra(name: str) -> ModuleType:
    """Return the module of an extra; raises `CommandError` where its third party is not installed."""
    found = find_extra(name)
    if found is None:
        package, what, extra = _EXTRAS[name]
        raise CommandError(f"{what} needs {package.replace('_', '-')}: pip install 'gradecalc[{extra}]'")
    return found
