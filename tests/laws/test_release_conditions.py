# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of release conditions."""

from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import EXEMPT, Category, UngradedPolicy, grade
from gradecalc.gradebook.tree import rows
from gradecalc.release_conditions import (
    Achieved,
    Achievement,
    AllOf,
    AnyOf,
    Comparison,
    Completed,
    Completion,
    GradeReceived,
    GradeValue,
    LearnerFacts,
    Measure,
    Measured,
    Member,
    Membership,
    NoGradeReceived,
    Not,
    check,
    find_condition_problems,
    keep_released,
)
from gradecalc.statistics import summarize
from gradecalc.testing import Features, exact_numbers, graded_books
from gradecalc.verdicts import Verdict

IDS = st.sampled_from("AB")
SINGLE = st.sampled_from([each for each in Comparison if each is not Comparison.BETWEEN])
LEAVES = st.one_of(
    st.builds(Measured, st.sampled_from((Measure.POSTS, Measure.QUIZ_SCORE)), IDS, SINGLE, st.integers(0, 2)),
    st.builds(Achieved, st.just(Achievement.AWARD_EARNED), IDS),
    st.builds(Member, st.just(Membership.GROUP), st.none() | IDS),
    st.builds(Completed, IDS, st.lists(st.sampled_from(Completion), min_size=1)),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, max_size=3).map(lambda many: AllOf(*many)),
        st.lists(inner, max_size=3).map(lambda many: AnyOf(*many)),
    ),
    max_leaves=8,
)
NUMBERS = st.none() | st.dictionaries(IDS, st.integers(0, 2))
SETS = st.none() | st.frozensets(IDS)
FACTS = st.builds(
    LearnerFacts,
    posts=NUMBERS,
    scores=NUMBERS,
    awards=SETS,
    groups=SETS,
    completions=st.none() | st.dictionaries(IDS, st.sampled_from(Completion)),
    existing=st.none() | st.fixed_dictionaries({"posts": SETS, "awards": SETS}),
)


def verdicts(facts, *conditions):
    """Return the verdict of each condition."""
    return [check(condition, facts).verdict for condition in conditions]


def same(facts, left, right):
    """Return whether two conditions come to the same."""
    return check(left, facts).verdict is check(right, facts).verdict


@given(FACTS, CONDITIONS, CONDITIONS)
def test_de_morgan(facts, left, right):
    """Not all is any not, and not any is all not (L1, L6)."""
    assert same(facts, Not(AllOf(left, right)), AnyOf(Not(left), Not(right)))
    assert same(facts, Not(AnyOf(left, right)), AllOf(Not(left), Not(right)))


@given(FACTS, CONDITIONS, CONDITIONS, CONDITIONS)
def test_joins_are_a_lattice(facts, one, two, three):
    """Both ways of joining commute, associate, absorb and distribute, and joining a condition to itself is it (L1)."""
    for join, other in ((AllOf, AnyOf), (AnyOf, AllOf)):
        assert same(facts, join(one, two), join(two, one))
        assert same(facts, join(one, join(two, three)), join(join(one, two), three))
        assert same(facts, join(one, join(two, three)), join(one, two, three))
        assert same(facts, join(one, one), one)
        assert same(facts, join(one, other(one, two)), one)
        assert same(facts, join(one, other(two, three)), other(join(one, two), join(one, three)))


@given(FACTS, CONDITIONS)
def test_nothing_is_the_neutral_element(facts, condition):
    """All of none adds nothing to all, any of none nothing to any, and not twice is nothing (L1, L6)."""
    assert [check(condition, facts).verdict] * 3 == verdicts(
        facts, AllOf(condition, AllOf()), AnyOf(condition, AnyOf()), Not(Not(condition))
    )


@given(FACTS, st.lists(CONDITIONS, max_size=5), st.randoms())
def test_the_order_of_conditions_never_matters(facts, conditions, random):
    """Shuffled conditions come to the same verdict (L1)."""
    mixed = random.sample(conditions, len(conditions))
    for join in (AllOf, AnyOf):
        assert same(facts, join(*conditions), join(*mixed))


@given(FACTS, CONDITIONS)
def test_the_verdict_is_the_root_of_the_outline(facts, condition):
    """A decision's verdict equals its outline's root, and every row's is that of a decision within it."""
    decision = check(condition, facts)
    outline = decision.outline()
    assert decision.verdict.value == outline.value
    assert len(decision.reasons) == sum(1 for _, row in outline.rows() if row.notes)
    assert [child.verdict.value for child in decision.children] == [row.value for row in outline.children]


