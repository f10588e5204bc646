# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules X7 and X9 to X16: granting and lifting exemptions, from marks to marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    UNGRADED,
    Band,
    CalculatedItem,
    Category,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    MarksError,
    Treatment,
    compile_gradebook,
    enter,
    exempt,
    grade,
    unexempt,
)
from gradecalc.grading.exemptions import edit_many, exempt_by_item, exempted

SCHEME = GradeScheme((Band("Poor", start=0), Band("Good", start=60)))
PLAN = compile_gradebook(
    Gradebook(
        [
            GradeItem("Numeric", max_points=10),
            GradeItem("Selectbox", max_points=10, kind=ItemKind.SELECTBOX, scheme=SCHEME),
            GradeItem("Pass", max_points=10, kind=ItemKind.PASS_FAIL),
            GradeItem("Text", kind=ItemKind.TEXT),
            FormulaItem("Formula", formula="[Numeric.Points]", max_points=10),
            CalculatedItem("Calculated", items=["Numeric"]),
            Category("Category", [GradeItem("Inner", max_points=10)]),
        ]
    )
)
EVERYTHING = PLAN.ids[1:]
MARKS = {"Numeric": 7, "Selectbox": "Good", "Pass": True, "Text": "fine", "Inner": Mark(3, by="Ada", note="late")}

recorded = st.one_of(
    st.none(), st.integers(0, 10), st.just(UNGRADED), st.builds(Mark, st.integers(0, 10), note=st.text())
)


@pytest.mark.parametrize("item", EVERYTHING)
def test_every_kind_of_item_and_a_category_can_be_exempt(item):
    """Numeric, selectbox, pass/fail, text, formula and calculated items and categories can be exempt (X9)."""
    assert Treatment.EXEMPT is grade(PLAN, exempt(PLAN, MARKS, item))[item].treatment


@pytest.mark.parametrize(
    ("mark", "granted"),
    [
        (None, EXEMPT),
        (UNGRADED, EXEMPT),
        (EXEMPT, EXEMPT),
        (7, Mark(7, exempt=True)),
        (Mark(7, by="Ada"), Mark(7, exempt=True, by="Ada")),
    ],
)
def test_granting_keeps_what_was_recorded(mark, granted):
    """A number, its owner and its note are kept by the exemption (X9)."""
    assert {"Numeric": granted} == exempt(PLAN, {"Numeric": mark}, "Numeric")
    assert {"Numeric": EXEMPT} == exempt(PLAN, {}, "Numeric")


@pytest.mark.parametrize(
    ("mark", "lifted"),
    [
        (EXEMPT, {}),
        (Mark(exempt=True), {}),
        (Mark(EXEMPT), {}),
        (Mark(7, exempt=True), {"Numeric": 7}),
        (Mark(7, exempt=True, note="late"), {"Numeric": Mark(7, note="late")}),
        (7, {"Numeric": 7}),
        (Mark(7), {"Numeric": Mark(7)}),
    ],
)
def test_lifting_gives_back_what_was_kept(mark, lifted):
    """Lifting an exemption gives the number back or leaves the item ungraded, and elsewhere changes nothing (X10)."""
    assert lifted == unexempt(PLAN, {"Numeric": mark}, "Numeric")


@given(st.dictionaries(st.sampled_from(["Numeric", "Inner"]), recorded), st.sets(st.sampled_from(EVERYTHING)))
def test_lifting_undoes_granting(marks, ids):
    """A grade after granting and lifting is the grade before (X9, X10)."""
    granted = exempt(PLAN, marks, *ids)
    assert grade(PLAN, marks) == grade(PLAN, unexempt(PLAN, granted, *ids))
    assert granted == exempt(PLAN, granted, *ids)


def test_filling_in_a_mark_ends_the_exemption():
    """A mark filled in replaces the exemption (X11)."""
    assert {**MARKS, "Numeric": 9} == enter(PLAN, exempt(PLAN, MARKS, "Numeric"), "Numeric", 9)


@pytest.mark.parametrize("operation", [exempt, unexempt])
def test_the_final_grade_and_unknown_ids_are_refused_together(operation):
    """The final grade cannot be exempt, nor what is not there, and every such id is named (X7)."""
    with pytest.raises(MarksError) as caught:
        operation(PLAN, MARKS, "final", "Numerik", "Pass")
    assert [("unknown_id", "Numerik"), ("final_exempt", "final")] == [
        (problem.code, problem.path) for problem in caught.value.problems
    ]


@pytest.mark.parametrize("operation", [exempt, unexempt, lambda *given: enter(*given, 5)])
@pytest.mark.parametrize("id_", [5, None, ["Numeric"], b"Numeric"])
def test_what_is_no_id_is_refused(operation, id_):
    """Ids are texts, one after the other: a list of them is no id, and an error of the marks (M3)."""
    with pytest.raises(MarksError) as caught:
        operation(PLAN, MARKS, id_)
    assert ["unknown_id"] == [problem.code for problem in caught.value.problems]


