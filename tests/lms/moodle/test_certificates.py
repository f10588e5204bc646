# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Who gets the certificate of a course of Moodle, and that it stays."""

from datetime import UTC, datetime

import pytest

from gradecalc import Verdict
from gradecalc.lms.moodle.availability import read_availability
from gradecalc.lms.moodle.certificates import decide_certificate, issue_certificate
from gradecalc.release_conditions import LearnerFacts

NOW, LATER = datetime(2026, 5, 4, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
FOR_GROUP = read_availability({"op": "|", "show": True, "c": [{"type": "group", "id": 3}]})


def access(*groups):
    """Return whether a learner of these groups may look at the certificate."""
    return FOR_GROUP.check(LearnerFacts(groups=groups, roles=[]))


@pytest.mark.parametrize(
    ("stated", "expected", "obstacles"),
    [
        ({}, Verdict.MET, []),
        ({"may_receive": False}, Verdict.NOT_MET, ["right to receive"]),
        ({"may_receive": None}, Verdict.UNDETERMINED, ["right to receive"]),
        ({"required_minutes": 60, "minutes": 60}, Verdict.MET, []),
        ({"required_minutes": 60, "minutes": 59.5}, Verdict.NOT_MET, ["time in the course"]),
        ({"required_minutes": 60}, Verdict.UNDETERMINED, ["time in the course"]),
        ({"required_minutes": 60, "minutes": 0, "manages": True}, Verdict.MET, []),
        (
            {"may_receive": False, "required_minutes": 1, "minutes": 0},
            Verdict.NOT_MET,
            ["right to receive", "time in the course"],
        ),
    ],
)
def test_a_certificate_asks_for_access_a_right_and_time(stated, expected, obstacles):
    """Access, the right to receive it and the minutes in the course decide, and who manages needs no minutes (K38)."""
    decision = decide_certificate(access("3"), **{"may_receive": True} | stated)
    assert (expected, obstacles) == (decision.verdict, [each.label for each in decision.obstacles])


def test_access_is_that_of_the_activity():
    """Whoever may not look at the activity has no certificate, with the reason of the restriction (K38)."""
    decision = decide_certificate(access("4"), may_receive=True)
    assert (Verdict.NOT_MET, ["access"]) == (decision.verdict, [each.label for each in decision.obstacles])
    assert decision["access"].children[0].verdict is Verdict.NOT_MET


def test_a_certificate_is_issued_once_and_stays():
    """It is issued when it is first looked at, and nothing takes it away (K39)."""
    decided = {word: decide_certificate(access(word), may_receive=True) for word in ("3", "4")}
    refused = issue_certificate(None, decided["4"], NOW)
    issued = issue_certificate(None, decided["3"], NOW)
    kept = issue_certificate(issued.value, decided["4"], LATER)
    assert [(None, False), (NOW, True), (NOW, False)] == [
        (each.value, each.changed) for each in (refused, issued, kept)
    ]
    assert [["not_issued"], ["issued"], ["issued_before"]] == [
        [reason.code for reason in each.reasons] for each in (refused, issued, kept)
    ]
