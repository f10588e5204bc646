# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The parsed JSON of Brightspace's API: invented documents in the forms that the API gives."""

import copy
import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    Band,
    ByFormula,
    Category,
    Distribution,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    Report,
    Rounding,
    RoundingMode,
    Severity,
    SumOfPoints,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
    grade_many,
)
from gradecalc.lms.brightspace import read_api
from gradecalc.lms.imported import Learner, Recorded

SETUP = {"GradingSystem": "Weighted", "IsNullGradeZero": False, "DefaultGradeSchemeId": 5}
SCHEME = {
    "Id": 5,
    "Name": "Levels",
    "ShortName": "",
    "Ranges": [
        {"PercentStart": 0.0, "Symbol": "Poor", "AssignedValue": 20.0, "Colour": "#FF0000"},
        {"PercentStart": 50.0, "Symbol": "Good", "AssignedValue": None, "Colour": None},
    ],
}
LABS = {
    "Id": 11,
    "Grades": [],
    "Name": "Labs",
    "ShortName": "",
    "CanExceedMax": True,
    "ExcludeFromFinalGrade": False,
    "StartDate": None,
    "EndDate": None,
    "Weight": 40.0,
    "MaxPoints": None,
    "AutoPoints": False,
    "WeightDistributionType": None,
    "NumberOfHighestToDrop": 0,
    "NumberOfLowestToDrop": 1,
}


def graded(id_, name, type_="Numeric", *, within=None, **fields):
    """Return a grade object as the API gives it."""
    known = {
        "Id": id_,
        "Name": name,
        "ShortName": "",
        "GradeType": type_,
        "CategoryId": within,
        "Description": {"Text": "", "Html": ""},
        "Weight": None,
        "AssociatedTool": {"ToolId": 2000, "ToolItemId": 7},
        "IsHidden": False,
        "MaxPoints": 10.0,
        "IsBonus": False,
        "ExcludeFromFinalGradeCalculation": False,
        "GradeSchemeId": None,
        "GradeSchemeUrl": "",
        "CanExceedMaxPoints": False,
    }
    return {**known, **fields}


def value(user, id_, type_=1, points=None, out_of=10.0, shown="", name=""):
    """Return a grade value as the API gives it, with its learner."""
    return {
        "UserId": user,
        "OrgUnitId": 6606,
        "DisplayedGrade": shown,
        "GradeObjectIdentifier": str(id_),
        "GradeObjectName": name,
        "GradeObjectType": type_,
        "GradeObjectTypeName": None,
        "PointsNumerator": points,
        "PointsDenominator": out_of,
        "WeightedNumerator": None,
        "WeightedDenominator": None,
    }


COURSE = {
    "setup": SETUP,
    "schemes": [SCHEME],
    "categories": [LABS],
    "grade_objects": [
        graded(31, "Lab 1", within=11, Weight=20.0),
        graded(32, "Lab 2", within=11, Weight=20.0, MaxPoints=20.0, CanExceedMaxPoints=True),
        graded(33, "Exam", within=0, Weight=60.0, MaxPoints=80.0),
        graded(34, "Attended", "PassFail", Weight=0.0),
        graded(35, "Level", "SelectBox", Weight=5.0, IsBonus=True),
        {"Id": 36, "Name": "Feedback", "GradeType": "Text", "CategoryId": None, "Weight": None},
    ],
    "values": [
        value(101, 31, points=8.0, shown="80 %"),
        value(101, 32, points=19.0, out_of=20.0),
        value(101, 33, points=62.5, out_of=80.0),
        value(101, 34, 2, points=10.0),
        value(101, 35, 3, points=5.0, shown="Good"),
        value(101, 36, 4, out_of=None, shown="well done"),
        value(101, 11, 9, points=30.0, out_of=40.0),
        value(101, 40, 7, points=81.0, out_of=100.0, shown="81 %"),
        value(101, 41, 8, points=82.0, out_of=100.0),
        value(102, 31),
    ],
    "exemptions": [{"UserId": 102, "Items": [{"GradeObjectId": 33, "IsExempt": True}]}],
}


