# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A calculator that searches for drops by halves, written from the rules of Canvas alone, agrees with what is read."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import grade
from gradecalc.lms.canvas import View, read
from gradecalc.rounding import Rounding

POSTED = "2026-01-09T12:00:00Z"
PERIODS = [
    {"id": 1, "start_date": "2026-01-01T00:00:00Z", "end_date": "2026-02-01T00:00:00Z"},
    {"id": 2, "start_date": "2026-02-01T00:00:00Z", "end_date": "2026-03-01T00:00:00Z"},
]
scores = st.none() | st.integers(-2, 25) | st.sampled_from([7.5, 0.25, 3.33])
booleans = st.sampled_from([False, False, False, True])


@st.composite
def exports(draw, weighted_periods=False):
    """Draw the documents of a course with one learner."""
    groups, submissions, number = [], [], 10
    for group in range(1, draw(st.integers(1, 3)) + 1):
        assignments = []
        for _ in range(draw(st.integers(1, 5))):
            number += 1
            due = draw(st.sampled_from(["2026-01-09T00:00:00Z", "2026-02-09T00:00:00Z", "2026-05-09T00:00:00Z", None]))
            points, omitted = draw(st.sampled_from([0, 5, 10, 10, 20, 12.5])), draw(booleans)
            assignments.append(
                {"id": number, "points_possible": points, "omit_from_final_grade": omitted, "due_at": due}
            )
            if draw(st.integers(0, 5)):
                submissions.append(
                    {
                        "user_id": 7,
                        "assignment_id": number,
                        "score": draw(scores),
                        "excused": draw(booleans),
                        "posted_at": None if draw(booleans) else POSTED,
                        "workflow_state": "pending_review" if draw(booleans) else "graded",
                    }
                )
        rules = {"drop_lowest": draw(st.integers(0, 2)), "drop_highest": draw(st.sampled_from([0, 0, 1, 2]))}
        rules["never_drop"] = [each["id"] for each in assignments if draw(booleans)]
        weight = draw(st.sampled_from([0, 10, 30, 60, 100]))
        groups.append({"id": group, "group_weight": weight, "rules": rules, "assignments": assignments})
    weights = st.sampled_from([10, 40, 60, 100, None])
    return {
        "assignment_groups": groups,
        "submissions": submissions,
        "course": {"apply_assignment_group_weights": draw(st.booleans())},
        "grading_periods": {
            "weighted": weighted_periods,
            "grading_periods": [{**each, "weight": draw(weights)} for each in PERIODS],
        },
        "enrollments": [{"user_id": 7, "enrollment_state": "completed" if draw(booleans) else "active"}],
    }


views = st.builds(View, final=st.booleans(), posted=st.booleans())


def exact(value):
    return Fraction(str(value or 0))


def counted(exported, view, assignment):
    """Return the pair that an assignment brings into its group, None where it brings none."""
    row = next((each for each in exported["submissions"] if each["assignment_id"] == assignment["id"]), None)
    if row and ((view.posted and not row["posted_at"]) or (row["workflow_state"] != "graded" and not view.final)):
        row = None
    score = row["score"] if row else None
    concluded = exported["enrollments"][0]["enrollment_state"] == "completed"
    out = (row is None and concluded) or (score is None and not view.final) or (row and row["excused"])
    if out or assignment["omit_from_final_grade"]:
        return None
    return exact(score), exact(assignment["points_possible"])


def total(pairs):
    pairs = list(pairs)
    return sum(points for points, _ in pairs), sum(out_of for _, out_of in pairs)


def quotient(pair):
    return pair[0] / pair[1] if pair[1] else None


