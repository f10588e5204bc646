# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The page of a class."""

import re

import pytest

from gradecalc import (
    EXEMPT,
    DefinitionError,
    Gradebook,
    GradeItem,
    GradeScheme,
    Mark,
    MarksError,
    Problem,
    grade,
    grade_many,
)
from gradecalc.languages import GERMAN
from gradecalc.pages import class_page
from page_books import CLASS, MARKS, NAMES, PLAN
from small_books import REPORT

BOOK = Gradebook([GradeItem("Exam", max_points=100)], scheme=GradeScheme.from_cutoffs({"A": 80, "B": 50, "F": 0}))
SMALL = dict(grade_many(BOOK, {"10": {"Exam": 60}, "9": {"Exam": 90}, "x": {}, "é2": {"Exam": 60}, "E1": {"Exam": 0}}))


def orders(page):
    """Return the learners of each table, by its caption."""
    tables = re.findall(r'<table class="order".*?<caption>(.*?)</caption>(.*?)</table>', page)
    return {caption: re.findall(r'<th scope="row">(?:<a [^>]*>)?(.*?)<', body) for caption, body in tables}


def test_learners_are_there_in_several_orders():
    """A reader chooses the order; names are sorted without accents and numbers by size (HP8)."""
    assert {
        "Learners, as listed": ["10", "9", "x", "é2", "E1"],
        "Learners, by name": ["9", "10", "E1", "é2", "x"],
        "Learners, highest final first": ["9", "10", "é2", "E1", "x"],
        "Learners, lowest final first": ["E1", "10", "é2", "9", "x"],
    } == orders(class_page(SMALL))


def test_one_order_is_seen():
    """For each order there is a choice, the first is made, and what is not chosen is not there (HP8)."""
    page = class_page(SMALL)
    assert 4 == page.count('<input type="radio" name="order"')
    assert ['id="by0" checked'] == re.findall(r'id="by\d" checked', page)
    assert 4 == len(re.findall(r"\.learners:has\(#by(\d):checked\) \.order:not\(#order\1\)\{display:none\}", page))


def test_learners_have_names_beside_their_ids():
    """With names there is a column of ids and an order by them; who has none is called by the id (HP8)."""
    page = class_page(SMALL, names={"10": "Zoe", "9": "<Ada>"})
    found = orders(page)
    assert ["&lt;Ada&gt;", "E1", "é2", "x", "Zoe"] == found["Learners, by name"]
    assert "Learners, by id" in found
    assert '<td class="m" data-h="Id">9</td>' in page
    assert 'data-h="Id"' not in class_page(SMALL)


def test_symbols_are_counted_as_the_finals_have_them():
    """Symbols are counted from the best down, set ones too, and who has none last (HP9)."""
    marks = {"a": {"Exam": 90}, "b": {"Exam": 20, "final": Mark(symbol="W")}, "c": {}, "d": {"Exam": EXEMPT}}
    assert 'aria-label="Symbols: A 1, B 0, F 0, W 1, none 2"' in class_page(grade_many(BOOK, marks))
    assert "Symbols:" not in class_page(grade_many(Gradebook([GradeItem("Exam", 100)]), marks | {"b": {}}))


def test_the_distribution_is_drawn_and_told():
    """The distribution is a drawing whose text says every count, over the bins that are asked for (HP9)."""
    page = class_page(SMALL, bins=[0, 50, 100])
    assert 'role="img" aria-label="Finals in percent: 0–50 1, 50–100 3"' in page
    assert '<rect class="bar" x="78" y="30" width="282" height="18"/>' in page
    assert "Standard deviation" in page


def test_reports_are_folded_and_linked():
    """Everybody's report is folded, and the name in the list leads into it (HP10)."""
    page = class_page(SMALL)
    assert 5 == page.count('<details class="learner">') == len(re.findall(r'<div id="report\d">', page))
    assert 4 == page.count('<a href="#report1">9</a>')


def test_reports_may_be_elsewhere():
    """Where its caller says where reports are, a page links to them and has none; nor where none are wanted (HP10)."""
    page = class_page(SMALL, links={"9": 'ada.html?a="1"&b'})
    assert 4 == page.count('<a href="ada.html?a=&quot;1&quot;&amp;b">9</a>') == page.count("<a ")
    for each in (page, class_page(SMALL, folded=False)):
        assert "<details" not in each
        assert "Reports" not in each


def test_who_cannot_be_graded_is_listed_with_the_reason():
    """A learner without a report is in the list, and why (HP10)."""
    page = class_page({"Ada": MarksError([Problem("not_a_number", "Exam", "'many' is not a number")]), "Ben": REPORT})
    assert "cannot be graded: Exam: &#x27;many&#x27; is not a number" in page
    assert 1 == page.count('<details class="learner">')


def test_columns_of_the_callers_stand_beside_the_finals():
    """A caller adds columns by heading, and one in which nobody has anything is left out (HP10)."""
    page = class_page(SMALL, columns={"File says": {"9": "90 & A"}, "Empty": {}}, notes=["1 of 2 agrees <here>"])
    assert 4 == page.count('<td class="m" data-h="File says">90 &amp; A</td>')
    assert "Empty" not in page
    assert "<p>1 of 2 agrees &lt;here&gt;</p>" in page


def test_an_empty_class_has_a_page():
    """A class of nobody has a page that says so."""
    page = class_page({}, title="Physics")
    assert "the class is empty" in page
    assert "<h1>Learners</h1>" in class_page({})
    assert "<footer>" not in page


def test_a_class_is_in_the_language_that_is_asked_for():
    """The page of a class is in a language as a whole (LA3)."""
    page = class_page(CLASS, names=NAMES, language=GERMAN)
    body = page[page.index("<body>") :]
    assert "54,00 %" in body
    assert not any(each in body for each in ("Overview", "dropped<", "not passed", "lowest", ">none"))


def test_a_large_class_is_a_page_of_a_few_megabytes():
    """Five hundred learners with their whole reports are less than 4 megabytes, and without them a tenth of that."""
    graded = dict(grade_many(PLAN, {f"s{nth:03}": MARKS | {"Exam": nth % 61} for nth in range(500)}))
    assert len(class_page(graded).encode()) < 4_000_000
    assert len(class_page(graded, folded=False).encode()) < 400_000


def test_reports_alone_are_those_of_grade():
    """What is folded is the report as it is printed alone."""
    assert "rounding takes" not in class_page({"a": grade(BOOK, {"Exam": 1})})


@pytest.mark.parametrize(
    ("arguments", "path", "due"),
    [
        ({"reports": 3}, "reports", "a mapping of the ids of learners to reports"),
        ({"reports": [REPORT]}, r"reports\[0\]", r"\(learner, report\)"),
        ({"names": ["Ada"]}, "names", "a mapping of the ids of learners to names"),
        ({"columns": "Group"}, "columns", "a mapping of headings"),
        ({"links": ["a.html"]}, "links", "a mapping of the ids of learners to addresses"),
        ({"language": "de"}, "language", "a Language"),
    ],
)
def test_what_is_no_class_is_refused(arguments, path, due):
    """What cannot be shown of a class is refused with what is due."""
    with pytest.raises(DefinitionError, match=f"{path} is .*; it must be {due}"):
        class_page(**{"reports": CLASS} | arguments)
