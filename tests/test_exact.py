# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules N1 to N6 and R2 to R4: numbers are read by their decimal text, and nothing is rounded unasked."""

import decimal
from decimal import Decimal
from fractions import Fraction
from numbers import Real

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc.exact import (
    MAX_DIGITS,
    NumberError,
    RoundingMode,
    describe,
    lenient,
    ratio,
    read_number,
    read_result,
    read_text,
    represent,
    root,
    round_to,
    total,
    write_exact,
    write_rounded,
    write_short,
    write_steps,
)

fractions = st.fractions(-1000, 1000, max_denominator=1000)
whole_or_not = st.one_of(st.integers(-1000, 1000), fractions)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (7, "7"),
        (-7, "-7"),
        (0.1, "1/10"),
        (-0.0, "0"),
        (8.5, "17/2"),
        (1e22, "10000000000000000000000"),
        (1e23, "100000000000000000000000"),
        (1e-7, "1/10000000"),
        (1.5e-7, "3/20000000"),
        (Decimal("8.50"), "17/2"),
        (Decimal("1E+3"), "1000"),
        (Fraction(2, 3), "2/3"),
        (numpy.float64(0.1), "1/10"),
        (numpy.float32(0.1), "1/10"),
        (numpy.int64(3), "3"),
        (numpy.uint8(200), "200"),
    ],
)
def test_a_number_is_read_by_its_decimal_text(value, expected):
    """Every kind of real number is read as the exact number that its shortest text states (N2, N3)."""
    assert Fraction(expected) == read_number(value)


class Odd(Real):
    """A registered real number whose text is not its value."""

    def __str__(self):
        return "3.5"

    def __float__(self):
        return 2.0

    def _refuse(self, *_):
        return NotImplemented

    __abs__ = __add__ = __ceil__ = __eq__ = __floor__ = __floordiv__ = __le__ = __lt__ = __mod__ = __mul__ = _refuse
    __neg__ = __pos__ = __pow__ = __radd__ = __rfloordiv__ = __rmod__ = __rmul__ = __round__ = __rpow__ = _refuse
    __rtruediv__ = __truediv__ = __trunc__ = _refuse
    __hash__ = None


@pytest.mark.parametrize(
    "value",
    [
        True,
        "8",
        None,
        1 + 2j,
        float("nan"),
        float("inf"),
        -float("inf"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("-Infinity"),
        Decimal("1e999999999"),
        Decimal("1e-999999999"),
        10**MAX_DIGITS,
        -(10**MAX_DIGITS),
        Fraction(1, 10**MAX_DIGITS),
        5e-324,
        1e300,
        numpy.float64("nan"),
        numpy.float32("inf"),
        numpy.bool_(True),
        Odd(),
        [1],
    ],
)
def test_what_is_no_number_is_refused(value):
    """Booleans, text, not-a-number, infinities, complex numbers and anything beyond the bounds are refused (N3, N4)."""
    with pytest.raises(NumberError):
        read_number(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12", "12"), (" -0.5 ", "-1/2"), ("+.5", "1/2"), ("3.", "3"), ("1e3", "1000"), ("2/3", "2/3"), ("25e-2", "1/4")],
)
def test_a_text_is_read_exactly(text, expected):
    """Decimal texts, exponents and fractions are read exactly."""
    assert Fraction(expected) == read_text(text)


@pytest.mark.parametrize(
    "text", ["", ".", "1,5", "abc", "1/0", "1e99999", "1e999", "0x10", "1_000", "--1", "٣", "9" * 301]
)
def test_a_text_that_is_no_number_is_refused(text):
    """Texts that are no plain decimal number, or one beyond the bounds, are refused (N4)."""
    with pytest.raises(NumberError):
        read_text(text)


@given(st.floats(-1e15, 1e15))
def test_a_float_survives_reading(value):
    """The number read from a float is the one float of that text."""
    number = read_number(value) if value == 0 or abs(value) > 1e-80 else None
    assert number is None or float(number) == value


def test_the_decimal_context_is_untouched():
    """Reading and writing neither read nor write the process's decimal context (N6)."""
    with decimal.localcontext() as context:
        context.prec = 2
        context.traps[decimal.Inexact] = True
        context.clear_flags()
        assert Fraction(123456789, 1000) == read_number(Decimal("123456.789"))
        assert "123456.79" == write_rounded(Fraction(123456789, 1000), 2, RoundingMode.HALF_UP)
        assert not any(context.flags.values())


@given(st.lists(whole_or_not))
def test_total_is_the_sum(values):
    """The total is the plain sum, in any mixture of whole numbers and fractions (N1)."""
    assert sum(map(Fraction, values), Fraction(0)) == total(values)


@given(whole_or_not, whole_or_not.filter(bool))
def test_ratio_is_the_quotient(over, under):
    """The ratio is the quotient, and whole numbers come out as int."""
    assert Fraction(over) / under == ratio(over, under)
    assert (Fraction(over) / under).denominator != 1 or type(ratio(over, under)) is int


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (RoundingMode.HALF_UP, ["3", "-3", "2", "4", "2", "3"]),
        (RoundingMode.HALF_DOWN, ["2", "-2", "2", "3", "2", "3"]),
        (RoundingMode.HALF_EVEN, ["2", "-2", "2", "4", "2", "3"]),
        (RoundingMode.UP, ["3", "-3", "2", "4", "3", "3"]),
        (RoundingMode.DOWN, ["2", "-2", "2", "3", "2", "2"]),
    ],
)
def test_rounding_modes(mode, expected):
    """Up is away from zero, down towards it, and the half modes differ only at the half (R2)."""
    values = ["2.5", "-2.5", "2", "3.5", "2.1", "2.9"]
    assert expected == [str(round_to(Fraction(value), 0, mode)) for value in values]


