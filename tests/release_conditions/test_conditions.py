# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Release conditions, one by one: what each asks, what it finds, and what is wrong with one."""

import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from gradecalc import (
    EXEMPT,
    Category,
    DefinitionError,
    DropRule,
    Empty,
    FormulaItem,
    Gradebook,
    GradeItem,
    ItemKind,
    Mark,
    UngradedPolicy,
    grade,
)
from gradecalc.decisions import Decision
from gradecalc.outline import Outline
from gradecalc.release_conditions import (
    MAX_CONDITIONS,
    MAX_DEPTH,
    Achieved,
    Achievement,
    AllOf,
    AnyOf,
    Comparison,
    Completed,
    Completion,
    During,
    GradeReceived,
    GradeValue,
    LearnerFacts,
    Measure,
    Measured,
    Member,
    Membership,
    NoGradeReceived,
    Not,
    ProfileField,
    TextTest,
    check,
    find_condition_problems,
    keep_released,
)
from gradecalc.statistics import summarize
from gradecalc.verdicts import Verdict

MET, NOT_MET, UNDETERMINED = Verdict
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BOOK = Gradebook(
    [
        GradeItem("Quiz 1", max_points=10),
        Category("Essays", [GradeItem("Essay 1", max_points=10), GradeItem("Essay 2", max_points=10)]),
        GradeItem("Remark", kind=ItemKind.TEXT),
        GradeItem("Extra", max_points=0),
    ]
)
POSTED = Measured(Measure.POSTS, "Week 1")


def graded(marks, **choices):
    """Return the facts of a learner with these marks."""
    return LearnerFacts(report=grade(BOOK, marks, **choices))


def came_to(condition, facts):
    """Return the verdict and the codes of what was found."""
    decision = check(condition, facts)
    return decision.verdict, *(reason.code for reason in decision.reasons)


def codes(condition, report_ids=None):
    """Return the code and path of each problem."""
    return [(problem.code, problem.path) for problem in find_condition_problems(condition, report_ids)]


# grades


@pytest.mark.parametrize(
    ("comparison", "value", "upper", "at"),
    [
        (Comparison.BELOW, 60, None, [MET, NOT_MET, NOT_MET]),
        (Comparison.AT_MOST, 60, None, [MET, MET, NOT_MET]),
        (Comparison.EQUAL, 60, None, [NOT_MET, MET, NOT_MET]),
        (Comparison.AT_LEAST, 60, None, [NOT_MET, MET, MET]),
        (Comparison.ABOVE, 60, None, [NOT_MET, NOT_MET, MET]),
        (Comparison.BETWEEN, 60, 60, [NOT_MET, MET, NOT_MET]),
        (Comparison.BETWEEN, 50, 60, [MET, MET, NOT_MET]),
        (Comparison.BETWEEN, 60, 70, [NOT_MET, MET, MET]),
    ],
)
def test_a_grade_value_is_compared_as_it_says(comparison, value, upper, at):
    """Below, at and above the value each comparison holds or not, and both bounds of a range belong to it (L3, L12)."""
    condition = GradeValue("Quiz 1", comparison, value, upper)
    assert at == [check(condition, graded({"Quiz 1": points})).verdict for points in (5.9, 6, 6.1)]


def test_what_are_no_facts_is_refused():
    """Facts of another kind are refused with every error of the condition, rather than taken for unknown (L10)."""
    with pytest.raises(DefinitionError) as refused:
        check(GradeValue("", Comparison.ABOVE, 5), {"scores": {"Quiz": 7}})
    assert ["id", "facts"] == [problem.path for problem in refused.value.problems]


def test_a_grade_value_is_compared_exactly():
    """Two thirds are above 66.666666 percent and not above two thirds, and a float means its decimal text (L3, N2)."""
    facts = graded({"Quiz 1": Fraction(20, 3)})
    bounds = (66.666666, Decimal("66.666667"), Fraction(200, 3))
    verdicts = [check(GradeValue("Quiz 1", Comparison.ABOVE, bound), facts).verdict for bound in bounds]
    assert [MET, NOT_MET, NOT_MET] == verdicts


