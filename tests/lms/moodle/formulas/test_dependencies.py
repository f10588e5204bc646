# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a calculation needs, at first hand and in the end."""

from gradecalc.lms.moodle.formulas.dependencies import closure, depths


def test_what_is_needed_in_the_end():
    """Circles are followed once, and what is no list is nothing."""
    needs = {"1": [2], "2": [3], "3": [1, 10], "4": 5}
    assert {**dict.fromkeys("123", ("1", "2", "3", "10")), "4": ()} == closure(needs)
    assert {"1": 2, "2": 2, "3": 2} == depths(needs)


def test_nothing_in_a_list_is_no_need():
    """A null among what is needed, at first hand or further on, is as though it were not there."""
    first = {"1": [2, None], "2": [3], "3": [4], "4": []}
    assert ({"1": ("2", "3", "4"), "2": ("3", "4"), "3": ("4",), "4": ()}, {"1": 2, "2": 1}) == (
        closure(first),
        depths(first),
    )
    second = {"1": [2, 3], "2": [], "3": [None], "4": []}
    assert ({"1": ("2", "3"), "2": (), "3": (), "4": ()}, {}) == (closure(second), depths(second))
