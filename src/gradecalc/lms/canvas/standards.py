# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Grading standards: Canvas's letters, both ways.

A grading standard is a list of names and lower bounds. From a score to a name it is an ordinary `GradeScheme`; the
way back, from a name to the score it stands for, is Canvas's own: a little below the next higher bound.

>>> DEFAULT.symbol(86), DEFAULT.score("b"), DEFAULT.score("Z")
('B', Fraction(86, 1), None)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Final

from attrs import field

from ...exact import (
    Exact,
    Number,
    ratio,
    read_number,
    read_text,
)
from ...rounding import Rounding
from ...schemes import Band, GradeScheme
from ...values import frozen
from ..documents import (
    AMOUNT,
    NUMBER,
    TRUTH,
    Document,
    Expected,
)
from ..records import (
    enter,
    named,
    read_record,
)
from .calculators import SERVER, TWO_PLACES, Calculator
from .ids import ID

_STORED: Final = Rounding(4)
_SIGNIFICANT: Final = 4
_MINUS: Final = str.maketrans("−", "-")
_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_ONE: Final = Fraction(1)
_TENTH: Final = Fraction(1, 10)
_HUNDREDTH: Final = Fraction(1, 100)


def _above_zero(value: Any) -> Exact:
    number = NUMBER.read(value)
    if number > 0:
        return number
    raise ValueError


_FACTOR: Final = Expected("a number above 0", _above_zero)


def _by_bound(rows: Iterable[tuple[str, Number]]) -> tuple[tuple[str, Fraction], ...]:
    return tuple(
        sorted(((name, Fraction(read_number(bound))) for name, bound in rows), key=lambda row: row[1], reverse=True)
    )


@frozen(kw_only=True)
class GradingStandard:
    """Names and the fractions they start at, highest first.

    One that is `points_based` is read in points out of `scaling_factor` rather than in percent.
    """

    rows: tuple[tuple[str, Fraction], ...] = field(converter=_by_bound)
    id: str = field(default="", metadata=named("id", ID, required=True))
    title: str = field(default="", metadata=named("title"))
    points_based: bool = field(default=False, metadata=named("points_based", TRUTH))
    scaling_factor: Exact = field(default=1, converter=read_number, metadata=named("scaling_factor", _FACTOR))

    @property
    def scheme(self) -> GradeScheme:
        """The scheme of the engine, in which a name chosen by a grader is worth its score."""
        bands = (Band(name, bound * 100, value=self.score(name)) for name, bound in self.rows)
        return GradeScheme(tuple(bands), self.title)

    def scheme_of(self, calculator: Calculator) -> GradeScheme:
        """Return the scheme by which a calculator looks a score up.

        The browser rounds the bounds, and the score half up, before it looks up; so a band starts half a step lower.
        """
        if not calculator.rounds_look_up:
            return self.scheme
        half = Fraction(1, 2 * 10 ** (TWO_PLACES if self.points_based else _STORED).places)
        starts: dict[Fraction, str] = {}
        for name, bound in self.rows:
            starts.setdefault(Fraction(_significant(bound * 100)) - half, name)
        bands = (Band(name, start, value=self.score(name)) for start, name in starts.items())
        return GradeScheme(tuple(bands), self.title)

    def symbol(self, score: Number, calculator: Calculator = SERVER) -> str:
        """Return the name for a score in percent; the browser rounds the score and the bounds first."""
        return self.scheme_of(calculator).symbol(read_number(score))

    def scaled(self, score: Number) -> Exact:
        """Return a score in percent as the points in which a points-based standard shows it."""
        return ratio(read_number(score) * self.scaling_factor, 100)

    def place(self, grade: str) -> int | None:
        """Return the place of a name, from the top: in any case, and by its number where it is one."""
        wanted = _comparable(grade)
        return next((place for place, (name, _) in enumerate(self.rows) if _comparable(name) == wanted), None)

    def score(self, grade: str) -> Fraction | None:
        """Return the score in percent that a name stands for: the top, or a little below the next higher bound."""
        place = self.place(grade)
        if not place:
            return None if place is None else Fraction(100)
        above, gap = self._above(place)
        if self.points_based:
            return above - 100 * _TENTH / self.scaling_factor
        return above - (_ONE if gap >= 1 else _TENTH)

    def highest_score(self, grade: str) -> Fraction | None:
        """Return the score that the browser enters as an override for a name, which differs in the step it takes."""
        place = self.place(grade)
        if not place:
            return None if place is None else Fraction(100)
        above, gap = self._above(place)
        step = _ONE if gap > 1 else _TENTH if gap > _TENTH else _HUNDREDTH
        return Fraction(TWO_PLACES.apply(above - step))

    def lowest_score(self, grade: str) -> Fraction | None:
        """Return the bound of a name in percent, to two places."""
        place = self.place(grade)
        return None if place is None else Fraction(TWO_PLACES.apply(self.rows[place][1] * 100))

    def _above(self, place: int) -> tuple[Fraction, Fraction]:
        """Return the next higher bound, in percent, and how far it is away."""
        above, own = self.rows[place - 1][1] * 100, self.rows[place][1] * 100
        return above, above - own


