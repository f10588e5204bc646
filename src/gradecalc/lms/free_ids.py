# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Ids for what has only a name: the name, unless something else has it already.

>>> ids = Ids()
>>> ids.free("Quiz", "31"), ids.free("Quiz", "32"), ids.free("final", "33")
('Quiz', 'Quiz (32)', 'final (33)')
"""

from __future__ import annotations

from ..gradebook.tree import ROOT_ID


class Ids:
    """The ids that are taken; the gradebook's own is one of them from the start."""

    def __init__(self) -> None:
        self._taken = {ROOT_ID}

    def free(self, name: str, what: str) -> str:
        """Take the name as an id, or else the name followed by `what`, and return it."""
        id_ = name
        while id_ in self._taken:
            id_ = f"{id_} ({what})"
        self._taken.add(id_)
        return id_
