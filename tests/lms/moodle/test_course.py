# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Courses of Moodle read as gradebooks and marks."""

import pickle
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from gradecalc import (
    DefinitionError,
    Mark,
    Treatment,
    UngradedPolicy,
    grade,
)
from gradecalc.errors import Severity
from gradecalc.gradebook.items import FormulaItem, GradeItem
from gradecalc.lms.moodle import (
    METHODS,
    AggregationStatus,
    Bounds,
    Method,
    RangeSource,
    TotalsView,
    Weighed,
    adjust_raw,
    adjust_scale,
    choose_bounds,
    deduct,
    letter_scheme,
    minima,
    read,
    settle_weights,
    total_without_hidden,
    weigh,
)
from gradecalc.lms.moodle.aggregation_methods import Coefficients, switch_method
from gradecalc.lms.moodle.formulas.dependencies import closure, depths
from gradecalc.verdicts import Verdict


def item(name, grade_=None, most=100, **fields):
    return {"name": name, "max": most, "grade": grade_, **fields}


def category(name, method, *children, **fields):
    return {"name": name, "method": method, "children": list(children), **fields}


def graded(tree, **options):
    course = read(tree, **options)
    return grade(course.gradebook, course.marks["learner"])


def codes(course):
    return [problem.code for problem in course.problems]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("mean", 50),
        ("median", 45),
        ("min", 20),
        ("max", 90),
        ("mode", 90),
        ("weighted_mean", Fraction(160 + 90 + 20 + 50, 5)),
        ("simple_weighted_mean", 50),
        ("natural", 50),
    ],
)
def test_a_method_combines_as_its_name_says(method, expected):
    """Each method is one aggregation, and a median of four is the mean of the two in the middle (A3 to A6)."""
    a, b, c, d = (40, 90, 20, 50)
    weights = {"coef": 2} if method == "weighted_mean" else {}
    tree = category("course", method, item("a", a, **weights), item("b", b), item("c", c), item("d", d), max=100)
    expected = Fraction(80 + 90 + 20 + 50, 5) if method == "weighted_mean" else expected
    assert expected == graded(tree).final.percent


def test_a_code_names_a_method_too():
    """Moodle's numbers for methods are read, and an unknown one is a problem."""
    assert Method.MODE is METHODS["8"]
    assert ["wrong_value"] == codes(read(category("course", 77, item("a", 1))))


def test_a_least_grade_is_where_a_percent_begins():
    """Points in the gradebook are those above the least grade; the percent is that of the range."""
    course = read(category("course", "mean", item("a", 75, min=50), item("s", 2, 3, scale=["no", "so", "yes"])))
    assert {"a": 25, "s": 1} == course.marks["learner"]
    assert Fraction(50) == grade(course.gradebook, course.marks["learner"]).final.percent


def test_natural_weighting_measures_from_zero():
    """Under natural weighting grades below zero stay so."""
    report = graded(category("course", "natural", item("a", -25, min=-100), item("b", 50, min=50)))
    assert (25, 200) == (report.final.points, report.final.out_of)


def test_excluded_is_exempt():
    """An excluded grade is out of the total, graded or not, and keeps its number (X1, X4, G9)."""
    tree = category(
        "course", "mean", item("a", 80), item("b", 20, excluded=True), item("c", excluded=True), exclude_empty=False
    )
    report = graded(tree)
    assert (80, Treatment.EXEMPT, Treatment.EXEMPT) == (
        report.final.percent,
        report["b"].treatment,
        report["c"].treatment,
    )
    assert 20 == report["b"].recorded


def test_empty_grades_are_zero_once_something_is_graded():
    """With empty grades counted they are zero, and with nothing graded there is no total (U3)."""
    tree = category("course", "mean", item("a", 80), item("b"), exclude_empty=False)
    assert 40 == graded(tree).final.percent
    assert graded(category("course", "mean", item("a"), item("b"), exclude_empty=False)).final.percent is None
    assert UngradedPolicy.AS_ZERO_ONCE_GRADED is read(tree).gradebook.ungraded


def test_a_category_without_a_total_is_an_empty_grade():
    """A category in which nothing is graded is a zero to a course that counts empty grades (U5)."""
    tree = category("course", "mean", item("a", 80), category("c", "mean", item("b")), exclude_empty=False)
    assert 40 == graded(tree).final.percent


