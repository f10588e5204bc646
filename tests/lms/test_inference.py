# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""What a file does not state is inferred from its finals and subtotals, and what cannot be told apart is said."""

from fractions import Fraction
from itertools import product

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradecalc import (
    BestOf,
    ByFormula,
    Category,
    ChildWeight,
    DropRule,
    FormulaItem,
    Gradebook,
    GradeItem,
    ItemKind,
    Maximum,
    Mean,
    Missed,
    Rescale,
    Rounding,
    RoundingMode,
    SumOfPoints,
    UngradedPolicy,
    WeightedMean,
    Weighting,
    WeightMoves,
    WeightUnit,
    compile_gradebook,
    grade,
)
from gradecalc.extras import definitions
from gradecalc.languages import GERMAN
from gradecalc.lms import infer, reconcile
from gradecalc.lms.evidence import try_compile
from gradecalc.lms.imported import Imported, Recorded
from gradecalc.lms.places import OpenPlace, book_options
from gradecalc.lms.settings import Setting, with_settings
from gradecalc.lms.system_rules import WAYS_TO_DROP
from gradecalc.testing import graded_books

LABS = Category("Labs", [GradeItem(f"Lab {nth}", 10) for nth in range(1, 5)], weight=40)
ESSAYS = Category("Essays", [GradeItem("Essay 1", 20), GradeItem("Essay 2", 30)], weight=60)
POINTS = Gradebook([LABS, ESSAYS, GradeItem("Exam", 50)])
WEIGHTED = Gradebook([LABS, ESSAYS], aggregation=WeightedMean())
CLASS = {
    "Ada": {"Lab 1": 7, "Lab 2": 9, "Lab 3": 3, "Lab 4": 8, "Essay 1": 14, "Essay 2": 11, "Exam": 31},
    "Bob": {"Lab 1": 5, "Lab 2": 0, "Lab 4": 10, "Essay 1": 20, "Exam": 44},
    "Cem": {"Lab 2": 2, "Lab 3": 6, "Essay 2": 29, "Exam": 13},
    "Dee": {},
}


def exported(read, true, marks=CLASS, *, subtotals=True):
    """Return what would be read of a system's file: a gradebook without its settings, and what the system computed."""
    plan = compile_gradebook(true)
    marks = {learner: {of: mark for of, mark in record.items() if of in plan.ids} for learner, record in marks.items()}
    reports = {learner: grade(plan, record) for learner, record in marks.items()}
    of_categories = [each.id for each in true.children if isinstance(each, Category)] if subtotals else []
    return Imported(
        read,
        marks,
        finals={learner: {"calculated": stated(report.final)} for learner, report in reports.items()},
        recorded={learner: {of: stated(report[of]) for of in of_categories} for learner, report in reports.items()},
    )


def stated(result):
    """Return a result as a file states it."""
    return Recorded() if result.points is None else Recorded(result.points, result.out_of)


def told(inference):
    """Return the settings of the first candidate."""
    return list(inference.candidates[0].settings)


TRUTHS = [
    (POINTS, [Setting("final", "ungraded", UngradedPolicy.AS_ZERO)]),
    (POINTS, [Setting("Labs", "drop", DropRule(lowest=1))]),
    (POINTS, [Setting("final", "ungraded", UngradedPolicy.AS_ZERO), Setting("Labs", "drop", DropRule(lowest=2))]),
    (POINTS, [Setting("Labs", "ungraded", UngradedPolicy.AS_ZERO)]),
    (POINTS, [Setting("final", "aggregation", Mean())]),
    (POINTS, [Setting("final", "round_result", Rounding(0, RoundingMode.UP))]),
    (POINTS, [Setting("Lab 3", "counts", value=False)]),
    (POINTS, [Setting("Essay 2", "bonus", value=True)]),
    (WEIGHTED, [Setting("final", "ungraded", UngradedPolicy.AS_ZERO)]),
    (WEIGHTED, [Setting("final", "aggregation", SumOfPoints())]),
]


