# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Roots for a block of learners: doubles propose, and whole numbers decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from ...grading.kernel.expressions import Expression
from ...grading.kernel.sets import rooted
from .blocks import LIMIT, Arithmetic, Block, Mask, Numbers
from .choosing import arithmetic_of, everybody

_MOST_PROPOSED: Final = 2**1000
"""Doubles go little further."""


def root(part: Expression, values: Sequence[Any], block: Block) -> Numbers:
    """Return a root in units of so many decimals, rounded half up; 0 where there is none."""
    long = Arithmetic(LIMIT)
    above, below = (long.array(everybody(each, block)) for each in values)
    rows = np.flatnonzero((above > 0) & (below != 0))
    above, below, found = above[rows], below[rows], np.zeros(block.size, object)
    proposed, right = np.zeros(len(rows), object), np.zeros(len(rows), np.bool_)
    if max(each.most for each in part.parts) < _MOST_PROPOSED:
        proposed = _proposed(above, below, part.data)
        right = _are_right(proposed, above, below, part.data)
    for nth in np.flatnonzero(~right):
        proposed[nth] = rooted(part.data, above[nth], below[nth])
    found[rows] = proposed
    return found if arithmetic_of(part).wide else found.astype(np.float64)


def _proposed(above: Numbers, below: Numbers, data: tuple[int, int]) -> Numbers:
    degree, places = data
    roots = (above.astype(np.float64) / below.astype(np.float64)) ** (1 / degree)
    proposed: Numbers = np.array([int(each) for each in np.rint(roots * 10.0**places).tolist()], object)
    return proposed


def _are_right(proposed: Numbers, above: Numbers, below: Numbers, data: tuple[int, int]) -> Mask:
    """Return whose root it is: twice the root is no less than one below twice the proposed, and less than one above."""
    degree, places = data
    whole = above * (2 * 10**places) ** degree
    reaches = np.maximum(2 * proposed - 1, 0) ** degree * below <= whole
    right: Mask = reaches & (whole < (2 * proposed + 1) ** degree * below)
    return right.astype(np.bool_)
