# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A sheet of one's own becomes a gradebook of points and everybody's marks (J33)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import EXEMPT, Category, Gradebook, GradeItem, Severity, WeightedMean, grade
from gradecalc.lms import infer, read, reconcile
from gradecalc.lms.imported import Recorded
from gradecalc.lms.spreadsheet import read_csv

SHEET = """\
Student ID,Name,Quiz 1 (10),Essay / 20,Exam,Notes,Final
Out of,,,,50,,
17,Ada Byron,8.5,18,41,late once,84.38%
18,Eve Moon,EX,-,33,,66
Average,,8.5,18,37,,
"""
BOOK = Gradebook(
    [
        Category("Quizzes", [GradeItem("Quiz 1", 10)], weight=40),
        GradeItem("Essay", 20, weight=20),
        GradeItem("Exam", 50, weight=40),
    ],
    aggregation=WeightedMean(),
)


def codes(imported, severity=None):
    """Return the codes of the problems, of one severity if it is given."""
    return [each.code for each in imported.problems if severity in {None, each.severity}]


def maxima(imported):
    """Return what each item is out of, by its id."""
    return {item.id: item.max_points for item in imported.gradebook.children}


def test_a_sheet_that_states_its_maxima_is_read_without_a_definition():
    """A sheet is recognised by who its rows are of and what its columns are out of (J33)."""
    imported = read(SHEET)
    assert imported.system == "spreadsheet"
    assert imported.marks == {
        "17": {"Quiz 1": Fraction(17, 2), "Essay": 18, "Exam": 41},
        "18": {"Quiz 1": EXEMPT, "Exam": 33},
    }
    assert maxima(imported) == {"Quiz 1": 10, "Essay": 20, "Exam": 50}


@pytest.mark.parametrize(
    ("heading", "out_of"),
    [
        ("Quiz (10)", 10),
        ("Quiz [10]", 10),
        ("Quiz (out of 12.5)", Fraction(25, 2)),
        ("Quiz (20 pts)", 20),
        ("Quiz (max. 20)", 20),
        ("Quiz/5", 5),
        ("Quiz (%)", 100),
        ("Quiz (von 15 Punkte)", 15),
        ("Quiz (100%)", 100),
        ('"Quiz\n(10)"', 10),
        ("Quiz (Max: 20)", 20),
        ("Quiz (50 points possible)", 50),
        ("Quiz - out of 20", 20),
        ("Quiz: 20 points", 20),
    ],
)
def test_a_heading_says_what_its_column_is_out_of(heading, out_of):
    """The maximum stands behind the name, in brackets or after a stroke (J33)."""
    imported = read_csv(f"ID,{heading}\n17,3\n")
    assert {"Quiz": out_of} == maxima(imported)


def test_a_long_number_in_a_heading_is_no_maximum():
    """What has five digits is the number of something, and no maximum (J33)."""
    imported = read_csv("ID,Quiz (150834)\n17,3\n")
    assert {"Quiz (150834)": 0} == maxima(imported)
    assert codes(imported) == ["no_maximum", "not_in_export"]


def test_a_column_without_a_maximum_keeps_its_points_and_moves_no_grade():
    """Numbers of which nobody says what they are out of do not count, with the ways to say it (J33)."""
    imported = read_csv("ID,Quiz,Lab (10)\n17,3,5\n")
    assert imported.marks["17"] == {"Quiz": 3, "Lab": 5}
    assert grade(imported.gradebook, imported.marks["17"]).final.percent == 50
    assert "in a row 'Out of' below the headings" in str(imported.problems[0])


def test_a_row_below_the_headings_has_the_maxima():
    """The first cell of the row says so, with a colon or without, and only numbers count (J33)."""
    imported = read_csv("ID,Quiz,Lab,Talk\nPoints possible:,10,n/a,0\n17,3,5,1\n")
    assert maxima(imported) == {"Quiz": 10, "Lab": 0, "Talk": 0}


def test_rows_that_sum_the_class_up_are_no_learners():
    """An average is of nobody, and a notice says that it is not read (J33)."""
    imported = read(SHEET)
    assert list(imported.learners) == ["17", "18"]
    assert [str(each) for each in imported.problems if each.code == "summary_row"] == [
        "row 5: the row sums the class up, and is of no learner; it is not read"
    ]