def test_every_level_is_stored_with_five_decimals():
    """A course starts from the stored total of a category (R1)."""
    tree = category("course", "mean", category("c", "mean", item("a", 1, 3), item("b", 1, 3)))
    assert Fraction("33.33333") == graded(tree).final.points


def test_dropping_goes_before_keeping():
    """The rule for the lowest goes first, and of equal results drops the one with the larger maximum (D3)."""
    tree = category("course", "mean", item("a", 5, 10), item("b", 10, 20), item("c", 10, 10), drop_low=1, keep_high=1)
    assert ("b",) == graded(tree).final.dropped
    assert ("a", "b") == graded({**tree, "drop_low": 0}).final.dropped


@pytest.mark.parametrize("odd", [item("c", 10, 200), item("c", 10, coef=1), category("c", "mean", item("d", 10))])
def test_natural_weighting_drops_only_among_alike(odd):
    """The rule is ignored with a notice where items differ, but for totals without hidden items."""
    tree = category("course", "natural", item("a", 50), item("b", 90), odd, drop_low=1)
    course = read(tree)
    assert ["drop_ignored"] == codes(course)
    assert not course.gradebook.drop.drops
    assert read(tree, totals=TotalsView.HIDDEN_EXCLUDED).gradebook.drop.drops


def test_dropping_all_leaves_no_total():
    """Where as many are dropped as there are, there is no total rather than zero (D6)."""
    assert graded(category("course", "mean", item("a", 50), drop_low=1)).final.percent is None


def test_extra_credit_means_nothing_where_a_method_has_none():
    """Under a median the flag is ignored."""
    assert 20 == graded(category("course", "min", item("a", 20, coef=1), item("b", 50))).final.percent


def test_a_negative_coefficient_is_ignored_in_a_mean_with_extra_credit():
    """It neither adds nor counts, and one above zero adds its multiple."""
    tree = category("course", "mean_extra_credit", item("a", 40), item("b", 10, coef=2), item("c", 90, coef=-1))
    assert 60 == graded(tree).final.percent


def test_scales_and_outcomes_count_where_settings_say_so():
    """A scale counts by default, an outcome only in a category that includes outcomes."""
    tree = category("course", "mean", item("a", 50), item("s", 1, 3, scale=["x", "y", "z"]), item("o", 0, outcome=True))
    assert 25 == graded(tree).final.percent
    assert 50 == graded({"tree": tree, "settings": {"include_scales": False}}).final.percent
    assert Fraction(50, 3) == pytest.approx(graded({**tree, "include_outcomes": True}).final.percent, abs=1e-5)


def test_hidden_items_leave_the_totals_without_them():
    """A hidden item is out of a learner's total, also where empty grades are zero, and in the stored one (X4)."""
    tree = category("course", "mean", item("a", 80), item("b", 20, hidden=True), exclude_empty=False)
    assert [50, 80] == [graded(tree, totals=totals).final.percent for totals in TotalsView]


def test_hidden_until_a_moment_ends_with_it():
    """What is hidden until a moment is hidden before it, and always where nobody says what time it is."""
    tree = category("course", "mean", item("a", 80), item("b", 20, hidden=1_600_000_000))
    later = datetime(2021, 1, 1, tzinfo=UTC)
    found = [graded(tree, totals=TotalsView.HIDDEN_EXCLUDED, now=now).final.percent for now in (later, None)]
    assert [50, 80] == found
    with pytest.raises(DefinitionError):
        read(tree, now=datetime(2021, 1, 1))  # noqa: DTZ001 - the point of the test


def test_totals_without_hidden_items_begin_at_the_least_grades():
    """Under natural weighting such a total is spread over the range from the sum of the least grades."""
    tree = category("course", "natural", item("a", 60, 100), item("s", 4, 4, min=1, scale=["w", "x", "y", "z"]))
    report = graded(tree, totals=TotalsView.HIDDEN_EXCLUDED)
    assert 64 == report.final.points
    assert 1 + Fraction(64 * 103, 104) == total_without_hidden(report, minima(tree))


def test_what_is_worked_out_from_hidden_items_is_unknown():
    """A calculation from something hidden is noticed, however far away, what others follow from before them."""
    tree = category("course", "natural", item("a", 1, hidden=True), item("b", calculation="=[[a]]*2"))
    assert ["unknown_total"] == codes(read(tree, totals=TotalsView.HIDDEN_EXCLUDED))
    assert [] == codes(read(tree))
    tree["children"].insert(0, item("c", calculation="=[[b]]+1"))
    paths = [problem.path for problem in read(tree, totals=TotalsView.HIDDEN_EXCLUDED).problems]
    assert ["children[2]", "children[0]"] == paths


