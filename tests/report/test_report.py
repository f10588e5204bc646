# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a report tells, and that it tells the same after pickling and rendering."""

import pickle
from fractions import Fraction

import pytest
from attrs import evolve

from gradecalc import (
    EXEMPT,
    Gradebook,
    GradeItem,
    Mark,
    Rounding,
    SumOfPoints,
    WeightedMean,
    ZeroRange,
    grade,
)
from gradecalc.grading.plan import RULES_VERSION
from small_books import BOOK, PLAN, REPORT


def test_a_report_is_a_mapping_of_results():
    """A report has its results by id, in book order."""
    assert ["final", "Labs", "L1", "L2", "L3", "Exam"] == list(REPORT)
    assert (6, True, False) == (len(REPORT), "Exam" in REPORT, "exam" in REPORT)
    assert REPORT["final"] == REPORT.final


def test_an_unknown_id_suggests_the_nearest():
    """Asking for an id that is not there names the nearest."""
    with pytest.raises(KeyError, match="did you mean 'Labs'"):
        REPORT["Lab"]


def test_reports_are_values():
    """Equal marks give equal reports, which hash and pickle as values."""
    again = grade(BOOK, {"Exam": 100.0, "L3": EXEMPT, "L2": 1, "L1": Mark(Fraction(25, 3), by="Ada", note="late")})
    assert (REPORT, hash(REPORT)) == (again, hash(again))
    assert REPORT == pickle.loads(pickle.dumps(REPORT))  # noqa: S301
    assert REPORT != grade(PLAN, {"Exam": 99})


def test_a_report_carries_its_definition_and_rules():
    """A stored report can be told stale by its digest and the version of the rules."""
    assert (PLAN.digest, RULES_VERSION) == (REPORT.digest, REPORT.rules)
    assert REPORT.digest != grade(evolve(BOOK, pass_mark=50), {}).digest


def test_reasons_are_texts_with_codes():
    """A reason reads as text, and carries a code that survives pickling."""
    reasons = REPORT["L1"].reasons
    assert ["set_by", "noted"] == [reason.code for reason in pickle.loads(pickle.dumps(reasons))]  # noqa: S301
    assert "set by Ada" == reasons[0]


def test_the_outline_adds_up():
    """What the rows of a branch add is what the branch comes to, before its rounding and cap."""
    added = sum(REPORT[name].weight * REPORT[name].percent for name in ("Labs", "Exam"))
    assert REPORT.final.percent == added


def said(report, id_="final"):
    """Return what a report says of a line, by code."""
    return {each.code: str(each) for each in report.remarks(id_)}


def test_several_steps_take_and_one_takes():
    """What one step takes or adds is said of one, and of several that are one amount of several (Z7)."""
    items = [GradeItem("Paper", 30, can_exceed=True)]
    exceeding, rounding = ({"Paper": 33}, {"Paper": Fraction("29.9")})
    book = Gradebook(items, round_result=Rounding(0))
    assert "rounding adds 0.33" == said(grade(book, rounding))["step_adds"]
    assert "the cap takes 10.00" == said(grade(Gradebook(items), exceeding))["step_takes"]
    assert "rounding and the cap take 11.67" == said(grade(book, {"Paper": Fraction("33.5")}))["steps_take"]


def test_a_floor_adds_and_a_bonus_that_costs_takes():
    """The least of a branch adds what its parts are short of it, and a bonus that may cost takes (Z7, G2, B1)."""
    penalty = GradeItem("Penalty", 5, bonus=True, min_points=-50)
    book = Gradebook([GradeItem("Exam", 10), penalty], min_points=0)
    slight, heavy = (grade(book, {"Exam": 6, "Penalty": points}) for points in (-4, -14))
    assert [60, -40] == [each.amount for each in slight.additions("final")]
    assert [("Exam", 60), ("Penalty", -140), ("the minimum", 80)] == [
        (each.name, each.amount) for each in heavy.additions("final")
    ]
    assert "the minimum adds 80.00" == said(heavy)["step_adds"]


def test_bonuses_out_of_0_share_what_they_add_and_take():
    """Of bonuses out of 0 one that may cost takes its points, and one that never costs adds nothing (Z7, B1)."""
    bonuses = [GradeItem("a", 0, bonus=True, min_points=-5), *(GradeItem(each, 0, bonus=True) for each in "bc")]
    report = grade(Gradebook([GradeItem("Exam", 10), *bonuses]), {"Exam": 6, "a": -2, "b": -1, "c": 3})
    assert [60, -20, 0, 30] == [each.amount for each in report.additions("final")]


def test_what_counts_in_full_of_nothing_adds_nothing():
    """In a sum of points out of 0 an item out of 0 that counts in full adds no points, and a bonus its own (Z7, A2)."""
    children = [GradeItem("Extra", 0), GradeItem("Bonus", 0, bonus=True)]
    book = Gradebook(children, aggregation=SumOfPoints(zero_range=ZeroRange.FULL))
    assert [0, 2] == [each.amount for each in grade(book, {"Extra": 8, "Bonus": 2}).additions("final")]


def test_what_weighs_nothing_says_that_it_adds_0_percent():
    """A child of no weight adds 0 as 0 % of its branch (Z7)."""
    book = Gradebook([GradeItem("Trial", 10, weight=0), GradeItem("Exam", 10, weight=100)], aggregation=WeightedMean())
    report = grade(book, {"Trial": 7, "Exam": 9})
    assert "0 % of Final grade: adds 0.00" == said(report, "Trial")["adds_of"]


def test_a_report_prints_as_its_outline():
    """A report prints as its outline, and in a notebook as the same tree in HTML."""
    assert REPORT.outline().text() == str(REPORT)
    assert REPORT.outline().html() == REPORT._repr_html_()
    assert "<Report 97.32 of 6 lines>" == repr(REPORT)
