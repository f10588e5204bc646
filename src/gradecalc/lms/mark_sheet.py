# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""A grade file as every system has it: a row for each learner, and columns of marks and of results.

Whoever knows the headings says which columns there are; here the rows are entered, one by one.

>>> from attrs import field
>>> from gradecalc.lms.records import named
>>> from gradecalc.lms.sheet import split
>>> @frozen
... class Who:
...     name: str = field(default="", metadata=named("Name"))
>>> problems = []
>>> header, *rows = split(["Name,Quiz\n", "Ada,7.5\n", "Bob,EX\n"], ",", problems)
>>> sheet = RecordSheet(Who, header, problems)
>>> marks = MarkSheet(sheet, MarkColumns(items=[Column(1, "quiz")]), lambda who: Learner(who.name), exempt=["EX"])
>>> for row in rows:
...     marks.enter(row)
>>> marks.imported(Gradebook()).marks
{'Ada': {'quiz': Fraction(15, 2)}, 'Bob': {'quiz': EXEMPT}}
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import getitem, itemgetter
from types import NoneType
from typing import Any, Final, Generic, TypeVar

from attrs import evolve, field

from ..errors import Problem, Severity
from ..gradebook.tree import Gradebook
from ..marks import (
    EXEMPT,
    ItemKind,
    Mark,
    MarkValue,
    NoScore,
)
from ..values import frozen
from .cells import DASHES, CellMemo, Word, exempting
from .documents import NUMBER, TEXT, Expected
from .imported import Imported, Learner
from .mark_rows import NO_VALUE, Codes, Legend, MarkRows, Parts, ResultRows, pack, unpack
from .records import RecordSheet
from .sheet import SheetRow
from .unshown import UnshownText, has_digit_or_address, is_several_words, is_written_as_name, may_be_a_name

_Who = TypeVar("_Who")

_AS_TEXT: Final = frozenset({ItemKind.TEXT, ItemKind.SELECTBOX})
_NO_WORDS: Final[Mapping[str, Word]] = {}
_NO_GROUPS: Final[Mapping[int, str]] = {}
_LEAST_ALIKE: Final = 2
_MOST_TOLD: Final = 3


@frozen
class Column:
    """Where something stands in a row: `of` what (an id, or the name of a final), and which part of it.

    `part` is the field of `Recorded` that a result has there; `kind` says how the cells of marks are read, unless
    `expected` does.
    """

    place: int
    of: str
    part: str = ""
    kind: ItemKind = ItemKind.NUMERIC
    expected: Expected[Any] | None = None


def _as_columns(columns: Iterable[Column]) -> tuple[Column, ...]:
    return tuple(columns)


@frozen(kw_only=True)
class MarkColumns:
    """The columns of a file by what they hold: marks of items, final grades, and other results that are recorded.

    What stands `beside` is for whoever reads the file, by `MarkSheet.stated`, and goes no further.
    """

    items: tuple[Column, ...] = field(default=(), converter=_as_columns)
    finals: tuple[Column, ...] = field(default=(), converter=_as_columns)
    recorded: tuple[Column, ...] = field(default=(), converter=_as_columns)
    beside: tuple[Column, ...] = field(default=(), converter=_as_columns)


