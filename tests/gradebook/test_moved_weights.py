# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules V1 to V5: the weight of missed or exempt work goes to a named sibling."""

from fractions import Fraction

import pytest
from attrs import evolve

from gradecalc import (
    EXEMPT,
    Category,
    DefinitionError,
    Distribution,
    DropRule,
    Gradebook,
    GradeItem,
    Mark,
    Missed,
    Report,
    Rescale,
    SumOfPoints,
    Treatment,
    UngradedPolicy,
    WeightedMean,
    WeightMoves,
    compile_gradebook,
    grade,
)
from gradecalc.extras.definitions import dumps_json, from_dict, loads_json
from gradecalc.gradebook.moved_weights import arrivals
from small_books import codes

AS_ZERO = UngradedPolicy.AS_ZERO


def course(when=Missed.EXEMPT, **settings):
    """Return a course of homework 20, a midterm 30 whose weight moves to the final, and a final 50."""
    return Gradebook(
        [
            GradeItem("Homework", max_points=100, weight=20),
            GradeItem("Midterm", max_points=50, weight=30, weight_moves=WeightMoves("Final", when=when)),
            GradeItem("Final", max_points=200, weight=50),
        ],
        aggregation=WeightedMean(**settings),
    )


@pytest.mark.parametrize("ungraded", [UngradedPolicy.LEAVE_OUT, AS_ZERO])
def test_the_weight_of_blank_work_out_of_0_moves_by_every_policy(ungraded):
    """What is not graded hands its weight on, also where it is out of 0 for a learner and would leave (V2, W6)."""
    marks = {"Homework": 90, "Midterm": Mark(out_of=0), "Final": 160}
    report = grade(course(when=Missed.UNGRADED), marks, ungraded=ungraded)
    assert (82, Fraction(4, 5)) == (report.final.percent, report["Final"].weight)
    assert Treatment.LEFT_OUT is report["Midterm"].treatment


def test_the_weight_of_exempt_work_goes_to_the_sibling_named():
    """With an exempt midterm the final weighs 80: 90 % and 80 % are 82, not the 82.86 of rescaling (V1)."""
    report = grade(course(), {"Homework": 90, "Midterm": EXEMPT, "Final": 160})
    assert (82, Fraction(4, 5), Fraction(1, 5)) == (
        report.final.percent,
        report["Final"].weight,
        report["Homework"].weight,
    )
    assert ["exempt", "weight_moved"] == codes(report["Midterm"])
    assert ["weight_received"] == codes(report["Final"])
    assert "its weight of 30 % moved to Final" in str(report)
    assert report == Report.from_dict(report.to_dict())


@pytest.mark.parametrize(
    ("when", "midterm", "expected"),
    [
        (Missed.EXEMPT, EXEMPT, 82),
        (Missed.UNGRADED, EXEMPT, Fraction(580, 7)),
        (Missed.EITHER, EXEMPT, 82),
        (Missed.EXEMPT, None, Fraction(580, 7)),
        (Missed.UNGRADED, None, 82),
        (Missed.EITHER, None, 82),
        (Missed.EITHER, 0, 58),
    ],
)
def test_which_missed_work_moves_is_a_choice(when, midterm, expected):
    """The weight of exempt work moves, of ungraded work, or of either; a recorded zero is not missed (V1)."""
    marks = {"Homework": 90, "Midterm": midterm, "Final": 160}
    assert expected == grade(course(when), marks).final.percent


def test_what_has_moved_its_weight_is_no_zero():
    """Ungraded work whose weight has moved is left out where blanks count as zero (V2, U2)."""
    report = grade(course(Missed.UNGRADED), {"Homework": 90, "Final": 160}, ungraded=AS_ZERO)
    assert (82, Treatment.LEFT_OUT, None) == (
        report.final.percent,
        report["Midterm"].treatment,
        report["Midterm"].points,
    )


def test_before_the_final_is_graded_the_homework_is_all_there_is():
    """Nothing moves to what has no score: 90 % of homework shows as 90, with the reason (V4, U1)."""
    report = grade(course(), {"Homework": 90, "Midterm": EXEMPT})
    assert ("90.00", ["exempt", "weight_stays"]) == (report.final.shown, codes(report["Midterm"]))


def test_a_target_that_counts_as_zero_takes_the_weight():
    """Under `AS_ZERO` a blank final counts, and so takes the midterm's weight with it (V1, U2)."""
    assert 18 == grade(course(), {"Homework": 90, "Midterm": EXEMPT}, ungraded=AS_ZERO).final.percent


def test_several_move_to_one_and_a_mover_hands_on():
    """Two quizzes that move to the midterm arrive at the final where the midterm is missed too (V3)."""
    book = Gradebook(
        [
            GradeItem("Essay", max_points=10, weight=20),
            GradeItem("Q1", max_points=10, weight=10, weight_moves=WeightMoves("Midterm")),
            GradeItem("Q2", max_points=10, weight=20, weight_moves=WeightMoves("Midterm")),
            GradeItem("Midterm", max_points=10, weight=20, weight_moves=WeightMoves("Final")),
            GradeItem("Final", max_points=10, weight=30),
        ],
        aggregation=WeightedMean(),
    )
    marks = {"Essay": 10, "Q1": EXEMPT, "Q2": EXEMPT, "Midterm": EXEMPT, "Final": 5}
    assert (60, Fraction(4, 5)) == (grade(book, marks).final.percent, grade(book, marks)["Final"].weight)
    assert Fraction(1, 2) == grade(book, marks | {"Midterm": 5})["Midterm"].weight


