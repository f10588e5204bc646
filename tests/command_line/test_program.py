# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The command line as a whole: what each command prints, and how it ends."""

import csv
import gc
import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gradecalc.command_line import main
from gradecalc.extras.archives import zip_files

BIOLOGY = Path(__file__).parents[2] / "examples" / "biology"
GRADES, GRADEBOOK = str(BIOLOGY / "grades.csv"), str(BIOLOGY / "gradebook.toml")
GRADE_BIOLOGY = ["grade", GRADES, "--gradebook", GRADEBOOK]
LEARNERS = [str(number) for number in range(1001, 1009)]
EXPORT = "Username,Essay Points Grade <Numeric MaxPoints:20>,End-of-Line Indicator\n"
TWO_ITEMS = EXPORT.replace(",End", ",Exam Points Grade <Numeric MaxPoints:10>,End")


def answers(output):
    """Return the learners of a class in JSON, by id."""
    return {each["learner"]: each for each in json.loads(output)["learners"]}


def test_python_looks_for_garbage_as_before(run):
    """A command leaves no trace in the process that runs it, whether it ends well or not."""
    usual = gc.get_threshold()
    assert [0, 2] == [run(*GRADE_BIOLOGY)[0], run("grade", "nowhere.csv")[0]]
    assert usual == gc.get_threshold()


