# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules K1 to K5: requirements, findings, waivers, and a decision that keeps every reason."""

import pickle
from datetime import UTC, datetime, timedelta, timezone

import pytest

from gradecalc import DefinitionError, Verdict
from gradecalc.certificates.requirements import Finding, Requirement, by_condition, decide
from gradecalc.decisions import Decision, Need, Waiver, join, waive
from gradecalc.moments import utc
from gradecalc.release_conditions import (
    Achieved,
    Achievement,
    AllOf,
    AnyOf,
    Comparison,
    LearnerFacts,
    Measure,
    Measured,
    Member,
    Membership,
    Not,
    check,
)

MET, NOT_MET, UNDETERMINED = Verdict.MET, Verdict.NOT_MET, Verdict.UNDETERMINED
JUNE = datetime(2026, 6, 1, tzinfo=UTC)


def requirement(name):
    """Return a requirement that finds in the facts what it comes to."""
    return Requirement(name, lambda facts: Finding(facts[name], "this", "that"))


def decided(*verdicts, waived=(), need=Need.ALL):
    """Return the decision over requirements a, b, c, … with these verdicts."""
    facts = dict(zip("abcdef", verdicts, strict=False))
    return decide("award", map(requirement, facts), facts, [Waiver(name, at=JUNE) for name in waived], need=need)


@pytest.mark.parametrize(
    ("verdicts", "need", "expected"),
    [
        ((), Need.ALL, MET),
        ((), Need.ANY, NOT_MET),
        ((MET, MET), Need.ALL, MET),
        ((MET, UNDETERMINED), Need.ALL, UNDETERMINED),
        ((UNDETERMINED, NOT_MET), Need.ALL, NOT_MET),
        ((NOT_MET, MET), Need.ANY, MET),
        ((NOT_MET, UNDETERMINED), Need.ANY, UNDETERMINED),
    ],
)
def test_a_decision_joins_its_verdicts(verdicts, need, expected):
    """All must be met, or any one, by Kleene's logic (K1)."""
    assert expected is decided(*verdicts, need=need).verdict


def test_every_reason_is_kept_in_order():
    """What is in the way and what is not yet known are all reasons, in the order of the requirements (K2)."""
    decision = decided(NOT_MET, MET, UNDETERMINED, NOT_MET)
    assert ["a", "c", "d"] == [each.label for each in decision.obstacles]


def test_what_is_met_needs_no_reason():
    """A decision that is met has nothing in its way, whatever else was found (K2)."""
    assert () == decided(MET, NOT_MET, need=Need.ANY).obstacles


def test_a_waiver_makes_one_requirement_count_as_met():
    """A waived requirement counts as met, keeps its finding, and leaves all others as they are (K3)."""
    decision = decided(NOT_MET, NOT_MET, waived="a")
    assert (MET, NOT_MET) == (decision["a"].verdict, decision["a"].as_found)
    assert ["b"] == [each.label for each in decision.obstacles]
    assert ["a"] == [each.label for each in decision.waived]


def test_a_waiver_of_what_is_met_changes_nothing_to_see():
    """A requirement that is met anyhow is not called waived (K3)."""
    decision = decided(MET, waived="a")
    assert (MET, ()) == (decision.verdict, decision.waived)


def test_waiving_later_is_waiving_at_once():
    """A waiver laid over a decision gives the decision that it would have given from the start (K3)."""
    assert decided(NOT_MET, MET, waived="a") == waive(decided(NOT_MET, MET), Waiver("a", at=JUNE))


def test_a_waiver_of_nothing_is_an_error():
    """A waiver that names no requirement is an error, with the nearest name (K3)."""
    with pytest.raises(DefinitionError) as caught:
        decide("award", [requirement("passing_grade")], {}, [Waiver("pasing_grade", at=JUNE)])
    assert ["unknown_requirement"] == [problem.code for problem in caught.value.problems]
    assert "'passing grade'" in str(caught.value)
    with pytest.raises(DefinitionError):
        waive(decided(MET), Waiver("z", at=JUNE))


def test_names_are_unique():
    """Two requirements of one name are an error (K1)."""
    with pytest.raises(DefinitionError) as caught:
        decide("award", [requirement("a"), requirement("a")], {"a": MET})
    assert [("duplicate_name", "a")] == [(problem.code, problem.path) for problem in caught.value.problems]


def test_an_unknown_name_is_a_key_error():
    """A decision has no requirement that it did not judge."""
    with pytest.raises(KeyError, match="did you mean 'alpha'"):
        join("award", [Decision("alpha", MET)])["alpa"]


