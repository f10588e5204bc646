# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Tables in and out, from whatever hands over Arrow."""

import json
from decimal import Decimal
from fractions import Fraction

import duckdb
import narwhals
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from gradecalc import (
    Category,
    DefinitionError,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    MarksError,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
)
from gradecalc.extras.columns import METADATA, Tally, grade_batches, grade_table

BOOK = Gradebook(
    [
        Category("Quizzes", [GradeItem(f"Quiz {nth}", 10) for nth in (1, 2, 3)], drop=DropRule(lowest=1), weight=40),
        GradeItem("Exam", 90, weight=60),
    ],
    aggregation=WeightedMean(),
    scheme=GradeScheme.from_cutoffs({"A": 85, "B": 70, "C": 55, "F": 0}),
)
PLAN = compile_gradebook(BOOK)
MARKS = {
    "learner": ["ada", "bob", "cyd"],
    "Quiz 1": [9.0, 7.5, None],
    "Quiz 2": [None, 2.25, None],
    "Quiz 3": [4.0, 8.0, None],
    "Quiz 2 exempt": [True, False, False],
    "Exam": [72.9, 45.0, None],
}
TABLE = pa.table(MARKS)
DUCKDB = duckdb.connect()
GRADED = [
    {"Quizzes": 90.0, "final": 84.6, "final shown": "84.60", "final symbol": "B", "problem": None},
    {"Quizzes": 77.5, "final": 61.0, "final shown": "61.00", "final symbol": "C", "problem": None},
    {"Quizzes": None, "final": None, "final shown": "–", "final symbol": None, "problem": None},
]


def counts(table):
    """Return what the metadata of a graded table counts."""
    return json.loads(table.schema.metadata[METADATA])


def test_a_table_comes_out_with_percents_finals_and_symbols():
    """Every branch and the final have percents; the final is shown and has a symbol, and nobody has a problem."""
    assert GRADED == grade_table(PLAN, TABLE).select(list(GRADED[0])).to_pylist()


def test_other_columns_pass_through():
    """What comes in comes out, in front and unchanged, the metadata of the table too."""
    table = TABLE.append_column("group", pa.array([[1], [2, 3], None])).replace_schema_metadata({"source": "registry"})
    graded = grade_table(PLAN, table)
    assert [*table.column_names, *GRADED[0]] == graded.column_names
    assert table.columns == graded.columns[: table.num_columns]
    assert b"registry" == graded.schema.metadata[b"source"]


@pytest.mark.parametrize(
    "table",
    [
        TABLE.to_reader(),
        pl.DataFrame(MARKS),
        pd.DataFrame(MARKS),
        narwhals.from_native(pl.DataFrame(MARKS)),
        DUCKDB.from_arrow(TABLE),
        pa.table(
            {name: pa.array(values).cast(pa.float32()) if name == "Exam" else values for name, values in MARKS.items()}
        ),
    ],
    ids=["reader", "polars", "pandas", "narwhals", "duckdb", "float32"],
)
def test_whatever_hands_over_arrow_is_a_table(table):
    """Streams, and tables of Polars, pandas, narwhals and DuckDB are graded like PyArrow's own."""
    assert GRADED == grade_table(PLAN, table).select(list(GRADED[0])).to_pylist()


def test_texts_of_a_view_are_read_and_pass_through():
    """Texts as Polars hands them over are read beside a mark that is none, and so are symbols of a category (TB2)."""
    scheme = GradeScheme.from_cutoffs({"A": 85, "F": 0})
    book = Gradebook([GradeItem("Quiz", 10), GradeItem("Essay", 10, kind=ItemKind.SELECTBOX, scheme=scheme)])
    names, symbols = ["ada", "a name of more than twelve bytes", "cyd"], ["A", None, "B"]
    for kind in (pl.String, pl.Categorical):
        frame = pl.DataFrame(
            {"learner": names, "Quiz": [8.0, float("nan"), 8.0], "Essay": pl.Series(symbols, dtype=kind)}
        )
        graded = grade_table(book, frame)
        assert names == graded["learner"].to_pylist()
        assert [
            None,
            "Quiz: 'nan' is not a number",
            "Essay: 'B' is no symbol of its scheme, which has: F, A",
        ] == graded["problem"].to_pylist()


def test_not_a_number_among_floats_of_few_digits_is_a_problem():
    """In columns of small floats what is no number is a problem of its learner, and of nobody else (TB1)."""
    exams = pa.array([72.9, float("nan"), None], pa.float32())
    graded = grade_table(PLAN, TABLE.set_column(TABLE.column_names.index("Exam"), "Exam", exams))
    assert ["84.60", None, "–"] == graded["final shown"].to_pylist()
    assert [None, "Exam: 'nan' is not a number", None] == graded["problem"].to_pylist()