def test_stated_finals_are_compared():
    """A final stands beside the marks, a percent with its sign or without it (J33)."""
    imported = read(SHEET)
    assert imported.finals == {
        "17": {"final": Recorded(percent=Fraction("84.38"))},
        "18": {"final": Recorded(percent=66)},
    }
    assert reconcile(imported).agree == ("17", "18")


@pytest.mark.parametrize(
    ("heading", "cell", "result"),
    [
        ("Total", "12", Recorded(points=12)),
        ("Letter grade", "B+", Recorded(symbol="B+")),
        ("Endnote", "85", Recorded(percent=85)),
    ],
)
def test_a_heading_says_what_a_final_is_given_in(heading, cell, result):
    """A total is in points, a letter is a symbol, and any other final a percent (J33)."""
    imported = read_csv(f"ID,Quiz (10),{heading}\n17,3,{cell}\n")
    assert imported.finals == {"17": {heading.casefold(): result}}


def test_an_item_of_the_gradebook_is_no_final_whatever_it_is_called():
    """Whose definition has an item 'Final' has marks in that column (J33)."""
    imported = read_csv("ID,Final\n17,30\n", gradebook=Gradebook([GradeItem("Final", 60)]))
    assert imported.marks == {"17": {"Final": 30}}
    assert imported.finals == {"17": {}}


def test_a_gradebook_says_which_columns_are_marks_and_what_they_are_out_of():
    """With a definition no heading needs a maximum, and numbers of no item are a problem (J33)."""
    imported = read("Email,Quiz 1,Exam,Bonus\nada@example.org,8,41,3\n", gradebook=BOOK)
    assert imported.system == "spreadsheet"
    assert imported.marks == {"ada@example.org": {"Quiz 1": 8, "Exam": 41}}
    assert codes(imported, Severity.ERROR) == ["unknown_column"]
    assert grade(imported.gradebook, imported.marks["ada@example.org"]).final.percent == 81


@pytest.mark.parametrize("heading", ["Quiz (2024)", "Quiz 9/12", "9/12"])
def test_a_year_and_a_date_are_no_maxima(heading):
    """What may be a year in brackets, or a date, says nothing of full marks (J33)."""
    assert maxima(read_csv(f"ID,{heading}\n17,3\n")) == {heading: 0}
    assert codes(read(f"ID,{heading},{heading} b\n17,3,1\n")) == ["no_maxima"]


def test_a_sheet_with_two_columns_behind_strokes_is_no_report_of_a_quiz():
    """A Moodle quiz has a grade and numbered questions, which alone make its report (J33)."""
    imported = read("ID,Essay / 20,Exam / 50\n17,8/20,41/50\n18,7,30\n")
    assert maxima(imported) == {"Essay": 20, "Exam": 50}
    assert "this is the report of one Moodle quiz" in str(read("Name,Grade/10,Q. 1 /5,Q. 2 /5\n").problems[0])


def test_a_maximum_of_the_final_alone_makes_no_sheet():
    """The report of a Moodle quiz without its questions has nothing that could be graded (J33)."""
    assert codes(read("Last name,First name,State,Grade/10.00\nByron,Ada,Finished,9.00\n")) == ["unknown_file"]
    assert maxima(read("ID,Final (60)\n17,50\n")) == {"Final": 60}


def test_a_row_of_nobody_that_has_words_is_no_second_row_of_headings():
    """Where no heading is lacking, words below the headings are of nobody, and nothing else (J35)."""
    imported = read("Student ID,Quiz (10),Exam (50)\n,see notes,\n17,8,40\n")
    assert (list(imported.marks), maxima(imported)) == (["17"], {"Quiz": 10, "Exam": 50})
    assert "note_row" in codes(imported)
    two = read("Student ID,Quiz (10),Exam (50)\n,week 1,week 2\n17,8,40\n")
    assert (list(two.marks), codes(two, Severity.ERROR)) == (["17"], ["no_learner_id"])


def test_a_learner_whose_cells_are_out_of_place_is_no_row_of_headings():
    """A row with marks below a heading that is lacking is somebody's, and its name is said nowhere (J28, J35)."""
    imported = read("Student ID,Name,,Quiz (10)\n,,Ada Byron,8\n18,Eve Moon,,9\n")
    assert (list(imported.marks), maxima(imported)) == (["18"], {"Quiz": 10})
    assert "no_learner_id" in codes(imported, Severity.ERROR)
    assert "Ada" not in str(imported.problems)
    alone = read("Student ID,Name,,Quiz (10)\n,,Ada Byron,\n18,Eve Moon,,9\n")
    assert "note_row" in codes(alone)
    assert "Ada" not in str(alone.problems)


