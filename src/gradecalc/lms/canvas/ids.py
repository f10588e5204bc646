# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Ids as Canvas writes them: a number, as such or as text, with the number of its institution before a `~` perhaps.

In a gradebook an assignment has its own id, `"201"`, and a group or a period one with its word, `"group 301"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from ..documents import KEY, Document, Expected

_ID: Final = re.compile(r"[0-9]{1,30}(?:~[0-9]{1,30})?")


def _id(value: Any) -> str:
    found = KEY.read(value)
    if _ID.fullmatch(found):
        return found
    raise ValueError


ID: Final = Expected("an id; Canvas numbers everything", _id)


def read_ids(document: Document) -> Iterator[tuple[str, Document]]:
    """Yield each id of an array of them, and where it stands."""
    for each in document.entries():
        found = each.read(ID, "", "this")
        if found:
            yield found, each


def id_order(id_: str) -> tuple[int, ...]:
    """Return what ids are ordered by: their numbers."""
    return tuple(map(int, id_.split("~")))


def group_id(group: str, period: str = "") -> str:
    """Return the id that an assignment group has in a gradebook, where each period has groups of its own."""
    return f"{period_id(period)} group {group}" if period else f"group {group}"


def copy_id(assignment: str, period: str) -> str:
    """Return the id that an assignment has in a period in which some learners alone have it."""
    return f"{assignment} in {period_id(period)}"


def read_copy_id(id_: str) -> tuple[str, str]:
    """Return the assignment that an id in a gradebook stands for, and the period of a copy, if it is one."""
    assignment, _, period = id_.partition(f" in {period_id('')}")
    return assignment, period


def period_id(period: str) -> str:
    """Return the id that a grading period has in a gradebook."""
    return f"period {period}"
