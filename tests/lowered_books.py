# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Gradebooks of everything that is lowered, and marks of every kind for each: what every carrier of a program says."""

import re
from itertools import product

from gradecalc import (
    EXEMPT,
    BestOf,
    BonusOf,
    ByFormula,
    CalculatedItem,
    CalculationMethod,
    Cap,
    Category,
    Distribution,
    DropBy,
    DropRule,
    DropTies,
    Empty,
    FixedMaximum,
    FormulaItem,
    Gradebook,
    GradeItem,
    Highest,
    Hurdle,
    Lowest,
    Maximum,
    Mean,
    Median,
    Missed,
    Mode,
    OnlyBonus,
    ReplacedBy,
    ReplacedWhen,
    ReplaceLowest,
    Rescale,
    Rounding,
    RoundingMode,
    RoundingOf,
    SumOfPoints,
    UngradedPolicy,
    Unpointed,
    WeightedMean,
    Weighting,
    Weightless,
    WeightMoves,
    ZeroRange,
)

TENTHS = Rounding(1, of=RoundingOf.POINTS)
MARKS = [None, EXEMPT, 0, 4.5, 12]


def three(**traits):
    """Return three items of different maxima; traits are those of the first."""
    return [GradeItem("a", 10, **traits), GradeItem("b", 20), GradeItem("c", 5)]


def weighted(*weights, **traits):
    """Return three items of these weights; traits are those of the first."""
    a, b, c = weights
    return [GradeItem("a", 10, weight=a, **traits), GradeItem("b", 20, weight=b), GradeItem("c", 5, weight=c)]


def by_formula(formula, **traits):
    """Return a gradebook whose final a formula of three items gives; `[a]` is short for its points."""
    written = re.sub(r"\[(\w)\]", r"[\1.Points]", formula)
    return Gradebook(three(), aggregation=ByFormula(written), **traits)


def others():
    """Return two items more."""
    return [GradeItem("d", 10), GradeItem("e", 4)]


def alike(ids):
    """Return items out of 10."""
    return [GradeItem(id_, 10) for id_ in ids]


def within(children, **traits):
    """Return a gradebook that has these within a category, beside an exam that weighs as much."""
    return Gradebook([Category("In", children, **traits), GradeItem("Exam", 10)], aggregation=Mean())