def test_two_headings_with_words_in_brackets_are_not_of_moodle_where_maxima_are_stated():
    """A row `Out of` says whose sheet it is, before the form of its headings does (J33)."""
    imported = read("ID,Lab (Monday),Lab (Friday)\nOut of,10,20\n17,8,15\n")
    assert (imported.system, maxima(imported)) == ("spreadsheet", {"Lab (Monday)": 10, "Lab (Friday)": 20})


@pytest.mark.parametrize(
    "rows",
    ["Due,3 May,9 June\nOut of,10,50\n17,8,40\n", "17,8,40\nOut of,10,50\n", "Max,10,50\n17,8,40\nMax,8,40\n"],
)
def test_the_row_of_maxima_may_stand_below_others(rows):
    """Where the maxima stand among the rows makes no difference, save for a word that sums the class up (J33)."""
    imported = read(f"Student ID,HW,Exam\n{rows}")
    assert (imported.marks, maxima(imported)) == ({"17": {"HW": 8, "Exam": 40}}, {"HW": 10, "Exam": 50})


@pytest.mark.parametrize(
    "rows",
    [
        "Student ID,HW (10),Exam (50)\nWeight,40%,60%\n",
        "Student ID,HW (10),Exam (50)\nCoef,2,3\n",
        "Student ID,HW (10),Exam (50)\nWeights:,0.4,0.6\n",
        "Student ID,HW (10) [40%],Exam (50 pts; 60%)\n",
        "Student ID,HW (40%),Exam 60%\nOut of,10,50\n",
        "Student ID,HW (40%),Exam (60%)\n,10,50\n",
        "Student ID,HW (10),Exam (50)\n,40%,60%\n",
        "Student ID,HW,Exam\n,40%,60%\nOut of,10,50\n",
    ],
)
def test_what_columns_weigh_is_used_where_all_of_them_say_it(rows):
    """Weights stand in headings, or in a row of nobody by its first word or by its percents (J35)."""
    imported = read(f"{rows}17,8,40\n18,5,50\n")
    assert (maxima(imported), list(imported.marks)) == ({"HW": 10, "Exam": 50}, ["17", "18"])
    assert [grade(imported.gradebook, marks).final.percent for marks in imported.marks.values()] == [80, 80]


def test_weights_of_some_columns_are_not_used():
    """Where a column says nothing of what it weighs, points are added up, and a notice says so (J35)."""
    imported = read("Student ID,HW (10),Exam (50)\nWeight,40%,\n17,10,25\n")
    assert grade(imported.gradebook, imported.marks["17"]).final.percent == Fraction(175, 3)
    assert "weights_not_used" in codes(imported)


def test_a_bonus_needs_no_weight():
    """What is headed as a bonus adds by its maximum, and is none of what must weigh something (J35, J37)."""
    imported = read("Student ID,HW (10),Exam (50),Bonus quiz (5)\nWeight,40%,60%,\n17,10,50,5\n")
    assert [item.bonus for item in imported.gradebook.children] == [False, False, True]
    assert [item.weight for item in imported.gradebook.children] == [40, 60, None]


def test_extra_credit_out_of_nothing_adds_its_points():
    """Who has no extra credit loses nothing, and who has some has more points out of as many (J37)."""
    imported = read("Student ID,Exam (50),Extra credit,Total\n17,40,2,42\n18,45,,45\n")
    assert reconcile(imported).agree == ("17", "18")
    assert grade(imported.gradebook, imported.marks["17"]).final.percent == 84
    assert "bonus_column" in codes(imported)


def test_headings_in_two_rows_are_of_categories_and_items():
    """What stands above several headings is their category, and weighs what it says (J35)."""
    text = "Student ID,Homework{},,Exams{},\n,HW 1 (10),HW 2 (10),Midterm (50),Final exam (50)\n17,8,10,20,40\n"
    imported = read(text.format("", ""))
    assert [(each.name, len(each.children)) for each in imported.gradebook.children] == [("Homework", 2), ("Exams", 2)]
    assert grade(imported.gradebook, imported.marks["17"]).final.percent == 65
    weighed = read(text.format(" (50%)", " (50%)"))
    assert [each.name for each in weighed.gradebook.children] == ["Homework", "Exams"]
    assert grade(weighed.gradebook, weighed.marks["17"]).final.percent == 75