class TestGrade:
    """The table of a class."""

    def test_everybody_is_graded(self, run):
        """The example has a line for every learner, and nothing to complain about."""
        code, output, errors = run(*GRADE_BIOLOGY)
        assert (code, errors) == (0, "")
        _, headings, *lines, word = output.splitlines()
        assert headings.split("  ")[1] == "learner"
        assert [line.split()[0] for line in lines] == LEARNERS
        assert lines[0].split() == ["1001", "Amina", "Salim", "91.7", "A", "91.7"]
        assert word == "8 of 8 finals agree with the file"

    def test_columns_are_aligned(self, run):
        """The figures end in one column."""
        _, output, _ = run(*GRADE_BIOLOGY)
        lines = output.splitlines()[2:-1]
        assert {line.index(".") for line in lines} == {lines[0].index(".")}

    def test_without_a_definition(self, run):
        """The export's own headings are a gradebook."""
        code, output, _ = run("grade", GRADES, "--format", "json")
        assert code == 0
        assert list(answers(output)) == LEARNERS

    def test_json(self, run):
        """JSON has the exact percent."""
        _, output, _ = run(*GRADE_BIOLOGY, "--format", "json")
        expected = {
            "learner": "1001",
            "name": "Amina Salim",
            "percent": "1651/18",
            "shown": "91.7",
            "symbol": "A",
            "stated": "91.7",
            "agrees": True,
            "problem": None,
        }
        assert answers(output)["1001"] == expected

    def test_csv(self, run):
        """CSV has the percent in decimals."""
        _, output, _ = run(*GRADE_BIOLOGY, "--format", "csv")
        first = next(csv.DictReader(output.splitlines()))
        expected = {
            "learner": "1001",
            "name": "Amina Salim",
            "percent": "91.7222222222",
            "shown": "91.7",
            "symbol": "A",
            "stated": "91.7",
            "agrees": "yes",
            "problem": "",
        }
        assert first == expected

    def test_html(self, run):
        """HTML is the page of the class, with a report for each learner (HP10)."""
        _, output, _ = run(*GRADE_BIOLOGY, "--format", "html")
        assert output.startswith("<!doctype html>")
        assert output.endswith("</html>\n")
        assert output.count('<details class="learner">') == len(LEARNERS)
        assert 'data-h="File says">91.7</td>' in output
        assert "<p>8 of 8 finals agree with the file</p>" in output

    def test_a_page_is_written_too(self, run, tmp_path):
        """With `--html` the page is written to a file, beside what is printed."""
        file = tmp_path / "class.html"
        more = ["--html", file, "--title", "Biology & more", "--date", "30 January", "--lang", "de"]
        assert run(*GRADE_BIOLOGY, *more).output == run(*GRADE_BIOLOGY).output
        page = file.read_text(encoding="utf-8")
        assert "<h1>Biology &amp; more</h1>" in page
        assert "<dd>30 January</dd>" in page
        assert 'data-h="Datei sagt">91,7</td>' in page

    def test_a_page_that_is_there_is_kept(self, run, tmp_path):
        """A page that is there is kept, unless it is to be replaced."""
        file = tmp_path / "class.html"
        file.write_text("mine", encoding="utf-8")
        code, _, errors = run(*GRADE_BIOLOGY, "--html", file)
        assert (code, "mine") == (2, file.read_text(encoding="utf-8"))
        assert "--force" in errors
        assert run(*GRADE_BIOLOGY, "--html", file, "--force").code == 0
        assert file.read_text(encoding="utf-8").startswith("<!doctype html>")

    def test_ungraded(self, run):
        """The policy on the command line replaces those of the definition."""
        kept, replaced = (
            answers(run(*GRADE_BIOLOGY, "--format", "json", *more)[1])["1006"]["percent"]
            for more in ([], ["--ungraded", "as_zero"])
        )
        assert kept != replaced

    def test_one_unreadable_learner(self, run, file):
        """A learner who cannot be graded is listed, the others are graded, and the cell is told once beside that."""
        export = file("grades.csv", EXPORT + "#ada,17,#\n#ben,7/10,#\n#cyd,,#\n")
        code, output, errors = run("grade", export, "--format", "json")
        graded = answers(output)
        assert code == 1
        assert [each["shown"] for each in graded.values()] == ["85.00", "", "–"]
        assert graded["ben"]["problem"]
        assert [1, 1] == [len(errors.splitlines()), errors.count("row 3, column 'Essay Points Grade")]

    def test_a_mark_that_is_refused_and_was_read(self, run, file):
        """A learner whose marks are refused, though every cell was read, is named beside the table."""
        stated = {"name": "Essay", "max_points": 20, "kind": "selectbox"}
        definition = file("course.json", json.dumps({"scheme": {"A": 50, "F": 0}, "children": [stated]}))
        export = file("grades.csv", EXPORT + "#ada,A,#\n#ben,B,#\n")
        code, output, errors = run("grade", export, "--gradebook", definition, "--format", "json")
        problem = answers(output)["ben"]["problem"]
        assert (code, errors.splitlines()[-1]) == (1, f"gradecalc: learner 'ben': {problem}")

    def test_a_row_that_is_not_read(self, run, file):
        """A learner whose row is not read has not been graded."""
        code, output, errors = run("grade", file("grades.csv", EXPORT + "#ada,17,#\n#ada,18,#\n"), "--format", "json")
        assert (code, len(answers(output)), len(errors.splitlines())) == (1, 1, 1)

    def test_unknown_items(self, run, file):
        """Marks for items that the definition has not are refused, or ignored on request."""
        export = file("grades.csv", TWO_ITEMS + "#ada,17,8,#\n")
        book = file("book.json", '{"children": [{"name": "Exam", "max_points": 10}]}')
        code, output, errors = run("grade", export, "--gradebook", book)
        assert (code, output) == (2, "")
        assert "'Essay'" in errors
        assert run("grade", export, "--gradebook", book, "--unknown", "ignore")[0] == 0

    def test_notices_on_request(self, run):
        """What is legal and suspicious in an export is listed only on request."""
        assert run("grade", GRADES)[2] == ""
        assert run("grade", GRADES, "--verbose")[2] != ""


class TestHostileText:
    """What names can do to those who open the output."""

    @pytest.mark.parametrize("learner", ["=1+1", "+1+1", "-1+1", "@SUM(A1)"])
    def test_csv_is_not_run(self, run, file, learner):
        """A cell that a spreadsheet would run begins with an apostrophe."""
        _, output, _ = run("grade", file("grades.csv", f"{EXPORT}#{learner},17,#\n"), "--format", "csv")
        assert next(csv.DictReader(output.splitlines()))["learner"] == f"'{learner}"

    def test_csv_numbers_stay_numbers(self, run, file):
        """A negative grade is no formula."""
        _, output, _ = run("grade", file("grades.csv", EXPORT + "#ada,-1,#\n"), "--format", "csv")
        assert next(csv.DictReader(output.splitlines()))["shown"] == "-5.00"

    def test_html_is_not_interpreted(self, run, file):
        """Markup in a name is shown as it is."""
        tags = []
        parser = HTMLParser()
        parser.handle_starttag = lambda tag, _: tags.append(tag)
        name = "<script>alert(1)</script>"
        book = file("book.json", json.dumps({"name": name, "children": [{"name": "Essay", "max_points": 20}]}))
        export = file("grades.csv", f"{EXPORT}#{name},17,#\n")
        for more in ([], ["--explain", name]):
            parser.feed(run("grade", export, "--gradebook", book, "--format", "html", *more)[1])
        assert "script" not in tags


