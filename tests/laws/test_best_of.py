# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of the best of weightings."""

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gradecalc import BestOf, ChildWeight, Rescale, UngradedPolicy, Weighting, grade
from gradecalc.testing import Features, exact_numbers, graded_books

POLICIES = st.none() | st.sampled_from(UngradedPolicy)
FLAT = Features(branch_floors=False, overrides=False, rounding=False)


@st.composite
def weighted_books(draw):
    """Return gradebooks by the best of three weightings at the most, with marks."""
    book, marks = draw(graded_books(FLAT))
    ids = [child.id for child in book.children if child.counts]
    assume(ids)
    weights = st.lists(
        st.builds(ChildWeight, st.sampled_from(ids), exact_numbers()), min_size=1, unique_by=lambda each: each.id
    )
    several = [Weighting(str(nth), draw(weights), rescale=draw(st.sampled_from(Rescale))) for nth in range(3)]

    return evolve(book, aggregation=BestOf(several)), marks


@settings(max_examples=60)
@given(weighted_books(), POLICIES)
def test_the_best_is_at_least_every_weighting(graded_book, policy):
    """No weighting by itself gives the branch a better percent, and one gives this one (V6, V7)."""
    book, marks = graded_book
    alone = [
        grade(evolve(book, aggregation=BestOf([each])), marks, ungraded=policy).final.percent
        for each in book.aggregation.weightings
    ]
    scores = [percent for percent in alone if percent is not None]
    assert max(scores, default=None) == grade(book, marks, ungraded=policy).final.percent


@settings(max_examples=60)
@given(weighted_books(), POLICIES)
def test_the_order_of_weightings_changes_no_percent(graded_book, policy):
    """Of equal weightings the first is chosen, so their order moves reasons and weights but no percent (V7)."""
    book, marks = graded_book
    turned = evolve(book, aggregation=BestOf(book.aggregation.weightings[::-1]))
    assert grade(book, marks, ungraded=policy).final.percent == grade(turned, marks, ungraded=policy).final.percent
