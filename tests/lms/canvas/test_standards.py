# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Letters to scores and back, and everything else that a grader can type."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import grade
from gradecalc.gradebook.late_policy import LatePolicy
from gradecalc.lms.canvas import (
    CLIENT,
    DEFAULT,
    SERVER,
    GradingStandard,
    GradingType,
    Lateness,
    adjust,
    interpret_grade,
    read,
    read_standards,
    show_grade,
    upgrade_first_version,
)
from gradecalc.lms.documents import Document


def row(name, value):
    return {"name": name, "value": value}


def read_one(*rows, **fields):
    problems = []
    found = read_standards(Document([{"id": 1, "grading_scheme": list(rows), **fields}], "standards", problems))
    return found.get("1"), problems


def test_the_browser_rounds_before_it_looks_up():
    """89.99996 is a B+ on the server and an A in the browser, which rounds it to four places first."""
    assert ("A-", "A") == (DEFAULT.symbol(Fraction("93.99996")), DEFAULT.symbol(Fraction("93.99996"), CLIENT))
    points = GradingStandard(rows=[("A", Fraction(9, 10)), ("B", Fraction(0))], points_based=True)
    assert ("B", "A") == (points.symbol(Fraction("89.996")), points.symbol(Fraction("89.996"), CLIENT))


def test_bounds_are_stored_to_four_places():
    """A bound of 0.88888 is one of 0.8889."""
    standard, problems = read_one(row("A", 0.88888), row("F", 0))
    assert ((("A", Fraction("0.8889")), ("F", Fraction(0))), []) == (standard.rows, problems)


@pytest.mark.parametrize("odd", [row("A", 0.5), row("B", 0.9), row("", 0.3), row("C", -1), row("D", None), 5])
def test_an_odd_row_is_a_problem_and_the_rest_is_read(odd):
    """A row without a name or a bound of its own is not read."""
    standard, problems = read_one(row("A", 0.9), odd, row("F", 0))
    assert [("A", Fraction("0.9")), ("F", Fraction(0))] == list(standard.rows)
    assert problems


def test_two_standards_of_one_id_are_a_problem():
    """The first of two grading standards with one id is read."""
    problems = []
    document = [{"id": 1, "grading_scheme": [row(name, 0)]} for name in "AB"]
    found = read_standards(Document(document, "", problems))
    assert (["1"], ["duplicate_id"]) == (list(found), [each.code for each in problems])
    assert "A" == found["1"].symbol(5)


def test_points_based_letters_stand_for_a_tenth_of_a_point_less():
    """In a standard of 4 points a B below an A at 3.6 is 3.5 points, which is 87.5 percent."""
    standard, _ = read_one(row("A", 0.9), row("B", 0.8), row("F", 0), points_based=True, scaling_factor=4)
    assert Fraction("87.5") == standard.score("B")


@pytest.mark.parametrize(("typed", "place"), [("a−", 1), (" A- ", 1), ("A", 0), ("4", None)])
def test_names_match_in_any_case_and_with_any_minus(typed, place):
    """A typographic minus, blanks around, and capitals make no difference."""
    assert place == DEFAULT.place(typed)


@given(st.sampled_from([name for name, _ in DEFAULT.rows]))
def test_a_letters_score_has_that_letter(name):
    """The score that a letter of the default standard stands for has that letter again."""
    assert name == DEFAULT.symbol(DEFAULT.score(name))
    assert name == DEFAULT.symbol(DEFAULT.lowest_score(name))
    assert name == DEFAULT.symbol(DEFAULT.highest_score(name))


def test_a_course_and_an_assignment_have_their_own_letters():
    """An assignment has the letters of its own standard, or else the course's, or else Canvas's own."""
    standard = {"id": 3, "grading_scheme": [row("Good", 0.5), row("Bad", 0)]}
    assignments = [
        {"id": 11, "points_possible": 10, "grading_type": "letter_grade", "grading_standard_id": 0},
        {"id": 12, "points_possible": 10, "grading_type": "gpa_scale"},
    ]
    exported = {
        "assignment_groups": [{"id": 1, "assignments": assignments}],
        "submissions": [{"user_id": 7, "assignment_id": each, "score": 9, "posted_at": None} for each in (11, 12)],
        "course": {"grading_standard_id": 3},
        "grading_standards": [standard],
    }
    imported = read(exported)
    report = grade(imported.gradebook, imported.marks["7"])
    assert ("A-", "Good", "Good") == (report["11"].symbol, report["12"].symbol, report.final.symbol)
    letters = grade(imported.gradebook, {"11": "B", "12": "Good"})
    assert (Fraction("8.6"), 10) == (letters["11"].points, letters["12"].points)
    exported["course"] = {"grading_standard_id": 0}
    report = grade(read(exported).gradebook, imported.marks["7"])
    assert ("A-", "A-") == (report["12"].symbol, report.final.symbol)
    exported["course"] = {}
    report = grade(read(exported).gradebook, imported.marks["7"])
    assert ("A-", None) == (report["12"].symbol, report.final.symbol)


