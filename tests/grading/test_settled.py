# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A plain mark comes to the same whenever it comes, and equal marks that are read otherwise are not mixed up."""

import pickle
from decimal import Decimal
from fractions import Fraction

import pytest

from gradecalc import (
    EXEMPT,
    UNGRADED,
    Category,
    Change,
    ChangeKind,
    DropRule,
    Gradebook,
    GradeItem,
    ItemKind,
    Mark,
    MarksError,
    Mean,
    ReplacedBy,
    Rounding,
    UngradedPolicy,
    Unknown,
    compile_gradebook,
)
from gradecalc.grading.evaluation import evaluate
from gradecalc.grading.grading import read_marks
from gradecalc.grading.settled import ReadMarks
from gradecalc.report.report import Report

ITEMS = [
    GradeItem("a", max_points=10, min_points=2, round_result=Rounding(0)),
    GradeItem("b", max_points=10, kind=ItemKind.PASS_FAIL),
    GradeItem("big", max_points=2**62),
]
BOOK = Gradebook([Category("c", ITEMS, drop=DropRule(lowest=1), aggregation=Mean())])


def exactly(plan, marks):
    """Return the report of the exact engine, by the marks that this plan has read before."""
    return Report(plan.layout, evaluate(plan, read_marks(plan, marks, Unknown.REFUSE), None))


@pytest.mark.parametrize("mark", [1, 1.0, 1.26, 12, -3, None, UNGRADED, EXEMPT])
def test_a_mark_comes_to_the_same_again(mark):
    """A mark that was looked up has the points, the reasons and the treatment that it had when it first came (R5)."""
    plan = compile_gradebook(BOOK)
    first, again = exactly(plan, {"a": mark, "b": 5}), exactly(plan, {"b": 5, "a": mark})
    assert (first, first["a"]) == (again, again["a"])
    assert first == exactly(compile_gradebook(BOOK), {"a": Mark(mark), "b": 5})


def test_equal_marks_of_other_types_are_read_as_themselves():
    """`True` is no 1, a long decimal no short float, and a float beyond 2 to the 53 no whole number (M1)."""
    plan = compile_gradebook(BOOK)
    long = "0.1000000000000000055511151231257827021181583404541015625"
    marks = [1, True, 0.1, Decimal(long), Fraction(long), 2**60, 2.0**60, 2**60]
    expected = [1, True, Fraction(1, 10), *[Fraction(long)] * 2, 2**60, 1152921504606847000, 2**60]
    ids = ["b", "b", "a", "a", "a", "big", "big", "big"]
    read = [exactly(plan, {id_: mark})[id_].recorded for id_, mark in zip(ids, marks, strict=True)]
    assert (expected, [Fraction, bool]) == (read, [*map(type, read[:2])])


@pytest.mark.parametrize("mark", [float("nan"), float("inf"), 10**200])
def test_what_cannot_be_read_is_refused_each_time(mark):
    """A number that is none is an error whenever it comes, of its own item (M2)."""
    plan = compile_gradebook(BOOK)
    for _ in range(2):
        with pytest.raises(MarksError) as caught:
            read_marks(plan, {"a": mark}, Unknown.REFUSE)
        assert ["a"] == [problem.path for problem in caught.value.problems]


def test_a_reading_is_settled_for_its_own_plan_alone():
    """What was read by one plan is settled anew by another, as is a reading that is made of it (R5)."""
    plan = compile_gradebook(BOOK)
    bare = compile_gradebook(Gradebook([Category("c", [GradeItem("a", max_points=10)])]))
    readings = read_marks(plan, {"a": 1.26}, Unknown.REFUSE)
    (line, reading), *_ = readings.items()
    assert (ReadMarks, 2) == (type(readings), readings.points[line])
    assert Fraction("1.26") == evaluate(bare, readings, None).points[line]
    assert Fraction("7.4") == evaluate(plan, {line: reading._replace(points=Fraction("7.44"))}, None).points[line]


def test_a_settled_mark_gives_way_to_a_replacement():
    """An item that another's result replaces counts with that, though its mark was settled (V11)."""
    items = [GradeItem("a", max_points=10, replaced_by=ReplacedBy("x")), GradeItem("x", max_points=10)]
    plan = compile_gradebook(Gradebook(items))
    assert [90, 90] == [exactly(plan, {"a": 4, "x": 9})[id_].percent for id_ in ("a", "final")]


def test_a_copy_of_a_plan_settles_for_itself():
    """A plan that was pickled grades as before, whatever it has looked up (M1)."""
    plan = compile_gradebook(BOOK)
    before = exactly(plan, {"a": 1.26, "b": 5})
    copied = pickle.loads(pickle.dumps(plan))  # noqa: S301
    assert before == exactly(copied, {"a": 1.26, "b": 5})
    assert [0, 1] == [len(each.settled.of["a"]) for each in (compile_gradebook(BOOK), copied)]


@pytest.mark.parametrize(
    "circumstances",
    [
        {"by": "dean", "note": "late bus", "changes": (Change(ChangeKind.MISSING, (2,)),)},
        {"out_of": 10, "note": "as usual"},
        {"out_of": 20},
        {"exempt": True},
        {"symbol": "*", "note": "disputed"},
    ],
)
@pytest.mark.parametrize("points", [1, 1.26, 12, None, Fraction("1.26")])
def test_a_mark_with_circumstances_comes_to_what_its_number_does(points, circumstances):
    """The number beside a note comes to what it does without one, and what is said of it comes first (R5)."""
    plan, mark = compile_gradebook(BOOK), Mark(points, **circumstances)
    exactly(plan, {"a": points})
    first, again = exactly(plan, {"a": mark, "b": 5}), exactly(compile_gradebook(BOOK), {"b": 5, "a": mark})
    assert (first, first["a"]) == (again, again["a"])
    if "by" in circumstances and points is not None:
        said = [reason.code for reason in exactly(plan, {"a": points, "b": 5})["a"].reasons]
        assert ["set_by", "noted", "missing_filled", *said] == [reason.code for reason in first["a"].reasons]


def test_a_blank_out_of_its_own_maximum_is_zero_of_that():
    """What is blank counts as zero out of the learner's own maximum, where a mark states one (U2)."""
    plan = compile_gradebook(Gradebook(ITEMS[:2], ungraded=UngradedPolicy.AS_ZERO))
    finals = [exactly(plan, {"a": mark, "b": 8}).final for mark in (None, Mark(out_of=20))]
    assert [(8, 20), (8, 30)] == [(final.points, final.out_of) for final in finals]
