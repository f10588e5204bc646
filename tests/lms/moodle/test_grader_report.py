# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Moodle's grader report becomes items and marks, whatever its language, and says what it does not say."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import Gradebook, GradeItem, Mean, Severity, SumOfPoints, compile_gradebook, grade
from gradecalc.lms import reconcile
from gradecalc.lms.imported import Recorded
from gradecalc.lms.moodle import read_csv

WHO = "First name,Last name,ID number,Institution,Department,Email address"
ADA = "Ada,Byron,17,Oak,Maths,ada@example.org"
EVE = "Eve,Moon,18,,,eve@example.org"


def read(*lines, **how):
    """Return what is read of these lines."""
    return read_csv("\n".join(lines), **how)


def errors(imported):
    """Return the codes and paths of what is no notice."""
    return [(each.code, each.path) for each in imported.problems if each.severity is Severity.ERROR]


def codes(imported):
    """Return the codes of all problems but that of every report."""
    return [each.code for each in imported.problems if each.code != "not_in_export"]


def test_points_are_marks_and_totals_stand_beside():
    """An item is called as its heading says; what nothing gives a maximum has points and moves no grade."""
    imported = read(
        f"{WHO},Quiz: Vectors (Real),Unit 1: Sheets total (Real),Course total (Real),Course total (Letter),Downloaded",
        f"{ADA},8.50,12.00,91.00,A,1700000000",
        f"{EVE},-,,,,1700000000",
    )
    assert ("moodle", []) == (imported.system, errors(imported))
    assert {"17": {"Quiz: Vectors": Fraction(17, 2)}, "18": {}} == imported.marks
    assert {"17": {"course total": Recorded(91, symbol="A")}, "18": {}} == imported.finals
    assert {"17": {"Unit 1: Sheets": Recorded(12)}, "18": {}} == imported.subtotals
    report = grade(imported.gradebook, imported.marks["17"])
    assert (Fraction(17, 2), None) == (report["Quiz: Vectors"].points, report.final.percent)
    assert ["no_maximum"] == codes(imported)


def test_maxima_are_said_by_name_or_by_a_definition():
    """The name may be with the kind of activity before it, or without."""
    lines = (f"{WHO},Quiz:Vectors (Real)", f"{ADA},8.50")
    for name in ("Quiz:Vectors", "Vectors"):
        imported = read(*lines, maxima={name: 10})
        assert (85, []) == (grade(imported.gradebook, imported.marks["17"]).final.percent, codes(imported))
    book = Gradebook([GradeItem("Vectors", 10)])
    imported = read(*lines, gradebook=book)
    assert (book, {"Vectors": Fraction(17, 2)}, []) == (imported.gradebook, imported.marks["17"], codes(imported))


def test_points_are_added_up_where_nothing_has_a_maximum():
    """The final has points and no percent, and is compared with the total that is stated in points (J4, J23)."""
    imported = read(
        f"{WHO},Quiz: Vectors (Real),Essay (Real),Course total (Real)",
        f"{ADA},8.50,7.25,15.75",
        f"{EVE},-,3.00,4.00",
    )
    final = grade(imported.gradebook, imported.marks["17"]).final
    assert (Fraction(63, 4), None) == (final.points, final.percent)
    compared = reconcile(imported)
    assert (("17",), ["18"]) == (compared.agree, [each.learner for each in compared.differ])
    assert "points" in str(compared.differ[0].why)


@pytest.mark.parametrize(
    ("points", "percents", "out_of"),
    [
        (["8.33", "5.00"], ["83.33 %", "50.00 %"], 10),
        (["45.00"], ["90.00 %"], 50),
        (["8.33", "5.00"], ["83.33 %", "40.00 %"], None),
        (["0.00", "-"], ["0.00 %", "-"], None),
    ],
)
def test_points_and_percents_beside_each_other_say_the_maximum(points, percents, out_of):
    """It is worked out where one whole number fits all of them, and said; else the item has none (J24)."""
    rows = [f"1{n},{each},{share},2.50,10.00 %" for n, (each, share) in enumerate(zip(points, percents, strict=True))]
    both = "Quiz: V (Real),Quiz: V (Percentage),Quiz: W (Real),Quiz: W (Percentage)"
    imported = read(f"ID number,{both}", *rows)
    assert ({"maximum_computed"} if out_of else {"maximum_computed", "no_maximum"}) == {*codes(imported)}
    assert ((out_of or 0), out_of is not None) == (
        imported.gradebook.children[0].max_points,
        imported.gradebook.children[0].counts,
    )


def test_percents_alone_are_marks_out_of_a_hundred():
    """Percents of a known item are of its maximum."""
    lines = ("ID number,Quiz: V (Percentage)", "17,85.50 %")
    assert {"Quiz: V": Fraction(171, 2)} == read(*lines).marks["17"]
    assert {"V": Fraction(171, 20)} == read(*lines, gradebook=Gradebook([GradeItem("V", 10)])).marks["17"]


