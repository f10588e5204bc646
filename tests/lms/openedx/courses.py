# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A small course of Open edX, as documents, and what is read of it."""

from attrs import evolve

from gradecalc import (
    Severity,
    grade,
)
from gradecalc.lms.openedx.grading.gradebook import GRADER
from gradecalc.lms.openedx.grading.reading import read

UNROUNDED = evolve(GRADER, subsection=None, course=None)


def homework(**stated):
    """Return an entry of a policy."""
    return {"type": "Homework", "short_label": "HW", "min_count": 1, "drop_count": 0, "weight": 1} | stated


def subsections(*ids, **stated):
    """Return records of subsections."""
    return [{"usage_key": id_, "format": "Homework", "graded": True} | stated for id_ in ids]


def row(user, id_, earned, possible, **stated):
    """Return a record of a stored grade."""
    return {"user_id": user, "usage_key": id_, "earned_graded": earned, "possible_graded": possible} | stated


def read_one(policy, scores, **options):
    """Return what is read of a course in which learner 1 has these scores."""
    ids = [f"s{nth}" for nth in range(len(scores))]
    rows = [row(1, id_, *score) for id_, score in zip(ids, scores, strict=True)]
    document = policy if "GRADER" in policy else {"GRADER": [policy]}
    return read(document, subsections(*ids), rows, learners=[{"user_id": 1}], **options)


def report_of(imported, learner="1"):
    """Return the report of a learner."""
    return grade(imported.gradebook, imported.marks[learner])


def codes(problems, severity=Severity.ERROR):
    """Return the path and the code of each problem of a severity."""
    return [(problem.path, problem.code) for problem in problems if problem.severity is severity]