@given(st.lists(FACTS, min_size=1, max_size=5), CONDITIONS)
def test_a_release_that_is_kept_never_ends(history, condition):
    """Over a history of facts the kept verdict is met from the first time that the present one is (L16)."""
    present = [check(condition, facts) for facts in history]
    kept = [reduce(keep_released, present[:until], None) for until in range(1, len(present) + 1)]
    for until, decision in enumerate(kept, start=1):
        ever = any(each.verdict is Verdict.MET for each in present[:until])
        assert (Verdict.MET if ever else present[until - 1].verdict) is decision.verdict
        assert decision.verdict.value == decision.outline().value


@given(FACTS, st.lists(LEAVES, max_size=6))
def test_a_noticed_contradiction_is_never_met(facts, conditions):
    """An `AllOf` with a notice of contradiction is met by no facts (L17)."""
    condition = AllOf(*conditions)
    if any(problem.code == "contradiction" for problem in find_condition_problems(condition)):
        assert Verdict.MET is not check(condition, facts).verdict


@settings(max_examples=60)
@given(st.data(), graded_books(Features(overrides=False)), st.none() | st.sampled_from(UngradedPolicy))
def test_exempt_never_triggers(data, graded_book, policy):
    """Whatever the book, the policy and the bound, an exempt learner meets no grade condition on the item (L2)."""
    book, marks = graded_book
    id_ = data.draw(st.sampled_from([row.node.id for row in rows(book)[1:]]))
    condition = GradeValue(id_, data.draw(SINGLE), data.draw(exact_numbers(-10, 110)))
    facts = LearnerFacts(report=grade(book, marks | {id_: EXEMPT}, ungraded=policy))
    assert [Verdict.NOT_MET] * 3 == verdicts(facts, condition, GradeReceived(id_), NoGradeReceived(id_))


@settings(max_examples=60)
@given(st.data(), graded_books(), st.none() | st.sampled_from(UngradedPolicy))
def test_a_grade_is_on_one_side_of_a_bound_or_missing_or_exempt(data, graded_book, policy):
    """Of below, at least and no grade received one is met, and none only without a percent (L2 to L8)."""
    book, marks = graded_book
    report = grade(book, marks, ungraded=policy)
    id_, bound = data.draw(st.sampled_from(list(report))), data.draw(exact_numbers(0, 100))
    sides = [GradeValue(id_, side, bound) for side in (Comparison.BELOW, Comparison.AT_LEAST)]
    met = verdicts(LearnerFacts(report=report), *sides, NoGradeReceived(id_)).count(Verdict.MET)
    assert met == 1 or (met == 0 and report[id_].percent is None)


@settings(max_examples=60)
@given(st.data(), graded_books(), st.none() | st.sampled_from(UngradedPolicy))
def test_statistics_and_conditions_have_one_meaning_of_graded(data, graded_book, policy):
    """Who is submitted, ungraded and exempt in the statistics has, lacks and is excused from a grade (U10)."""
    book, marks = graded_book
    report = grade(book, marks, ungraded=policy)
    id_ = data.draw(st.sampled_from(list(report)))
    figures = summarize([report], id_)
    received, none = verdicts(LearnerFacts(report=report), GradeReceived(id_), NoGradeReceived(id_))
    assert (received is Verdict.MET) == (figures.submitted + figures.without_percent.number == 1)
    assert (none is Verdict.MET) == (figures.ungraded.number == 1)
    assert (received is none is Verdict.NOT_MET) == (figures.exempt.number == 1)


@settings(max_examples=60)
@given(st.data(), graded_books(), st.sampled_from(UngradedPolicy))
def test_what_is_recorded_is_no_matter_of_how_blanks_count(data, graded_book, policy):
    """An item is graded, ungraded or exempt whatever the ungraded policy (U10, T1)."""
    book, marks = graded_book
    plain, other = grade(book, marks), grade(book, marks, ungraded=policy)
    items = [row.node.id for row in rows(book)[1:] if not isinstance(row.node, Category)]
    assert [plain.without_score(id_) for id_ in items] == [other.without_score(id_) for id_ in items]
