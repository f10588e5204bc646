# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules V11 to V17: an item's or a category's result stands in for another's."""

import json
from fractions import Fraction

import pytest
from attrs import evolve

from gradecalc import (
    EXEMPT,
    CalculatedItem,
    Category,
    DefinitionError,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    ItemKind,
    Lack,
    Mark,
    ReplacedBy,
    ReplacedWhen,
    ReplaceLowest,
    Replacement,
    Report,
    Rounding,
    SumOfPoints,
    Treatment,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
    grade,
)
from gradecalc.extras.definitions import dumps_json, loads_json, loads_toml
from gradecalc.gradebook.replacement import lowest
from small_books import codes

BETTER, OR_MISSING, ALWAYS = ReplacedWhen


def retakes(rule):
    """Return a course of a test of 50 points that the rule may replace, and retakes of 100 that do not count."""
    return Gradebook(
        [
            GradeItem("Test", max_points=50, replaced_by=rule),
            GradeItem("Retake", max_points=100, counts=False),
            GradeItem("Third", max_points=100, counts=False),
        ]
    )


def exams(rule, **settings):
    """Return a course in which the final may replace the lowest of three midterms."""
    midterms = [GradeItem(f"M{nth}", max_points=50 * nth) for nth in (1, 2, 3)]
    return Gradebook(
        [
            Category("Midterms", midterms, weight=40, replace_lowest=rule, aggregation=WeightedMean(), **settings),
            GradeItem("Final", max_points=200, weight=60),
        ],
        aggregation=WeightedMean(),
    )


@pytest.mark.parametrize(
    ("when", "test", "retake", "expected"),
    [
        (BETTER, 30, 82, 82),
        (BETTER, 45, 82, 90),
        (BETTER, 41, 82, 82),
        (BETTER, None, 82, None),
        (BETTER, 30, None, 60),
        (BETTER, 30, EXEMPT, 60),
        (BETTER, EXEMPT, 82, None),
        (OR_MISSING, 30, 82, 82),
        (OR_MISSING, 45, 82, 90),
        (OR_MISSING, None, 82, 82),
        (OR_MISSING, None, None, None),
        (OR_MISSING, EXEMPT, 82, None),
        (ALWAYS, 45, 82, 82),
        (ALWAYS, None, 82, 82),
        (ALWAYS, 45, None, 90),
        (ALWAYS, EXEMPT, 82, None),
    ],
)
def test_what_a_source_replaces(when, test, retake, expected):
    """A worse score, a blank too, or any: a source without a score replaces nothing, and exempt stays (V11 to V13)."""
    book = retakes(ReplacedBy("Retake", when=when))
    assert expected == grade(book, {"Test": test, "Retake": retake}).final.percent


def test_the_report_carries_what_stands_for_what():
    """The line says who replaced it and what it was; the mark, the maximum and the treatment are its own (V14)."""
    report = grade(retakes(ReplacedBy("Retake")), {"Test": 30, "Retake": 82})
    test = report["Test"]
    assert (Replacement("Retake", 82, 60), 41, 50, 30) == (test.replaced, test.points, test.out_of, test.recorded)
    assert (Treatment.COUNTED, ["replaced"], 1) == (test.treatment, codes(test), test.weight)
    assert "replaced by Retake: 82 % instead of 60 %" in str(report)
    assert report == Report.from_dict(json.loads(json.dumps(report.to_dict())))
    assert report["Retake"].replaced is None


@pytest.mark.parametrize(
    ("settings", "retake", "expected"),
    [
        ({"counts_at": 90}, 80, 72),
        ({"counts_at": 90}, 60, 60),
        ({"at_most": 70}, 100, 70),
        ({"at_most": 70}, 65, 65),
        ({"counts_at": 90, "at_most": 70}, 75, Fraction(135, 2)),
        ({"counts_at": 90, "at_most": 70}, 100, 70),
    ],
)
def test_a_retake_may_count_for_less(settings, retake, expected):
    """A source counts at a share of its percent, and for a percent at most (V11)."""
    book = retakes(ReplacedBy("Retake", **settings))
    assert expected == grade(book, {"Test": 30, "Retake": retake}).final.percent


def test_the_best_of_several_sources_replaces():
    """Of several sources the best counts, and of equal ones the first in the book (V11)."""
    book = retakes(ReplacedBy(["Third", "Retake"]))
    assert Replacement("Third", 90, 60) == grade(book, {"Test": 30, "Retake": 80, "Third": 90})["Test"].replaced
    assert Replacement("Retake", 90, 60) == grade(book, {"Test": 30, "Retake": 90, "Third": 90})["Test"].replaced


