# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of formulas, over grammatical and broken text."""

import operator
import pickle
import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import partial, reduce
from math import ceil, floor

from hypothesis import given
from hypothesis import strategies as st

from gradecalc.formula import (
    FUNCTIONS,
    Call,
    Constant,
    Formula,
    FormulaError,
    Level,
    Operation,
    Operator,
    Property,
    Reference,
    Signed,
)
from gradecalc.formula.tokens import PROPERTIES, tokens
from gradecalc.marks import EXEMPT, UNGRADED, UngradedPolicy

NAMES = st.sampled_from(["a", "b", "Quiz 1.5", "Essay [2] (b)", "x & {y}?"])
REFERENCES = st.builds(Reference, NAMES, st.sampled_from(Property))
CONSTANTS = st.builds(Constant, st.integers(0, 9) | st.integers(0, 999).map(lambda n: Fraction(n, 8)))
DEGREES = st.builds(Constant, st.integers(1, 3))
STEPS = {"FLOOR": floor, "CEIL": ceil}
SEVERAL = ("SUM", "MIN", "MAX", "AVG")
ANSWERS = st.sampled_from([EXEMPT, UNGRADED, 0, 1, 5]) | st.fractions(-20, 20, max_denominator=9)
MARKS = st.fixed_dictionaries(dict.fromkeys(["a", "b", "Quiz 1.5", "Essay [2] (b)", "x & {y}?"], ANSWERS))
POLICIES = st.sampled_from(UngradedPolicy)
SYMBOLS = re.findall(
    r"\S+", "1 2.5 .5 3.2.5 [a.Points] [a.b] [ ] ( ) { } , = <> < + - * / AND or sum IF NOT{ MAX{ foo é $"
)
SYMBOLS += [" ", "\n", "\0", "\ud800"]
BROKEN = st.text() | st.lists(st.sampled_from(SYMBOLS)).map("".join)


def chains(level, operands):
    """Return the strategy of operations of a level."""
    ours = st.sampled_from([each for each in Operator if each.level is level])
    most = 1 if level is Level.COMPARISON else 3
    return st.builds(Operation, operands, st.lists(st.tuples(ours, operands), min_size=1, max_size=most).map(tuple))


def calls(name, *arguments):
    """Return the strategy of calls of a function."""
    return st.builds(Call, st.just(FUNCTIONS[name]), st.tuples(*arguments))


def grown(numbers):
    """Return the strategy of numeric parts made of smaller ones."""
    compared = chains(Level.COMPARISON, numbers)
    conditions = compared | chains(Level.AND, compared) | chains(Level.OR, compared) | calls("NOT", compared)
    many = st.lists(numbers, min_size=1, max_size=4).map(tuple)
    aggregates = st.builds(Call, st.sampled_from([FUNCTIONS[name] for name in (*SEVERAL, "COUNT")]), many)
    powers = st.builds(Call, st.sampled_from([FUNCTIONS["POWER"], FUNCTIONS["ROOT"]]), st.tuples(numbers, DEGREES))
    signed = st.builds(Signed, st.sampled_from([Operator.PLUS, Operator.MINUS]), numbers)
    choices = calls("IF", conditions, numbers, numbers)
    counts = st.builds(Call, st.just(FUNCTIONS["COUNTIF"]), st.lists(conditions, min_size=1, max_size=3).map(tuple))
    roots = st.builds(Call, st.sampled_from([FUNCTIONS[name] for name in ("SQRT", *STEPS)]), st.tuples(numbers))
    rounded = calls("ROUND", numbers, st.integers(0, 12).map(Constant))
    return st.one_of(
        aggregates,
        powers,
        roots,
        rounded,
        counts,
        signed,
        chains(Level.SUM, numbers),
        chains(Level.PRODUCT, numbers),
        choices,
    )


FORMULAS = st.recursive(REFERENCES | CONSTANTS, grown, max_leaves=12)


def lookup(marks):
    """Return the lookup over some marks; every item is out of 10."""
    return lambda name, asked: 10 if asked is Property.MAX_POINTS else marks[name]