@pytest.mark.parametrize(
    ("value", "places", "expected"), [("1234", -2, "1200"), ("1250", -2, "1300"), ("0.005", 2, "1/100")]
)
def test_rounding_places(value, places, expected):
    """Negative places round to tens and hundreds (R2)."""
    assert Fraction(expected) == round_to(Fraction(value), places, RoundingMode.HALF_UP)


@given(fractions, st.integers(-2, 4), st.sampled_from(RoundingMode))
def test_rounding_is_idempotent_and_near(value, places, mode):
    """Rounding twice is rounding once, and moves a number by less than a step (R2)."""
    rounded = round_to(value, places, mode)
    assert rounded == round_to(rounded, places, mode)
    assert abs(rounded - value) < Fraction(10) ** -places


@given(fractions, st.integers(0, 4))
def test_rounding_half_even_is_that_of_the_standard_library(value, places):
    """Half even agrees with the rounding of Fraction in the standard library (R2)."""
    assert round(value, places) == round_to(value, places, RoundingMode.HALF_EVEN)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [("84.6", 2, "84.60"), ("-0.001", 2, "0.00"), ("-1.005", 2, "-1.01"), ("7", 0, "7"), ("77", -1, "80")],
)
def test_written_numbers_have_all_their_places(value, places, expected):
    """A rounded number is written with all its places and never as minus zero."""
    assert expected == write_rounded(Fraction(value), places, RoundingMode.HALF_UP)


@given(whole_or_not)
def test_exact_text_reads_back(value):
    """The exact text of a number reads back as that number, by either reader."""
    assert value == read_text(write_exact(value)) == read_result(write_exact(value))


def test_exact_text_of_the_smallest_numbers_reads_back():
    """A number within the bounds whose decimal would be very long is written as a fraction."""
    for value in (Fraction(1, 2**300), Fraction(-1, 5**140), Fraction(10**99 + 1, 10**99)):
        assert value == read_text(write_exact(value))


@pytest.mark.parametrize("digits", [499, 500, 501, 1000, 9999])
def test_results_of_any_length_are_written_and_read(digits):
    """A result longer than the interpreter's own limit is written exactly and reads back."""
    for value in (10**digits + 7, Fraction(-1, 3**digits), Fraction(10**digits + 1, 8)):
        assert value == read_result(write_exact(value))


@pytest.mark.parametrize(("value", "expected"), [("1/3", "1/3"), ("17/2", "8.5"), ("5", "5"), ("-1/8", "-0.125")])
def test_exact_text_is_decimal_where_it_can_be(value, expected):
    """Exact text is a decimal where one exists and a fraction elsewhere."""
    assert expected == write_exact(Fraction(value))


