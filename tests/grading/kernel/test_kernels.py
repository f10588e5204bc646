# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""One learner's final in one call, and with it every line that the final needs."""

from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

from gradecalc import (
    EXEMPT,
    Category,
    Change,
    ChangeKind,
    DropRule,
    Empty,
    Gradebook,
    GradeItem,
    Hurdle,
    ItemKind,
    Mark,
    MarksError,
    Maximum,
    Mean,
    ReplacedBy,
    ReplaceLowest,
    SumOfPoints,
    UngradedPolicy,
    Unknown,
    WeightedMean,
    compile_gradebook,
    grade,
)
from kernel_and_engine import exactly

IDS = [f"Quiz {nth}" for nth in range(20)]
BOOK = Gradebook(
    [
        Category("Quizzes", [GradeItem(id_, 10) for id_ in IDS], aggregation=Mean(), drop=DropRule(lowest=1)),
        GradeItem("Exam", 90),
    ],
    ungraded=UngradedPolicy.AS_ZERO,
)


def graded(plan, marks):
    """Return the percents of a report that a kernel made, and those of the exact engine."""
    report, expected = grade(plan, marks), exactly(plan, marks)
    return [report[id_].percent for id_ in report], [expected[id_].percent for id_ in report]


@pytest.mark.parametrize("missing", [0, 1, 2, 3, 10, 19, 20])
def test_however_many_are_missing(missing):
    """Marks are taken in order and their gaps filled, whether a few are missing or nearly all."""
    plan = compile_gradebook(BOOK)
    kernel = plan.kernels.kernel(None)
    marks = {"Exam": 80.5} | {id_: nth / 2 for nth, id_ in enumerate(reversed(IDS[missing:]))}
    every, pairs = kernel.answer(marks)
    assert {**dict.fromkeys(kernel.ids), **marks} == every
    assert Fraction(*pairs[:2]) * 100 == exactly(plan, marks).final.percent
    found, expected = graded(plan, marks)
    assert expected == found


def test_a_category_among_the_lowest_comes_out_as_it_was_replaced():
    """A category that is a sum and one of the lowest has the percent that replaced its own, each time (V15, V16)."""
    tests = [Category("In", [GradeItem("a", 10), GradeItem("b", 20)], aggregation=Mean()), GradeItem("c", 10)]
    replaced = Category("Tests", tests, replace_lowest=ReplaceLowest(ReplacedBy("Exam")))
    plan = compile_gradebook(Gradebook([replaced, GradeItem("Exam", 90)]))
    for exam in (90, 81, 0, 90):
        found, expected = graded(plan, {"a": 4, "b": 5, "c": 5, "Exam": exam})
        assert expected == found


def test_the_pairs_of_branches_come_with_the_final():
    """What the final needs of its branches is answered with it, and not worked out again."""
    plan = compile_gradebook(BOOK)
    kernel = plan.kernels.kernel(None)
    place = kernel.places[plan.layout.index["Quizzes"]]
    _, pairs = kernel.answer(dict.fromkeys(IDS, 7.5))
    assert Fraction(3, 4) == Fraction(*pairs[place])


def test_fractions_are_read_by_their_ratio():
    """A fraction is never taken for the float that it equals, nor a float for it: their texts differ."""
    plan = compile_gradebook(BOOK)
    for mark in (0.1, Fraction(0.1), 0.1, Fraction(1, 10)):
        found, expected = graded(plan, {"Quiz 0": mark, "Quiz 1": mark, "Exam": 45})
        assert expected == found


def test_decimals_are_read_as_what_they_state():
    """A decimal is never taken for the float that it equals; what is no number is refused as ever (N1)."""
    plan = compile_gradebook(BOOK)
    as_float = Decimal("0.1000000000000000055511151231257827021181583404541015625")
    for mark in (0.1, as_float, Decimal("0.1"), Decimal("7.25")):
        found, expected = graded(plan, {"Quiz 0": mark, "Quiz 1": mark, "Exam": 45})
        assert expected == found
    kernel = plan.kernels.kernel(None)
    assert kernel.final({"Exam": 7.25}) == kernel.final({"Exam": Decimal("7.25")})
    for mark in (Decimal("NaN"), Decimal("sNaN"), Decimal("1e400")):
        assert kernel.answer({"Exam": mark}) is None