def test_letters_alone_do_not_count_and_feedback_stands_beside():
    """Feedback stands beside the marks, and is a notice where it is of a total or there is no grade beside it (J31)."""
    imported = read("ID number,Quiz: V (Letter),Quiz: W (Percentage),Quiz: W (Feedback)", "17,B+,50 %,well done")
    assert {"Quiz: V": "B+", "Quiz: W": 50} == imported.marks["17"]
    assert (["symbols_without_scheme"], {"17": {"Quiz: W": "well done"}}) == (codes(imported), imported.feedback)
    heads = "ID number,Quiz: V (Real),Quiz: W (Feedback),Quiz: V (Feedback),Course total (Real),Course total (Feedback)"
    imported = read(heads, "17,3,no grade,-,3,fine", "18,4,,**** see me,4,")
    assert {"18": {"Quiz: V": "**** see me"}} == imported.feedback
    assert ["row 1, column 'Course total (Feedback)'", "row 1, column 'Quiz: W (Feedback)'"] == [
        each.path for each in imported.problems if each.code == "feedback"
    ]


def test_a_scale_is_kept_as_text():
    """Words in every cell of points are those of a scale, which the report does not have."""
    imported = read("ID number,Essay (Real)", "17,Good", "18,-")
    assert ({"17": {"Essay": "Good"}, "18": {}}, ["symbols_without_scheme"]) == (imported.marks, codes(imported)[:1])


def test_a_text_among_points_is_a_problem_of_its_cell():
    """It stays as it is, so that this learner alone has no grade."""
    imported = read("ID number,Essay (Real)", "17,inválida", "18,7")
    assert [("wrong_value", "row 2, column 'Essay (Real)'")] == errors(imported)


@pytest.mark.parametrize(
    ("header", "row", "id_"),
    [
        ("Nombre,Apellido(s),Número de ID,Dirección de correo,Tarea:Uno (Real)", "Ada,Byron,17,a@b.c,7", "17"),
        ("Vorname,Nachname,ID-Nummer,Einrichtung,Abteilung,E-Mail,Test: Eins (Punkte)", "Ada,Byron,17,,,a@b.c,7", "17"),
        ("a,b,c,d,e,f,Uno (Real)", "Ada,Byron,17,,,a@b.c,7", "17"),
        ("Adresa e-mail,Sarcină: Unu (Real)", "a@b.c,7", "a@b.c"),
        ("ID number,Nalog: Ena (Dejansko),Nalog: Dva (Dejansko)", "17,7,8", "17"),
    ],
)
def test_headings_may_be_in_any_language(header, row, id_):
    """Who a learner is is known by words of many languages, or by the place of the columns, or by an at sign."""
    imported = read(header, row)
    assert ([id_], []) == (list(imported.marks), errors(imported))
    assert 7 == next(iter(imported.marks[id_].values()))


def test_learners_have_names_and_groups_that_no_text_shows():
    """Columns that are not graded say what a learner is in."""
    imported = read(f"{WHO},Lab sec,Essay (Real)", f"{ADA},Red,7")
    ada = imported.learners["17"]
    assert ("Ada Byron", {"Institution": "Oak", "Department": "Maths", "Lab sec": "Red"}) == (ada.name, ada.groups)
    assert "Byron" not in repr(imported)
    assert "Red" not in repr(imported)


def test_decimal_commas_are_read():
    """Semicolons part the cells then, or quotation marks are around them (J27)."""
    assert {"17": {"V": Fraction(17, 2)}} == read("ID number;V (Real)", "17;8,50").marks
    assert {"17": {"V": Fraction(17, 2)}} == read("ID number,V (Real)", '17,"8,50"').marks


def test_a_column_that_stands_twice_is_read_once():
    """The first holds."""
    imported = read("ID number,V (Real),V (Real)", "17,8,9")
    assert ({"V": 8}, [("duplicate_column", "row 1, column 'V (Real)'")]) == (imported.marks["17"], errors(imported))


@given(st.binary(max_size=60) | st.text(max_size=60), st.booleans())
def test_no_text_makes_it_raise(text, below):
    """Whatever the bytes are, there is a gradebook that compiles."""
    head = f"{WHO},V (Real),V (Percentage),Course total (Real)\n"
    head = head.encode() if isinstance(text, bytes) else head
    compile_gradebook(read_csv(head + text if below else text).gradebook)


