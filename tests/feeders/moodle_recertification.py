# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the cases about the dates of recertification are fed."""

from feeders.recertification import feed_dates


def recertification_dates(case):
    """Feed a case of dates of expiry and of the renewal window."""
    feed_dates(case, method="basis", old="expires", new="new_expires")


FEEDERS = {"availability/recertification_dates": recertification_dates}
