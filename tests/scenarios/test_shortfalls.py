# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What keeps a final from a target, and what each policy changed, on books made for it.

The explanation of a whole book is in `tests/golden/why.txt` and `why.html`; `python tests/scenarios/test_shortfalls.py`
writes them anew, for a look at the difference.
"""

import pickle
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import pytest

from gradecalc import (
    EXEMPT,
    Band,
    CalculatedItem,
    Cap,
    Category,
    Change,
    ChangeKind,
    DefinitionError,
    DropRule,
    Empty,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    Highest,
    Hurdle,
    ItemKind,
    Mark,
    MarksError,
    Mean,
    Median,
    Missed,
    ReplacedBy,
    ReplacedWhen,
    ReplaceLowest,
    Report,
    Rescale,
    Rounding,
    UngradedPolicy,
    Verdict,
    WeightedMean,
    WeightMoves,
    compile_gradebook,
    grade,
)
from gradecalc.languages import GERMAN
from gradecalc.report.costs import CostKind
from gradecalc.scenarios import Policy, passes, why

GOLDEN = Path(__file__).parents[1] / "golden"
LETTERS = GradeScheme.from_cutoffs({"A": 90, "B": 70, "C": 50, "F": 0})

LATE = Change(ChangeKind.LATE, (9, "2 days", "20 %"))
COURSE = Gradebook(
    [
        Category(
            "Quizzes",
            [GradeItem(f"Quiz {nth}", max_points=10) for nth in (1, 2, 3)],
            weight=20,
            drop=DropRule(lowest=1),
        ),
        Category("Labs", [GradeItem("Lab 1", 10, min_points=2), GradeItem("Lab 2", 10)], weight=20, aggregation=Mean()),
        Category(
            "Talks",
            [GradeItem(f"Talk {nth}", max_points=10) for nth in (1, 2, 3)],
            weight=10,
            aggregation=Median(),
        ),
        GradeItem("Midterm", max_points=50, weight=20, replaced_by=ReplacedBy("Exam")),
        GradeItem("Exam", max_points=100, weight=30),
        GradeItem("Poster", max_points=5, weight=2, bonus=True),
    ],
    aggregation=WeightedMean(),
    scheme=LETTERS,
    round_result=Rounding(0),
)
MARKS = {
    "Quiz 1": EXEMPT,
    "Quiz 2": 9,
    "Quiz 3": 2,
    "Lab 1": 1,
    "Lab 2": Mark(7, changes=(LATE,)),
    "Talk 1": 8,
    "Talk 2": 6,
    "Talk 3": 9,
    "Midterm": 20,
    "Exam": 66,
    "Poster": 6,
}
RENDERED = {
    "why.txt": str(why(grade(COURSE, MARKS), "A")),
    "why.de.txt": str(why(grade(COURSE, MARKS), "A").in_language(GERMAN)),
    "why.html": why(grade(COURSE, MARKS), "A")._repr_html_(),
}


@pytest.mark.parametrize("name", RENDERED)
def test_why_not_is_as_it_was_agreed(name):
    """The parts, what is under a median, and what each policy changed read as they were agreed to (WI19 to WI24)."""
    assert (GOLDEN / name).read_text(encoding="utf-8") == RENDERED[name] + "\n"


def parts(report, target):
    """Return the parts by kind, id and amount."""
    return [(each.kind, each.id, each.amount) for each in why(report, target).parts]


def effects(report, target=100):
    """Return what each policy changed, by policy and id."""
    return {(each.policy, each.id): each.amount for each in why(report, target).effects}


class TestParts:
    """What a final is short of."""

    book = Gradebook([GradeItem("Quiz", 10, weight=40), GradeItem("Exam", 100, weight=60)], aggregation=WeightedMean())

    def test_each_item_costs_its_share_of_what_it_lacks(self):
        """The exam's 25 % of 60 and the quiz's 10 % of 40 less the 10 that 90 allows are the 9 that 81 lacks (WI20)."""
        found = why(grade(self.book, {"Quiz": 9, "Exam": 75}), 90)
        assert (9, False, "90 %") == (found.gap, found.reached, found.target)
        assert [("Exam", 15, Fraction(3, 5)), ("Quiz", 4, Fraction(2, 5)), ("final", -10, 1)] == [
            (each.id, each.amount, each.share) for each in found.parts
        ]

    def test_beyond_a_target_the_gap_is_below_zero(self):
        """Who has 81 % is beyond 80 %, and the parts sum to that too (WI19)."""
        found = why(grade(self.book, {"Quiz": 9, "Exam": 75}), 80)
        assert (-1, True, -1) == (found.gap, found.reached, sum(each.amount for each in found.parts))
        assert ("the final is 81 %", "reached") == found.outline().notes

    def test_without_a_score_there_is_no_gap(self):
        """Where nothing is graded there is neither a gap nor a part (WI19)."""
        found = why(grade(self.book, {}), 80)
        assert (None, (), False) == (found.gap, found.parts, found.reached)
        assert ("–", ("the final has no score",), ()) == (
            found.outline().value,
            found.outline().notes,
            found.outline().children,
        )

    def test_of_equal_costs_the_first_in_the_book_comes_first(self):
        """Lines that cost the same are in book order (WI22)."""
        book = Gradebook([GradeItem(name, 10) for name in "CAB"])
        assert ["C", "A", "B"] == [each.id for each in why(grade(book, dict.fromkeys("CAB", 5)), 100).parts]

    def test_shares_short_of_the_whole_cost(self):
        """Where weights are never rescaled, what has no mark costs its weight in the branch's shares (WI20)."""
        book = Gradebook(self.book.children, aggregation=WeightedMean(rescale=Rescale.NEVER))
        assert [(CostKind.SHARES, "final", 60), (CostKind.LOST, "Quiz", 4)] == parts(grade(book, {"Quiz": 9}), 100)

    def test_shares_beyond_the_whole_give(self):
        """Weights of 120 that are never rescaled cost 20 less than nothing (WI20)."""
        children = [GradeItem("Quiz", 10, weight=60), GradeItem("Exam", 100, weight=60)]
        book = Gradebook(children, aggregation=WeightedMean(rescale=Rescale.NEVER))
        report = grade(book, {"Quiz": 5, "Exam": 50})
        assert [(CostKind.LOST, "Quiz", 30), (CostKind.LOST, "Exam", 30), (CostKind.SHARES, "final", -20)] == parts(
            report, 100
        )

    def test_a_blank_that_counts_as_zero_costs_all_of_it(self):
        """A blank that counts as zero costs its whole share, and the part says that nothing is recorded (WI20)."""
        report = grade(self.book, {"Quiz": 10}, ungraded=UngradedPolicy.AS_ZERO)
        assert [(CostKind.UNGRADED, "Exam", 60)] == parts(report, 100)

    def test_a_bonus_costs_less_than_nothing(self):
        """A bonus gives what it adds (WI20)."""
        book = Gradebook([GradeItem("Exam", 100), GradeItem("Extra", 5, bonus=True)])
        report = grade(book, {"Exam": 80, "Extra": 4})
        assert [(CostKind.LOST, "Exam", 20), (CostKind.BONUS, "Extra", -4)] == parts(report, 100)

    def test_points_beyond_a_maximum_are_given_and_taken_by_the_cap(self):
        """12 of 10 points give 20 % that the cap takes, side by side (WI20, WI22)."""
        report = grade(Gradebook([GradeItem("Quiz", 10), GradeItem("Exam", 10)]), {"Quiz": 12, "Exam": 9})
        assert [(CostKind.LOST, "Exam", 5), (CostKind.LOST, "Quiz", -10), (CostKind.CAP, "Quiz", 10)] == parts(
            report, 100
        )

    def test_each_step_after_a_mark_is_a_part(self):
        """Lateness, the class, the floor and the rounding each cost what they took, and give what they added (WI20)."""
        item = GradeItem("Essay", 10, min_points=Fraction("2.6"), round_result=Rounding(0))
        changes = (Change(ChangeKind.LATE, (8, "1 day", "70 %")), Change(ChangeKind.CLASS, (1, "curve")))
        report = grade(Gradebook([item]), {"Essay": Mark(2, changes=changes)})
        book = Gradebook([GradeItem("Essay", 10, min_points=Fraction("2.66"), round_result=Rounding(0))])
        rounded = grade(book, {"Essay": Mark(2, changes=changes)})
        assert [
            (CostKind.LOST, "Essay", 20),
            (CostKind.LATENESS, "Essay", 70),
            (CostKind.CLASS, "Essay", -10),
            (CostKind.FLOOR, "Essay", -6),
        ] == parts(report, 100)
        assert [(CostKind.FLOOR, "Essay", Fraction("-6.6")), (CostKind.ROUNDING, "Essay", Fraction("-0.4"))] == parts(
            rounded, 100
        )[3:]

    def test_an_override_is_a_part_above_what_it_replaces(self):
        """An override of 60 % in the place of a computed 81 % costs 21 beside what the items cost (WI20)."""
        report = grade(self.book, {"Quiz": 9, "Exam": 75, "final": 60})
        assert [(CostKind.OVERRIDE, "final", 21), (CostKind.LOST, "Exam", 15), (CostKind.LOST, "Quiz", 4)] == sorted(
            parts(report, 100), key=lambda each: -each[2]
        )

    def test_an_override_of_nothing_is_one_part(self):
        """A number in the place of no score is the only part (WI20)."""
        assert [(CostKind.OVERRIDE, "final", 40)] == parts(grade(self.book, {"final": 60}), 100)

    def test_a_symbol_in_the_place_of_a_score_that_counts_as_zero_is_a_part(self):
        """Where a symbol stands for a score and counts as zero, it costs what was computed (WI20)."""
        labs = Category("Labs", [GradeItem("Lab", 10)], empty=Empty.AS_UNGRADED)
        marks = {"Lab": 9, "Labs": Mark(symbol="I", without_score=True)}
        report = grade(Gradebook([labs]), marks, ungraded=UngradedPolicy.AS_ZERO)
        assert [(CostKind.OVERRIDE, "Labs", 90), (CostKind.LOST, "Lab", 10)] == parts(report, 100)

    def test_what_a_report_has_no_figure_between_is_one_part(self):
        """A rounding before a hurdle is one part with it, and so are steps below an override (WI20)."""
        exam = GradeItem("Exam", 30, pass_mark=90, if_missed=Hurdle(final_at_most=50))
        report = grade(Gradebook([exam], round_result=Rounding(0)), {"Exam": 20})
        assert [(CostKind.SEVERAL, Fraction(50, 3)), (CostKind.LOST, Fraction(100, 3))] == sorted(
            [(kind, amount) for kind, _, amount in parts(report, 100)], key=lambda each: each[1]
        )
        overridden = grade(Gradebook([exam], round_result=Rounding(0)), {"Exam": 20, "final": Mark(12, out_of=30)})
        assert [CostKind.LOST, CostKind.SEVERAL, CostKind.OVERRIDE] == [kind for kind, _, _ in parts(overridden, 100)]

    def test_what_stands_in_for_a_result_is_a_part(self):
        """A retake that replaces 40 % by 80 % gives 40 to what the test is short of (WI20)."""
        children = [GradeItem("Test", 10, replaced_by=ReplacedBy("Retake")), GradeItem("Retake", 10, counts=False)]
        report = grade(Gradebook(children), {"Test": 4, "Retake": 8})
        assert [(CostKind.LOST, "Test", 60), (CostKind.REPLACEMENT, "Test", -40)] == parts(report, 100)

    def test_what_stands_in_for_nothing_is_the_only_part(self):
        """A retake in the place of a blank, or of exempt work, is short of 100 % as a whole (WI20)."""
        rule = ReplacedBy("Retake", when=ReplacedWhen.BETTER_OR_MISSING, even_exempt=True)
        for mark in (None, Mark(3, exempt=True)):
            children = [GradeItem("Test", 10, replaced_by=rule), GradeItem("Retake", 10, counts=False)]
            report = grade(Gradebook(children), {"Test": mark, "Retake": 8})
            assert [(CostKind.REPLACEMENT, "Test", 20)] == parts(report, 100)

    def test_what_is_out_of_zero_gives_its_points(self):
        """Points out of 0 in a sum give what they add (WI20)."""
        book = Gradebook([GradeItem("Exam", 100), GradeItem("Extra", 0)])
        report = grade(book, {"Exam": 80, "Extra": 4})
        assert [(CostKind.LOST, "Exam", 20), (CostKind.BONUS, "Extra", -4)] == parts(report, 100)


