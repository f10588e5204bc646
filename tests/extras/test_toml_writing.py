# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Gradebooks written as TOML."""

import pytest
from hypothesis import given

from gradecalc import Category, DropRule, Gradebook, GradeItem, GradeScheme, WeightedMean
from gradecalc.testing import gradebooks

pytest.importorskip("cattrs")
pytest.importorskip("tomli_w")

from gradecalc.extras.definitions import loads_toml
from gradecalc.extras.toml_writing import dumps_toml

BOOK = Gradebook(
    [
        Category("Quizzes", [GradeItem("Quiz 1", 10), GradeItem("Quiz 2", 10)], weight=40, drop=DropRule(lowest=1)),
        GradeItem("Exam", 60, weight=60),
    ],
    aggregation=WeightedMean(),
    scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70}),
)


@given(gradebooks())
def test_what_is_written_is_read_back(book):
    """Any gradebook is the same after it was written and read."""
    assert book == loads_toml(dumps_toml(book))


def test_comments_stand_above_their_keys():
    """A key with a comment is written even at its default, and what follows is still read."""
    text = dumps_toml(BOOK, {"ungraded": ["first", "second"], "pass_mark": ["none is stated"]}, ["made by hand"])
    assert text.startswith("# made by hand\n")
    assert '# first\n# second\nungraded = "leave_out"\n' in text
    assert "# none is stated\n" in text
    assert BOOK == loads_toml(text)


def test_a_comment_stays_a_comment():
    """A line break in a comment does not end it."""
    assert BOOK == loads_toml(dumps_toml(BOOK, {"ungraded": ["a\nname = 1"]}, ["b\r\x85\u2028x = 2"]))
