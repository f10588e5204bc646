# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Each command on invented files: what it gives a person who has one in hand."""

import csv
import io
import json
from pathlib import Path

import pytest

from gradecalc import lms
from gradecalc.command_line.printouts import FORMAT

PROJECT = Path(__file__).parents[2]
BIOLOGY = PROJECT / "examples" / "biology"
GRADES, GRADEBOOK = BIOLOGY / "grades.csv", BIOLOGY / "gradebook.toml"
CANVAS = PROJECT / "examples" / "chemistry" / "canvas.csv"
FILES = Path(__file__).parent / "files"
NAMES = ("Amina", "Salim", "Ngozi", "Abara", "Signe", "Dahl", "@")
EXPORT = "Username,Last Name,First Name,Essay Points Grade <Numeric MaxPoints:20>,End-of-Line Indicator\n"
TWINS = f"{EXPORT}#mlee,Lee,Mia,17,#\n#klee,Lee,Kim,12,#\n#lee,Ito,Ren,9,#\n"


def names_in(text):
    """Return whose names or addresses a text has."""
    return [name for name in NAMES if name in text]


class TestFileAlone:
    """A file and nothing else."""

    def test_what_the_file_does_not_state_is_inferred_and_said(self, run):
        """A file whose finals show a drop rule is graded by it, and the table says that it was inferred."""
        code, output, errors = run(GRADES)
        assert (code, errors) == (0, "")
        assert "8 of 8 finals agree with the file\n" in output
        assert "inferred from the finals, not stated: Homework" in output

    def test_what_was_inferred_is_said_on_a_page_in_its_language(self, run, tmp_path):
        """A page says in its own language what was inferred, and what no settings give (LA3)."""
        pages = []
        for file in (GRADES, CANVAS):
            target = tmp_path / f"{len(pages)}.html"
            run(file, "--html", target, "--lang", "de")
            pages.append(target.read_text(encoding="utf-8"))
        setting = "Homework: das niedrigste Ergebnis wird gestrichen"
        assert f"<p>aus den Endergebnissen abgeleitet, nicht angegeben: {setting}</p>" in pages[0]
        assert "<p>2 andere Möglichkeiten ergeben dieselben Endergebnisse</p>" in pages[0]
        assert "<p>keine der versuchten Einstellungen ergibt die Endergebnisse der Datei" in pages[1]

    def test_as_read_nothing_is_inferred(self, run):
        """On request the file is taken as it was read, and then its finals differ, each with both figures."""
        code, output, _ = run(GRADES, "--as-read")
        assert code == 1
        assert "0 of 8 finals agree with the file" in output
        assert "inferred" not in output

    def test_a_final_that_nothing_gives_is_said_to_differ(self, run):
        """A final that no settings give has both figures beside it, and the command ends with 1."""
        code, output, errors = run(CANVAS)
        assert (code, errors) == (1, "")
        row = next(line for line in output.splitlines() if "2004" in line)
        assert "the file says 91 %, computed 93.5 %" in row
        assert output.count("the file says") == 1

    @pytest.mark.parametrize("format_", ["text", "csv", "json", "html", "markdown"])
    def test_the_word_is_in_every_format(self, run, format_):
        """No format gives a grade without the word whether the finals agree; CSV has it beside and in a column."""
        ending = run(CANVAS, "--format", format_)
        assert "3 of 4 finals agree with the file" in ending.output + ending.errors
        assert ending.code == 1

    def test_csv_says_of_each_learner_whether_the_final_agrees(self, run):
        """The column has yes, no, or nothing where no final is stated."""
        rows = list(csv.DictReader(io.StringIO(run(CANVAS, "--format", "csv").output)))
        assert ["yes", "yes", "yes", "no"] == [row["agrees"] for row in rows]
        rows = list(csv.DictReader(io.StringIO(run(FILES / "gradescope.csv", "--format", "csv").output)))
        assert ["", ""] == [row["agrees"] for row in rows]

    def test_json_is_one_object_with_the_learners(self, run):
        """JSON names its format, the system, the word, and each learner with both figures."""
        data = json.loads(run(CANVAS, "--format", "json").output)
        assert (FORMAT, "canvas", "3 of 4 finals agree with the file") == tuple(
            data[key] for key in ("format", "system", "agreement")
        )
        assert ("93.5", "91.00", False) == tuple(data["learners"][3][key] for key in ("percent", "stated", "agrees"))

    def test_the_command_may_be_named(self, run):
        """A file alone gives what the command gives when it is named."""
        assert run(CANVAS) == run("grade", CANVAS)

    def test_the_standard_input(self, run, monkeypatch):
        """A dash is what comes in by the standard input."""
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(CANVAS.read_bytes()), encoding="utf-8"))
        code, output, _ = run("-")
        assert (code, "3 of 4 finals agree with the file" in output) == (1, True)

    def test_nobody_has_a_grade(self, run, tmp_path):
        """Where nobody has a grade the command ends with 1 and says what the file does not."""
        path = tmp_path / "canvas.csv"
        path.write_text("Student,ID,SIS Login ID,Section,Quiz (17)\nPoints Possible,,,,10\nAda Byron,1,ada,A,\n")
        code, _, errors = run(path)
        assert code == 1
        assert "not_in_export" not in errors
        assert errors.count("gradecalc: ") >= 1

    def test_points_without_a_maximum(self, run):
        """Where nothing says what marks are out of, points are a grade, compared as such, and it is said once (J23)."""
        code, output, errors = run(FILES / "moodle_no_maxima.csv")
        assert (code, "25 points  25 points" in output) == (0, True)
        assert errors.count("so it has points and no percent") == 1


