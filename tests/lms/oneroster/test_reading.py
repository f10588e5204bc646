# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The gradebook service of a OneRoster archive becomes a gradebook and everybody's marks (I1 to I8)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    UNGRADED,
    Category,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    Severity,
    SumOfPoints,
    WeightedMean,
    compile_gradebook,
    grade,
)
from gradecalc.lms.oneroster import read

COMMON = "sourcedId,status,dateLastModified,"
HEADINGS = {
    "categories.csv": "title,weight",
    "lineItems.csv": "title,description,assignDate,dueDate,classSourcedId,categorySourcedId,"
    "academicSessionSourcedId,resultValueMin,resultValueMax,schoolSourcedId",
    "results.csv": "lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment,textScore",
    "scoreScales.csv": "title,type,orgSourcedId,courseSourcedId,classSourcedId,scoreScaleValue",
    "lineItemScoreScales.csv": "lineItemSourcedId,scoreScaleSourcedId",
    "resultScoreScales.csv": "resultSourcedId,scoreScaleSourcedId",
    "users.csv": "givenName,familyName,username,email,identifier",
    "enrollments.csv": "classSourcedId,schoolSourcedId,userSourcedId,role",
}
QUIZ = "q1,,,Quiz,,2026-01-05,2026-01-12,math,c1,term,0,10,school"
EXAM = "ex,active,2026-01-01,Exam,,2026-01-05,2026-01-12,math,c2,term,,100,school"


def files(**rows):
    """Return an archive of these rows, by the name of each file without its ending."""
    return {f"{name}.csv": "\r\n".join([COMMON + HEADINGS[f"{name}.csv"], *lines, ""]) for name, lines in rows.items()}


def problems(imported):
    """Return the codes and paths of everything that is reported."""
    return [(each.code, each.path) for each in imported.problems]


def results(*rows, lines=(QUIZ,), **others):
    """Return what is read of results in a quiz, or in these line items."""
    return read(files(lineItems=lines, results=rows, categories=["c1,,,Quizzes,", "c2,,,Exams,"], **others))


def test_exempt_not_submitted_and_zero_are_kept_apart():
    """An exemption, work that is not submitted, a zero and no result are four things (I3)."""
    imported = results(
        "r1,,,q1,s1,exempt,,,,",
        "r2,,,q1,s2,not submitted,,,,",
        "r3,,,q1,s3,fully graded,0,,,",
        "r4,,,ex,s4,fully graded,80,,,",
        lines=[QUIZ, EXAM],
    )
    assert {"s1": {"q1": EXEMPT}, "s2": {"q1": UNGRADED}, "s3": {"q1": 0}, "s4": {"ex": 80}} == imported.marks
    assert ([], "oneroster") == (problems(imported), imported.system)


def test_a_status_that_the_mark_alone_does_not_say_is_its_note():
    """Submitted work is ungraded, and a score that is not final counts; both say so in the note (I4)."""
    imported = results(
        "r1,,,q1,s1,submitted,,,,",
        "r2,,,q1,s2,partially graded,4,,,",
        "r3,,,q1,s3,not submitted,0,,,",
        "r4,,,q1,s4,fully graded,7.5,,well done,",
        "r5,,,q1,s5,exempt,3,,ill,",
        "r6,,,q1,s6,not submitted,,,away,",
    )
    assert {
        "s1": {"q1": Mark(note="submitted")},
        "s2": {"q1": Mark(4, note="partially graded")},
        "s3": {"q1": Mark(0, note="not submitted")},
        "s4": {"q1": Mark(Fraction(15, 2), note="well done")},
        "s5": {"q1": Mark(3, exempt=True, note="ill")},
        "s6": {"q1": Mark(note="away")},
    } == imported.marks


def test_a_score_of_work_that_is_only_submitted_does_not_count():
    """Work that is submitted is not graded yet, whatever stands beside it, which is noticed (I4)."""
    imported = results("r1,,,q1,s1,submitted,8,,,")
    assert {"s1": {"q1": Mark(note="submitted")}} == imported.marks
    assert [("not_yet_graded", "results.csv, row 2")] == problems(imported)


