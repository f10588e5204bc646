# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Whatever the document, a course of Moodle is read to its end, and so are its formulas and access restrictions."""

import copy

from hypothesis import given
from hypothesis import strategies as st

from gradecalc import (
    FormulaError,
    MarksError,
    Report,
    compile_gradebook,
    grade_many,
)
from gradecalc.lms.moodle import (
    METHODS,
    Bounds,
    Calculation,
    Method,
    TotalsView,
    change_bounds,
    change_method,
    read,
    weigh,
)
from gradecalc.lms.moodle.availability import read_availability
from gradecalc.release_conditions import LearnerFacts

JUNK = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.sampled_from(
            [10**200, "7.5", "final", "a", "=[[a]]/[[b]]", "=[[x]]", "[]]", "|", "!&", "grade", "contains"]
        ),
        st.text(max_size=5),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=6,
)
NAMES = st.sampled_from(["a", "b", "c", "final", "[x].y", "a]", ""])
FORMULAS = st.sampled_from(
    ["=[[a]]/2", "=[[b]]+[[c]]", "=if([[a]]>5,1,1/[[b]])", "=[[course]]", "=sin([[a]])", "=(", "x"]
)
NUMBERS = st.one_of(st.integers(-5, 120), st.sampled_from([0, 0.5, 99.99999, "33.3", None]))
ITEMS = st.fixed_dictionaries(
    {"name": NAMES},
    optional={
        "min": NUMBERS,
        "max": NUMBERS,
        "grade": NUMBERS,
        "hidden": st.sampled_from([True, False, 0, 1, 2_000_000_000]),
        "excluded": st.booleans(),
        "coef": NUMBERS,
        "weight": st.sampled_from([0, 0.5, 1, 1.5, -0.25]),
        "weight_overridden": st.booleans(),
        "scale": st.lists(st.text(max_size=2), max_size=4),
        "outcome": st.booleans(),
        "calculation": FORMULAS,
        "type": st.sampled_from(["value", "text"]),
        "pass_mark": NUMBERS,
        "raw": NUMBERS,
        "raw_max": NUMBERS,
        "multiplier": NUMBERS,
        "offset": NUMBERS,
        "deducted": NUMBERS,
        "locked": st.booleans(),
    },
)


def categories(children):
    """Draw a category over what may be in it."""
    return st.fixed_dictionaries(
        {"name": NAMES, "method": st.sampled_from(list(METHODS)), "children": st.lists(children, max_size=4)},
        optional={
            "exclude_empty": st.booleans(),
            "drop_low": st.integers(0, 3),
            "keep_high": st.integers(0, 3),
            "max": NUMBERS,
            "coef": NUMBERS,
            "weight": st.sampled_from([0, 0.5, 1, 1.5]),
            "weight_overridden": st.booleans(),
            "hidden": st.booleans(),
            "calculation": FORMULAS,
            "pass_mark": NUMBERS,
            "locked": st.booleans(),
        },
    )


COURSES = categories(st.recursive(ITEMS, categories, max_leaves=8))
RECORDS = st.dictionaries(NAMES, st.one_of(NUMBERS, JUNK), max_size=3)


def check(data):
    """Check that the gradebook compiles, that every learner is graded or an error, and every total can be shown."""
    for totals in TotalsView:
        course = read(data, totals=totals)
        plan = compile_gradebook(course.gradebook)
        for _, result in grade_many(plan, course.marks):
            assert isinstance(result, Report | MarksError)
            if isinstance(result, Report):
                assert set(weigh(result)) == set(plan.ids) - {"final"}


@given(JUNK)
def test_any_json_at_all_is_read(data):
    """Arbitrary JSON gives a gradebook that compiles."""
    check(data)


LETTERS = st.lists(st.tuples(NUMBERS, st.sampled_from(["A", "B", "-", ""])), max_size=3)


@given(st.one_of(COURSES, JUNK), st.sampled_from(list(Method)))
def test_any_course_can_be_changed(tree, method):
    """Whatever the document, a category's method and an item's range can be changed in it, and what it is then read."""
    check(change_bounds(change_method(tree, "a", method), "b", Bounds(0, 7)))


@given(COURSES, st.dictionaries(st.text(max_size=3), RECORDS, max_size=2), LETTERS)
def test_any_course_is_read_and_graded(tree, grades, letters):
    """A course of any shape gives a gradebook that compiles and a report for each learner."""
    check(tree)
    check({"tree": tree, "grades": grades, "letters": letters, "settings": {"include_scales": False}})


@given(COURSES, st.data())
def test_a_damaged_course_is_read(tree, data):
    """A course in which anything is replaced by anything gives a gradebook that compiles."""
    damaged = copy.deepcopy(tree)
    for _ in range(data.draw(st.integers(1, 3))):
        place = damaged
        while isinstance(place.get("children"), list) and place["children"] and data.draw(st.booleans()):
            chosen = data.draw(st.sampled_from(place["children"]))
            if not isinstance(chosen, dict):
                break
            place = chosen
        place[data.draw(st.sampled_from([*place, "children", "letters", "settings"]))] = data.draw(JUNK)
    check(damaged)


WORDS = st.sampled_from(
    [
        "[[a]]",
        "b",
        "1.5",
        "2e3",
        "+",
        "-",
        "*",
        "/",
        "^",
        "%",
        ">",
        "==",
        "(",
        ")",
        ",",
        ";",
        "if(",
        "sum(",
        "pi",
        "round(",
        "$",
    ]
)


@given(st.one_of(st.text(max_size=30), st.lists(WORDS, max_size=14).map("".join)))
def test_any_text_is_a_formula_or_an_error_with_a_place(text):
    """A text is a formula with a value, or ends in a typed error whose place is in the text."""
    source = f"={text}"
    try:
        Calculation(source).evaluate({"a": 3, "b": None})
    except FormulaError as error:
        start, end = error.span
        assert 0 <= start <= end <= len(source)


def trees(inner):
    """Draw a group of conditions."""
    return st.fixed_dictionaries(
        {"op": st.sampled_from(["&", "|", "!&", "!|", "?"]), "c": st.lists(inner, max_size=3)},
        optional={"show": st.booleans(), "showc": st.lists(st.booleans(), max_size=3)},
    )


CONDITIONS = st.fixed_dictionaries(
    {"type": st.sampled_from(["date", "grade", "completion", "group", "grouping", "profile", "other"])},
    optional={
        name: st.one_of(st.sampled_from([0, 1, ">=", "<", "isempty", "contains", "dept"]), JUNK)
        for name in ("d", "t", "id", "min", "max", "cm", "e", "activity", "sf", "cf", "op", "v")
    },
)


@given(st.one_of(JUNK, trees(st.recursive(st.one_of(CONDITIONS, JUNK), trees, max_leaves=5))), st.booleans())
def test_any_restriction_is_read_and_lets_in_or_not(data, lax):
    """Whatever the tree, it can be asked, and lets nobody in where it could not be read."""
    availability = read_availability(data, lax=lax)
    answer = availability.check(LearnerFacts())
    assert str(answer)
    assert not (availability.group is None and answer.available)
