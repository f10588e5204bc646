# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Late work of a whole learner, or of a class: marks and facts in, the marks to grade out."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    Category,
    Change,
    ChangeKind,
    Cover,
    DefinitionError,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    ItemLatePolicy,
    LateBank,
    LateFacts,
    LatePolicy,
    LateRules,
    Mark,
    MarksError,
    Report,
    SavedBy,
    SpendOrder,
    apply_late_rules,
    apply_late_rules_to_class,
    compile_gradebook,
    grade,
)

DAY = 86_400
LABS = [f"Lab {nth}" for nth in (1, 2, 3)]
BOOK = Gradebook([Category("Labs", [GradeItem(name, max_points=10) for name in LABS]), GradeItem("Essay", 100)])
PLAN = compile_gradebook(BOOK)
TWO_A_DAY = LatePolicy(points=2)
MARKS = {"Lab 1": 9, "Lab 2": 8, "Lab 3": 10, "Essay": 70}


def settle(bank, marks, late, **facts):
    return apply_late_rules(PLAN, LateRules(TWO_A_DAY, bank), marks, LateFacts(late, **facts))


def test_late_marks_change_and_keep_what_they_were():
    """A late mark is a mark with the change at it; others stay as they were recorded (H24)."""
    record = settle(None, MARKS, {"Lab 1": DAY + 1, "Essay": -5})
    change = Change(ChangeKind.LATE, (9, "2 days", Fraction(4)))
    assert {**MARKS, "Lab 1": Mark(Fraction(5), changes=(change,))} == record.marks
    assert record.left is None


def test_a_report_tells_the_deduction_on_the_line():
    """The reasons of an item that was late say what it was, how late, and what that took, by code and figures (H24)."""
    record = settle(LateBank(size=1), MARKS, {"Lab 1": DAY + 1})
    report = grade(PLAN, record.marks)
    reasons = report["Lab 1"].reasons
    assert ["late_covered", "late"] == [reason.code for reason in reasons]
    assert [("2 days", 1, 0), (9, "2 days", 2)] == [reason.arguments for reason in reasons]
    assert 7 == report["Lab 1"].points
    assert report == Report.from_dict(report.to_dict())


def test_a_covered_mark_keeps_its_points_and_says_so():
    """What the bank covers wholly has its points, and the report tells what was spent (H16, H24)."""
    record = settle(LateBank(size=3), MARKS, {"Lab 1": DAY})
    assert Mark(9, changes=(Change(ChangeKind.COVERED, ("1 day", 1, 2)),)) == record.marks["Lab 1"]
    assert 2 == record.left


def test_the_order_due_is_the_one_stated():
    """The bank is spent first on what is stated to be due first, and then in book order (H17, H21)."""
    bank = LateBank(size=1)
    late = {"Lab 2": 1, "Lab 1": 1, "Lab 3": 1}
    assert [1, 0, 0] == [each.spent for each in settle(bank, MARKS, late).outcomes]
    stated = apply_late_rules(PLAN, LateRules(TWO_A_DAY, bank, due=["Lab 3"]), MARKS, LateFacts(late))
    assert [("Lab 3", 1), ("Lab 1", 0), ("Lab 2", 0)] == [(each.id, each.spent) for each in stated.outcomes]


def test_the_best_way_is_in_points_or_percent():
    """A day of the essay is more points and fewer percent than a day of a lab (H17)."""
    policy = LatePolicy(points=4)
    late = LateFacts({"Lab 1": 1, "Essay": 1})
    marks = {"Lab 1": 3, "Essay": 90}
    spent = {
        by: [each.spent for each in apply_late_rules(PLAN, LateRules(policy, bank), marks, late).outcomes]
        for by in SavedBy
        for bank in [LateBank(size=1, order=SpendOrder.BEST, best_by=by)]
    }
    assert {SavedBy.POINTS: [0, 1], SavedBy.PERCENT: [1, 0]} == spent


def test_learners_may_say_what_they_spend():
    """As stated nothing is spent that is not asked for, and one learner may have more in the bank (H17)."""
    bank = LateBank(size=1, order=SpendOrder.STATED)
    late = {"Lab 1": 1, "Lab 2": 2 * DAY}
    assert [0, 1] == [each.spent for each in settle(bank, MARKS, late, asked={"Lab 2": 2}).outcomes]
    assert [0, 2] == [each.spent for each in settle(bank, MARKS, late, asked={"Lab 2": 2}, extra=3).outcomes]