IN_OTHER_LANGUAGES = {
    "pt": (
        "Nome,Apelido,Número de ID,Instituição,Departamento,Endereço de e-mail",
        "Teste,Total da categoria Fichas,Total da disciplina,Real",
    ),
    "fr": (
        "Prénom,Nom,Numéro d’identification,Institution,Département,Courriel",
        "Test,Total Fiches,Total du cours,Brut",
    ),
    "it": ("Nome,Cognome,Codice identificativo,Istituzione,Dipartimento,Email", "Quiz,Totale A,Totale corso,Punteggio"),
    "nl": ("Voornaam,Achternaam,ID-nummer,Instelling,Afdeling,E-mailadres", "Test,Werk totaal,Cursustotaal,Werkelijk"),
    "de": ("Vorname,Nachname,ID-Nummer,Institution,Abteilung,E-Mail", "Test,Summe Blätter,Summe für den Kurs,Punkte"),
    "sv": ("Förnamn,Efternamn,ID-nummer,Institution,Avdelning,E-postadress", "Test,Läxor totalt,Kurs totalt,Reell"),
    "cs": ("Křestní jméno,Příjmení,Kód,Instituce,Oddělení,E-mail", "Test,Úkoly celkem,Celkem v kurzu,Skutečné"),
    "ru": (
        "Имя,Фамилия,Номер,Учреждение,Отдел,Почта",
        "Тест,Итоговая оценка за категорию ДЗ,Итоговая оценка за курс,Балл",
    ),
    "fi": ("Etunimi,Sukunimi,Tunnus,Laitos,Osasto,Sähköposti", "Tentti,Tehtävät total,Lopullinen,Todellinen"),
}


@pytest.mark.parametrize("language", IN_OTHER_LANGUAGES)
def test_a_report_in_another_language_is_read_as_one_in_english(language):
    """Who somebody is, which are totals, and what is in points: by words that are known, or by place and form."""
    who, graded = IN_OTHER_LANGUAGES[language]
    activity, category, course, points = graded.split(",")
    headings = ",".join(f"{each} ({points})" for each in (f"{activity}: V", f"{activity}: W", category, course))
    imported = read(f"{who},{headings}", f"{ADA},8.50,7.00,15.50,15.50", f"{EVE},1.00,-,1.00,1.00")
    assert {f"{activity}: V": Fraction(17, 2), f"{activity}: W": 7} == imported.marks["17"]
    ada = imported.learners["17"]
    assert ("Ada Byron", "ada@example.org", 1) == (ada.name, ada.email, len(imported.recorded["17"]))
    assert {"course total": Recorded(Fraction(31, 2))} == imported.finals["17"]
    assert ("17", "18") == reconcile(imported).agree
    assumed = [each.code for each in imported.problems if each.code == "total_assumed"]
    assert (["total_assumed"] if language == "fi" else []) == assumed


def test_an_item_may_be_called_total_recall():
    """A word with which totals end in a file begins none of them, whether or not the course's total is there (J34)."""
    for last, column in (("Course total", "course total"), ("Films total", "Films")):
        imported = read(f"ID number,Quiz: V (Real),Total Recall (Real),{last} (Real)", "17,8.00,9.00,17.00")
        assert {"Quiz: V": 8, "Total Recall": 9} == imported.marks["17"]
        assert Recorded(17) == {**imported.finals["17"], **imported.recorded["17"]}[column]
    imported = read("ID number,Quiz: V (Real),Total Fiches (Real),Total du cours (Real)", "17,8.00,8.00,8.00")
    assert {"Quiz: V": 8} == imported.marks["17"]


def test_the_last_column_of_an_unknown_language_may_be_of_an_activity():
    """Then nothing is taken for the total of the course."""
    imported = read("Tunnus,Tentti: V (Todellinen),Tentti: W (Todellinen)", "17,8,9")
    assert {} == imported.finals.get("17", {})
    assert "total_assumed" not in codes(imported)


def test_words_for_points_are_found_beside_known_words_for_percents():
    """The commonest word that is not known stands for points where none is known that does."""
    imported = read("ID-nummer,Lab (A),Quiz: V (Reel),Quiz: V (Procent),Quiz: W (Reel)", "17,x,8.00,80.00 %,5.00")
    assert {"Quiz: V": 8, "Quiz: W": 5} == imported.marks["17"]
    assert {"Lab (A)": "x"} == imported.learners["17"].groups


def test_items_are_in_the_category_whose_total_they_have():
    """A total's items are the last before it, as a sum or as a mean (J34)."""
    heads = ",".join(
        f"{each} ({part})"
        for each in ("Quiz: A", "Quiz: B", "Quiz: C", "Sheets total", "Quiz: D", "Quiz: E", "Labs total")
        for part in (("Real",) if "total" in each else ("Real", "Percentage"))
    )
    imported = read(
        f"ID number,{heads},Course total (Real)",
        "17,9.00,90.00 %,5.00,50.00 %,8.00,40.00 %,13.00,5.00,50.00 %,8.00,80.00 %,65.00,87.00",
        "18,8.00,80.00 %,6.00,60.00 %,-,-,6.00,9.00,90.00 %,7.00,70.00 %,80.00,94.00",
    )
    first, sheets, labs = imported.gradebook.children
    assert ("Quiz: A", ["Quiz: B", "Quiz: C"]) == (first.id, [each.id for each in sheets.children])
    assert (SumOfPoints(), Mean(), "Labs") == (sheets.aggregation, labs.aggregation, labs.id)
    assert ("17", "18") == reconcile(imported).agree
    assert "groups_found" in codes(imported)