def upgrade_first_version(rows: Iterable[tuple[str, Number]]) -> tuple[tuple[str, Fraction], ...]:
    """Return the rows of the first version of the format, which states upper bounds, with lower bounds instead."""
    read = [(name, Fraction(read_number(value))) for name, value in rows]
    below = [value + _HUNDREDTH for _, value in read[1:]]
    return tuple((name, bound) for (name, _), bound in zip(read, [*below, Fraction(0)], strict=True))


def read_standards(document: Document) -> dict[str, GradingStandard]:
    """Return the grading standards of a list of them, by id; one without a sound row is not read."""
    found: dict[str, GradingStandard] = {}
    for each in document.records():
        rows = _read_rows(each.get("grading_scheme"))
        standard = read_record(GradingStandard, each, rows=rows)
        if not rows:
            each.report("missing", "a grading standard has at least one name with its value; it is not read")
        elif standard:
            enter(found, standard.id, standard, each, "a grading standard")
    return found


@frozen
class _StandardRow:
    """A name of a grading standard and the fraction that it starts at, as Canvas states them."""

    name: str = field(metadata=named("name"))
    bound: Exact = field(metadata=named("value", AMOUNT))


def _read_rows(document: Document) -> list[tuple[str, Fraction]]:
    rows: dict[str, Fraction] = {}
    for each in document.records():
        row = read_record(_StandardRow, each)
        if row is None:
            continue
        bound = Fraction(_STORED.apply(row.bound))
        if row.name in rows or bound in rows.values():
            each.report("duplicate", "its name or its value stands in another grade; this one is not read")
        else:
            rows[row.name] = bound
    return list(rows.items())


def _comparable(grade: str) -> object:
    plain = grade.strip().translate(_MINUS)
    return read_text(plain) if _NUMBER.fullmatch(plain) and len(plain) <= _LONGEST else plain.casefold()


_LONGEST: Final = 30


def _significant(percent: Fraction) -> Exact:
    """Return a percent to four significant digits."""
    digits = len(str(int(percent))) if percent >= 1 else 0
    return Rounding(_SIGNIFICANT - digits).apply(percent)


DEFAULT: Final = GradingStandard(
    title="Default",
    rows=(
        (name, Fraction(start, 100))
        for name, start in {
            "A": 94,
            "A-": 90,
            "B+": 87,
            "B": 84,
            "B-": 80,
            "C+": 77,
            "C": 74,
            "C-": 70,
            "D+": 67,
            "D": 64,
            "D-": 61,
            "F": 0,
        }.items()
    ),
)
"""What Canvas has where nobody chose a grading standard."""