def read(**changes):
    """Read the course with some of its documents changed."""
    documents = {**COURSE, **changes}
    return read_api(documents.pop("setup"), **documents)


def codes(imported, severity=None):
    """Return the codes and paths of the problems, but for those about weights and drops in the category of labs."""
    found = [each for each in imported.problems if severity in (None, each.severity)]
    return [(each.code, each.path) for each in found if each.code not in ("weight_base", "drops_unequal")]


def test_the_gradebook_is_what_the_course_states():
    """Settings, schemes, categories and items come over with all that they say about grading."""
    scheme = GradeScheme((Band("Poor", 0, value=20, colour="#FF0000"), Band("Good", 50)), "Levels")
    expected = Gradebook(
        [
            Category(
                "Labs",
                [GradeItem("Lab 1", 10, weight=50), GradeItem("Lab 2", 20, weight=50, can_exceed=True)],
                weight=40,
                drop=DropRule(lowest=1, keep_at_least=0),
                can_exceed=True,
            ),
            GradeItem("Exam", 80, weight=60),
            GradeItem("Attended", 10, weight=0, kind=ItemKind.PASS_FAIL),
            GradeItem("Level", 10, weight=5, kind=ItemKind.SELECTBOX, bonus=True),
            GradeItem("Feedback", kind=ItemKind.TEXT),
        ],
        aggregation=WeightedMean(),
        scheme=scheme,
        shown=Rounding(2, RoundingMode.HALF_EVEN),
    )
    assert expected == read().gradebook
    assert [] == codes(read())


def test_marks_are_exact_and_null_is_ungraded():
    """A number is read by its text, null points are no mark, and an exemption is an exemption."""
    ada = {"Lab 1": 8, "Lab 2": 19, "Exam": Fraction(125, 2), "Attended": 10, "Level": 5, "Feedback": "well done"}
    assert {"101": ada, "102": {"Exam": EXEMPT}} == read().marks
    assert {"101": Learner("101"), "102": Learner("102")} == read().learners


def test_what_is_displayed_and_worked_out_stands_beside():
    """Displayed grades, category results and both finals are kept, and nothing computes with them."""
    imported = read()
    assert {
        "calculated": Recorded(81, 100, "81 %"),
        "adjusted": Recorded(82, 100),
    } == imported.finals["101"]
    assert Recorded(8, 10, "80 %") == imported.recorded["101"]["Lab 1"]
    assert Recorded(30, 40) == imported.recorded["101"]["Labs"]


@pytest.mark.parametrize(
    ("system", "aggregation"),
    [("Points", SumOfPoints()), ("Weighted", WeightedMean()), ("Formula", ByFormula("[Exam.Percent]"))],
)
def test_the_grading_systems(system, aggregation):
    """Each grading system is an aggregation of the gradebook; a formula is what the caller says that it is."""
    imported = read(setup={**SETUP, "GradingSystem": system}, formulas={"final": "[Exam.Percent]"})
    assert (aggregation, []) == (imported.gradebook.aggregation, codes(imported))


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ((40, 60), 0),
        ((40, 40), 1),
        ((40, 100), 1),
        ((40, 0), 1),
        ((None, 60), 0),
        ((0, 0), 0),
        ((33.333333333,) * 3, 0),
    ],
)
def test_weights_of_a_course_that_do_not_sum_to_100_are_noticed(weights, expected):
    """Brightspace warns of them and scales them, and so is it here."""
    objects = [graded(nth, f"Q{nth}", Weight=weight) for nth, weight in enumerate(weights, start=1)]
    bonus = graded(9, "Extra", Weight=10, IsBonus=True)
    imported = read_api(SETUP, grade_objects=[*objects, bonus], schemes=[SCHEME])
    assert expected == [each.code for each in imported.problems].count("weights_sum")


