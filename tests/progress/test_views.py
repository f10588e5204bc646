# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules E1 to E18: contents, one learner's record of them, and every view that an exemption touches."""

import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from gradecalc import (
    EXEMPT,
    DefinitionError,
    Gradebook,
    GradeItem,
    MarksError,
    grade,
)
from gradecalc.errors import Severity
from gradecalc.outline import Outline
from gradecalc.progress.contents import (
    MAX_DEPTH,
    CompletionMethod,
    Module,
    Topic,
    TopicKind,
    find_contents_problems,
)
from gradecalc.progress.record import (
    LearnerProgress,
    exempt,
    find_progress_problems,
    lift,
)
from gradecalc.progress.views import (
    Occasion,
    class_progress,
    exempt_grade_items,
    schedule,
    summary,
    table_of_contents,
    topic_page,
)


def day(number, hour=12):
    return datetime(2026, 9, number, hour, tzinfo=UTC)


NOW = day(10)
NOBODY = LearnerProgress()
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
COURSE = Module(
    "Biology",
    [
        Module(
            "Week 1",
            [
                Topic("Reading", TopicKind.FILE),
                Topic("Quiz", TopicKind.QUIZ, due=day(7), grade_item="quiz-1", completion=CompletionMethod.MANUAL),
                Module("Extra", [Topic("Survey", TopicKind.SURVEY, due=day(3)), Topic("Film", TopicKind.VIDEO)]),
            ],
        ),
        Module("Week 2", [Topic("Essay", TopicKind.ASSIGNMENT, start=day(1), due=day(14), end=day(20))]),
        Topic("Forum", TopicKind.DISCUSSION, required=False, due=day(10)),
    ],
)
ADA = LearnerProgress(completed={"Reading": day(2), "Survey": day(3)}, visited=["Film", "Reading"])
EXEMPTED = exempt(COURSE, ADA, "Quiz", "Essay")


def ids(entries):
    return [entry.topic.id for entry in entries]


def entry(progress, id_):
    return next(each for each in table_of_contents(COURSE, progress).topics if each.topic.id == id_)


def codes(problems):
    return [(problem.code, problem.path) for problem in problems]


@pytest.mark.parametrize("kind", TopicKind)
def test_which_kinds_can_be_exempted(kind):
    """Eight kinds of topic can be exempted, and exempting any other is refused (E1)."""
    course = Module("Course", [Topic("It", kind)])
    if kind in EXEMPTIBLE:
        assert ("It",) == exempt(course, NOBODY, "It").exempted
    else:
        with pytest.raises(MarksError) as caught:
            exempt(course, NOBODY, "It")
        assert [("cannot_be_exempted", "It")] == codes(caught.value.problems)


def test_exempting_an_unknown_topic_names_the_nearest():
    """An id that is none is refused with the nearest name, beside every other refusal (E1)."""
    with pytest.raises(MarksError) as caught:
        exempt(COURSE, NOBODY, "Esay", "Film", [])
    assert [("unknown_id", "Esay"), ("cannot_be_exempted", "Film"), ("unknown_id", "a list")] == codes(
        caught.value.problems
    )
    assert "did you mean 'Essay'?" in caught.value.problems[0].message


def test_exempting_returns_another_record():
    """Exempting changes no record but returns another, in which each exemption stands once (E2)."""
    assert () == ADA.exempted
    assert EXEMPTED == exempt(COURSE, EXEMPTED, "Essay", "Essay")


def test_lifting_gives_the_record_that_was_before():
    """Lifting takes the exemption back, and lifting none changes nothing (E2)."""
    assert lift(COURSE, EXEMPTED, "Quiz", "Essay") == ADA == lift(COURSE, ADA, "Quiz")


def test_lifting_an_unknown_topic_is_refused():
    """An id that neither the contents nor the record have cannot be lifted (E2)."""
    with pytest.raises(MarksError) as caught:
        lift(COURSE, EXEMPTED, "Quizz")
    assert [("unknown_id", "Quizz")] == codes(caught.value.problems)


def test_what_is_recorded_can_be_lifted():
    """An exemption from a topic that is gone, or of a kind that cannot be exempted, can be lifted (E2)."""
    assert NOBODY == lift(COURSE, LearnerProgress(exempted=["Gone", "Film"]), "Gone", "Film")


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
    """The page of an id that is none is a KeyError (E6)."""
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


def test_an_exempt_topic_shows_exempt_in_grades():
    """The grade item of an exempt topic, exempt in the marks, is shown as `Exempt` (E11)."""
    assert ((), ("quiz-1",)) == (exempt_grade_items(COURSE, ADA), exempt_grade_items(COURSE, EXEMPTED))
    book = Gradebook([GradeItem("quiz-1", max_points=10), GradeItem("exam", max_points=10)])
    report = grade(book, {"exam": 9} | dict.fromkeys(exempt_grade_items(COURSE, EXEMPTED), EXEMPT))
    assert ("Exempt", 90) == (report["quiz-1"].shown, report.final.percent)


def test_class_progress_marks_the_exempted():
    """In class progress `(exempted)` stands after the name of the topic, for that learner alone (E12)."""
    ada, bo = class_progress(COURSE, {"Ada": EXEMPTED, "Bo": ADA}).outline().children
    assert ["Reading", "Quiz (exempted)", "Survey", "Film", "Essay (exempted)", "Forum"] == [
        row.label for row in ada.children
    ]
    assert ["Reading", "Quiz", "Survey", "Film", "Essay", "Forum"] == [row.label for row in bo.children]
    assert ("66.67 %", "40.00 %") == (ada.value, bo.value)


