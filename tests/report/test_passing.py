# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules P1 to P3: when a line is passed, and when the final is."""

import pytest

from gradecalc import (
    EXEMPT,
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    Verdict,
    grade,
)
from gradecalc.report.passing import PassRule, judge_final
from small_books import WEIGHTED


@pytest.mark.parametrize(
    ("marks", "expected"), [({"Exam": 50}, Verdict.MET), ({"Exam": 49.99}, Verdict.NOT_MET), ({}, Verdict.UNDETERMINED)]
)
def test_a_pass_mark_gives_a_verdict(marks, expected):
    """At or above the pass mark is passed, below is not, and without a percent it is undetermined (P1)."""
    book = Gradebook([GradeItem("Exam", max_points=100, pass_mark=50)])
    assert expected is grade(book, marks)["Exam"].passed


@pytest.mark.parametrize(
    ("exam", "labs", "expected"),
    [
        (90, 8, Verdict.MET),
        (30, 10, Verdict.NOT_MET),
        (90, 1, Verdict.NOT_MET),
        (90, None, Verdict.UNDETERMINED),
        (90, EXEMPT, Verdict.MET),
        (30, EXEMPT, Verdict.NOT_MET),
    ],
)
def test_the_final_depends_on_what_must_be_passed(exam, labs, expected):
    """The final is passed if its own mark is reached and that of all that must be passed and is not exempt (P2)."""
    lab = GradeItem("Lab", max_points=10, pass_mark=50, must_pass=True)
    book = Gradebook([Category("Labs", [lab], weight=40), GradeItem("Exam", max_points=100, weight=60)], pass_mark=50)
    assert expected is grade(book, {"Exam": exam, "Lab": labs}).final.passed


def test_what_must_be_passed_must_be_passed_even_if_dropped():
    """A dropped item that must be passed still decides (P2)."""
    item = GradeItem("a", max_points=10, pass_mark=50, must_pass=True)
    book = Gradebook([item, GradeItem("b", max_points=10)], drop=DropRule(lowest=1))
    report = grade(book, {"a": 1, "b": 9})
    assert (90, Verdict.NOT_MET) == (report.final.percent, report.final.passed)


def test_without_a_pass_mark_there_is_no_verdict():
    """Nothing is passed or failed where nobody asked (P3)."""
    assert grade(WEIGHTED, {"Exam": 50}).final.passed is None


@pytest.mark.parametrize(
    ("rule", "percent", "expected"),
    [
        (PassRule(50), 50, Verdict.MET),
        (PassRule(50), 49, Verdict.NOT_MET),
        (PassRule(50), None, Verdict.UNDETERMINED),
        (PassRule(0), 0, Verdict.MET),
        (PassRule(), 90, None),
    ],
)
def test_a_rule_judges_a_percent(rule, percent, expected):
    """At the pass mark is passed, no percent leaves it open, and no pass mark asks nothing (P1, P3)."""
    assert expected is rule.judge(percent)


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        (PassRule(), [], None),
        (PassRule(), [(PassRule(50), 10)], None),
        (PassRule(), [(PassRule(50, must_pass=True), 60)], Verdict.MET),
        (PassRule(50), [(PassRule(50, must_pass=True), 40)], Verdict.NOT_MET),
        (PassRule(50), [(PassRule(50, must_pass=True), None)], Verdict.UNDETERMINED),
        (PassRule(95), [(PassRule(50, must_pass=True), None)], Verdict.NOT_MET),
    ],
)
def test_a_final_is_judged_with_what_must_be_passed(own, others, expected):
    """Only what must be passed joins the final's own pass mark, and one that is not passed decides (P2, P3)."""
    assert expected is judge_final(own, 90, others)
