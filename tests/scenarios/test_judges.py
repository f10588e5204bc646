# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What else is decided by a report that is only supposed: release conditions, certificates, rules of one's own."""

import pickle

import pytest

from gradecalc import Category, DefinitionError, Gradebook, GradeItem, GradeScheme, compile_gradebook
from gradecalc.certificates.requirements import by_condition
from gradecalc.certificates.requirements import decide as decide_certificate
from gradecalc.languages import GERMAN
from gradecalc.release_conditions import AllOf, Comparison, GradeReceived, GradeValue, LearnerFacts, check
from gradecalc.scenarios import Aspect, Reach, needed, what_if, what_if_class
from gradecalc.verdicts import Verdict, verdict

PLAN = compile_gradebook(
    Gradebook(
        [
            Category("Quizzes", [GradeItem("Quiz 1", max_points=10), GradeItem("Quiz 2", max_points=10)]),
            GradeItem("Exam", max_points=80),
        ],
        scheme=GradeScheme.from_cutoffs({"A": 80, "B": 60, "F": 0}),
    )
)
MARKS = {"Quiz 1": 4, "Quiz 2": 8, "Exam": 60}
LAB = AllOf(GradeValue("Quiz 1", Comparison.AT_LEAST, 60), GradeReceived("Quiz 2"))
REQUIREMENTS = [
    by_condition("passing_grade", GradeValue("final", Comparison.AT_LEAST, 75)),
    by_condition("exam_taken", GradeReceived("Exam")),
]


def lab_opens(report):
    """Return what a release condition comes to."""
    return check(LAB, LearnerFacts(report=report))


def certificate(report):
    """Return whether a certificate is due."""
    return decide_certificate("certificate", REQUIREMENTS, LearnerFacts(report=report))


def honours(report):
    """Return a rule of somebody's own, without a reason."""
    return verdict(report.final.symbol == "A")


JUDGES = {"Lab 2 opens": lab_opens, "certificate": certificate, "honours": honours}


def flips(what):
    """Return what is decided otherwise, as (name, verdict before, verdict after)."""
    return [(each.id, each.before.verdict, each.after.verdict) for each in what.flips]


def test_what_is_decided_otherwise_is_among_the_changes():
    """WI26: a judge whose verdict is another is one difference, after those of the lines, in the order given."""
    what = what_if(PLAN, MARKS, {"Quiz 1": 7}, judges=JUDGES)
    assert [
        ("Lab 2 opens", Verdict.NOT_MET, Verdict.MET),
        ("certificate", Verdict.NOT_MET, Verdict.MET),
    ] == flips(what)
    assert what.flips == what.changes[-2:]
    assert {Aspect.DECISION} == {each.aspect for each in what.flips}
    assert "met, was not met" == what.flips[0].reason


def test_both_decisions_are_carried_with_their_reasons():
    """WI26: the decision before and the one after say what was needed and found."""
    (lab,) = what_if(PLAN, MARKS, {"Quiz 1": 7}, judges={"Lab 2 opens": lab_opens}).flips
    before, after = ([str(each) for each in decision.reasons] for decision in (lab.before, lab.after))
    assert ("grade on 'Quiz 1': at least 60 %: found 40 %", "grade on 'Quiz 1': at least 60 %: found 70 %") == (
        before[0],
        after[0],
    )


def test_a_bare_verdict_is_a_decision_without_reasons():
    """WI26: a judge may give a verdict alone; it is then a decision with the judge's name."""
    what = what_if(PLAN, MARKS, {"Exam": 80}, judges={"honours": honours})
    assert [("honours", Verdict.NOT_MET, Verdict.MET)] == flips(what)
    assert ("honours", ()) == (what.flips[0].after.label, what.flips[0].after.reasons)


def test_what_is_decided_alike_is_no_change():
    """WI26: where the verdict stays nothing is said, and what is supposed of nothing changes nothing."""
    assert () == what_if(PLAN, MARKS, {"Quiz 2": 9}, judges={"honours": honours}).flips
    assert () == what_if(PLAN, MARKS, judges=JUDGES).changes


