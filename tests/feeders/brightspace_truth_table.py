# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the cells of Brightspace's printed table of operators are fed: each with several pairs of values."""

import operator
import re
from fractions import Fraction

from gradecalc.formula import Formula, Kind
from gradecalc.marks import EXEMPT, UNGRADED, UngradedPolicy

PAIRS = [[7, 2], [2, 7], [5, 5], [0, 3], [3, 0], [0, 0], [-4, Fraction(1, 3)]]
POLICIES = {"drop_ungraded": UngradedPolicy.LEAVE_OUT, "treat_as_zero": UngradedPolicy.AS_ZERO}
OPERATIONS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda left, right: Fraction(left) / right if right else None,
    "=": operator.eq,
    "<>": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
PLAIN = {"null": None, "true": True, "false": False}
KINDS = {each: Kind.NUMERIC if each in "+-*/" else Kind.BOOLEAN for each in OPERATIONS}
WORDS = {
    "policy": POLICIES,
    "operator": {each: (each, kind) for each, kind in KINDS.items()},
    "left": {"value": None, "ungraded": UNGRADED, "exempt": EXEMPT},
    "right": {"value": None, "ungraded": UNGRADED, "exempt": EXEMPT},
    "state": {"value": None, "ungraded": UNGRADED, "exempt": EXEMPT},
}
CELL = {"op", "left", "right", "policy", "result", "status", "rule_ids", "argument", "alternatives", "confidence"}


def cases(document):
    """Return a case for each cell, and for each line about a single grade under each policy that it is of."""
    assert {"schema", "sources", "legend", "single_grades", "notes", "cells"} == set(document)
    singles = [
        single_case(each, policy)
        for each in document["single_grades"]
        for policy in (POLICIES if each["policy"] == "any" else [each["policy"]])
    ]
    return singles + [cell_case(each) for each in document["cells"]]


def single_case(stated, policy):
    """Return the case of a line about a single grade."""
    assert {"state", "policy", "result"} == set(stated)
    return {
        "id": f"single {stated['state']} {policy}",
        "kind": "single",
        "state": stated["state"],
        "policy": policy,
        "values": [left for left, _ in PAIRS],
        "expect": [said(stated["result"].replace("value", "L"), *pair) for pair in PAIRS],
    }


def cell_case(stated):
    """Return the case of a cell; what the table says of where it comes from is no part of it."""
    assert set(stated) <= CELL
    return {
        "id": f"{stated['left']} {stated['op']} {stated['right']} {stated['policy']}",
        "kind": "cell",
        "operator": stated["op"],
        **{key: stated[key] for key in ("left", "right", "policy")},
        "pairs": PAIRS,
        "expect": [said(re.sub(r"bool\((.*)\)", r"\1", stated["result"]), *pair) for pair in PAIRS],
    }


def said(result, left, right):
    """Return what a result in the notation of the table says for two values."""
    if result in PLAIN:
        return PLAIN[result]
    values = {"L": left, "R": right, "-R": -right, "0": 0}
    if result in values:
        return values[result]
    symbol = next(each for each in sorted(OPERATIONS, key=len, reverse=True) if each in result)
    first, second = result.split(symbol)
    return OPERATIONS[symbol](values[first], values[second])


def single(given):
    """Say what a reference to an item in a state comes to."""
    formula, state, policy = Formula("[l.Points]"), given["state"], given["policy"]
    return [
        formula.evaluate(lambda _name, _property, mark=mark: mark, ungraded=policy)
        for mark in (value if state is None else state for value in given["values"])
    ]


def cell(given):
    """Say what a formula of one operator comes to with two items in the states of the cell."""
    symbol, kind = given["operator"]
    return [found(symbol, kind, (given["left"], given["right"]), given["policy"], pair) for pair in given["pairs"]]


def found(symbol, kind, states, policy, pair):
    """Return the value of a formula of two items, each with its value or else in its state."""
    marks = {name: value if state is None else state for name, state, value in zip("lr", states, pair, strict=True)}
    formula = Formula(f"[l.Points] {symbol} [r.Points]", result=kind)
    return formula.evaluate(lambda name, _: marks[name], ungraded=policy)


FEEDERS = {"single": single, "cell": cell}
