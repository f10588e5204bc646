# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A sheet that somebody keeps, with headings of their own: who each row is of, marks, and perhaps a final grade.

Which columns are marks a gradebook says, whose items have their names; without one it is the columns of numbers. What
an item is out of stands in its heading (`HW 1 (10)`), in a row below the headings (`Out of`), in its cells (`8/10`), or
in a gradebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ...errors import Problem, Severity
from ...exact import Exact, total
from ...gradebook.aggregation import SumOfPoints
from ...gradebook.items import GradeItem
from ...gradebook.tree import Gradebook
from ...gradebook.weights import WeightedMean
from ...values import frozen
from ..cells import DASHES, Word, complete_or, exempting
from ..documents import Expected
from ..grade_file import FileColumns, names_in, open_grade_file, without_header
from ..imported import Imported
from ..mark_sheet import Column
from ..sheet import SheetRow
from .own_columns import OwnColumns
from .own_headings import read_heading
from .own_rows import is_header, tell_apart
from .own_words import OwnSheetRow, is_bonus

SYSTEM: Final = "spreadsheet"

EXEMPT_WORDS: Final = ("Exempt", "Excused", "EX")
"""What exempts in a sheet, unless somebody says otherwise."""

_BLANKS: Final[Mapping[str, Word]] = dict.fromkeys((*DASHES, "n/a", "na", "."), Word())
_WAY_OUT: Final = (
    "write it in the heading, as in 'HW 1 (10)', in a row 'Out of' below the headings, or in a definition, gradebook=…"
)
_NO_ID_COLUMN: Final = (
    "no column has ids, so that learners are known by the numbers of their rows; add a column 'Student ID'"
)
_NOT_IN_THE_FILE: Final = (
    "a sheet does not say what is dropped{and_weights}; state what applies in a definition, and read with gradebook=…"
)
_SOME_WEIGHTS: Final = (
    "what columns weigh is said of some and not of all, so that it is not used and all points are added up; complete it"
)
_NO_WEIGHTS: Final = ", nor, unless in headings or in a row 'Weight', what columns weigh: all points are added up"


@frozen
class Top:
    """The first rows of a sheet in which there is something, and how its numbers are written."""

    rows: Sequence[SheetRow]
    number: Expected[Any]


def is_own_sheet(top: Top, gradebook: Gradebook | None) -> bool:
    """Return whether these first rows of a sheet can be graded.

    With a gradebook one of its items is among the headings, and without one a maximum is stated.
    """
    columns = _columns(top)
    if columns is None:
        return False
    if gradebook is None:
        return columns.states_maxima
    names = {text for place, cell in enumerate(columns.header.cells) for text in (cell, columns.heading(place).name)}
    return not names_in(gradebook).isdisjoint(names)


def what_is_missing(top: Top, gradebook: Gradebook | None) -> Problem | None:
    """Return what keeps rows from being a sheet of one's own that can be graded; None where they are nothing like it.

    A heading says who they are of, and there are columns of numbers.
    """
    columns = _columns(top)
    if columns is None or not columns.numeric:
        return None
    listed = ", ".join(map(repr, columns.numeric[:3])) + (", …" if columns.numeric[3:] else "")
    if gradebook is not None:
        message = f"no column has the id or the name of an item of the gradebook; columns of numbers are {listed}"
        return Problem("unknown_columns", columns.header.path, message)
    message = f"this is a sheet of somebody's own, and nothing says what {listed} may be out of; {_WAY_OUT}"
    return Problem("no_maxima", columns.header.path, message)


def _columns(top: Top) -> OwnColumns | None:
    nth = next((nth for nth, row in enumerate(top.rows) if is_header(row.cells)), None)
    if nth is None:
        return None
    rows = tell_apart(top.rows[nth], top.rows[nth + 1 :], top.number)
    return OwnColumns(rows, top.number, {**_BLANKS, **exempting(EXEMPT_WORDS)})


def read_csv(
    content: str | bytes, *, exempt: Iterable[str] = EXEMPT_WORDS, gradebook: Gradebook | None = None
) -> Imported:
    """Return the gradebook and the marks of a sheet of one's own, and its problems; no text makes this raise.

    A blank cell is ungraded, and so is a dash. Learners are known by an id, a username or an address, and without one
    by the numbers of their rows. With a `gradebook`, columns are found in it by the ids and names of its items, and
    without one the columns of numbers are items whose points are added up, or which weigh what the sheet says. Rule
    J33.
    """
    file = open_grade_file(content, is_header)
    if file.header is None:
        return without_header(file, SYSTEM, "'Student ID' and 'HW 1 (10)'", gradebook)
    exempt = tuple(exempt)
    rows = tell_apart(file.header, [*file.rows], file.number)
    file.problems.extend(rows.others)
    numbered = rows if rows.has_ids else rows.with_row_numbers()
    columns = OwnColumns(numbered, file.number, {**_BLANKS, **exempting(exempt)})
    layout = FileColumns(OwnSheetRow, file, numbered.header, gradebook)
    entry = _Entry(layout, columns)
    for place, heading in layout.headings():
        entry.enter(place, heading)
    weighs = entry.settle_weights()
    if not rows.has_ids:
        layout.say("no_id_column", _NO_ID_COLUMN)
    if gradebook is None:
        layout.say("not_in_export", _NOT_IN_THE_FILE.format(and_weights="" if weighs else _NO_WEIGHTS))
    marks = layout.enter(numbered.learners, lambda row: row.learner, exempt=exempt, words=_BLANKS)
    stated = {"aggregation": WeightedMean()} if weighs else {}
    return marks.imported(layout.gradebook({"can_exceed": True}, can_exceed=True, **stated), SYSTEM)