def test_weights_of_items_below_categories_are_of_the_whole():
    """Where items weigh something and what stands above them does not, there are no categories (J35)."""
    imported = read("Student ID,Work,,Exam\n,HW 1 (10) [20%],HW 2 (10) [20%],(50) [60%]\n17,10,0,50\n")
    assert [each.name for each in imported.gradebook.children] == ["HW 1", "HW 2", "Exam"]
    assert grade(imported.gradebook, imported.marks["17"]).final.percent == 80


def test_a_second_row_may_complete_headings():
    """A row that has no more than maxima in words belongs to the headings above (J33)."""
    imported = read("Student ID,Name,Quiz,Exam\n,,(10),50 points\n17,Ada Byron,8,40\n")
    assert maxima(imported) == {"Quiz": 10, "Exam": 50}
    assert [each.name for each in imported.learners.values()] == ["Ada Byron"]


def test_a_row_of_nobody_with_numbers_below_the_headings_has_the_maxima():
    """It is marks of somebody without a name where the headings say themselves what they are out of (J35)."""
    assert maxima(read("Student ID,Quiz,Exam\n,10,50\n17,8,40\n")) == {"Quiz": 10, "Exam": 50}
    assert "no_learner_id" in codes(read("Student ID,Quiz (10),Exam (50)\n,9,45\n17,8,40\n"))


def test_cells_say_what_they_are_out_of():
    """`8/10` is eight points out of ten, and all cells of a column that say it make its maximum (J36)."""
    imported = read("Student ID,Quiz,Exam,Total\n17,8/10,40 / 50,48\n18,9/10,EX,9\n19,7,30/50,37\n")
    assert maxima(imported) == {"Quiz": 10, "Exam": 50}
    assert imported.marks["17"] == {"Quiz": 8, "Exam": 40}
    assert reconcile(imported).agree == ("17", "18", "19")


def test_cells_that_say_another_maximum_are_problems():
    """One that its heading contradicts is no mark, and cells that contradict each other make no maximum (J36)."""
    imported = read("Student ID,Quiz (10)\n17,8/10\n18,8/20\n")
    assert (imported.marks["17"], imported.marks["18"]) == ({"Quiz": 8}, {"Quiz": "8/20"})
    assert [each.path for each in imported.problems if each.code == "wrong_value"] == ["row 3, column 'Quiz (10)'"]
    several = read("Student ID,Quiz,Lab (5)\n17,8/10,5\n18,8/20,4\n")
    assert "its cells say that it is out of 10 and of 20" in str(several.problems[0]) + str(several.problems[1])


def test_dates_are_no_maxima():
    """A column headed as one of dates says nothing of what it is out of (J33)."""
    imported = read("Student ID,Quiz (10),Date submitted\n17,8,9/12\n18,7,10/12\n")
    assert maxima(imported) == {"Quiz": 10}
    assert imported.learners["17"].groups == {"Date submitted": "9/12"}


def test_percents_are_out_of_100_where_all_work_is_in_percent():
    """A sheet whose work is all in percent needs no maxima, and a single column of percents has none (J33)."""
    imported = read("Email,Quiz,Exam,Overall\na@x.org,85%,90 %,87.5%\nb@x.org,70%,,70%\n")
    assert (maxima(imported), reconcile(imported).agree) == ({"Quiz": 100, "Exam": 100}, ("a@x.org", "b@x.org"))
    assert maxima(read("Email,Quiz,Exam\na@x.org,EX,90%\nb@x.org,80%,-\n")) == {"Quiz": 100, "Exam": 100}
    assert maxima(read("Email,Attendance,Exam (50)\na@x.org,95%,40\n")) == {"Attendance": 0, "Exam": 50}
    assert codes(read("Email,Attendance,Exam\na@x.org,95%,40\n")) == ["no_maxima"]


