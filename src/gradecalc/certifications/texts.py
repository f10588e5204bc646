# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What certifications say, in words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial, reduce
from typing import Final

from ..reasons import ReasonTexts, Said

CERTIFICATIONS: Final = ReasonTexts(
    "certifications",
    {
        "a_certification": "a certification",
        "a_group": "a group among {0}",
        "a_person_enrolled": "a member of the team who is enrolled",
        "and": "{0} and {1}",
        "an_approval": "an approval",
        "an_enrolment": "an enrolment",
        "approval": "approval",
        "as": "as {0}",
        "assigned": "assigned",
        "assigned_by": "assigned by {0}",
        "attainment": "Attainment",
        "award": "award",
        "award_of": "{0}: award",
        "awarded_next": "everything, and is awarded with the next event",
        "by": "by {0}",
        "by_on": "{0}, by {1} on {2}",
        "certified": "certified",
        "cell": "{0} {1}",
        "column.attainment": "attainment",
        "column.awarded": "awarded",
        "column.credential": "credential",
        "column.criteria met": "criteria met",
        "column.criterion": "criterion",
        "column.criterion status": "criterion status",
        "column.days overdue": "days overdue",
        "column.due": "due",
        "column.earlier reviews": "earlier reviews",
        "column.enrolment": "enrolment",
        "column.expires": "expires",
        "column.kind": "kind",
        "column.progress": "progress",
        "column.review status": "review status",
        "column.reviewed at": "reviewed at",
        "column.reviewed by": "reviewed by",
        "column.reviewer's reason": "reviewer's reason",
        "column.waived because": "waived because",
        "column.waived by": "waived by",
        "credential": "credential",
        "credential_axis": "Credential",
        "criteria_of": "{0}: criteria",
        "due": "due",
        "due_at": "due {0}",
        "enrolment": "enrolment",
        "enrolment_axis": "Enrolment",
        "expires": "expires",
        "grace_ends": "grace ends",
        "honoured": "a credential that is honoured",
        "last_day": "last day {0}",
        "learner_about": "the learner whom it is about",
        "never": "never",
        "no_group": "none, for nobody may enrol themselves",
        "none_stated": "none stated",
        "not_certified": "not certified",
        "not_suspended": "no suspended credential",
        "not_yet_certified": "not yet certified",
        "nothing_recorded": "nothing on record yet",
        "on": "{0}, on {1}",
        "one_that_is": "one that is {0}",
        "overdue": "overdue by {0} days",
        "records_of": "{0}: learning records",
        "renewal_opens": "renewal opens",
        "report_of": "{0}: Certification Criteria Progress Report",
        "review": "Review",
        "rows": "{0} rows",
        "state_about": "none stated: state about=",
        "status": "status {0}",
        "suspended": "one suspended: {0}",
        "the_role": "the role",
        "to": "to {0}",
        "validity": "Validity",
        "why": "{0}: {1}",
    },
)
"""What is said of enrolments, reviews, credentials and permissions."""


def all_together(said: Iterable[Said]) -> Said:
    """Return several things that are true at once."""
    return reduce(partial(CERTIFICATIONS.phrase, "and"), said)


def because(said: Said, why: str) -> Said:
    """Return what is said with the reason that somebody gave, if there is one."""
    return CERTIFICATIONS.phrase("why", said, why) if why else said
