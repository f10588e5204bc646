# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules V6 to V10: the best of several weightings of the same children."""

from fractions import Fraction

import pytest
from attrs import evolve

from gradecalc import (
    EXEMPT,
    BestOf,
    ByFormula,
    CalculatedItem,
    Category,
    ChildWeight,
    DefinitionError,
    DropRule,
    Gradebook,
    GradeItem,
    Lack,
    Mean,
    Report,
    Rescale,
    Rounding,
    Treatment,
    UngradedPolicy,
    Weighting,
    WeightMoves,
    WeightUnit,
    compile_gradebook,
    grade,
)
from gradecalc.extras.definitions import dumps_json, find_problems, loads_json, loads_toml
from small_books import codes

STEADY = Weighting("steady", {"Homework": 20, "Midterm": 30, "Final": 50})
LATE = Weighting("late", {"Homework": 20, "Final": 80})
ITEMS = (GradeItem("Homework", max_points=100), GradeItem("Midterm", max_points=50), GradeItem("Final", max_points=200))
BOOK = Gradebook(ITEMS, aggregation=BestOf([STEADY, LATE]))


@pytest.mark.parametrize(
    ("marks", "expected", "chosen"),
    [
        ({"Homework": 90, "Midterm": 30, "Final": 160}, 82, "late"),
        ({"Homework": 90, "Midterm": 45, "Final": 160}, 85, "steady"),
        ({"Homework": 90, "Midterm": 40, "Final": 160}, 82, "steady"),
        ({"Homework": 90}, 90, "steady"),
        ({"Midterm": 30}, 60, "steady"),
        ({"Homework": EXEMPT, "Midterm": 30, "Final": 160}, 80, "late"),
    ],
)
def test_each_learner_has_the_best_weighting(marks, expected, chosen):
    """The best percent counts, of equal ones the first, and each weighting rescales what is graded (V6, V7)."""
    report = grade(BOOK, marks)
    assert (expected, chosen) == (report.final.percent, report.final.reasons[0].arguments[0])


def test_the_report_says_which_was_chosen_and_what_the_others_come_to():
    """The chosen weighting comes first, then every other with its percent; what it does not name says so (V8)."""
    report = grade(BOOK, {"Homework": 90, "Midterm": 30, "Final": 160})
    assert [("best_of", ("late", 82)), ("best_of_other", ("steady", 76))] == [
        (reason.code, reason.arguments) for reason in report.final.reasons
    ]
    assert (Treatment.NOT_COUNTED, 0, ["best_of_unnamed"]) == (
        report["Midterm"].treatment,
        report["Midterm"].weight,
        codes(report["Midterm"]),
    )
    assert (Fraction(4, 5), Fraction(1, 5)) == (report["Final"].weight, report["Homework"].weight)
    assert report == Report.from_dict(report.to_dict())


def test_a_weighting_in_which_nothing_has_a_score_is_not_the_best():
    """Whoever has only a midterm has it by the weighting that names it, and the other has no score (V7)."""
    report = grade(BOOK, {"Midterm": 0})
    assert (0, ["best_of", "best_of_without"]) == (report.final.percent, codes(report.final))


def test_blanks_count_as_zero_in_every_weighting():
    """Under `AS_ZERO` homework of 90 % is 18 by either weighting (V7, U2)."""
    assert 18 == grade(BOOK, {"Homework": 90}, ungraded=UngradedPolicy.AS_ZERO).final.percent


def test_without_any_score_the_first_weighting_says_why():
    """With nothing graded there is no score; with all exempt the branch is exempt, and only then (V7, X3)."""
    nothing, all_exempt = grade(BOOK, {}), grade(BOOK, dict.fromkeys(["Homework", "Midterm", "Final"], EXEMPT))
    assert (Lack.NOTHING_GRADED, Lack.EXEMPT) == (nothing.final.lack, all_exempt.final.lack)
    apart = evolve(BOOK, aggregation=BestOf([Weighting("first", {"Homework": 100}), LATE]))
    assert Lack.NOTHING_GRADED == grade(apart, {"Homework": EXEMPT}).final.lack