class MarkSheet(Generic[_Who]):
    """The rows of the learners while they are entered.

    `identify` makes a learner of what a row says of one, whose id is empty where the row names nobody. `exempt` lists
    the cells that exempt, in any case, and `words` what else stands for no number in a cell of marks; `number` says
    how numbers are read. `groups` are the places of what else a row says of its learner, with their headings.
    `is_whole` tells a row that says itself that cells are missing in it.
    """

    def __init__(  # noqa: PLR0913 - one for each thing that systems differ in
        self,
        sheet: RecordSheet[_Who],
        columns: MarkColumns,
        identify: Callable[[_Who], Learner],
        *,
        exempt: Iterable[str],
        words: Mapping[str, Word] = _NO_WORDS,
        number: Expected[Any] = NUMBER,
        groups: Mapping[int, str] = _NO_GROUPS,
        is_whole: Callable[[_Who], bool] = lambda _: True,
    ) -> None:
        self.sheet = sheet
        self.columns = columns
        self._identify = identify
        self._is_whole = is_whole
        self._groups = groups
        self._cells = _Cells(columns, {**words, **exempting(exempt)}, number)
        self._numbers = array("I")
        self._row_of: dict[str, int] = {}
        self._learners: dict[str, Learner] = {}
        self._places, self._finals, self._recorded = self._cells.layouts(columns)
        self._rows: dict[str, bytes] = {}
        self._are_wide = False
        self._unread: dict[Column, list[Problem]] = {}
        self._said: dict[tuple[Column, Word], list[int]] = {}
        self._exempt_token = ""

    def enter(self, row: SheetRow) -> None:
        """Enter a learner's row, unless it names no learner or one who has a row already."""
        stated = self.sheet.read(row)
        if stated is None:
            return
        self._check_shape(row, stated)
        learner = self._identify(stated)
        id_ = learner.id
        if not id_:
            self._report("no_learner_id", row, "the row has no learner id and is not read; fill in its key column")
        elif id_ in self._rows:
            message = f"its learner stands in row {self._number_of(id_)} too, and only that row is read; delete one"
            self._report("duplicate_learner", row, message)
        else:
            self._numbers.append(row.number)
            if self._row_of:
                self._row_of[id_] = row.number
            self._learners[id_] = self._in_groups(learner, row) if self._groups else learner
            codes = self._cells.read(row.cells)
            self._enter(id_, self._judge(row, codes) if self._cells.odd else codes)

    def settle_ids(self, *, marked: bool = False) -> None:
        """Know by the number of their rows those whose id may be a name (J32).

        It has several words, or is one word where most are written as names are, unless ids are `marked` as such, or no
        digit where most ids have nothing else.
        """
        digits = sum(map(str.isdigit, self._rows))
        if digits == len(self._rows):
            return
        mostly = 2 * digits > len(self._rows) and digits >= _LEAST_ALIKE
        named = 0 if marked else sum(is_written_as_name(id_) and self._is_word(id_) for id_ in self._rows)
        by_word = mostly or 2 * named > len(self._rows)
        odd = [id_ for id_ in self._rows if (is_several_words(id_) and not marked) or (by_word and self._is_word(id_))]
        renamed = {id_: self._by_row(id_) for id_ in odd}
        self._tell_names(list(renamed.values()))
        self._rows = {renamed.get(id_, id_): row for id_, row in self._rows.items()}
        self._learners = {each.id: each for each in self._learners.values()}
        self._row_of = {}

    def columns_of_words(self) -> dict[str, str]:
        """Return, by item, a text that stands where numbers should, of each column that has texts alone.

        What was said of their cells one by one is taken back: whoever asks has one thing to say of the whole column.
        """
        of_words = [column for column in self._unread if not self._has_number(column)]
        taken_back = {id(problem) for column in of_words for problem in self._unread.pop(column)}
        self.sheet.problems[:] = [each for each in self.sheet.problems if id(each) not in taken_back]
        return {column.of: self._first_text(column) for column in of_words}

    def stated(self, column: Column) -> Iterator[tuple[str, Any]]:
        """Yield what stands in a column, by learner; None where it is blank."""
        nth, values = self._cells.nth[column], self._cells.legend.values
        return ((id_, values[codes[nth]]) for id_, codes in zip(self._rows, self._codes(), strict=True))

    def counts(self, column: Column) -> Counter[Any]:
        """Return how many learners have each value that stands in a column, blanks aside."""
        nth, values = self._cells.nth[column], self._cells.legend.values
        counts = Counter(map(itemgetter(nth), self._codes()))
        return Counter({values[code]: count for code, count in counts.items() if code != NO_VALUE})

    def stated_beside(self, columns: Iterable[Column]) -> dict[str, dict[str, Any]]:
        """Return what stands in columns that is not blank and no zero, by learner and then by what they are of."""
        found: dict[str, dict[str, Any]] = {}
        for column in columns:
            codes = {*map(itemgetter(self._cells.nth[column]), self._codes())}
            some = any(self._cells.legend.values[code] for code in codes)
            for learner, value in self.stated(column) if some else ():
                if value:
                    found.setdefault(learner, {})[column.of] = value
        return found

    def change(self, learner: str, column: Column, mark: MarkValue) -> None:
        """Put another mark in the place of one that was entered."""
        codes = [*unpack(self._rows[learner], len(self._cells.columns))]
        codes[self._cells.nth[column]] = self._cells.legend.code(mark)
        self._enter(learner, codes)

    def take_back(self, code: str, columns: Iterable[Column]) -> None:
        """Say no longer what was said of the headings of columns."""
        paths = {self.sheet.cell(self.sheet.header, column.place).path for column in columns}
        self.sheet.problems[:] = [each for each in self.sheet.problems if each.code != code or each.path not in paths]

    def imported(self, gradebook: Gradebook, system: str = "") -> Imported:
        """Return what was entered, beside the gradebook that it is of."""
        self._tell_words()
        values, count = self._cells.legend.values, len(self._cells.columns)
        return Imported(
            gradebook,
            MarkRows(self._places, values, self._rows, count),
            tuple(self.sheet.problems),
            self._learners,
            ResultRows(self._finals, values, self._rows, count),
            ResultRows(self._recorded, values, self._rows, count),
            self._exempt_token,
            system,
        )

    def _number_of(self, id_: str) -> int:
        """Return the number of a learner's row: they are looked up only in a file in which somebody has two."""
        if not self._row_of:
            self._row_of = dict(zip(self._rows, self._numbers, strict=True))
        return self._row_of[id_]

    def _enter(self, learner: str, codes: Codes) -> None:
        packed = self._rows[learner] = pack(codes)
        self._are_wide = self._are_wide or len(packed) > len(codes)

    def _codes(self) -> Iterable[Codes]:
        """Return the codes of everybody, most of whom have a byte for each."""
        packed, count = self._rows.values(), len(self._cells.columns)
        return (unpack(each, count) for each in packed) if self._are_wide else packed

    def _in_groups(self, learner: Learner, row: SheetRow) -> Learner:
        cells = ((heading, self.sheet.text(row, place)) for place, heading in self._groups.items())
        return evolve(learner, groups={**learner.groups, **{heading: text for heading, text in cells if text}})

    def _check_shape(self, row: SheetRow, stated: _Who) -> None:
        self.sheet.has_strays(row)
        if not self._is_whole(stated):
            message = "the row does not end as it should, so cells may be missing or shifted; compare it"
            self._report("broken_row", row, message)
        else:
            self.sheet.is_short(row)

    def _judge(self, row: SheetRow, codes: Codes) -> Codes:
        """Return the codes of a row in which there is something to say, and say it."""
        self._cells.odd.clear()
        judged = list(codes)
        for nth, (column, memo) in enumerate(zip(self._cells.columns, self._cells.memos, strict=True)):
            text = self.sheet.text(row, column.place)
            word = memo.words.get(text.casefold()) if text else None
            if text and word is None and text not in memo:
                judged[nth] = self._odd(row, column, memo.expected, codes[nth])
            elif text and word and word.value is EXEMPT:
                self._see_token(row, column, text)
            elif word and word.message:
                self._said.setdefault((column, word), []).append(row.number)
        return judged

    def _is_word(self, id_: str) -> bool:
        """Return whether an id has no digit and is no name that a system knows the learner by."""
        return not has_digit_or_address(id_) and id_ != self._learners[id_].username

    def _by_row(self, id_: str) -> str:
        """Give a learner the number of the row for an id, and return it."""
        path = f"row {self._number_of(id_)}"
        self._learners[id_] = evolve(self._learners[id_], id=path)
        return path

    def _tell_names(self, renamed: Sequence[str]) -> None:
        """Say who is known by the number of a row: of many at once."""
        if len(renamed) <= _MOST_TOLD:
            for path in renamed:
                message = f"what stands for an id may be a name, so that the learner is known as {path!r}"
                self.sheet.problems.append(Problem("name_for_id", path, f"{message}; fill in the id"))
            return
        message = f"what stands for ids may be names; {len(renamed)} learners are known by rows, as {renamed[0]!r}"
        self.sheet.problems.append(Problem("name_for_id", self.sheet.header.path, f"{message}; fill in the ids"))

    def _odd(self, row: SheetRow, column: Column, expected: Expected[Any], code: int) -> int:
        """Return what a cell is taken for that is not as expected: a mark is its text, and a result is not there."""
        before = len(self.sheet.problems)
        cell = self.sheet.cell(row, column.place)
        value = UnshownText(cell.value) if self._may_be_a_name(row, column) else cell.value
        evolve(cell, value=value).read(expected, None, "the cell")
        said = self.sheet.problems[before:]
        if said and column.part:
            return NO_VALUE
        if said:
            self._unread.setdefault(column, []).extend(said)
        return code

    def _may_be_a_name(self, row: SheetRow, column: Column) -> bool:
        """Return whether a cell may say who somebody is (J28): by itself, its row being out of place, or as others."""
        if len(row.cells) != len(self.sheet.header.cells) or may_be_a_name(row.cells[column.place]):
            return True
        text = row.cells[column.place].casefold()
        return any(text in row.cells[place].casefold() for place in (*self.sheet.places.values(), *self._groups))

    def _see_token(self, row: SheetRow, column: Column, token: str) -> None:
        self._exempt_token = self._exempt_token or token
        if token != self._exempt_token:
            message = f"an exemption is {token!r} here and {self._exempt_token!r} before; what is written back has one"
            self.sheet.cell(row, column.place).report("other_exempt_token", message, Severity.NOTICE)

    def _tell_words(self) -> None:
        for (column, word), numbers in self._said.items():
            path = f"row {numbers[0]}, {self.sheet.column(column.place)}"
            others = f" (and so in {len(numbers) - 1} more rows)" if len(numbers) > 1 else ""
            self.sheet.problems.append(Problem(word.code, path, f"{word.message}{others}", word.severity))
        self._said.clear()

    def _has_number(self, column: Column) -> bool:
        return any(not isinstance(value, (str, NoScore, NoneType, Mark)) for _, value in self.stated(column))

    def _first_text(self, column: Column) -> str:
        return next(text for _, text in self.stated(column) if isinstance(text, str))

    def _report(self, code: str, row: SheetRow, message: str) -> None:
        self.sheet.problems.append(Problem(code, row.path, message))


