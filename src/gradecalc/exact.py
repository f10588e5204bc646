# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The number type: exact rationals, read by their decimal text and never rounded unasked.

A number here is a `Fraction`, or the `int` it equals: the two add, compare and hash alike, and whole numbers are
much faster as `int`. This module alone reads, rounds and writes numbers.

>>> read_number(0.1) + read_number(0.2) == read_number(0.3)
True

The decimal context of the process is neither read nor written: no decimal arithmetic happens here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from math import isqrt, lcm
from numbers import Integral, Rational, Real
from typing import Any, Final

from .lowest_terms import fraction

Exact = int | Fraction
Number = int | float | Decimal | Fraction

MAX_DIGITS = 100
"""The most decimal digits that the numerator or the denominator of a number read may have."""

LONGEST_FIGURE, ABOUT = 8, "about "
"""The most characters of an exact figure in a sentence, and what stands before a longer one, which is told roughly."""

_BOUND = 10**MAX_DIGITS
_COMMON = 1 << 40
_WHOLE_FLOATS = 2.0**53
_LONGEST_SHOWN = 60
_WHOLE_ONLY = {int}
_PIECE_DIGITS = 500
_PIECE = 10**_PIECE_DIGITS
_TEXT = re.compile(
    r"\s*(?P<sign>[-+]?)(?P<whole>[0-9]*)(?:\.(?P<part>[0-9]*))?(?:[eE](?P<power>[-+]?[0-9]{1,4}))?"
    r"(?:/(?P<under>[0-9]+))?\s*"
)


class NumberError(ValueError):
    """What was given is not a number, or is beyond the stated bounds; the text says which."""


