# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A formula as a value: equal by structure, hashable, picklable, and made of parts that another front end may read."""

import copy
import pickle
from functools import partial

import pytest

from gradecalc.exact import total
from gradecalc.formula import (
    Absent,
    Call,
    Constant,
    Formula,
    FormulaError,
    Function,
    Kind,
    Operation,
    Operator,
    Reference,
)
from gradecalc.formula.functions import skipping

TEXT = "IF{ AVG{[a.Percent], [b.Percent]} >= 0.5, -MAX{[a.Percent], 2}*100, 0 }"
MARKS = {"a": 3, "b": 4}


def lookup(name, _):
    """Return a mark by name."""
    return MARKS[name]


def test_equal_by_structure():
    """Formulas written differently are equal, hash alike, and are not formulas of another structure."""
    same, other = Formula("1+[a.Points]"), Formula("(1 + [a.Points]) * 1")
    assert {same} == {Formula("= 1 + [a.points received]"), same}
    assert same != other


def test_repr_reads_back():
    """The repr of a formula is an expression that makes it again."""
    formula = Formula(TEXT)
    assert "Formula('IF{AVG{[a.Percent], [b.Percent]} >= 0.5, -MAX{[a.Percent], 2} * 100, 0}')" == repr(formula)


def repickled(formula):
    """Return a formula as another process would get it."""
    return pickle.loads(pickle.dumps(formula))  # noqa: S301 - our own


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, repickled])
def test_copies(again):
    """A formula survives pickling and copying with its text, and works as before."""
    formula = Formula(TEXT)
    twin = again(formula)
    assert (formula, formula.text, hash(formula)) == (twin, twin.text, hash(twin))
    assert formula.evaluate(lookup) == twin.evaluate(lookup) == -300


def test_a_boolean_formula_survives_pickling():
    """A formula that is a condition is still one after pickling."""
    formula = Formula("1 < 2", result=Kind.BOOLEAN)
    assert formula == repickled(formula)


def test_frozen():
    """A formula cannot be changed."""
    with pytest.raises(AttributeError):
        Formula(TEXT).text = "1"


def test_another_front_end():
    """Parts that another front end has read make a formula, with functions of its own."""
    doubled = Function("DOUBLE", (Kind.NUMERIC,), Kind.NUMERIC, Absent.SKIPPED, partial(skipping, twice))
    formula = Formula.of(Call(doubled, (Reference("a"),)), "double(##a##)")
    assert (6, "DOUBLE{[a.Points Received]}") == (formula.evaluate(lookup), str(formula))
    assert formula == repickled(formula)


def twice(values):
    """Return twice the sum of some numbers."""
    return 2 * total(values)


def test_another_front_end_is_checked():
    """Parts that do not fit together are refused, whoever read them (F7)."""
    condition = Operation(Constant(1), ((Operator.BELOW, Constant(2)),), (0, 5))
    with pytest.raises(FormulaError) as caught:
        Formula.of(Operation(condition, ((Operator.PLUS, Constant(1)),), (0, 9)), "1 < 2 + 1")
    assert ("numeric_expected", (0, 5)) == (caught.value.code, caught.value.span)