def test_a_judge_may_have_the_name_of_a_line():
    """WI26: a judge that is called as an item is has a row of its own."""
    what = what_if(PLAN, MARKS, {"Exam": 80}, judges={"Exam": honours, "final": honours})
    rows = [(row.label, row.value) for row in what.outline().children]
    assert [("Exam", ""), ("Exam", "not met → met"), ("final", "not met → met")] == rows


def test_the_outline_says_what_a_decision_is_made_of():
    """WI26: a row has the verdict before and after, and beneath it the parts of the later decision."""
    row = what_if(PLAN, MARKS, {"Quiz 1": 7}, judges=JUDGES).outline().children[-1]
    assert ("certificate", "not met → met") == (row.label, row.value)
    assert ["passing grade", "exam taken"] == [child.label for child in row.children]


def test_a_decision_in_german():
    """WI26, LA3: a decision that flips is told in another language, with its parts."""
    row = what_if(PLAN, MARKS, {"Quiz 1": 7}, judges=JUDGES).in_language(GERMAN).children[-1]
    assert ("nicht erfüllt → erfüllt", "erfüllt") == (row.value, row.children[0].value)
    people = what_if_class(PLAN, {"ada": MARKS}, {"Quiz 1": 7}, judges=JUDGES).in_language(GERMAN)
    assert "Lab 2 opens: andere Antwort bei 1 von 1" == people.notes[0]
    assert "Lab 2 opens: erfüllt, zuvor nicht erfüllt" == people.children[0].notes[0]


def test_of_a_class_it_is_said_of_whom_it_is_decided_otherwise():
    """WI26: of a class each judge is asked of everybody, and who has another verdict is listed with both."""
    people = {"ada": MARKS, "bob": {**MARKS, "Quiz 1": 9}, "cy": {"Quiz 1": "four"}}
    found = what_if_class(PLAN, people, {"Quiz 1": 7}, judges=JUDGES)
    assert {
        "Lab 2 opens": {"ada": (Verdict.NOT_MET, Verdict.MET)},
        "certificate": {"ada": (Verdict.NOT_MET, Verdict.MET)},
    } == found.flipped
    assert "Lab 2 opens: another answer for 1 of 3" == found.outline().notes[0]
    ada = found.outline().children[0]
    assert ("ada", "Lab 2 opens: met, was not met") == (ada.label, ada.notes[0])


def test_who_has_another_decision_and_the_same_final_has_a_row():
    """WI26: a decision may be another where the final is the same, and the row then has the final as it is."""
    people = {"ada": {"Quiz 1": 4, "Quiz 2": 8}}
    found = what_if_class(PLAN, people, {"Quiz 1": 8, "Quiz 2": 4}, judges={"Lab 2 opens": lab_opens})
    (row,) = found.outline().children
    assert ("60.00 B", ("Lab 2 opens: met, was not met",)) == (row.value, row.notes)


def test_a_target_may_be_a_decision():
    """WI10: what is needed may be asked of a judge that gives a decision, as of one that gives a verdict."""
    found = needed(PLAN, MARKS, "Quiz 1", lab_opens)
    assert (6, Reach.NEEDED) == (found.mark, found.outcome)


@pytest.mark.parametrize("judge", [None, LAB, lambda report: report.final.percent > 50])
def test_what_is_no_judge_is_refused(judge):
    """WI26: what is no function, or gives neither a verdict nor a decision, is refused with what would do."""
    with pytest.raises(DefinitionError) as caught:
        what_if(PLAN, MARKS, judges={"Lab 2 opens": judge})
    assert ("wrong_judge", "Lab 2 opens") == (caught.value.problems[0].code, caught.value.problems[0].path)
    assert "a Verdict or a Decision" in caught.value.problems[0].message


def test_what_is_supposed_with_judges_can_be_stored():
    """A scenario with decisions equals itself after it was pickled."""
    what = what_if(PLAN, MARKS, {"Quiz 1": 7}, judges=JUDGES)
    assert what == pickle.loads(pickle.dumps(what))  # noqa: S301 - our own
