# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The summary of a learner's progress page of Open edX."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from gradecalc import (
    DefinitionError,
    grade,
)
from gradecalc.lms.openedx.grading.policy import read_policy
from gradecalc.lms.openedx.grading.progress_page import (
    Hidden,
    PageResult,
    share_completion,
    summarize_progress,
)
from gradecalc.lms.openedx.grading.scores import Score

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


DAY = timedelta(days=1)


LABS = {"type": "Lab", "min_count": 2, "drop_count": 0, "weight": 0.5}


def summary(*results, **stated):
    policy, _ = read_policy({"GRADER": [LABS | stated]})
    return summarize_progress(policy, results, grade, now=NOW)


def lab(number, earned, **stated):
    return PageResult(f"lab {number}", "Lab", Score(earned, 10), **stated)


def test_hidden_results_are_zeros_until_they_are_seen():
    """What is hidden lowers the visible average and not the final figure, and says when it will be seen."""
    found = summary(lab(1, 8), lab(2, 2, setting="past_due", due=NOW + 3 * DAY))
    assert (40, 20, Hidden.SOME, NOW + 3 * DAY) == (
        found.types[0].visible,
        found.types[0].weighted,
        found.types[0].hidden,
        found.types[0].changes,
    )
    assert 25 == found.final


@pytest.mark.parametrize(
    ("visible", "hidden", "expected"),
    [(5, 10, (0, Hidden.ALL, 100)), (10, 5, (100, Hidden.NONE, 100)), (0, 0, (0, Hidden.ALL, 0))],
)
def test_drops_go_by_what_was_scored(visible, hidden, expected):
    """What is dropped is chosen by the scores, hidden or not, and only what is kept is hidden."""
    later = {"setting": "past_due", "due": NOW + DAY}
    found = summary(lab(1, visible), lab(2, hidden, **later), drop_count=1, weight=1)
    assert expected == (found.types[0].visible, found.types[0].hidden, found.final)


def test_what_is_not_yet_in_the_course_is_not_hidden():
    """A placeholder is no hidden result, and is dropped before a result that is as low."""
    later = {"setting": "past_due", "due": NOW + DAY}
    assert Hidden.SOME is summary(lab(1, 4, **later)).types[0].hidden
    assert Hidden.ALL is summary(lab(1, 0, **later), drop_count=1).types[0].hidden


def test_where_all_is_dropped_nothing_is_left():
    """A type of which all is dropped is 0, and hides nothing."""
    found = summary(lab(1, 4), lab(2, 4), drop_count=2)
    assert (0, Hidden.NONE, 0) == (found.types[0].visible, found.types[0].hidden, found.final)


def test_staff_see_what_is_not_yet_due():
    """For staff nothing is hidden that is only not yet due."""
    policy, _ = read_policy({"GRADER": [LABS]})
    results = [lab(1, 8), lab(2, 2, setting="past_due", due=NOW + DAY)]
    found = summarize_progress(policy, results, grade, now=NOW, staff=True).types[0]
    assert (50, Hidden.NONE, None) == (found.visible, found.hidden, found.changes)


def test_what_never_shows_never_changes():
    """A result that is never shown has no date, and one that is to count later has."""
    never = lab(1, 5, setting="never", due=NOW + 9 * DAY)
    later = lab(2, 5, setting="never_but_include_grade", due=NOW + DAY)
    found = summary(never, later)
    assert (Hidden.ALL, NOW + DAY, Fraction("12.5")) == (found.types[0].hidden, found.types[0].changes, found.final)


def test_the_page_does_not_round_subsections():
    """The page's figures come from exact parts, to two places of a percent."""
    third = PageResult("lab 1", "Lab", Score(1, 3))
    found = summary(third, lab(2, 0), weight=1)
    assert (Fraction("16.67"), Fraction("16.67")) == (found.types[0].visible, found.final)


def test_the_page_keeps_what_is_worth_nothing():
    """A result of nothing possible is a zero on the page, and absent in the grader."""
    nothing = PageResult("lab 2", "Lab", Score(0, 0))
    assert 50 == summary(lab(1, 10), nothing, min_count=0, weight=1).final


def test_a_type_without_results_hides_nothing():
    """Where there is nothing, nothing is hidden."""
    assert (0, Hidden.NONE) == (summary().types[0].visible, summary().types[0].hidden)


def test_completion_is_shared_with_the_rest_for_what_is_incomplete():
    """Halves go to the even percent, and the three parts are a whole."""
    found = share_completion(5, 2, 1)
    assert (8, 62, 12, 26) == (found.total, found.complete, found.locked, found.incomplete)


def test_nothing_to_complete_has_no_shares():
    """Of nothing at all every share is 0."""
    found = share_completion(0, 0, 0)
    assert (0, 0, 0, 0) == (found.total, found.complete, found.locked, found.incomplete)


def test_counts_of_completion_are_whole_numbers():
    """Every count that is none is reported at once."""
    with pytest.raises(DefinitionError) as caught:
        share_completion(-1, 2.5, 0)
    assert ["complete", "incomplete"] == [problem.path for problem in caught.value.problems]


def test_a_summary_is_an_outline():
    """The summary of the progress page shows itself in a notebook as its outline does."""
    found = summary(lab(1, 8))
    assert found.outline().html() == found._repr_html_()


def test_the_platform_may_say_what_counts():
    """What counts so far is what the platform says, where it says it, and what is visible stays as it is."""
    policy, _ = read_policy({"GRADER": [LABS]})
    found = summarize_progress(policy, [lab(1, 8), lab(2, 2)], grade, now=NOW, counting=["lab 1"])
    assert (20, 50) == (found.final, found.types[0].visible)