def test_everybodys_grades_are_read():
    """Grades by learner are numbers or records, by name, idnumber or number; a category's is an override (O1)."""
    tree = category("course", "mean", item("a", idnumber="A1"), category("c", "mean", item("b", id=7)))
    for leaf in (tree["children"][0], tree["children"][1]["children"][0]):
        del leaf["grade"]
    grades = {
        "ada": {"A1": 50, "7": {"grade": 70, "excluded": True}},
        "bob": {"A1": {"grade": 10, "max": 20}, "c": 90},
        "cy": {"zz": 1, "A1": "x"},
    }
    course = read({"tree": tree, "grades": grades})
    assert ["ada", "bob", "cy"] == list(course.marks)
    assert {"a": 50, "b": Mark(70, exempt=True)} == course.marks["ada"]
    assert {"a": Mark(10, out_of=20), "c": 90} == course.marks["bob"]
    assert {"unknown_id", "wrong_value"} == set(codes(course))
    assert [50, 70] == [grade(course.gradebook, course.marks[who]).final.percent for who in ("ada", "bob")]


def test_a_calculation_is_a_formula_of_the_gradebook():
    """A calculated item counts with what its formula comes to, and so does a calculated category (C1, C8)."""
    tree = category(
        "course",
        "natural",
        item("a", 60),
        item("half", most=50, calculation="=[[a]]/2"),
        category("c", "natural", item("b", 20), max=40, calculation="=[[b]]+[[a]]/10"),
    )
    course = read(tree)
    assert isinstance(course.gradebook.children[1], FormulaItem)
    report = grade(course.gradebook, course.marks["learner"])
    assert (30, 26, 116) == (report["half"].points, report["c"].points, report.final.points)


@pytest.mark.parametrize(
    ("calculation", "grades", "expected"),
    [
        ("=average([[a]],[[b]])", (60, None), 30),
        ("=average([[a]],[[b]])", (None, None), None),
        ("=[[a]]-[[b]]", (20, 60), 0),
        ("=1+[[a]]/[[b]]", (20, None), None),
        ("=if([[b]]==0;0;[[a]]/[[b]])", (20, 0), None),
        ("=if(and([[a]]>50,[[b]]>50),[[a]],40)", (60, 70), 60),
        ("=if(or([[a]],[[b]]>50),1,2)+5", (0, 10), 7),
        ("=[[a]]^2/10", (30, 0), 90),
        ("=max([[a]];[[b]])*2-10", (30, 20), 50),
        ("=abs([[a]]-[[b]])", (20, 50), 30),
        ("=[[a]]+10", (None, 5), None),
    ],
)
def test_a_calculation_comes_out_as_in_moodle(calculation, grades, expected):
    """A missing grade is zero, none at all is none, a division by zero has no value, and the rest is clamped."""
    tree = category("course", "natural", item("a", grades[0]), item("b", grades[1]), item("x", calculation=calculation))
    assert expected == graded(tree)["x"].points


@pytest.mark.parametrize(
    "calculation",
    ["=sin([[a]])", "=[[zz]]", "=[[x]]", "=[[course]]", "=[[y]]", "=(", "=round([[a]])", "=1+2", "=[[a]]^0.5"],
)
def test_a_calculation_without_words_leaves_the_stored_grade(calculation):
    """What cannot be said in a formula of the gradebook is a problem, and the item keeps the grade it has."""
    y = item("y", calculation="=[[x]]+1")
    course = read(category("course", "natural", item("a", 1), item("x", 33, calculation=calculation), y))
    assert "calculation_unsaid" in codes(course)
    assert isinstance(course.gradebook.children[1], GradeItem)
    assert 33 == course.marks["learner"]["x"]


def test_stored_references_name_items_by_number():
    """A calculation in its stored form finds its items too."""
    tree = category("course", "natural", item("a", 60, id=12), item("x", calculation="=##gi12##/3"))
    assert 20 == graded(tree)["x"].points


def test_letters_become_a_scheme():
    """The letters of a course are a scheme, below whose lowest boundary there is none."""
    tree = category("course", "natural", item("a", 60))
    letters = [[50, "pass"], [80, "merit"], [80, "twice"], "odd", [10, "-"]]
    course = read({"tree": tree, "letters": letters})
    assert ["wrong_value"] * 3 == codes(course)
    assert "pass" == grade(course.gradebook, {"a": 60}).final.symbol
    assert "-" == grade(course.gradebook, {"a": 40}).final.symbol


