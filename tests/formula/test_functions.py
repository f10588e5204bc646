# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The functions of our own: powers, roots, counts and roundings (F25 to F27, F31)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import EXEMPT, UNGRADED, FormulaError, UngradedPolicy
from gradecalc.formula import Formula, WhyNoScore

SCORES = {"a": 8, "b": Fraction(9, 2), "low": -4, "x": EXEMPT, "u": UNGRADED, "o": 0}


def look_up(name, _):
    return SCORES[name]


def value(text, **choices):
    return Formula(text).evaluate(look_up, **choices)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("POWER{[a.Points], 2}", 64),
        ("power{[b.Points], 3}", Fraction(729, 8)),
        ("POWER{[low.Points], 3}", -64),
        ("POWER{[o.Points], 0}", 1),
        ("POWER{[x.Points], 0}", None),
        ("SQRT{[a.Points] * 2}", 4),
        ("SQRT{[a.Points]}", Fraction("2.828427124746")),
        ("ROOT{[a.Points], 3}", 2),
        ("ROOT{[b.Points], 1}", Fraction(9, 2)),
        ("SQRT{[low.Points]}", None),
        ("ROUND{[b.Points], 0}", 5),
        ("ROUND{-[b.Points], 0}", -5),
        ("ROUND{[a.Points] / 3, 2}", Fraction("2.67")),
        ("ROUND{[x.Points], 2}", None),
        ("FLOOR{[b.Points]}", 4),
        ("FLOOR{-[b.Points]}", -5),
        ("CEIL{[b.Points]}", 5),
        ("CEIL{-[b.Points]}", -4),
        ("ceil{[u.Points]}", None),
        ("10 * SQRT{[u.Points]}", None),
        ("COUNT{[a.Points], [x.Points], [u.Points], 5}", 2),
        ("COUNT{[x.Points]}", 0),
        ("COUNTIF{[a.Points] > 5, [b.Points] > 5, [x.Points] > 5}", 1),
    ],
)
def test_values(text, expected):
    """Powers are exact, roots have 12 decimals, and counts are of what has a score or holds (F25 to F27, F31)."""
    assert expected == value(text)


def test_ungraded_that_counts_as_zero():
    """Ungraded work that counts as zero is a zero to a root and a power, and counts (F20, F25 to F27)."""
    policy = UngradedPolicy.AS_ZERO
    found = [value(text, ungraded=policy) for text in ("SQRT{[u.Points]}", "POWER{[u.Points], 2}", "COUNT{[u.Points]}")]
    assert [0, 0, 1] == found
    assert value("1 / POWER{[u.Points], 1}", ungraded=policy) is None


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("POWER{2, [a.Points]}", "[a.Points]"),
        ("POWER{2, .5}", ".5"),
        ("POWER{2, -1}", "-1"),
        ("POWER{2, 101}", "101"),
        ("ROOT{2, 0}", "0"),
        ("ROUND{2.5, 13}", "13"),
        ("ROUND{2.5, [a.Points]}", "[a.Points]"),
    ],
)
def test_a_power_is_written_as_a_whole_number(text, marked):
    """An exponent that is not a whole number as written, within its bounds, is an error at its place (F25, F26)."""
    with pytest.raises(FormulaError) as caught:
        Formula(text)
    assert ("whole_expected", marked) == (caught.value.code, text[slice(*caught.value.span)])


@pytest.mark.parametrize(
    "text",
    [
        "POWER{POWER{[a.Points], 100}, 100}",
        "POWER{" * 40 + "[a.Points]" + ", 100}" * 40,
        "POWER{POWER{SQRT{2}, 100}, 2}",
        " + ".join(["SQRT{2}"] * 300),
    ],
)
def test_powers_and_roots_keep_to_the_bounds(text):
    """A power uses its base as often as it says, and a root brings its decimals: too much is a typed error (F9)."""
    with pytest.raises(FormulaError) as caught:
        value(text)
    assert "number_too_long" == caught.value.code


def test_an_explanation_says_how_a_root_is_rounded():
    """The line of a root says to how many decimals, and that of a negative number why there is none (F26)."""
    assert ("rounded to 12 decimals",) == Formula("SQRT{[a.Points]}").explain(look_up).outline().notes
    assert (WhyNoScore.ROOT_OF_NEGATIVE,) == Formula("1 + 2 * SQRT{[low.Points]}").explain(look_up).parts[1].reasons
    assert (WhyNoScore.EXEMPT,) == Formula("SQRT{[x.Points]}").explain(look_up).reasons


@given(st.fractions(0, 100, max_denominator=99), st.integers(1, 8))
def test_a_root_of_a_power_is_what_was_raised(base, degree):
    """Raised and taken the root of, a number comes back to 12 decimals (F25, F26)."""
    found = Formula(f"ROOT{{POWER{{[a.Points], {degree}}}, {degree}}}").evaluate(lambda *_: base)
    assert abs(found - base) <= Fraction(1, 2 * 10**12)
