# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rule Z12: what changed between two reports of a learner, and why."""

import json
import pickle
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from gradecalc import (
    EXEMPT,
    Category,
    DefinitionError,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    Mark,
    ReplacedBy,
    Report,
    Rounding,
    UngradedPolicy,
    WeightedMean,
    compare,
    compile_gradebook,
    grade,
)
from gradecalc.languages import GERMAN
from gradecalc.report.changes import ReportChanges
from gradecalc.report.differences import Aspect
from gradecalc.report.own_changes import Cause
from gradecalc.testing import graded_books
from stored_course import MARKS, PLAN, REPORT, stored

QUIZZES = Category("Quizzes", [GradeItem(f"Q{nth}", 10) for nth in (1, 2)], weight=40, drop=DropRule(lowest=1))
BOOK = Gradebook([QUIZZES, GradeItem("Exam", 100, weight=60)], aggregation=WeightedMean())
BEFORE = grade(BOOK, {"Q1": 4, "Q2": 6, "Exam": 70})


def codes(reasons):
    return [each.code for each in reasons]


def test_nothing_changed():
    """Of two reports that are alike nothing changed, and the outline says so (Z12)."""
    changes = compare(REPORT, grade(PLAN, dict(reversed(MARKS.items()))))
    assert ((), (), ()) == (changes.causes, changes.lines, changes.reasons)
    assert ["nothing"] == codes(changes.outline().notes)


@pytest.mark.parametrize(("reports", "path"), [((REPORT, 3), "after"), ((None, REPORT), "before")])
def test_what_is_no_report_is_not_compared(reports, path):
    """What is no report is refused with what is due."""
    with pytest.raises(DefinitionError, match=f"{path} is .*; it must be a Report, such as grade"):
        compare(*reports)


STANDING_IN = Gradebook(
    [
        Category("Labs", [GradeItem("L1", 10), GradeItem("L2", 10)], weight=50),
        GradeItem("Midterm", 100, weight=20, replaced_by=ReplacedBy("Exam")),
        GradeItem("Exam", 100, weight=30),
    ],
    aggregation=WeightedMean(),
)


@pytest.mark.parametrize(
    ("change", "id_", "told"),
    [
        ({"Exam": 90}, "Midterm", "through what stands in for it: Exam"),
        ({"Labs": 60}, "L1", "through what it is in: Labs"),
        ({"final": 60}, "L1", "through what it is in: Final grade"),
        ({"Midterm": EXEMPT}, "Exam", "through what is beside it: Midterm"),
        ({"Midterm": EXEMPT}, "L1", "through what is beside it: Midterm"),
        ({"L1": 9, "final": 60}, "L2", "through what it is in: Final grade"),
    ],
)
def test_what_changed_a_line_is_named(change, id_, told):
    """A line that others changed names them: what stands in for it, what is beside it, and what it is in (Z12)."""
    marks = {"L1": 5, "L2": 9, "Midterm": 40, "Exam": 70}
    changes = compare(grade(STANDING_IN, marks), grade(STANDING_IN, marks | change))
    assert told == changes[id_].causes[0]


def test_what_a_report_does_not_tell_is_not_named():
    """What a formula reads, and whose maximum moved a share, is not named, for a report does not tell it (Z12)."""
    book = Gradebook(
        [GradeItem("Exam", 10), GradeItem("Quiz", 10), FormulaItem("Half", max_points=5, formula="[Exam.Points] / 2")]
    )
    was, *others = (grade(book, {"Exam": exam, "Quiz": 5}) for exam in (4, 6, Mark(4, out_of=20)))
    causes = [codes(compare(was, now)[id_].causes) for now, id_ in zip(others, ("Half", "Quiz"), strict=True)]
    assert [["above"], ["above"]] == causes


def test_what_is_set_by_hand_is_said_once():
    """What is set by hand says so once, on its own line, and its reasons are kept as data (Z12)."""
    marks = {"L1": 5, "L2": 9, "Midterm": 40, "Exam": 70}
    reports = [grade(STANDING_IN, marks | more) for more in ({}, {"Labs": 60}, {"Labs": 50}, {"final": 60})]
    labs = [compare(*reports[:2])["Labs"], compare(*reports[1:3])["Labs"]]
    assert [("set by hand to 60",), ("set by hand to 50, was 60",)] == [each.outline().notes for each in labs]
    assert ["overridden"] == codes(labs[0].new)
    final = compare(reports[0], reports[3])
    assert ("set by hand to 60",) == final.outline().notes
    assert ["overrides"] == codes(final.reasons)


