# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The same gradebook under the rules of several systems: who changes, by how much, and by which rule."""

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
    Gradebook,
    GradeItem,
    GradeScheme,
    MarksError,
    SumOfPoints,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
    grade,
)
from gradecalc.lms import SYSTEM_RULES, compare
from gradecalc.lms.imported import Imported
from gradecalc.lms.system_rules import pinned, under
from gradecalc.testing import Features, graded_books

LABS = Category("Labs", [GradeItem(f"Lab {nth}", 10 * nth) for nth in (1, 2, 3)], weight=40)
EXAM = GradeItem("Exam", 60, weight=60)
BOOK = Gradebook([LABS, EXAM], aggregation=WeightedMean())
MARKS = {"Lab 1": 8, "Lab 2": 10, "Exam": 45}


def compared(book=BOOK, marks=MARKS, **options):
    """Return what becomes of one learner in each system."""
    (learner,) = compare(Imported(book, {"Ada": marks}), **options).learners
    return learner


def effects(learner, system):
    """Return what each rule does to a learner's final, by the rule's name."""
    return {each.rule.name: each.by for each in learner.under[system].effects}


def test_each_system_has_its_figure():
    """Blanks, sums of points in groups, and whole percents make of one gradebook five finals (J17)."""
    found = {name: each.percent for name, each in compared(evolve(BOOK, aggregation=WeightedMean())).under.items()}
    labs = Fraction(65)
    assert {
        "brightspace": Fraction(40 * labs + 60 * 75, 100),
        "canvas current": 69,
        "canvas final": 57,
        "moodle": 71,
        "openedx": 62,
    } == found


def test_the_rule_that_makes_the_difference_is_told():
    """Each rule that changes the final by itself is told with what it does (J18)."""
    learner = compared()
    assert {"ungraded": Fraction(-26, 3), "group": -2} == effects(learner, "canvas final")
    assert Fraction(71) == learner.percent
    assert not learner.changes("brightspace")
    assert learner.changes("canvas final")


def test_what_several_rules_make_together_is_said():
    """Where no rule makes a difference by itself and all together do, it is said so (J18)."""
    labs = evolve(LABS, children=[GradeItem("Lab 1", 10), GradeItem("Lab 2", 10)], drop=DropRule(lowest=2))
    book = Gradebook([labs, EXAM], aggregation=WeightedMean(), ungraded=UngradedPolicy.AS_ZERO)
    learner = compared(book, {"Lab 1": 5, "Lab 2": 5, "Exam": 60})
    assert {"drops"} == set(effects(learner, "openedx"))
    assert 60 == learner.under["openedx"].percent
    assert "all may go" in str(learner.outline())


def test_a_change_that_nobody_sees_is_none():
    """A final that is the same at two decimals has not changed (J19)."""
    book = Gradebook([GradeItem("Quiz", 3)])
    learner = compared(book, {"Quiz": 1})
    assert Fraction(3333, 100) == learner.under["canvas final"].percent
    assert not learner.changes("canvas final")
    assert learner.changes("openedx")


def test_another_symbol_is_a_change():
    """A symbol looked up for a rounded percent is another, and so the final changes (J19)."""
    book = Gradebook([GradeItem("Quiz", 1000)], scheme=GradeScheme.from_cutoffs({"A": 90, "B": 0}))
    learner = compared(book, {"Quiz": Fraction("899.99")})
    assert ("B", "A") == (learner.symbol, learner.under["canvas final"].symbol)
    assert learner.changes("canvas final")


def test_no_final_is_no_number():
    """Who has no final here and a zero there changes, by no amount."""
    learner = compared(marks={})
    assert (None, 0) == (learner.percent, learner.under["canvas final"].percent)
    assert {"ungraded": None} == effects(learner, "canvas final")


def test_the_best_total_is_dropped_as_canvas_does():
    """Brightspace drops the lowest percent, and Canvas what leaves the best total (J17)."""
    items = [GradeItem("Essay", 100), GradeItem("Quiz", 10), GradeItem("Poster", 10)]
    book = Gradebook([Category("Work", items, drop=DropRule(lowest=1))])
    learner = compared(book, {"Essay": 50, "Quiz": 4, "Poster": 10})
    assert Fraction(6000, 110) == learner.under["brightspace"].percent
    assert 70 == learner.under["canvas current"].percent
    assert ["drops"] == list(effects(learner, "canvas current"))


def test_systems_are_named():
    """A system is named by its table or the first word of it, and an unknown one is an error with the nearest."""
    imported = Imported(BOOK, {"Ada": MARKS})
    assert ("canvas current", "canvas final", "moodle") == compare(imported, ["canvas", "moodle", "canvas"]).systems
    assert ("moodle",) == compare(imported, "moodle").systems
    with pytest.raises(DefinitionError) as caught:
        compare(imported, ["mooodle"])
    assert ["unknown_system"] == [each.code for each in caught.value.problems]
    assert "moodle" in str(caught.value)


def test_every_learner_is_kept():
    """Who cannot be graded is listed with the reason, and everybody else is compared."""
    found = compare(Imported(BOOK, {"Ada": MARKS, "Bob": {"Exam": "sick"}, "Cem": {"Exam": EXEMPT}}))
    assert ["Ada", "Bob", "Cem"] == [each.learner for each in found.learners]
    assert [False, True, False] == [isinstance(each.error, MarksError) for each in found.learners]
    assert ["Ada", "Cem"] == [each.learner for each in found.changed("canvas final")]
    assert "2 of 3 change" in str(found)
    assert "cannot be graded" in str(found)


def test_every_rule_is_one_of_the_semantics():
    """Each rule of a system has words and a number of the semantics, and no system has two of one name (J17)."""
    for rules in SYSTEM_RULES.values():
        assert len({rule.name for rule in rules}) == len(rules)
        assert all(rule.says and rule.reference for rule in rules)


def test_a_category_states_what_it_has_from_its_parent():
    """So a rule about weights at the final leaves the weights in its categories alone (J18)."""
    (labs, _) = pinned(evolve(BOOK, ungraded=UngradedPolicy.AS_ZERO)).children
    assert (WeightedMean(), UngradedPolicy.AS_ZERO) == (labs.aggregation, labs.ungraded)
    (labs, _) = under(pinned(BOOK), "canvas final").children
    assert (SumOfPoints(), True) == (labs.aggregation, labs.can_exceed)


@settings(max_examples=40)
@given(graded_books(Features()), st.sampled_from(sorted(SYSTEM_RULES)))
def test_a_figure_is_that_of_the_gradebook_under_the_rules(graded_book, system):
    """Each figure is that of the gradebook under the system's rules, which are in force once they are put so (J17)."""
    book, marks = graded_book
    there = under(pinned(book), system)
    assert there == under(there, system)
    found = compare(Imported(book, {"Ada": marks}), [system])
    if system not in found.problems:
        final = grade(compile_gradebook(there), marks).final
        (learner,) = found.learners
        assert (final.percent, final.symbol) == (learner.under[system].percent, learner.under[system].symbol)
        assert learner.percent == grade(book, marks).final.percent
