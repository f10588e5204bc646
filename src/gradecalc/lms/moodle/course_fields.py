# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What the JSON of a course states of its rows, of grades and of its settings, each read whole under its name there.

>>> problems = []
>>> stated = read_record(RowFields, Document({"name": "Essay", "max": "20", "coef": "two"}, "tree", problems))
>>> stated.name, stated.most, stated.coefficient
('Essay', 20, None)
>>> str(problems[0])
"tree.coef: coef is 'two'; it must be a number in decimals from -10^15 to 10^15"

A value that cannot be read is a problem also where a course makes nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from attrs import evolve, field

from ...exact import Exact
from ...values import frozen
from ..documents import (
    AMOUNT,
    COUNT,
    KEY,
    NUMBER,
    TRUTH,
    Document,
    Expected,
    one_of,
)
from ..records import named, read_record
from .aggregation_methods import METHODS, Method
from .grade_bounds import Bounds, RangeSource

DEFAULT_MOST: Final = 100
"""The greatest grade of what states none."""

_MOST: Final = 10**15
_FINEST: Final = 10**20


def _figure(value: Any) -> Exact:
    found = NUMBER.read(value)
    if -_MOST <= found <= _MOST and found.denominator <= _FINEST:
        return found
    raise ValueError


def _hidden(value: Any) -> Exact:
    return int(value) if isinstance(value, bool) else NUMBER.read(value)


def _steps(value: Any) -> int:
    if isinstance(value, (list, tuple)):
        return len([KEY.read(step) for step in value])
    raise ValueError


FIGURE: Final = Expected("a number in decimals from -10^15 to 10^15", _figure)
"""A number of a definition, which nothing that a course has goes beyond."""

_HIDDEN: Final = Expected("true or false, or the moment in seconds until which it is hidden", _hidden)
_SCALE: Final = Expected("a list of the names of its steps", _steps)
_DECIMALS: Final = one_of({str(places): places for places in range(6)})
_SOURCE: Final = one_of({source.value: source for source in RangeSource})


@frozen(kw_only=True)
class RowFields:
    """What a category or an item states of itself; None stands for what it does not state."""

    name: str = field(default="", metadata=named("name"))
    number: str = field(default="", metadata=named("id", KEY))
    idnumber: str = field(default="", metadata=named("idnumber", KEY))
    calculation: str = field(default="", metadata=named("calculation"))
    locked: bool = field(default=False, metadata=named("locked", TRUTH))
    hidden: Exact = field(default=0, metadata=named("hidden", _HIDDEN))
    coefficient: Exact | None = field(default=None, metadata=named("coef", FIGURE))
    weight: Exact | None = field(default=None, metadata=named("weight", FIGURE))
    weight_overridden: bool = field(default=False, metadata=named("weight_overridden", TRUTH))
    pass_mark: Exact | None = field(default=None, metadata=named("pass_mark", FIGURE))
    most: Exact | None = field(default=None, metadata=named("max", FIGURE))
    least: Exact | None = field(default=None, metadata=named("min", FIGURE))
    steps: int = field(default=0, metadata=named("scale", _SCALE))
    """Of an item's scale, 0 where it has none."""
    outcome: bool = field(default=False, metadata=named("outcome", TRUTH))
    type: str = field(default="", metadata=named("type"))
    multiplier: Exact = field(default=1, metadata=named("multiplier", FIGURE))
    offset: Exact = field(default=0, metadata=named("offset", FIGURE))
    method: Method = field(default=Method.NATURAL, metadata=named("method", one_of(METHODS)))
    exclude_empty: bool = field(default=True, metadata=named("exclude_empty", TRUTH))
    include_outcomes: bool = field(default=False, metadata=named("include_outcomes", TRUTH))
    drop_low: int = field(default=0, metadata=named("drop_low", COUNT))
    keep_high: int = field(default=0, metadata=named("keep_high", COUNT))

    @property
    def item_bounds(self) -> Bounds:
        """The range of an item that states this: of its steps, or else up to 100, where it does not say."""
        least = int(self.steps > 0) if self.least is None else self.least
        return Bounds(least, (self.steps or DEFAULT_MOST) if self.most is None else self.most)


@frozen(kw_only=True)
class GradeFields:
    """What stands of one learner's grade: it itself, or an activity's raw score, and how it is to be taken."""

    grade: Exact | None = field(default=None, metadata=named("grade", NUMBER))
    raw: Exact | None = field(default=None, metadata=named("raw", NUMBER))
    raw_least: Exact | None = field(default=None, metadata=named("raw_min", NUMBER))
    raw_most: Exact | None = field(default=None, metadata=named("raw_max", NUMBER))
    deducted: Exact = field(default=0, metadata=named("deducted", AMOUNT))
    excluded: bool = field(default=False, metadata=named("excluded", TRUTH))
    hidden: Exact = field(default=0, metadata=named("hidden", _HIDDEN))
    least: Exact | None = field(default=None, metadata=named("min", NUMBER))
    most: Exact | None = field(default=None, metadata=named("max", AMOUNT))


@frozen(kw_only=True)
class CourseSettings:
    """What a course and its site have set for all of its grades."""

    scales: bool = field(default=True, metadata=named("include_scales", TRUTH))
    outcomes: bool = field(default=True, metadata=named("outcomes", TRUTH))
    unlimited: bool = field(default=False, metadata=named("unlimited_grades", TRUTH))
    bounds: RangeSource | None = field(default=None, metadata=named("min_max", _SOURCE))
    site_bounds: RangeSource = field(default=RangeSource.STORED, metadata=named("site_min_max", _SOURCE))
    decimals: int = field(default=2, metadata=named("decimals", _DECIMALS))


def read_row(document: Document) -> RowFields:
    """Return what a category or an item states; by a number that stands for no method Moodle takes the mean."""
    stated = read_record(RowFields, document) or RowFields()
    unknown = str(document.value.get("method")) if isinstance(document.value, Mapping) else ""
    return evolve(stated, method=Method.MEAN) if unknown.isdecimal() and unknown not in METHODS else stated


def read_grade(document: Document, **given: Any) -> GradeFields:
    """Return what stands of a grade; fields that are `given` are not read."""
    return read_record(GradeFields, document, **given) or GradeFields(**given)


def read_settings(document: Document) -> CourseSettings:
    """Return what a course and its site have set."""
    return read_record(CourseSettings, document) or CourseSettings()


def is_hidden(hidden: Exact, now: datetime | None) -> bool:
    """Return whether something is hidden: always at 1, and above that until that moment."""
    if hidden <= 1:
        return hidden == 1
    return now is None or now.timestamp() < hidden
