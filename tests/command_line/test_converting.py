# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A class written in the forms of others, by what the arguments say beside the file."""

import io
import json
import sys
from pathlib import Path

import pytest

from gradecalc import EXEMPT, Mark, lms
from gradecalc.certificates.badges import by_email

PROJECT = Path(__file__).parents[2]
BIOLOGY = PROJECT / "examples" / "biology"
GRADES, GRADEBOOK = BIOLOGY / "grades.csv", BIOLOGY / "gradebook.toml"
CANVAS = PROJECT / "examples" / "chemistry" / "canvas.csv"
AT = "2026-06-01T12:00:00Z"
BADGE = {
    "achievement": {"id": "https://example.org/biology", "name": "Biology", "description": "The course."},
    "issuer": {"id": "https://example.org", "name": "Example University"},
    "salt": "5f1c",
}
EXPORT = (
    "Username,Email,Essay Points Grade <Numeric MaxPoints:20>,Talk Points Grade <Numeric MaxPoints:10>,"
    "End-of-Line Indicator\n"
)
PASSING = '[[children]]\nname = "Essay"\nmax_points = 20\n\n[[children]]\nname = "Talk"\nmax_points = 10\n'


def of_biology(run, form, *more):
    """Return the ending of a conversion of the class in biology, graded by its definition."""
    return run("convert", GRADES, "--gradebook", GRADEBOOK, "--to", form, *more)


def test_a_parquet_file_goes_back_as_marks(run, tmp_path):
    """The file has every mark, who is exempt, and the final: but for that a frame of it is read as the same marks."""
    pq, frames = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("gradecalc.extras.frames")
    path = tmp_path / "grades.parquet"
    assert run("convert", CANVAS, "--to", "parquet", "-o", path)[:2] == (0, "")
    table, imported = pq.read_table(io.BytesIO(path.read_bytes())), lms.read(CANVAS.read_bytes())
    again = frames.marks_from_wide(imported.gradebook, table.drop_columns(["final"]))
    read = {learner: {of: mark for of, mark in marks.items() if mark is not None} for learner, marks in again.items()}
    assert {learner: dict(marks) for learner, marks in imported.marks.items()} == read
    assert any(mark is EXEMPT for marks in read.values() for mark in marks.values())
    assert pytest.approx(87.7777777) == table["final"].to_pylist()[2]


def test_a_parquet_file_has_the_learner_who_cannot_be_graded(run, file, tmp_path):
    """Who cannot be graded has the text that was read and the problem, no final, and the command ends with 1."""
    pq = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "grades.parquet"
    grades = file("grades.csv", f"{EXPORT}#ada,a@example.org,7/10,7,#\n#bob,b@example.org,9,Exempt,#\n")
    assert run("convert", grades, "--to", "parquet", "-o", path).code == 1
    rows = pq.read_table(io.BytesIO(path.read_bytes())).to_pylist()
    assert [("7/10", None), ("9", 45.0)] == [(row["Essay"], row["final"]) for row in rows]
    assert [False, True] == [row["Talk exempt"] for row in rows]
    assert "7/10" in rows[0]["problem"]


