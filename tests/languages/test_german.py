# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What is explained in German, kept in `tests/golden/` word by word.

`python tests/languages/test_german.py` writes them anew, for a look at the difference.
"""

import re
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

from gradecalc import (
    EXEMPT,
    Category,
    Distribution,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    ItemKind,
    Mark,
    Median,
    Rescale,
    Rounding,
    SumOfPoints,
    Treatment,
    UngradedPolicy,
    Verdict,
    WeightedMean,
    WeightMoves,
    WeightUnit,
    grade,
)
from gradecalc.certificates.deadlines import Deadline
from gradecalc.certificates.requirements import combine
from gradecalc.decisions import Decision, Waiver
from gradecalc.languages import ENGLISH, GERMAN
from gradecalc.release_conditions import (
    Achieved,
    Achievement,
    AllOf,
    AnyOf,
    Comparison,
    Completed,
    Completion,
    During,
    GradeReceived,
    GradeValue,
    LearnerFacts,
    Measure,
    Measured,
    Member,
    Membership,
    NoGradeReceived,
    Not,
    ProfileField,
    TextTest,
    check,
)

GOLDEN = Path(__file__).parents[1] / "golden"

BOOK = Gradebook(
    [
        Category(
            "Übungsblätter",
            [
                *[GradeItem(f"Blatt {nth}", max_points=12) for nth in range(1, 6)],
                GradeItem("Zusatzblatt", max_points=12, bonus=True),
            ],
            weight=30,
            drop=DropRule(lowest=1),
            aggregation=SumOfPoints(),
            round_result=Rounding(1),
        ),
        Category("Tests", [GradeItem(f"Test {nth}", 10) for nth in range(1, 4)], weight=20, aggregation=Median()),
        Category("Referat", [GradeItem("Vortrag", 10), GradeItem("Handout", 10)], weight=10),
        GradeItem("Klausur", max_points=12000, weight=40, pass_mark=50, must_pass=True),
        FormulaItem("Zulassung", formula="IF{[Übungsblätter.Percent] < 50, 0, [Klausur.Percent] / 3}", max_points=100),
    ],
    aggregation=WeightedMean(),
    scheme=GradeScheme.from_cutoffs({"sehr gut": 85, "gut": 70, "befriedigend": 55, "nicht ausreichend": 0}),
    pass_mark=50,
    name="Endnote",
)
MARKS = {
    "Blatt 1": Mark(Fraction(21, 2), note="mündlich"),
    "Blatt 2": 3,
    "Blatt 3": EXEMPT,
    "Blatt 4": 13,
    "Zusatzblatt": 2,
    "Test 1": 7,
    "Test 2": 9,
    "Test 3": 4,
    "Referat": 80,
    "Vortrag": 9,
    "Klausur": 10199,
}
REPORT = grade(BOOK, MARKS)
ZEROS = grade(BOOK, {"Klausur": 1000}, ungraded=UngradedPolicy.AS_ZERO)

CONDITION = AllOf(
    GradeValue("Klausur", Comparison.AT_LEAST, Fraction("49.5")),
    AnyOf(
        GradeValue("Tests", Comparison.BETWEEN, 75, Fraction(300, 4)),
        Measured(Measure.POSTS, "Forum", Comparison.AT_LEAST, 12000),
        GradeReceived("Blatt 3"),
        NoGradeReceived("Handout"),
    ),
    Not(Member(Membership.ROLE, "Gast")),
    Member(Membership.GROUP),
    Completed("Einführung"),
    Achieved(Achievement.AWARD_EARNED, "Laborschein"),
    During(datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 9, 30, tzinfo=UTC)),
    ProfileField("Fach", TextTest.STARTS_WITH, "Bio"),
)
FACTS = LearnerFacts(
    report=REPORT,
    now=datetime(2026, 7, 1, 12, tzinfo=UTC),
    posts={"Forum": 3},
    roles=["Studierende"],
    groups=["Montag"],
    completions={"Einführung": Completion.INCOMPLETE},
    profile={"Fach": "Biologie"},
)
ADMITTED = combine(
    "Prüfungszulassung",
    [
        evolve(check(CONDITION, FACTS), label="Voraussetzungen"),
        evolve(
            Deadline(datetime(2026, 6, 30, tzinfo=UTC)).judge(Verdict.NOT_MET, datetime(2026, 7, 1, tzinfo=UTC)),
            label="Anmeldung",
        ),
        Decision("Vorleistung", Verdict.NOT_MET, needed="Laborschein", found="Anmeldung zum Labor"),
    ],
    [Waiver("Vorleistung", why="Anerkennung", by="Prüfungsamt", at=datetime(2026, 6, 1, tzinfo=UTC))],
)

SYLLABUS = evolve(
    BOOK,
    weights_in=WeightUnit.PERCENT,
    ungraded=UngradedPolicy.AS_ZERO,
    children=(
        *BOOK.children,
        Category(
            "Praktikum",
            [
                GradeItem("Protokoll", 10, kind=ItemKind.PASS_FAIL),
                GradeItem("Kolloquium", 10, weight_moves=WeightMoves("Klausur")),
            ],
            weight=0,
            aggregation=WeightedMean(rescale=Rescale.NEVER, distribution=Distribution.BY_POINTS),
            counts=False,
        ),
    ),
)

EXPLAINED = {"bericht": REPORT, "nullen": ZEROS, "zulassung": ADMITTED, "bewertung": SYLLABUS}


@pytest.mark.parametrize("name", EXPLAINED)
def test_explanations_are_in_german(name):
    """What is explained reads in German as it is kept, with a decimal comma, and names as they are (LA2, LA3)."""
    kept = (GOLDEN / f"{name}.de.txt").read_text(encoding="utf-8")
    assert kept == f"{EXPLAINED[name].in_language(GERMAN)}\n"


@pytest.mark.parametrize("name", EXPLAINED)
def test_all_that_is_explained_is_in_german(name):
    """No text that has a code stays as it is in English, but those that are the same in both languages."""
    same = {
        "with",
        "has",
        "TextTest.EQUALS",
        "figure",
        "number",
        "percent",
        "with_symbol",
        "about",
        "compared",
        "why",
        "above",
        "from",
        "next_from",
    }
    pairs = zip(EXPLAINED[name].outline().rows(), EXPLAINED[name].in_language(GERMAN).rows(), strict=True)
    for (_, english), (_, german) in pairs:
        texts = [(row.label, row.value, *row.notes) for row in (english, german)]
        for said, other in zip(*texts, strict=True):
            assert said != other or getattr(said, "code", "figure") in same


def test_english_again_is_as_it_was():
    """What is said in German has its codes, so that English can be made of it again (LA1)."""
    for explained in EXPLAINED.values():
        assert explained.outline() == explained.in_language(GERMAN).in_language(ENGLISH)


def test_every_treatment_is_among_the_reports():
    """The reports that are kept in German have every treatment that there is."""
    assert set(Treatment) == {report[id_].treatment for report in (REPORT, ZEROS) for id_ in report}


def test_data_has_decimal_points_in_every_language():
    """Plain data has numbers with a decimal point, whatever language its texts are in (LA1)."""
    data = REPORT.in_language(GERMAN).to_dict()
    said = [row["said"] for row in (data, *data["children"])]
    numbers = re.findall(r"'number': '([^']*)'", str(said))
    assert numbers
    assert not any("," in number for number in numbers)


if __name__ == "__main__":
    for name, explained in EXPLAINED.items():
        (GOLDEN / f"{name}.de.txt").write_text(f"{explained.in_language(GERMAN)}\n", encoding="utf-8")
