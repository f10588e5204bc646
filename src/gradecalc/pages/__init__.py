# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whole HTML pages, for the screen and for paper: a report, any other outline, and a class.

>>> from gradecalc import Gradebook, GradeItem, grade
>>> report = grade(Gradebook([GradeItem("Exam", max_points=100)]), {"Exam": 81})
>>> page = report_page(report, title="Physics", learner="Ada Lovelace")
>>> page[:15], "Ada Lovelace" in page, "81.00 %" in page
('<!doctype html>', True, True)

A page needs nothing beside itself, runs no script, and has the title, the learner and the date that its caller states.
Rules HP1 to HP10.
"""

from .classes import class_page
from .singles import outline_page, report_page

__all__ = ["class_page", "outline_page", "report_page"]
