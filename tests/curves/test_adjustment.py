# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The marks of a class adjusted by its own figures: rules FC1 to FC11."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    Category,
    Change,
    ChangeKind,
    DefinitionError,
    Gradebook,
    GradeItem,
    Mark,
    UngradedPolicy,
    compile_gradebook,
    grade,
)
from gradecalc.curves import (
    AddGapToBest,
    Blanks,
    FlatPoints,
    Keep,
    LinearCurve,
    ScaleToMean,
    ShiftToMean,
    SpreadToMean,
    SquareRootCurve,
    ZScoreClobber,
    adjust,
)

PLAN = compile_gradebook(
    Gradebook(
        [
            Category("Tests", [GradeItem("Midterm", 50, can_exceed=True), GradeItem("Final", 100)]),
            GradeItem("Essay", 10),
        ]
    )
)
CLASS = {"ada": {"Midterm": 40, "Final": 90}, "bob": {"Midterm": 20, "Final": 50}, "cy": {"Midterm": 30, "Final": 70}}


def midterms(*points):
    return {f"learner {nth}": {"Midterm": each} for nth, each in enumerate(points)}


def after(marks, curve, **choices):
    """Return the percents of the midterm after a curve."""
    return [each.after for each in adjust(PLAN, marks, "Midterm", curve, **choices).learners.values()]


@pytest.mark.parametrize(
    ("curve", "expected"),
    [
        (ScaleToMean(75), [100, 50, 75]),
        (ShiftToMean(75), [95, 55, 75]),
        (AddGapToBest(), [100, 60, 80]),
        (AddGapToBest(to=90), [90, 50, 70]),
        (FlatPoints(5), [90, 50, 70]),
        (FlatPoints(-5), [70, 30, 50]),
        (LinearCurve(low_to=50), [100, 50, 75]),
        (LinearCurve(low=0, low_to=20, high=100, high_to=100), [84, 52, 68]),
    ],
)
def test_each_curve_by_its_formula(curve, expected):
    """80, 40 and 60 percent become what each curve says, exactly (FC4 to FC7)."""
    assert expected == after(CLASS, curve)


def test_a_square_root_has_the_decimals_that_are_stated():
    """Ten times the root of 40 percent is 63.25 to two decimals, and 63.245553 to six; 0 and 100 stay (FC8)."""
    assert [Fraction("63.25")] == after(midterms(20), SquareRootCurve(places=2))
    assert [Fraction("63.245553"), 0, 100] == after(midterms(20, 0, 50), SquareRootCurve())
    assert [-10] == after(midterms(-5), SquareRootCurve())


def test_everybody_keeps_their_standing():
    """A class is given a mean and a deviation, and who was one deviation above the mean still is (FC9)."""
    marks = midterms(20, 40)
    assert [60, 80] == after(marks, SpreadToMean(70, 10))
    assert [70, 70] == after(marks, SpreadToMean(70, 0))


def test_a_better_standing_in_the_final_replaces_the_midterm():
    """Who stands higher in the final gets that standing in the midterm, and who did better there keeps it (FC10)."""
    marks = {
        "up": {"Midterm": 20, "Final": 90},
        "down": {"Midterm": 40, "Final": 50},
        "none": {"Midterm": 30},
        "new": {"Final": 90},
        "spared": {"Midterm": EXEMPT, "Final": 90},
    }
    adjusted = adjust(PLAN, marks, "Midterm", ZScoreClobber("Final"))
    assert (60, Fraction(800, 3)) == (adjusted.figures.mean, adjusted.figures.variance)
    found = {learner: each.after for learner, each in adjusted.learners.items()}
    deviation = Fraction("9.42809")  # 10 points above the mean of 80 in the final, by the roots of 800/3 and 300
    assert {"up": 60 + deviation, "down": 80, "none": 60, "new": None, "spared": None} == found
    filled = adjust(PLAN, marks, "Midterm", ZScoreClobber("Final", blanks=Blanks.FILLED)).learners
    assert (60 + deviation, None) == (filled["new"].after, filled["spared"].after)
    codes = {learner: each.reasons[-1].code for learner, each in adjusted.learners.items()}
    assert {"up": "z_score", "down": "not_better", "none": "no_other", "new": "no_score", "spared": "exempt"} == codes


