# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Canvas's cases of grading standards and of grade entry are fed."""

from fractions import Fraction

from gradecalc import GradeItem, grade
from gradecalc.lms.canvas import (
    CLIENT,
    DEFAULT,
    SERVER,
    GradingType,
    interpret_grade,
    read,
    read_standards,
    upgrade_first_version,
)
from gradecalc.lms.documents import Document

CALCULATORS = {"server": SERVER, "client": CLIENT}


def exact(value):
    """Return a figure of a case as an exact number; null is none."""
    return None if value is None else Fraction(str(value))


def standard(case):
    """Return the grading standard of a case, read from the document that the API has for it; null is Canvas's own."""
    if case["scheme"] is None:
        return DEFAULT
    return read_standards(Document([document(case)], "grading_standards", []))["1"]


def document(case):
    """Return a grading standard as the API has it."""
    return {"id": 1, "grading_scheme": [{"name": name, "value": value} for name, value in case["scheme"]]}


def score_to_grade(case):
    """Assert the letter of a score; of the server, also the letter of a course with that score."""
    assert case["expect"] == standard(case).symbol(case["score"], CALCULATORS[case["engine"]])
    if case["engine"] == "server":
        assert case["expect"] == course_letter(case)


def course_letter(case):
    """Return the letter of a course whose only assignment, out of 100, has the score."""
    item = {"id": 5, "points_possible": 100}
    exported = {
        "assignment_groups": [{"id": 1, "assignments": [item]}],
        "submissions": [{"user_id": 7, "assignment_id": 5, "score": case["score"]}],
        "course": {"grading_standard_id": 1},
        "grading_standards": [document(case)],
    }
    imported = read(exported)
    return grade(imported.gradebook, imported.marks["7"])["5"].symbol


def grade_to_score(case):
    """Assert the score that a letter stands for, and that the engine takes the letter for it."""
    assert exact(case["expect"]) == standard(case).score(case["grade"])
    if case["expect"] is not None:
        item = GradeItem("It", max_points=100, scheme=standard(case).scheme)
        assert exact(case["expect"]) == item.scheme.value(case["grade"])


def upper(case):
    """Assert the score that the browser enters for a letter."""
    assert exact(case["expect"]) == standard(case).highest_score(case["grade"])


def lower(case):
    """Assert the bound of a letter."""
    assert exact(case["expect"]) == standard(case).lowest_score(case["grade"])


def place(case):
    """Assert where a key stands in its grading standard."""
    assert case["expect"] == standard(case).place(str(case["grade"]))


def upgrade(case):
    """Assert the lower bounds made of upper ones."""
    upgraded = upgrade_first_version(case["scheme_v1"])
    assert [name for name, _ in case["expect"]] == [name for name, _ in upgraded]
    for (_, expected), (_, bound) in zip(case["expect"], upgraded, strict=True):
        assert abs(exact(expected) - bound) <= exact(case["tolerance"])


def interpret(case):
    """Assert the points that what was typed means."""
    assert exact(case["expect"]) == interpret_grade(
        case["grade"],
        possible=case["points_possible"],
        grading_type=GradingType(case["grading_type"]),
        standard=standard(case),
    )


FEEDERS = {
    "score_to_grade": score_to_grade,
    "grade_to_score": grade_to_score,
    "grade_to_score_upper": upper,
    "grade_to_score_lower": lower,
    "place_in_scheme": place,
    "upgrade_v1": upgrade,
    "interpret_grade": interpret,
}