def test_a_letter_is_looked_up_exactly():
    """Percents are exact, and a site that has set no letters has the default ones (S2)."""
    tree = category("course", "natural", item("a", 297.9, 331))
    course = read({"tree": tree, "letters": "default"})
    symbols = [grade(course.gradebook, {"a": points}).final.symbol for points in (Fraction("297.9"), 331, 1)]
    assert ["A-", "A", "F"] == symbols
    assert "-" == letter_scheme([(50, "ok")]).symbol(5)


def test_the_user_report_says_what_became_of_each_grade():
    """A status is told for each, and what does not count weighs nothing."""
    tree = category(
        "course",
        "mean",
        item("a", 80),
        item("b", 20),
        item("c"),
        item("d", 90, excluded=True),
        item("e", 1, type="text"),
        drop_low=1,
    )
    shown = weigh(graded(tree))
    statuses = [
        AggregationStatus.USED,
        AggregationStatus.DROPPED,
        AggregationStatus.EMPTY,
        AggregationStatus.DROPPED,
        AggregationStatus.UNKNOWN,
    ]
    assert statuses == [shown[name].status for name in "abcde"]
    assert [1, 0, 0, 0, 0] == [shown[name].weight for name in "abcde"]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("max", [0, 0, 0, 1]),
        ("min", [1, 0, 0, 0]),
        ("mode", [0, Fraction(1, 2), Fraction(1, 2), 0]),
        ("median", [0, Fraction(1, 2), Fraction(1, 2), 0]),
    ],
)
def test_a_picked_grade_weighs_all_of_its_category(method, expected):
    """Where a method picks, what it picks has the weight, shared where it picks several."""
    shown = weigh(graded(category("course", method, item("a", 20), item("b", 50), item("c", 50), item("d", 70))))
    assert expected == [shown[name].weight for name in "abcd"]


def test_names_that_stand_twice_have_ids_of_their_own():
    """Ids are unique, and that of the course is its own (G4)."""
    course = read(category("final", "mean", item("a", 1), item("a", 2), item("final", 3)))
    assert ["a", "a (2)", "final (3)"] == [child.id for child in course.gradebook.children]
    assert [1, 2, 3] == list(course.marks["learner"].values())


def test_what_is_beyond_reason_is_a_problem():
    """Ranges upside down, huge numbers, and scales that are none are problems with a path."""
    tree = category("course", "mean", item("a", 1, 5, min=9), item("b", 1, 10**60), item("c", 1, scale="x"), max=-1)
    course = read({"tree": tree})
    assert [
        ("wrong_value", "tree.max"),
        ("wrong_range", "tree.children[0]"),
        ("out_of_range", "tree.children[1].max"),
        ("wrong_value", "tree.children[2].scale"),
    ] == [(problem.code, problem.path) for problem in course.problems]


def test_a_course_can_be_pickled():
    """What was read is a value like any other."""
    course = read(category("course", "natural", item("a", 1)))
    assert course == pickle.loads(pickle.dumps(course))  # noqa: S301 - our own


def test_a_raw_score_moves_to_the_items_range_first():
    """It is moved, multiplied, added to and clamped, in this order; a range upside down has no grade."""
    assert 100 == adjust_raw(40, Bounds(0, 50), Bounds(0, 100), multiplier=2, offset=5)
    assert 165 == adjust_raw(40, Bounds(0, 50), Bounds(0, 100), multiplier=2, offset=5, excess=10)
    assert 50 == adjust_raw(40, Bounds(0, 100), Bounds(0, 100), offset=10)
    assert adjust_raw(40, Bounds(0, 50), Bounds(9, 5)) is None
    assert 7 == adjust_raw(40, Bounds(0, 50), Bounds(7, 7))


def test_small_rules_of_ranges():
    """Scales are whole steps, penalties end at the least, and a formula's total may have its item's range."""
    assert [1, 2, 3, 3] == [adjust_scale(Fraction(value), 3) for value in ("0.2", "2.4", "2.5", "9")]
    assert 10 == deduct(30, 50, 10)
    now, then = Bounds(0, 10), Bounds(0, 20)
    assert now == choose_bounds(then, now, course=RangeSource.ITEM, total=True, calculated=True)
    assert then == choose_bounds(then, now, course=RangeSource.ITEM, total=True)


