# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A gradebook as a statement: what it gives in a database, what it says of itself, and what it refuses."""

from fractions import Fraction
from itertools import product

import duckdb
import pytest

from gradecalc import (
    EXEMPT,
    BestOf,
    ByFormula,
    CalculatedItem,
    Cap,
    Category,
    ChildWeight,
    DefinitionError,
    DropBy,
    DropRule,
    DropTies,
    Empty,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    Highest,
    Hurdle,
    Lowest,
    Mark,
    Mean,
    Median,
    Mode,
    Rescale,
    Rounding,
    RoundingMode,
    UngradedPolicy,
    Unpointed,
    WeightedMean,
    Weighting,
    compile_gradebook,
    grade,
)
from gradecalc.extras.sql import to_sql
from lowered_books import BOOKS, rows

ITEMS = [GradeItem(f"Quiz {nth}", 10) for nth in (1, 2, 3)]
SCHEME = GradeScheme.from_cutoffs({"A": 85, "B": 70, "F": 0})
MARKS = {
    "ada": {"Quiz 1": 9.25, "Quiz 2": 4, "Quiz 3": 8, "Exam": 81.5},
    "bob": {"Quiz 1": 3, "Quiz 2": Mark(2, exempt=True), "Exam": 40},
    "cy": {"Quiz 1": 10, "Quiz 2": 10, "Quiz 3": 10.5, "Exam": 100},
    "di": {},
    "eve": {"Quiz 1": -1, "Quiz 3": 6, "Exam": 70},
}


def name(text):
    """Return a name as the statement quotes it."""
    return '"' + text.replace('"', '""') + '"'


def ask(plan, class_, **options):
    """Return each learner's row of the statement's result, from a table with these marks."""
    ids = [line.id for line in plan.lines if not plan.layout.headings[line.line].branch and hasattr(line, "kind")]
    columns = [f"{name(id_)} DOUBLE, {name(id_ + ' exempt')} BOOLEAN" for id_ in ids]
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE marks (learner VARCHAR, {', '.join(columns)})")
        cells = [cell for learner, marks in class_.items() for cell in row_of(learner, marks, ids)]
        row = f"(?{', ?' * 2 * len(ids)})"
        database.execute(f"INSERT INTO marks VALUES {', '.join([row] * len(class_))}", cells)  # noqa: S608 - question marks
        exempt = [id_ for id_ in ids if any(cells_of(marks.get(id_))[1] for marks in class_.values())]
        found = database.execute(to_sql(plan, exempt=exempt, **options))
        names = [column[0] for column in found.description]
        return {row[0]: dict(zip(names, row, strict=True)) for row in found.fetchall()}


def row_of(learner, marks, ids):
    """Return a learner's row."""
    return [learner, *(cell for id_ in ids for cell in cells_of(marks.get(id_)))]


def cells_of(mark):
    """Return a mark as a number and as whether it is exempt."""
    if isinstance(mark, Mark):
        return mark.points, mark.exempt
    return (None, True) if mark is EXEMPT else (mark, None)


def assert_as_the_engine(book, class_=MARKS, problems=None):
    """Assert that the statement gives what the engine does, for everybody of whom it has no problem to tell."""
    plan = compile_gradebook(book)
    found = ask(plan, class_)
    if problems is None:
        assert {None} == {row["problem"] for row in found.values()}
    else:
        assert sum(row["problem"] is not None for row in found.values()) <= problems
    for learner, marks in class_.items():
        report, row = grade(plan, marks), found[learner]
        if row["problem"] is not None:
            continue
        for heading in plan.layout.headings:
            if heading.branch:
                percent = report[heading.id].percent
                assert (None if percent is None else pytest.approx(float(percent), rel=2**-51)) == row[heading.id]
        assert (report.final.shown, report.final.symbol) == (row["final shown"], row["final symbol"])


EXAM = GradeItem("Exam", 100, weight=60)


def course(*, exam=EXAM, **of_book):
    """Return a course of quizzes, the lowest of which is dropped, and an exam."""
    quizzes = Category("Quizzes", ITEMS, drop=DropRule(lowest=1), weight=40)
    return Gradebook([quizzes, exam], **{"aggregation": WeightedMean(), "scheme": SCHEME, **of_book})