@pytest.mark.parametrize("ungraded", [None, *UngradedPolicy])
@pytest.mark.parametrize("comparison", [each for each in Comparison if each is not Comparison.BETWEEN])
def test_an_exempt_learner_triggers_neither(comparison, ungraded):
    """Neither grade value nor no grade received is met for an exempt learner, under every policy (L2)."""
    for marks in ({"Quiz 1": EXEMPT}, {"Quiz 1": Mark(0, exempt=True)}):
        facts = graded(marks, ungraded=ungraded)
        assert (NOT_MET, "exempt") == came_to(GradeValue("Quiz 1", comparison, 0), facts)
        assert (NOT_MET, "exempt") == came_to(NoGradeReceived("Quiz 1"), facts)


def test_an_exempt_category_triggers_neither():
    """A category all of which is exempt is neither graded nor ungraded (L2)."""
    facts = graded({"Essays": EXEMPT})
    assert (NOT_MET, "exempt") == came_to(GradeValue("Essays", Comparison.AT_MOST, 100), facts)
    assert (NOT_MET, "exempt") == came_to(NoGradeReceived("Essays"), facts)


def test_without_a_grade_no_value_is_met():
    """Ungraded is no value whatever is compared, and is no grade received (L3)."""
    facts = graded({})
    assert (NOT_MET, "no_grade") == came_to(GradeValue("Quiz 1", Comparison.AT_MOST, 100), facts)
    assert (MET, "no_grade") == came_to(NoGradeReceived("Quiz 1"), facts)


def test_a_recorded_zero_is_a_grade():
    """A zero that somebody recorded is a value, and a grade received (L3)."""
    facts = graded({"Quiz 1": 0})
    assert [MET, NOT_MET] == [
        check(GradeValue("Quiz 1", Comparison.EQUAL, 0), facts).verdict,
        check(NoGradeReceived("Quiz 1"), facts).verdict,
    ]


def test_a_blank_that_counts_as_zero_is_no_grade():
    """Where ungraded counts as zero the blank is still no grade (L4)."""
    facts = graded({"Essay 1": 5}, ungraded=UngradedPolicy.AS_ZERO)
    assert (NOT_MET, "no_grade") == came_to(GradeValue("Quiz 1", Comparison.EQUAL, 0), facts)
    assert (MET, "no_grade") == came_to(NoGradeReceived("Quiz 1"), facts)


def test_a_blank_that_is_dropped_is_no_grade():
    """A blank counted as zero and then dropped is no grade, and a recorded mark that is dropped is one (L3, L4)."""
    book = Gradebook(
        [GradeItem("A", max_points=10), GradeItem("B", max_points=10)],
        drop=DropRule(lowest=1),
        ungraded=UngradedPolicy.AS_ZERO,
    )
    blank, low = LearnerFacts(report=grade(book, {"B": 5})), LearnerFacts(report=grade(book, {"A": 1, "B": 5}))
    assert (MET, "no_grade") == came_to(NoGradeReceived("A"), blank)
    assert (MET, "found") == came_to(GradeValue("A", Comparison.EQUAL, 10), low)


@pytest.mark.parametrize("empty", Empty)
@pytest.mark.parametrize("drop", [DropRule(), DropRule(lowest=1)])
def test_a_category_without_a_score_has_no_grade(empty, drop):
    """A category in which nothing is graded has no grade, also where it counts as zero, dropped or not (L4)."""
    category = Category("C", [GradeItem("A", max_points=10)], empty=empty, ungraded=UngradedPolicy.LEAVE_OUT)
    book = Gradebook([category, GradeItem("B", max_points=10)], drop=drop, ungraded=UngradedPolicy.AS_ZERO)
    facts = LearnerFacts(report=grade(book, {"B": 5}))
    assert (MET, "no_grade") == came_to(NoGradeReceived("C"), facts)
    assert (NOT_MET, "no_grade") == came_to(GradeValue("C", Comparison.EQUAL, 0), facts)