@pytest.mark.parametrize("nth", range(6))
def test_descriptions_are_short(nth):
    """Whatever a value is, its description in a message is short."""
    values = [10**5000, Fraction(1, 10**5000), "x" * 10**6, object(), [1] * 10**6, b"y" * 999]
    assert len(describe(values[nth])) < 70


def test_lenient_keeps_what_is_no_number():
    """A definition's number is read, and anything else is kept for the check of the whole."""
    assert [Fraction(1, 10), None, "x"] == [lenient(0.1), lenient(None), lenient("x")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        (Fraction(529, 8), "66.125"),
        (12345678, "12345678"),
        (123456789, "about 123456789.00"),
        (Fraction(2, 3), "about 0.67"),
        (Fraction(-1234567, 10**6), "about -1.23"),
    ],
)
def test_a_figure_in_a_sentence_is_exact_where_it_is_short(value, text):
    """A decimal of at most eight characters is told exactly, and any other figure roughly (R7)."""
    assert text == write_short(value)


def test_a_long_figure_is_told_as_the_caller_tells_it():
    """What is told of a long figure is the caller's to say (R7)."""
    assert ["0.5", "roughly 1"] == [write_short(Fraction(each), lambda _: "roughly 1") for each in ("1/2", "1/3")]


class Refusing(str):
    """A text that raises whatever is done to show it."""

    __slots__ = ()

    def __repr__(self):
        raise RuntimeError("no")

    __str__ = __len__ = __getitem__ = __repr__


class Nameless(type):
    """A class of classes that have no name."""

    @property
    def __name__(cls):
        raise RuntimeError("no")


@pytest.mark.parametrize("nth", range(5))
def test_anything_can_be_described_and_represented(nth):
    """Whatever a value does when it is shown, there is a text for it."""
    value = [Refusing("x"), Nameless("N", (), {})(), 10**5000, Fraction(1, 10**5000), [10**5000]][nth]
    assert 0 < len(describe(value)) < 70
    assert 0 < len(represent(value)) < 70


def test_a_number_beyond_the_bounds_is_kept_for_the_check():
    """A number that is too long stays what it is, equal to itself alone, and can be shown."""
    kept = [lenient(10**5000), lenient(10**5000), lenient(10**5001)]
    assert kept[0] == kept[1]
    assert hash(kept[0]) == hash(kept[1])
    assert kept[0] != kept[2]
    assert kept[0] != 10**5000
    assert "<a number of more than 100 digits>" == repr(kept[0])


@given(st.fractions(0, 1000, max_denominator=1000), st.integers(1, 9), st.integers(0, 12))
def test_a_root_is_rounded_half_up(value, degree, places):
    """A root lies within half a step of the true one: half a step less is below it, half more above (FC8)."""
    step = Fraction(1, 2 * 10**places)
    found = root(value, degree, places)
    assert max(found - step, 0) ** degree <= value < (found + step) ** degree
    assert (found * 10**places).denominator == 1


def test_whole_roots_are_exact():
    """The root of a power is what was raised (FC8)."""
    assert [(7, Fraction(2, 5), 1, 0)] == [
        (root(7**5, 5, 12), root(Fraction(8, 125), 3, 12), root(1, 64, 3), root(0, 2, 3))
    ]


class OwnFloat(float):
    """A float of a class of its own, which does not hash."""

    __hash__ = None


def test_a_float_of_another_class_is_read_as_any():
    """A float of a class of its own is read by its shortest text, whether it hashes or not (N2)."""
    assert Fraction(1, 10) == read_number(OwnFloat(0.1)) == read_number(0.1)


@pytest.mark.parametrize(
    ("steps", "places", "expected"),
    [(1234, 2, "12.34"), (-5, 2, "-0.05"), (0, 1, "0.0"), (7, 0, "7"), (12, -2, "1200")],
)
def test_steps_are_written_with_all_their_places(steps, places, expected):
    """So many steps of 10 to a power have a decimal text with as many places (R7)."""
    assert expected == write_steps(steps, places)


@pytest.mark.parametrize("value", [1 << 40, Fraction(1 << 41, 5), Fraction(1, 1 << 41), Fraction(-1, 1 << 40)])
def test_long_numbers_are_written_exactly_too(value):
    """A number that is too long to be remembered is written as any other, and read back (N1)."""
    assert value == read_result(write_exact(value))