@pytest.mark.parametrize(("read", "truth"), TRUTHS)
def test_a_setting_is_found(read, truth):
    """What was set comes out first, since nothing simpler gives every figure (J10, J11)."""
    found = infer(exported(read, with_settings(read, truth)))
    assert truth == told(found)
    assert with_settings(read, truth) == found.candidates[0].gradebook


def test_a_gradebook_that_fits_as_it_is_needs_no_settings():
    """Where every figure comes out, the first candidate is what was read."""
    first = infer(exported(POINTS, POINTS)).candidates[0]
    assert ((), POINTS) == (first.settings, first.gradebook)
    assert "as it was read" == first.outline().label
    assert () == infer(exported(POINTS, POINTS)).words


def test_a_subtotal_tells_what_finals_alone_do_not():
    """Without subtotals more fits than with them (J12)."""
    true = with_settings(WEIGHTED, [Setting("Labs", "drop", DropRule(lowest=1))])
    one = {"Bob": CLASS["Bob"]}
    assert len(infer(exported(WEIGHTED, true, one)).candidates) < len(
        infer(exported(WEIGHTED, true, one, subtotals=False)).candidates
    )


def test_what_cannot_be_told_apart_is_one_choice():
    """One learner without blanks says nothing of blanks, and all the policies are given (J12)."""
    found = infer(exported(POINTS, POINTS, {"Ada": CLASS["Ada"]}))
    labs = next(each for each in found.candidates[0].choices if each.of == "Labs")
    assert labs.options[0] == ()
    policies = {each.value for candidate in found.candidates for each in candidate.settings if each.name == "ungraded"}
    assert {UngradedPolicy.AS_ZERO, UngradedPolicy.AS_ZERO_ONCE_GRADED} <= policies
    assert "or: " in str(infer(exported(POINTS, POINTS, {"Bob": CLASS["Bob"]})))


def test_what_was_inferred_is_said_by_code():
    """The first candidate and how many others do as well are said in sentences, in any language (LA1)."""
    settings_ = [Setting("Labs", "drop", DropRule(lowest=1))]
    several = infer(exported(WEIGHTED, with_settings(WEIGHTED, settings_), {"Bob": CLASS["Bob"]}))
    first, *others = several.candidates
    told = [(each.code, each.arguments) for each in several.words]
    assert [("inferred", (each,)) for each in first.told] == told[: len(first.told)]
    assert [("other_ways", (len(others),))] == told[len(first.told) :]
    two, one = (evolve(several, candidates=several.candidates[:count]) for count in (2, 1))
    assert ["another_way", "inferred"] == [two.words[-1].code, one.words[-1].code]
    assert "aus den Endergebnissen abgeleitet, nicht angegeben: Labs: " in GERMAN.say(several.words[0])


def test_parts_that_do_not_count_are_found():
    """Items of a sum that the system leaves out, or counts as a bonus, are found by what is missing (J14)."""
    book = Gradebook([*(GradeItem(f"Task {nth}", 5 + nth) for nth in range(6)), GradeItem("Visit", 40)])
    marks = {"Ada": {"Task 1": 3, "Task 2": 5, "Task 4": 9}, "Bob": {"Task 0": 2, "Task 2": 1}, "Cem": {}}
    truth = [
        Setting("final", "ungraded", UngradedPolicy.AS_ZERO),
        Setting("Task 2", "counts", value=False),
        Setting("Task 4", "bonus", value=True),
        Setting("Visit", "counts", value=False),
    ]
    found = infer(exported(book, with_settings(book, truth), marks))
    assert set(truth) == set(told(found))


