# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""Any file or document of grades: recognised by its headings or its fields, and read as its system's.

>>> read("Name,SID,Email,Lab 1,Lab 1 - Max Points\nAda,17,ada@example.org,8,10\n").system
'gradescope'
>>> print(*read("Participant ID,Identifier,Grade,Grade can be changed\n").problems)
this is the worksheet of one Moodle assignment, not a gradebook; export the grader report instead
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice, zip_longest
from typing import Any, Final, TypeGuard

from attrs import evolve

from ..errors import Problem
from ..exact import describe
from ..gradebook.tree import Gradebook
from ..values import frozen
from . import blackboard, brightspace, canvas, gradescope, moodle, oneroster, openedx, spreadsheet
from .blackboard import grade_center
from .brightspace import export
from .canvas import gradebook_file
from .cells import decimal
from .documents import read_document
from .gradescope import assignment_grades
from .imported import Imported
from .moodle import grader_headings
from .oneroster import is_archive
from .openedx.grading import grade_report
from .other_files import name_of_text, other_file
from .sheet import SheetRow, decode, open_sheet
from .spreadsheet import own_rows, own_sheet
from .spreadsheet.own_sheet import Top

TAKEN: Final = (
    "the grade files of Blackboard, Brightspace, Canvas, Gradescope, Moodle and Open edX as text or bytes, and what "
    "their interfaces give as JSON"
)
"""What `read` takes, in words."""

_TAKEN_AS_FILE: Final = (
    f"this takes {TAKEN}, and a sheet of one's own, if it says who its rows are of (such as 'Student ID') and what its "
    "columns are out of (such as 'HW 1 (10)'), or if a definition does"
)

_LOOKED_AT: Final = 20
_CSV: Final = ".csv"
_PREFIX: Final = 200_000
_WORKBOOK: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_API_OF_BRIGHTSPACE: Final = ("setup", "categories", "grade_objects", "values", "schemes", "exemptions")


@frozen
class System:
    """A system's grade file: the row of headings by which it is known, and how it is read."""

    name: str
    is_header: Callable[[Sequence[str]], bool]
    read: Callable[..., Imported]


SYSTEMS: Final = (
    System("gradescope", assignment_grades.is_header, gradescope.read_csv),
    System("blackboard", grade_center.is_header, blackboard.read_csv),
    System("canvas", gradebook_file.is_header, canvas.read_csv),
    System("openedx", grade_report.is_header, openedx.read_csv),
    System("brightspace", export.is_header, brightspace.read),
    System("moodle", grader_headings.is_header, moodle.read_csv),
)
"""The systems whose grade files are known, in the order in which they are asked."""

_OWN_SHEET: Final = System("spreadsheet", own_rows.is_header, spreadsheet.read_csv)
"""What is asked last, for its headings may be anybody's."""


def read(content: Any, name: str = "", *, gradebook: Gradebook | None = None, class_id: str = "") -> Imported:
    """Return what a file or document of grades says, by whichever system wrote it; nothing makes this raise.

    `content` is text, bytes, parsed JSON, or the files of a OneRoster archive by their names; `name` is that of the
    file, for messages. A file that is no gradebook, and anything else, is a problem that says what it is, and what to
    do. With a `gradebook`, the columns of a file are found in it, which has what the file does not say. `class_id` is
    which class of an archive of several is read, else the first.
    """
    problems: list[Problem] = []
    if is_archive(content):
        return oneroster.read(content, class_id=class_id)
    if isinstance(content, (Mapping, list, tuple)):
        return _read_files(content, name, gradebook) if _are_files(content) else _read_json(content, name, problems)
    if not isinstance(content, (str, bytes, bytearray)):
        message = f"{describe(content)} is no text, bytes or parsed JSON; read the file first: this takes {TAKEN}"
        return _nothing(Problem("not_a_document", name, message))
    if not isinstance(content, str) and bytes(content[:4]) in _WORKBOOK:
        message = (
            "it is a workbook or an archive; gradecalc.extras.sheets reads Excel and ODS, and "
            "gradecalc.extras.archives unzips a OneRoster archive"
        )
        return _nothing(Problem("workbook", name, message))
    text = decode(content if isinstance(content, str) else bytes(content), problems)
    if text.lstrip()[:1] in ("{", "["):
        return _read_json(text, name, problems)
    return _read_text(text, name, problems, gradebook)


def _are_files(content: Any) -> TypeGuard[Mapping[str, str | bytes]]:
    """Return whether something has the texts of CSV files by their names, as a folder or an archive that was read."""
    return isinstance(content, Mapping) and bool(content) and all(str(key).casefold().endswith(_CSV) for key in content)


