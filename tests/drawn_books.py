# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Random gradebooks that are always the same, for who counts how many of them something can do.

No branch has a floor, which none but Moodle's totals have.
"""

from hypothesis import HealthCheck, Phase, given, seed, settings

from gradecalc.testing import Features, gradebooks


def drawn_books(number):
    """Return gradebooks that are the same whenever they are drawn."""
    books = []

    @seed(number)
    @settings(max_examples=50, database=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(gradebooks(Features(branch_floors=False)))
    def draw(book):
        books.append(book)

    draw()
    return books
