# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How a class did: who is in the figures, what the figures are, and what is refused."""

import json
import pickle
from fractions import Fraction

import attrs
import numpy as np
import pytest

from gradecalc import (
    EXEMPT,
    Band,
    ByFormula,
    CalculatedItem,
    Category,
    DefinitionError,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    MarksError,
    Rounding,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
    grade,
    grade_many,
)
from gradecalc.statistics import (
    PRECISION,
    TENS,
    Bin,
    Deviation,
    LeftOut,
    summarize,
)

SCHEME = GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0})
PLAN = compile_gradebook(
    Gradebook(
        [
            Category(
                "Quizzes",
                [GradeItem("Quiz 1", max_points=10, can_exceed=True), GradeItem("Quiz 2", max_points=10)],
            ),
            GradeItem("Practice", max_points=10, counts=False),
            GradeItem("Extra", max_points=0),
            GradeItem("Remark", max_points=0, kind=ItemKind.TEXT),
            FormulaItem("Double", formula="2 * [Quiz 1.Points]", max_points=40),
            CalculatedItem("So far", items=["Quizzes"]),
        ],
        scheme=SCHEME,
    )
)
CLASS = {
    "Ada": {"Quiz 1": 8, "Quiz 2": 6},
    "Ben": {"Quiz 1": EXEMPT, "Quiz 2": 6},
    "Cy": {"Quiz 1": 5, "Quiz 2": EXEMPT},
    "Di": {"Quizzes": EXEMPT},
    "Ed": {},
    "Flo": {"Quiz 1": 8},
    "Gil": {"Quiz 1": "eight"},
}


def summary(id_, marks=CLASS, ungraded=None, **choices):
    """Return the statistics of a class of `PLAN`."""
    return summarize(grade_many(PLAN, marks, ungraded=ungraded), id_, **choices)


def of(*percents, **choices):
    """Return the statistics of an item in which a class has the given percents."""
    book = Gradebook([GradeItem("Item", max_points=100, can_exceed=True)])
    return summarize([grade(book, {"Item": percent}) for percent in percents], "Item", **choices)


def problems(error):
    """Return the code and path of every problem."""
    return [(problem.code, problem.path) for problem in error.value.problems]


def test_an_item_has_statistics_of_those_with_a_recorded_score():
    """Minimum, maximum, mean and median are of the recorded scores, in percent and exact (T1, T6)."""
    quiz = summary("Quiz 1")
    assert ("Quiz 1", "Quiz 1", 3, 5) == (quiz.id, quiz.name, quiz.submitted, quiz.eligible)
    assert (50, 80, 70, 80) == (quiz.minimum, quiz.maximum, quiz.mean, quiz.median)
    assert all(isinstance(each, Fraction) for each in (quiz.minimum, quiz.maximum, quiz.mean, quiz.median))


def test_everybody_who_is_not_in_the_figures_is_counted_and_named():
    """Exempt, ungraded and unreadable learners are counted and named, and of these the exempt are not eligible (T4)."""
    quiz = summary("Quiz 1")
    assert LeftOut(2, ("Ben", "Di")) == quiz.exempt
    assert LeftOut(1, ("Ed",)) == quiz.ungraded
    assert LeftOut(1, ("Gil",)) == quiz.unreadable
    assert LeftOut(0) == quiz.without_percent


def test_learners_without_ids_are_counted():
    """Reports alone, without learner ids, give the same figures and numbers without names."""
    alone = summarize([outcome for _, outcome in grade_many(PLAN, CLASS)], "Quiz 1")
    named = summary("Quiz 1")
    assert (named.mean, named.exempt.number, named.unreadable.number) == (
        alone.mean,
        alone.exempt.number,
        alone.unreadable.number,
    )
    assert () == alone.exempt.ids


def test_a_class_is_a_mapping_or_pairs():
    """A mapping of reports has the statistics of its pairs."""
    assert summary("Quiz 1") == summarize(dict(grade_many(PLAN, CLASS)), "Quiz 1")


@pytest.mark.parametrize("policy", UngradedPolicy)
@pytest.mark.parametrize("id_", ["Quiz 1", "Quiz 2", "Practice"])
def test_an_ungraded_learner_is_out_under_every_policy(id_, policy):
    """What counted as zero is no recorded score, so an item's statistics are the same under every policy (T1)."""
    assert summary(id_) == summary(id_, ungraded=policy)


