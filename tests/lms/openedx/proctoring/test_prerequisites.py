# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What must be satisfied before a proctored exam of Open edX."""

import pytest
from attrs import evolve

from gradecalc import Verdict
from gradecalc.lms.openedx.credit.requirements import CreditRequirement, CreditStatus
from gradecalc.lms.openedx.proctoring.prerequisites import automatic_status, check_prerequisites
from gradecalc.lms.openedx.proctoring.statuses import AttemptStatus

ORDERED = [
    CreditRequirement("grade", "grade", order=0),
    CreditRequirement("exam", "first", order=1),
    CreditRequirement("exam", "second", order=2),
    CreditRequirement("exam", "last", order=3),
]


def labels(decision):
    """Return the labels of what was asked."""
    return [each.label for each in decision.children]


@pytest.mark.parametrize(
    ("first", "second", "state", "verdict", "declines"),
    [
        (CreditStatus.SATISFIED, CreditStatus.SATISFIED, "satisfied", Verdict.MET, None),
        (CreditStatus.SATISFIED, CreditStatus.SUBMITTED, "pending", Verdict.UNDETERMINED, None),
        (None, CreditStatus.FAILED, "failed", Verdict.NOT_MET, None),
        (CreditStatus.DECLINED, CreditStatus.FAILED, "declined", Verdict.NOT_MET, AttemptStatus.DECLINED),
    ],
)
def test_what_comes_before_an_exam_decides(first, second, state, verdict, declines):
    """Of the requirements before an exam a declined one declines it, and failed is told before pending (Q31, Q32)."""
    statuses = dict(zip(ORDERED, (None, first, second, CreditStatus.FAILED), strict=True))
    found = check_prerequisites(statuses, "last")
    assert (state, verdict, declines) == (found.code, found.verdict, automatic_status(found))


def test_each_prerequisite_says_how_it_stands():
    """A decision about prerequisites has one below for each, with what was found, so that all of them are told."""
    statuses = dict(zip(ORDERED, (None, None, CreditStatus.FAILED, None), strict=True))
    found = check_prerequisites(statuses, "last")
    assert {"exam first": "pending", "exam second": "failed"} == {each.label: each.code for each in found.obstacles}
    assert CreditStatus.FAILED.verdict is found["exam second"].verdict


def test_order_and_namespace_choose_the_prerequisites():
    """Only what comes before the exam counts, in whatever order it is given, without what is skipped (Q31)."""
    statuses = dict.fromkeys(reversed(ORDERED))
    assert ["exam first"] == labels(check_prerequisites(statuses, "second"))
    assert ["grade grade", "exam first", "exam second", "exam last"] == labels(
        check_prerequisites(statuses, skipped=())
    )


def test_an_inactive_requirement_is_no_prerequisite():
    """A requirement that is switched off is not asked (Q31)."""
    first, last = evolve(ORDERED[1], active=False), ORDERED[3]
    found = check_prerequisites({first: CreditStatus.FAILED, last: None}, "last")
    assert ((), Verdict.MET) == (found.children, found.verdict)


def test_any_requirement_can_be_a_prerequisite():
    """A requirement can be asked for whatever parsed JSON its criteria hold (Q31)."""
    listed = CreditRequirement("exam", "listed_first", criteria={"any": ["thing"]})
    assert "pending" == check_prerequisites({listed: None})["exam listed_first"].code
