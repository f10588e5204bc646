# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""One learner's part of a report, stored small beside a layout that is stored once (Z9)."""

import json
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    Category,
    DefinitionError,
    DropRule,
    Gradebook,
    GradeItem,
    Mark,
    Mean,
    Report,
    SumOfPoints,
    Treatment,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
    grade,
)
from gradecalc.report.layouts import Layout
from gradecalc.report.parts import LETTERS
from gradecalc.testing import graded_books
from stored_course import MARKS, PLAN, REPORT, stored

LAYOUT = PLAN.layout_dict()


def part_of(report):
    """Return the part of a report after a way through JSON text."""
    return json.loads(json.dumps(report.to_dict(layout=False)))


def test_a_part_reads_back_with_its_layout():
    """A learner's part and the layout give an equal report, with the digest of the marks (Z9)."""
    again = Report.from_dict(part_of(REPORT), layout=LAYOUT)
    assert (REPORT, REPORT.marks_digest) == (again, again.marks_digest)
    assert REPORT == Report.from_dict(part_of(REPORT), layout=PLAN.layout)


def test_a_stored_part_is_read_as_it_was():
    """The part that is kept in a file is that of today's report of the same learner, to the letter (Z9)."""
    assert stored("report_part_1") == REPORT.to_dict(layout=False)
    assert REPORT == Report.from_dict(stored("report_part_1"), layout=stored("layout_1"))


def test_the_joined_form_has_the_same_data():
    """What is read of a part and the layout is written as what the whole report is, but for what formulas come to."""
    plan = compile_gradebook(Gradebook([Category("Labs", [GradeItem("L1", 10)]), GradeItem("Exam", 90)]))
    report = grade(plan, {"L1": Mark(5, out_of=8), "Exam": EXEMPT}, ungraded=UngradedPolicy.AS_ZERO)
    again = Report.from_dict(part_of(report), layout=plan.layout_dict())
    assert report.to_dict() == again.to_dict()
    assert UngradedPolicy.AS_ZERO is again.ungraded


@settings(max_examples=60)
@given(graded_books(), st.none() | st.sampled_from(UngradedPolicy))
def test_every_report_reads_back_of_its_part(graded_book, policy):
    """Whatever the gradebook and the marks, the part and the layout give the report again, and the part again (Z9)."""
    plan = compile_gradebook(graded_book[0])
    report = grade(plan, graded_book[1], ungraded=policy)
    part, layout = part_of(report), Layout.from_dict(json.loads(json.dumps(plan.layout_dict())))
    again = Report.from_dict(part, layout=layout)
    assert report == again
    assert part == again.to_dict(layout=False)


def test_there_is_a_letter_for_each_treatment():
    """Every treatment has one letter of its own."""
    assert set(Treatment) == set(LETTERS.values())


def test_numbers_are_whole_or_exact_text():
    """Whole numbers that every reader of JSON can hold are numbers, larger ones and fractions are exact text (Z9)."""
    book = Gradebook([GradeItem(name, 10, can_exceed=True) for name in "abc"])
    report = grade(book, {"a": 2**53 - 1, "b": 2**53, "c": Fraction(2, 3)})
    assert [2**53 - 1, "9007199254740992", "2/3"] == report.to_dict(layout=False)["points"][1:]
    assert report == Report.from_dict(part_of(report), layout=report.layout)


def test_what_follows_is_left_out():
    """Only what is not as the layout and the points say is stated: own maxima, and what else was recorded (Z9)."""
    part = REPORT.to_dict(layout=False)
    lines = {heading.id: line for line, heading in enumerate(PLAN.layout.headings)}
    assert [lines["Midterm"], 50] in part["out_of"]
    assert {"Quiz 4", "Talk", "Exam", "Project", "Comment", "Attended"} == {
        PLAN.layout.headings[line].id for line, _ in part["recorded"]
    }
    assert [[lines["Comment"], "well done"], [lines["Attended"], True]] == part["recorded"][-2:]


@pytest.mark.parametrize("aggregation", [SumOfPoints(), Mean()])
def test_a_part_is_small(aggregation):
    """A learner's part of the report on 40 items is at most 1.5 KB of JSON (Z9)."""
    chance = Random(7)  # noqa: S311 - nothing secret
    names = [[f"{nth}.{each}" for each in range(8)] for nth in range(5)]
    settings = {"weight": 20, "drop": DropRule(lowest=1), "aggregation": aggregation}
    categories = [Category(f"C{each[0]}", [GradeItem(name, 10) for name in each], **settings) for each in names]
    plan = compile_gradebook(Gradebook(categories, aggregation=WeightedMean(), ungraded=UngradedPolicy.AS_ZERO))
    for _ in range(20):
        drawn = {name: chance.randint(0, 1050) for each in names for name in each}
        marks = {name: EXEMPT if points > 1030 else points / 100 for name, points in drawn.items() if points > 50}
        assert len(json.dumps(grade(plan, marks).to_dict(layout=False))) <= 1500


