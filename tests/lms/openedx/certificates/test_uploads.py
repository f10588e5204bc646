# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules K25 to K27: a CSV file of exceptions for Open edX, row by row."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc.certificates.lists import Entry, ExceptionLists
from gradecalc.lms.openedx.certificates.lists import Desk, ListedUser, enter_exception
from gradecalc.lms.openedx.certificates.uploads import RowClass, upload_exceptions

JUNE = datetime(2026, 6, 1, tzinfo=UTC)
ADA, BOB, CYD, DAN = (ListedUser(f"u-{name}", name, enrolled=name != "bob") for name in ("ada", "bob", "cyd", "dan"))
USERS = {name: user for user in (ADA, BOB, CYD, DAN) for name in (user.username, f"{user.username}@example.com")}
DESK = Desk(USERS.get, by="Grace", now=JUNE)
LISTS = ExceptionLists([Entry(CYD.id, at=JUNE)], [Entry(DAN.id, at=JUNE)])
NOBODY = ExceptionLists()


def upload(content, lists=LISTS, filename="some.csv"):
    """Return what an upload comes to."""
    return upload_exceptions(DESK, lists, filename, content)


def codes(uploaded):
    """Return the codes of the reasons of an upload."""
    return [reason.code for reason in uploaded.reasons]


def classes(uploaded):
    """Return (row number, class) of every row."""
    return [(row.number, row.row_class and row.row_class.value) for row in uploaded.rows]


def test_good_rows_are_stored_and_bad_ones_classed():
    """Each row stands on its own: the sound ones are stored, of the others the class and the row are told (K26)."""
    uploaded = upload("ada,ill\nnobody,x\nbob,x\ncyd@example.com,x\ndan,x\nada,x,y\nada,,y\n")
    assert [
        (1, None),
        (2, "user_not_exist"),
        (3, "user_not_enrolled"),
        (4, "user_already_allowlisted"),
        (5, "user_on_certificate_invalidation_list"),
        (6, "data_format_error"),
        (7, "data_format_error"),
    ] == classes(uploaded)
    assert Entry(ADA.id, "ill", by="Grace", at=JUNE) == uploaded.value.exceptions.get(ADA.id)
    assert ['user "cyd" in row# 4'] == [str(row) for row in uploaded.of_class(RowClass.USER_ALREADY_ALLOWLISTED)]
    assert [f"row {row.number}" for row in uploaded.rows[1:]] == [row.problems[0].path for row in uploaded.rows[1:]]


def test_a_row_keeps_every_reason_in_the_documented_order():
    """A row's class is the first of its reasons: the invalidation before the enrolment, unlike by hand (K26)."""
    lists = ExceptionLists((), [Entry(BOB.id, at=JUNE)])
    row = upload("bob,x", lists).rows[0]
    expected = ["user_on_certificate_invalidation_list", "user_not_enrolled"]
    assert expected == [problem.code for problem in row.problems]
    assert list(reversed(expected)) == [each.code for each in enter_exception(DESK, lists, "bob").reasons]


@pytest.mark.parametrize(
    ("filename", "content", "error"),
    [
        ("some.csv", None, "no_file"),
        ("some.jpg", "ada,x", "not_csv"),
        ("some.csv", b"ad\x81,x", "could_not_read"),
        ("some.csv", "ada\0,x", "could_not_read"),
        ("some.csv", b"ada,x\0\n", "could_not_read"),
        ("some.csv", b"PK\x03\x04", "could_not_read"),
        ("some.csv", 7, "could_not_read"),
    ],
)
def test_a_file_is_not_taken_at_all(filename, content, error):
    """A file that is missing, not named .csv or no text is refused as a whole (K25)."""
    uploaded = upload(content, filename=filename)
    assert (error, LISTS, ()) == (uploaded.error.code, uploaded.value, uploaded.rows)
    assert error == uploaded.outline().value


@pytest.mark.parametrize("content", ["\ufeffada,é", "\ufeffada,é".encode(), "ada,é".encode()])
def test_a_byte_order_mark_is_no_part_of_a_name(content):
    """A file is UTF-8 with or without a byte-order mark, as text or as bytes (K25)."""
    assert "é" == upload(content).value.exceptions.get(ADA.id).notes


@pytest.mark.parametrize(
    ("content", "rows", "blank"),
    [
        ("\nada,x\n\n  \nnobody,x\n\n", [(2, None), (5, "user_not_exist")], (1, 3, 4, 6)),
        ("ada,x\r\n\r\nnobody,x", [(1, None), (3, "user_not_exist")], (2,)),
        ('ada,"two\nlines"\nnobody,x', [(1, None), (2, "user_not_exist")], ()),
        ("", [], ()),
        (",x\n", [(1, "user_not_exist")], ()),
        ("ada,x\nTotal: 1\n", [(1, None), (2, "user_not_exist")], ()),
        (",\nada,x\n,,,\n;\n", [(2, None), (4, "user_not_exist")], (1, 3)),
    ],
)
def test_blank_rows_are_skipped_and_counted(content, rows, blank):
    """Blank rows are skipped and keep their numbers; a footer is a row like any other (K27)."""
    uploaded = upload(content)
    assert (rows, blank) == (classes(uploaded), uploaded.blank)


@pytest.mark.parametrize(
    ("content", "row_class"),
    [
        ("Username,Notes\nada,x", "user_not_exist"),
        ("\nemail\nada,x", "user_not_exist"),
        ("Email,Notes,By\nada,x", "data_format_error"),
    ],
)
def test_a_header_is_recognised_and_explained(content, row_class):
    """A header is refused in the class that it falls into, and the message says what it is (K27)."""
    header, ada = upload(content).rows
    assert (True, row_class, False) == (header.header, header.row_class.value, ada.header)
    assert "header" in header.problems[0].message


