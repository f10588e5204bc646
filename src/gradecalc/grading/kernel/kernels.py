# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What was compiled of a plan: a kernel for each policy that was asked for, made when a learner is first graded.

A kernel answers with the exact final, or with nothing, and then the exact engine is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from operator import itemgetter
from typing import Any, Final, NamedTuple

from ...errors import Problem
from ...exact import NumberError, read_number
from ...marks import EXEMPT, READ_ALIKE, ItemKind, Mark, MarkValue, UngradedPolicy, read_mark
from ..planned import AnyLine, PlannedHurdle, PlannedItem
from .lowering import lower
from .program import Told
from .python import Run, RunAll, compile_all, compile_program, worked_out
from .tables import BeyondError

_are_plain: Final = READ_ALIKE.issuperset
_FIRST_FEW: Final = 2
"""So many learners of a plan are graded before a kernel is made of it."""

_SCARCE: Final = 5
"""Where less than one mark of so many is missing, blanks are filled in; else marks are laid over a row of blanks."""

Pairs = tuple[Any, ...]
"""What lines reached and what they could, one after the other; the final first."""


class All(NamedTuple):
    """What a kernel found of all lines: the pair of each that has a percent, and what is told of the final."""

    pairs: dict[int, tuple[int | None, int]]
    told: dict[Told, int]


class Kernel:
    """One learner's final in one call, and with it every line that it needs; `ids` are those of the marks, in order.

    `places` says of lines where in what comes out their pair is, and `texts` are the ids of items that take a text.
    """

    __slots__ = (
        "_all",
        "_blank",
        "_count",
        "_few_are_missing",
        "_has_met",
        "_make_all",
        "_pick",
        "_texts",
        "ids",
        "places",
        "run",
    )

    def __init__(
        self,
        ids: tuple[str, ...],
        texts: frozenset[str],
        run: Run,
        lines: Sequence[int],
        make_all: Callable[[], RunAll | None],
    ) -> None:
        self.run, self._texts = run, texts
        self.places = {line: slice(2 * nth, 2 * nth + 2) for nth, line in enumerate(lines)}
        self._count, self._few_are_missing = len(ids), len(ids) - len(ids) // _SCARCE
        self._take(ids)
        self._has_met = False
        self._make_all = make_all
        self._all: list[RunAll | None] = []

    def meet(self, marks: Mapping[str, MarkValue]) -> None:
        """Take the ids as they stand in the marks of the first learner who comes.

        A class has mostly the same texts for all its learners, and the same text is found faster than an equal one.
        """
        if not self._has_met:
            self._has_met = True
            own = {id_: id_ for id_ in marks if type(id_) is str}
            self._take(tuple(own.get(id_, id_) for id_ in self.ids))

    def _take(self, ids: tuple[str, ...]) -> None:
        self.ids, self._pick = ids, _picking(ids)
        self._blank: dict[str, MarkValue] = dict.fromkeys(ids)

    def final(self, marks: dict[str, MarkValue]) -> tuple[int, int] | None:
        """Return the final as what was reached of what was possible, or None where the exact engine is to be asked."""
        found = self.answer(marks)
        return None if found is None else found[1][:2]

    def answer(self, marks: dict[str, MarkValue]) -> tuple[dict[str, MarkValue], Pairs] | None:
        """Return a copy of the marks, None for those that are missing, and the pairs of all lines; None as above.

        Marks are passed by their names, for that refuses at no cost what is no text, though it may equal an id.
        """
        try:
            if len(marks) < self._few_are_missing:
                every = dict(self._blank, **marks)
                values: Sequence[Any] = (*every.values(),)
            else:
                every = defaultdict(_NOTHING, **marks)
                values = self._pick(every)
        except TypeError:
            return None
        if len(every) > self._count:
            if not self._are_texts(every):
                return None
            values = values[: self._count]
        try:
            pairs = self.run(values if _are_plain(map(type, values)) else as_read(values))
        except BeyondError:
            return None
        return None if pairs[0] is None else (every, pairs)

    def _are_texts(self, marks: Mapping[str, MarkValue]) -> bool:
        """Return whether all marks beside those that are read are texts where a text is due: they move no figure."""
        return all(
            id_ in self._texts and type(marks[id_]) in _TEXT_OR_BLANK for id_ in marks.keys() - self._blank.keys()
        )

    def everything(self, marks: Mapping[str, MarkValue]) -> All | None:
        """Return all that a program says of a learner whose final was answered, or None; made when first asked for."""
        if not self._all:
            self._all.append(self._make_all())
        run, values = self._all[0], self._pick(marks)
        try:
            return None if run is None else All(*run(values if _are_plain(map(type, values)) else as_read(values)))
        except BeyondError:
            return None


_NOTHING: Final = type(None)
_TEXT_OR_BLANK: Final = frozenset({str, _NOTHING})


def _picking(ids: Sequence[str]) -> Callable[[Mapping[str, MarkValue]], tuple[MarkValue, ...]]:
    """Return what picks the marks for several ids, in order."""
    return itemgetter(*ids) if len(ids) > 1 else lambda marks: tuple(marks[id_] for id_ in ids)


