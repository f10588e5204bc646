# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The laws of reports and plans: they keep, they compare, and they do not depend on the order of anything."""

import json
import pickle
from fractions import Fraction
from hashlib import sha256

import pytest
from attrs import evolve, fields
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import (
    Cap,
    Category,
    DropRule,
    Empty,
    Gradebook,
    GradeItem,
    GradeScheme,
    Hurdle,
    ItemKind,
    Mean,
    Missed,
    OnlyBonus,
    Outline,
    ReplacedBy,
    ReplaceLowest,
    Report,
    Rounding,
    UngradedPolicy,
    WeightMoves,
    WeightUnit,
    compile_gradebook,
    grade,
    grade_many,
)
from gradecalc.testing import gradebooks, graded_books

definitions = pytest.importorskip("gradecalc.extras.definitions")

OTHER = {
    "name": "Other",
    "id": "other",
    "children": (),
    "max_points": 7,
    "min_points": 1,
    "weight": 7,
    "weight_moves": WeightMoves("Beside", when=Missed.EITHER),
    "replaced_by": ReplacedBy("Beside", at_most=90),
    "replace_lowest": ReplaceLowest(ReplacedBy("Beside")),
    "pass_mark": 7,
    "kind": ItemKind.PASS_FAIL,
    "bonus": True,
    "counts": False,
    "can_exceed": True,
    "cap": Cap(percent=110),
    "must_pass": True,
    "if_missed": Hurdle(final_at_most=45),
    "round_result": Rounding(0),
    "shown": Rounding(0),
    "scheme": GradeScheme.from_cutoffs({"Pass": 50, "Fail": 0}),
    "aggregation": Mean(),
    "ungraded": UngradedPolicy.AS_ZERO,
    "weights_in": WeightUnit.SHARE,
    "drop": DropRule(lowest=1, keep_at_least=1),
    "empty": Empty.AS_UNGRADED,
    "only_bonus": OnlyBonus.GRADED,
}
ITEM = GradeItem("Item", max_points=10, pass_mark=50)
BESIDE = GradeItem("Beside", max_points=10)
CATEGORY = Category("Category", [ITEM], pass_mark=50)
PLACES = [
    *(
        (field.name, lambda item: Gradebook([Category("Category", [item, BESIDE])]), ITEM)
        for field in fields(GradeItem)
    ),
    *((field.name, lambda category: Gradebook([category, BESIDE]), CATEGORY) for field in fields(Category)),
    *((field.name, lambda book: book, Gradebook([CATEGORY])) for field in fields(Gradebook)),
]


@settings(max_examples=60)
@given(graded_books())
def test_a_report_survives_being_written(graded_book):
    """`from_dict(to_dict(report))` is the report, also by way of JSON text."""
    report = grade(*graded_book)
    assert report == Report.from_dict(report.to_dict())
    assert report == Report.from_dict(json.loads(json.dumps(report.to_dict())))


@settings(max_examples=40)
@given(graded_books())
def test_an_outline_survives_being_written(graded_book):
    """The outline of a report is itself again by way of JSON text, and a stored report's has a row for every line."""
    report = grade(*graded_book)
    outline = report.outline()
    assert outline == Outline.from_dict(json.loads(json.dumps(outline.to_dict())))
    assert len(report) == len(list(Report.from_dict(report.to_dict()).outline().rows()))


@settings(max_examples=40)
@given(graded_books())
def test_reports_and_plans_survive_pickling(graded_book):
    """An unpickled report equals its original, and an unpickled plan grades alike."""
    book, marks = graded_book
    plan = compile_gradebook(book)
    report = grade(plan, marks)
    assert report == pickle.loads(pickle.dumps(report))  # noqa: S301 - our own
    assert report == grade(pickle.loads(pickle.dumps(plan)), marks)  # noqa: S301 - as above


