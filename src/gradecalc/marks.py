# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a learner has: a number, `UNGRADED` or `EXEMPT`, with its circumstances where they matter.

Blank is never zero by accident: what the calculation makes of a blank is the gradebook's policy, and stands in the
report, not here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final, NamedTuple, final

from attrs import field

from .digests import digest_of
from .exact import (
    Exact,
    NumberError,
    describe,
    ratio,
    read_number,
    represent,
    write_exact,
)
from .values import frozen


class NoScore(Enum):
    """The two ways of having no number."""

    UNGRADED = "ungraded"
    """Nothing has been recorded."""
    EXEMPT = "exempt"
    """The work does not apply to this learner."""

    __hash__ = object.__hash__  # an enum's own is far slower, and these are looked up for every mark

    def __repr__(self) -> str:
        return self.name


_COMMON: Final = 10**9
_NUMBERS: Final = frozenset({float, Fraction})

UNGRADED: Final = NoScore.UNGRADED
EXEMPT: Final = NoScore.EXEMPT


class UngradedPolicy(Enum):
    """What ungraded work does to the branch or formula it stands in."""

    LEAVE_OUT = "leave_out"
    AS_ZERO = "as_zero"
    AS_ZERO_ONCE_GRADED = "as_zero_once_graded"
    """Zero, but only once something there has a score."""


Recordable = int | float | Decimal | Fraction | bool | str | NoScore | None


Recorded = Exact | str | bool | None


class ItemKind(Enum):
    """What kind of mark an item takes."""

    NUMERIC = "numeric"
    """A number of points."""
    PASS_FAIL = "pass_fail"
    """`True` for full points, `False` for none; a number of points is taken too."""
    SELECTBOX = "selectbox"
    """A symbol of the item's scheme; a number of points is taken too."""
    TEXT = "text"
    """A text, which never counts."""

    __hash__ = object.__hash__  # as above


class ChangeKind(Enum):
    """What changed points before they were a mark; the value is the code of the reason that a report gives."""

    LATE = "late"
    """The points before, how late, and what lateness takes."""
    COVERED = "late_covered"
    """How late, what a bank spends on it, and what is left in it."""
    NOT_ACCEPTED = "late_not_accepted"
    """The points before, and how late."""
    MISSING = "missing_filled"
    """The points that missing work gets."""
    CLASS = "class_adjusted"
    """The points before, and how they were adjusted by the figures of a class."""


CHANGE_FIGURES: Final[Mapping[ChangeKind, int]] = {
    ChangeKind.LATE: 3,
    ChangeKind.COVERED: 3,
    ChangeKind.NOT_ACCEPTED: 2,
    ChangeKind.MISSING: 1,
    ChangeKind.CLASS: 2,
}
"""How many figures each change has."""


@frozen
class Change:
    """One thing that changed a mark's points before they were recorded, with the figures that its kind lists."""

    kind: ChangeKind
    figures: tuple[int | float | Decimal | Fraction | str, ...]


@frozen
class Mark:
    """A mark with its circumstances.

    `out_of` is this learner's own maximum, in points; an `exempt` mark keeps its number, which does not count; `by`
    says who set it, for an override that only its owner may lift; `note` is shown with it, and so are the `changes`
    that made the points what they are, first to last. A `symbol` is set by hand while the score stays, or, on a branch
    `without_score`, in its place.
    """

    points: Recordable = field(default=None, repr=represent)
    out_of: int | float | Decimal | Fraction | None = field(default=None, repr=represent)
    exempt: bool = False
    by: str | None = None
    note: str = ""
    changes: tuple[Change, ...] = ()
    symbol: str | None = field(default=None, kw_only=True)
    without_score: bool = field(default=False, kw_only=True)


MarkValue = Recordable | Mark
Marks = Mapping[str, MarkValue]
"""One learner's record: item id to mark; what is not in it is ungraded."""


