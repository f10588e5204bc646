# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A course of Open edX is read as a gradebook and marks, and graded as the platform grades it."""

from fractions import Fraction

import pytest
from attrs import evolve

from gradecalc import (
    Mark,
    MarksError,
    Severity,
    Treatment,
    Verdict,
    compile_gradebook,
    grade,
    grade_many,
)
from gradecalc.lms.imported import Recorded
from gradecalc.lms.openedx.grading.breakdown import break_down
from gradecalc.lms.openedx.grading.course import UNWEIGHTED, placeholder_id, type_id
from gradecalc.lms.openedx.grading.course_grade import COURSE, MAX_SUBSECTIONS, read
from gradecalc.lms.openedx.grading.policy import MAX_PLACEHOLDERS, PASS_AT_HALF, read_policy
from gradecalc.lms.openedx.grading.roundings import GRADER, TWO_DECIMAL_GRADER

UNROUNDED = evolve(GRADER, subsection=None, course=None)


def homework(**stated):
    return {"type": "Homework", "short_label": "HW", "min_count": 1, "drop_count": 0, "weight": 1} | stated


def subsections(*ids, **stated):
    return [{"usage_key": id_, "format": "Homework", "graded": True} | stated for id_ in ids]


def row(user, id_, earned, possible, **stated):
    return {"user_id": user, "usage_key": id_, "earned_graded": earned, "possible_graded": possible} | stated


def read_one(policy, scores, **options):
    """Return what is read of a course in which learner 1 has these scores."""
    ids = [f"s{nth}" for nth in range(len(scores))]
    rows = [row(1, id_, *score) for id_, score in zip(ids, scores, strict=True)]
    document = policy if "GRADER" in policy else {"GRADER": [policy]}
    return read(document, subsections(*ids), rows, learners=[{"user_id": 1}], **options)


def report_of(imported, learner="1"):
    return grade(imported.gradebook, imported.marks[learner])


def codes(problems, severity=Severity.ERROR):
    return [(problem.path, problem.code) for problem in problems if problem.severity is severity]


def test_placeholders_are_zeros_and_come_last():
    """Promised assignments that are not there are zeros, and of equals the last is dropped (D3, D10)."""
    imported = read_one(homework(min_count=4, drop_count=2), [(0, 10), (5, 10)])
    report = report_of(imported)
    dropped = tuple(placeholder_id("Homework", nth) for nth in (1, 2))
    assert dropped == report["Homework"].dropped
    assert Fraction(25) == report.final.percent


def test_more_sections_than_promised_all_count():
    """The number promised is no limit."""
    assert Fraction(50) == report_of(read_one(homework(), [(1, 2)] * 3)).final.percent


def test_every_section_weighs_the_same():
    """A section of 100 points weighs what one of 1 point weighs (A3)."""
    imported = read_one(homework(), [(1, 1), (0, 100)])
    assert Fraction(50) == report_of(imported).final.percent


def test_placeholders_are_each_learners_own():
    """Content that one learner does not have leaves that learner's sheet, and a placeholder comes in its place (X1)."""
    rows = [row(1, "a", 1, 2), row(1, "b", 1, 1), row(2, "a", 1, 2), row(2, "b", 0, 0)]
    imported = read({"GRADER": [homework(min_count=2)]}, subsections("a", "b"), rows, calculation=UNROUNDED)
    spare = placeholder_id("Homework", 1)
    assert [75, 25] == [report_of(imported, learner).final.percent for learner in ("1", "2")]
    assert Treatment.EXEMPT is report_of(imported, "1")[spare].treatment
    assert Treatment.EXEMPT is report_of(imported, "2")["b"].treatment
    assert Treatment.COUNTED_AS_ZERO is report_of(imported, "2")[spare].treatment


def test_hidden_content_without_a_promise_costs_nothing():
    """Where nothing is promised, what is hidden is as though it were not there (X1)."""
    imported = read_one(homework(min_count=0), [(1, 2), (0, 0)], calculation=UNROUNDED)
    assert Fraction(50) == report_of(imported).final.percent


def test_a_type_with_nothing_in_it_is_zero():
    """A type of which a learner has nothing, and none is promised, adds nothing to the course and stays in it."""
    policy = {"GRADER": [homework(min_count=0, weight=0.5), homework(type="Exam", min_count=0, weight=0.5)]}
    imported = read_one(policy, [(1, 1)])
    assert (50, 0) == (report_of(imported).final.percent, report_of(imported)["Exam"].percent)


def test_dropping_everything_is_zero():
    """Where as many are dropped as there are, the type is 0 and the report says so (D6, U5)."""
    report = report_of(read_one(homework(drop_count=5), [(1, 1), (1, 2)]))
    assert (0, ("s0", "s1")) == (report.final.percent, report["Homework"].dropped)
    assert "all_dropped" in [reason.code for reason in report["Homework"].reasons]


