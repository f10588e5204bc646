# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The finals that a file states are compared with the computed ones, and every difference is told with its line."""

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    Category,
    DefinitionError,
    Gradebook,
    GradeItem,
    GradeScheme,
    MarksError,
    Rounding,
    UngradedPolicy,
    Unknown,
    WeightedMean,
    compile_gradebook,
    grade,
)
from gradecalc.lms import reconcile
from gradecalc.lms.imported import Imported, Learner, Recorded
from gradecalc.testing import graded_books

QUIZZES = Category("Quizzes", [GradeItem("Quiz 1", 10), GradeItem("Quiz 2", 10)], weight=40)
EXAM = GradeItem("Exam", 60, weight=60)
BOOK = Gradebook([QUIZZES, EXAM])
WEIGHTED = evolve(BOOK, aggregation=WeightedMean())
MARKS = {"Quiz 1": 8, "Exam": 45}


def stated(points=None, out_of=None, symbol="", percent=None, *, name="calculated", book=BOOK, marks=MARKS, **below):
    """Return what one learner's file states: a final, and below it other results."""
    finals = {"Ada": {name: Recorded(points, out_of, symbol, percent)}}
    return Imported(book, {"Ada": marks}, finals=finals, recorded={"Ada": below})


def test_a_final_that_is_the_same_agrees():
    """Where points are summed, the same points out of the same maximum agree (J3)."""
    found = reconcile(stated(53, 70))
    assert (("Ada",), (), ()) == (found.agree, found.differ, found.unstated)
    assert "1 of 1 final agrees with the file" == found.summary


def test_another_maximum_differs_where_points_are_summed():
    """The same points out of another maximum differ, and both maxima are told (J3)."""
    (found,) = reconcile(stated(53, 80)).differ
    assert ("out_of", ("Final grade", 53, 80, 53, 70)) == (found.why.code, found.why.arguments)
    assert (Recorded(53, 80), Recorded(53, 70, "", Fraction(530, 7))) == (found.stated, found.computed)


@pytest.mark.parametrize("out_of", [100, 60, 1])
def test_a_share_agrees_whatever_it_is_out_of_where_percents_are_combined(out_of):
    """A weighted final is compared as the share that it is, so that a file may state it of the weights (J3)."""
    assert reconcile(stated(Fraction(77 * out_of, 100), out_of, book=WEIGHTED)).agree


def test_points_alone_and_a_percent_alone_are_compared():
    """A file may state points without a maximum, or a percent (J1)."""
    assert reconcile(stated(53)).agree
    assert ["points"] == [each.why.code for each in reconcile(stated(54)).differ]
    assert reconcile(stated(percent=Fraction(7571, 100))).agree
    assert ["percent"] == [each.why.code for each in reconcile(stated(percent=Fraction(7572, 100))).differ]


def test_a_symbol_is_compared_where_there_is_a_scheme():
    """A stated symbol differs from another one, and from none where no scheme gives one it does not (J7)."""
    scheme = GradeScheme.from_cutoffs({"A": 80, "B": 0})
    (found,) = reconcile(stated(53, 70, "A", book=evolve(BOOK, scheme=scheme))).differ
    assert ("symbol", ("Final grade", "A", "B")) == (found.why.code, found.why.arguments)
    assert reconcile(stated(53, 70, "B", book=evolve(BOOK, scheme=scheme))).agree
    assert reconcile(stated(53, 70, "A")).agree


def test_a_symbol_alone_is_not_compared_without_a_scheme():
    """Nobody agrees with a letter that nothing here gives (J7)."""
    assert reconcile(stated(symbol="A")).unstated == ("Ada",)
    scheme = GradeScheme.from_cutoffs({"A": 80, "B": 0})
    assert reconcile(stated(symbol="B", book=evolve(BOOK, scheme=scheme))).agree == ("Ada",)


def test_a_final_where_nothing_is_computed_differs():
    """A stated figure differs from no score, and 0 out of 0, or 0 points alone, do not (J4)."""
    assert ["no_score"] == [each.why.code for each in reconcile(stated(0, 80, marks={})).differ]
    assert ["no_score"] == [each.why.code for each in reconcile(stated(percent=0, marks={})).differ]
    assert reconcile(stated(0, 0, marks={})).agree
    assert reconcile(stated(0, marks={})).agree
    assert ["no_score"] == [each.why.code for each in reconcile(stated(3, marks={})).differ]


