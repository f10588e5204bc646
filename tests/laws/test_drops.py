# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of drops, and the laws that look true and are not."""

from fractions import Fraction

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    BonusOf,
    Category,
    DropBy,
    DropRule,
    Gradebook,
    GradeItem,
    Highest,
    Lowest,
    Mean,
    Median,
    Rescale,
    SumOfPoints,
    Treatment,
    UngradedPolicy,
    Unpointed,
    WeightedMean,
    ZeroRange,
    grade,
)
from gradecalc.gradebook.tree import rows
from gradecalc.testing import (
    Features,
    drop_rules,
    gradebooks,
    graded_books,
    marks_for,
    weighted_means,
)

POLICIES = st.none() | st.sampled_from(UngradedPolicy)
RATIOS = st.one_of(st.builds(SumOfPoints), st.builds(Mean), weighted_means())
FLAT = Features(
    branch_floors=False,
    nested=False,
    bonus=False,
    drops=False,
    rounding=False,
    kinds=False,
    zero_maxima=False,
    own_maxima=False,
    overrides=False,
    best_of=False,
    replacements=False,
    aggregations=RATIOS,
)
MONOTONE = evolve(FLAT, aggregations=RATIOS | st.builds(Median) | st.builds(Lowest) | st.builds(Highest))


@st.composite
def _flat_books(draw, features, by, *, highest=False):
    """Return a gradebook of one level that drops, and the marks of a learner; no law is of the search of D12."""
    book = draw(gradebooks(features))
    drop = evolve(draw(drop_rules(tuple(child.id for child in book.children), by=by)), unpointed=Unpointed.LAST)
    book = evolve(book, drop=drop if highest else evolve(drop, highest=0))
    return book, draw(marks_for(book, features))


def _percent(book, marks, policy=None):
    return grade(book, marks, ungraded=policy).final.percent


@settings(max_examples=100)
@given(st.data(), _flat_books(MONOTONE, DropBy.BEST_TOTAL), POLICIES)
def test_raising_a_score_never_lowers_a_branch_that_drops_the_lowest_by_best_total(data, graded_book, policy):
    """Dropping the lowest by best total, no better score gives a worse percent, in a branch without bonus (D9)."""
    book, marks = graded_book
    report = grade(book, marks)
    graded = [child for child in book.children if report[child.id].points is not None]
    if graded:
        item = data.draw(st.sampled_from(graded))
        raised = report[item.id].points + item.max_points * data.draw(st.integers(1, 4)) / 4
        before, after = _percent(book, marks, policy), _percent(book, {**marks, item.id: raised}, policy)
        assert before is None or before <= after


def test_by_percent_a_raised_score_can_lower_the_branch():
    """By percent, with unequal maxima: 0/4, 0/1 and 1/1, drop one; raising the first to 1/4 turns 50 % into 40 %."""
    items = [GradeItem("A", max_points=4), GradeItem("B", max_points=1), GradeItem("C", max_points=1)]
    by_percent = Gradebook(items, drop=DropRule(lowest=1, by=DropBy.PERCENT))
    by_best_total = Gradebook(items, drop=DropRule(lowest=1, by=DropBy.BEST_TOTAL))
    low, raised = {"A": 0, "B": 0, "C": 1}, {"A": 1, "B": 0, "C": 1}
    assert [_percent(by_percent, marks) for marks in (low, raised)] == [50, 40]
    assert [_percent(by_best_total, marks) for marks in (low, raised)] == [50, 50]


def test_by_best_total_a_raised_score_can_lower_a_parent_that_sums_points():
    """The branch rises from 9/10 to 1/1, and the sum of points above it falls from 9/20 to 1/11 (D9)."""
    quizzes = [GradeItem("Short", max_points=1), GradeItem("Long", max_points=10)]
    category = Category("Quizzes", quizzes, drop=DropRule(lowest=1, by=DropBy.BEST_TOTAL))
    book = Gradebook([category, GradeItem("Exam", max_points=10)])
    low, raised = ({"Short": short, "Long": 9, "Exam": 0} for short in (Fraction(4, 5), 1))
    assert [grade(book, marks)["Quizzes"].percent for marks in (low, raised)] == [90, 100]
    assert [_percent(book, marks) for marks in (low, raised)] == [45, Fraction(100, 11)]


@settings(max_examples=80)
@given(_flat_books(FLAT, DropBy.BEST_TOTAL), st.sampled_from((DropBy.PERCENT, DropBy.POINTS)), POLICIES)
def test_best_total_is_at_least_any_other_choice(graded_book, by, policy):
    """Dropping as many another way never gives a better percent (D9)."""
    book, marks = graded_book
    best = _percent(book, marks, policy)
    other = _percent(evolve(book, drop=evolve(book.drop, by=by)), marks, policy)
    assert other is None or best >= other