def test_a_category_counts_the_score_without_exempt_work():
    """A learner exempt from one item of a category is in its statistics with the score of the others (T4)."""
    quizzes = summary("Quizzes", {"Ben": CLASS["Ben"], "Cy": CLASS["Cy"]})
    assert (2, 50, 60) == (quizzes.submitted, quizzes.minimum, quizzes.maximum)


@pytest.mark.parametrize("marks", [{"Quizzes": EXEMPT}, {"Quiz 1": EXEMPT, "Quiz 2": EXEMPT}])
def test_who_is_exempt_from_a_whole_category_is_out_of_it(marks):
    """A learner exempt from every item of a category is out of its statistics and stands under `Exempt` (T4)."""
    quizzes = summary("Quizzes", {"Ada": CLASS["Ada"], "Di": marks})
    assert (1, 1, LeftOut(1, ("Di",))) == (quizzes.submitted, quizzes.eligible, quizzes.exempt)
    assert ("Exempt", "1", ("Di",)) == attrs.astuple(quizzes.outline().children[-1])[:3]


@pytest.mark.parametrize("id_", ["Quizzes", "final", "Double", "So far"])
def test_a_branch_of_blanks_counted_as_zero_has_no_recorded_score(id_):
    """A learner with nothing recorded is ungraded everywhere, also where the calculation has a zero (T1, T3)."""
    blank = summary(id_, {"Ada": CLASS["Ada"], "Ed": {}}, ungraded=UngradedPolicy.AS_ZERO)
    assert (1, 2, LeftOut(1, ("Ed",))) == (blank.submitted, blank.eligible, blank.ungraded)


def test_a_branch_has_a_recorded_score_once_something_that_counts_in_it_has():
    """One recorded quiz makes a category's and the final score recorded, with the other blank as zero (T3)."""
    marks = {"Flo": CLASS["Flo"]}
    assert [40, 40] == [summary(id_, marks, UngradedPolicy.AS_ZERO).mean for id_ in ("Quizzes", "final")]


def test_what_does_not_count_does_not_make_a_score_recorded():
    """A practice score is in the statistics of its own item, and makes no category or final recorded (T2, T3)."""
    marks = {"Ed": {"Practice": 7}}
    recorded = [summary(id_, marks, UngradedPolicy.AS_ZERO).submitted for id_ in ("Practice", "Quizzes", "final")]
    assert [1, 0, 0] == recorded


def test_an_override_is_a_recorded_score():
    """A number recorded for a category or for the final grade is in its statistics (T3)."""
    marks = {"Ed": {"Quizzes": 12}}
    assert [60, 60] == [summary(id_, marks, UngradedPolicy.AS_ZERO).mean for id_ in ("Quizzes", "final")]


def test_a_dropped_score_is_recorded_for_its_item():
    """A dropped item is in its own statistics, and makes its branch's score no recorded one (T2, T3)."""
    book = Gradebook(
        [GradeItem("A", max_points=10), GradeItem("B", max_points=10)],
        drop=DropRule(highest=1),
        ungraded=UngradedPolicy.AS_ZERO,
    )
    reports = [grade(book, {"A": 9})]
    assert [90, None] == [summarize(reports, id_).mean for id_ in ("A", "final")]


def test_a_final_by_formula_is_recorded_if_anything_it_is_made_of_is():
    """What a formula gives is recorded where it has a score and anything in the branch is recorded (T3)."""
    book = Gradebook(
        [Category("Labs", [GradeItem("Lab 1", max_points=10), GradeItem("Lab 2", max_points=10)])],
        aggregation=ByFormula("10 * [Lab 1.Points]"),
        ungraded=UngradedPolicy.AS_ZERO,
    )
    finals = summarize(grade_many(book, {"Ada": {"Lab 1": 7}, "Ben": {}, "Cy": {"Labs": EXEMPT}}), "final")
    assert (1, 70) == (finals.submitted, finals.mean)
    assert (LeftOut(1, ("Ben",)), LeftOut(1, ("Cy",))) == (finals.ungraded, finals.exempt)


