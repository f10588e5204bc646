# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What Open edX shows of results, to whom and when."""

from datetime import UTC, datetime, timedelta

import pytest

from gradecalc import (
    Verdict,
)
from gradecalc.lms.openedx.release.result_visibility import ShowCorrectness, results_count, results_shown
from gradecalc.release_conditions import LearnerFacts, check

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


DAY = timedelta(days=1)


DUES = {"yesterday": NOW - DAY, "now": NOW, "tomorrow": NOW + DAY, "never": None}


def met(condition, **facts):
    """Return whether a condition is met now."""
    return check(condition, LearnerFacts(now=NOW, **facts)).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("setting", "due", "learner", "staff"),
    [
        ("always", "tomorrow", True, True),
        (None, "tomorrow", True, True),
        ("something else", "tomorrow", True, True),
        ("past_due", "yesterday", True, True),
        ("past_due", "now", True, True),
        ("past_due", "tomorrow", False, True),
        ("past_due", "never", True, True),
        ("never", "yesterday", False, False),
        ("never_but_include_grade", "yesterday", False, False),
    ],
)
def test_results_are_shown_by_setting_due_date_and_role(setting, due, learner, staff):
    """Staff see what is not yet due, and nobody sees what is never shown (L14)."""
    condition = results_shown(setting, DUES[due])
    assert (learner, staff) == (met(condition, roles=[]), met(condition, roles=["staff"]))


@pytest.mark.parametrize(
    ("setting", "due", "counts"),
    [
        ("never_but_include_grade", "tomorrow", False),
        ("never_but_include_grade", "now", True),
        ("never_but_include_grade", "never", True),
        ("never", "tomorrow", True),
        ("past_due", "tomorrow", True),
    ],
)
def test_only_one_setting_waits_with_the_figure(setting, due, counts):
    """What is never shown and counts all the same counts from its due date on, for staff too."""
    condition = results_count(setting, DUES[due])
    assert [counts, counts] == [met(condition, roles=roles) for roles in ([], ["staff"])]


@pytest.mark.parametrize("setting", [7, [], None, "", "ALWAYS"])
def test_an_unknown_setting_is_always(setting):
    """Whatever else a course says means always."""
    assert ShowCorrectness.ALWAYS is ShowCorrectness.read(setting)