PLAIN = {"=": operator.eq, "<>": operator.ne, ">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le}
PLAIN |= {"AND": operator.and_, "OR": operator.or_}


class Zero(Fraction):
    """The naive interpreter's ungraded work that counts as zero."""


class Naive:
    """A naive interpreter, straight from the numbered rules: a number, a truth value, or None."""

    def __init__(self, root, marks, policy):
        """Settle what ungraded work counts as (F11)."""
        self.ask = lookup(marks)
        asked = [self.ask(name, each) for name, each in references(root) if each is not Property.MAX_POINTS]
        graded = any(answer not in (EXEMPT, UNGRADED) for answer in asked)
        once = policy is UngradedPolicy.AS_ZERO_ONCE_GRADED and graded
        self.blank = Zero(0) if once or policy is UngradedPolicy.AS_ZERO else None

    def value(self, node):
        """Return what a part comes to."""
        match node:
            case Constant():
                return Fraction(node.value)
            case Reference():
                answer = self.ask(node.name, node.property)
                return self.blank if answer is UNGRADED else None if answer is EXEMPT else Fraction(answer)
            case Signed():
                value = self.value(node.operand)
                return None if value is None else Fraction(-value if node.sign is Operator.MINUS else value)
            case Operation():
                return reduce(self.step, node.rest, (self.value(node.first), node.first))[0]
            case _:
                return self.call(node.function.name, [self.value(argument) for argument in node.arguments])

    def step(self, so_far, pair):
        """Return what one operator makes, with None for the item that it no longer is."""
        (left, item), (sign, operand) = so_far, pair
        right = self.value(operand)
        sides = ((left, item), (right, operand))
        empty = any(type(value) is Zero and isinstance(node, Reference) for value, node in sides)
        return self.operate(sign.symbol, left, right, empty), None

    def operate(self, symbol, left, right, empty):
        """Return what an operator makes of two values, one of which may be an empty side (F12 to F19)."""
        missing = left is None or right is None
        if symbol in "+-":
            terms = (left, right if right is None or symbol == "+" else -right)
            present = [term for term in terms if term is not None]
            return sum(present, Fraction(0)) if present else None
        if symbol in "*/":
            if missing or (symbol == "/" and not empty and not right):
                return None
            return left * right if symbol == "*" else Fraction(0) if empty else left / right
        if missing and symbol in ("<", ">", "<=", ">="):
            return "=" in symbol and left is right
        return PLAIN[symbol](left, right)

    def call(self, name, values):
        """Return what a function makes of its arguments (F20, F21, F25 to F27, F31)."""
        if name == "IF":
            return values[1] if values[0] else values[2]
        if name in ("NOT", "COUNTIF"):
            return sum(values) if name == "COUNTIF" else not values[0]
        if name in ("POWER", "ROOT", "SQRT"):
            return self.power(name, *values)
        if name in ("ROUND", *STEPS):
            return self.rounded(name, *values)
        present = [Fraction(value) for value in values if value is not None]
        if name == "COUNT" or not present:
            return len(present) if name == "COUNT" else None
        return {"SUM": sum, "MIN": min, "MAX": max, "AVG": lambda all_: sum(all_) / len(all_)}[name](present)

    def rounded(self, name, value, places=0):
        """Return the number in whole steps: the next one below or above, or the nearest, halves away from zero."""
        if value is None or name in STEPS:
            return None if value is None else Fraction(STEPS[name](value))
        scaled = abs(Fraction(value)) * 10 ** int(places)
        nearest = Fraction(floor(scaled + Fraction(1, 2)), 10 ** int(places))
        return -nearest if value < 0 else nearest

    def power(self, name, base, exponent=2):
        """Return the power, or the root in sixty digits rounded half up to twelve decimals."""
        if base is None or (name != "POWER" and base < 0):
            return None
        base = Fraction(base)
        if name == "POWER":
            return base ** int(exponent)
        with localcontext() as context:
            context.prec, context.rounding = 120, ROUND_HALF_UP
            root = (Decimal(base.numerator) / base.denominator) ** (1 / Decimal(int(exponent)))
            return Fraction(root.quantize(Decimal("1e-12")))


def references(node):
    """Yield the name and property of each reference."""
    if isinstance(node, Reference):
        yield node.name, node.property
    below = [node.operand] if isinstance(node, Signed) else getattr(node, "arguments", ())
    for part in (node.first, *(operand for _, operand in node.rest)) if isinstance(node, Operation) else below:
        yield from references(part)


@given(FORMULAS)
def test_parse_after_print_is_identity(root):
    """What a formula prints is read as the formula it was (F1)."""
    formula = Formula(str(root))
    assert root == formula.root
    assert formula == Formula(str(formula)) == Formula(f"={root}")


@given(FORMULAS, st.randoms(use_true_random=False))
def test_layout_does_not_matter(root, random):
    """Blanks, line breaks and the case of names change nothing (F1, F2)."""
    words = [word.text for word in tokens(str(root), PROPERTIES)]
    cased = [word if word.startswith("[") else random.choice([word.lower(), word.upper()]) for word in words]
    assert root == Formula("".join(word + random.choice(" \n\t") for word in cased)).root


@given(FORMULAS, MARKS, POLICIES)
def test_evaluation_is_the_naive_one(root, marks, policy):
    """A formula comes to what a naive interpreter of the numbered rules finds (F10 to F21)."""
    expected = Naive(root, marks, policy).value(root)
    assert expected == Formula(str(root)).evaluate(lookup(marks), ungraded=policy)


@given(FORMULAS, MARKS, POLICIES)
def test_explanation_is_the_evaluation(root, marks, policy):
    """An explanation has the value that was evaluated, and reasons exactly where there is no score (F22)."""
    formula = Formula(str(root))
    explanation = formula.explain(lookup(marks), ungraded=policy)
    assert formula.evaluate(lookup(marks), ungraded=policy) == explanation.value
    waiting = [explanation]
    while waiting:
        part = waiting.pop()
        assert (part.value is None and part.taken) is bool(part.reasons)
        waiting.extend(part.parts)
    assert explanation.outline().text()


@given(FORMULAS)
def test_pickling(root):
    """A formula survives pickling by value."""
    formula = Formula(str(root))
    assert formula == pickle.loads(pickle.dumps(formula))  # noqa: S301 - our own


def read(text):
    """Return the formula that a text is, or the error it is refused with."""
    try:
        return Formula(text)
    except FormulaError as error:
        return error


@given(BROKEN)
def test_any_text_is_a_formula_or_an_error(text):
    """Any text is read, or refused with a code and a place in it (F9)."""
    found = read(text)
    if isinstance(found, Formula):
        assert found == Formula(str(found))
    else:
        start, end = found.span
        assert 0 <= start <= end <= len(text)
        assert str(found).startswith(found.message)


@given(FORMULAS, st.data())
def test_a_slip_of_the_pen(root, data):
    """A formula with a piece taken out or put in is read or refused, and evaluates if it is read (F9)."""
    text = str(root)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 3, len(text))))
    found = read(text[:start] + data.draw(st.sampled_from(["", *SYMBOLS])) + text[end:])
    if isinstance(found, Formula):
        found.evaluate(lambda *_: 1)