def test_a_category_by_formula_is_recorded_by_what_is_in_it():
    """A category by formula looks at what is in it, and a formula without anything in it at the whole course (T3)."""
    book = Gradebook(
        [
            Category("Labs", [GradeItem("Lab", max_points=10)], aggregation=ByFormula("10 * [Lab.Points]")),
            Category("Hurdle", [], aggregation=ByFormula("IF{[Exam.Percent] < 50, 0, 100}")),
            GradeItem("Exam", max_points=100),
        ],
        ungraded=UngradedPolicy.AS_ZERO,
    )
    reports = [grade(book, {"Exam": 40})]
    assert [None, 0] == [summarize(reports, id_).mean for id_ in ("Labs", "Hurdle")]


def test_a_score_without_a_percent_is_counted_apart():
    """A score out of 0 and a text are recorded and in no figure, and who has them could submit (T5)."""
    marks = {"Ada": {"Extra": 3, "Remark": "fine"}, "Ben": {"Extra": Mark(3, out_of=4)}}
    extra, remark = summary("Extra", marks), summary("Remark", marks)
    assert (1, 2, 75, LeftOut(1, ("Ada",))) == (extra.submitted, extra.eligible, extra.mean, extra.without_percent)
    assert (0, 2, None, LeftOut(1, ("Ada",))) == (
        remark.submitted,
        remark.eligible,
        remark.mean,
        remark.without_percent,
    )


@pytest.mark.parametrize(
    ("percents", "median", "modes"),
    [
        ([50], 50, ()),
        ([50, 50], 50, (50,)),
        ([40, 50], 45, ()),
        ([10, 20, 90], 20, ()),
        ([90, 10, 90, 10, 30], 30, (10, 90)),
        ([0, 0, 1, Fraction(1, 3)], Fraction(1, 6), (0,)),
    ],
)
def test_median_and_modes(percents, median, modes):
    """The median is in the middle, and the modes are the most frequent scores that are there twice (T6, T7)."""
    assert (median, modes) == (of(*percents).median, of(*percents).modes)


@pytest.mark.parametrize(
    ("percents", "population", "sample"),
    [
        ([50, 50, 50], 0, 0),
        ([40, 60], 10, Fraction("14.142135623731")),
        ([2, 4, 4, 4, 5, 5, 7, 9], 2, Fraction("2.138089935299")),
        ([0, 0, 1], Fraction("0.471404520791"), Fraction("0.577350269190")),
        ([0, Fraction(2, 3)], Fraction("0.333333333333"), Fraction("0.471404520791")),
    ],
)
def test_a_standard_deviation_is_rounded_to_its_precision(percents, population, sample):
    """The standard deviation, of the population or a sample, is exact to 12 decimals (T8)."""
    assert population == of(*percents).standard_deviation
    assert sample == of(*percents, deviation=Deviation.SAMPLE).standard_deviation
    assert 12 == PRECISION


def test_a_sample_of_one_has_no_standard_deviation():
    """One score has a deviation as a population, and as a sample none, with the reason (T8)."""
    assert (0, ()) == (of(50).standard_deviation, of(50).reasons)
    sample = of(50, deviation=Deviation.SAMPLE)
    assert (None, ["sample_of_one"]) == (sample.standard_deviation, [reason.code for reason in sample.reasons])


@pytest.mark.parametrize(
    ("marks", "code", "eligible"),
    [
        ({}, "empty_class", 0),
        ({"Ada": {"Quiz 1": EXEMPT}, "Ben": {"Quiz 1": EXEMPT}}, "all_exempt", 0),
        ({"Ada": {"Quiz 1": EXEMPT}, "Ben": {}}, "nobody_submitted", 1),
        ({"Ada": {"Quiz 1": "x"}}, "nobody_submitted", 1),
    ],
)
def test_without_a_score_there_are_no_figures(marks, code, eligible):
    """A class without a recorded score has no figures, the reason why, and empty bins (T10)."""
    quiz = summary("Quiz 1", marks)
    figures = (quiz.minimum, quiz.maximum, quiz.mean, quiz.median, quiz.standard_deviation)
    assert (None,) * 5 == figures
    assert ((), 0, eligible, [code]) == (
        quiz.modes,
        quiz.submitted,
        quiz.eligible,
        [each.code for each in quiz.reasons],
    )
    assert [(0, None)] * 10 == [(each.count, each.share) for each in quiz.distribution]


