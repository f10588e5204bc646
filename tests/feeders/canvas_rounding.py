# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Canvas's cases of rounding and of small figures are fed: as courses of groups with one assignment each.

What is infinite or not a number in the browser is no figure here.
"""

from attrs import evolve

from feeders.harness import sound
from gradecalc import Rounding, grade
from gradecalc.lms.canvas import (
    ALL_FINAL,
    CLIENT,
    GradingStandard,
    read,
)
from gradecalc.lms.documents import NUMBER, Document

WORDS = {"": dict.fromkeys(("NaN", "Infinity", "-Infinity"))}


def rounded(given):
    """Say a number, or the number that a text states, to so many places."""
    number, places = Document(given["input"], "input", []).read(NUMBER, None, "input"), given.get("digits", 0)
    return None if number is None else Rounding(places).apply(number)


def score_to_percentage(given):
    """Say a score in percent."""
    return graded([(given["score"], given["possible"], 100)]).final.percent


def weighted_percent(given):
    """Say what a group adds to a course of which it is one of two, all of the weight being 100."""
    weight = given["weight"] or 0
    group = graded([(given["score"], given["possible"], weight), (0, 1, max(100 - weight, 0))])["group 1"]
    return 0 if group.percent is None else group.percent * group.weight


def weighted_sum_round(given):
    """Say the rounded total of weighted groups."""
    return graded(given["terms"], round_percent_total=Rounding(given["digits"])).final.percent


def graded(terms, **choices):
    """Return the report of a course by percent with a group of one assignment for each (score, possible, weight)."""
    numbered = [(nth, *term) for nth, term in enumerate(terms, start=1)]
    exported = {
        "course": {"apply_assignment_group_weights": True},
        "assignment_groups": [
            {"id": nth, "group_weight": weight, "assignments": [{"id": nth, "points_possible": possible}]}
            for nth, _, possible, weight in numbered
        ],
        "submissions": [{"user_id": 7, "assignment_id": nth, "score": score} for nth, score, _, _ in numbered],
    }
    calculator = evolve(CLIENT, round_percent_total=choices.get("round_percent_total"))
    imported = sound(read(exported, view=ALL_FINAL, calculator=calculator))
    return grade(imported.gradebook, imported.marks["7"])


def score_to_scaled_points(given):
    """Say a score in points of a grading standard."""
    standard = GradingStandard(rows=(), points_based=True, scaling_factor=given["scaling_factor"])
    percent = score_to_percentage(given)
    return None if percent is None else standard.scaled(percent)


FEEDERS = {
    "round": rounded,
    "score_to_percentage": score_to_percentage,
    "weighted_percent": weighted_percent,
    "weighted_sum_round": weighted_sum_round,
    "score_to_scaled_points": score_to_scaled_points,
}
