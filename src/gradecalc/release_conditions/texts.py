# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What conditions ask for and what they find, in words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial, reduce
from typing import Final

from ..reasons import ReasonTexts, Said

FINDINGS: Final = ReasonTexts(
    "conditions",
    {
        "exempt": "exempt, which is neither a grade nor a missing grade",
        "found": "found {0}{1}",
        "kept": "met earlier, and so kept; now {0}",
        "no_grade": "no grade received",
        "no_percent": "the grade has no percent to compare",
        "not_found": "not found",
        "nothing": "nothing there",
        "now": "now is {0}",
        "there": "found",
    },
)
"""What a condition finds."""

CONDITIONS: Final = ReasonTexts(
    "conditions needed",
    {
        "all": "all must be met",
        "any": "at least one must be met",
        "any_of_them": "any",
        "completion": "completion of {0}: {1}",
        "date": "date: {0}",
        "from": "from {0}",
        "from_until": "from {0} until {1}",
        "grade": "grade on {0}: {1}",
        "no_grade": "no grade received on {0}",
        "none": "must not be met",
        "once_met": "released once met",
        "or": "{0} or {1}",
        "profile": "profile field {0}: {1}",
        "received": "grade received on {0}",
        "until": "until {0}",
        "with": "{0}: {1}",
        "Achievement.ALL_TOPICS_VISITED": "all topics of {0} visited",
        "Achievement.AWARD_EARNED": "award {0} earned",
        "Achievement.COMPETENCY_ACHIEVED": "competency {0} achieved",
        "Achievement.FEEDBACK_RECEIVED": "feedback received on {0}",
        "Achievement.GRADE_RELEASED": "grade on {0} released",
        "Achievement.OBJECTIVE_ACHIEVED": "learning objective {0} achieved",
        "Achievement.TOPIC_VISITED": "topic {0} visited",
        "Comparison.ABOVE": "above {0}{1}",
        "Comparison.AT_LEAST": "at least {0}{1}",
        "Comparison.AT_MOST": "at most {0}{1}",
        "Comparison.BELOW": "below {0}{1}",
        "Comparison.BETWEEN": "from {0} to {1}{2}",
        "Comparison.EQUAL": "exactly {0}{1}",
        "Measure.DAYS_SINCE": "days since {0}",
        "Measure.OUTCOME_LEVEL": "level of outcome {0}",
        "Measure.PERCENT_COMPLETED": "completed of {0}",
        "Measure.POSTS": "posts in {0}",
        "Measure.QUESTION_SCORE": "score on selected questions of {0}",
        "Measure.QUIZ_ATTEMPTS": "completed attempts at quiz {0}",
        "Measure.QUIZ_SCORE": "score on quiz {0}",
        "Measure.REPLIES": "replies in {0}",
        "Measure.RUBRIC_SCORE": "score on rubric {0}",
        "Measure.SUBMISSIONS": "submissions to {0}",
        "Measure.SURVEY_ATTEMPTS": "completed attempts at survey {0}",
        "Measure.THREADS": "threads in {0}",
        "Membership.GROUP": "group",
        "Membership.GROUPING": "grouping",
        "Membership.ORG_UNIT": "org unit",
        "Membership.ROLE": "role",
        "Membership.SECTION": "section",
        "TextTest.CONTAINS": "contains {0}",
        "TextTest.EMPTY": "empty",
        "TextTest.ENDS_WITH": "ends with {0}",
        "TextTest.EQUALS": "{0}",
        "TextTest.STARTS_WITH": "starts with {0}",
    },
)
"""What a condition asks for."""


def either(choices: Iterable[Said]) -> Said:
    """Return several of which one will do."""
    return reduce(partial(CONDITIONS.phrase, "or"), choices)
