# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Separated text is read to its end, and its rows have the numbers that a spreadsheet shows."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import Severity
from gradecalc.lms.sheet import (
    DELIMITERS,
    Lines,
    decode,
    find_delimiter,
    has_decimal_commas,
    open_sheet,
    read_lines,
    read_rows,
    split,
)


def rows_of(text, delimiter=","):
    """Return the numbers and cells of the rows that are not blank, and the codes of the problems."""
    problems = []
    rows = [(row.number, row.cells) for row in split(read_lines(text, problems), delimiter, problems)]
    return rows, [each.code for each in problems]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them():
    """A blank row counts, and a row with a line break within quotation marks is one."""
    assert ([(1, ["a", "b"]), (3, ["c\nd", ""]), (4, ["e"])], []) == rows_of('a, b\r\n\r\n"c\nd",\r\ne\r\n')


def test_blank_rows_are_there_for_who_counts_them():
    """A row with nothing but separators and blanks is blank."""
    rows = list(read_rows(["a\n", "\n", " , \n"], ","))
    assert [(1, False), (2, True), (3, True)] == [(row.number, row.blank) for row in rows]


@pytest.mark.parametrize(
    ("text", "cells", "code"),
    [
        ('a\n"b,c\nd\n', [["a"], ["b,c\nd"]], "open_quotation"),
        (f"a\n{'b' * 200_000}\nc\n", [["a"], ["c"]], "unreadable_row"),
    ],
)
def test_what_cannot_be_read_whole_is_reported(text, cells, code):
    """The rows around it are read, and its own path is its row."""
    rows, codes = rows_of(text)
    assert (cells, [code]) == ([each for _, each in rows], codes)
    assert ["row 2"] == [row.fault.path for row in read_rows(read_lines(text, []), ",") if row.fault]


@pytest.mark.parametrize(
    ("data", "cell", "codes"),
    [
        ("\ufeffé", "é", []),
        ("é".encode(), "é", []),
        ("é".encode("utf-8-sig"), "é", []),
        ("é".encode("utf-16"), "é", []),
        ("\ufeffé".encode("utf-16-be"), "é", []),
        ("\ufeffé".encode("utf-16-le"), "é", []),
        ("éa".encode("utf-16-be"), "éa", []),
        ("éa".encode("utf-16-le"), "éa", []),
        (b"\xe9", "é", ["encoding_guessed"]),
        (b"\x81", "\ufffd", ["undecodable"]),
        (b"\xff\xfe\xe9", "\ufffd", ["undecodable"]),
    ],
)
def test_bytes_are_read_in_the_encodings_that_spreadsheets_save(data, cell, codes):
    """UTF-8 and UTF-16 are told apart; what is neither is taken as Windows-1252, which is a notice."""
    assert ([(1, [cell])], codes) == rows_of(data)
    problems = []
    read_lines(data, problems)
    assert all((each.severity is Severity.NOTICE) == (each.code == "encoding_guessed") for each in problems)


@given(st.lists(st.lists(st.text('ab,;\t"\n 1', max_size=4).map(str.strip), min_size=1, max_size=3), max_size=5))
def test_what_a_spreadsheet_writes_is_read(table):
    """Every row that is not blank comes back with its number and its cells."""
    out = StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(table)
    expected = [(number, row) for number, row in enumerate(table, start=1) if any(row)]
    assert (expected, []) == rows_of(out.getvalue())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04\x14\0 xl/workbook.xml", "not_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "not_text"),
        (None, "not_text"),
        (7, "not_text"),
    ],
)
def test_what_is_no_text_is_empty_and_says_so(content, code):
    """A workbook, and what is neither text nor bytes, is one problem and has no line."""
    problems = []
    assert "" == decode(content, problems)
    assert [code] == [each.code for each in problems]
    assert [] == read_lines(content, [])


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("", ","),
        ("ada\nbob\n", ","),
        ("ada,ill\nbob,ill\n", ","),
        ("ada;ill\nbob;ill\n", ";"),
        ("ada\till\nbob\till\n", "\t"),
        ("ada;was ill, twice\nbob;ill\n", ";"),
        ("ada,was ill; twice\nbob,ill\n", ","),
        ("ada;was ill, twice\n", ";"),
        ("ada,was ill; twice\n", ","),
        ("ada;ill, twice\nbob;ill, once\ncarl;\n", ";"),
        ("Name;Quiz\nAda;7,5\nBob;8,25\n", ";"),
        ("7,5;8,5\n7,5;8,5\n", ";"),
        ("7,5,8\n7,5,8\n", ","),
        ("Name\tQuiz, one\nAda\t7,5\n", "\t"),
        ('"a;b;c",1\n"d;e",2\n', ","),
        ("sep=;\na,b,c\n", ";"),
        ('"SEP=;"\na,b,c\n', ";"),
        ("sep=\t\na,b,c\n", "\t"),
        ("a,b\nsep=;\n", ","),
        ("ada;\n;\n;\n", ";"),
    ],
)
def test_the_separator_is_found(text, delimiter):
    """What the first line says holds, and else what parts most rows, most of them alike, and soonest."""
    assert delimiter == find_delimiter(read_lines(text, []))


