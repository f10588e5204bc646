# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A grades file that Brightspace's importer takes, written from a gradebook and marks.

>>> from gradecalc import EXEMPT, GradeItem
>>> book = Gradebook([GradeItem("Essay", 20), GradeItem("Talk", 10)])
>>> write(book, {"1001": {"Essay": 17.5, "Talk": EXEMPT}}).text.splitlines()
['OrgDefinedId,Essay Points Grade,Talk Points Grade,End-of-Line Indicator', '#1001,17.5,Exempt,#']

What a file cannot carry is left out and reported, with paths such as `marks['1001']['Essay']`.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any, Final

from ...errors import Problem, Severity, nearest
from ...exact import Exact, describe
from ...gradebook.aggregation import SumOfPoints
from ...gradebook.contributions import WHOLE
from ...gradebook.tree import (
    ROOT_ID,
    Category,
    Gradebook,
    rows,
)
from ...gradebook.weights import Maximum, WeightedMean
from ...grading.exemptions import exempt_by_item, is_exempt
from ...grading.plan import Plan, plan_of
from ...marks import (
    EXEMPT,
    UNGRADED,
    ItemKind,
    Mark,
    Marks,
    MarkValue,
    UnreadableMarkError,
    read_mark,
)
from ...spreadsheets import as_text
from ..exported import Exported, write_decimal
from ..imported import Learner, Recorded
from ..records import names_of
from .cell_text import MarkWriter
from .export import IDENTITY, Key, key_fields
from .heading_text import Headings, ItemColumn, write_headings
from .headings import ExportRow

Finals = Mapping[str, Mapping[str, Recorded]]

_EXEMPT: Final = "Exempt"
_END_OF_LINE: Final = "#"
_FINAL: Final = ("Adjusted Final Grade Numerator", "Adjusted Final Grade Denominator")
_ADJUSTED: Final = "adjusted"
_NO_FINAL: Final = ("", "")
_HEADINGS: Final = names_of(ExportRow)
_KEYS: Final = len(key_fields(None))
_CALCULATED: Final = Problem(
    "calculated_final",
    "finals",
    "calculated final grades cannot be imported, and are left out; only adjusted ones are written",
    Severity.NOTICE,
)


def write(  # noqa: PLR0913 - what a file may have
    gradebook: Gradebook | Plan,
    marks: Mapping[str, Marks],
    *,
    learners: Mapping[str, Learner] | None = None,
    key: Key | None = None,
    headings: Headings = Headings.IMPORT,
    exempt: str = _EXEMPT,
    finals: Finals | None = None,
    safe: bool = False,
) -> Exported:
    """Return a grades file and what it does not carry; raises `DefinitionError` for a gradebook that does not compile.

    Learners are named by their ids in the column of `key`, or, where `learners` has them, by what it says; without a
    `key`, by all that it says. `exempt` is written for an exemption: `Imported.exempt_token` has what was read, and
    blank is the usual word. `finals` are as `Imported.finals` has them: the adjusted ones are written, and so is a
    mark for `"final"`. `safe` puts an apostrophe before what a spreadsheet would run as a formula. With
    `Headings.EXPORT` the file has names, too, and reading it restores the gradebook as far as an export can carry it.
    """
    plan = plan_of(gradebook)
    gradebook = plan.gradebook
    full, stated, people = Headings(headings) is Headings.EXPORT, finals or {}, learners or {}
    problems: list[Problem] = []
    columns = write_headings(gradebook, Headings(headings), problems)
    identity = _Identity(people, key_fields(key), [*marks, *stated], names=full)
    records = _Records(plan, columns, MarkWriter(exempt.strip() or _EXEMPT, gradebook.scheme, problems))
    rows_of = {
        id_: (cells, *records.write(id_, marks.get(id_, {}), stated.get(id_, {})))
        for id_, cells in identity.rows(problems)
    }
    if any("calculated" in final for final in stated.values()):
        problems.append(_CALCULATED)
    final = _FINAL if any(adjusted != _NO_FINAL for _, _, adjusted in rows_of.values()) else ()
    table = [[*identity.header, *(column.heading for column in columns), *final, _HEADINGS["end"]]]
    for cells, grades, adjusted in rows_of.values():
        table.append([*cells, *grades, *adjusted[: len(final)], _END_OF_LINE])
    return _export(list(_safe_rows(table, problems)) if safe else table, problems)


def _stranger(id_: str, key: str) -> Learner:
    known: dict[str, Any] = {key: id_}
    return Learner(id_, **known)


class _Identity:
    """The columns that say who a learner is; what `learners` does not know is in the first of them by its id."""

    def __init__(
        self, learners: Mapping[str, Learner], keys: Sequence[str], ids: Iterable[str], *, names: bool
    ) -> None:
        self.people = {id_: learners.get(id_) or _stranger(id_, keys[0]) for id_ in ids}
        self.keys = [each for each in keys if self._is_known(each)] or keys[:1]
        self.names = [each for each in IDENTITY[_KEYS:] if names and self._is_known(each)]
        self.header = [_HEADINGS[each] for each in (*self.keys, *self.names)]

    def rows(self, problems: list[Problem]) -> Iterator[tuple[str, list[str]]]:
        """Yield each learner's id and cells, unless a row cannot name the learner."""
        seen: dict[str, str] = {}
        other: list[str] = []
        for id_, learner in self.people.items():
            keys = [getattr(learner, each).strip() for each in self.keys]
            read = next(filter(None, keys), "")
            path = f"learners[{id_!r}]"
            if not read:
                problems.append(Problem("no_learner_id", path, "the learner has no such key, and so no row; state it"))
            elif read in seen:
                message = f"the learner has the key of {seen[read]!r}, {read!r}, and so no row; keys are unique"
                problems.append(Problem("duplicate_learner", path, message))
            else:
                seen[read] = id_
                other += [id_] if read != id_ else []
                yield id_, [*(key and f"#{key}" for key in keys), *(getattr(learner, each) for each in self.names)]

        if other:
            message = f"{len(other)} learners have other ids in the file, by which they are known when it is read"
            path = f"learners[{other[0]!r}]"
            problems.append(Problem("other_id", path, f"{message}; key=… says which", Severity.NOTICE))

    def _is_known(self, field: str) -> bool:
        return any(getattr(learner, field).strip() for learner in self.people.values())


