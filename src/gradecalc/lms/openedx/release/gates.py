# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: what opens the next part of a course, as release conditions: a subsection, an entrance exam, a course.

>>> from gradecalc.release_conditions import LearnerFacts, check
>>> gate, _ = read_gate("midterm", {"min_score": "80", "min_completion": 50})
>>> print(check(unless_staff(gate), LearnerFacts(percents_completed={"midterm": 75}, roles=[])))
at least one must be met                   undetermined
  role: 'staff'                                 not met  not found
  all must be met                          undetermined
    grade on 'midterm': at least 80 %      undetermined  report: not among the facts
    completed of 'midterm': at least 50 %           met  found 75 %

A subsection gate closes again on a lower score, once the host asks again: the platform keeps the answer until then. An
entrance exam stays passed: there `keep_released` applies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from ....errors import Problem, Severity
from ....exact import Exact, Number, describe, lenient, ratio, total
from ....release_conditions import AllOf, AnyOf
from ....release_conditions.comparisons import Comparison
from ....release_conditions.facts import Achievement, Measure, Membership
from ....release_conditions.predicates import Achieved, Condition, GradeValue, Measured, Member
from ..certificates.records import PASSING, CertificateStatus
from ..units import read_percent
from .result_visibility import STAFF

SKIPS_ENTRANCE_EXAM: Final = "may skip the entrance exam"
"""The group of the learners whom staff let skip the entrance exam."""

DEFAULT_MINIMUM: Final = 100
"""What an unreadable minimum is read as."""

_WHOLE: Final = re.compile(r"[0-9]{1,3}")
_MOST: Final = 100
_TEXT_BLOCKS: Final = frozenset({"html"})


def find_minimum_problem(minimum: object) -> Problem | None:
    """Return what is wrong with a minimum that an author states: a whole percent, as a number or a text, or blank."""
    if minimum in (None, "") or _whole_percent(minimum) is not None:
        return None
    message = f"{describe(minimum)} is no minimum; it must be a whole number from 0 to {_MOST}, or blank"
    return Problem("wrong_value", "", message)


def subsection_gate(prerequisite: str, min_score: Number = 100, min_completion: Number = 0) -> Condition:
    """Return the condition on one subsection that opens another: so much of its score and so much of it completed.

    Both are in percent (K36). A minimum of 0 asks for nothing, so that what is not attempted reaches it too.
    """
    score, completion = (
        read_percent(number, name, one=True)
        for name, number in (("min_score", min_score), ("min_completion", min_completion))
    )
    conditions: list[Condition] = []
    if score:
        conditions.append(GradeValue(prerequisite, Comparison.AT_LEAST, score))
    if completion:
        completed = Measure.PERCENT_COMPLETED
        conditions.append(Measured(completed, prerequisite, Comparison.AT_LEAST, completion))
    return AllOf(*conditions)


def read_gate(prerequisite: str, requirements: Any) -> tuple[Condition, tuple[Problem, ...]]:
    """Return the gate that stored requirements describe, and notices; no document makes this raise.

    A minimum that cannot be read is 100, and so is a score that is missing; a completion that is missing is 0.
    """
    stated = requirements if isinstance(requirements, Mapping) else {}
    problems: list[Problem] = []
    score = _read_minimum(stated, "min_score", problems)
    completion = _read_minimum(stated, "min_completion", problems) if "min_completion" in stated else 0
    return subsection_gate(prerequisite, score, completion), tuple(problems)


def unless_staff(condition: Condition) -> Condition:
    """Return the condition, open to whoever works on the course."""
    return AnyOf(STAFF, condition)


def completion_percent(blocks: Iterable[tuple[str, Number]]) -> Exact:
    """Return the percent completed of blocks, each its type and its completion from 0 to 1.

    Text never counts, and where nothing can be completed everything is.
    """
    counting = [lenient(completion) or 0 for type_, completion in blocks if type_ not in _TEXT_BLOCKS]
    return ratio(100 * total(counting), len(counting)) if counting else 100


def entrance_exam(chapter: str, minimum: Number = 50) -> Condition:
    """Return the condition that opens a course: so many percent on a chapter, among the facts as a score on a quiz.

    The percent is rounded as a subsection's is; a least one that the course states as a part of 1 is
    `Percent.of_share` of it (K36). Who is in the group `SKIPS_ENTRANCE_EXAM` needs none.
    """
    skips = Member(Membership.GROUP, SKIPS_ENTRANCE_EXAM)
    return AnyOf(skips, Measured(Measure.QUIZ_SCORE, chapter, Comparison.AT_LEAST, read_percent(minimum, "minimum")))


def prerequisite_course(course: str) -> Condition:
    """Return the condition that a certificate was given, or is about to be, in another course."""
    return Achieved(Achievement.AWARD_EARNED, course)


def courses_passed(certificates: Mapping[str, CertificateStatus]) -> frozenset[str]:
    """Return, of the courses with a certificate of some status, those that fulfil a prerequisite, as awards."""
    return frozenset(course for course, status in certificates.items() if status in PASSING)


def _read_minimum(stated: Mapping[str, Any], name: str, problems: list[Problem]) -> int:
    minimum = _whole_percent(stated.get(name))
    if minimum is None:
        message = f"{name} is {describe(stated.get(name))}; it is read as {DEFAULT_MINIMUM}"
        problems.append(Problem("wrong_value", name, message, Severity.NOTICE))
    return DEFAULT_MINIMUM if minimum is None else minimum


def _whole_percent(minimum: object) -> int | None:
    text = minimum.strip() if isinstance(minimum, str) else str(minimum) if type(minimum) is int else ""
    return int(text) if _WHOLE.fullmatch(text) and int(text) <= _MOST else None
