# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Every input, hostile or not, ends soon in a value or a `FormulaError`."""

import pickle
import sys
from fractions import Fraction

import pytest

from gradecalc.formula import (
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_PARTS,
    MAX_TOTAL_BITS,
    Formula,
    FormulaError,
    Kind,
    lint,
)

SOON = 150_000
"""The most calls, of functions in Python and in C, that 50 ms on a slow machine have room for."""
FRAMES = 350

HOSTILE = [
    "1+" * 4999 + "1",
    "1 OR " * 1900 + "1",
    "SUM{" + "1," * 4990 + "1}",
    "SUM{" + "(1)," * 2400 + "1}",
    "[a.Points]+" * 900 + "1",
    "(" * MAX_LENGTH,
    "-" * MAX_LENGTH,
    "[" * MAX_LENGTH,
    "]" * MAX_LENGTH,
    "[a." + "]" * 9990,
    "[a." + ".]" * 4990,
    "[a.Points" * 1000,
    "[" + "a" * 9980 + ".Points]",
    "[a." + "x" * 9980 + "]",
    "SUM{" * 2500,
    "NOT{" * 2500,
    " " * MAX_LENGTH,
    "\n" * 9999 + ")",
    " " * 9999 + "$",
    "x" * MAX_LENGTH,
    "9" * MAX_LENGTH,
    "." * MAX_LENGTH,
    "1" * 50_000_000,
]
DEEPEST = [
    ("(" * (MAX_DEPTH - 1) + "1" + ")" * (MAX_DEPTH - 1), Kind.NUMERIC),
    ("-" * (MAX_DEPTH - 1) + "1", Kind.NUMERIC),
    ("1-2*(" * 20 + "1" + ")" * 20, Kind.NUMERIC),
    ("IF{1=1 AND 1<2 OR 1+2*" * 10 + "1>2,1,2}" + " = 2,1,2}" * 9, Kind.NUMERIC),
    ("NOT{1=1 AND " * 31 + "1=1" + "}" * 31, Kind.BOOLEAN),
]


def soon(work):
    """Return whether some work is done within the bound; calls are counted, so that no load on the machine matters."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls < SOON


def outcome(text):
    """Return how reading a text ends."""
    try:
        return Formula(text)
    except FormulaError as error:
        return str(error)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12].strip())
def test_hostile_texts(text):
    """Reading a hostile text, and drawing its error, ends soon (F9)."""
    assert soon(lambda: outcome(text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1" * (MAX_LENGTH + 1), "too_long"),
        ("(" * MAX_DEPTH + "1" + ")" * MAX_DEPTH, "too_deep"),
        ("+".join("1" * (MAX_PARTS + 1)), "too_many_parts"),
        ("9" * 101, "number_too_long"),
        ("." + "0" * 100 + "1", "number_too_long"),
    ],
)
def test_bounds(text, code):
    """What is beyond a stated bound is refused with the bound's own code (F9)."""
    with pytest.raises(FormulaError) as caught:
        Formula(text)
    assert code == caught.value.code


def test_just_within_the_bounds():
    """What is just within the bounds is read."""
    assert MAX_PARTS - 1 == Formula("+".join("1" * (MAX_PARTS - 1))).evaluate(lambda *_: 0)
    assert 10**100 - 1 == Formula("9" * 100).evaluate(lambda *_: 0)
    assert 1 == Formula(" " * (MAX_LENGTH - 1) + "1").evaluate(lambda *_: 0)


@pytest.mark.parametrize("joint", ["*", "+", "/", "-"])
@pytest.mark.parametrize("bits", [2, 6, 12])
def test_arithmetic_stays_small(joint, bits):
    """The most arithmetic that the bounds allow is done within 50 ms (F9)."""
    count = min(MAX_LENGTH // len("[aaa.points]*"), MAX_TOTAL_BITS // (2 * bits + 2))
    formula = Formula(joint.join(f"[{nth:03}.points]" for nth in range(count)))
    marks = {f"{nth:03}": Fraction(2**bits - 1 - 2 * (nth % 2), 2**bits - 2 * (nth % 2) or 1) for nth in range(count)}
    assert soon(lambda: formula.evaluate(lambda name, _: marks[name]))
    assert formula.evaluate(lambda name, _: marks[name]) is not None


LARGE = {
    "many": ("*".join(["[a.Points]"] * 100), Fraction(10**100 + 1, 10**100)),
    "one": ("SUM{[a.Points], 1}", 10**200_000),
}


@pytest.mark.parametrize("case", LARGE)
def test_large_numbers_are_refused(case):
    """Numbers that are too large together are refused before any arithmetic (F9)."""
    text, number = LARGE[case]
    with pytest.raises(FormulaError) as caught:
        Formula(text).evaluate(lambda *_: number)
    assert "number_too_long" == caught.value.code


def test_every_value_can_be_printed():
    """The largest value that the bounds allow is within what Python turns into text."""
    number = 10**1700
    assert len(str(Formula("[a.Points] * [a.Points]").evaluate(lambda *_: number))) == 3401


@pytest.mark.parametrize(("text", "kind"), DEEPEST, ids=lambda value: str(value)[:12])
def test_deepest(text, kind):
    """The deepest formula is read, printed, compared, pickled, worked out and explained in a bounded stack (F9)."""

    def work():
        formula = Formula(text, result=kind)
        again = pickle.loads(pickle.dumps(formula))  # noqa: S301 - our own
        assert formula == again == Formula(str(formula), result=kind)
        assert hash(formula) == hash(again)
        assert formula.evaluate(lambda *_: 1) == formula.explain(lambda *_: 1).value
        lint(formula)

    assert in_a_stack_of(FRAMES, work) is None


def in_a_stack_of(frames, work):
    """Return what some work returns where only so many more calls may nest."""
    usual = sys.getrecursionlimit()
    depth = 0
    frame = sys._getframe()  # noqa: SLF001 - there is no other way to count
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    sys.setrecursionlimit(depth + frames)
    try:
        return work()
    finally:
        sys.setrecursionlimit(usual)
