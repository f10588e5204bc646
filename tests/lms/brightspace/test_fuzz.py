# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whatever the text, an export is read to its end and nothing in it is lost silently."""

import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from gradecalc import (
    MarksError,
    Report,
    UngradedPolicy,
    compile_gradebook,
    grade_many,
)
from gradecalc.lms.brightspace import read
from gradecalc.lms.brightspace.columns import lay_out
from gradecalc.lms.sheet import SheetRow

NAMES = st.one_of(
    st.sampled_from(["HW 1", "final", "Homework", "Weight:3", "a CategoryWeight:2", "<b>", "x Points Grade <Numeric"]),
    st.text(max_size=8),
)
NUMBERS = st.one_of(st.sampled_from(["10", "0", "-1", "8.333333332", "1e9", "1e999", "x", ""]), st.integers().map(str))


@st.composite
def headings(draw):
    """Draw a heading of an item, sound or not."""
    kind = draw(st.sampled_from(["Numeric", "PassFail", "SelectBox", "Formula", "Text", "?"]))
    attributes = [("MaxPoints", NUMBERS), ("Weight", NUMBERS), ("Category", NAMES), ("CategoryWeight", NUMBERS)]
    stated = [f" {name}:{draw(values)}" for name, values in attributes if draw(st.integers(0, 3))]
    return f"{draw(NAMES)} Points Grade <{kind}{''.join(stated)}>"


@st.composite
def others(draw):
    """Draw a heading of another column."""
    forms = ["Text Grade <Text>", "Grade Symbol", "Scheme Symbol", "Subtotal Numerator", "Subtotal Denominator", ""]
    return f"{draw(NAMES)} {draw(st.sampled_from(forms))}"


FIXED = st.sampled_from(
    ["OrgDefinedId", "Username", "Email", "Calculated Final Grade Numerator", "End-of-Line Indicator", ""]
)
CELLS = st.one_of(st.sampled_from(["", "#", "#ada", "bob", "7.5", "-3", "Exempt", "1/2", "abc"]), st.text(max_size=6))


@st.composite
def files(draw):
    """Draw the rows of an export, written as a spreadsheet writes them."""
    header = ["Username", *draw(st.lists(st.one_of(headings(), others(), FIXED), max_size=8))]
    rows = draw(st.lists(st.lists(CELLS, max_size=len(header) + 1), max_size=8))
    out = StringIO(newline="")
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


@st.composite
def mutated(draw):
    """Draw an export with a few characters replaced, removed or put in."""
    text = draw(files())
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.text('",;\t\r\n#<>:\0ab ', max_size=3)) + text[at + draw(st.integers(0, 3)) :]
    return text


def check(imported):
    """Check that the gradebook compiles and that every learner is graded or an error in the results."""
    plan = compile_gradebook(imported.gradebook)
    results = dict(grade_many(plan, imported.marks))
    assert set(imported.marks) == set(results) == set(imported.learners)
    assert all(isinstance(result, Report | MarksError) for result in results.values())


@given(st.one_of(st.text(), st.binary()))
def test_any_text_at_all_is_read(text):
    """Arbitrary text and bytes give a gradebook that compiles."""
    check(read(text))


@given(st.one_of(files(), mutated()))
def test_any_export_however_damaged_is_read(text):
    """An export with mistakes in it, and its bytes in any encoding, give a gradebook that compiles."""
    check(read(text))
    check(read(text.encode("utf-8", errors="surrogatepass")))
    check(read(text.encode("utf-16", errors="surrogatepass")))


@given(files())
def test_every_row_is_read_or_named(text):
    """Every row that is not blank is a learner's, or is named by a problem."""
    imported = read(text)
    _, *rows = csv.reader(StringIO(text, newline=""))
    filled = sum(any(cell.strip() for cell in row) for row in rows)
    unread = [each.path for each in imported.problems if each.code in {"no_learner_id", "duplicate_learner"}]
    assert filled == len(imported.marks) + len(unread)
    assert len(unread) == len(set(unread))


@given(files())
def test_every_column_is_read_or_named(text):
    """Every heading is a column that is read, or is named by a problem of its own."""
    header = [cell.strip() for cell in next(csv.reader(StringIO(text, newline="")))]
    problems = []
    laid = lay_out(SheetRow(1, header), UngradedPolicy.LEAVE_OUT, problems)
    columns = laid.columns
    kinds = (laid.sheet.places, columns.items, columns.finals, columns.recorded, laid.groups)
    unread = [each for each in problems if each.code in {"unknown_column", "duplicate_column", "unknown_result"}]
    assert sum(map(bool, header)) == sum(map(len, kinds)) + len(unread)


@given(files())
def test_a_learner_is_an_error_only_with_a_cell_that_is_named(text):
    """Marks are no marks only where a problem names the cell."""
    imported = read(text)
    failed = [each for _, each in grade_many(imported.gradebook, imported.marks) if isinstance(each, MarksError)]
    unread = [each for each in imported.problems if each.code == "wrong_value"]
    assert sum(len(each.problems) for each in failed) <= len(unread)
    assert all(problem.code == "unreadable_mark" for each in failed for problem in each.problems)
