# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The gradebook that Canvas exports as CSV: a column for each assignment, then those that Canvas worked out.

Below the headings stand a row of posting policies, in some files, and one of what assignments are out of. The file
says which groups there are, by their scores, and neither what is in them nor what they weigh.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from attrs import field

from ...errors import Problem, Severity
from ...exact import Exact, Number, NumberError, read_number
from ...gradebook.items import GradeItem
from ...gradebook.tree import Gradebook
from ...marks import ItemKind, Mark
from ...values import frozen
from ..cells import Word, complete_or
from ..documents import KEY, Expected
from ..grade_file import FileColumns, open_grade_file, without_header
from ..grouping import Ungraded, find_groups, standings
from ..imported import Imported, Learner
from ..mark_sheet import Column, MarkSheet
from ..records import named
from ..sheet import SheetRow

SYSTEM: Final = "canvas"

_NAMES: Final = frozenset({"student", "lastname"})
_KEYS: Final = frozenset({"sis user id", "sis login id", "integration id", "section", "root account"})
_ASSIGNMENT: Final = re.compile(r"(?P<title>.*\S) \((?P<id>[0-9]+)\)", re.DOTALL)
_COMPUTED: Final = re.compile(
    r"(?:(?P<group>.+?) )??(?P<which>(?:Unposted )?(?:Current|Final)|Override) (?P<part>Points|Score|Grade)", re.DOTALL
)
_PARTS: Final[Mapping[str, str]] = {"Points": "points", "Score": "percent", "Grade": "symbol"}
_POINTS_POSSIBLE: Final = "points possible"
_MANUAL_POSTING: Final = re.compile(r"manual posting", re.IGNORECASE).fullmatch
_READ_ONLY: Final = "(read only)"
_TEST_STUDENT: Final = frozenset({"test student", "student, test"})
_MOST_ABOVE: Final = 3
_NUMBER: Final = re.compile(r"[0-9]+([.,][0-9]+)?")
_OF_GROUPS: Final[Mapping[str, str]] = {"current": "", "final": " (final)"}
_WORDS: Final[Mapping[str, Word]] = {
    "n/a": Word(
        Mark(exempt=True, note="not assigned"),
        "not_assigned",
        "'N/A' says that the assignment is not this learner's; it is read as exempt",
    )
}
_NOT_IN_THE_FILE: Final = (
    "a Canvas file does not say {what}; here points are added up; say it with a definition, gradebook=…, or read what "
    "the API gives of the course with lms.canvas.read"
)


def _sections(text: str) -> tuple[str, ...]:
    """Return the sections of a text such as `A1`, `A1 and B2` or `A1, B2, and C3`."""
    first, several, last = text.rpartition(" and ")
    listed = first.removesuffix(",").split(", ") if first.endswith(",") else first.split(" and ")
    return tuple(each for each in (*(listed if several else ()), last) if each)


_SECTIONS: Final = Expected("sections", _sections)


