# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is read as what, and what is refused, where, with which code."""

import pytest

from gradecalc.formula import (
    FUNCTIONS,
    VALIDATOR_MESSAGES,
    Call,
    Constant,
    Formula,
    FormulaError,
    Kind,
    Operation,
    Operator,
    Property,
    Reference,
    Signed,
)

SPANISH = {"Puntos recibidos": Property.POINTS}
ONE, TWO, THREE = Constant(1), Constant(2), Constant(3)

VALID = [
    "IF{ MIN{ [P1.Percent], [P2.Percent] } < 50, 0, 1 }",
    "IF{ MIN{ [ITEM1.Percent], [ITEM2.Percent] } < 50, 0, 100 }",
    "= IF {MIN{[Week1.Percent],[Week2.Percent],[Week3.Percent]} < 75, 0, 100}",
    "AVG{ [Actividad I-1 - IA.Puntos recibidos], [Actividad I-2.Puntos recibidos] }",
    "AVG{ [Actividad I-1 - IA y Derechos.Puntos recibidos],\n     [Actividad I-2 - ¿Listos?.Puntos recibidos] }",
    "[Tarea A.Points Received] + [Tarea A.Points Received]",
]

# the validator's own examples: text, code, what is blamed
VALIDATOR = [
    ("= 5=/1", "unexpected_token", "/"),
    ("= (5+1)2", "unexpected_token", "2"),
    ("= 5+1)", "unbalanced_parentheses", ")"),
    ("= SUM{[Item1.Points], [Item2.Points]", "missing_function_end", "{"),
    ("= [Item1.Points]/2}", "unexpected_function_end", "}"),
    ("= [Item1.Points] +", "operator_parameters", "+"),
    ("= SUM{}", "function_parameters", "SUM{}"),
    ("= IF{[Item1.Points]<2,5}", "function_parameters", "IF{[Item1.Points]<2,5}"),
    ("= IF{5<2,1 OR 1,4}", "numeric_expected", "1 OR 1"),
    ("= SUM{1 = 2,3,4}", "numeric_expected", "1 = 2"),
    ("= IF {MIN{4,5},100,0}", "boolean_expected", "MIN{4,5}"),
    ("= NOT{4}", "boolean_expected", "4"),
    ("= [Item1.Points] + 3.2.5", "invalid_terminal", "3.2.5"),
]

