# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a definition may say that a file does not: one setting of one line, in words, and put into a gradebook.

>>> from gradecalc import Category, Gradebook, GradeItem
>>> book = Gradebook([Category("Quizzes", [GradeItem("Quiz 1", 10), GradeItem("Quiz 2", 10)])])
>>> setting = Setting("Quizzes", "drop", DropRule(lowest=1))
>>> print(setting)
Quizzes: the lowest result is dropped
>>> with_settings(book, [setting]).children[0].drop.lowest
1
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, Final

from attrs import evolve

from ..exact import write_short
from ..gradebook.aggregation import Mean, SumOfPoints
from ..gradebook.drops import DropRule
from ..gradebook.tree import ROOT_ID, Category, Gradebook, Node
from ..gradebook.weights import WeightedMean
from ..reasons import Reason, ReasonTexts, say
from ..rounding import Rounding
from ..schemes import GradeScheme
from ..values import frozen

SETTINGS: Final = ReasonTexts(
    "settings",
    {
        "final": "Final grade",
        "ungraded.leave_out": "{0}: ungraded work is left out",
        "ungraded.as_zero": "{0}: ungraded work counts as zero",
        "ungraded.as_zero_once_graded": "{0}: ungraded work counts as zero once anything is graded",
        "aggregation.points": "{0}: points are summed",
        "aggregation.mean": "{0}: its parts count alike",
        "aggregation.always": "{0}: weights count, scaled to what counts",
        "aggregation.up": "{0}: weights count, scaled up where they are short of 100",
        "aggregation.never": "{0}: weights count, and are not scaled",
        "drop": "{0}: the {1} lowest and the {2} highest of its results are dropped",
        "drop.highest": "{0}: the {1} highest results are dropped",
        "drop.highest.1": "{0}: the highest result is dropped",
        "drop.lowest": "{0}: the {1} lowest results are dropped",
        "drop.lowest.1": "{0}: the lowest result is dropped",
        "drop.none": "{0}: nothing is dropped",
        "can_exceed.true": "{0}: may exceed its maximum",
        "can_exceed.false": "{0}: is capped at its maximum",
        "round_result": "{0}: is rounded to {1} places, {2}",
        "counts.true": "{0}: counts",
        "counts.false": "{0}: does not count",
        "bonus.true": "{0}: is a bonus",
        "bonus.false": "{0}: is no bonus",
        "scheme": "{0}: its symbols are worth {1}",
        "weight": "{0}: weighs {1}",
        "other": "{0}: {1} is {2}",
    },
)
"""What is changed in a gradebook, in words."""


@frozen
class Setting:
    """One field of one line of a gradebook, by the line's id, and its value."""

    of: str
    name: str
    value: Any

    @property
    def reason(self) -> Reason:
        """The setting in words, with a code for programs."""
        code, *arguments = _in_words(self.name, self.value)
        return SETTINGS.reason(code, SETTINGS.phrase("final") if self.of == ROOT_ID else self.of, *arguments)

    def __str__(self) -> str:
        return str(self.reason)


def with_settings(book: Gradebook, settings: Iterable[Setting]) -> Gradebook:
    """Return the gradebook with these settings in the place of its own; of two of one field the last holds."""
    by_line: dict[str, dict[str, Any]] = {}
    for each in settings:
        by_line.setdefault(each.of, {})[each.name] = each.value
    children = tuple(_changed(child, by_line) for child in book.children)
    return evolve(book, children=children, **by_line.get(ROOT_ID, {}))


def _changed(node: Node, by_line: Mapping[str, Mapping[str, Any]]) -> Node:
    changes = dict(by_line.get(node.id, {}))
    if isinstance(node, Category):
        children = tuple(_changed(child, by_line) for child in node.children)
        if children != node.children:
            changes["children"] = children
    return evolve(node, **changes) if changes else node


def _in_words(name: str, value: Any) -> tuple[Any, ...]:
    """Return the code of a setting's text, and what it speaks of after the line."""
    if isinstance(value, DropRule):
        return _dropping(value.lowest, value.highest)
    if isinstance(value, Rounding):
        return "round_result", value.places, say(value.mode)
    if isinstance(value, GradeScheme):
        return "scheme", ", ".join(f"{band.symbol} {write_short(band.worth)} %" for band in value.bands)
    if name == "weight":
        return "weight", value
    code = f"{name}.{_word(value)}"
    return (code,) if code in SETTINGS.texts else ("other", name, _word(value))


def _dropping(lowest: int, highest: int) -> tuple[Any, ...]:
    """Return what is dropped, by one end or both, and one as one."""
    if lowest and highest:
        return "drop", lowest, highest
    if not lowest and not highest:
        return ("drop.none",)
    end, count = ("lowest", lowest) if lowest else ("highest", highest)
    return (f"drop.{end}.1",) if count == 1 else (f"drop.{end}", count)


def _word(value: Any) -> str:
    if isinstance(value, WeightedMean):
        return value.rescale.value
    if isinstance(value, (SumOfPoints, Mean)):
        return value.name.rpartition(" ")[2]
    return value.value if isinstance(value, Enum) else str(value).lower()
