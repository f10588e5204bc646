# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The grade center of a Blackboard course as a file: a heading says what a column is out of, and how it is shown.

`Quiz 1 [Total Pts: 10 Score] |51772` is marked in points out of 10; what says `up to 11.15` is worked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import field

from ...errors import Severity
from ...exact import Exact, NumberError
from ...gradebook.items import GradeItem
from ...gradebook.tree import Gradebook
from ...marks import ItemKind
from ...values import frozen
from ..cells import Word, complete_or, percent_of
from ..documents import KEY, Expected
from ..grade_file import FileColumns, open_grade_file, without_header
from ..imported import Imported, Learner
from ..mark_sheet import Column
from ..records import named, names_of
from ..sheet import SheetRow

SYSTEM: Final = "blackboard"

_HEADING: Final = re.compile(
    r"(?P<name>.*\S) ?\[(?P<label>[^\[\]:]+): (?P<up_to>[^0-9\]]*)(?P<max>[0-9][0-9.,]*)(?: (?P<shown>[^\]]+))?\]"
    r"(?: ?\|(?P<id>[0-9]+))?",
    re.DOTALL,
)
_KNOWN: Final = frozenset({"last access", "availability", "child course id"})
_TOTALS: Final = frozenset(
    {
        "total",
        "weighted total",
        "running total",
        "overall grade",
        "total ponderado",
        "calificación total",
        "calificación general",
        "total pondéré",
        "note générale",
        "gesamt",
        "gesamtnote",
        "gewichtete gesamtnote",
        "totale",
        "totale ponderato",
        "nota total",
        "nota geral",
        "totaal",
        "gewogen totaal",
    }
)
_IN_PLACE: Final = ("last_name", "first_name", "username", "number")
_PERCENTAGE: Final = "percentage"
_WORDS_ALONE: Final = frozenset({"text", "letter"})
_NOT_GRADED: Final[Mapping[str, Word]] = {
    word.casefold(): Word(None, "not_graded_yet", f"{word!r} says that there is no grade yet; it is read as ungraded")
    for word in (
        "Needs Grading",
        "In Progress",
        "Attempt in Progress",
        "Requiere calificación",
        "Necesita calificación",
        "En curso",
        "En progreso",
        "Note requise",
        "En cours",
        "Muss bewertet werden",
        "In Bearbeitung",
        "Precisa de avaliação",
        "Em andamento",
        "Da valutare",
        "In corso",
        "Moet worden beoordeeld",
        "Wordt uitgevoerd",
    )
}
_WITH_POINTS: Final = re.compile(r"(needs grading|in progress) ?\([^()]*\)", re.IGNORECASE)
_NOT_IN_THE_FILE: Final = (
    "a Blackboard file has neither categories nor weights nor drops: all points are added up; state what applies in a "
    "definition, and read with gradebook=…"
)


@frozen(kw_only=True)
class GradeCenterRow:
    """What a row says of its learner."""

    last_name: str = field(default="", metadata=named("Last Name"))
    first_name: str = field(default="", metadata=named("First Name"))
    username: str = field(default="", metadata=named("Username", KEY, "User Name"))
    number: str = field(default="", metadata=named("Student ID", KEY))

    @property
    def learner(self) -> Learner:
        """The learner, by username, or else by student id."""
        return Learner(
            self.username or self.number,
            institution_id=self.number,
            username=self.username,
            first_name=self.first_name,
            last_name=self.last_name,
        )


def is_header(cells: Sequence[str]) -> bool:
    """Return whether a row has the headings of a grade center."""
    return any("[" in cell and _HEADING.fullmatch(cell) for cell in cells)