@pytest.mark.parametrize("heading", ["Room (12)", "Seat", "No.", "Group", "Period (2)", "Age"])
def test_what_is_headed_as_of_learners_is_no_work(heading):
    """A room, a group or an age stays with the learner, in numbers and whatever stands in brackets (J37)."""
    imported = read(f"Student ID,{heading},Quiz (10)\n17,5,8\n18,6,9\n")
    assert maxima(imported) == {"Quiz": 10}
    assert imported.learners["17"].groups == {heading: "5"}
    assert codes(read(f"Name,{heading}\nAda,5\n")) == ["unknown_file"]


def test_sums_of_other_columns_are_no_work():
    """A subtotal stays with the learner, and is counted nowhere; work may be called Total Recall (J37)."""
    imported = read("Student ID,HW 1 (10),HW 2 (10),HW total (20),Total Recall (5),Total (25)\n17,8,9,17,4,21\n")
    assert maxima(imported) == {"HW 1": 10, "HW 2": 10, "Total Recall": 5}
    assert imported.learners["17"].groups == {"HW total (20)": "17"}
    assert reconcile(imported).agree == ("17",)


def test_percents_beside_points_are_no_work():
    """A column that is headed as the percent of another, or as weighted, says what that says already (J37)."""
    imported = read("Student ID,Lab 1 (10),Lab 1 %,Exam (50),Exam weighted,Total,Total %\n17,8,80,40,48,48,80\n")
    assert maxima(imported) == {"Lab 1": 10, "Exam": 50}
    assert imported.learners["17"].groups == {"Lab 1 %": "80", "Exam weighted": "48"}
    assert imported.finals == {"17": {"total": Recorded(points=48), "total %": Recorded(percent=80)}}


def test_a_number_in_the_class_is_no_id_where_there_is_one():
    """A roll number names a learner who has no other id, and else stays with them (J33)."""
    imported = read("Roll No,Student ID,Quiz (10)\n1,1001,8\n2,,9\n")
    assert (list(imported.marks), imported.learners["1001"].groups) == (["1001", "2"], {"Number": "1"})
    assert codes(imported, Severity.ERROR) == []


def test_an_average_is_out_of_what_all_work_is():
    """A French mean is out of 20 by its heading, or because all marks are (J33)."""
    for heading in ("Moyenne", "Moyenne / 20"):
        imported = read(f"Matricule;Nom;DS 1 / 20;DS 2 / 20;{heading}\n1;Dupont;12,5;14;13,25\n")
        assert imported.finals == {"1": {"moyenne": Recorded(percent=Fraction(265, 4))}}
    assert read("ID,HW (10),Exam (50),Average\n17,8,40,80\n").finals == {"17": {"average": Recorded(percent=80)}}


def test_a_total_of_percents_is_a_percent():
    """Of a total in percent, in shares, or of work that is weighed, the points are not stated (J33)."""
    for cells in ("80%", "0.8"):
        assert read(f"ID,HW (10),Total\n17,8,{cells}\n").finals == {"17": {"total": Recorded(percent=80)}}
    weighed = read("ID,HW (10) [40%],Exam (50) [60%],Total\n17,8,40,80\n")
    assert weighed.finals == {"17": {"total": Recorded(percent=80)}}


def test_a_percent_stands_behind_a_symbol():
    """Of `A (90%)` the percent is compared (J33)."""
    assert read("ID,HW [10],Course grade\n17,9,A (90%)\n").finals == {"17": {"course grade": Recorded(percent=90)}}


def test_what_stands_below_the_learners_is_none_of_them():
    """Notes and sums of the class are noticed, by their words or because nothing else stands in their row (J37)."""
    below = ",Total,17,\n,Class average,8.5,\nHighest,,9,\n\nNotes:,,,\nEX is excused,,,\n,,,late work\n"
    imported = read(f"Student ID,Name,Quiz (10),Remark\n17,Ada Byron,8,\n18,Eve Moon,9,\n19,,,\n{below}")
    assert list(imported.marks) == ["17", "18", "19"]
    assert (codes(imported).count("summary_row"), codes(imported).count("note_row")) == (3, 3)
    assert codes(imported, Severity.ERROR) == []


def test_who_has_no_marks_is_kept_where_names_alone_are_known():
    """A name alone in a row among others is of somebody without marks, and below a blank row a note (J37)."""
    imported = read("Name,Quiz (10)\nAda Byron,8\nEve Moon,\n\nthanks\n")
    assert list(imported.marks) == ["row 2", "row 3"]
    assert "note_row" in codes(imported)


