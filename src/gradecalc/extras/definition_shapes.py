# SPDX-FileCopyrightText: 2026 The gradecalc authors
# SPDX-License-Identifier: MIT
"""How the classes of a definition are told apart in plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..gradebook.items import CalculatedItem, FormulaItem
from ..gradebook.tree import Category

FORMAT: Final = "gradecalc.gradebook/1"

NODES: Final[Mapping[str, type]] = {"children": Category, "formula": FormulaItem, "items": CalculatedItem}
"""The key that tells what a node is, and is always written; a node with none of these is a `GradeItem`."""
