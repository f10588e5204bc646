# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What super admins read about a certification: everybody's learning records, and the criteria progress report.

>>> from datetime import UTC
>>> from gradecalc.certifications.criteria import Criterion, CriterionKind
>>> first_aid = Certification("First aid", [Criterion("portfolio", CriterionKind.REVIEW)])
>>> table = learning_records(first_aid, [Record(learner="=ada")], datetime(2026, 9, 1, tzinfo=UTC))
>>> header, row = table.to_csv().splitlines()
>>> print(row)
'=ada,not certified,not enrolled,,0,not started,0 of 1,0.00 %,none,,

A table is rows of texts; in its CSV no cell is one that a spreadsheet would run as a formula (Y30).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Final

from attrs import field

from ..decisions import Decision
from ..moments import written
from ..outline import Explained, Outline
from ..rounding import Rounding
from ..spreadsheets import write_csv
from ..transitions import leads_to
from ..values import frozen
from ..verdicts import Verdict
from .criteria import Certification
from .records import Attempt, Record
from .review import REVIEW_STEPS, Review
from .status import CertificationStatus, needs_approval, status_of
from .texts import CERTIFICATIONS

_SHOWN: Final = Rounding()

LEARNING_RECORD: Final = (
    "learner",
    "certified",
    "enrolment",
    "due",
    "days overdue",
    "attainment",
    "criteria met",
    "progress",
    "credential",
    "awarded",
    "expires",
)
"""The columns of the learning records."""

CRITERIA_PROGRESS: Final = (
    "learner",
    "certified",
    "enrolment",
    "attainment",
    "credential",
    "criterion",
    "kind",
    "criterion status",
    "waived by",
    "waived because",
    "review status",
    "reviewed by",
    "reviewed at",
    "reviewer's reason",
    "earlier reviews",
)
"""The columns of the criteria progress report."""


@frozen
class Table(Explained):
    """A report as rows of texts under columns; the repr shows neither learners nor what is said of them."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)

    def to_csv(self) -> str:
        """Return the table as CSV with a header, whose cells a spreadsheet takes as text; its lines end with CR LF."""
        return write_csv((self.columns, *self.rows))

    def outline(self) -> Outline:
        """Return a row for each row, whose notes are its filled cells with their columns."""
        return Outline(
            self.title, CERTIFICATIONS.phrase("rows", len(self.rows)), children=map(self._outlined, self.rows)
        )

    def _outlined(self, row: tuple[str, ...]) -> Outline:
        cells = zip(self.columns[2:], row[2:], strict=True)
        notes = (CERTIFICATIONS.phrase("cell", _in_words(column), cell) for column, cell in cells if cell)
        return Outline(row[0], row[1], notes)


def _in_words(column: str) -> str:
    code = f"column.{column}"
    return CERTIFICATIONS.phrase(code) if code in CERTIFICATIONS.texts else column


def learning_records(certification: Certification, records: Iterable[Record], now: datetime) -> Table:
    """Return a row for every learner: enrolment, progress, attainment, credential."""
    rows = (_learning_record(status_of(certification, each, now), certification) for each in records)
    return Table(CERTIFICATIONS.phrase("records_of", certification.name), LEARNING_RECORD, tuple(rows))


def criteria_progress_report(certification: Certification, records: Iterable[Record], now: datetime) -> Table:
    """Return a row for every criterion of every learner, and one for the approval where it is or was needed (Y29)."""
    rows = tuple(row for record in records for row in _criteria_rows(certification, record, now))
    return Table(CERTIFICATIONS.phrase("report_of", certification.name), CRITERIA_PROGRESS, rows)


def _learning_record(status: CertificationStatus, certification: Certification) -> tuple[str, ...]:
    labels = {criterion.label for criterion in certification.criteria}
    criteria = [each for each in status.award.children if each.label in labels]
    met = sum(each.verdict is Verdict.MET for each in criteria)
    validity = status.validity
    return (
        status.learner,
        status.answer,
        status.enrolment.value,
        written(status.due),
        str(status.days_overdue),
        status.attainment.value,
        f"{met} of {len(criteria)}",
        f"{_SHOWN.show(Fraction(100 * met, len(criteria)))} %" if criteria else "",
        status.credential_in_words,
        written(validity.since if validity else None),
        written(validity.expires if validity else None),
    )


def _criteria_rows(certification: Certification, record: Record, now: datetime) -> Iterable[tuple[str, ...]]:
    status = status_of(certification, record, now)
    attempt = record.attempt
    common = (status.learner, status.answer, status.enrolment.value, status.attainment.value)
    heading = (*common, status.credential_in_words)
    for criterion in certification.criteria:
        judged = attempt.decide(criterion)
        review = _review_cells(attempt.review(criterion.name)) if criterion.reviewed else _NO_REVIEW
        earlier = _earlier_reviews([each.review(criterion.name) for each in record.attempts])
        yield (*heading, criterion.name, criterion.kind.value, *_waiver_cells(judged), *review, earlier)
    approvals = [each.approval for each in record.attempts]
    if needs_approval(certification, attempt) or any(approval.log for approval in approvals):
        yield (*heading, "approval", "approval", *_approval_cells(attempt), _earlier_reviews(approvals))


def _approval_cells(attempt: Attempt) -> tuple[str, ...]:
    return (attempt.approval.state.verdict.value, "", "", *_review_cells(attempt.approval))


def _waiver_cells(judged: Decision) -> tuple[str, ...]:
    waiver = judged.waiver
    word = "waived" if waiver else judged.verdict.value
    return (word, waiver.by, waiver.why) if waiver else (word, "", "")


def _earlier_reviews(reviews: Sequence[Review]) -> str:
    """Return what was decided before the last decision of the present attempt, in all attempts, the earliest first."""
    told = []
    for nth, review in enumerate(reviews, start=1):
        attempt = f"attempt {nth}: " if len(reviews) > 1 else ""
        decisions = review.decisions[:-1] if nth == len(reviews) else review.decisions
        for each in decisions:
            why = f": {each.why}" if each.why else ""
            told.append(f"{attempt}{leads_to(REVIEW_STEPS, each.step)} by {each.by} at {written(each.at)}{why}")
    return "; ".join(told)


_NO_REVIEW: Final = ("", "", "", "")


def _review_cells(review: Review) -> tuple[str, ...]:
    decided = review.decided
    if decided is None:
        return (review.state.value, "", "", "")
    return (review.state.value, decided.by, written(decided.at), decided.why)