def test_a_user_called_like_a_heading_is_no_header():
    """The first row is no header where its name is a user's, and a later row never is (K27)."""
    desk = Desk({"user": ADA}.get, now=JUNE)
    uploaded = upload_exceptions(desk, NOBODY, "some.csv", "user,x\nusername,x")
    assert [(False, None), (False, RowClass.USER_NOT_EXIST)] == [(row.header, row.row_class) for row in uploaded.rows]


def test_duplicates_in_the_file_are_found():
    """A user twice in the file is stored once, and the second row names the first, however either names them (K27)."""
    uploaded = upload("ada,x\nada@example.com,y\n")
    assert [(1, None), (2, "user_already_allowlisted")] == classes(uploaded)
    assert [None, 1] == [row.duplicate_of for row in uploaded.rows]
    assert "x" == uploaded.value.exceptions.get(ADA.id).notes
    assert "row 1 has the same user" in uploaded.outline().children[1].notes


@pytest.mark.parametrize("filename", ["some.csv", "SOME.CSV", "some.Csv"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("trailing", ["", ",,"])
def test_a_file_is_taken_as_a_spreadsheet_saves_it(filename, encoding, separator, trailing):
    """The encoding, what parts the cells, empty cells behind the second and the case of `.csv` are no matter (K25)."""
    lines = ["ada,Müdigkeit", "cyd,was ill", "nobody,x"]
    text = "".join(f"{line}{trailing}\r\n".replace(",", separator) for line in lines)
    uploaded = upload(text.encode(encoding), NOBODY, filename=filename)
    assert [(1, None), (2, None), (3, "user_not_exist")] == classes(uploaded)
    assert "Müdigkeit" == uploaded.value.exceptions.get(ADA.id).notes
    assert (["encoding_guessed"] if encoding == "cp1252" else []) == [each.code for each in uploaded.notices]
    assert [each.message for each in uploaded.notices] == list(uploaded.outline().notes)


@pytest.mark.parametrize("content", ["ada", "ada\n", "ada,\n", "sep=;\nada;\n", "ada;;\n", " ada ,  \n"])
def test_a_row_may_have_no_notes(content):
    """A row with a name alone is an exception without notes (K25)."""
    assert Entry(ADA.id, "", by="Grace", at=JUNE) == upload(content, NOBODY).value.exceptions.get(ADA.id)


def test_a_note_keeps_what_parts_no_cells():
    """A comma in a note of a file with semicolons is the note's (K25)."""
    assert "ill, twice" == upload("ada;ill, twice\n", NOBODY).value.exceptions.get(ADA.id).notes


@pytest.mark.parametrize("row", ["cyd@example.com", "dan@example.com", "bob@example.com", "eve@example.com", "ada,x,y"])
def test_messages_name_the_row_and_what_is_written_there(row):
    """Every reason says which row it is of and quotes the row, and never the id that only the host knows (K26)."""
    reasons = upload(f"\n{row}").reasons
    assert reasons
    written = repr(row.replace(",", ", "))
    assert all(each.startswith("row 2: ") and written in each and "u-" not in each for each in reasons)


def test_an_open_quotation_mark_swallows_no_row_silently():
    """A quotation mark that is never closed makes its row one that cannot be read (K26)."""
    uploaded = upload('ada,x\ncyd,"y\ndan,z\n')
    assert [(1, None), (2, "data_format_error")] == classes(uploaded)
    assert "quotation" in uploaded.rows[1].problems[0].message


def test_a_cell_too_long_to_read_is_one_bad_row():
    """A row that cannot be read is a bad row, and those after it are read (K26)."""
    assert [(1, "data_format_error"), (2, None)] == classes(upload(f"cyd,{'x' * 140_000}\nada,x"))


def test_an_upload_explains_itself():
    """An upload is an outline of how many rows are stored, and of what became of each."""
    outline = upload("ada,x\n\nnobody,x").outline()
    assert ("1 of 2 stored", ("1 blank",)) == (outline.value, outline.notes)
    assert [('user "ada" in row# 1', "stored"), ('user "nobody" in row# 3', "user_not_exist")] == [
        (row.label, row.value) for row in outline.children
    ]


def test_an_upload_is_an_outcome():
    """An upload says whether the lists changed, and every reason in the documented words, with its row (K26)."""
    uploaded = upload("ada,x\nnobody,x\ncyd,x")
    assert (True, ["user_not_exist", "user_already_allowlisted"]) == (uploaded.changed, codes(uploaded))
    assert uploaded.reasons[0].startswith("row 2: ")
    assert (False, ["not_csv"]) == (upload("ada,x", filename="x.jpg").changed, codes(upload("", filename="x.jpg")))


PIECES = st.sampled_from(["ada", "bob", "cyd@example.com", "username", "\n", "\r", ",", ",", '"', " ", "x", "\ufeff"])
CONTENTS = st.one_of(st.lists(PIECES, max_size=20).map("".join), st.text(max_size=30), st.binary(max_size=30))


@given(CONTENTS)
def test_whatever_the_file_it_is_taken_or_refused_with_reasons(content):
    """Any text and any bytes give an upload in which each row is stored or says why not (K25, K26)."""
    uploaded = upload(content)
    assert (uploaded.error is None) or not uploaded.rows
    assert {CYD.id, *(DESK.find(row.name).id for row in uploaded.stored)} == {
        entry.subject for entry in uploaded.value.exceptions
    }
    numbers = sorted([*(row.number for row in uploaded.rows), *uploaded.blank])
    assert list(range(1, len(numbers) + 1)) == numbers
    assert str(uploaded)