def test_names_that_stand_for_ids_are_none():
    """A column of single words that are written as names has no ids, and one line says it for all (J32)."""
    imported = read("ID,Quiz (10)\nAda,8\nBob,9\nEve,7\nMcAdam,6\n")
    assert list(imported.marks) == ["row 2", "row 3", "row 4", "row 5"]
    assert [str(each) for each in imported.problems if each.code == "name_for_id"] == [
        "row 1: what stands for ids may be names; 4 learners are known by rows, as 'row 2'; fill in the ids"
    ]
    assert list(read("ID,Quiz (10)\nabyron,8\nemoon,9\n").marks) == ["abyron", "emoon"]
    assert list(read("Username,Quiz (10)\nAda,8\n").marks) == ["Ada"]


def test_a_name_beside_a_first_name_is_a_last_name():
    """German lists have a name and a first name (J33)."""
    imported = read("Name;Vorname;Matrikel-Nr.;Test (10)\nMüller;Jörg;17;7,5\n")
    assert imported.learners["17"].name == "Jörg Müller"


def test_a_column_of_a_category_of_the_gradebook_is_compared_or_kept():
    """It is no mark: percents or points where it says which, and else kept with the learners (J37)."""
    for heading, cell, result in (("Quizzes", "80%", Recorded(percent=80)), ("Quizzes (10)", "8", Recorded(points=8))):
        imported = read(f"ID,Quiz 1,{heading},Essay,Exam\n17,8,{cell},20,41\n", gradebook=BOOK)
        assert (imported.recorded, codes(imported, Severity.ERROR)) == ({"17": {"Quizzes": result}}, [])
    kept = read("ID,Quiz 1,Quizzes,Exam\n17,8,80,41\n", gradebook=BOOK)
    assert (kept.recorded["17"], kept.learners["17"].groups) == ({}, {"Quizzes": "80"})
    assert codes(kept) == ["category_column"]


def test_a_sheet_without_any_item_of_the_gradebook_says_so():
    """Which columns there are is said where a definition knows none of them (J33)."""
    imported = read("ID,Test 1,Test 2\n17,8,9\n", "marks.csv", gradebook=BOOK)
    assert (codes(imported), imported.problems[0].path) == (["unknown_columns"], "marks.csv, row 1")
    assert "columns of numbers are 'Test 1', 'Test 2'" in imported.problems[0].message


@pytest.mark.parametrize("heading", ["Quiz (10)", "Quiz"])
def test_somebody_is_called_max(heading):
    """A row that says more of its learner than one word neither has the maxima nor sums the class up (J33)."""
    imported = read_csv(f"Vorname,Nachname,{heading}\nMax,Meyer,9\nMin,Li,8\n")
    assert list(imported.marks.values()) == [{"Quiz": 9}, {"Quiz": 8}]
    alone = read_csv("Name,Quiz (10)\nMax,9\nAda,8\n")
    assert (maxima(alone), codes(alone)[0]) == ({"Quiz": 10}, "summary_row")


def test_a_heading_final_that_is_out_of_something_is_an_exam():
    """It has marks, unless it is out of 100, or of as much as all other columns together (J33)."""
    assert maxima(read("ID,HW (10),Final (50)\n17,8,40\n")) == {"HW": 10, "Final": 50}
    stated = read("ID,HW (10),Lab (40),Final (50),Grade (4)\n17,8,32,40,3\n")
    assert stated.finals == {"17": {"final": Recorded(points=40), "grade": Recorded(points=3)}}
    assert read("ID,HW (10),Final (100)\n17,8,80\n").finals == {"17": {"final": Recorded(percent=80)}}


def test_a_final_of_words_alone_is_a_symbol():
    """Letters below `Grade` are symbols, and among numbers they are what they are not (J33)."""
    text = "ID,HW (10),Grade\n17,8,B\n18,-,-\n"
    assert read(text).finals == {"17": {"grade": Recorded(symbol="B")}, "18": {}}
    assert codes(read(f"{text}19,9,90\n"), Severity.ERROR) == ["wrong_value"]


def test_finals_from_0_to_1_are_shares():
    """A workbook has 0.8 where a cell shows 80 %, and one percent above 1 says that none is a share (J33)."""
    text = "ID,HW (10),Final\n17,8,0.8\n18,10,1\n19,,-\n"
    assert reconcile(read(text)).agree == ("17", "18")
    assert read(f"{text}20,9,90\n").finals["17"] == {"final": Recorded(percent=Fraction(4, 5))}
    assert read("ID,HW (10),Final\n17,8,0.8%\n").finals["17"] == {"final": Recorded(percent=Fraction(4, 5))}