CHANGED = (Change(ChangeKind.LATE, (8, "1 day", 2)),)


@pytest.mark.parametrize(
    ("mark", "plain"),
    [
        (Mark(6.5, by="Ada", note="oral"), 6.5),
        (Mark(6, changes=CHANGED), 6),
        (Mark(by="Ada"), None),
        (Mark(EXEMPT, note="ill"), EXEMPT),
        (Mark(exempt=True, by="Dean"), EXEMPT),
        (Mark(6, exempt=True), EXEMPT),
        (Mark(Fraction(13, 2)), Fraction(13, 2)),
    ],
)
def test_who_set_a_mark_and_why_moves_no_figure(mark, plain):
    """A mark that says no more than who set it, a note, or what changed it is answered, and its report is whole."""
    plan = compile_gradebook(BOOK)
    kernel = plan.kernels.kernel(None)
    marks = {**dict.fromkeys(IDS, 5), "Exam": 45, "Quiz 3": mark}
    assert kernel.final({**marks, "Quiz 3": plain}) == kernel.final(marks) is not None
    assert exactly(plan, marks) == grade(plan, marks)


@pytest.mark.parametrize(
    "mark",
    [
        Mark(6, out_of=12),
        Mark(6, symbol="A"),
        Mark(True),
        Mark("6"),
        Mark(Mark(6)),
        Mark(6, exempt=1),
        Mark(6, changes=CHANGED[0]),
        Mark(6, changes=(Change(ChangeKind.LATE, (8,)),)),
        Mark(float("nan"), exempt=True),
    ],
)
def test_of_a_mark_that_says_more_the_exact_engine_is_asked(mark):
    """A maximum of one's own, a symbol, and whatever may not fit are for the exact engine."""
    assert compile_gradebook(BOOK).kernels.kernel(None).answer({"Exam": 45, "Quiz 3": mark}) is None


def test_a_number_where_a_text_is_due_is_refused_as_ever():
    """An item that takes a text has no score, also where it must be passed: a number there is no answer (M2)."""
    text = GradeItem("Said", kind=ItemKind.TEXT, pass_mark=50, must_pass=True, if_missed=Hurdle(final_at_most=40))
    plan = compile_gradebook(Gradebook([GradeItem("Exam", 90), text]))
    kernel = plan.kernels.kernel(None)
    assert (45000, 90000) == kernel.final({"Exam": 45})
    for said in (3, EXEMPT, Mark("well", by="Ada")):
        assert kernel.answer({"Exam": 45, "Said": said}) is None
    found, expected = graded(plan, {"Exam": 45})
    assert expected == found


@pytest.mark.parametrize("others", [{}, dict.fromkeys(IDS, 5), dict.fromkeys(IDS[:10], 5)])
def test_a_text_moves_no_figure(others):
    """Texts where a text is due are answered, and stand in the report; one more id that nobody knows is no answer."""
    book = evolve(BOOK, children=(*BOOK.children, GradeItem("Said", kind=ItemKind.TEXT)))
    plan = compile_gradebook(book)
    kernel = plan.kernels.kernel(None)
    marks = {"Said": "well", **others, "Exam": 45}
    assert kernel.final({**others, "Exam": 45}) == kernel.final(marks) is not None
    assert kernel.final(marks) == kernel.final({**marks, "Said": None})
    assert exactly(plan, marks) == grade(plan, marks)
    assert kernel.answer({**marks, "Sad": "well"}) is None