@given(st.lists(ANSWERS, min_size=2, max_size=5), st.sampled_from(["SUM", "MIN", "MAX", "AVG"]), POLICIES)
def test_exempting_is_deleting(answers, name, policy):
    """To a function over many, an exempt item is one that is not there (F20)."""

    def applied(items):
        text = f"{name}{{{', '.join(f'[{item}.Points]' for item in items)}}}"
        return Formula(text).evaluate(lambda item, _: answers[int(item)], ungraded=policy) if items else None

    kept = [nth for nth, answer in enumerate(answers) if answer is not EXEMPT]
    assert applied(kept) == applied(range(len(answers)))


@given(FORMULAS.filter(lambda root: not re.search("/", str(root))), MARKS)
def test_ungraded_as_zero_is_a_recorded_zero(root, marks):
    """Without a division, ungraded work that counts as zero is work with a recorded zero (F10)."""
    zeros = {name: 0 if answer is UNGRADED else answer for name, answer in marks.items()}
    evaluate = partial(Formula(str(root)).evaluate, ungraded=UngradedPolicy.AS_ZERO)
    assert evaluate(lookup(zeros)) == evaluate(lookup(marks))


def test_ungraded_as_zero_is_no_recorded_zero_to_a_division():
    """Dividing by ungraded work that counts as zero gives 0, and by a recorded zero no score (F14, F15)."""
    formula = Formula("5 / [a.Points]")
    answers = [formula.evaluate(lambda *_, mark=mark: mark, ungraded=UngradedPolicy.AS_ZERO) for mark in (UNGRADED, 0)]
    assert answers == [0, None]
