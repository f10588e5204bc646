# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Why something is what it is, in words: reasons that carry a code and arguments, and the tables of their texts.

>>> texts = ReasonTexts("exam", {"late": "handed in {0} days late, of which {1} are free"})
>>> late = texts.reason("late", Fraction(7, 2), 2)
>>> late
'handed in 3.5 days late, of which 2 are free'
>>> late.room, late.code, late.arguments
('exam', 'late', (Fraction(7, 2), 2))

A program compares the code, and a person reads the text. Each room of the house declares its own table, in English, and
this is the one place that makes a text of it; a `Language` makes another text of the same code and arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from fractions import Fraction
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Protocol, Self, TypeVar

from attrs import field

from .exact import ABOUT, Exact, read_result, write_exact, write_short
from .moments import written
from .values import frozen

_Kind = TypeVar("_Kind", bound="Said")

Note = tuple[object, ...]
"""A code and what its text speaks of: exact numbers and texts."""


class Shows(Protocol):
    """What shows numbers, such as a `Rounding`."""

    def show(self, value: Exact) -> str:
        """Return the text of a number."""
        ...


class Shown(NamedTuple):
    """An argument that is an exact number with the text that it is shown with, in digits."""

    number: Exact
    text: str


class Said(str):
    """A text of the library's own, with its `code`, the `arguments` of it, and the `room` whose table has it.

    `told` has the text of each argument, numbers in digits with a decimal point.
    """

    __slots__ = ("arguments", "code", "room", "told")

    code: str
    arguments: tuple[object, ...]
    room: str
    told: tuple[str, ...]

    def __new__(
        cls, code: str, text: str, arguments: tuple[object, ...] = (), room: str = "", told: tuple[str, ...] = ()
    ) -> Self:
        """Return the text with this code."""
        said = super().__new__(cls, text)
        said.code, said.arguments, said.room, said.told = code, arguments, room, told
        return said

    def in_words(self, text: str) -> Self:
        """Return the same in other words, such as a line that it is a part of."""
        return type(self)(self.code, text, self.arguments, self.room, self.told)

    def to_data(self) -> dict[str, Any]:
        """Return its room, its code and its arguments as plain data, numbers exact and as they are shown (LA1)."""
        arguments = list(map(_as_data, self.arguments, self.told))
        return {"room": self.room, "code": self.code, "arguments": arguments}

    def __getnewargs__(self) -> tuple[str, str, tuple[object, ...], str, tuple[str, ...]]:  # type: ignore[override]
        return self.code, str(self), self.arguments, self.room, self.told


class Reason(Said):
    """A reason: what is said is a sentence that can stand alone."""

    __slots__ = ()


def _as_texts(texts: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(texts))


@frozen
class ReasonTexts:
    """The reasons that one room gives: by code a text, with a place `{0}`, `{1}`, … for each argument."""

    room: str
    texts: Mapping[str, str] = field(converter=_as_texts)

    def reason(self, code: str, *arguments: object, show: Callable[[Exact], str] = write_short) -> Reason:
        """Return the reason with this code: its numbers as `show` writes them, moments with their zone.

        An argument may be `Shown`, what is said itself, a member of an enumeration or several of these, too.
        """
        return self._made(Reason, code, arguments, show)

    def phrase(self, code: str, *arguments: object, show: Callable[[Exact], str] = write_short) -> Said:
        """Return what has this code as a part of a sentence, such as a name or a figure; else as `reason` does."""
        return self._made(Said, code, arguments, show)

    def _made(self, kind: type[_Kind], code: str, arguments: tuple[object, ...], show: Callable[[Exact], str]) -> _Kind:
        told = tuple([_told(argument, show) for argument in arguments])
        exact = tuple([argument.number if isinstance(argument, Shown) else argument for argument in arguments])
        return kind(code, self.texts[code].format(*told), exact, self.room, told)


CHOICES: Final = "choices"
"""The room of what is said of a member of an enumeration, whose code is the name of its class and its own."""


def say(member: Enum, text: str = "") -> Said:
    """Return a member of an enumeration as what is said of it: its value in words, if nothing else is.

    >>> from gradecalc.verdicts import Verdict
    >>> say(Verdict.NOT_MET), say(Verdict.NOT_MET).code
    ('not met', 'Verdict.NOT_MET')
    """
    return Said(f"{type(member).__name__}.{member.name}", text, (), CHOICES) if text else _say_value(member)


@lru_cache(1 << 10)
def _say_value(member: Enum) -> Said:
    return Said(f"{type(member).__name__}.{member.name}", str(member.value).replace("_", " "), (), CHOICES)


NUMBERS: Final = ReasonTexts(
    "numbers", {"about": f"{ABOUT}{{0}}", "number": "{0}", "of": "{0} of {1}", "percent": "{0} %"}
)
"""A number as a text of its own; `about` is one that is too long to be written out."""