NOBODY = f"{EXPORT}#ada,Byron,Ada,,#\n#eve,Moon,Eve,,#\n"
FAILING = f"{EXPORT}#ada,Byron,Ada,7/10,#\n#eve,Moon,Eve,7,#\n"


class TestExitCodes:
    """One where nobody has a grade or somebody could not be graded, whatever was asked for."""

    @pytest.mark.parametrize("content", [NOBODY, FAILING])
    @pytest.mark.parametrize(
        "command", [[], ["grade"], ["explain", "ada"], ["convert", "--to", "csv"], ["compare", "--system", "moodle"]]
    )
    def test_no_grade_ends_with_one(self, run, file, command, content):
        """Nothing that has no grade to give ends as if it had."""
        first, *more = command or [None]
        arguments = [*([first] if first else []), file("grades.csv", content), *more]
        assert 1 == run(*arguments).code

    @pytest.mark.parametrize("command", ["grade", "check", "init", "reconcile", "infer", "compare"])
    def test_what_cannot_be_read_ends_with_two(self, run, file, command):
        """No grade file, and none at all, are neither success nor failure of grading."""
        assert [2, 2] == [run(command, path).code for path in (file("grades.csv", "a,b\n1,2\n"), "missing.csv")]

    def test_who_has_no_grade_among_others_fails_nothing(self, run, file):
        """One without a grade is no failure of a class in which somebody has one."""
        assert 0 == run(file("grades.csv", f"{EXPORT}#ada,Byron,Ada,,#\n#eve,Moon,Eve,7,#\n")).code

    def test_a_file_that_fits_but_for_who_cannot_be_graded_has_nothing_inferred(self, run, file):
        """Where only a mark that is none differs, nothing is said to be inferred."""
        head = EXPORT.replace("End-of", "Calculated Final Grade Numerator,Calculated Final Grade Denominator,End-of")
        grades = file("grades.csv", f"{head}#ada,Byron,Ada,7/10,9,20,#\n#eve,Moon,Eve,7,7,20,#\n")
        code, output, _ = run(grades)
        assert (code, "1 of 2 finals agree" in output, "inferred" in output) == (1, True, False)


