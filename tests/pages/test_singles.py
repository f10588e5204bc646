# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The page of a report, and of any other outline."""

import datetime

import pytest

from gradecalc import DefinitionError, Outline
from gradecalc.languages import GERMAN
from gradecalc.pages import outline_page, report_page
from page_books import GOLDEN, PAGES, REPORT
from small_books import BOOK


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was_agreed(name):
    """A page is sign by sign the one that was looked at in a browser and kept."""
    assert (GOLDEN / name).read_text(encoding="utf-8") == PAGES[name]()


def test_title_learner_and_date_are_the_callers():
    """A page has the title, the learner and the date that its caller states, and no others (HP7)."""
    page = report_page(REPORT, title="Physics", learner="Ada", date=datetime.date(2026, 1, 30))
    assert "<title>Physics – Ada</title>" in page
    assert "<h1>Physics</h1>" in page
    assert "<dt>Learner</dt><dd><bdi>Ada</bdi></dd>" in page
    assert "<dt>Date</dt><dd><time>2026-01-30</time></dd>" in page
    assert "<dd>spring</dd>" in report_page(REPORT, date="spring")
    bare = report_page(REPORT)
    assert "<h1>Chemistry &lt;2&gt;</h1>" in bare
    assert not any(each in bare for each in ("<dl>", "<dt>"))


def test_a_moment_is_shown_as_its_day():
    """Of a moment a page shows the day."""
    assert "<time>2026-01-30</time>" in outline_page(BOOK, date=datetime.datetime(2026, 1, 30, 23, tzinfo=datetime.UTC))


def test_a_page_runs_and_loads_nothing():
    """A page has no script, and forbids itself to run or load anything (HP7)."""
    page = report_page(REPORT)
    assert "default-src 'none'" in page
    assert not any(each in page for each in ("<script", "<link", "<img", "url(", " onclick", "@import"))


def test_a_report_says_by_which_definition_it_was_graded():
    """The page of a report says by which definition and which rules it was graded, and others do not (HP7)."""
    said = f"Graded by the definition {REPORT.digest}, by rules of version {REPORT.rules}."
    assert said in report_page(REPORT)
    assert "<footer>" not in outline_page(REPORT.outline())


def test_whatever_explains_itself_has_a_page():
    """A gradebook and an outline have pages alike, titled by what they are about unless it is stated."""
    assert outline_page(BOOK) == outline_page(BOOK.outline())
    assert "<h1>a &amp; b</h1>" in outline_page(Outline("a & b", "1"))


def test_a_caption_that_is_the_title_is_not_seen_twice():
    """Where the caption of a table is the title of its page, it is there for who hears it alone (HP1)."""
    assert '<caption class="unseen">' in outline_page(BOOK)
    assert f"<caption>{BOOK.name}</caption>" in outline_page(BOOK, title="Syllabus")


def test_a_page_is_in_the_language_that_is_asked_for():
    """A page says which language it is in, and all that it says is in that language (LA3)."""
    page = report_page(REPORT, language=GERMAN)
    assert '<html lang="de">' in page
    assert "54,00 % F" in page
    assert not any(each in page for each in (">dropped", "weighted mean", "Result", "Graded by"))


def test_an_outline_in_a_language_has_a_page_in_it():
    """What was put into a language has a page in it, unless another is asked for (LA3)."""
    assert outline_page(REPORT.in_language(GERMAN)) == outline_page(REPORT, language=GERMAN)


@pytest.mark.parametrize(
    ("page", "path", "due"),
    [
        (lambda: report_page(BOOK), "report", "a Report, such as grade"),
        (lambda: report_page(REPORT, language="de"), "language", "a Language"),
        (lambda: outline_page(REPORT, language="de"), "language", "a Language"),
        (lambda: outline_page(81), "explained", "an Outline, or what has one"),
    ],
)
def test_what_has_no_page_is_refused(page, path, due):
    """What is no report, what does not explain itself and the code of a language are refused with what is due."""
    with pytest.raises(DefinitionError, match=f"it must be {due}") as refused:
        page()
    assert [("wrong_type", path)] == [(each.code, each.path) for each in refused.value.problems]


def test_no_text_is_interpreted():
    """Markup in a title, a learner's name or a date is shown as it is (HP5)."""
    hostile = "</title><script>alert(1)</script>"
    page = report_page(REPORT, title=hostile, learner=hostile, date=hostile)
    assert "<script" not in page
    assert 5 == page.count("&lt;/title&gt;&lt;script&gt;alert(1)")