REPORT: Final = ReasonTexts(
    "report",
    {
        "all_dropped": "all its results are dropped, so it has no score of its own",
        "all_weights_zero": "all the weights that count are zero, so it has no score of its own",
        "best_of": "weighting {0} is chosen, which comes to {1} %",
        "best_of_other": "weighting {0} comes to {1} %",
        "best_of_unnamed": "weighting {0} does not count it",
        "best_of_without": "weighting {0} has no score",
        "bonus_never_costs": "a bonus never costs: {0} points add nothing",
        "capped": "{0} points are capped at its maximum of {1}",
        "capped_at": "{0} points are capped at {1}",
        "class_adjusted": "{0} points before: {1}",
        "dropped_highest": "dropped as one of the highest",
        "dropped_lowest": "dropped as one of the lowest",
        "exempt": "exempt: it does not apply to this learner",
        "exempt_branch": "exempt: nothing in it applies to this learner",
        "exempt_keeps_number": "exempt: the recorded {0} is kept and does not count",
        "exempt_within": "exempt with all of {0}",
        "floored": "{0} points are raised to its minimum of {1}",
        "formula_without_score": "its formula has no score: {0}",
        "late": "{0} points before lateness; {1} late, which takes {2}",
        "late_covered": "{0} late: {1} spent of the bank, which leaves {2}",
        "late_not_accepted": "{0} points before lateness; {1} late is later than work is accepted",
        "hurdle_cap": "{0} is below its pass mark of {1} %, so the final is at most {2} %",
        "hurdle_open": "{0} has no score yet, so its hurdle is open",
        "hurdle_symbol": "{0} is below its pass mark of {1} %, so the final is {2}",
        "left_out": "nothing recorded: left out",
        "missing_filled": "missing: {0} points, as the late policy has it",
        "not_counted": "does not count towards {0}",
        "nothing_chosen_graded": "nothing that it is over has a score",
        "nothing_counts": "nothing counts in it, so it has no score of its own",
        "nothing_graded": "nothing in it is graded, so it has no score of its own",
        "only_bonus": "only bonus is graded in it, so it has no score of its own",
        "out_of_zero_counts_in_full": "out of 0: counts in full",
        "out_of_zero_leaves": "out of 0: it has no percent, so it leaves",
        "overridden": "set to {0} points; computed {1}",
        "set_by": "set by {0}",
        "noted": "note: {0}",
        "replaced": "replaced by {0}: {1} % instead of {2} %",
        "replaced_exempt": "replaced by {0}: {1} %, exempt as it is",
        "replaced_nothing": "replaced by {0}: {1} % where there was no score",
        "rounded": "rounded from {0} %",
        "rounded_points": "rounded from {0} points",
        "symbol_only": "{0} stands in the place of a score; computed {1}",
        "symbol_set": "its symbol is set to {0}",
        "ungraded_as_zero": "nothing recorded: counts as zero",
        "weight_moved": "its weight of {0} % moved to {1}",
        "weight_received": "carries the weight of {1} too: {0} %",
        "weight_stays": "its weight of {0} % does not move: {1} does not count",
        "without_score_as_zero": "it has no score: counts as zero",
    },
)
"""What a report says of its items and branches."""


class Lack(Enum):
    """Why a line of a report has no score of its own; for what is computed, the code of the reason that says so."""

    EXEMPT = "exempt"
    UNGRADED = "ungraded"
    """Nothing is recorded for the item, even if that counts as zero."""
    ALL_DROPPED = "all_dropped"
    ALL_WEIGHTS_ZERO = "all_weights_zero"
    NOTHING_CHOSEN_GRADED = "nothing_chosen_graded"
    NOTHING_COUNTS = "nothing_counts"
    NOTHING_GRADED = "nothing_graded"
    NO_VALUE = "formula_without_score"
    ONLY_BONUS = "only_bonus"
    SYMBOL_ONLY = "symbol_only"
    """A symbol is set by hand, and no score is to stand beside it."""


def reason(note: Note, shown: Shows) -> Reason:
    """Return the reason that a note of a report states, its numbers exact where short and as `shown` otherwise."""
    code, *arguments = note
    return REPORT.reason(str(code), *arguments, show=lambda value: write_short(value, partial(_roughly, shown)))


def _roughly(shown: Shows, value: Exact) -> str:
    """Return a number as it is shown, and that it is about so much where that is not all of it."""
    text = shown.show(value)
    return text if read_result(text) == value else f"{ABOUT}{text}"


def _told(argument: object, show: Callable[[Exact], str]) -> str:
    if type(argument) is str:
        return argument
    if isinstance(argument, Shown):
        return argument.text
    if isinstance(argument, tuple):
        return ", ".join(_told(each, show) for each in argument)
    if isinstance(argument, (int, Fraction)):
        return show(argument)
    if isinstance(argument, Enum):
        return str(argument.value)
    return written(argument) if isinstance(argument, datetime) else str(argument)


def _as_data(argument: object, told: str) -> Any:
    if isinstance(argument, Said):
        return argument.to_data()
    if isinstance(argument, Enum):
        return say(argument).to_data()
    if isinstance(argument, (int, Fraction)):
        return {"number": write_exact(argument), "shown": told}
    return [_as_data(each, str(each)) for each in argument] if isinstance(argument, tuple) else told
