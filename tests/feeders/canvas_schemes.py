# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Canvas's cases of grading standards and of grade entry are fed: as the documents that its API has of them."""

from feeders.harness import sound
from gradecalc import grade
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

OF_THE_SERVER = ("grade_to_score", "place_in_scheme", "upgrade_v1", "interpret_grade")
OF_THE_BROWSER = ("grade_to_score_upper", "grade_to_score_lower")
WORDS = {
    "engine": {"server": SERVER, "client": CLIENT},
    **{f"{kind}:engine": {"server": SERVER} for kind in OF_THE_SERVER},
    **{f"{kind}:engine": {"client": CLIENT} for kind in OF_THE_BROWSER},
    "grading_type": {each.value: each for each in GradingType},
}


def document(given):
    """Return the grading standard of a case as the API has it; null is Canvas's own, which has the number 0."""
    rows = given["scheme"]
    listed = [] if rows is None else [{"name": str(name), "value": value} for name, value in rows]
    in_points = {each: given[each] for each in ("points_based", "scaling_factor") if each in given}
    return {"id": 0 if rows is None else 1, "grading_scheme": listed, **in_points}


def standard(given):
    """Return the grading standard of a case."""
    stated = document(given)
    return read_standards(Document([stated], "grading_standards", []))["1"] if stated["id"] else DEFAULT


def score_to_grade(given):
    """Say the letter of a score, on the server as that of a course whose only assignment, out of 100, has it."""
    engine, score = given["engine"], given["score"]
    return course_letter(given, score) if engine is SERVER else standard(given).symbol(score, engine)


def course_letter(given, score):
    """Return the letter of a course whose only assignment, out of 100, has the score."""
    stated = document(given)
    exported = {
        "assignment_groups": [{"id": 1, "assignments": [{"id": 5, "points_possible": 100}]}],
        "submissions": [{"user_id": 7, "assignment_id": 5, "score": score}],
        "course": {"grading_standard_id": stated["id"]},
        "grading_standards": [stated] if stated["id"] else [],
    }
    imported = sound(read(exported))
    return grade(imported.gradebook, imported.marks["7"])["5"].symbol


def only(given):
    """Leave out of account whose case it is, where one calculator alone has what the case is about."""
    given.ignore("engine", "the other has no such thing, and its word fails")


def grade_to_score(given):
    """Say the score that a letter stands for."""
    only(given)
    return standard(given).score(given["grade"])


def grade_to_score_upper(given):
    """Say the score that the browser enters for a letter."""
    only(given)
    return standard(given).highest_score(given["grade"])


def grade_to_score_lower(given):
    """Say the bound of a letter."""
    only(given)
    return standard(given).lowest_score(given["grade"])


def place_in_scheme(given):
    """Say where a name stands in its grading standard; a number may be written without quotes."""
    only(given)
    return standard(given).place(str(given["grade"]))


def upgrade_v1(given):
    """Say the lower bounds made of upper ones."""
    only(given)
    return upgrade_first_version(given["scheme_v1"])


def points_of_entry(given):
    """Say the points that what was typed means; a number may be written without quotes, and null is nothing typed."""
    only(given)
    typed = given["grade"]
    return interpret_grade(
        "" if typed is None else str(typed),
        possible=given["points_possible"],
        grading_type=given["grading_type"],
        standard=standard(given),
    )


FEEDERS = {
    "score_to_grade": score_to_grade,
    "grade_to_score": grade_to_score,
    "grade_to_score_upper": grade_to_score_upper,
    "grade_to_score_lower": grade_to_score_lower,
    "place_in_scheme": place_in_scheme,
    "upgrade_v1": upgrade_v1,
    "interpret_grade": points_of_entry,
}