class TestFolders:
    """A folder, or an archive, in the place of a file."""

    def test_one_grade_file_in_a_folder_is_read(self, run, file, tmp_path):
        """The one file of a folder is as that file is."""
        alone = run(file("grades.csv", FAILING.replace("7/10", "9")))
        assert alone.output.splitlines()[1:] == run(tmp_path).output.splitlines()[1:]

    def test_of_several_nobody_knows_which(self, run, file, tmp_path):
        """Several grade files, and none, end the command with one line."""
        code, output, errors = run(tmp_path)
        assert (code, output, "there is no CSV file" in errors) == (2, "", True)
        file("a.csv", NOBODY), file("b.csv", NOBODY)
        code, output, errors = run(tmp_path)
        assert (code, output, "none of its 2 files is of a OneRoster archive" in errors) == (2, "", True)


class TestExplain:
    """The reason of one learner's grade."""

    def test_what_was_inferred_is_said_with_the_grade(self, run, tmp_path):
        """A grade that stands on inferred settings says so, printed and on its page; one by a definition does not."""
        target = tmp_path / "carmen.html"
        said = "inferred from the finals, not stated: Homework: the lowest result is dropped"
        assert said in run("explain", GRADES, "carmen", "--html", target).output.splitlines()[0]
        assert f"<p>{said}</p>" in target.read_text(encoding="utf-8")
        assert "inferred" not in run("explain", GRADES, "carmen", "--gradebook", GRADEBOOK).output

    @pytest.mark.parametrize(
        "wanted", ["1003", "cdiaz", "Carmen Díaz", "díaz, carmen", "carm", "CDIAZ@biology.example"]
    )
    def test_a_learner_is_found_by_id_name_or_part(self, run, wanted):
        """An id, a username, a name in either order, an address and a part of one all mean the learner."""
        code, output, _ = run("explain", GRADES, wanted, "--gradebook", GRADEBOOK)
        assert code == 0
        assert "agrees with the file, which says 76.0" in output.splitlines()[0]

    def test_several_are_listed(self, run, file):
        """Where several may be meant they are listed, the command asks which, and names nobody beside its output."""
        code, output, errors = run("explain", file("grades.csv", TWINS), "Lee,")
        assert (code, len(errors.splitlines())) == (2, 1)
        assert [line.split() for line in output.splitlines()[2:]] == [["mlee", "Mia", "Lee"], ["klee", "Kim", "Lee"]]
        assert "Mia" not in errors

    def test_an_exact_id_comes_before_parts(self, run, file):
        """An id means that learner, though others have it as a part of theirs."""
        code, output, _ = run("explain", file("grades.csv", TWINS), "lee")
        assert (code, output.split()[2]) == (0, "45.00")

    @pytest.mark.parametrize("wanted", ["zzz", "", " "])
    def test_nobody_is_meant(self, run, wanted):
        """A text that nobody is called by ends the command with one line."""
        code, output, errors = run("explain", GRADES, wanted)
        assert (code, output, len(errors.splitlines())) == (2, "", 1)

    def test_a_final_that_differs(self, run):
        """Whose final differs is told why, and the command ends with 1."""
        code, output, _ = run("explain", CANVAS, "signe")
        assert code == 1
        assert "the file says 91 %, computed 93.5 %" in output.splitlines()[0]

    def test_no_final_is_stated(self, run):
        """Where the file states no final the reason says so."""
        code, output, _ = run("explain", FILES / "gradescope.csv", "901")
        assert (code, "the file states no final" in output) == (0, True)


