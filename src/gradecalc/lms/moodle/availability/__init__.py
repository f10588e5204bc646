# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Moodle's access restrictions: trees of conditions on dates, grades, completion, groups and the profile."""

from .conditions import (
    COMPLETION_STATES,
    SEES_ALL_GROUPS,
    Restriction,
    read_restriction,
)
from .held_grades import StoredGrade, stored_grades
from .restriction_tree import (
    Answer,
    Availability,
    ConditionGroup,
    GroupOperator,
    condition_of,
    read_availability,
)

__all__ = [
    "COMPLETION_STATES",
    "SEES_ALL_GROUPS",
    "Answer",
    "Availability",
    "ConditionGroup",
    "GroupOperator",
    "Restriction",
    "StoredGrade",
    "condition_of",
    "read_availability",
    "read_restriction",
    "stored_grades",
]
