# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Courses of Moodle as documents, and what is read of them."""

from gradecalc import (
    grade,
)
from gradecalc.lms.moodle import (
    read,
)


def item(name, grade_=None, most=100, **fields):
    """Return an item, with the grade of the one learner."""
    return {"name": name, "max": most, "grade": grade_, **fields}


def category(name, method, *children, **fields):
    """Return a category over what is in it."""
    return {"name": name, "method": method, "children": list(children), **fields}


def graded(tree, **options):
    """Return the report of the one learner of a course."""
    course = read(tree, **options)
    return grade(course.gradebook, course.marks["learner"])


def codes(course):
    """Return the codes of what was odd."""
    return [problem.code for problem in course.problems]
