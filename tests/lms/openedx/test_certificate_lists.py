# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules K21 to K27: the allowlist and the invalidation list of Open edX, by hand and from a CSV file."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import DefinitionError
from gradecalc.certificates.lists import Entry, ExceptionLists, Standing
from gradecalc.lms.openedx.certificates.lists import (
    Desk,
    GenerateFor,
    ListedUser,
    enter_exception,
    find_obstacles,
    invalidate_certificate,
    listed_for_generation,
    revalidate_certificate,
    withdraw_exception,
)
from gradecalc.lms.openedx.certificates.records import Certificate, CertificateStatus
from gradecalc.lms.openedx.certificates.uploads import RowClass, upload_exceptions

JUNE = datetime(2026, 6, 1, tzinfo=UTC)
ADA, BOB, CYD, DAN = (ListedUser(f"u-{name}", name, enrolled=name != "bob") for name in ("ada", "bob", "cyd", "dan"))
USERS = {name: user for user in (ADA, BOB, CYD, DAN) for name in (user.username, f"{user.username}@example.com")}
DESK = Desk(USERS.get, by="Grace", now=JUNE)
LISTS = ExceptionLists([Entry(CYD.id, at=JUNE)], [Entry(DAN.id, at=JUNE)])
NOBODY = ExceptionLists()
HAS = Certificate(CertificateStatus.DOWNLOADABLE, grade="80", id="c1")


def codes(edit):
    """Return the codes of an edit's problems."""
    return [problem.code for problem in edit.problems]


def upload(content, lists=LISTS, filename="some.csv"):
    """Return what an upload comes to."""
    return upload_exceptions(DESK, lists, filename, content)


def classes(uploaded):
    """Return (row number, class) of every row."""
    return [(row.number, row.row_class and row.row_class.value) for row in uploaded.rows]


@pytest.mark.parametrize("name", ["ada", "ada@example.com", "  ada "])
def test_a_user_is_named_by_username_or_email(name):
    """An exception is entered for a username or an email, with notes, by whom and when (K21)."""
    edit = enter_exception(DESK, NOBODY, name, "was ill")
    assert (True, True) == (edit.done, edit.decide_again)
    assert Entry(ADA.id, "was ill", by="Grace", at=JUNE) == edit.lists.exceptions.get(ADA.id)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nobody", ["user_not_exist"]),
        (" ", ["user_required"]),
        (None, ["bad_format"]),
        ("bob", ["user_not_enrolled"]),
        ("cyd", ["user_already_allowlisted"]),
        ("dan", ["user_on_certificate_invalidation_list"]),
    ],
)
def test_an_exception_is_refused_with_reasons(name, expected):
    """Who is unknown, not enrolled, invalidated or listed already is refused, and the lists stay (K21)."""
    edit = enter_exception(DESK, LISTS, name)
    assert (expected, LISTS, False) == (codes(edit), edit.lists, edit.decide_again)


def test_every_obstacle_is_told():
    """All that keeps a user off the allowlist is told, the enrolment first (K21)."""
    gone = ListedUser(DAN.id, "dan", enrolled=False)
    found = [problem.code for problem in find_obstacles(LISTS, gone)]
    assert ["user_not_enrolled", "user_on_certificate_invalidation_list"] == found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CertificateStatus.DOWNLOADABLE, CertificateStatus.UNAVAILABLE),
        (CertificateStatus.GENERATING, CertificateStatus.UNAVAILABLE),
        (CertificateStatus.NOT_PASSING, CertificateStatus.NOT_PASSING),
    ],
)
def test_removing_an_exception_takes_the_certificate(before, after):
    """Removing an exception makes a certificate unavailable that is issued or about to be, and no other (K22)."""
    edit = withdraw_exception(DESK, LISTS, "cyd", Certificate(before))
    assert (True, after) == (edit.done, edit.certificate.status)
    assert edit.lists.exceptions.get(CYD.id) is None


def test_removing_without_a_certificate_is_fine():
    """An exception is removed where there is no certificate (K22)."""
    assert withdraw_exception(DESK, LISTS, "cyd").done


