# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Rules N1 and N5: what the parts of a branch reached is ranked, added and weighed as the numbers that it is."""

from fractions import Fraction

import pytest

from gradecalc.gradebook.contributions import Part, Parts, quotient

ALIKE = [(9, 10), (4, 10), (7, 10)]
UNLIKE = [(1, 2), (2, 3), (3, 4)]
WILD = [(1, 10**99 + offset) for offset in range(1, 40, 2)]


def parts_of(results):
    """Return the parts that results are, points out of a maximum each."""
    return Parts.of(Part(points, out_of, 1, automatic=False) for points, out_of in results)


@pytest.mark.parametrize("results", [ALIKE, UNLIKE, WILD, []])
def test_parts_are_added_ranked_and_weighed_exactly(results):
    """Whatever their maxima are, their sum, order and weighted sum are those of their fractions (N1, N5)."""
    values = [Fraction(*each) for each in results]
    for weights in ([2] * len(results), [Fraction(1, 3)] * len(results)):
        parts = parts_of(results)
        assert sum(value * weight for value, weight in zip(values, weights, strict=True)) == Fraction(
            *parts.weighted_total(weights)
        )
        assert sum(values) == Fraction(*parts.total())
        keys = parts.rank_keys()
        assert sorted(range(len(keys)), key=values.__getitem__) == sorted(range(len(keys)), key=keys.__getitem__)


@pytest.mark.parametrize("asked", [Parts.total, Parts.rank_keys, len])
@pytest.mark.parametrize("results", [ALIKE, UNLIKE, WILD])
def test_parts_go_on_without_what_is_dropped(results, asked):
    """What is dropped is neither added nor ranked any more, whether what was reached had come together or not (D1)."""
    parts = parts_of(results)
    asked(parts)
    assert results[1] == (parts.drop(1).points, results[1][1])
    assert sum(Fraction(*each) for each in [results[0], *results[2:]]) == Fraction(*parts.total())


def test_a_part_out_of_zero_counts_in_full():
    """What is out of 0 and still counts has reached all of it, and the parts say that one is such (A2)."""
    parts = parts_of([(1, 2), (0, 0)])
    assert (False, (1, 1), Fraction(3, 2)) == (parts.pointed, quotient(parts[1]), Fraction(*parts.total()))
    assert parts_of(ALIKE).pointed
