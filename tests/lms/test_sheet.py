# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Separated text is read to its end, and its rows have the numbers that a spreadsheet shows."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import Severity
from gradecalc.lms.sheet import read_lines, read_rows, split


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
