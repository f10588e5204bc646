# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules Y29 and Y30: learning records and the criteria progress report, as rows and as CSV."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

from attrs import evolve

from gradecalc.certificates.requirements import Finding
from gradecalc.certifications.criteria import Certification, Criterion, CriterionKind
from gradecalc.certifications.enrolment import EnrolmentStep
from gradecalc.certifications.events import (
    BeginAgain,
    Enrol,
    Observe,
    TakeReviewStep,
    Waive,
    apply,
)
from gradecalc.certifications.periods import Period
from gradecalc.certifications.permissions import Person, Role
from gradecalc.certifications.records import Record
from gradecalc.certifications.reports import (
    CRITERIA_PROGRESS,
    LEARNING_RECORD,
    criteria_progress_report,
    learning_records,
)
from gradecalc.certifications.review import ReviewStep
from gradecalc.certifications.validity import ValidityRule
from gradecalc.verdicts import verdict

START = datetime(2026, 1, 1, tzinfo=UTC)
FIRST_AID = Certification(
    "First aid",
    [
        Criterion("exam", CriterionKind.GRADE, lambda grade: Finding(verdict(grade >= 70))),
        Criterion("portfolio", CriterionKind.REVIEW),
    ],
    require_approval=True,
    validity=ValidityRule(lasts=Period.parse("1 year")),
    view_groups=["nurses"],
)


def after(learner, *events):
    people = {
        "root": Person("root", roles=[Role.SUPER_ADMIN]),
        "cem": Person("cem", roles=[Role.COACH], team=[learner]),
        learner: Person(learner, roles=[Role.LEARNER], groups=["nurses"]),
    }
    record = Record(learner=learner)
    for nth, event in enumerate(events):
        by = people.get(getattr(event, "by", ""))
        record = apply(FIRST_AID, record, event, START + timedelta(days=nth), by=by).value
    return record


ASSIGN = Enrol(EnrolmentStep.ASSIGN, "root", due=START + timedelta(days=10))
RECORDS = [
    after(
        "ada",
        ASSIGN,
        Observe(81),
        TakeReviewStep(ReviewStep.SUBMIT, "ada", criterion="portfolio"),
        TakeReviewStep(ReviewStep.APPROVE, "cem", "fine", criterion="portfolio"),
        TakeReviewStep(ReviewStep.SUBMIT, "ada"),
        TakeReviewStep(ReviewStep.APPROVE, "cem"),
    ),
    after("bo", Enrol(EnrolmentStep.SELF_ENROL, "bo"), Observe(53), Waive("exam", "root", "a nurse")),
    after("cy"),
]
NOW = START + timedelta(days=15)


def by_column(table):
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_everybody_has_a_learning_record():
    """Every learner has a row, assigned, self-enrolled or neither, with the progress and the three axes (Y23)."""
    rows = by_column(learning_records(FIRST_AID, RECORDS, NOW))
    assert ["ada", "bo", "cy"] == [row["learner"] for row in rows]
    assert ["assigned", "self-enrolled", "not enrolled"] == [row["enrolment"] for row in rows]
    assert ["approved", "not started", "not started"] == [row["attainment"] for row in rows]
    assert [("2 of 2", "100.00 %"), ("1 of 2", "50.00 %"), ("0 of 2", "0.00 %")] == [
        (row["criteria met"], row["progress"]) for row in rows
    ]
    assert ["2027-01-06 00:00+00:00", "", ""] == [row["expires"] for row in rows]


