# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of results that stand in for others'."""

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import Category, ReplacedWhen, UngradedPolicy, grade
from gradecalc.testing import graded_books

POLICIES = st.none() | st.sampled_from(UngradedPolicy)


def _only_better(node):
    changes = {}
    if node.replaced_by is not None:
        changes["replaced_by"] = evolve(node.replaced_by, when=ReplacedWhen.BETTER, even_exempt=False)
    if isinstance(node, Category):
        if node.replace_lowest is not None:
            better = evolve(node.replace_lowest.by, when=ReplacedWhen.BETTER, even_exempt=False)
            changes["replace_lowest"] = evolve(node.replace_lowest, by=better)
        changes["children"] = [_only_better(child) for child in node.children]
    return evolve(node, **changes)


@settings(max_examples=60)
@given(graded_books(), POLICIES)
def test_a_replacement_that_is_to_be_better_never_lowers(graded_book, policy):
    """Where only a worse score is replaced, what stands in is above it, and replaces no blank (V12, V13)."""
    book, marks = graded_book
    book = evolve(book, children=[_only_better(child) for child in book.children])
    report = grade(book, marks, ungraded=policy)
    replaced = [report[id_] for id_ in report if report[id_].replaced is not None]
    assert all(each.replaced.percent == each.percent > each.replaced.instead for each in replaced)


@settings(max_examples=60)
@given(graded_books())
def test_who_has_no_score_is_graded_as_without_the_rules(graded_book):
    """Only a source with a score replaces anything: with nothing marked every line is as without the rules (V11)."""
    book, _ = graded_book
    marked = (grade(each, {}, ungraded=UngradedPolicy.LEAVE_OUT) for each in (book, _without(book)))
    with_rules, without = marked
    assert [with_rules[id_] for id_ in with_rules] == [without[id_] for id_ in without]


def _without(node):
    changes = {} if node.replaced_by is None else {"replaced_by": None}
    if getattr(node, "replace_lowest", None) is not None:
        changes["replace_lowest"] = None
    if hasattr(node, "children"):
        changes["children"] = [_without(child) for child in node.children]
    return evolve(node, **changes)