def test_what_a_branch_comes_to_is_its_grade_once_something_in_it_is_recorded():
    """A category, the final and a formula item have the grade that is computed, but a zero of blanks is none (L5)."""
    book = Gradebook(
        [
            Category("C", [GradeItem("A", max_points=10), GradeItem("B", max_points=10)]),
            FormulaItem("F", formula="[A.Points Received] / 2", max_points=10),
        ],
        ungraded=UngradedPolicy.AS_ZERO,
    )
    blank, zero = (LearnerFacts(report=grade(book, marks)) for marks in ({}, {"A": 0}))
    for id_ in ("C", "F", "final"):
        assert (NOT_MET, "no_grade") == came_to(GradeValue(id_, Comparison.EQUAL, 0), blank)
        assert (MET, "no_grade") == came_to(NoGradeReceived(id_), blank)
        assert (MET, "found") == came_to(GradeValue(id_, Comparison.EQUAL, 0), zero)


@pytest.mark.parametrize("policy", UngradedPolicy)
@pytest.mark.parametrize(("quiz", "met"), [(None, "none"), (0, "received"), (5, "received"), (EXEMPT, "")])
def test_a_category_of_exempt_and_blank_work_has_no_grade(policy, quiz, met):
    """Beside exempt work a blank makes no grade, whatever it counts as; with all exempt none is missing (U10)."""
    book = Gradebook([Category("C", [GradeItem("A", max_points=10), GradeItem("B", max_points=10)])], ungraded=policy)
    report = grade(book, {"A": EXEMPT, "B": quiz})
    facts = LearnerFacts(report=report)
    assert (MET is check(GradeReceived("C"), facts).verdict) is (met == "received")
    assert (MET is check(NoGradeReceived("C"), facts).verdict) is (met == "none")
    assert (MET is check(GradeValue("C", Comparison.AT_LEAST, 0), facts).verdict) is (met == "received")
    figures = summarize([report], "C")
    assert {"received": (1, 0, 0), "none": (0, 1, 0), "": (0, 0, 1)}[met] == (
        figures.submitted,
        figures.ungraded.number,
        figures.exempt.number,
    )


def test_a_grade_received_is_not_the_opposite_of_none():
    """An exempt learner meets neither, and `Not` of no grade received is met, with a notice (L2, L6, L19)."""
    facts = graded({"Quiz 1": EXEMPT})
    opposite = Not(NoGradeReceived("Quiz 1"))
    assert (NOT_MET, "exempt") == came_to(GradeReceived("Quiz 1"), facts)
    assert MET is check(opposite, facts).verdict
    assert [("met_if_exempt", "conditions[0]")] == codes(AllOf(opposite))
    assert [] == codes(AllOf(GradeReceived("Quiz 1")))


def test_an_override_is_a_grade():
    """An overridden category has the grade that was typed, though nothing in it is graded (L5)."""
    facts = graded({"Essays": Mark(9, out_of=10)})
    assert (MET, "found") == came_to(GradeValue("Essays", Comparison.EQUAL, 90), facts)


@pytest.mark.parametrize("marks", [{"Extra": 3}, {"Remark": "well done"}])
def test_a_grade_without_a_percent_cannot_be_compared(marks):
    """A text, or points out of 0, is a grade received, whose value is undetermined (L8)."""
    (id_,) = marks
    assert (UNDETERMINED, "no_percent") == came_to(GradeValue(id_, Comparison.AT_LEAST, 0), graded(marks))
    assert (NOT_MET, "no_percent") == came_to(NoGradeReceived(id_), graded(marks))
    assert (MET, "no_percent") == came_to(GradeReceived(id_), graded(marks))


def test_what_the_report_does_not_have_is_undetermined_with_the_nearest_name():
    """A condition on an item that is gone is undetermined, and says which name is near (L9)."""
    decision = check(GradeValue("Quiz1", Comparison.ABOVE, 0), graded({}))
    assert (UNDETERMINED, "unknown_id") == (decision.verdict, decision.found.code)
    assert "'Quiz 1'" in decision.found