@pytest.mark.parametrize(
    ("system", "code", "maxima", "expected"),
    [
        ("Points", None, (10, 20), 1),
        ("Points", None, (10, 10), 0),
        ("Weighted", 2, (10, 20), 0),
        ("Weighted", None, (10, 20), 1),
        ("Formula", None, (10, 20), 0),
    ],
)
def test_drops_among_unequal_items_are_noticed(system, code, maxima, expected):
    """Brightspace drops only where all items are worth the same; what is read otherwise drops by percent (D2)."""
    objects = [graded(nth, f"Q{nth}", within=11, MaxPoints=each, Weight=each) for nth, each in enumerate(maxima, 1)]
    bonus = graded(9, "Extra", within=11, MaxPoints=3, Weight=3, IsBonus=True)
    imported = read_api(
        {"GradingSystem": system},
        categories=[{**LABS, "WeightDistributionType": code}],
        grade_objects=[*objects, bonus],
        formulas={"final": "[Q1.Points]"},
    )
    assert expected == [each.code for each in imported.problems].count("drops_unequal")


@pytest.mark.parametrize("system", ["Points", "Formula"])
def test_weights_are_of_the_weighted_system_alone(system):
    """In the other systems a weight that the API states means nothing, and is not read."""
    imported = read(setup={"GradingSystem": system}, formulas={"final": "[Exam.Percent]"})
    assert {None} == {each.weight for each in imported.gradebook.children}


@pytest.mark.parametrize(
    ("zero", "policy"),
    [(True, UngradedPolicy.AS_ZERO), (False, UngradedPolicy.LEAVE_OUT), (None, UngradedPolicy.LEAVE_OUT)],
)
def test_null_grades_count_as_zero_where_the_course_says_so(zero, policy):
    """`IsNullGradeZero` is the ungraded policy."""
    assert policy is read(setup={**SETUP, "IsNullGradeZero": zero}).gradebook.ungraded


@pytest.mark.parametrize(
    ("setup", "objects", "aggregation", "path"),
    [
        (None, [graded(1, "Q")], SumOfPoints(), "setup"),
        (None, [graded(1, "Q", Weight=0)], WeightedMean(), "setup"),
        ({"GradingSystem": None}, [], SumOfPoints(), "setup"),
    ],
)
def test_without_a_grading_system_weights_tell(setup, objects, aggregation, path):
    """One weight anywhere makes it weighted, none makes it points, and a notice says that this was guessed."""
    imported = read_api(setup, grade_objects=objects)
    assert aggregation == imported.gradebook.aggregation
    assert [("no_system", path)] == codes(imported, Severity.NOTICE) == codes(imported)


@pytest.mark.parametrize(
    ("weights", "shares", "notice"),
    [
        ((11.5, 11.5), (50, 50), True),
        ((50.0, 50.0), (50, 50), False),
        ((33.333333333, 66.666666667), (Fraction(33333333333, 10**9), Fraction(66666666667, 10**9)), False),
        ((40.0, 40.0), (40, 40), True),
        ((0.0, 0.0), (0, 0), True),
        ((None, None), (None, None), False),
    ],
)
def test_weights_are_shares_of_the_whole_that_they_are_nearer_to(weights, shares, notice):
    """Two items that sum to a category's 23 are shares of the final grade, and to 100 shares of the category."""
    objects = [graded(nth, f"Q{nth}", within=11, Weight=weight) for nth, weight in enumerate(weights, start=1)]
    imported = read_api(SETUP, categories=[{**LABS, "Weight": 23.0}], grade_objects=objects, schemes=[SCHEME])
    assert shares == tuple(item.weight for item in imported.gradebook.children[0].children)
    found = [each.path for each in imported.problems if each.code == "weight_base"]
    assert ["categories[0]"] * notice == found