@final
class Reading(NamedTuple):
    """A mark as read: the number of points if there is one, this learner's maximum, and what was recorded."""

    points: Exact | None = None
    out_of: Exact | None = None
    exempt: bool = False
    recorded: Recorded = None
    by: str | None = None
    note: str = ""
    changes: tuple[tuple[ChangeKind, *tuple[Exact | str, ...]], ...] = ()
    """Each with its figures."""
    symbol: str | None = None
    without_score: bool = False


READ_ALIKE: Final = frozenset({int, float, type(None), NoScore})
"""The types of marks of which equal ones are read alike, so that they may be looked up; numbers only while `is_alike`.

A truth value is none, for it would be taken for the number that it equals.
"""
_NOT_ALIKE: Final = 2**53


def is_alike(number: Exact | float) -> bool:
    """Return whether a float that equals the number says the same; beyond 2 to the 53 its text states another."""
    return -_NOT_ALIKE < number < _NOT_ALIKE


NOTHING_RECORDED: Final = Reading()
EXEMPTED: Final = Reading(exempt=True)
_CIRCUMSTANCES: Final = ("out_of", "exempt", "by", "note", "changes", "symbol", "without_score")


def digest_of_marks(record: Mapping[str, Reading]) -> str:
    """Return a short text that two records of marks share if the same is recorded, in whatever order and type (Z10)."""
    plain = {id_: _as_plain(reading) for id_, reading in record.items()}
    return digest_of({id_: each for id_, each in plain.items() if each is not None})


def _as_plain(reading: Reading) -> object:
    """Return a mark as plain data: a number as its exact text, and with the circumstances that it has, as a table.

    It is None where nothing is recorded.
    """
    recorded, circumstances = _value_as_plain(reading.recorded), _circumstances(reading)
    if circumstances == _NO_CIRCUMSTANCES:
        return recorded
    stated = {
        name: _value_as_plain(held)
        for name, held, usual in zip(_CIRCUMSTANCES, circumstances, _NO_CIRCUMSTANCES, strict=True)
        if held != usual
    }
    return {"recorded": recorded, **stated}


def _circumstances(reading: Reading) -> tuple[object, ...]:
    return reading[1:3] + reading[4:]


def _value_as_plain(value: object) -> object:
    if type(value) is Fraction or type(value) is int:
        return write_exact(value)
    if isinstance(value, tuple):
        return list(map(_value_as_plain, value))
    if isinstance(value, ChangeKind):
        return value.value
    if isinstance(value, str):
        return {"text": value}
    return value


_NO_CIRCUMSTANCES: Final = _circumstances(NOTHING_RECORDED)


class UnreadableMarkError(ValueError):
    """What was recorded is not a mark of this kind of item; the text says why."""


def read_mark(value: object, kind: ItemKind, max_points: Exact | None, symbols: Mapping[str, Exact]) -> Reading:
    """Return the mark as read for an item of a kind out of `max_points`; `symbols` gives the percent of each symbol.

    Raises `UnreadableMarkError` for what is not a mark of that kind.
    """
    if type(value) is int and -_COMMON < value < _COMMON and kind is not ItemKind.TEXT:
        return Reading(value, None, False, value)  # noqa: FBT003 - a tuple built in a hot path
    if type(value) in _NUMBERS and kind is not ItemKind.TEXT:
        return _number(value)
    if isinstance(value, Mark):
        return _with_circumstances(value, kind, max_points, symbols)
    if value is None or value is UNGRADED:
        return NOTHING_RECORDED
    if value is EXEMPT:
        return EXEMPTED
    return _READERS[kind](value, max_points, symbols)


def _with_circumstances(mark: Mark, kind: ItemKind, max_points: Exact | None, symbols: Mapping[str, Exact]) -> Reading:
    if isinstance(mark.points, Mark):
        raise UnreadableMarkError("a mark within a mark is not a mark")
    if not isinstance(mark.exempt, bool):
        raise UnreadableMarkError(f"exempt is {describe(mark.exempt)}; it must be True or False")
    out_of = max_points if mark.out_of is None else _own_maximum(mark.out_of)
    inner = read_mark(mark.points, kind, out_of, symbols)
    own = None if mark.out_of is None else out_of
    by = None if mark.by is None else str(mark.by)
    changes = _changes(mark.changes) if mark.changes else ()
    read = Reading(inner.points, own, mark.exempt or inner.exempt, inner.recorded, by, str(mark.note), changes)
    if mark.symbol is None and mark.without_score is False:
        return read
    return _with_symbol(read, mark.symbol, mark.without_score)