@pytest.mark.parametrize("ungraded", UngradedPolicy)
def test_blanks_exemptions_and_drops(ungraded):
    """Blanks as each policy has them, exemptions and drops give what the engine gives (SQ1)."""
    assert_as_the_engine(course(ungraded=ungraded))


@pytest.mark.parametrize("rescale", Rescale)
def test_weights_of_what_is_left(rescale):
    """What is left after an exemption is scaled as the book says (SQ1)."""
    assert_as_the_engine(course(aggregation=WeightedMean(rescale=rescale)))


@pytest.mark.parametrize("aggregation", [Mean(), Median(), Lowest(), Highest(), Mode(), WeightedMean()])
@pytest.mark.parametrize(
    "drop", [DropRule(), DropRule(lowest=1, highest=1), DropRule(keep_highest=2), DropRule(lowest=1, by=DropBy.POINTS)]
)
def test_aggregations_and_drops(aggregation, drop):
    """Each aggregation with each drop rule gives what the engine gives (SQ1)."""
    unequal = [*ITEMS[:2], GradeItem("Quiz 3", 15), GradeItem("Quiz 4", 5)]
    book = Gradebook([Category("Quizzes", unequal, aggregation=aggregation, drop=drop), GradeItem("Exam", 50)])
    assert_as_the_engine(book, {**MARKS, "flo": {f"Quiz {nth}": 5 for nth in (1, 2, 3, 4)}})


@pytest.mark.parametrize("mode", RoundingMode)
@pytest.mark.parametrize("places", [2, 0, -1])
def test_roundings(mode, places):
    """Rounding for show and of a mark, a branch and the final, in every mode, is that of the engine (SQ1, SQ3)."""
    rounding = Rounding(places, mode)
    exam = GradeItem("Exam", 100, weight=60, round_result=Rounding(0, mode))
    book = course(exam=exam, shown=rounding, round_result=Rounding(max(places, 0), mode))
    class_ = {**MARKS, "half": {"Exam": 82.5}, "below": {"Exam": -0.5}}
    assert_as_the_engine(book, class_)


def test_bonus_caps_and_floors():
    """A bonus adds and never costs, caps and floors hold (SQ1)."""
    items = [
        *ITEMS,
        GradeItem("Extra", 5, bonus=True),
        GradeItem("Exam", 20, min_points=4, can_exceed=True),
    ]
    class_ = {"ada": {"Quiz 1": 12, "Extra": 3, "Exam": 25}, "bob": {"Extra": 4}, "cy": {"Quiz 2": 5, "Exam": 1}}
    assert_as_the_engine(Gradebook(items, can_exceed=True), class_)
    assert_as_the_engine(Gradebook(items), class_)


def test_formulas_and_best_of():
    """A formula, a branch by formula and the best of two weightings give what the engine gives (SQ1)."""
    items = [
        Category("Quizzes", ITEMS, aggregation=ByFormula("MAX{[Quiz 1.Percent], [Quiz 2.Percent], 50}")),
        GradeItem("Exam", 100),
        FormulaItem("Hurdle", formula="IF{[Exam.Percent] < 50, 0, 100}", max_points=100, counts=True),
    ]
    assert_as_the_engine(Gradebook(items, aggregation=WeightedMean()))
    best = BestOf(
        [
            Weighting("exam", [ChildWeight("Quizzes", 20), ChildWeight("Exam", 80)]),
            Weighting("quizzes", [ChildWeight("Quizzes", 50), ChildWeight("Exam", 50)]),
        ]
    )
    assert_as_the_engine(Gradebook([Category("Quizzes", ITEMS), GradeItem("Exam", 100)], aggregation=best))


PRIMES = (89, 97, 101)


def far_apart(of, **traits):
    """Return a course of maxima that have little in common, so that numbers are wide."""
    return Gradebook(
        [
            Category(f"C{nth}", [GradeItem(f"{nth}.{prime}", prime) for prime in PRIMES[:of]], **traits)
            for nth in range(3)
        ],
        aggregation=WeightedMean(),
        scheme=SCHEME,
        can_exceed=True,
        cap=Cap(percent=95),
    )