class _Records:
    """Writes learners' records; `without` has the ids of what is in the gradebook and has no column."""

    def __init__(self, plan: Plan, columns: Sequence[ItemColumn], marks: MarkWriter) -> None:
        book, self.plan = plan.gradebook, plan
        self.columns = columns
        self.marks = marks
        self.problems = marks.problems
        self.whole = _whole(book)
        nodes = {row.node.id: row.node for row in rows(book)[1:]}
        self.branches = {id_ for id_, node in nodes.items() if isinstance(node, Category)}
        self.without = nodes.keys() - {column.item.id for column in columns}
        self.known = list(nodes)

    def write(self, id_: str, record: Marks, finals: Mapping[str, Recorded]) -> tuple[list[str], tuple[str, str]]:
        """Return the cells of a learner's marks, and of the adjusted final grade."""
        path = f"marks[{id_!r}]"
        if not isinstance(record, Mapping):
            message = f"{describe(record)} is no record of item ids and marks; the row is blank"
            self.problems.append(Problem("not_marks", path, message))
            record = {}
        exempt = [each for each in record if each in self.branches and is_exempt(record[each])]
        self._report_rest(record, exempt, path)
        self._report_categories(record, exempt, path)
        by_item = exempt_by_item(self.plan, record)
        grades = [
            self.marks.cell(column.item, by_item.get(column.item.id), f"{path}[{column.item.id!r}]")
            for column in self.columns
        ]
        return grades, self._final(record, finals, path)

    def _report_categories(self, record: Marks, exempt: Collection[str], path: str) -> None:
        """Report what is lost where the exemption of a category is written for every item in it (X15)."""
        for id_ in exempt:
            where = f"{path}[{id_!r}]"
            if not any(id_ in column.above for column in self.columns):
                message = f"nothing in {id_!r} has a column that can be imported; its exemption is left out"
                self.problems.append(Problem("no_column", where, message))
            if isinstance(mark := record[id_], Mark) and mark.points not in (None, EXEMPT, UNGRADED):
                message = f"the number kept below the exemption of {id_!r} is left out, for a category has no column"
                self.problems.append(Problem("exempt_number", where, message, Severity.NOTICE))

    def _report_rest(self, record: Marks, exempt: Collection[str], path: str) -> None:
        """Report the marks that no column is for."""
        for id_, value in record.items():
            if id_ in exempt or id_ == ROOT_ID or value is None or value is UNGRADED:
                continue
            if id_ in self.without:
                message = f"{id_!r} has no column that can be imported; its mark is left out"
                self.problems.append(Problem("no_column", f"{path}[{id_!r}]", message))
            elif id_ not in self.known:
                message = f"{id_!r} is not in the gradebook{nearest(id_, self.known)}; its mark is left out"
                self.problems.append(Problem("unknown_id", f"{path}[{id_!r}]", message))

    def _final(self, record: Marks, finals: Mapping[str, Recorded], path: str) -> tuple[str, str]:
        """Return the adjusted final grade, which is what `finals` states, or else the mark for the final."""
        stated = finals.get(_ADJUSTED) or self._override(record.get(ROOT_ID), f"{path}[{ROOT_ID!r}]")
        if stated.points is None:
            return _NO_FINAL
        where = f"{path}[{ROOT_ID!r}]"
        if stated.out_of is None:
            message = "the final grade does not say what it is out of, and is left out; state its maximum"
            self.problems.append(Problem("no_maximum", where, message))
            return _NO_FINAL
        return write_decimal(stated.points, where, self.problems), write_decimal(stated.out_of, where, self.problems)

    def _override(self, value: MarkValue, path: str) -> Recorded:
        try:
            mark = read_mark(value, ItemKind.NUMERIC, None, {})
        except UnreadableMarkError as error:
            self.problems.append(Problem("unreadable_mark", path, f"{error}; it is left out"))
            return Recorded()
        if mark.exempt:
            self.problems.append(Problem("exempt_final", path, "the final grade cannot be exempt; it is left blank"))
            return Recorded()
        return Recorded(mark.points, self.whole if mark.out_of is None else mark.out_of)


def _whole(book: Gradebook) -> Exact | None:
    """Return what the final grade of everybody is out of, None where that depends on the learner."""
    match book.aggregation:
        case _ if book.max_points is not None:
            return book.max_points
        case SumOfPoints() | WeightedMean(out_of=Maximum.POINTS | Maximum.WEIGHTS):
            return None
        case _:
            return WHOLE


def _safe_rows(table: Sequence[Sequence[str]], problems: list[Problem]) -> Iterator[list[str]]:
    for number, row in enumerate(table, start=1):
        safe = [as_text(cell, numbers=True) for cell in row]
        for heading, before, after in zip(table[0], row, safe, strict=True):
            if before != after:
                message = f"{describe(before)} has an apostrophe before it, so that no spreadsheet runs it"
                problems.append(Problem("made_safe", f"row {number}, column {heading!r}", message, Severity.NOTICE))
        yield safe


def _export(table: Iterable[Sequence[str]], problems: Iterable[Problem]) -> Exported:
    out = StringIO(newline="")
    csv.writer(out).writerows(table)
    return Exported(out.getvalue(), tuple(problems))
