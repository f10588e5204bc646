# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Files of the systems that are no gradebooks, told apart by name, each with what to export instead.

>>> other_file(["Name", "Submission ID", "Total Score"], []).partition(",")[0]
'the scores of one Gradescope assignment'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

_CAN_BE_CHANGED: Final = re.compile(
    r"grade can be changed|la calificación (puede ser cambiada|se puede cambiar|puede cambiarse)"
    r"|bewertung kann geändert werden|la note peut être modifiée|la valutazione può essere (modificata|cambiata)"
    r"|a nota pode ser alterada|cijfer kan (worden )?gewijzigd( worden)?|ocena może być zmieniona"
)
_FILE_NAME: Final = re.compile(r"[^\r\n]{1,500}\.(csv|tsv|txt|json|xlsx?|ods|zip)", re.IGNORECASE)
_PARTICIPANT: Final = re.compile(r"[^\W\d_][^\d]{3,} ?[0-9]+")
_GRADE_OF_QUIZ: Final = re.compile(r"[^\d/]*[^\s\d/] ?/ ?[0-9]+([.,][0-9]+)?")
_QUESTION_OF_QUIZ: Final = re.compile(r"(?:[^\W\d_]{1,4}\.|[^\W\d_a-z]) ?1 ?/ ?[0-9]+([.,][0-9]+)?")
"""The first question: a short word, with a dot where it has one of our letters, and the number."""


def name_of_text(text: str) -> str:
    """Return what a text is that is no table at all, empty where it may be one."""
    start = text[:2000].lstrip().casefold()
    if start.startswith(("<!doctype html", "<html")):
        return "a web page, not a gradebook, and may be that of a login; export the grades again"
    if start.startswith(("<?xml", "<results", "<grades")):
        return (
            "XML, not a table; parse it with gradecalc.extras.xml, and read grades_d2l.xml with "
            "lms.brightspace.read_package, or export the grades as CSV"
        )
    if _FILE_NAME.fullmatch(text):
        return f"the name of a file, not what is in it; read it first, as with pathlib.Path({text!r}).read_bytes()"
    return ""


def other_file(header: Sequence[str], below: Sequence[str]) -> str:
    """Return what a file with these headings is, empty where it is none that is known; `below` is its next row."""
    folded = [cell.casefold() for cell in header]
    return next((name for name, fits in _OTHERS if fits(folded, below)), "")


def _is_worksheet(header: Sequence[str], below: Sequence[str]) -> bool:
    if any(_CAN_BE_CHANGED.fullmatch(cell) for cell in header):
        return True
    return len(header) > 5 and header[0].startswith("identif") and bool(below and _PARTICIPANT.fullmatch(below[0]))  # noqa: PLR2004


def _is_quiz(header: Sequence[str], _: Sequence[str]) -> bool:
    return any(map(_GRADE_OF_QUIZ.fullmatch, header)) and any(map(_QUESTION_OF_QUIZ.fullmatch, header))


def _has(*cells: str) -> Callable[[Sequence[str], Sequence[str]], bool]:
    return lambda header, _: all(cell in header for cell in cells)


def _has_ending(ending: str) -> Callable[[Sequence[str], Sequence[str]], bool]:
    return lambda header, _: any(cell.endswith(ending) for cell in header)


_OTHERS: Final[tuple[tuple[str, Callable[[Sequence[str], Sequence[str]], bool]], ...]] = (
    ("the worksheet of one Moodle assignment, not a gradebook; export the grader report instead", _is_worksheet),
    ("the report of one Moodle quiz, not a gradebook; export the grader report instead", _is_quiz),
    (
        "the scores of one Gradescope assignment, not a gradebook; download the grades of the course instead",
        _has("submission id", "total score"),
    ),
    ("the analysis of one Canvas quiz, not a gradebook; export the gradebook instead", _has("n correct", "attempt")),
    ("Open edX's report of single problems, not of grades; download the grade report instead", _has_ending("(earned)")),
    (
        "one file of a OneRoster archive; read all of them together, with lms.oneroster.read",
        _has("sourcedid", "datelastmodified"),
    ),
    (
        "one of Brightspace's data sets, of all courses; export the grades of the one",
        _has("gradeobjectid", "orgunitid"),
    ),
    ("one of Brightspace's data sets, of schemes; export the grades of a course", _has("symbolstring", "rangestart")),
    ("a registrar's sheet of final grades, not a gradebook; export the grades of the system", _has("crn", "term code")),
)
"""What each file is and what to do, and how it is known."""
