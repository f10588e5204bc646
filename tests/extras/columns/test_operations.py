# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Each operation on blocks of learners, against the exact engine, within the bounds that are proven."""

from fractions import Fraction
from typing import NamedTuple

import numpy as np
import pytest
from attrs import evolve

from gradecalc import (
    EXEMPT,
    Cap,
    Category,
    DropBy,
    DropRule,
    DropTies,
    Empty,
    FormulaItem,
    Gradebook,
    GradeItem,
    GradeScheme,
    Highest,
    Hurdle,
    Lowest,
    Maximum,
    Mean,
    Median,
    Mode,
    ReplacedBy,
    Rescale,
    Rounding,
    RoundingMode,
    RoundingOf,
    SumOfPoints,
    UngradedPolicy,
    Unpointed,
    WeightedMean,
    compile_gradebook,
)
from gradecalc.extras.columns import TableGrader
from gradecalc.extras.columns.blocks import LIMIT, ROWS, Block, Cells, Scratch
from gradecalc.extras.columns.carrier import Carrier
from gradecalc.extras.columns.expressions import PARTS
from gradecalc.extras.columns.grader import carrier_of
from gradecalc.grading.kernel.expressions import Op
from graded_tables import assert_same
from lowered_books import BOOKS as LOWERED
from lowered_books import rows

AMONG = [0, 1, 2, 2.5, 5, 5, 7, 7.25, 9.99, 10, 12, -1, None, None, EXEMPT]
POINTS = Rounding(0, of=RoundingOf.POINTS)
ODD = GradeScheme.from_cutoffs(
    {"A": Fraction(8449, 100), "B": Fraction(10**16 + 1, 2 * 10**14), "C": Fraction(100, 3), "F": 0}
)
LETTERS = GradeScheme.from_cutoffs({"A": 85, "B": 70, "C": 55, "F": 0})


def quizzes(name, count=5, maxima=(10,), **traits):
    """Return a category of quizzes, whose ids begin with its name."""
    items = [GradeItem(f"{name}{nth}", maxima[nth % len(maxima)]) for nth in range(count)]
    return Category(name, items, **traits)


def best(**traits):
    """Return a rule that drops for the best total."""
    return DropRule(by=DropBy.BEST_TOTAL, **traits)


def weighed(name, weights, drop, **traits):
    """Return a category of items with weights, whose ids begin with its name."""
    items = [GradeItem(f"{name}{nth}", (10, 25)[nth % 2], weight=weight) for nth, weight in enumerate(weights)]
    return Category(name, items, aggregation=WeightedMean(**traits), drop=drop)


def mean_of(*children, **traits):
    """Return a gradebook in which each child weighs the same."""
    return Gradebook([*children, GradeItem("Exam", 10)], aggregation=WeightedMean(), scheme=LETTERS, **traits)