class TestInit:
    """A definition made from an export."""

    def test_the_definition_grades_as_the_file_does(self, run, tmp_path):
        """What is written is a definition without problems, under which every final agrees."""
        pytest.importorskip("tomli_w")
        path = tmp_path / "gradebook.toml"
        assert run("init", GRADES, "--output", path) == (0, "", "")
        assert run("check", path) == (0, "no problems\n", "")
        code, output, errors = run(GRADES, "--gradebook", path)
        assert (code, errors) == (0, "")
        assert output.splitlines()[-1] == "8 of 8 finals agree with the file"

    def test_a_person_is_told_what_to_decide(self, run):
        """What no file says is there as comments, and so is what was inferred."""
        pytest.importorskip("tomli_w")
        _, output, _ = run("init", GRADES)
        comments = [line for line in output.splitlines() if line.startswith("# ")]
        assert any("decide which symbols" in line for line in comments)
        assert any("inferred from the finals, not stated: Homework" in line for line in comments)

    @pytest.mark.parametrize(
        "name", sorted(path.name for path in FILES.iterdir() if path.suffix not in {".xlsx", ".zip"})
    )
    def test_every_file_that_is_read_gives_a_definition(self, run, tmp_path, name):
        """Each form of file gives a definition that is one, or ends the command."""
        pytest.importorskip("tomli_w")
        path = tmp_path / "gradebook.toml"
        code = run("init", FILES / name, "--output", path).code
        assert code == (0 if lms.read((FILES / name).read_bytes()).system else 2)
        assert not path.exists() or run("check", path).code == 0

    def test_a_file_that_is_there_is_kept(self, run, file):
        """A file is replaced on request only."""
        pytest.importorskip("tomli_w")
        path = file("gradebook.toml", "mine")
        code, output, errors = run("init", GRADES, "-o", path)
        assert (code, output, len(errors.splitlines()), path.read_text()) == (2, "", 1, "mine")
        assert run("init", GRADES, "-o", path, "--force").code == 0
        assert path.read_text() != "mine"

    def test_names_that_would_be_more_than_text(self, run, file, tmp_path):
        """A name with quotation marks, brackets or controls is a name in the definition too."""
        pytest.importorskip("tomli_w")
        name = 'a ] = \'"""\'; {x}'
        sheet = io.StringIO()
        csv.writer(sheet).writerows(
            [["Username", f"{name} Points Grade <Numeric MaxPoints:5>", "End-of-Line Indicator"], ["#ada", "3", "#"]]
        )
        export, path = file("grades.csv", sheet.getvalue()), tmp_path / "gradebook.toml"
        assert run("init", export, "-o", path).code == 0
        assert (
            json.loads(run(export, "--gradebook", path, "--format", "json").output)["learners"][0]["shown"] == "60.00"
        )


class TestReconcileAndInfer:
    """What a file's own finals tell."""

    def test_reconcile_compares_as_it_was_read(self, run):
        """Nothing is inferred, so that each line that parts the figures is told."""
        code, output, errors = run("reconcile", GRADES)
        assert (code, errors) == (1, "")
        assert output.splitlines()[0] == "0 of 8 finals agree with the file"

    def test_reconcile_compares_with_a_definition(self, run):
        """By a definition that says all, every final agrees."""
        assert run("reconcile", GRADES, "--gradebook", GRADEBOOK) == (0, "8 of 8 finals agree with the file\n", "")

    def test_an_answer_has_a_page(self, run, tmp_path):
        """Whatever is printed has a page, with the title and the date that are stated."""
        file = tmp_path / "finals.html"
        run("reconcile", GRADES, "--html", file, "--title", "Finals", "--date", "May", "--lang", "de")
        page = file.read_text(encoding="utf-8")
        assert "<h1>Finals</h1>" in page
        assert "<dt>Datum</dt><dd>May</dd>" in page
        assert "0 von 8 Endergebnissen stimmen mit der Datei überein" in page

    def test_infer_lists_what_gives_the_finals(self, run):
        """Each candidate has its settings."""
        code, output, _ = run("infer", GRADES)
        assert code == 0
        assert "Homework: the lowest result is dropped" in output

    def test_nothing_can_be_inferred(self, run):
        """A file without finals tells nothing, and the command ends with 1."""
        assert run("infer", FILES / "gradescope.csv").code == 1