def test_weights_of_categories_make_a_weighted_mean():
    """Categories with weights count by them, and in each points are summed (I2)."""
    archive = files(lineItems=[QUIZ, EXAM], categories=["c1,,,Quizzes,40", "c2,,,Exams,60"])
    assert (
        Gradebook(
            [
                Category("Quizzes", [GradeItem("Quiz", 10, id="q1", min_points=0)], id="c1", weight=40,
                         aggregation=SumOfPoints()),
                Category("Exams", [GradeItem("Exam", 100, id="ex")], id="c2", weight=60, aggregation=SumOfPoints()),
            ],
            aggregation=WeightedMean(),
        )
        == read(archive).gradebook
    )  # fmt: skip


def test_without_weights_points_are_summed():
    """Where no category has a weight, the final is a sum of points (I2)."""
    assert SumOfPoints() == results(lines=[QUIZ, EXAM]).gradebook.aggregation


def test_the_first_version_is_read_too():
    """An archive of 1.1 names the grading period where 1.2 names a session."""
    text = files(lineItems=[QUIZ])["lineItems.csv"].replace("academicSessionSourcedId", "gradingPeriodSourcedId")
    assert [("q1", 10)] == [(each.id, each.max_points) for each in read({"lineItems.csv": text}).gradebook.children]


def test_folders_and_case_of_the_files_do_not_matter():
    """A file is known by its name without the folder, in any case."""
    archive = {f"export/{name.upper()}": text for name, text in files(lineItems=[QUIZ]).items()}
    assert ["q1"] == [each.id for each in read(archive).gradebook.children]


def test_what_is_to_be_deleted_is_not_read():
    """A row to be deleted is none, and is counted in a notice (I8)."""
    imported = results("r1,tobedeleted,2026-01-01,q1,s1,fully graded,5,,,", "r2,active,,q1,s2,fully graded,6,,,")
    assert {"s2": {"q1": 6}} == imported.marks
    assert [("to_be_deleted", "results.csv")] == problems(imported)


def test_a_score_outside_the_bounds_is_read_and_noticed():
    """A score above the maximum or below the minimum is kept, limited where it counts, and noticed (I7)."""
    imported = results("r1,,,q1,s1,fully graded,12,,,", "r2,,,q1,s2,fully graded,-1,,,")
    assert [("out_of_range", "results.csv, row 2"), ("out_of_range", "results.csv, row 3")] == problems(imported)
    assert 12 == imported.marks["s1"]["q1"]
    assert [100, 0] == [grade(imported.gradebook, imported.marks[each]).final.percent for each in ("s1", "s2")]


@pytest.mark.parametrize(
    "values", ["{A:90},{B:80}", "{90:A},{80:B}", "{A:90-100},{B:80-89}", " {A: 90 } , {B: 80} ", "{A:100-90},{B:89-80}"]
)
def test_a_score_scale_is_a_scheme(values):
    """A scale states, on either side, the percent at which each symbol starts, or a range of percents (I6)."""
    scales = [f'sc,,,Letters,percent,,,math,"{values}"']
    imported = results(scoreScales=scales, lineItemScoreScales=["k,,,q1,sc"])
    (category,) = imported.gradebook.children[:1]
    assert GradeScheme.from_cutoffs({"A": 90, "B": 80}, name="Letters") == category.children[0].scheme
    assert None is imported.gradebook.scheme


def test_the_scale_of_a_class_that_no_line_item_has_is_of_the_final():
    """The one scale of the class that is linked to nothing gives the final its symbols (I6)."""
    scales = ['sc,,,Letters,percent,,,math,"{A:90},{B:0}"', 'xx,,,Other,percent,,,art,"{P:50},{F:0}"']
    assert GradeScheme.from_cutoffs({"A": 90, "B": 0}, name="Letters") == results(scoreScales=scales).gradebook.scheme


def test_symbols_that_are_the_scores_make_a_selectbox():
    """Where text scores are symbols of the scale and no score says otherwise, they are the marks (I5)."""
    scales = {"scoreScales": ['sc,,,L,percent,,,math,"{A:90},{B:80}"'], "lineItemScoreScales": ["k,,,q1,sc"]}
    imported = results("r1,,,q1,s1,fully graded,,,,A", "r2,,,q1,s2,fully graded,8,,,B", **scales)
    assert ItemKind.SELECTBOX is imported.gradebook.children[0].children[0].kind
    assert {"s1": {"q1": "A"}, "s2": {"q1": "B"}} == imported.marks


