# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules P4 to P6: what becomes of the final where something that must be passed is missed."""

from fractions import Fraction

import pytest
from attrs import evolve

from gradecalc import (
    EXEMPT,
    Category,
    DefinitionError,
    DropRule,
    Empty,
    Gradebook,
    GradeItem,
    GradeScheme,
    Hurdle,
    Mark,
    Mean,
    Report,
    UngradedPolicy,
    Verdict,
    compile_gradebook,
    grade,
)
from gradecalc.report.finals import WhichFinal, final_grades

SCHEME = GradeScheme.from_cutoffs({"A": 85, "B": 70, "C": 55, "F": 0})
WORK = GradeItem("Work", 100)
AS_ZERO = UngradedPolicy.AS_ZERO


def book(hurdle, **traits):
    """Return a book of work and an exam of 55 % that has this consequence when it is missed."""
    exam = GradeItem("Exam", 100, pass_mark=55, must_pass=traits.pop("must_pass", True), if_missed=hurdle)
    return Gradebook([WORK, exam], aggregation=Mean(), scheme=SCHEME, pass_mark=50, **traits)


def final(hurdle, marks, *, ungraded=None, **traits):
    """Return the final's percent, symbol and verdict, and the codes of its reasons."""
    result = grade(book(hurdle, **traits), marks, ungraded=ungraded).final
    return result.percent, result.symbol, result.passed, [reason.code for reason in result.reasons]


def test_a_missed_hurdle_caps_the_final():
    """54 in the exam beside 100 makes 77 a 45, with its symbol and its verdict, and the reason names the exam (P4)."""
    result = grade(book(Hurdle(final_at_most=45)), {"Work": 100, "Exam": 54}).final
    assert (45, "F", Verdict.NOT_MET) == (result.percent, result.symbol, result.passed)
    (reason,) = result.reasons
    assert ("hurdle_cap", ("Exam", 55, 45)) == (reason.code, reason.arguments)


def test_a_missed_hurdle_sets_the_symbol():
    """With 54 in the exam the final stays 77 %, is an F, and is not passed (P5)."""
    assert (77, "F", Verdict.NOT_MET, ["hurdle_symbol"]) == final(Hurdle(final_symbol="F"), {"Work": 100, "Exam": 54})


def test_at_the_pass_mark_nothing_is_missed():
    """55 is not below 55 (P1, P4)."""
    both = Hurdle(final_at_most=45, final_symbol="F")
    assert (Fraction(155, 2), "B", Verdict.MET, []) == final(both, {"Work": 100, "Exam": 55})


def test_a_cap_that_does_not_bite_says_nothing():
    """A final below its cap stays what it is (P4)."""
    assert (30, "F", Verdict.NOT_MET, []) == final(Hurdle(final_at_most=45), {"Work": 20, "Exam": 40})


def test_a_cap_alone_needs_no_must_pass():
    """At most a C, and passed all the same (P4)."""
    hurdle, marks = Hurdle(final_at_most=60), {"Work": 100, "Exam": 54}
    assert (60, "C", Verdict.MET, ["hurdle_cap"]) == final(hurdle, marks, must_pass=False)


@pytest.mark.parametrize(
    ("exam", "ungraded", "expected"),
    [
        ({}, None, (100, "A", Verdict.UNDETERMINED, ["hurdle_open"])),
        ({}, AS_ZERO, (45, "F", Verdict.NOT_MET, ["hurdle_symbol", "hurdle_cap"])),
        ({"Exam": EXEMPT}, None, (100, "A", Verdict.MET, [])),
        ({"Exam": EXEMPT}, AS_ZERO, (100, "A", Verdict.MET, [])),
        ({"Exam": Mark(10, exempt=True)}, None, (100, "A", Verdict.MET, [])),
    ],
)
def test_an_open_hurdle_does_nothing_yet_and_an_exempt_one_is_out(exam, ungraded, expected):
    """What is ungraded has no consequence until it counts as zero, and a reason; what is exempt has none (P6)."""
    assert expected == final(Hurdle(final_at_most=45, final_symbol="F"), {"Work": 100, **exam}, ungraded=ungraded)