@pytest.mark.parametrize("types", [[], [homework(weight=0)], [{"type": "Lab", "min_count": 2, "drop_count": 0}]])
def test_a_course_in_which_nothing_has_a_weight_is_zero(types):
    """Without types, or with weights of 0, the course is 0 rather than without a grade."""
    imported = read_one({"GRADER": types}, [(1, 1)])
    assert 0 == report_of(imported).final.percent
    assert Treatment.COUNTED_AS_ZERO is report_of(imported)[UNWEIGHTED].treatment


@pytest.mark.parametrize(("weights", "expected"), [((0.75, 0.75), 150), ((0.25, 0.25), 50)])
def test_weights_are_never_scaled(weights, expected):
    """Weights beyond 1 are extra credit, and weights short of it cost (W3)."""
    types = [homework(weight=weights[0]), homework(type="Exam", weight=weights[1])]
    sections = [*subsections("a"), *subsections("b", format="Exam")]
    imported = read({"GRADER": types}, sections, [row(1, "a", 1, 1), row(1, "b", 1, 1)])
    assert expected == report_of(imported).final.percent


@pytest.mark.parametrize(
    ("calculation", "expected"), [(GRADER, 34), (TWO_DECIMAL_GRADER, 35), (UNROUNDED, Fraction(275, 8))]
)
def test_the_era_decides_the_rounding(calculation, expected):
    """Sections to whole percents show 35, to hundredths 34, and the exact figure lies between (R1, R3)."""
    imported = read_one(homework(weight=0.75, min_count=2), [(2, 3), (1, 4)], calculation=calculation)
    assert expected == report_of(imported).final.percent


def test_the_letter_is_that_of_the_rounded_course_percent():
    """A third is 33 %, which reaches a cutoff of 0.33 (S1)."""
    policy = {"GRADER": [homework()], "GRADE_CUTOFFS": {"A": 0.9, "B": 0.33}}
    report = report_of(read_one(policy, [(1, 3)]))
    assert (33, "B", Verdict.MET) == (report.final.percent, report.final.symbol, report.final.passed)


@pytest.mark.parametrize(
    ("cutoffs", "percent", "expected"),
    [
        ({"Pass": 0.5}, 49, (None, "Fail", False)),
        ({"Pass": 0.5}, 50, ("Pass", "Fail", True)),
        ({"A": 0.9, "B": 0.33}, 32, (None, "F", False)),
        ({"A": 0.9, "F": 0}, 32, ("F", "Fail", False)),
        ({"Everybody": 0}, 100, ("Everybody", "Fail", False)),
        ({}, 100, (None, "F", False)),
        ({"Fail": 0.5}, 10, (None, "F", False)),
    ],
)
def test_what_passes_is_the_smallest_cutoff_above_zero(cutoffs, percent, expected):
    """Below every grade there is no letter, and without a grade above 0 nobody passes."""
    found = read_policy({"GRADER": [], "GRADE_CUTOFFS": cutoffs})[0].cutoffs
    assert expected == (found.letter(percent), found.failing, found.passes(percent))


def test_grades_are_pass_at_half_where_nobody_chose():
    """A policy without cutoffs has one grade, at 50 %."""
    assert PASS_AT_HALF == read_policy({"GRADER": []})[0].cutoffs


def test_min_count_may_be_text_with_decimals():
    """A number of assignments may be written as text, and its decimals are cut off."""
    types = [homework(min_count="12"), homework(type="Lab", min_count="3.7"), homework(type="Exam", min_count=-2)]
    policy, problems = read_policy({"GRADER": types})
    assert ([12, 3, 0], ()) == ([each.min_count for each in policy.types], problems)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (None, [("grading_policy", "wrong_value")]),
        ({}, [("grading_policy", "missing")]),
        ({"GRADER": "all"}, [("grading_policy.GRADER", "wrong_value")]),
        (
            {"GRADER": [{}]},
            [(f"grading_policy.GRADER[0].{name}", "missing") for name in ("type", "min_count", "drop_count")],
        ),
        ({"GRADER": [homework(), homework()]}, [("grading_policy.GRADER[1]", "duplicate_type")]),
        ({"GRADER": [homework(weight=-1)]}, [("grading_policy.GRADER[0].weight", "wrong_value")]),
        ({"GRADER": [homework(weight=10**9)]}, [("grading_policy.GRADER[0].weight", "too_large")]),
        ({"GRADER": [homework(min_count=10**9)]}, [("grading_policy.GRADER[0].min_count", "too_large")]),
        (
            {"GRADER": [homework(min_count=MAX_PLACEHOLDERS), homework(type="Lab")]},
            [("grading_policy.GRADER[1]", "too_large")],
        ),
        ({"GRADER": [], "GRADE_CUTOFFS": [1]}, [("grading_policy.GRADE_CUTOFFS", "wrong_value")]),
        ({"GRADER": [], "GRADE_CUTOFFS": {"A": 0.5, "B": 0.50}}, [("grading_policy.GRADE_CUTOFFS.B", "duplicate")]),
        (
            {"GRADER": [], "GRADE_CUTOFFS": {"A": "high"}},
            [("grading_policy.GRADE_CUTOFFS.A", "wrong_value"), ("grading_policy.GRADE_CUTOFFS", "missing")],
        ),
    ],
)
def test_a_policy_reports_its_errors_by_path(document, expected):
    """What is wrong with a policy is an error at its place, and the rest of it is read."""
    assert expected == codes(read_policy(document)[1])