def _with_symbol(read: Reading, symbol: object, without_score: object) -> Reading:
    if not isinstance(symbol, str) or not symbol:
        hint = ", and without_score needs one" if symbol is None else ""
        raise UnreadableMarkError(f"symbol is {describe(symbol)}; it must be a text{hint}")
    if not isinstance(without_score, bool):
        raise UnreadableMarkError(f"without_score is {describe(without_score)}; it must be True or False")
    if without_score and read.points is not None:
        raise UnreadableMarkError(f"{describe(symbol)} is to stand without a score, and there is one beside it")
    return read._replace(symbol=symbol, without_score=without_score)


def _changes(changes: object) -> tuple[tuple[ChangeKind, *tuple[Exact | str, ...]], ...]:
    if not isinstance(changes, tuple) or not all(isinstance(each, Change) for each in changes):
        raise UnreadableMarkError(f"changes is {describe(changes)}; it must be a tuple of Change")
    return tuple((change.kind, *_figures(change)) for change in changes)


def _figures(change: Change) -> tuple[Exact | str, ...]:
    if not isinstance(change.kind, ChangeKind) or not isinstance(change.figures, tuple):
        raise UnreadableMarkError("a change has a ChangeKind and a tuple of figures")
    due = CHANGE_FIGURES[change.kind]
    if len(change.figures) != due:
        raise UnreadableMarkError(f"a change {change.kind.name} has {due} figures, not {len(change.figures)}")
    try:
        return tuple(each if isinstance(each, str) else read_number(each) for each in change.figures)
    except NumberError as error:
        raise UnreadableMarkError(f"a figure of a change: {error}") from None


def _own_maximum(value: object) -> Exact:
    try:
        out_of = read_number(value)
    except NumberError as error:
        raise UnreadableMarkError(f"out_of: {error}") from None
    if out_of < 0:
        raise UnreadableMarkError(f"out_of is {describe(out_of)}; a maximum is 0 or more")
    return out_of


def _number(value: object, *_: object) -> Reading:
    try:
        points = read_number(value)
    except NumberError as error:
        hint = "; for an exemption write EXEMPT" if isinstance(value, str) and value.casefold() == "exempt" else ""
        raise UnreadableMarkError(f"{error}{hint}") from None
    return Reading(points, None, False, points)  # noqa: FBT003 - a tuple built in a hot path


def _pass_or_fail(value: object, max_points: Exact | None, _: Mapping[str, Exact]) -> Reading:
    if isinstance(value, bool):
        return Reading((max_points or 0) if value else 0, recorded=value)
    return _number(value)


def _symbol(value: object, max_points: Exact | None, symbols: Mapping[str, Exact]) -> Reading:
    if not isinstance(value, str):
        return _number(value)
    if value not in symbols:
        raise UnreadableMarkError(f"{describe(value)} is no symbol of its scheme, which has: {', '.join(symbols)}")
    return Reading(ratio((max_points or 0) * symbols[value], 100), recorded=value)


def _text(value: object, *_: object) -> Reading:
    if not isinstance(value, str):
        raise UnreadableMarkError(f"{describe(value)} is not a text, and this item takes text")
    return Reading(recorded=value)


_READERS: Final[Mapping[ItemKind, Callable[[object, Exact | None, Mapping[str, Exact]], Reading]]] = {
    ItemKind.NUMERIC: _number,
    ItemKind.PASS_FAIL: _pass_or_fail,
    ItemKind.SELECTBOX: _symbol,
    ItemKind.TEXT: _text,
}
