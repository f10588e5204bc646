# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""A sheet of one's own: a row for each learner, a column for each item, as teachers keep them.

>>> from gradecalc.lms.spreadsheet import read_csv
>>> imported = read_csv("Student ID,Name,HW 1 (10),HW 2\nOut of,,,20\n17,Ada Lovelace,8.5,EX\n")
>>> imported.marks, [item.max_points for item in imported.gradebook.children]
({'17': {'HW 1': Fraction(17, 2), 'HW 2': EXEMPT}}, [Fraction(10, 1), Fraction(20, 1)])
"""

from .own_sheet import read_csv

__all__ = ["read_csv"]
