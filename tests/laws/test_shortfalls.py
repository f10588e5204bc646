# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of what keeps a final from a target: the parts sum to the gap, and a part is what it says it is."""

from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from gradecalc import (
    Category,
    Empty,
    Gradebook,
    GradeItem,
    Mark,
    Report,
    Treatment,
    UngradedPolicy,
    compile_gradebook,
    grade,
)
from gradecalc.scenarios import Policy, passes, why
from gradecalc.testing import Features, graded_books, weighted_means

PERCENTS = st.fractions(min_value=0, max_value=120, max_denominator=12)
PLAIN = Features(
    branch_floors=False,
    aggregations=weighted_means(),
    best_of=False,
    bonus=False,
    caps=False,
    excess=False,
    hurdles=False,
    negative=False,
    overrides=False,
    replacements=False,
    rounding=False,
    zero_maxima=False,
)


WITHDRAWN = (
    Gradebook([Category("Labs", [GradeItem("Lab", 10)], empty=Empty.AS_UNGRADED)]),
    {"Lab": 9, "Labs": Mark(symbol="I", without_score=True)},
)


@settings(max_examples=60)
@example(WITHDRAWN, 90, UngradedPolicy.AS_ZERO)
@given(graded_books(), PERCENTS | st.just(passes), st.none() | st.sampled_from(UngradedPolicy))
def test_the_parts_sum_to_the_gap(graded_book, target, policy):
    """What keeps a final from a target sums to what it is short of it, exactly, in every gradebook (WI19, WI22)."""
    book, marks = graded_book
    report = grade(book, marks, ungraded=policy)
    found = why(report, target)
    assert (report.final.percent is None) is (found.gap is None)
    if found.gap is not None:
        least = (100 if book.pass_mark is None else book.pass_mark) if target is passes else target
        assert least - report.final.percent == found.gap == sum(each.amount for each in found.parts)


@settings(max_examples=40)
@given(graded_books())
def test_shown_parts_sum_to_the_shown_gap(graded_book):
    """The parts as shown sum to the gap as shown, as everything does that is shown (WI22, Z6)."""
    found = why(grade(*graded_book), 90)
    if found.parts:
        short = found.outline().children[0]
        assert Fraction(short.value) == sum(Fraction(row.value) for row in short.children)


@settings(max_examples=40)
@given(graded_books(PLAIN))
def test_an_item_costs_its_weight_times_what_it_is_short_of(graded_book):
    """Where nothing but weights makes the final, each item costs its effective weight times what it lacks (WI20)."""
    report = grade(*graded_book)
    items = [report[heading.id] for heading in report.layout.headings if not heading.branch]
    costs = {each.id: Fraction(0) for each in items}
    for part in why(report, 100).parts:
        costs[part.id] = costs.get(part.id, 0) + part.amount
    for each in items:
        weighs = each.treatment is not Treatment.NOT_COUNTED and report.final.percent is not None and each.weight
        assert (each.weight * (100 - each.percent) if weighs else 0) == costs[each.id]


@settings(max_examples=40)
@given(graded_books(), st.none() | st.sampled_from(UngradedPolicy))
def test_what_a_policy_changed_is_the_final_less_that_without_it(graded_book, policy):
    """What a policy changed is the final less the final without it, and what is dropped without one counts (WI23)."""
    book, marks = graded_book
    report = grade(book, marks, ungraded=policy)
    for each in why(report, 50).effects:
        if None in (report.final.percent, each.without):
            assert each.amount is None
        else:
            assert report.final.percent - each.without == each.amount
        if each.policy is Policy.OVERRIDE:
            other = grade(book, {id_: mark for id_, mark in marks.items() if id_ != each.id}, ungraded=policy)
            assert other.final.percent == each.without


@settings(max_examples=40)
@given(graded_books(), st.none() | st.sampled_from(UngradedPolicy))
def test_a_stored_report_is_asked_with_what_it_was_made_of(graded_book, policy):
    """A report that was stored says the same, given the plan, the marks and the policy that it was made of (WI18)."""
    book, marks = graded_book
    report = grade(book, marks, ungraded=policy)
    stored = Report.from_dict(report.to_dict())
    assert why(report, 80) == why(stored, 80, plan=compile_gradebook(book), marks=marks, ungraded=policy)
