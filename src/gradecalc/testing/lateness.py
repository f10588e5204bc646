# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Random late policies, banks of late days, rules and facts of lateness, for property tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from hypothesis import strategies as st

from ..gradebook.items import GradeItem
from ..gradebook.late_bank import BankUnit, Cover, LateBank, SavedBy, SpendOrder
from ..gradebook.late_policy import AfterGrace, DeductionOf, Interval, LateBand, LatePolicy
from ..gradebook.tree import Gradebook, rows
from ..grading.late_work import ItemLatePolicy, LateFacts, LateRules
from ..rounding import Rounding, RoundingOf

_DAY: Final = Interval.DAY.value
_MOST_LATE: Final = 9


def late_policies() -> st.SearchStrategy[LatePolicy]:
    """Return late policies: by percent, by flat points and by bands, with every limit."""
    limits: dict[str, Any] = {
        "interval": st.sampled_from(Interval),
        "minimum": st.sampled_from((0, 0, 30, 100)),
        "maximum": st.none() | st.integers(0, 100),
        "missing": st.none() | st.integers(0, 100),
        "grace": st.sampled_from((0, 900, _DAY)),
        "after_grace": st.sampled_from(AfterGrace),
        "accepted": st.none() | st.integers(0, _MOST_LATE),
        "of": st.sampled_from(DeductionOf),
        "round_deduction": st.sampled_from((None, Rounding(0, of=RoundingOf.POINTS))),
    }
    return st.one_of(
        st.builds(LatePolicy, deduction=st.none() | st.integers(0, 100), **limits),
        st.builds(LatePolicy, points=st.integers(0, 9), **limits),
        st.builds(LatePolicy, bands=_bands(), **limits),
    )


def _bands() -> st.SearchStrategy[list[LateBand]]:
    untils = st.lists(st.integers(1, _MOST_LATE), min_size=1, max_size=3, unique=True).map(sorted)
    takes = st.lists(st.integers(0, 100), min_size=3, max_size=3).map(sorted)
    return st.tuples(untils, takes).map(
        lambda both: [LateBand(until=until, deduction=taken) for until, taken in zip(*both, strict=False)]
    )


def late_banks() -> st.SearchStrategy[LateBank]:
    """Return banks of late days and of forgiven works, spent in every order."""
    return st.builds(
        LateBank,
        size=st.integers(0, 5),
        unit=st.sampled_from(BankUnit),
        order=st.sampled_from(SpendOrder),
        cover=st.sampled_from(Cover),
        most_each=st.none() | st.integers(0, 3),
        best_by=st.sampled_from(SavedBy),
    )


def late_rules(book: Gradebook) -> st.SearchStrategy[LateRules]:
    """Return late rules for a gradebook: with or without a bank, and with policies of single items."""
    ids = _marked(book)
    own = st.lists(st.builds(ItemLatePolicy, st.sampled_from(ids), st.none() | late_policies()), max_size=1)
    return st.builds(LateRules, late_policies(), st.none() | late_banks(), own if ids else st.just([]))


def late_facts(book: Gradebook) -> st.SearchStrategy[LateFacts]:
    """Return facts of lateness about some of the items of a gradebook; some are missing."""
    ids = _marked(book)
    if not ids:
        return st.just(LateFacts())
    late = st.integers(-1, _MOST_LATE * _DAY) | st.integers(0, _MOST_LATE).map(lambda days: timedelta(days=days))
    return st.builds(
        lambda late, asked, missing: LateFacts(late, [each for each in missing if each not in late], asked=asked),
        st.dictionaries(st.sampled_from(ids), late, max_size=4),
        st.dictionaries(st.sampled_from(ids), st.integers(0, 4), max_size=4),
        st.lists(st.sampled_from(ids), max_size=1),
    )


def _marked(book: Gradebook) -> list[str]:
    return [row.node.id for row in rows(book) if isinstance(row.node, GradeItem)]