@pytest.mark.parametrize(("of", "places", "whole"), [(2, 3, "BIGINT"), (3, 0, "HUGEINT")])
def test_wide_numbers(of, places, whole):
    """Where a bound passes what a double holds, numbers are of a wider type, and marks beyond theirs kept out (SQ3)."""
    book = far_apart(of, aggregation=WeightedMean(), drop=DropRule(lowest=1), round_result=Rounding(places))
    assert f"AS {whole})" in to_sql(compile_gradebook(book))
    marks = [0, 1.001, 50.5, 88.99, 200, None, EXEMPT]
    ids = [f"{nth}.{prime}" for nth in range(3) for prime in PRIMES[:of]]
    class_ = {str(n): {id_: marks[(n * 3 + k * k) % 7] for k, id_ in enumerate(ids)} for n in range(30)}
    assert_as_the_engine(book, class_)
    assert_as_the_engine(far_apart(of, aggregation=Mean()), class_)
    beyond = ask(compile_gradebook(book), {str(mark): {ids[0]: mark} for mark in (1e300, float("nan"), -1e18)})
    assert all(row["problem"] for row in beyond.values())


UNSAID = ("Canvas's search", "powers")
"""Canvas's search for a best total is for the exact engine, and so is a cube root that no type of DuckDB holds."""


