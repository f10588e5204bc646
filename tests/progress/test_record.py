# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules E1, E2 and E15: one learner's record of contents, and exemptions granted and lifted in it."""

import pickle
from datetime import datetime

import pytest

from gradecalc import (
    MarksError,
)
from gradecalc.errors import Severity
from gradecalc.progress.contents import (
    Module,
    Topic,
    TopicKind,
)
from gradecalc.progress.record import (
    LearnerProgress,
    exempt_topics,
    find_progress_problems,
    unexempt_topics,
)
from gradecalc.progress.views import (
    summary,
    table_of_contents,
)
from progress.biology import ADA, COURSE, EXEMPTED, NOBODY, NOW, codes, day

EXEMPTIBLE = (
    TopicKind.FILE,
    TopicKind.EXTERNAL_TOOL,
    TopicKind.CHECKLIST,
    TopicKind.ASSIGNMENT,
    TopicKind.DISCUSSION,
    TopicKind.QUIZ,
    TopicKind.SURVEY,
    TopicKind.SELF_ASSESSMENT,
)


@pytest.mark.parametrize("kind", TopicKind)
def test_which_kinds_can_be_exempted(kind):
    """Eight kinds of topic can be exempted, and exempting any other is refused (E1)."""
    course = Module("Course", [Topic("It", kind)])
    if kind in EXEMPTIBLE:
        assert ("It",) == exempt_topics(course, NOBODY, "It").exempted
    else:
        with pytest.raises(MarksError) as caught:
            exempt_topics(course, NOBODY, "It")
        assert [("cannot_be_exempted", "It")] == codes(caught.value.problems)


def test_exempting_an_unknown_topic_names_the_nearest():
    """An unknown id is refused with the nearest name, beside every other refusal (E1)."""
    with pytest.raises(MarksError) as caught:
        exempt_topics(COURSE, NOBODY, "Esay", "Film", [])
    assert [("unknown_id", "Esay"), ("cannot_be_exempted", "Film"), ("unknown_id", "a list")] == codes(
        caught.value.problems
    )
    assert "did you mean 'Essay'?" in caught.value.problems[0].message


def test_exempting_returns_another_record():
    """Exempting changes no record but returns another, in which each exemption stands once (E2)."""
    assert () == ADA.exempted
    assert EXEMPTED == exempt_topics(COURSE, EXEMPTED, "Essay", "Essay")


def test_lifting_gives_the_record_that_was_before():
    """Lifting takes the exemption back, and lifting none changes nothing (E2)."""
    assert unexempt_topics(COURSE, EXEMPTED, "Quiz", "Essay") == ADA == unexempt_topics(COURSE, ADA, "Quiz")


def test_lifting_an_unknown_topic_is_refused():
    """An id that neither the contents nor the record have cannot be lifted (E2)."""
    with pytest.raises(MarksError) as caught:
        unexempt_topics(COURSE, EXEMPTED, "Quizz")
    assert [("unknown_id", "Quizz")] == codes(caught.value.problems)


def test_what_is_recorded_can_be_lifted():
    """An exemption from a topic that is gone, or of a kind that cannot be exempted, can be lifted (E2)."""
    assert NOBODY == unexempt_topics(COURSE, LearnerProgress(exempted=["Gone", "Film"]), "Gone", "Film")


def test_what_is_recorded_for_other_topics_is_kept():
    """A record of topics that are not in the contents is kept, reported as notices, and changes no view (E15)."""
    record = LearnerProgress(
        completed={"Gone": NOW}, visited=["Gone"], attempts={"Gone": 1}, exempted=["Gone", "Film", "Quiz"]
    )
    problems = find_progress_problems(COURSE, record)
    assert [
        ("unknown_id", "completed['Gone']"),
        ("unknown_id", "visited['Gone']"),
        ("unknown_id", "attempts['Gone']"),
        ("cannot_be_exempted", "exempted['Film']"),
        ("unknown_id", "exempted['Gone']"),
    ] == codes(problems)
    assert {Severity.NOTICE} == {problem.severity for problem in problems}
    assert summary(COURSE, LearnerProgress(exempted=["Quiz"])) == summary(COURSE, record)
    assert (("Gone", NOW),) == exempt_topics(COURSE, record, "Essay").completed


def test_a_wrong_record_reports_everything():
    """Every error of a record is reported at once, each with its path (E15)."""
    record = LearnerProgress(
        completed={"Essay": datetime(2026, 9, 1), "Quiz": "today", "Film": NOW},  # noqa: DTZ001 - that is the error
        visited="Reading",
        attempts={"Quiz": -1, "Survey": True, 4: 1},
        exempted=["Essay", 7],
    )
    problems = find_progress_problems(COURSE, record)
    assert {
        ("naive_date", "completed['Essay']"),
        ("wrong_type", "completed['Quiz']"),
        ("wrong_type", "attempts['Quiz']"),
        ("wrong_type", "attempts['Survey']"),
        ("wrong_type", "attempts[2]"),
        ("wrong_type", "visited"),
        ("wrong_type", "exempted[1]"),
    } == set(codes(problems))
    with pytest.raises(MarksError) as caught:
        table_of_contents(COURSE, record)
    assert problems == caught.value.problems


@pytest.mark.parametrize("use", [exempt_topics, unexempt_topics, table_of_contents, summary])
def test_what_is_no_record_is_refused(use):
    """No view and no operation takes something else for a record (E15)."""
    with pytest.raises(MarksError) as caught:
        use(COURSE, None)
    assert [("wrong_type", "")] == codes(caught.value.problems)


def test_a_record_of_the_wrong_shape_is_refused():
    """What maps no ids is no record (E15)."""
    problems = find_progress_problems(COURSE, LearnerProgress(completed=5, attempts=["Quiz"]))
    assert [("wrong_type", "completed"), ("wrong_type", "attempts[0]")] == codes(problems)


def test_a_record_is_a_value():
    """Records and contents equal, hash and pickle by value, in whatever order they were given."""
    same = LearnerProgress(completed={"Survey": day(3), "Reading": day(2)}, visited=("Reading", "Film", "Film"))
    assert (ADA, hash(ADA)) == (same, hash(same))
    assert (COURSE, EXEMPTED) == pickle.loads(pickle.dumps((COURSE, EXEMPTED)))  # noqa: S301 - our own
