# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules D1 to D12: which results are not counted."""

from fractions import Fraction

import pytest
from attrs import evolve

from gradecalc import (
    EXEMPT,
    Category,
    DropBy,
    DropRule,
    DropTies,
    Empty,
    Gradebook,
    GradeItem,
    Mean,
    Rescale,
    SumOfPoints,
    TooFew,
    Treatment,
    UngradedPolicy,
    Unpointed,
    WeightedMean,
    grade,
)

MEAN = Mean()
AS_ZERO = UngradedPolicy.AS_ZERO


def dropped(rule, results, *, aggregation=MEAN, ungraded=None, bonus=()):
    """Return the ids dropped from results given as 'points/maximum', and the percent of the rest."""
    pairs = [result.split("/") for result in results]
    items = [GradeItem(str(nth), max_points=int(pair[1]), bonus=nth in bonus) for nth, pair in enumerate(pairs)]
    book = Gradebook(items, aggregation=aggregation, drop=rule, can_exceed=True)
    marks = {str(nth): Fraction(pair[0]) for nth, pair in enumerate(pairs) if pair[0]}
    final = grade(book, marks, ungraded=ungraded).final
    return "".join(final.dropped), final.percent


def test_lowest_first_then_highest_among_the_rest():
    """One lowest and one highest leave the middle (D1)."""
    assert ("02", 50) == dropped(DropRule(lowest=1, highest=1), ["2/10", "5/10", "9/10"])


@pytest.mark.parametrize(("by", "expected"), [(DropBy.PERCENT, "0"), (DropBy.POINTS, "2"), (DropBy.BEST_TOTAL, "1")])
def test_what_low_means_is_named(by, expected):
    """By percent, by points and by best total drop three different results (D2)."""
    results = ["3/10", "40/100", "2/2"]
    assert expected == dropped(DropRule(lowest=1, by=by), results, aggregation=SumOfPoints())[0]


@pytest.mark.parametrize(
    ("ties", "expected"), [(DropTies.FIRST, "0"), (DropTies.LAST, "2"), (DropTies.LARGER_MAXIMUM, "1")]
)
@pytest.mark.parametrize("by", [DropBy.PERCENT, DropBy.BEST_TOTAL])
def test_ties(ties, expected, by):
    """Of equal results the first, the last or the larger maximum goes (D3)."""
    assert expected == dropped(DropRule(lowest=1, ties=ties, by=by), ["5/10", "10/20", "5/10", "9/10"])[0]


@pytest.mark.parametrize(
    ("ties", "expected"), [(DropTies.FIRST, "0"), (DropTies.LAST, "2"), (DropTies.LARGER_MAXIMUM, "1")]
)
def test_ties_of_the_highest(ties, expected):
    """Ties among the highest are settled in the same way (D3)."""
    assert expected == dropped(DropRule(highest=1, ties=ties), ["5/10", "10/20", "5/10", "1/10"])[0]


def test_a_bonus_is_never_dropped():
    """The lowest of the others goes, however low the bonus is (D4)."""
    assert ("1", 90) == dropped(DropRule(lowest=1), ["0/10", "5/10", "9/10"], bonus=(0,))


def test_a_protected_result_is_counted_and_never_dropped():
    """An id in never stays, and counts (D4)."""
    assert ("1", 50) == dropped(DropRule(lowest=1, never=("0",)), ["1/10", "5/10", "9/10"])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (DropRule(lowest=1, highest=2, keep_at_least=1), "0"),
        (DropRule(lowest=5, keep_at_least=1), "01"),
        (DropRule(lowest=2, highest=2, keep_at_least=0), "01"),
        (DropRule(lowest=2, highest=1, keep_at_least=0), "012"),
        (DropRule(lowest=9, keep_at_least=0), "012"),
        (DropRule(highest=3, keep_at_least=0), "012"),
        (DropRule(lowest=2, highest=1), "01"),
        (DropRule(lowest=9), "01"),
        (DropRule(highest=3), ""),
        (DropRule(highest=9, keep_at_least=9), ""),
        (DropRule(lowest=9, keep_at_least=9), ""),
        (DropRule(lowest=1, never=("1", "2"), keep_at_least=1), ""),
    ],
)
def test_how_many_stay(rule, expected):
    """Highest gives way wholly and lowest as far as needed, counting droppable results alone (D5, D6)."""
    assert expected == dropped(rule, ["2/10", "5/10", "9/10"])[0]