def test_unknown_keys_are_noticed_with_the_nearest_name():
    """A key that nothing is known of is a notice, as the platform warns and ignores it."""
    problems = read_policy({"GRADER": [homework(drop_cuont=1)]})[1]
    assert [("grading_policy.GRADER[0].drop_cuont", "unknown_key")] == codes(problems, Severity.NOTICE)
    assert "drop_count" in problems[0].message


def test_names_of_types_never_clash_with_other_ids():
    """A type may be called as it likes: where its name is the id of something else it has another id (G4)."""
    names = ["final", "final (type)", UNWEIGHTED, "Lab placeholder 1", "Lab"]
    imported = read({"GRADER": [homework(type=name, min_count=2) for name in names]})
    compile_gradebook(imported.gradebook)
    assert len(names) == len(set(map(type_id, names)))


def test_subsections_whose_ids_are_taken_are_not_read():
    """A subsection cannot have the id of a type, a placeholder, the course, or another subsection."""
    ids = ["Homework", placeholder_id("Homework", 1), "final", UNWEIGHTED, "a", "a"]
    imported = read({"GRADER": [homework()]}, subsections(*ids))
    assert [0, 1, 2, 3, 5] == [int(path[12:-1]) for path, code in codes(imported.problems) if code == "duplicate_id"]


def test_ungraded_subsections_are_kept_and_do_not_count():
    """What is not graded, or of no type in the policy, has a result of its own and moves nothing (G7)."""
    sections = [*subsections("a"), *subsections("b", graded=False), *subsections("c", format="Homewrk")]
    rows = [
        row(1, "a", 1, 2),
        {"user_id": 1, "usage_key": "b", "earned_all": 1, "possible_all": 4},
        row(1, "c", 3, 4),
    ]
    imported = read({"GRADER": [homework()]}, sections, rows)
    report = report_of(imported)
    assert [50, 25, 75] == [report[id_].percent for id_ in ("Homework", "b", "c")]
    assert Treatment.NOT_COUNTED is report["b"].treatment
    assert [("subsections[2].format", "unknown_type")] == codes(imported.problems, Severity.NOTICE)


def test_what_is_not_attempted_is_blank_and_counts_as_zero():
    """A stored grade that nobody attempted is no score, out of what was possible (U2)."""
    rows = [row(1, "a", 0, 4, first_attempted=None)]
    imported = read({"GRADER": [homework()]}, subsections("a"), rows)
    assert Mark(out_of=4) == imported.marks["1"]["a"]
    assert Treatment.COUNTED_AS_ZERO is report_of(imported)["a"].treatment


def test_an_override_replaces_numbers_and_says_whose_it_is():
    """Each number of an override replaces its counterpart, and the report names the system (M1)."""
    held = {"earned_graded_override": 0, "system": "proctoring", "override_reason": "phone in use"}
    rows = [row(1, "a", 3, 4, override=held)]
    imported = read({"GRADER": [homework()]}, subsections("a"), rows)
    result = report_of(imported)["a"]
    assert Mark(0, out_of=4, by="proctoring", note="phone in use") == imported.marks["1"]["a"]
    assert (0, 4, ["set_by", "noted"]) == (result.points, result.out_of, [each.code for each in result.reasons])


def test_a_number_that_is_none_is_one_learners_error():
    """A grade that cannot be read is that learner's error, and the others are graded (M2)."""
    rows = [row(1, "a", "lots", 4), row(2, "a", 3, 4), row(3, "a", 3, -4)]
    imported = read({"GRADER": [homework()]}, subsections("a"), rows)
    outcomes = dict(grade_many(imported.gradebook, imported.marks))
    assert ["1", "3"] == [learner for learner, outcome in outcomes.items() if isinstance(outcome, MarksError)]
    assert ["subsection_grades[0].earned_graded", "subsection_grades[2].possible_graded"] == [
        path for path, _ in codes(imported.problems)
    ]