def test_without_pyarrow_it_says_what_to_install(run, monkeypatch):
    """Parquet ends the command without PyArrow, with the extra that brings it."""
    monkeypatch.delitem(sys.modules, "gradecalc.extras.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    code, output, errors = run("convert", CANVAS, "--to", "parquet", "-o", "grades.parquet")
    assert (code, output, "pip install 'gradecalc[parquet]'" in errors) == (2, "", True)


def test_a_registrar_gets_symbols(run):
    """A list has a row of id and symbol for each learner, with commas or tabs (I10)."""
    code, output, errors = of_biology(run, "registrar")
    assert (code, errors) == (0, "")
    assert ["id,letter", "1001,A", "1002,B"] == output.splitlines()[:3]
    assert "1001\tA" in of_biology(run, "registrar", "--tabs").output


def test_who_has_no_grade_gets_the_symbol_that_is_said(run, file):
    """A learner without a grade has no row and is a problem, or the symbol that `--without` gives (I10)."""
    book = file("book.toml", f"scheme = {{ A = 50, F = 0 }}\n\n{PASSING}")
    grades = file("grades.csv", f"{EXPORT}#ada,,9,7,#\n#bob,,,,#\n")
    code, output, errors = run("convert", grades, "--gradebook", book, "--to", "registrar")
    assert (code, ["id,letter", "ada,A"], "learners['bob']" in errors) == (1, output.splitlines(), True)
    code, output, _ = run("convert", grades, "--gradebook", book, "--to", "registrar", "--without", "I")
    assert (code, "bob,I") == (0, output.splitlines()[-1])


def test_banner_gets_its_sheet(run):
    """Banner's sheet has the term and the course reference number in each row, and needs both (I10)."""
    output = of_biology(run, "banner", "--term", "202610", "--crn", "77").output
    assert ["Term Code,CRN,Student ID,Final Grade", "202610,77,1001,A"] == output.splitlines()[:2]
    code, output, errors = of_biology(run, "banner", "--crn", "77")
    assert (code, output, "--term" in errors) == (2, "", True)


def test_scores_for_lti_are_of_a_line_as_of_a_moment(run):
    """Each score is as the service takes it; who is exempt is a problem, and the command ends with 1 (I11)."""
    code, output, _ = of_biology(run, "lti", "--at", AT)
    scores = json.loads(output)
    assert (code, 8, "2026-06-01T12:00:00.000Z") == (0, len(scores), scores[0]["timestamp"])
    code, output, errors = of_biology(run, "lti", "--at", AT, "--of", "HW 3")
    assert (code, 7, "learners['1003']" in errors) == (1, len(json.loads(output)), True)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], "--at"),
        (["--at", "2026-06-01T12:00:00"], "without a zone"),
        (["--at", AT, "--of", "Homwork"], "did you mean 'Homework'"),
    ],
)
def test_scores_need_a_moment_and_a_line(run, more, said):
    """Without a moment, without its zone, or of a line that is not there, the command ends with one line."""
    code, output, errors = of_biology(run, "lti", *more)
    assert (code, output, len(errors.splitlines()), said in errors) == (2, "", 1, True)


def test_badges_are_of_who_passed(run, file):
    """Whoever reached the pass mark gets a badge, known by the hash of an address, and the same one again (I13)."""
    badge = file("badge.json", json.dumps(BADGE))
    code, output, errors = of_biology(run, "badges", "--at", AT, "--badge", badge, "--verbose")
    found = json.loads(output)
    assert (code, 7) == (0, len(found))
    assert "learners['1007']: the learner has not passed" in errors
    address = lms.read(GRADES.read_bytes()).learners["1001"].email
    assert by_email(address, "5f1c")["identifier"] == found[0]["credentialSubject"]["identifier"]
    assert "pass mark: 55 %" == found[0]["credentialSubject"]["achievement"]["criteria"]["narrative"]
    assert output == of_biology(run, "badges", "--at", AT, "--badge", badge).output