def test_a_replaced_blank_has_no_score_of_its_own():
    """What stands for a blank is no score that was recorded, and the line says so (V12, U9)."""
    result = grade(retakes(ReplacedBy("Retake", when=OR_MISSING)), {"Retake": 82})["Test"]
    assert (Lack.UNGRADED, Replacement("Retake", 82, None)) == (result.lack, result.replaced)
    assert (None, Treatment.COUNTED, ["replaced_nothing"]) == (result.recorded, result.treatment, codes(result))


def test_a_blank_counts_as_zero_where_nothing_replaces_it():
    """Under `AS_ZERO` a blank is the zero that the policy says, unless the rule replaces blanks (V12, U2)."""
    percents = [
        grade(retakes(ReplacedBy("Retake", when=when)), marks, ungraded=UngradedPolicy.AS_ZERO).final.percent
        for when in ReplacedWhen
        for marks in ({"Retake": 82}, {})
    ]
    assert [0, 0, 82, 0, 82, 0] == percents


def test_exempt_work_is_replaced_only_where_the_rule_says_so():
    """With `even_exempt` an exempt test is what its retake says, and without a retake stays exempt (V13, X1)."""
    book = retakes(ReplacedBy("Retake", even_exempt=True))
    replaced = grade(book, {"Test": Mark(20, exempt=True), "Retake": 82})
    assert (82, Lack.EXEMPT) == (replaced.final.percent, replaced["Test"].lack)
    assert ["exempt_keeps_number", "replaced_exempt"] == codes(replaced["Test"])
    assert Treatment.EXEMPT is grade(book, {"Test": EXEMPT})["Test"].treatment


def test_what_lies_in_an_exempt_category_stays_exempt():
    """An exemption of the whole category is not lifted for one in it (V13, X6)."""
    book = retakes(ReplacedBy("Retake", even_exempt=True))
    book = evolve(book, children=[Category("Tests", book.children[:1]), *book.children[1:]])
    assert grade(book, {"Tests": EXEMPT, "Retake": 82}).final.percent is None


def test_rounding_and_cap_are_those_of_the_replaced():
    """What stands in is rounded and capped as the line is, and compared after that (V14, R5)."""
    test = GradeItem("Test", max_points=10, replaced_by=ReplacedBy("Retake"), round_result=Rounding(-1))
    retake = GradeItem("Retake", max_points=10, counts=False, can_exceed=True)
    book = Gradebook([test, retake])
    assert 100 == grade(book, {"Test": 5, "Retake": 12}).final.percent
    assert 80 == grade(book, {"Test": 5, "Retake": 8.4}).final.percent
    assert grade(book, {"Test": 8, "Retake": 8.4})["Test"].replaced is None


def test_an_override_is_the_last_word():
    """A category that somebody overrode is not replaced (V14, O1)."""
    quizzes = Category("Quizzes", [GradeItem("Q1", max_points=10)], replaced_by=ReplacedBy("Final"))
    book = Gradebook([quizzes, GradeItem("Final", max_points=10, counts=False)])
    assert 90 == grade(book, {"Q1": 5, "Final": 9}).final.percent
    assert 60 == grade(book, {"Q1": 5, "Final": 9, "Quizzes": 6}).final.percent


def test_what_is_out_of_zero_is_not_replaced():
    """A source and a target need a percent (V11, G17)."""
    book = retakes(ReplacedBy("Retake"))
    assert grade(book, {"Test": Mark(3, out_of=0), "Retake": 82})["Test"].replaced is None
    assert grade(book, {"Test": 3, "Retake": Mark(3, out_of=0)})["Test"].replaced is None


def test_a_source_may_lie_anywhere_and_be_replaced_itself():
    """A source counts with the value that is used of it, after its own replacement and override (V11, C4)."""
    book = Gradebook(
        [
            Category("Tests", [GradeItem("Test", max_points=10, replaced_by=ReplacedBy("Finals"))]),
            Category("Finals", [GradeItem("Final", max_points=10, replaced_by=ReplacedBy("Oral"))]),
            GradeItem("Oral", max_points=10, counts=False),
        ],
    )
    assert Replacement("Finals", 90, 40) == grade(book, {"Test": 4, "Final": 5, "Oral": 9})["Test"].replaced
    assert Replacement("Finals", 100, 40) == grade(book, {"Test": 4, "Finals": 10, "Oral": 9})["Test"].replaced


