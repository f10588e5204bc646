# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Errors carry every problem as data."""

import pickle

import pytest

from gradecalc import (
    DefinitionError,
    GradecalcError,
    MarksError,
    Problem,
    Severity,
)
from gradecalc.errors import nearest, printable

FIRST = Problem("too_small", "children[0].weight", "weight of 'Quizzes' is -5; it must be 0 or more")
SECOND = Problem("missing", "", "no children")


@pytest.mark.parametrize("kind", [DefinitionError, MarksError])
def test_errors_survive_pickling(kind):
    """An error that crosses a process keeps its problems."""
    error = kind([FIRST, SECOND])
    assert (FIRST, SECOND) == pickle.loads(pickle.dumps(error)).problems  # noqa: S301
    assert isinstance(error, GradecalcError)


def test_one_problem_reads_as_one_line():
    """An error of one problem prints its path and message on one line."""
    assert "children[0].weight: weight of 'Quizzes' is -5; it must be 0 or more" == str(DefinitionError([FIRST]))


def test_several_problems_read_as_several_lines():
    """An error of several problems prints each on a line of its own."""
    assert ["2 problems", f"  {FIRST}", "  no children"] == str(DefinitionError([FIRST, SECOND])).splitlines()


@pytest.mark.parametrize("kind", [DefinitionError, MarksError])
def test_only_problems_that_are_errors_are_refused(kind):
    """An error is raised with the problems that are errors, and with none of them nothing is."""
    notice = Problem("odd", "", "suspicious", Severity.NOTICE)
    assert kind.refuse([notice]) is None
    with pytest.raises(kind) as refused:
        kind.refuse([notice, FIRST])
    assert (FIRST,) == refused.value.problems


def test_a_problem_is_an_error_unless_it_is_a_notice():
    """A problem stops the work unless its severity says otherwise."""
    assert Severity.ERROR is FIRST.severity


@pytest.mark.parametrize(
    ("name", "expected"),
    [("quiz 1", "; did you mean 'Quiz 1'?"), ("Quizz 1", "; did you mean 'Quiz 1'?"), ("Zebra", ""), (7, "")],
)
def test_the_nearest_name_is_offered(name, expected):
    """An unknown name is answered with the nearest known one, if one is near."""
    assert expected == nearest(name, ["Quiz 1", "Exam"])


def test_of_several_names_as_near_the_first_is_offered():
    """Of names that are as near as each other the one that stands first is meant."""
    assert "; did you mean 'Quiz 1'?" == nearest("Quz", [f"Quiz {nth}" for nth in range(1, 10)])
    assert "; did you mean 'Quiz 7'?" == nearest("Quz7", [f"Quiz {nth}" for nth in range(1, 10)])


def test_nearest_is_cheap_on_hostile_names():
    """Very long and very many names cost no more than a bounded comparison."""
    assert "" == nearest("x" * 10**6, (f"{number}" * 1000 for number in range(10**5)))


@pytest.mark.parametrize(
    "sign", ["\x1b", "\x00", "\x07", "\r", "\n", "\x7f", "\x9b", "\u202e", "\u2066", "\u200f", "\u2028", "\ud800"]
)
def test_nothing_that_a_terminal_obeys_is_printed(sign):
    """Control characters and marks of direction are written out in a path, and but for line breaks in a message."""
    problem = Problem("unknown_id", f"grades[{sign}[31m]", f"there is no {sign}here")
    assert sign not in str(problem).split(": ")[0]
    assert (sign == "\n") == (sign in str(problem))
    assert f"grades[{sign!r}[31m]".replace("'", "") == printable(problem.path)


def test_names_of_every_script_are_printed_as_they_are():
    """Letters, joined signs and spaces of any script are left alone."""
    names = "Zoë عدد שם 数学 👩‍🏫 نمی‌خواهم"
    assert names == printable(names)
