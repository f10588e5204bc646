# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""Lists of final grades as registrars take them: a symbol for each learner, and a problem for who has none.

>>> from gradecalc import Gradebook, GradeItem, GradeScheme, grade
>>> book = Gradebook([GradeItem("Exam", 100)], scheme=GradeScheme.from_cutoffs({"A": 85, "B": 0}))
>>> results = [("1001", grade(book, {"Exam": 90})), ("1002", grade(book, {}))]
>>> exported = write_symbols(results)
>>> print(exported.text.replace("\r", ""), end="")
id,letter
1001,A
>>> [(each.code, each.path) for each in exported.problems]
[('no_symbol', "learners['1002']")]

Whatever a spreadsheet would run is written as text (Y30).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from ..errors import MarksError, Problem
from ..report.report import Report
from ..spreadsheets import write_csv
from .exported import Exported
from .imported import Learner

Results = Iterable[tuple[str, Report | MarksError]]
"""Everybody's result by learner id, as `grade_many` gives them."""

_BANNER: Final = ("Term Code", "CRN", "Student ID", "Final Grade")


def write_symbols(
    results: Results,
    *,
    learners: Mapping[str, Learner] | None = None,
    headings: Sequence[str] = ("id", "letter"),
    delimiter: str = ",",
    without: str = "",
) -> Exported:
    """Return a row of id and symbol for each learner, below these headings if there are any (I10).

    Who is in `learners` goes by the id that the institution gave, if it gave one. `without` is written for who has no
    grade; without it they have no row, and a problem.
    """
    problems: list[Problem] = []
    rows = _rows(results, learners or {}, without, problems)
    return Exported(write_csv([*([headings] if headings else []), *rows], delimiter=delimiter), tuple(problems))


def write_banner(
    results: Results, *, term: str, crn: str, learners: Mapping[str, Learner] | None = None, without: str = ""
) -> Exported:
    """Return the sheet that Banner takes for a section, by its term and its course reference number (I10)."""
    problems: list[Problem] = []
    rows = ((term, crn, *row) for row in _rows(results, learners or {}, without, problems))
    return Exported(write_csv([_BANNER, *rows]), tuple(problems))


def _rows(
    results: Results, learners: Mapping[str, Learner], without: str, problems: list[Problem]
) -> Iterator[tuple[str, str]]:
    """Yield the id and the symbol of each learner who has both, no id twice."""
    seen: set[str] = set()
    for learner, result in results:
        path = f"learners[{learner!r}]"
        key = (learners[learner].institution_id if learner in learners else "") or learner
        symbol, fault = _symbol(result, without, path)
        if key in seen:
            fault = Problem("duplicate_learner", path, "the learner has the id of somebody else; ids are unique")
        seen.add(key)
        if fault is not None:
            problems.append(fault)
        elif symbol:
            yield key, symbol


def _symbol(result: Report | MarksError, without: str, path: str) -> tuple[str, Problem | None]:
    if isinstance(result, MarksError):
        return "", Problem("not_graded", path, "the learner cannot be graded; see what is wrong with the marks")
    final = result.final
    if final.symbol:
        return final.symbol, None
    if final.points is None:
        message = "the learner has no grade, and so no symbol; say without=… for what is to stand there"
        return without, None if without else Problem("no_symbol", path, message)
    return "", Problem("no_symbol", path, "there is a grade and no symbol; give the gradebook a scheme")
