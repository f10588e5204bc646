# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a formula comes to, beyond the printed table."""

from decimal import Decimal
from fractions import Fraction

import pytest

from gradecalc.formula import (
    FUNCTIONS,
    Absent,
    Formula,
    FormulaError,
    Kind,
    Property,
)
from gradecalc.marks import EXEMPT, UNGRADED, UngradedPolicy

LEAVE_OUT, AS_ZERO, ONCE = UngradedPolicy.LEAVE_OUT, UngradedPolicy.AS_ZERO, UngradedPolicy.AS_ZERO_ONCE_GRADED
MARKS = {"two": 2, "three": 3, "zero": 0, "u": UNGRADED, "none": None, "x": EXEMPT}


def value(text, policy=LEAVE_OUT, marks=MARKS, **options):
    """Return what a formula, its items written as bare names, comes to."""
    return Formula(text, **options).evaluate(lambda name, _: marks[name], ungraded=policy)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 2 - 3", 5),
        ("12 / 2 / 3", 2),
        ("-2 * -3", 6),
        ("1 / 3 * 3", 1),
        (".1 + .2", Fraction(3, 10)),
        ("SUM{1, 2, 3.5}", Fraction(13, 2)),
        ("MIN{3, 1, 2} + MAX{3, 1, 2}", 4),
        ("AVG{1, 2, 6}", 3),
        ("IF{1 < 2, 10, 20}", 10),
        ("IF{NOT{1 < 2}, 10, 20}", 20),
        ("IF{1 < 2 AND 3 < 2 OR 1 = 1, 10, 20}", 10),
        ("IF{.1 + .2 = .3, 1, 0}", 1),
    ],
)
def test_arithmetic(text, expected):
    """Arithmetic is exact, with the usual precedence, from the left (F3, F4)."""
    actual = value(text)
    assert expected == actual
    assert type(actual) in (int, Fraction)


@pytest.mark.parametrize(
    ("text", "left_out", "as_zero"),
    [
        ("[u.Points]", None, 0),
        ("[none.Points]", None, 0),
        ("[x.Points]", None, None),
        ("-[u.Points]", None, 0),
        ("+[x.Points]", None, None),
        ("[x.Points] - [two.Points] - [u.Points]", -2, -2),
        ("SUM{[two.Points], [u.Points], [x.Points]}", 2, 2),
        ("AVG{[two.Points], [u.Points], [x.Points]}", 2, 1),
        ("MIN{[two.Points], [u.Points], [x.Points]}", 2, 0),
        ("MAX{[two.Points], [u.Points], [x.Points]}", 2, 2),
        ("SUM{[u.Points], [x.Points]}", None, 0),
        ("AVG{[x.Points], [x.Percent]}", None, None),
        ("IF{1 < 2, [x.Points], 5}", None, None),
        ("IF{1 > 2, [x.Points], 5}", 5, 5),
        ("IF{[x.Points] = [u.Points], 1, 0}", 1, 0),
    ],
)
def test_without_a_score(text, left_out, as_zero):
    """What has no score is skipped, passed on or decides a comparison, as each place says (F10 to F21)."""
    assert (left_out, as_zero) == (value(text), value(text, AS_ZERO))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[two.Points] / [u.Points]", 0),
        ("[two.Points] / ([u.Points])", 0),
        ("[u.Points] / [u.Points]", 0),
        ("[u.Points] / [zero.Points]", 0),
        ("[u.Points] / 0", 0),
        ("[two.Points] / [zero.Points]", None),
        ("[two.Points] / 0", None),
        ("0 / 0", None),
        ("[two.Points] / ([two.Points] - 2)", None),
        ("[two.Points] / +[u.Points]", None),
        ("[two.Points] / (0 + [u.Points])", None),
        ("[two.Points] / ([u.Points] + [x.Points])", None),
        ("[two.Points] / MIN{[u.Points]}", None),
        ("MAX{[u.Points]} / [zero.Points]", None),
        ("[u.Points] / [two.Points] / 0", None),
        ("[x.Points] / [u.Points]", None),
        ("5 + [two.Points] / 0", 5),
    ],
)
def test_division(text, expected):
    """Ungraded work that counts as zero gives 0 on either side of a division; no other zero divides (F14, F15)."""
    assert expected == value(text, AS_ZERO)