class TestExplain:
    """The reason of one learner's grade."""

    def test_text(self, run):
        """As text it has a line for the gradebook and for everything in it."""
        code, output, _ = run(*GRADE_BIOLOGY, "--explain", "1004")
        assert code == 0
        assert len(output.splitlines()) == 10

    def test_json(self, run):
        """As JSON it is the dict of an outline."""
        _, output, _ = run(*GRADE_BIOLOGY, "--explain", "1004", "--format", "json")
        assert json.loads(output)["format"] == "gradecalc.outline/1"

    def test_in_german(self, run):
        """In German it has German words and a decimal comma, and its page says so (LA2)."""
        _, output, _ = run(*GRADE_BIOLOGY, "--explain", "1004", "--lang", "de")
        assert output.splitlines()[0].endswith("Bestehensgrenze 55 %; stimmt mit der Datei überein, die 97,8 sagt")
        assert '<html lang="de">' in run(*GRADE_BIOLOGY, "--explain", "1004", "--lang", "de", "--format", "html")[1]
        assert '<html lang="en">' in run(*GRADE_BIOLOGY, "--format", "html")[1]

    def test_its_page(self, run, tmp_path):
        """As a page it has the course, the learner, whether the file agrees, and by what it was graded (HP7)."""
        file = tmp_path / "learner.html"
        run("explain", *GRADE_BIOLOGY[1:2], "1004", *GRADE_BIOLOGY[2:], "--html", file)
        page = file.read_text(encoding="utf-8")
        assert "<h1>Biology 101</h1>" in page
        assert "<bdi>Daniel Okoro (1004)</bdi>" in page
        assert "<p>agrees with the file, which says 97.8</p>" in page
        assert "Graded by the definition" in page

    @pytest.mark.parametrize("format_", ["csv", "html"])
    def test_other_formats(self, run, format_):
        """As CSV and HTML it has the label of every row."""
        _, output, _ = run(*GRADE_BIOLOGY, "--explain", "1004", "--format", format_)
        assert all(label in output for label in ("Biology 101", "HW 2", "Midterm Exams", "Final exam"))

    def test_unknown_learner(self, run):
        """An unknown learner ends the command, and the nearest is named."""
        code, output, errors = run(*GRADE_BIOLOGY, "--explain", "104")
        assert (code, output, len(errors.splitlines())) == (2, "", 1)
        assert "'1004'" in errors

    def test_learner_who_cannot_be_graded(self, run, file):
        """A learner who cannot be graded has no explanation but the problem."""
        export = file("grades.csv", EXPORT + "#ada,17,#\n#ben,7/10,#\n")
        code, output, errors = run("grade", export, "--explain", "ben")
        assert (code, output) == (1, "")
        assert "7/10" in errors


class TestCheck:
    """The problems of a definition."""

    def test_none(self, run):
        """The example has no problems."""
        assert run("check", GRADEBOOK) == (0, "no problems\n", "")

    def test_notices(self, run, file):
        """Notices are listed and are no failure."""
        code, output, _ = run("check", file("book.toml", ""))
        assert (code, [line.split(":")[0] for line in output.splitlines()]) == (0, ["notice"])

    def test_errors(self, run, file):
        """Every error is a line with its path, and a failure."""
        text = '[[children]]\nname = "a"\nmax_point = 1\n[[children]]\nname = "b\\nc"\nmax_points = 1\nweight = -1\n'
        code, output, _ = run("check", file("book.toml", text))
        assert code == 1
        assert [line.split(": ")[:2] for line in output.splitlines()] == [
            ["error", "children[0].max_point"],
            ["error", "children[1].weight"],
        ]

    @pytest.mark.parametrize(("name", "text"), [("book.toml", "a ="), ("book.json", "{")])
    def test_syntax(self, run, file, name, text):
        """Bad syntax is an error of the definition."""
        code, output, errors = run("check", file(name, text))
        assert (code, len(output.splitlines()), errors) == (1, 1, "")