def test_symbols_beside_scores_are_stated_and_nothing_more():
    """Where a score is not what its symbol is worth, the score is the mark and the symbol stands beside (I5)."""
    scales = {"scoreScales": ['sc,,,L,percent,,,math,"{A:90},{B:80}"'], "lineItemScoreScales": ["k,,,q1,sc"]}
    imported = results("r1,,,q1,s1,fully graded,9.5,,,A", **scales)
    assert {"s1": {"q1": Fraction(19, 2)}} == imported.marks
    assert ("A", 10) == (imported.recorded["s1"]["q1"].symbol, imported.recorded["s1"]["q1"].out_of)


def test_a_line_item_without_numbers_takes_text():
    """A line item that is out of nothing and has no score takes text; one with a score does not count (I5)."""
    lines = ["t,,,Remark,,,,math,,term,,,school", "n,,,Loose,,,,math,,term,,,school"]
    imported = results("r1,,,t,s1,fully graded,,,,fine", "r2,,,n,s1,fully graded,5,,,", lines=lines)
    remark, loose = imported.gradebook.children[:2]
    assert (ItemKind.TEXT, ItemKind.NUMERIC, False) == (remark.kind, loose.kind, loose.counts)
    assert {"s1": {"t": "fine", "n": 5}} == imported.marks
    assert [("no_maximum", "lineItems.csv, row 3"), ("out_of_range", "results.csv, row 3")][:1] == problems(imported)


def test_learners_are_those_enrolled_as_students_and_those_with_results():
    """Who is enrolled in the class is a learner, with a name where there is a list of users; no text shows it."""
    people = {
        "users": ["s1,,,Ada,Byron,ada,ada@example.org,17", "t1,,,Eve,Moon,,,"],
        "enrollments": ["e1,,,math,school,s1,student", "e2,,,math,school,t1,teacher", "e3,,,art,school,s9,student"],
    }
    imported = results("r1,,,q1,s2,fully graded,5,,,", **people)
    assert {"s1": {}, "s2": {"q1": 5}} == imported.marks
    assert ("Ada Byron", "ada@example.org", "17") == (
        imported.learners["s1"].name,
        imported.learners["s1"].email,
        imported.learners["s1"].institution_id,
    )
    assert "Byron" not in repr(imported)


