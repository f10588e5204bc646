# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What stored reasons speak of keeps its codes, so that a stored report is put into every language."""

import json

import pytest

from gradecalc import (
    Category,
    DefinitionError,
    FormulaItem,
    Gradebook,
    GradeItem,
    LateFacts,
    LateRules,
    Report,
    apply_late_rules,
    grade,
)
from gradecalc.gradebook.late_policy import Interval, LatePolicy
from gradecalc.languages import GERMAN
from gradecalc.report.arguments import MOST_WITHIN, read_argument, write_argument
from gradecalc.report.stored import Stored

BOOK = Gradebook(
    [
        Category("Tests", [GradeItem("Test", 10)]),
        GradeItem("Aufsatz", 20),
        FormulaItem("Anteil", formula="1 / [Test.Points Received]", max_points=1),
    ]
)


def report():
    """Return a report with an override, late work, and a formula that has no value."""
    rules = LateRules(LatePolicy(deduction=10, interval=Interval.DAY))
    late = apply_late_rules(BOOK, rules, {"Test": 0, "Tests": 7, "Aufsatz": 18}, LateFacts({"Aufsatz": 100_000}))
    return grade(BOOK, late.marks)


def test_a_stored_report_is_in_german_as_the_one_that_was_stored():
    """All that reasons speak of reads in German after a way through JSON, as it did before it was stored (LA5)."""
    fresh = report()
    stored = Report.from_dict(json.loads(json.dumps(fresh.to_dict())))
    said = [[GERMAN.say(each) for each in one[id_].reasons] for one in (fresh, stored) for id_ in one]
    assert said[: len(fresh)] == said[len(fresh) :]
    assert "18 Punkte vor dem Abzug; 2 Tage zu spät, Abzug 4" in [text for texts in said for text in texts]
    assert "die Formel ergibt keine Bewertung: Division durch null" in [text for texts in said for text in texts]
    assert "auf 7 Punkte gesetzt; berechnet 0,00 %" in [text for texts in said for text in texts]


def nested(levels):
    """Return what is said within what is said, so many levels deep."""
    said = {"said": "x", "room": "r", "code": "c", "arguments": []}
    for _ in range(levels):
        said = {"said": "x", "room": "r", "code": "c", "arguments": ["y", {"number": "0.5", "shown": "0.5"}, said]}
    return said


def test_what_is_said_within_what_is_said_comes_back():
    """Arguments in arguments, several in one place among them, are what they were, with the texts of all."""
    plain = {**nested(2), "arguments": [[nested(0), "z"], *nested(2)["arguments"]]}
    said = read_argument(Stored(plain, "note"))
    assert ("x, z", "y", "0.5", "x") == said.told
    assert plain == write_argument(said)


@pytest.mark.parametrize(
    ("plain", "path"),
    [
        ({"said": 1, "room": "r", "code": "c", "arguments": []}, "note.said"),
        ({**nested(0), "more": 1}, "note.more"),
        ({**nested(0), "arguments": [{"number": "one", "shown": ""}]}, "note.arguments[0].number"),
        ({**nested(0), "arguments": [["x"] * 11]}, "note.arguments[0]"),
        (nested(MOST_WITHIN), "note" + ".arguments[2]" * MOST_WITHIN),
    ],
)
def test_anything_else_is_refused_with_its_path(plain, path):
    """What is no argument of a reason is refused with the path to what is wrong (Z5)."""
    with pytest.raises(DefinitionError) as error:
        read_argument(Stored(plain, "note"))
    assert [path] == [problem.path for problem in error.value.problems]