@pytest.mark.parametrize("name", [name for name in BOOKS if not any(each in name for each in UNSAID)])
def test_everything_that_is_lowered(name):
    """Whatever a program says, a statement says: it gives what the engine gives, for most marks (SQ1 to SQ4)."""
    everybody = list(rows(compile_gradebook(BOOKS[name])))[::3]
    class_ = {str(nth): marks for nth, marks in enumerate(everybody)}
    assert_as_the_engine(BOOKS[name], class_, problems=len(class_) // 2)


def test_symbols_of_missed_hurdles():
    """A hurdle that is missed gives the final its symbol, the first of several (SQ1)."""
    hurdle = {"pass_mark": 50, "must_pass": True}
    items = [
        GradeItem("Exam", 10, **hurdle, if_missed=Hurdle(final_symbol="no 'exam'", final_at_most=45)),
        GradeItem("Lab", 10, **hurdle, if_missed=Hurdle(final_symbol="lab")),
        GradeItem("Essay", 10, **hurdle, if_missed=Hurdle(final_at_most=30)),
    ]
    marks = [None, EXEMPT, 4, 5, 9]
    class_ = {str(each): dict(zip(("Exam", "Lab", "Essay"), each, strict=True)) for each in product(marks, repeat=3)}
    assert_as_the_engine(Gradebook(items, scheme=SCHEME), class_)
    assert_as_the_engine(Gradebook(items), class_)


def test_marks_that_cannot_be_read_exactly():
    """A mark that no double states, not-a-number, and one far beyond its maximum are a problem (SQ4)."""
    plan = compile_gradebook(course())
    class_ = {"a": {"Exam": 1 / 3}, "b": {"Exam": float("nan")}, "c": {"Exam": 1e300}, "d": {"Exam": float("inf")}}
    for row in ask(plan, class_).values():
        assert "these marks are for the exact engine" == row["problem"]
        assert (None, None, None) == (row["final"], row["final shown"], row["final symbol"])


@pytest.mark.parametrize("of", [2, 3, 7])
@pytest.mark.parametrize(
    "traits", [{}, {"can_exceed": True}, {"cap": Cap(percent=105), "can_exceed": True}, {"min_points": 1}]
)
@pytest.mark.parametrize("ungraded", UngradedPolicy)
def test_the_least_of_any_number(of, traits, ungraded):
    """The least of any number of marks is dropped, however many are there and whoever is exempt (SQ1)."""
    items = [GradeItem(f"Quiz {nth}", 10, **traits) for nth in range(of)]
    quizzes = Category("Quizzes", items, aggregation=Mean(), drop=DropRule(lowest=1), can_exceed=True)
    ids = [each.id for each in items]
    marks = [None, EXEMPT, 0, -3.5, 10, 4.999, 159, Mark(7, exempt=True), 10.25]
    class_ = {str(n): {id_: marks[(n * (k + 2) + k) % 9] for k, id_ in enumerate(ids)} for n in range(40)}
    class_["all exempt"] = dict.fromkeys(ids, EXEMPT)
    book = Gradebook([quizzes, GradeItem("Exam", 20)], aggregation=Mean(), ungraded=ungraded, can_exceed=True)
    assert_as_the_engine(book, class_)
    assert_as_the_engine(book, {each: {ids[0]: EXEMPT, ids[1]: 3} for each in ("one", "other")})


@pytest.mark.parametrize("can_exceed", [False, True])
def test_marks_far_away_beside_a_drop(can_exceed):
    """A mark far above or below all others is a problem where the least is dropped, and two of them are (SQ4)."""
    items = [GradeItem(f"Quiz {nth}", 10, can_exceed=can_exceed) for nth in range(4)]
    plan = compile_gradebook(Gradebook([Category("Quizzes", items, drop=DropRule(lowest=1))]))
    ids = [each.id for each in items]
    far = [1e300, -1e300, -1e18, 160.001, -160.001, float("inf"), float("-inf"), float("nan"), 1e-9]
    class_ = {f"{mark} in {of}": dict.fromkeys(ids[:of], mark) for mark in far for of in (1, 2, 4)}
    class_ = {learner: {**dict.fromkeys(ids, 5), **marks} for learner, marks in class_.items()}
    class_["near"] = {"Quiz 0": 160, "Quiz 1": -160, "Quiz 2": 1}
    found = ask(plan, class_)
    assert ["near"] == [learner for learner, row in found.items() if row["problem"] is None]
    assert grade(plan, class_["near"]).final.shown == found["near"]["final shown"]


def test_who_is_exempt_from_everything():
    """Where blanks are zero, only who is exempt from every item has no final, and is shown so (SQ1, X3)."""
    items = [[GradeItem(f"{of} {nth}", 10) for nth in range(3)] for of in ("Quiz", "Lab")]
    children = [
        Category(f"C{nth}", each, drop=DropRule(lowest=1), aggregation=Mean()) for nth, each in enumerate(items)
    ]
    ids = [each.id for of in items for each in of]
    everything = dict.fromkeys(ids, EXEMPT)
    class_ = {
        "all": everything,
        "none": {},
        "but one": {**everything, "Lab 2": 3},
        "but a blank": {**everything, "Quiz 0": None},
        "one of them": dict.fromkeys(ids[:3], EXEMPT),
    }
    book = Gradebook(children, aggregation=Mean(), ungraded=UngradedPolicy.AS_ZERO)
    assert_as_the_engine(book, class_)
    exam = Gradebook([*children, GradeItem("Exam", 10)], aggregation=Mean(), ungraded=UngradedPolicy.AS_ZERO)
    assert_as_the_engine(exam, {**class_, "Exam too": {**everything, "Exam": EXEMPT}})
    assert_as_the_engine(exam, class_)


def test_the_least_of_large_numbers():
    """Where twice the lesser of two would be more than a double tells apart, the least is looked for (SQ3)."""
    items = [GradeItem(f"Quiz {nth}", 10**10) for nth in range(5)]
    book = Gradebook([Category("Quizzes", items, drop=DropRule(lowest=1))])
    assert "LEAST(" in to_sql(compile_gradebook(book))
    marks = [0, 10**10, 9876543210, 1234567890, 7]
    ids = [each.id for each in items]
    assert_as_the_engine(book, {str(n): {id_: marks[(n + k) % 5] for k, id_ in enumerate(ids)} for n in range(5)})


def test_marks_beside_an_exemption():
    """Nobody looks at what stands beside an exemption, whatever it is (SQ4)."""
    plan = compile_gradebook(course())
    with duckdb.connect() as database:
        database.execute("""
            CREATE TABLE marks AS FROM (VALUES
                ('a', 'NaN'::DOUBLE, TRUE, 6), ('b', 1e300, TRUE, 6), ('c', 7, TRUE, 6), ('d', 'NaN', NULL, 6)
            ) AS of_class(learner, "Quiz 1", "Quiz 1 exempt", "Quiz 2"), (SELECT NULL AS "Quiz 3", 5 AS "Exam")
        """)
        found = database.execute(to_sql(plan, exempt=["Quiz 1"])).fetchall()
    expected = grade(plan, {"Quiz 1": EXEMPT, "Quiz 2": 6, "Exam": 5}).final.shown
    assert [*[(each, expected) for each in "abc"], ("d", None)] == [(row[0], row[3]) for row in found]


def test_marks_that_leave_nothing_to_divide_by():
    """Marks that are no numbers, of which drops leave nothing, are a problem of their row alone (SQ4)."""
    plan = compile_gradebook(BOOKS["sums in sums"])
    bad = dict.fromkeys("abcdefghijk", float("nan"))
    found = ask(plan, {"bad": bad, "fine": dict.fromkeys("abcdefghijk", 4)})
    assert [True, False] == [found[each]["problem"] is not None for each in ("bad", "fine")]


@pytest.mark.parametrize("mode", RoundingMode)
@pytest.mark.parametrize("up_from", [Fraction(45, 100), Fraction(1, 2), 1])
def test_where_a_step_turns(mode, up_from):
    """A rounding turns where it says, in every mode, and never where that is a whole step (SQ1, R4)."""
    book = Gradebook([GradeItem("Exam", 200)], shown=Rounding(0, mode, up_from=up_from))
    marks = [0, 0.9, 0.898, 1, 1.002, 1.1, 2, 2.002, 3, 199.9, -1, -0.9, -3, -0.002]
    assert_as_the_engine(book, {str(mark): {"Exam": mark} for mark in marks})


def test_very_many_items():
    """A sum of more parts than a database takes in a row is said in pieces (SQ1)."""
    items = [GradeItem(str(nth), 10) for nth in range(1100)]
    assert_as_the_engine(Gradebook(items), {"ada": {"0": 7, "1000": 4, "7": EXEMPT}, "bob": {}})


def test_columns_of_any_type():
    """Marks may be numbers of any type; a text and a truth value are a problem of their row, a blank is none (SQ8)."""
    plan = compile_gradebook(course(ungraded=UngradedPolicy.AS_ZERO))
    with duckdb.connect() as database:
        database.execute("""
            CREATE TABLE marks AS FROM (VALUES
                ('ada', NULL, 4::TINYINT, 8.10::DECIMAL(5, 2), 81.5::FLOAT),
                ('bob', 'none', 4, NULL, 1),
                ('cy', '9.25', NULL, 10, 50)
            ) AS of_class(learner, "Quiz 1", "Quiz 2", "Quiz 3", "Exam")
        """)
        found = database.execute(to_sql(plan)).fetchall()
        database.execute("ALTER TABLE marks ALTER \"Quiz 1\" TYPE BOOLEAN USING learner = 'cy'")
        assert [None, None, None] == [row[3] for row in database.execute(to_sql(plan)).fetchall()]
    expected = grade(plan, {"Quiz 2": 4, "Quiz 3": 8.1, "Exam": 81.5}).final.shown
    assert [("ada", expected), ("bob", None), ("cy", None)] == [(row[0], row[3]) for row in found]


def test_names_are_only_ever_names():
    """Names with quotes, semicolons and line ends stay names, in identifiers, texts and comments (SQ6)."""
    hostile = 'a\'; DROP TABLE marks; --\n"x" */ \u2028'
    scheme = GradeScheme.from_cutoffs({"'A'": 50, "--F": 0})
    book = Gradebook([Category(hostile, [GradeItem(f"{hostile}1", 10)]), GradeItem("Exam", 10)], scheme=scheme)
    assert_as_the_engine(book, {"'x'": {f"{hostile}1": 7.5, "Exam": 1}, "y": {}})
    lines = to_sql(compile_gradebook(book)).splitlines()
    assert [] == [line for line in lines if "DROP" in line and not line.lstrip().startswith("--") and '"' not in line]


def test_each_step_says_what_it_does():
    """A statement can be read: every query has its rule above it, and names its line (SQ5)."""
    lines = to_sql(compile_gradebook(course())).splitlines()
    assert lines[0].startswith("-- Final grade: ")
    heads = [nth for nth, line in enumerate(lines) if line.endswith(" AS (")]
    assert heads
    assert all(lines[nth - 1].startswith("-- ") for nth in heads)
    assert any("Quizzes" in line for line in lines if line.lstrip().startswith("-- "))


def test_nothing_but_exemptions():
    """Who is exempt from all that counts is shown so, or for the exact engine where that is not sure (SQ1, SQ4, X5)."""
    class_ = {"all": {"Exam": EXEMPT, "a": EXEMPT}, "one": {"Exam": EXEMPT}, "none": {}}
    exam, a = GradeItem("Exam", 90), GradeItem("a", 10)
    total = FormulaItem("Total", formula="[Exam.Points] + [a.Points]", max_points=100, counts=True)
    mean = CalculatedItem("Mean", items=["Exam", "a"], counts=True)
    for children in ([exam, a], [Category("In", [exam]), a], [exam, a, total], [exam, a, mean]):
        assert_as_the_engine(Gradebook(children), class_)
    kept, never = (Category("In", [exam], empty=each) for each in (Empty.KEEPS_WEIGHT, Empty.NEVER_EXEMPT))
    best_of = BestOf([Weighting("First", {"Exam": 50, "a": 50}), Weighting("Second", {"a": 100})])
    for children, aggregation in ([[kept, a], Mean()], [[never, a], Mean()], [[exam, a], best_of]):
        assert_as_the_engine(Gradebook(children, aggregation=aggregation), class_, problems=2)


def test_exemptions_from_what_is_no_item():
    """An id that no item has is refused, lest somebody's exemption be overlooked (SQ1)."""
    with pytest.raises(DefinitionError, match="no item of the gradebook has the id 'Exm'"):
        to_sql(compile_gradebook(course()), exempt=["Exm"])


def test_the_final_alone():
    """Without branches only the final is given (SQ1)."""
    row = ask(compile_gradebook(course()), MARKS, branches=False)["ada"]
    assert ["learner", "final", "final shown", "final symbol", "problem"] == list(row)


def test_other_names_of_the_table_and_of_the_learner():
    """The table and the column of learners may have other names; the second dialect has other words (SQ7)."""
    plan = compile_gradebook(course())
    statement = to_sql(plan, "postgresql", 'class of "26"', learner="student")
    assert 'FROM "class of ""26"""' in statement
    assert '"student" AS k0' in statement
    assert "CAST(CAST(steps AS NUMERIC) / 100 AS NUMERIC(38, 2))" in statement
    assert "DECIMAL" not in statement
    assert "MATERIALIZED" in statement


CANVAS = DropRule(lowest=1, by=DropBy.BEST_TOTAL, unpointed=Unpointed.FIRST)


def test_what_cannot_be_said_is_refused_with_its_place():
    """Canvas's search for a best total, and what has no kernel, are refused, and the place is named (SQ4)."""
    canvas = Gradebook([Category("Q", [*ITEMS, GradeItem("Extra", 0)], drop=CANVAS), GradeItem("Exam", 10)])
    assert_refused(canvas, "Q", "Canvas's search for the best total")
    assert_refused(Gradebook([GradeItem("Thanks", 0)]), "", "a final out of 0")


def assert_refused(book, path, why):
    """Assert that a gradebook cannot be said because of what stands at a path."""
    with pytest.raises(DefinitionError, match=why) as raised:
        to_sql(compile_gradebook(book))
    problem = raised.value.problems[0]
    assert ("not_in_sql", path) == (problem.code, problem.path)


ROOTS = ["SQRT{[Exam.Percent]} * 10", "ROOT{[Exam.Points], 2} + SQRT{[Exam.Percent] / 7}", "ROOT{[Exam.Points], 1}"]


@pytest.mark.parametrize("formula", ROOTS)
def test_roots(formula):
    """A root is the engine's in every digit, for whole numbers decide how it is rounded (SQ1, F26)."""
    book = Gradebook([GradeItem("Exam", 30), FormulaItem("Root", formula=formula, max_points=100, counts=True)])
    marks = [0, 0.001, 1, 2, 7.5, 29.999, 30, 100, 479, -4, None, EXEMPT]
    assert_as_the_engine(book, {str(nth): {"Exam": mark} for nth, mark in enumerate(marks)})


def test_a_root_that_doubles_do_not_come_near():
    """A root of which a double knows too few digits is for the exact engine, and none is wider than its type (SQ4)."""
    root = FormulaItem("Root", formula="SQRT{[Exam.Points] * 100000000}", max_points=100, counts=True)
    plan = compile_gradebook(Gradebook([GradeItem("Exam", 30), root]))
    found = ask(plan, {"far": {"Exam": 29.999}, "near": {"Exam": 25}, "none": {"Exam": 0}})
    assert [True, False, False] == [found[each]["problem"] is not None for each in ("far", "near", "none")]
    cube = FormulaItem("Root", formula="ROOT{[Exam.Points], 3}", max_points=100, counts=True)
    with pytest.raises(DefinitionError, match="wider than any"):
        to_sql(compile_gradebook(Gradebook([GradeItem("Exam", 30), cube])))


@pytest.mark.parametrize(("ties", "expected"), [(DropTies.FIRST, []), (DropTies.LAST, ["all", "two"])])
def test_best_totals_that_are_for_the_exact_engine(ties, expected):
    """Who is left with nothing that costs by a best total is for the exact engine, and nobody else (SQ4)."""
    items = [GradeItem("a", 10, weight=0), GradeItem("b", 20, weight=0), GradeItem("c", 5, weight=5)]
    rule = DropRule(lowest=1, by=DropBy.BEST_TOTAL, ties=ties)
    plan = compile_gradebook(Gradebook(items, aggregation=WeightedMean(), drop=rule))
    found = ask(plan, {"all": {"a": 1, "b": 2, "c": 4}, "two": {"a": 1, "c": 0}, "one": {"c": 3}})
    assert expected == [learner for learner, row in found.items() if row["problem"] is not None]


@pytest.mark.parametrize("rescale", Rescale)
@pytest.mark.parametrize("ties", DropTies)
def test_best_totals(rescale, ties):
    """A drop for the best total is the engine's, out of what is left or of the whole (SQ1)."""
    items = [GradeItem(f"Quiz {nth}", 5 * nth, weight=15 * nth) for nth in (1, 2, 3)]
    rule = DropRule(lowest=1, highest=1, by=DropBy.BEST_TOTAL, ties=ties)
    quizzes = Category("Quizzes", items, aggregation=WeightedMean(rescale=rescale), drop=rule)
    assert_as_the_engine(Gradebook([quizzes, GradeItem("Exam", 100)]))
    bonus = [*items, GradeItem("Exam", 100, weight=10, bonus=True)]
    assert_as_the_engine(Gradebook(bonus, aggregation=WeightedMean(rescale=rescale), drop=rule))


def test_a_gradebook_is_said_as_its_plan_is():
    """A gradebook is compiled, and the statement is that of its plan."""
    book = Gradebook(ITEMS, drop=DropRule(lowest=1))
    assert to_sql(compile_gradebook(book)) == to_sql(book)


def test_a_dialect_that_there_is_not():
    """An unknown dialect is refused with the nearest, and with all that there are (SQ7)."""
    with pytest.raises(DefinitionError, match=r"did you mean 'duckdb'\?; there are: duckdb, postgresql"):
        to_sql(compile_gradebook(course()), "duckdbb")


def test_numbers_wider_than_any_type():
    """Numbers that may be wider than those of the database are refused, and a wider dialect takes them (SQ3)."""
    wide = [
        Category(f"C{nth}", [GradeItem(f"I{nth}.{part}", 89 + nth + part) for part in range(9)]) for nth in range(14)
    ]
    plan = compile_gradebook(Gradebook(wide, aggregation=WeightedMean(), ungraded=UngradedPolicy.LEAVE_OUT))
    with pytest.raises(DefinitionError, match="wider than any of the database"):
        to_sql(plan)
    assert "NUMERIC" in to_sql(plan, "postgresql")
    within = Gradebook([Category("All", wide, aggregation=WeightedMean()), GradeItem("Exam", 10)])
    assert_refused(within, "All", "wider than any of the database")
    root = FormulaItem("Root", formula="ROOT{[Exam.Points], 3}", max_points=100, counts=True)
    assert_refused(Gradebook([Category("In", [GradeItem("Exam", 30), root])]), "In", "wider than any of the database")
