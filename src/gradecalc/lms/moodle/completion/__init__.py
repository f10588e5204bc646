# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Moodle's completion: of an activity by its requirements, and of a course by its criteria."""

from .activities import (
    COMPLETIONS,
    CompletionState,
    GradeRequirements,
    activity_state,
    grade_requirements,
    grade_state,
)
from .courses import (
    CompletionCriterion,
    CompletionCriterionKind,
    CourseCompletion,
    CourseFacts,
    JudgedCriterion,
    complete_course,
)

__all__ = [
    "COMPLETIONS",
    "CompletionCriterion",
    "CompletionCriterionKind",
    "CompletionState",
    "CourseCompletion",
    "CourseFacts",
    "GradeRequirements",
    "JudgedCriterion",
    "activity_state",
    "complete_course",
    "grade_requirements",
    "grade_state",
]