def test_a_decision_explains_itself():
    """A decision is an outline of what each requirement came to, needed, found, and by whom it was waived."""
    waiver = Waiver("a_b", why="was ill", by="Ada", at=JUNE)
    a_b, c = (Decision(label, NOT_MET, "70 %", "53 %") for label in ("a b", "c"))
    decision = join("award", (a_b.with_waiver(waiver), c))
    notes = ("needs 70 %", "has 53 %", "waived by Ada on 2026-06-01: was ill")
    rows = decision.outline().children
    assert [("a b", "waived", notes), ("c", "not met", notes[:2])] == [
        (row.label, row.value, row.notes) for row in rows
    ]
    assert str(decision) == decision.outline().text()
    assert "<table" in decision._repr_html_()
    assert "c: not met; needs 70 %; has 53 %" == str(decision.obstacles[0])


def test_a_bare_waiver_says_when():
    """A waiver without a name and a reason says when it was given."""
    assert "waived on 2026-06-01" == str(Waiver("a", at=JUNE))


def test_a_decision_is_a_value():
    """A decision holds no functions, so it compares, hashes and pickles by value."""
    decision = decided(NOT_MET, MET, waived="a")
    assert decision == pickle.loads(pickle.dumps(decision))  # noqa: S301 - our own
    assert hash(decided(NOT_MET, MET, waived="a")) == hash(decision)


@pytest.mark.parametrize(("posts", "expected"), [({"Hello": 2}, MET), ({"Hello": 0}, NOT_MET), (None, UNDETERMINED)])
def test_a_release_condition_is_a_requirement(posts, expected):
    """A release condition asks as a requirement, and its reasons are what was found."""
    asked = by_condition("posted", Measured(Measure.POSTS, "Hello"))
    judged = decide("award", [asked], LearnerFacts(posts=posts))["posted"]
    assert expected is judged.verdict
    assert judged.needed
    assert judged.found


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (datetime(2026, 6, 1), "naive_date"),  # noqa: DTZ001 - what is refused
        ("2026-06-01", "wrong_type"),
        (datetime.max.replace(tzinfo=timezone(-timedelta(hours=1))), "out_of_range"),
    ],
)
def test_a_moment_has_a_zone(moment, code):
    """What is no moment with a time zone is refused, as an argument and in a value (K5)."""
    with pytest.raises(DefinitionError) as caught:
        utc(moment)
    assert [(code, "now")] == [(problem.code, problem.path) for problem in caught.value.problems]
    with pytest.raises(DefinitionError) as caught:
        Waiver("a", at=moment)
    assert [(code, "at")] == [(problem.code, problem.path) for problem in caught.value.problems]


def test_moments_of_all_zones_are_one_scale():
    """A moment is compared by when it is, not by what a clock shows (K5)."""
    assert JUNE == utc(datetime(2026, 6, 1, 2, tzinfo=timezone(timedelta(hours=2))))
    assert UTC is utc(JUNE).tzinfo


NESTED = AllOf(
    Measured(Measure.POSTS, "Hello", Comparison.AT_LEAST, 2),
    AnyOf(Achieved(Achievement.TOPIC_VISITED, "Week 1"), Not(Member(Membership.ROLE, "Auditor"))),
)


def codes(decision):
    """Return the label and the code of each decision, with those below it."""
    return decision.label, decision.code, [codes(each) for each in decision.children]


@pytest.mark.parametrize("condition", [NESTED, AnyOf(NESTED, AllOf()), Not(NESTED)])
def test_the_tree_of_a_condition_survives(condition):
    """A nested condition is below its requirement as it was judged, each part with its code and its verdict (K33)."""
    facts = LearnerFacts(posts={"Hello": 1}, roles=["Auditor"], visits=[])
    alone = check(condition, facts)
    requirement = decide("certificate", [by_condition("took_part", condition)], facts)["took_part"]
    assert (alone,) == requirement.children
    assert codes(alone) == codes(requirement.children[0])
    assert [reason.code for reason in alone.reasons] == [reason.code for reason in requirement.reasons]
    assert alone.outline() == requirement.outline().children[0]


def test_a_single_condition_is_the_requirement_itself():
    """A condition without parts is what its requirement needs, found with its code (K33)."""
    condition = Measured(Measure.POSTS, "Hello", Comparison.AT_LEAST, 2)
    facts = LearnerFacts(posts={"Hello": 1})
    alone, requirement = check(condition, facts), by_condition("posts", condition).decide(facts)
    assert ((), alone.label, alone.code) == (requirement.children, requirement.needed, requirement.code)


def test_names_that_read_alike_are_one_name():
    """Two requirements whose labels are the same are an error, since a waiver could not tell them apart (K34)."""
    with pytest.raises(DefinitionError):
        decide("award", [requirement("a_b"), requirement("a b")], {"a_b": MET, "a b": MET})