def test_filling_in_an_unknown_id_is_refused():
    """A mark for an id that the gradebook has not is refused with the nearest name (M3)."""
    with pytest.raises(MarksError) as caught:
        enter(PLAN, MARKS, "Numerik", 5)
    assert "'Numeric'" in caught.value.problems[0].message


def test_a_bulk_edit_edits_each_learner_wholly_or_not_at_all():
    """Who can be edited is, and who cannot keeps their marks and is named with the reason (X12)."""
    everybody = {"ada": {"Numeric": 7}, "bo": {"Numeric": EXEMPT}, "cem": {"Numeric": 1}, "di": {"Numeric": 2}}
    edited = edit_many(
        PLAN,
        everybody,
        grants={"ada": ["Numeric"], "cem": ["Pass", "Numerik"], "di": ["Pass"], "eve": ["Pass"]},
        lifts={"bo": ["Numeric"], "di": ["Pass"]},
    )
    assert {"Numeric": Mark(7, exempt=True)} == edited.marks["ada"]
    assert ({}, {"Numeric": 1}, {"Numeric": 2}) == tuple(edited.marks[learner] for learner in ("bo", "cem", "di"))
    assert {("unknown_id", "cem.Numerik"), ("contradiction", "di.Pass"), ("unknown_learner", "eve.")} == {
        (problem.code, problem.path) for problem in edited.problems
    }


def test_nothing_is_changed_in_place():
    """The marks handed in are as they were."""
    before = dict(MARKS)
    exempt(PLAN, MARKS, *EVERYTHING)
    unexempt(PLAN, MARKS, *EVERYTHING)
    enter(PLAN, MARKS, "Numeric", 1)
    assert before == MARKS


NESTED = Gradebook(
    [
        Category(
            "Course work",
            [
                Category("Quizzes", [GradeItem("Quiz 1", 10), GradeItem("Quiz 2", 10)]),
                Category("Labs", [GradeItem("Lab", 20)]),
                GradeItem("Essay", 20),
            ],
        ),
        GradeItem("Exam", 40),
    ]
)
WORK = {"Quiz 1": 7, "Lab": 12, "Exam": 30}
ALL_WORK = {"Course work", "Quizzes", "Quiz 1", "Quiz 2", "Labs", "Lab", "Essay"}


@pytest.mark.parametrize("book", [NESTED, compile_gradebook(NESTED)])
def test_a_gradebook_does_as_well_as_its_plan(book):
    """Every function takes a gradebook or a plan."""
    without = exempt(book, WORK, "Quizzes")
    assert {**WORK, "Quizzes": EXEMPT} == without
    assert WORK == unexempt(book, without, "Quizzes")
    assert {**WORK, "Exam": 31} == enter(book, WORK, "Exam", 31)
    assert ("Quizzes", "Quiz 1", "Quiz 2") == exempted(book, without)
    assert without == edit_many(book, {"ada": WORK}, grants={"ada": ["Quizzes"]}).marks["ada"]


def test_a_mark_entered_in_an_exempt_category_counts_and_the_rest_stays_exempt():
    """A mark for one quiz ends its exemption, and what else is in the category stays exempt (X13)."""
    entered = enter(NESTED, exempt(NESTED, WORK, "Course work"), "Quiz 2", 9)
    assert ("Quiz 1", "Labs", "Lab", "Essay") == exempted(NESTED, entered)
    assert {
        "Quiz 1": Mark(7, exempt=True),
        "Quiz 2": 9,
        "Labs": EXEMPT,
        "Lab": 12,
        "Essay": EXEMPT,
        "Exam": 30,
    } == entered
    assert (39, 50) == (grade(NESTED, entered).final.points, grade(NESTED, entered).final.out_of)


def test_what_is_lifted_below_an_exempt_category_comes_back_and_the_rest_stays_exempt():
    """Lifting an item or a category in an exempt category gives back what was recorded there alone (X13)."""
    without = exempt(NESTED, WORK, "Course work")
    assert ALL_WORK - {"Course work", "Quizzes", "Quiz 1"} == set(exempted(NESTED, unexempt(NESTED, without, "Quiz 1")))
    assert 7 == unexempt(NESTED, without, "Quiz 1")["Quiz 1"]
    assert {"Labs", "Lab", "Essay"} == set(exempted(NESTED, unexempt(NESTED, without, "Quizzes")))
    assert () == exempted(NESTED, unexempt(NESTED, without, "Quizzes", "Essay", "Lab"))


def test_lifting_a_category_lifts_all_in_it():
    """Whoever lifts the exemption of a category lifts what was granted in it one by one, too (X10)."""
    one_by_one = exempt(NESTED, WORK, "Quiz 1", "Lab", "Exam")
    assert {**WORK, "Exam": Mark(30, exempt=True)} == unexempt(NESTED, one_by_one, "Course work")