@pytest.mark.parametrize(
    ("code", "aggregation", "weights"),
    [
        (None, None, (50, 50, 10)),
        (1, WeightedMean(distribution=Distribution.BY_POINTS), (None, None, 10)),
        (2, None, (None, None, 10)),
    ],
)
def test_a_category_that_distributes_its_weight_leaves_no_weight_to_items(code, aggregation, weights):
    """Where the category shares by points or evenly, items have no weight of their own, and a bonus keeps its share."""
    objects = [graded(1, "Q1", within=11, Weight=20), graded(2, "Q2", within=11, Weight=20)]
    objects += [graded(3, "Extra", within=11, Weight=4, IsBonus=True)]
    imported = read(
        categories=[{**LABS, "WeightDistributionType": code}], grade_objects=objects, values=[], exemptions=[]
    )
    (labs,) = imported.gradebook.children
    assert (aggregation, weights) == (labs.aggregation, tuple(item.weight for item in labs.children))


def test_the_codes_of_distribution_can_be_chosen():
    """Sources contradict each other on them, so that the table is an argument, and an unknown code is a problem."""
    category = {**LABS, "WeightDistributionType": 0}
    even = read(categories=[category], distributions={"0": Distribution.EVENLY})
    assert [None, None] == [item.weight for item in even.gradebook.children[0].children]
    assert [("wrong_value", "categories[0].WeightDistributionType")] == codes(read(categories=[category]))


def test_excluded_work_does_not_count():
    """Items and categories that are excluded from the final grade have their own results alone."""
    imported = read_api(
        {"GradingSystem": "Points"},
        categories=[{**LABS, "ExcludeFromFinalGrade": True}],
        grade_objects=[graded(1, "Q", within=11), graded(2, "R", ExcludeFromFinalGradeCalculation=True)],
    )
    assert [False, False] == [each.counts for each in imported.gradebook.children]
    assert imported.gradebook.children[0].children[0].counts


def test_ids_are_names_unless_a_name_stands_twice():
    """What shares its name has the key of the source beside it, and values find it all the same."""
    objects = [graded(1, "Labs", within=11), graded(2, "Labs"), graded(3, "final")]
    values = [value(7, nth, points=nth) for nth in (1, 2, 3)]
    imported = read_api(SETUP, categories=[LABS], grade_objects=objects, values=values, schemes=[SCHEME])
    assert {"7": {"Labs": 1, "Labs (2)": 2, "final (3)": 3}} == imported.marks
    assert ("final", "Labs (category)", "Labs", "Labs (2)", "final (3)") == compile_gradebook(imported.gradebook).ids


def test_items_that_only_a_category_lists_are_read():
    """The array of categories has the grade objects in them, and each is read once."""
    category = {**LABS, "Grades": [graded(31, "Lab 1", within=11), graded(39, "Lab 9", within=11)]}
    imported = read(categories=[category])
    assert ["Lab 1", "Lab 2", "Lab 9"] == [item.name for item in imported.gradebook.children[0].children]
    assert [] == codes(imported)


def test_a_category_without_items_is_kept():
    """It stands last, and the gradebook compiles with it."""
    assert (Category("Labs", weight=40, drop=DropRule(lowest=1, keep_at_least=0), can_exceed=True),) == (
        read_api(SETUP, categories=[LABS], schemes=[SCHEME]).gradebook.children
    )


COMPUTED = [value(7, 51, 6, 40, 50, name="Hurdle"), value(7, 52, 5, 46, 60, name="So far"), value(8, 52, 5, 30, 50)]


def test_computed_items_are_known_by_their_values():
    """Formula and calculated items, which the API does not list, keep their values and do not count."""
    imported = read_api({"GradingSystem": "Points"}, values=COMPUTED)
    assert (GradeItem("Hurdle", 50, counts=False), GradeItem("So far", 60, counts=False)) == imported.gradebook.children
    assert {"7": {"Hurdle": 40, "So far": 46}, "8": {"So far": Mark(30, 50)}} == imported.marks
    assert [("not_worked_out", "values[0]"), ("not_worked_out", "values[1]")] == codes(imported, Severity.NOTICE)