def test_not_is_met_for_an_exempt_learner_and_the_opposite_comparison_is_not():
    """Not negates plainly, so it is met for an exempt and for an ungraded learner; the opposite is for neither (L6)."""
    below, opposite = (GradeValue("Quiz 1", each, 60) for each in (Comparison.BELOW, Comparison.AT_LEAST))
    for facts in (graded({"Quiz 1": EXEMPT}), graded({})):
        assert [MET, NOT_MET] == [check(Not(below), facts).verdict, check(opposite, facts).verdict]


# everything else


MEASURE_FIELDS = [each for each in Measure if each is not Measure.DAYS_SINCE]
SETS = [*((Achieved, each) for each in Achievement), *((Member, each) for each in Membership)]


@pytest.mark.parametrize("measure", MEASURE_FIELDS)
def test_every_measure_is_read_from_the_field_of_its_name(measure):
    """What is measured is compared, nothing told is not known, and what does not exist is undetermined (L9, L10)."""
    condition = Measured(measure, "A", Comparison.ABOVE, 2)
    told = measure.value
    assert [(MET, "found"), (NOT_MET, "found"), (UNDETERMINED, "not_known"), (UNDETERMINED, "unknown_id")] == [
        came_to(condition, LearnerFacts(**{told: {"A": 2.5}})),
        came_to(condition, LearnerFacts(**{told: {"A": 2}})),
        came_to(condition, LearnerFacts()),
        came_to(condition, LearnerFacts(**{told: {"A": 5}}, existing={told: ["B"]})),
    ]


@pytest.mark.parametrize("measure", MEASURE_FIELDS)
def test_a_missing_count_is_zero_and_a_missing_score_is_missing(measure):
    """Where nothing is measured a count is 0, and a score is met by no comparison (L11)."""
    scores = {Measure.QUIZ_SCORE, Measure.QUESTION_SCORE, Measure.RUBRIC_SCORE, Measure.OUTCOME_LEVEL}
    expected = (NOT_MET, "nothing") if measure in scores else (MET, "found")
    for values in ({}, {"A": None}):
        assert expected == came_to(Measured(measure, "A", Comparison.EQUAL, 0), LearnerFacts(**{measure.value: values}))


@pytest.mark.parametrize(("kind", "member"), SETS)
def test_every_set_is_read_from_the_field_of_its_name(kind, member):
    """What is among the learner's is met, what is not is not, and nothing told is not known (L9, L10)."""
    condition, told = kind(member, "A"), member.value
    assert [(MET, "there"), (NOT_MET, "not_found"), (UNDETERMINED, "not_known"), (UNDETERMINED, "unknown_id")] == [
        came_to(condition, LearnerFacts(**{told: ["A"]})),
        came_to(condition, LearnerFacts(**{told: ()})),
        came_to(condition, LearnerFacts()),
        came_to(condition, LearnerFacts(**{told: ["A"]}, existing={told: ["B"]})),
    ]


@pytest.mark.parametrize("membership", Membership)
def test_membership_without_an_id_is_of_any(membership):
    """Without an id, being in any one suffices."""
    facts = [LearnerFacts(**{membership.value: ids}) for ids in (["A"], [])]
    assert [MET, NOT_MET] == [check(Member(membership), each).verdict for each in facts]


@pytest.mark.parametrize("state", Completion)
def test_a_completion_is_accepted_in_the_states_named(state):
    """Complete and passed are accepted unless the condition names others, and failed is not complete (L15)."""
    facts = LearnerFacts(completions={"A": state})
    accepted = {Completion.COMPLETE, Completion.PASSED}
    assert (MET if state in accepted else NOT_MET) is check(Completed("A"), facts).verdict
    assert MET is check(Completed("A", [state]), facts).verdict


