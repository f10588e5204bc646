# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""Ids as Canvas writes them: a number, as such or as text, with the number of its institution before a `~` perhaps.

In a gradebook an assignment has its own id, `"201"`, and a group or a period one with its word, `"group 301"`.
"""

from __future__ import annotations

import re
from typing import Final

from ..documents import Document

_ID: Final = re.compile(r"[0-9]{1,30}(?:~[0-9]{1,30})?")


def read_id(document: Document, name: str, *, required: bool = True) -> str:
    """Return the id in a field as text, empty where there is none; one that must be there and is not is a problem."""
    found = document.key(name)
    if _ID.fullmatch(found):
        return found
    if found:
        document.get(name).report("wrong_value", f"{name} is no id; Canvas numbers everything")
    elif required and document.get(name).value is None:
        document.report("missing", f"there is no {name}; without it this cannot be placed")
    return ""


def id_order(id_: str) -> tuple[int, ...]:
    """Return what ids are ordered by: their numbers."""
    return tuple(map(int, id_.split("~")))


def group_id(group: str, period: str = "") -> str:
    """Return the id that an assignment group has in a gradebook, where each period has groups of its own."""
    return f"{period_id(period)} group {group}" if period else f"group {group}"


def period_id(period: str) -> str:
    """Return the id that a grading period has in a gradebook."""
    return f"period {period}"
