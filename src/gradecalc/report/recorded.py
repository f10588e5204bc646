# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which lines of a report have a recorded score: the one meaning of graded and ungraded (U10).

In a category whose quizzes are exempt and blank nothing is recorded, so it is ungraded, and stays so where its blanks
count as zero. Statistics and release conditions ask this and nothing else; what follows from plain marks before the
rest is worked out says `grading.by_marks`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from .layouts import WORKED_OUT, Layout
from .results import Columns, Treatment

_COUNTING: Final = (Treatment.COUNTED, Treatment.BONUS)


def recorded_lines(
    layout: Layout, columns: Columns, has_score: Callable[[int], bool], replaced: Callable[[int], bool]
) -> frozenset[int]:
    """Return the lines with a recorded score.

    `has_score` says which have a score of their own, made of what it may be, and `replaced` in which another's result
    stands, which makes their branch graded and not themselves (V11). They are found from the last line up, children
    before their branch.
    """
    headings = layout.headings
    marked = {line for line, mark in enumerate(columns.recorded) if mark is not None and has_score(line)}
    found, reached = set(marked), set(marked)
    for line, heading in reversed([*enumerate(headings)]):
        if heading.how in WORKED_OUT and (line in reached if layout.below[line] else bool(marked)):
            found.add(line)
        if line in found and not has_score(line):
            found.discard(line)
        if line in reached or replaced(line):
            reached.add(heading.parent)
        if (line in found or replaced(line)) and columns.treatments[line] in _COUNTING:
            found.add(heading.parent)
    return frozenset(found)
