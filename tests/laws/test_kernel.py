# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The kernel against the exact engine: the same final, or the exact engine is asked."""

import pickle
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_books import drawn_books
from gradecalc import (
    EXEMPT,
    BonusOf,
    ByFormula,
    Cap,
    Category,
    Distribution,
    DropBy,
    DropRule,
    DropTies,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    Mark,
    MarksError,
    Maximum,
    Mean,
    Rescale,
    Rounding,
    RoundingMode,
    RoundingOf,
    SumOfPoints,
    TooFew,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
    grade,
)
from gradecalc.formula import Property
from gradecalc.formula.nodes import Reference
from gradecalc.grading.kernel.lowering import lower
from gradecalc.grading.kernel.python import write_source
from gradecalc.testing import Features, graded_books
from kernel_and_engine import assert_same, exactly
from laws.test_formulas import CONSTANTS, grown

FRACTIONS = st.sampled_from([Fraction(each) for each in ("0", "10", "20", "50", "100", "120", "100/3")])
SHOWN = st.none() | st.builds(
    Rounding,
    st.integers(-1, 2),
    st.sampled_from(RoundingMode),
    of=st.just(RoundingOf.PERCENT),
    up_from=st.sampled_from((Fraction(1, 2), Fraction(45, 100))),
)
AGGREGATIONS = st.one_of(
    st.builds(SumOfPoints),
    st.builds(Mean),
    st.builds(
        WeightedMean,
        distribution=st.sampled_from(Distribution),
        rescale=st.sampled_from(Rescale),
        out_of=st.sampled_from(Maximum),
        bonus=st.sampled_from((BonusOf.WHOLE, BonusOf.COUNTED)),
    ),
)
MAXIMA = st.sampled_from([10, 10, 20, Fraction(15, 2), 3, 7])


@st.composite
def drop_rules(draw, ids):
    """Return rules that drop by percent or points."""
    never = draw(st.sets(st.sampled_from(ids), max_size=1))
    common = {
        "never": tuple(never),
        "by": draw(st.sampled_from((DropBy.PERCENT, DropBy.POINTS))),
        "ties": draw(st.sampled_from(DropTies)),
        "keep_at_least": draw(st.integers(0, 2)),
        "too_few": draw(st.sampled_from(TooFew)),
    }
    if draw(st.booleans()):
        return DropRule(keep_highest=draw(st.integers(0, 3)), **common)
    return DropRule(lowest=draw(st.integers(0, 2)), highest=draw(st.integers(0, 2)), **common)


@st.composite
def branches(draw, place, depth, aggregation):
    """Return the children of a branch and what it says of itself, of what a program can say."""
    alike = draw(st.none() | MAXIMA)
    children = []
    for nth in range(draw(st.integers(1, 4))):
        name = f"{place}{nth}"
        weight = draw(st.none() | FRACTIONS) if alike is None and isinstance(aggregation, WeightedMean) else None
        bonus = draw(st.integers(0, 5)) == 0
        common = {"weight": weight, "bonus": bonus, "round_result": draw(SHOWN) if alike is None else None}
        if depth and draw(st.booleans()):
            own = draw(AGGREGATIONS)
            inner, traits = draw(branches(f"{name}.", depth - 1, own))
            capped = {"cap": draw(st.none() | st.sampled_from([Cap(percent=110), Cap(percent=80)]))}
            children.append(Category(name, inner, aggregation=own, **capped, **common, **traits))
        else:
            cap = draw(st.none() | st.sampled_from([Cap(percent=110), Cap(points=9)]))
            floor = draw(st.none() | st.sampled_from([-1, 1])) if alike is None else None
            exceed = draw(st.booleans()) and cap is None
            maximum = draw(MAXIMA) if alike is None else alike
            children.append(GradeItem(name, maximum, cap=cap, can_exceed=exceed, min_points=floor, **common))
    drop = draw(drop_rules([child.id for child in children])) if draw(st.booleans()) else DropRule()
    return children, {
        "drop": drop,
        "ungraded": draw(st.none() | st.sampled_from(UngradedPolicy)),
        "max_points": draw(st.none() | st.sampled_from([50, Fraction(25, 2)])),
    }


@st.composite
def sayable_books(draw):
    """Return a gradebook made of what a program can say, and marks, many of them alike."""
    aggregation = draw(AGGREGATIONS)
    children, traits = draw(branches("", 2, aggregation))
    traits["ungraded"] = traits["ungraded"] or UngradedPolicy.LEAVE_OUT
    book = Gradebook(children, aggregation=aggregation, round_result=draw(SHOWN), **traits)
    marks = {}
    for id_ in items_of(book):
        value = draw(MARKS)
        if value is not MISSING:
            marks[id_] = value
    return book, marks