def _read_files(files: Mapping[str, str | bytes], name: str, gradebook: Gradebook | None) -> Imported:
    """Return what the one file says that a folder or an archive has; of several nobody knows which is meant."""
    if len(files) == 1:
        return next(read(text, file, gradebook=gradebook) for file, text in files.items())
    known = ((file, recognise(decode(text, []), gradebook)[1]) for file, text in files.items())
    told = next((f"; {file} is {what}" for file, what in known if what), "")
    message = f"none of its {len(files)} files is of a OneRoster archive; read one grade file at a time{told}"
    return _nothing(Problem("not_an_archive", name, message))


def recognise(text: str, gradebook: Gradebook | None = None) -> tuple[System | None, str]:
    r"""Return the system that wrote a grade file, None where it is none, and then what it is, if that is known.

    A sheet of somebody's own is one if it states maxima, or has items of the `gradebook` (J33).

    >>> recognise("OrgDefinedId,Username,End-of-Line Indicator\n")[0].name
    'brightspace'
    """
    named = name_of_text(text)
    if named:
        return None, named
    top = _top(text)
    systems = [_system_of(row) for row in top.rows]
    if gradebook is not None and not any(systems) and own_sheet.is_own_sheet(top, gradebook):
        return _OWN_SHEET, ""
    for system, row, below in zip_longest(systems, top.rows, top.rows[1:]):
        what = "" if system else other_file(row.cells, below.cells if below else [])
        if system or what:
            return system, what
    return _OWN_SHEET if own_sheet.is_own_sheet(top, gradebook) else _by_form(top.rows), ""


def _top(text: str) -> Top:
    """Return the first rows of a text in which there is something."""
    sheet = open_sheet(text[:_PREFIX], [])
    rows = (row for row in islice(sheet.rows(), _LOOKED_AT) if any(row.cells))
    return Top(tuple(rows), decimal(comma=sheet.decimal_comma))


def _system_of(row: SheetRow) -> System | None:
    return next((system for system in SYSTEMS if system.is_header(row.cells)), None)


def _by_form(rows: Sequence[SheetRow]) -> System | None:
    """Return Moodle where a row has headings as it writes them, in a language of which no word is known."""
    several = (sum(map(grader_headings.is_of_form, row.cells)) > 1 for row in rows[:1])
    return SYSTEMS[-1] if any(several) else None


def _read_text(text: str, name: str, problems: list[Problem], gradebook: Gradebook | None) -> Imported:
    system, what = recognise(text, gradebook)
    if system is not None:
        imported = system.read(text, gradebook=gradebook)
        return evolve(imported, problems=(*problems, *imported.problems), system=system.name)
    if what:
        return _nothing(*problems, Problem("other_file", name, f"this is {what}"))
    missing = own_sheet.what_is_missing(_top(text), gradebook)
    if missing:
        return _nothing(*problems, evolve(missing, path=", ".join(filter(None, (name, missing.path)))))
    empty = "it is empty" if not text.strip() else "no headings of a known system are in it"
    return _nothing(*problems, Problem("unknown_file", name, f"{empty}; {_TAKEN_AS_FILE}"))


def _read_json(content: Any, name: str, problems: list[Problem]) -> Imported:
    document = read_document(content, name, problems)
    value = document.value
    if problems:
        return _nothing(*problems)
    if isinstance(value, Sequence) and value and all(map(_is_group, value)):
        value = {"assignment_groups": value}
    known = value if isinstance(value, Mapping) else {}
    for key, system, reads in _DOCUMENTS:
        if key in known:
            return evolve(reads(value), system=system)
    what = "is an error that Moodle's web service gave" if "errorcode" in known else "is of no known system"
    return _nothing(Problem("unknown_document", name, f"the JSON {what}; this takes {TAKEN}"))


def _is_group(value: object) -> bool:
    return isinstance(value, Mapping) and "assignments" in value


def _read_api(document: Mapping[str, Any]) -> Imported:
    return brightspace.read_api(**{each: document[each] for each in _API_OF_BRIGHTSPACE if each in document})


_DOCUMENTS: Final[tuple[tuple[str, str, Callable[[Any], Imported]], ...]] = (
    ("usergrades", "moodle", moodle.read_web_service),
    ("assignment_groups", "canvas", canvas.read),
    ("GRADER", "openedx", openedx.read),
    ("grade_objects", "brightspace", _read_api),
    ("tree", "moodle", moodle.read),
)
"""The documents that are known, by a field that each has."""


def _nothing(*problems: Problem) -> Imported:
    return Imported(Gradebook(), problems=problems)
