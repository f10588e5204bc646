# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
r"""Brightspace: its grade export and its API's JSON read as gradebooks and marks, and a file for its importer.

>>> from gradecalc.lms.brightspace import read
>>> imported = read("Username,Essay Points Grade <Numeric MaxPoints:20>,End-of-Line Indicator\n#ada,17,#\n")
>>> imported.marks
{'ada': {'Essay': 17}}
"""

from ..exported import Exported
from .api import read_api
from .course import DISTRIBUTIONS
from .export import Key, read
from .export import read as read_csv
from .heading_text import Headings
from .package import read_package
from .writing import write

__all__ = ["DISTRIBUTIONS", "Exported", "Headings", "Key", "read", "read_api", "read_csv", "read_package", "write"]
