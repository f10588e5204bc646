# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is to be reached: a percent of the final grade, a symbol, or anything that a report tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from ..errors import DefinitionError, Problem, nearest
from ..exact import Number, NumberError, describe, read_number
from ..grading.plan import Plan
from ..reasons import NUMBERS, ReasonTexts
from ..report.report import Report
from ..schemes import GradeScheme
from ..values import frozen
from ..verdicts import Verdict
from .judges import Judge, decide

TARGETS: Final = ReasonTexts("targets", {"pass": "a pass"})
"""What a target is called."""

Target = Number | str | Judge
"""A percent of the final grade, a symbol of the gradebook's scheme, or a function to a verdict or a decision."""


@frozen
class Goal:
    """A target as it is asked of a report; it `rises` if whatever raises the final's percent never undoes it."""

    label: str
    is_reached: Callable[[Report], bool]
    rises: bool


def passes(report: Report) -> Verdict:
    """Return whether the final grade is passed: the target of who needs a pass."""
    passed = report.final.passed
    return Verdict.UNDETERMINED if passed is None else passed


def goal(plan: Plan, target: Target) -> Goal:
    """Return the target as a goal; raises `DefinitionError` for a symbol that the gradebook's scheme does not have."""
    if isinstance(target, str):
        return _symbol(plan, target)
    if target is passes:
        return Goal(
            TARGETS.phrase("pass"), lambda report: passes(report) is Verdict.MET, rises=not _symbols_by_hurdle(plan)
        )
    if callable(target):
        return _judged(target)
    try:
        percent = Fraction(read_number(target))
    except NumberError as error:
        message = f"{error}; a target is a percent, a symbol, or a function from a report to a verdict"
        raise DefinitionError([Problem("wrong_target", "target", message)]) from None
    return Goal(NUMBERS.phrase("percent", percent), lambda report: _has(report, percent), rises=True)


def goals(plan: Plan, scheme: GradeScheme) -> Iterator[Goal]:
    """Yield a goal for each band above the lowest, the best first: as that scheme would have it."""
    own = scheme == plan.gradebook.scheme
    for band in reversed(scheme.bands[1:]):
        yield _symbol(plan, band.symbol) if own else _band(scheme, band.symbol)


def _has(report: Report, percent: Fraction) -> bool:
    found = report.final.percent
    return found is not None and found >= percent


def _symbol(plan: Plan, symbol: str) -> Goal:
    scheme = plan.gradebook.scheme
    ranks = _ranks(scheme)
    if symbol not in ranks:
        has = (
            f"which has: {', '.join(ranks)}{nearest(symbol, ranks)}" if ranks else "and there is none; state a percent"
        )
        message = f"{describe(symbol)} is no symbol of the gradebook's scheme, {has}"
        raise DefinitionError([Problem("unknown_symbol", "target", message)])
    return Goal(
        symbol,
        lambda report: ranks.get(report.final.symbol or "", -1) >= ranks[symbol],
        rises=not _symbols_by_hurdle(plan),
    )


def _band(scheme: GradeScheme, symbol: str) -> Goal:
    ranks = _ranks(scheme)

    def has_it(report: Report) -> bool:
        """Whether the final's percent has the symbol or a better one."""
        percent = report.final.percent
        return percent is not None and ranks[scheme.symbol(percent)] >= ranks[symbol]

    return Goal(symbol, has_it, rises=True)


def _symbols_by_hurdle(plan: Plan) -> bool:
    return any(each.hurdle.final_symbol for each in plan.hurdles)


def _ranks(scheme: GradeScheme | None) -> dict[str, int]:
    return {} if scheme is None else {band.symbol: rank for rank, band in enumerate(scheme.bands)}


def _judged(judge: Judge) -> Goal:
    label = getattr(judge, "__name__", "target").strip("<>_").replace("_", " ")
    return Goal(label, lambda report: decide(label, judge, report).verdict is Verdict.MET, rises=False)