REFUSED = [
    ("", "empty", ""),
    (" = ", "empty", " = "),
    (")", "unbalanced_parentheses", ")"),
    ("= )", "unbalanced_parentheses", ")"),
    ("(", "unbalanced_parentheses", "("),
    ("((1)", "unbalanced_parentheses", "("),
    ("SUM{(1}", "unbalanced_parentheses", "("),
    ("SUM{1)}", "unbalanced_parentheses", ")"),
    ("[A.Points", "unbalanced_parentheses", "["),
    ("1 + [A + [B.Foo]", "unbalanced_parentheses", "["),
    ("}", "unexpected_function_end", "}"),
    ("(5+1}", "unexpected_function_end", "}"),
    ("SUM{", "missing_function_end", "{"),
    ("SUM{1,", "missing_function_end", "{"),
    ("(SUM{1)", "missing_function_end", "{"),
    ("SUM{1, MAX{2}", "missing_function_end", "{"),
    ("SUM{1,}", "function_parameters", ","),
    ("NOT{1 < 2, 2 < 3}", "function_parameters", "NOT{1 < 2, 2 < 3}"),
    ("-", "operator_parameters", "-"),
    ("(5 +)", "operator_parameters", "+"),
    ("SUM{5 *, 1}", "operator_parameters", "*"),
    ("1 < 2 AND", "operator_parameters", "AND"),
    ("()", "unexpected_token", ")"),
    ("{", "unexpected_token", "{"),
    ("SUM{,1}", "unexpected_token", ","),
    ("SUM{1 2}", "unexpected_token", "2"),
    ("3,5", "unexpected_token", ","),
    ("1 = = 2", "unexpected_token", "="),
    ("* 5", "unexpected_token", "*"),
    ("1 < 2 < 3", "unexpected_token", "<"),
    ("SUM(1, 2)", "unexpected_token", "SUM"),
    ("AND{1, 2}", "unexpected_token", "AND"),
    ("5 $ 3", "unexpected_token", "$"),
    ("1 ≤ 2", "unexpected_token", "≤"),
    ("3.", "invalid_terminal", "3."),
    ("2e5", "invalid_terminal", "2e5"),
    ("[.Points]", "invalid_terminal", "[.Points]"),
    ("SUMM{1}", "unknown_function", "SUMM"),
    ("Quiz + 1", "unknown_function", "Quiz"),
    ("[Quiz]", "unknown_property", "[Quiz]"),
    ("[Quiz.Prozent]", "unknown_property", "Prozent"),
    ("[Quiz.]", "unknown_property", "]"),
    ("SUM{[G1.PointsReceived],[G2.Points Received], [G3Points Received]}", "unknown_property", "[G3Points Received]"),
    ("[A] - [B.Percent]", "unknown_property", "[A]"),
    ("[A.Puntos recibidos]", "unknown_property", "Puntos recibidos"),
    ("1 < 2", "numeric_expected", "1 < 2"),
    ("-(1 < 2)", "numeric_expected", "1 < 2"),
    ("IF{1, 2 < 3, 4}", "boolean_expected", "1"),
    ("MAX{1 < 2 AND 3, 4}", "numeric_expected", "1 < 2 AND 3"),
]


def refusal(text, **options):
    """Return the error that a text is refused with."""
    with pytest.raises(FormulaError) as caught:
        Formula(text, **options)
    return caught.value


@pytest.mark.parametrize("text", VALID)
def test_valid(text):
    """Formulas found in the wild are read, and what they print is the same formula."""
    formula = Formula(text, properties=SPANISH)
    assert formula == Formula(str(formula))


@pytest.mark.parametrize(("text", "code", "blamed"), VALIDATOR + REFUSED)
def test_refused(text, code, blamed):
    """A wrong formula is refused with its code, and the place that is to blame (F7 to F9)."""
    error = refusal(text)
    assert (code, blamed) == (error.code, text[slice(*error.span)])


def test_every_message_of_the_validator_has_a_code():
    """The examples of the validator cover the nine codes that stand for its messages."""
    assert set(VALIDATOR_MESSAGES) == {code for _, code, _ in VALIDATOR}


@pytest.mark.parametrize(
    ("text", "near"),
    [("AVERAGE{1}", "'AVG'"), ("[Quiz.Procent]", "'Percent'"), ("[Quiz.Maxpoint]", "'Max Points'"), ("1 ≥ 2", "'>='")],
)
def test_near_miss(text, near):
    """What is unknown is answered with what is nearest to it."""
    assert near in refusal(text).message


def test_opening_bracket_is_blamed():
    """Of several open brackets the innermost opening one is to blame (F8)."""
    assert (5, 6) == refusal("(1 + (2 * 3").span


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("1 + 2 * 3", Operation(ONE, ((Operator.PLUS, Operation(TWO, ((Operator.TIMES, THREE),))),))),
        ("1 - 2 - 3", Operation(ONE, ((Operator.MINUS, TWO), (Operator.MINUS, THREE)))),
        ("1 - (2 - 3)", Operation(ONE, ((Operator.MINUS, Operation(TWO, ((Operator.MINUS, THREE),))),))),
        ("-1 * 2", Operation(Signed(Operator.MINUS, ONE), ((Operator.TIMES, TWO),))),
        ("2 * -+1", Operation(TWO, ((Operator.TIMES, Signed(Operator.MINUS, Signed(Operator.PLUS, ONE))),))),
        ("((1))", ONE),
        ("Max\n{ 1 , (2) }", Call(FUNCTIONS["MAX"], (ONE, TWO))),
    ],
)
def test_precedence(text, root):
    """Signs bind tightest, then products, then sums, from the left; brackets go first (F4)."""
    assert root == Formula(text).root