class TestWholes:
    """Results that are no sum of shares."""

    def test_a_median_is_one_part_with_what_its_items_would_change(self):
        """A median of 5, 6 and 9 of 10 is 40 short, and full marks would raise it through the lower two (WI21)."""
        report = grade(Gradebook([GradeItem(n, 10) for n in "ABC"], aggregation=Median()), {"A": 5, "B": 6, "C": 9})
        found = why(report, 100)
        assert [(CostKind.RESULT, "final", 40)] == parts(report, 100)
        assert [("final", "A", 30), ("final", "B", 30)] == [(one.under, one.id, one.amount) for one in found.full_marks]

    def test_a_formula_is_one_part_with_what_it_reads(self):
        """Of a formula item that reads another, and of a calculated one, the items that they read are named (WI21)."""
        book = Gradebook(
            [
                Category("Quizzes", [GradeItem("Q1", 10), GradeItem("Q2", 10)], counts=False),
                GradeItem("Essay", 10, counts=False),
                GradeItem("Motto", kind=ItemKind.TEXT),
                FormulaItem("Twice", formula="[Quizzes.Percent] / 2 + [Half.Percent] / 2", max_points=100, counts=True),
                FormulaItem("Half", formula="100 - [Essay.Percent] / 2", max_points=100),
                CalculatedItem("So far", items=["Essay"], max_points=100, counts=True),
            ]
        )
        report = grade(book, {"Q1": 5, "Q2": EXEMPT, "Essay": 8, "Motto": "Courage"})
        found = why(report, 100)
        assert [
            ("Twice", "Q1", Fraction(25, 2)),
            ("Twice", "Essay", Fraction(15, 2)),
            ("So far", "Essay", Fraction(15, 2)),
        ] == [(one.under, one.id, one.amount) for one in found.full_marks]
        assert "So far" in str(found)

    def test_an_item_that_is_read_twice_is_named_once(self):
        """What a formula reads by itself and in its category is one item (WI21)."""
        formula = "[Quizzes.Percent] / 2 + [Q1.Percent] / 2"
        quizzes = Category("Quizzes", [GradeItem("Q1", 10), GradeItem("Q2", 10)], counts=False)
        book = Gradebook([quizzes, FormulaItem("Half", formula=formula, max_points=100, counts=True)])
        found = why(grade(book, {"Q1": 6, "Q2": 8}), 100).full_marks
        assert [("Q1", 30), ("Q2", 5)] == [(each.id, each.amount) for each in found]

    def test_full_marks_can_make_a_final_less(self):
        """Where a formula turns on its head what it reads, full marks are said to cost (WI21)."""
        book = Gradebook(
            [
                GradeItem("Errors", 10, counts=False),
                FormulaItem("Rest", formula="100 - [Errors.Percent]", max_points=100, counts=True),
            ]
        )
        found = why(grade(book, {"Errors": 3}), 80)
        row = found.outline().children[0].children[0].children[0]
        assert ("Errors", ("full marks in it alone would lower the final by 70 percentage points",)) == (
            row.label,
            row.notes,
        )


