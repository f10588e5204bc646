# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Any file or document of grades is recognised and read, and what is none is told apart by name."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import Gradebook, GradeItem, Severity, compile_gradebook, lms

FILES = {
    "gradescope": "Name,SID,Email,Lab 1,Lab 1 - Max Points\nAda Byron,17,a@b.c,8,10\n",
    "blackboard": "Last Name,First Name,Username,Student ID,Lab 1 [Total Pts: 10 Score] |51772\nByron,Ada,17,1,8\n",
    "canvas": "Student,ID,SIS User ID,SIS Login ID,Section,Lab 1 (3)\n    Points Possible,,,,,10\nAda,17,,,,8\n",
    "openedx": "Student ID,Email,Username,Grade,Lab 1: A,Lab (Avg),Enrollment Track\n17,a@b.c,ada,1,1,1,audit\n",
    "brightspace": "OrgDefinedId,Username,Lab 1 Points Grade <Numeric MaxPoints:10>\n#17,#a,8\n",
    "moodle": "Nombre,Apellido(s),Número de ID,Tarea: Uno (Real),Total del curso (Real)\nAda,Byron,17,8,8\n",
}
DOCUMENTS = {
    "canvas": {"assignment_groups": [{"id": 1, "name": "Work", "assignments": []}]},
    "openedx": {"GRADER": [], "GRADE_CUTOFFS": {}},
    "moodle": {"usergrades": []},
    "brightspace": {"grade_objects": []},
}
OTHERS = {
    "Moodle assignment": [
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Feedback comments",
        "Identificador,Nombre completo,Estado,Calificación,Calificación máxima,La calificación puede ser cambiada",
        "Identifikation,Name,E-Mail,Status,Bewertung,Max,Änderbar\nTeilnehmer/in 1234,A,a@b.c,,1,2,Ja",
    ],
    "Moodle quiz": ["Last name;First name;Email address;State;Grade/10.00;Q. 1 /1.54;Q. 2 /1.54"],
    "Gradescope assignment": ["Name,SID,Email,Total Score,Max Points,Status,Submission ID,Submission Time"],
    "Canvas quiz": ["name,id,sis_id,section,submitted,attempt,1: Why?,1.0,n correct,n incorrect,score"],
    "single problems": ["Student ID,Email,Username,Grade,Lab 1: A - Q (Earned),Lab 1: A - Q (Possible)"],
    "OneRoster": ["sourcedId,status,dateLastModified,title,weight"],
    "Brightspace's data sets": [
        "GradeObjectId,OrgUnitId,UserId,PointsNumerator,IsDropped,IsExempt,IsReleased,GradeText",
        "GradeSchemeId,SymbolString,AssignedValue,RangeStart",
    ],
    "registrar": ["Term Code,CRN,Student ID,Final Grade"],
    "web page": ["<!DOCTYPE html><html><body>Log in</body></html>"],
    "name of a file": ["grades.csv", "Spring 2026/Biology.XLSX"],
    "XML": ["<?xml version='1.0'?><results></results>"],
}


def test_of_several_files_it_is_said_which_is_known():
    """A folder of Brightspace's data sets is no archive of OneRoster, and it is said what a file in it is."""
    folder = {"Users.csv": "UserId,UserName\n", "GradeObjects.csv": "GradeObjectId,OrgUnitId,Name\n"}
    assert [problem.code for problem in lms.read(folder).problems] == ["not_an_archive"]
    assert "GradeObjects.csv is one of Brightspace's data sets" in str(lms.read(folder).problems[0])


