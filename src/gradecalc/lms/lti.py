# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Scores as the assignment and grade services of LTI Advantage take them, out of reports.

>>> from datetime import UTC, datetime
>>> from gradecalc import EXEMPT, Gradebook, GradeItem, grade
>>> book = Gradebook([GradeItem("Essay", 20)])
>>> results = [("u1", grade(book, {"Essay": 15})), ("u2", grade(book, {"Essay": EXEMPT}))]
>>> sent = scores(results, "Essay", at=datetime(2026, 6, 1, 12, tzinfo=UTC))
>>> sent.scores[0]["scoreGiven"], sent.scores[0]["scoreMaximum"], sent.scores[0]["timestamp"]
(15, 20, '2026-06-01T12:00:00.000Z')
>>> [(each.code, each.path) for each in sent.problems]
[('exempt', "learners['u2']")]

The service has no word for an exemption, so who is exempt is not sent, and a problem (I11).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from attrs import field

from ..errors import MarksError, Problem
from ..exact import Exact
from ..gradebook.tree import ROOT_ID
from ..marks import EXEMPT
from ..moments import utc
from ..report.report import Report
from ..report.results import Result
from ..values import frozen


@frozen
class LtiScores:
    """What is to be posted, a score for each learner, ready for `json.dumps`, and who cannot be sent."""

    scores: tuple[Mapping[str, Any], ...] = field(hash=False)
    problems: tuple[Problem, ...] = ()


def scores(
    results: Iterable[tuple[str, Report | MarksError]],
    of: str = ROOT_ID,
    *,
    at: datetime,
    users: Mapping[str, str] | None = None,
) -> LtiScores:
    """Return the scores of an item, a category or the final, by its id, as of a moment that is given (I11).

    `users` has the platform's ids of learners where they are others. Raises `KeyError` for an id that a report does
    not have, and `DefinitionError` for a moment without a zone.
    """
    moment = utc(at, "at").isoformat(timespec="milliseconds").replace("+00:00", "Z")
    sent: list[Mapping[str, Any]] = []
    problems: list[Problem] = []
    for learner, report in results:
        fault = _fault(report, of)
        if fault is not None:
            problems.append(Problem(fault[0], f"learners[{learner!r}]", fault[1]))
        elif not isinstance(report, MarksError):
            user = (users or {}).get(learner, learner)
            sent.append({"userId": user, "timestamp": moment, **_score(report[of])})
    return LtiScores(tuple(sent), tuple(problems))


def _fault(report: Report | MarksError, of: str) -> tuple[str, str] | None:
    """Return why a learner cannot be sent, as a code and words."""
    if isinstance(report, MarksError):
        return "not_graded", "the learner cannot be graded; see what is wrong with the marks"
    result = report[of]
    if report.without_score(of) is EXEMPT:
        return "exempt", "the learner is exempt, which the service has no word for; say so on the platform"
    if result.points is None:
        return None
    if result.out_of <= 0:
        return "no_maximum", "the result is out of 0, and a score has a maximum above 0"
    return ("negative", "the result is below 0, and a score is not") if result.points < 0 else None


def _score(result: Result) -> dict[str, Any]:
    """Return what is said of a result; without a score the platform is told that there is none yet."""
    if result.points is None:
        return {"activityProgress": "Initialized", "gradingProgress": "NotReady"}
    return {
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "scoreGiven": _json_number(result.points),
        "scoreMaximum": _json_number(result.out_of),
    }


def _json_number(value: Exact) -> int | float:
    """Return a number as JSON has it: the nearest that a float can be, unless it is whole."""
    return value.numerator if value.denominator == 1 else float(value)