def test_what_is_not_listed_is_incomplete_if_it_exists():
    """A completion that is not listed is incomplete, one that does not exist is undetermined either way (L9, L11)."""
    facts = LearnerFacts(completions={}, existing={"completions": ["A"]})
    conditions = [Completed("A", [Completion.INCOMPLETE]), Completed("B"), Not(Completed("B"))]
    assert [MET, UNDETERMINED, UNDETERMINED] == [check(each, facts).verdict for each in conditions]


@pytest.mark.parametrize(("seconds", "inside"), [(-1, False), (0, True), (3599, True), (3600, False)])
def test_a_period_includes_its_start_and_not_its_end(seconds, inside):
    """From the start on and before the end, in whatever zones the three are stated (L14)."""
    zone = timezone(timedelta(hours=9))
    start, moment = NOON.astimezone(zone), NOON + timedelta(seconds=seconds)
    end = start + timedelta(hours=1)
    expected = MET if inside else NOT_MET
    assert expected is check(During(start, end), LearnerFacts(now=moment)).verdict
    halves = AllOf(During(start=start), During(end=end))
    assert expected is check(halves, LearnerFacts(now=moment)).verdict


@pytest.mark.parametrize(("hours", "days"), [(-1, -1), (0, 0), (23, 0), (24, 1), (167, 6), (168, 7)])
def test_days_since_are_whole_days(hours, days):
    """The days since an event are the whole periods of 24 hours gone by (L14)."""
    facts = LearnerFacts(now=NOON + timedelta(hours=hours), dates={"first enrolled": NOON})
    assert MET is check(Measured(Measure.DAYS_SINCE, "first enrolled", Comparison.EQUAL, days), facts).verdict


def test_days_since_do_not_trip_over_summer_time():
    """A night of 23 hours is no day, though the clock shows the same time (L14)."""
    zone = ZoneInfo("Europe/Amsterdam")
    facts = LearnerFacts(
        now=datetime(2026, 3, 29, 12, tzinfo=zone), dates={"enrolled": datetime(2026, 3, 28, 12, tzinfo=zone)}
    )
    assert NOT_MET is check(Measured(Measure.DAYS_SINCE, "enrolled"), facts).verdict


def test_an_event_that_has_not_been_is_missing():
    """Where the dates are told and the event is not among them, no number of days is met (L11)."""
    facts = LearnerFacts(now=NOON, dates={})
    assert (NOT_MET, "nothing") == came_to(Measured(Measure.DAYS_SINCE, "enrolled", Comparison.AT_MOST, 9), facts)


@pytest.mark.parametrize(
    ("test", "value", "passing", "failing"),
    [
        (TextTest.EQUALS, "Physics", "Physics", "physics"),
        (TextTest.CONTAINS, "ys", "Physics", "PHYSICS"),
        (TextTest.STARTS_WITH, "Ph", "Physics", "Sophia"),
        (TextTest.ENDS_WITH, "ics", "Physics", "icse"),
        (TextTest.EMPTY, "", "", "0"),
    ],
)
def test_a_profile_field_is_tested_letter_by_letter(test, value, passing, failing):
    """Each test of a text holds for one and not for another; a field that is not there is undetermined (L13)."""
    condition = ProfileField("department", test, value)
    profiles = ({"department": passing}, {"department": failing}, {"departement": passing})
    assert [MET, NOT_MET, UNDETERMINED] == [check(condition, LearnerFacts(profile=each)).verdict for each in profiles]