def test_two_that_move_to_each_other_are_rescaled_where_both_are_missed():
    """A weight that comes back where it came from does not move (V4)."""
    book = Gradebook(
        [
            GradeItem("M1", max_points=10, weight=30, weight_moves=WeightMoves("M2")),
            GradeItem("M2", max_points=10, weight=30, weight_moves=WeightMoves("M1")),
            GradeItem("Final", max_points=10, weight=40),
        ],
        aggregation=WeightedMean(),
    )
    assert Fraction(3, 5) == grade(book, {"M1": EXEMPT, "M2": 5, "Final": 5})["M2"].weight
    both = grade(book, {"M1": EXEMPT, "M2": EXEMPT, "Final": 5})
    assert (1, ["exempt", "weight_stays"]) == (both["Final"].weight, codes(both["M1"]))


def test_moved_weight_is_kept_where_weights_are_not_scaled():
    """Under `Rescale.NEVER` what an exemption would cost goes to the final (V1, W3)."""
    marks = {"Homework": 90, "Midterm": EXEMPT, "Final": 160}
    assert 82 == grade(course(rescale=Rescale.NEVER), marks).final.percent


def test_a_weight_that_is_shared_by_points_moves_as_it_was_planned():
    """The 50 that a quiz has by its points before anybody is graded goes whole to the other that is named (V1, W4)."""
    book = Gradebook(
        [
            GradeItem("Quiz", max_points=20, weight_moves=WeightMoves("Final")),
            GradeItem("Essay", max_points=10),
            GradeItem("Final", max_points=10),
        ],
        aggregation=WeightedMean(distribution=Distribution.BY_POINTS),
    )
    report = grade(book, {"Quiz": EXEMPT, "Essay": 10, "Final": 0})
    assert (25, Fraction(3, 4)) == (report.final.percent, report["Final"].weight)


def test_a_category_moves_its_weight_when_all_in_it_is_exempt():
    """An exempt category is missed like an exempt item (V1, X3)."""
    labs = Category("Labs", [GradeItem("L1", max_points=10)], weight=40, weight_moves=WeightMoves("Exam"))
    rest = [GradeItem("Essay", max_points=10, weight=10), GradeItem("Exam", max_points=10, weight=50)]
    report = grade(Gradebook([labs, *rest], aggregation=WeightedMean()), {"L1": EXEMPT, "Essay": 10, "Exam": 5})
    assert 55 == report.final.percent


def test_a_target_that_is_dropped_is_dropped_with_all_its_weight():
    """A weight moves before drops are chosen (V5, D1)."""
    book = evolve(course(), drop=DropRule(lowest=1))
    report = grade(book, {"Homework": 90, "Midterm": EXEMPT, "Final": 20})
    assert (90, Treatment.DROPPED) == (report.final.percent, report["Final"].treatment)


@pytest.mark.parametrize(
    ("to", "changes", "code"),
    [
        ("Finall", {}, "unknown_id"),
        ("Midterm", {}, "self_reference"),
        ("Extra", {}, "bonus"),
        ("Practice", {}, "not_counted"),
        ("Final", {"bonus": True}, "bonus"),
        ("Final", {"counts": False}, "not_counted"),
    ],
)
def test_a_weight_moves_only_between_siblings_that_have_one(to, changes, code):
    """Unknown ids, itself, bonus and what does not count are errors with the path of the target (V5)."""
    midterm = GradeItem("Midterm", max_points=50, weight=30, weight_moves=WeightMoves(to), **changes)
    others = [
        GradeItem("Final", max_points=50),
        GradeItem("Extra", max_points=5, bonus=True),
        GradeItem("Practice", max_points=5, counts=False),
    ]
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(Gradebook([midterm, *others], aggregation=WeightedMean()))
    assert [(code, "children[0].weight_moves.to")] == [(each.code, each.path) for each in caught.value.problems]


def test_in_a_branch_without_weights_nothing_moves():
    """In a sum of points the policy changes nothing, with a notice (V5)."""
    book = evolve(course(), aggregation=SumOfPoints())
    assert ("weight_unused", "children[1].weight_moves") in [
        (each.code, each.path) for each in compile_gradebook(book).notices
    ]
    report = grade(book, {"Homework": 90, "Midterm": EXEMPT, "Final": 160})
    assert (["exempt"], Fraction(250, 3)) == (codes(report["Midterm"]), report.final.percent)


def test_definition_files_have_it():
    """A gradebook with moved weights is itself by way of JSON, and a file states them in a table."""
    assert course() == loads_json(dumps_json(course()))
    item = {"name": "Midterm", "max_points": 50, "weight_moves": {"to": "Final", "when": "either"}}
    assert WeightMoves("Final", when=Missed.EITHER) == from_dict({"children": [item]}).children[0].weight_moves


@pytest.mark.parametrize(
    ("missed", "targets", "present", "expected"),
    [
        ([1], {1: 2}, {2}, [(1, 2)]),
        ([1], {1: 2}, {3}, [(1, None)]),
        ([1, 2], {1: 2, 2: 3}, {3}, [(1, 3), (2, 3)]),
        ([1, 2], {1: 2, 2: 1}, {1, 2, 3}, [(1, None), (2, None)]),
        ([1, 2, 3], {1: 2, 2: 3, 3: 2}, {4}, [(1, None), (2, None), (3, None)]),
    ],
)
def test_where_weights_arrive(missed, targets, present, expected):
    """A weight is handed on until somebody is there who keeps it, or nobody is (V3, V4)."""
    assert expected == list(arrivals(missed, targets, present))