def test_the_browser_rounds_before_it_looks_up_everywhere():
    """In a browser's gradebook 93.99996 is an A of an assignment and of the course, and where its grade is shown."""
    exported = {
        "assignment_groups": [
            {"id": 1, "assignments": [{"id": 11, "points_possible": 100, "grading_type": "letter_grade"}]}
        ],
        "submissions": [{"user_id": 7, "assignment_id": 11, "score": 93.99996, "posted_at": None}],
        "course": {"grading_standard_id": 0},
    }
    letters = {}
    for calculator in (SERVER, CLIENT):
        imported = read(exported, calculator=calculator)
        report = grade(imported.gradebook, imported.marks["7"])
        shown = show_grade(93.99996, possible=100, grading_type=GradingType.LETTER_GRADE, calculator=calculator)
        letters[calculator] = (report["11"].symbol, report.final.symbol, shown)
    assert {SERVER: ("A-", "A", "A-"), CLIENT: ("A", "A", "A")} == letters


def test_bounds_that_the_browser_rounds_to_one_are_one():
    """Of two bounds that are one to four digits the browser finds the higher name."""
    standard = GradingStandard(rows=[("S", Fraction("0.99999")), ("A", Fraction("0.99998")), ("F", 0)])
    assert ("A", "S") == (standard.symbol(Fraction("99.9985")), standard.symbol(Fraction("99.99996"), CLIENT))


def test_points_possible_of_null_are_none():
    """Work out of null is work out of 0 to a late policy too: lateness takes nothing, and missing work gets 0."""
    policy = LatePolicy(deduction=10, missing=0)
    assert 5 == adjust(policy, Lateness(points=5, out_of=None, seconds_late=90_000)).points
    assert 0 == adjust(policy, Lateness(points=None, out_of=None, missing=True)).points


@pytest.mark.parametrize(
    ("typed", "kind", "expected"),
    [
        ("pass", "pass_fail", 20),
        ("Complete", "pass_fail", 20),
        ("fail", "pass_fail", 0),
        ("incomplete", "points", 0),
        ("20", "pass_fail", 20),
        ("7", "pass_fail", None),
        ("50%", "percent", 10),
        ("x%", "percent", None),
        ("B", "points", None),
        ("b", "letter_grade", Fraction("17.2")),
        ("5/7", "points", None),
        ("12", "not_graded", None),
        ("1e3", "points", 1000),
    ],
)
def test_what_is_typed_becomes_points(typed, kind, expected):
    """Percents, letters, passes and plain numbers all end as points out of 20."""
    assert expected == interpret_grade(typed, possible=20, grading_type=GradingType(kind))


@pytest.mark.parametrize("typed", ["50%", "pass"])
def test_a_part_of_nothing_is_nothing(typed):
    """A percentage of an assignment without points possible is 0 points."""
    assert 0 == interpret_grade(typed)


@pytest.mark.parametrize(
    ("score", "possible", "kind", "expected"),
    [
        (17, 20, "points", "17"),
        (17, 20, "percent", "85%"),
        (1, 3, "percent", "33.33%"),
        (17, 20, "letter_grade", "B"),
        (17, 20, "pass_fail", "complete"),
        (0, 20, "pass_fail", "incomplete"),
        (5, 0, "percent", "5"),
        (5, None, "gpa_scale", "5"),
        (None, 20, "points", ""),
        (5, 20, "not_graded", ""),
    ],
)
def test_points_are_shown_as_they_are_entered(score, possible, kind, expected):
    """Each grading type shows points in its own way, the letter by the unrounded percent."""
    assert expected == show_grade(score, possible=possible, grading_type=GradingType(kind))


@pytest.mark.parametrize(
    ("entered", "expected"), [("complete", "complete"), ("fail", "incomplete"), ("", "incomplete")]
)
def test_a_pass_of_nothing_possible_is_shown_as_it_was_entered(entered, expected):
    """Where nothing is possible the score says nothing, and the grade that was entered is shown."""
    assert expected == show_grade(0, grading_type=GradingType.PASS_FAIL, entered=entered)


def test_upper_bounds_become_lower_ones():
    """A grade of the first version of the format starts a hundredth above the next one, and the last at 0."""
    assert (("A", Fraction("0.94")), ("B", Fraction("0.81")), ("F", Fraction(0))) == upgrade_first_version(
        [("A", 1), ("B", 0.93), ("F", 0.8)]
    )


@pytest.mark.parametrize(
    ("policy", "kind", "points"),
    [
        (LatePolicy(missing=60), "points", 8),
        (LatePolicy(missing=60), "pass_fail", 0),
        (LatePolicy(), "pass_fail", None),
    ],
)
def test_missing_work_that_cannot_pass_is_worth_nothing(policy, kind, points):
    """Missing pass/fail work is worth nothing; where the missing policy is off, missing work has no score (H6)."""
    work = Lateness(points=None, out_of=20, missing=True, grading_type=GradingType(kind))
    assert points == adjust(policy, work).points


def test_a_standard_of_points_shows_points():
    """A score of 90 percent is 3.6 points in a standard of 4."""
    standard, _ = read_one(row("A", 0.9), row("F", 0), points_based=True, scaling_factor=4)
    assert Fraction("3.6") == standard.scaled(90)


@pytest.mark.parametrize(("factor", "read", "codes"), [(4, 4, []), (None, 1, []), (0, 1, ["wrong_value"])])
def test_a_standard_is_scaled_by_a_number_above_0(factor, read, codes):
    """Without a factor it is 1, and one that would divide by 0 is reported."""
    standard, problems = read_one(row("A", 0.9), scaling_factor=factor)
    assert (read, codes) == (standard.scaling_factor, [each.code for each in problems])


@given(st.sampled_from([name for name, _ in DEFAULT.rows]))
def test_the_engine_takes_a_letter_for_its_score(name):
    """A letter that is entered as a mark is worth the score that it stands for (S4)."""
    assert DEFAULT.score(name) == DEFAULT.scheme.value(name)
