# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of statistics."""

from collections import Counter
from fractions import Fraction

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import (
    Gradebook,
    GradeItem,
    GradeScheme,
    Treatment,
    UngradedPolicy,
    compile_gradebook,
    grade,
)
from gradecalc.report.layouts import How
from gradecalc.statistics import (
    PRECISION,
    Deviation,
    LeftOut,
    summarize,
)
from gradecalc.testing import (
    exact_numbers,
    gradebooks,
    marks_for,
    schemes,
)

ITEM = compile_gradebook(Gradebook([GradeItem("Item", max_points=100, can_exceed=True)]))
DEVIATIONS = st.sampled_from(Deviation)
scores = st.lists(exact_numbers(-20, 130), max_size=12)


def of(percents, **choices):
    """Return the statistics of a class that has the given percents in an item."""
    return summarize([grade(ITEM, {"Item": percent}) for percent in percents], "Item", **choices)


@st.composite
def classes(draw):
    """Return a plan, the marks of a few learners, and an id of the plan."""
    book = draw(gradebooks())
    plan = compile_gradebook(book)
    marks = draw(st.lists(marks_for(book), max_size=4))
    return plan, marks, draw(st.sampled_from(sorted(plan.layout.index)))


def graded(plan, marks, ungraded=None):
    return {f"learner {nth}": grade(plan, each, ungraded=ungraded) for nth, each in enumerate(marks)}


@settings(max_examples=60)
@given(classes(), DEVIATIONS)
def test_exempt_learners_are_in_no_figure(course, deviation):
    """Statistics over a class equal those without its exempt learners, but for who is exempt (T4)."""
    plan, marks, id_ = course
    reports = graded(plan, marks)
    others = {who: each for who, each in reports.items() if each[id_].treatment is not Treatment.EXEMPT}
    everybody, without = (summarize(each, id_, deviation=deviation) for each in (reports, others))
    assert len(reports) - len(others) == everybody.exempt.number
    if others:
        assert without == evolve(everybody, exempt=LeftOut(0))


@settings(max_examples=60)
@given(st.data(), classes())
def test_the_order_of_a_class_changes_nothing(data, course):
    """Statistics are the same in whatever order the learners come."""
    plan, marks, id_ = course
    reports = graded(plan, marks)
    assert summarize(reports, id_) == summarize(data.draw(st.permutations(list(reports.items()))), id_)


@settings(max_examples=60)
@given(classes())
def test_everybody_is_somewhere(course):
    """Every learner is submitted or in one of the groups, and the eligible are all but the exempt (T4, T5)."""
    plan, marks, id_ = course
    found = summarize(graded(plan, marks), id_)
    assert found.eligible == found.submitted + sum(
        group.number for group in (found.ungraded, found.without_percent, found.unreadable)
    )
    assert len(marks) == found.eligible + found.exempt.number


@settings(max_examples=60)
@given(classes(), st.sampled_from(UngradedPolicy))
def test_an_item_has_the_same_statistics_under_every_policy(course, policy):
    """What the calculation makes of a blank never reaches the statistics of an item (T1)."""
    plan, marks, _ = course
    items = [heading.id for heading in plan.layout.headings if heading.how is How.MARKED]
    for id_ in items:
        assert summarize(graded(plan, marks), id_) == summarize(graded(plan, marks, policy), id_)


@given(scores.filter(bool))
def test_mean_and_median_lie_between_minimum_and_maximum(percents):
    """The least score is at most the mean and the median, and the greatest at least (T6)."""
    found = of(percents)
    assert found.minimum <= min(found.mean, found.median)
    assert max(found.mean, found.median) <= found.maximum


@given(scores, st.lists(exact_numbers(-10, 110), min_size=2, unique=True).map(sorted))
def test_bins_partition_the_submitted(percents, edges):
    """Every score is in one bin: the counts sum to the submitted, and the shares to one (T9)."""
    bins = of(percents, bins=edges).distribution
    assert len(percents) == sum(each.count for each in bins)
    assert not percents or sum(each.share for each in bins) == 1


@given(scores, schemes())
def test_the_bands_of_a_scheme_count_its_symbols(percents, scheme):
    """A distribution over a scheme says how many learners have each symbol (T9, S3)."""
    symbols = Counter(GradeScheme.symbol(scheme, percent) for percent in percents)
    assert [symbols[band.symbol] for band in scheme.bands] == [
        each.count for each in of(percents, bins=scheme).distribution
    ]


@given(scores.filter(bool), exact_numbers(0, 3), exact_numbers(-20, 20), DEVIATIONS)
def test_figures_follow_scale_and_shift(percents, scale, shift, deviation):
    """Scores scaled and shifted have the figures scaled and shifted, and the deviation scaled (T6, T8)."""
    before = of(percents, deviation=deviation)
    after = of([percent * scale + shift for percent in percents], deviation=deviation)
    for name in ("minimum", "maximum", "mean", "median"):
        assert getattr(before, name) * scale + shift == getattr(after, name)
    if scale:
        assert tuple(mode * scale + shift for mode in before.modes) == after.modes
    if before.standard_deviation is not None:
        assert abs(before.standard_deviation * scale - after.standard_deviation) <= (scale + 1) * half_a_step()


@given(st.lists(exact_numbers(-20, 130), min_size=2, max_size=12), DEVIATIONS)
def test_a_standard_deviation_is_the_nearest_of_its_precision(percents, deviation):
    """The square of the exact deviation lies within half a step of the one given (T8)."""
    mean, divisor = sum(percents) / len(percents), len(percents) - (deviation is Deviation.SAMPLE)
    variance = sum((percent - mean) ** 2 for percent in percents) / divisor
    found = of(percents, deviation=deviation).standard_deviation
    assert max(found - half_a_step(), 0) ** 2 <= variance < (found + half_a_step()) ** 2


def half_a_step():
    return Fraction(1, 2 * 10**PRECISION)