@pytest.mark.parametrize("empty", Empty)
def test_a_category_counted_as_zero_misses_its_hurdle(empty):
    """A branch without a score is open where it leaves, and missed where it counts as zero (P6, U5)."""
    labs = Category("Labs", [GradeItem("L", 10)], pass_mark=50, if_missed=Hurdle(final_at_most=40), empty=empty)
    marks = {"Work": 100}
    result = grade(Gradebook([WORK, evolve(labs, children=[])], aggregation=Mean()), marks, ungraded=AS_ZERO).final
    expected = (100, ["hurdle_open"]) if empty is Empty.LEAVES else (40, ["hurdle_cap"])
    assert expected == (result.percent, [reason.code for reason in result.reasons])


def test_a_hurdle_holds_wherever_it_stands():
    """Also of work that does not count, is dropped, or lies in a branch that does not count (P2, P4)."""
    hurdle = {"pass_mark": 50, "if_missed": Hurdle(final_at_most=40)}
    aside = GradeItem("x", 10, counts=False, **hurdle)
    within = Category("c", [GradeItem("x", 10, **hurdle), GradeItem("y", 10)], counts=False)
    dropped = Category("c", [GradeItem("x", 10, **hurdle), GradeItem("y", 10)], drop=DropRule(lowest=1))
    for node in (aside, within, dropped):
        percent = grade(Gradebook([WORK, node], aggregation=Mean()), {"Work": 100, "x": 1} | _ten(node)).final.percent
        assert 40 == percent


def _ten(node):
    return {} if isinstance(node, GradeItem) else {"y": 10}


def test_of_several_missed_hurdles_the_least_cap_and_the_first_symbol_hold():
    """Each missed hurdle is told; the symbol is that of the first in the book (P4, P5)."""
    items = [
        GradeItem(id_, 100, pass_mark=50, must_pass=True, if_missed=Hurdle(final_at_most=most, final_symbol=symbol))
        for id_, most, symbol in (("a", 45, "D"), ("b", 30, "F"))
    ]
    result = grade(Gradebook([WORK, *items], aggregation=Mean()), {"Work": 100, "a": 49, "b": 49}).final
    assert (30, "D") == (result.percent, result.symbol)


def test_who_sets_the_final_overrules_its_hurdles():
    """A number for the final stands, with its own symbol; what it replaced is the capped figure (O1, P4, P5)."""
    capped = book(Hurdle(final_at_most=45, final_symbol="F"))
    report = grade(capped, {"Work": 100, "Exam": 54, "final": 90})
    assert (90, "A", 45) == (report.final.percent, report.final.symbol, report.final.computed)
    assert ["F", "A"] == [final_grades(report, which).symbol for which in WhichFinal]
    assert Verdict.NOT_MET is report.final.passed


def test_a_report_with_a_missed_hurdle_is_stored_whole():
    """The symbol that a hurdle set is read back (P5, Z5)."""
    report = grade(book(Hurdle(final_symbol="F")), {"Work": 100, "Exam": 54})
    assert "F" == Report.from_dict(report.to_dict()).final.symbol


@pytest.mark.parametrize(
    ("traits", "expected"),
    [
        ({"if_missed": Hurdle(final_at_most=40)}, "pass_mark"),
        ({"if_missed": Hurdle(final_symbol="F"), "pass_mark": 50}, "must_pass"),
        ({"if_missed": Hurdle(), "pass_mark": 50}, "if_missed.final_at_most"),
    ],
)
def test_a_hurdle_says_what_it_needs(traits, expected):
    """A pass mark to miss, a verdict that goes with the symbol, and some consequence (P4, P5)."""
    with pytest.raises(DefinitionError) as raised:
        compile_gradebook(Gradebook([GradeItem("x", 10, **traits)]))
    assert [("missing", f"children[0].{expected}")] == [(each.code, each.path) for each in raised.value.problems]
