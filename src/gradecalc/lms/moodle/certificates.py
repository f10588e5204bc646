# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Moodle: who gets the certificate of a course, which is an activity there and has no rule about grades of its own.

>>> from gradecalc.lms.moodle.availability.restriction_tree import read_availability
>>> from gradecalc.release_conditions import LearnerFacts
>>> for_group = read_availability({"op": "|", "show": True, "c": [{"type": "group", "id": 3}]})
>>> member = for_group.check(LearnerFacts(groups=["3"], roles=[]))
>>> decision = decide_certificate(member, may_receive=True, minutes=45, required_minutes=60)
>>> for each in decision.children:
...     print(each.label, each.verdict.value)
access met
right to receive met
time in the course not met

It is issued when it is first looked at, once, and stays whatever becomes of the grades. Rules K38 and K39.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ...decisions import Decision, join
from ...exact import Number, read_number, write_exact
from ...moments import utc
from ...outcomes import Outcome
from ...reasons import ReasonTexts
from ...verdicts import Verdict, verdict
from .availability.restriction_tree import Answer

CERTIFICATES: Final = ReasonTexts(
    "moodle certificates",
    {
        "access": "access",
        "at_least": "at least {0} minutes",
        "certificate": "certificate",
        "issued": "issued now, for good",
        "issued_before": "issued before, which stays",
        "manages": "the right to manage certificates, which needs none",
        "minutes": "{0} minutes",
        "not_issued": "not issued: {0}",
        "not_known": "not known",
        "right": "right to receive",
        "time": "time in the course",
    },
)
"""What is said of the certificate of a course."""


def decide_certificate(
    access: Answer,
    *,
    may_receive: bool | None,
    minutes: Number | None = None,
    required_minutes: Number = 0,
    manages: bool = False,
) -> Decision:
    """Return whether a learner may have the certificate of an activity that is available so, with all reasons (K38).

    `minutes` are those spent in the course; `may_receive` and these are None where they are not known.
    """
    allowed = Verdict.UNDETERMINED if may_receive is None else verdict(may_receive)
    found = CERTIFICATES.phrase("not_known") if may_receive is None else ""
    decisions = [
        Decision(CERTIFICATES.phrase("access"), access.verdict, children=(access.decision,)),
        Decision(CERTIFICATES.phrase("right"), allowed, found=found),
    ]
    if required_minutes:
        decisions.append(_time_spent(minutes, required_minutes, manages=manages))
    return join(CERTIFICATES.phrase("certificate"), decisions)


def issue_certificate(issued: datetime | None, decision: Decision, now: datetime) -> Outcome[datetime | None]:
    """Return when the certificate was issued: now, if it was not before and may be, and once issued for good (K39)."""
    if issued is not None:
        reasons = [CERTIFICATES.reason("issued_before")]
    elif decision.verdict is Verdict.MET:
        reasons = [CERTIFICATES.reason("issued")]
    else:
        reasons = [CERTIFICATES.reason("not_issued", str(each)) for each in decision.obstacles]
    since = utc(now) if issued is None and decision.verdict is Verdict.MET else issued
    return Outcome(since, changed=since is not issued, reasons=reasons, subject=CERTIFICATES.phrase("certificate"))


def _time_spent(minutes: Number | None, required: Number, *, manages: bool) -> Decision:
    label, needed = (
        CERTIFICATES.phrase("time"),
        CERTIFICATES.phrase("at_least", read_number(required), show=write_exact),
    )
    if manages:
        return Decision(label, Verdict.MET, needed, CERTIFICATES.phrase("manages"))
    if minutes is None:
        return Decision(label, Verdict.UNDETERMINED, needed, CERTIFICATES.phrase("not_known"))
    spent = read_number(minutes)
    found = CERTIFICATES.phrase("minutes", spent, show=write_exact)
    return Decision(label, verdict(spent >= read_number(required)), needed, found)
