# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A Brightspace grade export, read as a gradebook and everybody's marks.

The text may be separated by commas, tabs or semicolons. It is read to its end whatever is in it: what is odd becomes
a `Problem` whose path is such as `row 3, column 'Essay Points Grade <Numeric MaxPoints:20>'`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import partial
from itertools import islice
from typing import Final

from attrs import evolve

from ...errors import Problem, Severity
from ...exact import Exact, NumberError, ratio, write_exact
from ...fields import chosen
from ...gradebook.items import GradeItem
from ...gradebook.tree import Category, Gradebook, Node
from ...marks import UngradedPolicy
from ..cells import decimal
from ..documents import read_decimal
from ..imported import Imported, Learner
from ..mark_sheet import MarkSheet
from ..records import RecordSheet
from ..sheet import Lines, SheetRow, decode, find_decimal_commas, split
from .columns import LaidOut, count_known, lay_out
from .course import SYSTEM
from .headings import ExportRow, parse_heading

_DELIMITERS: Final = ",\t;"
_LOOKED_AT: Final = 20
_END_OF_LINE: Final = "#"
_NOT_IN_AN_EXPORT: Final = Problem(
    "not_in_export",
    "",
    "an export carries no drop rules, bonus, 'can exceed', exclusions, schemes or ungraded policy; add what applies",
    Severity.NOTICE,
)


_HAS_ATTRIBUTES: Final = re.compile("<[^<>]*:[0-9]")
_NO_GRADES: Final = (
    "no heading of a grade is in English, such as 'Essay Points Grade <Numeric MaxPoints:10>', and none is read; let "
    "Brightspace speak English and export again"
)


class Key(Enum):
    """The column that learner ids are taken from."""

    ORG_DEFINED_ID = "OrgDefinedId"
    USERNAME = "Username"


_OF_AN_EXPORT: Final = frozenset({"orgdefinedid", "#orgdefinedid", "end-of-line indicator"})

IDENTITY: Final = ("institution_id", "username", "last_name", "first_name", "email")
"""The fields of a learner that a file may state, in its order."""

_KEY_FIELD: Final[Mapping[Key, str]] = {Key.ORG_DEFINED_ID: "institution_id", Key.USERNAME: "username"}


def key_fields(key: Key | None) -> tuple[str, ...]:
    """Return the fields that a learner's id is taken from, the first of them that is stated; None for any key."""
    return tuple(_KEY_FIELD.values()) if key is None else (_KEY_FIELD[chosen(Key, key, "key")],)


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row has the headings of an export: one that no other system has."""
    return any(cell.casefold() in _OF_AN_EXPORT or parse_heading(cell) for cell in cells)


def read(
    text: str | bytes,
    *,
    exempt: Iterable[str] = ("Exempt",),
    ungraded: UngradedPolicy = UngradedPolicy.LEAVE_OUT,
    key: Key | None = None,
    gradebook: Gradebook | None = None,
) -> Imported:
    """Return the gradebook and the marks of an export, and its problems; no text makes this raise.

    `exempt` lists the cells, in any case, that exempt; a blank cell is ungraded. `ungraded` is the gradebook's policy,
    which the export does not carry. A learner's id is the OrgDefinedId, or the Username where there is none; `key`
    insists on one of them. A cell that is no number stays in the marks as its text, so that `grade_many` gives that
    learner a `MarksError` and grades the others. With a `gradebook`, columns are found in it by the names of its items,
    its ids and kinds hold, and what their headings say of themselves is not read.
    """
    fields, ungraded = key_fields(key), chosen(UngradedPolicy, ungraded, "ungraded")
    tokens = [exempt] if isinstance(exempt, str) else exempt
    problems: list[Problem] = []
    lines = Lines(decode(text, problems))
    header, delimiter = max(
        ((_header(lines, each), each) for each in _DELIMITERS), key=lambda each: count_known(each[0])
    )
    if not count_known(header):
        message = "there is no row of headings such as 'Username' and 'Essay Points Grade <…>'; export the grades again"
        problems.append(Problem("no_header", f"row {header.number}", message))
        return Imported(gradebook or Gradebook(ungraded=ungraded), problems=tuple(problems), system=SYSTEM)
    laid = lay_out(header, ungraded, problems, gradebook)
    if not laid.columns.items and any(map(_HAS_ATTRIBUTES.search, header.cells)):
        problems.insert(0, Problem("no_known_headings", header.path, _NO_GRADES))
    marks = MarkSheet(
        laid.sheet,
        laid.columns,
        partial(_learner, keys=fields),
        exempt=tokens,
        number=decimal(comma=find_decimal_commas(lines, delimiter)),
        groups=laid.groups,
        is_whole=partial(_is_whole, laid.sheet),
    )
    for row in split(lines, delimiter, problems):
        if row.number > header.number:
            marks.enter(row)
    marks.settle_ids(marked=True)
    book = _with_percents(laid, marks)
    if gradebook is None:
        problems.append(_NOT_IN_AN_EXPORT)
    return marks.imported(book, SYSTEM)


def _with_percents(laid: LaidOut, marks: MarkSheet[ExportRow]) -> Gradebook:
    """Return the gradebook in which an item counts whose symbols turn out to be percents, all of them."""
    numeric: dict[str, GradeItem] = {}
    for column, heading in laid.symbols.items():
        texts = {learner: text for learner, text in marks.stated(column) if isinstance(text, str)}
        read = {text: _percent(text) for text in texts.values()}
        if not texts or None in read.values():
            continue
        out_of = heading.max_points or 100
        for learner, text in texts.items():
            marks.change(learner, column, ratio(out_of * (read[text] or 0), 100))
        numeric[column.of] = GradeItem(heading.name, out_of, weight=heading.weight, id=column.of)
        message = f"the symbols of {heading.name!r} are percents; they are read as marks out of {write_exact(out_of)}"
        laid.sheet.cell(laid.sheet.header, column.place).report("symbols_are_percents", message, Severity.NOTICE)
    marks.take_back("symbols_without_scheme", (column for column in laid.symbols if column.of in numeric))
    return evolve(laid.gradebook, children=tuple(_replaced(laid.gradebook.children, numeric)))


def _replaced(children: Iterable[Node], items: Mapping[str, GradeItem]) -> Iterator[Node]:
    for child in children:
        if isinstance(child, Category):
            yield evolve(child, children=tuple(_replaced(child.children, items)))
        else:
            yield items.get(child.id, child)


def _percent(text: str) -> Exact | None:
    number = text.removesuffix("%").rstrip()
    try:
        return None if number == text else read_decimal(number.replace(",", "."))
    except NumberError:
        return None


def _header(lines: Iterable[str], delimiter: str) -> SheetRow:
    """Return the first row, near the top, that has a heading of a known form, or else the first."""
    top = [*islice(split(lines, delimiter, []), _LOOKED_AT)]
    return next(filter(count_known, top), top[0] if top else SheetRow(1, []))


def _learner(row: ExportRow, keys: Sequence[str]) -> Learner:
    """Return who a row is about: by the first of the keys that it has, or else nobody."""
    id_: str = next(filter(None, (getattr(row, key) for key in keys)), "")
    return Learner(
        id_,
        institution_id=row.institution_id,
        username=row.username,
        first_name=row.first_name,
        last_name=row.last_name,
        email=row.email,
        sections=row.sections,
    )


def _is_whole(sheet: RecordSheet[ExportRow], row: ExportRow) -> bool:
    return "end" not in sheet.places or row.end == _END_OF_LINE
