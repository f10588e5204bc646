# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules S6 to S8: bands that start above their start, and symbols that somebody sets."""

import pytest

from gradecalc import (
    EXEMPT,
    Band,
    Category,
    DefinitionError,
    Empty,
    Gradebook,
    GradeItem,
    GradeScheme,
    Lack,
    Mark,
    MarksError,
    Mean,
    Report,
    UngradedPolicy,
    compile_gradebook,
    grade,
)
from gradecalc.report.finals import WhichFinal, final_grades
from gradecalc.statistics import summarize

SCHEME = GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0})
ABOVE = GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0}, exclusive=True)
BOOK = Gradebook(
    [Category("Labs", [GradeItem("L1", 10), GradeItem("L2", 10)]), GradeItem("Exam", 10)],
    aggregation=Mean(),
    scheme=SCHEME,
)
MARKS = {"L1": 8, "L2": 10, "Exam": 7}


@pytest.mark.parametrize(("percent", "expected"), [(86, "A"), (85, "B"), (70, "F"), (0, "F"), (-1, "F"), (101, "A")])
def test_an_exclusive_band_starts_above_its_start(percent, expected):
    """At its very start the band below still holds, and below the lowest the lowest does (S3, S6)."""
    assert expected == ABOVE.symbol(percent)


def test_two_bands_may_part_a_single_percent():
    """One at 50 and one above it share a start; two alike are an error (S6)."""
    scheme = GradeScheme([Band("High", 50, exclusive=True), Band("Half", 50), Band("Low", 0)])
    assert ["Low", "Half", "High"] == [scheme.symbol(percent) for percent in (49, 50, 51)]
    compile_gradebook(Gradebook([GradeItem("x", 10)], scheme=scheme))
    with pytest.raises(DefinitionError) as raised:
        compile_gradebook(Gradebook([GradeItem("x", 10)], scheme=GradeScheme([Band("a", 50), Band("b", 50)])))
    assert ["duplicate_start"] == [problem.code for problem in raised.value.problems]


def test_a_distribution_counts_by_the_bands():
    """A percent at an exclusive start is counted in the band below (S6, T9)."""
    book = Gradebook([GradeItem("x", 100)], scheme=ABOVE)
    reports = [grade(book, {"x": points}) for points in (70, 71, 85)]
    for scheme, expected in ((ABOVE, [1, 2, 0]), (SCHEME, [0, 2, 1])):
        assert expected == [each.count for each in summarize(reports, "x", bins=scheme).distribution]


def test_a_symbol_set_by_hand_leaves_the_score():
    """Item, category and final keep their percents and have the symbol that is set, by whom and why (S7)."""
    set_ = {"Labs": Mark(symbol="B+", by="Ada"), "final": Mark(symbol="A", by="Dean", note="appeal")}
    before, after = grade(BOOK, MARKS), grade(BOOK, {**MARKS, **set_, "Exam": Mark(7, symbol="Z")})
    assert ("A", "B", "B") == tuple(before[id_].symbol for id_ in ("Labs", "Exam", "final"))
    assert ("B+", "Z", "A") == tuple(after[id_].symbol for id_ in ("Labs", "Exam", "final"))
    assert [before[id_].percent for id_ in before] == [after[id_].percent for id_ in after]
    assert ["symbol_set", "set_by", "noted"] == [reason.code for reason in after.final.reasons]
    assert not after.final.overridden


def test_a_symbol_may_stand_on_blank_or_exempt_work():
    """An item without a mark is ungraded whatever its symbol is, and an exempt one exempt (S7)."""
    for mark, treatment, shown in (
        (Mark(symbol="I"), "left out", "–"),
        (Mark(exempt=True, symbol="W"), "exempt", "Exempt"),
        (Mark(EXEMPT, symbol="W"), "exempt", "Exempt"),
    ):
        result = grade(BOOK, {**MARKS, "Exam": mark})["Exam"]
        assert (mark.symbol, treatment, shown) == (result.symbol, result.treatment.value, result.shown)
    assert "W" == grade(BOOK, {**MARKS, "Labs": Mark(exempt=True, symbol="W")})["Labs"].symbol


def test_a_symbol_in_the_place_of_a_score():
    """A final of I or W has no percent, and tells what was computed (S8)."""
    final = grade(BOOK, {**MARKS, "final": Mark(symbol="W", without_score=True, by="Dean")}).final
    assert ("W", None, None, 80, Lack.SYMBOL_ONLY) == (
        final.symbol,
        final.points,
        final.percent,
        final.computed,
        final.lack,
    )
    assert ["symbol_only", "symbol_set", "set_by"] == sorted(
        (reason.code for reason in final.reasons), key=["symbol_only", "symbol_set", "set_by"].index
    )
    assert (True, "Dean") == (final.overridden, final.override.by)


@pytest.mark.parametrize(("empty", "expected"), [(Empty.LEAVES, 70), (Empty.AS_UNGRADED, 35)])
def test_a_category_with_a_symbol_and_no_score_is_as_any_without_one(empty, expected):
    """Its parent goes on without it, or counts it as zero, as the branch says (S8, U5)."""
    labs = Category("Labs", [GradeItem("L1", 10)], empty=empty)
    book = Gradebook([labs, GradeItem("Exam", 10)], aggregation=Mean(), ungraded=UngradedPolicy.AS_ZERO)
    marks = {"L1": 8, "Exam": 7, "Labs": Mark(symbol="I", without_score=True)}
    assert expected == grade(book, marks).final.percent


@pytest.mark.parametrize("mark", [Mark(symbol="B+"), Mark(symbol="W", without_score=True)])
def test_stored_reports_keep_symbols(mark):
    """Symbols and exclusive starts are read back as they were written (S6 to S8, Z5)."""
    report = grade(Gradebook(BOOK.children, aggregation=Mean(), scheme=ABOVE), {**MARKS, "final": mark})
    restored = Report.from_dict(report.to_dict())
    assert (report, mark.symbol) == (restored, restored.final.symbol)


def test_an_adjusted_final_has_the_symbol_that_was_set():
    """The calculated one has the scheme's (S7, Z2)."""
    report = grade(BOOK, {**MARKS, "final": Mark(90, symbol="B", by="Dean")})
    assert ["B", "B"] == [final_grades(report, which).symbol for which in WhichFinal]
    report = grade(BOOK, {**MARKS, "final": Mark(95, symbol="F")})
    assert ["B", "F"] == [final_grades(report, which).symbol for which in WhichFinal]


@pytest.mark.parametrize(
    "mark",
    [
        Mark(5, symbol=""),
        Mark(5, symbol=7),
        Mark(without_score=True),
        Mark(symbol="W", without_score="yes"),
        Mark(5, symbol="W", without_score=True),
    ],
)
def test_what_is_no_symbol_is_refused(mark):
    """A symbol is a text, needed where it is to stand alone, and never beside a score it replaces (S7, S8)."""
    with pytest.raises(MarksError) as raised:
        grade(BOOK, {**MARKS, "final": mark})
    assert [("unreadable_mark", "final")] == [(each.code, each.path) for each in raised.value.problems]
