# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rule C9: what formulas and calculated items name, and in which order it is worked out."""

import pytest

from gradecalc import (
    ByFormula,
    CalculatedItem,
    Category,
    DefinitionError,
    FormulaItem,
    Gradebook,
    GradeItem,
    ItemKind,
    compile_gradebook,
    grade,
)
from gradecalc.gradebook.tree import rows
from gradecalc.grading.references import find_references

A, B = GradeItem("A", max_points=10), GradeItem("B", max_points=20)


def formula(text, **options):
    return FormulaItem("F", formula=text, max_points=100, **{"can_exceed": True, **options})


def test_order_in_the_book_does_not_matter():
    """A formula may stand before what it names, and name branches that need other formulas (C9)."""
    first = FormulaItem("first", formula="[second.Points] + 1", max_points=50)
    second = FormulaItem("second", formula="[c.Points] + 1", max_points=50)
    report = grade(Gradebook([first, second, Category("c", [A, B])]), {"A": 3, "B": 4})
    assert (9, 8, 7) == (report["first"].points, report["second"].points, report["c"].points)


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        ([A, formula("[a.Points]")], [("unknown_item", "children[1].formula")]),
        ([A, formula("[F.Points]")], [("self_reference", "children[1].formula")]),
        ([A, formula("[final.Points]")], [("final_reference", "children[1].formula")]),
        (
            [GradeItem("T", kind=ItemKind.TEXT), formula("[T.Points]")],
            [("text_reference", "children[1].formula")],
        ),
        ([A, formula("[A.Points] +")], [("operator_parameters", "children[1].formula")]),
        ([A, formula("[A.Points] > 1")], [("numeric_expected", "children[1].formula")]),
        ([A, formula("")], [("missing", "children[1].formula"), ("empty", "children[1].formula")]),
        ([A, FormulaItem("F", formula="1")], [("missing", "children[1].max_points")]),
        (
            [A, formula("[G.Points]"), FormulaItem("G", formula="[F.Points]", max_points=1)],
            [("cycle", "children[2].formula")],
        ),
        ([Category("c", [A, formula("[c.Percent]", counts=True)])], [("cycle", "children[0].children[1].formula")]),
        ([A, CalculatedItem("C", items=())], [("missing", "children[1].items")]),
        (
            [A, CalculatedItem("C", items=("B", "A", 5))],
            [
                ("wrong_type", "children[1].items[2]"),
                ("unknown_item", "children[1].items[0]"),
            ],
        ),
        ([A, CalculatedItem("C", items=("C",))], [("self_reference", "children[1].items[0]")]),
    ],
)
def test_what_is_wrong_with_a_computed_item(children, expected):
    """What a formula or a calculated item names wrongly joins the other problems of the book (C9, G16)."""
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(Gradebook(children))
    assert expected == [(problem.code, problem.path) for problem in caught.value.problems]


def test_a_circle_is_shown_with_its_whole_path():
    """The message of a circle names everything on it (C9)."""
    book = Gradebook(
        [
            FormulaItem("x", formula="[y.Points]", max_points=1),
            FormulaItem("y", formula="[c.Points]", max_points=1),
            Category("c", [FormulaItem("z", formula="[x.Points]", max_points=1, counts=True)]),
        ]
    )
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(book)
    assert all(f"'{name}' →" in caught.value.problems[0].message for name in "xycz")


def test_a_formula_item_that_does_not_count_may_name_its_own_category():
    """What moves no grade may be worked out from the branch it stands in (C9)."""
    report = grade(Gradebook([Category("c", [A, formula("[c.Percent] / 2")])]), {"A": 8})
    assert (40, 80) == (report["F"].points, report["c"].percent)


def test_a_wrong_formula_of_a_branch_is_found_at_its_aggregation():
    """The formula of a branch is reported at the aggregation that holds it (G16)."""
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(Gradebook([A], aggregation=ByFormula("[A.Point]")))
    assert [("unknown_property", "aggregation.formula")] == [(each.code, each.path) for each in caught.value.problems]


def test_a_name_is_found_at_its_row_wherever_it_stands():
    """A formula has the row of each name in it, and a calculated item the rows that it is over (C9, C10)."""
    calculated = CalculatedItem("C", items=("c", "A"))
    book = Gradebook([formula("[B.Points] + [c.Percent]"), Category("c", [A, B]), calculated])
    found = find_references(rows(book))
    assert {1: {"B": 4, "c": 2}, 5: {"c": 2, "A": 3}} == {row: names.rows for row, names in found.named.items()}
    assert ((), [False, True]) == (found.problems, [names.formula is None for names in found.named.values()])


def test_every_row_comes_after_those_it_needs():
    """A branch needs its children that count, and a branch by formula what the formula names (C2, C9)."""
    book = Gradebook([Category("c", [A, formula("[c.Percent]")]), B], aggregation=ByFormula("[F.Points]"))
    order = find_references(rows(book)).order
    assert [0, 1, 2, 3, 4] == sorted(order)
    assert [True] * 3 == [order.index(first) < order.index(second) for first, second in ((2, 1), (1, 3), (3, 0))]


def test_what_cannot_be_found_names_nothing():
    """A row with a wrong name has a problem, and the others keep what they name (C9, G16)."""
    book = Gradebook([A, formula("[A.Points] + [b.Points]"), CalculatedItem("C", items=("A", "b"))])
    found = find_references(rows(book))
    assert {3: {"A": 1}} == {row: names.rows for row, names in found.named.items()}
    assert ["unknown_item", "unknown_item"] == [problem.code for problem in found.problems]


def test_a_circle_is_met_once():
    """Two that need each other are one problem, and all rows have their place in the order all the same (C9)."""
    pair = [FormulaItem(one, formula=f"[{other}.Points]", max_points=1) for one, other in ("xy", "yx")]
    found = find_references(rows(Gradebook([*pair, A])))
    assert (["cycle"], [0, 1, 2, 3]) == ([problem.code for problem in found.problems], sorted(found.order))


def test_a_long_circle_is_shown_shortened():
    """Of a circle of thirty the message has ten places, the first again at its end (C9)."""
    circle = [FormulaItem(f"f{nth}", formula=f"[f{(nth + 1) % 30}.Points]", max_points=1) for nth in range(30)]
    (problem,) = find_references(rows(Gradebook(circle))).problems
    names = problem.message.partition(": ")[2].split(" → ")
    assert (10, names[0], "…") == (len(names), names[-1], names[-2])


def test_a_calculated_item_is_over_the_items_in_what_it_names():
    """A calculated item waits for the items in a category, and neither for the category nor for itself (C9, C10)."""
    over = CalculatedItem("C", items=("c",), counts=True)
    order = find_references(rows(Gradebook([Category("c", [over, A])]))).order
    assert order.index(3) < order.index(2) < order.index(1)
