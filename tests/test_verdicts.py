# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Kleene's three-valued logic."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc.verdicts import (
    Verdict,
    all_of,
    any_of,
    verdict,
)

verdicts = st.sampled_from(Verdict)
MET, NOT_MET, UNDETERMINED = Verdict


def test_a_verdict_has_no_truth_value():
    """Asking a verdict for its truth raises, for undetermined is not no."""
    for each in Verdict:
        with pytest.raises(TypeError):
            bool(each)


def test_conjunction_is_the_least_and_disjunction_the_greatest():
    """In the order not met, undetermined, met, 'and' is the lesser and 'or' the greater."""
    order = [NOT_MET, UNDETERMINED, MET]
    for left, right in itertools.product(order, repeat=2):
        assert min(left, right, key=order.index) is left & right
        assert max(left, right, key=order.index) is left | right


@given(verdicts, verdicts)
def test_de_morgan(left, right):
    """Negation turns 'and' into 'or', and twice is nothing."""
    assert ~(left & right) is ~left | ~right
    assert ~~left is left


@given(st.lists(verdicts), st.randoms())
def test_order_never_matters(many, random):
    """The verdict of all and of any does not depend on the order."""
    mixed = random.sample(many, len(many))
    assert (all_of(many), any_of(many)) == (all_of(mixed), any_of(mixed))


def test_of_none():
    """All of none are met, and any of none is not."""
    assert (MET, NOT_MET) == (all_of([]), any_of([]))


def test_a_known_fact_is_a_verdict():
    """A fact that holds is met, and one that does not is not."""
    assert (MET, NOT_MET) == (verdict(True), verdict(False))
