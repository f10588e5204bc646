# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the cases about the dates of certifications are fed."""

from feeders.comparison import resolve
from feeders.recertification import granted, period
from gradecalc.certifications.validity import (
    Ending,
    ExpiryMethod,
    ValidityRule,
    days_overdue,
    grant_validity,
)

WORDS = {"recert_dates:method": {method.value: method for method in ExpiryMethod}}


def recert_dates(given):
    """Say the dates of expiry and of the renewal window."""
    return granted(given["input"], method="method", old="current_expiry", new="expires")


def cert_expiry_relative(given):
    """Say a last valid day, and what is due by when where that is counted from the assignment."""
    stated = given["input"]
    assigned, completed = (resolve(stated[key], {}) for key in ("assigned", "completed"))
    rule = ValidityRule(lasts=period(stated, "valid_for"), ending=Ending.DAY_BEFORE)
    due_after = period(stated, "due_after")
    due = due_after and due_after.after(assigned)
    return {
        "expires": grant_validity(rule, completed).last_day.isoformat(),
        "due": due and due.date().isoformat(),
        "overdue_days": due and days_overdue(due, completed),
    }


FEEDERS = {"recert_dates": recert_dates, "cert_expiry_relative": cert_expiry_relative}
