# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""An outline as an HTML table."""

import html
from html.parser import HTMLParser

from gradecalc import Outline
from gradecalc.language import Language
from gradecalc.outline_html import STYLE, escaped, write_table

TREE = Outline(
    "Final",
    "84.60 %",
    ("B",),
    (
        Outline("Quizzes", "90", (), (Outline("Quiz 1", "90", status="dropped"),)),
        Outline("Exam", "81", ("of 100",), (Outline("= [A] * 2", "81", (), (Outline("[A]", "40.5"),), folds=True),)),
    ),
)


class Elements(HTMLParser):
    """Collects what an HTML text has: tags with their attributes, and texts with the tags around them."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.texts, self.open = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert tag == self.open.pop()

    def handle_data(self, text):
        self.texts.append((self.open[-1] if self.open else "", text))

    def count(self, tag, **attributes):
        return sum(tag == each and attributes.items() <= found.items() for each, found in self.tags)

    def within(self, tag):
        return [text for each, text in self.texts if each == tag]


def test_a_table_has_a_caption_and_headings_of_columns_and_rows():
    """A table says what it is of, and each of its columns and rows has a heading (HP1)."""
    table = Elements(write_table(TREE, caption="Grades of Ada"))
    assert ["Grades of Ada"] == table.within("caption")
    assert [3, 4] == [table.count("th", scope=each) for each in ("col", "row")]
    assert ["Final"] == Elements(write_table(TREE)).within("caption")


def test_a_column_in_which_no_row_has_anything_is_left_out():
    """Where no row has a value or notes, the table has no column for them (HP1)."""
    assert (1, 0) == (
        Elements(write_table(Outline("a"))).count("th", scope="col"),
        write_table(Outline("a")).count("<td"),
    )
    assert 2 == Elements(write_table(Outline("a", "", ("b",)))).count("th", scope="col")


def test_the_hierarchy_is_one_of_headings():
    """A branch is a heading of its level, and so is what stands beside one, so that it is not under it (HP2)."""
    table = Elements(write_table(TREE))
    levels = [found["aria-level"] for tag, found in table.tags if found.get("role") == "heading"]
    assert ["2", "3", "3"] == levels
    assert ["Final", "Quizzes", "Exam"] == table.within("span")[:2] + table.within("span")[-1:]
    assert 1 == Elements(write_table(TREE, level=5)).count("span", **{"aria-level": "5"})
    assert "heading" not in write_table(Outline("alone", "1"), styled=False)


def test_a_status_is_told_in_words():
    """What became of a row is told beside its label, by a word and for the style by a code (HP3)."""
    table = Elements(write_table(TREE))
    assert "dropped" in table.within("span")
    assert 1 == table.count("tr", **{"data-status": "dropped"})


def test_what_explains_a_row_folds_in_it():
    """A row that folds is a list beside the notes of the row above it, open until a reader folds it (HP4)."""
    table = Elements(write_table(TREE))
    assert 1 == table.count("details", open=None)
    assert ["= [A] * 2 = 81"] == table.within("summary")
    assert ["[A] = 40.5"] == table.within("li")
    assert 4 == table.count("tr") - 1


def test_a_row_without_a_label_has_a_sign_in_its_place():
    """A heading is never empty (HP1)."""
    assert ["–"] == Elements(write_table(Outline(" ", "1"))).within("caption")


def test_signs_are_escaped_as_the_standard_library_does():
    """Every sign that HTML gives a meaning becomes what `html.escape` makes of it, and no other does."""
    text = "".join(map(chr, range(32, 127))) + "é–中"
    assert html.escape(text) == escaped(text)


def test_every_text_is_escaped():
    """Whatever a text contains is shown: markup is none, and what no document may contain is a sign (HP5)."""
    hostile = "<script>&\"'"
    row = Outline(hostile, hostile, (hostile,), (Outline(hostile, hostile, (hostile,), folds=True),), status=hostile)
    table = Elements(write_table(row, caption=hostile, styled=False))
    assert 0 == table.count("script")
    assert {hostile} <= {text.strip() for _, text in table.texts}
    assert "a\ufffdb\ufffdc\n" == escaped("a\x00b\ud800c\n")


def test_a_figure_keeps_its_percent_sign():
    """In notes a line does not break between a figure and its percent sign."""
    assert "from 55&nbsp;%" in write_table(Outline("a", "", ("from 55 %",)))


def test_a_long_value_is_a_text():
    """A value that is a text may break into lines, and a figure does not."""
    table = Elements(write_table(Outline("a", "keep going, and see me about the second page", (), [Outline("b", "1")])))
    assert (1, 1) == (table.count("td", **{"class": "v w"}), table.count("td", **{"class": "v"}))


def test_the_headings_are_in_the_language_of_the_outline():
    """The headings of columns are in the language that an outline was put into (LA3)."""
    german = Language("de", {"outline table": {"what": "Was", "value": "Ergebnis", "notes": "Warum"}})
    table = Elements(TREE.in_language(german).html())
    assert ["Was", "Ergebnis", "Warum"] == table.within("th")[:3]
    assert "dropped" in table.within("span")
    assert 1 == table.count("details")


def test_a_deep_outline_is_written():
    """A thousand levels, folded or not, are written without exhausting the stack."""
    outline = Outline("leaf", folds=True)
    for _ in range(1000):
        outline = Outline("part", children=(outline,), folds=True)
    for _ in range(1000):
        outline = Outline("branch", children=(outline,))
    html = outline.html()
    assert (1000, 1, 1000) == (html.count('scope="row"'), html.count("<summary>"), html.count("<li>"))


def test_a_fragment_brings_its_style_and_no_colours():
    """In a notebook a table has its own style, with no colour beside those around it (HP6)."""
    assert TREE._repr_html_().startswith(f"<style>{STYLE}</style>")
    assert not any(each in STYLE for each in ("#", "background"))
    assert "<style>" not in write_table(TREE, styled=False)
