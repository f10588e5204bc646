# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of exemption."""

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    UNGRADED,
    BonusOf,
    Category,
    GradeItem,
    Mark,
    Maximum,
    Mean,
    Rescale,
    SumOfPoints,
    Treatment,
    UngradedPolicy,
    enter,
    exempt,
    grade,
    unexempt,
)
from gradecalc.gradebook.tree import rows
from gradecalc.grading.exemptions import exempt_by_item, exempted
from gradecalc.testing import (
    Features,
    aggregations,
    graded_books,
    weighted_means,
)

POLICIES = st.none() | st.sampled_from(UngradedPolicy)


def _measured_by_all(aggregation):
    """Whether a bonus is measured by all that could count, which an exempt item still does."""
    return isinstance(aggregation, (SumOfPoints, Mean)) and aggregation.bonus is BonusOf.WHOLE


WEIGHTS_GIVEN = Features(
    branch_floors=False,
    unweighted=False,
    best_of=False,
    replacements=False,
    moved_weights=False,
    kept_weights=False,
    overrides=False,
    aggregations=aggregations().filter(lambda each: not _measured_by_all(each)),
)
WEIGHTS_SHARED = Features(
    branch_floors=False,
    bonus=False,
    best_of=False,
    replacements=False,
    moved_weights=False,
    drops=False,
    zero_maxima=False,
    kept_weights=False,
    overrides=False,
    aggregations=weighted_means(rescale=Rescale.ALWAYS).filter(lambda each: each.out_of is not Maximum.WEIGHTS),
)
NOTHING_KEPT = Features(branch_floors=False, kept_weights=False)


def _without(node, gone):
    """Return the gradebook or category without an id, and without the categories in which nothing else counts."""
    children = []
    for child in node.children:
        left = _without(child, gone) if isinstance(child, Category) else child
        emptied = left is not child and not any(each.counts for each in left.children)
        if left.id != gone and not emptied:
            children.append(left)
    if children == list(node.children):
        return node
    kept = {child.id for child in children}
    return evolve(
        node, children=children, drop=evolve(node.drop, never=[id_ for id_ in node.drop.never if id_ in kept])
    )


def _unweighted(node):
    if isinstance(node, GradeItem):
        return evolve(node, weight=None)
    children = [_unweighted(child) for child in node.children]
    return (
        evolve(node, children=children, weight=None) if isinstance(node, Category) else evolve(node, children=children)
    )


def _counting_items(book):
    return [row.node.id for row in rows(book) if isinstance(row.node, GradeItem) and row.node.counts]


def _assert_exempting_is_deleting(data, book, marks):
    items = _counting_items(book)
    gone = data.draw(st.sampled_from(items)) if items else "no item"
    policy = data.draw(POLICIES)
    deleted = _without(book, gone)
    ids = {row.node.id for row in rows(deleted)[1:]}
    spared = grade(book, marks | {gone: EXEMPT} if items else marks, ungraded=policy).final
    without = grade(deleted, {id_: mark for id_, mark in marks.items() if id_ in ids}, ungraded=policy).final
    assert (without.points, without.percent) == (spared.points, spared.percent)


@settings(max_examples=80)
@given(st.data(), graded_books(WEIGHTS_GIVEN))
def test_exempting_an_item_is_deleting_it_where_weights_are_given(data, graded_book):
    """Where every child has its weight, the final grade is that of a book without the exempt item (X1, X2, X3)."""
    _assert_exempting_is_deleting(data, *graded_book)


@settings(max_examples=80)
@given(st.data(), graded_books(WEIGHTS_SHARED))
def test_exempting_an_item_is_deleting_it_where_all_weights_are_shared_and_scaled(data, graded_book):
    """Where all children share the whole and what is left is scaled to it, X1 holds too, evenly or by points (W3)."""
    book, marks = graded_book
    _assert_exempting_is_deleting(data, _unweighted(book), marks)


@settings(max_examples=60)
@given(graded_books(evolve(NOTHING_KEPT, replacements=False)), POLICIES)
def test_exempt_stays_out_under_every_policy(graded_book, policy):
    """What is exempt, and not replaced, has no points in use and no share of the final under any policy (X4)."""
    book, marks = graded_book
    report = grade(book, marks, ungraded=policy)
    for id_, mark in marks.items():
        if mark is EXEMPT or (isinstance(mark, Mark) and mark.exempt):
            assert (None, Treatment.EXEMPT, 0) == (report[id_].points, report[id_].treatment, report[id_].weight)


