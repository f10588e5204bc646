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

from .availability import (
    Answer,
    Availability,
    Group,
    Operator,
    condition_of,
    filter_users,
    read_availability,
)
from .bounds import (
    Bounds,
    Source,
    adjust_raw,
    adjust_scale,
    choose_bounds,
    deduct,
    passed,
    rescale_keeping_percentage,
    standardise,
    stored,
)
from .completion import (
    COMPLETIONS,
    GradeRequirements,
    State,
    activity_state,
    grade_requirements,
    grade_state,
    overridden_state,
)
from .course import Totals, minima, read
from .course_completion import (
    CourseCompletion,
    CourseFacts,
    Criterion,
    CriterionKind,
    Join,
    Met,
    complete_course,
)
from .dependencies import closure, depends_on, depths
from .formulas import Calculation, show_references, store_references
from .grade_facts import StoredGrade, grades_asked, stored_grades
from .letters import DEFAULT_LETTERS, letter, letter_scheme
from .limits import Result, keep, limit_rule
from .methods import (
    AGGREGATIONS,
    METHODS,
    Coefficients,
    Method,
    default_coefficients,
    switch_method,
)
from .natural import Settled, Weighed, settle_weights
from .restrictions import (
    COMPLETION_STATES,
    SEES_ALL_GROUPS,
    Restriction,
    read_restriction,
)
from .user_report import (
    Shown,
    Status,
    total_without_hidden,
    weigh,
)

__all__ = [
    "AGGREGATIONS",
    "COMPLETIONS",
    "COMPLETION_STATES",
    "DEFAULT_LETTERS",
    "METHODS",
    "SEES_ALL_GROUPS",
    "Answer",
    "Availability",
    "Bounds",
    "Calculation",
    "Coefficients",
    "CourseCompletion",
    "CourseFacts",
    "Criterion",
    "CriterionKind",
    "Essay",
    "GradeRequirements",
    "Group",
    "Join",
    "Met",
    "Method",
    "Operator",
    "Quiz",
    "Restriction",
    "Result",
    "Settled",
    "Shown",
    "Source",
    "State",
    "Status",
    "StoredGrade",
    "Totals",
    "Weighed",
    "activity_state",
    "adjust_raw",
    "adjust_scale",
    "choose_bounds",
    "closure",
    "complete_course",
    "condition_of",
    "deduct",
    "default_coefficients",
    "depends_on",
    "depths",
    "filter_users",
    "grade_requirements",
    "grade_state",
    "grades_asked",
    "keep",
    "letter",
    "letter_scheme",
    "limit_rule",
    "minima",
    "overridden_state",
    "passed",
    "read",
    "read_availability",
    "read_restriction",
    "rescale_keeping_percentage",
    "settle_weights",
    "show_references",
    "standardise",
    "store_references",
    "stored",
    "stored_grades",
    "switch_method",
    "total_without_hidden",
    "weigh",
]