def test_with_all_dropped_there_is_no_score():
    """As many dropped as graded leaves no score where none is to stay, and the report says why (D6)."""
    book = Gradebook([GradeItem("only", max_points=10)], drop=DropRule(lowest=1, keep_at_least=0))
    final = grade(book, {"only": 7}).final
    assert (None, ["all_dropped"]) == (final.percent, [reason.code for reason in final.reasons])


def test_an_exemption_beside_a_drop_erases_no_work():
    """One perfect quiz beside an exempt one stays in its category, whatever becomes of empty ones (D6, X2)."""
    quizzes = [GradeItem("a", max_points=10), GradeItem("b", max_points=10)]
    for empty in Empty:
        category = Category("C", quizzes, drop=DropRule(lowest=1), empty=empty)
        book = Gradebook([category, GradeItem("Exam", max_points=10)], aggregation=MEAN, ungraded=AS_ZERO)
        report = grade(book, {"a": 10, "b": EXEMPT, "Exam": 5})
        assert ((), 100, 75) == (report["C"].dropped, report["C"].percent, report.final.percent)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (DropRule(lowest=2), ""),
        (DropRule(lowest=2, keep_at_least=0), "01"),
        (DropRule(lowest=1, highest=1), ""),
        (DropRule(lowest=1, highest=1, keep_at_least=0), "01"),
        (DropRule(lowest=1, keep_at_least=2), ""),
        (DropRule(keep_highest=1), "0"),
        (DropRule(keep_highest=0), ""),
        (DropRule(lowest=3, keep_at_least=0), ""),
        (DropRule(lowest=1, never=("1",)), ""),
        (DropRule(lowest=1), "0"),
    ],
)
def test_all_or_nothing_is_dropped(rule, expected):
    """Of two results two are dropped only where none is to stay, and one of them never in their place (D11)."""
    all_or_nothing = evolve(rule, too_few=TooFew.DROP_NONE)
    assert expected == dropped(all_or_nothing, ["2/10", "5/10"])[0]


@pytest.mark.parametrize(("keep", "expected"), [(0, "01"), (1, "01"), (2, "0"), (5, "")])
def test_keep_highest_is_the_other_way_to_say_it(keep, expected):
    """Keeping the n highest drops all the others (D7)."""
    assert expected == dropped(DropRule(keep_highest=keep), ["2/10", "5/10", "9/10"])[0]


def test_a_result_out_of_nothing_is_never_ranked_by_percent():
    """Extra credit out of 0 is not dropped by percent, and is by points (D8)."""
    results = ["1/0", "5/10", "9/10"]
    assert "1" == dropped(DropRule(lowest=1), results, aggregation=SumOfPoints())[0]
    assert "0" == dropped(DropRule(lowest=1, by=DropBy.POINTS), results, aggregation=SumOfPoints())[0]


def test_unpointed_results_alone_are_ranked_by_points():
    """Where nothing has a maximum, the best total keeps the most points (D9)."""
    rule = DropRule(lowest=1, highest=1, by=DropBy.BEST_TOTAL)
    assert "12" == dropped(rule, ["7/0", "3/0", "9/0"], aggregation=SumOfPoints())[0]


@pytest.mark.parametrize(("rescale", "expected"), [(Rescale.ALWAYS, "2"), (Rescale.UP, "1"), (Rescale.NEVER, "1")])
def test_best_total_is_of_the_branchs_own_ratio(rescale, expected):
    """Weights beyond 100 that are not scaled make a heavy low result worth keeping (D9)."""
    items = [GradeItem(str(nth), max_points=10, weight=weight) for nth, weight in enumerate((100, 10, 100))]
    rule = DropRule(lowest=1, by=DropBy.BEST_TOTAL)
    book = Gradebook(items, aggregation=WeightedMean(rescale=rescale), drop=rule, can_exceed=True)
    assert (expected,) == grade(book, {"0": 9, "1": 9, "2": 5}).final.dropped