def test_an_exempt_term_is_not_lost():
    """With the weight of an exempt midterm moving to the final there are 82, which the formula made 74 (V6, V1)."""
    scaled = Weighting("scaled", {"Homework": 20, "Midterm": 20, "Final": 60})
    midterm = evolve(ITEMS[1], weight_moves=WeightMoves("Final"))
    book = Gradebook([ITEMS[0], midterm, ITEMS[2]], aggregation=BestOf([STEADY, scaled]))
    report = grade(book, {"Homework": 90, "Midterm": EXEMPT, "Final": 160})
    assert (82, ["exempt", "weight_moved"]) == (report.final.percent, codes(report["Midterm"]))


def test_each_weighting_scales_as_it_says():
    """A weighting that is not rescaled keeps what is missing as missing (V6, W3)."""
    kept = Weighting("kept", {"Homework": 20, "Final": 80}, rescale=Rescale.NEVER)
    assert 18 == grade(evolve(BOOK, aggregation=BestOf([kept])), {"Homework": 90}).final.percent


def test_weightings_may_be_in_shares():
    """Where the gradebook states shares, those of weightings are shares too (V6, W11)."""
    shares = [Weighting("steady", {"Homework": 0.2, "Midterm": 0.3, "Final": 0.5}), Weighting("late", {"Final": 1})]
    book = evolve(BOOK, weights_in=WeightUnit.SHARE, aggregation=BestOf(shares))
    marks = {"Homework": 90, "Midterm": 45, "Final": 160}
    assert ((), 85) == (compile_gradebook(book).notices, grade(book, marks).final.percent)


def test_drops_are_chosen_within_each_weighting():
    """Only what a weighting names can be dropped in it: by the second the lower of homework and final goes (V9)."""
    book = evolve(BOOK, drop=DropRule(lowest=1))
    report = grade(book, {"Homework": 50, "Midterm": 45, "Final": 120})
    assert (Fraction(285, 4), ("Homework",)) == (report.final.percent, report.final.dropped)


def test_the_choice_is_made_before_rounding_and_cap():
    """Weightings are compared by their exact percents, and then the branch is rounded (V7, R5)."""
    book = evolve(BOOK, round_result=Rounding(-1))
    report = grade(book, {"Homework": 90, "Midterm": 31, "Final": 160})
    assert (80, "late") == (report.final.percent, report.final.reasons[0].arguments[0])


def test_bonus_adds_where_a_weighting_names_it():
    """A bonus that a weighting names adds its weight times its percent in it, and nothing in the other (V6, B3)."""
    bonus = GradeItem("Extra", max_points=10, bonus=True)
    with_bonus = Weighting("with", {"Homework": 20, "Final": 80, "Extra": 5})
    book = Gradebook([*ITEMS, bonus], aggregation=BestOf([STEADY, with_bonus]))
    assert 87 == grade(book, {"Homework": 90, "Midterm": 30, "Final": 160, "Extra": 10}).final.percent


def test_a_category_by_weightings_is_a_part_of_its_parent():
    """A category chooses for itself, and its parent goes on with the result (V6, G11)."""
    exams = Category(
        "Exams", ITEMS[1:], aggregation=BestOf([Weighting("both", {"Midterm": 50, "Final": 50})]), weight=80
    )
    report = grade(Gradebook([ITEMS[0], exams], aggregation=Mean()), {"Homework": 90, "Midterm": 25, "Final": 140})
    assert (60, 75) == (report["Exams"].percent, report.final.percent)


def test_below_weightings_a_category_has_a_weighted_mean():
    """Weightings name their own children, so a category in the branch has a weighted mean unless it says so (V10)."""
    labs = Category("Labs", [GradeItem("L1", max_points=10), GradeItem("L2", max_points=90)])
    book = Gradebook([labs], aggregation=BestOf([Weighting("all", {"Labs": 100})]))
    assert 50 == grade(book, {"L1": 10, "L2": 0}).final.percent


def test_a_calculated_item_goes_by_the_first_weighting():
    """What an item carries before anybody is graded is what the first weighting gives it (V10, C12)."""
    sofar = CalculatedItem("So far", items=["Homework", "Midterm"])
    report = grade(evolve(BOOK, children=[*ITEMS, sofar]), {"Homework": 90, "Midterm": 25})
    assert (33, 50) == (report["So far"].points, report["So far"].out_of)