@pytest.mark.parametrize(("name", "expected"), [("ada", ["user_not_allowlisted"]), ("nobody", ["user_not_exist"])])
def test_removing_what_is_not_there_is_refused(name, expected):
    """Who is not on the allowlist cannot be taken off it, and keeps the certificate (K22)."""
    edit = withdraw_exception(DESK, LISTS, name, HAS)
    assert (expected, HAS) == (codes(edit), edit.certificate)


def test_a_certificate_is_invalidated():
    """An invalidated certificate is unavailable, and the list keeps the notes (K23)."""
    edit = invalidate_certificate(DESK, LISTS, "ada", HAS, "shared answers")
    assert (Certificate(CertificateStatus.UNAVAILABLE, id="c1"), []) == (edit.certificate, codes(edit))
    assert "shared answers" == edit.lists.invalidations.get(ADA.id).notes


@pytest.mark.parametrize(
    ("name", "certificate", "expected"),
    [
        ("nobody", HAS, ["user_not_exist"]),
        ("ada", None, ["no_certificate"]),
        ("ada", Certificate(CertificateStatus.UNAVAILABLE), ["certificate_not_valid"]),
        ("cyd", HAS, ["user_allowlisted"]),
        ("cyd", None, ["user_allowlisted", "no_certificate"]),
        (
            "dan",
            Certificate(CertificateStatus.UNAVAILABLE),
            ["certificate_already_invalidated", "certificate_not_valid"],
        ),
    ],
)
def test_invalidating_is_refused_with_every_reason(name, certificate, expected):
    """Who is allowlisted or invalidated, or has no valid certificate, cannot be invalidated (K23)."""
    edit = invalidate_certificate(DESK, LISTS, name, certificate)
    assert (expected, LISTS, certificate) == (codes(edit), edit.lists, edit.certificate)


def test_a_certificate_is_validated_again():
    """Validating again switches the entry off, and asks for the certificate to be decided anew (K23)."""
    edit = revalidate_certificate(DESK, LISTS, "dan")
    assert (True, Standing.UNLISTED) == (edit.decide_again, edit.lists.standing(DAN.id))
    assert ("Grace", JUNE) == (edit.lists.invalidations.get(DAN.id).ended_by, JUNE)


@pytest.mark.parametrize(
    ("name", "expected"), [("ada", ["certificate_not_invalidated"]), ("nobody", ["user_not_exist"])]
)
def test_validating_again_what_is_valid_is_refused(name, expected):
    """Who is not invalidated cannot be validated again (K23)."""
    assert expected == codes(revalidate_certificate(DESK, LISTS, name))


def test_certificates_are_generated_for_all_or_for_new():
    """All exceptions that are active, or those without a certificate in a passing status (K24)."""
    off = Entry("off", at=JUNE, active=False)
    lists = ExceptionLists([*(Entry(name, at=JUNE) for name in ("has", "lost", "none")), off])
    certificates = {"has": HAS, "lost": Certificate(CertificateStatus.UNAVAILABLE)}
    assert ("has", "lost", "none") == listed_for_generation(lists, GenerateFor.ALL, certificates)
    assert ("lost", "none") == listed_for_generation(lists, GenerateFor.NEW, certificates)


def test_a_desk_has_a_clock_with_a_zone():
    """What is done at a desk is done at a moment with a zone (K5)."""
    with pytest.raises(DefinitionError):
        Desk(USERS.get, now=datetime(2026, 6, 1))  # noqa: DTZ001 - what is refused


def test_good_rows_are_stored_and_bad_ones_classed():
    """Each row stands on its own: the sound ones are stored, of the others the class and the row are told (K26)."""
    uploaded = upload("ada,ill\nnobody,x\nbob,x\ncyd@example.com,x\ndan,x\nada\nada,x,y\n")
    assert [
        (1, None),
        (2, "user_not_exist"),
        (3, "user_not_enrolled"),
        (4, "user_already_allowlisted"),
        (5, "user_on_certificate_invalidation_list"),
        (6, "data_format_error"),
        (7, "data_format_error"),
    ] == classes(uploaded)
    assert Entry(ADA.id, "ill", by="Grace", at=JUNE) == uploaded.lists.exceptions.get(ADA.id)
    assert ['user "cyd" in row# 4'] == [str(row) for row in uploaded.of_class(RowClass.USER_ALREADY_ALLOWLISTED)]
    assert [f"row {row.number}" for row in uploaded.rows[1:]] == [row.problems[0].path for row in uploaded.rows[1:]]


