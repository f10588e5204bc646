# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Random parts of a definition: numbers, roundings, schemes, aggregations and drop rules."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from ..exact import Exact, Number, RoundingMode, write_exact
from ..gradebook.aggregation import FixedMaximum, Highest, Lowest, Mean, Median, Mode, SumOfPoints
from ..gradebook.caps import Cap
from ..gradebook.contributions import BonusOf, ZeroRange
from ..gradebook.drops import DropBy, DropRule, DropTies, TooFew, Unpointed
from ..gradebook.hurdles import Hurdle
from ..gradebook.tree import Combining
from ..gradebook.weights import Distribution, Maximum, Rescale, WeightedMean
from ..rounding import Rounding, RoundingOf
from ..schemes import Band, GradeScheme


def exact_numbers(minimum: int = 0, maximum: int = 100) -> st.SearchStrategy[Fraction]:
    """Return exact numbers between two bounds: mostly whole, sometimes thirds, tenths or the like."""
    under = st.sampled_from((1, 1, 1, 2, 3, 10))
    return under.flatmap(lambda part: st.builds(Fraction, st.integers(minimum * part, maximum * part), st.just(part)))


def spellings(value: Exact) -> list[Number]:
    """Return every way to state the value exactly: as an int, a float, a Decimal and a Fraction, where possible."""
    text = write_exact(value)
    decimals: list[Number] = [] if "/" in text else [Decimal(text), float(text)]
    whole: list[Number] = [int(value)] if value.denominator == 1 else []
    return [*whole, *decimals, Fraction(value)]


def roundings() -> st.SearchStrategy[Rounding]:
    """Return rounding steps, to hundreds or to thousandths and between."""
    return st.builds(
        Rounding,
        st.integers(-2, 3),
        st.sampled_from(RoundingMode),
        of=st.sampled_from(RoundingOf),
        up_from=st.sampled_from((Fraction(1, 2), Fraction(9, 20), Fraction(1))),
    )


def schemes() -> st.SearchStrategy[GradeScheme]:
    """Return grade schemes, with and without assigned values."""
    return st.sampled_from(
        (
            GradeScheme.from_cutoffs({"A": 85, "B": 70, "C": 55, "F": 0}),
            GradeScheme.from_cutoffs({"Pass": Fraction(100, 3), "Fail": 0}, name="Pass or fail"),
            GradeScheme(
                (Band("Good", 60, value=80), Band("Fair", 30, value=50), Band("Poor", 0, value=20, colour="red"))
            ),
            GradeScheme((Band("Top", 75, exclusive=True), Band("At", 75), Band("Low", 25, exclusive=True))),
        )
    )


def caps() -> st.SearchStrategy[Cap]:
    """Return caps in points, in percent, and with the bonus."""
    in_points = st.builds(Cap, points=exact_numbers(0, 60), with_bonus=st.booleans())
    in_percent = st.builds(Cap, percent=exact_numbers(0, 130), with_bonus=st.booleans())
    return in_points | in_percent | st.just(Cap(with_bonus=True))


def hurdles() -> st.SearchStrategy[Hurdle]:
    """Return consequences of a missed pass mark."""
    at_most = st.builds(Hurdle, final_at_most=exact_numbers())
    return at_most | st.just(Hurdle(final_symbol="F")) | st.just(Hurdle(final_at_most=45, final_symbol="F"))


def aggregations(*, by_rank: bool = True) -> st.SearchStrategy[Combining]:
    """Return every aggregation with every choice that it has, weights by rank among them or not."""
    zero_range = st.sampled_from((ZeroRange.LEAVES, ZeroRange.FULL))
    bonus = st.sampled_from(BonusOf)
    return st.one_of(
        weighted_means(by_rank=by_rank),
        st.builds(
            SumOfPoints,
            fixed_maximum=st.sampled_from(FixedMaximum),
            bonus=bonus,
            zero_range=st.sampled_from(ZeroRange),
        ),
        st.builds(Mean, bonus=bonus, zero_range=zero_range),
        *(st.builds(pick, zero_range=zero_range) for pick in (Median, Lowest, Highest, Mode)),
    )


def weighted_means(*, rescale: Rescale | None = None, by_rank: bool = True) -> st.SearchStrategy[WeightedMean]:
    """Return weighted means, all of one `rescale` or of any, by rank or not."""
    return st.builds(
        WeightedMean,
        distribution=st.sampled_from(Distribution),
        rescale=st.sampled_from(Rescale) if rescale is None else st.just(rescale),
        out_of=st.sampled_from(Maximum),
        bonus=st.sampled_from(BonusOf),
        zero_range=st.sampled_from((ZeroRange.LEAVES, ZeroRange.FULL)),
        ranks=st.sampled_from(((), (), (), (50, 30, 20), (60, 40), (0, 100))) if by_rank else st.just(()),
    )


def drop_rules(ids: tuple[str, ...] = (), *, by: DropBy | None = None) -> st.SearchStrategy[DropRule]:
    """Return drop rules for a branch whose children have the given ids."""
    few = st.integers(0, 2)
    shared: dict[str, st.SearchStrategy[Any]] = {
        "never": st.lists(st.sampled_from(ids), max_size=1) if ids else st.just(()),
        "by": st.sampled_from(DropBy) if by is None else st.just(by),
        "ties": st.sampled_from(DropTies),
        "keep_at_least": few,
        "too_few": st.sampled_from(TooFew),
        "unpointed": st.sampled_from(Unpointed),
    }
    counted = st.builds(DropRule, lowest=few, highest=few, **shared)
    return counted | st.builds(DropRule, keep_highest=few, **shared)