@pytest.mark.parametrize("items", [[], [GradeItem("Thanks", 0)], [GradeItem("Aside", 10, counts=False)]])
@pytest.mark.parametrize("how", [WeightedMean(out_of=Maximum.MEAN), SumOfPoints(), Mean()])
@pytest.mark.parametrize("empty", Empty)
@pytest.mark.parametrize("ungraded", UngradedPolicy)
def test_a_category_of_nothing_is_out_of_what_its_rule_says(items, how, empty, ungraded):
    """What a category is out of in which nothing counts is as the evaluator has it (U6, U11, U12)."""
    none = Category("None", items, aggregation=how, empty=empty)
    plan = compile_gradebook(Gradebook([none, GradeItem("Exam", 90)], aggregation=WeightedMean(), ungraded=ungraded))
    for marks in ({"Exam": 45}, {"Exam": 45, **{item.id: 5 for item in items}}):
        found, expected = [graded(plan, marks) for _ in range(4)][-1]
        assert expected == found


def test_a_float_is_not_taken_for_the_whole_number_that_it_equals():
    """Beyond 2 to the 53 the text of a float states another number than the whole one that it equals (M1)."""
    plan = compile_gradebook(Gradebook([GradeItem("Exam", 2**62)]))
    for mark in (2.0**60, 2**60, 2.0**60, -(2**60), -(2.0**60), Fraction(2**60)):
        found, expected = graded(plan, {"Exam": mark})
        assert expected == found


class LikeText:
    """What equals a text and is none."""

    def __init__(self, text):
        self.text = text

    def __hash__(self):
        return hash(self.text)

    def __eq__(self, other):
        return self.text == other


@pytest.mark.parametrize("others", [[], IDS])
def test_what_equals_an_id_and_is_no_text_is_no_id(others):
    """A mark for what is no text is refused or ignored, whether a kernel grades or not (M2)."""
    plan = compile_gradebook(BOOK)
    marks = {LikeText("Exam"): 90, **dict.fromkeys(others, 5)}
    assert plan.kernels.kernel(None).answer(marks) is None
    with pytest.raises(MarksError):
        grade(plan, marks)
    expected = exactly(plan, dict.fromkeys(others, 5)).final
    assert expected == grade(plan, marks, unknown=Unknown.IGNORE).final


@pytest.mark.parametrize("marks", [{"Quiz 0": True}, {"Exm": 5}, dict.fromkeys([*IDS, "Exm"], 5), {"Exam": "5"}])
def test_what_the_kernel_does_not_take_it_does_not_answer(marks):
    """For truth values, texts and ids that it does not know, the exact engine is asked."""
    assert compile_gradebook(BOOK).kernels.kernel(None).answer(marks) is None


def test_what_is_no_record_of_marks_is_refused_whoever_comes_first():
    """It is refused also where a kernel is made when it comes, and whoever comes next is graded as ever (M2)."""
    plan = compile_gradebook(BOOK)
    assert plan.kernels.kernel(None) is not None
    for none in (5, [("Exam", 45)], "Exam"):
        with pytest.raises(MarksError):
            grade(plan, none)
    found, expected = graded(plan, {"Exam": 45})
    assert expected == found


def test_ids_are_taken_as_they_stand_in_the_first_marks():
    """The ids are equal whoever states them, and the texts themselves are those of the first learner who comes."""
    plan = compile_gradebook(BOOK)
    kernel, own = plan.kernels.kernel(None), [f"{id_[:-1]}{id_[-1]}" for id_ in IDS]
    kernel.meet(dict.fromkeys(own[:5], 5))
    kernel.meet(dict.fromkeys(IDS, 5))
    assert [True] * 5 == [one is other for one, other in zip(own[:5], kernel.ids, strict=False)]
    assert (*IDS, "Exam") == kernel.ids


def test_one_item_or_none():
    """A gradebook of one item has a kernel; its mark may be missing, and a fraction."""
    plan = compile_gradebook(Gradebook([GradeItem("Exam", 90)], ungraded=UngradedPolicy.AS_ZERO))
    for marks in ({}, {"Exam": 45}, {"Exam": Fraction(45, 2)}, {"Exam": EXEMPT}):
        found, expected = graded(plan, marks)
        assert expected == found