@pytest.mark.parametrize(
    ("record", "path", "code"),
    [
        ({"usage_key": "a"}, "subsection_grades[0]", "missing"),
        (row(1, "b", 1, 1), "subsection_grades[0].usage_key", "unknown_id"),
        ({"user_id": 1, "usage_key": "a", "possible_graded": 1}, "subsection_grades[0].earned_graded", "missing"),
        (row(1, "a", 1, 1, override=7), "subsection_grades[0].override", "wrong_value"),
        (
            row(1, "a", 1, 1, override={"earned_all_override": "x"}),
            "subsection_grades[0].override.earned_all_override",
            "wrong_value",
        ),
    ],
)
def test_a_grade_reports_its_errors_by_path(record, path, code):
    """What is wrong with a stored grade is an error at its place."""
    imported = read({"GRADER": [homework()]}, subsections("a"), [record])
    assert [(path, code)] == codes(imported.problems)


def test_of_two_grades_of_a_learner_the_first_is_read():
    """A second grade for the same subsection is an error and not read."""
    imported = read({"GRADER": [homework()]}, subsections("a"), [row(1, "a", 1, 4), row(1, "a", 4, 4)])
    assert ([("subsection_grades[1]", "duplicate_grade")], 25) == (
        codes(imported.problems),
        report_of(imported).final.percent,
    )


def test_everybody_listed_has_marks():
    """Who is listed, or has a stored course grade, is graded too, and a learner is known by number or by name."""
    learners = [{"user_id": 7, "username": "ada", "email": "ada@example.org"}]
    stored = [{"username": "bob", "percent_grade": 0.25, "letter_grade": ""}]
    imported = read({"GRADER": [homework()]}, subsections("a"), learners=learners, course_grades=stored)
    assert ["7", "bob"] == list(imported.marks) == list(imported.learners)
    assert "ada@example.org" == imported.learners["7"].email
    assert Recorded(25, 100) == imported.finals["bob"][COURSE]
    assert 0 == report_of(imported, "7").final.percent


def test_points_beyond_the_maximum_count():
    """Nothing is capped: a section may be worth more than everything (G1)."""
    assert Fraction(120) == report_of(read_one(homework(), [(6, 5)])).final.percent


def rows_of(document, scores):
    policy, imported = read_policy(document)[0], read_one(document, scores)
    return [
        (row.label, row.percent, row.prominent, row.dropped) for row in break_down(policy, report_of(imported)).rows
    ]


def test_a_breakdown_numbers_assignments_and_adds_an_average():
    """Assignments are numbered, placeholders too, and the row of the type comes last."""
    document = {"GRADER": [homework(min_count=3, drop_count=1)]}
    assert [
        ("HW 01", 50, False, False),
        ("HW 02", 0, False, False),
        ("HW 03", 0, False, True),
        ("HW Avg", 25, True, False),
    ] == rows_of(document, [(1, 2)])


def test_a_type_of_one_assignment_has_one_row():
    """A type of one assignment shows only itself, and one without a short label has its name."""
    document = {"GRADER": [{"type": "Homework", "min_count": 1, "drop_count": 0, "weight": 1}]}
    assert [("Homework", 50, True, False)] == rows_of(document, [(1, 2)])


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"starting_index": 0}, ["HW 00", "HW 01", "HW Avg"]),
        ({"show_only_average": True}, ["HW Avg"]),
        ({"hide_average": True}, ["HW 01", "HW 02"]),
    ],
)
def test_a_policy_says_which_rows_are_shown(stated, expected):
    """Numbers start where the policy says, and it may hide the average or everything else."""
    found = rows_of({"GRADER": [homework(**stated)]}, [(1, 2), (1, 2)])
    assert expected == [label for label, *_ in found]


def test_a_type_without_assignments_shows_its_average_alone():
    """What stands in for nothing is no row."""
    document = {"GRADER": [homework(type="NoCredit", short_label="NC", min_count=0, weight=0), homework()]}
    assert ["NC Avg", "HW"] == [label for label, *_ in rows_of(document, [(1, 2)])]


def test_a_breakdown_is_an_outline():
    """A breakdown shows itself in a notebook as its outline does."""
    document = {"GRADER": [homework()]}
    found = break_down(read_policy(document)[0], report_of(read_one(document, [(1, 2)])))
    assert found.outline().html() == found._repr_html_()


def test_a_course_has_its_most_subsections():
    """Subsections beyond the bound are errors and not read, so that the gradebook always compiles."""
    ids = [f"s{nth}" for nth in range(MAX_SUBSECTIONS + 1)]
    types = [homework(type=f"type {nth}") for nth in range(MAX_PLACEHOLDERS)]
    imported = read({"GRADER": types}, subsections(*ids, graded=False))
    assert [(f"subsections[{MAX_SUBSECTIONS}]", "too_large")] == codes(imported.problems)
    compile_gradebook(imported.gradebook)