def test_a_title_above_the_headings_is_none_of_them():
    """A class or a group alone says not whose a row is (J33)."""
    assert read("Class,10b\nTeacher,Ms Li\n\nID,HW (10)\n17,8\n").marks == {"17": {"HW": 8}}


def test_learners_without_an_id_are_known_by_their_rows():
    """A name is no id, so that no message has it; the number of the row is one (J33)."""
    imported = read("Name,Quiz (10)\nAda Byron,8\n,\nEve Moon,9\n")
    assert imported.marks == {"row 2": {"Quiz": 8}, "row 4": {"Quiz": 9}}
    assert [each.name for each in imported.learners.values()] == ["Ada Byron", "Eve Moon"]
    assert "no_id_column" in codes(imported)
    assert "Ada" not in repr(imported)


def test_a_row_that_says_nobody_is_not_read():
    """Marks of nobody are a problem of their row (J33)."""
    imported = read_csv("Name,Quiz (10)\nAda Byron,8\n,9\n")
    assert list(imported.marks) == ["row 2"]
    assert codes(imported, Severity.ERROR) == ["no_learner_id"]


def test_a_row_longer_than_the_headings_keeps_its_learner():
    """Cells under no heading are a problem, and whose they are is known by the row's number all the same (J33)."""
    imported = read_csv("Name,Quiz (10)\nAda Byron,8,7\n")
    assert list(imported.marks.values()) == [{"Quiz": 8}]
    assert list(imported.marks) == ["row 2"]
    assert codes(imported, Severity.ERROR) == ["cell_without_heading"]


def test_a_column_of_numbers_may_have_every_dash_there_is():
    """What is no grade in any file is none in a sheet either, and nothing is said of it (J21, J33)."""
    imported = read_csv("ID,Quiz,Lab (10)\n17,3,5\n18,--,6\n19,—,7\n")
    assert {"Quiz": 0, "Lab": 10} == maxima(imported)
    assert imported.marks["18"] == {"Lab": 6}
    assert "dash" not in codes(imported)


def test_a_column_of_words_is_kept_with_the_learners():
    """What has no numbers is not graded, and a notice says so (J33)."""
    imported = read(SHEET)
    assert imported.learners["17"].groups == {"Notes": "late once"}
    assert "other_column" in codes(imported)


def test_a_sheet_that_states_no_maxima_is_not_guessed_at():
    """Without maxima and without a definition nothing can be graded, and it is said what is missing (J33)."""
    imported = read("Name,Quiz,Exam\nAda Byron,8,41\n", "marks.csv")
    assert (imported.system, codes(imported)) == ("", ["no_maxima"])
    assert "marks.csv, row 1" == imported.problems[0].path
    assert "nothing says what 'Quiz', 'Exam' may be out of" in str(imported.problems[0])


def test_a_sheet_without_headings_says_which_ones_it_takes():
    """Where no row says who anybody is, there is nothing, and the problem names headings (J33)."""
    imported = read_csv("1,2\n3,4\n")
    assert (imported.marks, codes(imported)) == ({}, ["no_header"])
    assert "'Student ID' and 'HW 1 (10)'" in str(imported.problems[0])


def test_what_a_sheet_does_not_state_is_inferred_of_its_finals():
    """Blanks that counted as zero are found where stated finals say so (J33, J10)."""
    imported = read("ID,Quiz (10),Lab (10),Final\n17,8,,40\n18,9,7,80\n")
    found = infer(imported)
    assert [grade(found.candidates[0].gradebook, marks).final.percent for marks in imported.marks.values()] == [40, 80]


@given(st.text(max_size=80) | st.text(alphabet='ID,Name;Quiz(10)/Out of\n\t"0123456789.%', max_size=80))
def test_no_text_makes_reading_raise(text):
    """Whatever stands in a sheet, what it gives is a gradebook that can be graded, and problems (J33)."""
    for imported in (read_csv("ID,Quiz (10)\n" + text), read_csv(text, gradebook=BOOK)):
        assert all(grade(imported.gradebook, {}).layout.index for _ in imported.marks)