def test_nothing_is_spent_where_nothing_can_be_lost():
    """Exempt work, alone or with its category, work in time, missing or too late, spends nothing (H20)."""
    bank, rules = LateBank(size=9), LatePolicy(points=2, accepted=2, grace=60)
    marks = {**MARKS, "Lab 1": Mark(9, exempt=True)}
    facts = LateFacts({"Lab 1": DAY, "Lab 2": 60, "Lab 3": 3 * DAY}, missing=("Essay",))
    assert 9 == apply_late_rules(PLAN, LateRules(rules, bank), marks, facts).left
    assert 9 == apply_late_rules(PLAN, LateRules(TWO_A_DAY, bank), {"Labs": EXEMPT}, LateFacts({"Lab 1": 1})).left
    assert 9 == settle(LateBank(size=9, items=["Essay"]), MARKS, {"Lab 1": 1}).left


def test_work_not_yet_graded_spends_as_it_was_handed_in():
    """What is graded first does not matter to what is spent in the order due; the best way waits for a score (H20)."""
    late = {"Lab 1": 1, "Lab 2": 1}
    assert [1, 0] == [each.spent for each in settle(LateBank(size=1), {"Lab 2": 8}, late).outcomes]
    best = settle(LateBank(size=1, order=SpendOrder.BEST), {"Lab 2": 8}, late)
    assert [0, 1] == [each.spent for each in best.outcomes]
    assert "Lab 1" not in best.marks


def test_an_item_may_have_a_policy_of_its_own_or_none():
    """The essay loses nothing for lateness, and the second lab twice as much as the others (H22)."""
    rules = LateRules(TWO_A_DAY, own=[ItemLatePolicy("Essay"), ItemLatePolicy("Lab 2", LatePolicy(points=4))])
    record = apply_late_rules(PLAN, rules, MARKS, LateFacts(dict.fromkeys(MARKS, 1)))
    assert [7, 4, 8, 70] == [record[id_].adjusted.points for id_ in MARKS]


def test_missing_work_is_filled_in():
    """Missing work without a score gets what the policy says, with the reason; a score stays (H6, H7)."""
    rules = LateRules(LatePolicy(missing=100))
    record = apply_late_rules(PLAN, rules, {"Lab 2": 5}, LateFacts(missing=("Lab 1", "Lab 2")))
    assert {"Lab 1": Mark(0, changes=(Change(ChangeKind.MISSING, (0,)),)), "Lab 2": 5} == record.marks
    assert ["missing_filled"] == [reason.code for reason in grade(PLAN, record.marks)["Lab 1"].reasons]


def test_any_mark_with_a_number_can_be_late():
    """Passes and symbols lose points like numbers, each of the learner's own maximum, and circumstances stay (H24)."""
    scheme = GradeScheme.from_cutoffs({"Good": 80, "Poor": 0})
    book = Gradebook(
        [
            GradeItem("Pass", 10, kind=ItemKind.PASS_FAIL),
            GradeItem("Symbol", 10, kind=ItemKind.SELECTBOX, scheme=scheme),
            GradeItem("Own", 10),
            GradeItem("Text", kind=ItemKind.TEXT),
        ]
    )
    marks = {"Pass": True, "Symbol": "Good", "Own": Mark(20, out_of=50, by="Ada", note="rewritten"), "Text": "fine"}
    rules = LateRules(LatePolicy(deduction=10))
    record = apply_late_rules(book, rules, marks, LateFacts(dict.fromkeys(marks, timedelta(hours=1))))
    assert [9, 7, 15, None] == [record[id_].adjusted.points for id_ in marks]
    assert ("Ada", "rewritten", 50) == (record.marks["Own"].by, record.marks["Own"].note, record.marks["Own"].out_of)
    assert "fine" == record.marks["Text"]


def test_a_policy_in_the_place_of_rules_is_refused():
    """What are no rules is refused at once, a policy too, which rules hold."""
    with pytest.raises(DefinitionError) as refused:
        apply_late_rules(BOOK, LatePolicy(deduction=10), {})
    assert [("wrong_type", "rules")] == [(each.code, each.path) for each in refused.value.problems]


def test_every_fact_that_cannot_be_used_is_told():
    """Unknown ids, lateness that is no number, and what is both late and missing come all together (H23)."""
    facts = LateFacts({"Lab 9": 1, "Lab 1": "a day", "Lab 2": 1}, missing=("Lab 2",), asked={"Lab 3": -1})
    with pytest.raises(MarksError) as caught:
        apply_late_rules(PLAN, LateRules(TWO_A_DAY), MARKS, facts)
    assert {
        ("unknown_id", "Lab 9"),
        ("unreadable_lateness", "Lab 1"),
        ("contradiction", "Lab 2"),
        ("not_a_count", "Lab 3"),
    } == {(problem.code, problem.path) for problem in caught.value.problems}


