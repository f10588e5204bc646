# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Canvas's cases of rounding and of small figures are fed; what is infinite or not a number is no figure here."""

from fractions import Fraction

from gradecalc import grade
from gradecalc.lms.canvas import (
    CLIENT,
    percentage,
    read,
    round_figure,
    scaled_points,
)

NO_FIGURE = ("NaN", "Infinity", "-Infinity")


def exact(value):
    """Return a figure of a case as an exact number; null and what is no number are none."""
    return None if value is None or value in NO_FIGURE else Fraction(str(value))


def rounded(case):
    """Assert a number rounded."""
    assert exact(case["expect"]) == round_figure(case["input"], case["digits"])


def score_to_percentage(case):
    """Assert a score in percent."""
    assert exact(case["expect"]) == percentage(case["score"], case["possible"])


def weighted_percent(case):
    """Assert what a group adds to a course of which it is one of two, all of the weight being 100."""
    other = 100 - case["weight"]
    report = graded([(case["score"], case["possible"], case["weight"]), (0, 1, other)])
    group = report["group 1"]
    assert exact(case["expect"]) == (group.percent or 0) * group.weight


def weighted_sum_round(case):
    """Assert the rounded total of weighted groups."""
    assert exact(case["expect"]) == graded(case["terms"]).final.percent


def graded(terms):
    """Return the report of a course by percent with a group of one assignment for each (score, possible, weight)."""
    numbered = list(enumerate(terms, start=1))
    exported = {
        "course": {"apply_assignment_group_weights": True},
        "assignment_groups": [
            {"id": number, "group_weight": weight, "assignments": [{"id": number, "points_possible": possible}]}
            for number, (_, possible, weight) in numbered
        ],
        "submissions": [{"user_id": 7, "assignment_id": number, "score": score} for number, (score, _, _) in numbered],
    }
    imported = read(exported, calculator=CLIENT)
    return grade(imported.gradebook, imported.marks["7"])


def scaled(case):
    """Assert a score in points of a grading standard, to the five decimals that are asserted at the most."""
    expected, found = exact(case["expect"]), scaled_points(case["score"], case["possible"], case["scaling_factor"])
    assert found is None if expected is None else abs(expected - found) < Fraction(1, 200_000)


FEEDERS = {
    "round": rounded,
    "score_to_percentage": score_to_percentage,
    "weighted_percent": weighted_percent,
    "weighted_sum_round": weighted_sum_round,
    "score_to_scaled_points": scaled,
}