@pytest.mark.parametrize(
    ("cells", "delimiter", "commas"),
    [
        (["7,5"], ";", True),
        (["7,5"], ",", True),
        (["-0,25", "8"], ";", True),
        (["7,5", "8.5"], ";", False),
        (["7.5"], ";", False),
        (["7"], ";", False),
        (["a,5"], ";", False),
        (["1,234"], ";", True),
        (["1,234"], ",", False),
        (["1,234", "7,5"], ",", True),
        (["1.234,5"], ";", True),
        (["1.234", "7,5"], ";", True),
        (["1,234.5"], ";", False),
        (["1.234", "7,5"], ",", False),
        ([], ";", False),
    ],
)
def test_the_decimal_comma_is_found(cells, delimiter, commas):
    """One number has a comma and none a point; where commas part the cells three digits after one may be a thousand."""
    assert commas is has_decimal_commas([cells], delimiter)
    assert commas is has_decimal_commas([[cell] for cell in cells], delimiter)


def test_a_text_without_quotation_marks_is_looked_at_cell_by_cell_all_the_same():
    """Where cells begin and end is seen without parting rows, blanks around them aside, and with quoted cells too."""
    for text, commas in (("Name;Quiz\r\nAda; 7,5 \r\n", True), ("A;1.5\nB;2,5\n", False), ("a,b;1\n", False)):
        assert commas is open_sheet(text, []).decimal_comma
        assert commas is open_sheet(f'{text}"";""', []).decimal_comma


def test_a_line_that_names_the_separator_is_a_blank_row():
    """The rows after it keep the numbers that a text editor shows."""
    sheet = open_sheet("sep=;\r\na;7,5\r\n", [])
    assert [(1, []), (2, ["a", "7,5"])] == [(row.number, row.cells) for row in sheet.rows()]
    assert (";", True) == (sheet.delimiter, sheet.decimal_comma)


@given(
    st.lists(st.lists(st.text("abc1é ", min_size=1).map(str.strip), min_size=2, max_size=4), min_size=1, max_size=5),
    st.sampled_from(DELIMITERS),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_what_a_spreadsheet_saves_is_opened(table, delimiter, encoding):
    """In every encoding and with every separator the rows come back."""
    out = StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(table)
    problems = []
    sheet = open_sheet(out.getvalue().encode(encoding), problems)
    assert table == [row.cells for row in sheet.rows()]
    assert all(each.code == "encoding_guessed" for each in problems)


@given(st.binary(max_size=80))
def test_any_bytes_are_opened(data):
    """Whatever the bytes are, rows come out, and what was not read is a problem."""
    problems = []
    rows = list(open_sheet(data, problems).rows())
    assert rows or problems or not data.strip(b"\xef\xbb\xbf\xff\xfe")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_long_text_has_the_lines_of_a_short_one(end):
    """Lines are parted alike wherever they stand, in a text of many pieces and in lines longer than a piece."""
    lines = [f"{'x' * (nth % 7)}{nth}" for nth in range(20_000)] + ["y" * 200_000, "", "last"]
    text = end.join(lines)
    assert lines == [line.rstrip("\r\n") for line in Lines(text)]
    assert text == "".join(Lines(text))


def test_many_different_cells_are_all_looked_at_for_a_decimal_comma():
    """However many texts stand before it, a decimal point says that commas are none."""
    rows = [[f"{nth},5"] for nth in range(30_000)]
    assert has_decimal_commas(rows, ";")
    assert not has_decimal_commas([*rows, ["7.5"]], ";")