def test_rules_are_judged_completely():
    """Everything wrong with the rules is told at once, with its path."""
    rules = LateRules(
        LatePolicy(deduction=101), LateBank(size=-1, items=["Lab 0"]), own=[ItemLatePolicy("Labs")], due=["Lab 4"]
    )
    with pytest.raises(DefinitionError) as caught:
        apply_late_rules(PLAN, rules, MARKS)
    assert {"policy.deduction", "bank.size", "bank.items[0]", "own[0].id", "due[0]"} == {
        problem.path for problem in caught.value.problems
    }


def test_nobody_ends_a_class():
    """A learner whose marks or facts cannot be used is an error in the results, and the others are settled (H23)."""
    marks = {"ada": MARKS, "bob": {"Lab 1": "nine"}, "cy": MARKS}
    facts = {"ada": LateFacts({"Lab 1": 1}), "cy": LateFacts({"Lab 0": 1}), "dee": LateFacts(missing=("Lab 1",))}
    facts |= {"eve": None, "fay": LateFacts([("Lab 1", 1)]), "gil": LateFacts({None: 1})}
    found = dict(apply_late_rules_to_class(BOOK, LateRules(TWO_A_DAY), marks, facts))
    assert ["ada", "bob", "cy", "dee", "eve", "fay", "gil"] == list(found)
    assert 7 == found["ada"]["Lab 1"].adjusted.points
    assert {MarksError} == {type(found[learner]) for learner in ("bob", "cy", "eve", "fay", "gil")}


def test_a_record_explains_itself():
    """The outline has a row for each late work, with every reason, and what is left; others are no key."""
    record = settle(LateBank(size=1), MARKS, {"Lab 1": 2 * DAY})
    (row,) = record.outline().children
    assert ("Lab 1", "7", "0 left in the bank") == (row.label, row.value, record.outline().value)
    assert "1 spent of the bank, which leaves 0" == row.notes[-1]
    with pytest.raises(KeyError):
        record["Essay"]


@pytest.mark.parametrize(
    "changes", ["late", [Change(ChangeKind.MISSING, (1,))], ("late",), (Change(ChangeKind.MISSING, ()),)]
)
def test_a_change_is_judged_with_its_mark(changes):
    """A change of a wrong type, or without its figures, is no mark (M2)."""
    with pytest.raises(MarksError):
        grade(PLAN, {"Lab 1": Mark(1, changes=changes)})


lateness = st.sampled_from((0, 1, DAY, DAY + 1, 3 * DAY, 6 * DAY))
banks = st.none() | st.builds(
    LateBank, size=st.integers(0, 4), order=st.sampled_from(SpendOrder), cover=st.just(Cover.PART)
)


@given(banks, *[lateness] * 3, st.sampled_from(LABS), st.integers(0, 3 * DAY))
def test_handing_in_later_gains_nothing(bank, first, second, third, id_, later):
    """A later hand-in gains nothing in that work, or under the best way nothing over all works together (H25)."""
    late = dict(zip(LABS, (first, second, third), strict=True))
    early, after = (
        settle(bank, MARKS, each, asked=dict.fromkeys(LABS, 2)) for each in (late, {**late, id_: late[id_] + later})
    )
    if bank and bank.order is SpendOrder.BEST:
        assert sum(after[name].adjusted.points for name in LABS) <= sum(early[name].adjusted.points for name in LABS)
    else:
        assert after[id_].adjusted.points <= early[id_].adjusted.points
    assert bank is None or 0 <= after.left <= bank.size


def test_handing_in_too_late_for_the_bank_can_leave_it_for_another():
    """With all or nothing, a first work too late for the bank leaves it to a second that loses more (H25)."""
    book = Gradebook([GradeItem("Small", 2), GradeItem("Large", 100)])
    rules = LateRules(LatePolicy(deduction=50, maximum=50), LateBank(size=1, cover=Cover.WHOLE))
    totals = [
        grade(book, apply_late_rules(book, rules, {"Small": 2, "Large": 100}, facts).marks).final.points
        for facts in (LateFacts({"Small": 1, "Large": 1}), LateFacts({"Small": 2 * DAY, "Large": 1}))
    ]
    assert [52, 101] == totals
