# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How Moodle's cases about formulas, their references and their dependencies are fed."""

from math import isclose

import pytest

from gradecalc import FormulaError
from gradecalc.lms.moodle import (
    Calculation,
    closure,
    depends_on,
    depths,
    show_references,
    store_references,
)


def feed_evaluated(case):
    """Feed a formula and the values of its variables."""
    expected, given = case["expect"], case["input"]
    if "error" in expected:
        with pytest.raises(FormulaError) as raised:
            Calculation(given["expr"]).evaluate(given.get("vars", {}))
        assert expected["error"] == raised.value.code
        assert expected.get("error_arg", "") in raised.value.source[slice(*raised.value.span)]
    else:
        value = Calculation(given["expr"]).evaluate(given.get("vars", {}))
        assert isclose(expected["value"], value, rel_tol=1e-12, abs_tol=1e-12)


def feed_normalised(case):
    """Feed a formula as it is edited, and back."""
    numbers = {idnumber: item["internal_id"] for idnumber, item in case["input"]["items"].items()}
    stored = store_references(case["input"]["expr"], numbers)
    assert case["expect"]["stored"] == stored
    assert case["input"]["expr"] == show_references(stored, {number: name for name, number in numbers.items()})


def feed_depends_on(case):
    """Feed a calculated item with what it refers to."""
    given = case["input"]
    calculation = Calculation(f"=sum({','.join(f'[[{name}]]' for name in given['references'])})")
    references = [reference.name for reference in calculation.references]
    found = depends_on(references, given["calculated_item"], locked=given["locked"])
    assert case["expect"]["depends_on"] == list(found)


def feed_closure(case):
    """Feed a graph of what needs what."""
    needs, expected = case["input"]["depends_on"], case["expect"]
    found = {item: [int(each) for each in below] for item, below in closure(needs).items()}
    assert expected["closure"] == found
    if "depth" in expected and not expected.get("depth_untested"):
        assert expected["depth"] == depths(needs)


FEEDERS = {
    "formula/evaluate": feed_evaluated,
    "formula/normalise_reference": feed_normalised,
    "formula/depends_on": feed_depends_on,
    "formula/dependency_closure": feed_closure,
}
