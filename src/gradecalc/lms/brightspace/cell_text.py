# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Marks as the text of cells, each of which is read back as that mark; what a cell cannot hold is reported.

A number is written in decimals, exactly where that is possible, and else to the nine places that Brightspace stores.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...errors import Problem, Severity
from ...exact import (
    Exact,
    describe,
)
from ...gradebook.items import GradeItem
from ...marks import (
    ItemKind,
    MarkValue,
    Reading,
    UnreadableMarkError,
    read_mark,
)
from ...schemes import GradeScheme
from ..exported import write_decimal


class MarkWriter:
    """Writes marks; `token` is what exempts."""

    def __init__(self, token: str, scheme: GradeScheme | None, problems: list[Problem]) -> None:
        self.token = token
        self.scheme = scheme
        self.problems = problems

    def cell(self, item: GradeItem, value: MarkValue, path: str) -> str:
        """Return the cell of a mark, blank where there is none or a file cannot carry it."""
        try:
            mark = read_mark(value, item.kind, item.max_points, self._symbols(item))
        except UnreadableMarkError as error:
            return self._left_out("unreadable_mark", path, str(error))
        if mark.by or mark.note:
            self._notice(
                "circumstances", path, "a file has no place for who set a mark, and for notes; they are left out"
            )
        if mark.exempt:
            if mark.recorded is not None:
                self._notice(
                    "exempt_number", path, "the mark is exempt and has no other cell; what is recorded is left out"
                )
            return self.token
        if mark.recorded is None:
            return ""
        if mark.out_of not in (None, item.max_points):
            return self._left_out("own_maximum", path, "a file has one maximum for all, and this mark has another")
        return self._recorded(item, mark, path)

    def _recorded(self, item: GradeItem, mark: Reading, path: str) -> str:
        if isinstance(mark.recorded, str):
            return self._text(mark.recorded, path)
        if item.kind is ItemKind.SELECTBOX:
            return self._left_out("no_symbol", path, f"{item.name!r} is imported by symbols, and this is a number")
        return "" if mark.points is None else write_decimal(mark.points, path, self.problems)

    def _text(self, text: str, path: str) -> str:
        if text.strip().casefold() == self.token.strip().casefold():
            return self._left_out("reads_as_exempt", path, f"the text {describe(text)} would exempt")
        if not text or text != text.strip():
            self._notice("blanks", path, f"the text {describe(text)} loses the blanks around it")
        return text

    def _symbols(self, item: GradeItem) -> Mapping[str, Exact]:
        scheme = item.scheme or self.scheme
        return {band.symbol: band.start for band in scheme.bands} if scheme else {}

    def _left_out(self, code: str, path: str, why: str) -> str:
        self.problems.append(Problem(code, path, f"{why}; it is left out"))
        return ""

    def _notice(self, code: str, path: str, message: str) -> None:
        self.problems.append(Problem(code, path, message, Severity.NOTICE))
