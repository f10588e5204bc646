# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is said of each child of a category (F28, F29)."""

import pytest

from gradecalc import (
    EXEMPT,
    ByFormula,
    CalculatedItem,
    Category,
    DefinitionError,
    DropRule,
    FormulaError,
    FormulaItem,
    Gradebook,
    GradeItem,
    ItemKind,
    compile_gradebook,
    explain_formula,
    grade,
)
from gradecalc.formula import MAX_PARTS, Formula

CHILDREN = {"Quizzes": ["Q1", "Q2", "Q3"], "Labs": ["L1", "L2"], "None": []}
SCORES = {"Q1": 80, "Q2": 40, "Q3": 60, "L1": 10, "L2": 20}


def value(text):
    return Formula(text).expand(CHILDREN.__getitem__).evaluate(lambda name, _: SCORES[name])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SUM{[Quizzes.Each Percent]}", 180),
        ("AVG{[Quizzes.each percent], 100}", 70),
        ("MAX{[Labs.Each Points], [Quizzes.EachPoints]}", 80),
        ("COUNT{[Quizzes.Each Max Points]}", 3),
        ("COUNTIF{[Quizzes.Each Percent] >= 60}", 2),
        ("COUNTIF{[Quizzes.Each Percent] >= 60 AND [Quizzes.Each Percent] < 80, 1 = 1}", 2),
        ("SUM{IF{[Quizzes.Each Percent] < 50, 50, [Quizzes.Each Percent]}}", 190),
        ("SUM{[Quizzes.Each Percent] * SUM{[Labs.Each Points]}}", 5400),
        ("SUM{-[Quizzes.Each Percent] / 2 + POWER{[Quizzes.Each Percent] / 10, 2}}", 26),
        ("SUM{[None.Each Points]}", None),
        ("COUNT{[None.Each Points]} + COUNTIF{[None.Each Points] > 1}", 0),
    ],
)
def test_an_argument_is_there_once_for_each_child(text, expected):
    """A function of several arguments has one for each child, whatever else stands in the argument (F27, F28)."""
    assert expected == value(text)


def test_what_is_printed_is_read_again():
    """The words for each child are part of the language: what prints is the same formula (F1, F28)."""
    formula = Formula("countif{[Quizzes.eachpercent]>=60}")
    assert "COUNTIF{[Quizzes.Each Percent] >= 60}" == str(formula)
    assert formula == Formula(str(formula)) != Formula("COUNTIF{[Quizzes.Percent] >= 60}")


@pytest.mark.parametrize(
    ("text", "code", "marked"),
    [
        ("[Quizzes.Each Percent]", "each_alone", "[Quizzes.Each Percent]"),
        ("IF{[Quizzes.Each Percent] > 1, 1, 0}", "each_alone", "[Quizzes.Each Percent]"),
        ("SUM{[Labs.Points]} + [Quizzes.Each Points]", "each_alone", "[Quizzes.Each Points]"),
        ("SUM{[Quizzes.Each Points] * [Labs.Each Points]}", "each_of_two", "[Labs.Each Points]"),
    ],
)
def test_each_child_stands_where_several_numbers_are_due(text, code, marked):
    """Elsewhere, or of two categories at once, it is an error at the place (F28)."""
    with pytest.raises(FormulaError) as caught:
        Formula(text)
    assert (code, marked) == (caught.value.code, text[slice(*caught.value.span)])


def test_a_formula_without_a_gradebook_has_no_children():
    """Who asks a formula of categories for its value outside a gradebook is told so."""
    with pytest.raises(FormulaError) as caught:
        Formula("SUM{[Quizzes.Each Points]}").evaluate(lambda *_: 1)
    assert "each_unresolved" == caught.value.code


@pytest.mark.parametrize(
    "text",
    [
        "SUM{[Many.Each Points]}",
        "SUM{SUM{[Few.Each Points] * SUM{[Few.Each Points] * SUM{[Few.Each Points], [Few.Each Points]}}}}",
    ],
)
def test_what_comes_of_it_is_bounded(text):
    """More children than a formula may have parts end quickly in a typed error, nested ones too (F9, F28)."""
    children = {"Many": [str(nth) for nth in range(MAX_PARTS)], "Few": [str(nth) for nth in range(40)]}
    with pytest.raises(FormulaError) as caught:
        Formula(text).expand(children.__getitem__)
    assert "too_many_parts" == caught.value.code


QUIZZES = Category(
    "Quizzes",
    [
        GradeItem("Q1", 10),
        GradeItem("Q2", 10),
        GradeItem("Q3", 20, counts=False),
        Category("Oral", [GradeItem("O1", 5), GradeItem("O2", 5)]),
        GradeItem("Remarks", kind=ItemKind.TEXT),
        CalculatedItem("So far", items=["Q1"]),
        FormulaItem("Passed", formula="COUNTIF{[Quizzes.Each Percent] >= 50}", max_points=4),
    ],
    drop=DropRule(lowest=1),
)


def test_each_child_of_a_gradebook():
    """It is each marked item and category there, dropped and uncounted ones too, and no text or computed item (F29)."""
    book = Gradebook([QUIZZES])
    marks = {"Q1": 3, "Q2": 9, "Q3": 10, "O1": 5, "O2": 4}
    report = grade(book, marks)
    assert (3, ("Q1",)) == (report["Passed"].points, report["Quizzes"].dropped)
    labels = [row.label for row in explain_formula(book, marks, "Passed").outline().children]
    assert [f"[{name}.Percent] >= 50" for name in ("Q1", "Q2", "Q3", "Oral")] == labels


def test_exempt_children_are_as_if_named_one_by_one():
    """An average of each child skips who is exempt from one, as any average does (F20, F28)."""
    labs = Category(
        "Labs", [GradeItem("L1", 10), GradeItem("L2", 10)], aggregation=ByFormula("AVG{[Labs.Each Percent]}")
    )
    book = Gradebook([labs])
    assert 90 == grade(book, {"L1": 9, "L2": EXEMPT})["Labs"].percent
    assert "exempt" == grade(book, {"L1": EXEMPT, "L2": EXEMPT})["Labs"].lack.value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SUM{[Quizes.Each Points]}", "unknown_item"),
        ("SUM{[final.Each Points]}", "final_reference"),
        ("SUM{[Q1.Each Points]}", "not_a_category"),
    ],
)
def test_each_is_of_a_category(text, code):
    """An unknown name, the final grade and an item have no children to name (C9, F28)."""
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(Gradebook([QUIZZES, FormulaItem("F", formula=text, max_points=1)]))
    assert [("children[1].formula", code)] == [(problem.path, problem.code) for problem in caught.value.problems]