def test_one_class_is_read():
    """Of an archive of several classes the one that was asked for is read, else the first, with a problem (I1)."""
    archive = files(
        lineItems=[QUIZ, EXAM.replace("math", "art")],
        results=["r1,,,q1,s1,fully graded,5,,,", "r2,,,ex,s1,fully graded,70,,,"],
        categories=["c1,,,Quizzes,", "c2,,,Exams,"],
    )
    assert {"s1": {"ex": 70}} == read(archive, class_id="art").marks
    first = read(archive)
    assert ({"s1": {"q1": 5}}, [("several_classes", "lineItems.csv")]) == (first.marks, problems(first))
    assert [("unknown_class", "lineItems.csv")] == problems(read(archive, class_id="chess"))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"results": ["r1,,,q9,s1,fully graded,5,,,"]}, ("unknown_line_item", "results.csv, row 2")),
        ({"results": ["r1,,,q1,s1,graded,5,,,"]}, ("wrong_value", "results.csv, row 2, column 'scoreStatus'")),
        ({"results": ["r1,,,q1,s1,fully graded,five,,,"]}, ("wrong_value", "results.csv, row 2, column 'score'")),
        ({"results": ["r1,,,q1,s1,fully graded,,,,"]}, ("no_score", "results.csv, row 2")),
        ({"results": ["r1,,,q1,s1,fully graded,,,,A"]}, ("text_score", "results.csv, row 2")),
        ({"results": ["r1,,,q1,,fully graded,5,,,"]}, ("missing", "results.csv, row 2, column 'studentSourcedId'")),
        ({"results": ["r,,,q1,a,exempt,,,,", "r,,,q1,b,exempt,,,,"]}, ("duplicate_id", "results.csv, row 3")),
        ({"results": ["r,,,q1,a,exempt,,,,", "s,,,q1,a,exempt,,,,"]}, ("duplicate_result", "results.csv, row 3")),
        ({"results": ["r,gone,,q1,a,exempt,,,,"]}, ("wrong_value", "results.csv, row 2, column 'status'")),
        ({"categories": ["c9,,,Quizzes,"]}, ("unknown_category", "lineItems.csv, row 2")),
        ({"categories": ["c1,,,Quizzes,x"]}, ("wrong_value", "categories.csv, row 2, column 'weight'")),
        ({"lineItemScoreScales": ["k,,,q1,zz"]}, ("unknown_scale", "lineItemScoreScales.csv, row 2")),
        ({"resultScoreScales": ["k,,,r1,zz"]}, ("unknown_scale", "resultScoreScales.csv, row 2")),
        ({"scoreScales": ["s,,,L,percent,,,math,{A:B}"]}, ("unusable_scale", "scoreScales.csv, row 2")),
        (
            {"scoreScales": ["s,,,L,percent,,,math,A=90"]},
            ("wrong_value", "scoreScales.csv, row 2, column 'scoreScaleValue'"),
        ),
        ({"lineItems": [QUIZ.replace("0,10,", "11,10,")]}, ("contradiction", "lineItems.csv, row 2")),
    ],
)
def test_what_cannot_be_used_is_a_problem_with_its_file_row_and_column(rows, expected):
    """Each thing that is amiss is reported where it stands, and the rest is read."""
    imported = read(files(**{"lineItems": [QUIZ], "categories": ["c1,,,Quizzes,"], **rows}))
    assert expected in problems(imported)
    compile_gradebook(imported.gradebook)


def test_what_is_said_beside_the_score_is_noticed():
    """That work is late, missing, incomplete or in progress changes no score, and is counted in a notice (I4)."""
    header = COMMON + HEADINGS["results.csv"] + ",classSourcedId,inProgress,incomplete,late,missing"
    archive = files(lineItems=[QUIZ]) | {"results.csv": header + "\nr1,,,q1,s1,fully graded,5,,,,math,,,true,false\n"}
    assert ("said_late", "results.csv") in problems(read(archive))


def test_the_manifest_says_what_is_amiss_with_the_archive():
    """An archive of changes alone, and one of another version, are noticed."""
    manifest = "propertyName,value\noneroster.version,2.0\nfile.results,delta\n"
    imported = read(files(lineItems=[QUIZ.replace("c1", "")]) | {"manifest.csv": manifest})
    assert [("other_version", "manifest.csv, row 2"), ("changes_alone", "manifest.csv, row 3")] == problems(imported)
    assert {Severity.NOTICE} == {each.severity for each in imported.problems}


@pytest.mark.parametrize("content", [None, "text", {}, {"results.csv": 5}, {5: "x"}, {"lineItems.csv": b"\xff\xfe"}])
def test_what_is_no_archive_is_a_problem(content):
    """Anything else than texts by the names of files is a problem and no error."""
    imported = read(content)
    assert (Gradebook(), {}) == (imported.gradebook, imported.marks)
    assert imported.problems


@given(
    st.dictionaries(
        st.sampled_from(sorted(HEADINGS)), st.text(st.sampled_from('q1sc,{}:"\n;-0.5 exempt'), max_size=60), max_size=5
    )
)
def test_nothing_in_the_files_makes_reading_raise(rows):
    """Whatever stands in the rows, a gradebook comes out that compiles."""
    archive = {name: f"{COMMON}{HEADINGS[name]}\n{text}" for name, text in rows.items()}
    compile_gradebook(read(archive).gradebook)


@given(st.dictionaries(st.sampled_from(sorted(HEADINGS)), st.binary(max_size=60), max_size=4))
def test_no_bytes_make_reading_raise(content):
    """Whatever the bytes of an archive are, a gradebook comes out that compiles."""
    compile_gradebook(read(content).gradebook)