def read_csv(
    content: str | bytes, *, exempt: Iterable[str] = ("Exempt", "Exempted", "EX"), gradebook: Gradebook | None = None
) -> Imported:
    """Return the gradebook and the marks of a grade center file, and its problems; no text makes this raise.

    A blank cell is ungraded, and so is one that needs grading. Totals stand in `finals`, by their names in lower case,
    and other columns that are worked out in `recorded`. With a `gradebook`, columns are found in it by the ids and
    names of its items.
    """
    file = open_grade_file(content, is_header)
    if file.header is None:
        return without_header(file, SYSTEM, "'Quiz 1 [Total Pts: 10 Score] |51772'", gradebook)
    layout = FileColumns(GradeCenterRow, file, _with_fields(file.header), gradebook)
    for place, heading in layout.headings():
        match = _HEADING.fullmatch(heading)
        if match:
            _enter(layout, place, match)
        elif heading.casefold() in _TOTALS:
            _enter_computed(layout, place, heading, _PERCENTAGE)
        else:
            layout.groups[place] = heading
            if heading.casefold() not in _KNOWN:
                layout.tell("other_column", place, f"{heading!r} is no column of grades; it is kept with the learners")
    layout.say("not_in_export", _NOT_IN_THE_FILE)
    marks = layout.enter(file.rows, lambda row: row.learner, exempt=exempt, words=_NOT_GRADED)
    return marks.imported(layout.gradebook(can_exceed=True), SYSTEM)


def _with_fields(header: SheetRow) -> SheetRow:
    """Return the headings, those of the learner's fields by their place where no language that is known has an id."""
    cells, names = list(header.cells), names_of(GradeCenterRow)
    graded = next((place for place, cell in enumerate(cells) if _HEADING.fullmatch(cell)), 0)
    if graded > len(_IN_PLACE) and not {"username", "number"} & FileColumns.fields_of(GradeCenterRow, header):
        cells[: len(_IN_PLACE)] = [names[each] for each in _IN_PLACE]
    return header._replace(cells=cells)


def _enter(layout: FileColumns[GradeCenterRow], place: int, match: re.Match[str]) -> None:
    name, id_, shown = match["name"], match["id"] or "", (match["shown"] or "").casefold()
    if match["up_to"].strip() or (name.casefold() in _TOTALS and not layout.knows(name, id_)):
        _enter_computed(layout, place, name, shown)
        return
    if shown in _WORDS_ALONE:
        if layout.item(place, GradeItem(name, kind=ItemKind.TEXT), id_, mark=id_) and shown == "letter":
            message = f"{name!r} has letters, and the file does not say what they are worth; it does not count"
            layout.tell("symbols_without_scheme", place, message, Severity.ERROR)
        return
    out_of = _number(layout, match["max"])
    item = layout.item(place, GradeItem(name, out_of, can_exceed=True), id_, mark=id_)
    if item:
        out_of = layout.agree_on_maximum(item, out_of) or 0
        layout.reads_of(item.id, _percent_or_waiting if shown == _PERCENTAGE else _points_or_waiting, out_of)


def _points_or_waiting(out_of: Exact, number: Expected[Exact]) -> Expected[Exact | None]:
    return _or_waiting(complete_or(out_of, number))


def _percent_or_waiting(out_of: Exact, number: Expected[Exact]) -> Expected[Exact | None]:
    return _or_waiting(percent_of(out_of, number))


def _or_waiting(expected: Expected[Exact]) -> Expected[Exact | None]:
    """Return what a mark is, ungraded where a part is graded and the rest waits, as in `Needs Grading(7.00)`."""
    return Expected(expected.what, lambda text: None if _WITH_POINTS.fullmatch(text) else expected.read(text))


def _enter_computed(layout: FileColumns[GradeCenterRow], place: int, name: str, shown: str) -> None:
    part = "percent" if shown == _PERCENTAGE else "symbol" if shown in _WORDS_ALONE else "points"
    expected = layout.percent if part == "percent" else None
    if name.casefold() in _TOTALS:
        layout.finals.append(Column(place, name.casefold(), part, expected=expected))
    else:
        layout.recorded.append(Column(place, layout.category_id(name), part, expected=expected))


def _number(layout: FileColumns[GradeCenterRow], text: str) -> Exact:
    for each in (text, text.replace(",", ".")):
        try:
            number: Exact = layout.number.read(each)
        except NumberError:
            continue
        return number
    return 0