def searched(protected, droppable, kept, sign):
    """Return what Canvas's search keeps: the best or the worst at the last ratio, and of equals the first."""
    pool = [*protected, *droppable]
    pointed = [pair for pair in pool if pair[1]]
    unpointed = [points for points, out_of in pool if not out_of]
    if not pointed:
        return sorted(droppable, key=lambda pair: -pair[0])[:kept]
    low, high = min(map(quotient, pointed)), max(map(quotient, pointed))
    if unpointed:
        points, out_of = total(pointed)
        high = (max(points, out_of) + sum(unpointed)) / out_of
    least = Fraction(1, 2 * kept) / max(out_of for _, out_of in pool) ** 2
    while True:
        middle = (low + high) / 2
        rated = sorted(droppable, key=lambda pair: -sign * (pair[0] - middle * pair[1]))[:kept]
        if high - low < least:
            return rated
        if sum(points - middle * out_of for points, out_of in protected + rated) < 0:
            high = middle
        else:
            low = middle


def group_total(exported, view, group, within):
    """Return the pair of a group after its drops, the lowest phase first."""
    rules = group["rules"]
    pairs = {each["id"]: counted(exported, view, each) for each in group["assignments"] if within(each)}
    pairs = {id_: pair for id_, pair in pairs.items() if pair is not None}
    kept = [pair for id_, pair in pairs.items() if id_ in rules["never_drop"]]
    droppable = [pair for id_, pair in pairs.items() if id_ not in rules["never_drop"]]
    if not droppable:
        return total(kept)
    lowest = min(rules["drop_lowest"], len(droppable) - 1)
    highest = rules["drop_highest"] if lowest + rules["drop_highest"] < len(droppable) else 0
    if not any(out_of for _, out_of in pairs.values()):
        ranked = sorted(points for points, _ in droppable)[lowest:]
        return total([*kept, *((points, 0) for points in ranked[: len(ranked) - highest])])
    for drops, sign in ((lowest, 1), (highest, -1)):
        droppable = searched(kept, droppable, len(droppable) - drops, sign) if drops else droppable
    return total(kept + droppable)


def course_total(exported, view, within=lambda _: True):
    """Return the percent of a course over the assignments that lie within, unrounded."""
    totals = [
        (group_total(exported, view, each, within), each["group_weight"]) for each in exported["assignment_groups"]
    ]
    if not exported["course"]["apply_assignment_group_weights"]:
        found = quotient(total(pair for pair, _ in totals))
        return None if found is None else found * 100
    return weighted([(quotient(pair), weight) for pair, weight in totals if pair[1]])


def weighted(parts):
    """Return the weighted sum of ratios, scaled up to 100 where weights are short of it."""
    whole = sum(weight for _, weight in parts)
    return sum(ratio * weight for ratio, weight in parts) * Fraction(100, min(whole, 100)) if whole else None


def rounded(percent):
    return None if percent is None else Rounding(2).apply(percent)


def graded(exported, view, **choices):
    imported = read(exported, view=view, **choices)
    return grade(imported.gradebook, imported.marks["7"]).final


@settings(max_examples=300)
@given(exports(), views)
def test_every_view_of_a_course_is_what_canvas_finds(exported, view):
    """The score of a course is that of the results that Canvas's search keeps, in every view (D12)."""
    assert rounded(course_total(exported, view)) == graded(exported, view).percent


@given(exports(), views, st.sampled_from([0, 1]))
def test_a_period_is_a_course_of_its_own(exported, view, place):
    """The score of a grading period is that of a course with its assignments alone."""
    expected = rounded(course_total(exported, view, lambda each: falls_in(place, each)))
    assert expected == graded(exported, view, period=str(place + 1)).percent


def falls_in(place, assignment):
    months = {0: ("2026-01",), 1: ("2026-02", "None")}
    return str(assignment["due_at"])[:7] in months[place]


@settings(max_examples=300)
@given(exports(weighted_periods=True), views)
def test_weighted_periods_are_weighed_rounded(exported, view):
    """A course of weighted periods weighs their rounded scores."""
    listed = exported["grading_periods"]["grading_periods"]
    found = [rounded(course_total(exported, view, lambda each, at=at: falls_in(at, each))) for at in (0, 1)]
    parts = [
        (exact(percent) / 100, period["weight"] or 0)
        for percent, period in zip(found, listed, strict=True)
        if percent is not None or view.final
    ]
    expected = 0 if parts and not sum(weight for _, weight in parts) else rounded(weighted(parts))
    assert expected == graded(exported, view).percent