class RoundingMode(Enum):
    """Where a number goes that lies between two steps; *up* is away from zero, *down* towards it."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    HALF_DOWN = "half_down"
    UP = "up"
    DOWN = "down"


_UP, _DOWN = RoundingMode.UP, RoundingMode.DOWN


def simplest(value: Exact) -> Exact:
    """Return the `int` that a whole number equals, and any other number as it is."""
    return value.numerator if value.denominator == 1 else value


def ratio(numerator: Exact, denominator: Exact) -> Exact:
    """Return the exact quotient; the denominator is not zero."""
    over, under = numerator.numerator * denominator.denominator, numerator.denominator * denominator.numerator
    whole, rest = divmod(over, under)
    return fraction(over, under) if rest else whole


def percent_of(points: Exact, out_of: Exact) -> Fraction:
    """Return how many hundredths of a maximum are reached; it is not zero."""
    return fraction(100 * points.numerator * out_of.denominator, points.denominator * out_of.numerator)


def total(values: Iterable[Exact]) -> Exact:
    """Return the exact sum, reducing once instead of at each step."""
    every = list(values)
    if set(map(type, every)) <= _WHOLE_ONLY:
        return sum(every)
    denominator = lcm(*(value.denominator for value in every))
    return ratio(sum(value.numerator * (denominator // value.denominator) for value in every), denominator)


def exceeds(value: Exact, limit: Exact) -> bool:
    """Return whether a number is beyond a limit; a `Fraction` compares itself far more slowly."""
    return value.numerator * limit.denominator > limit.numerator * value.denominator


def read_number(value: object) -> Exact:
    """Return the exact number that an int, float, Decimal, Fraction or registered real number states.

    A float is read by its shortest text. Raises `NumberError` for a bool, text, not-a-number, an infinity, a complex
    number, and anything whose numerator or denominator has more than `MAX_DIGITS` digits.
    """
    at_once = _AT_ONCE.get(type(value))
    if at_once is not None:
        return at_once(value)
    if isinstance(value, bool):
        raise NumberError(f"{value} is a truth value, not a number")
    if isinstance(value, float):
        return _read_float(value)
    if isinstance(value, Decimal):
        return _read_decimal(value)
    if isinstance(value, Integral):
        return _bounded_int(int(value))
    if isinstance(value, Rational):
        return simplest(Fraction(_bounded_int(int(value.numerator)), _bounded_int(int(value.denominator))))
    if isinstance(value, Real):
        return _read_real(value)
    raise NumberError(f"{describe(value)} is not a number")


def read_text(text: str) -> Exact:
    """Return the exact number that a text such as `12`, `-0.5`, `1e3` or `2/3` states.

    Raises `NumberError` for any other text, and for numbers beyond the bounds of `read_number`.
    """
    match = _TEXT.fullmatch(text) if len(text) <= 3 * MAX_DIGITS else None
    if match is None or not (match["whole"] or match["part"]) or (match["under"] and not match["under"].strip("0")):
        raise NumberError(f"{describe(text)} is not a number")
    digits = int(match["whole"] + (match["part"] or "")) if match["part"] else int(match["whole"])
    power = int(match["power"] or 0) - len(match["part"] or "")
    if abs(power) > 2 * MAX_DIGITS:
        raise NumberError(f"{describe(text)} is beyond the bounds of a number here ({MAX_DIGITS} digits)")
    over, under = digits * 10 ** max(power, 0), 10 ** max(-power, 0) * int(match["under"] or 1)
    return _bounded(-over if match["sign"] == "-" else over, under)


class BeyondBounds:
    """A number that is too long to be read, kept for the check of the whole to report; it can always be shown."""

    __slots__ = ("number",)

    def __init__(self, number: Exact) -> None:
        self.number = number

    def __eq__(self, other: object) -> bool:
        return self.number == other.number if isinstance(other, BeyondBounds) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.number)

    def __repr__(self) -> str:
        return f"<{_describe_number(self.number)}>"


def lenient(value: Number | None) -> Fraction | None:
    """Return a number of a definition; anything else is left as it is, for the check of the whole to report."""
    if value is None:
        return None
    try:
        return Fraction(read_number(value))
    except NumberError:
        too_long = isinstance(value, (int, Fraction)) and not isinstance(value, bool)
        return BeyondBounds(value) if too_long else value  # type: ignore[arg-type,return-value]


def round_to(value: Exact, places: int, mode: RoundingMode, up_from: Exact = Fraction(1, 2)) -> Exact:
    """Return the value rounded to `places` decimals (negative: tens, hundreds, …).

    The HALF modes turn at `up_from`, a part of one step between 0 and 1: beyond it a number goes away from zero,
    below it towards zero, and exactly there as the mode says.
    """
    steps = _steps(value, places, mode, up_from)
    return ratio(steps, 10**places) if places >= 0 else steps * 10**-places


def to_whole(over: int, under: int, mode: RoundingMode, up_from: Exact = Fraction(1, 2)) -> int:
    """Return a quotient of whole numbers, of which the second is above 0, rounded to a whole number."""
    steps, rest = divmod(abs(over), under)
    if rest and _goes_up(rest * up_from.denominator, up_from.numerator * under, mode, odd=steps % 2 == 1):
        steps += 1
    return -steps if over < 0 else steps


def root(value: Exact, degree: int, places: int) -> Exact:
    """Return the root of a number of 0 or more, rounded half up to `places` decimals, every digit of them correct.

    It is worked out by integers alone; the degree is 1 or more.

    >>> root(2, 2, 6), root(Fraction(27, 8), 3, 6)
    (Fraction(707107, 500000), Fraction(3, 2))
    """
    scaled = (2 * 10**places) ** degree * value.numerator // value.denominator
    return ratio((_whole_root(scaled, degree) + 1) // 2, 10**places)


def read_result(text: str) -> Exact:
    """Return the number that `write_exact` wrote, whatever its length; raises `ValueError` for any other text."""
    over, slash, under = text.partition("/")
    whole, _, part = over.partition(".")
    numerator = _read_integer(whole.lstrip("-") + part)
    denominator = _read_integer(under) if slash else 10 ** len(part)
    return ratio(-numerator if whole.startswith("-") else numerator, denominator)


def write_rounded(value: Exact, places: int, mode: RoundingMode, up_from: Exact = Fraction(1, 2)) -> str:
    """Return the decimal text of what `round_to` returns, with all `places` written."""
    return write_steps(_steps(value, places, mode, up_from), places)


def write_steps(steps: int, places: int) -> str:
    """Return the decimal text of so many steps, each of 10 to the power of `-places`, with all `places` written."""
    return _with_point(steps, places) if places >= 0 else _with_point(steps * 10**-places, 0)


def write_exact(value: Exact) -> str:
    """Return an exact text: a decimal where there is one of at most `MAX_DIGITS` places, else one such as `2/3`."""
    over, under = value.as_integer_ratio()
    return _write_common(over, under) if -_COMMON < over < _COMMON and under < _COMMON else _write_ratio(over, under)


def _write_ratio(over: int, under: int) -> str:
    rest, twos, fives = under, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1 or max(twos, fives) > MAX_DIGITS:
        sign = "-" if over < 0 else ""
        return f"{sign}{_write_integer(abs(over))}/{_write_integer(under)}"
    return _with_point(over * (10 ** max(twos, fives) // under), max(twos, fives))


_write_common: Final = lru_cache(1 << 13)(_write_ratio)
"""Writes numbers that are not long, of which most come up again and again."""


def _with_point(digits: int, places: int) -> str:
    """Return the decimal text of a whole number of steps of so many places."""
    text, sign = _write_integer(abs(digits)), "-" if digits < 0 else ""
    if not places:
        return sign + text
    text = text.rjust(places + 1, "0")
    return f"{sign}{text[:-places]}.{text[-places:]}"


def about(value: Exact) -> str:
    """Return what a number is about, to two decimals."""
    return f"{ABOUT}{write_rounded(value, 2, RoundingMode.HALF_UP)}"


def write_short(value: Exact, otherwise: Callable[[Exact], str] = about) -> str:
    """Return the exact decimal where it is short enough for a sentence, and else what `otherwise` makes of it."""
    exact = write_exact(value)
    return exact if len(exact) <= LONGEST_FIGURE and "/" not in exact else otherwise(value)


def describe(value: object) -> str:
    """Return a short text for a value in a message, whatever the value is: this never raises."""
    try:
        return _described(value)
    except Exception:  # noqa: BLE001 - a value's own methods may raise anything
        return "a value that cannot be shown"


def represent(value: object) -> str:
    """Return the repr of a value, or a short text where it has none, as an integer of more than 4,300 digits."""
    try:
        return repr(value)
    except Exception:  # noqa: BLE001 - as above
        return f"<{describe(value)}>"


def _described(value: object) -> str:
    kind = type(value)
    if isinstance(value, BeyondBounds):
        return _describe_number(value.number)
    if isinstance(value, (int, Fraction)) and kind is not bool:
        return _describe_number(value)
    if isinstance(value, (str, bytes)):
        whole = len(value) <= _LONGEST_SHOWN or kind.__repr__ not in (str.__repr__, bytes.__repr__)
        return repr(value) if whole else f"{value[:_LONGEST_SHOWN]!r}…"
    return repr(value) if kind in (bool, float, type(None)) else f"a {kind.__name__}"


def _describe_number(value: Exact) -> str:
    if abs(value.numerator) < _BOUND and value.denominator < _BOUND:
        return write_exact(value)
    return f"a number of more than {MAX_DIGITS} digits"


def _write_integer(value: int) -> str:
    """Return the decimal text of an integer of any length, which `str` refuses beyond a limit."""
    if value < _PIECE:
        return str(value)
    pieces = []
    while value >= _PIECE:
        value, rest = divmod(value, _PIECE)
        pieces.append(f"{rest:0{_PIECE_DIGITS}d}")
    return "".join([str(value), *reversed(pieces)])


def _read_integer(digits: str) -> int:
    """Return the integer of a decimal text of any length, which `int` refuses beyond a limit."""
    if len(digits) <= _PIECE_DIGITS:
        return int(digits)
    value = 0
    first = len(digits) % _PIECE_DIGITS or _PIECE_DIGITS
    for start in range(first - _PIECE_DIGITS, len(digits), _PIECE_DIGITS):
        value = value * _PIECE + int(digits[max(start, 0) : start + _PIECE_DIGITS])
    return value


def _whole_root(value: int, degree: int) -> int:
    """Return the largest whole number whose power is no more than a whole number of 0 or more (Newton's iteration)."""
    if degree == 2 or value < 2:  # noqa: PLR2004 - the square root, and what is its own root
        return isqrt(value) if degree == 2 else value  # noqa: PLR2004
    guess = 1 << -(-value.bit_length() // degree)
    while True:
        closer = ((degree - 1) * guess + value // guess ** (degree - 1)) // degree
        if closer >= guess:
            return guess
        guess = closer


def _steps(value: Exact, places: int, mode: RoundingMode, up_from: Exact) -> int:
    """Return the rounded value as a count of steps, each of 10 to the power of `-places`."""
    over, under = value.as_integer_ratio()
    if places >= 0:
        return to_whole(over * 10**places, under, mode, up_from)
    return to_whole(over, under * 10**-places, mode, up_from)


def _goes_up(rest: int, turn: int, mode: RoundingMode, *, odd: bool) -> bool:
    """Return whether a rest above 0 takes a number away from zero."""
    if mode is _UP or mode is _DOWN:
        return mode is _UP
    if rest != turn:
        return rest > turn
    return mode is RoundingMode.HALF_UP or (mode is RoundingMode.HALF_EVEN and odd)


def _bounded_int(value: int) -> int:
    if -_BOUND < value < _BOUND:
        return value
    raise NumberError(f"a number of more than {MAX_DIGITS} digits is beyond the bounds of a number here")


def _bounded_exact(value: Fraction) -> Exact:
    """Return a fraction, which has no common divisor already, or the whole number that it is."""
    numerator, denominator = _bounded_int(value.numerator), _bounded_int(value.denominator)
    return numerator if denominator == 1 else value


def _bounded(numerator: int, denominator: int) -> Exact:
    number = simplest(Fraction(numerator, denominator))
    _bounded_int(number.numerator)
    _bounded_int(number.denominator)
    return number


def _read_float(value: float) -> Exact:
    if value.is_integer() and abs(value) < _WHOLE_FLOATS:
        return int(value)
    text = float.__repr__(value)
    whole, dot, part = text.partition(".")
    if dot and part.isdecimal():
        return simplest(Fraction(int(whole + part), 10 ** len(part)))
    return read_text(text)


_AT_ONCE: Final[Mapping[type, Callable[[Any], Exact]]] = {
    int: _bounded_int,
    Fraction: _bounded_exact,
    float: lru_cache(1 << 14)(_read_float),
}
"""How numbers of just these classes are read: marks repeat, and so floats are remembered."""


def _read_decimal(value: Decimal) -> Exact:
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise NumberError(f"{value} is not a number")
    if abs(exponent) + len(digits) > 2 * MAX_DIGITS:
        raise NumberError(f"a decimal with exponent {exponent} is beyond the bounds of a number here")
    return _bounded(*value.as_integer_ratio())


def _read_real(value: Real) -> Exact:
    number = read_text(str(value))
    if number != 0 and not _same(value, number):
        raise NumberError(f"{describe(value)} does not state its value exactly")
    return number


def _same(value: Real, number: Exact) -> bool:
    try:
        return bool(type(value)(float(number)) == value)  # type: ignore[call-arg]
    except (TypeError, ValueError, OverflowError):
        return False