def test_another_mark_changes_what_follows():
    """The line with the mark has it as its cause, its branches their parts, and what is beside what else changed."""
    changes = compare(BEFORE, grade(BOOK, {"Q1": 9, "Q2": 6, "Exam": 70}))
    assert (Cause.MARKS,) == changes.causes
    assert {"Q1": ["mark"], "Q2": ["beside"], "Quizzes": ["parts"], "final": ["parts"]} == {
        each.id: codes(each.causes) for each in changes.lines
    }
    assert (9, 4) == tuple(Fraction(each.arguments[0]) for each in changes["Q1"].causes[0].arguments)
    assert [("Q1", "Q2")] == [each.arguments[0] for each in changes["Quizzes"].causes]


def test_a_line_has_what_was_and_what_is():
    """A changed line has both results, each aspect that is another, and the reasons that are new and gone (Z12)."""
    line = compare(BEFORE, grade(BOOK, {"Q1": 9, "Q2": 6, "Exam": 70}))["Q2"]
    assert (60, 60) == (line.before.percent, line.after.percent)
    assert [Aspect.TREATMENT, Aspect.WEIGHT] == [each.aspect for each in line.differences]
    assert (["dropped_lowest"], []) == (codes(line.new), codes(line.gone))


def test_what_did_not_change_has_no_line():
    """A line on which nothing changed is not among the changes, and asking for it names the nearest (Z12)."""
    changes = compare(BEFORE, grade(BOOK, {"Q1": 9, "Q2": 6, "Exam": 70}))
    assert "Exam" not in {each.id for each in changes.lines}
    with pytest.raises(KeyError, match="Quizzes"):
        changes["Quizzes "]


@pytest.mark.parametrize(
    ("after", "causes"),
    [
        (grade(BOOK, {"Q1": 4, "Q2": 6, "Exam": 70, "Quizzes": 90}), (Cause.OVERRIDES,)),
        (grade(BOOK, {"Q1": 5, "Q2": 6, "Exam": 70, "Quizzes": 90}), (Cause.MARKS, Cause.OVERRIDES)),
        (grade(BOOK, {"Q1": 4, "Q2": 6, "Exam": EXEMPT}), (Cause.MARKS,)),
        (grade(BOOK, {"Q1": 4, "Q2": 6, "Exam": Mark(70, note="oral")}), (Cause.MARKS,)),
        (grade(evolve(BOOK, can_exceed=True), {"Q1": 4, "Q2": 6, "Exam": 70}), (Cause.DEFINITION,)),
        (grade(evolve(BOOK, name="All"), {"Q1": 4, "Q2": 6, "Exam": 70}), (Cause.OTHERS,)),
        (grade(evolve(BOOK, shown=Rounding(0)), {"Q1": 4, "Q2": 6, "Exam": 70}), (Cause.OTHERS,)),
        (evolve(BEFORE, layout=evolve(BEFORE.layout, rules="1")), (Cause.RULES,)),
        (grade(BOOK, {"Q1": 4, "Q2": 6, "Exam": 70}, ungraded=UngradedPolicy.AS_ZERO), (Cause.UNGRADED,)),
        (evolve(BEFORE, columns=grade(BOOK, {"Q1": 4, "Q2": 6}).columns, origin=None), (Cause.MARKS,)),
    ],
)
def test_each_cause_is_told_apart(after, causes):
    """Marks, overrides, the definition, the rules, the policy, and what is only shown are told apart (Z12)."""
    changes = compare(BEFORE, after)
    assert causes == changes.causes
    assert [cause.value for cause in causes] == codes(changes.reasons)


def test_a_figure_that_nothing_explains_has_an_unknown_cause():
    """Where figures differ and nothing that is kept does, the cause is unknown (Z12)."""
    columns = evolve(BEFORE.columns, points=(1, *BEFORE.columns.points[1:]))
    changes = compare(BEFORE, evolve(BEFORE, columns=columns))
    assert (Cause.UNKNOWN,) == changes.causes
    assert ["unknown"] == codes(changes.reasons)
    assert Aspect.PERCENT in {each.aspect for each in changes["final"].differences}


def test_a_policy_in_the_place_of_others_is_a_cause():
    """The current and the final grade of the same marks differ by the policy, in words for both (Z12, U4)."""
    marks = {"Q1": 4, "Q2": 6}
    changes = compare(grade(BOOK, marks), grade(BOOK, marks, ungraded=UngradedPolicy.AS_ZERO))
    assert (Cause.UNGRADED,) == changes.causes
    assert ["ungraded work: as zero, was as each branch has it"] == [*changes.reasons]
    assert ["course"] == codes(changes["Exam"].causes)


