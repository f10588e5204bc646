# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""Brightspace: the grade export, read as a gradebook and marks.

>>> from gradecalc.lms.brightspace import read
>>> imported = read("Username,Essay Points Grade <Numeric MaxPoints:20>,End-of-Line Indicator\n#ada,17,#\n")
>>> imported.marks
{'ada': {'Essay': 17}}
"""

from .export import Key, read

__all__ = ["Key", "read"]
