# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The questions on the command line: what if, what is needed, who is at risk."""

import json
from pathlib import Path

import pytest

BIOLOGY = Path(__file__).parents[2] / "examples" / "biology"
GRADES, GRADEBOOK = BIOLOGY / "grades.csv", BIOLOGY / "gradebook.toml"
AGREE = "8 of 8 finals agree with the file"
POINTS = (
    "OrgDefinedId,Last Name,First Name,Essay Points Grade <Numeric MaxPoints:20>,"
    "Exam Points Grade <Numeric MaxPoints:80>,Remark Text Grade <Text>,End-of-Line Indicator\n"
    "#1,Ito,Ren,15,,,#\n#2,Dahl,Signe,5,70,,#\n"
)


def row(output, start):
    """Return the words of the line that begins so."""
    return next(line for line in output.splitlines() if line.strip().startswith(start)).split()


class TestWhatIf:
    """`gradecalc what-if`."""

    def test_a_learner_by_a_part_of_a_name(self, run):
        """A supposed mark changes the item and the final, of the learner who is meant (WI1)."""
        code, output, errors = run("what-if", GRADES, "--learner", "díaz", "--set", "final exam=85")
        assert (code, errors) == (0, "")
        assert ["Final", "grade", "76.04", "→", "81.82"] == row(output, "Final grade")[:5]
        assert "85.00 % instead of 68.50 %" in output
        assert AGREE in output

    def test_everybody_exempt_from_one_item(self, run):
        """Without a learner all are asked, each with a name, and how many change symbol is said (WI14)."""
        code, output, _ = run("what-if", GRADES, "--exempt", "hw 2", "--gradebook", GRADEBOOK)
        assert code == 0
        assert "0 of 8 change symbol" in output
        assert ["1001", "Amina", "Salim", "91.7", "A", "→", "91.0", "A"] == row(output, "1001")

    def test_nothing_supposed_changes_nothing(self, run):
        """What if of nothing says that nothing changes (WI2)."""
        _, output, _ = run("what-if", GRADES, "--learner", "1003")
        assert "nothing changes" in output

    @pytest.mark.parametrize(
        ("supposed", "shown"),
        [
            (("--clear", "Exam"), "25.00"),
            (("--drop", "Essay"), "87.50"),
            (("--keep", "Essay"), "75.00"),
            (("--set", "Essay=17/2"), "78.50"),
        ],
    )
    def test_each_kind_of_supposition(self, run, file, supposed, shown):
        """A mark and an exemption can be supposed away, and an item not to count, or never to be dropped (WI5)."""
        _, output, _ = run("what-if", file("grades.csv", POINTS), "--learner", "2", *supposed)
        assert shown == row(output, "Final grade")[4]

    def test_the_answer_as_data(self, run):
        """JSON has the rows of the answer."""
        _, output, _ = run("what-if", GRADES, "--set", "Final exam=85", "--format", "json")
        assert 8 == len(json.loads(output)["children"])

    def test_a_mark_that_does_not_fit(self, run, file):
        """A mark beyond the maximum, a text where points are due, and an item without a mark are said, and end it."""
        path = file("grades.csv", POINTS)
        for supposed, said in [
            ("Exam=85", "85 points are beyond the maximum of 'Exam'"),
            ("Exam=good", "Exam"),
            ("Exam", "--set 'Exam' states no mark"),
        ]:
            code, output, errors = run("what-if", path, "--learner", "2", "--set", supposed)
            assert (code, output) == (2, "")
            assert said in errors

    def test_items_that_may_be_several_or_none(self, run):
        """An item must be one of the gradebook's: the nearest is named, and of several all (E1)."""
        code, _, errors = run("what-if", GRADES, "--exempt", "HW")
        assert code == 2
        assert "'HW' may mean any of: 'HW 1', 'HW 2', 'HW 3', 'HW 4'" in errors
        code, _, errors = run("what-if", GRADES, "--exempt", "Final essay")
        assert code == 2
        assert "there is no item 'Final essay'; did you mean 'Final exam'?" in errors


