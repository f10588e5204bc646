# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The documents of an Open edX course are read as a gradebook and marks, and what is odd is named."""

import pytest

from gradecalc import (
    Mark,
    MarksError,
    Severity,
    Treatment,
    compile_gradebook,
    grade_many,
)
from gradecalc.lms.imported import Recorded
from gradecalc.lms.openedx.grading.gradebook import UNWEIGHTED, placeholder_id, type_id
from gradecalc.lms.openedx.grading.policy import MAX_PLACEHOLDERS
from gradecalc.lms.openedx.grading.reading import COURSE, MAX_SUBSECTIONS, read
from lms.openedx.courses import codes, homework, report_of, row, subsections


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


def test_a_course_has_its_most_subsections():
    """Subsections beyond the bound are errors and not read, so that the gradebook always compiles."""
    ids = [f"s{nth}" for nth in range(MAX_SUBSECTIONS + 1)]
    types = [homework(type=f"type {nth}") for nth in range(MAX_PLACEHOLDERS)]
    imported = read({"GRADER": types}, subsections(*ids, graded=False))
    assert [(f"subsections[{MAX_SUBSECTIONS}]", "too_large")] == codes(imported.problems)
    compile_gradebook(imported.gradebook)