def test_symbols_are_worth_what_is_left_to_them():
    """An item of symbols counts, and each symbol has the one value that the finals leave to it (J15)."""
    read = Gradebook([GradeItem("Quiz", 10), GradeItem("Talk", 20, kind=ItemKind.TEXT)])
    true = Gradebook([GradeItem("Quiz", 10), GradeItem("Talk", 20)])
    finals = {"Ada": (7 + 20, 30), "Bob": (2 + 10, 30), "Cem": (9 + 20, 30), "Dee": (4, 30)}
    marks = {"Ada": {"Quiz": 7, "Talk": "good"}, "Bob": {"Quiz": 2, "Talk": "fair"}, "Cem": {"Quiz": 9, "Talk": "good"}}
    imported = Imported(
        read,
        {**marks, "Dee": {"Quiz": 4}},
        finals={learner: {"calculated": Recorded(*figures)} for learner, figures in finals.items()},
    )
    found = infer(imported)
    scheme = next(each.value for each in told(found) if each.name == "scheme")
    assert {"good": 100, "fair": 50} == {band.symbol: band.worth for band in scheme.bands}
    assert reconcile(imported, found.candidates[0].gradebook).agree == ("Ada", "Bob", "Cem", "Dee")
    assert true.children[0] == found.candidates[0].gradebook.children[0]


def test_weights_that_are_not_stated_are_worked_out():
    """A final that weighs its categories by what the file does not say tells the weights (J29)."""
    read = Gradebook([evolve(LABS, weight=None), GradeItem("Talk", 50), GradeItem("Exam", 50)])
    marks = {learner: {**record, "Talk": 7 * nth % 50} for nth, (learner, record) in enumerate(CLASS.items(), start=3)}
    weights = [Setting("Labs", "weight", 25), Setting("Talk", "weight", 35), Setting("Exam", "weight", 40)]
    truth = [
        Setting("final", "ungraded", UngradedPolicy.AS_ZERO),
        Setting("final", "aggregation", WeightedMean()),
        Setting("Labs", "aggregation", SumOfPoints()),
    ]
    imported = exported(read, with_settings(read, [*truth, *weights]), marks)
    shown = {
        learner: {"total": Recorded(percent=Rounding(1).apply(finals["calculated"].stated))}
        for learner, finals in imported.finals.items()
    }
    for each in (imported, evolve(imported, finals=shown)):
        assert {*truth, *weights} == set(told(infer(each)))


def test_a_candidate_can_be_saved():
    """A candidate is a gradebook like any other: it is written as a definition and read back."""
    true = with_settings(POINTS, [Setting("Labs", "drop", DropRule(lowest=1))])
    book = infer(exported(POINTS, true)).candidates[0].gradebook
    assert book == definitions.from_dict(definitions.to_dict(book))


def in_shares(node):
    weight = None if node.weight is None else Fraction(node.weight) / 100
    below = {"children": [in_shares(each) for each in node.children]} if isinstance(node, Category) else {}
    return evolve(node, weight=weight, **below)


@pytest.mark.parametrize("rescale", Rescale)
def test_weights_in_shares_are_those_in_percent(rescale):
    """A gradebook whose weights are shares, also within a category, is inferred as one in percent is (W11, J10)."""
    labs = evolve(LABS, children=[evolve(each, weight=25) for each in LABS.children])
    true = Gradebook([labs, ESSAYS], aggregation=WeightedMean(rescale=rescale))
    shares = evolve(true, children=[in_shares(each) for each in true.children], weights_in=WeightUnit.SHARE)
    expected, actual = (infer(exported(evolve(each, aggregation=WeightedMean()), each)) for each in (true, shares))
    assert expected.candidates
    assert [each.settings for each in expected.candidates] == [each.settings for each in actual.candidates]
    assert expected.notes == actual.notes