def test_who_has_no_score_is_in_no_figure():
    """Exempt and ungraded work, and what counts as zero because nothing is recorded, move no mean (FC2)."""
    marks = {**CLASS, "dee": {"Midterm": EXEMPT}, "eve": {}, "fay": {"Midterm": Mark(50, exempt=True)}}
    plan = compile_gradebook(Gradebook([GradeItem("Midterm", 50)], ungraded=UngradedPolicy.AS_ZERO))
    marks = {
        learner: {"Midterm": record["Midterm"]} if "Midterm" in record else {} for learner, record in marks.items()
    }
    adjusted = adjust(plan, marks, "Midterm", ScaleToMean(75))
    assert (3, 60) == (adjusted.figures.count, adjusted.figures.mean)
    assert [marks[learner] for learner in ("dee", "eve", "fay")] == [
        adjusted.marks[learner] for learner in ("dee", "eve", "fay")
    ]
    assert ["exempt", "no_score", "exempt"] == [
        adjusted.learners[learner].reasons[0].code for learner in ("dee", "eve", "fay")
    ]


@pytest.mark.parametrize(
    ("marks", "curve", "code"),
    [
        ({}, ScaleToMean(75), "nobody"),
        ({"ada": {}}, AddGapToBest(), "nobody"),
        (midterms(0, 0), ScaleToMean(75), "no_mean"),
        (midterms(50, 20), AddGapToBest(), "best_is_there"),
        (midterms(30, 30), SpreadToMean(70, 10), "no_deviation"),
        (midterms(30, 30), LinearCurve(low_to=50), "no_two_places"),
        (midterms(30), ZScoreClobber("Final"), "nobody"),
        (
            {"ada": {"Midterm": 3, "Final": 5}, "bob": {"Midterm": 4, "Final": 5}},
            ZScoreClobber("Final"),
            "no_deviation",
        ),
    ],
)
def test_a_class_that_cannot_be_adjusted_stays_with_the_reason(marks, curve, code):
    """Nobody, all alike, all zero, a best that is there: all marks stay as they were, and it is told why (FC11)."""
    adjusted = adjust(PLAN, marks, "Midterm", curve)
    assert marks == adjusted.marks
    assert [code] == [obstacle.code for obstacle in adjusted.obstacles]


def test_a_mark_keeps_what_it_was():
    """The adjusted mark has the points of the learner's own maximum, its circumstances, and the change (FC3)."""
    marks = {"ada": {"Midterm": Mark(20, out_of=40, by="Bo", note="oral")}}
    adjusted = adjust(PLAN, marks, "Midterm", ShiftToMean(75))
    change = Change(ChangeKind.CLASS, (20, "25 percent added to all, for a class mean of 75"))
    assert Mark(30, out_of=40, by="Bo", note="oral", changes=(change,)) == adjusted.marks["ada"]["Midterm"]
    reasons = grade(PLAN, adjusted.marks["ada"])["Midterm"].reasons
    assert "class_adjusted" == reasons[-1].code


def test_a_mark_may_only_rise():
    """With the better kept, a curve to a lower mean changes nobody, and an upward one only whom it helps (FC1)."""
    assert [80, 40, 60] == after(CLASS, ScaleToMean(30), keep=Keep.BETTER)
    assert [80, 50, 65] == after(CLASS, LinearCurve(low_to=50, high_to=80), keep=Keep.BETTER)


def test_a_branch_is_adjusted_by_an_override():
    """The final grade can be put on a curve: the report has what was computed and what it was set to (FC1, O1)."""
    adjusted = adjust(PLAN, CLASS, "final", ShiftToMean(80))
    reports = {learner: grade(PLAN, record) for learner, record in adjusted.marks.items()}
    assert 80 == sum(report.final.percent for report in reports.values()) / 3
    assert grade(PLAN, CLASS["ada"]).final.percent == reports["ada"].final.computed