BOOKS = {
    "points once graded": Gradebook(three(), ungraded=UngradedPolicy.AS_ZERO_ONCE_GRADED),
    "sums in sums": Gradebook(
        [
            Category("In", three(), aggregation=Mean(), drop=DropRule(highest=1), cap=Cap(percent=80)),
            Category("On", others(), aggregation=Mean(), empty=Empty.AS_UNGRADED, round_result=Rounding(0)),
            Category("Up", alike("fgh"), aggregation=Mean(), drop=DropRule(lowest=1)),
            Category("By", alike("ijk"), aggregation=Mean(), drop=DropRule(lowest=1, highest=1)),
            GradeItem("Exam", 10, bonus=True, weight=10),
        ],
        aggregation=WeightedMean(),
        ungraded=UngradedPolicy.AS_ZERO,
        drop=DropRule(lowest=1, never=("In", "On", "Up", "By")),
    ),
    "a kept weight": Gradebook(
        [
            Category("In", three(), aggregation=Mean(), empty=Empty.KEEPS_WEIGHT),
            Category("Zero", [GradeItem("z", 0)], empty=Empty.KEEPS_WEIGHT, max_points=100, aggregation=SumOfPoints()),
            Category(
                "Sum", [GradeItem("y", 0), GradeItem("x", 10)], empty=Empty.KEEPS_WEIGHT, aggregation=SumOfPoints()
            ),
        ],
        aggregation=Mean(),
        ungraded=UngradedPolicy.AS_ZERO,
    ),
    "never exempt": Gradebook(
        [
            Category("In", three(), aggregation=Mean(), empty=Empty.NEVER_EXEMPT),
            Category(
                "On",
                [GradeItem("x", 10), GradeItem("y", 20)],
                aggregation=SumOfPoints(),
                max_points=30,
                empty=Empty.NEVER_EXEMPT,
            ),
            GradeItem("Exam", 10),
        ],
        aggregation=Mean(),
        ungraded=UngradedPolicy.AS_ZERO,
    ),
    "drops of a larger maximum": Gradebook(
        three(), aggregation=Mean(), drop=DropRule(highest=1, ties=DropTies.LARGER_MAXIMUM)
    ),
    "hurdle of a capped sum": Gradebook(
        [
            Category(
                "In", three(), cap=Cap(percent=80), pass_mark=50, must_pass=True, if_missed=Hurdle(final_at_most=5)
            ),
            GradeItem("Exam", 10),
        ],
        aggregation=Mean(),
    ),
    "median": Gradebook(three(), aggregation=Median()),
    "lowest": Gradebook(three(), aggregation=Lowest(), max_points=30),
    "highest": within(three(), aggregation=Highest()),
    "mode": Gradebook(three(), aggregation=Mode()),
    "by rank": Gradebook(three(), aggregation=WeightedMean(ranks=(60, 40), rescale=Rescale.UP)),
    "by rank, of points": Gradebook(
        [
            Category("In", three(), aggregation=WeightedMean(ranks=(60, 0, 40), out_of=Maximum.POINTS)),
            Category(
                "On", [GradeItem("d", 10), GradeItem("e", 4)], aggregation=WeightedMean(ranks=(1,), out_of=Maximum.MEAN)
            ),
        ]
    ),
    "best total of points": Gradebook(three(), drop=DropRule(lowest=1, by=DropBy.BEST_TOTAL)),
    "best total, one kept": Gradebook(three(), drop=DropRule(lowest=1, by=DropBy.BEST_TOTAL, never=("b",))),
    "Canvas's search, one kept": Gradebook(
        three(), drop=DropRule(lowest=1, by=DropBy.BEST_TOTAL, never=("b",), unpointed=Unpointed.FIRST)
    ),
    "best total of weights": Gradebook(
        weighted(50, 30, 20), aggregation=WeightedMean(), drop=DropRule(highest=1, by=DropBy.BEST_TOTAL)
    ),
    "best total of ranks": Gradebook(
        three(), aggregation=WeightedMean(ranks=(50, 30)), drop=DropRule(lowest=1, by=DropBy.BEST_TOTAL)
    ),
    "best total with bonus": Gradebook(
        [*three(), GradeItem("d", 10, bonus=True, weight=10)],
        aggregation=WeightedMean(bonus=BonusOf.COUNTED),
        drop=DropRule(lowest=1, by=DropBy.BEST_TOTAL),
    ),
    "best total of points with bonus": Gradebook(
        [*three(), GradeItem("d", 10, bonus=True)], drop=DropRule(lowest=1, by=DropBy.BEST_TOTAL)
    ),
    "drops among medians": Gradebook(
        [Category("In", three(), aggregation=Median()), GradeItem("Exam", 10)],
        aggregation=Mean(),
        drop=DropRule(lowest=1, ties=DropTies.LARGER_MAXIMUM),
    ),
    "drops of points": Gradebook(
        three(),
        aggregation=Mean(bonus=BonusOf.WHOLE),
        drop=DropRule(highest=1, by=DropBy.POINTS, ties=DropTies.LAST),
        cap=Cap(with_bonus=True),
        round_result=Rounding(0, of=RoundingOf.POINTS),
    ),
    "hurdle": Gradebook([*three(pass_mark=50, must_pass=True, if_missed=Hurdle(final_at_most=45, final_symbol="F"))]),
    "must be passed": Gradebook(three(pass_mark=50, must_pass=True), aggregation=Mean()),
    "hurdle of what does not count": Gradebook(
        [
            GradeItem("d", 10),
            Category("In", three(pass_mark=50, must_pass=True, if_missed=Hurdle(final_at_most=5)), counts=False),
        ],
        ungraded=UngradedPolicy.AS_ZERO_ONCE_GRADED,
    ),
    "a category without work": Gradebook(
        [
            *three(),
            Category(
                "New",
                [GradeItem("d", 10, counts=False)],
                aggregation=WeightedMean(out_of=Maximum.WEIGHTS),
                empty=Empty.AS_UNGRADED,
            ),
        ],
        aggregation=Mean(),
        drop=DropRule(lowest=1),
        ungraded=UngradedPolicy.AS_ZERO,
    ),
    "hurdle of a category": Gradebook(
        [
            Category("In", three(), pass_mark=50, must_pass=True, if_missed=Hurdle(final_at_most=45)),
            GradeItem("Exam", 90),
        ]
    ),
    "best of": Gradebook(
        three(),
        aggregation=BestOf(
            [
                Weighting("First", {"a": 20, "b": 30, "c": 50}),
                Weighting("Second", {"a": 20, "c": 80}, rescale=Rescale.UP),
            ]
        ),
        ungraded=UngradedPolicy.AS_ZERO_ONCE_GRADED,
    ),
    "best of with hurdle": Gradebook(
        three(pass_mark=50, must_pass=True, if_missed=Hurdle(final_at_most=45)),
        aggregation=BestOf([Weighting("First", {"a": 50, "b": 50}), Weighting("Second", {"c": 80, "b": 20})]),
        ungraded=UngradedPolicy.AS_ZERO,
    ),
    "moved weight": Gradebook(
        weighted(20, 30, 50, weight_moves=WeightMoves("b", when=Missed.EITHER)),
        aggregation=WeightedMean(rescale=Rescale.NEVER),
        ungraded=UngradedPolicy.AS_ZERO,
    ),
    "moved on": Gradebook(
        [
            GradeItem("a", 10, weight=20, weight_moves=WeightMoves("b")),
            GradeItem("b", 20, weight=30, weight_moves=WeightMoves("c", when=Missed.UNGRADED)),
            GradeItem("c", 5, weight=50),
        ],
        aggregation=WeightedMean(),
    ),
    "replaced": Gradebook(three(replaced_by=ReplacedBy(("b", "c"), counts_at=90, at_most=80))),
    "replaced always": Gradebook(
        three(replaced_by=ReplacedBy("b", when=ReplacedWhen.ALWAYS, even_exempt=True), cap=Cap(points=8))
    ),
    "lowest replaced": Gradebook(
        [
            Category(
                "Tests",
                three(),
                replace_lowest=ReplaceLowest(ReplacedBy("Exam", when=ReplacedWhen.BETTER_OR_MISSING, even_exempt=True)),
            ),
            GradeItem("Exam", 90),
        ]
    ),
    "lowest category replaced": Gradebook(
        [
            Category(
                "Tests",
                [Category("In", three(), aggregation=Mean()), GradeItem("d", 10)],
                replace_lowest=ReplaceLowest(ReplacedBy("Exam", when=ReplacedWhen.BETTER_OR_MISSING, even_exempt=True)),
            ),
            GradeItem("Exam", 90),
        ]
    ),
    "category replaced": Gradebook(
        [Category("In", three(), replaced_by=ReplacedBy("Exam", even_exempt=True)), GradeItem("Exam", 90)]
    ),
    "out of 0": Gradebook([*three(), GradeItem("d", 0)]),
    "category out of 0": Gradebook(
        [
            Category(
                "In",
                [GradeItem("d", 0), GradeItem("e", 0)],
                round_result=Rounding(0, of=RoundingOf.POINTS),
                cap=Cap(points=3),
            ),
            Category("Empty", [GradeItem("f", 0)], aggregation=SumOfPoints(zero_range=ZeroRange.LEAVES)),
            GradeItem("Exam", 10),
        ]
    ),
    "out of 0 in full": Gradebook(
        [*three(), GradeItem("d", 0)], aggregation=Mean(zero_range=ZeroRange.FULL), drop=DropRule(lowest=1)
    ),
    "out of 0 leaves": Gradebook([*three(), GradeItem("d", 0)], aggregation=WeightedMean()),
    "bonus of the whole": Gradebook(
        [*three(), GradeItem("d", 10, bonus=True)],
        aggregation=SumOfPoints(bonus=BonusOf.WHOLE),
        cap=Cap(points=30, with_bonus=True),
    ),
    "bonus in percent points": Gradebook(
        [*three(), GradeItem("d", 10, bonus=True)], aggregation=SumOfPoints(bonus=BonusOf.PERCENT_POINTS), max_points=50
    ),
    "bonus of a mean": Gradebook(
        [*three(), GradeItem("d", 10, bonus=True, weight=2)],
        aggregation=Mean(bonus=BonusOf.WHOLE),
        cap=Cap(with_bonus=True),
    ),
    "bonus of a mean in percent points": Gradebook(
        [*three(), GradeItem("d", 10, bonus=True), GradeItem("e", 0, bonus=True)],
        aggregation=Mean(bonus=BonusOf.PERCENT_POINTS),
    ),
    "bonus of a mean by its weight": Gradebook(
        [*three(), GradeItem("d", 10, bonus=True, weight=2)], aggregation=Mean(), only_bonus=OnlyBonus.GRADED
    ),
    "bonus of weights in percent points": Gradebook(
        [*three(), GradeItem("d", 10, bonus=True, weight=10), GradeItem("e", 0, bonus=True)],
        aggregation=WeightedMean(bonus=BonusOf.PERCENT_POINTS),
    ),
    "bonus by points": Gradebook(
        [*three(), GradeItem("d", 10, bonus=True)], aggregation=WeightedMean(distribution=Distribution.BY_POINTS)
    ),
    "weights by points of a category": Gradebook(
        [Category("In", three(), aggregation=SumOfPoints()), GradeItem("Exam", 90)],
        aggregation=WeightedMean(distribution=Distribution.BY_POINTS),
    ),
    "keeps points": within(three(), aggregation=SumOfPoints(fixed_maximum=FixedMaximum.KEEPS_POINTS), max_points=20),
    "points of a median": Gradebook(
        [
            Category(
                "In", three(), aggregation=Median(), max_points=30, round_result=Rounding(1, of=RoundingOf.POINTS)
            ),
            GradeItem("Exam", 90),
        ]
    ),
    "points of a weighted mean": Gradebook(
        [
            Category("In", weighted(50, 0, 50), aggregation=WeightedMean(out_of=Maximum.POINTS)),
            Category("On", [GradeItem("d", 10)], aggregation=WeightedMean(out_of=Maximum.MEAN, ranks=())),
            Category("Up", [GradeItem("e", 10)], aggregation=WeightedMean(out_of=Maximum.WEIGHTS)),
        ]
    ),
    "zero without weights": Gradebook(
        weighted(0, 0, 10), aggregation=WeightedMean(weightless=Weightless.ZERO), round_result=Rounding(-1)
    ),
    "blank category as zero": Gradebook(
        [Category("In", three(), empty=Empty.AS_UNGRADED), GradeItem("Exam", 10)],
        aggregation=Median(),
        ungraded=UngradedPolicy.AS_ZERO,
    ),
    "formula item": Gradebook(
        [
            *three(),
            FormulaItem(
                "Sum",
                formula="[a.Percent] + [b.Points] * 2",
                max_points=100,
                counts=True,
                round_result=Rounding(0, RoundingMode.UP, of=RoundingOf.POINTS),
            ),
        ]
    ),
    "formula": by_formula("IF{[a.Percent] >= 50 AND NOT{[b] < 5}, [c] / [a] * 10, 100 * [b] / [b.Max Points]}"),
    "formula of many": by_formula(
        "MIN{[a], [b]} + MAX{[b], [c], 3} - AVG{[a], [b]} + SUM{[a], [c]}",
        max_points=50,
    ),
    "formula of counts": by_formula("COUNT{[a], [b], [c]} * 10 + COUNTIF{[a] > [b], [c] <= 4, [a] <> [c], [a] = [b]}"),
    "formula of powers": by_formula("POWER{[a], 2} + SQRT{[b]} + ROOT{[c], 3} - (-[a])", max_points=200),
    "formula of roundings": by_formula("ROUND{[a] / 3, 1} + FLOOR{[b] - 5.5} * 2 + CEIL{4.5 - [c]}", max_points=200),
    "formula that divides": by_formula("[a] / ([b] - 4.5) + 2 / [c] + [a] / 4", ungraded=UngradedPolicy.AS_ZERO),
    "formula of maxima": by_formula(
        "[a.Max Points] + [b.Max Points] + [c.Percent]",
        ungraded=UngradedPolicy.AS_ZERO_ONCE_GRADED,
    ),
    "formula of choices": by_formula("IF{[a] > 3 OR [b] = [c], +[a.Percent], 0}"),
    "formula of a category": Gradebook(
        [
            Category("In", three(), aggregation=Median()),
            FormulaItem("F", formula="[In.Percent] + [In.Max Points]", counts=True, max_points=100),
            FormulaItem("G", formula="[F.Points] * 2 + [Exam.Max Points]", counts=True, max_points=100),
            GradeItem("Exam", 10),
            GradeItem("Thanks", 0),
            FormulaItem("H", formula="[Thanks.Percent] + [Thanks.Points]", counts=True, max_points=10),
        ],
        ungraded=UngradedPolicy.AS_ZERO,
    ),
    "calculated": Gradebook(
        [
            Category("In", three(), weight=40, aggregation=SumOfPoints()),
            GradeItem("Exam", 10, weight=60),
            GradeItem("Thanks", 0, weight=10),
            CalculatedItem("So far", items=["a", "b", "Exam", "Thanks"], counts=True, max_points=50, weight=10),
            CalculatedItem("Way", items=["a", "c"], method=CalculationMethod.MILESTONE, counts=True, weight=10),
        ],
        aggregation=WeightedMean(),
        ungraded=UngradedPolicy.AS_ZERO_ONCE_GRADED,
    ),
}


def rows(plan):
    """Return marks of every kind for the first items, and a few for the others."""
    ids = [heading.id for heading in plan.layout.headings if heading.how.name == "MARKED"]
    first, rest = ids[:3], ids[3:]
    for place, marks in enumerate(product(MARKS, repeat=len(first))):
        others = {id_: MARKS[(place + nth) % len(MARKS)] for nth, id_ in enumerate(rest)}
        yield dict(zip(first, marks, strict=True)) | others