def test_weights_that_are_found_are_stated_as_the_gradebook_has_them():
    """What a part weighs is found as a share where weights are shares, so that it grades as it did (W11, J29)."""
    items = [GradeItem("Test", 100), GradeItem("Exam", 100)]
    true = Gradebook([evolve(items[0], weight=40), evolve(items[1], weight=60)], aggregation=WeightedMean())
    marks = {"Ada": {"Test": 90, "Exam": 60}, "Bob": {"Test": 50, "Exam": 100}, "Cem": {"Test": 20, "Exam": 33}}
    found = infer(exported(Gradebook(items, weights_in=WeightUnit.SHARE), true, marks))
    weights = [{each.of: each.value for each in one.settings if each.name == "weight"} for one in found.candidates]
    assert found.candidates
    assert [{"Test": Fraction(2, 5), "Exam": Fraction(3, 5)}] * len(found.candidates) == weights


def test_shares_that_make_a_whole_are_not_short():
    """Weights of 0.4 and 0.6 are all that counts, and are not told as short of 100; 0.08 is (W11)."""
    for weight, notes in ((1, []), (Fraction(8, 100), [("short_weights", ("8 of 100 in Labs",))])):
        short = Category("Labs", [GradeItem("Lab 1", 10, weight=weight)], weight=Fraction(2, 5))
        essays = evolve(ESSAYS, weight=Fraction(3, 5))
        book = Gradebook([short, essays], aggregation=WeightedMean(), weights_in=WeightUnit.SHARE)
        imported = Imported(
            book, {"Ada": {"Lab 1": 10, "Essay 1": 20}}, finals={"Ada": {"calculated": Recorded(613, 1000)}}
        )
        found = infer(imported)
        assert ((), notes) == (found.candidates, [(each.code, each.arguments) for each in found.notes])


def test_what_no_setting_gives_has_no_candidate():
    """Where no setting gives the figures there is none, and weights that are short of 100 are told."""
    short = Category("Labs", [GradeItem("Lab 1", 10, weight=8)], weight=40)
    book = Gradebook([short, ESSAYS], aggregation=WeightedMean())
    imported = Imported(
        book, {"Ada": {"Lab 1": 10, "Essay 1": 20}}, finals={"Ada": {"calculated": Recorded(613, 1000)}}
    )
    found = infer(imported)
    assert ((), True) == (found.candidates, found.complete)
    assert [("short_weights", ("8 of 100 in Labs",))] == [(each.code, each.arguments) for each in found.notes]
    assert str(found).startswith("no candidates give every stated figure")
    assert ["no_settings", "short_weights"] == [each.code for each in found.words]


def test_a_file_that_states_nothing_says_nothing():
    """Without finals and subtotals there is nothing to infer, and the search says so."""
    found = infer(Imported(POINTS, CLASS))
    assert ((), ["nothing_stated"]) == (found.candidates, [each.code for each in found.notes])


def test_who_cannot_be_graded_is_no_evidence():
    """A learner whose marks cannot be read bears on nothing (J10)."""
    true = with_settings(POINTS, [Setting("Labs", "drop", DropRule(lowest=1))])
    imported = exported(POINTS, true)
    broken = evolve(
        imported,
        marks={**imported.marks, "Eve": {"Exam": "sick"}},
        finals={**imported.finals, "Eve": {"calculated": Recorded(1, 2)}},
    )
    assert told(infer(imported)) == told(infer(broken))


def test_the_search_ends_at_its_limit():
    """A search that ended at its limit says so, and what it found still holds (J16)."""
    books = [Category(f"C{nth}", [GradeItem(f"{nth}{each}", 10) for each in "abc"]) for nth in range(6)]
    read = Gradebook(books)
    true = with_settings(read, [Setting(each.id, "drop", DropRule(lowest=1)) for each in books])
    marks = {
        learner: {f"{nth}{each}": (nth * 3 + ord(each) * start) % 11 for nth in range(6) for each in "abc"}
        for start, learner in enumerate(("Ada", "Bob", "Cem"), start=1)
    }
    found = infer(exported(read, true, marks, subtotals=False), limit=50)
    assert not found.complete
    assert {"limit", "more"} & {each.code for each in found.notes}


