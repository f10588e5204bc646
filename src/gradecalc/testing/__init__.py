# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Random gradebooks and marks for property tests: the Hypothesis vocabulary of gradecalc, for yours too.

A plugin that stores, shows or converts gradebooks wants to know that it does so with every gradebook:

    from hypothesis import given
    from gradecalc.testing import Features, graded_books

    @given(graded_books(Features(bonus=False)))
    def test_my_store_keeps_the_final_grade(graded_book):
        book, marks = graded_book
        assert grade(my_store.load(my_store.save(book)), marks).final == grade(book, marks).final

Everything drawn compiles and grades. What your plugin cannot represent is switched off in `Features`.
This needs Hypothesis, and nothing else in gradecalc imports it.
"""

from .features import EVERYTHING, Features
from .lateness import late_banks, late_facts, late_policies, late_rules
from .records import graded_books, marks_for
from .trees import categories, gradebooks, items
from .values import (
    aggregations,
    caps,
    drop_rules,
    exact_numbers,
    hurdles,
    roundings,
    schemes,
    spellings,
    weighted_means,
)

__all__ = [
    "EVERYTHING",
    "Features",
    "aggregations",
    "caps",
    "categories",
    "drop_rules",
    "exact_numbers",
    "gradebooks",
    "graded_books",
    "hurdles",
    "items",
    "late_banks",
    "late_facts",
    "late_policies",
    "late_rules",
    "marks_for",
    "roundings",
    "schemes",
    "spellings",
    "weighted_means",
]
