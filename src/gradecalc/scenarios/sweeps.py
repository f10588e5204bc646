# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The final grade over all that one item can be marked: its pieces, and the exact marks at which they meet.

>>> from gradecalc import Gradebook, GradeItem
>>> book = Gradebook([GradeItem("Quiz", max_points=40), GradeItem("Exam", max_points=60, min_points=15)])
>>> [(piece.start, piece.first, piece.last) for piece in sweep(book, {"Quiz": 25}, "Exam").pieces]
[(Fraction(0, 1), Fraction(40, 1), Fraction(40, 1)), (Fraction(15, 1), Fraction(40, 1), Fraction(85, 1))]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Final

from attrs import evolve, field

from ..exact import Number, represent
from ..gradebook.tree import Gradebook
from ..grading.plan import Plan, plan_of
from ..marks import Marks, UngradedPolicy
from ..outline import Explained, Outline
from ..reasons import NUMBERS, ReasonTexts
from ..values import frozen
from .thresholds import threshold
from .varied import Varied, vary

SWEEPS: Final = ReasonTexts("sweep", {"more": "there is more of it"})
"""What is said of a curve."""

MOST_PIECES: Final = 200
"""The most pieces of a curve that are told apart."""

_CELLS: Final = 20
_TINY: Final = Fraction(1, 2**60)


@frozen
class CurvePoint:
    """What the final is at one mark."""

    mark: Fraction = field(repr=represent)
    percent: Fraction | None = field(repr=represent)
    symbol: str | None


@frozen
class CurvePiece:
    """A stretch of a curve between two marks, with the percents that it begins and ends with inside of it.

    Where it is not `straight` it is bent; else every percent inside lies on the line between the two. Without percents
    there is no score in it.
    """

    start: Fraction = field(repr=represent)
    end: Fraction = field(repr=represent)
    first: Fraction | None = field(repr=represent)
    last: Fraction | None = field(repr=represent)
    straight: bool


@frozen
class MarkCurve(Explained):
    """The final over the marks of an item, or over the equal percent of several.

    `points` are at both ends and at every breakpoint, or at every step that was asked for; then there are no `pieces`.
    Where it is not `complete` there are more pieces than are told apart, and the curve ends early.
    """

    items: tuple[str, ...]
    points: tuple[CurvePoint, ...]
    pieces: tuple[CurvePiece, ...]
    complete: bool

    @property
    def breakpoints(self) -> tuple[Fraction, ...]:
        """The marks at which two pieces meet."""
        return tuple(piece.start for piece in self.pieces[1:])

    def outline(self) -> Outline:
        """Return a row for each point."""
        rows = [
            Outline(NUMBERS.phrase("number", each.mark), _shown(each.percent), _symbol(each)) for each in self.points
        ]
        return Outline(", ".join(self.items), "", () if self.complete else (SWEEPS.reason("more"),), rows)


def sweep(  # noqa: PLR0913 - the question, and what it may be narrowed by, by name
    plan: Plan | Gradebook,
    marks: Marks,
    item: str | Iterable[str],
    *,
    step: Number | None = None,
    up_to: Number | None = None,
    ungraded: UngradedPolicy | None = None,
) -> MarkCurve:
    """Return the final over the marks of one item, or the equal percent of several: in pieces, or in steps (WI16).

    Raises `MarksError` for what is no item that takes points, and `DefinitionError` for what is no step.
    """
    varied = vary(plan_of(plan), marks, item, ungraded, up_to)
    if step is not None or varied.only:
        tried = varied.only if step is None else varied.steps(step)
        return MarkCurve(varied.ids, tuple(_point(varied, mark) for mark in tried), (), complete=True)
    pieces = tuple(_merged(_Marching(varied).pieces()))
    at = dict.fromkeys((varied.lowest, *(piece.end for piece in pieces)))
    complete = varied.highest in at
    return MarkCurve(varied.ids, tuple(_point(varied, mark) for mark in at), pieces, complete)


@frozen
class _Marching:
    """The way along a curve, from each breakpoint to the next."""

    varied: Varied

    def pieces(self) -> Iterator[CurvePiece]:
        """Yield the pieces from the lowest mark on, as many as are told apart."""
        start = self.varied.lowest
        for _ in range(MOST_PIECES):
            if start >= self.varied.highest:
                return
            piece = self._from(start)
            yield piece
            start = piece.end

    def _from(self, start: Fraction) -> CurvePiece:
        tiny = self._width() * _TINY
        near, line = start + 2 * tiny, self._line(start, tiny)
        end = self._first_off(line, start, near)
        if end is None:
            return self._straight(start, self.varied.highest, line)
        reached = threshold(lambda mark: self._percent(mark) != line(mark), near, end).mark
        if reached - start > 4 * tiny:
            return self._straight(start, reached, line)
        bend = next(mark for mark in self._cells() if mark > start)
        return CurvePiece(start, bend, self._percent(start + tiny), self._percent(bend), straight=False)

    def _line(self, start: Fraction, tiny: Fraction) -> Callable[[Fraction], Fraction | None]:
        """Return the line that the curve begins along right above a mark."""
        first, second = self._percent(start + tiny), self._percent(start + 2 * tiny)
        if first is None or second is None:
            return lambda _: None
        return lambda mark: first + (second - first) * (mark - start - tiny) / tiny

    def _first_off(
        self, line: Callable[[Fraction], Fraction | None], start: Fraction, near: Fraction
    ) -> Fraction | None:
        cells = (mark for mark in self._cells() if mark > max(start, near))
        return next((mark for mark in cells if self._percent(mark) != line(mark)), None)

    def _straight(self, start: Fraction, end: Fraction, line: Callable[[Fraction], Fraction | None]) -> CurvePiece:
        return CurvePiece(start, end, line(start), line(end), straight=True)

    def _percent(self, mark: Fraction) -> Fraction | None:
        return self.varied.report_at(mark).final.percent

    def _width(self) -> Fraction:
        return self.varied.highest - self.varied.lowest

    def _cells(self) -> Iterator[Fraction]:
        return (self.varied.lowest + self._width() * nth / _CELLS for nth in range(_CELLS + 1))


def _merged(pieces: Iterable[CurvePiece]) -> Iterator[CurvePiece]:
    """Yield the pieces, bent ones that follow each other as one."""
    before: CurvePiece | None = None
    for piece in pieces:
        if before is not None and not before.straight and not piece.straight:
            before = evolve(before, end=piece.end, last=piece.last)
            continue
        if before is not None:
            yield before
        before = piece
    if before is not None:
        yield before


def _point(varied: Varied, mark: Fraction) -> CurvePoint:
    final = varied.report_at(mark).final
    return CurvePoint(mark, final.percent, final.symbol)


def _shown(percent: Fraction | None) -> str:
    return "–" if percent is None else NUMBERS.phrase("percent", percent)


def _symbol(point: CurvePoint) -> tuple[str, ...]:
    return () if point.symbol is None else (point.symbol,)