class TestCompare:
    """The same class under other systems' rules."""

    def test_everybody_has_a_line(self, run):
        """Each learner whose final changes is there, below the word whether the finals agree."""
        code, output, _ = run("compare", GRADES, "--system", "openedx")
        assert code == 0
        assert "8 of 8 finals agree with the file" in output.splitlines()[0]
        assert all(str(number) in output for number in range(1001, 1009))

    def test_a_system_that_is_none(self, run):
        """A system without rules ends the command with one line."""
        code, output, errors = run("compare", GRADES, "--system", "modle")
        assert (code, output, len(errors.splitlines())) == (2, "", 1)


class TestConvert:
    """A class in another form."""

    @pytest.mark.parametrize("name", ["brightspace_weighted.csv", "brightspace_all_kinds.csv", "canvas.csv"])
    def test_what_brightspace_takes_is_read_back(self, run, file, name):
        """The marks of a class are the same after it was written for Brightspace."""
        written = run("convert", FILES / name, "--to", "brightspace")
        before, after = lms.read((FILES / name).read_bytes()), lms.read(written.output)
        assert after.system == "brightspace"
        ids = {item for marks in after.marks.values() for item in marks}
        kept = [{item: mark for item, mark in marks.items() if item in ids} for marks in before.marks.values()]
        assert kept == list(after.marks.values())

    def test_csv_has_marks_and_finals(self, run):
        """Plain CSV has a column for each item, the exemption as it was read, and the final."""
        rows = list(csv.DictReader(io.StringIO(run("convert", CANVAS, "--to", "csv").output)))
        assert ("EX", "9", "87.7777777778") == (rows[2]["Lab 1"], rows[2]["Lab 2"], rows[2]["final"])

    def test_it_can_be_written_to_a_file(self, run, tmp_path):
        """With a name for it nothing is printed."""
        path = tmp_path / "out.csv"
        assert run("convert", CANVAS, "--to", "csv", "--output", path)[:2] == (0, "")
        assert path.read_text().startswith("learner,Lab 1,Lab 2,Exam,final")

    @pytest.mark.parametrize("name", ["missing/out.csv", "\0"])
    def test_a_place_that_is_none(self, run, tmp_path, name):
        """A file that cannot be written ends the command with one line."""
        code, output, errors = run("convert", CANVAS, "--to", "csv", "--output", tmp_path / name)
        assert (code, output, len(errors.splitlines())) == (2, "", 1)

    def test_a_learner_who_cannot_be_graded(self, run, file):
        """Who cannot be graded has the problem in the place of a final."""
        written = run("convert", file("grades.csv", f"{EXPORT}#mlee,Lee,Mia,7/10,#\n"), "--to", "csv").output
        row = next(csv.DictReader(io.StringIO(written)))
        assert ("", True) == (row["final"], "7/10" in row["problem"])

    def test_several_files_need_a_place(self, run, tmp_path):
        """What is several files is not printed, and is written into a folder that is made for it."""
        code, output, errors = run("convert", CANVAS, "--to", "oneroster")
        assert (code, output, len(errors.splitlines())) == (2, "", 1)
        assert run("convert", CANVAS, "--to", "oneroster", "-o", tmp_path / "a" / "b").output == ""
        assert (tmp_path / "a" / "b" / "results.csv").exists()


class TestCheck:
    """The problems of an export."""

    def test_an_export_is_checked(self, run):
        """What is suspicious in an export is listed and is no failure; what cannot be used is one."""
        code, output, _ = run("check", CANVAS)
        assert (code, {line.partition(":")[0] for line in output.splitlines()}) == (0, {"notice"})

    def test_an_error_is_told_once_and_in_the_words_of_options(self, run, file):
        """What cannot be read is in the list and not beside it, and what can be done is said in options."""
        code, output, errors = run("check", file("own.csv", "Student ID,Quiz (10)\n17,nil\n18,9\n"))
        assert (code, errors) == (1, "")
        assert [1, 1] == [output.count("row 2, column 'Quiz (10)'"), output.count("name it with --gradebook FILE")]
        assert "=…" not in output


