# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Open edX: its grading, certificates, proctoring and credit, said in the general words of the tiers below.

>>> labs = {"type": "Lab", "min_count": 2, "drop_count": 0, "weight": 1.0}
>>> read({"GRADER": [labs], "GRADE_CUTOFFS": {"Pass": 0.5}}).problems
()
"""

from .grading.grade_report import read_csv
from .grading.reading import read

__all__ = ["read", "read_csv"]
