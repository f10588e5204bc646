# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""A bank of late days, or of late works that are forgiven, and in which order it is spent."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradecalc.fields import find_problems
from gradecalc.gradebook.late_bank import (
    BankUnit,
    Claim,
    Cover,
    LateBank,
    SpendOrder,
    spend,
)


def claim(*saved, asked=0):
    """Return the claim of a work of which covering each further interval has saved so much in all."""
    return Claim(begun=len(saved), saved=(0, *saved), asked=asked)


def costs(bank, *claims):
    return [each.cost for each in spend(bank, claims)]


THREE = (claim(5, 10), claim(20, 40), claim(1))


def test_a_bank_is_spent_as_works_are_due():
    """In the order due, each work takes what it needs as far as the bank goes, however little that saves (H17)."""
    assert [2, 1, 0] == costs(LateBank(size=3), *THREE)


def test_a_bank_is_spent_as_is_best():
    """What saves the most is covered first, wherever it stands (H17)."""
    best = LateBank(size=3, order=SpendOrder.BEST)
    assert [1, 2, 0] == costs(best, *THREE)
    assert [0, 2] == costs(LateBank(size=2, order=SpendOrder.BEST), claim(0, 9), claim(1, 10))


def test_of_equal_ways_the_least_is_spent_and_first_what_is_due_first():
    """Nothing is spent where it saves nothing, and of equal works the first due is covered (H17)."""
    best = LateBank(size=1, order=SpendOrder.BEST)
    assert [0, 0] == costs(best, claim(0), claim(0, 0))
    assert [1, 0] == costs(best, claim(5), claim(5))


def test_a_bank_is_spent_as_asked():
    """What is asked for is spent in the order due, no more than the work is late and the bank holds (H17, H19)."""
    bank = LateBank(size=3, order=SpendOrder.STATED)
    assert [0, 1, 0] == costs(bank, claim(5, 10), claim(20, 40, asked=1), claim(1))
    assert [1, 2] == costs(bank, claim(5, asked=9), claim(5, 6, 7, asked=9))


def test_a_bank_of_works_covers_each_whole():
    """One forgiven work covers all its lateness, and each costs one (H16)."""
    bank = LateBank(size=1, unit=BankUnit.WORKS)
    assert [(1, 9), (0, 0)] == spend(bank, [Claim(begun=9, saved=(0, 7)), Claim(begun=1, saved=(0, 50))])
    assert [0, 1] == costs(LateBank(size=1, unit=BankUnit.WORKS, order=SpendOrder.BEST), claim(7), claim(50))


def test_all_or_nothing():
    """Where there is not enough for a work nothing is spent on it, and the next may be covered (H18)."""
    assert [0, 2] == costs(LateBank(size=2, cover=Cover.WHOLE), claim(1, 2, 3), claim(1, 2))


def test_one_work_spends_no_more_than_its_limit():
    """With two for each work, a work three days late spends two, or none where it is all or nothing (H18)."""
    assert [2, 1] == costs(LateBank(size=3, most_each=2), claim(1, 2, 3), claim(1, 2))
    assert [0, 2] == costs(LateBank(size=3, most_each=2, cover=Cover.WHOLE), claim(1, 2, 3), claim(1, 2))


def test_a_bank_has_bounds():
    """A bank holds from 0 to 366, in whole numbers (H17)."""
    assert [] == list(find_problems(LateBank(size=366), "bank"))
    for size in (-1, 367, 1.5):
        assert ["bank.size"] == [problem.path for problem in find_problems(LateBank(size=size), "bank")]


banks = st.builds(
    LateBank,
    size=st.integers(0, 5),
    unit=st.sampled_from(BankUnit),
    order=st.sampled_from(SpendOrder),
    cover=st.sampled_from(Cover),
    most_each=st.none() | st.integers(0, 3),
)
claims = st.builds(
    lambda steps, asked: Claim(
        begun=len(steps), saved=tuple(sum(steps[:nth]) for nth in range(len(steps) + 1)), asked=asked
    ),
    st.lists(st.integers(0, 9), max_size=4),
    st.integers(0, 4),
)


@given(banks, st.lists(claims, max_size=5))
def test_a_bank_is_never_below_zero(bank, works):
    """No more is spent than the bank holds, nor on a work than it is late (H19)."""
    spent = spend(bank, works)
    assert 0 <= sum(each.cost for each in spent) <= bank.size
    assert all(0 <= each.covered <= work.begun for each, work in zip(spent, works, strict=True))


@given(st.integers(0, 5), st.lists(claims, max_size=4))
def test_the_best_way_is_the_exact_optimum(size, works):
    """No way of spending the bank saves more than the best, and none that saves as much spends less (H17)."""
    spent = spend(LateBank(size=size, order=SpendOrder.BEST), works)
    ways = [way for way in product(*(range(work.begun + 1) for work in works)) if sum(way) <= size]
    value = {way: sum(work.saved[each] for work, each in zip(works, way, strict=True)) for way in ways}
    chosen = tuple(each.cost for each in spent)
    assert max(ways, key=lambda way: (value[way], -sum(way), way)) == chosen


@pytest.mark.parametrize("order", SpendOrder)
def test_no_claims_spend_nothing(order):
    """Without late work a bank is as it was (H20)."""
    assert [] == spend(LateBank(size=3, order=order), [])
