# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""One description reads a record from a row and from a document, and nothing in either is lost silently."""

from datetime import UTC, datetime

import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import Problem, Severity
from gradecalc.lms.documents import (
    AMOUNT,
    COUNT,
    KEY,
    LISTED,
    MOMENT,
    MOMENT_IN_UTC,
    NOT,
    TEXT,
    Document,
    one_of,
)
from gradecalc.lms.records import (
    RecordSheet,
    enter,
    named,
    names_of,
    read_record,
    read_records,
)
from gradecalc.lms.sheet import split


@frozen(kw_only=True)
class Dive:
    """A dive: who, how deep, and more that need not be known."""

    diver: str = field(metadata=named("diver", KEY, "Name of diver"))
    depth: object = field(default=None, metadata=named("depth", AMOUNT, "how.deep"))
    style: str = field(default="", metadata=named("style", one_of({"1": "head first", "2": "feet first"})))
    counts: bool = field(default=True, metadata=named("practice", NOT))
    tries: int = field(default=1, metadata=named("tries", COUNT, wanted=True))
    remark: str = ""


def of_document(**stated):
    """Return the record of an object, and its problems."""
    problems = []
    return read_record(Dive, Document(stated, "dives[3]", problems)), problems


def of_sheet(*lines, quoted=True, **stated):
    """Return the records of a sheet, and its problems."""
    problems = []
    header, *rows = split([f"{line}\n" for line in lines], ",", problems)
    sheet = RecordSheet(Dive, header, problems, quoted=quoted)
    return [sheet.read(row, **stated) for row in rows], problems


def test_an_object_and_a_row_make_the_same_record():
    """A class says once what it is read from."""
    dive = Dive(diver="7", depth=3, style="head first", counts=False, tries=2)
    assert (dive, []) == of_document(diver=7, depth=3, style=1, practice=True, tries=2)
    assert ([dive], []) == of_sheet("diver,depth,style,practice,tries", "7,3,1,true,2")


def test_a_name_may_lead_through_objects_and_another_may_stand_for_it():
    """The first name that has a value is read."""
    assert Dive(diver="Ada", depth=5) == of_document(**{"Name of diver": "Ada", "how": {"deep": 5}})[0]
    assert Dive(diver="Ada", depth=4) == of_document(diver="Ada", depth=4, how={"deep": 5})[0]


def test_headings_fit_in_any_case_and_with_any_blanks():
    """Whoever typed the headings is understood."""
    assert [Dive(diver="Ada", tries=3)] == of_sheet("NAME  of Diver,Tries", "Ada,3")[0]


def test_what_is_absent_null_or_blank_has_the_default():
    """Nothing is said about it."""
    assert (Dive(diver="Ada"), []) == of_document(diver="Ada", depth=None)
    assert ([Dive(diver="Ada")], []) == of_sheet("diver,depth,tries", "Ada, ,")


def test_what_is_not_as_expected_has_the_default_and_a_problem():
    """The problem leads to the field, or to the row and the column."""
    message = "depth is 'deep'; it must be a number of 0 or more in decimals"
    assert (Dive(diver="Ada"), [Problem("wrong_value", "dives[3].depth", message)]) == of_document(
        diver="Ada", depth="deep"
    )
    assert (
        [Dive(diver="Ada")],
        [Problem("wrong_value", "row 2, column 'Depth'", message)],
    ) == of_sheet("diver,Depth,tries", "Ada,deep,1")


def test_a_record_without_what_is_required_is_none():
    """It is reported at the field that is missing, and all else that is wrong is reported too."""
    assert (None, ["dives[3].diver", "dives[3].tries"]) == paths(of_document(tries=-1))
    assert (None, ["dives[3].diver"]) == paths(of_document(diver=[]))
    assert ([None], ["row 2, column 'Name of diver'"]) == paths(of_sheet("Name of diver,tries", ",2"))
    assert ([None], ["row 1", "row 2"]) == paths(of_sheet("tries", "2"))


def test_each_field_that_is_missing_is_a_problem_of_its_own():
    """A field that leads through objects is reported at its end."""

    @frozen
    class Pair:
        one: str = field(metadata=named("who.first"))
        other: str = field(metadata=named("other", TEXT, "who.second"))

    problems = []
    assert read_record(Pair, Document({"who": {}}, "pairs[0]", problems)) is None
    assert ["pairs[0].who.first", "pairs[0].other"] == [each.path for each in problems]


def paths(read):
    """Return what was read, and the paths of its problems."""
    return read[0], [each.path for each in read[1]]


def test_what_is_given_is_not_read():
    """Whoever reads knows some fields from elsewhere, such as the symbols of a scheme that is listed apart."""
    found, problems = of_sheet("diver,tries", ",x", diver="Bob", tries=9, remark="given")
    assert ([Dive(diver="Bob", tries=9, remark="given")], []) == (found, problems)


def test_of_two_columns_of_one_field_the_first_is_read():
    """The other is reported."""
    found, problems = of_sheet("diver,name of diver,tries", "Ada,Bob,1")
    assert [Dive(diver="Ada")] == found
    assert [("duplicate_column", "row 1, column 'name of diver'")] == [(each.code, each.path) for each in problems]


