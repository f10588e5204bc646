# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Late policies, banks and curves are written as documents of their own and read back, every problem with its path."""

import json
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import DefinitionError, Gradebook, GradeItem
from gradecalc.curves import (
    AddGapToBest,
    Blanks,
    FlatPoints,
    LinearCurve,
    ScaleToMean,
    ShiftToMean,
    SpreadToMean,
    SquareRootCurve,
    ZScoreClobber,
)
from gradecalc.gradebook.late_bank import LateBank, SpendOrder
from gradecalc.gradebook.late_policy import AfterGrace, DeductionOf, Interval, LateBand, LatePolicy
from gradecalc.grading.late_work import ItemLatePolicy, LateRules
from gradecalc.testing import late_banks, late_policies, late_rules

policy_files = pytest.importorskip("gradecalc.extras.policy_files")

BOOK = Gradebook([GradeItem("Essay", 20), GradeItem("Lab", 10)])
CURVES = (
    ScaleToMean(72.5),
    ShiftToMean(70),
    AddGapToBest(),
    FlatPoints(Fraction(-2, 3)),
    LinearCurve(low_to=50, high=90),
    SquareRootCurve(places=3),
    SpreadToMean(75, 12, places=4),
    ZScoreClobber("Final", blanks=Blanks.FILLED),
)


def problems_of(data):
    return [(problem.code, problem.path) for problem in policy_files.find_problems(data)]


def there_and_back(value):
    return policy_files.loads_json(policy_files.dumps_json(value))


@settings(max_examples=60)
@given(st.one_of(late_policies(), late_banks(), late_rules(BOOK)))
def test_whatever_is_written_of_late_work_reads_back(policy):
    """Whatever policy, bank or rules for late work are written as JSON, the same are read."""
    assert policy == there_and_back(policy)


@settings(max_examples=20)
@given(late_policies())
def test_the_policy_of_an_item_reads_back(policy):
    """The policy of a single item is a document too, also where it is none."""
    for own in (ItemLatePolicy("Essay", policy), ItemLatePolicy("Essay")):
        assert own == there_and_back(own)


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: type(curve).__name__)
def test_every_curve_reads_back(curve):
    """Each curve is a document of its own, and the same curve is read."""
    assert curve == there_and_back(curve)


def test_every_kind_of_document_has_one_format():
    """No two kinds share a format, and every curve has one."""
    kinds = list(policy_files.FORMATS.values())
    assert len(kinds) == len(set(kinds))
    assert {type(curve) for curve in CURVES} <= set(kinds)


def test_rules_as_a_person_writes_them():
    """Late rules in TOML: an interval by its name, bands as tables, a policy of one item."""
    written = """
        format = "gradecalc.late_rules/1"
        due = ["Essay", "Lab"]
        [policy]
        interval = "hour"
        of = "earned"
        grace = 300
        after_grace = "from_grace"
        bands = [{until = 24, deduction = 10}, {deduction = 50}]
        [bank]
        size = 5
        order = "best"
        [[own]]
        id = "Lab"
    """
    policy = LatePolicy(
        interval=Interval.HOUR,
        of=DeductionOf.EARNED,
        grace=300,
        after_grace=AfterGrace.FROM_GRACE,
        bands=[LateBand(until=24, deduction=10), LateBand(deduction=50)],
    )
    bank = LateBank(size=5, order=SpendOrder.BEST)
    expected = LateRules(policy, bank, own=[ItemLatePolicy("Lab")], due=["Essay", "Lab"])
    assert expected == policy_files.loads_toml(written)


def test_every_problem_is_reported_at_once_with_its_path():
    """Misfits and what makes no sense are reported together, however deep they lie."""
    written = {
        "format": "gradecalc.late_rules/1",
        "policy": {"deduction": 120, "interval": "fortnight", "bands": [{"until": "soon", "deduction": 5}]},
        "bank": {"size": -1, "unti": "works"},
        "own": [{"policy": None}],
    }
    assert {
        ("unknown_value", "policy.interval"),
        ("not_a_number", "policy.bands[0].until"),
        ("unknown_key", "bank.unti"),
        ("missing", "own[0].id"),
    } == set(problems_of(written))
    with pytest.raises(DefinitionError) as caught:
        policy_files.from_dict(written)
    assert len(problems_of(written)) == len(caught.value.problems)


def test_what_makes_no_sense_is_reported_with_its_path():
    """A document of the right shape is judged by what it says."""
    bank = {"format": "gradecalc.late_rules/1", "policy": {"deduction": 120}, "bank": {"size": -1}}
    assert {"policy.deduction", "bank.size"} == {path for _, path in problems_of(bank)}
    curve = {"format": "gradecalc.linear_curve/1", "low_to": 90, "high_to": 50}
    assert [("contradiction", "high_to")] == problems_of(curve)


@pytest.mark.parametrize("data", [{}, {"format": "gradecalc.late_rule/1"}, {"format": 1}, {"format": ["a"]}])
def test_a_document_says_what_it_is(data):
    """Without a format that is known nothing is read."""
    assert [("wrong_format", "format")] == problems_of(data)


@pytest.mark.parametrize("data", [[], "late", None])
def test_what_is_no_table_is_refused(data):
    """A document is a table."""
    assert [("wrong_type", "")] == problems_of(data)


def test_what_has_errors_is_not_written():
    """A policy with an error, and what is no policy, are refused before anything is written."""
    for wrong in (LatePolicy(deduction=120), evolve(LateBank(size=1), size=-1), BOOK):
        with pytest.raises(DefinitionError):
            policy_files.to_dict(wrong)


def test_plain_data_is_plain():
    """What is at its default is left out, numbers are text, and an interval is written by its name."""
    data = policy_files.to_dict(LatePolicy(points=0.5, interval=Interval.WEEK))
    assert {"format": "gradecalc.late_policy/1", "points": "0.5", "interval": "week"} == json.loads(json.dumps(data))