class TestWhatIsSaidBeside:
    """Errors: one clear line, and nobody's name in it."""

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("empty.csv", b""),
            ("blank.csv", b"\n\n"),
            ("binary.csv", bytes(range(256)) * 40),
            ("nul.csv", b"\0" * 1000),
            ("half.json", b'{"usergrades": ['),
            ("other.json", b"[1, 2]"),
            ("deep.json", b"[" * 100_000),
            ("word.csv", b"once upon a time"),
            ("damaged.xlsx", b"PK\x03\x04 and no more"),
            ("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 100),
            ("utf16.csv", b"\xff\xfe\x00"),
        ],
    )
    def test_what_is_no_gradebook_is_one_line(self, run, file, name, content):
        """A hostile or mistaken file ends the command with 2, one line, and no output."""
        code, output, errors = run(file(name, content))
        assert (code, output, len(errors.splitlines())) == (2, "", 1)
        assert name in errors

    def test_a_workbook_under_the_name_of_a_file_says_what_it_is(self, run):
        """The worksheet of one assignment is called that."""
        code, _, errors = run(FILES / "moodle_worksheet.csv")
        assert (code, "the worksheet of one Moodle assignment" in errors) == (2, True)

    def test_letters_that_no_scheme_gives_are_not_said_to_agree(self, run, file):
        """What the file says stands beside the grade, and that it agrees is said by no command (J7)."""
        path = file("letters.csv", "Student ID,Quiz (10),Grade\n17,7,F\n")
        printed = [run(*command).output for command in ([path], ["explain", path, "17"], ["reconcile", path])]
        assert [1, 1, 1] == [each.count("the file states no final") for each in printed]
        assert not any("agree" in each for each in printed)

    def test_marks_that_count_nowhere_are_told(self, run, file):
        """A column of numbers of which nothing says what it is out of moves no grade, and that is said."""
        code, _, errors = run(file("own.csv", b"Student ID,Quiz (10),Lab,Talk\n17,8,5,6\n"))
        assert code == 0
        assert "nothing says what 'Lab' is out of, so it does not count" in errors
        assert "(and 1 more like it" in errors

    def test_the_sheet_of_a_workbook_that_has_grades_is_read(self, run, file):
        """A title on the first sheet is passed over, and it is said by number which other sheets have grades."""
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.Workbook()
        book.active.append(["Physics", "Ms Li"])
        for name in ("marks", "Ada Byron"):
            for row in (["Student ID", "Quiz (10)"], [name, 8]):
                (book[name] if name in book.sheetnames else book.create_sheet(name)).append(row)
        data = io.BytesIO()
        book.save(data)
        code, output, errors = run(file("course.xlsx", data.getvalue()))
        assert (code, "marks" in output) == (0, True)
        assert "sheet 2 is read, and there are grades in sheet 3 too" in errors
        assert "Ada" not in errors

    @pytest.mark.parametrize("path", [GRADES, CANVAS, *sorted(FILES.glob("brightspace*"))])
    def test_no_name_is_said(self, run, path):
        """What is said beside the output has nobody's name or address, in full detail either."""
        assert [] == names_in(run(path, "--verbose", "--format", "csv").errors)

    def test_a_terminal_is_obeyed_by_no_name(self, run, file):
        """Controls in a name are written out, in the table and beside it."""
        export = file("grades.csv", f"{EXPORT}#mlee,\x1b[2JLee,Mia,x\x1b[2J,#\n")
        code, output, errors = run(export)
        assert code == 1
        assert "\x1b" not in output + errors

    @pytest.mark.parametrize("more", [[], [GRADES, "carmen"]])
    def test_a_command_that_is_none_says_what_there_is(self, run, more):
        """A slip in a command's name ends with a line that names the nearest command, whatever stands behind it."""
        code, output, errors = run("grad", *more)
        assert (code, output, len(errors.splitlines())) == (2, "", 1)
        assert "there is no command and no file 'grad'; did you mean 'grade'?; commands are grade, explain" in errors

    def test_a_file_that_is_not_there_is_said_to_be_none(self, run):
        """What looks like a file is one."""
        assert "grades: No such file" in run("./grades").errors