HIGH = {"keep_at_least": 0}
BOOKS = {
    "one dropped": mean_of(quizzes("Q", drop=DropRule(lowest=1), aggregation=Mean())),
    "several dropped": mean_of(quizzes("Q", 9, drop=DropRule(lowest=2, highest=1), aggregation=Mean())),
    "all dropped": mean_of(quizzes("Q", 2, drop=DropRule(lowest=2, **HIGH), aggregation=Mean())),
    "highest dropped": mean_of(quizzes("Q", 10, drop=DropRule(highest=3), aggregation=Mean())),
    "few kept": mean_of(quizzes("Q", 9, drop=DropRule(keep_highest=2), aggregation=Mean())),
    "none dropped until enough": mean_of(quizzes("Q", 4, drop=DropRule(lowest=1, keep_at_least=3), aggregation=Mean())),
    "unequal dropped": mean_of(quizzes("Q", 5, (10, 20), drop=DropRule(lowest=1, highest=1), aggregation=Mean())),
    "unequal dropped by points": mean_of(
        quizzes("Q", 5, (10, 20), drop=DropRule(lowest=1, highest=1, by=DropBy.POINTS), aggregation=Mean())
    ),
    "unequal and long dropped": mean_of(
        quizzes("Q", 5, (10007, 10009, 10037, 10039), drop=DropRule(lowest=1, highest=1), aggregation=Mean())
    ),
    "dropped by points": mean_of(
        quizzes("Q", 5, (10, 20), drop=DropRule(lowest=2, by=DropBy.POINTS), ungraded=UngradedPolicy.AS_ZERO)
    ),
    "larger dropped": mean_of(quizzes("Q", 4, (10, 20, 5), drop=DropRule(lowest=1, ties=DropTies.LARGER_MAXIMUM))),
    "never dropped": mean_of(quizzes("Q", 4, drop=DropRule(lowest=1, never=("Q0",)), aggregation=Mean())),
    "points": mean_of(quizzes("Q", 5, (10, 20, 7)), quizzes("P", 9, (11, 13, 17, 19, 23))),
    "points of points": Gradebook([quizzes("Q", 3, (10, 20)), quizzes("P", 2), GradeItem("Exam", 30)]),
    "many points": mean_of(quizzes("Q", 12, (101, 103, 107, 109)), quizzes("P", 12, (113, 127, 131, 137))),
    "a multiple after a product": mean_of(
        Category("Q", [GradeItem(f"Q{nth}", 10, weight=weight) for nth, weight in enumerate((43, 29, 17, 13))]),
        quizzes("P", 5, drop=DropRule(lowest=1), aggregation=Mean()),
        Category("R", [GradeItem(f"R{nth}", 10, weight=weight) for nth, weight in enumerate((41, 31, 19, 7))]),
        quizzes("S", 2, aggregation=Mean()),
        quizzes("T", 2, aggregation=Mean(), round_result=Rounding(0)),
    ),
    "no whole": mean_of(quizzes("Q", 3), quizzes("P", 3), ungraded=UngradedPolicy.AS_ZERO_ONCE_GRADED),
    "too wide": mean_of(
        *(quizzes(f"Q{nth}-", 9, (101, 103, 107, 109, 113), aggregation=SumOfPoints()) for nth in range(9))
    ),
    "too wide, and shown to many places": mean_of(
        *(quizzes(f"Q{nth}-", 9, (101, 103, 107, 109, 113), aggregation=SumOfPoints()) for nth in range(9)),
        shown=Rounding(16),
    ),
    "wide and dropped": mean_of(
        *(quizzes(f"Q{nth}-", 9, (97, 89, 83, 79), drop=DropRule(lowest=1, highest=1)) for nth in range(8)),
        quizzes("R", 4, drop=DropRule(lowest=1), aggregation=Mean()),
        round_result=Rounding(1, RoundingMode.HALF_EVEN),
        shown=Rounding(1, RoundingMode.UP),
    ),
    "capped": mean_of(quizzes("Q", 2, cap=Cap(percent=80)), GradeItem("R", 10, cap=Cap(percent=110))),
    "not capped": mean_of(quizzes("Q", 2, can_exceed=True), GradeItem("R", 10, can_exceed=True), can_exceed=True),
    "floors": Gradebook(
        [GradeItem("Q0", 10, min_points=2), GradeItem("Q1", 10, min_points=-0.5), GradeItem("Exam", 10)]
    ),
    "rounded": mean_of(
        quizzes("Q", 3, round_result=Rounding(0)), GradeItem("R", 10, round_result=Rounding(1, of=POINTS.of))
    ),
    "rounded up": mean_of(
        quizzes("Q", 3, round_result=Rounding(-1, RoundingMode.UP)), shown=Rounding(0, RoundingMode.DOWN)
    ),
    "rounded half down": mean_of(
        quizzes("Q", 3, max_points=50, round_result=Rounding(0, RoundingMode.HALF_DOWN, of=POINTS.of))
    ),
    "items rounded": Gradebook(
        [GradeItem(f"Q{nth}", 8, round_result=Rounding(0)) for nth in range(3)], shown=Rounding(8)
    ),
    "bonus": Gradebook(
        [GradeItem("Q0", 10), GradeItem("Q1", 10), GradeItem("Exam", 10, bonus=True)], aggregation=Mean()
    ),
    "bonus of the whole": mean_of(
        GradeItem("R", 10, weight=20, bonus=True), quizzes("Q", 2, (10, 20)), can_exceed=True
    ),
    "bonus beside one": mean_of(GradeItem("R", 10, weight=20, bonus=True)),
    "not counted": mean_of(quizzes("Q", 2, counts=False), GradeItem("R", 10, counts=False)),
    "not there": mean_of(quizzes("Q", 2, empty=Empty.AS_UNGRADED), ungraded=UngradedPolicy.AS_ZERO),
    "weights of many sums": mean_of(
        Category("Q", [GradeItem(f"Q{nth}", 10, weight=2**nth) for nth in range(9)], aggregation=WeightedMean())
    ),
    "up": Gradebook(
        [GradeItem("Q0", 10, weight=70), GradeItem("Q1", 10, weight=80)], aggregation=WeightedMean(rescale=Rescale.UP)
    ),
    "never": Gradebook(
        [GradeItem("R", 10, weight=70), quizzes("Q", 2, (10, 15), weight=80)],
        aggregation=WeightedMean(rescale=Rescale.NEVER),
        can_exceed=True,
    ),
    "a hurdle": mean_of(quizzes("Q", 2), GradeItem("R", 10, pass_mark=50, if_missed=Hurdle(final_at_most=60))),
    "the symbol of a hurdle": mean_of(
        quizzes("Q", 2),
        GradeItem("R", 10, pass_mark=50, must_pass=True, if_missed=Hurdle(final_symbol="Failed")),
        GradeItem("S", 10, pass_mark=60, must_pass=True, if_missed=Hurdle(final_symbol="Open")),
    ),
    "the symbol of a hurdle alone": Gradebook(
        [GradeItem("R", 10, pass_mark=50, must_pass=True, if_missed=Hurdle(final_symbol="Failed")), GradeItem("S", 10)]
    ),
    "the middle": mean_of(quizzes("Q", 5, (10, 20), aggregation=Median()), quizzes("P", 1, aggregation=Median())),
    "the lowest": mean_of(quizzes("Q", 3, aggregation=Lowest()), quizzes("P", 3, (10, 20), aggregation=Highest())),
    "the most frequent": mean_of(quizzes("Q", 7, aggregation=Mode())),
    "by rank": mean_of(quizzes("Q", 4, aggregation=WeightedMean(ranks=(50, 30, 20)))),
    "by rank in points": Gradebook(
        [
            quizzes("Q", 4, (10, 20, 30), aggregation=WeightedMean(ranks=(50, 30), out_of=Maximum.POINTS)),
            GradeItem("Exam", 10),
        ]
    ),
    "by rank out of what counts": Gradebook(
        [
            quizzes("Q", 4, (10, 20), aggregation=WeightedMean(ranks=(50, 0, 30), out_of=Maximum.MEAN)),
            GradeItem("Exam", 10),
        ]
    ),
    "formulas": mean_of(
        GradeItem("R", 10),
        FormulaItem(
            "F", formula="IF{[R.Percent] < 50, [Exam.Percent] * 2, MAX{[R.Percent], [Exam.Percent]}}", max_points=100
        ),
    ),
    "categories dropped": Gradebook(
        [quizzes(name, 3, (10, 20)) for name in "QRST"], aggregation=Mean(), drop=DropRule(lowest=1, highest=1)
    ),
    "categories dropped by size": Gradebook(
        [quizzes(name, 2, (10 + size, 20)) for size, name in enumerate("QRS")],
        aggregation=Mean(),
        drop=DropRule(lowest=1, ties=DropTies.LARGER_MAXIMUM),
    ),
    "own points rounded": mean_of(
        quizzes("Q", 3, (10, 20), aggregation=SumOfPoints(), round_result=POINTS), ungraded=UngradedPolicy.AS_ZERO
    ),
    "items replaced": mean_of(
        GradeItem("R", 10, replaced_by=ReplacedBy("Exam")), GradeItem("S", 20), ungraded=UngradedPolicy.AS_ZERO
    ),
    "bonus of as many": Gradebook(
        [*(GradeItem(f"Q{nth}", 10, bonus=nth > 1) for nth in range(4)), quizzes("R", 3, (10, 20))], aggregation=Mean()
    ),
    "an item out of nothing": mean_of(GradeItem("R", 0, round_result=Rounding(0), counts=False)),
    "bands of half percents": Gradebook([quizzes("Q", 3, (7, 11, 13))], aggregation=Mean(), scheme=ODD),
    "replaced": mean_of(quizzes("Q", 3, replaced_by=ReplacedBy("Exam"))),
    "blank branches as zero": mean_of(quizzes("Q", 2, empty=Empty.AS_UNGRADED), quizzes("R", 2, counts=False)),
    "best total of points": Gradebook([quizzes("Q", 5, (10, 20, 7), drop=best(lowest=2)), GradeItem("Exam", 10)]),
    "best total of points, highest too": Gradebook(
        [quizzes("Q", 6, (10, 20, 7), drop=best(lowest=1, highest=1)), GradeItem("Exam", 10)]
    ),
    "best total of a mean": mean_of(quizzes("Q", 5, (10, 20), drop=best(lowest=2), aggregation=Mean())),
    "best total of weights": mean_of(weighed("Q", (10, 20, 30, 25), best(lowest=1, ties=DropTies.LAST))),
    "best total of weights up to the whole": mean_of(
        weighed("Q", (40, 50, 60, 20), best(lowest=1, highest=1), rescale=Rescale.UP)
    ),
    "best total of weights of the whole": mean_of(
        weighed("Q", (10, 20, 30, 25), best(lowest=2, ties=DropTies.LARGER_MAXIMUM), rescale=Rescale.NEVER)
    ),
    "best total with what weighs nothing": mean_of(weighed("Q", (10, 0, 0, 25), best(lowest=2))),
    "best total with what stays": mean_of(
        quizzes("Q", 5, (10, 20), drop=best(lowest=2, never=("Q0",))), ungraded=UngradedPolicy.AS_ZERO
    ),
    "best total with a bonus": Gradebook(
        [*(GradeItem(f"Q{nth}", (10, 20)[nth % 2], bonus=nth == 3) for nth in range(5)), GradeItem("Exam", 10)],
        drop=best(lowest=2),
        can_exceed=True,
    ),
    "best total with points out of 0": Gradebook(
        [quizzes("Q", 4, (10, 0, 20), drop=best(lowest=2)), GradeItem("Exam", 10)]
    ),
    "best total as Canvas finds it": Gradebook(
        [quizzes("Q", 4, (10, 20, 7), drop=best(lowest=1, unpointed=Unpointed.FIRST)), GradeItem("Exam", 10)]
    ),
    "best total as the pages of Canvas find it": Gradebook(
        [
            quizzes("Q", 5, (10, 1, 20), drop=best(lowest=1, highest=1, never=("Q1",), unpointed=Unpointed.BROWSER)),
            GradeItem("Exam", 10),
        ],
        can_exceed=True,
    ),
    "best total as Canvas finds it, highest too": Gradebook(
        [
            quizzes("Q", 6, (10, 20, 7), drop=best(lowest=1, highest=1, never=("Q1",), unpointed=Unpointed.FIRST)),
            quizzes("P", 3, (10, 0, 5), drop=best(lowest=1, unpointed=Unpointed.FIRST)),
            GradeItem("Exam", 10),
        ],
        ungraded=UngradedPolicy.AS_ZERO,
    ),
    "best total as Canvas finds it, with a bonus": Gradebook(
        [*(GradeItem(f"Q{nth}", (10, 20)[nth % 2], bonus=nth == 3) for nth in range(5)), GradeItem("Exam", 10)],
        drop=best(lowest=2, unpointed=Unpointed.FIRST, ties=DropTies.LAST),
        can_exceed=True,
    ),
    "best total of categories": Gradebook(
        [quizzes(name, 3, (10, 20)) for name in "QRST"], aggregation=Mean(), drop=best(lowest=1)
    ),
    "best total of categories by weight": Gradebook(
        [quizzes(name, 3, (10 + nth, 20), weight=10 + nth) for nth, name in enumerate("QRST")],
        aggregation=WeightedMean(),
        drop=best(lowest=1, highest=1),
    ),
    "roots": mean_of(
        GradeItem("R", 10),
        FormulaItem("F", formula="10 * SQRT{[R.Percent]} + ROOT{[Exam.Percent], 3}", max_points=100, counts=True),
    ),
    "roots of long numbers": mean_of(
        FormulaItem("F", formula="ROOT{POWER{[Exam.Percent], 60}, 60}", max_points=100, counts=True),
        FormulaItem("G", formula="ROOT{POWER{[Exam.Percent], 9}, 9}", max_points=100, counts=True),
    ),
    "thirds": Gradebook([GradeItem("Q0", Fraction(10, 3)), GradeItem("Q1", Fraction(20, 3))]),
}


