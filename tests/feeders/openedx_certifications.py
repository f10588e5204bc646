# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the cases about the dates of certifications are fed."""

from feeders.recertification import feed_dates, resolve
from gradecalc.certifications.periods import Period
from gradecalc.certifications.validity import (
    Ending,
    ValidityRule,
    days_overdue,
    grant_validity,
)


def recert_dates(case):
    """Feed a case of dates of expiry and of the renewal window."""
    feed_dates(case, method="method", old="current_expiry", new="expires")


def cert_expiry_relative(case):
    """Feed a case of a last valid day, and of a due date counted from the assignment."""
    given = case["input"]
    completed = resolve(given["completed"], {})
    lasts = Period.parse(given["valid_for"]) if given.get("valid_for") else None
    validity = grant_validity(ValidityRule(lasts=lasts, ending=Ending.DAY_BEFORE), completed)
    due = Period.parse(given["due_after"]).after(resolve(given["assigned"], {})) if given.get("due_after") else None
    found = {
        "expires": validity.last_day and validity.last_day.isoformat(),
        "due": due and due.date().isoformat(),
        "overdue_days": days_overdue(due, completed) if due else 0,
    }
    assert case["expect"] == {key: found[key] for key in case["expect"]}


FEEDERS = {"recert_dates": recert_dates, "cert_expiry_relative": cert_expiry_relative}