@pytest.mark.parametrize("points", [10, 100, 10**4, 10**6, 10**9])
def test_items_of_any_size_are_read_exactly(points):
    """Marks of items with few points and with many are read alike, in few bits and in many."""
    book = Gradebook(
        [Category("Quizzes", [GradeItem(f"Quiz {nth}", points) for nth in range(12)], drop=DropRule(lowest=1))]
    )
    marks = [float(points) * share for share in (0, 0.25, 0.5, 1)]
    table = pa.table({f"Quiz {nth}": [*marks, None, -float(points) / 2] for nth in range(12)})
    graded = grade_table(book, table)
    assert [0.0, 25.0, 50.0, 100.0, None, -50.0] == graded["final"].to_pylist()


def test_a_stream_is_graded_as_it_is_read():
    """Batches come out one after the other, and are counted along."""
    stream = grade_batches(PLAN, TABLE)
    assert "Tally(learners=0, exact=0, problems=0)" == repr(stream.tally)
    batches = list(stream)
    assert GRADED == pa.Table.from_batches(batches).select(list(GRADED[0])).to_pylist()
    assert 3 == stream.tally.learners


def test_a_graded_stream_is_a_stream_of_arrow():
    """What comes out is handed on to whatever takes Arrow."""
    assert [each["final"] for each in GRADED] == pa.table(grade_batches(PLAN, TABLE))["final"].to_pylist()


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_small_batches_are_joined_and_large_ones_cut(threads):
    """The rows come out in order, whatever their batches were, by any number of threads."""
    exams = [float(each % 91) for each in range(70_000)]
    large = pa.table({"Exam": exams}).to_batches()
    small = pa.table({"Exam": exams[:100]}).to_batches(max_chunksize=7)
    graded = grade_table(PLAN, pa.Table.from_batches([*small, *large, *small]), threads=threads)
    expected = np.asarray([*exams[:100], *exams, *exams[:100]]) / 90 * 100
    assert np.allclose(expected, graded["final"])


def test_a_plan_is_made_ready_once():
    """Grading a second table by a plan finds it ready, for each policy and name of exemptions."""
    plan = compile_gradebook(BOOK)
    for policy in (None, UngradedPolicy.AS_ZERO, None):
        grade_table(plan, TABLE, ungraded=policy)
    assert [None, UngradedPolicy.AS_ZERO] == [ungraded for _, ungraded, _ in plan.kernels.kept]


def test_a_policy_is_one_of_those_there_are():
    """The policy for blanks may be stated by its value, as for one learner, and no other is taken."""
    by_value = grade_table(PLAN, TABLE, ungraded="as_zero")
    assert grade_table(PLAN, TABLE, ungraded=UngradedPolicy.AS_ZERO)["final"] == by_value["final"]
    with pytest.raises(DefinitionError) as refused:
        grade_table(PLAN, TABLE, ungraded="zero")
    assert [("wrong_type", "ungraded")] == [(each.code, each.path) for each in refused.value.problems]


def test_no_learner_is_a_table_too():
    """A table without a row has the columns all the same."""
    graded = grade_table(PLAN, TABLE.slice(0, 0))
    assert (0, [*TABLE.column_names, *GRADED[0]]) == (graded.num_rows, graded.column_names)


def test_a_bad_mark_is_the_problem_of_its_row():
    """Not-a-number, infinities and what is too large are problems of their rows, and the others are graded."""
    exams = [72.9, float("nan"), float("inf"), -float("inf"), 1e200, 45.0]
    graded = grade_table(PLAN, pa.table({"Exam": exams}))
    assert [81.0, None, None, None, None, 50.0] == graded["final"].to_pylist()
    assert [
        None,
        "Exam: 'nan' is not a number",
        "Exam: 'inf' is not a number",
        "Exam: '-inf' is not a number",
        "Exam: a number of more than 100 digits is beyond the bounds of a number here",
        None,
    ] == graded["problem"].to_pylist()
    assert {"learners": 6, "exact": 4, "problems": 4} == counts(graded)


def test_not_a_number_below_an_exemption_is_a_problem():
    """An exempt mark keeps its number, and so has to be one; what is under a null is nothing."""
    table = pa.table(
        {"Exam": pa.array([float("nan"), float("nan")], mask=np.array([False, True])), "Exam exempt": [True] * 2}
    )
    assert [True, False] == [each is not None for each in grade_table(PLAN, table)["problem"].to_pylist()]


