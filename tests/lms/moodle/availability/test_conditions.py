# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The single conditions of access restrictions."""

import pytest

from gradecalc.lms.moodle.availability import COMPLETION_STATES, SEES_ALL_GROUPS, read_availability
from gradecalc.release_conditions import LearnerFacts

GROUP = {"type": "group", "id": 1}


DONE = {"type": "completion", "cm": 5, "e": 1}


def tree(operator, *children, show=True):
    each = operator in ("&", "!|")
    return {"op": operator, "c": list(children), "showc" if each else "show": [show] * len(children) if each else show}


def available(stated, **facts):
    return read_availability(stated).check(LearnerFacts(**facts)).available


def test_an_activity_that_is_gone_lets_nobody_in():
    """A completion that nobody can have is refused with and without a NOT."""
    facts = {"completions": {}, "existing": {"completions": []}}
    assert [False, False] == [available(tree(operator, DONE), **facts) for operator in ("&", "!&")]
    facts = {"completions": {"5": COMPLETION_STATES[3]}}
    assert [False, True] == [available(tree(operator, DONE), **facts) for operator in ("&", "!&")]


def test_who_sees_all_groups_passes_either_way():
    """The right to see all groups passes a condition on groups and its opposite."""
    facts = {"groups": [], "roles": [SEES_ALL_GROUPS]}
    assert [True, True] == [available(tree(operator, GROUP), **facts) for operator in ("&", "!&")]
    grouping = {"type": "grouping", "id": 3}
    assert available(tree("&", grouping), groupings=["3"], roles=[])
    assert not available(tree("!&", {"type": "grouping", "activity": True}), groupings=["activity"], roles=[])


@pytest.mark.parametrize(
    ("operator", "value", "found", "expected"),
    [
        ("isempty", None, "0", True),
        ("isnotempty", None, "0", False),
        ("isequalto", "", "", True),
        ("contains", "", "anything", True),
        ("contains", "X", "x", False),
        ("doesnotcontain", "X", "x", True),
    ],
)
def test_profile_texts_are_compared_with_case(operator, value, found, expected):
    """Capital and small letters differ, and a text of one zero is empty too."""
    stated = {"type": "profile", "cf": "field", "op": operator} | ({} if value is None else {"v": value})
    assert expected == available(tree("&", stated), profile={"field": found})


@pytest.mark.parametrize("operator", ["&", "!&"])
def test_an_unknown_field_lets_nobody_in(operator):
    """What the profile does not have is undetermined, and so is its opposite."""
    assert not available(tree(operator, {"type": "profile", "sf": "x", "op": "contains", "v": "a"}), profile={})
