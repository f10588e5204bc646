# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Excel and ODS workbooks are read as text, and what is none, or is too large, is refused."""

from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import DefinitionError, lms

sheets = pytest.importorskip("gradecalc.extras.sheets")
openpyxl = pytest.importorskip("openpyxl")

ROWS = [["SID", "Email", "Lab 1", "Lab 1 - Max Points"], ["017", "a@b.c", 8.5, 10], ["018", None, None, 10]]
KIND = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/></manifest:manifest>'
)
TABLE = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Grades">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def workbook(**of_sheet):
    """Return an Excel workbook with these rows in these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in of_sheet.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def cell(value, repeated=1):
    """Return a cell of an ODS sheet."""
    kind = "string" if isinstance(value, str) else "float"
    stated = "" if isinstance(value, str) else f' office:value="{value}"'
    repeats = f' table:number-columns-repeated="{repeated}"' if repeated > 1 else ""
    return f'<table:table-cell office:value-type="{kind}"{stated}{repeats}><text:p>{value}</text:p></table:table-cell>'


def ods(*rows):
    """Return an ODS workbook whose sheet has rows of this XML."""
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", KIND, ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
        archive.writestr("content.xml", TABLE.format(lines))
    return data.getvalue()


def code(data, **how):
    """Return the code of the problem for which a workbook is refused."""
    with pytest.raises(DefinitionError) as refused:
        sheets.read_workbook(data, **how)
    return refused.value.problems[0].code


def test_a_workbook_is_read_as_the_text_that_it_would_be_saved_as():
    """Whole numbers have no point, texts stay, and blank cells are blank."""
    expected = "SID,Email,Lab 1,Lab 1 - Max Points\n017,a@b.c,8.5,10\n018,,,10\n"
    assert expected == sheets.read_workbook(workbook(Grades=ROWS))


def test_grades_in_a_workbook_are_read():
    """The text goes to whoever recognises the system."""
    imported = lms.read(sheets.read_workbook(workbook(Empty=[], Grades=ROWS)))
    assert ("gradescope", ["017", "018"]) == (imported.system, list(imported.marks))


def test_an_ods_workbook_is_read():
    """What an office suite saves is read alike."""
    data = ods("".join(map(cell, ["SID", "Lab"])), "".join(map(cell, ["017", 8.5])))
    assert "SID,Lab\n017,8.5\n" == sheets.read_workbook(data)


def test_sheets_have_names():
    """The first with something in it is read, or the one that is named."""
    data = workbook(Empty=[], Grades=[["a"]], More=[["b"]])
    assert ("Empty", "Grades", "More") == sheets.sheet_names(data)
    assert ("a\n", "b\n") == (sheets.read_workbook(data), sheets.read_workbook(data, "More"))
    assert "unknown_sheet" == code(data, sheet="Mor")
    assert "empty_workbook" == code(workbook(Empty=[]))


def test_moments_and_truths_are_texts():
    """A date is in its ISO form, and a truth as a spreadsheet shows it."""
    data = workbook(Grades=[[date(2026, 1, 5), datetime(2026, 1, 5, 10, 30), True]])  # noqa: DTZ001 - as typed
    assert "2026-01-05,2026-01-05T10:30:00,TRUE\n" == sheets.read_workbook(data)


def test_a_sheet_that_claims_too_many_cells_is_refused():
    """Nobody makes room for what a reference or a repetition claims."""
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = 1
    book.active["A1"] = 1
    data = BytesIO()
    book.save(data)
    assert "too_large" == code(data.getvalue())
    assert "too_large" == code(ods(cell(1, repeated=10**9)))


@pytest.mark.parametrize("data", [b"", b"SID,Lab\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_workbook_is_refused(data):
    """Text is for `lms.read`, and what is damaged for nobody."""
    assert "not_a_workbook" == code(data)


WHOLE = workbook(Grades=ROWS)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(WHOLE)))
def test_a_damaged_workbook_is_read_or_refused(changes, end):
    """Whatever the bytes are, there is text or a definition error."""
    data = bytearray(WHOLE)
    for place, byte in changes:
        data[place] = byte
    for damaged in (data, data[:end]):
        with suppress(DefinitionError):
            assert isinstance(sheets.read_workbook(bytes(damaged)), str)
