# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of weights, and of the outline that adds up."""

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import (
    Category,
    GradeItem,
    Maximum,
    Mean,
    Rescale,
    SumOfPoints,
    Treatment,
    UngradedPolicy,
    WeightUnit,
    grade,
)
from gradecalc.gradebook.tree import rows
from gradecalc.testing import (
    Features,
    aggregations,
    exact_numbers,
    graded_books,
    weighted_means,
)

POLICIES = st.none() | st.sampled_from(UngradedPolicy)
ADDING = (Treatment.COUNTED, Treatment.COUNTED_AS_ZERO, Treatment.BONUS)
COUNTED = (Treatment.COUNTED, Treatment.COUNTED_AS_ZERO)
CHANGED = {"capped", "capped_at", "floored", "hurdle_cap", "rounded", "rounded_points", "overridden"}
SCALED = Features(
    unweighted=False,
    bonus=False,
    best_of=False,
    replacements=False,
    moved_weights=False,
    aggregations=weighted_means(rescale=Rescale.ALWAYS).filter(lambda each: each.out_of is not Maximum.WEIGHTS),
)
UNORDERED = Features(
    drops=False,
    hurdles=False,
    replacements=False,
    moved_weights=False,
    aggregations=aggregations(by_rank=False),
)
GIVEN = Features(
    nested=False,
    drops=False,
    bonus=False,
    unweighted=False,
    best_of=False,
    replacements=False,
    aggregations=weighted_means(by_rank=False),
)
LINEAR = Features(
    zero_maxima=False,
    rounding=False,
    overrides=False,
    best_of=False,
    replacements=False,
    aggregations=st.one_of(weighted_means(), st.builds(SumOfPoints), st.builds(Mean)),
)


def _scaled(node, factor):
    if isinstance(node, GradeItem):
        return evolve(node, weight=node.weight * factor)
    children = [_scaled(child, factor) for child in node.children]
    if isinstance(node, Category):
        return evolve(node, children=children, weight=node.weight * factor)
    return evolve(node, children=children)


def _reversed(node):
    if isinstance(node, GradeItem):
        return node
    return evolve(node, children=[_reversed(child) for child in reversed(node.children)])


@settings(max_examples=80)
@given(graded_books(SCALED), exact_numbers(1, 9), POLICIES)
def test_scaling_all_weights_changes_nothing(graded_book, factor, policy):
    """With every weight given and `Rescale.ALWAYS`, only the proportions of the weights matter (W3).

    Not so where a branch is out of its weights, nor with a bonus, whose weight is a share of the fixed whole (B3).
    """
    book, marks = graded_book
    before, after = (grade(each, marks, ungraded=policy) for each in (book, _scaled(book, factor)))
    assert [before[id_] for id_ in before] == [after[id_] for id_ in after]


@settings(max_examples=80)
@given(graded_books(UNORDERED), POLICIES)
def test_permuting_children_changes_nothing(graded_book, policy):
    """Every line has the same result in every order of the children, but for ties of drops and of ranks (D3, W10).

    So also of replacements (V11, V15), and the reasons of several weights that move to one come in book order (V3).
    """
    book, marks = graded_book
    before, after = (grade(each, marks, ungraded=policy) for each in (book, _reversed(book)))
    assert {id_: before[id_] for id_ in before} == {id_: after[id_] for id_ in after}


@settings(max_examples=80)
@given(graded_books(LINEAR), POLICIES)
def test_the_outline_adds_up(graded_book, policy):
    """A branch's share of the final times its percent is the sum of those of its children (W9, B1).

    So it is for every linear branch that no cap or floor changed, in which nothing is out of 0 and something has a
    weight. A bonus that states a least below 0 may cost.
    """
    book, marks = graded_book
    report = grade(book, marks, ungraded=policy)
    for row in rows(book):
        if isinstance(row.node, GradeItem):
            continue
        branch = report["final" if row.parent < 0 else row.node.id]
        adding = [(child, report[child.id]) for child in row.node.children if report[child.id].treatment in ADDING]
        if branch.percent is None or not all(each.out_of and each.weight is not None for _, each in adding):
            continue
        if branch.weight and not CHANGED & {reason.code for reason in branch.reasons}:
            assert branch.weight * branch.percent == sum(each.weight * _moved(child, each) for child, each in adding)


def _moved(child, result):
    """Return the percent by which a child moves its branch: a bonus never costs, unless it says so (B1)."""
    never_costs = result.treatment is Treatment.BONUS and not (getattr(child, "min_points", None) or 0) < 0
    return max(result.percent, 0) if never_costs else result.percent


@settings(max_examples=80)
@given(graded_books(GIVEN), POLICIES)
def test_moved_weight_is_neither_lost_nor_made(graded_book, policy):
    """What the children that count weigh together is what they weigh by themselves and what moved to them (V1, V3)."""
    book, marks = evolve(graded_book[0], weights_in=WeightUnit.PERCENT), graded_book[1]
    columns = grade(book, marks, ungraded=policy).columns
    counted = [line for line, treatment in enumerate(columns.treatments) if line and treatment in COUNTED]
    unit = 100 if book.weights_in is WeightUnit.SHARE else 1
    own = sum(book.children[line - 1].weight * unit for line in counted)
    moved = sum(note[1] for _, note in columns.notes if note[0] == "weight_moved")
    assert own + moved == sum(columns.shares[line] for line in counted) or own + moved == 0


@settings(max_examples=60)
@given(graded_books(), POLICIES)
def test_what_does_not_add_has_no_share(graded_book, policy):
    """A line that is dropped, exempt, left out or not counted has an effective weight of 0 (W9)."""
    book, marks = graded_book
    report = grade(book, marks, ungraded=policy)
    results = [report[id_] for id_ in report]
    assert all(result.weight == 0 for result in results if result.treatment not in ADDING)