def test_another_drop_rule_is_the_course():
    """What another rule of a branch does to it and in it is through how the course is graded (Z12)."""
    book = evolve(BOOK, children=[evolve(QUIZZES, drop=DropRule()), BOOK.children[1]])
    after = grade(book, {"Q1": 4, "Q2": 6, "Exam": 70})
    changes = compare(BEFORE, after)
    assert (Cause.DEFINITION,) == changes.causes
    assert {"Q1": ["course"], "Q2": ["course"], "Quizzes": ["parts", "course"], "final": ["parts", "course"]} == {
        each.id: codes(each.causes) for each in changes.lines
    }


def test_lines_that_are_new_or_gone_have_one_result():
    """A line that only one of the reports has has one result, and one difference (Z12)."""
    one = grade(Gradebook([GradeItem("A", 10), GradeItem("B", 10)]), {"A": 5, "B": 5})
    other = grade(Gradebook([GradeItem("A", 10), GradeItem("C", 10)]), {"A": 5, "C": 10})
    changes = compare(one, other)
    assert ["final", "C", "B"] == [each.id for each in changes.lines]
    assert (None, 100, [Aspect.ADDED]) == _told(changes["C"])
    assert (50, None, [Aspect.REMOVED]) == _told(changes["B"])
    assert {"final": "50.00 → 75.00", "C": "100.00", "B": "50.00"} == {
        "final": changes.outline().value,
        **{row.label: row.value for row in changes.outline().children},
    }


def _told(line):
    percents = [None if each is None else each.percent for each in (line.before, line.after)]
    return (*percents, [each.aspect for each in line.differences])


def test_two_stored_reports_are_compared():
    """Stored reports, whole or in parts, are compared as those that were just made (Z12)."""
    after = grade(PLAN, {**MARKS, "Quiz 4": 10, "Project": None})
    fresh = compare(REPORT, after)
    again = [Report.from_dict(json.loads(json.dumps(each.to_dict()))) for each in (REPORT, after)]
    small = [Report.from_dict(each.to_dict(layout=False), layout=PLAN.layout) for each in (REPORT, after)]
    assert fresh == compare(*again) == compare(*small)
    assert fresh == pickle.loads(pickle.dumps(fresh))  # noqa: S301 - our own
    assert isinstance(hash(fresh), int)


def test_a_report_of_an_older_format_is_compared_as_far_as_it_goes():
    """What an older format did not say, as the digest of the marks and usual maxima, is not compared (Z11, Z12)."""
    changes = compare(Report.from_dict(stored("report_2")), REPORT)
    assert (Cause.DEFINITION,) == changes.causes
    assert () == changes.lines


def test_changes_are_explained_in_words():
    """Changes print as an outline: the causes, and a row for each line with its figures before and after (Z12)."""
    changes = compare(BEFORE, grade(BOOK, {"Q1": 9, "Q2": 6, "Exam": 70}))
    assert """\
Final grade  66.00 → 78.00  other marks are recorded; through what is in it: Quizzes
  Quizzes    60.00 → 90.00  through what is in it: Q1, Q2
  Q1         40.00 → 90.00  its mark is 9, was 4; counted, was dropped; weighs 40 % of the final, was 0 %; \
no longer: dropped as one of the lowest
  Q2                 60.00  through what is beside it: Q1; dropped, was counted; weighs 0 % of the final, was 40 %; \
now: dropped as one of the lowest""" == str(changes)
    assert "Q1  40.00 → 90.00  its mark is 9, was 4" in str(changes["Q1"])
    assert "es sind andere Bewertungen eingetragen" in str(changes.in_language(GERMAN))


@settings(max_examples=60)
@given(graded_books(), st.none() | st.sampled_from(UngradedPolicy))
def test_a_report_is_not_another_than_itself(graded_book, policy):
    """No report differs from itself, stored or not, and from that without marks by nothing else than these (Z12)."""
    plan = compile_gradebook(graded_book[0])
    report = grade(plan, graded_book[1], ungraded=policy)
    assert ReportChanges(report, report, (), ()) == compare(report, Report.from_dict(report.to_dict()))
    assert {Cause.MARKS, Cause.OVERRIDES} >= set(compare(report, grade(plan, {}, ungraded=policy)).causes)
