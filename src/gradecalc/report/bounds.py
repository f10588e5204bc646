# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The bounds that decide, in words: the cut-off reached and the next, pass marks, and what rounding for show hides.

89.996 shown as 90.00 is below an A from 90, and a line of the report says so (S9, P7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from ..exact import LONGEST_FIGURE, Exact, RoundingMode, write_exact, write_rounded
from ..reasons import Reason, ReasonTexts, Shown
from ..rounding import Rounding
from ..schemes import GradeScheme
from ..verdicts import Verdict
from .passing import PassRule

BOUNDS: Final = ReasonTexts(
    "report bounds",
    {
        "above": "{0} above {1} %",
        "from": "{0} from {1} %",
        "hidden_at_least": "exactly {0} %, which is not below the {1} % {2}",
        "hidden_below": "exactly {0} %, which is below the {1} % {2}",
        "hidden_not_above": "exactly {0} %, which is not above the {1} % {2}",
        "hidden_over": "exactly {0} %, which is above the {1} % {2}",
        "next_above": "{0} above {1} %",
        "next_from": "{0} from {1} %",
        "of_pass_mark": "of its pass mark",
        "of_symbol": "of {0}",
        "not_passed": "not passed",
        "not_passed_below": "not passed: {0} is below its pass mark of {1} %",
        "not_passed_mark": "not passed: the pass mark is {0} %",
        "passed": "passed",
        "passed_mark": "passed: the pass mark is {0} %",
        "undetermined": "not yet known whether passed",
        "undetermined_without": "not yet known whether passed: {0} has no score",
    },
)
"""What a report says of cut-offs and pass marks."""

_PASSED: Final = {Verdict.MET: "passed", Verdict.NOT_MET: "not_passed", Verdict.UNDETERMINED: "undetermined"}


def tell_bands(scheme: GradeScheme, percent: Exact) -> Iterator[Reason]:
    """Yield the cut-off of the symbol that a percent has, and of the next (S9)."""
    place = scheme.place(percent)
    for code, band in zip(("", "next_"), scheme.bands[place : place + 2], strict=False):
        yield BOUNDS.reason(f"{code}{'above' if band.exclusive else 'from'}", band.symbol, band.start, show=write_exact)


def tell_verdict(
    verdict: Verdict, rule: PassRule, percent: Fraction | None, others: Sequence[tuple[str, PassRule, Fraction | None]]
) -> Iterator[Reason]:
    """Yield whether a line is passed, by which mark, and which other lines decide that it is not (P7).

    `others` are those that must be passed for this one, each with its name.
    """
    deciding = [each for each in others if each[1].must_pass and each[1].judge(each[2]) is verdict is not Verdict.MET]
    own = rule.judge(percent) is verdict and rule.pass_mark is not None
    if own and verdict is not Verdict.UNDETERMINED:
        yield BOUNDS.reason(f"{_PASSED[verdict]}_mark", rule.pass_mark, show=write_exact)
    elif not deciding:
        yield BOUNDS.reason(_PASSED[verdict])
    for name, other, _ in deciding:
        if verdict is Verdict.NOT_MET:
            yield BOUNDS.reason("not_passed_below", name, other.pass_mark, show=write_exact)
        else:
            yield BOUNDS.reason("undetermined_without", name)


def tell_hidden(percent: Exact, shown: Rounding, scheme: GradeScheme | None, rule: PassRule) -> Iterator[Reason]:
    """Yield each bound on whose other side the percent is as it is shown, with the exact figure (S9, P7)."""
    mark = rule.pass_mark
    if scheme is None and mark is None:
        return
    seen = shown.apply(percent)
    if scheme is not None:
        yield from _tell_hidden_bands(percent, seen, scheme, shown.places)
    if mark is not None and (seen >= mark) != (percent >= mark):
        code = "hidden_at_least" if percent >= mark else "hidden_below"
        figure = Shown(percent, exact_beside(percent, mark, shown.places))
        yield BOUNDS.reason(code, figure, mark, BOUNDS.phrase("of_pass_mark"), show=write_exact)


def exact_beside(value: Exact, bound: Exact, places: int) -> str:
    """Return a value exactly where that is short, and else with the places that tell it from a bound, and an ellipsis.

    >>> exact_beside(Fraction("89.996"), 90, 2), exact_beside(90 - Fraction(1, 30000), 90, 2)
    ('89.996', '89.999…')
    """
    exact = write_exact(value)
    if "/" not in exact and len(exact) <= LONGEST_FIGURE:
        return exact
    places = max(places, 0)
    while True:
        places += 1
        text = write_rounded(value, places, RoundingMode.DOWN)
        if Fraction(text) != bound:
            return f"{text}…"


def _tell_hidden_bands(percent: Exact, seen: Exact, scheme: GradeScheme, places: int) -> Iterator[Reason]:
    own, other = scheme.place(percent), scheme.place(seen)
    for band in scheme.bands[min(own, other) + 1 : max(own, other) + 1]:
        codes = ("hidden_not_above", "hidden_over") if band.exclusive else ("hidden_below", "hidden_at_least")
        figure = Shown(percent, exact_beside(percent, band.start, places))
        whose = BOUNDS.phrase("of_symbol", band.symbol)
        yield BOUNDS.reason(codes[own > other], figure, band.start, whose, show=write_exact)
