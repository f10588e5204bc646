# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A value of stored data is what must stand there, or refused with the path to it (Z5)."""

from fractions import Fraction

import pytest

from gradecalc import DefinitionError
from gradecalc.report.stored import MOST_WHOLE, Stored


@pytest.mark.parametrize(
    ("value", "read", "path"),
    [
        (5, lambda stored: stored.field("points"), "lines[1]"),
        ({}, lambda stored: stored.field("points"), "lines[1].points"),
        (5, lambda stored: stored.has_only("points"), "lines[1]"),
        ({"point": 5}, lambda stored: stored.has_only("points"), "lines[1].point"),
        ({"x" * 99: 5}, lambda stored: stored.has_only("points"), f"lines[1].'{'x' * 60}'…"),
        ({5: 5}, lambda stored: stored.has_only("points"), "lines[1].5"),
        ([1, 2], lambda stored: stored.entries(1), "lines[1]"),
        (["x"], lambda stored: stored.entries(1)[0].number(), "lines[1][0]"),
        (MOST_WHOLE + 1, Stored.exact, "lines[1]"),
        (True, Stored.exact, "lines[1]"),
        ("-1", Stored.amount, "lines[1]"),
    ],
)
def test_what_is_not_due_is_refused_with_its_path(value, read, path):
    """Whatever stands where something else is due is refused with the path to it (Z5)."""
    with pytest.raises(DefinitionError) as refused:
        read(Stored(value, "lines[1]"))
    assert [path] == [problem.path for problem in refused.value.problems]


def test_what_is_due_is_read():
    """Numbers are read exactly, whole ones as they are and others of text, and null where nothing need stand."""
    assert (5, Fraction(2, 3)) == (Stored(5, "").exact(), Stored("2/3", "").exact())
    assert (None, 5) == (Stored(None, "").optional(Stored.exact), Stored(5, "").optional(Stored.exact))


def test_a_message_says_of_what_it_is_a_part():
    """A refusal says what is damaged: a report, or a layout (Z5)."""
    with pytest.raises(DefinitionError, match="this layout is damaged"):
        Stored({}, "", "layout").field("id").text()