class TestEndings:
    """What ends a command: one line on stderr, nothing on stdout, exit code 2."""

    @pytest.mark.parametrize("command", [["grade"], ["check"], ["grade", GRADES, "--gradebook"]])
    def test_missing_file(self, run, tmp_path, command):
        """A file that is not there ends the command."""
        code, output, errors = run(*command, tmp_path / "missing.toml")
        assert (code, output, len(errors.splitlines())) == (2, "", 1)

    @pytest.mark.parametrize("name", ["", "\0"])
    def test_no_file(self, run, tmp_path, name):
        """Neither a directory nor a name that no file can have is an export."""
        code, output, errors = run("grade", tmp_path / name)
        assert (code, output, len(errors.splitlines())) == (2, "", 1)

    @pytest.mark.parametrize(("name", "content"), [("book.toml", b"name = '\xff'"), ("book.yaml", b""), ("book", b"")])
    def test_unreadable_definition(self, run, file, name, content):
        """A definition in another encoding or format ends the command."""
        code, output, errors = run("check", file(name, content))
        assert (code, output, len(errors.splitlines())) == (2, "", 1)

    def test_nobody_to_grade(self, run, file):
        """An export without learners ends the command."""
        assert run("grade", file("grades.csv", EXPORT))[:2] == (2, "")

    @pytest.mark.parametrize("text", ["weight = ", "weight = 5\nnames = 1"])
    def test_definition_with_errors(self, run, file, text):
        """A definition that cannot be used ends the grading, with a line for each error."""
        code, output, errors = run("grade", GRADES, "--gradebook", file("book.toml", text))
        assert (code, output) == (2, "")
        assert errors.startswith("gradecalc: ")

    @pytest.mark.parametrize("arguments", [[], ["grade"], ["grade", GRADES, "--format", "xml"], ["--format", "csv"]])
    def test_usage(self, arguments):
        """Arguments that mean nothing end the command."""
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2


class TestProcess:
    """The command as others run it."""

    def test_module(self):
        """The package can be run."""
        command = [sys.executable, "-m", "gradecalc", *GRADE_BIOLOGY, "--format", "json"]
        finished = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
        assert (list(answers(finished.stdout)), finished.stderr) == (LEARNERS, "")

    def test_closed_pipe(self):
        """A reader that stops reading is met with silence."""
        command = [sys.executable, "-m", "gradecalc", *GRADE_BIOLOGY]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.close()
            errors = process.stderr.read()
        assert (process.returncode, errors) == (2, b"")

    def test_encoding(self, file):
        """An output that cannot have a name in it ends the command with one line."""
        command = [sys.executable, "-m", "gradecalc", "grade", file("grades.csv", EXPORT + "#zoë,17,#\n")]
        environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
        finished = subprocess.run(command, capture_output=True, check=False, env=environment)
        assert (finished.returncode, len(finished.stderr.splitlines())) == (2, 1)

    @pytest.mark.parametrize(
        ("arguments", "code"), [(["grade", GRADES], 0), (GRADE_BIOLOGY, 2), (["check", GRADEBOOK], 2)]
    )
    def test_without_cattrs(self, arguments, code):
        """Without cattrs an export can be graded by itself, and a definition cannot be read."""
        script = "import sys, runpy; sys.modules['cattrs'] = None; runpy.run_module('gradecalc', run_name='__main__')"
        command = [sys.executable, "-c", script, *arguments]
        finished = subprocess.run(command, capture_output=True, check=False)
        assert (finished.returncode, len(finished.stderr.splitlines())) == (code, code // 2)


class TestOneRoster:
    """OneRoster archives, in and out."""

    @pytest.mark.parametrize("packed", [False, True])
    def test_an_archive_that_was_written_is_graded(self, run, file, tmp_path, packed):
        """A class written as a folder of files is read from it, zipped or not, to the same grades."""
        out = tmp_path / "roster"
        export = file("grades.csv", TWO_ITEMS + "ada,15,Exempt,#\neve,0,,#\n")
        assert 0 == run("convert", export, "--to", "oneroster", "--output", out)[0]
        if packed:
            out = file("roster.zip", zip_files({each.name: each.read_text() for each in out.iterdir()}))
        _, output, _ = run("grade", out, "--format", "json")
        _, before, _ = run("grade", export, "--format", "json")
        assert {"ada", "eve"} == set(answers(output))
        assert {key: each["percent"] for key, each in answers(before).items()} == {
            key: each["percent"] for key, each in answers(output).items()
        }
