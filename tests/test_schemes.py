# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules S1 to S5: bands and symbols."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc import (
    Band,
    DefinitionError,
    Gradebook,
    GradeItem,
    GradeScheme,
    compile_gradebook,
    grade,
)

LETTERS = GradeScheme.from_cutoffs({"A": 85, "B": 70, "C": 55, "F": 0})


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        (100, "A"),
        (85, "A"),
        (Fraction("84.9999999"), "B"),
        (70, "B"),
        (55, "C"),
        (54, "F"),
        (0, "F"),
        (-3, "F"),
        (140, "A"),
    ],
)
def test_a_percent_has_the_last_band_that_starts_at_or_below_it(percent, expected):
    """A percent has the symbol of the last band that starts at or below it, and below all the lowest (S1, S3)."""
    assert expected == LETTERS.symbol(percent)


def test_bands_may_come_in_any_order():
    """A scheme is the same whatever the order of its bands."""
    assert LETTERS == GradeScheme((Band("F", 0), Band("C", 55), Band("A", 85), Band("B", 70)))


def test_the_look_up_is_by_the_exact_value():
    """79.995 is shown as 80.00 and is still below 80 (S2)."""
    book = Gradebook([GradeItem("x", max_points=100)], scheme=GradeScheme.from_cutoffs({"A": 80, "B": 0}))
    final = grade(book, {"x": 79.995}).final
    assert ("80.00", "B") == (final.shown, final.symbol)


def test_a_symbol_is_worth_its_value_or_its_start():
    """A chosen symbol is worth its assigned value, or else its start (S4)."""
    scheme = GradeScheme((Band("Poor", start=0, value=20), Band("Good", start=60)))
    assert (20, 60, None) == (scheme.value("Poor"), scheme.value("Good"), scheme.value("Fine"))
    assert (0, None) == (scheme.start("Poor"), scheme.start("Fine"))


def test_a_line_without_a_scheme_has_the_gradebooks():
    """An item without a scheme of its own has the gradebook's symbols (S5)."""
    own = GradeScheme.from_cutoffs({"Pass": 50, "Fail": 0})
    book = Gradebook([GradeItem("x", max_points=10), GradeItem("y", max_points=10, scheme=own)], scheme=LETTERS)
    report = grade(book, {"x": 9, "y": 9})
    assert ("A", "Pass", "A") == (report["x"].symbol, report["y"].symbol, report.final.symbol)


@pytest.mark.parametrize(
    ("scheme", "found"),
    [
        (GradeScheme(()), {("missing", "scheme.bands")}),
        (GradeScheme((Band("A", 0), Band("A", 5))), {("duplicate_symbol", "scheme.bands[1].symbol")}),
        (GradeScheme((Band("A", 5), Band("B", 5))), {("duplicate_start", "scheme.bands[1].start")}),
        (
            GradeScheme((Band("", None), Band("B", "x"))),
            {
                ("missing", "scheme.bands[0].symbol"),
                ("missing", "scheme.bands[0].start"),
                ("not_a_number", "scheme.bands[1].start"),
            },
        ),
        (GradeScheme(("A", "B")), {("wrong_type", "scheme.bands[0]"), ("wrong_type", "scheme.bands[1]")}),
        (GradeScheme(5), {("wrong_type", "scheme.bands")}),
    ],
)
def test_what_is_wrong_in_a_scheme_is_found_at_once(scheme, found):
    """A wrong scheme is a definition error with every problem and its path (G16)."""
    with pytest.raises(DefinitionError) as caught:
        compile_gradebook(Gradebook([GradeItem("x", max_points=10)], scheme=scheme))
    assert found == {(problem.code, problem.path) for problem in caught.value.problems}


@given(st.dictionaries(st.integers(0, 100), st.text(min_size=1, max_size=3), min_size=1), st.fractions(-50, 150))
def test_symbols_never_fall_as_percents_rise(starts, percent):
    """The band of a higher percent starts no lower (S1)."""
    scheme = GradeScheme(tuple(Band(f"{start}{text}", start) for start, text in starts.items()))
    start = scheme.start(scheme.symbol(percent))
    assert start == max((each for each in starts if each <= percent), default=min(starts))


@pytest.mark.parametrize("off", [0, Fraction(1, 10**9), -Fraction(1, 10**9)])
def test_the_symbol_beside_every_start(off):
    """Exactly at a start, and as little as can be beside it, the symbol is that of the last band begun (S1, S6)."""
    starts = [(0, False), (50, True), (Fraction(200, 3), False), (Fraction(200, 3), True), (Fraction("89.5"), False)]
    scheme = GradeScheme(tuple(Band(f"{start} {above}", start, exclusive=above) for start, above in starts))
    for start, _ in starts:
        percent = start + off
        begun = [f"{at} {above}" for at, above in starts if (percent > at if above else percent >= at)]
        assert scheme.symbol(percent) == (begun or ["0 False"])[-1]


def test_the_place_of_a_percent():
    """A percent has a place among the bands, and the symbol of the band that stands there (S1)."""
    places = [LETTERS.place(percent) for percent in (-1, 54, 55, 90)]
    assert ([0, 0, 1, 3], "C") == (places, LETTERS.bands[LETTERS.place(60)].symbol)
