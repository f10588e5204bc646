# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""One tree, printed as text, Markdown, HTML and dict."""

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import DefinitionError, Outline
from gradecalc.outline import WIDEST

TREE = Outline("Final", "84.60 %", ("B",), (Outline("Quizzes", "90", (), (Outline("Quiz 1", "90"),)), Outline("Exam")))

texts = st.text(max_size=12)
outlines = st.recursive(
    st.builds(Outline, texts, texts, st.lists(texts, max_size=2).map(tuple), status=texts, folds=st.booleans()),
    lambda below: st.builds(Outline, texts, texts, st.just(()), st.lists(below, max_size=3).map(tuple)),
    max_leaves=8,
)


def test_text_is_aligned():
    """Text has a line for each row, labels indented by depth and values aligned."""
    assert [
        "Final       84.60 %  B",
        "  Quizzes        90",
        "    Quiz 1       90",
        "  Exam",
    ] == str(TREE).splitlines()


def test_markdown_is_a_nested_list():
    """Markdown is a nested list."""
    expected = ["- **Final**: 84\\.60 % (B)", "  - **Quizzes**: 90", "    - **Quiz 1**: 90", "  - **Exam**"]
    assert expected == TREE.markdown().splitlines()


@given(outlines)
def test_plain_data_reads_back(outline):
    """An outline survives plain data and JSON text."""
    assert outline == Outline.from_dict(json.loads(json.dumps(outline.to_dict())))


@given(outlines)
def test_every_row_has_one_line(outline):
    """Whatever the texts contain, text and Markdown have one line for each row."""
    count = len(list(outline.rows()))
    assert count == len(outline.text().split("\n")) == len(outline.markdown().split("\n"))


class Reader(HTMLParser):
    """Collects the text of an HTML fragment and the tags in it."""

    def __init__(self):
        super().__init__()
        self.tags, self.texts = set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.texts.append(data)


def test_html_is_escaped():
    """No text of an outline becomes markup."""
    reader = Reader()
    reader.feed(Outline("<script>alert(1)</script>", "<b>", ('"&',))._repr_html_())
    assert {"style", "table", "caption", "thead", "tbody", "tr", "th", "td"} == reader.tags
    assert ["<script>alert(1)</script>", "<b>", '"&'] == reader.texts[-3:]


def deep(levels):
    row = {}
    for _ in range(levels):
        row = {"children": [row]}
    return row


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"format": "gradecalc.outline/1", "label": 5},
        {"format": "gradecalc.outline/1", "children": 5},
        {"format": "gradecalc.outline/1", "children": [5]},
        {"format": "gradecalc.outline/1", "notes": [5]},
        {"format": "gradecalc.outline/1", "notes": 5},
        {"format": "gradecalc.outline/1", "status": 5},
        {"format": "gradecalc.outline/1", "folds": "yes"},
        {"format": "gradecalc.outline/1", "children": [deep(300)]},
    ],
)
def test_other_data_is_refused(data):
    """What is no outline is refused with a path."""
    with pytest.raises(DefinitionError):
        Outline.from_dict(data)


def test_deep_outlines_print():
    """An outline of a thousand levels prints without exhausting the stack."""
    outline = Outline("leaf")
    for _ in range(1000):
        outline = Outline("branch", children=(outline,))
    assert 1001 == len(outline.text().splitlines()) == len(outline.markdown().splitlines())
    assert "branch" == outline.to_dict()["label"]


def test_text_and_markdown_obey_nothing():
    """What a terminal would obey is written out in text and Markdown, and line breaks are blanks."""
    row = Outline("a\x1b[2J", "\u202e1", ("one\ntwo",))
    assert "a\\x1b[2J  \\u202e1  one two" == row.text()
    assert "\x1b" not in row.markdown()


def test_one_long_label_widens_nothing_without_end():
    """A label longer than the widest column sticks out, and depth indents only so far."""
    row = Outline("x" * 100_000, children=[Outline("y", "1")] * 100)
    assert len(row.text()) < 100_000 + 100 * (WIDEST + 10)
    for _ in range(2_000):
        row = Outline("z", children=(row,))
    assert len(row.text()) < 2_000_000