class TestNeeded:
    """`gradecalc needed`."""

    def test_a_symbol_for_everybody(self, run):
        """Every learner has a row: the mark that is needed, or the best that can be had (WI7)."""
        code, output, _ = run("needed", GRADES, "--item", "final ex", "--target", "90%")
        assert code == 0
        assert ["1001", "Amina", "Salim", "about", "86.08"] == row(output, "1001")
        assert ["1003", "Carmen", "Díaz", "out", "of", "reach"] == row(output, "1003")[:6]

    def test_a_row_for_each_symbol(self, run):
        """Without a target the gradebook's scheme is asked for, in the steps in which the item is marked (WI10)."""
        _, output, _ = run(
            "needed", GRADES, "--item", "Final exam", "--learner", "1006", "--step", "1", "--gradebook", GRADEBOOK
        )
        rows = [line.split() for line in output.splitlines()[1:]]
        assert [["for", "A", "84"], ["for", "B", "41"], ["for", "C", "reached"]] == rows

    def test_the_same_percent_on_several_items(self, run, file):
        """Several items are asked for one percent on all of them (WI9)."""
        path = file("grades.csv", POINTS)
        _, output, _ = run("needed", path, "--item", "Essay", "--item", "Exam", "--target", "60", "--learner", "1")
        assert ["Essay,", "Exam", "for", "60", "%", "60", "%"] == row(output, "Essay")[:7]

    def test_a_symbol_that_there_is_not(self, run):
        """A target outside the scheme names those that would do."""
        code, _, errors = run("needed", GRADES, "--item", "Final exam", "--target", "E", "--gradebook", GRADEBOOK)
        assert code == 2
        assert "'E' is no symbol of the gradebook's scheme, which has: F, C, B, A" in errors

    def test_no_pass_that_is_known(self, run):
        """Where a file says neither symbols nor what a pass is, a target must be stated."""
        code, _, errors = run("needed", GRADES, "--item", "Final exam")
        assert code == 2
        assert "does not say what a pass is; name as the target a percent" in errors

    def test_a_step_that_is_no_number(self, run):
        """A step must be a number."""
        code, _, errors = run("needed", GRADES, "--item", "Final exam", "--target", "50", "--step", "half")
        assert code == 2
        assert "--step 'half'" in errors

    def test_marks_that_cannot_be_graded(self, run, file):
        """A learner whose marks cannot be graded has a row that says why, and the others theirs."""
        path = file("grades.csv", POINTS.replace("#1,Ito,Ren,15", "#1,Ito,Ren,1e999999999"))
        _, output, _ = run("needed", path, "--item", "Exam", "--target", "50")
        assert ["1", "Ren", "Ito", "–", "Essay:", "'1e999999999'", "is", "not", "a", "number"] == row(output, "1  Ren")
        assert ["2", "Signe", "Dahl", "45"] == row(output, "2  Signe")


class TestRisk:
    """`gradecalc risk`."""

    def test_a_pass_of_the_definition(self, run):
        """Without a target a pass is asked for: who has it, for whom it is lost, and who needs how much (WI15)."""
        code, output, _ = run("risk", GRADES, "--gradebook", GRADEBOOK)
        assert code == 0
        assert ["a", "pass"] == row(output, "a pass")[:2]
        assert ["1007", "Gaspard", "Moreau", "lost"] == row(output, "1007")[:4]

    def test_a_symbol(self, run):
        """A symbol may be asked for as well."""
        _, output, _ = run("risk", GRADES, "--target", "B", "--gradebook", GRADEBOOK)
        assert ["1006", "Fumiko", "Tanaka", "needs", "about", "40.76", "on", "Final", "exam"] == row(output, "1006")

    def test_columns_that_are_to_be_ignored(self, run, file):
        """Marks that the definition has no item for are left out where they are to be ignored."""
        book = file("book.toml", 'children = [{ name = "Exam", max_points = 80 }]\npass_mark = 50\n')
        _, output, _ = run("risk", file("grades.csv", POINTS), "--gradebook", book, "--unknown", "ignore")
        assert ["2", "Signe", "Dahl", "secure"] == row(output, "2  Signe")


class TestWhyNot:
    """`gradecalc explain --why`."""

    @pytest.mark.parametrize(
        ("target", "asked"), [("A", "A"), ("85", "85 %"), ("85.5 %", "85.5 %"), ("pass", "a pass"), ("90%", "90 %")]
    )
    def test_what_keeps_a_learner_from_it(self, run, target, asked):
        """What keeps a learner from a symbol, a percent or a pass is told, and whether finals agree (WI18)."""
        code, output, errors = run("explain", GRADES, "carmen", "--gradebook", GRADEBOOK, "--why", target)
        assert (code, errors, f"Why not {asked}?") == (0, "", output.partition("  ")[0])
        assert ["Final", "exam", "11.0"] == row(output, "Final exam")[:3]
        assert AGREE in output

    @pytest.mark.parametrize("target", ["E", "9O %", "NaN", "", "1e999999999"])
    def test_what_is_no_target(self, run, target):
        """What is no symbol, percent or pass ends the command with one line that says what would do (WI10)."""
        code, output, errors = run("explain", GRADES, "carmen", "--gradebook", GRADEBOOK, "--why", target)
        assert (code, output, len(errors.splitlines())) == (2, "", 1)
        assert "no symbol of the gradebook's scheme, which has: F, C, B, A" in errors

    def test_it_is_told_in_german(self, run):
        """The answer is in the language that is asked for (LA3)."""
        options = ["--gradebook", GRADEBOOK, "--why", "A", "--lang", "de"]
        code, output, _ = run("explain", GRADES, "carmen", *options)
        assert (code, "Warum nicht A?") == (0, output.partition("  ")[0])

    def test_what_a_pass_is_must_be_said(self, run):
        """Where nothing says what a pass is, a percent is asked for."""
        code, output, errors = run("explain", GRADES, "carmen", "--why", "pass", "--as-read")
        assert (code, output, "name as the target a percent" in errors) == (2, "", True)
