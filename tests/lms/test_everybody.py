# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A whole class judges a candidate as each learner by themselves would, by kernels where there are some."""

import pytest

from gradecalc import (
    Category,
    DropRule,
    Gradebook,
    GradeItem,
    Mean,
    Rescale,
    Rounding,
    SumOfPoints,
    UngradedPolicy,
    WeightedMean,
    compile_gradebook,
    grade,
)
from gradecalc.lms import infer
from gradecalc.lms.candidates import Candidate
from gradecalc.lms.everybody import Everybody
from gradecalc.lms.evidence import fits, gather
from gradecalc.lms.imported import Imported, Recorded
from gradecalc.lms.places import Choice
from gradecalc.lms.settings import Setting, with_settings

LABS = Category("Labs", [GradeItem(f"Lab {nth}", 10 + nth) for nth in range(4)], weight=40)
ESSAYS = Category(
    "Essays",
    [Category("Long", [GradeItem("Essay 1", 20), GradeItem("Essay 2", 30)]), GradeItem("Essay 3", 10)],
    weight=60,
)
READ = Gradebook([LABS, ESSAYS], aggregation=WeightedMean())
ITEMS = [*LABS.children, *ESSAYS.children[0].children, ESSAYS.children[1]]
CLASS = {
    f"{nth}": {item.id: nth * (3 + place) % 11 for place, item in enumerate(ITEMS) if (nth + place) % 9}
    for nth in range(60)
}

SETTINGS = [
    [],
    [Setting("final", "ungraded", UngradedPolicy.AS_ZERO)],
    [Setting("Labs", "drop", DropRule(lowest=1))],
    [Setting("Labs", "drop", DropRule(lowest=1)), Setting("Labs", "ungraded", UngradedPolicy.AS_ZERO)],
    [Setting("Labs", "aggregation", SumOfPoints())],
    [Setting("Labs", "round_result", Rounding(0))],
    [Setting("Essays", "aggregation", Mean())],
    [Setting("final", "aggregation", WeightedMean(rescale=Rescale.NEVER))],
    [Setting("final", "aggregation", SumOfPoints())],
    [Setting("final", "round_result", Rounding(1))],
]


def stated(truth, *, percent=False):
    """Return what a file states of the class: finals and subtotals."""
    plan = compile_gradebook(with_settings(READ, truth))
    reports = {learner: grade(plan, marks) for learner, marks in CLASS.items()}
    return Imported(
        READ,
        CLASS,
        finals={learner: {"calculated": figure(report.final, percent)} for learner, report in reports.items()},
        recorded={
            learner: {of: figure(report[of], percent) for of in ("Labs", "Long")} for learner, report in reports.items()
        },
    )


def figure(result, percent):
    """Return a result as a file states it."""
    return Recorded(percent=result.percent) if percent else Recorded(result.points, result.out_of)


@pytest.mark.parametrize("percent", [False, True])
@pytest.mark.parametrize("truth", SETTINGS)
def test_a_class_judges_as_its_learners_do(truth, percent):
    """Whoever speaks against a gradebook is found, and nobody where everybody's figures come out (J10)."""
    gathered = gather(stated(truth, percent=percent))
    everybody = Everybody(READ, gathered)
    for settings in SETTINGS:
        book = with_settings(READ, settings)
        misfit = everybody.misfit(book)
        assert (fits(book, gathered) is None) == (misfit is None)
        assert misfit is None or fits(book, [misfit]) is misfit


@pytest.mark.parametrize("truth", SETTINGS[1:4])
def test_what_was_set_is_found_of_a_large_class(truth):
    """A large class has the settings among its candidates that its figures come of (J16)."""
    imported = stated(truth)
    found = infer(imported)
    gathered = gather(imported)
    assert found.candidates
    assert [None] * len(found.candidates) == [fits(each.gradebook, gathered) for each in found.candidates]


def test_options_that_somebody_tells_apart_are_left_out():
    """Of the options that a part of a class left open those remain under which nobody has other figures (J12)."""
    everybody = Everybody(READ, gather(stated([])))
    everybody.most_options = 4
    rounded, alike = (Setting("Labs", "round_result", Rounding(0)),), (Setting("Labs", "can_exceed", value=True),)
    narrowed = everybody.narrowed(Candidate(READ, (Choice("Labs", ((), rounded, alike)), Choice("final", ((),)))))
    assert [((), alike), ((),)] == [each.options for each in narrowed.choices]
    of_final = (Setting("final", "round_result", Rounding(0)),), (Setting("final", "can_exceed", value=True),)
    narrowed = everybody.narrowed(Candidate(READ, (Choice("final", ((), *of_final)),)))
    assert [((), of_final[1])] == [each.options for each in narrowed.choices]
