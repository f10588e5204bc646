# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a calculation needs, at first hand and in the end."""

from gradecalc.lms.moodle.formulas.dependencies import closure, depths


def test_what_is_needed_in_the_end():
    """Circles are followed once, and what is no list is nothing."""
    needs = {"1": [2], "2": [3], "3": [1, 10], "4": 5}
    assert {**dict.fromkeys("123", ("1", "2", "3", "10")), "4": ()} == closure(needs)
    assert {"1": 2, "2": 2, "3": 2} == depths(needs)