@pytest.mark.parametrize("system", FILES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", None])
def test_a_file_is_known_by_its_headings(system, encoding):
    """Whatever its encoding, a file is read as that of the system that wrote it."""
    text = FILES[system]
    imported = lms.read(text if encoding is None else text.encode(encoding), name="grades.csv")
    assert (system, ["17"]) == (imported.system, list(imported.marks))
    assert 8 in imported.marks["17"].values() or system == "openedx"


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("system", FILES)
def test_cells_may_be_parted_otherwise(system, delimiter):
    """Semicolons and tabs are found, and blank lines above do not matter."""
    imported = lms.read("\n\n" + FILES[system].replace(",", delimiter))
    assert (system, ["17"]) == (imported.system, list(imported.marks))


def cells_of(text):
    """Return the rows of a text as cells; no cell of these has a comma in it."""
    return [line.split(",") for line in text.splitlines()]


SAVED = {
    "with a mark": lambda text: f"\ufeff{text}".encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "semicolons": lambda text: text.replace(",", ";"),
    "tabs": lambda text: text.replace(",", "\t"),
    "sep=": lambda text: "sep=;\n" + text.replace(",", ";"),
    "blank rows": lambda text: ",,\n\n" + text.replace("\n", "\n\n"),
    "a title": lambda text: "Grades of the spring,,\n" + text,
    "quoted after blanks": lambda text: "\n".join(", ".join(f'"{cell}"' for cell in row) for row in cells_of(text)),
    "trailing columns": lambda text: text.replace("\n", ",,,\n"),
    "carriage returns": lambda text: text.replace("\n", "\r"),
}


@pytest.mark.parametrize("saved", SAVED)
@pytest.mark.parametrize("system", FILES)
def test_a_file_is_read_however_it_was_saved(system, saved):
    """What a spreadsheet puts around the cells changes neither marks nor finals, and is no error."""
    whole, imported = lms.read(FILES[system]), lms.read(SAVED[saved](FILES[system]))
    assert (whole.system, whole.marks, whole.finals) == (imported.system, imported.marks, imported.finals)
    assert [] == [each for each in imported.problems if each.severity is Severity.ERROR]


@pytest.mark.parametrize("system", DOCUMENTS)
def test_a_document_is_known_by_its_fields(system):
    """JSON is taken as text, as bytes, and parsed."""
    for content in (DOCUMENTS[system], json.dumps(DOCUMENTS[system]), json.dumps(DOCUMENTS[system]).encode()):
        assert system == lms.read(content).system
    assert "canvas" == lms.read([{"id": 1, "name": "Work", "assignments": []}]).system


def test_a_known_gradebook_goes_to_the_reader():
    """What a file does not say, a definition does."""
    book = Gradebook([GradeItem("Uno", 20)])
    imported = lms.read(FILES["moodle"], gradebook=book)
    assert (book, {"Uno": 8}) == (imported.gradebook, imported.marks["17"])


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in OTHERS.items() for text in texts])
def test_a_file_that_is_no_gradebook_is_told_by_name(name, text):
    """The problem says what the file is, at the name that it has."""
    (problem,) = lms.read(text, name="my.csv").problems
    assert ("other_file", "my.csv") == (problem.code, problem.path)
    assert name in problem.message


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "unknown_file"),
        ("a,b\n1,2\n", "unknown_file"),
        (b"PK\x03\x04...", "workbook"),
        (Path("grades.csv"), "not_a_document"),
        (7, "not_a_document"),
        (None, "not_a_document"),
        ({"errorcode": "invalidtoken"}, "unknown_document"),
        ("{", "not_json"),
        ([], "unknown_document"),
    ],
)
def test_anything_else_is_a_problem(content, code):
    """Nothing makes it raise; the problem says what it takes."""
    imported = lms.read(content)
    assert ([code], {}, "") == ([each.code for each in imported.problems], imported.marks, imported.system)


def test_numbers_in_brackets_are_no_words():
    """Headings that end in ids are of no grader report, whatever the language."""
    assert ["unknown_file"] == [each.code for each in lms.read("Alumno,Tarea 1 (101),Tarea 2 (102)\nA,1,2\n").problems]


def test_that_an_encoding_is_guessed_is_said():
    """What is told of the bytes stands before what is told of the rows."""
    imported = lms.read(FILES["moodle"].encode("cp1252"))
    assert "encoding_guessed" == imported.problems[0].code


@given(
    st.binary() | st.text() | st.sampled_from(sorted(FILES.values())).flatmap(lambda text: st.text().map(text.__add__))
)
def test_nothing_makes_it_raise(content):
    """There is always a gradebook that compiles."""
    compile_gradebook(lms.read(content).gradebook)


@given(st.sampled_from(sorted(FILES)), st.integers(0, 9), st.sampled_from(["", "Ada Byron,", "Byron,Ada,"]))
def test_no_problem_says_who_somebody_is(system, cut, name):
    """Rows that have lost cells, or have a name too many, are told without it (J28)."""
    head, _, rest = FILES[system].partition("\n")
    *above, row = rest.splitlines()
    row = row.replace("17", "Byron") if cut == 0 else ",".join(row.split(",")[cut:])
    imported = lms.read("\n".join([head, *above, rest.splitlines()[-1], name + row]))
    assert [] == [each for each in imported.problems if "Byron" in str(each)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["usergrades", "assignment_groups", "GRADER", "grade_objects", "tree"]), JSON)
def test_no_document_makes_it_raise(field, value):
    """A document of a known form, with anything in it, gives what can be read of it."""
    assert lms.read({field: value}).system


@pytest.mark.parametrize(
    ("system", "imported"),
    [
        ("blackboard", lms.blackboard.read_csv(FILES["blackboard"])),
        ("brightspace", lms.brightspace.read_csv(FILES["brightspace"])),
        ("brightspace", lms.brightspace.read_api(grade_objects=[])),
        ("brightspace", lms.brightspace.read_package(None)),
        ("canvas", lms.canvas.read_csv(FILES["canvas"])),
        ("canvas", lms.canvas.read(DOCUMENTS["canvas"])),
        ("gradescope", lms.gradescope.read_csv(FILES["gradescope"])),
        ("moodle", lms.moodle.read_csv(FILES["moodle"])),
        ("moodle", lms.moodle.read_web_service(DOCUMENTS["moodle"])),
        ("moodle", lms.moodle.read({"tree": {}})),
        ("oneroster", lms.oneroster.read({})),
        ("openedx", lms.openedx.read_csv(FILES["openedx"])),
        ("openedx", lms.openedx.read(DOCUMENTS["openedx"])),
    ],
)
def test_each_reader_says_whose_it_is(system, imported):
    """What a reader of one system gives names that system, as what `read` recognises does."""
    assert system == imported.system


def test_a_heading_that_ends_in_a_number_in_brackets_is_none_of_moodle():
    """A word in brackets ends a heading of Moodle's, in whatever language, and a maximum ends one of a sheet (J33)."""
    assert lms.read("Name,HW 1 (10),HW 2 (20)\nAda Byron,8,15\n").system == "spreadsheet"
