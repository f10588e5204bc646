# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules X7 and X9 to X12: granting and lifting exemptions, from marks to marks."""

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
    grade,
)
from gradecalc.grading.exemptions import (
    edit_many,
    enter,
    grant,
    lift,
)

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
    assert Treatment.EXEMPT is grade(PLAN, grant(PLAN, MARKS, [item]))[item].treatment


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
    assert {"Numeric": granted} == grant(PLAN, {"Numeric": mark}, ["Numeric"])
    assert {"Numeric": EXEMPT} == grant(PLAN, {}, ["Numeric"])


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
    assert lifted == lift(PLAN, {"Numeric": mark}, ["Numeric"])


@given(st.dictionaries(st.sampled_from(["Numeric", "Inner"]), recorded), st.sets(st.sampled_from(EVERYTHING)))
def test_lifting_undoes_granting(marks, ids):
    """A grade after granting and lifting is the grade before (X9, X10)."""
    granted = grant(PLAN, marks, ids)
    assert grade(PLAN, marks) == grade(PLAN, lift(PLAN, granted, ids))
    assert granted == grant(PLAN, granted, ids)


def test_filling_in_a_mark_ends_the_exemption():
    """A mark filled in replaces the exemption (X11)."""
    exempt = grant(PLAN, MARKS, ["Numeric"])
    assert {**MARKS, "Numeric": 9} == enter(PLAN, exempt, "Numeric", 9)


@pytest.mark.parametrize("operation", [grant, lift])
def test_the_final_grade_and_unknown_ids_are_refused_together(operation):
    """The final grade cannot be exempt, nor what is not there, and every such id is named (X7)."""
    with pytest.raises(MarksError) as caught:
        operation(PLAN, MARKS, ["final", "Numerik", "Pass"])
    assert [("unknown_id", "Numerik"), ("final_exempt", "final")] == [
        (problem.code, problem.path) for problem in caught.value.problems
    ]


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
    grant(PLAN, MARKS, EVERYTHING)
    lift(PLAN, MARKS, EVERYTHING)
    enter(PLAN, MARKS, "Numeric", 1)
    assert before == MARKS
