# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Canvas: what its API gives of a course, or its gradebook file, read as a gradebook and marks.

>>> from gradecalc import grade
>>> from gradecalc.lms.canvas import POSTED_FINAL, read
>>> groups = [{"id": 1, "name": "Quizzes", "rules": {"drop_lowest": 1}, "assignments": [
...     {"id": number, "name": f"Quiz {number}", "points_possible": 10} for number in (11, 12, 13)]}]
>>> scores = [{"user_id": 7, "assignment_id": 11, "score": 4, "posted_at": "2026-01-09T12:00:00Z"},
...           {"user_id": 7, "assignment_id": 12, "score": 9, "posted_at": "2026-01-16T12:00:00Z"}]
>>> imported = read({"assignment_groups": groups, "submissions": scores}, view=POSTED_FINAL)
>>> grade(imported.gradebook, imported.marks["7"]).final.shown
'65.00'
"""

from .books import OUTSIDE
from .calculators import (
    CLIENT,
    SERVER,
    Calculator,
    Repeated,
)
from .entry import GradingType, interpret_grade, show_grade
from .gradebook_file import read_csv
from .ids import group_id, period_id
from .lateness import (
    Lateness,
    LateStatus,
    LeftAlone,
    adjust,
    read_late_policy,
)
from .reading import read
from .standards import (
    DEFAULT,
    GradingStandard,
    read_standards,
    upgrade_first_version,
)
from .views import (
    ALL_CURRENT,
    ALL_FINAL,
    POSTED_CURRENT,
    POSTED_FINAL,
    View,
)
from .writing import write_csv

__all__ = [
    "ALL_CURRENT",
    "ALL_FINAL",
    "CLIENT",
    "DEFAULT",
    "OUTSIDE",
    "POSTED_CURRENT",
    "POSTED_FINAL",
    "SERVER",
    "Calculator",
    "GradingStandard",
    "GradingType",
    "LateStatus",
    "Lateness",
    "LeftAlone",
    "Repeated",
    "View",
    "adjust",
    "group_id",
    "interpret_grade",
    "period_id",
    "read",
    "read_csv",
    "read_late_policy",
    "read_standards",
    "show_grade",
    "upgrade_first_version",
    "write_csv",
]