@pytest.mark.parametrize(
    ("weightings", "code", "path"),
    [
        ([], "missing", "aggregation.weightings"),
        ([Weighting("A", {})], "missing", "aggregation.weightings[0].weights"),
        ([STEADY, STEADY], "duplicate_name", "aggregation.weightings"),
        ([STEADY, Weighting("B", {"Finale": 1})], "unknown_id", "aggregation.weightings[1].weights[0]"),
        ([Weighting("B", {"Final": 50, "Practice": 50})], "not_counted", "aggregation.weightings[0].weights[1]"),
        ([Weighting("B", [ChildWeight("Final", 1)] * 2)], "duplicate_id", "aggregation.weightings[0].weights"),
        ([Weighting("B", {"Final": -1})], "too_small", "aggregation.weightings[0].weights[0].weight"),
        ([Weighting("B", "Final")], "wrong_type", "aggregation.weightings[0].weights"),
    ],
)
def test_weightings_are_judged_with_the_definition(weightings, code, path):
    """Weightings that name nobody, nobody who is there, or somebody twice are errors with their path (V6, G16)."""
    practice = GradeItem("Practice", max_points=5, counts=False)
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(Gradebook([*ITEMS, practice], aggregation=BestOf(weightings)))
    assert [(code, path)] == [(each.code, each.path) for each in caught.value.problems]


def test_what_no_weighting_says_is_noticed():
    """Weights that do not sum to 100, a child in no weighting, and a weight of its own are notices (V6)."""
    book = Gradebook(
        [*ITEMS[:2], GradeItem("Final", 10, weight=5)], aggregation=BestOf([Weighting("A", {"Midterm": 30})])
    )
    assert {
        ("weights_not_whole", "aggregation.weightings[0].weights"),
        ("in_no_weighting", "children[0]"),
        ("in_no_weighting", "children[2]"),
        ("weight_unused", "children[2].weight"),
    } == {(each.code, each.path) for each in compile_gradebook(book).notices}


def test_definition_files_have_it():
    """A weighting is a table of ids to weights in a file, and a gradebook with some is itself by way of JSON."""
    text = """
    children = [{name = "Midterm", max_points = 10}, {name = "Final", max_points = 10}]
    [aggregation]
    type = "best_of"
    weightings = [
        {name = "A", weights = {Midterm = 40, Final = 60}},
        {name = "B", weights = {Final = 100}, rescale = "up"},
    ]
    """
    book = loads_toml(text)
    assert Weighting("B", {"Final": 100}, rescale=Rescale.UP) == book.aggregation.weightings[1]
    assert book == loads_json(dumps_json(book))
    assert BOOK == loads_json(dumps_json(BOOK))


def test_a_misfit_in_a_weighting_is_reported_with_its_path():
    """What is no table of weights, and what is no number in one, has a problem with its path."""
    data = {"aggregation": {"type": "best_of", "weightings": [{"name": "A", "weights": {"Final": "much"}}]}}
    assert "aggregation.weightings[0].weights.Final" == find_problems(data)[0].path
    data = {"aggregation": {"type": "best_of", "weightings": [{"name": "A", "weights": [40]}]}}
    assert "aggregation.weightings[0].weights" == find_problems(data)[0].path


def test_a_formula_loses_an_exempt_term_with_a_notice():
    """The better of two weightings as a formula gives 74 where the policy gives 82, and 18 before the final (F12)."""
    formula = (
        "MAX{0.2 * [Homework.Percent] + 0.3 * [Midterm.Percent] + 0.5 * [Final.Percent],"
        " 0.2 * [Homework.Percent] + 0.1 * [Midterm.Percent] + 0.7 * [Final.Percent]}"
    )
    book = evolve(BOOK, aggregation=ByFormula(formula))
    assert ["loses_terms"] * 2 == [each.code for each in compile_gradebook(book).notices]
    assert 74 == grade(book, {"Homework": 90, "Midterm": EXEMPT, "Final": 160}).final.percent
    assert 18 == grade(book, {"Homework": 90}).final.percent