@pytest.mark.parametrize(
    ("condition", "facts"),
    [
        (NoGradeReceived("A"), {"report": {"A": 5}}),
        (POSTED, {"posts": ["Week 1"]}),
        (POSTED, {"posts": {"Week 1": "two"}}),
        (POSTED, {"posts": {"Week 1": True}}),
        (POSTED, {"posts": {"Week 1": float("nan")}}),
        (POSTED, {"posts": {}, "existing": ["Week 1"]}),
        (POSTED, {"posts": {}, "existing": {"posts": "Week 1"}}),
        (POSTED, {"posts": {}, "existing": {"posts": 5}}),
        (Achieved(Achievement.TOPIC_VISITED, "A"), {"visits": "A"}),
        (Achieved(Achievement.TOPIC_VISITED, "A"), {"visits": {"A": 1}}),
        (Achieved(Achievement.TOPIC_VISITED, "A"), {"visits": 5}),
        (Member(Membership.ROLE), {"roles": "Student"}),
        (Completed("A"), {"completions": {"A": True}}),
        (Completed("A"), {"completions": ["A"]}),
        (During(start=NOON), {"now": NOON.replace(tzinfo=None)}),
        (During(start=NOON), {"now": "noon"}),
        (During(start=NOON), {"now": datetime.max.replace(tzinfo=timezone(timedelta(hours=-5)))}),
        (Measured(Measure.DAYS_SINCE, "A"), {"now": NOON, "dates": {"A": date(2026, 1, 1)}}),
        (Measured(Measure.DAYS_SINCE, "A"), {"now": NOON.replace(tzinfo=None), "dates": {"A": NOON}}),
        (ProfileField("A", TextTest.EMPTY), {"profile": {"A": 5}}),
        (ProfileField("A", TextTest.EMPTY), {"profile": "A"}),
    ],
)
def test_facts_never_raise(condition, facts):
    """A fact of a wrong type leaves the condition undetermined, with the reason (L10)."""
    assert (UNDETERMINED, "wrong_fact") == came_to(condition, LearnerFacts(**facts))


@pytest.mark.parametrize(
    "condition",
    [
        During(start=NOON),
        Measured(Measure.DAYS_SINCE, "A"),
        Completed("A"),
        ProfileField("A", TextTest.EMPTY),
        GradeReceived("A"),
        NoGradeReceived("A"),
    ],
)
def test_what_is_not_told_is_not_known(condition):
    """Without facts every condition is undetermined (L10)."""
    assert (UNDETERMINED, "not_known") == came_to(condition, LearnerFacts())


def test_ids_that_do_not_hash_do_no_harm():
    """A collection with a list in it is still a collection of ids (L10)."""
    facts = LearnerFacts(visits=[["A"], "B"])
    assert [NOT_MET, MET] == [check(Achieved(Achievement.TOPIC_VISITED, id_), facts).verdict for id_ in "AB"]


# decisions


def test_a_decision_says_what_was_needed_and_found():
    """The outline has a row for each condition, with its verdict and what was found."""
    decision = check(AllOf(POSTED, Not(Member(Membership.GROUP))), LearnerFacts(posts={"Week 1": 3}, groups=[]))
    rows = (
        Outline("posts in 'Week 1': at least 1", "met", ("found 3",)),
        Outline("must not be met", "met", (), (Outline("group: any", "not met", ("not found",)),)),
    )
    assert Outline("all must be met", "met", (), rows) == decision.outline()
    assert (decision.outline().text(), decision.outline().html()) == (str(decision), decision._repr_html_())


def test_reasons_are_leaf_by_leaf():
    """There is a reason for each leaf, in the order of the conditions, with what was needed and what was found."""
    decision = check(AnyOf(Not(POSTED), Completed("A")), LearnerFacts(posts={}, completions={"A": Completion.FAILED}))
    expected = [
        ("found", "posts in 'Week 1': at least 1: found 0"),
        ("found", "completion of 'A': complete or passed: found failed"),
    ]
    assert expected == [(reason.code, str(reason)) for reason in decision.reasons]


@pytest.mark.parametrize(
    ("percent", "words"),
    [(60, "found 60 %"), (Decimal("59.995"), "found 59.995 %"), (Fraction(200, 3), "found about 66.67 %")],
)
def test_a_figure_is_exact_where_it_is_short(percent, words):
    """A figure is said exactly where a short decimal does, and otherwise as what it is about."""
    facts = graded({"Quiz 1": Fraction(percent) / 10})
    assert words == check(GradeValue("Quiz 1", Comparison.EQUAL, 60), facts).found


