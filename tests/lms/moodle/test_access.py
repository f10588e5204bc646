# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Moodle's access restrictions and completion."""

from datetime import UTC, datetime, timedelta

import pytest

from gradecalc import DefinitionError, grade
from gradecalc.decisions import Need
from gradecalc.errors import Severity
from gradecalc.lms.moodle import (
    COMPLETION_STATES,
    COMPLETIONS,
    SEES_ALL_GROUPS,
    Bounds,
    CompletionCriterion,
    CompletionCriterionKind,
    CompletionState,
    CourseFacts,
    GradeRequirements,
    StoredGrade,
    activity_state,
    complete_course,
    grade_requirements,
    grade_state,
    read_availability,
    stored_grades,
)
from gradecalc.release_conditions import Completion, LearnerFacts
from gradecalc.verdicts import Verdict

GROUP = {"type": "group", "id": 1}
DONE = {"type": "completion", "cm": 5, "e": 1}
DAY = datetime(2024, 5, 1, tzinfo=UTC)


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


@pytest.mark.parametrize("operator", ["&", "|", "!&", "!|"])
def test_a_group_without_conditions_lets_everybody_in(operator):
    """Nothing in it keeps nobody out, below a NOT too."""
    assert available(tree(operator))
    assert available(tree("!&", {"op": operator, "c": []}))
    assert read_availability(tree(operator)).for_all


def test_unknown_conditions_are_errors_or_let_pass():
    """A type that nothing reads is an error, and where reading is lax a notice that opens access."""
    stated = tree("!|", {"type": "password"})
    assert [Severity.ERROR] == [problem.severity for problem in read_availability(stated).problems]
    assert not available(stated)
    lax = read_availability(stated, lax=True)
    assert [Severity.NOTICE] == [problem.severity for problem in lax.problems]
    assert lax.check(LearnerFacts()).available


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


def test_grades_are_read_from_the_range_stored_with_them():
    """Percents are unclamped; an item that is gone, no grade and a range without width are all no grade."""
    availability = read_availability(
        tree("&", {"type": "grade", "id": 1, "max": 100}, {"op": "!&", "c": [{"type": "grade", "id": 2}]})
    )
    assert ("1", "2") == availability.grades_asked
    for held, expected in ((StoredGrade(55, Bounds(50, 60)), True), (StoredGrade(60, Bounds(50, 60)), False)):
        report = grade(*stored_grades({"1": held, "2": StoredGrade(5, Bounds(5, 5))}, availability))
        assert expected == availability.check(LearnerFacts(report=report)).available
    assert not availability.check(LearnerFacts(report=grade(*stored_grades({}, availability)))).available


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


def test_a_grade_completes_an_activity():
    """The final grade goes first, and a pass mark of a hidden item says nothing unless passing is required."""
    assert CompletionState.INCOMPLETE is grade_state(None, None, 5)
    assert CompletionState.COMPLETE is grade_state(3, None)
    assert CompletionState.COMPLETE is grade_state(3, None, 5, hidden=True)
    assert CompletionState.FAILED_HIDDEN is grade_state(3, None, 5, hidden=True, require_pass=True)
    assert CompletionState.PASSED is grade_state(3, 5, 5)
    assert CompletionState.FAILED is grade_state(9, 0, 5)


def test_requirements_are_joined():
    """Anything open leaves an activity open, then a failure fails it, and a pass passes it."""
    assert CompletionState.INCOMPLETE is activity_state([CompletionState.FAILED, CompletionState.INCOMPLETE])
    assert CompletionState.FAILED is activity_state([CompletionState.PASSED, CompletionState.FAILED_HIDDEN])
    assert CompletionState.PASSED is activity_state([CompletionState.PASSED, CompletionState.COMPLETE])
    assert CompletionState.COMPLETE is activity_state([])
    assert GradeRequirements(CompletionState.COMPLETE, CompletionState.FAILED) == grade_requirements(
        CompletionState.FAILED
    )
    assert GradeRequirements(CompletionState.COMPLETE, CompletionState.PASSED) == grade_requirements(
        CompletionState.COMPLETE
    )
    assert GradeRequirements(CompletionState.COMPLETE, CompletionState.INCOMPLETE) == grade_requirements(
        CompletionState.FAILED_HIDDEN
    )
    assert GradeRequirements(CompletionState.INCOMPLETE, CompletionState.INCOMPLETE) == grade_requirements(
        CompletionState.INCOMPLETE
    )


