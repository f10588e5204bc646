# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A language: other texts of the same codes and arguments, and other separators of numbers."""

import copy
import pickle
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from gradecalc import EXEMPT, Category, DefinitionError, DropRule, Gradebook, GradeItem, Verdict, WeightedMean, grade
from gradecalc.decisions import Decision
from gradecalc.language import AS_WRITTEN, Language
from gradecalc.outline import Outline
from gradecalc.reasons import CHOICES, ReasonTexts, Shown, say

TEXTS = ReasonTexts("room", {"told": "{0} before {1}", "within": "inside {0}"})
LATIN = Language(
    "la",
    {
        "room": {"told": "{1} post {0}", "within": "in {0}"},
        "numbers": {"about": "circa {0}"},
        CHOICES: {"Verdict.MET": "factum"},
    },
    decimal=",",
    grouping=".",
)


@pytest.mark.parametrize(
    ("argument", "text"),
    [
        ("1.5", "1.5"),
        (Fraction(3, 2), "1,5"),
        (12345, "12.345"),
        (1234, "1234"),
        (Fraction(200, 3), "circa 66,67"),
        (Shown(Fraction(2, 3), "0.60"), "0,60"),
        (Verdict.MET, "factum"),
        (Verdict.NOT_MET, "not met"),
        (TEXTS.reason("within", Fraction(1, 2)), "in 0,5"),
        ((Verdict.MET, TEXTS.reason("within", "x")), "factum, in x"),
        (datetime(2026, 5, 4, 12, tzinfo=UTC), "2026-05-04 12:00+00:00"),
    ],
)
def test_arguments_are_said_in_the_language(argument, text):
    """Numbers have the separators of the language, what has a code its words, and names and moments stay (LA2, LA3)."""
    assert f"{text} post {text}" == LATIN.say(TEXTS.reason("told", argument, argument))


def test_a_text_in_another_language_is_the_same_reason():
    """A reason that is said in another language keeps its room, its code and its arguments (LA1)."""
    said = LATIN.say(TEXTS.reason("told", 1, "x"))
    assert ("x post 1", "told", (1, "x"), "room") == (said, said.code, said.arguments, said.room)


def test_what_a_language_has_no_text_for_stays():
    """Text without a code is a name and stays, and a code without a text is said in English (LA3, LA4)."""
    other = ReasonTexts("other room", {"open": "open at {0}"}).reason("open", Fraction(1, 2))
    assert ["told", "open at 0.5", "met"] == [LATIN.say("told"), LATIN.say(other), AS_WRITTEN.say(say(Verdict.MET))]


@pytest.mark.parametrize(
    ("text", "separated"),
    [("-1234567.125", "-1.234.567,125"), ("123456", "123.456"), ("2/3", "2/3"), ("≈ 0.5", "≈ 0,5"), ("–", "–")],
)
def test_numbers_are_separated(text, separated):
    """Decimals and groups of three digits are separated as the language states, and all else stays (LA2)."""
    assert separated == LATIN.number(text)


def test_a_language_is_a_value():
    """A language is equal to, and hashes like, a copy of it, also one from another process."""
    copies = [copy.deepcopy(LATIN), pickle.loads(pickle.dumps(LATIN))]  # noqa: S301 - our own
    assert [LATIN, LATIN] == copies
    assert {LATIN} == set(copies)


def test_an_outline_is_put_into_a_language_as_a_whole():
    """Every row is put into the language, in its order, with what it has below it (LA3)."""
    told = TEXTS.reason("told", Fraction(1, 2), "x")
    tree = Outline(told, "0.5", (told,), (Outline("a", told, children=(Outline(told),)), Outline("b"), Outline(told)))
    rows = [(depth, row.label, row.value, row.notes) for depth, row in tree.in_language(LATIN).rows()]
    said = "x post 0,5"
    assert [
        (0, said, "0.5", (said,)),
        (1, "a", said, ()),
        (2, said, "", ()),
        (1, "b", "", ()),
        (1, said, "", ()),
    ] == rows
    assert {LATIN} == {row.language for _, row in tree.in_language(LATIN).rows()}


def test_what_is_explained_is_said_in_a_language():
    """What explains itself does so in another language, too (LA3)."""
    decision = Decision("exam", Verdict.MET, found=TEXTS.reason("told", Fraction(1, 2), "x"))
    assert ("x post 0,5",) == decision.in_language(LATIN).notes


@pytest.mark.parametrize("language", ["de", None, 3])
def test_what_is_no_language_is_refused(language):
    """The code of a language is not the language, and is refused with a word where it is (LA3)."""
    for explained in (Outline("Final"), grade(report_book(), {})):
        with pytest.raises(
            DefinitionError, match=r"it must be a Language, such as gradecalc.languages.LANGUAGES"
        ) as no:
            explained.in_language(language)
        assert [("wrong_type", "language")] == [(each.code, each.path) for each in no.value.problems]


def test_an_outline_has_what_it_says_as_data():
    """Plain data of a row has the codes and arguments of what it says beside the texts, none where there are none."""
    about = TEXTS.reason("told", Fraction(200, 3), (Verdict.MET, TEXTS.reason("within", "x")))
    plain = Outline("exam", say(Verdict.MET), (about, "as it is"), [Outline("name")]).to_dict()
    within = {"room": "room", "code": "within", "arguments": ["x"]}
    met = {"room": CHOICES, "code": "Verdict.MET", "arguments": []}
    number = {"number": "200/3", "shown": "about 66.67"}
    told = {"room": "room", "code": "told", "arguments": [number, [met, within]]}
    assert {"label": None, "value": met, "notes": [told, None]} == plain["said"]
    assert "said" not in plain["children"][0]
    assert {str} == {type(each) for each in (plain["value"], *plain["notes"])}


def test_a_report_gives_all_that_it_says_of_a_line():
    """The remarks of a line are the notes of its row, each with its code, and stand in plain data (LA1)."""
    quizzes = Category("Quizzes", [GradeItem("Q1", 10), GradeItem("Q2", 10)], drop=DropRule(lowest=1))
    report = grade(Gradebook([quizzes, GradeItem("Exam", 30)], aggregation=WeightedMean()), {"Q1": 7, "Q2": 6})
    remarks = report.remarks("Q1")
    assert remarks == report.outline().children[0].children[0].notes
    assert ["out_of", "adds_of"] == [each.code for each in remarks]
    plain = report.to_dict()["lines"][2]
    assert plain["id"] == "Q1"
    number = {"number": "70", "shown": "70.00"}
    adds = {
        "room": "report rows",
        "code": "adds_of",
        "arguments": [{"number": "100", "shown": "100"}, "Quizzes", number],
    }
    assert adds == plain["remarks"][1]
    assert "exempt" in [each.code for each in grade(report_book(), {"Q": EXEMPT}).remarks("Q")]
    with pytest.raises(KeyError, match="no item"):
        report.remarks("Q3")


def report_book():
    """Return a book of one item."""
    return Gradebook([GradeItem("Q", 10)])


def test_what_is_as_written_already_stays_as_it_is():
    """An outline in a language without texts is that itself, and one with rows in another language is made anew."""
    tree = Outline("Final", children=(Outline(say(Verdict.MET)),))
    mixed = Outline("Final", children=(Outline("Exam", language=LATIN),))
    assert tree.in_language(AS_WRITTEN) is tree
    assert ([LATIN, AS_WRITTEN], [AS_WRITTEN]) == (
        [row.language for outline in (mixed, mixed.in_language(AS_WRITTEN)) for row in outline.children],
        [row.language for row in tree.children],
    )