@pytest.mark.parametrize(
    ("count", "marks", "expected"),
    [
        (1, {"M1": 30, "M2": 50, "M3": 120, "Final": 164}, [60, 82, 80]),
        (2, {"M1": 30, "M2": 50, "M3": 120, "Final": 164}, [82, 82, 80]),
        (3, {"M1": 30, "M2": 50, "M3": 120, "Final": 150}, [75, 75, 80]),
        (1, {"M1": 30, "M2": 60, "M3": 90, "Final": 164}, [82, 60, 60]),
        (1, {"M1": 30, "M2": None, "M3": 90, "Final": 164}, [82, None, 60]),
        (1, {"M1": 30, "M2": EXEMPT, "M3": 90, "Final": 164}, [82, None, 60]),
        (1, {"M1": 30, "M2": 60, "M3": 90}, [60, 60, 60]),
    ],
)
def test_the_lowest_of_a_category_are_replaced(count, marks, expected):
    """The final stands for as many as stated of the lowest by percent, of equal ones the first (V15)."""
    report = grade(exams(ReplaceLowest(ReplacedBy("Final"), count=count)), marks)
    assert expected == [report[id_].percent for id_ in ("M1", "M2", "M3")]


def test_a_blank_is_the_lowest_where_blanks_are_replaced():
    """Where the rule replaces blanks a missed midterm comes first (V15, V12)."""
    rule = ReplaceLowest(ReplacedBy("Final", when=OR_MISSING))
    report = grade(exams(rule), {"M1": 10, "M3": 90, "Final": 164})
    assert [20, 82, 60] == [report[id_].percent for id_ in ("M1", "M2", "M3")]


def test_drops_are_chosen_after_the_lowest_is_replaced():
    """With the lowest replaced the second lowest is dropped (V15, D1)."""
    book = exams(ReplaceLowest(ReplacedBy("Final")), drop=DropRule(lowest=1))
    report = grade(book, {"M1": 10, "M2": 50, "M3": 120, "Final": 164})
    assert (("M2",), 81) == (report["Midterms"].dropped, report["Midterms"].percent)


def test_a_source_in_the_category_is_not_its_own_lowest():
    """The final that lies among the midterms replaces one of them, and never itself (V15)."""
    items = [GradeItem("M1", 10), GradeItem("M2", 10), GradeItem("Final", 10)]
    category = Category("Exams", items, replace_lowest=ReplaceLowest(ReplacedBy("Final")))
    report = grade(Gradebook([category]), {"M1": 7, "M2": 5, "Final": 6})
    assert [70, 60, 60] == [report[id_].percent for id_ in ("M1", "M2", "Final")]


def test_who_reads_a_midterm_reads_what_stands_for_it():
    """A formula, a calculated item and a further replacement read a child after its category replaced it (V16, C4)."""
    rule = ReplaceLowest(ReplacedBy("Final"))
    book = exams(rule)
    readers = [
        FormulaItem("Read", formula="[M1.Percent]", max_points=100),
        CalculatedItem("Over", items=["M1"]),
        GradeItem("Oral", max_points=10, counts=False, replaced_by=ReplacedBy("M1")),
    ]
    report = grade(evolve(book, children=[*readers, *book.children]), {"M1": 10, "M2": 80, "Final": 164, "Oral": 5})
    assert [82, 82, 82] == [report[id_].percent for id_ in ("Read", "Over", "Oral")]


def with_midterm(midterm):
    """Return a course of this midterm and a final."""
    return Gradebook([midterm, GradeItem("Final", max_points=10), GradeItem("Essay", kind=ItemKind.TEXT)])


@pytest.mark.parametrize(
    ("rule", "code", "path"),
    [
        (ReplacedBy("Finale"), "unknown_id", "replaced_by.sources[0]"),
        (ReplacedBy(["Final", "Midterm"]), "self_reference", "replaced_by.sources[1]"),
        (ReplacedBy("final"), "final_reference", "replaced_by.sources[0]"),
        (ReplacedBy("Essay"), "text_reference", "replaced_by.sources[0]"),
        (ReplacedBy([]), "missing", "replaced_by.sources"),
        (ReplacedBy("Final", counts_at=0), "too_small", "replaced_by.counts_at"),
        (ReplacedBy("Final", at_most="much"), "not_a_number", "replaced_by.at_most"),
        ("Final", "wrong_type", "replaced_by"),
    ],
)
def test_a_rule_is_judged_with_the_definition(rule, code, path):
    """A source that is not there, is the line itself, the final grade or a text is an error with its path (V17)."""
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(with_midterm(GradeItem("Midterm", max_points=10, replaced_by=rule)))
    found = {"unknown_item": "unknown_id"}
    assert [(code, f"children[0].{path}")] == [
        (found.get(each.code, each.code), each.path) for each in caught.value.problems
    ]


