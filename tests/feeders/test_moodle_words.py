# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What cases of Moodle may say and no shared one does: each is fed like a shared one, whole."""

import pytest

from feeders.harness import check

PARSED = [
    ({"tree": "frog"}, {"error": "not object"}),
    ({"tree": {"op": "*"}}, {"error": "unknown op"}),
    ({"tree": {"op": "|", "show": True, "c": [3]}}, {"error": "child not object"}),
    ({"tree": {"op": "&", "showc": 0, "c": []}}, {"error": "showc not array"}),
    ({"tree": {"op": "&", "showc": [0], "c": [{"op": "|", "c": []}]}}, {"error": "showc not bool"}),
    ({"tree": {"op": "&", "showc": [True], "c": []}}, {"error": "c/showc length mismatch"}),
    ({"tree": {"op": "|", "show": True, "c": []}}, {"op": "|", "show": True, "children": 0}),
    ({"tree": {"op": "|", "show": True, "c": [{"type": "doesnotexist"}]}, "lax": True}, {"children": 0}),
    (
        {"tree": {"op": "&", "showc": [True, True], "c": [{"op": "|", "c": []}, {"op": "!&", "c": [{"op": "!|"}]}]}},
        {"error": "missing c"},
    ),
    (
        {
            "tree": {
                "op": "&",
                "showc": [True, True],
                "c": [{"op": "|", "c": []}, {"op": "!&", "c": [{"op": "!|", "c": []}]}],
            }
        },
        {"debug": "&(+|,+!&(!|))"},
    ),
    ({"tree": {"op": "|", "show": True, "c": [{"type": "stub", "available": True, "message": ""}]}}, {"children": 1}),
    ({"condition": {"type": "completion", "cm": 42, "e": "x"}}, {"error": "e"}),
    ({"condition": {"type": "grade", "id": 42, "min": "ute"}}, {"error": "min"}),
    ({"condition": {"type": "grade", "id": 42, "min": 3.89, "max": 4}}, {"debug": "#42 >= 3.89000, < 4.00000"}),
    ({"condition": {"type": "profile", "op": "isklingonfor", "sf": "department"}}, {"error": "op"}),
    ({"condition": {"type": "profile", "op": "isequalto", "v": False, "cf": "frogtype"}}, {"error": "v"}),
    ({"condition": {"type": "profile", "op": "isequalto", "v": "flying", "sf": 3}}, {"error": "sf"}),
    ({"condition": {"type": "profile", "op": "isequalto", "v": "flying", "cf": False}}, {"error": "cf"}),
]
ASKED = [
    ({"op": "!&", "c": [{"type": "stub", "always": True, "always_when_negated": True}]}, True),
    ({"op": "!&", "c": [{"type": "stub"}, {"type": "stub", "always_when_negated": True}]}, True),
    ({"op": "&", "c": [{"type": "stub", "always": True}, {"type": "stub"}]}, False),
]
DAY = {"type": "duration", "seconds": 86400}
COMPLETED = [
    (
        {"criteria": [DAY], "overall": "all", "facts": {"now": "later", "enrolment": {"created": 1000, "start": 0}}},
        87400,
    ),
    ({"criteria": [DAY], "overall": "all", "facts": {"now": "later", "enrolment": {"start": 2000}}}, 88400),
    ({"criteria": [{"type": "date", "at": 5000}], "overall": "all", "facts": {"now": "later"}}, 5000),
]
CHECKED = [
    ({"type": "group"}, {"groups": [], "access_all_groups": True}, True),
    ({"type": "profile", "cf": "frogtype", "op": "isempty"}, {"profile": {"frogtype": None}}, False),
    ({"type": "grade", "id": 1, "min": 30}, {"grades": {"1": {"final": None, "stored_range": [0, 100]}}}, True),
]
MEAN_OF_20 = {"name": "cat", "method": "mean", "exclude_empty": False, "max": 20}
GRADES = [
    {"name": f"g{nth}", "min": 0, "max": 10, "grade": 2 + 2 * nth, "hidden": False, "coef": nth} for nth in (0, 1, 2)
]
FIGURES = [
    (
        "aggregate/category_total",
        {"tree": {**MEAN_OF_20, "children": GRADES}},
        {"view": "real", "total_truncated": 8, "total_truncated_with_g0_hidden": 10},
    ),
    (
        "aggregate/natural_weights",
        {"items": [{"name": "one", "max": 10, "override_percent": 40}, {"name": "two", "max": 10}]},
        {"weights_percent_1dp": {"two": 60.0}, "adjusted_notice": True},
    ),
    (
        "aggregate/bounds_source",
        {
            "item_type": "item",
            "stored_grade_range": [0, 100],
            "item_range_now": [2, 50],
            "course_setting": None,
            "site_setting": "item",
        },
        {"range": [2, 50]},
    ),
    ("aggregate/rescale_keep_percentage", {"value": 10, "old_range": [0, 100], "new_range": [0, 1]}, {"value": 10}),
    (
        "aggregate/adjust_raw",
        {"raw": 41, "raw_range": [0, 300], "item_range": [0, 10], "multiplier": 1, "offset": 0},
        {"value_rounded_0dp": 1},
    ),
    (
        "aggregate/switch_method",
        {"from": "natural", "to": "simple_weighted_mean", "item": {"coef": 1, "coef2": 0.3, "override": 0}},
        {"changed": True, "coef": 1, "coef2": 0, "override": 0},
    ),
    ("formula/evaluate", {"expr": "=sin(2)", "vars": {"gi11": 3}}, {"value": 0.9092974268256817}),
    (
        "formula/dependency_closure",
        {"depends_on": {"1": [2, None], "2": [], "3": [4], "4": None}},
        {"closure": {"1": [2], "2": [], "3": [4], "4": []}, "depth_untested": True},
    ),
    (
        "availability/grade_completion_state",
        {"item": {"pass_mark": 4, "hidden": True}, "grade": {"raw": 3, "final": None}, "require_pass_grade": False},
        {"state": "complete"},
    ),
    (
        "availability/recertification_dates",
        {
            "basis": "expiry",
            "expires": "T+2 week",
            "completed": "T",
            "due": None,
            "active": "1 year",
            "window": "3 week",
        },
        {"new_expires": "expires+1 year", "window_opens": "new_expires-3 week"},
    ),
    *(("availability/parse", given, expect) for given, expect in PARSED),
    *(("availability/available_for_all", {"tree": tree}, {"available_for_all": expect}) for tree, expect in ASKED),
    *(
        ("availability/course_completion", given, {"complete": True, "completed_at": expect})
        for given, expect in COMPLETED
    ),
    *(
        ("availability/check_condition", {"condition": one, "negate": True, "facts": facts}, {"available": expect})
        for one, facts, expect in CHECKED
    ),
]


@pytest.mark.parametrize(("kind", "given", "expect"), FIGURES)
def test_a_word_is_said(kind, given, expect):
    """Every word of Moodle's cases is read and said, whether or not a shared case has it."""
    family, _, op = kind.partition("/")
    check("moodle", {"id": "own", "kind": family, "op": op, "input": given, "expect": expect})


@pytest.mark.parametrize(
    ("kind", "given", "expect"),
    [
        ("formula/evaluate", {"expr": "=1+2", "colour": "red"}, {"value": 3}),
        ("formula/evaluate", {"expr": "=1+2"}, {"value": 4}),
        ("formula/evaluate", {"expr": "=1+2"}, {"figure": 3}),
        ("aggregate/bounds_source", {"item_type": "shelf"}, {"range": [0, 1]}),
    ],
)
def test_a_word_that_nobody_knows_fails(kind, given, expect):
    """A key that nobody reads or says, a figure that differs, and a word in no table fail the case."""
    with pytest.raises(AssertionError):
        test_a_word_is_said(kind, given, expect)
