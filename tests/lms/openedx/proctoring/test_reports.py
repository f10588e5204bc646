# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The report of proctored exam results of Open edX: read, written, named, and linked to."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import DefinitionError
from gradecalc.lms.openedx.proctoring.attempts import Exam, ExamAttempt, Remark, ReviewResult, SessionReview
from gradecalc.lms.openedx.proctoring.exams import LearnerExam, LearnerExams
from gradecalc.lms.openedx.proctoring.reports import (
    Examinee,
    Generation,
    ReadReport,
    ReportRow,
    attempt_rows,
    column_names,
    link_is_valid,
    read_report,
    report_file_name,
    write_report,
)
from gradecalc.lms.openedx.proctoring.statuses import AttemptStatus

NOW = datetime(2026, 5, 4, 9, 30, 59, tzinfo=UTC)
ROW = ReportRow(
    course_id="course-v1:edX+DemoX+2026",
    provider="software_secure",
    track="verified",
    exam_name="Midterm",
    username="ada",
    email="ada@example.com",
    attempt_code="1F2E",
    allowed_minutes=90,
    is_sample_attempt=False,
    started_at=NOW,
    completed_at=NOW + timedelta(hours=1),
    status="rejected",
    review_status="Suspicious",
    suspicious_count=2,
    suspicious_comments=["Ada looked away", "twice"],
    rules_violation_count=0,
)


def codes(read):
    """Return the codes of the problems with their paths."""
    return [(problem.code, problem.path) for problem in read.problems]


ADA = Examinee(username="ada", email="ada@example.com", track="verified")
SUSPICIOUS = SessionReview(
    ReviewResult.SUSPICIOUS,
    reviewed_by="grace",
    remarks=[Remark(ReviewResult.SUSPICIOUS, each) for each in ("Ada looked away", "twice")],
)
ATTEMPT = ExamAttempt(
    status=AttemptStatus.REJECTED,
    started_at=NOW,
    completed_at=NOW + timedelta(hours=1),
    allowed_minutes=90,
    reviews=[SessionReview(ReviewResult.CLEAN), SUSPICIOUS],
    code="1F2E",
)


def rows_of(*attempts, **exam):
    """Return the rows of a learner with attempts at one exam."""
    held = LearnerExam(exam=Exam(id="mid", **exam), attempts=attempts)
    return attempt_rows("course-v1:edX+DemoX+2026", LearnerExams([held]), ADA)


def test_an_attempt_is_a_row():
    """A row has what is known of the attempt, its exam, its learner and its last review (Q39)."""
    assert (ROW,) == rows_of(ATTEMPT, name="Midterm", provider="software_secure")


def test_a_row_says_only_what_is_known():
    """Without a review, a name or a start the row has none, and the exam goes by its id (Q39)."""
    row = ReportRow(
        course_id="course-v1:edX+DemoX+2026",
        exam_name="mid",
        username="ada",
        email="ada@example.com",
        track="verified",
        is_sample_attempt=True,
        status="created",
    )
    assert (row,) == rows_of(ExamAttempt(), practice=True)


def test_every_attempt_at_a_proctored_exam_is_a_row():
    """Archived attempts and those at exams that are not proctored are not in the report (Q39)."""
    archived = evolve(ATTEMPT, archived=True)
    assert ["rejected", "created"] == [row.status for row in rows_of(ATTEMPT, archived, ExamAttempt())]
    assert () == rows_of(ATTEMPT, proctored=False)


def test_remarks_are_counted_by_their_kind():
    """Each remark of the last review is counted and told under what it was, whatever the result (Q39)."""
    kinds = [ReviewResult.SUSPICIOUS, ReviewResult.RULES_VIOLATION, ReviewResult.SUSPICIOUS, ReviewResult.CLEAN]
    review = SessionReview(ReviewResult.CLEAN, remarks=[Remark(kind, kind.value[:1]) for kind in kinds])
    row = rows_of(evolve(ATTEMPT, reviews=[SUSPICIOUS, review]))[0]
    assert (2, "S; S", 1, "R") == (
        row.suspicious_count,
        row.suspicious_comments,
        row.rules_violation_count,
        row.rules_violation_comments,
    )


