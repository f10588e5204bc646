# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Letters: the table that gives a percent its letter.

>>> letter_scheme([(93, "A"), (57, "D")]).symbol(57)
'D'

Percents are exact here. Moodle compares floating-point numbers, so that 297.9 of 331, which is 90 %, is to it a hair
below and no A-.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from ...exact import Number
from ...gradebook.contributions import WHOLE
from ...schemes import Band, GradeScheme

NO_LETTER: Final = "-"
"""What is shown below the lowest boundary."""

DEFAULT_LETTERS: Final = MappingProxyType(
    {"A": 93, "A-": 90, "B+": 87, "B": 83, "B-": 80, "C+": 77, "C": 73, "C-": 70, "D+": 67, "D": 60, "F": 0}
)
"""The boundaries of a site that has set none, in percent."""

DEFAULT_SCHEME: Final = GradeScheme.from_cutoffs(DEFAULT_LETTERS)
"""The letters of such a site."""


def letter_scheme(boundaries: Iterable[tuple[Number, str]]) -> GradeScheme:
    """Return the scheme of a table of letters; what lies below the lowest boundary has none.

    Percents are looked up from 0 to 100 there, so that a boundary above 100 is never reached, not by unlimited grades
    either, and is left out.
    """
    bands = tuple(band for start, symbol in boundaries if (band := Band(symbol, start)).start <= WHOLE)
    lowest = min((band.start for band in bands), default=Fraction(1))
    return GradeScheme((*bands, Band(NO_LETTER, 0)) if lowest > 0 else bands)
