# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What else a report decides, in the eyes of whoever asks: a release condition, a certificate, a rule of one's own.

A judge is a function from a report to a verdict or a decision, so that nothing here knows of conditions and
certificates.

>>> from gradecalc import Gradebook, GradeItem, grade
>>> from gradecalc.verdicts import verdict
>>> def has_quiz(report): return verdict(report["Quiz"].percent is not None)
>>> quiz = Gradebook([GradeItem("Quiz", max_points=10)])
>>> [str(each.reason) for each in flips({"Lab opens": has_quiz}, grade(quiz, {}), grade(quiz, {"Quiz": 4}))]
['met, was not met']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..decisions import Decided, Decision
from ..errors import DefinitionError, Problem
from ..exact import describe
from ..reasons import say
from ..report.differences import DIFFERENCES, Aspect, Difference
from ..report.report import Report
from ..verdicts import Verdict

Judge = Callable[[Report], Verdict | Decided]
"""A function from a report to a verdict, or to a decision, which says why."""

Judges = Mapping[str, Judge]
"""Judges by the name of what they decide."""


def decide(name: str, judge: Judge, report: Report) -> Decided:
    """Return the decision of a judge; raises `DefinitionError` where it is none and gives none."""
    if not callable(judge):
        raise _wrong(name, "is", judge)
    answer: object = judge(report)
    if isinstance(answer, Verdict):
        return Decision(name, answer)
    if isinstance(answer, Decided):
        return answer
    raise _wrong(name, "gave", answer)


def flips(judges: Judges, before: Report, after: Report) -> Iterator[Difference]:
    """Yield what is decided otherwise of the second report than of the first, in the order of the judges (WI26)."""
    for name, judge in judges.items():
        was, now = decide(name, judge, before), decide(name, judge, after)
        if was.verdict is not now.verdict:
            told = DIFFERENCES.reason(Aspect.DECISION.value, say(now.verdict), say(was.verdict))
            yield Difference(name, name, Aspect.DECISION, was, now, told)


def decisions_of(flip: Difference) -> Iterator[Decided]:
    """Yield the decision before and the one after."""
    return (each for each in (flip.before, flip.after) if isinstance(each, Decided))


def _wrong(name: str, how: str, found: object) -> DefinitionError:
    message = f"a judge is a function from a report to a Verdict or a Decision; this {how} {describe(found)}"
    return DefinitionError([Problem("wrong_judge", name, message)])
