# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The files of a command: exports, definitions, and what is written."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from ..errors import DefinitionError, Problem
from ..gradebook.tree import Gradebook
from ..lms import Imported
from ..lms import read as read_any
from ..lms.recognise import recognise
from ..values import frozen
from .at_hand import need_extra
from .endings import CommandError, is_error, line_of, say, summary_of


@frozen
class Written:
    """The files that a class was written to, by their names, and what they do not carry."""

    files: Mapping[str, str | bytes]
    problems: tuple[Problem, ...] = ()


STANDARD: Final = "-"
"""The name of what comes in where no file is named."""

_DEFINITIONS: Final = (".toml", ".json")
_WORKBOOK: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_file(path: Path) -> bytes:
    """Return what is in a file, or what comes in by the standard input."""
    if str(path) == STANDARD:
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None
    except ValueError as error:  # a NUL character in the name
        raise CommandError(f"{str(path)!r}: {error}") from None


def read_json(path: Path) -> Any:
    """Return what is in a JSON file."""
    try:
        return json.loads(read_file(path))
    except (ValueError, RecursionError):
        raise CommandError(f"{path}: it is no JSON") from None


def read_export(
    path: Path, gradebook: Gradebook | None = None, *, class_id: str = "", verbose: bool = False, aloud: bool = True
) -> Imported:
    """Return what a grade file of any system says, and say what of it cannot be used; there are learners in it.

    What is not said `aloud` the caller says.
    """
    imported = read_any(_read_content(path, gradebook), str(path), gradebook=gradebook, class_id=class_id)
    if not imported.system:
        raise CommandError(line_of(imported.problems[-1]))
    for problem in imported.problems if aloud or not imported.marks else ():
        if verbose or is_error(problem):
            say(f"{path}: {line_of(problem)}")
    if not imported.marks:
        raise CommandError(f"{path}: there is no learner in it to grade")
    return imported


def say_notices(path: Path, imported: Imported, codes: Collection[str] | None = None) -> None:
    """Say what is legal and suspicious in a file, of several alike the first and how many there are.

    Unless all is said, only what has one of some `codes` is.
    """
    alike: dict[str, list[Problem]] = {}
    for problem in imported.problems:
        if not is_error(problem) and (codes is None or problem.code in codes):
            alike.setdefault(problem.code, []).append(problem)
    for first, *others in alike.values():
        more = f" (and {len(others)} more like it; --verbose lists all)" if others else ""
        say(f"{path}: {line_of(first)}{more}")


def _read_content(path: Path, gradebook: Gradebook | None) -> bytes | str | Mapping[str, bytes]:
    """Return what is in a file, or the CSV files that are in a folder or an archive."""
    try:
        if path.is_dir():
            return _not_empty(path, need_extra("archives").read_folder(path))
        content = read_file(path)
        if not content.startswith(_WORKBOOK):
            return content
        if need_extra("archives").is_archive(content):
            return dict(need_extra("archives").unzip(content))
        return _text_of_workbook(path, content, gradebook)
    except DefinitionError as error:
        raise CommandError(f"{path}: {summary_of(error.problems)}") from None
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None


def _not_empty(folder: Path, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    if not files:
        raise CommandError(f"{folder}: there is no CSV file in the folder")
    return files


def _text_of_workbook(path: Path, content: bytes, gradebook: Gradebook | None) -> str:
    """Return the first sheet that has grades, or else the first that has something, and say where others have some."""
    try:
        sheets = need_extra("sheets")
    except CommandError as error:
        raise CommandError(f"{path}: {error}") from None
    names = sheets.sheet_names(content)
    texts = [sheets.read_workbook(content, name) for name in names] if len(names) > 1 else []
    of_grades = [nth for nth, text in enumerate(texts) if recognise(text, gradebook)[0]]
    if len(of_grades) > 1:
        read, others = of_grades[0] + 1, ", ".join(str(nth + 1) for nth in of_grades[1:])
        say(f"{path}: sheet {read} is read, and there are grades in sheet {others} too; save that as a file of its own")
    text: str = texts[of_grades[0]] if of_grades else sheets.read_workbook(content)
    return text


def is_definition(path: Path) -> bool:
    """Return whether a file is a definition by its name."""
    return path.suffix.lower() in _DEFINITIONS


def read_definition(path: Path) -> object:
    """Return a definition as plain data; raises `DefinitionError` for what is no TOML or JSON."""
    definitions = need_extra("definitions")
    parsers = dict(zip(_DEFINITIONS, (definitions.parse_toml, definitions.parse_json), strict=True))
    parse = parsers.get(path.suffix.lower())
    if parse is None:
        raise CommandError(f"{path}: a definition is a file ending in {' or '.join(parsers)}")
    try:
        return parse(read_file(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: byte {error.start} is no UTF-8; save the file as UTF-8") from None


def read_gradebook(path: Path) -> Gradebook:
    """Return the gradebook that a definition states."""
    try:
        book: Gradebook = need_extra("definitions").from_dict(read_definition(path))
    except DefinitionError as error:
        raise CommandError(f"{path}: {summary_of(error.problems)}") from None
    return book


def write_file(path: Path, content: str | bytes, *, replace: bool = False) -> None:
    """Write a file, as UTF-8 where it is text; one that is there is kept unless it is to be replaced."""
    data = content.encode() if isinstance(content, str) else content
    try:
        with path.open("wb" if replace else "xb") as file:
            file.write(data)
    except FileExistsError:
        raise CommandError(f"{path}: there is such a file; --force replaces it") from None
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None
    except ValueError as error:
        raise CommandError(f"{str(path)!r}: {error}") from None