def test_a_formula_that_the_caller_knows_is_worked_out():
    """Then the item is a formula item, and the value that was stored stands beside."""
    imported = read(values=[*COURSE["values"], COMPUTED[0]], formulas={"51": "[Exam.Points] / 2"})
    assert FormulaItem("Hurdle", formula="[Exam.Points] / 2", max_points=50) == imported.gradebook.children[-1]
    assert ({}, Recorded(40, 50)) == (imported.marks["7"], imported.recorded["7"]["Hurdle"])


@pytest.mark.parametrize("formulas", [{"51": "[Exam.Points"}, {"51": "[Exan.Points]"}, {"final": "1 +", "51": "1"}])
def test_a_formula_that_cannot_be_used_is_named_and_left_out(formulas):
    """The gradebook compiles without it, and the problems are those of its definition."""
    imported = read(
        setup={"GradingSystem": "Formula"}, values=COMPUTED[:1], formulas={"final": "[Exam.Percent]", **formulas}
    )
    assert GradeItem("Hurdle", 50, counts=False) == imported.gradebook.children[-1]
    assert SumOfPoints() == imported.gradebook.aggregation
    assert ("formulas_left_out", "formulas") in codes(imported, Severity.ERROR)


def test_a_final_by_formula_needs_the_formula():
    """The API does not carry it, so that points are summed until the caller does, and an error says so."""
    imported = read(setup={"GradingSystem": "Formula"})
    assert SumOfPoints() == imported.gradebook.aggregation
    assert ("no_formula", "setup") in codes(imported, Severity.ERROR)


@pytest.mark.parametrize(
    ("stated", "mark"),
    [
        ({"points": 8, "out_of": 10}, 8),
        ({"points": 8, "out_of": None}, 8),
        ({"points": 8, "out_of": 0}, 8),
        ({"points": 8, "out_of": 12}, Mark(8, 12)),
    ],
)
def test_a_value_out_of_another_maximum_is_out_of_that(stated, mark):
    """What a value says that it is out of holds for its learner."""
    assert {"7": {"Q": mark}} == read_api(SETUP, grade_objects=[graded(1, "Q")], values=[value(7, 1, **stated)]).marks


