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
    "DEFAULT_LETTERS",
    "METHODS",
    "AggregationStatus",
    "Bounds",
    "Calculation",
    "Method",
    "RangeSource",
    "Settled",
    "TotalsView",
    "UserReportLine",
    "Weighed",
    "adjust_raw",
    "adjust_scale",
    "change_bounds",
    "change_method",
    "choose_bounds",
    "deduct",
    "letter_scheme",
    "minima",
    "read",
    "read_csv",
    "read_web_service",
    "settle_weights",
    "show_references",
    "standardise",
    "store_references",
    "total_without_hidden",
    "weigh",
]