def test_who_cannot_be_read_is_a_problem_and_ends_nothing():
    """A learner with a mark that is none keeps it, is in no figure, and is a problem with a path (FC2)."""
    adjusted = adjust(PLAN, {**CLASS, "dee": {"Midterm": "?"}}, "Midterm", ScaleToMean(75))
    assert (3, {"Midterm": "?"}) == (adjusted.figures.count, adjusted.marks["dee"])
    assert ["dee.Midterm"] == [problem.path for problem in adjusted.problems]


def test_a_percent_that_is_none_cannot_be_adjusted():
    """A learner whose work is out of 0 has points and no percent, and stays (FC2)."""
    adjusted = adjust(PLAN, {"ada": {"Midterm": Mark(3, out_of=0)}, "bob": {"Midterm": 25}}, "Midterm", ShiftToMean(75))
    assert (1, "no_percent") == (adjusted.figures.count, adjusted.learners["ada"].reasons[0].code)


@pytest.mark.parametrize(
    ("id_", "curve", "path"),
    [
        ("Midtrm", ScaleToMean(75), "id"),
        ("Midterm", ZScoreClobber("Finale"), "curve.by"),
        ("Midterm", 75, "curve"),
        ("Midterm", ScaleToMean("high"), "curve.mean"),
        ("Midterm", LinearCurve(low_to=90, high_to=50), "curve.high_to"),
        ("Midterm", LinearCurve(low_to=0, low=50, high=50), "curve.high"),
        ("Midterm", SquareRootCurve(places=99), "curve.places"),
    ],
)
def test_a_curve_that_cannot_be_used_is_refused(id_, curve, path):
    """An unknown id and a curve that is no curve are definition errors, before anybody is adjusted."""
    with pytest.raises(DefinitionError) as caught:
        adjust(PLAN, CLASS, id_, curve)
    assert [path] == [problem.path for problem in caught.value.problems]


def test_an_adjusted_class_explains_itself():
    """The outline has the figures and a row for each learner with the reasons."""
    outline = adjust(PLAN, CLASS, "Midterm", ScaleToMean(75)).outline()
    assert ["figures before", "ada", "bob", "cy"] == [row.label for row in outline.children]
    assert ("100", 2) == (outline.children[1].value, len(outline.children[1].notes))


monotone = st.one_of(
    st.builds(ScaleToMean, st.integers(0, 100)),
    st.builds(ShiftToMean, st.integers(0, 100)),
    st.builds(AddGapToBest, st.integers(0, 120)),
    st.builds(FlatPoints, st.integers(-20, 20)),
    st.builds(LinearCurve, low_to=st.integers(0, 60), high_to=st.integers(60, 100)),
    st.builds(SquareRootCurve, places=st.integers(0, 6)),
    st.builds(SpreadToMean, st.integers(0, 100), st.integers(0, 30), places=st.integers(0, 6)),
)
classes = st.lists(st.integers(-5, 60), max_size=6).map(lambda points: midterms(*points))


@given(classes, monotone, st.sampled_from(Keep))
def test_a_curve_keeps_order(marks, curve, keep):
    """Nobody overtakes anybody by a curve, and equals stay equal (FC1)."""
    bent = adjust(PLAN, marks, "Midterm", curve, keep=keep).learners.values()
    ordered = sorted((each.before, each.after) for each in bent)
    assert [each for _, each in ordered] == sorted(each for _, each in ordered)
    assert len({before for before, _ in ordered}) == len(set(ordered))


@given(classes, st.integers(0, 100))
def test_the_mean_is_what_was_asked_for(marks, mean):
    """After a shift to a mean, or a scale that is possible, that is the mean of the class (FC4)."""
    for curve in (ShiftToMean(mean), ScaleToMean(mean)):
        adjusted = adjust(PLAN, marks, "Midterm", curve)
        if not adjusted.obstacles:
            percents = [each.after for each in adjusted.learners.values()]
            assert mean * len(percents) == sum(percents)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 100)), min_size=1, max_size=6))
def test_a_standing_never_lowers(pairs):
    """The standing in the final replaces a midterm only by a better one (FC10)."""
    marks = {str(nth): {"Midterm": first, "Final": last} for nth, (first, last) in enumerate(pairs)}
    adjusted = adjust(PLAN, marks, "Midterm", ZScoreClobber("Final"))
    assert all(each.before <= each.after for each in adjusted.learners.values())
