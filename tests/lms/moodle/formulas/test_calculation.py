# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Moodle's calculations: read, worked out, and refused with Moodle's own codes."""

import pickle
from fractions import Fraction
from math import isclose, log, sin, sqrt

import pytest

from gradecalc import EXEMPT, FormulaError
from gradecalc.lms.moodle import (
    Bounds,
    Calculation,
    show_references,
    store_references,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=2+3*4", 14),
        ("=2-3-4", -5),
        ("=-2^2", -4),
        ("=2^3^2", 512),
        ("=2^-a*b", Fraction(5, 4)),
        ("=1 + 2 > 1", 2),
        ("=2*3 == 3", 2),
        ("=(2*3) <= 6", 1),
        ("=7 % 4 - -1", 4),
        ("=mod(-7, 4)", -3),
        ("=7.9 % 4.9", 3),
        ("=12/4/3", 1),
        (".5", None),
        ("=.5+1.", Fraction(3, 2)),
        ("=SUM(A; b; 1)", 8),
        ("=round(1.25, 1)", Fraction(13, 10)),
        ("=round(-2.5)", -3),
        ("=floor(-0.5) + ceil(0.5)", 0),
        ("=if(a > 1, 10, 20)", 10),
        ("=ifthenelse(and(a, 0), 1, 2)", 2),
        ("=cond_or(0, b) + cond_and(1, 1)", 2),
        ("=power(2/3, 2)", Fraction(4, 9)),
        ("=power(2, -2)", Fraction(1, 4)),
        ("=abs(-3) + pi() - pi", 3),
        ("=sqrt(16)", 4),
    ],
)
def test_a_formula_comes_to_its_value(text, expected):
    """Arithmetic is exact, comparisons bind tightest, and a sign binds like a product."""
    if expected is None:
        with pytest.raises(FormulaError) as raised:
            Calculation(text)
        assert "missing_equals" == raised.value.code
    else:
        assert expected == Calculation(text).evaluate({"a": 2, "b": 5})


@pytest.mark.parametrize(("text", "expected"), [("=sin(2)", sin(2)), ("=ln(5)", log(5)), ("=2^0.5", sqrt(2))])
def test_what_is_not_exact_has_fifteen_digits(text, expected):
    """Functions without exact values are worked out in double precision."""
    assert isclose(expected, Calculation(text).evaluate({}), rel_tol=1e-14)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("=1+", "operatorlacksoperand"),
        ("=*2", "unexpectedoperator"),
        ("=1 - * 2", "unexpectedoperator"),
        ("=sum(1,2", "expectingaclosingbracket"),
        ("=(1,2)", "unexpectedcomma"),
        ("=1)", "unexpectedclosingbracket"),
        ("=()", "unexpectedclosingbracket"),
        ("=1,2", "unexpectedcomma"),
        ("=max(,1)", "unexpectedcomma"),
        ("=2(3)", "implicitmultiplicationnotallowed"),
        ("=2a", "implicitmultiplicationnotallowed"),
        ("=sin()", "wrongnumberofarguments"),
        ("=round(1,2,3)", "wrongnumberofarguments"),
        ("=[[open", "illegalcharactergeneral"),
        ("=1 # 2", "illegalcharactergeneral"),
        ("=1/0", "divisionbyzero"),
        ("=5 % 0", "divisionbyzero"),
        ("=0^(0-1)", "divisionbyzero"),
        ("=if(0 == 0, 1, 1/0)", "divisionbyzero"),
        ("=nobody", "undefinedvariable"),
        ("=rand_int(1,6)", "random"),
        ("=sqrt(0-1)", "not_a_number"),
        ("=exp(9999)", "not_a_number"),
        ("=round(1, 9999)", "not_a_number"),
        ("=1e300", "number_too_long"),
        ("=" + "1+" * 6000, "too_long"),
        ("=" + "(" * 200 + "1", "too_deep"),
        ("=", "empty"),
    ],
)
def test_a_wrong_formula_ends_in_its_code(text, code):
    """What is wrong has Moodle's code where Moodle has one, and a place in the text."""
    with pytest.raises(FormulaError) as raised:
        Calculation(text).evaluate({})
    assert code == raised.value.code


def test_an_item_grade_is_clamped_and_none_without_grades():
    """An ungraded input is zero, none at all is no grade, and a formula that refers to nothing never has one."""
    total = Calculation("=[[a]] + [[b]] - 10")
    assert [0, 15, 20] == [total.final_grade({"a": a, "b": b}, Bounds(0, 20)) for a, b in ((5, None), (5, 20), (50, 1))]
    assert total.final_grade({"a": None, "b": EXEMPT}, Bounds(0, 20)) is None
    assert Calculation("=7").final_grade({}, Bounds(0, 20)) is None


def test_names_are_read_in_any_case():
    """A grade is found by its name in any case, also where there may be none."""
    assert [4, 4] == [Calculation(text).final_grade({"A": 3}, Bounds(0, 10)) for text in ("=A+1", "=a+1")]


def test_a_decimal_comma_parts_arguments_by_semicolons():
    """Where numbers have a comma it is read as their point."""
    assert Fraction(5, 2) == Calculation("=max(2,5; 1)", decimal_comma=True).evaluate({})


def test_references_are_stored_by_number_and_shown_by_idnumber():
    """What has no number stays as it is written, both ways."""
    stored = store_references("=[[q1]]+[[zz]]", {"q1": "12"})
    assert "=##gi12##+[[zz]]" == stored
    assert "=[[q1]]+[[zz]]" == show_references(stored, {"12": "q1"})
    assert ["##gi12##", "zz"] == [reference.name for reference in Calculation(stored).references]


def test_a_calculation_is_a_value():
    """It equals another of the same structure, survives pickling, and explains itself."""
    calculation = Calculation("=[[a]] / 2 + 1")
    assert calculation == Calculation("=[[a]]/2+1") == pickle.loads(pickle.dumps(calculation))  # noqa: S301 - our own
    assert "=[[a]] / 2 + 1" == str(calculation)
    assert "Calculation('=[[a]] / 2 + 1')" == repr(calculation)
    assert 3 == calculation.explain({"a": 4}).value