def test_a_category_of_many_items_is_not_searched_for_ever():
    """What a category of many items may be is tried up to a bound, and the search says that it ended there (J16)."""
    count = 45
    book = Gradebook([Category("Labs", [GradeItem(f"Lab {nth}", 10) for nth in range(count)])])
    marks = {"Ada": {f"Lab {nth}": nth % 11 for nth in range(count)}}
    stated_of = {"Ada": {"Labs": Recorded(percent=Fraction(1, 3))}}
    found = infer(Imported(book, marks, finals={"Ada": {"total": Recorded(percent=1)}}, recorded=stated_of))
    assert ((), False, ["limit"]) == (found.candidates, found.complete, [each.code for each in found.notes])
    assert "no_settings" == found.words[0].code


def test_a_whole_class_is_asked():
    """Of a large class a few are looked at first, and whoever speaks against a candidate is looked at next (J16)."""
    marks = {f"{nth}": {"Lab 1": 10, "Lab 2": 10, "Essay 1": 20, "Exam": nth % 50} for nth in range(60)}
    marks["31"] = {"Lab 1": 10, "Lab 2": 4, "Essay 1": 20, "Exam": 31}
    true = with_settings(POINTS, [Setting("Labs", "drop", DropRule(lowest=1))])
    imported = exported(POINTS, true, marks)
    found = infer(imported)
    assert all(not reconcile(imported, each.gradebook).differ for each in found.candidates)
    assert found.candidates
    assert DropRule(lowest=1) in {each.value for each in told(found)}


def test_computed_columns_stand_aside():
    """A formula that does not count is no hindrance to the search."""
    read = evolve(POINTS, children=[*POINTS.children, FormulaItem("Hurdle", formula="[Exam.Percent]", max_points=100)])
    true = with_settings(read, [Setting("final", "ungraded", UngradedPolicy.AS_ZERO)])
    assert [Setting("final", "ungraded", UngradedPolicy.AS_ZERO)] == told(infer(exported(read, true)))


def test_a_gradebook_by_formula_is_tried_as_it_was_read():
    """Where the final is by formula there is nothing to search, and what fits as it is is found (J13)."""
    read = evolve(POINTS, aggregation=ByFormula("AVG{[Labs.Percent], [Lab 1.Percent]}"))
    assert read == infer(exported(read, read)).candidates[0].gradebook
    assert () == infer(evolve(exported(read, POINTS), gradebook=read)).candidates


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graded_books())
def test_any_gradebook_explains_its_own_figures(graded_book):
    """Whatever a gradebook has, its own final needs no settings, and every candidate gives it (J10, J13)."""
    book, marks = graded_book
    final = stated(grade(book, marks).final)
    imported = Imported(book, {"Ada": marks}, finals={"Ada": {"calculated": final}})
    found = infer(imported, limit=100)
    assert (final.points is None) == (() == found.candidates)
    if found.candidates:
        assert () == found.candidates[0].settings
    assert all(not reconcile(imported, each.gradebook).differ for each in found.candidates)


def test_settings_that_a_gradebook_cannot_have_are_no_candidates():
    """What is tried and has an error, as where a weight moves to what does not count, is passed over."""
    moving = Category("Labs", weight_moves=WeightMoves(to="Notes", when=Missed.EXEMPT))
    below = Category("Open", [GradeItem("Lab 1", 10)])
    notes = Category(
        "Notes", [Category("None"), below], aggregation=BestOf([Weighting("W", [ChildWeight("None", 10)])])
    )
    book = Gradebook([moving, notes, GradeItem("Exam", 10)], aggregation=WeightedMean(out_of=Maximum.POINTS))
    marks = {"Lab 1": 0, "Exam": 0}
    found = infer(Imported(book, {"Ada": marks}, finals={"Ada": {"calculated": stated(grade(book, marks).final)}}))
    assert book == found.candidates[0].gradebook
    assert all(try_compile(each.gradebook) for each in found.candidates)