class TestEffects:
    """What each policy changed."""

    quizzes = tuple(GradeItem(name, 10) for name in "ABC")

    def test_a_drop_rule_is_lifted_as_a_whole(self):
        """Dropping 2 and 4 of 9 made the final 90 % and not 50 %, whichever of the two is thought back (WI23)."""
        report = grade(Gradebook(self.quizzes, drop=DropRule(lowest=2)), {"A": 9, "B": 2, "C": 4})
        assert {(Policy.DROP, "final"): 40} == effects(report)
        assert ["drops B, C"] == [reason for each in why(report, 90).effects for reason in each.reasons]

    def test_an_exemption_is_lifted_to_what_is_recorded(self):
        """Beneath an exemption the recorded 1 counts; where nothing is recorded it is ungraded (WI23)."""
        book = Gradebook(self.quizzes)
        kept = grade(book, {"A": 9, "B": Mark(1, exempt=True), "C": EXEMPT})
        assert {(Policy.EXEMPTION, "B"): 40, (Policy.EXEMPTION, "C"): 0} == effects(kept)
        zero = grade(book, {"A": 9, "B": 9, "C": EXEMPT}, ungraded=UngradedPolicy.AS_ZERO)
        assert {(Policy.EXEMPTION, "C"): 30} == effects(zero)

    def test_a_category_is_exempt_once(self):
        """The exemption of a category is one policy, not one for each item in it (WI23)."""
        book = Gradebook([Category("Quizzes", self.quizzes), GradeItem("Exam", 30)])
        report = grade(book, {"Quizzes": EXEMPT, "A": 1, "B": 2, "C": 0, "Exam": 27})
        assert {(Policy.EXEMPTION, "Quizzes"): 40} == effects(report)

    def test_lateness_and_curves_are_taken_back_one_by_one(self):
        """Without lateness the later curve still adds, and without the curve lateness still takes (WI24)."""
        changes = (
            Change(ChangeKind.COVERED, ("1 day", 1, 0)),
            Change(ChangeKind.LATE, (8, "1 day", "50 %")),
            Change(ChangeKind.CLASS, (4, "curve")),
        )
        report = grade(Gradebook([GradeItem("Essay", 10)]), {"Essay": Mark(5, changes=changes)})
        assert {(Policy.LATENESS, "Essay"): -40, (Policy.CURVE, "Essay"): 10} == effects(report)

    def test_filled_missing_work_is_blank_without_the_late_policy(self):
        """Missing work at 20 % instead of a blank cost 35 of 90 % (WI24)."""
        report = grade(
            Gradebook([GradeItem("Essay", 10), GradeItem("Exam", 10)]),
            {"Essay": Mark(2, changes=(Change(ChangeKind.MISSING, (2,)),)), "Exam": 9},
        )
        assert {(Policy.LATENESS, "Essay"): -35} == effects(report)

    def test_a_change_without_figures_or_points_is_not_lifted(self):
        """A change whose points before are a text, and one of a mark without points, cannot be taken back (WI24)."""
        changes = (Change(ChangeKind.CLASS, ("a lot", "curve")),)
        book = Gradebook([GradeItem("Essay", 10), GradeItem("Exam", 10)])
        report = grade(book, {"Essay": Mark(5, changes=changes), "Exam": Mark(None, changes=(LATE,))})
        assert {} == effects(report)

    def test_floors_roundings_and_caps_are_lifted(self):
        """Each of a floor, a rounding and a cap says what it changed, the cap at the own maximum too (WI23)."""
        book = Gradebook(
            [
                GradeItem("Floor", 10, min_points=5),
                GradeItem("Rounded", 10, round_result=Rounding(-1)),
                GradeItem("Capped", 10),
                GradeItem("At", 10, cap=Cap(points=8)),
            ]
        )
        report = grade(book, {"Floor": 1, "Rounded": Fraction("7.6"), "Capped": 12, "At": 9})
        assert {
            (Policy.FLOOR, "Floor"): 10,
            (Policy.ROUNDING, "Rounded"): 1,
            (Policy.CAP, "Capped"): -5,
            (Policy.CAP, "At"): Fraction(-5, 2),
        } == effects(report)

    def test_a_hurdle_is_lifted_alone(self):
        """Of two missed hurdles each alone changes nothing while the other holds the final down (WI23)."""
        exams = [GradeItem(n, 10, pass_mark=60, if_missed=Hurdle(final_at_most=40)) for n in "AB"]
        both = grade(Gradebook([*exams, GradeItem("C", 10)]), {"A": 5, "B": 5, "C": 10})
        one = grade(Gradebook([*exams, GradeItem("C", 10)]), {"A": 5, "B": 7, "C": 9})
        assert {(Policy.HURDLE, "A"): 0} == effects(both)
        assert {(Policy.HURDLE, "A"): -30} == effects(one)

    def test_moved_weight_is_lifted(self):
        """A missed midterm whose 30 went to the exam cost what the quizzes would have made of it (WI23)."""
        book = Gradebook(
            [
                GradeItem("Quiz", 10, weight=20),
                GradeItem("Midterm", 10, weight=30, weight_moves=WeightMoves("Exam", when=Missed.UNGRADED)),
                GradeItem("Exam", 10, weight=50),
            ],
            aggregation=WeightedMean(),
        )
        report = grade(book, {"Quiz": 10, "Exam": 3})
        assert {(Policy.MOVED_WEIGHT, "Midterm"): -6} == effects(report)

    def test_replacements_are_lifted_of_lines_and_of_the_lowest(self):
        """A replacement of a line is its own policy, that of the lowest is its category's (WI23)."""
        tests = Category("Tests", self.quizzes, replace_lowest=ReplaceLowest(ReplacedBy("Retake")))
        book = Gradebook(
            [tests, GradeItem("Exam", 30, replaced_by=ReplacedBy("Oral"))]
            + [GradeItem(name, 10, counts=False) for name in ("Retake", "Oral")]
        )
        report = grade(book, {"A": 9, "B": 0, "C": 6, "Exam": 15, "Retake": 6, "Oral": 8})
        assert {(Policy.REPLACEMENT, "Tests"): 10, (Policy.REPLACEMENT, "Exam"): 15} == effects(report)
        assert "replaces the lowest: B" in str(why(report, 90))

    def test_an_override_is_lifted_with_its_symbol(self):
        """An override without a score keeps the final from any; without it there is one (WI23)."""
        book = Gradebook([GradeItem("Exam", 10)], scheme=LETTERS)
        numbered = grade(book, {"Exam": 8, "final": 9})
        withdrawn = grade(book, {"Exam": 8, "final": Mark(symbol="W", without_score=True)})
        assert {(Policy.OVERRIDE, "final"): 10} == effects(numbered)
        found = why(withdrawn, "B")
        assert [(Policy.OVERRIDE, None, 80, True)] == [
            (each.policy, each.amount, each.without, each.reached) for each in found.effects
        ]
        assert "without it the target would be reached" in str(found)
        easy, beyond = why(withdrawn, 70), why(numbered, 85)
        assert "without it the target would be reached" in str(easy)
        assert "without it the target would not be reached" in str(beyond)
        assert "without it the target" not in str(why(numbered, 80))

    def test_without_a_policy_there_may_be_no_score(self):
        """Where only a replacement gives a score, without it there is none (WI23)."""
        rule = ReplacedBy("Retake", when=ReplacedWhen.BETTER_OR_MISSING)
        children = [GradeItem("Test", 10, replaced_by=rule), GradeItem("Retake", 10, counts=False)]
        found = why(grade(Gradebook(children), {"Retake": 8}), 90)
        assert [(None, None)] == [(each.amount, each.without) for each in found.effects]
        assert "without it the final would have no score" in str(found)