def test_the_sources_of_the_lowest_are_judged_too():
    """What a category's rule names is looked for like any other, and so is how many it replaces (V17)."""
    book = exams(ReplaceLowest(ReplacedBy("Midterms"), count=0))
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(book)
    assert {"children[0].replace_lowest.count", "children[0].replace_lowest.by.sources[0]"} == {
        each.path for each in caught.value.problems
    }


def test_a_text_is_not_replaced():
    """An item that takes text has no number to replace (V17, G6)."""
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(with_midterm(GradeItem("M", kind=ItemKind.TEXT, replaced_by=ReplacedBy("Final"))))
    assert ["text_replaced"] == [each.code for each in caught.value.problems]


@pytest.mark.parametrize(
    ("children", "path"),
    [
        (
            [
                GradeItem("A", max_points=10, replaced_by=ReplacedBy("B")),
                GradeItem("B", max_points=10, replaced_by=ReplacedBy("A")),
            ],
            "children[1].replaced_by",
        ),
        (
            [Category("C", [GradeItem("A", max_points=10, replaced_by=ReplacedBy("C"))])],
            "children[0].children[0].replaced_by",
        ),
        (
            [
                Category("C", [GradeItem("A", max_points=10)], replace_lowest=ReplaceLowest(ReplacedBy("B"))),
                GradeItem("B", max_points=10, replaced_by=ReplacedBy("A")),
            ],
            "children[1].replaced_by",
        ),
    ],
)
def test_results_that_need_each_other_are_a_circle(children, path):
    """Two that replace each other, or a child that its own category replaces, are an error with the path (V17)."""
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(Gradebook(children))
    assert [("cycle", path)] == [(each.code, each.path) for each in caught.value.problems]


def test_in_a_branch_by_formula_nothing_is_replaced():
    """A formula counts what it names, as it is, with a notice (V17, A7)."""
    book = loads_toml("""
    [[children]]
    name = "Midterms"
    aggregation = { type = "by_formula", formula = "[M1.Percent]" }
    replace_lowest = { by = { sources = ["Final"] } }
    children = [{ name = "M1", max_points = 10 }]
    [[children]]
    name = "Final"
    max_points = 10
    counts = false
    """)
    assert ["replacement_unused"] == [each.code for each in compile_gradebook(book).notices]
    assert 50 == grade(book, {"M1": 5, "Final": 9}).final.percent


def test_definition_files_have_it():
    """A gradebook with replacements is itself by way of JSON."""
    rule = ReplacedBy(["Retake"], when=OR_MISSING, counts_at=90, at_most=Fraction(200, 3), even_exempt=True)
    for book in (retakes(rule), exams(ReplaceLowest(ReplacedBy("Final"), count=2))):
        assert book == loads_json(dumps_json(book))


@pytest.mark.parametrize(
    ("percents", "count", "expected"),
    [([3, 1, 2], 1, [1]), ([1, 1, 1], 2, [0, 1]), ([3, None, 1], 2, [1, 2]), ([2, -1], 1, [1]), ([], 1, [])],
)
def test_which_are_the_lowest(percents, count, expected):
    """What has no percent comes first, then the lower percent, then the first place (V15)."""
    assert expected == lowest(percents, count)


def test_a_sum_of_points_takes_the_replaced_points():
    """A replaced 30 of 50 is 41 of 50 in the sum of points of its branch (V11, A1)."""
    book = evolve(retakes(ReplacedBy("Third")), aggregation=SumOfPoints())
    assert (41, 50) == (grade(book, {"Test": 30, "Third": 82}).final.points, 50)


def test_a_retake_that_does_not_count_may_lie_in_the_category():
    """What does not count is none of the lowest, so a sibling that it replaces goes round in no circle (V15, V16)."""
    items = [GradeItem("M1", 10, replaced_by=ReplacedBy("Retake")), GradeItem("M2", 10)]
    retake = GradeItem("Retake", 10, counts=False, replaced_by=ReplacedBy("Midterms", when=OR_MISSING))
    category = Category("Midterms", [*items, evolve(retake, replaced_by=None)], aggregation=WeightedMean())
    lowest_too = evolve(category, replace_lowest=ReplaceLowest(ReplacedBy("Final")))
    final = GradeItem("Final", 10, counts=False)
    report = grade(Gradebook([lowest_too, final]), {"M1": 2, "M2": 5, "Retake": 8, "Final": 7})
    assert [80, 70, 75] == [report[id_].percent for id_ in ("M1", "M2", "Midterms")]
    by_its_branch = Gradebook([evolve(category, children=[*items[1:], retake])])
    assert 50 == grade(by_its_branch, {"M2": 5})["Retake"].percent
