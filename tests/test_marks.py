# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules M1 to M3, G5, G6, G8, G9 and S4: what a learner has is read by the kind of the item."""

from decimal import Decimal
from fractions import Fraction

import numpy
import pytest

from gradecalc import (
    EXEMPT,
    UNGRADED,
    Band,
    Category,
    DefinitionError,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    MarksError,
    Treatment,
    UngradedPolicy,
    Unknown,
    compile_gradebook,
    grade,
    grade_many,
)

SCHEME = GradeScheme((Band("Poor", start=0, value=20), Band("Good", start=60)))
BOOK = Gradebook(
    [
        GradeItem("Quiz", max_points=10),
        GradeItem("Lab", max_points=20, kind=ItemKind.PASS_FAIL),
        GradeItem("Talk", max_points=50, kind=ItemKind.SELECTBOX, scheme=SCHEME),
        GradeItem("Comment", kind=ItemKind.TEXT),
        Category("Part", [GradeItem("Essay", max_points=10)]),
    ]
)
PLAN = compile_gradebook(BOOK)


@pytest.mark.parametrize(
    ("item", "mark", "points", "recorded"),
    [
        ("Quiz", 8, 8, 8),
        ("Quiz", 8.5, Fraction(17, 2), Fraction(17, 2)),
        ("Quiz", Decimal("8.5"), Fraction(17, 2), Fraction(17, 2)),
        ("Quiz", Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)),
        ("Quiz", numpy.float64(8.5), Fraction(17, 2), Fraction(17, 2)),
        ("Quiz", numpy.int32(8), 8, 8),
        ("Quiz", 12, 10, 12),
        ("Quiz", -3, -3, -3),
        ("Quiz", None, None, None),
        ("Quiz", UNGRADED, None, None),
        ("Quiz", Mark(8), 8, 8),
        ("Quiz", Mark(None, note="ill"), None, None),
        ("Lab", True, 20, True),
        ("Lab", False, 0, False),
        ("Lab", 15, 15, 15),
        ("Lab", Mark(True, out_of=30), 30, True),
        ("Talk", "Poor", 10, "Poor"),
        ("Talk", "Good", 30, "Good"),
        ("Talk", 12.5, Fraction(25, 2), Fraction(25, 2)),
        ("Talk", Mark("Good", out_of=100), 60, "Good"),
        ("Comment", "well done", None, "well done"),
    ],
)
def test_a_mark_is_read_by_the_kind_of_its_item(item, mark, points, recorded):
    """Points, a pass, a symbol or a text is what the item's kind makes of it (G1, G5, G6, S4)."""
    result = grade(PLAN, {item: mark})[item]
    assert (points, recorded) == (result.points, result.recorded)


@pytest.mark.parametrize("mark", [EXEMPT, Mark(exempt=True), Mark(EXEMPT), Mark(7, exempt=True)])
@pytest.mark.parametrize("item", ["Quiz", "Comment", "Part"])
def test_any_item_or_category_can_be_exempt(item, mark):
    """An exempt mark has no points in use, and keeps its number if it had one (X1, G9)."""
    if item == "Comment" and mark == Mark(7, exempt=True):
        mark = Mark("seven", exempt=True)
    result = grade(PLAN, {item: mark})[item]
    assert (Treatment.EXEMPT, None, "Exempt") == (result.treatment, result.points, result.shown)
    assert (mark.points if isinstance(mark, Mark) and mark.points is not EXEMPT else None) == result.recorded