@pytest.mark.parametrize(
    ("exam", "final"),
    [
        (pa.array([45, 30, None]), [50.0, 100 / 3, None]),
        (pa.array([45, 200], pa.uint8()), [50.0, 100.0]),
        (pa.array([-1000, 2**60], pa.int64()), [-10000 / 9, 100.0]),
        (pa.array([Decimal("45.000"), Decimal("0.045"), None]), [50.0, 0.05, None]),
        (pa.array([Decimal("45.12345"), Decimal("-9.00000")]), [4512345 / 90000, -10.0]),
        (pa.array([Decimal("1.5"), Decimal("1e29")], pa.decimal128(38, 1)), [5 / 3, 100.0]),
        (pa.array([4.5, 0.1, 1 / 3], pa.float32()), [5.0, 1 / 9, 0.33333334 / 0.9]),
        (pa.array(np.array([4.5, 9.0], np.float16)), [5.0, 10.0]),
        (pa.array([Decimal(900), None], pa.decimal128(10, -2)), [100.0, None]),
        (pa.array([4.5, 1 / 3], pa.float32()).dictionary_encode(), [5.0, 0.33333334 / 0.9]),
        (pa.RunEndEncodedArray.from_arrays([1, 3], [4.5, None]), [5.0, None, None]),
        (pa.nulls(2), [None, None]),
        (pa.array([4.5, 9.0]).dictionary_encode(), [5.0, 10.0]),
        (pa.array([44.99999999, 1e-9]), [44.99999999 / 0.9, 1e-9 / 0.9]),
        (pa.array([True, None]), [None, None]),
        (pa.array(["45"]), [None]),
        (pa.array([[45.0]]), [None]),
    ],
    ids=lambda each: str(getattr(each, "type", "")),
)
def test_numbers_of_any_type_are_read_exactly(exam, final):
    """Integers, floats of any size by their shortest text, and decimals are marks; truths and texts are none."""
    graded = grade_table(PLAN, pa.table({"Exam": exam}))
    assert np.allclose(
        [np.nan if each is None else each for each in final],
        [np.nan if each is None else each for each in graded["final"].to_pylist()],
        rtol=1e-15,
        equal_nan=True,
    )


def test_a_slice_of_a_table_is_read_from_where_it_begins():
    """Columns that begin anywhere, bits within a byte too, are read from there."""
    table = pa.concat_tables([TABLE] * 5).combine_chunks()
    for start in range(13):
        assert (GRADED * 5)[start:] == grade_table(PLAN, table.slice(start)).select(list(GRADED[0])).to_pylist()


def test_kinds_of_items_take_what_is_theirs():
    """Pass or fail takes truths, a selectbox symbols, a text item texts; what is none of an item's is a problem."""
    levels = GradeScheme.from_cutoffs({"good": 80, "fair": 50, "odd": Fraction(1, 3)})
    book = Gradebook(
        [
            GradeItem("Lab", 10, kind=ItemKind.PASS_FAIL),
            GradeItem("Poster", 10, kind=ItemKind.SELECTBOX, scheme=levels),
            GradeItem("Remark", kind=ItemKind.TEXT),
        ]
    )
    table = pa.table(
        {
            "Lab": [True, False, None, True],
            "Poster": pa.array(["fair", "good", "odd", "bad"]).dictionary_encode(),
            "Remark": ["late", None, "", "no"],
        }
    )
    graded = grade_table(book, table)
    assert [75.0, 40.0, 1 / 3, None] == graded["final"].to_pylist()
    assert [None, None, None] == graded["problem"].to_pylist()[:3]
    assert "Poster: 'bad' is no symbol of its scheme, which has: odd, fair, good" == graded["problem"][3].as_py()
    assert {"learners": 4, "exact": 2, "problems": 1} == counts(graded)
    assert {"learners": 1, "exact": 1, "problems": 1} == counts(
        grade_table(book, pa.table({"Lab": [1], "Remark": [5]}))
    )


def test_what_overrides_or_exempts_a_branch_is_graded_exactly():
    """A number for a formula, or an exemption of a category or the final, is that of the exact engine."""
    table = pa.table({"Exam": [45.0] * 3, "Quizzes exempt": [True, None, False], "final exempt": [False, True, False]})
    graded = grade_table(PLAN, table)
    assert [50.0, None, 50.0] == graded["final"].to_pylist()
    assert "the final grade cannot be exempt; exempt what it is made of" in graded["problem"][1].as_py()
    assert {"learners": 3, "exact": 2, "problems": 1} == counts(graded)
    formula = Gradebook([GradeItem("Exam", 10), FormulaItem("Twice", formula="[Exam.Percent] * 2", max_points=100)])
    graded = grade_table(formula, pa.table({"Exam": [5.0, 5.0], "Twice": [None, 70.0]}))
    assert {"learners": 2, "exact": 1, "problems": 0} == counts(graded)