@settings(max_examples=60)
@given(st.data(), graded_books(Features(branch_floors=False, overrides=False)), POLICIES)
def test_exempting_a_category_is_exempting_everything_in_it(data, graded_book, policy):
    """`EXEMPT` on a category gives the figures of `EXEMPT` on each item in it, if any of them counts (X3, X6)."""
    book, marks = graded_book
    categories = [row.node for row in rows(book) if isinstance(row.node, Category) and _counting_items(row.node)]
    if categories:
        category = data.draw(st.sampled_from(categories))
        within = {row.node.id: EXEMPT for row in rows(category)[1:]}
        whole = grade(book, marks | {category.id: EXEMPT}, ungraded=policy).final
        assert grade(book, marks | within | {category.id: None}, ungraded=policy).final.percent == whole.percent


@settings(max_examples=60)
@given(graded_books(NOTHING_KEPT), POLICIES)
def test_with_everything_exempt_there_is_no_final_grade(graded_book, policy):
    """With every item and category exempt the final has neither points nor percent (X5)."""
    book, _ = graded_book
    final = grade(book, {row.node.id: EXEMPT for row in rows(book)[1:]}, ungraded=policy).final
    assert (None, None) == (final.points, final.percent)


def _drawn_id(data, book):
    ids = [row.node.id for row in rows(book)[1:]]
    return data.draw(st.sampled_from(ids)) if ids else None


def _recorded(marks):
    """Return what is recorded, blanks left out, and marks without circumstances as what they mark."""
    bare = {id_: mark.points if mark == Mark(getattr(mark, "points", None)) else mark for id_, mark in marks.items()}
    return {id_: mark for id_, mark in bare.items() if mark is not None and mark is not UNGRADED}


@settings(max_examples=60)
@given(st.data(), graded_books())
def test_lifting_a_new_exemption_gives_the_marks_that_were_before(data, graded_book):
    """Where nothing there or in it is exempt yet, exempting and lifting is to do nothing (X9, X10)."""
    book, marks = graded_book
    id_ = _drawn_id(data, book)
    if id_ is not None and set(exempted(book, exempt(book, {}, id_))).isdisjoint(exempted(book, marks)):
        assert _recorded(marks) == _recorded(unexempt(book, exempt(book, marks, id_), id_))


@settings(max_examples=60)
@given(st.data(), graded_books(), st.integers(0, 5))
def test_a_mark_that_is_entered_ends_its_exemption_and_no_other(data, graded_book, points):
    """Whatever was exempt, after a mark is entered only it and the categories above it no longer are (X11, X13)."""
    book, marks = graded_book
    id_ = _drawn_id(data, book)
    if id_ is None:
        return
    items = {row.node.id for row in rows(book)[1:] if not isinstance(row.node, Category)}
    entered = enter(book, marks, id_, points)
    assert points == entered[id_]
    if id_ in items:
        assert items.intersection(exempted(book, marks)) - {id_} == items.intersection(exempted(book, entered))


@settings(max_examples=60)
@given(st.data(), graded_books())
def test_lifting_ends_the_exemptions_there_and_in_it_and_no_other(data, graded_book):
    """Nothing is exempt any more at the id and in it, and every item elsewhere is as it was (X10, X13)."""
    book, marks = graded_book
    id_ = _drawn_id(data, book)
    if id_ is None:
        return
    items = {row.node.id for row in rows(book)[1:] if not isinstance(row.node, Category)}
    within = set(exempted(book, exempt(book, {}, id_)))
    left = set(exempted(book, unexempt(book, marks, id_)))
    assert set() == left & within
    assert items.intersection(exempted(book, marks)) - within == items & left


@settings(max_examples=60)
@given(graded_books(Features(branch_floors=False, overrides=False, symbols=False)), POLICIES)
def test_item_by_item_an_exempt_category_gives_the_same_final(graded_book, policy):
    """Marks in which items alone are exempt give the final grade of those that exempt categories (X6, X15)."""
    book, marks = graded_book
    categories = [row.node for row in rows(book) if isinstance(row.node, Category)]
    by_item = exempt_by_item(book, marks)
    assert not any(category.id in by_item for category in categories)
    if all(_counting_items(category) for category in categories):
        assert grade(book, marks, ungraded=policy).final.percent == grade(book, by_item, ungraded=policy).final.percent