@pytest.mark.parametrize("condition", [AllOf(), AnyOf()])
def test_of_no_conditions(condition):
    """All of none are met, and any of none is not (L1)."""
    assert (MET if isinstance(condition, AllOf) else NOT_MET) is check(condition, LearnerFacts()).verdict
    assert [("no_conditions", "")] == codes(condition)


# sticky release


@pytest.mark.parametrize("present", Verdict)
@pytest.mark.parametrize("earlier", [None, *Verdict])
def test_once_met_is_kept(earlier, present):
    """What was met before stays met and says so, with the present below it; anything else is the present (L16)."""
    now = Decision("now", present)
    kept = keep_released(None if earlier is None else Decision("before", earlier), now)
    if earlier is MET and present is not MET:
        assert (MET, ["kept"], (now,)) == (kept.verdict, [each.code for each in kept.reasons], kept.children)
    else:
        assert now == kept
    assert kept == keep_released(earlier, now)


# mistakes


@pytest.mark.parametrize(
    ("condition", "problems"),
    [
        ("Exam", [("wrong_type", "")]),
        (None, [("wrong_type", "")]),
        (GradeValue, [("wrong_type", "")]),
        (AllOf([POSTED]), [("wrong_type", "conditions[0]")]),
        (AllOf(POSTED, GradeValue("A", Comparison.ABOVE, "60")), [("not_a_number", "conditions[1].value")]),
        (Not(AnyOf(NoGradeReceived(""))), [("missing", "condition.conditions[0].id")]),
        (NoGradeReceived(5), [("wrong_type", "id")]),
        (GradeReceived(""), [("missing", "id")]),
        (GradeValue("A", ">=", None), [("wrong_type", "comparison"), ("missing", "value")]),
        (GradeValue("A", Comparison.BETWEEN, 60), [("missing", "upper")]),
        (GradeValue("A", Comparison.BETWEEN, 60, 50), [("bounds_cross", "upper")]),
        (Measured(Measure.POSTS, "A", Comparison.BETWEEN, 3, 1), [("bounds_cross", "upper")]),
        (GradeValue("A", Comparison.BELOW, 60, 70), [("meaningless", "upper")]),
        (Measured("posts", "A"), [("wrong_type", "measure")]),
        (Achieved(Membership.GROUP, "A"), [("wrong_type", "achievement")]),
        (Member("group", "A"), [("wrong_type", "membership")]),
        (Member(Membership.GROUP, 7), [("wrong_type", "id")]),
        (Member(Membership.GROUP, ""), [("wrong_type", "id")]),
        (Completed("A", ()), [("missing", "accepts")]),
        (Completed("A", [1]), [("wrong_type", "accepts[0]")]),
        (Completed("A", Completion.PASSED), [("wrong_type", "accepts")]),
        (During(), [("missing", "")]),
        (AllOf(During()), [("missing", "conditions[0]")]),
        (During(NOON.replace(tzinfo=None), "noon"), [("wrong_type", "start"), ("wrong_type", "end")]),
        (During(NOON, NOON), [("bounds_cross", "end")]),
        (ProfileField("A", "is", "x"), [("wrong_type", "test")]),
        (ProfileField("A", TextTest.EQUALS), [("missing", "value")]),
        (ProfileField("A", TextTest.EMPTY, "x"), [("meaningless", "value")]),
    ],
)
def test_a_malformed_condition_is_refused_with_every_path(condition, problems):
    """Every error has a code and a path, and a check raises them all (L17)."""
    assert problems == codes(condition)
    with pytest.raises(DefinitionError) as caught:
        check(condition, LearnerFacts())
    assert problems == [(problem.code, problem.path) for problem in caught.value.problems]


LOW, HIGH = GradeValue("A", Comparison.BELOW, 50), GradeValue("A", Comparison.AT_LEAST, 50)


