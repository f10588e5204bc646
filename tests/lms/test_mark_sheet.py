# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A row for each learner becomes marks and results, and what is odd in it is named by its row and column."""

from fractions import Fraction

import pytest
from attrs import field, frozen

from gradecalc import EXEMPT, Gradebook, ItemKind
from gradecalc.lms.imported import Learner, Recorded
from gradecalc.lms.mark_sheet import Column, MarkColumns, MarkSheet
from gradecalc.lms.records import RecordSheet, named
from gradecalc.lms.sheet import split

COLUMNS = MarkColumns(
    items=[Column(1, "quiz"), Column(2, "level", kind=ItemKind.SELECTBOX)],
    finals=[Column(3, "final", "points"), Column(4, "final", "symbol")],
    recorded=[Column(5, "quiz", "out_of")],
)
HEADER = "Name,Quiz,Level,Total,Letter,Of,End"


@frozen
class Who:
    """What a row says of its learner."""

    name: str = field(default="", metadata=named("Name"))
    end: str = field(default="", metadata=named("End"))


def entered(*lines):
    """Return what was read of the rows."""
    problems = []
    header, *rows = split([f"{line}\n" for line in (HEADER, *lines)], ",", problems)
    marks = MarkSheet(
        RecordSheet(Who, header, problems),
        COLUMNS,
        lambda who: Learner(who.name),
        exempt=["EX", " free "],
        is_whole=lambda who: who.end == "#",
    )
    for row in rows:
        marks.enter(row)
    return marks.imported(Gradebook())


def test_marks_and_results_go_apart():
    """Marks go in, and what the system worked out stands beside them."""
    imported = entered("Ada,7.5,Good,81,B,10,#")
    assert {"Ada": {"quiz": Fraction(15, 2), "level": "Good"}} == imported.marks
    assert {"Ada": {"final": Recorded(81, None, "B")}} == imported.finals
    assert {"Ada": {"quiz": Recorded(None, 10)}} == imported.recorded
    assert ({"Ada": Learner("Ada")}, ()) == (imported.learners, imported.problems)


def test_a_blank_cell_is_ungraded_and_a_word_exempts():
    """The word is in any case, and the first that is met is the one to write back; another is a notice."""
    imported = entered("Ada,,,,,,#", "Bob,ex,Free,,,,#")
    assert {"Ada": {}, "Bob": {"quiz": EXEMPT, "level": EXEMPT}} == imported.marks
    assert "ex" == imported.exempt_token
    assert [("other_exempt_token", "row 3, column 'Level'")] == [(each.code, each.path) for each in imported.problems]


@pytest.mark.parametrize(
    ("line", "code", "path", "marks"),
    [
        ("Ada,seven,,,,,#", "wrong_value", "row 2, column 'Quiz'", {"Ada": {"quiz": "seven"}}),
        ("Ada,7,,all,,,#", "wrong_value", "row 2, column 'Total'", {"Ada": {"quiz": 7}}),
        (",7,,,,,#", "no_learner_id", "row 2", {}),
        ("Ada,7,,,,", "broken_row", "row 2", {"Ada": {"quiz": 7}}),
        ("Ada,7,,,,,#,8", "cell_without_heading", "row 2", {"Ada": {"quiz": 7}}),
    ],
)
def test_what_is_odd_is_named_and_the_rest_is_read(line, code, path, marks):
    """What is no number stays as its text, so that this learner alone has no grade."""
    imported = entered(line)
    assert marks == imported.marks
    assert [(code, path)] == [(each.code, each.path) for each in imported.problems]


def test_of_two_rows_of_one_learner_the_first_is_read():
    """The second is reported with the number of the first."""
    imported = entered("Ada,7,,,,,#", "Ada,8,,,,,#")
    assert {"Ada": {"quiz": 7}} == imported.marks
    assert [("duplicate_learner", "row 3")] == [(each.code, each.path) for each in imported.problems]


def test_every_second_row_of_a_learner_names_the_first():
    """The row that is read is named, however many there are."""
    imported = entered("Ada,1,,,,,#", "Bob,2,,,,,#", "Ada,3,,,,,#", "Eve,4,,,,,#", "Eve,5,,,,,#", "Bob,6,,,,,#")
    named_rows = [[word for word in each.message.split() if word.isdigit()] for each in imported.problems]
    assert [["2"], ["5"], ["3"]] == named_rows
    assert ["row 4", "row 6", "row 7"] == [each.path for each in imported.problems]