@settings(max_examples=60)
@given(_flat_books(FLAT, DropBy.BEST_TOTAL), POLICIES)
def test_by_best_total_the_order_of_the_children_does_not_matter(graded_book, policy):
    """Whichever of the tied sets is dropped, the percent is the same (D3, D9)."""
    book, marks = graded_book
    assert _percent(book, marks, policy) == _percent(evolve(book, children=book.children[::-1]), marks, policy)


@settings(max_examples=80)
@given(graded_books(), POLICIES)
def test_what_is_protected_is_never_dropped(graded_book, policy):
    """Ids in `never` and bonuses are not dropped, and at least `keep_at_least` of the others stay (D4, D5)."""
    book, marks = graded_book
    report = grade(book, marks, ungraded=policy)
    for row in rows(book):
        if isinstance(row.node, GradeItem):
            continue
        dropped = report["final" if row.parent < 0 else row.node.id].dropped
        children = {child.id: child for child in row.node.children}
        assert not any(id_ in row.node.drop.never or children[id_].bonus for id_ in dropped)
        counted = (Treatment.COUNTED, Treatment.COUNTED_AS_ZERO)
        kept = [id_ for id_ in children if id_ not in row.node.drop.never and report[id_].treatment in counted]
        assert not dropped or len(kept) >= row.node.drop.keep_at_least


@settings(max_examples=60)
@given(_flat_books(evolve(FLAT, ungraded=False, exempt=False, uncounted=False), None), st.integers(0, 4))
def test_keeping_the_highest_is_dropping_the_other_lowest(graded_book, keep):
    """With everything graded, `keep_highest=n` of m is `lowest=m-n` (D7)."""
    book, marks = graded_book
    plain = evolve(book.drop, lowest=0, keep_highest=None, never=())
    kept = evolve(book, drop=evolve(plain, keep_highest=keep))
    dropped = evolve(book, drop=evolve(plain, lowest=max(len(book.children) - keep, 0)))
    assert grade(dropped, marks).columns == grade(kept, marks).columns


@settings(max_examples=60)
@given(_flat_books(FLAT, None, highest=True), POLICIES)
def test_exempt_work_is_gone_before_drops_are_chosen(graded_book, policy):
    """Nothing exempt is dropped, so an exemption never uses up a drop (X2)."""
    book, marks = graded_book
    report = grade(book, {**marks, book.children[0].id: EXEMPT}, ungraded=policy)
    assert book.children[0].id not in report.final.dropped


def test_by_best_total_a_set_with_a_percent_is_better_than_one_without():
    """Out of 10/10 and 0 out of 0, the one that leaves no percent behind is not the one to drop (D9)."""
    rule = DropRule(lowest=1, by=DropBy.BEST_TOTAL)
    book = Gradebook([GradeItem("Quiz", max_points=10), GradeItem("Visit", max_points=0)], drop=rule)
    assert _percent(book, {"Quiz": 10, "Visit": 0}) == 100


def test_by_best_total_a_weight_of_zero_is_dropped_before_all_that_has_weight():
    """Of 5/10 with weight 100 and 10/10 with weight 0, dropping the first would leave no score (D9, W5)."""
    items = [GradeItem("Exam", max_points=10, weight=100), GradeItem("Mock", max_points=10, weight=0)]
    for rescale in Rescale:
        mean = WeightedMean(rescale=rescale)
        book = Gradebook(items, aggregation=mean, drop=DropRule(lowest=1, by=DropBy.BEST_TOTAL))
        assert _percent(book, {"Exam": 5, "Mock": 10}) == 50


def test_by_best_total_the_bonus_is_part_of_the_total():
    """Where a bonus is measured by what counted, raising a score does not lower the branch either (D9, B2).

    Of 4/10 and 39/100 with a bonus of 5 points, 9/10 is the best; raising the second to 41/100 leaves it.
    """
    items = [GradeItem("A", max_points=10), GradeItem("B", max_points=100), GradeItem("C", max_points=5, bonus=True)]
    rule = DropRule(lowest=1, by=DropBy.BEST_TOTAL)
    book = Gradebook(items, aggregation=SumOfPoints(bonus=BonusOf.COUNTED), drop=rule)
    before, after = (_percent(book, {"A": 4, "B": points, "C": 5}) for points in (39, 41))
    assert before <= after


def test_a_child_out_of_zero_counting_in_full_can_be_dropped_by_points():
    """By points a child out of 0 is ranked like any other (D2, D8)."""
    items = [GradeItem("Quiz", max_points=10), GradeItem("Visit", max_points=0)]
    mean = Mean(zero_range=ZeroRange.FULL)
    book = Gradebook(items, aggregation=mean, drop=DropRule(lowest=1, by=DropBy.POINTS))
    assert grade(book, {"Quiz": 5, "Visit": 0}).final.dropped == ("Visit",)
