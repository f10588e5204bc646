# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules E3 to E14 and E18: every view of a learner's progress, and what an exemption does to it."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from gradecalc import DefinitionError, MarksError
from gradecalc.outline import Outline
from gradecalc.progress.contents import (
    CompletionMethod,
    Module,
    Topic,
    TopicKind,
)
from gradecalc.progress.record import (
    LearnerProgress,
    exempt_topics,
)
from gradecalc.progress.views import (
    Occasion,
    class_progress,
    schedule,
    summary,
    table_of_contents,
    topic_page,
)
from progress.biology import ADA, COURSE, EXEMPTED, NOBODY, NOW, codes, day, ids


def entry(progress, id_):
    return next(each for each in table_of_contents(COURSE, progress).topics if each.topic.id == id_)


def test_an_exempt_topic_stays_in_the_table_of_contents():
    """The topic keeps its place, with its flag and without due date and completion method (E3)."""
    before, after = entry(ADA, "Essay"), entry(EXEMPTED, "Essay")
    assert ids(table_of_contents(COURSE, ADA).topics) == ids(table_of_contents(COURSE, EXEMPTED).topics)
    assert (False, day(14), CompletionMethod.AUTOMATIC) == (before.exempted, before.topic.due, before.topic.completion)
    assert (True, None, None) == (after.exempted, after.topic.due, after.topic.completion)


def test_an_exempt_topic_keeps_its_availability():
    """An exemption opens nothing: the dates of availability stay (E3)."""
    topic = entry(EXEMPTED, "Essay").topic
    assert (day(1), day(20)) == (topic.start, topic.end)


def test_percentages_are_exact_and_nested():
    """A module counts the required topics in it and in its modules, each once (E4)."""
    contents = table_of_contents(COURSE, ADA)
    week = contents.children[0]
    assert (2, 5, Fraction(40)) == (contents.completed, contents.required, contents.percent)
    assert (2, 4, Fraction(50)) == (week.completed, week.required, week.percent)
    assert Fraction(50) == week.children[2].percent


def test_a_third_is_a_third():
    """A percentage is an exact rational (E4)."""
    course = Module("Course", [Topic(name, TopicKind.FILE) for name in "abc"])
    assert Fraction(100, 3) == table_of_contents(course, LearnerProgress(completed={"b": NOW})).percent


def test_counts_and_percentages_leave_an_exempt_topic_out():
    """Required counts and percentages are those of the topics that apply (E4)."""
    contents = table_of_contents(COURSE, EXEMPTED)
    assert (2, 3, Fraction(200, 3)) == (contents.completed, contents.required, contents.percent)


def test_a_module_with_nothing_required_has_no_percentage():
    """Where nothing is required there is no percentage, rather than a division by zero (E5)."""
    assert table_of_contents(COURSE, EXEMPTED).children[1].percent is None
    assert table_of_contents(Module("Empty"), NOBODY).percent is None


def test_a_completed_topic_that_is_not_required_adds_nothing():
    """What is not required is in neither number of a percentage (E4)."""
    assert 0 == table_of_contents(COURSE, LearnerProgress(completed={"Forum": NOW})).percent


def test_visits_and_attempts_are_no_completion():
    """Only a recorded completion completes a topic (E14)."""
    assert 0 == table_of_contents(COURSE, LearnerProgress(visited=["Reading"], attempts={"Quiz": 1})).completed


def test_the_page_of_an_exempt_topic():
    """The topic's page says that the learner is exempt and may still view it, and has no due date (E6)."""
    page = topic_page(COURSE, EXEMPTED, "Essay")
    assert ("Exempt", "you are exempt from this topic, and may still view it") == (page.value, page.notes[1])
    assert ["available from", "available until"] == [row.label for row in page.children]


def test_the_page_of_a_topic_that_applies():
    """The page of any other topic has its dates and no notice (E6)."""
    dates = ["2026-09-01 12:00+00:00", "2026-09-14 12:00+00:00", "2026-09-20 12:00+00:00"]
    labels = ["available from", "due", "available until"]
    rows = [Outline(label, when) for label, when in zip(labels, dates, strict=True)]
    assert Outline("Essay", "", ["assignment"], rows) == topic_page(COURSE, ADA, "Essay")


@pytest.mark.parametrize("id_", ["Esay", 5, []])
def test_there_is_no_page_of_an_unknown_topic(id_):
    """The page of an unknown id is a KeyError (E6)."""
    with pytest.raises(KeyError):
        topic_page(COURSE, ADA, id_)


def test_overdue_and_upcoming():
    """What is not completed is overdue after its due date, required or not, and upcoming until then (E7)."""
    seen = schedule(COURSE, ADA, NOW)
    assert (["Quiz"], ["Forum", "Essay"]) == (ids(seen.overdue), ids(seen.upcoming))
    later = schedule(COURSE, ADA, NOW + timedelta(microseconds=1))
    assert (["Quiz", "Forum"], ["Essay"]) == (ids(later.overdue), ids(later.upcoming))


def test_the_full_schedule_and_the_calendar():
    """The full schedule has every topic with a date, completed ones too, and the calendar every date (E9)."""
    seen = schedule(COURSE, ADA, NOW)
    assert ["Essay", "Survey", "Quiz", "Forum"] == ids(seen.full)
    assert [
        (day(1), Occasion.START, "Essay"),
        (day(3), Occasion.DUE, "Survey"),
        (day(7), Occasion.DUE, "Quiz"),
        (day(10), Occasion.DUE, "Forum"),
        (day(14), Occasion.DUE, "Essay"),
        (day(20), Occasion.END, "Essay"),
    ] == [(event.when, event.occasion, event.entry.topic.id) for event in seen.calendar]