def test_the_usual_bins_are_tens():
    """Each ten has its start and not its end, the last has both, and each has its share of the scores (T9)."""
    filled = [each for each in of(0, Fraction("9.999"), 10, 99, 100).distribution if each.count]
    assert [
        Bin("0–10", Fraction(0), Fraction(10), 2, Fraction(2, 5)),
        Bin("10–20", Fraction(10), Fraction(20), 1, Fraction(1, 5)),
        Bin("90–100", Fraction(90), Fraction(100), 2, Fraction(2, 5)),
    ] == filled
    assert (0, 100, 11) == (TENS[0], TENS[-1], len(TENS))


def test_what_lies_outside_the_bins_has_a_bin_of_its_own():
    """Scores below 0 and above 100 are in open bins, which are there only when inhabited (T9)."""
    names = [each.name for each in of(50).distribution]
    assert names == [f"{start}–{start + 10}" for start in range(0, 100, 10)]
    first, *_, last = of(-1, 50, Fraction(1001, 10)).distribution
    assert Bin("below 0", None, Fraction(0), 1, Fraction(1, 3)) == first
    assert Bin("above 100", Fraction(100), None, 1, Fraction(1, 3)) == last


@pytest.mark.parametrize(
    ("bins", "expected"),
    [
        ([0, 50, 100], [("0–50", 1), ("50–100", 2)]),
        ((0, 49.5, Fraction(200, 3), 100), [("0–49.5", 1), ("49.5–200/3", 1), ("200/3–100", 1)]),
        (np.array([0.0, 50.0, 100.0]), [("0–50", 1), ("50–100", 2)]),
        ([("low", 0, 60), ("high", 60, 100)], [("low", 2), ("high", 1)]),
        ([["all", 0, 100]], [("all", 3)]),
        ([60, 70], [("below 60", 2), ("60–70", 0), ("above 70", 1)]),
        (SCHEME, [("F", 2), ("B", 0), ("A", 1)]),
        (GradeScheme.from_cutoffs({"any": 70}), [("any", 3)]),
    ],
)
def test_bins_are_edges_or_named_or_the_bands_of_a_scheme(bins, expected):
    """Bins are ascending edges, (name, from, to), or the bands of a scheme, lowest first (T9)."""
    assert expected == [(each.name, each.count) for each in of(40, 50, 90, bins=bins).distribution]


def test_the_outer_bands_of_a_scheme_are_open():
    """A score below the lowest band is in the lowest, and one above 100 in the highest (T9, S3)."""
    lowest, middle, highest = of(-5, 120, bins=SCHEME).distribution
    assert (None, 70, 1) == (lowest.start, lowest.end, lowest.count)
    assert (70, 85, 0) == (middle.start, middle.end, middle.count)
    assert (85, None, 1) == (highest.start, highest.end, highest.count)


@pytest.mark.parametrize(
    ("bins", "expected"),
    [
        ([], [("missing", "bins")]),
        ([50], [("missing", "bins")]),
        (10, [("wrong_type", "bins")]),
        ([0, "50", None, 100], [("not_a_number", "bins[1]"), ("not_a_number", "bins[2]")]),
        ([0, float("inf")], [("not_a_number", "bins[1]")]),
        ([0, 50, 50, 40], [("unordered", "bins[2]"), ("unordered", "bins[3]")]),
        ([("low", 60, 0)], [("unordered", "bins[0][2]")]),
        ([("low", 0, "x"), ("high", 60, 100)], [("not_a_number", "bins[0][2]")]),
        ([("low", 0, 60), ("high", 50, 100)], [("overlap", "bins[1][1]")]),
        ([("low", 0, 40), ("high", 60, 100)], [("gap", "bins[1][1]")]),
        ([("low", 0, 40), 100, ("high", 60)], [("wrong_type", "bins[1]"), ("wrong_type", "bins[2]")]),
        ([(0, 40, 100)], [("wrong_type", "bins[0]")]),
        (GradeScheme(()), [("missing", "bins.bands")]),
        (GradeScheme((Band("A", 1), Band("B", 1))), [("duplicate_start", "bins.bands[1].start")]),
    ],
)
def test_bins_that_are_none_are_refused(bins, expected):
    """A histogram without bins, or with bins that do not ascend and meet, is refused with every path (T9)."""
    with pytest.raises(DefinitionError) as error:
        of(50, bins=bins)
    assert expected == problems(error)


@pytest.mark.parametrize(
    ("reports", "path"),
    [(None, "reports"), ([1], "reports[0]"), ({"Ada": {}}, "reports[0]"), (grade(PLAN, {}), "reports[0]")],
)
def test_what_is_no_class_is_refused(reports, path):
    """Anything but reports, alone or in pairs, is refused with its path."""
    with pytest.raises(DefinitionError) as error:
        summarize(reports, "Quiz 1")
    assert [("wrong_type", path)] == problems(error)