def test_ungraded_work_counted_as_zero_can_be_dropped():
    """A blank that counts as zero is the lowest (D10)."""
    rule = DropRule(lowest=1)
    assert ("0", 70) == dropped(rule, ["/10", "5/10", "9/10"], ungraded=UngradedPolicy.AS_ZERO)
    assert ("1", 90) == dropped(rule, ["/10", "5/10", "9/10"])


def test_exempt_work_is_removed_before_the_drops_are_chosen():
    """The lowest is sought among what is left after exemptions (X2)."""
    items = [GradeItem(name, max_points=10) for name in "abc"]
    report = grade(Gradebook(items, drop=DropRule(lowest=1)), {"a": EXEMPT, "b": 5, "c": 9})
    assert (Treatment.EXEMPT, ("b",), 90) == (report["a"].treatment, report.final.dropped, report.final.percent)


def test_what_was_dropped_says_why():
    """A dropped result says whether it was one of the lowest or of the highest."""
    items = [GradeItem(name, max_points=10) for name in "abc"]
    report = grade(Gradebook([Category("C", items, drop=DropRule(lowest=1, highest=1))]), {"a": 1, "b": 5, "c": 9})
    assert ["dropped_lowest", "dropped_highest"] == [report[name].reasons[0].code for name in "ac"]
    assert ("a", "c") == report["C"].dropped


@pytest.mark.parametrize(
    ("results", "unpointed", "expected"),
    [
        (["8/10", "5/0"], Unpointed.LAST, ("1", 80)),
        (["8/10", "5/0"], Unpointed.FIRST, ("0", None)),
        (["8/10", "0/0"], Unpointed.FIRST, ("0", None)),
        (["8/10", "-1/0"], Unpointed.FIRST, ("1", 80)),
        (["7/0", "3/0"], Unpointed.FIRST, ("1", None)),
    ],
)
def test_results_out_of_zero_may_be_all_that_is_kept(results, unpointed, expected):
    """By best total results out of 0 are kept last, or as Canvas does first, unless they are below 0 (D12)."""
    rule = DropRule(lowest=len(results) - 1, by=DropBy.BEST_TOTAL, unpointed=unpointed)
    assert expected == dropped(rule, results, aggregation=SumOfPoints())


def test_a_protected_maximum_leaves_a_total():
    """With something protected that is out of more than 0 there is always a total, and its best is sought (D12)."""
    items = [GradeItem("Protected", 10), GradeItem("Test", 10), GradeItem("Extra", 0)]
    rule = DropRule(lowest=1, by=DropBy.BEST_TOTAL, never=["Protected"], unpointed=Unpointed.FIRST)
    report = grade(Gradebook(items, drop=rule, can_exceed=True), {"Protected": 5, "Test": 9, "Extra": 1})
    assert ("Extra",) == report.final.dropped


def searched(results, *, unpointed=Unpointed.FIRST, **counts):
    """Return what Canvas's search drops of results given as 'points/maximum', and what it leaves in percent."""
    pairs = [result.split("/") for result in results]
    items = [GradeItem(str(nth), int(pair[1]), can_exceed=True) for nth, pair in enumerate(pairs)]
    rule = DropRule(by=DropBy.BEST_TOTAL, ties=DropTies.LAST, unpointed=unpointed, **counts)
    final = grade(
        Gradebook(items, drop=rule, can_exceed=True), {str(nth): Fraction(pair[0]) for nth, pair in enumerate(pairs)}
    ).final
    return "".join(final.dropped), final.percent


def test_the_last_middle_decides_between_sets_of_one_total():
    """Of 6/5 and 24/20, both 120 %, the search ends below their ratio, where the larger is better (D12)."""
    assert ("01", 120) == searched(["0/21", "6/5", "24/20"], lowest=2)


def test_results_that_are_all_equal_leave_nothing_to_search():
    """Of three results that are all 120 % the first middle is the last, and the last result goes (D12)."""
    assert ("2", 120) == searched(["24/20", "12/10", "6/5"], highest=1)