def test_only_being_set_to_complete_holds():
    """What somebody set to complete stays so, and what was set to incomplete does not."""
    assert CompletionState.COMPLETE is activity_state([CompletionState.INCOMPLETE], CompletionState.COMPLETE)
    assert CompletionState.PASSED is activity_state([CompletionState.PASSED], CompletionState.INCOMPLETE)
    assert Completion.FAILED is COMPLETIONS[CompletionState.FAILED_HIDDEN]


ALL = [
    CompletionCriterion(CompletionCriterionKind.ACTIVITY, "a"),
    CompletionCriterion(CompletionCriterionKind.ACTIVITY, "b"),
    CompletionCriterion(CompletionCriterionKind.DATE, at=DAY),
    CompletionCriterion(CompletionCriterionKind.DURATION, period=timedelta(days=3)),
    CompletionCriterion(CompletionCriterionKind.GRADE, value=66),
    CompletionCriterion(CompletionCriterionKind.COURSE, "c1"),
    CompletionCriterion(CompletionCriterionKind.ROLE, "teacher"),
]
FACTS = CourseFacts(
    now=DAY + timedelta(days=9),
    activities={"a": (CompletionState.PASSED, DAY), "b": (CompletionState.FAILED, DAY)},
    grade=(66, DAY + timedelta(days=1)),
    courses={"c1": DAY},
    roles={"teacher": DAY},
    enrolled=DAY,
)


def test_a_course_is_completed_as_its_criteria_are_joined():
    """A failed activity completes nothing; where any activity does, the course is completed at the latest moment."""
    found = complete_course(ALL, FACTS)
    assert [1, 0, 1, 1, 1, 1, 1] == [int(each.verdict is Verdict.MET) for each in found.criteria]
    assert (False, None) == (found.complete, found.at)
    within = {CompletionCriterionKind.ACTIVITY: Need.ANY}
    assert DAY + timedelta(days=3) == complete_course(ALL, FACTS, within=within).at
    assert complete_course(ALL, FACTS, overall=Need.ANY).complete
    assert not complete_course([], FACTS).complete


def test_what_was_met_stays_met():
    """Criteria are not withdrawn, and the moment of completion never changes."""
    criteria = [
        CompletionCriterion(CompletionCriterionKind.GRADE, value=66),
        CompletionCriterion(CompletionCriterionKind.DATE, at=DAY),
    ]
    first = complete_course(criteria, FACTS)
    later = complete_course(criteria, CourseFacts(grade=(10, DAY + timedelta(days=5))), earlier=first)
    assert (True, DAY + timedelta(days=1)) == (later.complete, later.at)
    half = complete_course(criteria, CourseFacts(grade=(70, DAY)))
    assert (False, Verdict.UNDETERMINED) == (half.complete, half.criteria[1].verdict)
    assert complete_course(criteria, CourseFacts(now=FACTS.now), earlier=half).complete


def test_moments_state_their_time_zone():
    """A moment without a time zone is an error with the path to it."""
    naive = datetime(2024, 5, 1)  # noqa: DTZ001 - the point of the test
    with pytest.raises(DefinitionError) as raised:
        complete_course(
            [CompletionCriterion(CompletionCriterionKind.DATE, at=naive)], CourseFacts(now=naive, courses={"x": naive})
        )
    assert ["criteria[0].at", "now", "courses['x']"] == [problem.path for problem in raised.value.problems]


def test_a_completion_prints_its_criteria():
    """The outline has a row for each criterion."""
    found = complete_course(ALL, FACTS)
    assert len(ALL) == len(found.outline().children)
    assert "not completed" in str(found)
    assert "<table" in found._repr_html_()
