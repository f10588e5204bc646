# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The engine against the naive oracle, figure by figure, exactly."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import UngradedPolicy, grade
from gradecalc.testing import graded_books
from oracle import Figures, evaluate


def _engine(book, marks, ungraded):
    report = grade(book, marks, ungraded=ungraded)
    return {id_: Figures(*(getattr(report[id_], name) for name in Figures._fields)) for id_ in report}


@settings(max_examples=150)
@given(graded_books(), st.none() | st.sampled_from(UngradedPolicy))
def test_the_engine_agrees_with_the_oracle(graded_book, ungraded):
    """Every figure of every line of every gradebook is the one that the rules give when followed by hand."""
    book, marks = graded_book
    assert evaluate(book, marks, ungraded) == _engine(book, marks, ungraded)
