# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules E11, E19 and E20: one exemption in the gradebook and in the contents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    Category,
    DefinitionError,
    Gradebook,
    GradeItem,
    Mark,
    MarksError,
    compile_gradebook,
    exempt,
    grade,
    unexempt,
)
from gradecalc.grading.exemptions import exempted
from gradecalc.progress.contents import Module, Topic, TopicKind
from gradecalc.progress.exemptions import exempt_as_graded, exempt_as_recorded
from gradecalc.progress.record import LearnerProgress, exempt_topics, unexempt_topics
from gradecalc.progress.views import class_progress, schedule, summary, table_of_contents, topic_page
from progress.biology import ADA, COURSE, EXEMPTED, NOBODY, NOW, ids

BOOK = Gradebook(
    [
        Category("Quizzes", [GradeItem("quiz-1", 10), GradeItem("quiz-2", 10)]),
        GradeItem("film", 5),
        GradeItem("exam", 9),
    ]
)
MARKS = {"quiz-1": 7, "quiz-2": 8, "exam": 6}
TOPICS = Module(
    "Course",
    [
        Topic("One", TopicKind.QUIZ, grade_item="quiz-1"),
        Topic("One again", TopicKind.FILE, grade_item="quiz-1"),
        Topic("Two", TopicKind.QUIZ, grade_item="quiz-2"),
        Topic("Film", TopicKind.VIDEO, grade_item="film"),
        Topic("Free", TopicKind.SURVEY),
    ],
)
LINKED = ("One", "One again", "Two")


def test_an_exempt_topic_shows_exempt_in_grades():
    """The grade item of an exempt topic is exempt, keeps its number, and is shown as `Exempt` (E11, E20)."""
    marks = exempt_as_recorded(COURSE, EXEMPTED, BOOK, MARKS)
    assert {**MARKS, "quiz-1": Mark(7, exempt=True)} == marks
    assert "Exempt" == grade(BOOK, marks)["quiz-1"].shown
    assert MARKS == exempt_as_recorded(COURSE, unexempt_topics(COURSE, EXEMPTED, "Quiz"), BOOK, marks)


@pytest.mark.parametrize("exemption", ["quiz-1", "Quizzes"])
@pytest.mark.parametrize("book", [BOOK, compile_gradebook(BOOK)])
def test_an_exemption_in_the_gradebook_reaches_every_page(book, exemption):
    """Exempt in the gradebook, alone or with its category, the topic is so in contents and on each page (E19)."""
    seen = exempt_as_graded(COURSE, ADA, book, exempt(book, MARKS, exemption))
    assert ("Quiz",) == seen.exempted
    assert "Exempt" == next(each.state for each in table_of_contents(COURSE, seen).topics if each.topic.id == "Quiz")
    assert "Exempt" == topic_page(COURSE, seen, "Quiz").value
    assert ["Quiz"] == ids(schedule(COURSE, ADA, NOW).overdue)
    assert [] == ids(schedule(COURSE, seen, NOW).overdue)
    assert [] == ids(summary(COURSE, seen).unattempted_quizzes)
    assert "Quiz (exempted)" in str(class_progress(COURSE, {"Ada": seen}))


def test_lifting_travels_as_well():
    """What is lifted in the gradebook is lifted in the contents, and the other way round (E19, E20)."""
    marks = exempt(BOOK, MARKS, "Quizzes")
    seen = exempt_as_graded(TOPICS, NOBODY, BOOK, marks)
    assert LINKED == seen.exempted
    assert ("Two",) == exempt_as_graded(TOPICS, seen, BOOK, unexempt(BOOK, marks, "quiz-1")).exempted
    assert ("quiz-2",) == exempted(
        BOOK, exempt_as_recorded(TOPICS, unexempt_topics(TOPICS, seen, "One", "One again"), BOOK, marks)
    )


def test_what_is_not_linked_stays_as_it_is():
    """A topic without a grade item, or of a kind that cannot be exempted, and its grade item are not touched (E19)."""
    free = exempt_topics(TOPICS, NOBODY, "Free")
    marks = exempt(BOOK, MARKS, "film", "exam")
    assert free == exempt_as_graded(TOPICS, free, BOOK, marks)
    assert marks == exempt_as_recorded(TOPICS, free, BOOK, marks)


def test_a_grade_item_is_exempt_if_one_of_its_topics_is():
    """Where several topics have one grade item, the exemption of one is that of the item (E20)."""
    assert ("quiz-1",) == exempted(BOOK, exempt_as_recorded(TOPICS, LearnerProgress(exempted=["One"]), BOOK, MARKS))


def test_a_topic_may_go_to_a_category():
    """A topic whose grade item is a category is exempt with it, and what is exempt within it stays so (E20)."""
    course = Module("Course", [Topic("All", TopicKind.QUIZ, grade_item="Quizzes"), TOPICS.children[2]])
    marks = exempt(BOOK, MARKS, "Quizzes")
    assert ("All", "Two") == exempt_as_graded(course, NOBODY, BOOK, marks).exempted
    assert ("quiz-2",) == exempted(BOOK, exempt_as_recorded(course, LearnerProgress(exempted=["Two"]), BOOK, marks))


@pytest.mark.parametrize("carry", [exempt_as_graded, exempt_as_recorded])
def test_a_grade_item_that_the_gradebook_lacks_is_refused(carry):
    """A topic of another gradebook, or of the final grade, is an error that names the topic (E19)."""
    course = Module(
        "C", [Topic("One", TopicKind.QUIZ, grade_item="quiz-9"), Topic("F", TopicKind.QUIZ, grade_item="final")]
    )
    with pytest.raises(DefinitionError) as caught:
        carry(course, NOBODY, BOOK, MARKS)
    assert [("unknown_id", "topics['One'].grade_item"), ("unknown_id", "topics['F'].grade_item")] == [
        (problem.code, problem.path) for problem in caught.value.problems
    ]
    with pytest.raises(MarksError):
        carry(COURSE, None, BOOK, MARKS)


marks_of = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("quiz-1", "quiz-2", "film"), st.sampled_from([7, EXEMPT, Mark(3, exempt=True), None]))
    | {"Quizzes": st.sampled_from([EXEMPT, None])},
)


@given(marks_of)
def test_what_is_carried_there_and_back_is_what_it_was(marks):
    """Carried to the contents and back, no mark has changed (E19, E20)."""
    there = exempt_as_graded(TOPICS, NOBODY, BOOK, marks)
    assert marks == exempt_as_recorded(TOPICS, there, BOOK, marks)


@given(marks_of, st.sets(st.sampled_from([*LINKED, "Free"])))
def test_after_carrying_both_agree(marks, topics):
    """Whichever way an exemption was carried, carrying it back changes nothing in the contents (E19, E20)."""
    record = LearnerProgress(exempted=topics)
    carried = exempt_as_recorded(TOPICS, record, BOOK, marks)
    once = exempt_as_graded(TOPICS, record, BOOK, carried)
    assert set(record.exempted) <= set(once.exempted)
    assert carried == exempt_as_recorded(TOPICS, once, BOOK, carried)