@pytest.mark.parametrize("ungraded", [None, *UngradedPolicy])
@pytest.mark.parametrize("name", BOOKS)
def test_a_table_is_exact_by_each_operation(name, ungraded):
    """By every operation each learner of a table has the exact percents, text and symbol, within the bounds."""
    plan = compile_gradebook(BOOKS[name])
    ids = [each.id for each in plan.layout.headings if not each.branch]
    learners = [
        {id_: AMONG[(11 * row + row * row // 3 + (row + 5) * nth) % len(AMONG)] for nth, id_ in enumerate(ids)}
        for row in range(45)
    ]
    assert_same(plan, ids, learners, ungraded)


@pytest.mark.parametrize("name", LOWERED)
def test_a_table_of_everything_that_is_lowered(name):
    """Whatever a program says, a table says of marks of every kind what the exact engine says (TB7)."""
    plan = compile_gradebook(LOWERED[name])
    ids = [each.id for each in plan.layout.headings if not each.branch]
    assert_same(plan, ids, [*rows(plan)], None)


def test_all_these_are_lowered():
    """What these books say is said by programs, and not left to the exact engine."""
    assert [] == [name for name, book in BOOKS.items() if TableGrader(book).notes]


CUTS = [Fraction(70), Fraction(595, 10), Fraction(100, 3), Fraction(6667, 100)]


def test_marks_on_every_boundary():
    """On a cut-off, a thousandth beside it, on halves of what is shown, and at ties, nothing is off by the last bit."""
    cutoffs = {"A": CUTS[0], "B": CUTS[3], "C": CUTS[1], "D": CUTS[2], "F": -5}
    for exclusive in (False, True):
        book = mean_of(quizzes("Q", 3, (30, 90), drop=DropRule(lowest=1)), shown=Rounding(1, RoundingMode.HALF_EVEN))
        plan = compile_gradebook(evolve(book, scheme=GradeScheme.from_cutoffs(cutoffs, exclusive=exclusive)))
        exams = [
            round(float(cut) / 10, 3) + step / 1000 for cut in [*CUTS, 45, Fraction(4505, 100)] for step in range(-2, 3)
        ]
        learners = [{"Exam": exam} for exam in exams]
        learners += [{"Q0": 3 * exam, "Q1": 9 * exam, "Q2": 3 * exam, "Exam": exam} for exam in exams]
        learners += [{"Q0": 2.0**53, "Exam": 2**53 + 1}, {"Q0": 29.999, "Q1": 89.997, "Exam": 1e15}, {"Exam": -0.0}]
        assert_same(plan, ["Q0", "Q1", "Q2", "Exam"], learners, None)


@pytest.mark.parametrize("mode", RoundingMode)
def test_long_numbers_on_every_boundary(mode):
    """Numbers that doubles do not hold are rounded and compared exactly, on a boundary and beside it."""
    primes = (2, 3, 5, 7, 11, 13, 17, 19, 23)
    names = [f"Q{nth}" for nth in range(8)]
    book = mean_of(
        *(quizzes(name, 9, [100 * prime for prime in primes], aggregation=SumOfPoints()) for name in names),
        shown=Rounding(1, mode),
    )
    plan = compile_gradebook(
        evolve(book, scheme=GradeScheme.from_cutoffs({"A": CUTS[0], "B": CUTS[1], "C": Fraction(4505, 100), "F": 0}))
    )
    assert any(proven.reached >= LIMIT for proven in carrier_of(plan, None)[0].spans.values())
    learners = []
    for nth, share in enumerate([*CUTS[:2], 45, 45.05, 45.1, 99.95, 100, 0, -1.25, 0.05]):
        for beside in (-0.001, 0, 0.001):
            marks = {f"{name}{item}": prime * float(share) for name in names for item, prime in enumerate(primes)}
            for name in names[: nth % 8]:
                del marks[f"{name}{nth % 9}"]
            learners.append(
                {id_: round(mark, 3) for id_, mark in marks.items()} | {"Exam": round(float(share) / 10 + beside, 3)}
            )
    ids = [each.id for each in plan.layout.headings if not each.branch]
    assert_same(plan, ids, learners, None, exact=0)


def test_some_numbers_are_too_long_for_doubles():
    """Where doubles might not hold a number the same steps are taken with Python's integers."""
    assert (False, True) == (is_wide("one dropped"), is_wide("wide and dropped"))


def is_wide(name):
    """Return whether a book needs numbers that doubles might not hold."""
    carrier, _ = carrier_of(compile_gradebook(BOOKS[name]), None)
    return any(proven.reached >= LIMIT for proven in carrier.spans.values())


def test_a_checked_carrier_finds_what_is_beyond_its_bounds():
    """A register that is wider than was proven is an error of a checked carrier."""
    carrier, _ = carrier_of(compile_gradebook(BOOKS["thirds"]), None, checked=True)
    block = Block(1, lambda asked, block: Cells(np.full((asked.rows, 1), 1.0), None, 1, 1), Scratch(ROWS, 1))
    carrier.spans[0] = carrier.proven[-1][0] = carrier.spans[0]._replace(reached=0)
    with pytest.raises(AssertionError, match="line 0 is beyond"):
        carrier.run(block)


def test_an_operation_without_an_entry_is_the_exact_engines():
    """A program with an operation that tables do not have is left to the exact engine, with a note."""

    class Unheard(NamedTuple):
        pass

    carrier, _ = carrier_of(compile_gradebook(BOOKS["thirds"]), None)
    program = carrier.program._replace(steps=(*carrier.program.steps, Unheard()))
    assert "Unheard is" == Carrier(program).missing


def test_marks_beyond_doubles_are_the_exact_engines():
    """An item whose marks doubles do not hold is graded by the exact engine, with a note."""
    grader = TableGrader(Gradebook([GradeItem("Q0", 10**15)]))
    assert "a mark that doubles do not hold is worked out by the exact engine in tables" == grader.notes[0].message


def test_every_operation_of_expressions_has_an_entry():
    """Whatever expressions are made of, tables work it out."""
    assert set(Op) == set(PARTS)