def test_canvas_policies_are_not_searched():
    """Where a final says its own ungraded policy, drops are found under both, in Canvas's way (J9, J11)."""
    drop = Setting("Labs", "drop", evolve(WAYS_TO_DROP["canvas"][0], lowest=1))
    true = with_settings(POINTS, [drop])
    plan = compile_gradebook(true)
    finals = {
        learner: {
            "current": Recorded(percent=grade(plan, record, ungraded=UngradedPolicy.LEAVE_OUT).final.percent),
            "final": Recorded(percent=grade(plan, record, ungraded=UngradedPolicy.AS_ZERO).final.percent),
        }
        for learner, record in CLASS.items()
    }
    imported = Imported(POINTS, CLASS, finals=finals, system="canvas")
    assert [drop] == told(infer(imported))


numbers = st.one_of(st.none(), st.integers(0, 10))


@st.composite
def files(draw):
    """Draw a gradebook as it was read, the true one, and a class with blanks."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    weighted = draw(st.booleans())
    categories = [
        Category(
            f"C{nth}",
            [GradeItem(f"{nth}.{each}", draw(st.sampled_from([5, 10, 20]))) for each in range(size)],
            weight=draw(st.sampled_from([20, 30])) if weighted else None,
        )
        for nth, size in enumerate(sizes)
    ]
    children = [*categories, *([GradeItem("Exam", 40, weight=50)] if draw(st.booleans()) else [])]
    read = Gradebook(children, aggregation=WeightedMean() if weighted else SumOfPoints())
    ids = [each.id for category in categories for each in category.children] + ["Exam"] * (len(children) > len(sizes))
    marks = draw(
        st.lists(st.fixed_dictionaries(dict.fromkeys(ids, numbers)), min_size=1, max_size=4).map(
            lambda rows: {f"L{nth}": row for nth, row in enumerate(rows)}
        )
    )
    truth = draw(st.sampled_from(book_options(read)))
    for nth, category in enumerate(categories):
        said = {(each.of, each.name) for each in truth}
        place = OpenPlace(nth, category, [])
        truth += draw(
            st.sampled_from([each for each in place.options() if said.isdisjoint((one.of, one.name) for one in each)])
        )
    return read, with_settings(read, truth), marks, draw(st.booleans())


def resolved(book):
    """Return the lines of a book with what they inherit stated."""
    return {
        each.id: evolve(each, aggregation=each.aggregation or book.aggregation, ungraded=each.ungraded or book.ungraded)
        for each in book.children
        if isinstance(each, Category)
    }


def allows(read, candidate, true):
    """Return whether a candidate, or what cannot be told from it, is the true gradebook."""
    of_final = [each.options for each in candidate.choices if each.of == "final"]
    of_others = {each.of: each.options for each in candidate.choices if each.of != "final"}
    for options in product(*of_final):
        book = with_settings(read, [one for each in options for one in each])
        if evolve(book, children=[]) != evolve(true, children=[]):
            continue
        within = {
            id_: [resolved(with_settings(book, option))[id_] for option in of_others.get(id_, ((),))]
            for id_ in resolved(book)
        }
        if all(each in within[id_] for id_, each in resolved(true).items()):
            return True
    return False


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files())
def test_the_true_settings_are_among_the_candidates(file):
    """Every candidate gives every figure, and a search that came to its end has what was set (J10)."""
    read, true, marks, subtotals = file
    imported = exported(read, true, marks, subtotals=subtotals)
    found = infer(imported)
    for candidate in found.candidates:
        assert () == reconcile(imported, candidate.gradebook).differ
    if any(imported.finals[learner]["calculated"].points is not None for learner in marks):
        assert not found.complete or any(allows(read, each, true) for each in found.candidates)