@pytest.mark.parametrize(
    "together",
    [
        (LOW, HIGH),
        (LOW, Not(LOW)),
        (Not(POSTED), POSTED),
        (AnyOf(LOW, POSTED), Not(AnyOf(LOW, POSTED))),
        (NoGradeReceived("A"), LOW),
        (HIGH, NoGradeReceived("A")),
        (GradeReceived("A"), NoGradeReceived("A")),
        (GradeValue("A", Comparison.EQUAL, 50), GradeValue("A", Comparison.ABOVE, 50)),
        (GradeValue("A", Comparison.BETWEEN, 10, 20), GradeValue("A", Comparison.BETWEEN, 30, 40)),
        (Measured(Measure.POSTS, "A", Comparison.EQUAL, 0), Measured(Measure.POSTS, "A")),
    ],
)
def test_conditions_that_exclude_each_other_are_noticed(together):
    """What can never be met together is a notice in an `AllOf` and none in an `AnyOf`, and is no error (L17)."""
    assert [("contradiction", "conditions[1]")] == codes(AllOf(*together))
    assert [] == codes(AnyOf(*together))
    assert MET is not check(AllOf(*together), LearnerFacts()).verdict


@pytest.mark.parametrize(
    "together",
    [
        (LOW, LOW),
        (LOW, GradeValue("B", Comparison.AT_LEAST, 50)),
        (HIGH, GradeValue("A", Comparison.AT_MOST, 50)),
        (HIGH, GradeValue("A", Comparison.BELOW, 50.1)),
        (NoGradeReceived("A"), GradeValue("B", Comparison.BELOW, 50)),
        (NoGradeReceived("A"), NoGradeReceived("A")),
        (GradeReceived("A"), LOW),
        (GradeReceived("A"), NoGradeReceived("B")),
        (Measured(Measure.POSTS, "A"), Measured(Measure.THREADS, "A", Comparison.EQUAL, 0)),
        (Completed("A"), Not(Completed("B"))),
    ],
)
def test_conditions_that_agree_are_not_noticed(together):
    """Conditions that can be met together, or that speak of different things, are no contradiction (L17)."""
    assert [] == codes(AllOf(*together))


def test_a_grade_that_a_report_does_not_have_is_noticed():
    """With a report's ids, a condition on another id is a notice with the nearest name (L9)."""
    condition = AllOf(NoGradeReceived("Quiz 1"), Not(GradeValue("Quiz1", Comparison.ABOVE, 5)))
    (problem,) = find_condition_problems(condition, graded({}).report)
    assert ("unknown_id", "conditions[1].condition.id") == (problem.code, problem.path)
    assert "'Quiz 1'" in problem.message


def nested(levels):
    """Return a condition under so many levels of `Not`."""
    condition = POSTED
    for _ in range(levels):
        condition = Not(condition)
    return condition


def test_nesting_to_the_bound_is_judged():
    """Conditions nest to the stated depth, and an even number of `Not` changes nothing (L18)."""
    assert MET is check(nested(MAX_DEPTH), LearnerFacts(posts={"Week 1": 1})).verdict


@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 20_000])
def test_nesting_beyond_the_bound_is_a_clear_error(levels):
    """Deeper nesting is an error with its path, and never exhausts the stack (L18)."""
    assert [("too_large", ".".join(["condition"] * (MAX_DEPTH + 1)))] == codes(nested(levels))


def test_many_conditions_are_a_clear_error():
    """A condition that is made of too many, shared ones included, is an error and ends quickly (L18)."""
    condition = POSTED
    for _ in range(60):
        condition = AllOf(condition, condition)
    assert ["too_large"] == [code for code, _ in codes(condition)]
    assert [] == codes(AnyOf(*[POSTED] * (MAX_CONDITIONS - 1)))


def test_conditions_are_values():
    """Conditions equal, hash and pickle by value."""
    condition = AllOf(LOW, AnyOf(POSTED, Not(During(NOON))), Completed("A", [Completion.PASSED]))
    copy = pickle.loads(pickle.dumps(condition))  # noqa: S301
    assert (condition, hash(condition)) == (copy, hash(copy))
    assert AllOf(LOW) != AnyOf(LOW)