def test_rows_of_attempts_are_guarded_when_they_are_written():
    """No cell that came of an attempt is run by a spreadsheet, and every row is read back (Q35)."""
    remark = Remark(ReviewResult.SUSPICIOUS, "=HYPERLINK(A1)")
    attempt = evolve(ATTEMPT, code="+1", reviews=[SessionReview(ReviewResult.SUSPICIOUS, remarks=[remark])])
    rows = rows_of(attempt, name="@exam", provider="-p")
    written = write_report(rows)
    assert rows == read_report(written).rows
    assert all(f"'{text}" in written for text in ("=HYPERLINK(A1)", "+1", "@exam", "-p"))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_report_is_read_as_a_spreadsheet_saved_it(separator, encoding):
    """The encoding and what parts the cells are no matter (Q34)."""
    text = "exam_name,username,status,Suspicious Comments\r\nPrüfung,ada,verified,looked away\r\n"
    row = read_report(text.replace(",", separator).encode(encoding)).rows[0]
    assert ("Prüfung", "ada", AttemptStatus.VERIFIED) == (row.exam_name, row.username, row.attempt_status)
    assert "looked away" == row.suspicious_comments


def test_the_reprs_of_what_makes_rows_show_nobody():
    """The repr of an examinee, an attempt and a remark shows no name and no remark (Q38)."""
    shown = repr((ADA, ATTEMPT))
    assert not [each for each in ("ada", "Ada", "grace", "1F2E") if each in shown]


def test_both_generations_have_their_columns():
    """The documentation has 15 columns, and what is written two more (Q33)."""
    documented, written = column_names(Generation.DOCUMENTED), column_names()
    assert (15, 17) == (len(documented), len(written))
    assert ("provider", "track") == tuple(name for name in written if name not in documented)
    assert "Rules Violation Comments" == documented[-1]


@pytest.mark.parametrize("generation", Generation)
def test_a_report_is_read_as_it_was_written(generation):
    """A row that is written and read is the same, without what its generation has not (Q33)."""
    kept = {} if generation is Generation.WRITTEN else {"provider": "", "track": ""}
    expected = ReadReport((evolve(ROW, **kept),), ())
    assert expected == read_report(write_report([ROW], generation))


def test_words_are_read_as_statuses():
    """The words of a row stand for a status and a result (Q34)."""
    assert (AttemptStatus.REJECTED, ReviewResult.SUSPICIOUS) == (ROW.attempt_status, ROW.review)
    assert (None, None) == (ReportRow().attempt_status, ReportRow().review)


def test_comments_are_joined():
    """Several comments are one text in the report (Q35)."""
    assert "Ada looked away; twice" == ROW.suspicious_comments


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "'=x", "''=x", "'plain"])
def test_no_spreadsheet_runs_a_cell(name):
    """What a spreadsheet would run begins with an apostrophe in the report, which reading takes off again (Q35)."""
    text = write_report([ReportRow(exam_name=name)], Generation.DOCUMENTED)
    assert text.splitlines()[1].split(",")[1].lstrip('"')[0] == "'"
    assert [name] == [row.exam_name for row in read_report(text).rows]


def test_rows_are_sorted_by_exam():
    """Rows are written in the order of the exams' names, and those of one exam as they came (Q35)."""
    rows = [ReportRow(exam_name=exam, username=user) for exam, user in (("B", "x"), ("A", "z"), ("A", "y"))]
    found = [(row.exam_name, row.username, row.track) for row in read_report(write_report(rows)).rows]
    assert [("A", "z", "Unknown"), ("A", "y", "Unknown"), ("B", "x", "Unknown")] == found


def test_a_row_shows_no_person():
    """Neither a row nor what was read shows who somebody is or what was remarked of them (Q38)."""
    shown = repr(read_report(write_report([ROW])))
    assert [] == [part for part in ("ada", "Ada", "example.com", "1F2E", "twice") if part in shown]
    assert "'Midterm'" in shown


def test_an_unknown_word_is_kept_and_not_shown():
    """A word that is none of today's is kept with a notice, and a repr shows only words that it knows (Q34, Q38)."""
    read = read_report(
        write_report([evolve(ROW, status="completed"), evolve(ROW, status="ada", review_status="Bogus")])
    )
    assert ["completed", "ada"] == [row.status for row in read.rows]
    status, review = "column 'status'", "column 'review_status'"
    assert [
        ("unknown_word", f"row 2, {status}"),
        ("unknown_word", f"row 3, {status}"),
        ("unknown_word", f"row 3, {review}"),
    ] == codes(read)
    assert "status='completed'" in repr(read.rows[0])
    assert "ada" not in repr(read)


def test_cells_that_are_none_of_their_column_are_named():
    """A cell that cannot be read is a problem with its row and column, which does not quote it (Q34)."""
    text = "\n".join(
        [
            ",".join(column_names(Generation.DOCUMENTED)),
            "c,Midterm,ada,ada@example.com,X,ada1,maybe,yesterday,2026-05-04,verified,,-1,,٣,",
        ]
    )
    read = read_report(text)
    names = ["allowed_time_limit_mins", "is_sample_attempt", "started_at", "Suspicious Count", "Rules Violation Count"]
    assert [("wrong_value", f"row 2, column {name!r}") for name in names] == codes(read)
    assert [] == [problem for problem in read.problems if "ada" in problem.message]
    row = read.rows[0]
    assert (None, None, 0, datetime(2026, 5, 4, tzinfo=UTC)) == (
        row.allowed_minutes,
        row.started_at,
        row.suspicious_count,
        row.completed_at,
    )


