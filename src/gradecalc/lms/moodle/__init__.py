# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Moodle: its course trees, calculations, availability and completion, in the words of the tiers below.

>>> from gradecalc import grade
>>> from gradecalc.lms.moodle import read
>>> course = read({"tree": {"name": "course", "children": [
...     {"name": "Quiz", "max": 10, "grade": 8}, {"name": "Essay", "max": 30, "grade": 21}]}})
>>> grade(course.gradebook, course.marks["learner"]).final.shown
'72.50'
"""

from .aggregation_methods import (
    AGGREGATIONS,
    METHODS,
    Method,
)
from .availability.conditions import (
    COMPLETION_STATES,
    SEES_ALL_GROUPS,
    Restriction,
    read_restriction,
)
from .availability.held_grades import StoredGrade, stored_grades
from .availability.restriction_tree import (
    Answer,
    Availability,
    ConditionGroup,
    GroupOperator,
    condition_of,
    read_availability,
)
from .completion.activities import (
    COMPLETIONS,
    CompletionState,
    GradeRequirements,
    activity_state,
    grade_requirements,
    grade_state,
)
from .completion.courses import (
    CompletionCriterion,
    CompletionCriterionKind,
    CourseCompletion,
    CourseFacts,
    JudgedCriterion,
    complete_course,
)
from .course import TotalsView, minima, read
from .editing import change_bounds, change_method
from .formulas.calculation import Calculation, show_references, store_references
from .grade_bounds import (
    Bounds,
    RangeSource,
    adjust_raw,
    adjust_scale,
    choose_bounds,
    deduct,
    standardise,
)
from .grader_report import read_csv
from .letters import DEFAULT_LETTERS, letter_scheme
from .natural_weights import Settled, Weighed, settle_weights
from .user_report import (
    AggregationStatus,
    UserReportLine,
    total_without_hidden,
    weigh,
)
from .web_service import read_web_service

__all__ = [
    "AGGREGATIONS",
    "COMPLETIONS",
    "COMPLETION_STATES",
    "DEFAULT_LETTERS",
    "METHODS",
    "SEES_ALL_GROUPS",
    "AggregationStatus",
    "Answer",
    "Availability",
    "Bounds",
    "Calculation",
    "CompletionCriterion",
    "CompletionCriterionKind",
    "CompletionState",
    "ConditionGroup",
    "CourseCompletion",
    "CourseFacts",
    "GradeRequirements",
    "GroupOperator",
    "JudgedCriterion",
    "Method",
    "RangeSource",
    "Restriction",
    "Settled",
    "StoredGrade",
    "TotalsView",
    "UserReportLine",
    "Weighed",
    "activity_state",
    "adjust_raw",
    "adjust_scale",
    "change_bounds",
    "change_method",
    "choose_bounds",
    "complete_course",
    "condition_of",
    "deduct",
    "grade_requirements",
    "grade_state",
    "letter_scheme",
    "minima",
    "read",
    "read_availability",
    "read_csv",
    "read_restriction",
    "read_web_service",
    "settle_weights",
    "show_references",
    "standardise",
    "store_references",
    "stored_grades",
    "total_without_hidden",
    "weigh",
]