@pytest.mark.parametrize(
    ("item", "mark"),
    [
        ("Quiz", "8"),
        ("Quiz", True),
        ("Quiz", float("nan")),
        ("Quiz", float("inf")),
        ("Quiz", Decimal("1e999999999")),
        ("Quiz", 10**200),
        ("Quiz", 1j),
        ("Quiz", [8]),
        ("Quiz", Mark(Mark(8))),
        ("Quiz", Mark(8, exempt="yes")),
        ("Quiz", Mark(8, out_of="ten")),
        ("Quiz", Mark(8, out_of=-1)),
        ("Lab", "pass"),
        ("Talk", "Excellent"),
        ("Talk", True),
        ("Comment", 8),
        ("Part", "8"),
        ("Part", True),
        ("final", EXEMPT),
        ("final", Mark(50, exempt=True)),
    ],
)
def test_what_is_no_mark_is_refused_by_the_item(item, mark):
    """What is no mark of its item is an error that names the item (M2, X7)."""
    with pytest.raises(MarksError) as caught:
        grade(PLAN, {item: mark, "Essay": 5})
    assert [("unreadable_mark", item)] == [(problem.code, problem.path) for problem in caught.value.problems]


def test_every_bad_mark_is_reported_at_once():
    """One error lists every mark that does not fit, unknown ids with the nearest name (M2, M3)."""
    with pytest.raises(MarksError) as caught:
        grade(PLAN, {"Quiz": "8", "Lab": 1j, "Quizz": 5, 7: 5})
    codes = [(problem.code, problem.path) for problem in caught.value.problems]
    assert [
        ("unreadable_mark", "Quiz"),
        ("unreadable_mark", "Lab"),
        ("unknown_id", "Quizz"),
        ("unknown_id", "7"),
    ] == codes
    assert "'Quiz'" in caught.value.problems[2].message


def test_unknown_ids_may_be_ignored():
    """A mark for an id that the gradebook has not is ignored on request (M3)."""
    expected = grade(PLAN, {"Quiz": 8})
    assert expected == grade(PLAN, {"Quiz": 8, "Attendance": 5}, unknown=Unknown.IGNORE)


@pytest.mark.parametrize("marks", [None, 5, [("Quiz", 8)], "Quiz"])
def test_marks_that_are_no_mapping_are_refused(marks):
    """The marks of a learner are a mapping, and anything else is a marks error (M2)."""
    with pytest.raises(MarksError) as caught:
        grade(PLAN, marks)
    assert "not_marks" == caught.value.problems[0].code


def test_one_bad_learner_never_stops_a_class():
    """A learner whose marks cannot be read is an entry in the results, in its place (M2)."""
    results = dict(grade_many(PLAN, {"ada": {"Quiz": 8}, "bob": {"Quiz": "?"}, "cy": None, "di": {"Quiz": 9}}))
    assert ["ada", "bob", "cy", "di"] == list(results)
    assert isinstance(results["bob"], MarksError)
    assert isinstance(results["cy"], MarksError)
    assert (80, 90) == (results["ada"].final.percent, results["di"].final.percent)


@pytest.mark.parametrize("marks", [None, [("ada", {})], "ada"])
def test_a_class_that_is_no_mapping_is_refused(marks):
    """The marks of a class map learners to marks, and anything else is refused before any learner (M2)."""
    with pytest.raises(MarksError):
        grade_many(PLAN, marks)


def test_choices_are_taken_by_their_values_and_others_refused():
    """A policy may be given by its value, and any other value is refused with the choices."""
    assert grade(PLAN, {}, ungraded=UngradedPolicy.AS_ZERO) == grade(PLAN, {}, ungraded="as_zero")
    for wrong in ({"ungraded": "zero"}, {"unknown": True}):
        with pytest.raises(DefinitionError) as caught:
            grade(PLAN, {}, **wrong)
        assert list(wrong) == [problem.path for problem in caught.value.problems]


def test_a_learners_own_maximum_is_the_cap_and_the_measure():
    """A mark out of its own maximum is measured and capped by it (G8)."""
    result = grade(PLAN, {"Quiz": Mark(9, out_of=8)})["Quiz"]
    assert (8, 8, 100, 9) == (result.points, result.out_of, result.percent, result.recorded)


def test_circumstances_are_shown():
    """Who set a mark and the note on it are among its reasons."""
    reasons = grade(PLAN, {"Quiz": Mark(8, by="proctoring", note="see log")})["Quiz"].reasons
    assert ["set_by", "noted"] == [reason.code for reason in reasons]
    assert all(any(word in reason for reason in reasons) for word in ("proctoring", "see log"))
