# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The grades of a Brightspace course package: an invented file in the form that real ones have."""

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import (
    ByFormula,
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    ItemKind,
    Rounding,
    RoundingMode,
    Severity,
    SumOfPoints,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
)
from gradecalc.extras.xml import parse
from gradecalc.lms.brightspace import read_package

CONFIGURATION = """
<configuration>
  <auto_update_final_grade>1</auto_update_final_grade>
  <grading_system>1</grading_system>
  <include_empty_grades_in_final>0</include_empty_grades_in_final>
</configuration>"""
LABS = """
<category id="11" identifier="labs">
  <name>Labs</name><short_name/><sort_order>1</sort_order>
  <scoring>
    <weight>40.000000000</weight><can_exceed_weight>1</can_exceed_weight>
    <WeightDistributionType/><is_auto_pointed>0</is_auto_pointed>
    <high_non_bonus_drop>0</high_non_bonus_drop><low_non_bonus_drop>1</low_non_bonus_drop>
    <max_item_points/><exclude_from_final_grade_calc>0</exclude_from_final_grade_calc>
  </scoring>
</category>"""


def item(name, *, id_="", within="0", type_="1", scoring="<out_of>10</out_of>"):
    """Return an item of the file."""
    return f"""
<item{f' id="{id_}"' if id_ else ""}>
  <category_id>{within}</category_id><name>{name}</name><type_id>{type_}</type_id><scoring>{scoring}</scoring>
</item>"""


def package(*parts):
    """Read a file of the given parts."""
    return read_package(parse(f"<grades>{''.join(parts)}</grades>"))


def codes(imported, severity=None):
    """Return the codes and paths of the problems."""
    return [(each.code, each.path) for each in imported.problems if severity in (None, each.severity)]


LAB = "<can_exceed_weight>1</can_exceed_weight><out_of>10</out_of><is_bonus>0</is_bonus><weight>50</weight>"
EXTRA = "<out_of>5.5</out_of><is_bonus>1</is_bonus><exclude_from_final_grade_calc>1</exclude_from_final_grade_calc>"


def test_the_gradebook_is_what_the_package_states():
    """Settings, categories and items come over with all that they say about grading."""
    imported = package(
        CONFIGURATION,
        LABS,
        item("Lab 1", within="11", scoring=LAB),
        item("Lab 2", within="11", scoring=LAB),
        item("Extra", scoring=EXTRA),
        item("Attended", type_="2", scoring="<max_grade>3</max_grade>"),
        item("Feedback", type_="4"),
    )
    labs = [GradeItem(name, 10, weight=50, can_exceed=True) for name in ("Lab 1", "Lab 2")]
    expected = Gradebook(
        [
            Category("Labs", labs, weight=40, drop=DropRule(lowest=1, keep_at_least=0), can_exceed=True),
            GradeItem("Extra", 5.5, bonus=True, counts=False),
            GradeItem("Attended", 3, kind=ItemKind.PASS_FAIL),
            GradeItem("Feedback", kind=ItemKind.TEXT),
        ],
        aggregation=WeightedMean(),
        shown=Rounding(2, RoundingMode.HALF_EVEN),
    )
    assert (expected, {}, []) == (imported.gradebook, imported.marks, codes(imported))


@pytest.mark.parametrize(
    ("system", "aggregation"), [("0", SumOfPoints()), ("1", WeightedMean()), ("2", ByFormula("[Q.Percent]"))]
)
def test_the_grading_systems(system, aggregation):
    """The grading system is a number, and a formula is what the caller says that it is."""
    tree = parse(
        f"<grades><configuration><grading_system>{system}</grading_system></configuration>{item('Q')}</grades>"
    )
    imported = read_package(tree, formulas={"final": "[Q.Percent]"})
    assert (aggregation, []) == (imported.gradebook.aggregation, codes(imported))


def test_empty_grades_count_as_zero_where_the_package_says_so():
    """`include_empty_grades_in_final` is the ungraded policy."""
    settings = "<configuration><include_empty_grades_in_final>1</include_empty_grades_in_final></configuration>"
    assert UngradedPolicy.AS_ZERO is package(settings).gradebook.ungraded