def test_a_column_that_is_required_or_wanted_is_reported_where_there_is_none():
    """It is reported once, with the first of its names."""
    problems = of_sheet("depth")[1]
    assert ["there is no column 'diver'; add it", "there is no column 'tries'; add it"] == [
        each.message for each in problems
    ]


def test_what_a_cell_says_is_not_quoted_where_it_may_be_personal():
    """A problem then says only what is due there."""
    found, problems = of_sheet("diver,depth,tries", "Ada,Bob's,1", quoted=False)
    assert [Dive(diver="Ada")] == found
    assert ["depth is something else; it must be a number of 0 or more in decimals"] == [
        each.message for each in problems
    ]


def test_other_columns_are_for_the_caller():
    """Their places are told, and their cells are read by place."""
    problems = []
    header, row = split(["diver,Quiz 1,tries,,Quiz 2\n", "Ada,3,1,,\n"], ",", problems)
    sheet = RecordSheet(Dive, header, problems)
    assert [1, 4] == sheet.others
    assert [("3", "row 2, column 'Quiz 1'"), (None, "row 2, column 'Quiz 2'")] == [
        (cell.value, cell.path) for cell in (sheet.cell(row, place) for place in sheet.others)
    ]


@pytest.mark.parametrize(
    ("line", "strays", "short"),
    [("Ada,1", False, False), ("Ada,1,,", False, False), ("Ada,1,,9", True, False), ("Ada", False, True)],
)
def test_cells_under_no_heading_and_missing_cells_are_reported(line, strays, short):
    """The first may be out of place, and the second is a notice, since blank is what they are taken as."""
    problems = []
    header, row = split(["diver,tries,\n", f"{line}\n"], ",", problems)
    sheet = RecordSheet(Dive, header, problems)
    assert (strays, short) == (sheet.has_strays(row), sheet.is_short(row))
    expected = [("cell_without_heading", Severity.ERROR)] * strays + [("short_row", Severity.NOTICE)] * short
    assert expected == [(each.code, each.severity) for each in problems]


def test_the_records_of_an_array_are_those_of_its_objects():
    """An object that lacks what is required is none, and reported with its place."""
    problems = []
    documents = Document([{"diver": "Ada"}, {}, 3, {"diver": "Bob"}], "dives", problems)
    assert [("Ada", ""), ("Bob", "")] == [(each.diver, each.remark) for each in read_records(Dive, documents.records())]
    assert ["dives[1].diver", "dives[2]"] == [each.path for each in problems]
    placed = read_records(Dive, documents.records(), lambda each: {"diver": each.path})
    assert ["dives[0]", "dives[1]", "dives[3]"] == [each.diver for each in placed]


def test_of_two_records_of_one_key_the_first_holds():
    """The second is reported where it stands."""
    problems, found = [], {}
    for place, each in enumerate((Dive(diver="Ada"), Dive(diver="Ada", tries=2))):
        assert (place == 0) == enter(found, each.diver, each, Document({}, f"dives[{place}]", problems), "a dive of")
    assert {"Ada": Dive(diver="Ada")} == found
    assert [Problem("duplicate_id", "dives[1]", "there is a dive of Ada already; this one is not read")] == problems


def test_names_are_told_for_writing():
    """A class that is read by its names can be written by them."""
    assert {"diver": "diver", "depth": "depth", "style": "style", "counts": "practice", "tries": "tries"} == names_of(
        Dive
    )


@pytest.mark.parametrize(
    ("text", "strict", "assumed"),
    [
        ("2026-05-04T12:00:00+02:00", datetime(2026, 5, 4, 10, tzinfo=UTC), datetime(2026, 5, 4, 10, tzinfo=UTC)),
        ("2026-05-04 12:00:00", None, datetime(2026, 5, 4, 12, tzinfo=UTC)),
        ("0001-01-01T00:00:00+05:00", None, None),
        ("yesterday", None, None),
    ],
)
def test_moments_are_in_utc(text, strict, assumed):
    """One without a zone is a moment only where its zone is agreed upon (E16)."""
    document = Document(text, "at", [])
    assert (strict, assumed) == (document.read(MOMENT, None, "at"), document.read(MOMENT_IN_UTC, None, "at"))


@given(st.lists(st.text(alphabet='divertres,"\n0 ', max_size=20)))
def test_no_sheet_makes_reading_raise(lines):
    """Whatever the lines are, every row has an answer."""
    problems = []
    rows = list(split(["diver,tries\n", *lines], ",", problems))
    sheet = RecordSheet(Dive, rows[0], problems)
    for row in rows[1:]:
        assert isinstance(sheet.read(row), Dive | None)
        assert sheet.has_strays(row) == any(row.cells[2:])


@frozen(kw_only=True)
class Swim:
    """A swim in one of a few pools."""

    pool: tuple = field(default=(), metadata=named("Pool", LISTED, repeats=True))


def test_what_repeats_is_read_once():
    """Rows that say the same of a field that repeats share its value, until there are too many to be remembered."""
    problems = []
    texts = ["A, B", "C", "A, B", *map(str, range(1_000)), "D", "D"]
    header, *rows = split(["Pool\n", *(f'"{text}"\n' for text in texts)], ",", problems)
    sheet = RecordSheet(Swim, header, problems)
    first, other, again, *_, late, later = (sheet.read(row).pool for row in rows)
    assert (("A", "B"), ("C",), ("D",), ("D",)) == (first, other, late, later)
    assert first is again
    assert late is not later
