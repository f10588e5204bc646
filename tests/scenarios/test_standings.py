# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Questions about a class: what a change would do to it, and who stands where."""

from fractions import Fraction

import pytest

from gradecalc import (
    EXEMPT,
    Category,
    Gradebook,
    GradeItem,
    GradeScheme,
    MarksError,
    WeightedMean,
)
from gradecalc.scenarios import Prospect, risk, what_if_class

BOOK = Gradebook(
    [
        Category("Quizzes", [GradeItem("Quiz 1", 10), GradeItem("Quiz 2", 10)], weight=60),
        GradeItem("Exam", 100, weight=40),
    ],
    aggregation=WeightedMean(),
    scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0}),
    pass_mark=70,
)
CLASS = {
    "ada": {"Quiz 1": 9, "Quiz 2": 3, "Exam": 80},
    "bob": {"Quiz 1": 8, "Quiz 2": 8, "Exam": 78},
    "cy": {"Quiz 1": 3, "Quiz 2": 3},
    "dee": {"Quiz 1": 10, "Quiz 2": 10},
    "eve": {"Quiz 1": "ten"},
}


def test_all_are_exempt_from_a_quiz():
    """WI14: what is supposed is supposed of everybody, and who changes symbol is listed with both."""
    found = what_if_class(BOOK, CLASS, {"Quiz 2": EXEMPT})
    assert {"ada": ("F", "A")} == found.changed
    assert isinstance(found.learners["eve"], MarksError)
    before, after = found.symbols()
    assert ({"F": 2, "B": 1, "A": 1}, {"F": 1, "B": 1, "A": 2}) == (dict(before), dict(after))
    assert ("1 of 5 change symbol", ["ada", "eve"]) == (
        found.outline().value,
        [row.label for row in found.outline().children],
    )


def test_another_cut_off_is_supposed_of_all():
    """WI14: with another scheme the percents stay, and the symbols are those of that scheme."""
    lower = GradeScheme.from_cutoffs({"A": 79, "B": 70, "F": 0})
    found = what_if_class(BOOK, CLASS, settings={"final": {"scheme": lower}})
    assert {"bob": ("B", "A")} == found.changed


def test_who_is_secure_depends_or_is_lost():
    """WI15: the target is secure if reached whatever comes, lost if with nothing, and else it depends on how much."""
    people = {**CLASS, "flo": {"Quiz 1": 10, "Quiz 2": 10, "Exam": 30}}
    found = risk(BOOK, people)
    assert (("bob", "flo"), ("dee",), ("ada", "cy")) == tuple(found.who(each) for each in Prospect)
    assert (Fraction(25), True) == (found.learners["dee"].needed.mark, found.learners["dee"].proven)
    assert isinstance(found.learners["eve"], MarksError)


def test_what_is_open_is_asked_for_an_equal_percent():
    """WI15: where several items are open, what is needed is the least equal percent on all of them."""
    found = risk(BOOK, {"gil": {"Quiz 1": 7}}, "B").learners["gil"]
    assert (("Quiz 2", "Exam"), Fraction(70)) == (found.needed.items, found.needed.mark)


def test_one_point_more_may_change_the_symbol():
    """WI15: the marked items on which one point more changes the symbol are listed, with the symbol then."""
    found = risk(BOOK, {"hal": {"Quiz 1": 7, "Quiz 2": 6, "Exam": 76}}).learners["hal"]
    assert {"Quiz 1": "B", "Quiz 2": "B"} == found.one_point
    full = risk(BOOK, {"ian": {"Quiz 1": 10, "Quiz 2": 10, "Exam": 100}}).learners["ian"]
    assert {} == full.one_point


def test_what_is_no_class_is_refused():
    """WI14 and WI15: the marks of a class map learner ids to marks, and anything else is refused."""
    for ask in (risk, what_if_class):
        with pytest.raises(MarksError):
            ask(BOOK, [CLASS])