def test_a_number_kept_for_a_category_stands_again_when_its_exemption_ends_for_a_part():
    """The override that an exempt category keeps is back in force once the category is not wholly exempt (X13)."""
    overridden = exempt(NESTED, {**WORK, "Quizzes": 15}, "Quizzes")
    assert {**WORK, "Quizzes": 15, "Quiz 2": EXEMPT} == unexempt(NESTED, overridden, "Quiz 1")


def test_a_mark_entered_for_a_category_ends_the_exemption_of_the_category_alone():
    """An override of an exempt category counts, and what was exempt by itself in it stays so (X13)."""
    without = exempt(NESTED, {**WORK, "Quiz 1": EXEMPT}, "Quizzes")
    assert {**WORK, "Quiz 1": EXEMPT, "Quizzes": 15} == enter(NESTED, without, "Quizzes", 15)


@pytest.mark.parametrize("blank", [None, UNGRADED])
def test_a_blank_that_is_entered_leaves_the_item_ungraded(blank):
    """What is entered stands: a blank ends the exemption too, and takes the recorded number away (X14)."""
    entered = enter(NESTED, exempt(NESTED, WORK, "Quizzes"), "Quiz 1", blank)
    assert {**WORK, "Quiz 1": blank, "Quiz 2": EXEMPT} == entered


@pytest.mark.parametrize(
    ("exemption", "stands"),
    [
        (EXEMPT, Mark(7, exempt=True)),
        (Mark(exempt=True, note="ill"), Mark(7, exempt=True, note="ill")),
        (Mark(EXEMPT, by="Bo"), Mark(7, exempt=True, by="Bo")),
        (Mark(5, exempt=True), Mark(5, exempt=True)),
    ],
)
def test_an_exemption_that_is_entered_is_granted(exemption, stands):
    """Entering an exemption keeps the number that was recorded, unless it brings its own (X14)."""
    assert {**WORK, "Quiz 1": stands} == enter(NESTED, WORK, "Quiz 1", exemption)
    below = exempt(NESTED, WORK, "Quizzes")
    assert {**below, "Quiz 1": stands} == enter(NESTED, below, "Quiz 1", exemption)


def test_the_final_takes_a_mark_and_no_exemption():
    """The final grade can be entered, and not be exempt (X7, O1)."""
    assert {**WORK, "final": 60} == enter(NESTED, WORK, "final", 60)
    with pytest.raises(MarksError) as caught:
        enter(NESTED, WORK, "final", EXEMPT)
    assert ["final_exempt"] == [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize("operation", [exempt, unexempt, lambda book, marks: enter(book, marks, "Exam", 1), exempted])
def test_what_is_no_record_is_refused(operation):
    """Whatever maps no ids to marks is refused before anything else is (M2)."""
    with pytest.raises(MarksError) as caught:
        operation(NESTED, [("Exam", 30)])
    assert ["not_marks"] == [problem.code for problem in caught.value.problems]


def test_an_exempt_category_item_by_item():
    """For a file that exempts items alone, each item in an exempt category is exempt, with its number (X15)."""
    without = exempt(NESTED, {**WORK, "Quizzes": 15}, "Quizzes", "Labs")
    assert {
        "Quiz 1": Mark(7, exempt=True),
        "Quiz 2": EXEMPT,
        "Lab": Mark(12, exempt=True),
        "Exam": 30,
    } == exempt_by_item(NESTED, without)


@pytest.mark.parametrize("set_by_hand", [{"symbol": "A"}, {"symbol": "W", "without_score": True}])
def test_a_symbol_set_on_an_exempt_category_stays(set_by_hand):
    """Item by item, the symbol of an exempt category is still set, by whom and why, and shown as it was (X15, S7)."""
    marked = {**WORK, "Quizzes": Mark(exempt=True, by="dean", note="appeal", **set_by_hand)}
    by_item = exempt_by_item(NESTED, marked)
    assert Mark(by="dean", note="appeal", **set_by_hand) == by_item["Quizzes"]
    before, after = grade(NESTED, marked), grade(NESTED, by_item)
    assert (before.final.percent, before["Quizzes"].symbol, before["Quizzes"].treatment) == (
        after.final.percent,
        after["Quizzes"].symbol,
        after["Quizzes"].treatment,
    )


@pytest.mark.parametrize(
    ("granted", "lifted", "left"),
    [
        (["Quizzes"], ["Quiz 1"], {"Quiz 2"}),
        (["Quiz 1"], ["Quizzes"], {"Quiz 1"}),
        (["Quiz 1"], ["Course work"], {"Quiz 1"}),
    ],
)
def test_in_a_bulk_edit_what_is_said_of_an_item_goes_before_its_category(granted, lifted, left):
    """One edit may exempt a category and lift an item in it, or the other way round (X16)."""
    edited = edit_many(NESTED, {"ada": exempt(NESTED, WORK, "Quiz 2")}, grants={"ada": granted}, lifts={"ada": lifted})
    assert (left, ()) == (set(exempted(NESTED, edited.marks["ada"])) - {"Quizzes"}, edited.problems)