def test_the_first_line_that_parts_the_figures_is_told():
    """Of the lines that differ, the first that has none below it that differs is the reason (J6)."""
    lines = {"Quizzes": Recorded(8, 20), "Exam": Recorded(44, 60)}
    (found,) = reconcile(stated(52, 80, **lines)).differ
    assert ("Quizzes", "out_of") == (found.line, found.why.code)
    (found,) = reconcile(stated(52, 80, **lines, **{"Quiz 1": Recorded(7, 10)})).differ
    assert ("Quiz 1", ("Quiz 1", 7, 10, 8, 10)) == (found.line, found.why.arguments)
    (found,) = reconcile(stated(52, 80, Quizzes=Recorded(8, 10), elsewhere=Recorded(1, 2))).differ
    assert ("final", "out_of") == (found.line, found.why.code)


def test_an_exempt_line_has_no_score_of_its_own():
    """What is stated of an exempt item is told, though a number is kept below the exemption (J4)."""
    (found,) = reconcile(stated(1, 2, marks={"Quiz 1": EXEMPT, "Exam": 45}, **{"Quiz 1": Recorded(8, 10)})).differ
    assert ("Quiz 1", "no_score") == (found.line, found.why.code)


def test_each_learner_has_a_place():
    """Who has no stated final is listed as such, and who cannot be graded differs or has none stated (J8)."""
    imported = Imported(
        BOOK,
        {"Ada": MARKS, "Bob": {"Exam": "sick"}, "Cem": {"Exam": "sick"}},
        learners={"Ada": Learner("Ada"), "Dee": Learner("Dee")},
        finals={"Ada": {"calculated": Recorded(53, 70)}, "Bob": {"calculated": Recorded(1, 2)}, "Eve": {}},
    )
    found = reconcile(imported)
    assert (("Ada",), ("Cem", "Eve", "Dee")) == (found.agree, found.unstated)
    assert [("Bob", None, "cannot_be_graded")] == [
        (each.learner, each.computed, each.why.code) for each in found.differ
    ]
    assert ["1 of 2 finals agree with the file", "Bob", "no stated final"] == [
        row.label for _, row in found.outline().rows()
    ]


def test_a_file_without_finals_says_so():
    """Where nothing is stated nothing is compared."""
    found = reconcile(Imported(BOOK, {"Ada": MARKS}))
    assert ("the file states no finals to compare", ("Ada",)) == (found.summary, found.unstated)
    assert "the file states no finals to compare" == str(found)


def test_another_plan_may_be_compared():
    """A plan or a gradebook stands for the one that was read, and marks that it does not know may be ignored."""
    imported = stated(45, 60)
    plan = compile_gradebook(Gradebook([EXAM]))
    assert (
        reconcile(imported, plan, unknown=Unknown.IGNORE).agree
        == reconcile(imported, plan.gradebook, unknown=Unknown.IGNORE).agree
        == ("Ada",)
    )
    assert ["cannot_be_graded"] == [each.why.code for each in reconcile(imported, plan).differ]
    with pytest.raises(DefinitionError):
        reconcile(imported, Gradebook([EXAM, EXAM]))


def test_canvas_states_a_final_for_each_ungraded_policy():
    """Canvas's current score leaves out ungraded work, its final score counts it as zero; both are compared (J9)."""
    current, final = Recorded(percent=Fraction(7571, 100)), Recorded(percent=Fraction(6625, 100))
    imported = Imported(BOOK, {"Ada": MARKS}, finals={"Ada": {"current": current, "final": final}})
    assert ("Ada",) == reconcile(evolve(imported, system="canvas")).agree
    assert ["final"] == [each.final for each in reconcile(imported).differ]


def test_canvas_states_a_score_of_each_group_for_each_final():
    """The score of a group that goes with the final one is compared with that (J9)."""
    groups = {"Quizzes": Recorded(8), "Quizzes (final)": Recorded(9)}
    imported = stated(percent=1, name="final", **groups)
    (found,) = reconcile(evolve(imported, system="canvas")).differ
    assert ("Quizzes", ("Quizzes", 9, 8)) == (found.line, found.why.arguments)
    (found,) = reconcile(evolve(stated(percent=1, name="current", **groups), system="canvas")).differ
    assert "final" == found.line


@settings(max_examples=60)
@given(graded_books(), st.integers(0, 6), st.sampled_from(UngradedPolicy))
def test_a_final_agrees_with_itself_however_many_decimals_are_stated(graded_book, places, ungraded):
    """Whatever the gradebook, its own final, rounded to any number of decimals, agrees with itself (J1)."""
    book, marks = graded_book
    plan = compile_gradebook(evolve(book, ungraded=ungraded))
    try:
        percent = grade(plan, marks).final.percent
    except MarksError:
        percent = None
    final = Recorded() if percent is None else Recorded(percent=Rounding(places).apply(percent))
    imported = Imported(book, {"Ada": marks}, finals={"Ada": {"final": final}})
    found = reconcile(imported, plan)
    assert (() if percent is None else ("Ada",), ()) == (found.agree, found.differ)