MISSING = object()
MARKS = st.one_of(
    st.sampled_from([0, 1, 2, 5, 7, 10, 12, -1, -2.5, 0.1, 0.29, 4.5, 9.99, 1.125, None, EXEMPT, MISSING]),
    st.integers(0, 1000).map(lambda hundredths: hundredths / 100),
)


def items_of(branch):
    """Yield the id of every item below a branch."""
    for child in branch.children:
        yield from items_of(child) if isinstance(child, Category) else [child.id]


POLICIES = st.none() | st.sampled_from(UngradedPolicy)


def copied(value):
    """Return a value as it comes out of a pickle."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - it was pickled here


@settings(max_examples=100)
@given(graded_books(), POLICIES)
def test_every_gradebook_has_the_exact_final(graded_book, ungraded):
    """Whatever the gradebook and the marks, a report made with a kernel is the report of the exact engine."""
    book, marks = graded_book
    assert_same(compile_gradebook(book), marks, ungraded)


@settings(max_examples=200)
@given(graded_books(Features(kinds=False, own_maxima=False, symbols=False, overrides=False)), POLICIES)
def test_every_gradebook_has_the_exact_final_of_plain_marks(graded_book, ungraded):
    """Whatever the gradebook, plain marks have the final of the exact engine, which the kernel mostly works out."""
    book, marks = graded_book
    plain = {id_: mark.points if isinstance(mark, Mark) else mark for id_, mark in marks.items()}
    plan = compile_gradebook(book)
    items = {heading.id for heading in plan.layout.headings if not heading.branch}
    assert_same(plan, {id_: mark for id_, mark in plain.items() if id_ in items}, ungraded)


NAMES = st.sampled_from(["Quiz", "Essay", "Labs", "Lab 1", "Sum"])
FORMULAS = st.recursive(st.builds(Reference, NAMES, st.sampled_from(Property)) | CONSTANTS, grown, max_leaves=12)
FORMULA_MARKS = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ["Quiz", "Essay", "Lab 1", "Lab 2"], st.sampled_from([EXEMPT, None, 0, 1, 5, 2.5, -1, 9.999, 7])
    ),
)


@settings(max_examples=200)
@given(FORMULAS.map(str), FORMULA_MARKS, st.sampled_from(UngradedPolicy), st.booleans())
def test_formulas_have_their_exact_value(formula, marks, ungraded, gives_final):
    """A formula of an item that counts, or of the whole gradebook, has the value that the exact engine finds."""
    labs = Category("Labs", [GradeItem("Lab 1", 10), GradeItem("Lab 2", 20)])
    total = FormulaItem("Sum", formula="[Quiz.Percent] + [Labs.Points Received] * 2", max_points=7)
    items = [GradeItem("Quiz", 10), GradeItem("Essay", 4, can_exceed=True), labs, total]
    if gives_final:
        book = Gradebook(items, aggregation=ByFormula(formula), max_points=20, can_exceed=True, ungraded=ungraded)
    else:
        book = Gradebook([*items, FormulaItem("F", formula=formula, max_points=20, counts=True)], ungraded=ungraded)
    assert_same(compile_gradebook(book), marks)


def test_most_gradebooks_have_a_kernel():
    """At least nine of ten random gradebooks are lowered."""
    books = [book for number in range(4) for book in drawn_books(number)]
    lowered = [not compile_gradebook(book).kernel_notes for book in books]
    assert sum(lowered) >= 0.9 * len(lowered)


@settings(max_examples=200)
@given(sayable_books(), POLICIES)
def test_what_a_program_can_say_is_exact(graded_book, ungraded):
    """Sums, means and weighted means with drops, caps, roundings and bonus have the exact final, within the bounds."""
    book, marks = graded_book
    assert_same(compile_gradebook(book), marks, ungraded)


QUIZZES = compile_gradebook(
    Gradebook(
        [
            Category("Quizzes", [GradeItem(f"Quiz {nth}", 10) for nth in range(4)], drop=DropRule(lowest=1), weight=40),
            GradeItem("Exam", 90, weight=60, can_exceed=True),
        ],
        aggregation=WeightedMean(),
        scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "C": 55, "F": 0}),
    )
)


@pytest.mark.parametrize(
    "marks",
    [
        {"Quiz 0": 7, "Quiz 1": 7, "Quiz 2": 7, "Exam": 63},
        {"Quiz 0": 8.5, "Quiz 1": 8.5, "Exam": 76.5},
        {"Quiz 0": 5.5, "Exam": 49.5},
        {"Quiz 0": 0.1, "Quiz 1": 0.2, "Quiz 2": 0.3, "Exam": 0.7},
        {"Quiz 0": 10, "Exam": float(2**53)},
        {"Quiz 0": 10, "Exam": 2**53 + 1},
        {"Quiz 0": 1 / 3, "Exam": 1e-9},
        {"Exam": -0.0},
        {"Quiz 0": EXEMPT, "Quiz 1": EXEMPT, "Quiz 2": EXEMPT, "Quiz 3": EXEMPT, "Exam": 45},
        {},
    ],
)
def test_on_a_boundary_the_final_is_exact(marks):
    """On ties and cut-offs, beyond what a float holds, and where nothing is graded, the final is the exact one."""
    for ungraded in (None, *UngradedPolicy):
        assert_same(QUIZZES, marks, ungraded)


@pytest.mark.parametrize("mark", [True, float("nan"), float("inf"), "7", 10**101, object(), [7]])
def test_a_mark_that_does_not_fit_is_refused_as_ever(mark):
    """What is no mark is the error that the exact engine finds, also after the number that it equals was graded."""
    grade(QUIZZES, {"Quiz 0": 1, "Exam": 1})
    with pytest.raises(MarksError) as found:
        grade(QUIZZES, {"Quiz 0": 5, "Exam": mark})
    with pytest.raises(MarksError) as expected:
        exactly(QUIZZES, {"Quiz 0": 5, "Exam": mark})
    assert expected.value.problems == found.value.problems


def test_an_unknown_id_is_refused_as_ever():
    """A mark for an id that the gradebook does not have is refused, whoever works out the final."""
    with pytest.raises(MarksError, match="did you mean 'Exam'"):
        grade(QUIZZES, {"Quiz 0": 5, "Exm": 5})


def test_a_report_is_of_the_marks_as_they_were():
    """A report that is looked into later is about the marks that were graded, whatever became of them since."""
    marks = {"Quiz 0": 5, "Quiz 1": 6, "Exam": 45}
    report, expected = grade(QUIZZES, marks), exactly(QUIZZES, marks)
    marks["Exam"] = 90
    assert expected == report


def test_a_report_is_pickled_and_hashed_by_value():
    """A report whose columns nobody has looked at is pickled and hashed like any other; so is its final."""
    marks = {"Quiz 0": 5, "Quiz 1": 6, "Exam": 45}
    expected = exactly(QUIZZES, marks)
    assert expected == copied(grade(QUIZZES, marks))
    assert expected.final == copied(grade(QUIZZES, marks).final)
    assert hash(expected) == hash(grade(QUIZZES, marks))
    assert not hasattr(grade(QUIZZES, marks).final, "colour")


def test_a_plan_is_pickled_with_its_kernels():
    """A plan that has graded can be pickled, and grades the same."""
    marks = {"Quiz 0": 5, "Quiz 1": 6, "Exam": 45}
    expected = grade(QUIZZES, marks)
    assert expected == grade(copied(QUIZZES), marks)


HOSTILE = ["n0", "\n    import os", "'); raise SystemExit #", '"""', "{w}", "\\", "__import__('os')"]


def test_no_name_reaches_the_source():
    """The source of a kernel has no character of a name: other names have the very same source."""
    sources = [
        write_source(lower(compile_gradebook(Gradebook(items)).lines, None)[0], "return", checked=False)[0]
        for items in (
            [GradeItem(name, 10) for name in HOSTILE],
            [GradeItem(f"Item {nth}", 10) for nth in range(len(HOSTILE))],
        )
    ]
    assert sources[0] == sources[1]
    assert_same(compile_gradebook(Gradebook([GradeItem(name, 10) for name in HOSTILE])), dict.fromkeys(HOSTILE, 7.5))


def test_a_note_says_what_is_not_lowered_and_where():
    """A plan says with a path what keeps it from a kernel."""
    note = compile_gradebook(Gradebook([GradeItem("Thanks", 0), GradeItem("More thanks", 0)])).kernel_notes[0]
    message = "a final out of 0 is worked out by the exact engine"
    assert ("not_lowered", "", message) == (note.code, note.path, note.message)
    assert () == QUIZZES.kernel_notes
