# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""Gradescope: the grades of all assignments of a course, as it gives them as CSV.

>>> from gradecalc.lms.gradescope import read_csv
>>> imported = read_csv("Name,SID,Email,Lab 1,Lab 1 - Max Points\nAda Lovelace,17,ada@example.org,8.5,10.0\n")
>>> imported.marks, imported.gradebook.children[0].max_points
({'17': {'Lab 1': Fraction(17, 2)}}, Fraction(10, 1))
"""

from .assignment_grades import read_csv

__all__ = ["read_csv"]
