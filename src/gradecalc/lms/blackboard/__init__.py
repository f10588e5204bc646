# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""Blackboard: what its grade center gives to download.

>>> from gradecalc.lms.blackboard import read_csv
>>> imported = read_csv("Username,Quiz 1 [Total Pts: 10 Score] |51772,Total [Total Pts: up to 10 Score] |1\nada,8,8\n")
>>> imported.marks, imported.finals
({'ada': {'Quiz 1': 8}}, {'ada': {'total': Recorded(points=8)}})
"""

from .grade_center import read_csv

__all__ = ["read_csv"]