@frozen(kw_only=True)
class CanvasFileRow:
    """What a row says of its learner."""

    student: str = field(default="", metadata=named("Student"))
    last_name: str = field(default="", metadata=named("LastName"))
    first_name: str = field(default="", metadata=named("FirstName"))
    number: str = field(default="", metadata=named("ID", KEY))
    institution_id: str = field(default="", metadata=named("SIS User ID", KEY))
    username: str = field(default="", metadata=named("SIS Login ID", KEY))
    integration_id: str = field(default="", metadata=named("Integration ID", KEY))
    account: str = field(default="", metadata=named("Root Account", KEY))
    sections: tuple[str, ...] = field(default=(), metadata=named("Section", _SECTIONS, repeats=True))

    @property
    def learner(self) -> Learner:
        """The learner, by Canvas's id, or else by another."""
        last, comma, first = self.student.partition(", ")
        last, first = (last, first) if comma else (self.last_name, self.first_name)
        return Learner(
            self.number or self.institution_id or self.username or self.integration_id,
            institution_id=self.institution_id,
            username=self.username,
            first_name=first,
            last_name=last,
            email=self.username if "@" in self.username else "",
            name="" if comma else self.student,
            sections=self.sections,
        )


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row has the headings of a Canvas gradebook."""
    names = {cell.casefold() for cell in cells}
    if not names & _NAMES or ("id" not in names and not names & _KEYS):
        return False
    return bool(names & _KEYS) or any(_COMPUTED.fullmatch(cell) or _ASSIGNMENT.fullmatch(cell) for cell in cells)


def read_csv(
    content: str | bytes,
    *,
    exempt: Iterable[str] = ("EX", "Excused"),
    gradebook: Gradebook | None = None,
    maxima: Mapping[str, Number] | None = None,
) -> Imported:
    """Return the gradebook and the marks of a Canvas file, and its problems; no text makes this raise.

    A blank cell is ungraded, and `N/A`, work that is not assigned to a learner, is exempt. The scores of the file
    stand in `finals`, by `current`, `final` and their unposted twins, and those of a group in `recorded`, by its id
    and, with ungraded work as zero, by `<id> (final)`. With a
    `gradebook`, columns are found in it by the ids and names of its items; `maxima` says, by name, what an item is
    out of where the file does not.
    """
    file = open_grade_file(content, is_header)
    if file.header is None:
        return without_header(file, SYSTEM, "'Student' and 'Essay (123)'", gradebook)
    layout = FileColumns(CanvasFileRow, file, file.header, gradebook)
    possible, below = _read_possible(file.rows, layout.sheet.places)
    if possible is None:
        layout.say("no_points_possible", "there is no row 'Points Possible' below the headings", Severity.ERROR)
    groups = _lay_out(layout, _Assignments(possible, maxima or {}, file.number))
    rows = _without_test_student(below, layout)
    marks = layout.enter(rows, lambda row: row.learner, exempt=exempt, words=_WORDS)
    _say_what_is_lacking(layout, knows_groups=len(groups) == 1 or _put_into_groups(layout, marks, groups))
    return marks.imported(layout.gradebook({"can_exceed": True}, can_exceed=True), SYSTEM)


def _read_possible(rows: Iterator[SheetRow], places: Mapping[str, int]) -> tuple[list[str] | None, Iterator[SheetRow]]:
    """Return the cells of what assignments are out of, None without such a row, and the rows below."""
    key = places.get("number")
    for _, row in zip(range(_MOST_ABOVE), rows, strict=False):
        if _is_points_possible(row, places):
            return row.cells, rows
        of_somebody = row.cells[0] or (key is not None and key < len(row.cells) and row.cells[key])
        if of_somebody and not any(map(_MANUAL_POSTING, row.cells)):
            return None, chain([row], rows)
    return None, rows


def _is_points_possible(row: SheetRow, places: Mapping[str, int]) -> bool:
    """Return whether a row says what assignments are out of: in English, or by being of nobody and having numbers."""
    first, *others = row.cells
    if _POINTS_POSSIBLE in first.casefold() or _READ_ONLY in (cell.casefold() for cell in others):
        return True
    of_somebody = any(row.cells[place] for place in places.values() if 0 < place < len(row.cells))
    return bool(first) and not of_somebody and any(map(_NUMBER.fullmatch, others))


class _Assignments:
    """What the file and who reads it say of assignments: what they are out of, and their group where it is the only."""

    def __init__(self, possible: list[str] | None, maxima: Mapping[str, Number], number: Expected[Any]) -> None:
        self.possible = possible
        self.maxima = maxima
        self.number = number
        self.group = ""

    def out_of(self, place: int, *names: str) -> Exact | None:
        """Return what an assignment is out of, None where nothing says it."""
        said = next((self.maxima[name] for name in names if name in self.maxima), None)
        cell = self.possible[place] if self.possible and place < len(self.possible) else ""
        try:
            found: Exact = read_number(said) if said is not None else self.number.read(cell)
        except NumberError:
            return None
        return found if found >= 0 else None


def _lay_out(layout: FileColumns[CanvasFileRow], assignments: _Assignments) -> list[str]:
    """Enter every column, and return the names of the groups."""
    computed = {place: match for place, text in layout.headings() if (match := _COMPUTED.fullmatch(text))}
    groups = list(dict.fromkeys(match["group"] for match in computed.values() if match["group"]))
    assignments.group = groups[0] if len(groups) == 1 else ""
    for place, heading in layout.headings():
        match = _ASSIGNMENT.fullmatch(heading)
        if match:
            _enter(layout, assignments, place, match["title"], match["id"])
        elif place in computed:
            _enter_computed(layout, place, computed[place])
        elif assignments.out_of(place, heading) is not None:
            _enter(layout, assignments, place, heading)
        else:
            layout.groups[place] = heading
            layout.tell("other_column", place, f"{heading!r} is no assignment; it is kept with the learners")
    return groups


def _say_what_is_lacking(layout: FileColumns[CanvasFileRow], *, knows_groups: bool) -> None:
    what = ["what its groups weigh", "what is dropped"]
    what = what if knows_groups else ["which group an assignment is in", *what]
    layout.say("not_in_export", _NOT_IN_THE_FILE.format(what=" and ".join([", ".join(what[:-1]), what[-1]])))


def _put_into_groups(
    layout: FileColumns[CanvasFileRow], marks: MarkSheet[CanvasFileRow], groups: Sequence[str]
) -> bool:
    """Put assignments into the groups whose figures they have, and return whether they could be (J34)."""
    items = {id_: each for id_, each in layout.made().items() if each.kind is not ItemKind.TEXT}
    gathered = [
        (standings(marks, [layout.items[id_] for id_ in items], of_groups), ungraded)
        for ungraded, of_groups in _columns_of_groups(layout, groups)
    ]
    found = find_groups([each.max_points or 0 for each in items.values()], len(groups), gathered)
    if found is None:
        return False
    for group, members in zip(groups, found.members, strict=True):
        layout.put_into(group, ([*items][place] for place in members))
    others = "" if found.is_only else "; other groups would have the same figures, so check it"
    layout.say("groups_found", f"which group an assignment is in is found by the figures of the groups{others}")
    return True


def _columns_of_groups(
    layout: FileColumns[CanvasFileRow], groups: Sequence[str]
) -> Iterator[tuple[Ungraded, list[tuple[Column | None, Column | None]]]]:
    """Yield the columns of the points and percents of each group, without ungraded work and with it."""
    columns = {(column.of, column.part): column for column in layout.recorded}
    for ungraded, which in ((Ungraded.AS_ZERO, "final"), (Ungraded.LEFT_OUT, "current")):
        ids = [layout.category_id(group) + _OF_GROUPS[which] for group in groups]
        yield ungraded, [(columns.get((id_, "points")), columns.get((id_, "percent"))) for id_ in ids]


def _enter(
    layout: FileColumns[CanvasFileRow], assignments: _Assignments, place: int, title: str, id_: str = ""
) -> None:
    item = GradeItem(title, 0, can_exceed=True)
    found = layout.item(place, item, id_, f"{title} ({id_})", mark=id_, category=assignments.group)
    if found is None:
        return
    out_of = layout.agree_on_maximum(found, assignments.out_of(place, title, id_, found.id))
    if out_of is None and assignments.possible is None:
        layout.without_maximum(found.id, "say it with maxima=… or a definition")
    layout.change(found.id, max_points=out_of or 0)
    layout.reads_of(found.id, complete_or, out_of or 0)


def _enter_computed(layout: FileColumns[CanvasFileRow], place: int, match: re.Match[str]) -> None:
    which, part = match["which"].lower(), _PARTS[match["part"]]
    expected = layout.percent if part == "percent" else None
    if not match["group"]:
        layout.finals.append(Column(place, which, part, expected=expected))
    elif which in _OF_GROUPS:
        of = layout.category_id(match["group"]) + _OF_GROUPS[which]
        layout.recorded.append(Column(place, of, part, expected=expected))


def _without_test_student(rows: Iterator[SheetRow], layout: FileColumns[CanvasFileRow]) -> Iterator[SheetRow]:
    place = layout.sheet.places.get("student")
    for row in rows:
        if place is not None and (layout.sheet.text(row, place) or "").casefold() in _TEST_STUDENT:
            message = "'Test Student' is no learner; the row is not read"
            layout.sheet.problems.append(Problem("test_student", row.path, message, Severity.NOTICE))
        else:
            yield row