def test_who_has_no_address_or_cannot_be_graded_gets_no_badge(run, file):
    """A badge knows its owner by an address: who has none, or cannot be graded, is a problem."""
    book = file("book.toml", f"pass_mark = 10\n\n{PASSING}")
    grades = file("grades.csv", f"{EXPORT}#ada,,9,7,#\n#bob,b@example.org,7/10,7,#\n#cem,c@example.org,9,7,#\n")
    badge = file("badge.json", json.dumps(BADGE))
    code, output, errors = run("convert", grades, "--gradebook", book, "--to", "badges", "--at", AT, "--badge", badge)
    assert (code, 1) == (1, len(json.loads(output)))
    assert ["learners['ada']: the file has no address" in errors, "learners['bob']: the learner cannot" in errors] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "it is no JSON"),
        ("[]", "achievement, issuer, salt"),
        (json.dumps({**BADGE, "salt": ""}), "achievement, issuer, salt"),
        (json.dumps({**BADGE, "issuer": {"id": "https://example.org"}}), "'name'"),
        (json.dumps({**BADGE, "issuer": {"id": "", "name": 3}}), "name"),
        (json.dumps({**BADGE, "issuer": "Example"}), "the badge is not one"),
    ],
)
def test_a_badge_that_is_none_ends_the_command(run, file, content, said):
    """What is no badge ends the command with 2 and says what is missing."""
    code, output, errors = of_biology(run, "badges", "--at", AT, "--badge", file("badge.json", content))
    assert (code, output, said in errors) == (2, "", True)


def test_a_badge_needs_a_pass_mark(run):
    """Where nothing says from which percent on is passed, there is no badge."""
    code, output, errors = run("convert", CANVAS, "--to", "badges", "--at", AT)
    assert (code, output, "pass_mark" in errors) == (2, "", True)


def test_an_archive_says_which_class_it_is_of(run, tmp_path):
    """The class, the school, the session and the dates of an archive are what the arguments say (I1)."""
    place = ["--class-id", "bio", "--school-id", "s1", "--session-id", "t1", "--due", "2026-06-01"]
    assert run("convert", CANVAS, "--to", "oneroster", "-o", tmp_path / "archive", *place).output == ""
    line = (tmp_path / "archive" / "lineItems.csv").read_text().splitlines()[1]
    assert all(f",{part}" in line for part in ("bio", "s1", "t1", "2026-06-01"))
    assert run("reconcile", tmp_path / "archive", "--class-id", "bio").code == 0


def test_an_archive_is_zipped_where_its_place_is_named_so(run, tmp_path):
    """A place that ends in .zip gets one file, which is read as the folder is."""
    assert run("convert", CANVAS, "--to", "oneroster", "-o", tmp_path / "archive.zip").output == ""
    assert run("convert", CANVAS, "--to", "oneroster", "-o", tmp_path / "folder").output == ""
    zipped, folder = (run(tmp_path / name).output.splitlines()[1:] for name in ("archive.zip", "folder"))
    assert zipped == folder
    assert any("87.78" in line for line in zipped)


def test_one_class_of_several_is_read(run, tmp_path):
    """Of an archive of several classes the one that is named is read, and the first without a name (I1)."""
    files = {
        "lineItems.csv": "sourcedId,title,classSourcedId,resultValueMax\nq,Quiz,one,10\ne,Essay,two,20\n",
        "results.csv": "sourcedId,lineItemSourcedId,studentSourcedId,scoreStatus,score\n"
        "r1,q,ada,fully graded,8\nr2,e,bob,fully graded,5\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    assert {"bob": {"e": 5}} == lms.read(files, class_id="two").marks
    assert {"ada": {"q": 8}} == lms.read(files).marks
    assert ["bob", "25.00"] == run(tmp_path, "--class-id", "two").output.splitlines()[2].split()


def test_marks_with_circumstances_are_numbers(run, tmp_path, file):
    """A maximum of a learner's own leaves the points what they are."""
    pq = pytest.importorskip("pyarrow.parquet")
    grades = file("grades.csv", "Name,SID,Lab,Lab - Max Points\nAda,17,8,10\nBob,18,9,12\nCem,19,7,10\n")
    assert isinstance(lms.read(grades.read_bytes()).marks["18"]["Lab"], Mark)
    path = tmp_path / "grades.parquet"
    assert run("convert", grades, "--to", "parquet", "-o", path).code == 0
    assert [8.0, 9.0, 7.0] == pq.read_table(io.BytesIO(path.read_bytes()))["Lab"].to_pylist()
