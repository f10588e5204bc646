# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rule U10: which lines are graded, ungraded or exempt."""

import pytest

from gradecalc import (
    EXEMPT,
    UNGRADED,
    Category,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    Mark,
    OnlyBonus,
    ReplacedBy,
    ReplacedWhen,
    Report,
    UngradedPolicy,
    WeightedMean,
    grade,
)

QUIZZES = Category("Quizzes", [GradeItem("a", 10), GradeItem("b", 10)])
BOOK = Gradebook([QUIZZES, FormulaItem("f", formula="[a.Points] + 1", max_points=11)])


@pytest.mark.parametrize("policy", UngradedPolicy)
@pytest.mark.parametrize(
    ("marks", "standing"),
    [
        ({}, UNGRADED),
        ({"a": EXEMPT}, UNGRADED),
        ({"a": Mark(5, exempt=True), "b": None}, UNGRADED),
        ({"a": EXEMPT, "b": EXEMPT}, EXEMPT),
        ({"Quizzes": EXEMPT, "a": 5}, EXEMPT),
        ({"a": EXEMPT, "b": 0}, None),
        ({"Quizzes": 12}, None),
    ],
)
def test_a_category_is_graded_once_something_in_it_is_recorded(policy, marks, standing):
    """A category and the final are graded by what is recorded, and whatever blanks count as changes nothing (U10)."""
    report = grade(BOOK, marks, ungraded=policy)
    assert standing is report.without_score("Quizzes")
    assert standing is Report.from_dict(report.to_dict()).without_score("Quizzes")
    assert standing is report.without_score("final")


def test_an_item_is_graded_by_its_mark():
    """A mark that is dropped, a bonus or not counted is one, and an exempt number is not (U10)."""
    book = Gradebook(
        [
            GradeItem("low", 10),
            GradeItem("high", 10),
            GradeItem("aside", 10, counts=False),
            GradeItem("more", 5, bonus=True),
        ],
        drop=DropRule(lowest=1),
    )
    report = grade(book, {"low": 1, "high": 9, "aside": 3, "more": Mark(2, exempt=True)})
    assert [None, None, None, EXEMPT] == [report.without_score(id_) for id_ in ("low", "high", "aside", "more")]


def test_a_branch_without_a_score_is_ungraded_whatever_is_recorded_in_it():
    """Weights of zero, or bonus alone, give no score, and so nothing is graded (U9, U10)."""
    weightless = Gradebook([GradeItem("a", 10, weight=0)], aggregation=WeightedMean())
    assert UNGRADED is grade(weightless, {"a": 5}).without_score("final")
    bonus = [GradeItem("a", 10), GradeItem("b", 10, bonus=True)]
    by_choice = [grade(Gradebook(bonus, only_bonus=each), {"b": 5}).without_score("final") for each in OnlyBonus]
    assert [UNGRADED, None] == by_choice


def test_a_formula_is_graded_where_it_has_a_score_and_the_course_a_record():
    """A formula item is graded with its score once anything is recorded, and a zero of blanks is none (U10)."""
    book = Gradebook([QUIZZES, FormulaItem("f", formula="[a.Points]", max_points=11)], ungraded=UngradedPolicy.AS_ZERO)
    reports = [grade(book, marks) for marks in ({}, {"b": 3}, {"a": EXEMPT})]
    assert [UNGRADED, None, EXEMPT] == [report.without_score("f") for report in reports]


@pytest.mark.parametrize(("mark", "standing"), [(None, UNGRADED), (EXEMPT, EXEMPT), (2, None)])
def test_what_is_replaced_is_graded_by_its_own_mark_and_its_branch_by_what_stands_in(mark, standing):
    """Where a retake stands in, the test is graded by its own mark, and its category is graded (U10, V11)."""
    rule = ReplacedBy("retake", when=ReplacedWhen.BETTER_OR_MISSING, even_exempt=True)
    book = Gradebook(
        [Category("Tests", [GradeItem("test", 10, replaced_by=rule)]), GradeItem("retake", 10, counts=False)]
    )
    report = grade(book, {"test": mark, "retake": 8})
    assert (80, standing) == (report["test"].percent, report.without_score("test"))
    assert [None, None] == [report.without_score(id_) for id_ in ("Tests", "final")]


def test_an_id_that_the_report_does_not_have_is_an_error():
    """An unknown id is a `KeyError` that names the nearest."""
    with pytest.raises(KeyError, match="did you mean 'Quizzes'"):
        grade(BOOK, {}).without_score("Quizes")