@pytest.mark.parametrize(
    ("grade_", "mark", "expected"),
    [
        (None, 5, None),
        (5, None, None),
        (5, 2, None),
        (5, 5, Verdict.MET),
        (4.99999, 5, Verdict.NOT_MET),
    ],
)
def test_a_grade_passes_at_its_mark(grade_, mark, expected):
    """At or above the mark a grade passes, and a mark that is missing or the least grade says nothing (P1)."""
    for method in ("mean", "natural"):
        report = graded(category("course", method, item("a", grade_, 10, min=2, pass_mark=mark)))
        undetermined = grade_ is None and mark is not None
        assert (Verdict.UNDETERMINED if undetermined else expected) is report["a"].passed


def test_a_natural_total_has_no_pass_mark():
    """A pass mark in points says nothing of a total whose maximum is the learner's own, and a notice says so."""
    tree = category("course", "natural", category("c", "mean", item("a", 45), max=50, pass_mark=25), pass_mark=20)
    course = read(tree)
    assert ["pass_mark_unsaid"] == codes(course)
    assert (Fraction(50), None) == (course.gradebook.children[0].pass_mark, course.gradebook.pass_mark)


def test_a_raw_score_becomes_a_grade():
    """It loses its penalty, moves to the item's range, is multiplied and added to; a stored grade goes first."""
    quiz = {"name": "q", "max": 100, "multiplier": 2, "offset": 5, "raw": 20, "raw_max": 50, "deducted": 4}
    assert 69 == graded(category("course", "mean", quiz))["q"].points
    assert 7 == graded(category("course", "mean", {**quiz, "grade": 7}))["q"].points
    scale = {"name": "s", "scale": ["no", "so", "yes"], "max": 3, "raw": 50, "raw_min": 0, "raw_max": 100, "offset": 9}
    assert 50 == graded(category("course", "mean", scale)).final.percent
    unlimited = {"tree": category("course", "mean", {**quiz, "offset": 5000}), "settings": {"unlimited_grades": True}}
    assert 1000 == graded(unlimited)["q"].points


def test_a_locked_calculation_keeps_its_grade():
    """What is locked is not worked out anew, so that its stored grade counts and it needs nothing."""
    tree = category("course", "natural", item("a", 60, hidden=True), item("x", 33, calculation="=[[a]]/2", locked=True))
    assert 33 == graded(tree)["x"].points
    assert [] == codes(read(tree, totals=TotalsView.HIDDEN_EXCLUDED))


def test_overridden_extra_credit_is_never_changed():
    """Overrides beyond all there is are scaled, none is below zero, and extra credit stays above it."""
    settled = settle_weights([Weighed(10, 2), Weighed(10, -1), Weighed(10, 3, extra_credit=True)])
    assert ((1, 0, 3), True) == (settled.weights, settled.adjusted)
    assert (0, 0) == settle_weights([Weighed(10, 0), Weighed(10, 0)]).weights


def test_switching_a_method_keeps_what_it_can():
    """An overridden natural weight stays, extra credit is one at most where it is a flag, and all else is fresh."""
    own = Coefficients(0, Fraction(1, 4), overridden=True)
    assert own == switch_method(own, Method.NATURAL, Method.NATURAL)
    eight = Coefficients(8)
    assert eight == switch_method(eight, Method.MEAN_EXTRA_CREDIT, Method.MEAN_EXTRA_CREDIT)
    assert Coefficients(1) == switch_method(eight, Method.MEAN_EXTRA_CREDIT, Method.SIMPLE_WEIGHTED_MEAN)
    assert Coefficients() == switch_method(eight, Method.WEIGHTED_MEAN, Method.MEAN)


def test_what_is_needed_in_the_end():
    """Circles are followed once, and what is no list is nothing."""
    needs = {"1": [2], "2": [3], "3": [1, 10], "4": 5}
    assert {**dict.fromkeys("123", ("1", "2", "3", "10")), "4": ()} == closure(needs)
    assert {"1": 2, "2": 2, "3": 2} == depths(needs)


def test_a_course_in_which_nothing_is_odd_has_no_problems():
    """Reading is silent where there is nothing to say."""
    course = read(category("course", "natural", item("a", 1), category("c", "median", item("b", 5))))
    assert not [problem for problem in course.problems if problem.severity is Severity.ERROR]
