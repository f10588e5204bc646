# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of what adds up: the shown amounts of a branch sum to its shown figure, and the exact ones to the exact."""

from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from gradecalc import Gradebook, GradeItem, Rounding, RoundingMode, UngradedPolicy, WeightedMean, grade
from gradecalc.report.layouts import How
from gradecalc.report.sums import apportion
from gradecalc.testing import graded_books

THIRDS = Gradebook(
    [GradeItem(f"Item {nth}", max_points=3) for nth in range(3)], aggregation=WeightedMean(), shown=Rounding(1)
)
FORMULAS = {How.FORMULA, How.CALCULATED, How.MARKED}


def branches(report):
    """Yield each branch that came to something, with what adds up to it."""
    for heading in report.layout.headings:
        result = report[heading.id]
        if heading.how not in FORMULAS and result.points is not None:
            yield result, report.additions(heading.id)


@settings(max_examples=60)
@example((THIRDS, {"Item 0": 1, "Item 1": 1, "Item 2": 2}), None)
@given(graded_books(), st.none() | st.sampled_from(UngradedPolicy))
def test_shown_amounts_sum_to_the_shown_figure(graded_book, policy):
    """What the rows of a branch and its later steps add, as shown, sums to the branch's figure as shown (Z6, Z7)."""
    report = grade(*graded_book, ungraded=policy)
    for result, added in branches(report):
        if added:
            assert Fraction(result.shown) == sum(Fraction(each.shown) for each in added)


@settings(max_examples=60)
@given(graded_books(), st.none() | st.sampled_from(UngradedPolicy))
def test_exact_amounts_sum_to_the_exact_figure(graded_book, policy):
    """The exact amounts sum to the exact percent or, out of 0, to the points; a branch with a score has some (Z7)."""
    report = grade(*graded_book, ungraded=policy)
    for result, added in branches(report):
        if added:
            assert (result.points if result.percent is None else result.percent) == sum(each.amount for each in added)
        else:
            assert result.overridden or result.replaced or not result.out_of or result.lack is not None


@settings(max_examples=60)
@given(
    st.lists(st.fractions(min_value=-50, max_value=50, max_denominator=999), min_size=1, max_size=8),
    st.builds(Rounding, st.integers(-1, 4), st.sampled_from(RoundingMode)),
)
def test_apportioned_amounts_are_within_a_step_of_the_exact_ones(amounts, shown):
    """Amounts as shown sum to their total as shown, each less than one step from the exact one (Z6)."""
    texts = apportion(amounts, shown)
    assert Fraction(shown.show(sum(amounts))) == sum(map(Fraction, texts))
    step = Fraction(10) ** -shown.places
    assert all(abs(Fraction(text) - amount) < step for text, amount in zip(texts, amounts, strict=True))
