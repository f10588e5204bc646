# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A course in biology, Ada's record of it, and the moment at which the tests of progress look at them."""

from datetime import UTC, datetime

from gradecalc.progress.contents import (
    CompletionMethod,
    Module,
    Topic,
    TopicKind,
)
from gradecalc.progress.record import (
    LearnerProgress,
    exempt_topics,
)


def day(number, hour=12):
    return datetime(2026, 9, number, hour, tzinfo=UTC)


NOW = day(10)
NOBODY = LearnerProgress()
COURSE = Module(
    "Biology",
    [
        Module(
            "Week 1",
            [
                Topic("Reading", TopicKind.FILE),
                Topic("Quiz", TopicKind.QUIZ, due=day(7), grade_item="quiz-1", completion=CompletionMethod.MANUAL),
                Module("Extra", [Topic("Survey", TopicKind.SURVEY, due=day(3)), Topic("Film", TopicKind.VIDEO)]),
            ],
        ),
        Module("Week 2", [Topic("Essay", TopicKind.ASSIGNMENT, start=day(1), due=day(14), end=day(20))]),
        Topic("Forum", TopicKind.DISCUSSION, required=False, due=day(10)),
    ],
)
ADA = LearnerProgress(completed={"Reading": day(2), "Survey": day(3)}, visited=["Film", "Reading"])
EXEMPTED = exempt_topics(COURSE, ADA, "Quiz", "Essay")


def ids(entries):
    return [entry.topic.id for entry in entries]


def codes(problems):
    return [(problem.code, problem.path) for problem in problems]