def test_hundredths_of_points_may_miss_the_optimum():
    """The search ends at 48.75 %, where 1.03/2 is ahead of 0.52/1, which would leave more (D12)."""
    assert ("12", Fraction(103, 2)) == searched(["1.03/2", "0.52/1", "0/2"], lowest=2)


def test_unpointed_work_that_is_never_dropped_ends_the_search_early():
    """Beside 7/0 the search ends at 22/15, where 10/10 costs less than 2/5, which would leave 180 % (D12)."""
    assert ("1", 170) == searched(["7/0", "2/5", "10/10"], lowest=1, never=["0"])


def test_where_every_maximum_went_the_lowest_go_again():
    """Of 3/0 and 11/0, left beside nothing that has a maximum, the lower goes in the place of the highest (D12)."""
    assert ("02", None) == searched(["3/0", "11/0", "9/13"], lowest=1, highest=1)


@pytest.mark.parametrize(("counts", "expected"), [({"lowest": 1}, "0"), ({"highest": 1}, "2")])
def test_of_equal_unpointed_work_the_lowest_goes_from_the_other_end(counts, expected):
    """Of three equal results out of 0 the first goes as the lowest and the last as the highest (D12)."""
    assert (expected, None) == searched(["5/0", "5/0", "5/0"], **counts)


def test_nothing_is_searched_for_where_all_or_nothing_goes():
    """With none to keep everything goes, and the search has nothing to find (D6, D12)."""
    assert ("01", None) == searched(["8/10", "9/10"], lowest=2, keep_at_least=0)


def test_below_zero_the_search_may_begin_at_its_end():
    """-9/0 takes the upper end below the lower one, so that the first middle is the last (D12)."""
    assert ("2", 95) == searched(["10/10", "9/10", "-9/0"], lowest=1)


def test_what_has_far_more_than_its_maximum_is_kept_rather_than_unpointed_work():
    """90 of 10 points outweigh 5 of none beside 1 of 100, and are kept rather (D12)."""
    rule = DropRule(lowest=2, by=DropBy.BEST_TOTAL, unpointed=Unpointed.FIRST)
    items = [GradeItem(str(nth), out_of, can_exceed=True) for nth, out_of in enumerate((10, 0, 100))]
    final = grade(Gradebook(items, drop=rule, can_exceed=True), {"0": 90, "1": 5, "2": 1}).final
    assert (("1", "2"), 900) == (final.dropped, final.percent)


def test_the_largest_maximum_is_that_of_all_results():
    """43/100 goes as the lowest, and still says how long the highest is sought: 1/0 goes, which leaves 10/20 (D12)."""
    assert ("13", 50) == searched(["4/10", "43/100", "6/10", "1/0"], lowest=1, highest=1)


BESIDE_TINY = Fraction(10000001, 400000)
TINY_LEFT, TINY_KEPT = Fraction(50000003, 1000000), Fraction(75000003, 25750000)


@pytest.mark.parametrize(
    ("results", "counts", "pages", "server"),
    [
        (["30/2", "221/20", "7/1", "12/1"], {"lowest": 1}, ("2", Fraction(26300, 23)), ("1", 1225)),
        (["-7/10", "-23/100", "0/1"], {"highest": 1}, ("2", Fraction(-300, 11)), ("1", Fraction(-700, 11))),
        (["1/2", "1/10", "0.0000001/2", "0.0000001/5"], {"lowest": 2}, ("23", Fraction(50, 3)), ("13", BESIDE_TINY)),
        (["1/2", "1/1", "0.00000012/1", "2/100"], {"highest": 1}, ("3", TINY_LEFT), ("1", TINY_KEPT)),
        (["1/0", "5/5", "5/5", "6/10"], {"lowest": 1, "never": ["3"]}, ("2", 80), ("0", 80)),
        (["6/10", "3/0", "3/0"], {"lowest": 1, "never": ["0"]}, ("1", 90), ("2", 90)),
    ],
)
def test_the_pages_of_canvas_search_between_other_ratios(results, counts, pages, server):
    """The browser puts ratios in order as texts, and looks at droppable maxima alone, so that others may go (D12)."""
    found = (searched(results, unpointed=each, **counts) for each in (Unpointed.BROWSER, Unpointed.FIRST))
    assert (pages, server) == tuple(found)
