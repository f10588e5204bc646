# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of late work, of every gradebook, policy and bank."""

from hypothesis import given
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    LateFacts,
    Mark,
    Report,
    apply_late_rules,
    compile_gradebook,
    grade,
)
from gradecalc.gradebook.late_policy import deduct, fill_missing
from gradecalc.testing import (
    graded_books,
    late_facts,
    late_policies,
    late_rules,
)


@st.composite
def late_courses(draw):
    """Return a plan, the marks of a learner, late rules and facts of lateness."""
    book, marks = draw(graded_books())
    return compile_gradebook(book), marks, draw(late_rules(book)), draw(late_facts(book))


@given(late_courses())
def test_a_bank_is_never_below_zero(course):
    """What is left in a bank is from 0 to its size, and falls by what is spent (H19)."""
    plan, marks, rules, facts = course
    record = apply_late_rules(plan, rules, marks, facts)
    if rules.bank is None:
        assert record.left is None
    else:
        assert 0 <= record.left == rules.bank.size - sum(each.spent for each in record.outcomes)


@given(late_courses())
def test_every_point_is_accounted_for(course):
    """Late work has its points less what was taken, which a report tells of every mark that changed (H4, H24)."""
    plan, marks, rules, facts = course
    before, record = grade(plan, marks), apply_late_rules(plan, rules, marks, facts)
    after = grade(plan, record.marks)
    for outcome in record.outcomes:
        if outcome.id not in facts.missing and outcome.adjusted.deducted:
            assert after[outcome.id].recorded == outcome.adjusted.points
            assert {"late", "late_not_accepted"} & {reason.code for reason in after[outcome.id].reasons}
    changed = {id_ for id_ in record.marks if record.marks[id_] != marks.get(id_)}
    assert changed <= {each.id for each in record.outcomes}
    assert list(before) == list(after)
    assert after == Report.from_dict(after.to_dict())


@given(late_courses())
def test_without_lateness_nothing_changes(course):
    """Marks of work in time are as they were, whatever the rules, and the bank is whole."""
    plan, marks, rules, _ = course
    record = apply_late_rules(plan, rules, marks, LateFacts())
    assert (marks, ()) == (record.marks, record.outcomes)
    assert record.left == (None if rules.bank is None else rules.bank.size)


@given(late_courses())
def test_exempt_work_is_as_if_it_were_in_time(course):
    """Exempting what was late or missing undoes everything that lateness did to it, and it spends nothing (H20)."""
    plan, marks, rules, facts = course
    exempt = {**marks, **dict.fromkeys([*facts.late, *facts.missing], EXEMPT)}
    record = apply_late_rules(plan, rules, exempt, facts)
    assert (exempt, ()) == (record.marks, record.outcomes)


@given(late_policies(), st.fractions(-5, 20, max_denominator=9), st.integers(0, 20), st.integers(0, 10**6), st.data())
def test_later_is_never_better(policy, points, out_of, late, data):
    """No policy gives later work more, or takes more than there is (H4, H12)."""
    later = data.draw(st.integers(late, 2 * 10**6))
    early, after = (deduct(policy, points, out_of, each).points for each in (late, later))
    assert min(points, 0) <= after <= early <= points
    filled = fill_missing(policy, None, out_of).points
    assert filled is None or 0 <= filled <= out_of


@given(late_courses())
def test_rules_are_applied_from_marks_to_marks(course):
    """What was given is not changed, and the same again gives the same (H1)."""
    plan, marks, rules, facts = course
    kept = dict(marks)
    first, again = (apply_late_rules(plan, rules, marks, facts) for _ in range(2))
    assert (kept, first) == (marks, again)
    assert all(isinstance(first.marks[id_], Mark) for id_ in first.marks if first.marks[id_] != marks.get(id_))