def test_headings_are_checked():
    """Headings come in any order and case; those that are unknown, twice there or missing are named (Q34)."""
    read = read_report("\ufeffSTATUS,exam_name,grade,exam_name\nverified,Midterm,90,Final\n")
    assert (AttemptStatus.VERIFIED, "Midterm") == (read.rows[0].attempt_status, read.rows[0].exam_name)
    expected = [("duplicate_column", "row 1, column 'exam_name'"), ("unknown_column", "row 1, column 3")]
    assert expected == [each for each in codes(read) if each[0] != "missing_column"]
    assert 13 == [code for code, _ in codes(read)].count("missing_column")


def test_rows_of_another_width():
    """A row that is too short is read as far as it goes, and one that is too long is not read; both are told (Q34)."""
    header = ",".join(column_names())
    read = read_report(f"{header}\n{',' * 16},x\nc,p\n{',' * 20}\nc,p{',' * 18}\n")
    assert ["cell_without_heading", "short_row"] == [code for code, _ in codes(read)]
    assert ["p", "p"] == [row.provider for row in read.rows]


@pytest.mark.parametrize("text", ["", "\n\n", b"", b"\xff\xfe"])
def test_nothing_is_no_report(text):
    """A text without headings is no report, and says so (Q34)."""
    read = read_report(text)
    assert ((), ["no_header"]) == (read.rows, [code for code, _ in codes(read)])


@given(st.text() | st.binary())
def test_any_text_is_read(text):
    """Whatever the text, there are rows and problems and never an exception (Q34)."""
    assert isinstance(read_report(text), ReadReport)


HEADER = ",".join(column_names())


@given(st.lists(st.lists(st.text(max_size=8), max_size=19), max_size=4))
def test_any_cells_are_read(rows):
    """Whatever stands below the headings, there are rows and problems and never an exception (Q34)."""
    body = "\n".join(",".join(row) for row in rows)
    assert isinstance(read_report(f"{HEADER}\n{body}"), ReadReport)


WORDS = st.text(st.characters(exclude_categories=["C"]), max_size=10).map(str.strip)
TIMES = st.none() | st.datetimes(min_value=datetime(1000, 1, 2), timezones=st.just(UTC))  # noqa: DTZ001 - a bound


@given(
    st.builds(
        ReportRow,
        course_id=WORDS,
        track=WORDS.filter(bool),
        exam_name=WORDS,
        username=WORDS,
        suspicious_comments=WORDS,
        allowed_minutes=st.none() | st.integers(0, 10**6),
        is_sample_attempt=st.none() | st.booleans(),
        started_at=TIMES,
        suspicious_count=st.integers(0, 99),
    )
)
def test_what_is_written_is_read(row):
    """Whatever a row holds is read as it was written (Q33)."""
    assert ReadReport((row,), ()) == read_report(write_report([row]))


@pytest.mark.parametrize(
    ("course", "prefix"),
    [
        ("edX_DemoX_2026", "edX_DemoX_2026"),
        ("course-v1:edX+DemoX+2026", "edX_DemoX_2026"),
        ("edX/DemoX/2026.1", "edX_DemoX_2026.1"),
        ("../../etc", ".._.._etc"),
    ],
)
def test_the_file_is_named_after_course_and_moment(course, prefix):
    """The file name has the course without the signs that a name cannot have, and the moment in UTC (Q36)."""
    elsewhere = NOW.astimezone(timezone(timedelta(hours=9)))
    assert f"{prefix}_proctored_exam_results_report_2026-05-04-0930.csv" == report_file_name(course, elsewhere)


@pytest.mark.parametrize(
    ("age", "valid"),
    [
        (timedelta(0), True),
        (timedelta(minutes=5) - timedelta(microseconds=1), True),
        (timedelta(minutes=5), False),
        (timedelta(microseconds=-1), False),
    ],
)
def test_a_link_lasts_five_minutes(age, valid):
    """A link can be followed for less than five minutes after it was made (Q37)."""
    assert valid is link_is_valid(NOW, NOW + age)


def test_moments_of_links_have_a_zone():
    """The moments of a link have time zones."""
    with pytest.raises(DefinitionError) as caught:
        link_is_valid(datetime(2026, 5, 4), NOW)  # noqa: DTZ001 - the point
    assert ["made"] == [problem.path for problem in caught.value.problems]
