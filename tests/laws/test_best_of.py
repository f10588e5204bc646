# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of the best of weightings."""

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gradecalc import BestOf, UngradedPolicy, grade
from gradecalc.testing import Features, graded_books

POLICIES = st.none() | st.sampled_from(UngradedPolicy)
FLAT = Features(overrides=False, rounding=False)


@settings(max_examples=80)
@given(graded_books(FLAT).filter(lambda drawn: isinstance(drawn[0].aggregation, BestOf)), POLICIES)
def test_the_best_is_at_least_every_weighting(graded_book, policy):
    """No weighting by itself gives the branch a better percent, and one gives this one (V6, V7)."""
    book, marks = graded_book
    alone = [
        grade(evolve(book, aggregation=BestOf([each])), marks, ungraded=policy).final.percent
        for each in book.aggregation.weightings
    ]
    scores = [percent for percent in alone if percent is not None]
    assume(scores)
    assert max(scores) == grade(book, marks, ungraded=policy).final.percent


@settings(max_examples=80)
@given(graded_books(FLAT).filter(lambda drawn: isinstance(drawn[0].aggregation, BestOf)), POLICIES)
def test_the_order_of_weightings_changes_no_percent(graded_book, policy):
    """Of equal weightings the first is chosen, so their order moves reasons and weights but no percent (V7)."""
    book, marks = graded_book
    turned = evolve(book, aggregation=BestOf(book.aggregation.weightings[::-1]))
    assert grade(book, marks, ungraded=policy).final.percent == grade(turned, marks, ungraded=policy).final.percent