def test_who_is_exempt_from_all_is_shown_so():
    """A final of which all is exempt is shown as exempt, and one of which nothing is graded is not."""
    graded = grade_table(
        Gradebook([GradeItem("Exam", 10)]), pa.table({"Exam": pa.nulls(3), "Exam exempt": [True, False, True]})
    )
    assert ["Exempt", "–", "Exempt"] == graded["final shown"].to_pylist()


def test_blanks_are_zero_beside_a_column_without_blanks():
    """Where everybody has one mark, blanks beside it are zero once something is graded, but for exemptions (U3)."""
    table = pa.table({"a": [5.0, 10.0, 0.0], "b": [None, 10.0, None], "b exempt": [False, False, True]})
    book = Gradebook([GradeItem("a", 10), GradeItem("b", 10)], ungraded=UngradedPolicy.AS_ZERO_ONCE_GRADED)
    assert [25.0, 100.0, 0.0] == grade_table(book, table)["final"].to_pylist()


def test_marks_of_six_decimals_are_read_in_tables():
    """A mark of up to six decimals is read in whole numbers at a finer scale, and one of more by the exact engine."""
    exams = [45.0, 44.999999, 1 / 3, 0.000001, None]
    graded = grade_table(PLAN, pa.table({"Exam": exams}))
    assert [50.0, 49.99999888888889, 0.37037037037037034, 1e-6 / 0.9, None] == graded["final"].to_pylist()
    assert ["F", "F", "F", "F", None] == graded["final symbol"].to_pylist()
    assert {"learners": 5, "exact": 1, "problems": 0} == counts(graded)


def test_a_policy_and_a_name_of_exemptions_can_be_given():
    """Blanks count as zero where that is asked for, and exemptions stand in columns of any name."""
    table = pa.table({"Quiz 1": [10.0, 10.0], "Exam": [None, None], "no Exam": [False, True]})
    graded = grade_table(PLAN, table, ungraded=UngradedPolicy.AS_ZERO, exempt="no {}")
    assert [20.0, 50.0] == graded["final"].to_pylist()


def test_what_is_not_lowered_is_graded_all_the_same():
    """A plan that no program says is graded by the exact engine, every learner of it."""
    book = Gradebook([Category("Quizzes", [GradeItem("a", 10), GradeItem("b", 20)], counts=False), GradeItem("c", 0)])
    graded = grade_table(book, pa.table({"a": [10.0, 1.0], "b": [5.0, float("nan")]}))
    assert [50.0, None] == graded["Quizzes"].to_pylist()
    assert {"learners": 2, "exact": 2, "problems": 1} == counts(graded)


@pytest.mark.parametrize(
    ("columns", "code", "path"),
    [
        ({"learner": ["ada"], "Exm": [5.0]}, "no_marks", ""),
        ({"learner": ["ada"]}, "no_marks", ""),
        ({"Exam": [5.0], "final": [50.0]}, "column_taken", "final"),
        ({"Exam": [5.0], "Quizzes": [50.0]}, "column_taken", "Quizzes"),
        ({"Exam": [5.0], "Exam exempt": ["yes"]}, "wrong_type", "Exam exempt"),
    ],
)
def test_a_table_that_cannot_be_graded_is_refused_at_once(columns, code, path):
    """A table without marks, with a column that comes out, or whose exemptions are no truths, is an error at once."""
    with pytest.raises(MarksError) as found:
        grade_batches(PLAN, pa.table(columns))
    assert (code, path) == (found.value.problems[0].code, found.value.problems[0].path)


def test_two_columns_of_one_name_are_refused():
    """Two columns with the name of an item are an error, and no mark is chosen from one of them."""
    with pytest.raises(MarksError, match="two columns of the table are called 'Exam'"):
        grade_table(PLAN, pa.table([[5.0], [6.0]], names=["Exam", "Exam"]))


def test_a_gradebook_that_cannot_be_compiled_is_refused():
    """What is wrong in a definition is said before any learner is graded."""
    with pytest.raises(DefinitionError):
        grade_table(Gradebook([GradeItem("a", -1)]), TABLE)


def test_a_tally_counts_from_nothing():
    """A tally begins with nobody."""
    assert (0, 0, 0) == (Tally().learners, Tally().exact, Tally().problems)