def test_the_criteria_progress_report_has_every_criterion_and_review():
    """Every criterion of every learner has a row, and so has the approval (Y29)."""
    rows = by_column(criteria_progress_report(FIRST_AID, RECORDS, NOW))
    assert [(name, each) for name in ("ada", "bo", "cy") for each in ("exam", "portfolio", "approval")] == [
        (row["learner"], row["criterion"]) for row in rows
    ]
    assert ["met", "met", "met", "waived", "not met", "not met", "undetermined", "not met", "not met"] == [
        row["criterion status"] for row in rows
    ]
    assert ("approved", "cem", "2026-01-04 00:00+00:00", "fine", "") == criteria_progress_report(
        FIRST_AID, RECORDS, NOW
    ).rows[1][-5:]
    assert ("root", "a nurse") == (rows[3]["waived by"], rows[3]["waived because"])
    assert "" == rows[0]["review status"]


def test_earlier_reviews_stay_in_the_criteria_progress_report():
    """What was decided before the last decision, in this attempt and in those before it, has a column (Y29)."""
    sent_back = TakeReviewStep(ReviewStep.REQUEST_CHANGES, "cem", "sign it", criterion="portfolio")
    first = after(
        "ada",
        ASSIGN,
        Observe(81),
        TakeReviewStep(ReviewStep.SUBMIT, "ada", criterion="portfolio"),
        sent_back,
        TakeReviewStep(ReviewStep.RESUBMIT, "ada", criterion="portfolio"),
        TakeReviewStep(ReviewStep.APPROVE, "cem", criterion="portfolio"),
        TakeReviewStep(ReviewStep.REJECT, "cem", "not yours"),
    )
    (_, portfolio, approval) = by_column(criteria_progress_report(FIRST_AID, [first], NOW))
    assert ("approved", "changes requested by cem at 2026-01-04 00:00+00:00: sign it") == (
        portfolio["review status"],
        portfolio["earlier reviews"],
    )
    assert ("rejected", "") == (approval["review status"], approval["earlier reviews"])
    ada = Person("ada", roles=[Role.LEARNER])
    again = apply(FIRST_AID, first, BeginAgain("ada"), NOW, by=ada).value
    (_, portfolio, approval) = by_column(criteria_progress_report(FIRST_AID, [again], NOW))
    assert ("not submitted", "attempt 1: rejected by cem at 2026-01-07 00:00+00:00: not yours") == (
        approval["review status"],
        approval["earlier reviews"],
    )
    assert ["attempt 1: changes requested", "attempt 1: approved"] == [
        each.split(" by ")[0] for each in portfolio["earlier reviews"].split("; ")
    ]
    automatic = evolve(FIRST_AID, require_approval=False)
    assert ["exam", "portfolio", "approval"] == [
        row["criterion"] for row in by_column(criteria_progress_report(automatic, [again], NOW))
    ]


def test_a_report_is_csv_with_a_header():
    """A report's CSV has its columns on top, and a line for each row."""
    for table, columns in (
        (learning_records(FIRST_AID, RECORDS, NOW), LEARNING_RECORD),
        (criteria_progress_report(FIRST_AID, RECORDS, NOW), CRITERIA_PROGRESS),
    ):
        header, *rows = csv.reader(table.to_csv().splitlines())
        assert (list(columns), len(table.rows)) == (header, len(rows))


def test_no_cell_of_a_report_is_run():
    """A name that a spreadsheet would run as a formula begins with an apostrophe in the CSV (Y30)."""
    table = learning_records(FIRST_AID, [Record(learner='=HYPERLINK("x")')], NOW)
    _, row = csv.reader(StringIO(table.to_csv(), newline=""))
    assert '\'=HYPERLINK("x")' == row[0]


def test_the_repr_tells_nobodys_name():
    """A table's repr shows neither a learner nor a reason."""
    text = repr(criteria_progress_report(FIRST_AID, RECORDS, NOW))
    assert [] == [word for word in ("'ada'", "cem", "nurse") if word in text]


def test_a_report_prints_as_an_outline():
    """A report's outline has a row for each row, without the empty cells."""
    outline = learning_records(FIRST_AID, RECORDS, NOW).outline()
    assert ["ada", "bo", "cy"] == [row.label for row in outline.children]
    assert "due 2026-01-11 00:00+00:00" in outline.children[0].notes