def test_what_is_no_deviation_is_refused():
    """A standard deviation is of the population or of a sample, and of nothing else."""
    with pytest.raises(DefinitionError) as error:
        of(50, deviation="sample")
    assert [("wrong_type", "deviation")] == problems(error)


def test_an_unknown_id_suggests_the_nearest():
    """Asking for an id that a report has not names the nearest that it has."""
    with pytest.raises(KeyError, match="did you mean 'Quizzes'"):
        summary("Quizes")


def test_statistics_print_themselves():
    """Statistics are an outline, which prints as text and, in a notebook, as a table."""
    plan = compile_gradebook(Gradebook([GradeItem("<Exam>", max_points=3)], shown=Rounding(1)))
    marks = {"Ada": {"<Exam>": 2}, "Ben": {"<Exam>": 2}, "Cy": {"<Exam>": 1}, "Di": {"<Exam>": EXEMPT}, "Ed": {}}
    exam = summarize(grade_many(plan, marks), "<Exam>", bins=[0, 50, 100])
    assert str(exam).splitlines() == [
        "<Exam>                3 of 4  submitted",
        "  Minimum             33.3 %",
        "  Maximum             66.7 %",
        "  Mean                55.6 %",
        "  Median              66.7 %",
        "  Modes               66.7 %",
        "  Standard deviation  15.7 %  population",
        "  Distribution",
        "    0–50                   1  33.3 %",
        "    50–100                 2  66.7 %",
        "  Exempt                   1  Di",
        "  Ungraded                 1  Ed",
    ]
    assert exam.outline().html() == exam._repr_html_()


def test_statistics_without_figures_print_the_reason():
    """Where there are no figures the outline has the reason, and whoever is not in them."""
    outline = summary("Quiz 1", {"Ada": {"Quiz 1": EXEMPT}}).outline()
    assert ("0 of 0", "all_exempt") == (outline.value, outline.notes[1].code)
    assert ["Exempt"] == [row.label for row in outline.children]


def test_statistics_are_plain_data():
    """Statistics as plain data have a format, exact texts, the precision, and survive JSON as they are."""
    plain = of(0, Fraction(100, 3), Fraction(100, 3), bins=[0, 100]).to_dict()
    assert plain == json.loads(json.dumps(plain))
    assert {
        "format": "gradecalc.statistics/1",
        "submitted": 3,
        "mean": "200/9",
        "modes": ["100/3"],
        "standard_deviation": "15.713484026368",
        "precision": 12,
        "deviation": "population",
        "exempt": {"number": 0, "ids": []},
        "distribution": [{"name": "0–100", "start": "0", "end": "100", "count": 3, "share": "1"}],
        "reasons": [],
    }.items() <= plain.items()
    assert [{"code": "empty_class", "text": "the class is empty"}] == of().to_dict()["reasons"]


def test_statistics_are_values():
    """Statistics equal, hash and pickle by value."""
    quiz = summary("Quiz 1", deviation=Deviation.SAMPLE)
    again = pickle.loads(pickle.dumps(quiz))  # noqa: S301 - our own
    assert (quiz, hash(quiz)) == (again, hash(again))


def test_an_unreadable_learner_without_an_id_is_counted():
    """An error in the place of a report is one unreadable learner, whose id is not known (T5)."""
    assert LeftOut(1) == summarize([MarksError([])], "Quiz 1").unreadable


def test_a_branch_whose_weights_are_zero_is_ungraded():
    """Where something recorded counts and the branch has no score all the same, it is ungraded (U9, U10)."""
    book = Gradebook([GradeItem("A", max_points=10, weight=0)], aggregation=WeightedMean())
    final = summarize([grade(book, {"A": 5})], "final")
    assert (0, 1, 0) == (final.submitted, final.ungraded.number, final.without_percent.number)


def test_a_figure_that_is_not_there_is_a_dash():
    """A deviation that one score does not have is shown as a dash, above the reason (T8)."""
    rows = {row.label: row.value for _, row in of(50, deviation=Deviation.SAMPLE).outline().rows()}
    assert ("50.00 %", "–") == (rows["Mean"], rows["Standard deviation"])