def test_a_row_keeps_every_reason_in_the_documented_order():
    """A row's class is the first of its reasons: the invalidation before the enrolment, unlike by hand (K26)."""
    lists = ExceptionLists((), [Entry(BOB.id, at=JUNE)])
    row = upload("bob,x", lists).rows[0]
    expected = ["user_on_certificate_invalidation_list", "user_not_enrolled"]
    assert expected == [problem.code for problem in row.problems]
    assert list(reversed(expected)) == codes(enter_exception(DESK, lists, "bob"))


@pytest.mark.parametrize(
    ("filename", "content", "error"),
    [
        ("some.csv", None, "no_file"),
        ("some.jpg", "ada,x", "not_csv"),
        ("some.csv", b"ad\xe9,x", "could_not_read"),
        ("some.csv", "ada\0,x", "could_not_read"),
        ("some.csv", "ada,x".encode("utf-16"), "could_not_read"),
        ("some.csv", 7, "could_not_read"),
    ],
)
def test_a_file_is_not_taken_at_all(filename, content, error):
    """A file that is missing, not named .csv or no UTF-8 text is refused as a whole (K25)."""
    uploaded = upload(content, filename=filename)
    assert (error, LISTS, ()) == (uploaded.error.code, uploaded.lists, uploaded.rows)
    assert error == uploaded.outline().value


@pytest.mark.parametrize("content", ["\ufeffada,é", "\ufeffada,é".encode(), "ada,é".encode()])
def test_a_byte_order_mark_is_no_part_of_a_name(content):
    """A file is UTF-8 with or without a byte-order mark, as text or as bytes (K25)."""
    assert "é" == upload(content).lists.exceptions.get(ADA.id).notes


@pytest.mark.parametrize(
    ("content", "rows", "blank"),
    [
        ("\nada,x\n\n  \nnobody,x\n\n", [(2, None), (5, "user_not_exist")], (1, 3, 4, 6)),
        ("ada,x\r\n\r\nnobody,x", [(1, None), (3, "user_not_exist")], (2,)),
        ('ada,"two\nlines"\nnobody,x', [(1, None), (2, "user_not_exist")], ()),
        ("", [], ()),
        (",x\n", [(1, "user_not_exist")], ()),
        ("ada,x\nTotal: 1\n", [(1, None), (2, "data_format_error")], ()),
    ],
)
def test_blank_rows_are_skipped_and_counted(content, rows, blank):
    """Blank rows are skipped and keep their numbers; a footer is a row like any other (K27)."""
    uploaded = upload(content)
    assert (rows, blank) == (classes(uploaded), uploaded.blank)


@pytest.mark.parametrize(
    ("content", "row_class"),
    [("Username,Notes\nada,x", "user_not_exist"), ("\nemail\nada,x", "data_format_error")],
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
    assert "x" == uploaded.lists.exceptions.get(ADA.id).notes
    assert "row 1 has the same user" in uploaded.outline().children[1].notes


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


PIECES = st.sampled_from(["ada", "bob", "cyd@example.com", "username", "\n", "\r", ",", ",", '"', " ", "x", "\ufeff"])
CONTENTS = st.one_of(st.lists(PIECES, max_size=20).map("".join), st.text(max_size=30), st.binary(max_size=30))


@given(CONTENTS)
def test_whatever_the_file_it_is_taken_or_refused_with_reasons(content):
    """Any text and any bytes give an upload in which each row is stored or says why not (K25, K26)."""
    uploaded = upload(content)
    assert (uploaded.error is None) or not uploaded.rows
    assert {CYD.id, *(DESK.find(row.name).id for row in uploaded.stored)} == {
        entry.subject for entry in uploaded.lists.exceptions
    }
    numbers = sorted([*(row.number for row in uploaded.rows), *uploaded.blank])
    assert list(range(1, len(numbers) + 1)) == numbers
    assert str(uploaded)