@pytest.mark.parametrize(
    ("stated", "mark"),
    [({"points": 8}, Mark(8, exempt=True)), ({"points": 8, "out_of": 12}, Mark(8, 12, exempt=True)), ({}, EXEMPT)],
)
def test_an_exempt_mark_keeps_its_number(stated, mark):
    """The exemption of somebody who has a value exempts, and the value is still there."""
    exemptions = [{"UserId": 7, "Items": [{"GradeObjectId": 1}, {"GradeObjectId": 2, "IsExempt": False}]}]
    objects = [graded(1, "Q"), graded(2, "R")]
    imported = read_api(SETUP, grade_objects=objects, values=[value(7, 1, **stated)], exemptions=exemptions)
    assert {"7": {"Q": mark}} == imported.marks


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"setup": 3}, "no_system", "setup"),
        ({"setup": {"GradingSystem": "Stars"}}, "wrong_value", "setup.GradingSystem"),
        ({"setup": {**SETUP, "DefaultGradeSchemeId": 6}}, "unknown_scheme", "setup.DefaultGradeSchemeId"),
        ({"schemes": [{"Id": 5}]}, "empty_scheme", "schemes[0]"),
        ({"schemes": [SCHEME, SCHEME]}, "duplicate_id", "schemes[1]"),
        ({"schemes": [{**SCHEME, "Id": None}]}, "no_id", "schemes[0]"),
        ({"schemes": [{"Id": 5, "Ranges": [{"Symbol": "A"}]}]}, "missing", "schemes[0].Ranges[0].PercentStart"),
        (
            {"schemes": [{**SCHEME, "Ranges": [*SCHEME["Ranges"], SCHEME["Ranges"][0]]}]},
            "duplicate_range",
            "schemes[0].Ranges[2]",
        ),
        ({"categories": {}}, "wrong_value", "categories"),
        ({"categories": [LABS, LABS]}, "duplicate_id", "categories[1]"),
        ({"categories": [{**LABS, "Id": None}]}, "no_id", "categories[0]"),
        ({"categories": [{**LABS, "Weight": -1}]}, "wrong_value", "categories[0].Weight"),
        ({"categories": [{**LABS, "NumberOfLowestToDrop": "x"}]}, "wrong_value", "categories[0].NumberOfLowestToDrop"),
        ({"categories": []}, "unknown_category", "grade_objects[0]"),
        ({"grade_objects": [3]}, "wrong_value", "grade_objects[0]"),
        ({"grade_objects": [graded(31, "Q", MaxPoints="ten")]}, "wrong_value", "grade_objects[0].MaxPoints"),
        ({"grade_objects": [graded(31, "Q", MaxPoints=None)]}, "no_maximum", "grade_objects[0]"),
        ({"grade_objects": [graded(31, "Q", "Rubric")]}, "not_worked_out", "grade_objects[0]"),
        ({"grade_objects": [graded(31, "Q", GradeSchemeId=9)]}, "unknown_scheme", "grade_objects[0].GradeSchemeId"),
        ({"grade_objects": [graded(31, "Q", "SelectBox")], "setup": {}}, "no_scheme", "grade_objects[0]"),
        ({"values": [value(None, 31, points=3)]}, "no_learner_id", "values[0]"),
        ({"values": [value(7, 99, points=3)]}, "unknown_object", "values[0]"),
        ({"values": [value(7, 31, points="x")]}, "wrong_value", "values[0].PointsNumerator"),
        ({"values": [value(7, 31, points=3), value(7, 31, points=4)]}, "duplicate_value", "values[1]"),
        ({"exemptions": [{"Items": []}]}, "no_learner_id", "exemptions[0]"),
        ({"exemptions": [{"UserId": 7, "Items": [{"GradeObjectId": 99}]}]}, "unknown_object", "exemptions[0].Items[0]"),
    ],
)
def test_what_is_odd_is_named_by_its_path(changes, code, path):
    """A document that says too little, or something else, is a problem where it does, and the rest is read."""
    imported = read(**changes)
    assert (code, path) in codes(imported)
    compile_gradebook(imported.gradebook)


@pytest.mark.parametrize("changes", [{"MaxPoints": None}, {"GradeType": "Rubric"}])
def test_an_item_that_cannot_count_keeps_its_marks(changes):
    """The marks are there to be seen, and move no grade."""
    imported = read(grade_objects=[graded(31, "Lab 1", **changes)], exemptions=[])
    assert 8 in (imported.marks["101"]["Lab 1"], getattr(imported.marks["101"]["Lab 1"], "points", None))
    assert [False] == [each.counts for each in imported.gradebook.children if isinstance(each, GradeItem)]


def test_nothing_at_all_is_an_empty_gradebook():
    """Without documents there is a gradebook of points, with a notice that nothing was stated."""
    assert [("no_system", "setup")] == codes(read_api())


JSON = (
    st.none()
    | st.booleans()
    | st.integers(-3, 120)
    | st.floats()
    | st.sampled_from(["", "x", "11", "Weighted", [], {}])
)


def places(document):
    """Yield every container in a document, with each of its keys."""
    if isinstance(document, (dict, list)):
        for key in range(len(document)) if isinstance(document, list) else list(document):
            yield document, key
            yield from places(document[key])


@st.composite
def mutated(draw):
    """Draw the documents of the course with a few values replaced or copied from elsewhere."""
    documents = copy.deepcopy(COURSE)
    for _ in range(draw(st.integers(1, 6))):
        holder, key = draw(st.sampled_from(list(places(documents))))
        other, name = draw(st.sampled_from(list(places(documents))))
        holder[key] = draw(JSON | st.just(copy.deepcopy(other[name])))
    return documents


