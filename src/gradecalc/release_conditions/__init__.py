# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a learner must have before something is shown, and why it is or is not."""

from ..decisions import Decision
from .comparisons import Comparison, TextTest
from .conditions import (
    MAX_CONDITIONS,
    MAX_DEPTH,
    AllOf,
    AnyOf,
    Not,
    check,
    find_condition_problems,
    keep_released,
)
from .facts import (
    Achievement,
    Completion,
    LearnerFacts,
    Measure,
    Membership,
)
from .predicates import (
    Achieved,
    Completed,
    Condition,
    During,
    GradeReceived,
    GradeValue,
    Measured,
    Member,
    NoGradeReceived,
    ProfileField,
)

__all__ = [
    "MAX_CONDITIONS",
    "MAX_DEPTH",
    "Achieved",
    "Achievement",
    "AllOf",
    "AnyOf",
    "Comparison",
    "Completed",
    "Completion",
    "Condition",
    "Decision",
    "During",
    "GradeReceived",
    "GradeValue",
    "LearnerFacts",
    "Measure",
    "Measured",
    "Member",
    "Membership",
    "NoGradeReceived",
    "Not",
    "ProfileField",
    "TextTest",
    "check",
    "find_condition_problems",
    "keep_released",
]
