# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Scores as LTI Advantage takes them, and a problem for each exemption that it cannot carry (I11)."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings

from gradecalc import EXEMPT, Category, DefinitionError, Gradebook, GradeItem, MarksError, grade, grade_many
from gradecalc.lms.lti import scores
from gradecalc.testing import graded_books

AT = datetime(2026, 6, 1, 14, 30, tzinfo=timezone(timedelta(hours=2)))
BOOK = Gradebook(
    [Category("Essays", [GradeItem("Essay 1", 20), GradeItem("Essay 2", 20)]), GradeItem("Bonus", 0, can_exceed=True)]
)


def test_a_graded_result_is_completed_and_fully_graded():
    """A result is sent with its points, its maximum and the moment given, in UTC (I11)."""
    sent = scores(grade_many(BOOK, {"u1": {"Essay 1": 17.5}}), "Essay 1", at=AT, users={"u1": "abc"})
    assert (
        {
            "userId": "abc",
            "timestamp": "2026-06-01T12:30:00.000Z",
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
            "scoreGiven": 17.5,
            "scoreMaximum": 20,
        },
    ) == sent.scores
    assert () == sent.problems
    assert json.dumps(list(sent.scores))


def test_a_zero_is_sent_and_no_score_is_sent_as_none():
    """Zero is a score, and who has none is sent as not ready, without a score (I11)."""
    zero, none = scores(grade_many(BOOK, {"u1": {"Essay 1": 0}, "u2": {}}), "Essay 1", at=AT).scores
    assert (0, "NotReady") == (zero["scoreGiven"], none["gradingProgress"])
    assert "scoreGiven" not in none


@pytest.mark.parametrize("marks", [{"Essay 1": EXEMPT}, {"Essays": EXEMPT}])
def test_an_exemption_cannot_be_sent(marks):
    """Who is exempt, by the item or its category, is a problem and no score (I11)."""
    sent = scores(grade_many(BOOK, {"u1": marks}), "Essay 1", at=AT)
    assert ((), [("exempt", "learners['u1']")]) == (sent.scores, [(each.code, each.path) for each in sent.problems])


@pytest.mark.parametrize(
    ("marks", "of", "code"),
    [
        ({"Essay 1": -1}, "Essay 1", "negative"),
        ({"Bonus": 3}, "Bonus", "no_maximum"),
        ({"Essay 1": "x"}, "Essay 1", "not_graded"),
    ],
)
def test_what_the_service_does_not_take_is_a_problem(marks, of, code):
    """A score below 0, one out of 0 and marks that cannot be graded are not sent (I11)."""
    sent = scores(grade_many(BOOK, {"u1": marks}), of, at=AT)
    assert ((), [code]) == (sent.scores, [each.code for each in sent.problems])


def test_a_moment_has_a_zone_and_an_id_is_known():
    """A moment without a zone is refused, and so is an id that the reports do not have."""
    with pytest.raises(DefinitionError):
        scores([], at=datetime(2026, 6, 1))  # noqa: DTZ001 - that is the point
    with pytest.raises(KeyError):
        scores([("u1", grade(BOOK, {}))], "Essay 3", at=AT)


@settings(max_examples=50)
@given(graded_books())
def test_everybody_is_sent_or_a_problem(graded_book):
    """Of every line each learner is one score that the service takes, or one problem (I11)."""
    report = grade(*graded_book)
    for of in report:
        sent = scores([("u", report), ("v", MarksError([]))], of, at=AT.astimezone(UTC))
        assert 2 == len(sent.scores) + len(sent.problems)
        assert all(each.get("scoreMaximum", 1) > 0 <= each.get("scoreGiven", 0) for each in sent.scores)
