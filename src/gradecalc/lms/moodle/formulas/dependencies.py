# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Which items a calculation needs, at first hand and in the end.

>>> closure({"1": ["2"], "2": ["1", "3"], "3": None})
{'1': ('1', '2', '3'), '2': ('1', '2', '3'), '3': ()}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Needs = Mapping[str, Any]
"""What each item needs, as a list of ids; None in it, or anything but a list, is no need."""


def depends_on(references: Iterable[str], own: str = "", *, locked: bool = False) -> tuple[str, ...]:
    """Return what a calculated item needs: what it refers to but for itself, and nothing while it is locked."""
    return () if locked else tuple(name for name in dict.fromkeys(references) if name != own)


def closure(needs: Needs) -> dict[str, tuple[str, ...]]:
    """Return all that each item needs in the end, in order; itself too, where it lies on a circle."""
    return {item: tuple(sorted(reach(needs, item), key=_by_number)) for item in needs}


def depths(needs: Needs) -> dict[str, int]:
    """Return how far beyond its own list each item's needs reach, for items whose needs have needs of their own."""
    farthest = {item: max(reach(needs, item).values(), default=0) for item in needs}
    return {item: far - 1 for item, far in farthest.items() if far > 1}


def reach(needs: Needs, start: str) -> dict[str, int]:
    """Return all that one item needs in the end, each with how many steps away it is."""
    found: dict[str, int] = {}
    waiting, steps = _listed(needs, start), 1
    while waiting:
        fresh = [item for item in dict.fromkeys(waiting) if item not in found]
        found.update(dict.fromkeys(fresh, steps))
        waiting, steps = [below for item in fresh for below in _listed(needs, item)], steps + 1
    return found


def _listed(needs: Needs, item: str) -> list[str]:
    found = needs.get(item)
    if not isinstance(found, (list, tuple, set, frozenset)):
        return []
    return [str(each) for each in found if each is not None]


def _by_number(item: str) -> tuple[int, str]:
    return (len(item), item) if item.isdecimal() else (0, item)