def test_an_ungraded_zero_does_not_outlive_its_formula():
    """What a formula of ungraded work comes to is a plain zero to the next formula (F15)."""
    first = value("MAX{[u.Points]}", AS_ZERO)
    assert value("5 / [first.Points]", AS_ZERO, {"first": first}) is None


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ({"a": UNGRADED, "b": UNGRADED}, None),
        ({"a": UNGRADED, "b": EXEMPT}, None),
        ({"a": UNGRADED, "b": 10}, 5),
        ({"a": EXEMPT, "b": 10}, 10),
    ],
)
def test_as_zero_once_graded(marks, expected):
    """Ungraded counts as zero once a formula's items have one score, and maximum points are not a score (F11)."""
    formula = Formula("AVG{[a.Points], [b.Points]} * [a.Max Points] / 10")
    found = formula.evaluate(lambda name, asked: 10 if asked is Property.MAX_POINTS else marks[name], ungraded=ONCE)
    assert expected == found


@pytest.mark.parametrize("number", [0.1, Decimal("0.1"), Fraction(1, 10)])
def test_numbers_are_read_exactly(number):
    """A lookup may answer with any number, which is read by its decimal text (N2, N3)."""
    assert Fraction(3, 10) == value("[a.Points] * 3", marks={"a": number})


@pytest.mark.parametrize("answer", [True, "5", float("nan"), object(), 1j, Decimal("1e999999999")])
def test_what_is_no_number_is_refused(answer):
    """An answer that is no number is a `FormulaError` at the reference that asked (F24)."""
    with pytest.raises(FormulaError) as caught:
        value("1 + [a.Points]", marks={"a": answer})
    assert ("not_a_number", (4, 14)) == (caught.value.code, caught.value.span)


def test_the_lookup_is_asked_once_for_each_reference():
    """However often an item stands in a formula, and in branches not taken too, it is asked for once."""
    asked = []
    formula = Formula("IF{[a.Points] > 0, [a.Points], [b.Percent]}")
    formula.evaluate(lambda name, which: asked.append((name, which)) or 1)
    assert [("a", Property.POINTS), ("b", Property.PERCENT)] == asked


def test_a_boolean_formula_gives_a_truth_value():
    """The value of a boolean formula is True or False."""
    assert value("[two.Points] < 3", result=Kind.BOOLEAN) is True
    assert value("[x.Points] < 3", result=Kind.BOOLEAN) is False


def test_functions_are_data():
    """The table states each function's arguments and what it makes of one without a score (F3, F20 to F27)."""
    table = {name: (function.arity, function.absent) for name, function in FUNCTIONS.items()}
    many = ("at least 1 argument", Absent.SKIPPED)
    others = {"IF": ("exactly 3 arguments", Absent.BRANCH), "NOT": ("exactly 1 argument", Absent.NEVER)}
    ours = {
        "COUNT": many,
        "COUNTIF": ("at least 1 argument", Absent.NEVER),
        "POWER": ("exactly 2 arguments", Absent.NEEDED),
        "ROOT": ("exactly 2 arguments", Absent.NEEDED),
        "SQRT": ("exactly 1 argument", Absent.NEEDED),
        "ROUND": ("exactly 2 arguments", Absent.NEEDED),
        "FLOOR": ("exactly 1 argument", Absent.NEEDED),
        "CEIL": ("exactly 1 argument", Absent.NEEDED),
    }
    assert dict.fromkeys(("SUM", "MIN", "MAX", "AVG"), many) | others | ours == table