def test_an_exempt_topic_is_in_no_schedule():
    """An exempt topic is never overdue, and absent from upcoming, the full schedule and the calendar (E8)."""
    seen = schedule(COURSE, EXEMPTED, NOW)
    assert ([], ["Forum"], ["Survey", "Forum"]) == (ids(seen.overdue), ids(seen.upcoming), ids(seen.full))
    assert ["Survey", "Forum"] == [event.entry.topic.id for event in seen.calendar]


def test_an_exempt_quiz_is_not_unattempted():
    """A quiz is unattempted until an attempt is recorded or the learner is exempt (E10)."""
    attempted = LearnerProgress(attempts={"Quiz": 1})
    unattempted = [ids(summary(COURSE, each).unattempted_quizzes) for each in (ADA, EXEMPTED, attempted)]
    assert [["Quiz"], [], []] == unattempted


def test_class_progress_marks_the_exempted():
    """In class progress `(exempted)` stands after the name of the topic, for that learner alone (E12)."""
    ada, bo = class_progress(COURSE, {"Ada": EXEMPTED, "Bo": ADA}).outline().children
    assert ["Reading", "Quiz (exempted)", "Survey", "Film", "Essay (exempted)", "Forum"] == [
        row.label for row in ada.children
    ]
    assert ["Reading", "Quiz", "Survey", "Film", "Essay", "Forum"] == [row.label for row in bo.children]
    assert ("66.67 %", "40.00 %") == (ada.value, bo.value)


def test_a_wrong_record_never_stops_a_class():
    """A learner whose record cannot be used is a row with the reason, and the others have theirs (E12)."""
    rows = class_progress(COURSE, {"Ada": "?", "Bo": LearnerProgress(visited=["Gone"]), 3: NOBODY}).learners
    assert ["Ada", "Bo", "3"] == [row.learner for row in rows]
    assert [None, 0, 0] == [row.contents and row.contents.percent for row in rows]
    assert [[("wrong_type", "")], [("unknown_id", "visited['Gone']")], []] == [codes(row.problems) for row in rows]
    assert "–" == rows[0].outline().value


def test_what_is_no_class_is_refused():
    """A class maps learners to records (E12)."""
    with pytest.raises(MarksError) as caught:
        class_progress(COURSE, [ADA])
    assert [("not_progress", "")] == codes(caught.value.problems)


def test_the_summary_page_leaves_exempt_topics_out():
    """A summary page has no exempt topic, and counts none (E13)."""
    seen = summary(COURSE, exempt_topics(COURSE, EXEMPTED, "Reading"))
    assert ["Survey", "Film", "Forum"] == ids(seen.topics)
    assert (["Film"], []) == (ids(seen.visited), ids(seen.unattempted_quizzes))
    assert (1, 2) == (seen.contents.completed, seen.contents.required)


@pytest.mark.parametrize(
    ("now", "code"),
    [(datetime(2026, 9, 1), "naive_date"), (date(2026, 9, 1), "wrong_type"), (None, "wrong_type")],  # noqa: DTZ001
)
def test_now_is_a_moment(now, code):
    """Now is a date with a zone, as every date is (E16)."""
    with pytest.raises(DefinitionError) as caught:
        schedule(COURSE, ADA, now)
    assert [(code, "now")] == codes(caught.value.problems)


def test_dates_compare_as_moments():
    """The repeated hour in autumn comes after the first, though the clock says it is earlier (E16)."""
    amsterdam = ZoneInfo("Europe/Amsterdam")
    first, second = (
        datetime(2026, 10, 25, 2, minute, tzinfo=amsterdam, fold=fold) for minute, fold in ((30, 0), (10, 1))
    )
    course = Module("Course", [Topic("Essay", TopicKind.ASSIGNMENT, due=first)])
    assert ["Essay"] == ids(schedule(course, NOBODY, second).overdue)


def test_exempting_a_completed_topic_can_lower_a_percentage():
    """One of two is half; exempt from the completed one, a learner has none of one (E18)."""
    course = Module("Course", [Topic("a", TopicKind.FILE), Topic("b", TopicKind.FILE)])
    done = LearnerProgress(completed={"a": NOW})
    assert [50, 0] == [table_of_contents(course, each).percent for each in (done, exempt_topics(course, done, "a"))]


@pytest.mark.parametrize(
    "view",
    [
        table_of_contents(COURSE, EXEMPTED),
        entry(EXEMPTED, "Quiz"),
        schedule(COURSE, EXEMPTED, NOW),
        summary(COURSE, EXEMPTED),
        class_progress(COURSE, {"Ada": EXEMPTED}),
        class_progress(COURSE, {"Ada": EXEMPTED}).learners[0],
    ],
)
def test_every_view_prints_itself_as_an_outline(view):
    """Text and HTML of a view are those of its outline."""
    assert (view.outline().text(), view.outline().html()) == (str(view), view._repr_html_())


def test_a_date_is_written_as_far_as_it_goes():
    """Seconds are written where there are any."""
    course = Module("Course", [Topic("Essay", TopicKind.ASSIGNMENT, due=NOW.replace(second=59))])
    assert "2026-09-10 12:00:59+00:00" == topic_page(course, NOBODY, "Essay").children[0].value