class _Entry:
    """The columns of a sheet while they are entered, each by its heading, or by its cells."""

    def __init__(self, layout: FileColumns[OwnSheetRow], columns: OwnColumns) -> None:
        self.layout = layout
        self.columns = columns
        self.ids: dict[int, str] = {}

    def enter(self, place: int, heading: str) -> None:
        """Enter a column: a final grade, the marks of an item, a result of a category, or what is none of these."""
        layout, columns, name = self.layout, self.columns, self.columns.heading(place).name
        known = layout.knows(heading, name)
        part = None if known else columns.part_of_final(place)
        if known:
            self._enter_item(place, heading)
        elif layout.knows_category(heading, name):
            self._enter_category(place, name)
        elif columns.is_about_learners(place):
            self._keep(place, "other_column", f"{heading!r} tells of the learners; it is kept with them")
        elif part is not None:
            layout.finals.append(Column(place, name.casefold(), part, expected=columns.reads_final(place, part)))
        elif columns.sums_up(place):
            message = f"{heading!r} sums other columns up, and is no work of its own; it is kept with the learners"
            self._keep(place, "subtotal_column", message)
        elif columns.out_of(place) or columns.has_marks(place):
            self._enter_item(place, heading)
        else:
            message = f"{heading!r} has no numbers, and is not graded; it is kept with the learners"
            self._keep(place, "other_column", message)

    def settle_weights(self) -> bool:
        """Let items, or what stands above them, weigh what the sheet says, if it says it of all; return whether so."""
        made, groups = self.layout.made(), self._groups()
        of_items = {id_: self.columns.weight(place) for place, id_ in self.ids.items() if id_ in made}
        of_groups = {group: read_heading(group).weight for group in groups}
        outside = {id_: of_items[id_] for id_ in of_items if not any(id_ in ids for ids in groups.values())}
        by_group = bool(groups) and _weigh_all({**outside, **of_groups}, made)
        weighs = by_group or _weigh_all(of_items, made)
        for id_, weight in (outside if by_group else of_items if weighs else {}).items():
            self.layout.change(id_, weight=weight)
        for group, ids in groups.items() if by_group or not weighs else ():
            stated = {"weight": of_groups[group]} if by_group else {}
            self.layout.put_into(read_heading(group).name, ids, aggregation=SumOfPoints(), **stated)
        if not weighs and any(each is not None for each in (*of_items.values(), *of_groups.values())):
            self.layout.say("weights_not_used", _SOME_WEIGHTS)
        return weighs

    def _groups(self) -> dict[str, list[str]]:
        """Return the items below each heading that stands above several."""
        found: dict[str, list[str]] = {}
        for place, id_ in self.ids.items():
            if place in self.columns.above and id_ in self.layout.made():
                found.setdefault(self.columns.above[place], []).append(id_)
        return found

    def _enter_item(self, place: int, heading: str) -> None:
        name, out_of = self.columns.heading(place).name, self.columns.out_of(place)
        is_extra = is_bonus(name)
        found = self.layout.item(place, GradeItem(name, out_of or 0, bonus=is_extra and bool(out_of)), heading)
        if found is None:
            return
        self.ids[place] = found.id
        self.layout.change(found.id, can_exceed=True)
        out_of = self.layout.agree_on_maximum(found, out_of)
        if out_of is None and is_extra:
            self.layout.tell("bonus_column", place, f"{name!r} is out of nothing, so its points add and never cost")
        elif out_of is None:
            self.layout.without_maximum(found.id, _WAY_OUT)
            self._tell_several(place)
        self.layout.reads_of(found.id, complete_or, out_of or 0)

    def _tell_several(self, place: int) -> None:
        """Say that cells say several maxima."""
        several = sorted(self.columns.maxima_in_cells(place))
        if several:
            message = f"its cells say that it is out of {' and of '.join(several)}; write in the heading which it is"
            self.layout.tell("other_maximum", place, message, Severity.ERROR)

    def _enter_category(self, place: int, name: str) -> None:
        """Enter what is stated of a category of the gradebook, if it is said whether in points or in percent."""
        part = "percent" if self.columns.has_percents(place) else "points" if self.columns.out_of(place) else ""
        if part:
            expected = self.layout.percent if part == "percent" else None
            self.layout.recorded.append(Column(place, self.layout.category_id(name), part, expected=expected))
        else:
            message = f"{name!r} is a category, and whether its column has points or percents is not said, as in "
            self._keep(
                place, "category_column", f"{message}'{name} (%)'; it is not compared, and kept with the learners"
            )

    def _keep(self, place: int, code: str, message: str) -> None:
        """Keep a column with the learners."""
        self.layout.groups[place] = self.columns.header.cells[place]
        self.layout.tell(code, place, message)


def _weigh_all(weights: Mapping[str, Exact | None], made: Mapping[str, GradeItem]) -> bool:
    """Return whether weights are stated of all that counts, bonuses aside."""
    needed = [each for id_, each in weights.items() if id_ not in made or (made[id_].counts and not made[id_].bonus)]
    stated = [each for each in needed if each is not None]
    return bool(stated) and len(stated) == len(needed) and total(stated) > 0