@given(mutated(), st.booleans())
def test_no_document_makes_reading_raise(documents, knows_formulas):
    """However the documents are damaged, the gradebook compiles and everybody is graded, or an error in the results."""
    formulas = {"final": "[Exam.Percent]", "31": "[Lab 2.Points]"} if knows_formulas else None
    imported = read_api(documents.pop("setup"), **documents, formulas=formulas)
    results = dict(grade_many(compile_gradebook(imported.gradebook), imported.marks))
    assert set(imported.marks) == set(results) == set(imported.learners) == set(imported.finals)
    assert all(isinstance(result, Report) for result in results.values())
    assert len(imported.problems) == len(set(imported.problems))


@given(
    st.recursive(
        JSON, lambda below: st.lists(below) | st.dictionaries(st.sampled_from(["Id", "Name", "Grades"]), below)
    )
)
def test_any_json_at_all_is_read(document):
    """What is no document of the API gives a gradebook that compiles."""
    imported = read_api(
        document,
        categories=document,
        grade_objects=document,
        values=document,
        schemes=document,
        exemptions=document,
    )
    compile_gradebook(imported.gradebook)


def test_reading_leaves_the_documents_as_they_are():
    """The documents are what they were, and reading them again gives the same."""
    before = json.dumps(COURSE)
    assert read() == read()
    assert before == json.dumps(COURSE)


ONE = {"GradeObjectId": 1}
TWO_ITEMS = [graded(1, "Lab 1"), graded(2, "Lab 2")]


@pytest.mark.parametrize(
    "exemptions",
    [
        [{"UserId": 7, "Items": [ONE]}],
        {"UserId": 7, "Items": [ONE]},
        [{"UserId": 7, "ExemptedIds": [1], "UnexemptedIds": [2]}],
        [{"UserId": 7, **ONE, "IsExempt": True}, {"UserId": 7, "GradeObjectId": 2, "IsExempt": False}],
        {"7": {"Items": [ONE]}},
        {7: [ONE]},
        '[{"UserId": 7, "Items": [{"GradeObjectId": 1}]}]',
        b'[{"UserId": 7, "Items": [{"GradeObjectId": 1}]}]',
    ],
)
def test_exemptions_in_every_shape(exemptions):
    """An exemption is read as the API gives it, as it takes it, one by one, by learner, and as text."""
    imported = read_api(SETUP, grade_objects=TWO_ITEMS, schemes=[SCHEME], exemptions=exemptions)
    assert {"7": {"Lab 1": EXEMPT}} == imported.marks
    assert [] == [problem for problem in imported.problems if problem.path.startswith("exemptions")]


@pytest.mark.parametrize(
    ("exemptions", "code", "path"),
    [
        ([{"UserId": 7, "Exempt": [1]}], "no_exemptions", "exemptions[0]"),
        ({"7": 1}, "wrong_value", "exemptions.7"),
        ([{"UserId": 7, "ExemptedIds": [9]}], "unknown_object", "exemptions[0].ExemptedIds[0]"),
        ("exemptions.json", "not_json", "exemptions"),
        (object(), "not_a_document", "exemptions"),
    ],
)
def test_exemptions_of_another_shape_are_problems(exemptions, code, path):
    """What is no exemption in any of these shapes is told, and never dropped in silence."""
    imported = read_api(SETUP, grade_objects=TWO_ITEMS, schemes=[SCHEME], exemptions=exemptions)
    assert (code, path) in [(problem.code, problem.path) for problem in imported.problems]


def test_documents_as_text_are_those_that_they_state():
    """A whole course as JSON text or bytes is read as the parsed documents are."""
    course = {"grade_objects": TWO_ITEMS, "schemes": [SCHEME], "values": [value(7, 1, points=8)]}
    as_text = {name: json.dumps(document) for name, document in course.items()}
    as_bytes = {name: text.encode() for name, text in as_text.items()}
    parsed = read_api(SETUP, **course)
    for documents in (as_text, as_bytes):
        read = read_api(json.dumps(SETUP), **documents)
        assert (parsed.gradebook, parsed.marks) == (read.gradebook, read.marks)
