# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Trees of conditions, read and asked."""

import json

import pytest

from gradecalc.errors import Severity
from gradecalc.lms.moodle.availability import read_availability
from gradecalc.release_conditions import LearnerFacts
from gradecalc.verdicts import Verdict

GROUP = {"type": "group", "id": 1}


def tree(operator, *children, show=True):
    each = operator in ("&", "!|")
    return {"op": operator, "c": list(children), "showc" if each else "show": [show] * len(children) if each else show}


def available(stated, **facts):
    return read_availability(stated).check(LearnerFacts(**facts)).available


@pytest.mark.parametrize("operator", ["&", "|", "!&", "!|"])
def test_a_group_without_conditions_lets_everybody_in(operator):
    """Nothing in it keeps nobody out, below a NOT too."""
    assert available(tree(operator))
    assert available(tree("!&", {"op": operator, "c": []}))
    assert read_availability(tree(operator)).is_for_all()


def test_unknown_conditions_are_errors_or_let_pass():
    """A type that nothing reads is an error, and where reading is lax a notice that opens access."""
    stated = tree("!|", {"type": "password"})
    assert [Severity.ERROR] == [problem.severity for problem in read_availability(stated).problems]
    assert not available(stated)
    lax = read_availability(stated, lax=True)
    assert [Severity.NOTICE] == [problem.severity for problem in lax.problems]
    assert lax.check(LearnerFacts()).available


def test_a_condition_that_is_not_shown_hides_everything():
    """Where one that fails is not shown there are no messages; the decision has them all the same."""
    answer = read_availability(tree("&", GROUP, show=False)).check(LearnerFacts(groups=[], roles=[]))
    assert (False, True, ()) == (answer.available, answer.hidden, answer.messages)
    assert Verdict.NOT_MET is answer.decision.verdict
    assert str(answer).startswith("hidden")
    assert "<table" in answer._repr_html_()


def test_lists_of_users_go_by_what_lasts():
    """Only groups, groupings and the profile apply to a list; a date lets everybody in there."""
    date = {"type": "date", "d": "<", "t": 0}
    users = {name: LearnerFacts(groups=groups, roles=[]) for name, groups in (("in", ["1"]), ("out", []))}
    for operator, expected in (("&", ["in"]), ("|", ["in", "out"]), ("!&", ["in", "out"]), ("!|", ["out"])):
        availability = read_availability(tree(operator, GROUP, date))
        assert expected == availability.filter_users(users)


@pytest.mark.parametrize(
    ("stated", "path"),
    [
        (5, ""),
        ({"op": "x", "c": []}, "op"),
        ({"op": "&", "c": [], "showc": True}, "showc"),
        ({"op": "&", "c": [GROUP], "showc": []}, "showc"),
        ({"op": "&", "c": [GROUP], "showc": [1]}, "showc[0]"),
        (tree("|", 5), "c[0]"),
        (tree("|", {"type": "date", "d": "<", "t": 10**30}), "c[0].t"),
        (tree("|", {"type": "completion", "cm": 1, "e": 4}), "c[0].e"),
        (tree("|", {"type": "grouping"}), "c[0].id"),
        (tree("|", {"type": "profile", "op": "isempty", "sf": 5}), "c[0].sf"),
        (tree("|", {"type": "grade", "id": 1, "min": True}), "c[0].min"),
    ],
)
def test_what_cannot_be_read_leads_to_its_place(stated, path):
    """Each problem has the path to what is wrong."""
    assert path == read_availability(stated).problems[0].path


def test_restrictions_are_bounded():
    """Trees beyond the bounds are problems, not tracebacks."""
    deep = {"op": "&", "c": []}
    for _ in range(60):
        deep = {"op": "&", "c": [deep]}
    wide = tree("|", *[GROUP] * 3000)
    assert ["too_large"] == [problem.code for problem in read_availability(tree("|", deep)).problems]
    assert ["too_large"] == [problem.code for problem in read_availability(wide).problems]


def test_an_answer_is_no_truth_value():
    """Whether somebody is let in is asked of the verdict, so that a refusal is never read as a yes."""
    with pytest.raises(TypeError):
        bool(read_availability(tree("&", GROUP)).check(LearnerFacts()))


def test_a_restriction_says_itself_in_short():
    """The operator and the conditions stand in short, with a sign for what is shown or hidden where it fails."""
    inner = {"op": "!|", "c": [{"type": "group"}]}
    assert "&(+#1,+!|(any))" == str(read_availability(tree("&", GROUP, inner)).group)
    assert "-|(#1)" == str(read_availability(tree("|", GROUP, show=False)).group)
    assert "+!&" == str(read_availability(tree("!&")).group)


def test_a_restriction_for_all_needs_to_know_nothing():
    """It lets everybody in only where that follows whatever is known of them."""
    free = {"op": "&", "c": []}
    found = [read_availability(stated).is_for_all() for stated in (tree("|", free, GROUP), tree("&", free, GROUP), 5)]
    assert [True, False, False] == found


def test_the_opposite_of_a_restriction_may_be_for_all_too():
    """Whether everybody is let in is asked of a restriction or of its opposite, as every other question is."""
    free = {"op": "&", "c": []}
    stated = [tree("!|", free, GROUP), tree("!&", free, GROUP), tree("|", free, GROUP), tree("&", free, GROUP)]
    found = [read_availability(each) for each in stated]
    assert [False, True, True, False] == [each.is_for_all() for each in found]
    assert [True, False, False, True] == [each.is_for_all(negated=True) for each in found]


def test_a_restriction_is_read_as_it_is_stored():
    """Moodle stores a tree as text; text, bytes and the parsed tree are one, and what is none of them no object."""
    stated = tree("&", GROUP)
    text = json.dumps(stated)
    assert [str(read_availability(stated).group)] * 2 == [
        str(read_availability(each).group) for each in (text, text.encode())
    ]
    assert ["wrong_value"] * 4 == [
        problem.code for each in ("frog", "5", 5, None) for problem in read_availability(each).problems
    ]