class TestTargets:
    """What is asked for."""

    exam = GradeItem("Exam", 10, pass_mark=60, must_pass=True, if_missed=Hurdle(final_symbol="F"))
    book = Gradebook([exam, GradeItem("Quiz", 10, pass_mark=50, must_pass=True)], scheme=LETTERS, pass_mark=70)

    def test_a_symbol_is_measured_by_its_band(self):
        """An A is from 90 %, and a band above its start is said to be so (WI19)."""
        found = why(grade(self.book, {"Exam": 8, "Quiz": 8}), "A")
        assert (10, "A is from 90 %") == (found.gap, found.cut_off)
        above = GradeScheme((Band("F", start=0), Band("P", start=80, exclusive=True)))
        open_ = why(grade(Gradebook([self.exam], scheme=above), {"Exam": 8}), "P")
        assert (0, False, "P is above 80 %") == (open_.gap, open_.reached, open_.cut_off)

    def test_a_pass_is_measured_by_its_mark_and_kept_away_by_what_must_be_passed(self):
        """Beside the final's own mark, an exam below its mark and a quiz without a score are in the way (WI25)."""
        found = why(grade(self.book, {"Exam": 5}), passes)
        assert (20, 70, "a pass is from 70 %") == (found.gap, found.bound, found.cut_off)
        assert [("Exam", 10, "not_passed"), ("Quiz", None, "not_yet_passed")] == [
            (each.id, each.gap, each.reason.code) for each in found.obstacles
        ]
        assert "What else is in the way" in str(found)

    def test_a_symbol_is_kept_away_by_what_sets_another(self):
        """A missed hurdle that sets an F keeps a B away, and so does a symbol set by hand; a percent neither (WI25)."""
        report = grade(self.book, {"Exam": 5, "Quiz": 10})
        by_hand = grade(self.book, {"Exam": 8, "Quiz": 10, "final": Mark(symbol="I")})
        assert [("Exam", 10)] == [(each.id, each.gap) for each in why(report, "B").obstacles]
        assert [("final", "symbol_set")] == [(each.id, each.reason.code) for each in why(by_hand, "B").obstacles]
        assert () == why(report, 90).obstacles

    def test_exempt_work_that_must_be_passed_is_in_nobodys_way(self):
        """What is exempt need not be passed (WI25)."""
        assert () == why(grade(self.book, {"Exam": EXEMPT, "Quiz": 10}), passes).obstacles

    def test_a_target_without_a_percent_is_measured_from_all(self):
        """A function from a report to a verdict, and a pass without a mark, are measured from 100 % (WI19)."""

        def honours(report):
            return Verdict.MET if report["Exam"].percent == 100 else Verdict.NOT_MET

        report = grade(Gradebook([self.exam]), {"Exam": 7})
        found = why(report, honours)
        assert ("honours", 30, None) == (found.target, found.gap, found.bound)
        assert (30, None, True) == (why(report, passes).gap, why(report, passes).bound, why(report, passes).reached)

    @pytest.mark.parametrize(
        ("target", "code", "says"),
        [("a", "unknown_symbol", "which has: F, C, B, A"), ("90 %", "unknown_symbol", "A"), (True, "wrong_target", "")],
    )
    def test_a_target_that_there_is_not_is_refused(self, target, code, says):
        """What is no symbol of the scheme and no percent is refused, with what would do (WI10)."""
        with pytest.raises(DefinitionError) as refused:
            why(grade(self.book, {"Exam": 8}), target)
        assert [code] == [problem.code for problem in refused.value.problems]
        assert says in str(refused.value)