def test_a_wrong_record_never_stops_a_class():
    """A learner whose record is none is a row with the reason, and the others have theirs (E12)."""
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
    seen = summary(COURSE, exempt(COURSE, EXEMPTED, "Reading"))
    assert ["Survey", "Film", "Forum"] == ids(seen.topics)
    assert (["Film"], []) == (ids(seen.visited), ids(seen.unattempted_quizzes))
    assert (1, 2) == (seen.contents.completed, seen.contents.required)


def test_what_is_recorded_for_other_topics_is_kept():
    """A record of topics that the contents have not is kept, reported as notices, and changes no view (E15)."""
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
    assert (("Gone", NOW),) == exempt(COURSE, record, "Essay").completed


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


@pytest.mark.parametrize("use", [exempt, lift, table_of_contents, summary, exempt_grade_items])
def test_what_is_no_record_is_refused(use):
    """No view and no operation takes something else for a record (E15)."""
    with pytest.raises(MarksError) as caught:
        use(COURSE, None)
    assert [("wrong_type", "")] == codes(caught.value.problems)


def test_a_record_of_the_wrong_shape_is_refused():
    """What maps no ids is no record (E15)."""
    problems = find_progress_problems(COURSE, LearnerProgress(completed=5, attempts=["Quiz"]))
    assert [("wrong_type", "completed"), ("wrong_type", "attempts[0]")] == codes(problems)


def test_wrong_contents_report_everything():
    """Every problem of the contents is reported at once, each with its path (E16)."""
    naive = datetime(2026, 9, 1)  # noqa: DTZ001 - that is the error
    course = Module(
        "Course",
        [
            Module("", [Topic("Essay", "assignment", due=naive, start=NOW, end=day(9))]),
            Topic("Essay", TopicKind.FILE, required="yes", due=date(2026, 9, 1), completion=True, grade_item=3),
            Module("Week", "Essay"),
            "Essay",
            Topic("", TopicKind.FILE, id=5),
        ],
    )
    assert [
        ("missing", "children[0].name"),
        ("wrong_type", "children[0].children[0].kind"),
        ("naive_date", "children[0].children[0].due"),
        ("contradiction", "children[0].children[0].end"),
        ("wrong_type", "children[1].required"),
        ("wrong_type", "children[1].completion"),
        ("wrong_type", "children[1].grade_item"),
        ("wrong_type", "children[1].due"),
        ("wrong_type", "children[2].children"),
        ("wrong_type", "children[3]"),
        ("missing", "children[4].name"),
        ("wrong_type", "children[4].id"),
        ("duplicate_id", "children[1].id"),
    ] == codes(find_contents_problems(course))


@pytest.mark.parametrize("use", [exempt, lift, table_of_contents, summary, exempt_grade_items, find_progress_problems])
def test_wrong_contents_are_refused_where_they_are_used(use):
    """No view and no operation takes contents with a problem."""
    with pytest.raises(DefinitionError) as caught:
        use(Module("Course", [Topic("", TopicKind.FILE)]), NOBODY)
    assert {"missing"} == {problem.code for problem in caught.value.problems}


def test_what_are_no_contents_is_reported():
    """Contents are a module."""
    assert [("wrong_type", "")] == codes(find_contents_problems([]))


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


def test_the_farthest_dates_are_dates():
    """The first and the last date of every zone can be compared (E16)."""
    west, east = timezone(timedelta(hours=-12)), timezone(timedelta(hours=14))
    first, last = datetime.min.replace(tzinfo=east), datetime.max.replace(tzinfo=west)
    course = Module("Course", [Topic("Essay", TopicKind.ASSIGNMENT, start=first, due=first, end=last)])
    assert ["Essay"] == ids(schedule(course, NOBODY, last).overdue)


def nested(levels):
    module = Module("Week")
    for _ in range(levels):
        module = Module("Week", [module])
    return module


def test_depth_is_bounded():
    """Contents nest to a stated depth, and one problem says where it is passed (E17)."""
    assert () == find_contents_problems(nested(MAX_DEPTH))
    assert ["too_deep"] == [problem.code for problem in find_contents_problems(nested(2000))]
    assert MAX_DEPTH + 1 == len(str(table_of_contents(nested(MAX_DEPTH), NOBODY)).splitlines())


def test_size_is_bounded():
    """A module that stands in itself by the thousand is refused before it is walked (E17)."""
    module = Module("Week")
    for _ in range(MAX_DEPTH):
        module = Module("Week", [module, module])
    assert [("too_large", "")] == codes(find_contents_problems(module))


def test_exempting_a_completed_topic_can_lower_a_percentage():
    """One of two is half; exempt from the completed one, a learner has none of one (E18)."""
    course = Module("Course", [Topic("a", TopicKind.FILE), Topic("b", TopicKind.FILE)])
    done = LearnerProgress(completed={"a": NOW})
    assert [50, 0] == [table_of_contents(course, each).percent for each in (done, exempt(course, done, "a"))]


def test_a_record_is_a_value():
    """Records and contents equal, hash and pickle by value, in whatever order they were given."""
    same = LearnerProgress(completed={"Survey": day(3), "Reading": day(2)}, visited=("Reading", "Film", "Film"))
    assert (ADA, hash(ADA)) == (same, hash(same))
    assert (COURSE, EXEMPTED) == pickle.loads(pickle.dumps((COURSE, EXEMPTED)))  # noqa: S301 - our own


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