def as_read(values: Sequence[Any]) -> Sequence[Any]:
    """Return marks as tables read them: fractions and decimals as ratios, and of a `Mark` its points.

    A fraction may equal a float whose text states another number.
    """
    return [each if type(each) in READ_ALIKE else _READ_BY.get(type(each), _beyond)(each) for each in values]


def _of_mark(mark: Mark) -> object:
    points = points_of(mark)
    kind = type(points)
    return points if kind in READ_ALIKE else _RATIOS.get(kind, _beyond)(points)


def _beyond(_: object) -> object:
    raise BeyondError


def _of_decimal(number: Decimal) -> tuple[int, int]:
    try:
        return read_number(number).as_integer_ratio()
    except NumberError as error:
        raise BeyondError from error


def points_of(mark: Mark) -> object:
    """Return what is recorded, where nothing else that a mark says moves a figure: who, a note, what changed it."""
    if mark.out_of is not None or mark.symbol is not None:
        raise BeyondError
    if _only_names(mark):
        return mark.points
    try:
        read = read_mark(mark, ItemKind.NUMERIC, None, {})
    except Exception as error:
        raise BeyondError from error
    return EXEMPT if read.exempt else mark.points


def _only_names(mark: Mark) -> bool:
    """Return whether a mark with no maximum or symbol says at most who set it, and a note: nothing can be wrong."""
    return (
        mark.exempt is mark.without_score is False
        and (type(mark.note), type(mark.changes)) == (str, tuple)
        and not mark.changes
        and (mark.by is None or type(mark.by) is str)
    )


_RATIOS: Final[Mapping[type, Callable[[Any], object]]] = {
    Fraction: Fraction.as_integer_ratio,
    Decimal: _of_decimal,
}
_READ_BY: Final[Mapping[type, Callable[[Any], object]]] = {**_RATIOS, Mark: _of_mark}
"""How a mark is read that is not looked up as it is."""


class Kernels:
    """The kernels of a plan, by policy; a copy or a pickle of them compiles its own.

    `passing` are the lines that must be passed, and at which percent. What does not follow from the final percent alone
    is told: `tells_passed` says whether its passing is such, and `tells_symbol` whether its symbol may be.
    """

    __slots__ = ("_asked", "_hurdles", "_lines", "_made", "_passing", "kept", "tells_passed", "tells_symbol")

    def __init__(
        self,
        lines: Sequence[AnyLine],
        hurdles: Sequence[PlannedHurdle] = (),
        passing: Sequence[tuple[int, Fraction]] = (),
    ) -> None:
        self._lines, self._hurdles, self._passing = lines, hurdles, passing
        self.tells_passed = any(line for line, _ in passing)
        self.tells_symbol = any(each.hurdle.final_symbol for each in hurdles)
        self._made: dict[UngradedPolicy | None, Kernel | None] = {}
        self.kept: dict[object, Any] = {}
        """What others made ready of the plan, each under a key of its own."""
        self._asked = 0

    def __reduce__(self) -> tuple[object, ...]:
        return Kernels, (self._lines, self._hurdles, self._passing)

    def kernel(self, ungraded: UngradedPolicy | None) -> Kernel | None:
        """Return the kernel for a policy, or None where the plan is not lowered."""
        try:
            return self._made[ungraded]
        except KeyError:
            return self._made.setdefault(ungraded, self._make(ungraded))

    def kernel_when_worth_it(self, ungraded: UngradedPolicy | None) -> Kernel | None:
        """Return the kernel for a policy, or None where there is none; nor for the first few learners, if not made yet.

        To make one costs as much as to grade some by the exact engine.
        """
        if ungraded in self._made:
            return self._made[ungraded]
        self._asked += 1
        return None if self._asked <= _FIRST_FEW else self.kernel(ungraded)

    def notes(self) -> tuple[Problem, ...]:
        """Return a notice of each line that is in the way of a kernel."""
        return lower(self._lines, None, hurdles=self._hurdles)[1]

    def _make(self, ungraded: UngradedPolicy | None) -> Kernel | None:
        program, _ = lower(self._lines, ungraded, hurdles=self._hurdles)
        if program is None:
            return None
        ids, lines = tuple(self._lines[line].id for line in program.positions), worked_out(program)
        run = compile_program(program, lines)
        texts = frozenset(
            line.id for line in self._lines if isinstance(line, PlannedItem) and line.kind is ItemKind.TEXT
        )
        return Kernel(ids, texts, run, lines, partial(self._make_all, ungraded, program.positions))

    def _make_all(self, ungraded: UngradedPolicy | None, positions: tuple[int, ...]) -> RunAll | None:
        """Return what works out all lines of the same marks, or None where one of them is in the way."""
        lines = [each.line for each in self._lines if not isinstance(each, PlannedItem)]
        program, _ = lower(self._lines, ungraded, hurdles=self._hurdles, also=lines, passing=self._passing)
        return None if program is None or program.positions != positions else compile_all(program, lines)