class _Cells:
    """The columns that are read of each row, the marks first, and what each text in them means."""

    def __init__(self, columns: MarkColumns, words: Mapping[str, Word], number: Expected[Any]) -> None:
        self.columns = [*columns.items, *columns.finals, *columns.recorded, *columns.beside]
        self.nth = {column: nth for nth, column in reversed(list(enumerate(self.columns)))}
        self.odd: list[str] = []
        self.legend = Legend()
        memos: dict[tuple[Expected[Any], bool], CellMemo] = {}
        blank = {text: word for text, word in words.items() if word.value is None}
        self.memos: list[CellMemo] = []
        for column in self.columns:
            expected, worded = _expected(column, number), not column.part
            known = words if worded else blank
            numeric = expected is not TEXT and column.kind is not ItemKind.SELECTBOX
            new = CellMemo(expected, {**DASHES, **known} if numeric else known, self.legend, self.odd)
            self.memos.append(memos.setdefault((expected, worded), new))
        places = [column.place for column in self.columns]
        self._width = max(places, default=-1) + 1
        self._pick: Callable[[list[str]], tuple[str, ...]] = (
            itemgetter(*places) if len(places) > 1 else lambda cells: tuple(cells[place] for place in places)
        )

    def read(self, cells: list[str]) -> Codes:
        """Return what stands in each column."""
        if len(cells) < self._width:
            cells = cells + [""] * (self._width - len(cells))
        return [*map(getitem, self.memos, self._pick(cells))]

    def layouts(self, columns: MarkColumns) -> tuple[dict[str, int], dict[str, Parts], dict[str, Parts]]:
        """Return where the values of items, of finals and of other results stand."""
        finals, recorded = len(columns.items), len(columns.items) + len(columns.finals)
        places = {column.of: nth for nth, column in enumerate(columns.items)}
        return places, _parts(columns.finals, finals), _parts(columns.recorded, recorded)


def _expected(column: Column, number: Expected[Any]) -> Expected[Any]:
    if column.expected is not None:
        return column.expected
    as_text = column.part == "symbol" or column.kind in _AS_TEXT
    return TEXT if as_text else number


def _parts(columns: Iterable[Column], start: int) -> dict[str, Parts]:
    found: dict[str, Parts] = {}
    for nth, column in enumerate(columns, start):
        found[column.of] = (*found.get(column.of, ()), (column.part, nth))
    return found
