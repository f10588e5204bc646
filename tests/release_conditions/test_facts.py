# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules L4, L5, L9 to L11, L13 and L14: what the facts of a learner answer, and what they say when they cannot."""

import pickle
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from gradecalc import EXEMPT, UNGRADED, Category, Gradebook, GradeItem, UngradedPolicy, grade
from gradecalc.release_conditions.facts import (
    Achievement,
    Completion,
    FrozenMapping,
    LearnerFacts,
    Measure,
    Membership,
    UnknownFactError,
    completion,
    grade_on,
    is_among,
    measured,
    now,
    profile_text,
)

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
BOOK = Gradebook(
    [
        Category(
            "Quizzes", max_points=100, children=[GradeItem("Quiz 1", max_points=3), GradeItem("Quiz 2", max_points=3)]
        )
    ]
)


def unknown(ask, *arguments):
    """Return the code and the arguments of the reason why the facts do not say."""
    with pytest.raises(UnknownFactError) as caught:
        ask(*arguments)
    return caught.value.reason.code, caught.value.reason.arguments


@pytest.mark.parametrize(
    ("marks", "quiz", "category"),
    [
        ({"Quiz 1": 2}, Fraction(200, 3), Fraction(200, 3)),
        ({"Quiz 1": EXEMPT}, EXEMPT, UNGRADED),
        ({}, UNGRADED, UNGRADED),
        ({"Quizzes": 50}, UNGRADED, Fraction(50)),
    ],
)
def test_a_grade_is_the_percent_used_or_why_there_is_none(marks, quiz, category):
    """A grade is the exact percent, an exemption, or nothing; an override of a branch is a grade of it (L5)."""
    facts = LearnerFacts(report=grade(BOOK, marks))
    assert (quiz, category) == (grade_on(facts, "Quiz 1"), grade_on(facts, "Quizzes"))


def test_a_blank_that_counts_as_zero_is_no_grade():
    """What counts as zero without a record is no grade of the item (L4)."""
    facts = LearnerFacts(report=grade(BOOK, {}, ungraded=UngradedPolicy.AS_ZERO))
    assert UNGRADED is grade_on(facts, "Quiz 1")


def test_an_unknown_item_is_unknown_with_the_nearest():
    """An item that the report does not have is unknown, and the nearest is named (L9)."""
    facts = LearnerFacts(report=grade(BOOK, {}))
    assert ("unknown_id", ("report", "'Quiz1'", "; did you mean 'Quiz 1'?")) == unknown(grade_on, facts, "Quiz1")


def test_a_count_that_is_not_there_is_zero_and_a_score_is_missing():
    """Where nothing was measured a count is 0 and a score is missing (L11)."""
    facts = LearnerFacts(posts={}, scores={})
    assert (0, None) == (measured(facts, Measure.POSTS, "A"), measured(facts, Measure.QUIZ_SCORE, "A"))


def test_days_are_whole_periods_of_24_hours_in_whatever_zones():
    """The days since an event do not depend on the zones in which it and now are told (L14)."""
    west = timezone(timedelta(hours=-7))
    facts = LearnerFacts(now=(NOON + timedelta(days=2)).astimezone(west), dates={"enrolled": NOON})
    assert 2 == measured(facts, Measure.DAYS_SINCE, "enrolled")


@pytest.mark.parametrize("kind", [Achievement.AWARD_EARNED, Membership.GROUP])
def test_what_is_among_the_learners(kind):
    """An id is among those told or not, and without an id any will do; what is not told is not known (L10)."""
    facts, nothing = LearnerFacts(**{kind.value: ["A"]}), LearnerFacts(**{kind.value: []})
    assert [True, False, True, False] == [
        is_among(facts, kind, "A"),
        is_among(facts, kind, "B"),
        is_among(facts, kind, None),
        is_among(nothing, kind, None),
    ]
    assert ("not_known", (kind.value,)) == unknown(is_among, LearnerFacts(), kind, "A")


def test_what_the_host_does_not_have_is_unknown():
    """An id that the host says is not there is unknown, and not taken for something not done (L9)."""
    facts = LearnerFacts(completions={}, existing={"completions": ["Essay"]})
    assert Completion.INCOMPLETE is completion(facts, "Essay")
    assert ("unknown_id", ("host", "'Esay'", "; did you mean 'Essay'?")) == unknown(completion, facts, "Esay")


def test_a_profile_field_that_is_not_there_is_unknown():
    """A text of the profile is given as it is, and a field that the profile does not have is unknown (L13)."""
    facts = LearnerFacts(profile={"department": "Physics"})
    assert "Physics" == profile_text(facts, "department")
    assert "unknown_id" == unknown(profile_text, facts, "office")[0]


@pytest.mark.parametrize(
    ("ask", "facts", "place", "due"),
    [
        (grade_on, {"report": 5}, "report", "a Report"),
        (lambda facts, id_: measured(facts, Measure.POSTS, id_), {"posts": {"A": "two"}}, "posts['A']", "a number"),
        (completion, {"completions": {"A": True}}, "completions['A']", "a Completion"),
        (profile_text, {"profile": {"A": 7}}, "profile['A']", "a text"),
        (lambda facts, _: now(facts), {"now": datetime(2026, 6, 1)}, "now", "a moment"),  # noqa: DTZ001
        (lambda facts, id_: is_among(facts, Membership.ROLE, id_), {"roles": "A"}, "roles", "a collection of ids"),
    ],
)
def test_a_fact_of_the_wrong_kind_says_where_and_what_is_due(ask, facts, place, due):
    """A fact that is not of its kind is unknown, with its place and what it must be (L10)."""
    code, arguments = unknown(ask, LearnerFacts(**facts), "A")
    assert ("wrong_fact", place, True) == (code, arguments[0], arguments[2].startswith(due))


def test_facts_are_values():
    """Facts equal, hash and pickle by value, and do not follow what they were made of."""
    posts, visits = {"Week 1": 2}, ["A"]
    facts = LearnerFacts(posts=posts, visits=visits, existing={"posts": ["Week 1"]})
    same = LearnerFacts(posts={"Week 1": 2}, visits=("A", "A"), existing={"posts": {"Week 1"}})
    posts["Week 1"] = 0
    visits.clear()
    assert (same, hash(same)) == (facts, hash(facts)) == (pickle.loads(pickle.dumps(facts)), hash(facts))  # noqa: S301
    assert (1, "{'Week 1': 2}") == (len(facts.posts), repr(FrozenMapping({"Week 1": 2})))