@settings(max_examples=40)
@given(graded_books())
def test_equal_reports_hash_alike(graded_book):
    """Grading twice gives equal reports with equal hashes, by value."""
    first, second = grade(*graded_book), grade(*graded_book)
    assert (first, hash(first)) == (second, hash(second))


@settings(max_examples=60)
@given(st.data(), graded_books(), st.none() | st.sampled_from(UngradedPolicy))
def test_the_order_of_the_marks_does_not_matter(data, graded_book, policy):
    """The same marks in another order give an equal report."""
    book, marks = graded_book
    shuffled = dict(data.draw(st.permutations(list(marks.items()))))
    assert grade(book, marks, ungraded=policy) == grade(book, shuffled, ungraded=policy)


@settings(max_examples=40)
@given(graded_books(), st.none() | st.sampled_from(UngradedPolicy))
def test_grading_many_is_grading_each(graded_book, policy):
    """`grade_many` yields for every learner, in order, what `grade` returns."""
    book, marks = graded_book
    class_ = {"Ada": marks, "Bea": {}}
    alone = [(learner, grade(book, record, ungraded=policy)) for learner, record in class_.items()]
    assert alone == list(grade_many(book, class_, ungraded=policy))


@settings(max_examples=60)
@given(gradebooks(), gradebooks())
def test_digests_are_equal_exactly_where_definitions_are(one, other):
    """Two plans share a digest if, and only if, what can move a grade is equal in their definition documents (G24)."""
    first, second = compile_gradebook(one).digest, compile_gradebook(other).digest
    assert (moving_grades(one) == moving_grades(other)) == (first == second)


@settings(max_examples=60)
@given(gradebooks())
def test_others_compute_the_digest_from_the_definition_document(book):
    """A few lines make the same digest of the definition document as the rule says (G24)."""
    text = "".join(f"{json.dumps(each, sort_keys=True, separators=(',', ':'))}\n" for each in moving_grades(book))
    assert sha256(text.encode()).hexdigest()[:16] == compile_gradebook(book).digest


def moving_grades(book):
    """Return the tables of a definition document with all that can move a grade, in book order."""
    tables, waiting = [], [(definitions.to_dict(book), False)]
    while waiting:
        table, has_id = waiting.pop()
        children = table.pop("children", None)
        waiting += [(child, True) for child in reversed(children or [])]
        identity = {"id": table.get("id", table.get("name"))} if has_id else {}
        count = {} if children is None else {"children": len(children)}
        tables.append({**without_what_is_shown(table), **identity, **count})
    return tables


def without_what_is_shown(data):
    """Return plain data without names, colours, what is shown and which format it is; ids of weights are no names."""
    if isinstance(data, list):
        return [without_what_is_shown(each) for each in data]
    if not isinstance(data, dict):
        return data
    hidden = {"name", "colour", "shown", "format"}
    left = {key: held for key, held in data.items() if key not in hidden}
    return {key: held if key == "weights" else without_what_is_shown(held) for key, held in left.items()}


@pytest.mark.parametrize(("name", "within", "node"), PLACES)
def test_changing_any_field_that_can_move_a_grade_changes_the_digest(name, within, node):
    """Whatever field of an item, category or gradebook is changed, the digest changes, if it is not only shown (G24).

    An item without an id of its own has its name for one.
    """
    changed = evolve(node, **{name: OTHER[name]})
    before, after = compile_gradebook(within(node)), compile_gradebook(within(changed))
    assert (name in ("name", "shown")) == (before.digest == after.digest)


@settings(max_examples=60)
@given(graded_books())
def test_a_percent_is_points_of_the_maximum(graded_book):
    """Every percent is its points out of its maximum, exactly, and there is none out of 0 (G11, G17)."""
    report = grade(*graded_book)
    for result in map(report.__getitem__, report):
        expected = None if result.points is None or not result.out_of else Fraction(100) * result.points / result.out_of
        assert expected == result.percent