def test_conditions_bind_loosest():
    """AND binds tighter than OR, and comparisons tighter than both (F4)."""
    written = Formula("1 + 1 < 2 OR 1 = 1 AND 2 >= 1", result=Kind.BOOLEAN)
    bracketed = Formula("((1 + 1) < 2) OR ((1 = 1) AND (2 >= 1))", result=Kind.BOOLEAN)
    assert bracketed == written


@pytest.mark.parametrize("text", ["avg {1}", "=\n AvG\t{ 1 }", "Avg{1.0}", "\u00a0AVG{01}"])
def test_layout(text):
    """Case, blanks, line breaks and the leading equals sign do not matter (F1, F2)."""
    assert Formula("AVG{1}") == Formula(text)


def test_a_condition_where_one_is_asked_for():
    """A boolean formula is read where a condition is asked for, and a number refused there (F7)."""
    assert Kind.BOOLEAN is Formula("1 < 2 or not{2 < 1}", result=Kind.BOOLEAN).root.gives
    assert "boolean_expected" == refusal("1 + 2", result=Kind.BOOLEAN).code


@pytest.mark.parametrize(
    ("text", "name", "asked"),
    [
        ("[Quiz 1.Points]", "Quiz 1", Property.POINTS),
        ("[Quiz 1.PointsReceived]", "Quiz 1", Property.POINTS),
        ("[Quiz 1. points  received ]", "Quiz 1", Property.POINTS),
        ("[Quiz 1.Max Points]", "Quiz 1", Property.MAX_POINTS),
        ("[Quiz 1.MAXPOINTS]", "Quiz 1", Property.MAX_POINTS),
        ("[Quiz 1.Percent]", "Quiz 1", Property.PERCENT),
        ("[Unit 2.5 (b).Percent]", "Unit 2.5 (b)", Property.PERCENT),
        ("[Quiz [1.5] x.Percent]", "Quiz [1.5] x", Property.PERCENT),
        ("[Quiz {1} & ?.Percent]", "Quiz {1} & ?", Property.PERCENT),
        ("[Quiz ]x.Percent]", "Quiz ]x", Property.PERCENT),
        ("[Quiz [x.Percent]", "Quiz [x", Property.PERCENT),
        ("[A.Points.Percent]", "A.Points", Property.PERCENT),
    ],
)
def test_reference(text, name, asked):
    """A reference is split at the last dot before the first bracket that a known property stands before (F5, F6)."""
    assert Reference(name, asked) == Formula(text).root


def test_host_properties():
    """A host adds spellings of the properties, and what is printed is English (F5)."""
    assert "[Tarea.Points Received]" == str(Formula("[Tarea.PUNTOS RECIBIDOS]", properties=SPANISH))


def test_references_in_order():
    """The references are listed once each, in the order of the text, where each first stands."""
    references = Formula("[b.Points] + [a.Points] + [b.Points] + [b.Percent]").references
    assert ["[b.Points Received]", "[a.Points Received]", "[b.Percent]"] == [str(each) for each in references]
    assert [(0, 10), (13, 23), (39, 50)] == [each.span for each in references]


def test_spans():
    """Every part knows its place, brackets around its operands included."""
    text = "= IF{ (1 + 2) * 3 > 4, -5, [a.Points] }"
    call = Formula(text).root
    comparison, negative, reference = call.arguments
    parts = [call, comparison, comparison.first, comparison.first.first, negative, reference]
    texts = ["IF{ (1 + 2) * 3 > 4, -5, [a.Points] }", "(1 + 2) * 3 > 4", "(1 + 2) * 3", "1 + 2", "-5", "[a.Points]"]
    assert texts == [text[slice(*part.span)] for part in parts]