def test_parts_are_found_at_any_depth_and_by_either_id():
    """Categories and items may stand in containers, and a category is known by its id or its identifier."""
    category = LABS.replace('id="11" ', "")
    imported = package(
        CONFIGURATION, f"<categories>{category}</categories>", f"<items>{item('Q', within='labs')}</items>"
    )
    assert [("Labs", ["Q"])] == [
        (each.name, [child.name for child in each.children]) for each in imported.gradebook.children
    ]


@pytest.mark.parametrize(
    ("parts", "code", "path"),
    [
        ([], "no_system", "configuration"),
        (
            ["<configuration><grading_system>7</grading_system></configuration>"],
            "wrong_value",
            "configuration[0].grading_system",
        ),
        ([CONFIGURATION, LABS.replace("40.0", "x")], "wrong_value", "category[0].scoring.weight"),
        ([CONFIGURATION, item("Q", within="9")], "unknown_category", "item[0]"),
        ([CONFIGURATION, item("Q", id_="1"), item("R", id_="1")], "duplicate_id", "item[1]"),
        ([CONFIGURATION, item("Q", scoring="<out_of>ten</out_of>")], "wrong_value", "item[0].scoring.out_of"),
        ([CONFIGURATION, item("Q", scoring="")], "no_maximum", "item[0]"),
        (
            [CONFIGURATION, item("Q", scoring="<out_of>5</out_of><max_grade>6</max_grade>")],
            "two_maxima",
            "item[0].scoring",
        ),
        ([CONFIGURATION, item("Q", type_="77")], "wrong_value", "item[0].type_id"),
        ([CONFIGURATION, item("Q", type_="6")], "not_worked_out", "item[0]"),
        ([CONFIGURATION, item("Q", type_="3")], "no_scheme", "item[0]"),
        (["<configuration><grading_system>2</grading_system></configuration>"], "no_formula", "configuration[0]"),
    ],
)
def test_what_is_odd_is_named_by_its_path(parts, code, path):
    """An element that says too little, or something else, is a problem where it does, and the rest is read."""
    imported = package(*parts)
    assert (code, path) in codes(imported)
    compile_gradebook(imported.gradebook)


def test_a_file_of_something_else_is_an_empty_gradebook():
    """Nothing is guessed where there are no grades, and an error says that there is no grading system."""
    imported = read_package(parse("<html/>"))
    assert ((), [("no_system", "configuration")]) == (imported.gradebook.children, codes(imported, Severity.ERROR))


@frozen
class Element:
    """A tree of one's own."""

    tag: str
    attributes: dict
    text: str
    children: tuple


PARTS = ["category", "item", "configuration", "scoring"]
FIELDS = ["name", "category_id", "type_id", "out_of", "weight", "grading_system", "is_bonus", "WeightDistributionType"]
TAGS = st.sampled_from([*PARTS, *FIELDS, "low_non_bonus_drop", "x"])
TEXTS = st.sampled_from(["", " ", "1", "2", "0", "11", "-1", "x", "1e999", "nan", "true"]) | st.text(max_size=4)
TREES = st.recursive(
    st.builds(Element, TAGS, st.just({}), TEXTS, st.just(())),
    lambda below: st.builds(
        Element,
        TAGS,
        st.dictionaries(st.sampled_from(["id", "identifier", "name"]), TEXTS, max_size=2),
        TEXTS,
        st.lists(below, max_size=5).map(tuple),
    ),
    max_leaves=30,
)


@given(
    TREES,
    st.none()
    | st.dictionaries(st.sampled_from(["final", "1", "11", "item[0]"]), st.sampled_from(["1", "[x", "[x.Points]"])),
)
def test_no_tree_makes_reading_raise(tree, formulas):
    """Whatever stands in a tree, the gradebook compiles."""
    compile_gradebook(read_package(tree, formulas=formulas).gradebook)
