# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the cases about the dates of recertification are fed."""

from feeders.recertification import granted
from gradecalc.certifications.validity import ExpiryMethod

WORDS = {"basis": {method.value: method for method in ExpiryMethod}}


def recertification_dates(given):
    """Say the dates of expiry and of the renewal window."""
    return granted(given["input"], method="basis", old="expires", new="new_expires")


FEEDERS = {"availability/recertification_dates": recertification_dates}
