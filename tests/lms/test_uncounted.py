# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""The parts of a sum that do not count are found by what is missing, the fewest that do."""

from hypothesis import given
from hypothesis import strategies as st

from gradecalc.lms.uncounted import MOST_PARTS, Portion, missing

PARTS = [
    Portion("essay", (8, 5), (20, 20)),
    Portion("talk", (3, 5), (20, 20)),
    Portion("lab", (0, 0), (10, 10)),
    Portion("visit", (0, 0), (5, 5)),
    Portion("tour", (0, 0), (5, 5)),
]


def found(points, out_of, parts=PARTS):
    """Return the names of the parts found."""
    return [{part.of for part in taken} for taken in missing(parts, points, out_of)]


def test_what_is_missing_is_found():
    """Points say which parts they were of, and maxima which of the others (J14)."""
    assert [{"essay"}] == found([8, 5], [20, 20])
    assert [{"talk", "lab"}] == found([3, 5], [30, 30])
    assert [set()] == found([0, 0], [0, 0])


def test_the_fewest_parts_do():
    """One part of 10 is taken before two of 5, and one of several alike stands for them (J14)."""
    assert [{"lab"}] == found([0, 0], [10, 10])
    assert [{"visit"}] == found([0, 0], [5, 5])


def test_a_part_is_taken_in_one_way():
    """A part that does not count is not a bonus too (J14)."""
    parts = [*PARTS, Portion("essay", (0, 0), (20, 20), as_bonus=True)]
    assert [{"essay"}] == found([0, 0], [20, 20], parts)
    assert [] == found([8, 5], [40, 40], parts[:1] + parts[-1:])


def test_what_no_parts_have_is_not_found():
    """Nothing is found where no parts have what is missing, or where more parts would be needed than are tried."""
    assert [] == found([1, 0], [20, 20])
    assert [] == found([0, 0], [-5, -5])
    many = [Portion(f"{nth}", (nth, 0), (1, 1)) for nth in range(1, MOST_PARTS + 2)]
    assert [] == found([sum(range(1, MOST_PARTS + 2)), 0], [MOST_PARTS + 1] * 2, many)


parts_of_sums = st.lists(
    st.tuples(st.lists(st.integers(0, 10), min_size=2, max_size=2), st.sampled_from([10, 20])), min_size=1, max_size=6
)


@given(parts_of_sums, st.data())
def test_what_is_found_has_just_what_is_missing(drawn, data):
    """Whatever is left out is found, by as many parts or fewer, and what is found has its points and maxima (J14)."""
    parts = [Portion(f"{nth}", tuple(points), (most, most)) for nth, (points, most) in enumerate(drawn)]
    left_out = data.draw(st.sets(st.sampled_from(parts)))
    points = [sum(part.points[nth] for part in left_out) for nth in range(2)]
    out_of = [sum(part.out_of[nth] for part in left_out) for nth in range(2)]
    sets = list(missing(parts, points, out_of))
    assert sets
    for taken in sets:
        assert len(taken) <= len(left_out)
        assert points == [sum(part.points[nth] for part in taken) for nth in range(2)]
        assert out_of == [sum(part.out_of[nth] for part in taken) for nth in range(2)]
