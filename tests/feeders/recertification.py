# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the cases about dates of recertification are fed, in whose words they may be: dates are absolute or relative."""

from datetime import UTC, datetime

from feeders.comparison import Every, Moment, resolve
from gradecalc.certifications.periods import Period
from gradecalc.certifications.validity import (
    ValidityRule,
    grant_validity,
    validity_until,
)

MOMENTS = (datetime(2013, 5, 3, 8, 14, tzinfo=UTC), datetime(2024, 1, 31, 8, 14, tzinfo=UTC))
"""What T, where a case names no date, stands for in turn."""


def granted(given, *, method, old, new):
    """Say the dates granted; `method`, `old` and `new` are the case's words for these and the two expiries."""
    return Every(granted_from(moment, given, method, old, new) for moment in MOMENTS)


def granted_from(moment, given, method, old, new):
    """Return the dates granted where T is a moment."""
    names = {"T": moment}
    for key in ("completed", "due", old):
        if given.get(key):
            names[key] = resolve(given[key], names)
    found = grant(given, names, given[method], old)
    return {
        new: Moment(found.expires, names),
        "window_opens": Moment(found.window_opens, {**names, new: found.expires}),
    }


def grant(given, names, method, old):
    """Return the dates that the library grants."""
    periods = {ours: period(given, theirs) for ours, theirs in PERIODS.items()}
    rule = ValidityRule(method=method, **periods)
    before = names.get(old)
    previous = validity_until(rule, rule.lasts.before(before), before) if before else None
    return grant_validity(rule, names["completed"], previous=previous, due=names.get("due"))


PERIODS = {"lasts": "active", "window": "window", "minimum": "minimum_active"}


def period(given, key):
    """Return a period of a case, or None where it states none."""
    return Period.parse(given[key]) if given.get(key) else None