class TestOrigin:
    """What a report was made of."""

    book = Gradebook([GradeItem("Quiz", 10), GradeItem("Exam", 90)])
    marks = MappingProxyType({"Quiz": 5, "Exam": 72})

    def test_a_report_keeps_the_marks_as_they_were(self):
        """Marks that change after they were graded change no answer about that report (WI18)."""
        for marks in (dict(self.marks), self.marks):
            report = grade(self.book, marks)
            if isinstance(marks, dict):
                marks["Exam"] = 0
            found = why(report, 90)
            assert (13, "Exam", 18) == (found.gap, found.parts[0].id, found.parts[0].amount)

    def test_of_a_stored_or_pickled_report_its_making_is_asked_for(self):
        """A report that was stored or pickled is refused without plan and marks, and explained with them (WI18)."""
        report = grade(self.book, dict(self.marks))
        for kept in (Report.from_dict(report.to_dict()), pickle.loads(pickle.dumps(report))):  # noqa: S301 - our own
            with pytest.raises(DefinitionError, match="this report was stored, and plan is not given"):
                why(kept, 90)
            with pytest.raises(DefinitionError, match="and marks is not given"):
                why(kept, 90, plan=self.book)
            assert why(report, 90) == why(kept, 90, plan=compile_gradebook(self.book), marks=self.marks)

    def test_what_gives_another_report_is_refused(self):
        """Another plan, other marks and another policy are refused, for what they say is of another report (WI18)."""
        zeros = grade(self.book, {"Quiz": 5}, ungraded=UngradedPolicy.AS_ZERO)
        assert why(zeros, 90) == why(Report.from_dict(zeros.to_dict()), 90, plan=self.book, marks={"Quiz": 5})
        stored = Report.from_dict(grade(self.book, {"Quiz": 5}).to_dict())
        others = [
            {"plan": Gradebook([GradeItem("Quiz", 10), GradeItem("Exam", 80)]), "marks": {"Quiz": 5}},
            {"plan": self.book, "marks": {"Quiz": 6}},
            {"plan": self.book, "marks": {"Quiz": 5}, "ungraded": UngradedPolicy.AS_ZERO},
        ]
        for other in others:
            with pytest.raises(DefinitionError, match="give another report"):
                why(stored, 90, **other)

    def test_marks_that_raise_while_they_are_copied_are_refused(self):
        """A mapping that raises when its items are asked for is a `MarksError`, as any mark that does (M2)."""

        class Broken(dict):
            def items(self):
                raise RuntimeError

        with pytest.raises(MarksError, match="one raises RuntimeError"):
            grade(self.book, Broken())

    def test_highest_is_a_whole_too(self):
        """A highest is one part, as a median is (WI21)."""
        report = grade(Gradebook(self.book.children, aggregation=Highest()), dict(self.marks))
        assert [(CostKind.RESULT, "final", 20)] == parts(report, 100)


if __name__ == "__main__":
    for name, text in RENDERED.items():
        (GOLDEN / name).write_text(text + "\n", encoding="utf-8")