def change_number(data):
    data["points"][2] = 10


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (change_number, "points[1]"),
        (lambda data: data["points"].__setitem__(3, "6.25"), "points[1]"),
        (lambda data: data["points"].__setitem__(3, "50/6"), "points[3]"),
        (lambda data: data["points"].__setitem__(2, True), "points[2]"),
        (lambda data: data["points"].__setitem__(2, 2**53), "points[2]"),
        (lambda data: data["points"].__setitem__(2, 9.5), "points[2]"),
        (lambda data: data["points"].pop(), "points"),
        (lambda data: data["points"].append(0), "points"),
        (lambda data: data.update(points={}), "points"),
        (lambda data: data.update(shares=data["shares"][:-1]), "shares"),
        (lambda data: data["shares"].__setitem__(1, None), "shares[1]"),
        (lambda data: data["shares"].__setitem__(1, 31), "points[0]"),
        (lambda data: data.update(treatments=data["treatments"][:-1]), "treatments"),
        (lambda data: data.update(treatments="X" + data["treatments"][1:]), "treatments"),
        (lambda data: data.update(treatments=data["treatments"][:-1] + "L"), "seal"),
        (lambda data: data.update(treatments=5), "treatments"),
        (lambda data: data["out_of"].append([0, 50]), "out_of[1][0]"),
        (lambda data: data["out_of"].insert(0, [0, -50]), "out_of[0][1]"),
        (lambda data: data["out_of"].insert(0, [0, 50]), "points[0]"),
        (lambda data: data["out_of"].append([99, 50]), "out_of[1][0]"),
        (lambda data: data["out_of"].append([14]), "out_of[1]"),
        (lambda data: data["wholes"].pop(0), "points[0]"),
        (lambda data: data["recorded"].pop(), "seal"),
        (lambda data: data["recorded"][-1].__setitem__(1, {"number": "1", "by": "Ada"}), "recorded[5][1].by"),
        (lambda data: data["recorded"][-1].__setitem__(1, 1), "recorded[5][1]"),
        (lambda data: data["notes"].pop(), "seal"),
        (lambda data: data["notes"][0].append(5), "notes[0]"),
        (lambda data: data["overrides"][0].update(by="Eve"), "seal"),
        (lambda data: data["overrides"][0].update(who="Eve"), "overrides[0].who"),
        (lambda data: data.update(marks="0" * 16), "seal"),
        (lambda data: data.update(marks=5), "marks"),
        (lambda data: data.update(ungraded="as_zero"), "seal"),
        (lambda data: data.update(ungraded="never"), "ungraded"),
        (lambda data: data.update(seal="0" * 16), "seal"),
        (lambda data: data.update(seal=None), "seal"),
        (lambda data: data.pop("seal"), "seal"),
        (lambda data: data.update(layout="0" * 16), "layout"),
        (lambda data: data.pop("marks"), "marks"),
        (lambda data: data.update(final="A"), "final"),
        (lambda data: data.update(format="gradecalc.report/3"), "format"),
    ],
)
def test_a_part_that_was_changed_is_refused(change, path):
    """A figure, a mark or a note that was changed, and a key too many or too few, is refused with a path (Z5)."""
    data = part_of(REPORT)
    change(data)
    with pytest.raises(DefinitionError) as refused:
        Report.from_dict(data, layout=PLAN.layout)
    assert [path] == [problem.path for problem in refused.value.problems]


def test_a_part_is_not_read_with_the_layout_of_another_plan():
    """The layout of another plan is refused, were it as long, and so is none (Z5)."""
    names = Gradebook([GradeItem("a", 10)]), Gradebook([GradeItem("b", 10)])
    first, second = map(compile_gradebook, names)
    part = grade(first, {"a": 5}).to_dict(layout=False)
    for layout, path, code in ((second.layout, "layout", "damaged"), (None, "layout", "missing")):
        with pytest.raises(DefinitionError) as refused:
            Report.from_dict(part, layout=layout)
        assert [(path, code)] == [(problem.path, problem.code) for problem in refused.value.problems]


def test_what_a_line_is_out_of_has_to_be_known():
    """Where neither the layout nor the part says what a line is out of, the part is refused (Z5)."""
    report = Report.from_dict(stored("report_2"))
    part = part_of(report)
    assert report == Report.from_dict(part, layout=report.layout.to_dict())
    part["out_of"].pop()
    with pytest.raises(DefinitionError) as refused:
        Report.from_dict(part, layout=report.layout)
    assert ["out_of"] == [problem.path for problem in refused.value.problems]


def test_what_marks_were_graded_is_in_the_part():
    """The part has the digest of the marks, for whoever looks for reports to make anew (Z10)."""
    assert grade(PLAN, MARKS).marks_digest == REPORT.to_dict(layout=False)["marks"]
